"""Who is responsible for a document (责任者): what the paper shows, and nobody where it does not."""

from __future__ import annotations

import pytest

from archivist.core.model import Fact, Marks, SealSeen, Seen
from archivist.core.paper.responsible import parties, responsible
from archivist.core.rules import FactRule

TOWN, PARTY = "石坝镇人民政府", "中共石坝镇委员会"


def sealed(*owners: str) -> Marks:
    box = (0.6, 0.7, 0.8, 0.9)
    return Marks(tuple(SealSeen(1, box, "round", "red", 0.9, owner, owner, Seen.YES) for owner in owners))


def test_the_body_whose_seal_was_read_is_responsible_whatever_the_paper_calls_itself() -> None:
    assert responsible(sealed(TOWN), "会议室", (TOWN, PARTY)) == TOWN


def test_a_paper_that_several_bodies_sealed_is_nobodys_until_a_person_says_so() -> None:
    assert responsible(sealed(TOWN, PARTY), TOWN, (TOWN, PARTY)) is None


def test_a_seal_whose_words_were_not_read_leaves_it_to_the_issuing_body() -> None:
    assert responsible(sealed(""), TOWN, (TOWN, PARTY)) == TOWN


def test_a_short_form_of_the_issuing_body_gives_its_full_name() -> None:
    assert responsible(Marks(), "大足区石坝镇人民政府", (TOWN, PARTY)) == TOWN


@pytest.mark.parametrize("issuer", [None, "", "会议研究决定同意", "龙井镇人民政府办公室党组", "政府"])
def test_words_that_name_none_of_the_bodies_make_nobody_responsible(issuer: str | None) -> None:
    assert responsible(Marks(), issuer, (TOWN, PARTY)) is None


def test_without_bodies_that_are_known_nobody_is_responsible() -> None:
    assert responsible(Marks(), TOWN, ()) is None


def test_all_parties_of_an_agreement_are_responsible_for_it_without_where_they_are() -> None:
    rules = (FactRule("甲方", "text", (), (), party=True), FactRule("乙方", "text", (), (), party=True))
    facts = [
        Fact("甲方", "重庆市大足区石坝镇水碾村村民委员会", 1, "甲方：…"),
        Fact("乙方", "丰和农业有限公司", 1, "乙方：…"),
        Fact("地点", "会议室", 1, "地点：会议室"),
    ]
    made_by = parties(facts, rules)

    assert made_by == ("石坝镇水碾村村民委员会", "丰和农业有限公司")
    assert responsible(sealed(TOWN), None, (TOWN,), made_by) == "石坝镇水碾村村民委员会、丰和农业有限公司"
    assert responsible(sealed(TOWN), None, (TOWN,), made_by[:1]) == TOWN
