"""Pages as reading gives them."""

from __future__ import annotations

from archivist.core.model import TextSource
from archivist.core.page import Line, Page

TWINS = (
    ("DZ-2018-0017", "珠溪镇青杠岭村黑山羊标准化养殖场项目", "珠溪镇", "青杠岭村"),
    ("DZ-2018-0018", "珠溪镇青杠坪村黑山羊标准化养殖场项目", "珠溪镇", "青杠坪村"),
    ("DZ-2019-0023", "珠溪镇青杠岭村黑山羊饲草基地项目", "珠溪镇", "青杠岭村"),
    ("DZ-2020-0031", "珠溪镇青杠岭村柠檬种植基地项目", "珠溪镇", "青杠岭村"),
    ("DZ-2019-0033", "三驱镇柏杨湾村稻渔综合种养一期项目", "三驱镇", "柏杨湾村"),
    ("DZ-2020-0008", "三驱镇柏杨湾村稻渔综合种养二期项目", "三驱镇", "柏杨湾村"),
    ("DZ-2016-0041", "2016年金山镇槐坪村食用菌种植大棚项目", "金山镇", "槐坪村"),
    ("DZ-2018-0041", "2018年金山镇槐坪村食用菌种植大棚项目", "金山镇", "槐坪村"),
    ("DZ-2017-0031", "宝兴镇响水岩村花椒种植园项目", "宝兴镇", "响水岩村"),
    ("DZ-2017-0032", "回龙镇响水岩村花椒种植园项目", "回龙镇", "响水岩村"),
    ("DZ-2015-0099", "智凤街道苇岭社区中药材种植基地项目（500亩）", "智凤街道", "苇岭社区"),
    ("DZ-2017-0102", "智凤街道苇岭社区中药材种植基地项目（300亩）", "智凤街道", "苇岭社区"),
)


def page(text: str, number: int = 1) -> Page:
    """A page of native text without boxes, a line each."""
    return Page(number, tuple(Line(line) for line in text.strip().splitlines()), TextSource.NATIVE)


def set_page(rows: list[tuple[str, float, float, float]], number: int = 1) -> Page:
    """A page with boxes: text, left, top, height; width follows from the characters."""
    lines = [
        Line(text, (left, top, min(0.98, left + len(text) * height * 0.75), top + height), 0.99)
        for text, left, top, height in rows
    ]
    return Page(number, tuple(lines), TextSource.OCR)
