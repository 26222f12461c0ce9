"""What the register and the settings fill in by themselves (``x-source``)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from archivist.core.drafts.catalogue import catalogue_rows
from archivist.core.drafts.sources import SOURCES, Available, Office, township_body, village_committee
from archivist.core.project import Category, Project
from support.drafting import ANNEX, ENTRIES, PROJECT

DAY = date(2024, 12, 5)
NOTHING = Project(code="A1", name="")


def source(name: str, project: Project = PROJECT, office: Office | None = None) -> object:
    return SOURCES[name](Available(project, None, DAY, office or Office()))


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_no_source_invents_what_the_register_does_not_say(name: str) -> None:
    found = source(name, NOTHING)

    if name in {"project.code", "today", "ledger.rows"}:
        assert found
    else:
        assert not found, found


def test_a_project_says_its_amount_in_ten_thousands_and_its_truths_in_words() -> None:
    full = replace(PROJECT, phone="023-1", major_idle=True)

    assert source("project.amount_wan", full) == Decimal("86.5")
    assert (source("project.poor_village", full), source("project.idle_degree", full)) == ("是", "重大")
    assert source("project.idle_degree", replace(full, major_idle=False)) == "一般"
    assert source("project.contact_phone", full) == "唐守业 023-1"
    assert source("project.place", full) == "珠溪镇青杠岭村"


def test_a_village_signs_with_its_township_before_its_name() -> None:
    assert source("village.body") == "珠溪镇青杠岭村民委员会"
    assert source("village.body", replace(PROJECT, village="")) is None


def test_the_settings_say_who_issues_and_the_register_where_they_do_not() -> None:
    office = Office("某区某局", "某农发")

    assert source("issuer.number", office=office) == "某农发〔2024〕【待填】号"
    assert source("issuer.number") is None
    assert source("issuer.township") == "珠溪镇人民政府"
    assert {source(f"issuer.{level}", office=office) for level in ("township", "department", "district")} == {
        "某区某局"
    }


def test_bodies_are_called_as_the_law_calls_them() -> None:
    assert (township_body("龙岗街道"), township_body("珠溪镇")) == ("龙岗街道办事处", "珠溪镇人民政府")
    assert [village_committee(name) for name in ("西湖社区", "青杠岭村", "青杠岭", "")] == [
        "西湖社区居民委员会",
        "青杠岭村民委员会",
        "青杠岭村民委员会",
        None,
    ]
    assert source("village.residents") == "村民"
    assert source("village.residents", replace(PROJECT, village="西湖社区")) == "居民"


def test_the_ledgers_row_ticks_one_of_the_four_classes_and_none_when_unclassified() -> None:
    (row,) = SOURCES["ledger.rows"](Available(PROJECT, None, DAY))
    (bare,) = SOURCES["ledger.rows"](Available(replace(PROJECT, category=None), None, DAY))

    assert PROJECT.category is Category.ELIMINATED
    assert [row[name] for name in ("优势类", "薄弱类", "闲置类", "淘汰类")] == ["否", "否", "否", "是"]
    assert "淘汰类" not in bare


def test_what_the_catalogue_lacks_is_a_row_each_and_nothing_where_nobody_looked() -> None:
    rows = catalogue_rows(
        ANNEX.items, [replace(ENTRIES[0], item=number) for number in (1, 2, 3, 4, 6)], PROJECT
    )
    lacking = SOURCES["catalogue.missing"](Available(PROJECT, rows, DAY))

    assert [row["缺少的材料"] for row in lacking] == ["珠溪镇会议纪要", "区人民政府专题会会议纪要"]
    assert {(row["项目编号"], row["项目名称"]) for row in lacking} == {(PROJECT.code, PROJECT.name)}
    assert source("catalogue.missing") is None
