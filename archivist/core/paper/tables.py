"""Tables on a page that go project by project (项目一览表): their columns, rows and cells, from places or blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archivist.core.page import Line, Page
from archivist.core.paper.pagenumbers import is_page_number
from archivist.core.paper.stacking import rows
from archivist.core.patterns import lazily

_ABOUT = lazily(r"项目(?:名称|编号|编码|情况)?$|^名称$")
_HEAD_WORDS = lazily(
    r"意见|结果|结论|决定|类别|分类|认定|资金|金额|投资|处置|同意|暂缓|债务|债权|资产|备注|序号|措施"
)
_NUMBER = lazily(r"[0-9]{1,3}[.、]?|[一二三四五六七八九十]{1,3}")
_CODE = lazily(r"[A-Za-z]{1,6}[-—－]?[0-9]{2,6}(?:[-—－][0-9]{1,8})*")
_ROW = 0.008
_MOST_HEADS = 20
TICKS = frozenset("√✓✔☑■●○〇V")
"""What stands in a cell that says yes to the head of its column."""
_MOST_CELL, _MOST_ROWS = 30, 400
_LONGEST_HEAD = 10
"""Longer words that end with 项目 are a project's own name."""
_WIDE = 0.62


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column (0-based); ``loose`` are those whose column is not known."""

    page: int
    cells: dict[int, str]
    loose: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join([*(self.cells[at] for at in sorted(self.cells)), *self.loose])


@dataclass(frozen=True, slots=True)
class Table:
    """``heads`` are the words above the columns; ``lines`` the places in the page of what it is made of."""

    page: int
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    lines: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of a table: its words, and where its columns lie (middles from left to right, then its outer edges)."""

    words: tuple[str, ...]
    middles: tuple[float, ...] = ()
    left: float = 0.0
    right: float = 1.0

    @property
    def about(self) -> list[int]:
        """The columns that name projects."""
        return [at for at, word in enumerate(self.words) if _ABOUT.search(word)]


def tables(pages: Sequence[Page]) -> tuple[Table, ...]:
    """Return the tables whose columns tell of projects; one that runs on over pages (续表) is one for each page."""
    found: list[Table] = []
    open_: _Head | None = None
    for page in pages:
        head, table = _of_page(page)
        if table is None and open_ is not None:
            head, table = open_, _continued(page, open_)
        if table is not None:
            found.append(table)
        open_ = head if table is not None and _runs_on(page, table) else None
    return tuple(found)


def _runs_on(page: Page, table: Table) -> bool:
    """Whether nothing but a page number stands below a table."""
    below = (line for at, line in enumerate(page.lines) if at > max(table.lines))
    return all(is_page_number(line, page) or not line.text.strip() for line in below)


def without(pages: Sequence[Page], found: Sequence[Table]) -> list[Page]:
    """The pages without the lines of tables."""
    out = []
    for page in pages:
        gone = {at for table in found if table.page == page.number for at in table.lines}
        lines = tuple(line for at, line in enumerate(page.lines) if at not in gone)
        out.append(replace(page, lines=lines) if gone else page)
    return out


def _of_page(page: Page) -> tuple[_Head | None, Table | None]:
    at = 0
    for begun in rows(page.lines):
        start, at = at, at + len(begun)
        if not _heads(begun):
            continue
        row, end = _whole_row(page, begun, start)
        head = _head(_heads(row) or _heads(begun), row)
        bottom = max((line.box[3] for line in row if line.box), default=0.0)
        table = _boxed(page, head, end, bottom) if len(row) > 1 else _plain(page, head, end)
        if table is not None:
            return head, replace(table, lines=table.lines | set(range(start, end)))
    return None, None


def _whole_row(page: Page, row: Sequence[Line], start: int) -> tuple[tuple[Line, ...], int]:
    """A table's head with the cells that stand as high but were read behind one that wraps (投入资金 / （万元））.

    Returns the row from left to right, and the line behind it.
    """
    boxes = [line.box for line in row if line.box is not None]
    end = start + len(row)
    if len(row) < 2 or len(boxes) < len(row):
        return tuple(row), end
    bottom, more = max(box[3] for box in boxes), []
    while end < min(len(page.lines), start + _MOST_HEADS):
        line = page.lines[end]
        if line.box is None or (line.box[1] + line.box[3]) / 2 > bottom + _ROW / 2:
            break
        end += 1
        if not any(line.box[0] < box[2] and box[0] < line.box[2] for box in boxes):
            more.append(line)
    return tuple(sorted((*row, *more), key=lambda line: line.box[0] if line.box else 0.0)), end


def _head(words: tuple[str, ...], row: Sequence[Line]) -> _Head:
    boxes = [line.box for line in row if line.box is not None]
    if len(row) < 2 or len(boxes) < len(row):
        return _Head(words)
    middles = tuple((box[0] + box[2]) / 2 for box in boxes)
    return _Head(words, middles, min(box[0] for box in boxes), max(box[2] for box in boxes))


def _continued(page: Page, head: _Head) -> Table | None:
    """The rows of a table that runs on from the page before, at the top of ``page``."""
    start = next((at for at, line in enumerate(page.lines) if not is_page_number(line, page)), 0)
    if not head.middles:
        return _plain(page, head, start)
    box = page.lines[start].box if page.lines else None
    return _boxed(page, head, start, box[1]) if box is not None else None


def _heads(row: Sequence[Line]) -> tuple[str, ...]:
    """The cells of a row that may be a table's head; none when it is not one."""
    cells = [line.text for line in row] if len(row) > 1 else re.split(r"\s+|\t", row[0].text.strip())
    heads = tuple(re.sub(r"\s", "", cell) for cell in cells)
    about = any(_ABOUT.search(head) and len(head) <= _LONGEST_HEAD for head in heads)
    if any(_NUMBER.fullmatch(head) for head in heads):
        return ()  # a row of a table that runs on from the page before
    others = sum(bool(_HEAD_WORDS.search(head)) for head in heads)
    return heads if 2 <= len(heads) <= 16 and about and others and max(map(len, heads)) <= 16 else ()


def _plain(page: Page, head: _Head, start: int) -> Table | None:
    """Rows whose cells are parted by blanks; a row with fewer cells than the head has leaves open which is which."""
    found: list[Row] = []
    used: set[int] = set()
    for index in range(start, min(len(page.lines), start + _MOST_ROWS)):
        cells = [cell for cell in re.split(r"\s+|\t", page.lines[index].text.strip()) if cell]
        if len(cells) < 2 or max(map(len, cells)) > 4 * _MOST_CELL:
            break
        used.add(index)
        if len(cells) == len(head.words):
            found.append(Row(page.number, dict(enumerate(cells))))
        else:
            found.append(Row(page.number, {}, tuple(cells)))
    return Table(page.number, head.words, tuple(found), frozenset(used)) if found else None


def _boxed(page: Page, head: _Head, start: int, bottom: float) -> Table | None:
    """Rows by the places of lines: a column is what stands below its head, a row what stands about its first cell.

    Args:
        start: the first line that may belong to it. bottom: the height below which it goes on.
    """
    body = _body(page, head, start, bottom) if head.middles else []
    if not body:
        return None
    placed = [(_column(line, head.middles), _middle(line), line) for _, line in body]
    anchors = _anchors(placed, head.about)
    if not anchors:
        return None
    bounds = [(one + other) / 2 for one, other in pairwise(anchors)]
    found: list[dict[int, list[Line]]] = [{} for _ in anchors]
    for column, middle, line in placed:
        found[sum(middle > bound for bound in bounds)].setdefault(column, []).append(line)
    made = tuple(
        Row(page.number, {column: _joined(lines) for column, lines in sorted(cells.items())})
        for cells in found
    )
    return Table(page.number, head.words, made, frozenset(at for at, _ in body))


def _body(page: Page, head: _Head, start: int, bottom: float) -> list[tuple[int, Line]]:
    """The lines below the head, to the first that runs over the width of the page or ends the table."""
    found: list[tuple[int, Line]] = []
    for at in range(start, min(len(page.lines), start + _MOST_ROWS)):
        line = page.lines[at]
        if is_page_number(line, page):
            continue
        if line.box is None or line.box[2] - line.box[0] > _WIDE or line.box[1] - bottom > 0.12:
            break
        if line.box[2] < head.left - 0.05 or line.box[0] > head.right + 0.2:
            break
        found.append((at, line))
        bottom = max(bottom, line.box[3])
    return found


def _middle(line: Line) -> float:
    return (line.box[1] + line.box[3]) / 2 if line.box else 0.0


def _column(line: Line, middles: Sequence[float]) -> int:
    assert line.box is not None
    own = (line.box[0] + line.box[2]) / 2
    return min(range(len(middles)), key=lambda at: abs(middles[at] - own))


def _anchors(placed: Sequence[tuple[int, float, Line]], names: Sequence[int]) -> list[float]:
    """Where rows stand: at their numbers (序号), at the projects' codes, else where cells stand that do not wrap."""
    for pattern, columns in ((_NUMBER, [0]), (_CODE, names)):
        found = [
            at for column, at, line in placed if column in columns and pattern.fullmatch(line.text.strip())
        ]
        if found:
            return sorted(found)
    if not any(column in names for column, _, _ in placed):
        return []  # rows without a name say nothing of a project
    anchors: list[float] = []
    for at in sorted(at for column, at, _ in placed if column not in names):
        if not anchors or at - anchors[-1] > _ROW:
            anchors.append(at)
    return anchors


def _joined(lines: Sequence[Line]) -> str:
    ordered = sorted(lines, key=lambda line: (round(_middle(line), 3), line.box[0] if line.box else 0.0))
    return "".join(line.text.strip() for line in ordered)
