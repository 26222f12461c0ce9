"""Photos of one document taken page by page: which file comes before which, and what is true of the whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from archivist.core.identify.naming import REACH, SECONDS, InSeries, in_series
from archivist.core.model import Seen


@dataclass(frozen=True, slots=True)
class Whole:
    """What is true of a document photographed page by page, whichever photo shows it."""

    date: str | None
    sealed: Seen
    signed: Seen


def whole_of(pages: Sequence[Whole], met: bool) -> Whole:
    """Sum up the photos of one document, in order.

    Args:
        pages: what each photo by itself was taken to be. met: it is of a meeting, which is dated at its head; everything
            else is dated at its end.
    """
    dates = [page.date for page in pages if page.date is not None]
    date = (dates[0] if met else dates[-1]) if dates else None
    return Whole(date, _seen([page.sealed for page in pages]), _seen([page.signed for page in pages]))


def _seen(answers: Sequence[Seen]) -> Seen:
    if Seen.YES in answers:
        return Seen.YES
    return Seen.UNKNOWN if Seen.UNKNOWN in answers else Seen.NO


def photos_of_one(name: str, names: Collection[str]) -> list[str]:
    """Return the photos of ``names`` that come before ``name`` in one series, first page first, and ``name`` itself."""
    known = _alike(name, names)
    series = [name]
    while len(series) <= REACH and (before := _just_before(series[0], known)) is not None:
        series.insert(0, before)
    return series


def may_continue(name: str) -> bool:
    """Whether a file's name is that of a photo that may have one before it; asks nothing of other files."""
    place = in_series(name)
    return place is not None and place.photo and (place.timed or place.order > 1)


def _alike(name: str, names: Iterable[str]) -> dict[str, InSeries]:
    """The photos of the same series."""
    place = in_series(name)
    if place is None or not place.photo:
        return {}
    found = {other: there for other in names if (there := in_series(other)) is not None}
    return {other: there for other, there in found.items() if there.key == place.key}


def _just_before(name: str, alike: dict[str, InSeries]) -> str | None:
    """The photo with the number before this one's, or taken last before it, at most two minutes earlier."""
    place = in_series(name)
    if place is None or not may_continue(name):
        return None
    reach = SECONDS if place.timed else 1
    earlier = [
        (there.order, other) for other, there in alike.items() if 0 < place.order - there.order <= reach
    ]
    return max(earlier)[1] if earlier else None
