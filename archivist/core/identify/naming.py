"""Files that belong to one series by their names: 1.jpg … 11.jpg in number order, IMG_001, 记录 (2), shots seconds apart.

A name says only that files may belong together; what is on the pages decides (`core.identify.series`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from archivist.core.paper.dates import hanzi_number
from archivist.core.patterns import lazily

_FILE = lazily(r"\.(?:jpe?g|png|tiff?|bmp|webp|heic|pdf)$", re.IGNORECASE)
_PHOTO = lazily(r"\.(?:jpe?g|png|tiff?|bmp|webp|heic)$", re.IGNORECASE)
_STAMPED = lazily(
    r"(?P<stem>.*?)(?P<day>20[0-9]{6})[_-]?(?P<time>[0-9]{6})(?P<more>[0-9]{0,3})(?P<end>\.[A-Za-z]{3,4})"
)
_MILLISECONDS = lazily(r"(?P<stem>.*?)(?<![0-9])(?P<time>1[0-9]{12})(?P<end>\.[A-Za-z]{3,4})")
_PAGE = lazily(
    r"(?P<stem>.*?)第(?P<number>[0-9]{1,3}|[一二三四五六七八九十]{1,3})[页张](?P<end>\.[A-Za-z]{3,4})"
)
_NUMBERED = lazily(r"(?P<stem>.*?)(?<![0-9])(?P<number>[0-9]{1,4})(?P<end>\s?[)）]?\.[A-Za-z]{3,4})")
_SEPARATED = lazily(r"[_\-－(（ 　]$")

SECONDS = 120
"""Shots of one paper are taken at most so long one after the other."""
GAP = 3
"""So many numbers further a name may still be the next of its series: a blurred photo was thrown away."""
REACH = 40
"""So far along a series is looked at; longer ones are a camera's whole roll."""


@dataclass(frozen=True, slots=True)
class InSeries:
    """A file's place in its series.

    Attributes:
        key: the same for all files of the series, with folder and ending. order: the number, or seconds.
        timed: ``order`` is a time. separated: a separator stands before the number (记录_2), as when a program counted
            on from a name, or nothing does and the file lies in a folder (会议记录/2.jpg). photo: a picture, not a PDF.
    """

    key: str
    order: float
    timed: bool
    separated: bool
    photo: bool


@lru_cache(maxsize=1 << 14)
def in_series(name: str) -> InSeries | None:
    """Return the place that a name as dropped (with its folders) says, or None for a name that counts nothing."""
    if len(name) > 400 or not _FILE.search(name):
        return None
    folder, slash, last = name.rpartition("/")
    photo = bool(_PHOTO.search(last))
    found = _stamped(last) or _numbered(last)
    if found is None:
        return None
    stem, order, timed, separated, end = found
    separated = separated or (bool(folder) and not stem)
    return InSeries(f"{folder}{slash}{stem}\0{end.lower()}\0{timed}", order, timed, separated, photo)


def _stamped(last: str) -> tuple[str, float, bool, bool, str] | None:
    match = _STAMPED.fullmatch(last)
    if match is not None:
        try:
            moment = datetime.strptime(match["day"] + match["time"], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            return None
        parts = float(f"0.{match['more'] or 0}")
        return match["stem"], moment.timestamp() + parts, True, True, match["end"]
    match = _MILLISECONDS.fullmatch(last)
    return (match["stem"], int(match["time"]) / 1000, True, True, match["end"]) if match else None


def _numbered(last: str) -> tuple[str, float, bool, bool, str] | None:
    match = _PAGE.fullmatch(last)
    if match is not None:
        digits = match["number"]
        number = int(digits) if digits.isascii() else hanzi_number(digits) or 0
        return match["stem"], number, False, True, match["end"]
    match = _NUMBERED.fullmatch(last)
    if match is None:
        return None
    separated = bool(_SEPARATED.search(match["stem"]))
    return match["stem"], int(match["number"]), False, separated, match["end"]


def apart(one: InSeries, other: InSeries) -> float:
    """How far apart two files of one series are, in steps that still count as next; infinite for different series."""
    if one.key != other.key:
        return float("inf")
    return abs(one.order - other.order) / (SECONDS if one.timed else GAP)


def folder_of(name: str) -> str:
    """The name of the folder a file was dropped in, "" for none."""
    return name.replace("\\", "/").rpartition("/")[0].rpartition("/")[2].removesuffix("!")


def short(name: str) -> str:
    """The file's own name."""
    return name.replace("\\", "/").rpartition("/")[2]
