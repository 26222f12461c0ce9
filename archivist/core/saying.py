"""Value types for what schemas/annex4.toml tells of the words of papers: bodies, outcomes of decisions, sums of money."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BodyRules:
    """How bodies (单位) are called.

    Attributes:
        endings: what their names end with. never: words of sentences, which no name holds. within: words of names that
            hold one of ``never`` (有限).
    """

    endings: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutcomeRule:
    """One word of the closed vocabulary of outcomes (会议意见) and how sentences say it, what they deny left out.

    Attributes:
        weight: which of several that begin at one place is meant: the greater.
        agrees: it is in favour. open: it may be in favour under conditions. hears: nothing is decided.
    """

    name: str
    patterns: tuple[re.Pattern[str], ...]
    agrees: bool = False
    conditional: bool = False
    hears: bool = False
    defers: bool = False


@dataclass(frozen=True, slots=True)
class DecisionRules:
    """Which papers decide, and what in their sentences is no decision of theirs.

    Attributes:
        outcomes: the closed vocabulary.
        kinds: kinds (文种) that decide. titled: words of titles of other papers that decide (批复).
        noise: words that hold an outcome's word and are none (不同意见).
        denied: what turns an outcome into its contrary, right before it.
        earlier: words before it that tell of another decision. proposed: of a proposal. asked: of a question.
        sought: of agreement that is yet to be had, or was had from others. single: who speaks for himself.
        condition: where conditions begin. void: what says behind it that it does not hold.
        column, other_column: words at the head of a table's column that holds this decision, or somebody else's.
    """

    outcomes: tuple[OutcomeRule, ...] = ()
    kinds: tuple[str, ...] = ()
    titled: tuple[str, ...] = ()
    noise: tuple[re.Pattern[str], ...] = ()
    denied: tuple[re.Pattern[str], ...] = ()
    earlier: tuple[re.Pattern[str], ...] = ()
    proposed: tuple[re.Pattern[str], ...] = ()
    asked: tuple[re.Pattern[str], ...] = ()
    sought: tuple[re.Pattern[str], ...] = ()
    single: tuple[re.Pattern[str], ...] = ()
    condition: tuple[re.Pattern[str], ...] = ()
    void: tuple[re.Pattern[str], ...] = ()
    column: tuple[str, ...] = ()
    other_column: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SumRules:
    """How sentences tell of a sum whether it was settled (已结清), is open (未结清) or disputed (有争议)."""

    settled: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    none: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sayings:
    """All of it. ``advice`` is the closed vocabulary of what assessors advise (评估建议)."""

    bodies: BodyRules = BodyRules()
    decisions: DecisionRules = DecisionRules()
    sums: SumRules = SumRules()
    advice: tuple[OutcomeRule, ...] = ()


NO_SAYINGS = Sayings()
