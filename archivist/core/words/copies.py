"""What became of a filed copy (归档的那一份) that is not as it was filed, and how it comes back."""

from __future__ import annotations

from archivist.core.standing import ALTERED, GONE


def what_became(state: str) -> str:
    """What happened to a copy in this state (altered or gone), as a predicate."""
    return "被删除或移走" if state == GONE else "被改动或替换"


def put_back(document: str | None) -> str:
    """The command that puts the kept original back: of a document, or of the scan that documents were cut from."""
    return f"archivist repair {document}" if document else "archivist repair"


ASK_TO_PUT_BACK = "请管理员放回原件"
"""The same for people at the folders, who have no commands."""


def in_short(state: str) -> str:
    """The same in a word, "" for a copy that is as it was filed."""
    return {GONE: "不见了", ALTERED: "被改动"}.get(state, "")


NOT_AS_FILED = "被改动或不见了"
"""Of copies in either state."""
