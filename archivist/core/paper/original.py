"""Original or copy (原件或复印件, 附件4 item 3): only what a document or its name says outright; else a person says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archivist.core.evidence import COPY
from archivist.core.model import Fact
from archivist.core.page import Line, Page
from archivist.core.paper.statements import ended, wrapped
from archivist.core.patterns import lazily

ORIGINAL = "原件"
FACT = "原件或复印件"

_MARK = lazily(
    r"(?:(?:本件|此件|该件|本页|以上|以上材料|此复印件|本复印件|以上复印件)?(?:均|已)?(?:经核对)?[，,]?(?:系|为|是)?"
    r"(?:复印件|(?:复印件)?(?:均)?与原件(?:核对)?(?:一致|相符|无误|核对无误|核对一致)))[，。.!]?"
)
"""A stamp or a written line of its own; a sentence that mentions copies (附：身份证复印件) is none."""
_BARE = lazily(r"复印件[，。.!]?")


def copy_fact(source_name: str, pages: Sequence[Page]) -> Fact | None:
    """Return the fact that these pages are a copy, with where it says so; None when nothing says so.

    The end of a sentence that was broken over two lines, a cell of a list and a word that stands in several rows say
    nothing of the paper they are on.
    """
    last: Line | None = None
    for page in pages:
        line = _mark(page.lines, last)
        if line is not None:
            return Fact(FACT, COPY, page.number, line.text.strip())
        last = page.lines[-1] if page.lines else last
    name = source_name.replace("\\", "/").rsplit("/", 1)[-1]
    if COPY in name and pages:
        return Fact(FACT, COPY, pages[0].number, f"文件名：{name}")
    return None


def _mark(lines: Sequence[Line], before: Line | None) -> Line | None:
    """The mark on a page. ``before`` is the last line of the page before it."""
    found = [at for at, line in enumerate(lines) if _MARK.fullmatch(_plain(line.text))]
    if len(found) > 1 and all(lines[at].box is not None for at in found):
        found = [at for at in found if not _in_row(lines, at)]
    rests = wrapped(lines) if found else frozenset()
    for at in found:
        over = at == 0 and before is not None and len(before.text.strip()) >= 16 and not ended(before.text)
        if (
            at not in rests
            and not over
            and not (_BARE.fullmatch(_plain(lines[at].text)) and _in_cell(lines, at))
        ):
            return lines[at]
    return None


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text).strip("（）()【】[]")


def _in_row(lines: Sequence[Line], at: int) -> bool:
    """Whether something else stands on the same height, as in a table's row."""
    box = lines[at].box
    if box is None:
        return False
    middle = (box[1] + box[3]) / 2
    return any(
        other.box is not None and other.box[1] <= middle <= other.box[3]
        for index, other in enumerate(lines)
        if index != at
    )


def _in_cell(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is a cell, or the end of one that was broken (身份证 above 复印件)."""
    box = lines[at].box
    if box is None or at == 0:
        return False
    if _in_row(lines, at):
        return True
    above, height = lines[at - 1], box[3] - box[1]
    return (
        above.box is not None
        and not ended(above.text)
        and 0 <= box[1] - above.box[3] + 0.5 * height <= 1.1 * height
        and abs(above.box[0] - box[0]) <= 0.5 * height
    )
