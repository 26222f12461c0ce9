"""Pages that ask for names (签字): signed, with a printed name, or empty."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.bench.marks import pen, press
from tests.bench.marks.faces import has, printed
from tests.bench.marks.sheets import Sheet, person

Maker = Callable[[Sheet], tuple[str, bool]]
"""Finishes a page; returns the kind of paper it is and whether it is signed."""

_LABELS = (
    (
        "记录人：",
        "主持人：",
        "记录人签字：",
        "填表人：",
        "评估人员：",
        "评估负责人（签字）：",
        "法定代表人（签字）：",
    ),
    (
        "法定代表人或委托代理人（签章）：",
        "村民代表签字：",
        "经办人：",
        "乙方（签字）：",
        "核查组长：",
        "记录员签名：",
        "召集人：",
        "甲方代表（签字）：",
        "监督委员会主任：",
    ),
)


def _ink(sheet: Sheet, x: float, y: float, text: str = "") -> float:
    """A name or a scrawl by hand with its left end near (x, y), y the top of the printed line."""
    chance = sheet.chance
    size = round(sheet.size * chance.uniform(1.0, 1.75))
    plain = chance.random() < 0.3 and not text
    ink = (
        pen.scribble(size, chance) if plain else pen.name(text or person(chance), size, chance, sheet.report)
    )
    top = int(y + sheet.size * 0.55 - ink.shape[0] * chance.uniform(0.4, 0.65))
    left = int(x + sheet.size * chance.uniform(-0.2, 0.9))
    pen.lay(sheet.image, ink, left, top, chance.choice(pen.PENS), chance.uniform(0.75, 0.96))
    sheet.written.append((left, top, left + ink.shape[1], top + ink.shape[0]))
    return left + ink.shape[1]


def _typed(sheet: Sheet, x: float, y: float, text: str = "") -> float:
    """A name in print, in the body's face or another, now and then spaced."""
    chance = sheet.chance
    words = text or person(chance)
    able = [face for face in printed(sheet.report) if has(face, words)]
    face = sheet.face if chance.random() < 0.4 and has(sheet.face, words) else chance.choice(able)
    size = round(sheet.size * chance.choice([1, 1, 1, 1.1, 0.95]))
    spaced = "　".join(words) if len(words) == 2 and chance.random() < 0.4 else words
    return sheet.put(x + sheet.size * chance.choice([0, 0, 0.5, 1]), y, spaced, face, size)


def _kind(chance: Random) -> str:
    return chance.choice(["record", "assessment", "agreement", "other"])


def _labelled(sheet: Sheet, what: str) -> tuple[str, bool]:
    chance = sheet.chance
    sheet.body("会议记录", chance.randint(8, 13))
    kind = _kind(chance)
    for label in chance.sample(_LABELS[sheet.report], chance.randint(1, 2)):
        x = sheet.left + sheet.size * chance.choice([0, 2, 8])
        end = sheet.put(x, sheet.y, label)
        if chance.random() < 0.35:
            sheet.pen.line(
                (end, sheet.y + sheet.size * 1.15, end + sheet.size * 7, sheet.y + sheet.size * 1.15),
                fill=(30, 30, 30),
                width=2,
            )
        if what == "ink":
            _ink(sheet, end, sheet.y)
        elif what == "print":
            _typed(sheet, end, sheet.y)
        elif what == "both":
            _ink(sheet, _typed(sheet, end, sheet.y) + sheet.size * 0.3, sheet.y)
        elif what == "stamp":
            mark = press.name_stamp(
                person(chance), round(sheet.size * chance.uniform(2.2, 3.2)), chance, sheet.report
            )
            press.stamp(sheet.image, int(end + sheet.size * 2.5), int(sheet.y + sheet.size * 0.6), mark)
        elif what == "sealed":
            _typed(sheet, end, sheet.y)
            mark = press.body_seal("石梯村村民委员会", int(1.6 * sheet.dpi), chance, sheet.report)
            press.stamp(sheet.image, int(end + sheet.size * 4), int(sheet.y + sheet.size), mark)
        sheet.y += sheet.size * 3.2
    if what in ("print", "empty", "sealed") and chance.random() < 0.6:
        sheet.put(
            sheet.right - sheet.size * 8, sheet.y, f"2024年{chance.randint(1, 12)}月{chance.randint(1, 28)}日"
        )
    signed = what in ("ink", "both", "stamp")
    return ("record" if signed and kind == "agreement" else kind), signed


def _list(sheet: Sheet, what: str) -> tuple[str, bool]:
    chance = sheet.chance
    sheet.body("会议记录", chance.randint(7, 11))
    sheet.put(
        sheet.left,
        sheet.y,
        chance.choice(["参会人员签名：", "参会代表签字：", "与会人员签名：", "村（居）民代表签字："]),
    )
    sheet.y += sheet.size * 2.2
    if what != "empty":
        for _ in range(chance.randint(1, 3)):
            for column in range(chance.randint(2, 4)):
                x = sheet.left + (sheet.right - sheet.left) * (column + 0.1) / 4
                (_ink if what == "ink" else _typed)(sheet, x, sheet.y, person(chance))
            sheet.y += sheet.size * 2.4
    return "record", what == "ink"


def _unlabelled(sheet: Sheet, what: str) -> tuple[str, bool]:
    chance = sheet.chance
    sheet.body("会议记录", chance.randint(8, 12))
    if chance.random() < 0.5:
        sheet.put(sheet.left + 2 * sheet.size, sheet.y, "散会。")
        sheet.y += sheet.size * 2
    for column in range(chance.randint(1, 3)):
        x = sheet.left + (sheet.right - sheet.left) * (column + 0.4) / 3.5
        (_ink if what == "ink" else _typed)(sheet, x, sheet.y, person(chance) if what != "ink" else "")
    sheet.y += 2 * sheet.size
    return "record", what == "ink"


def _cell(sheet: Sheet, what: str) -> tuple[str, bool]:
    chance = sheet.chance
    sheet.body("项目核查评估表", chance.randint(4, 7))
    boxes = sheet.cells([2, 2, 3.4], [0.2, 0.8])
    for row, label in zip(boxes[:2], ("项目名称", "核查情况"), strict=True):
        sheet.wrapped(label, row[0], 4)
        sheet.put(
            row[1][0] + sheet.size,
            row[1][1] + sheet.size * 0.8,
            chance.choice(["养殖场项目", "设施已经停用", "无异议"]),
        )
    label = chance.choice(["核查评估人员签字", "参会人员签字确认", "评估组成员签名", "填表人签字"])
    sheet.wrapped(label, boxes[2][0], chance.choice([3, 4]))
    x, y = boxes[2][1][0] + sheet.size, (boxes[2][1][1] + boxes[2][1][3]) / 2 - sheet.size * 0.6
    for _ in range(chance.randint(1, 2)):
        if what != "empty":
            x = (_ink if what == "ink" else _typed)(
                sheet, x, y, person(chance) if what == "print" else ""
            ) + sheet.size
    return "assessment", what == "ink"


CASES: tuple[tuple[str, Maker, int], ...] = (
    ("标签后手写", lambda sheet: _labelled(sheet, "ink"), 5),
    ("标签后印刷姓名", lambda sheet: _labelled(sheet, "print"), 5),
    ("标签后空白", lambda sheet: _labelled(sheet, "empty"), 2),
    ("印刷姓名旁手写", lambda sheet: _labelled(sheet, "both"), 1),
    ("标签后私章", lambda sheet: _labelled(sheet, "stamp"), 1),
    ("印刷姓名上盖公章", lambda sheet: _labelled(sheet, "sealed"), 1),
    ("名单手写", lambda sheet: _list(sheet, "ink"), 2),
    ("名单印刷", lambda sheet: _list(sheet, "print"), 2),
    ("名单空白", lambda sheet: _list(sheet, "empty"), 1),
    ("文末手写无标签", lambda sheet: _unlabelled(sheet, "ink"), 2),
    ("文末印刷无标签", lambda sheet: _unlabelled(sheet, "print"), 1),
    ("单元格手写", lambda sheet: _cell(sheet, "ink"), 2),
    ("单元格印刷", lambda sheet: _cell(sheet, "print"), 2),
    ("单元格空白", lambda sheet: _cell(sheet, "empty"), 1),
)
"""Name of the case, who makes it, how often in a round."""
