"""Decisions of the gate (销号) as they are kept: read back the same, and never believed when tampered with."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from archivist.core.decision import decision_of
from archivist.core.gate import Now, lost
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
    ],
)
def test_a_record_that_has_not_the_shape_of_a_decision_is_none(
    spoil: Callable[[dict[str, Any]], object],
) -> None:
    record = copy.deepcopy(json.loads(json.dumps(DECISION.record())))
    spoil(record)

    assert decision_of(record) is None
    assert decision_of(None) is None


AS_IT_WAS = Now(
    status="filed", project="A", item=1, pages=(1, 1), sha256="0" * 64, date=None, wrong="", newer=None
)


def why(now: Now | None, category: str | None = "淘汰类") -> list[str]:
    return lost(DECISION, {} if now is None else {"D00001": now}, (), category)


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
