"""Whether sums say that projects became one, or one several: asked, each row once, and never by chance alone."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from archivist.core.project import Project
from archivist.core.register import consequences, diff_register
from archivist.core.register.parting import partings
from archivist.core.register.succession import asked_of, joined_told

FARM = Project(
    "A-01", "青杠岭村黑山羊养殖场项目", "珠溪镇", "青杠岭村", amount=Decimal(500_000), operator="岭上合作社"
)
SOUTH = replace(FARM, code="B-01", name="青杠岭村黑山羊养殖场南坡圈舍项目", amount=Decimal(300_000))
NORTH = replace(FARM, code="B-02", name="青杠岭村黑山羊养殖场北坡圈舍项目", amount=Decimal(200_000))
OTHER = replace(FARM, code="C-01", name="麻柳沟村食用菌项目", village="麻柳沟村", operator="麻柳公司")


def answers(old: list[Project], new: list[Project]) -> list[tuple[str, str]]:
    diff = diff_register({one.code: one for one in old}, new)
    return [(one.project.code, one.answer) for one in asked_of(diff)]


def test_one_that_became_two_is_asked_about_for_both() -> None:
    assert answers([FARM, OTHER], [SOUTH, NORTH, OTHER]) == [
        ("B-01", "archivist register split A-01 B-01 B-02"),
        ("B-02", "archivist register split A-01 B-01 B-02"),
    ]


def test_two_that_became_one_are_asked_about() -> None:
    assert answers([SOUTH, NORTH, OTHER], [FARM, OTHER]) == [
        ("A-01", "archivist register join B-01 B-02 A-01")
    ]


def test_a_part_taken_out_of_a_project_that_stays_is_asked_about() -> None:
    less = replace(FARM, amount=Decimal(300_000))

    assert answers([FARM], [less, NORTH]) == [("B-02", "archivist register split A-01 B-02 --keep")]


def test_a_project_taken_into_one_that_stays_is_told_of() -> None:
    more = replace(SOUTH, amount=Decimal(500_000))
    (told,) = joined_told(diff_register({"B-01": SOUTH, "B-02": NORTH}, [more]))

    assert told.endswith("archivist register join B-02 B-01")


def test_sums_of_another_village_of_strangers_or_of_many_choices_say_nothing() -> None:
    elsewhere = [replace(one, village="石梁村") for one in (SOUTH, NORTH)]
    strangers = [
        replace(one, operator="某公司", name=f"{word}项目")
        for one, word in ((SOUTH, "蜂蜜"), (NORTH, "竹笋"))
    ]
    either = replace(NORTH, code="B-03", name="青杠岭村黑山羊养殖场东坡圈舍项目")
    for new in (elsewhere, strangers, [SOUTH, NORTH, either]):
        diff = diff_register({"A-01": FARM}, new)
        assert partings(diff) == ()


def test_a_township_all_of_whose_projects_moved_is_told_of_once() -> None:
    moved = [replace(one, township="龙石镇") for one in (FARM, OTHER)]
    folders = {one.code: f"项目档案/珠溪镇/{one.code}" for one in moved}
    told = consequences(diff_register({one.code: one for one in (FARM, OTHER)}, moved), folders)
    one_left = consequences(
        diff_register({one.code: one for one in (FARM, OTHER)}, [moved[0], OTHER]), folders
    )

    assert len(told) == 1
    assert told[0].endswith("archivist register township 珠溪镇 龙石镇")
    assert all("register township" not in line for line in one_left)
