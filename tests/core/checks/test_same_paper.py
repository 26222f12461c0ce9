"""One paper is evidence once: not for two items, not for two projects, but for minutes that decide on several."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archivist.core.checks import run_checks
from archivist.core.checks.values import Elsewhere, Outcome, ProjectFile, Rules
from archivist.core.document import Holding
from archivist.core.model import Severity
from archivist.workspace.rulebook import load_annex
from support.catalogue import REQUIRED
from support.checking import RULES, TODAY, held, outcomes, whole
from support.places import SCHEMAS

CODE = "same-paper"
SHARED_ITEMS = RULES.procedure.shared.items if RULES.procedure.shared else ()


def paper(
    item: int, number: int, source: int = 1, pages: tuple[int, int] = (1, 2), copy: str | None = None
) -> Holding:
    one = held(item, "2024-11-01", number)
    file = replace(one.file, sha256=f"{source:064d}")
    return replace(one, file=file, first=pages[0], last=pages[1], path_sha256=copy)


def of(*documents: Holding, **elsewhere: Elsewhere) -> ProjectFile:
    there = {number: (place,) for number, place in elsewhere.items()}
    return ProjectFile("A", "x", "淘汰类", documents, elsewhere=there)


def test_a_project_of_papers_of_their_own_passes_and_one_of_none_has_nothing_to_compare() -> None:
    assert outcomes(whole({}))[CODE].outcome is Outcome.PASSED
    assert outcomes(of())[CODE].outcome is Outcome.NOT_NEEDED


def test_one_minute_copied_into_all_items_is_wrong_at_each_of_them() -> None:
    found = outcomes(of(*(paper(item, item) for item in REQUIRED)))[CODE]

    assert [(one.item, one.code, one.severity) for one in found.findings] == [
        (item, CODE, Severity.ERROR) for item in REQUIRED
    ]
    assert "和第1、2、3、4、5、6项的材料是同一份文件" in found.findings[-1].message
    assert found.findings[0].page == 1


@pytest.mark.parametrize(
    ("two", "same"),
    [
        (paper(5, 2), True),
        (paper(5, 2, pages=(2, 4)), True),
        (paper(5, 2, pages=(3, 4)), False),
        (paper(5, 2, source=2), False),
        (paper(5, 2, source=2, copy="c"), True),
        (paper(5, 2, source=2, copy="d"), False),
        (paper(4, 2), False),
    ],
    ids=["same bytes", "shared page", "other pages", "other bytes", "same copy", "other copy", "same item"],
)
def test_the_same_pages_of_the_same_bytes_or_the_same_copy_are_one_paper(two: Holding, same: bool) -> None:
    found = outcomes(of(paper(4, 1, copy="c"), two))[CODE]

    assert [one.item for one in found.findings] == ([4, 5] if same else [])
    assert found.outcome is (Outcome.BREACHED if same else Outcome.PASSED)


@pytest.mark.parametrize(
    ("item", "place", "wrong"),
    [
        (SHARED_ITEMS[0], Elsewhere("D00009", "B", SHARED_ITEMS[0]), False),
        (SHARED_ITEMS[0], Elsewhere("D00009", "B", SHARED_ITEMS[1]), True),
        (4, Elsewhere("D00009", "B", 4), True),
        (4, Elsewhere("D00009", "B", None), True),
    ],
)
def test_only_minutes_on_several_projects_serve_the_same_item_of_each(
    item: int, place: Elsewhere, wrong: bool
) -> None:
    found = outcomes(of(paper(item, 1), D00001=place))[CODE].findings

    assert [one.item for one in found] == ([item] if wrong else [])
    assert not wrong or "项目 B 的第" in found[0].message


def test_the_items_that_may_share_are_those_of_joint_kinds() -> None:
    annex = load_annex(SCHEMAS)
    joint = {kind.slug for kind in annex.kinds if kind.joint}

    assert [rule.number for rule in annex.items if joint.intersection(rule.kinds)] == list(SHARED_ITEMS)


def test_rules_that_say_nothing_of_it_ask_nothing() -> None:
    silent = Rules(RULES.items, replace(RULES.procedure, shared=None))

    assert CODE not in {one.rule for one in run_checks(of(paper(4, 1)), silent, TODAY)}


@pytest.mark.skipif(not SHARED_ITEMS, reason="no rule of shared papers")
@pytest.mark.parametrize(("by_person", "found"), [(True, ["paper-elsewhere"]), (False, [])])
def test_minutes_that_a_person_put_into_a_project_they_do_not_name_are_told_where_they_belong(
    by_person: bool, found: list[str]
) -> None:
    item = SHARED_ITEMS[0]
    one = paper(item, 1)
    checked = outcomes(of(one, **{one.id: Elsewhere("D00009", "B", item, by_person)}))[CODE]

    assert [(each.code, each.severity) for each in checked.findings] == [
        (code, Severity.INFO) for code in found
    ]
    assert checked.outcome is Outcome.PASSED
    assert all("项目 B 的第5项" in each.told and "待确认" in each.told for each in checked.findings)
