"""Decisions of the gate (销号) as they are kept: read back the same, and never believed when tampered with."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from archivist.core.decision import decision_of
from archivist.core.gate import Now, lost, registered
from archivist.core.project import Category, Project
from support.checking import decided

DECISION = decided("D00001")


def test_a_kept_decision_is_read_back_as_it_was() -> None:
    record = json.loads(json.dumps(DECISION.record()))

    read = decision_of(record)

    assert read is not None
    assert read.record() == DECISION.record()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda record: record.update(format="2"),
        lambda record: record.update(reasons=[{"message": "无"}]),
        lambda record: record.update(at=1),
        lambda record: record.pop("items"),
        lambda record: record["items"][0]["documents"][0].update(pages=[1]),
        lambda record: record.update(checks=[{}]),
        lambda record: record.update(reasons=["理由"]),
        lambda record: record.update(root="根"),
        lambda record: record.update(root=None),
    ],
)
def test_a_record_that_has_not_the_shape_of_a_decision_is_none(
    spoil: Callable[[dict[str, Any]], object],
) -> None:
    record = copy.deepcopy(json.loads(json.dumps(DECISION.record())))
    spoil(record)

    assert decision_of(record) is None
    assert decision_of(None) is None


def test_a_decision_made_before_roots_and_rules_of_reasons_were_kept_is_read_all_the_same() -> None:
    record = json.loads(json.dumps(DECISION.record()))
    del record["root"]
    record["reasons"] = [
        {"message": "有债", "clause": "二", "reason": "已结清", "code": "debts", "item": None}
    ]

    read = decision_of(record)

    assert read is not None
    assert (read.root, read.reasons[0]["rule"]) == ("", "")


OVER: dict[str, Any] = {
    "project": "A",
    "item": 1,
    "code": "seal-absent",
    "severity": "error",
    "message": "没看到盖章。",
    "document": "D00001",
    "clause": "附件4第1项",
    "key": "seal-absent-1",
    "sha256": "0" * 64,
    "reason": "看过原件",
    "by": {"name": "黎某", "body": "区人民政府办公室", "level": "区", "user": "li"},
    "at": "2026-11-28T10:00:00+08:00",
    "rule": "seal-1",
}


def test_what_was_overridden_is_kept_and_older_decisions_have_nothing_of_it() -> None:
    over = replace(DECISION, overrides=(OVER,))
    older = json.loads(json.dumps(DECISION.record()))
    del older["overrides"]

    assert decision_of(json.loads(json.dumps(over.record()))) == over
    assert decision_of(older) == DECISION


@pytest.mark.parametrize("spoilt", [{"by": None}, {"by": {"name": "黎某"}}, {"by": "黎某"}])
def test_an_override_by_nobody_makes_a_decision_nobody_believes(spoilt: dict[str, Any]) -> None:
    record = json.loads(json.dumps(replace(DECISION, overrides=({**OVER, **spoilt},)).record()))
    keyless = {name: one for name, one in OVER.items() if name != "key"}

    assert decision_of(record) is None
    assert decision_of({**record, "overrides": [keyless]}) is None
    assert decision_of({**record, "overrides": None}) is None


def test_a_decision_is_lost_with_what_was_overridden_for_it() -> None:
    over = replace(DECISION, overrides=(OVER,))
    about = DECISION.project
    register = {
        "name": about.name,
        "township": about.township,
        "village": about.village,
        "category": "淘汰类",
    }
    proof = DECISION.items[0].documents[0]
    now = {"D00001": replace(AS_IT_WAS, sha256=proof.sha256, pages=proof.pages, date=proof.date)}

    assert lost(over, now, (), register, {("seal-absent-1", OVER["at"])}) == []
    assert lost(over, now, (), register, {("seal-absent-1", "另一天")}) == [
        "第1项的负责人核定（seal-absent-1）被取消"
    ]


AS_IT_WAS = Now(
    status="filed", project="A", item=1, pages=(1, 1), sha256="0" * 64, date=None, wrong="", newer=None
)


def why(now: Now | None, category: str | None = "淘汰类") -> list[str]:
    about = DECISION.project
    now_told = {"name": about.name, "township": about.township, "village": about.village}
    return lost(DECISION, {} if now is None else {"D00001": now}, (), {**now_told, "category": category})


def test_a_decision_holds_while_all_it_rests_on_is_as_it_was() -> None:
    proof = DECISION.items[0].documents[0]
    assert why(replace(AS_IT_WAS, sha256=proof.sha256, pages=proof.pages, date=proof.date)) == []


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (None, "被撤销"),
        (replace(AS_IT_WAS, status="review"), "回到待确认"),
        (replace(AS_IT_WAS, status="lost"), "不再归档"),
        (replace(AS_IT_WAS, project="B"), "改归项目 B"),
        (replace(AS_IT_WAS, item=2), "改归第2项"),
        (replace(AS_IT_WAS, newer="D00009"), "被新版本 D00009 代替"),
        (replace(AS_IT_WAS, pages=(1, 2)), "内容换过"),
        (replace(AS_IT_WAS, date="2024-11-01"), "日期由 不明 改为 2024-11-01"),
    ],
)
def test_what_became_of_its_evidence_is_told(now: Now | None, told: str) -> None:
    (reason,) = why(now)

    assert reason.endswith(told)
    assert "D00001" in reason


def test_another_category_in_the_register_takes_the_ground_away() -> None:
    assert "台账里的类别改成了“优势类”" in why(AS_IT_WAS, "优势类")
    assert "台账里的类别改成了“没有填”" in why(AS_IT_WAS, None)


def test_what_the_register_said_stands_in_the_decision_and_a_difference_is_told_with_both() -> None:
    before = Project(
        "A", "养殖场", "石坝镇", "青杠村", Category.ELIMINATED, year="2018", amount=Decimal("183000.00")
    )
    decision = replace(DECISION, register=registered(before))
    changes: list[dict[str, Any]] = [
        {},
        {"amount": Decimal("183000")},
        {"amount": Decimal(244200), "operator": "某公司"},
        {"year": "2019", "village": ""},
        {"phone": "1", "department": "区林业局", "progress": "已复垦"},
        {"category": None},
    ]
    proof = decision.items[0].documents[0]
    now = {"D00001": replace(AS_IT_WAS, sha256=proof.sha256, pages=proof.pages, date=proof.date)}

    assert decision_of(json.loads(json.dumps(decision.record()))) == decision
    assert [lost(decision, now, (), registered(replace(before, **change))) for change in changes] == [
        [],
        [],
        ["台账里的经营主体由“没有填”改成了“某公司”", "台账里的投入帮扶资金由“183000”改成了“244200”"],
        ["台账里的村（社区）由“青杠村”改成了“没有填”", "台账里的建设年度由“2018”改成了“2019”"],
        [],
        ["台账里的类别改成了“没有填”"],
    ]
    assert lost(decision, now, (), None) == ["台账里没有这个项目了"]
