"""How a decision of the gate is told: by whom, and what a warning passed with a reason is called."""

from __future__ import annotations

from dataclasses import replace

from archivist.core.decision import DecidedCheck
from archivist.core.proposal import Hand
from archivist.core.words.decided import EXPLAINED, outcome_word, who_decided, who_explained
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
        word: outcome_word(DecidedCheck("x", "x", "附件4", word, "")) for word in ("通过", "不适用", "有问题")
    }

    assert told == {"通过": "通过", "不适用": "不适用", "有问题": EXPLAINED}
