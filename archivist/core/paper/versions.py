"""Whether two filed documents are versions of one (版本): a better scan of the same paper counts in place of the older.

Only what is certain is decided here; the merest doubt is told to a person, and both documents go on counting.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from archivist.core.model import Fact, Seen
from archivist.core.text import fold

NUMBER = "文号"
_MOST_TEXT = 6000
_ALIKE_WITH_NUMBER, _ALIKE = 0.85, 0.96
_SOMEWHAT_ALIKE = 0.5
_ESSENCE = re.compile(r"[0-9]+|[零〇一二三四五六七八九十百千万亿两]+|不同意|同意|反对|弃权|不予|通过|否决")


class Kinship(StrEnum):
    """What the newer of two documents is to the older."""

    VERSION = "version"
    PART = "part"
    """Its pages are the first ones of the older, which goes on counting."""
    MAYBE = "maybe"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Paper:
    """What is compared of a document: ``facts`` by name, ``text`` of its pages, their number, ``sheets`` one by one."""

    title: str | None
    date: str | None
    text: str
    pages: int
    sealed: Seen = Seen.UNKNOWN
    signed: Seen = Seen.UNKNOWN
    facts: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()


def by_name(facts: Sequence[Fact]) -> dict[str, str]:
    """Facts as they are compared: all that is told under one name, in the order it is told."""
    told: dict[str, list[str]] = {}
    for fact in facts:
        told.setdefault(fact.name, []).append(fact.value)
    return {name: "、".join(dict.fromkeys(values)) for name, values in told.items()}


def kinship(new: Paper, old: Paper) -> tuple[Kinship, str]:
    """Compare a document with an older one of the same project and item; return what it is and why, in Chinese.

    A version has the same title, and the same document number (文号) or, where neither has one, the same date; its text
    is nearly the same to the last number and vote, no fact of one contradicts the other's, and it lacks nothing the
    older has: pages, seal or signature. So is the same paper with more pages behind those of the older: a scanner that
    saves 1, then 1+2, then 1+2+3 makes versions of one. When the fewer pages come later, the older goes on counting.
    """
    if not may_be_kin(new, old):
        return Kinship.OTHER, ""
    for more, fewer, kin in ((new, old, Kinship.VERSION), (old, new, Kinship.PART)):
        if goes_on(more, fewer):
            return kin, f"题名相同，前 {fewer.pages} 页相同，{more.pages - fewer.pages} 页是后来加的"
    same_number = NUMBER in new.facts and new.facts.get(NUMBER) == old.facts.get(NUMBER)
    alike = likeness(new.text, old.text)
    if alike < _SOMEWHAT_ALIKE:
        return Kinship.OTHER, ""
    common = f"题名相同，{'文号' if same_number else '日期'}相同，文字 {alike:.0%} 相同"
    doubt = _doubt(new, old, same_number, alike)
    return (Kinship.MAYBE, f"{common}，但{doubt}") if doubt else (Kinship.VERSION, common)


def may_be_kin(new: Paper, old: Paper) -> bool:
    """Whether two documents can be versions of one at all; asked before their texts are looked up."""
    number, before = new.facts.get(NUMBER), old.facts.get(NUMBER)
    if not new.title or new.title != old.title or (number and before and number != before):
        return False
    if (number is not None and number == before) or (new.date is not None and new.date == old.date):
        return True
    return new.pages != old.pages and None in (new.date, old.date)


def goes_on(more: Paper, fewer: Paper) -> bool:
    """Whether a paper begins with all the pages of another and goes on behind them.

    As with versions the pages are the same to the last number and vote, nothing contradicts, nothing is lost.
    """
    count = len(fewer.sheets)
    if not 0 < count < len(more.sheets) or not fold("".join(more.sheets[count:])):
        return False
    begun = replace(more, text="\n".join(more.sheets[:count]), pages=fewer.pages)
    if len(begun.text) > _MOST_TEXT and begun.text != fewer.text:
        return False
    same_number = NUMBER in more.facts and more.facts.get(NUMBER) == fewer.facts.get(NUMBER)
    facts = {name: value for name, value in fewer.facts.items() if name != NUMBER or same_number}
    return not _doubt(begun, replace(fewer, facts=facts), same_number, likeness(begun.text, fewer.text))


def likeness(one: str, other: str) -> float:
    """How much of two texts is the same (0..1), blanks and widths of characters aside."""
    from rapidfuzz.fuzz import ratio

    left, right = fold(one)[:_MOST_TEXT], fold(other)[:_MOST_TEXT]
    return ratio(left, right) / 100 if left and right else 0.0


def _essence(text: str) -> list[str]:
    """What a single misread or changed character would turn into its contrary: numbers, and words of votes."""
    return _ESSENCE.findall(fold(text))


def _doubt(new: Paper, old: Paper, same_number: bool, alike: float) -> str:
    """The first reason why a person has to look, "" when there is none."""
    one_number = not same_number and (NUMBER in new.facts or NUMBER in old.facts)
    doubts = (
        (bool(new.date and old.date and new.date != old.date), f"日期不同（{old.date}、{new.date}）"),
        *(
            (new.facts[name] != old.facts[name], f"{name}不同（{old.facts[name]}、{new.facts[name]}）")
            for name in sorted(new.facts.keys() & old.facts.keys())
        ),
        (one_number, "只有一份看得出文号"),
        (alike < (_ALIKE_WITH_NUMBER if same_number else _ALIKE), "文字不完全一样"),
        (_essence(new.text) != _essence(old.text), "其中的数字或表决用语不同"),
        (new.pages != old.pages, f"页数不同（{old.pages}、{new.pages}）"),
        (old.sealed is Seen.YES and new.sealed is not Seen.YES, "先前的有印章，这一份没有看到"),
        (old.signed is Seen.YES and new.signed is not Seen.YES, "先前的有签字，这一份没有看到"),
    )
    return next((words for true, words in doubts if true), "")
