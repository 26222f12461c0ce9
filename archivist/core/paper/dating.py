"""Which of its dates a document is dated by (材料日期), or why none: only the role that its kind allows.

Papers of a meeting are dated by the meeting: never by their issue (印发) or the date under who issued them (落款), which
the order of the procedure (正文三（四）) does not compare; agreements by their signing; forms by the last of their
sealed blocks, if each of them can be read; everything else by the date under who issued it. Without such a date a
document is undated and a person is asked: another date would be silently wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from archivist.core.daterules import DateRole, DateRules
from archivist.core.page import Page
from archivist.core.paper.daterole import read_dates
from archivist.core.paper.dates import FoundDate
from archivist.core.patterns import lazily
from archivist.core.rules import KindRule
from archivist.core.text import fold, normal

UNREAD = "日期没有读出"
"""How the reason begins that a document has no date."""
_CLOSE = 60
"""Days within which minutes are issued: so close after it, a date gives the meeting its year."""
_HEAD_YEAR = lazily(
    r"〔((?:19|20)[0-9]{2})〕|((?:19|20)[0-9]{2})\s?年(?:度)?\s?第\s?[0-9一二三四五六七八九十]{1,4}\s?[期次]"
)
_ISSUE = (DateRole.ISSUED, DateRole.MADE)


@dataclass(frozen=True, slots=True)
class Dating:
    """A document's own date, or None and ``why`` not; ``told`` is what a person should know of a date that was found."""

    when: FoundDate | None = None
    why: str = ""
    told: str = ""

    @property
    def reasons(self) -> tuple[str, ...]:
        """What is to be said of it, as sentences."""
        if self.when is not None:
            return (self.told,) if self.told else ()
        return (f"{UNREAD}：{self.why}，请看原件补记日期",)


def document_date(kind: KindRule | None, pages: Sequence[Page], rules: DateRules) -> Dating:
    """Return what the document made of ``pages`` is dated by; ``kind`` None: of no kind that is known."""
    found = read_dates(pages, kind, rules)
    if kind is None or kind.attaches:
        met = next((one for one in found if one.role is DateRole.MEETING and one.whole), None)
        return Dating(met) if met else _made(found)
    if kind.meeting:
        return _met(found, pages)
    if kind.form:
        return _filled(found, pages, rules)
    return _signed(found) if kind.parties else _made(found)


# -- meetings ------------------------------------------------------------------------------------------------------


def _met(found: Sequence[FoundDate], pages: Sequence[Page]) -> Dating:
    """The meeting's; a day without a year gets it from what the paper says at its head, or stays without."""
    held = [one for one in found if one.role is DateRole.MEETING]
    whole = next((one for one in held if one.whole), None)
    days = [one for one in held if one.iso.startswith("--")]
    if whole is not None:
        other = next((one for one in days if one.iso[2:] != whole.iso[5:]), None)
        return (
            Dating(whole)
            if other is None
            else Dating(why=f"写着两个会议日期（“{whole.quote}”“{other.quote}”）")
        )
    if days:
        return _completed(days[0], found, pages)
    if held:
        return Dating(why="会议日期没有填全或看不清")
    issued = next((one for one in found if one.role in _ISSUE and one.whole), None)
    return Dating(why="没有写会议日期" + (f"，只有印发或落款日期 {issued.iso}" if issued else ""))


def _completed(day: FoundDate, found: Sequence[FoundDate], pages: Sequence[Page]) -> Dating:
    why = f"会议日期没有写年份（“{day.quote[:30]}”）"
    issued = [one for one in found if one.role in _ISSUE and one.whole]
    years = {year for one in issued if (year := _year_before(day, one)) is not None}
    if issued:
        if len(years) != 1 or any(_year_before(day, one) is None for one in issued):
            return Dating(why=why)
        return _with_year(day, years.pop(), issued[0].quote)
    numbered = _numbered(day, pages)
    if len(numbered) == 1 and day.iso[2:4] != "12":  # what met in December may be numbered in January
        return _with_year(day, *numbered.popitem())
    return Dating(why=why)


def _with_year(day: FoundDate, year: int, quote: str) -> Dating:
    iso = f"{year:04d}{day.iso[1:]}"
    if not _real(iso):
        return Dating(why="会议日期没有写年份")
    return Dating(replace(day, iso=iso), told=f"会议日期没有写年份，年份取自“{quote[:30]}”（第{day.page}页）")


def _year_before(day: FoundDate, issued: FoundDate) -> int | None:
    """The year in which the meeting was held shortly before its paper was issued."""
    end = date.fromisoformat(issued.iso)
    for year in (end.year, end.year - 1):
        iso = f"{year:04d}{day.iso[1:]}"
        if _real(iso) and 0 <= (end - date.fromisoformat(iso)).days <= _CLOSE:
            return year
    return None


def _real(iso: str) -> bool:
    try:
        date.fromisoformat(iso)
    except ValueError:
        return False
    return True


def _numbered(day: FoundDate, pages: Sequence[Page]) -> dict[int, str]:
    """Years of the paper's number above the line that tells of the meeting: 〔2024〕31号, 2024年第31期."""
    years: dict[int, str] = {}
    lines = [line.text for page in pages for line in page.lines][: min(day.line, 12)]
    for line in lines:
        for match in _HEAD_YEAR.finditer(normal(line)):
            years.setdefault(int(match[1] or match[2]), line.strip())
    return years


# -- the rest ------------------------------------------------------------------------------------------------------


def _signed(found: Sequence[FoundDate]) -> Dating:
    """When the last party signed; a blank beside a filled place is the other party's, who did not write it."""
    places = [one for one in found if one.role is DateRole.SIGNED]
    whole = [one for one in places if one.whole]
    if whole:
        return Dating(max(whole, key=lambda one: one.iso))
    if any(not one.iso for one in places):
        return Dating(why="签订日期（年 月 日）空着或看不清")
    return Dating(why="签订日期没有写全" if places else "没有写签订日期")


def _filled(found: Sequence[FoundDate], pages: Sequence[Page], rules: DateRules) -> Dating:
    """The last block's, if every block that has a place for a date can be read."""
    places = [one for one in found if one.role is DateRole.BLOCK]
    text = "".join(fold(line.text) for page in pages for line in page.lines)
    heads = [word for word in rules.blocks if fold(word) in text]
    headed = len(heads) - _told_in_a_word(heads, pages)
    if not places and not headed:
        made = [one for one in found if one.role is DateRole.MADE and one.whole]
        return Dating(made[-1]) if made else Dating(why="表上没有读到盖章日期")
    unread = [one for one in places if not one.whole]
    if not places or len(unread) == len(places):
        return Dating(why="各栏的日期都没有填或看不清")
    if unread:
        last = "最后一栏" if places[-1] in unread else "有一栏"
        return Dating(why=f"{last}的日期没有填或看不清")
    if headed and heads[-1] != rules.blocks[-1]:
        return Dating(why=f"表上没有读到“{rules.blocks[-1]}”一栏，可能缺后面的页")
    if len(places) < headed:
        return Dating(why=f"表上有 {headed} 栏认定，只读到 {len(places)} 栏的日期，可能有一栏被印章盖住")
    return Dating(max(places, key=lambda one: one.iso))


def _told_in_a_word(heads: Sequence[str], pages: Sequence[Page]) -> int:
    """How many parts are told in a line of text (镇街认定：淘汰类), without a place of their own for a seal and a date."""
    lines = [normal(line.text) for page in pages for line in page.lines]
    told = (re.compile(rf"{re.escape(head)}\s?[:：]\s?[一-龥]{{2}}类") for head in heads)
    return sum(any(pattern.search(line) for line in lines) for pattern in told)


def _made(found: Sequence[FoundDate]) -> Dating:
    """The date under who issued it: the last one, as that is where papers end."""
    places = [one for one in found if one.role in (DateRole.MADE, DateRole.SIGNED)]
    whole = [one for one in places if one.whole]
    if whole and (places[-1].whole or places[-1].iso):
        return Dating(whole[-1])
    if whole:
        return Dating(why="落款处的日期没有填或看不清")
    return Dating(why="成文日期没有写全或看不清" if places else "没有读到成文日期（落款）")
