"""Whether a new row of a register is a project known under another number: asked where there is reason, else not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.project import Project
from archivist.core.register import diff_register
from archivist.core.register.succession import by_numbers_of_now, held_back, likeness, questions
from archivist.core.succession import Former

GOAT = Project(
    "DZ-2018-0017",
    "珠溪镇青杠岭村黑山羊标准化养殖场项目",
    "珠溪镇",
    "青杠岭村",
    year="2018",
    amount=Decimal(865_000),
    operator="重庆市大足区岭上牧业专业合作社",
)
FODDER = replace(GOAT, code="DZ-2018-0018", name="珠溪镇青杠岭村饲草基地项目", amount=Decimal(300_000))
NEW = replace(GOAT, code="DZ-2018-0117")


@pytest.mark.parametrize(
    "new",
    [
        NEW,
        replace(NEW, name="青杠岭村黑山羊养殖场"),
        replace(NEW, name="珠溪镇青杠岭村黑山羊标准化养殖场（原集体）项目"),
        replace(NEW, township="龙石镇", name="龙石镇青杠岭村黑山羊标准化养殖场项目"),
        replace(NEW, village="青杠岭社区"),
        replace(NEW, operator="大足区岭上牧业合作社", amount=Decimal(860_000)),
        replace(NEW, operator="", amount=None, village=""),
        replace(NEW, name="生态牧场项目"),
        replace(NEW, operator="另一家公司", year="2019"),
    ],
    ids=[
        "all",
        "short name",
        "longer name",
        "township",
        "社区",
        "rounded",
        "only a name",
        "renamed",
        "operator",
    ],
)
def test_what_may_be_one_project_is_asked_about(new: Project) -> None:
    (asked,) = questions([new], [GOAT, FODDER])

    assert asked.only == GOAT.code
    assert "相同" in asked.likes[0].told or "相近" in asked.likes[0].told


@pytest.mark.parametrize(
    "new",
    [
        replace(NEW, village="青杠坪村"),
        replace(NEW, name=f"{GOAT.name}二期"),
        replace(NEW, operator="另一家公司", amount=Decimal(100_000), village=""),
        replace(NEW, name="青杠岭村柠檬基地项目", amount=Decimal(412_000)),
        Project("X-1", "龙水镇大围村冬菜项目"),
    ],
    ids=["village", "phase", "nothing but the name", "another product", "stranger"],
)
def test_what_is_plainly_another_project_is_not(new: Project) -> None:
    assert questions([new], [GOAT]) == ()


def test_a_row_that_may_be_either_of_two_names_both_and_a_surer_row_takes_its_own() -> None:
    twin = replace(GOAT, code="DZ-2018-0019", name="珠溪镇青杠岭村黑山羊标准化养殖场")
    (asked,) = questions([replace(NEW, name="青杠岭村黑山羊养殖场")], [GOAT, twin])
    first, *rest = questions([NEW, replace(NEW, code="DZ-2018-0118", name="生态牧场项目")], [GOAT])

    assert asked.only == ""
    assert {like.code for like in asked.likes} == {GOAT.code, twin.code}
    assert (first.project.code, rest) == (NEW.code, [])


def test_a_project_that_stands_in_the_file_is_asked_about_by_nobody() -> None:
    diff = diff_register({GOAT.code: GOAT}, [GOAT, NEW])

    assert questions(diff.added, diff.absent) == ()


WORDS = st.text("甲乙丙丁戊村镇项目养殖一二期", min_size=2, max_size=12)
PROJECTS = st.builds(
    Project,
    code=st.from_regex(r"[A-C][0-9]{1,2}", fullmatch=True),
    name=WORDS,
    township=st.sampled_from(["", "珠溪镇", "中敖镇"]),
    village=st.sampled_from(["", "杨村", "青杠岭村"]),
    operator=st.sampled_from(["", "岭上合作社", "坪上公司"]),
    amount=st.none() | st.integers(1, 9).map(lambda value: Decimal(value * 10_000)),
)


@given(
    st.lists(PROJECTS, max_size=6, unique_by=lambda one: one.code),
    st.lists(PROJECTS, max_size=6, unique_by=lambda one: one.code),
)
def test_a_row_is_registered_or_asked_about_and_only_missing_projects_are_asked_for(
    old: list[Project], new: list[Project]
) -> None:
    diff = diff_register({one.code: one for one in old}, new)
    asked = questions(diff.added, diff.absent)
    kept = held_back(diff, asked)

    assert {one.code for one in kept.added} | {one.project.code for one in asked} == {
        one.code for one in diff.added
    }
    assert {like.code for one in asked for like in one.likes} <= {one.code for one in diff.absent}
    assert all(one.likes for one in asked)


@given(PROJECTS)
def test_the_same_row_under_another_number_is_always_asked_about(one: Project) -> None:
    assert [asked.only for asked in questions([replace(one, code="Z-1")], [one])] == [one.code]


def test_an_earlier_number_is_the_projects_unless_it_went_to_another_one() -> None:
    now, formers = {NEW.code: NEW}, {GOAT.code.casefold(): Former(NEW.code, GOAT.name)}
    other = Project(GOAT.code, "中敖镇麻柳沟村食用菌项目", "中敖镇", "麻柳沟村")

    assert by_numbers_of_now([GOAT], now, formers)[0] == (NEW,)
    assert by_numbers_of_now([GOAT, NEW], now, formers)[0] == (NEW,)
    assert by_numbers_of_now([other], now, formers) == ((other,), ())


def test_an_older_register_says_nothing_of_what_was_joined_since() -> None:
    now = {NEW.code: replace(NEW, amount=Decimal(1_165_000))}
    formers = {one.code.casefold(): Former(NEW.code, one.name, True) for one in (GOAT, FODDER)}
    kept, notes = by_numbers_of_now([GOAT, FODDER], now, formers)

    assert kept == ()
    assert [note.endswith(f"已并入 {NEW.code}，没有再登记") for note in notes] == [True, True]


def test_what_agrees_and_what_does_not_is_told() -> None:
    found = likeness(GOAT, replace(NEW, name="青杠岭村黑山羊养殖场", operator="另一家公司"))

    assert found is not None
    assert found.told == "名称相近，村（社区）、镇街、建设年度、投入帮扶资金相同，经营主体不同"
