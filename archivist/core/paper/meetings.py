"""Days that papers tell of: another meeting's, with its counts, and how long a public notice (公示) stands. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archivist.core.model import Fact
from archivist.core.paper.dates import dates_in, is_whole
from archivist.core.paper.reading import Reading
from archivist.core.patterns import lazily
from archivist.core.rules import FactRule

_COUNT = lazily(r"(应到|实到|同意|反对|弃权)(?:会)?(?:人数)?[：:为]?([0-9]{1,4})(?:人|票|名)")
_DAYS = lazily(
    r"(?:为期|公示期|公示|共|不少于)[^，。；]{0,6}?([0-9]{1,3}|[一二三四五六七八九十]{1,3})个?(?:工作)?[日天](?!期)"
)
_DAY = r"(?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日"
_HANZI = {word: at for at, word in enumerate("一二三四五六七八九十", 1)} | {
    "十五": 15,
    "二十": 20,
    "三十": 30,
}


def met(rule: FactRule, one: Reading) -> list[Fact]:
    """The day before a meeting's name in its clause (于2024年11月5日召开村民代表会议), with the counts of its sentence."""
    labels = "|".join(sorted(map(re.escape, rule.labels), key=len, reverse=True))
    pattern = re.compile(rf"({_DAY})[^。；，年]{{0,24}}(?:{labels})")
    found: dict[str, Fact] = {}
    for said in one.said:
        for match in pattern.finditer(said.text):
            day = next(iter(dates_in(match.group(1))), "")
            if is_whole(day):
                counts = "、".join(
                    f"{name}{number}" for name, number in _COUNT.findall(said.text[match.end() :])
                )
                scope = one.scope_of(said.quote, said.topic)
                found.setdefault(day, Fact(rule.name, day, said.page, said.quote, scope, detail=counts))
    return list(found.values())


def period(rule: FactRule, one: Reading) -> list[Fact]:
    """From one day to another, in a sentence with a label; beside it the days it is said to last."""
    for said in one.said:
        if not any(label in said.text for label in rule.labels):
            continue
        days = [day for day in _days(said.text) if is_whole(day)]
        if len(days) >= 2:
            length = _DAYS.search(said.text)
            number = length.group(1) if length else ""
            told = number if number.isdigit() else str(_HANZI.get(number, ""))
            return [Fact(rule.name, f"{days[0]}/{days[1]}", said.page, said.quote, detail=told)]
    return []


def _days(text: str) -> Iterator[str]:
    """Its days; one without its year or month has those of the day before it (2024年11月10日至16日)."""
    year = month = ""
    for match in re.finditer(r"(?:((?:19|20)[0-9]{2})年)?(?:([0-9]{1,2})月)?([0-9]{1,2})日", text):
        year, month = match.group(1) or year, match.group(2) or month
        if year and month:
            yield f"{year}-{int(month):02d}-{int(match.group(3)):02d}"
