"""How many should come, came, agreed, were against and abstained (应到, 实到, 同意, 反对, 弃权), in all wordings. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archivist.core.page import Page
from archivist.core.paper.amounts import number_of
from archivist.core.paper.stacking import rows
from archivist.core.paper.statements import Statement, short, statements
from archivist.core.patterns import lazily

DUE, PRESENT, YES, NO, ABSTAIN = "应到", "实到", "同意", "反对", "弃权"

_N = r"([0-9]{1,5}|[零〇一二两三四五六七八九十百廿]{1,7})"
_COUNTED = r"(?:[人票户名位]|(?=\s*(?:$|[，,、；;。.\s)）/|“”]|不?同意|不?赞成|反对|弃权|实[到际]|应[到参]|缺席|请假)))"
_WHO = (
    r"(?:会议?|参会|与会|到会|出席|本次|有表决权的|享有表决权的)?(?:的)?"
    r"(?:村民|居民|社员|党员|成员|股东|户|户主|农户|委员|群众|班子成员|干部|参会|与会)?(?:代表)?(?:会|会议)?(?:总)?(?:人员|人数|数|人)?"
)
_LINK = r"(?:[（(][^（）()0-9]{0,8}[）)])?\s?(?:的)?(?:应?[有为共是计]|共有|共计|一共)?\s?[：:]?\s?[（(]?"
_WHOLE = r"(?![0-9.%％分]|之|号|条|项|年|个)"
_SHARE = lazily(r"(?:三分之|二分之|百分之)$")


def _labelled(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{words}){_WHO}{_LINK}{_N}{_WHOLE}\s?{_COUNTED}")


_PATTERNS: Mapping[str, tuple[re.Pattern[str], ...]] = {
    DUE: (
        _labelled(r"应(?:该|当)?(?:到|参加|出席|参会|来|参与)(?:会)?"),
        lazily(
            rf"(?:共有|现有|总计|全村有|全村共有|本村有|本村共有)(?:村民|居民|成员|党员)(?:代表){_LINK}{_N}{_WHOLE}\s?{_COUNTED}"
        ),
    ),
    PRESENT: (
        _labelled(r"实(?:际)?(?:到|参加|出席|参会|来|参与)(?:会)?"),
        lazily(
            rf"(?<!应)(?<!应该)(?:到会|参会|与会|出席(?:会议)?|参加(?:会议|表决)?){_WHO}{_LINK}{_N}{_WHOLE}\s?{_COUNTED}"
        ),
    ),
    YES: (
        lazily(
            rf"(?<!不)(?<![未没])(?:同意|赞成|赞同|支持)(?:的)?(?:票数?|人数|户数|代表)?{_LINK}{_N}{_WHOLE}\s?{_COUNTED}"
        ),
        lazily(
            rf"{_N}\s?[票人名户位](?:村民|成员|党员|社员|股东)?(?:代表)?(?:表示|投票?|举手)?(?:同意|赞成|赞同)(?!见)"
        ),
    ),
    NO: (
        lazily(rf"(?:反对|不同意|不赞成|不赞同)(?:的)?(?:票数?|人数|户数)?{_LINK}{_N}{_WHOLE}\s?{_COUNTED}"),
        lazily(
            rf"{_N}\s?[票人名户位](?:村民|成员|党员|社员|股东)?(?:代表)?(?:表示|投票?|举手)?(?:反对|不同意|不赞成)(?!见)"
        ),
    ),
    ABSTAIN: (
        lazily(rf"弃权(?:的)?(?:票数?|人数|户数)?{_LINK}{_N}{_WHOLE}\s?{_COUNTED}"),
        lazily(rf"{_N}\s?[票人名户位](?:村民|成员|党员|社员|股东)?(?:代表)?(?:表示|投|选择)?弃权"),
    ),
}
_NONE: Mapping[str, re.Pattern[str]] = {
    NO: lazily(r"(?:无人?|没有人?)(?:表示)?(?:反对|不同意|异议)(?!的)|反对(?:票)?[：:]?\s?无(?![一-龥])"),
    ABSTAIN: lazily(
        r"(?:无人?|没有人?)(?:表示)?(?:反对[、和或也]{0,2}(?:无人?|没有人?)?)?弃权|弃权(?:票)?[：:]?\s?无(?![一-龥])"
    ),
}
_UNANIMOUS = lazily(
    r"全票(?:同意|通过|赞成)|一致(?:表决)?(?:举手)?(?:表示)?(?:同意|通过|赞成)"
    r"|全(?:体|部)(?:参会|到会|与会|出席)?(?:人员|代表|村民代表|党员|成员|社员)?(?:举手|表决|均|都)?(?:一致)?(?:表示)?(?:同意|通过|赞成)"
)
_DENIED = lazily(r"(?:未能?|没有?|不能|不|是否|建议|提请|拟|如|若|须|需|应|此前|曾|已|经)[^，。；]{0,8}$")
_TABLE_WORD = lazily(
    r"(应到|实到|同意|赞成|反对|不同意|弃权)(?:会)?(?:人数|票数|票|人|数)?(?:[（(][人票][）)])?"
)
_VOTED = (YES, NO, ABSTAIN)
_ANNOUNCED = lazily(r"表决|举手|投票|计票|票数")
_SAME = {"赞成": YES, "不同意": NO}


@dataclass(frozen=True, slots=True)
class Count:
    """One of the five numbers, where it stands, and the topic it was counted under.

    ``unanimous`` says that it follows from words (一致同意), not from a figure.
    """

    name: str
    number: int
    page: int
    quote: str
    topic: str = ""
    unanimous: bool = False


def votes(pages: Sequence[Page], said: Sequence[Statement] | None = None) -> tuple[Count, ...]:
    """Return the numbers of a meeting in the order they stand; one that is repeated comes once."""
    said = statements(pages) if said is None else said
    found = [*_tabled(pages), *(count for one in said for count in _of_statement(one))]
    found += _unanimous(said, found)
    return tuple({(one.name, one.number, one.topic): one for one in reversed(found)}.values())[::-1]


def _of_statement(one: Statement) -> Iterator[Count]:
    for name, patterns in _PATTERNS.items():
        if one.speaker and name in _VOTED and not _ANNOUNCED.search(one.text):
            continue  # what somebody says in the discussion is no count
        for pattern in patterns:
            numbers = [_number(one.text, match) for match in pattern.finditer(one.text)]
            known = [number for number in numbers if number is not None]
            for number in known:
                yield Count(name, number, one.page, one.quote, one.topic)
            if known:
                break
        else:
            none = _NONE.get(name)
            if none is not None and none.search(one.text) and not one.speaker:
                yield Count(name, 0, one.page, one.quote, one.topic)


def _number(text: str, match: re.Match[str]) -> int | None:
    words = match.group(1)
    if _SHARE.search(text[max(0, match.start(1) - 4) : match.start(1)]):
        return None
    if words.startswith("廿"):
        words = "二十" + words[1:]
    return int(words) if words.isdecimal() else number_of(words)


def _unanimous(said: Sequence[Statement], found: Sequence[Count]) -> list[Count]:
    """一致同意: as many as came; nothing follows where a figure was given, or nobody says how many came."""
    present = {one.number for one in found if one.name == PRESENT}
    if len(present) != 1 or any(one.name == YES for one in found):
        return []
    for one in said:
        match = _UNANIMOUS.search(one.text)
        if match and not one.speaker and not _DENIED.search(one.text[: match.start()]):
            got = {count.name for count in found}
            numbers = {YES: next(iter(present)), NO: 0, ABSTAIN: 0}
            return [
                Count(name, number, one.page, one.quote, one.topic, unanimous=True)
                for name, number in numbers.items()
                if name not in got
            ]
    return []


def _tabled(pages: Sequence[Page]) -> Iterator[Count]:
    """A row of the five words and a row of as many numbers below it."""
    for page in pages:
        heads: list[str] = []
        for row in rows(page.lines):
            cells = [cell for line in row for cell in re.split(r"\s{1,}|\t", line.text.strip()) if cell]
            if len(heads) >= 2 and len(cells) == len(heads):
                for name, cell in zip(heads, cells, strict=True):
                    bare = cell.rstrip("人票名户位")
                    number = int(bare) if bare.isdecimal() and len(bare) < 6 else number_of(bare)
                    if number is not None and name:
                        yield Count(
                            name, number, page.number, short(f"{'、'.join(heads)}：{'、'.join(cells)}")
                        )
            names = [_TABLE_WORD.fullmatch(cell) for cell in cells]
            known = sum(match is not None for match in names)
            heads = [_SAME.get(m.group(1), m.group(1)) if m else "" for m in names] if known >= 2 else []
