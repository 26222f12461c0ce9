"""Whose seal it is: full, short and seal names of one body are the same (大足区农业农村委员会 = 区农业农村委)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archivist.core.model import Seen
from archivist.core.page import SealMark
from archivist.core.paper.seals import likeness
from archivist.core.patterns import lazily
from archivist.core.rules import BodyRule
from archivist.core.text import fold

_PREFIXES = ("中国共产党", "中共", "重庆市", "重庆", "大足区", "大足", "区")
_FIGURES = lazily(r"[0-9a-z]+")
"""The number at a seal's foot, and what it is misread as."""
_LIKE = 0.72
_UNLIKE = 0.5
_READ_WELL = 0.75
_FEW_CHARS = 6


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart: what tells this body from its like, and the rule of its ending (None: not known)."""

    stem: str
    rule: BodyRule | None
    text: str
    ending: str = ""


def taken_apart(name: str, rules: Sequence[BodyRule]) -> Name:
    """Take a body's name, or the words read along a seal's arc, apart; the longest ending that fits counts."""
    text = _bare(_FIGURES.sub("", fold(name)))
    around = text + text  # where the reading of the arc began is no matter: 人民政府珠溪镇
    found = [
        (
            len(ending),
            ending in text,
            around.find(ending) if ending not in text else text.rfind(ending),
            ending,
            rule,
        )
        for rule in rules
        for ending in rule.endings
        if len(ending) <= len(text) and ending in around
    ]
    if not found:
        return Name(text, None, text)
    _, _, at, ending, rule = max(found, key=lambda one: one[:3])
    stem = around[at + len(ending) : at + len(text)]
    return Name(_bare(stem), rule, text, ending)


def _bare(text: str) -> str:
    for prefix in _PREFIXES:
        text = text.removeprefix(prefix)
    return text


def same(one: Name, other: Name) -> bool:
    """Whether two names are one body's: endings that mean the same, and what stands before them alike."""
    if one.rule is None or other.rule is None:
        shared = one.stem and other.stem and likeness(one.text, other.text) >= 0.85
        return bool(shared)
    if one.rule != other.rule:
        return False
    first, second = sorted((one.stem, other.stem), key=len)
    if not first or not second:
        return first == second
    # 石梯 = 宝顶镇石梯: a seal may leave out where the body is, and the register says it.
    return (len(first) >= 2 and second.endswith(first)) or likeness(first, second) >= _LIKE


def owner(text: str, names: Sequence[str], rules: Sequence[BodyRule]) -> str:
    """Return which of ``names`` is the body that a seal's ``text`` names; "" when none is, or several could be."""
    read = taken_apart(text, rules)
    fitting = {name: other for name in names if same(read, other := taken_apart(name, rules))}
    longest = max((other.stem for other in fitting.values()), key=len, default="")
    if any(not longest.endswith(other.stem) for other in fitting.values()):  # two places with like names
        fitting = {name: other for name, other in fitting.items() if other.stem == read.stem}
    # Of one village's committee and cooperative it is the one that the seal says.
    return max(
        fitting, key=lambda name: (fitting[name].ending == read.ending, likeness(read.text, name)), default=""
    )


def fits(mark: SealMark, names: Sequence[str], rules: Sequence[BodyRule]) -> Seen:
    """Tell whether a seal is that of one of ``names``.

    NO only when its arc was read well and names positively a body of another family than all of them.
    """
    if not mark.text or not names:
        return Seen.UNKNOWN
    if owner(mark.text, names, rules):
        return Seen.YES
    read = taken_apart(mark.text, rules)
    well = mark.text_confidence >= _READ_WELL and len(read.text) >= _FEW_CHARS and read.rule is not None
    wanted = [taken_apart(name, rules) for name in names]
    others = {name.rule.family for name in wanted if name.rule is not None}
    foreign = read.rule is not None and read.rule.family not in others and all(name.rule for name in wanted)
    unlike = all(likeness(mark.text, name) < _UNLIKE for name in names)
    return Seen.NO if well and foreign and unlike else Seen.UNKNOWN
