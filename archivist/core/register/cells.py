"""What people write into cells, as values: codes, years, money, yes and no, persons, telephones."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from archivist.core.characters import RADICALS
from archivist.core.patterns import lazily
from archivist.core.register.header import label_keys
from archivist.core.register.rules import UNITS, CategoryWord, RegisterRules
from archivist.core.text import fold

_HANZI = r"\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
_SPACE_IN_CHINESE = lazily(rf"(?<=[{_HANZI}])\s+|\s+(?=[{_HANZI}])")
_EXCEL_TEXT = lazily(r'="([^"]*)"')
_SCIENTIFIC = lazily(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
_YEAR = lazily(r"(?<!\d)((?:19|20)\d\d)(?=\D|$|\d{2}(?!\d)|\d{4}(?!\d))")
_AMOUNT = lazily(
    r"(\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+(?:\.\d*)?(?:e[+-]?\d{1,2})?)(亿元|万元|万|亿|元)?(?:整|人民币)?",
    re.IGNORECASE,
)
_PHONE = lazily(r"(?<!\d)(?:(?:\+?86[- ]?)?1\d{10}|0\d{2,3}[-— ]?\d{7,8}|\d{7,8})(?!\d)")
_PHONE_WORD = lazily(r"(联系)?(电话|手机号?码?|号码)$")
_SPACED_NAME = lazily(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_LONGEST_WORD = 20
_YEAR_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


class CellError(Exception):
    """A cell that means nothing here; the message says in Chinese what is expected."""


def clean_line(text: str) -> str:
    """Return one line of visible text: NFC, no control or invisible characters, no radicals, no blanks inside Chinese."""
    line = " ".join(_visible(text).split())
    return _SPACE_IN_CHINESE.sub("", line)


def clean_block(text: str) -> str:
    """Return text of several lines without control characters and without empty lines."""
    lines = (" ".join(line.split()) for line in _visible(text).splitlines())
    return "\n".join(line for line in lines if line)


def _visible(text: str) -> str:
    kept = (
        character
        for character in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
        if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return "".join(kept).translate(RADICALS)


def code(text: str) -> str:
    """Return a project code (项目编号): no blanks, leading zeros kept, no dress of Excel's."""
    value = "".join(unicodedata.normalize("NFKC", _visible(text)).split())
    excel = _EXCEL_TEXT.fullmatch(value)
    value = (excel[1] if excel else value).lstrip("'")
    if _SCIENTIFIC.fullmatch(value):
        raise CellError(
            "编号被表格软件改成了科学计数，原来的数字已丢失。请把这一列设为文本格式，重新填写编号"
        )
    return re.sub(r"^(\d+)\.0+$", r"\1", value)


def year(text: str) -> str:
    """Return 2018 or 2018-2019 from whatever names the years; "" for nothing."""
    value = unicodedata.normalize("NFKC", clean_line(text))
    if not value:
        return ""
    if not re.search(r"\d", value):
        value = value.translate(_YEAR_DIGITS)
    years = sorted(_YEAR.findall(value))
    if not years:
        raise CellError("应为四位年份，如 2018、2018年、2018-2019")
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}-{years[-1]}"


def amount(text: str, unit: Decimal, most: Decimal) -> Decimal | None:
    """Return yuan, to the cent.

    Args:
        text: the cell; a unit written in it goes before ``unit``.
        unit: yuan per unit of the column.
        most: yuan; above it the unit must be wrong.
    """
    value = re.sub(r"[\s¥￥]|人民币", "", unicodedata.normalize("NFKC", _visible(text)))
    if value in ("", "无", "暂无", "未知", "不详"):
        return None
    found = _AMOUNT.fullmatch(value)
    if not found:
        raise CellError("应为不小于 0 的金额，如 86.5、86.5万元、865,000元")
    named = found[2] or ""
    factor = UNITS[named if named.endswith("元") else named + "元"] if named else unit
    try:
        yuan = (Decimal(found[1].replace(",", "")) * factor).quantize(Decimal("0.01"))
    except InvalidOperation:
        raise CellError("金额的数字过大，请核对") from None
    if yuan > most:
        raise CellError(f"合 {yuan / 10_000:,.0f} 万元，数额过大，请核对表头注明的单位是元还是万元")
    return yuan


def truth(text: str, rules: RegisterRules) -> bool | None:
    """Return yes, no, or None for an empty cell."""
    value = "".join(_visible(text).split()).lower()
    if not value:
        return None
    for key in (value, fold(value[:_LONGEST_WORD])):
        if key in rules.yes:
            return True
        if key in rules.no:
            return False
    raise CellError("应为是或否")


def category(text: str, rules: RegisterRules) -> CategoryWord | None:
    """Return the category a cell names, or None for an empty cell."""
    if not clean_line(text):
        return None
    for key in label_keys(text):
        if key in rules.categories:
            return rules.categories[key]
    known = dict.fromkeys(word.category.value for word in rules.categories.values())
    raise CellError(f"应为{'、'.join(known)}之一，或留空")


def contact_and_phone(text: str) -> tuple[str, str]:
    """Part ``张三 13800000000`` into persons and numbers, several of each joined with 、."""
    value = _SPACED_NAME.sub(r"\1", unicodedata.normalize("NFKC", _visible(text)))
    phones = list(dict.fromkeys(found.replace(" ", "") for found in _PHONE.findall(value)))
    names = re.split(r"[\s,，、;；/:：|()]+", _PHONE.sub(" ", value))
    persons = (_PHONE_WORD.sub("", name) for name in names)
    return "、".join(person for person in persons if person), "、".join(phones)


def phone(text: str) -> str:
    """Return a telephone cell, Excel's number dress taken off."""
    return re.sub(r"^(\d+)\.0+$", r"\1", unicodedata.normalize("NFKC", clean_line(text)))
