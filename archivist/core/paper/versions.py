"""Whether two filed documents are versions of one (版本): a better scan of the same paper counts in place of the older.

Only what is certain is decided here; the merest doubt is told to a person, and both documents go on counting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from archivist.core.model import Fact, Seen
from archivist.core.paper.legible import Better, Legible, better
from archivist.core.patterns import lazily
from archivist.core.text import fold

NUMBER = "文号"
_MOST_TEXT = 6000
_ALIKE_WITH_NUMBER, _ALIKE = 0.85, 0.96
_SOMEWHAT_ALIKE = 0.5
_ALIKE_FACT = 0.9
_LONGEST_TOLD = 40
_ESSENCE = lazily(
    r"[0-9]+|[零〇一二三四五六七八九十百千万亿两]+|不同意|同意|反对|弃权|不予|通过|否决"
    r"|(?:主持人?|记录人?|签发人?|负责人|代表人|甲方|乙方|丙方)[\u4e00-\u9fff]{2,3}"
)


class Kinship(StrEnum):
    """What the newer of two documents is to the older."""

    VERSION = "version"
    PART = "part"
    """Its pages are the first ones of the older, which goes on counting."""
    WORSE = "worse"
    """It is another copy of the older that cannot be read as well; the older goes on counting."""
    MAYBE = "maybe"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Paper:
    """What is compared of a document: ``facts`` by name, ``text`` of its pages, their number, ``sheets`` one by one.

    ``legible``: how well it was read; None of typed pages, or where that is not known.
    """

    title: str | None
    date: str | None
    text: str
    pages: int
    sealed: Seen = Seen.UNKNOWN
    signed: Seen = Seen.UNKNOWN
    facts: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    legible: Legible | None = None


@dataclass(frozen=True, slots=True)
class Kin:
    """What the newer of two documents is to the older, and why, in Chinese.

    ``doubt`` is why a person has to look, ``substance`` that the two do not say the same.
    """

    kinship: Kinship
    why: str = ""
    doubt: str = ""
    substance: bool = False


def by_name(facts: Sequence[Fact]) -> dict[str, str]:
    """Facts as they are compared: all that is told under one name, in the order it is told."""
    told: dict[str, list[str]] = {}
    for fact in facts:
        told.setdefault(fact.name, []).append(fact.value)
    return {name: "、".join(dict.fromkeys(values)) for name, values in told.items()}


def kinship(new: Paper, old: Paper) -> tuple[Kinship, str]:
    """What `compared` tells: what the newer is and why."""
    kin = compared(new, old)
    return kin.kinship, kin.why


def compared(new: Paper, old: Paper) -> Kin:
    """Compare a document with an older one of the same project and item.

    A version has the same title, and the same document number (文号) or, where neither has one, the same date; its text
    is nearly the same to the last number and vote, no fact of one contradicts the other's, and it lacks nothing the
    older has: pages, seal or signature. So is the same paper with more pages behind those of the older: a scanner that
    saves 1, then 1+2, then 1+2+3 makes versions of one. When the fewer pages come later, the older goes on counting; so
    it does when the newer is the worse copy: a dark photo takes no scan's place.
    """
    if not may_be_kin(new, old):
        return Kin(Kinship.OTHER)
    for more, fewer, kin in ((new, old, Kinship.VERSION), (old, new, Kinship.PART)):
        if goes_on(more, fewer):
            return Kin(kin, f"题名相同，前 {fewer.pages} 页相同，{more.pages - fewer.pages} 页是后来加的")
    same_number = NUMBER in new.facts and new.facts.get(NUMBER) == old.facts.get(NUMBER)
    alike = likeness(new.text, old.text)
    if alike < _SOMEWHAT_ALIKE or (new.title != old.title and not _substance(new, old)):
        return Kin(Kinship.OTHER)
    titled = "题名相同，" if new.title == old.title else ""
    common = f"{titled}{'文号' if same_number else '日期'}相同，文字 {alike:.0%} 相同"
    if doubt := _unlike(new, old, same_number, alike):
        return Kin(Kinship.MAYBE, f"{common}，但{doubt}", doubt, _substance(new, old))
    return _of_copies(new, old, common)


def _of_copies(new: Paper, old: Paper, common: str) -> Kin:
    """Of two copies of one paper the better counts, the newer where both can be read alike."""
    which, read = better(new.legible, old.legible)
    told = f"{common}；后收到的和先前的：{read}" if read else common
    if which is Better.UNCLEAR:
        return Kin(Kinship.MAYBE, f"{told}，看不准哪一份好", f"看不准哪一份好（{read}）")
    counts, other = (old, new) if which is Better.SECOND else (new, old)
    if lack := _lack(counts, other, "先前的" if counts is new else "后收到的"):
        return Kin(Kinship.MAYBE, f"{told}，但{lack}", lack)
    return Kin(Kinship.VERSION if counts is new else Kinship.WORSE, told)


def may_be_kin(new: Paper, old: Paper) -> bool:
    """Whether two documents can be versions of one at all; asked before their texts are looked up."""
    number, before = new.facts.get(NUMBER), old.facts.get(NUMBER)
    if not new.title or (number and before and number != before):
        return False
    if number is not None and number == before:
        return True
    if new.title != old.title:
        return False
    if new.date is not None and new.date == old.date:
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
    less = replace(fewer, facts=facts)
    alike = likeness(begun.text, less.text)
    return more.title == fewer.title and not (
        _unlike(begun, less, same_number, alike) or _lack(begun, less, "先前的")
    )


def likeness(one: str, other: str) -> float:
    """How much of two texts is the same (0..1), blanks and widths of characters aside."""
    from rapidfuzz.fuzz import ratio

    left, right = fold(one)[:_MOST_TEXT], fold(other)[:_MOST_TEXT]
    return ratio(left, right) / 100 if left and right else 0.0


def _essence(text: str) -> list[str]:
    """What a single misread or changed character would turn into its contrary: numbers, and words of votes."""
    return _ESSENCE.findall(fold(text))


def _substance(new: Paper, old: Paper) -> bool:
    """Whether two papers do not say the same, as far as numbers, votes, dates and facts go."""
    return (
        bool(new.date and old.date and new.date != old.date)
        or bool(_contradicted(new, old))
        or (_essence(new.text) != _essence(old.text) and not _misread(new, old))
    )


def _misread(new: Paper, old: Paper) -> bool:
    """Whether one of two copies is so much worse that its numbers may have been misread."""
    return better(new.legible, old.legible)[0] in {Better.FIRST, Better.SECOND}


def _contradicted(new: Paper, old: Paper) -> list[str]:
    """Names of the facts that the two tell otherwise. Of a sentence a character may be misread, of a number or name none."""
    both = sorted(new.facts.keys() & old.facts.keys())
    return [name for name in both if not _same_fact(new.facts[name], old.facts[name])]


def _same_fact(one: str, other: str) -> bool:
    if fold(one) == fold(other):
        return True
    return _essence(one) == _essence(other) and likeness(one, other) >= _ALIKE_FACT


def _lack(counts: Paper, other: Paper, called: str) -> str:
    """What the paper that would count lacks and the other has, "" when nothing; ``called``: how people know the other."""
    mine = "这一份" if called == "先前的" else "先前的"
    for what, has, lacks in (("印章", other.sealed, counts.sealed), ("签字", other.signed, counts.signed)):
        if has is Seen.YES and lacks is not Seen.YES:
            return f"{called}有{what}，{mine}没有看到"
    return ""


def _unlike(new: Paper, old: Paper, same_number: bool, alike: float) -> str:
    """The first reason why two may not be copies of one paper, "" when there is none."""
    one_number = not same_number and (NUMBER in new.facts or NUMBER in old.facts)
    doubts = (
        (new.title != old.title, f"题名不同（“{old.title}”、“{new.title}”）"),
        (bool(new.date and old.date and new.date != old.date), f"日期不同（{old.date}、{new.date}）"),
        *(
            (True, f"{name}不同（{_short(old.facts[name])}、{_short(new.facts[name])}）")
            for name in _contradicted(new, old)
        ),
        (one_number, "只有一份看得出文号"),
        (alike < (_ALIKE_WITH_NUMBER if same_number else _ALIKE), "文字不完全一样"),
        (_essence(new.text) != _essence(old.text), "其中的数字或表决用语不同"),
        (new.pages != old.pages, f"页数不同（{old.pages}、{new.pages}）"),
    )
    return next((words for true, words in doubts if true), "")


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST_TOLD else f"{value[:_LONGEST_TOLD]}…"
