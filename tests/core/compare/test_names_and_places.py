"""Names abbreviated or misread are the same; names written wrongly are not."""

from __future__ import annotations

import pytest

from archivist.core.compare import names, places
from archivist.core.compare.rare import rare

CONFUSED = {ord("I"): "l", ord("抑"): "柳"}
FULL = "中敖镇麻柳湾村食用菌种植基地项目"
NEVER = ("全体", "贫困")


@pytest.mark.parametrize(
    ("said", "alike", "near"),
    [
        (FULL, True, False),
        ("麻柳湾村食用菌种植基地", True, False),
        ("麻抑湾村食用菌种植基地", True, False),
        ("大足区中敖镇麻柳湾村食用菌标准化种植基地建设项目", True, False),
        ("中敖镇麻柳沟村食用菌种植基地项目", False, True),
        ("麻柳沟村食用菌种植基地项目", False, True),
        ("中敖镇麻柳沟村食用菌种殖基地项目", False, True),
        ("中敖镇石坝村食用菌种植基地项目", False, False),
        ("中敖镇石坝村柑橘种植园项目", False, False),
        ("基地", False, False),
        ("", False, False),
    ],
)
def test_a_name_is_the_same_nearly_the_same_or_another(said: str, alike: bool, near: bool) -> None:
    assert names.alike(said, FULL, CONFUSED) is alike
    assert names.near(said, FULL, CONFUSED) is near


@pytest.mark.parametrize(("name", "whole"), [(FULL, True), ("基地项目", False), ("麻柳湾村产业", False)])
def test_a_name_with_its_place_is_whole(name: str, whole: bool) -> None:
    assert names.whole(name) is whole


@pytest.mark.parametrize(
    ("words", "villages", "townships"),
    [
        ("中敖镇麻柳沟村会议记录", ("麻柳沟",), ("中敖",)),
        ("重庆市大足区中敖镇麻柳沟村村民委员会", ("麻柳沟",), ("中敖",)),
        ("关于召开石坝社区居民代表会议的记录", ("石坝",), ()),
        ("全体村民会议记录", (), ()),
        ("贫困村会议记录", (), ()),
        ("乡村振兴局党组会议纪要", (), ()),
        ("大足区龙岗街道办事处会议纪要", (), ("龙岗",)),
        ("和平村会议记录", ("和平",), ()),
    ],
)
def test_places_are_read_off_titles_and_bodies(
    words: str, villages: tuple[str, ...], townships: tuple[str, ...]
) -> None:
    assert places.villages(words, NEVER) == villages
    assert places.townships(words, NEVER) == townships


def test_a_place_is_the_same_with_what_stands_before_it_and_as_it_is_misread() -> None:
    assert places.same("麻柳沟", places.stem("麻柳沟村"), CONFUSED)
    assert places.same("敖镇麻抑沟", "麻柳沟", CONFUSED)
    assert not places.same("麻柳湾", "麻柳沟", CONFUSED)
    assert not places.same("沟", "麻柳沟", CONFUSED)
    assert places.stem("石坝") == "石坝"


@pytest.mark.parametrize(
    ("read", "alike"),
    [
        ("中敖镇黄桶岭村食用菌种植基地项目", True),
        ("黄桶岭村食用菌基地", True),
        ("中敖镇黄泥岭沟食用菌种植基地项目", False),
        ("中敖镇石板坡村食用菌种植基地项目", False),
    ],
)
def test_a_rare_character_that_was_read_as_another_is_no_other_name(read: str, alike: bool) -> None:
    own = "中敖镇黄桷岭村食用菌种植基地项目"

    assert names.alike(read, own, {}) is names.alike(own, read, {}) is alike
    assert not (alike and names.near(read, own, {}))


def test_a_place_with_a_rare_character_is_the_same_as_it_is_misread() -> None:
    assert places.same("清水函", "清水凼", {})
    assert places.same("雍溪镇清水函", "清水凼", {})
    assert not places.same("清泉函", "清水凼", {})
    assert not places.same("清水湾", "清水沟", {})


@pytest.mark.parametrize(
    ("char", "is_rare"), [("村", False), ("凼", True), ("塝", True), ("A", False), ("1", False)]
)
def test_characters_beyond_the_first_level_are_rare(char: str, is_rare: bool) -> None:
    assert rare(char) is is_rare
