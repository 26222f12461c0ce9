"""Where words stand in the text of all documents (全文检索), Chinese from two characters up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from archivist.core.paper.passages import passage
from archivist.errors import UsageError
from archivist.index.words import query_of

if TYPE_CHECKING:
    from archivist.index.reader import IndexReader


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that have to stand on one page; ``query`` is what the index is asked."""

    words: tuple[str, ...]
    query: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that holds the words, and the document it belongs to.

    Attributes:
        page: 1-based, in its source. project, item: only of what is filed. passage: the words in their context.
    """

    document: str | None
    source: str
    page: int
    project: str | None
    item: int | None
    path: str | None
    passage: str

    def record(self) -> dict[str, Any]:
        """One line of ``search --json``, as schemas/output/search.schema.json describes it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Hits:
    """Pages in the order in which they were read; ``more`` says that there are others beyond the limit."""

    pages: tuple[Hit, ...]
    more: bool


def phrase(words: Sequence[str]) -> Phrase:
    """What can be searched for; UsageError when a word is too short."""
    query = query_of(" ".join(words))
    if query is None:
        raise UsageError("检索词至少要有两个字。")
    return Phrase(tuple(words), query)


def search(index: IndexReader, wanted: Phrase, limit: int) -> Hits:
    """Ask for at most ``limit`` pages."""
    found = list(islice(_hits(index, wanted), limit + 1))
    return Hits(tuple(found[:limit]), len(found) > limit)


def _hits(index: IndexReader, wanted: Phrase) -> Iterator[Hit]:
    """Pages that hold every word as it stands: pairs of characters alone may lie apart."""
    for row in index.pages.search(wanted.query):
        words = passage(row["text"], wanted.words)
        if words is None:
            continue
        owner = index.holdings.with_page(row["source"], row["number"])
        filed = owner if owner is not None and owner.status == "filed" else None
        yield Hit(
            document=owner.id if owner else None,
            source=row["source_name"],
            page=row["number"],
            project=filed.project if filed else None,
            item=filed.item if filed else None,
            path=owner.path if owner else None,
            passage=words,
        )
