"""Overrides (核定): what a named authority says of a finding that rests on what the software saw on a picture.

A faint seal on a black-and-white scan may not be seen; whoever holds the authority looks at the paper and says so, with
a reason, under their name. An override is about one finding on one document; it says nothing of any other file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from archivist.core.proposal import Hand

if TYPE_CHECKING:
    from archivist.core.document import Holding

SEEN_ON_PICTURES = frozenset(
    {
        "seal-absent",
        "seal-foreign",
        "signature-absent",
        "unsigned",
        "unissued",
        "unfit",
        "unread",
        "level-wrong",
    }
)
"""Codes of findings that may rest on a misjudged picture: a rule book chooses among them and adds none. What papers say,
what is not there, what was altered and what nobody looked at is no matter of seeing.
"""


@dataclass(frozen=True, slots=True)
class OverrideRule:
    """Which findings may be overridden, by their codes, and what that rests on, honestly."""

    codes: tuple[str, ...]
    basis: str


class Override(NamedTuple):
    """One finding that somebody overrode.

    Attributes:
        key: of the finding. code, item, document, message: the finding's.
        sha256: of the filed copy that was looked at: of any other nothing is said.
        reason, by, at: why, who, and when (ISO 8601).
    """

    project: str
    key: str
    code: str
    item: int
    document: str
    sha256: str
    message: str
    reason: str
    by: Hand
    at: str

    @property
    def told(self) -> str:
        """Who, why and when, as people read it."""
        return f"已由 {self.by.told}核定：{self.reason}（{self.at[:10]}）"

    @property
    def in_short(self) -> str:
        """The same for a cell of a table."""
        return f"负责人核定：{self.reason}（{self.by.name}，{self.at[:10]}）"

    def whole(self) -> dict[str, Any]:
        """All of it, as 档案元数据.json tells it."""
        about = ("project", "code", "item", "document", "message")
        return {**{name: getattr(self, name) for name in about}, **self.record()}

    def void(self, documents: Iterable[Holding]) -> str:
        """Why it holds no longer, as a predicate of its document; "" while that is what was looked at.

        Args:
            documents: those of the project that count.
        """
        found = next((one for one in documents if one.id == self.document), None)
        if found is None or found.item != self.item:
            return f"不再是第{self.item}项归档的材料"
        return "" if found.path_sha256 == self.sha256 else "换过内容"

    def record(self) -> dict[str, Any]:
        """As it is printed and kept beside the finding."""
        return {
            "key": self.key,
            "sha256": self.sha256,
            "reason": self.reason,
            "by": self.by.record(),
            "at": self.at,
        }
