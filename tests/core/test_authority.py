"""Who may do what, by the shipped rules and as a law."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.authority import (
    ACTS,
    CONFIRM,
    DATE,
    FILE,
    PEOPLE_IMPORT,
    PROPOSE,
    REGISTER,
    REOPEN,
    REPAIR,
    WAIVE,
    Refusal,
    authority_note,
    may,
    same_hands,
    who_is,
)
from archivist.core.model import Actor
from archivist.core.people.person import Person, Role, Standing
from archivist.workspace.guarding import COMMANDS
from support import workspaces as w
from support.people import (
    ADMIN,
    AUDITOR,
    AUTHORITY,
    CLERK,
    EVERYBODY,
    HEAD,
    TOWNSMAN,
    VILLAGER,
    WATER,
)
from support.places import SCHEMAS

PEOPLE = st.builds(
    Person,
    st.just("某人"),
    st.sampled_from(["区农业农村委", "区水利局"]),
    st.sampled_from(list(Standing)),
    st.lists(st.sampled_from(list(Role)), min_size=1, unique=True).map(tuple),
    township=st.sampled_from(["石坝镇", "龙井镇"]),
    village=st.sampled_from(["青杠村", "白沙村"]),
    stopped=st.booleans(),
)
PROJECTS = st.sampled_from([w.SHEEP, w.LEMON, w.FISH])


def refused(act: str, person: Person, project: object = w.SHEEP) -> str:
    refusal = may(act, person, project, AUTHORITY)  # type: ignore[arg-type]
    return "" if refusal is None else refusal.message


def test_without_a_register_everything_may_be_done() -> None:
    assert [may(act, None, w.SHEEP, AUTHORITY) for act in ACTS] == [None] * len(ACTS)
    assert authority_note(None) == "没有人员名册，未核对权限；一人办理"


@given(PEOPLE, st.sampled_from(ACTS), PROJECTS)
def test_nobody_acts_outside_their_level_role_and_place(person: Person, act: str, project: object) -> None:
    rule = AUTHORITY.act(act)
    allowed = any(person.level in one.levels and set(one.roles) & set(person.roles) for one in rule.may)
    message = refused(act, person, project)

    if not message:
        assert allowed
        assert not person.stopped
        if person.level in {Standing.TOWNSHIP, Standing.VILLAGE}:
            assert person.township == project.township  # type: ignore[attr-defined]
        if person.level is Standing.VILLAGE:
            assert person.village == project.village  # type: ignore[attr-defined]
        if person.level is Standing.DEPARTMENT:
            assert person.body == project.department  # type: ignore[attr-defined]
    else:
        assert message.endswith("。")
        assert may(act, person, None, AUTHORITY) is None or person.stopped or not allowed


def test_each_level_does_its_own_and_the_sentence_says_who_may() -> None:
    assert refused(FILE, TOWNSMAN) == refused(FILE, VILLAGER) == refused(PROPOSE, CLERK) == ""
    assert "不是石坝镇的" in refused(FILE, TOWNSMAN, w.LEMON)
    assert "不是石坝镇青杠村的" in refused(FILE, VILLAGER, w.FISH)
    assert "CS-2018-0001 是区农业农村委主管的项目，不是区水利局的" in refused(PROPOSE, WATER)
    assert "没有写明主管部门的项目" in refused(PROPOSE, WATER, replace(w.SHEEP, department=""))
    assert "可以办的是区、专班的审核、负责人（依据：软件约定" in refused(WAIVE, CLERK)
    assert refused(WAIVE, HEAD) == refused(CONFIRM, HEAD) == refused(REOPEN, AUDITOR) == ""
    assert refused(CONFIRM, CLERK) and refused(DATE, VILLAGER) and refused(FILE, AUDITOR)
    assert refused(PEOPLE_IMPORT, ADMIN) == refused(REGISTER, ADMIN) == refused(REPAIR, ADMIN) == ""
    assert "已停用" in refused(CONFIRM, replace(HEAD, stopped=True))


def test_every_act_and_every_level_has_a_rule_with_its_basis() -> None:
    assert set(AUTHORITY.acts) == set(ACTS) == set(COMMANDS.values())
    assert set(AUTHORITY.within) == set(Standing)
    assert all(rule.basis and rule.who for rule in AUTHORITY.acts.values())


def test_a_basis_is_the_plans_words_or_says_that_it_is_our_convention() -> None:
    """Held against the plan's own words as far as the shipped rules quote them elsewhere."""
    for basis in [rule.basis for rule in AUTHORITY.acts.values()] + [
        one.basis for one in AUTHORITY.within.values()
    ]:
        assert basis.startswith(("软件约定：", "正文", "附件"))
        assert re.search("“.+”", basis) or "软件约定" in basis
    assert AUTHORITY.act(WAIVE).basis.startswith("软件约定")


# -- who it is -----------------------------------------------------------------------------------------------------

TWIN = replace(CLERK, body="区水利局", name="何某")


def test_who_is_named_must_be_in_the_register() -> None:
    asked = who_is(Actor("村干部", "cli", "root"), EVERYBODY)

    assert isinstance(asked, Refusal)
    assert (asked.unknown, "人员名册里没有“村干部”" in asked.message) == (True, True)
    assert who_is(Actor("村干部", "cli", "root"), ()) is None
    assert who_is(Actor("蒋某", "cli", "root"), EVERYBODY) == HEAD


def test_namesakes_are_told_apart_by_their_body() -> None:
    people = (WATER, replace(WATER, body="区林业局"))
    asked = who_is(Actor("何某", "cli", "root"), people)

    assert isinstance(asked, Refusal)
    assert "何某（区水利局）、何某（区林业局）" in asked.message
    assert who_is(Actor("何某（区水利局）", "cli", "root"), people) == WATER
    assert who_is(Actor("何某(区水利局)", "cli", "root"), people) == WATER


def test_who_names_nobody_must_have_an_account_in_the_register() -> None:
    people = (*EVERYBODY, replace(CLERK, name="卫某", account="wei"))
    unknown = who_is(Actor("root", "cli", "root"), people)

    assert isinstance(unknown, Refusal)
    assert "系统账号“root”" in unknown.message
    assert who_is(Actor("WEI", "cli", "WEI"), people) == people[-1]


def test_a_person_whose_account_is_known_acts_under_it_alone() -> None:
    people = (replace(HEAD, account="jiang"),)
    borrowed = who_is(Actor("蒋某", "cli", "root"), people)

    assert isinstance(borrowed, Refusal)
    assert (borrowed.unknown, "现在登录的是“root”" in borrowed.message) == (False, True)
    assert who_is(Actor("蒋某", "cli", "jiang"), people) == people[0]


def test_two_acts_are_one_persons_by_name_or_by_account() -> None:
    assert same_hands(HEAD, "a", HEAD.name, HEAD.body, "b") == "是同一个人"
    assert "“a”" in same_hands(HEAD, "a", CLERK.name, CLERK.body, "a")
    assert same_hands(HEAD, "a", CLERK.name, CLERK.body, "b") == ""
    assert same_hands(HEAD, "", CLERK.name, CLERK.body, "") == ""


@pytest.mark.parametrize("name", ["authority.toml", "people.toml"])
def test_the_rules_name_no_real_person(name: str) -> None:
    text = Path(SCHEMAS / name).read_text("utf-8")

    assert not re.search("罗晓春|钱\\s*虎", text)
