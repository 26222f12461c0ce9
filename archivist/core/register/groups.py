"""Rows that gather others and are no projects: totals (珠溪镇小计、合计) and numbered headings (一、珠溪镇)."""

from __future__ import annotations

from archivist.core.patterns import lazily
from archivist.core.project import Township
from archivist.core.register.places import named_townships
from archivist.core.register.rules import GroupWords, RegisterRules
from archivist.core.text import fold

_LONGEST = 30
_BRACKETS = lazily(r"[(（\[【〔][^)）\]】〕]*[)）\]】〕]")
_COUNT = lazily(r"\d[\d.,]*(?:个|项|户|家|万元|亿元|元)*(?:项目)?$")
_NUMBERED = lazily(r"^\s*[（(]?\s*(?:[一二三四五六七八九十]{1,3}|[IVXⅠ-Ⅻ]{1,4})\s*[）)、.．:：]\s*(?=\S)")


def is_total(text: str, words: GroupWords) -> bool:
    """Whether a cell names a row of totals: 小计, 珠溪镇 小计（3个）, 合计：12个项目."""
    key = _key(text)
    return bool(key) and (key.endswith(words.totals) or key == "共")


def is_page_total(text: str, words: GroupWords) -> bool:
    """Whether it is the total of a page (本页合计), which parts no groups."""
    return is_total(text, words) and _key(text).startswith(words.page_totals)


def is_heading(text: str, words: GroupWords) -> bool:
    """Whether a cell is the numbered heading of a group of projects: 一、珠溪镇（5个）, （二）区林业局."""
    numbered = _NUMBERED.match(text[: 2 * _LONGEST])
    return numbered is not None and _key(text[numbered.end() :]).endswith(words.headings)


def heading_township(text: str, rules: RegisterRules) -> Township | None:
    """The township that a heading is about, if it names one and little else."""
    bare = _key(_NUMBERED.sub("", text[: 2 * _LONGEST]))
    found = named_townships(bare, rules)
    return found[0] if len(found) == 1 and bare.endswith(fold(found[0].name)) else None


def _key(text: str) -> str:
    """A label's letters without what stands in brackets or counts behind it; "" for text too long to be one."""
    if len(text) > 2 * _LONGEST:
        return ""
    key = fold(_BRACKETS.sub("", text))
    return (_COUNT.sub("", key) or key) if len(key) <= _LONGEST else ""
