"""How a decision of the gate is told: by whom, and what a warning passed with a reason is called."""

from __future__ import annotations

from dataclasses import replace

from archivist.core.decision import DecidedCheck
from archivist.core.proposal import Hand
from archivist.core.words.decided import (
    EXPLAINED,
    OVERRIDDEN,
    explained,
    outcome_word,
    who_decided,
    who_explained,
    who_overrode,
)
from support.checking import decided

FIRST, SECOND = Hand("蒋某", "区水利局", "部门", "jiang"), Hand("韩某", "区农业农村委", "专班", "han")


def test_a_decision_by_two_names_who_proposed_and_who_confirmed() -> None:
    alone = decided("D00001")
    both = replace(alone, proposed_by=FIRST, confirmed_by=SECOND)

    assert who_decided(alone) == alone.actor
    assert who_decided(both) == "蒋某（区水利局）提请，韩某（区农业农村委）确认"
    assert who_decided(replace(both, confirmed_by=None)) == alone.actor


def test_a_reason_is_whose_it_says_else_the_proposers_else_the_deciders() -> None:
    alone = decided("D00001")

    assert who_explained({"by": "冯某"}, alone) == "冯某"
    assert who_explained({}, replace(alone, proposed_by=FIRST)) == "蒋某"
    assert who_explained({}, alone) == alone.actor


def test_what_was_passed_with_a_reason_is_not_called_wrong_any_more() -> None:
    told = {
        word: outcome_word(DecidedCheck("x", "x", "附件4", word, ""), decided("D00001"))
        for word in ("通过", "不适用", "有问题")
    }

    assert told == {"通过": "通过", "不适用": "不适用", "有问题": EXPLAINED}


def test_what_was_overridden_is_called_so_and_by_whom() -> None:
    over = {"rule": "seal-2", "at": "2026-11-28T10:00:00+08:00", "by": SECOND.record()}
    decision = replace(decided("D00001"), overrides=(over,))
    seal, other = (DecidedCheck(rule, "x", "附件4", "有问题", "") for rule in ("seal-2", "seal-1"))

    assert (outcome_word(seal, decision), outcome_word(other, decision)) == (OVERRIDDEN, EXPLAINED)
    assert (explained(seal, decision), explained(other, decision)) == (False, True)
    assert who_overrode(over) == "韩某（区农业农村委，专班；系统用户 han），2026-11-28"
    assert "系统用户 未知" in who_overrode({**over, "by": {**SECOND.record(), "user": ""}})
