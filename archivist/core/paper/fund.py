"""Money behind a label (投入帮扶资金, 项目总投资): in sentences, in cells of forms, in columns of tables; in yuan. Pure.

The plan calls 扶贫资金 and 衔接资金 together 帮扶资金 (正文三（一）); which word a paper uses is told beside the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archivist.core.model import Fact
from archivist.core.page import Line, Page
from archivist.core.paper.amounts import Amount, amounts
from archivist.core.paper.cells import beside
from archivist.core.paper.reading import Reading
from archivist.core.paper.scopes import FOREIGN, places
from archivist.core.paper.statements import short
from archivist.core.patterns import lazily
from archivist.core.rules import FactRule

_UNIT = lazily(r"(亿元|百万元|万元|千元|元)")
_BRACKET = lazily(r"\s*[（(]\s*(?:单位\s*[：:])?\s*(亿元|百万元|万元|千元|元)\s*[）)]")
_GAP = lazily(
    r"(?:额|数额|金额|总额|数)?(?:[（(][^（）()0-9]{0,12}[）)])?(?:共计|合计|共|计|为|是|约|达|投入|人民币|财政资金|总计|累计|了|：|:|，|\s){0,6}"
)
_NOT_PUT_IN = lazily(
    r"(?:收回|追回|退还|退回|结余|结转|剩余|未使用|未拨付|未到位|申请|申报|争取|返还|挪用|骗取|套取|每年|人均|户均|节约|扣除|追缴|归还|损失|"
    r"其中)[^，。；]{0,10}$|(?:未|没有)(?:实际|能)?$"
)
_PUT_IN = lazily(r"投入|总|共|累计|合计|使用|安排|下达")
_PLAIN = lazily(r"[0-9][0-9,，.．]*")
_GENERAL = "帮扶资金"
_STACK, _NARROW = 5, 10


@dataclass(frozen=True, slots=True)
class _Found:
    label: str
    amount: Amount
    page: int
    quote: str
    project: str
    put_in: bool


def money(rule: FactRule, one: Reading) -> list[Fact]:
    """The amounts under a rule's labels: the first, and what differs from it where a paper says so outright."""
    found = [*_of_columns(rule, one), *_of_sentences(rule, one)] or list(_of_forms(rule, one))
    kept: list[_Found] = []
    for project in dict.fromkeys(each.project for each in found):
        own = [each for each in found if each.project == project]
        general = [each for each in own if _GENERAL in each.label]
        if general or not any(_GENERAL in label for label in rule.labels):
            own = general or own
            kept += _once([own[0], *(each for each in own[1:] if each.put_in)])
        else:
            kept += _once(list({each.label: each for each in reversed(own)}.values())[::-1])
    return [
        Fact(
            rule.name,
            each.amount.value,
            each.page,
            each.quote,
            each.project,
            detail="、".join(filter(None, ("约" if each.amount.about else "", _called(each.label)))),
        )
        for each in kept
    ]


def _once(found: Sequence[_Found]) -> list[_Found]:
    return list({each.amount.yuan: each for each in reversed(found)}.values())[::-1]


def _called(label: str) -> str:
    return "" if _GENERAL in label or "资金" not in label else label


def _of_sentences(rule: FactRule, one: Reading) -> Iterator[_Found]:
    for said in one.said:
        for start, end, label in _labels(rule, said.text):
            before = said.text[max(0, start - 14) : start]
            if _NOT_PUT_IN.search(before) and not before.endswith("其中"):
                continue
            amount = _behind(said.text[end:])
            if amount is None:
                continue
            project = _nearest(said.text[:start], one) or one.scope_of(said.quote, said.topic)
            if project == FOREIGN:
                continue
            yield _Found(
                label, amount, said.page, said.quote, project, bool(_PUT_IN.search(before[-6:] + label))
            )


def _labels(rule: FactRule, text: str) -> list[tuple[int, int, str]]:
    """Where labels stand in a text, the longest of several at one place, in order."""
    found: list[tuple[int, int, str]] = []
    for label in sorted(rule.labels, key=len, reverse=True):
        at = text.find(label)
        while at >= 0:
            end = at + len(label)
            if not any(start < end and at < stop for start, stop, _ in found):
                found.append((at, end, label))
            at = text.find(label, end)
    return sorted(found)


def _behind(words: str) -> Amount | None:
    """The amount right behind a label, its unit in the label's brackets or its own."""
    bracket = _BRACKET.match(words)
    rest = words[bracket.end() :] if bracket else words
    gap = _GAP.match(rest)
    start = gap.end() if gap else 0
    found = amounts(rest[start : start + 48], bracket.group(1) if bracket else "")
    if not found or found[0].each or found[0].start > 2:
        return None
    return found[0]


def _nearest(before: str, one: Reading) -> str:
    """The project that is named last in the words before a label."""
    named = places(before, one.named)
    return named[-1][1] if named else ""


def _of_forms(rule: FactRule, one: Reading) -> Iterator[_Found]:
    """A label in a cell, also one that is broken over lines, and the amount in its line or in the cell beside it."""
    for page in one.pages:
        unit = _page_unit(page)
        for at, words, whole in _cells(page):
            squeezed = re.sub(r"\s", "", words)
            for start, end, label in _labels(rule, squeezed)[:1]:
                if _NOT_PUT_IN.search(squeezed[:start]):
                    continue
                rest = squeezed[end:]
                amount = _behind(rest)
                bracket = _BRACKET.match(rest)
                named = bracket.group(1) if bracket else unit
                if amount is None and not (rest[bracket.end() :] if bracket else rest).strip("：: "):
                    amount = _alone(
                        beside(page.lines, at) if whole is None else _right_of(page, whole), named
                    )
                if amount is not None:
                    quote = short(words if whole is None else f"{squeezed} {_right_of(page, whole)}")
                    yield _Found(label, amount, page.number, quote, "", False)


def _alone(words: str, unit: str) -> Amount | None:
    """A cell that is an amount and nothing else."""
    bare = re.sub(r"\s", "", words)
    found = amounts(bare, unit if _PLAIN.fullmatch(bare) else "")
    return found[0] if len(found) == 1 and found[0].start <= 3 and not found[0].each else None


def _page_unit(page: Page) -> str:
    """The unit a page's figures are in (单位：万元)."""
    for line in page.lines[:12]:
        match = re.search(r"单位\s*[：:]\s*(亿元|万元|千元|元)", line.text)
        if match:
            return match.group(1)
    return ""


def _cells(page: Page) -> Iterator[tuple[int, str, tuple[float, float, float, float] | None]]:
    """Lines, and short lines that stand close below each other taken for one cell, with its box."""
    for at, line in enumerate(page.lines):
        yield at, line.text, None
        stack = [line]
        for other in _under(page.lines, at):
            stack.append(other)
            if len(stack) > 1:
                yield at, "".join(part.text for part in stack), _box(stack)


def _under(lines: Sequence[Line], at: int) -> Iterator[Line]:
    last = lines[at]
    if last.box is None or len(last.text.strip()) > _NARROW:
        return
    for _ in range(_STACK - 1):
        below = next((line for line in lines[at + 1 : at + 14] if _close_below(last, line)), None)
        if below is None:
            return
        yield below
        last = below


def _close_below(one: Line, other: Line) -> bool:
    if one.box is None or other.box is None or len(other.text.strip()) > _NARROW:
        return False
    height = one.box[3] - one.box[1]
    shared = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    narrow = min(one.box[2] - one.box[0], other.box[2] - other.box[0])
    return (
        -0.3 * height <= other.box[1] - one.box[3] <= 1.2 * height
        and shared >= 0.6 * narrow
        and (other.box[1] > one.box[1] + 0.4 * height)
    )


def _box(lines: Sequence[Line]) -> tuple[float, float, float, float]:
    boxes = [line.box for line in lines if line.box is not None]
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _right_of(page: Page, box: tuple[float, float, float, float]) -> str:
    """The words of the nearest line right of a cell, within its height."""
    right = [
        (line.box[0], line.text)
        for line in page.lines
        if line.box is not None
        and line.box[0] >= box[2] - 0.01
        and box[1] <= (line.box[1] + line.box[3]) / 2 <= box[3]
    ]
    return min(right)[1] if right else ""


def _of_columns(rule: FactRule, one: Reading) -> Iterator[_Found]:
    """A column of a table of projects, for each project that is named in a row."""
    for table in one.tables:
        columns = [(at, found[0][2]) for at, head in enumerate(table.heads) if (found := _labels(rule, head))]
        if len(columns) != 1:
            continue
        column, label = columns[0]
        unit = _UNIT.search(table.heads[column])
        for row in table.rows:
            codes = {code for _, code in places(row.text, one.all_named)}
            amount = _alone(row.cells.get(column, ""), unit.group(1) if unit else "")
            if amount is not None and len(codes) == 1:
                yield _Found(label, amount, row.page, short(row.text), codes.pop(), False)
