"""归档状态.html: one project's answer in its folder. Self-contained, prints on one sheet of A4, opens anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archivist.core.catalogue.completeness import ItemState
from archivist.pages.html import clipped, fill
from archivist.render.text import plain, width


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file as the page lists it.

    ``link`` is its path from the page, empty when it stands elsewhere; ``detail`` says pages, date, seal and
    signature; ``alarm`` says, in Chinese, that the file was altered or is gone; ``older``, that it is an older version
    and which counts in its place.
    """

    name: str
    link: str = ""
    detail: str = ""
    alarm: str = ""
    older: str = ""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One row of the page: what is there, and what to do next; ``reasons`` say why it is 不合格 or 待核.

    ``more`` are sentences on what else is wrong with it: on a screen, since a sheet of A4 has no room for them.
    """

    number: int
    name: str
    remark: str
    state: ItemState
    documents: tuple[FileLine, ...]
    todo: str
    reasons: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GateLine:
    """How the project stands to the gate (销号): a sentence, its CSS class, and the decision's page."""

    words: str
    tone: str
    link: str


@dataclass(frozen=True, slots=True)
class StatusPage:
    """What the page says of a project; ``updated`` is a time for people, ``alarms`` what is loudly wrong.

    ``gate`` is None while the project was never deregistered; ``notes`` are what checks found that the table does not say;
    ``unsorted`` tells of what waits with this project as guess and no item, "" when nothing does; ``contact`` says whom
    people ask.
    """

    code: str
    name: str
    place: str
    lines: tuple[ItemLine, ...]
    verdict: str
    updated: str
    alarms: tuple[str, ...] = ()
    gate: GateLine | None = None
    notes: tuple[str, ...] = ()
    unsorted: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    """An item as the table shows it: its files in order, and how many of them are listed on paper.

    ``printed`` is what to do as it stands on paper; ``more`` is for the screen.
    """

    line: ItemLine
    tone: str
    files: list[FileLine]
    on_paper: int
    printed: str
    more: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Most:
    """Longest names and sentences, in characters: longer ones are cut in the middle."""

    name: int = 46
    item: int = 60
    remark: int = 40
    todo: int = 72
    alarm: int = 150
    verdict: int = 200
    older: int = 60
    gate: int = 180
    unsorted: int = 180


_MOST = _Most()

_TONES = {
    ItemState.PRESENT: "ok",
    ItemState.CHECK: "wait",
    ItemState.REVIEW: "wait",
    ItemState.MISSING: "gap",
    ItemState.WAIVED: "none",
    ItemState.UNQUALIFIED: "gap",
    ItemState.OPTIONAL: "none",
}

_ON_SCREEN = 12
"""Files, or sentences, listed for one item or in one box on a screen; the folder shows all files."""

_PAPER_LINES, _ALARM_LINES, _GATE_LINES, _NOTE_LINES, _WAITING_LINES = 55, 13, 5, 13, 5
"""Lines of print that the table's cells have on a sheet of A4, and those that a box of alarms, one about the gate, one of
notes and one about what waits take from them.
"""

_FILE_COLUMNS, _NAME_COLUMNS, _TODO_COLUMNS = 44, 28, 28
"""Width of the cells in print, in columns: a Chinese character takes two."""

_MOST_ALARMS, _MOST_NOTES = 3, 2


def status_html(page: StatusPage) -> bytes:
    """Return the page. Every word from outside (names, titles) is escaped."""
    states = {line.state for line in page.lines}
    bad = {ItemState.MISSING, ItemState.UNQUALIFIED} & states or page.alarms
    boxes = (
        (page.alarms, _ALARM_LINES),
        (page.gate, _GATE_LINES),
        (page.notes, _NOTE_LINES),
        (page.unsorted, _WAITING_LINES),
    )
    files = [_ranked(line) for line in page.lines]
    paper = _share(page.lines, files, _PAPER_LINES - sum(lines for box, lines in boxes if box))
    return fill(
        "status.html",
        page=page,
        told=_told(page.notes),
        tone="gap" if bad else "wait" if {ItemState.REVIEW, ItemState.CHECK} & states else "ok",
        rows=[
            _Row(line, _TONES[line.state], ranked, share, _printed(line), _told(line.more))
            for line, ranked, share in zip(page.lines, files, paper, strict=True)
        ],
        alarms=_MOST_ALARMS - bool(page.notes),
        notes=_MOST_NOTES - bool(page.alarms),
        on_screen=_ON_SCREEN,
        most=_MOST,
    ).encode()


def _printed(line: ItemLine) -> str:
    """What to do next as it stands on paper: as long as there is room for, with how much more the screen says."""
    more = f"（还有 {len(line.more)} 处，见网页）" if line.more else ""
    return clipped(line.todo, _MOST.todo - len(more)) + more


def _told(sentences: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the ``sentences`` that a screen shows; how many are left out is the last of them."""
    left = len(sentences) - _ON_SCREEN
    return (*sentences[:_ON_SCREEN], f"还有 {left} 处，先解决这些。") if left > 0 else sentences


def _share(lines: Sequence[ItemLine], files: Sequence[Sequence[FileLine]], room: int) -> list[int]:
    """How many files of each item fit on paper: handed out one by one, so that no item goes without while others
    have many. ``room`` is in lines of print.
    """
    shares = [0] * len(lines)
    heights = [_height(line, found, 0) for line, found in zip(lines, files, strict=True)]
    left = max(0, room - sum(heights))
    able = [at for at, found in enumerate(files) if found]
    while able:
        for at in tuple(able):
            height = _height(lines[at], files[at], shares[at] + 1)
            if height - heights[at] > left:
                able.remove(at)
                continue
            left -= height - heights[at]
            shares[at], heights[at] = shares[at] + 1, height
            if shares[at] == min(len(files[at]), _ON_SCREEN):
                able.remove(at)
    return shares


def _height(line: ItemLine, files: Sequence[FileLine], share: int) -> int:
    """Lines that an item's cells take in print when the first ``share`` of its files are listed."""
    name = _broken(line.name, _MOST.item, _NAME_COLUMNS) + _broken(line.remark, _MOST.remark, _NAME_COLUMNS)
    listed = sum(
        _broken(file.name + file.alarm, _MOST.name + 6, _FILE_COLUMNS)
        + _broken(file.older, _MOST.older, _FILE_COLUMNS)
        + 1
        for file in files[:share]
    )
    left = 1 if len(files) > share else 0
    state = 1 + len(line.reasons)
    return max(state, name, _broken(_printed(line), _MOST.todo, _TODO_COLUMNS), listed + left)


def _broken(text: str, most: int, columns: int) -> int:
    """Lines that a text takes."""
    return -(-width(plain(clipped(text, most))) // columns)


def _ranked(line: ItemLine) -> list[FileLine]:
    """An item's files: what is wrong comes first, older versions last."""
    return sorted(line.documents, key=lambda file: (not file.alarm, bool(file.older)))
