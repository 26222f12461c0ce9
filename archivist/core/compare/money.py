"""Whether two amounts are one (金额一致): in any unit, one rounded to the digits it was written with."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from archivist.core.model import Fact
from archivist.core.paper.amounts import amounts
from archivist.core.patterns import lazily

_CENT = Decimal("0.01")
_REGISTER_STEP = Decimal(100)
"""Registers and columns are kept in 万元 with two decimals."""
_ROUGHLY = Decimal("0.05")
_WRITTEN = lazily(r"[0-9][0-9,，]*(?:\s?[.．]\s?([0-9]+))?\s?(亿元?|百万元|万元?|千元|元|圆)")
_UNITS = {"亿": 100_000_000, "百万": 1_000_000, "万": 10_000, "千": 1000}


def alike(one: Fact, other: Fact) -> bool:
    """Whether two facts of the form money are the same sum, as exactly as the rougher of them was written."""
    first, second = Decimal(one.value), Decimal(other.value)
    if first == second:
        return True
    if _roughly(one) or _roughly(other):
        return abs(first - second) <= _ROUGHLY * max(first, second)
    (rough, step), (exact, fine) = sorted(
        ((first, _step(one)), (second, _step(other))), key=lambda each: each[1], reverse=True
    )
    return step > fine and rough == (exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def told(value: str) -> str:
    """A sum in yuan as people say it: 21.63万元."""
    yuan = Decimal(value)
    if abs(yuan) < 1000:
        return f"{yuan.normalize():f}元"
    return f"{(yuan / 10_000).normalize():f}万元"


@lru_cache(maxsize=4096)
def _roughly(fact: Fact) -> bool:
    value = Decimal(fact.value)
    return fact.detail.startswith("约") or any(
        found.yuan == value and fact.quote[: found.start].rstrip().endswith("约")
        for found in amounts(fact.quote)
    )


@lru_cache(maxsize=4096)
def _step(fact: Fact) -> Decimal:
    """The value of the last digit an amount was written with, in yuan."""
    value = Decimal(fact.value)
    for found in amounts(fact.quote):
        written = _WRITTEN.search(fact.quote, found.start) if found.yuan == value else None
        if written is not None and written.start() < found.end:
            unit = _UNITS.get(written.group(2).removesuffix("元").removesuffix("圆"), 1)
            return Decimal(unit).scaleb(-len(written.group(1) or ""))
    return _REGISTER_STEP if value % _REGISTER_STEP == 0 else _CENT
