"""What people decide is learned: the next document like it is filed; what is undone or contradicted is not believed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from archivist.core.project import Project
from archivist.ingest.pipeline import Pipeline
from archivist.workspace.opened import Workspace
from support import workspaces as w

NICKNAME = "岭上羊子场黑山羊项目"


@pytest.fixture
def opened(tmp_path: Path) -> Workspace:
    made = w.workspace(tmp_path / "w")
    twin = Project("CS-2019-0009", "石坝镇青杠村黑山羊饲草基地", "石坝镇", "青杠村", year="2019")
    w.import_projects(made, [w.SHEEP, w.LEMON, w.FISH, twin])
    return made


def slip(one: Project, day: int, title: str = "债务了结确认单") -> str:
    """A paper of a title nobody foresaw, the project plainly named."""
    return (
        f"{one.village}{title}\n经与承包方核对，就{one.name}（项目编号：{one.code}）的账目确认如下：\n"
        f"以上款项均已结清，双方无其他未了事项。\n2025年3月{day}日\n"
    )


def nicknamed(day: int) -> str:
    """Minutes of the township that call the project by a name the register does not have."""
    return (
        f"石坝镇人民政府专题会议纪要\n2024年11月{day}日，镇长主持召开专题会议，研究“{NICKNAME}”退出处置事宜。\n"
        "出席：周某、吴某。\n会议议定：同意退出。\n"
    )


def invoice(one: Project, number: int) -> str:
    return (
        f"重庆市增值税电子普通发票\n发票代码 123　号码 {number}\n购买方：{one.village}村民委员会\n"
        f"项目：{one.name}（项目编号：{one.code}）\n价税合计 100元\n2024年11月{number}日\n"
    )


def drop(opened: Workspace, name: str, text: str) -> dict[str, Any]:
    """What becomes of a document dropped now."""
    w.pdf(opened.config.inbox / name, text)
    w.ingest(opened)
    (row,) = [row for row in w.documents(opened) if row["source"] == name]
    return row


def assign(opened: Workspace, document: dict[str, Any], project: str, item: int) -> None:
    with opened.writing("assign", wait=10) as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        row = index.documents.find(document["id"])
        assert row is not None
        line.desk.deciding.assign(row, project, item, "确认")


def undo(opened: Workspace) -> None:
    with opened.writing("undo", wait=10) as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        (decision,) = index.decisions.latest(1)
        line.desk.undoing.undo(decision)


def test_after_one_correction_papers_of_the_same_odd_title_are_filed_for_every_project(
    opened: Workspace,
) -> None:
    first = drop(opened, "1.pdf", slip(w.SHEEP, 1))
    assert (first["status"], first["item"]) == ("review", 8)
    assign(opened, first, w.SHEEP.code, 8)
    later = [
        drop(opened, f"{day}.pdf", slip(one, day)) for day, one in ((2, w.LEMON), (3, w.FISH), (4, w.SHEEP))
    ]

    assert [(row["status"], row["project"], row["item"]) for row in later] == [
        ("filed", one.code, 8) for one in (w.LEMON, w.FISH, w.SHEEP)
    ]


def test_after_one_correction_papers_that_use_the_nickname_are_filed(opened: Workspace) -> None:
    first = drop(opened, "1.pdf", nicknamed(1))
    assert first["status"] == "review"
    assign(opened, first, w.SHEEP.code, 5)
    second = drop(opened, "2.pdf", nicknamed(2))

    assert (second["status"], second["project"], second["item"]) == ("filed", w.SHEEP.code, 5)


def test_a_wrong_lesson_that_is_undone_stops(opened: Workspace) -> None:
    assign(opened, drop(opened, "1.pdf", slip(w.SHEEP, 1)), w.SHEEP.code, 3)
    assert drop(opened, "2.pdf", slip(w.LEMON, 2))["item"] == 3
    undo(opened)

    assert drop(opened, "3.pdf", slip(w.FISH, 3))["status"] == "review"


def test_undoing_a_correction_brings_the_lesson_of_the_one_before_back(opened: Workspace) -> None:
    first = drop(opened, "1.pdf", slip(w.SHEEP, 1))
    assign(opened, first, w.SHEEP.code, 8)
    assign(opened, first, w.SHEEP.code, 3)
    assert drop(opened, "2.pdf", slip(w.LEMON, 2))["item"] == 3
    undo(opened)

    assert drop(opened, "3.pdf", slip(w.FISH, 3))["item"] == 8


def test_a_watcher_that_runs_on_hears_of_a_lesson_that_was_exchanged(opened: Workspace) -> None:
    first = drop(opened, "1.pdf", slip(w.SHEEP, 1))
    with opened.open_index() as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        assign(opened, first, w.SHEEP.code, 8)
        line.desk.knowledge.refresh_if_changed()
        undo(opened)
        assign(opened, first, w.SHEEP.code, 3)
        line.desk.knowledge.refresh_if_changed()

        assert "债务了结确认单" in line.desk.knowledge.rules.kind("agreement").endings


def test_decisions_that_contradict_each_other_teach_nothing(opened: Workspace) -> None:
    assign(opened, drop(opened, "1.pdf", slip(w.SHEEP, 1)), w.SHEEP.code, 8)
    second = drop(opened, "2.pdf", slip(w.LEMON, 2))
    assert second["status"] == "filed"
    assign(opened, second, w.LEMON.code, 3)

    assert drop(opened, "3.pdf", slip(w.FISH, 3))["status"] == "review"


def test_no_decision_makes_invoices_be_filed(opened: Workspace) -> None:
    for number, one in enumerate((w.SHEEP, w.FISH), 1):
        assign(opened, drop(opened, f"{number}.pdf", invoice(one, number)), one.code, 8)
    later = [drop(opened, f"{number}.pdf", invoice(w.LEMON, number)) for number in (5, 6)]

    assert [row["status"] for row in later] == ["rejected", "rejected"]


@pytest.mark.parametrize("body", ["发票代码 123", "发票代码 123，账号 5"])
def test_a_learned_title_never_outweighs_the_body_of_an_invoice(opened: Workspace, body: str) -> None:
    assign(opened, drop(opened, "1.pdf", slip(w.SHEEP, 1)), w.SHEEP.code, 8)
    plain = drop(opened, "2.pdf", slip(w.LEMON, 2))
    billed = drop(opened, "3.pdf", slip(w.FISH, 3) + body + "\n")

    assert (plain["status"], billed["status"]) == ("filed", "review")
    assert "发票" in billed["reasons"]


@pytest.mark.parametrize(
    "title", ["季度收款收据", "资金使用情况汇报", "年度工作总结", "关于整改的通知", "项目实施方案"]
)
def test_no_title_of_what_the_rules_send_back_is_ever_learned(opened: Workspace, title: str) -> None:
    first = drop(opened, "1.pdf", slip(w.SHEEP, 1, title))
    assign(opened, first, w.SHEEP.code, 8)

    assert drop(opened, "2.pdf", slip(w.LEMON, 2, title))["status"] == first["status"] == "rejected"


def test_one_wrong_decision_does_not_outweigh_a_title_the_rules_know(opened: Workspace) -> None:
    assign(opened, drop(opened, "1.pdf", w.minutes(w.SHEEP, 1)), w.SHEEP.code, 8)
    second = drop(opened, "2.pdf", w.minutes(w.LEMON, 2))

    assert (second["status"], second["item"]) == ("filed", 5)
