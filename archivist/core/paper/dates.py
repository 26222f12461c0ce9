"""Dates out of text: 2024年9月5日, 2024.9.5, 2024-09-05, 二〇二四年九月五日 → 2024-09-05, with the page and the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from archivist.core.page import Page

_DIGITS = {"〇": 0, "○": 0, "零": 0, "Ο": 0, "O": 0, "o": 0, "0": 0} | {
    char: value for value, char in enumerate("一二三四五六七八九", start=1)
}
_ARABIC = re.compile(
    r"(?<![0-9])((?:19|20)\s?[0-9]\s?[0-9])\s*(?:年|[.．。/／\-—-])\s*([01]?\s?[0-9])\s*(?:月|[.．。/／\-—-])\s*([0-3]?\s?[0-9])(?![0-9])"
)
_HANZI = re.compile(
    r"([一二][〇○零ΟOo0一二三四五六七八九]{2,3})\s*年\s*([正元一二三四五六七八九十]{1,2})\s*月\s*([一二三四五六七八九十廿卅]{1,3})\s*日?"
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in the text: ISO form, page, the line it stands in, and its place among the lines."""

    iso: str
    page: int
    quote: str
    line: int


def find_dates(pages: Sequence[Page]) -> list[FoundDate]:
    """Return all real dates (they exist in the calendar) in reading order."""
    found: list[FoundDate] = []
    row = 0
    for page in pages:
        for line in page.lines:
            found.extend(
                FoundDate(iso, page.number, line.text.strip()[:60], row) for iso in dates_in(line.text)
            )
            row += 1
    return found


def dates_in(text: str) -> list[str]:
    """Return the dates in one line as ISO strings, in order."""
    hits: list[tuple[int, str]] = []
    for match in _ARABIC.finditer(text):
        numbers = [int(re.sub(r"\s", "", group)) for group in match.groups()]
        _add(hits, match.start(), *numbers)
    for match in _HANZI.finditer(text):
        year = _hanzi_year(match.group(1))
        month, day = hanzi_number(match.group(2)), hanzi_number(match.group(3))
        if month and day:
            _add(hits, match.start(), year, month, day)
    return [iso for _, iso in sorted(hits)]


def _hanzi_year(text: str) -> int:
    """A year in Hanzi; recognition loses the thin circle of 二〇二四, which leaves 二二四."""
    if len(text) == 3:
        text = text[0] + "〇" + text[1:]
    return int("".join(str(_DIGITS[char]) for char in text))


def _add(hits: list[tuple[int, str]], at: int, year: int, month: int, day: int) -> None:
    try:
        hits.append((at, date(year, month, day).isoformat()))
    except ValueError:
        return


def hanzi_number(text: str) -> int | None:
    """Return 1..99 written as 五, 十, 十二, 二十, 二十八, 廿三; 正 and 元 (月) are 1; None for anything else."""
    text = text.replace("正", "一").replace("元", "一").replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text) if len(text) == 1 else None
    if len(tens) > 1 or len(ones) > 1:
        return None
    high = _DIGITS.get(tens, 0) if tens else 1
    return high * 10 + (_DIGITS.get(ones, 0) if ones else 0)
