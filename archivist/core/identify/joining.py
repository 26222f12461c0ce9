"""Photos of one document taken page by page: which file comes before which, and when a page inherits its place.

A second photo (…_2.jpg, or taken seconds later) without a title of its own is the next page of the one before. It is
filed with it only when nothing on it speaks of another project or another kind of document.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from archivist.core.identification import Identification
from archivist.core.model import Candidate, Evidence, Seen

_PHOTO = re.compile(r"\.(?:jpe?g|png|tiff?|bmp|webp|heic)$", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?P<stem>.*?[_\-－(（ ])(?P<number>[0-9]{1,2})(?P<end>[)）]?\.[A-Za-z]{3,4})$")
_STAMPED = re.compile(
    r"^(?P<stem>.*?)(?P<day>20[0-9]{6})[_-]?(?P<time>[0-9]{6})(?P<end>[0-9]{0,3}\.[A-Za-z]{3,4})$"
)
_SOON = timedelta(seconds=120)
_OTHER_PROJECT = 0.75


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
    series = [name]
    while may_continue(series[0]) and (before := page_before(series[0], names)) is not None:
        series.insert(0, before)
    return series


def may_continue(name: str) -> bool:
    """Whether a file's name is that of a photo that may have one before it; asks nothing of other files."""
    if not _PHOTO.search(name):
        return False
    match = _NUMBERED.match(name)
    return (match is not None and int(match["number"]) > 1) or _taken(name) is not None


def page_before(name: str, names: Collection[str]) -> str | None:
    """Return the file of ``names`` (paths as dropped) that photographs the page before ``name``, or None."""
    if not _PHOTO.search(name):
        return None
    match = _NUMBERED.match(name)
    if match and int(match["number"]) > 1:
        number = str(int(match["number"]) - 1).zfill(len(match["number"]))
        earlier = f"{match['stem']}{number}{match['end']}"
        return earlier if earlier in names else None
    return _taken_before(name, names)


def _taken_before(name: str, names: Collection[str]) -> str | None:
    """The photo of the same series taken last before this one, at most two minutes earlier."""
    taken = _taken(name)
    if taken is None:
        return None
    stem, moment = taken
    earlier = [
        (found[1], other)
        for other in names
        if (found := _taken(other)) is not None
        and found[0] == stem
        and timedelta(0) < moment - found[1] <= _SOON
    ]
    return max(earlier)[1] if earlier else None


def _taken(name: str) -> tuple[str, datetime] | None:
    match = _STAMPED.match(name)
    if match is None or not _PHOTO.search(name):
        return None
    try:
        return match["stem"], datetime.strptime(match["day"] + match["time"], "%Y%m%d%H%M%S")  # noqa: DTZ007 (a camera's wall clock)
    except ValueError:
        return None


def continued(part: Identification, project: str, item: int, before: str) -> Identification | None:
    """Return ``part`` decided as the next page of the document filed under ``project`` and ``item``, or None.

    Args:
        part: what the photo was taken to be by itself, not decided.
        before: the name of the photo before it, for the reason told to people.
    """
    if part.decided or not part.archival or (part.title is not None and not part.attached):
        return None
    if any(c.project not in (None, project) and c.score >= _OTHER_PROJECT for c in part.candidates):
        return None
    evidence = Evidence(part.first, before, "与前一张照片是同一份材料")
    winner = Candidate(project, item, 0.9, (evidence,))
    rest = tuple(c for c in part.candidates if c.project != project)
    return replace(
        part, candidates=(winner, *rest), decided=(winner,), reasons=(f"与“{before}”是同一份材料的下一页",)
    )
