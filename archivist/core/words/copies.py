"""What became of a filed copy (归档的那一份) that is not as it was filed, and how it comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.core.standing import ALTERED, GONE

if TYPE_CHECKING:
    from archivist.core.document import Holding

WORSE_COPY = "较差的一份"
"""Of two copies of one paper the one that cannot be read as well: it is no older version (旧版)."""


def gives_way(one: Holding, to: str) -> str:
    """That another document counts in place of ``one``: 旧版，以 D00002 为准; ``to`` is what people find that under."""
    what = WORSE_COPY if (one.replaced_why or "").startswith(WORSE_COPY) else "旧版"
    return f"{what}，以{to}为准"


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
