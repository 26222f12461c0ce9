"""Documents that are the sheets of one paper (同一份材料的各页): photos taken page by page count as one."""

from __future__ import annotations

from collections.abc import Iterable

from archivist.core.document import Holding
from archivist.core.patterns import lazily

_SHEET = lazily(r"（第[0-9]+页）$")


def papers(documents: Iterable[Holding]) -> list[tuple[Holding, ...]]:
    """The documents, those together that are one paper: of an item, a date and a title but for 第几页."""
    found: dict[tuple[object, ...], list[Holding]] = {}
    for one in documents:
        bare = _SHEET.sub("", one.title or "")
        key = (one.item, one.date, bare) if bare else (one.id,)
        found.setdefault(key, []).append(one)
    return [sheets for group in found.values() for sheets in _told_apart(group)]


def _told_apart(group: list[Holding]) -> list[tuple[Holding, ...]]:
    """Sheets with the first that has no number; two whole papers of one title and day are two."""
    first = [one for one in group if not _SHEET.search(one.title or "")]
    if len(first) == 1:
        return [tuple(sorted(group, key=lambda one: (one is not first[0], one.title or "")))]
    return [(one,) for one in group]
