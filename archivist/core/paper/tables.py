"""Tables on a page that go project by project (项目一览表): their columns, rows and cells, from places or blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archivist.core.page import Line, Page
from archivist.core.paper.stacking import rows

_ABOUT = re.compile(r"项目(?:名称|编号|编码|情况)?$|^名称$")
_HEAD_WORDS = re.compile(
    r"意见|结果|结论|决定|类别|分类|认定|资金|金额|投资|处置|同意|暂缓|债务|债权|资产|备注|序号|措施"
)
_NUMBER = re.compile(r"[0-9]{1,3}[.、]?|[一二三四五六七八九十]{1,3}")
_CODE = re.compile(r"[A-Za-z]{1,6}[-—－]?[0-9]{2,6}(?:[-—－][0-9]{1,8})*")
_ROW = 0.008
TICKS = frozenset("√✓✔☑■●○〇V")
"""What stands in a cell that says yes to the head of its column."""
_MOST_CELL, _MOST_ROWS = 30, 400
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


def tables(pages: Sequence[Page]) -> tuple[Table, ...]:
    """Return the tables whose columns tell of projects."""
    return tuple(table for page in pages for table in _of_page(page))


def without(pages: Sequence[Page], found: Sequence[Table]) -> list[Page]:
    """The pages without the lines of tables."""
    out = []
    for page in pages:
        gone = {at for table in found if table.page == page.number for at in table.lines}
        lines = tuple(line for at, line in enumerate(page.lines) if at not in gone)
        out.append(replace(page, lines=lines) if gone else page)
    return out


def _of_page(page: Page) -> Iterator[Table]:
    at = 0
    for row in rows(page.lines):
        start, at = at, at + len(row)
        heads = _heads(row)
        if heads:
            boxed = len(row) > 1
            table = _boxed(page, row, start) if boxed else _plain(page, heads, start)
            if table is not None:
                yield table
                return


def _heads(row: Sequence[Line]) -> tuple[str, ...]:
    """The cells of a row that may be a table's head; none when it is not one."""
    cells = [line.text for line in row] if len(row) > 1 else re.split(r"\s+|\t", row[0].text.strip())
    heads = tuple(re.sub(r"\s", "", cell) for cell in cells)
    about = any(_ABOUT.search(head) for head in heads)
    others = sum(bool(_HEAD_WORDS.search(head)) for head in heads)
    return heads if 2 <= len(heads) <= 16 and about and others and max(map(len, heads)) <= 16 else ()


def _plain(page: Page, heads: tuple[str, ...], start: int) -> Table | None:
    """Rows whose cells are parted by blanks; a row with fewer cells than the head has leaves open which is which."""
    found: list[Row] = []
    used = {start}
    for index in range(start + 1, min(len(page.lines), start + 1 + _MOST_ROWS)):
        cells = [cell for cell in re.split(r"\s+|\t", page.lines[index].text.strip()) if cell]
        if len(cells) < 2 or max(map(len, cells)) > 4 * _MOST_CELL:
            break
        used.add(index)
        if len(cells) == len(heads):
            found.append(Row(page.number, dict(enumerate(cells))))
        else:
            found.append(Row(page.number, {}, tuple(cells)))
    return Table(page.number, heads, tuple(found), frozenset(used)) if found else None


def _boxed(page: Page, head: Sequence[Line], start: int) -> Table | None:
    """Rows by the places of lines: a column is what stands below its head, a row what stands about its first cell."""
    middles = [(line.box[0] + line.box[2]) / 2 for line in head if line.box]
    if len(middles) != len(head):
        return None
    body = _body(page, head, start)
    if not body:
        return None
    placed = [(_column(line, middles), _middle(line), line) for _, line in body]
    anchors = _anchors(
        placed, [at for at, line in enumerate(head) if _ABOUT.search(re.sub(r"\s", "", line.text))]
    )
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
    heads = tuple(re.sub(r"\s", "", line.text) for line in head)
    used = frozenset([*range(start, start + len(head)), *(at for at, _ in body)])
    return Table(page.number, heads, made, used)


def _body(page: Page, head: Sequence[Line], start: int) -> list[tuple[int, Line]]:
    """The lines below the head, to the first that runs over the width of the page or ends the table."""
    found: list[tuple[int, Line]] = []
    bottom = max(line.box[3] for line in head if line.box)
    left, right = min(line.box[0] for line in head if line.box), max(line.box[2] for line in head if line.box)
    for at in range(start + len(head), min(len(page.lines), start + _MOST_ROWS)):
        line = page.lines[at]
        if line.box is None or line.box[2] - line.box[0] > _WIDE or line.box[1] - bottom > 0.12:
            break
        if line.box[2] < left - 0.05 or line.box[0] > right + 0.2:
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
