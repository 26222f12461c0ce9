"""Pages with seals (印章), with what looks like one, and with none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.bench.marks import pen, press
from tests.bench.marks.sheets import Sheet, person

BODIES = (
    "重庆市大足区农业农村委员会",
    "大足区珠溪镇人民政府",
    "珠溪镇青杠岭村村民委员会",
    "青杠岭村股份经济合作社",
    "重庆市大足区林业局",
    "大足区龙水镇人民政府",
    "中共大足区珠溪镇委员会",
    "智凤街道办事处",
    "重庆众耘农业开发有限公司",
)


@dataclass(frozen=True, slots=True)
class Truth:
    """Whether a page bears a seal in ink, and whose it is; ``black``: only colour shows that it is the copy of one."""

    sealed: bool
    owner: str = ""
    black: bool = False


Maker = Callable[[Sheet], Truth]


def _page(sheet: Sheet) -> tuple[int, int]:
    """A page with its ending; returns where the seal goes."""
    chance = sheet.chance
    sheet.body("关于养殖场项目有关情况的报告", chance.randint(9, 14))
    sheet.y += sheet.size * 2
    x = sheet.right - int(sheet.width("大足区珠溪镇人民政府")) - sheet.size
    sheet.put(x, sheet.y, "大足区珠溪镇人民政府")
    sheet.put(
        x + sheet.size,
        sheet.y + sheet.size * 1.8,
        f"2024年{chance.randint(1, 12)}月{chance.randint(1, 28)}日",
    )
    return x + sheet.size * 4, int(sheet.y + sheet.size * 1.4)


def _mark(
    sheet: Sheet, low: float = 38, high: float = 45, oval: bool = False
) -> tuple[str, press.Image.Image]:
    chance = sheet.chance
    body = chance.choice(BODIES)
    return body, press.body_seal(
        body, int(chance.uniform(low, high) / 25.4 * sheet.dpi), chance, sheet.report, oval
    )


def _plain(sheet: Sheet) -> Truth:
    x, y = _page(sheet)
    body, mark = _mark(sheet, oval=sheet.chance.random() < 0.15)
    press.stamp(sheet.image, x + sheet.chance.randint(-30, 30), y, mark)
    return Truth(True, body)


def _faint(sheet: Sheet) -> Truth:
    x, y = _page(sheet)
    body, mark = _mark(sheet)
    press.stamp(sheet.image, x, y, press.faint(mark, sheet.chance.uniform(0.13, 0.5)))
    return Truth(True, body)


def _brown(sheet: Sheet) -> Truth:
    x, y = _page(sheet)
    body, mark = _mark(sheet)
    press.stamp(
        sheet.image,
        x,
        y,
        press.recoloured(mark, sheet.chance.choice([(150, 75, 60), (165, 70, 50), (125, 88, 72)])),
    )
    return Truth(True, body)


def _cut(sheet: Sheet) -> Truth:
    _page(sheet)
    body, mark = _mark(sheet)
    edge = sheet.image.width - int(mark.width * sheet.chance.uniform(-0.05, 0.42))
    press.stamp(sheet.image, edge, int(sheet.y), mark)
    return Truth(True, body)


def _sized(sheet: Sheet) -> Truth:
    x, y = _page(sheet)
    body, mark = _mark(sheet, *((20, 28) if sheet.chance.random() < 0.5 else (56, 95)))
    press.stamp(sheet.image, x, y, mark)
    return Truth(True, body)


def _copied(sheet: Sheet) -> Truth:
    """A black seal on a page that is scanned in colour: a copy."""
    x, y = _page(sheet)
    _, mark = _mark(sheet)
    press.stamp(sheet.image, x, y, press.recoloured(mark, (45, 45, 48)))
    if sheet.chance.random() < 0.5:
        pen.lay(
            sheet.image,
            pen.name(person(sheet.chance), sheet.size, sheet.chance, sheet.report),
            sheet.left,
            y,
            pen.PENS[2],
        )
    return Truth(False, black=True)


def _not(draw: Callable[[Sheet, int, int, Random], None]) -> Maker:
    def make(sheet: Sheet) -> Truth:
        x, y = _page(sheet)
        draw(sheet, x, y, sheet.chance)
        return Truth(False)

    return make


def _dpi(sheet: Sheet, millimetres: float) -> int:
    return int(millimetres / 25.4 * sheet.dpi)


CASES: tuple[tuple[str, Maker, int], ...] = (
    ("红章", _plain, 9),
    ("淡章", _faint, 3),
    ("褐色章", _brown, 1),
    ("边上切掉", _cut, 2),
    ("过大过小", _sized, 2),
    ("黑章", _copied, 2),
    ("没有章", _not(lambda sheet, x, y, chance: None), 3),
    ("红圈", _not(lambda s, x, y, c: press.circle(s.image, x, y, _dpi(s, c.uniform(14, 24)), c)), 2),
    ("红笔涂写", _not(lambda s, x, y, c: press.red_scribble(s.image, x, y, _dpi(s, 14), c)), 2),
    (
        "红格线",
        _not(lambda s, x, y, c: press.red_table(s.image, (s.left, y, s.right, y + _dpi(s, 60)), c)),
        1,
    ),
    ("圆标志", _not(lambda s, x, y, c: press.logo(s.image, x, y, _dpi(s, c.uniform(10, 20)), c)), 2),
    ("红方码", _not(lambda s, x, y, c: press.code_square(s.image, x, y, _dpi(s, 28), c)), 1),
    ("收文章", _not(lambda s, x, y, c: press.stamp(s.image, x, y, press.receipt(c, _dpi(s, 40)))), 1),
    ("收文方章", _not(lambda s, x, y, c: press.receipt_box(s.image, x, y, _dpi(s, 50))), 1),
    ("手印", _not(lambda s, x, y, c: press.fingerprint(s.image, x, y, _dpi(s, 16), c)), 1),
)
"""Name of the case, who makes it, how often in a round."""
