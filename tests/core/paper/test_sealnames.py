"""Whose seal it is: full, short and seal names are one body's; another body's is said only where it is certain."""

from __future__ import annotations

import pytest

from archivist.core.model import Seen
from archivist.core.page import SealMark
from archivist.core.paper.sealnames import fits, owner, same, taken_apart
from support.drafting import ANNEX

BODIES = ANNEX.bodies


def mark(text: str, confidence: float = 0.95) -> SealMark:
    return SealMark((0.6, 0.7, 0.8, 0.84), 0.9, text=text, text_confidence=confidence)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("重庆市大足区农业农村委员会", "区农业农村委"),
        ("重庆市大足区农业农村委员会", "大足区农业农村委"),
        ("宝顶镇石梯村村民委员会", "石梯村委会"),
        ("珠溪镇人民政府", "珠溪镇政府"),
        ("重庆市大足区珠溪镇人民政府", "珠溪镇人民政府"),
        ("重庆市大足区人民政府棠香街道办事处", "棠香街道办"),
        ("大足区交通运输委员会", "区交通局"),
        ("重庆市大足区供销合作社联合社", "区供销社"),
    ],
)
def test_full_short_and_seal_names_are_one_bodys(one: str, other: str) -> None:
    assert same(taken_apart(one, BODIES), taken_apart(other, BODIES))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("珠溪镇人民政府", "宝兴镇人民政府"),
        ("宝顶镇石梯村村民委员会", "宝顶镇青杠村村民委员会"),
        ("大足区农业农村委员会", "大足区交通运输委员会"),
        ("珠溪镇人民政府", "重庆市大足区农业农村委员会"),
    ],
)
def test_different_bodies_are_not_one(one: str, other: str) -> None:
    assert not same(taken_apart(one, BODIES), taken_apart(other, BODIES))


def test_the_owner_is_the_body_the_arc_names() -> None:
    names = ("宝顶镇石梯村村民委员会", "宝顶镇人民政府", "大足区农业农村委员会")

    assert owner("重庆市大足区农业农村委", names, BODIES) == "大足区农业农村委员会"
    assert owner("宝顶镇石梯村村民委员会", names, BODIES) == "宝顶镇石梯村村民委员会"
    assert owner("重庆金穗农业发展有限公司", names, BODIES) == ""


def test_a_departments_own_seal_on_its_own_minutes_fits() -> None:
    assert fits(mark("重庆市大足区农业农村委员会"), ("区农业农村委",), BODIES) is Seen.YES


def test_that_a_seal_is_anothers_is_said_only_where_it_was_read_well_and_is_of_another_kind_of_body() -> None:
    wanted = ("珠溪镇人民政府",)

    assert fits(mark("重庆金穗农业发展有限公司"), wanted, BODIES) is Seen.NO
    assert fits(mark("重庆金穗农业发展有限公司", 0.5), wanted, BODIES) is Seen.UNKNOWN
    assert fits(mark("宝兴镇人民政府"), wanted, BODIES) is Seen.UNKNOWN
    assert fits(mark(""), wanted, BODIES) is Seen.UNKNOWN
    assert fits(mark("珠溪镇人民政府"), (), BODIES) is Seen.UNKNOWN


def test_of_two_villages_of_one_name_the_one_whose_place_is_in_the_seal_is_the_owner() -> None:
    names = ("宝顶镇石梯村村民委员会", "珠溪镇石梯村村民委员会")

    assert owner("珠溪镇石梯村村民委员会", names, BODIES) == "珠溪镇石梯村村民委员会"
    assert owner("石梯村村民委员会", names, BODIES) == ""


def test_a_seal_is_the_committees_or_the_cooperatives_as_it_says_and_its_number_is_no_name() -> None:
    names = ["珠溪镇青杠岭村村民委员会", "青杠岭村股份经济合作社"]

    assert owner("S86T3v85珠镇青杠岭村民委员会0TLS", names, BODIES) == names[0]
    assert owner("大足区青杠岭村股份经济合作社5001110", names, BODIES) == names[1]


def test_of_two_places_with_like_names_only_the_one_that_was_read_owns_a_seal() -> None:
    names = ["宝顶镇大石梯湾村村民委员会", "宝顶镇大石梯坪村村民委员会"]

    assert owner("大石梯湾村民委员会", names, BODIES) in ("", names[0])
    assert owner("宝顶镇大石梯洼村民委员会", names, BODIES) == ""


TOWN, VILLAGE = "大足区珠溪镇人民政府", "青杠岭村民委员会"


def test_who_sealed_is_told_by_the_words_on_the_arc_wherever_their_reading_began() -> None:
    assert fits(mark("珠溪镇人民政府"), [TOWN], BODIES) is Seen.YES
    assert fits(mark("人民政府珠溪镇"), [TOWN], BODIES) is Seen.YES
    assert fits(mark("岭上牧业专业合作社"), [TOWN], BODIES) is Seen.NO
    assert fits(mark("岭上牧业专业合作社", 0.2), [TOWN], BODIES) is Seen.UNKNOWN
    assert fits(mark("岭上"), [TOWN], BODIES) is Seen.UNKNOWN
    assert fits(mark("珠溪镇人民政府"), ["", "大足区"], BODIES) is Seen.UNKNOWN


def test_a_seal_is_owned_by_the_name_it_says_or_by_none() -> None:
    assert owner("青杠岭村民委员", [TOWN, VILLAGE], BODIES) == VILLAGE
    assert owner("某某公司", [TOWN, VILLAGE], BODIES) == ""
    assert owner("某某公司", [], BODIES) == ""
