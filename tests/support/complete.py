"""A project whose archive holds all that must be there, and reasons, each its own, for what only a person can see."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping

from archivist.core.model import Status
from archivist.core.project import Project
from archivist.decisions.gate import Verdict, pass_gate
from archivist.index.writer import Index
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.catalogue import ITEMS, NUMBERS, REQUIRED
from support.cli_running import Ran


def survey(one: Project) -> str:
    """附件2, filled in."""
    return (
        f"大足区{one.township}经营性帮扶产业项目摸底调查表\n项目名称 {one.name}\n项目编号 {one.code}\n"
        "村级初步认定 淘汰类 盖章 2024年10月1日\n镇街认定 淘汰类 盖章 2024年10月2日\n"
        "主管部门认定情况及工作建议 淘汰类 盖章 2024年10月3日\n"
    )


def assessment(one: Project) -> str:
    """The report of who assessed it."""
    return (
        f"{one.name}核查评估报告\n项目编号：{one.code}\n主要原因：经营困难，2022年停产至今。\n"
        "投入帮扶资金数额：项目投入帮扶资金18.30万元。\n资产现状：现有羊舍1处，已完成确权登记，权属归村集体。\n"
        "债权债务：无债权债务。\n利益相关方诉求：群众要求收回土地。\n处置建议：建议认定为淘汰类，退出销号。\n"
        "评估组组长：冯某\n2024年11月6日\n"
    )


def agreement(one: Project) -> str:
    """What it began with."""
    return (
        f"合作协议书\n项目名称：{one.name}\n项目编号：{one.code}\n甲方：{one.village}村民委员会\n乙方：某公司\n违约责任\n"
        "甲方代表（签字）：郑某\n乙方代表（签字）：陈某\n2018年5月6日\n"
    )


def department_minutes(one: Project) -> str:
    """The department in charge met."""
    return (
        f"{one.department}会议纪要\n2024年11月7日，主任主持召开会议，研究{one.name}（项目编号：{one.code}）处置事宜。\n"
        f"出席：蒋某、沈某。\n会议议定：同意{one.name}认定为淘汰类并退出。\n"
    )


def district_minutes(one: Project) -> str:
    """The district's government met."""
    return (
        "大足区人民政府专题会议纪要\n2024年11月8日，区政府召开专题会议，"
        f"研究{one.name}（项目编号：{one.code}）处置事宜。\n出席：韩某、杨某。\n会议议定：同意{one.name}退出。\n"
    )


(WAIVABLE,) = (rule.number for rule in ITEMS if rule.waiver is not None)
"""The one item that may be waived (免交)."""

PAPERS: Mapping[int, Callable[[Project], str]] = {
    1: survey,
    2: assessment,
    3: agreement,
    4: lambda one: w.record(one, 2),
    5: lambda one: w.minutes(one, 5),
    6: department_minutes,
    7: district_minutes,
}


def hand_in(opened: Workspace, one: Project, items: Iterable[int] = REQUIRED) -> None:
    """Put a paper for each of ``items`` into the item's folder, as people do; the next pass files them."""
    for item in items:
        w.pdf(w.item_folder(opened, one, item) / f"第{item}项.pdf", PAPERS[item](one), sealed=True)


STATEMENT = (
    "情况说明\n{name}（项目编号：{code}）合作协议书因水灾遗失，原件、复印件都没有找到。\n2024年10月20日\n"
)
LOST = "协议书2019年水灾中遗失，镇村都没有留存"


def sealed_statement(opened: Workspace, one: Project) -> str:
    """File a sealed statement under the last item; return its number."""
    told = STATEMENT.format(name=one.name, code=one.code)
    w.pdf(w.item_folder(opened, one, NUMBERS[-1]) / "情况说明.pdf", told, sealed=True)
    w.ingest(opened)
    with opened.open_index() as index:
        return next(
            row.id
            for row in index.holdings.of(one.code)
            if row.file.name.endswith("情况说明.pdf") and row.status is Status.FILED
        )


def waive(opened: Workspace, one: Project, reason: str = LOST) -> str:
    """Have the one item that may be waived waived, for a sealed statement; return the statement's number."""
    statement = sealed_statement(opened, one)
    with opened.writing("waive", wait=10) as index:
        index.waivers.grant(one.code, WAIVABLE, reason, statement)
    return statement


def reasons(keys: Collection[str]) -> dict[str, str]:
    """Words of its own for each key."""
    return {key: f"看过原件，{key} 说的地方核对无误" for key in keys}


def let_through(opened: Workspace, index: Index, code: str, dry_run: bool = False) -> Verdict:
    """Pass the gate with a reason for each thing that needs one. Write lock held."""
    asked = pass_gate(opened, index, code, dry_run=True)
    return pass_gate(opened, index, code, reasons(asked.judged.keys), dry_run)


def reasons_typed(run: Callable[..., Ran], code: str) -> list[str]:
    """``--reason`` for each thing that needs one, as somebody types them after a look; ``run`` runs the command."""
    (told,) = [json.loads(line) for line in run("deregister", code, "--dry-run", "--json").text.splitlines()]
    given = reasons([one["key"] for one in told["findings"] if one["key"] and one["reason"] is None])
    return [word for key, words in given.items() for word in ("--reason", f"{key}={words}")]
