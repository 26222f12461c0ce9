"""Lines in the order they are read, and those of one cell of a table that runs over several lines, together. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from archivist.core.page import Line

_NEAR = 14
_CELL = 0.97
"""A line as wide as the widest is no cell but text."""


def rows(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Lines that stand on one height, as the cells of a table's row do, together; left to right."""
    row: list[Line] = []
    for line in lines:
        if row and not _beside(row[-1], line):
            yield tuple(row)
            row = []
        row.append(line)
    if row:
        yield tuple(row)


def stacked(
    lines: Sequence[Line], goes_on: Callable[[Line, Line], bool]
) -> Iterator[tuple[tuple[Line, ...], bool]]:
    """The rows of a page, each with whether its cells follow one another in one column instead of standing side by side.

    A row that is read across interleaves a cell that runs over several lines with its neighbours; such cells come line
    below line, as people read them.

    Args:
        goes_on: whether the second line may be the rest of the sentence in the first, its place aside.
    """
    read = list(rows(lines))
    wide = [len(row) > 1 for row in read]
    flat = [(line, number) for number, row in enumerate(read) for line in row]
    most = _CELL * max((_width(line) for line in lines), default=0.0)
    follows: dict[int, int] = {}
    for at, (line, number) in enumerate(flat):
        for index in range(at + 1, min(len(flat), at + _NEAR)):
            other, below = flat[index]
            in_table = any(wide[number : below + 1]) and max(_width(line), _width(other)) < most
            if below > number and in_table and index not in follows.values() and _under(line, other):
                if goes_on(line, other):
                    follows[at] = index
                break
    starts = set(follows) - set(follows.values())
    taken = set(follows) | set(follows.values())
    at = 0
    for row in read:
        own = range(at, at + len(row))
        at += len(row)
        if not any(index in taken for index in own):
            yield row, False
            continue
        for index in own:
            if index in starts or index not in taken:
                yield tuple(flat[one][0] for one in _chain(index, follows)), True


def _chain(index: int, follows: dict[int, int]) -> Iterator[int]:
    yield index
    while index in follows:
        index = follows[index]
        yield index


def _width(line: Line) -> float:
    return line.box[2] - line.box[0] if line.box else 1.0


def _under(one: Line, other: Line) -> bool:
    """Whether a line stands right below another, from the same left edge and no further to the right than it."""
    if one.box is None or other.box is None or not one.text.strip():
        return False
    height, char = one.box[3] - one.box[1], (one.box[2] - one.box[0]) / len(one.text.strip())
    return (
        -0.4 * height <= other.box[1] - one.box[3] <= 0.9 * height
        and other.box[1] > one.box[1] + 0.4 * height
        and abs(one.box[0] - other.box[0]) <= 1.3 * char
        and other.box[2] <= one.box[2] + 1.6 * char
    )


def _beside(one: Line, other: Line) -> bool:
    if one.box is None or other.box is None:
        return False
    shared = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    lower = min(one.box[3] - one.box[1], other.box[3] - other.box[1])
    return shared >= 0.5 * lower > 0 and other.box[0] >= one.box[2] - 0.01
