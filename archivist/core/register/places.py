"""镇街 and 村（社区） out of what people write into the place columns of a register."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from archivist.core.patterns import lazily
from archivist.core.project import Township
from archivist.core.register.cells import CellError, clean_line
from archivist.core.register.rules import RegisterRules

_VILLAGE = lazily(r"(.{1,15}?(?:社区|村(?!社区|村)))")
_EMPTY_BRACKETS = lazily(r"\((街道|镇|镇街|社区|村|乡)\)")
_KIND = lazily(r"(街道|镇|乡)$")


@dataclass(frozen=True, slots=True)
class Place:
    """What an address says: its townships in order (mostly one or none) and what stands after the first."""

    townships: tuple[Township, ...]
    rest: str


def read_address(text: str, rules: RegisterRules) -> Place:
    """Part ``大足区龙水镇××村`` into township and rest. A short name (龙水) counts after the district's."""
    value = _plain(text)
    local = _without_prefix(value, rules)
    for township in rules.townships:
        if local.startswith(township.name):
            rest = local.removeprefix(township.name)
            return Place((township, *_others(rest, township, rules)), _without_suffix(rest, rules))
    if local != value:
        for township in rules.townships:
            short = _short(township)
            if local.startswith(short) and local != short + "村":
                return Place((township,), _without_suffix(local.removeprefix(short), rules))
    return Place(named_townships(value, rules), local)


def named_townships(text: str, rules: RegisterRules) -> tuple[Township, ...]:
    """Return the townships whose full names a text contains, in the text's order."""
    found = [(text.find(township.name), township) for township in rules.townships if township.name in text]
    return tuple(township for _, township in sorted(found, key=lambda pair: pair[0]))


def read_township(text: str, rules: RegisterRules) -> Place:
    """Read a 镇街 cell: full or short name, with the district's before it and a village after it.

    Raises:
        CellError: it names no township of the district.
    """
    value = _plain(text)
    if not value or value in rules.whole_district:
        return Place((), "")
    place = read_address(value, rules)
    if place.townships:
        return place
    local = _without_prefix(value, rules)
    endings = ("", "街道", "镇", "乡", *rules.suffixes)
    short = [one for one in rules.townships if local in {_short(one) + ending for ending in endings}]
    if len(short) == 1:
        return Place((short[0],), "")
    by_code = [township for township in rules.townships if township.code == value]
    if by_code:
        return Place((by_code[0],), "")
    names = "、".join(township.name for township in rules.townships)
    raise CellError(
        f"不是{rules.district_name}的镇街，应为以下之一：{names}。"
        f"镇街名单在 {rules.source} 的 townships.toml 里，可以改"
    )


def village_in(text: str) -> str:
    """Return the village (村、社区) an address begins with, "" for none."""
    found = _VILLAGE.match(_plain(text))
    return found[1] if found else ""


def read_village(text: str, rules: RegisterRules) -> Place:
    """Read a 村（社区） cell, which may hold the township before the village."""
    value = clean_line(text)
    place = read_address(value, rules)
    if place.townships and place.rest and place.rest not in ("村", "社区"):
        return place
    local = _without_prefix(_plain(value), rules)
    return Place((), local if local and local != _plain(value) else value)


def _plain(text: str) -> str:
    value = "".join(unicodedata.normalize("NFKC", clean_line(text)).replace("_", "").split())
    return _EMPTY_BRACKETS.sub("", re.sub(r"(镇|街道)\((街道|镇|乡)\)", r"\1", value))


def _without_prefix(value: str, rules: RegisterRules) -> str:
    prefix = max((p for p in rules.prefixes if value.startswith(p)), key=len, default="")
    return value.removeprefix(prefix)


def _without_suffix(value: str, rules: RegisterRules) -> str:
    suffix = max((s for s in (*rules.suffixes, "街道", "镇") if value.startswith(s)), key=len, default="")
    return value.removeprefix(suffix).lstrip("-、,，·")


def _others(rest: str, first: Township, rules: RegisterRules) -> tuple[Township, ...]:
    """Further townships after the first one, as in 龙水镇、宝顶镇."""
    return tuple(township for township in named_townships(rest, rules) if township != first)


def _short(township: Township) -> str:
    return _KIND.sub("", township.name)
