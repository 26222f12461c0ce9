"""What an import of people changes, and whether the plan's system administrators are there."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from archivist.core.people.bodies import plain_body, same_body
from archivist.core.people.changes import administrator_notes, contradictions, diff_people
from archivist.core.people.person import Person, Role, Standing
from archivist.core.people.rules import Known
from support.people import ADMIN, CLERK, EVERYBODY, HEAD, RULES, TOWNSMAN, VILLAGER

PREFIXES = RULES.register.prefixes


def test_a_row_says_all_of_a_person_and_nobody_is_removed() -> None:
    diff = diff_people([CLERK, HEAD], [replace(CLERK, duty="科长", stopped=True), ADMIN])
    (change,) = diff.changed

    assert (diff.added, diff.unchanged, diff.absent) == ((ADMIN,), (), (HEAD,))
    assert change.fields == (("职务", "（空）", "科长"), ("停用", "否", "是"))
    assert set(diff.whole) == {ADMIN, HEAD, change.after}


def test_roles_are_told_as_people_write_them() -> None:
    (change,) = diff_people([CLERK], [replace(CLERK, roles=(Role.HANDLER, Role.HEAD))]).changed

    assert change.fields == (("角色", "经办", "经办、负责人"),)


@given(st.lists(st.sampled_from(EVERYBODY), unique=True), st.lists(st.sampled_from(EVERYBODY), unique=True))
def test_importing_twice_changes_nothing_the_second_time(old: list[Person], new: list[Person]) -> None:
    whole = diff_people(old, new).whole

    assert {(one.name, one.body) for one in whole} == {(one.name, one.body) for one in (*old, *new)}
    assert diff_people(whole, new).to_write == ()


def test_one_account_or_one_body_by_two_names_is_a_contradiction() -> None:
    long = replace(CLERK, body="大足区农业农村委员会")
    told = contradictions(
        [CLERK, long, replace(HEAD, account="jiang"), replace(ADMIN, account="JIANG")], PREFIXES
    )

    assert ["像是同一个人" in told[0], "系统账号“JIANG”" in told[1]] == [True, True]
    assert (
        contradictions([replace(HEAD, account="x"), replace(ADMIN, account="x", stopped=True)], PREFIXES)
        == []
    )


def test_names_of_a_body_are_one_whatever_stands_before_and_how_long_they_are() -> None:
    assert same_body("区农业农村委", "大足区农业农村委员会", PREFIXES)
    assert same_body("区政府办公室", "重庆市大足区政府办", PREFIXES)
    assert not same_body("区水利局", "区林业局", PREFIXES)
    assert not same_body("", "", PREFIXES)
    assert plain_body("区", PREFIXES) == "区"


def notes(*people: Person, known: Known | None = None) -> list[str]:
    return administrator_notes(people, known or Known(), RULES)


def test_two_one_and_one_administrators_are_what_the_plan_asks() -> None:
    second = replace(ADMIN, name="韩某", roles=(Role.HEAD, Role.ADMINISTRATOR))
    town, village = (replace(one, roles=(Role.ADMINISTRATOR,)) for one in (TOWNSMAN, VILLAGER))

    assert notes(ADMIN, second, town, village) == []


def test_fewer_or_more_are_told_with_where_and_the_clause() -> None:
    three = [replace(ADMIN, name=name) for name in ("甲某", "乙某", "丙某")]
    towns = Known(
        frozenset({"石坝镇", "龙井镇", ""}),
        frozenset({("石坝镇", f"{n}村") for n in "一二三四五六"} | {("石坝镇", "")}),
    )
    few, many = notes(TOWNSMAN, known=towns), notes(*three)

    assert few[0].startswith("区系统管理员少于 2 名（现有 0 名）。（正文三（五）“区级、镇街")
    assert "镇街系统管理员少于 1 名：石坝镇、龙井镇" in few[1]
    assert "等 6 个" in few[2]
    assert many == [few[0].replace("少于", "多于").replace("现有 0", "现有 3")]


def test_somebody_who_stopped_keeps_no_system() -> None:
    assert "现有 1 名" in notes(ADMIN, replace(ADMIN, name="韩某", stopped=True))[0]
    assert Standing.DISTRICT in RULES.administrators.counts
