"""The rules are data: a catalogue with one item more, and kinds by other names, work from the folder to the gate."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from docx import Document as Word

from archivist.core.words.numbers import in_words, items_in_words
from archivist.store.layout import DECISION_PAGE, GUIDE, STATUS_PAGE
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.catalogue import ITEMS, NO_ITEM, REQUIRED, with_another_item, with_other_slugs
from support.cli_running import Ran, run_archivist
from support.complete import hand_in, reasons_typed

COUNT = in_words(len(ITEMS) + 1)
ANNOUNCED = (
    f"{w.SHEEP.township}{w.SHEEP.name}处置结果公告\n项目编号：{w.SHEEP.code}\n公告期7天，处置结果如下：资产已移交。\n特此公告。\n"
    "2024年12月20日\n"
)


@pytest.fixture
def opened(tmp_path: Path) -> Workspace:
    (tmp_path / "w").mkdir()
    with_another_item(tmp_path / "w")
    return w.workspace(tmp_path / "w")


def run(opened: Workspace, *arguments: str) -> Ran:
    return run_archivist("-w", str(opened.config.workspace), "--as", "李某", *arguments)


def told(ran: Ran) -> list[dict[str, Any]]:
    assert ran.err == ""
    return [json.loads(line) for line in ran.text.splitlines()]


def missing(opened: Workspace) -> list[int]:
    rows = {row["project"]: row["missing"] for row in told(run(opened, "missing", "--json"))}
    return list(rows[w.SHEEP.code])


def page(opened: Workspace, name: str) -> str:
    return (w.folder_of(opened, w.SHEEP) / name).read_text("utf-8")


def test_the_item_has_its_folder_and_is_asked_for_until_its_paper_is_dragged_there(opened: Workspace) -> None:
    folder = w.item_folder(opened, w.SHEEP, NO_ITEM)

    assert (folder.is_dir(), folder.name) == (True, f"{NO_ITEM:02d} 处置结果公告")
    assert missing(opened) == [*REQUIRED, NO_ITEM]
    assert f"{NO_ITEM} 处置结果公告" in run(opened, "missing").text
    w.pdf(folder / "随手起的名字.pdf", "公告\n没有别的字样的一张纸，写着处置完了。\n")
    w.ingest(opened)

    (row,) = w.documents(opened)
    assert (row["project"], row["item"], row["status"]) == (w.SHEEP.code, NO_ITEM, "filed")
    assert missing(opened) == list(REQUIRED)
    assert w.disagreements(opened) == []


def test_its_paper_is_recognised_in_the_inbox(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "扫描件0001.pdf", ANNOUNCED)
    w.ingest(opened)

    (row,) = w.documents(opened)
    assert (row["project"], row["item"], row["status"]) == (w.SHEEP.code, NO_ITEM, "filed")


def test_a_waiting_paper_is_assigned_to_it_and_a_renamed_folder_keeps_its_number(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "不明.pdf", w.UNSURE)
    w.ingest(opened)
    (row,) = w.documents(opened)
    assert run(opened, "assign", row["id"], "--project", w.SHEEP.code, "--item", str(NO_ITEM)).code == 0
    renamed = w.item_folder(opened, w.LEMON, NO_ITEM).rename(
        w.folder_of(opened, w.LEMON) / f"{NO_ITEM}、公告"
    )
    w.pdf(renamed / "公告.pdf", "公告\n又一张没有别的字样的纸，写着处置完了。\n")
    w.ingest(opened)

    assert {(one["project"], one["item"]) for one in w.documents(opened)} == {
        (w.SHEEP.code, NO_ITEM),
        (w.LEMON.code, NO_ITEM),
    }


def test_every_page_and_draft_that_people_read_knows_it(opened: Workspace, tmp_path: Path) -> None:
    w.pdf(opened.config.inbox / "扫描件0001.pdf", ANNOUNCED)
    w.ingest(opened)
    drafted = run(opened, "generate", "归档目录", w.SHEEP.code, "-o", str(tmp_path / "目录.docx"))
    rows = [[cell.text for cell in row.cells] for row in Word(str(tmp_path / "目录.docx")).tables[0].rows]
    guide = (opened.config.store_root / GUIDE).read_text("utf-8")

    assert f"{w.SHEEP.township}处置结果公告" in page(opened, STATUS_PAGE)
    assert drafted.code == 0
    assert rows[-1][1] == f"{w.SHEEP.township}处置结果公告"
    assert "处置结果公告" in rows[-1][2]
    assert f"{NO_ITEM:02d} 处置结果公告" in guide
    assert f"{COUNT}个子文件夹" in guide
    assert f"{COUNT}项是否齐全" in run(opened, "check", "--help").text


def test_what_belongs_to_no_item_is_sent_back_with_the_right_count(opened: Workspace) -> None:
    w.pdf(
        opened.config.inbox / "发票.pdf",
        "增值税普通发票\n发票代码 1234 发票号码 5678 价税合计 100 税率 开票人 购买方\n",
    )
    w.ingest(opened)
    note = (opened.config.rejected / "发票.pdf（说明）.txt").read_text("utf-8-sig")

    assert f"不属于归档目录的{COUNT}项材料" in note
    assert "例如“04 村（社区）会议记录”" in note


def test_the_gate_asks_for_it_and_the_decision_lists_it(opened: Workspace) -> None:
    hand_in(opened, w.SHEEP)
    w.ingest(opened)
    refused = told(run(opened, "deregister", w.SHEEP.code, "--json"))[0]
    in_the_way = [one for one in refused["findings"] if one["severity"] == "error"]
    assert [(one["item"], one["code"]) for one in in_the_way] == [(NO_ITEM, "missing")]

    w.pdf(opened.config.inbox / "扫描件0001.pdf", ANNOUNCED, sealed=True)
    w.ingest(opened)
    given = reasons_typed(partial(run, opened), w.SHEEP.code)
    passed = told(run(opened, "deregister", w.SHEEP.code, *given, "--json"))[0]

    assert passed["deregistered"]
    assert [one["item"] for one in passed["decision"]["items"]] == [*(rule.number for rule in ITEMS), NO_ITEM]
    assert [one["clause"] for one in passed["decision"]["items"]][-1] == f"附件4第{NO_ITEM}项"
    assert f"归档目录{COUNT}项内容" in page(opened, DECISION_PAGE)
    assert f"归档目录{items_in_words([*REQUIRED, NO_ITEM])}材料齐全" in page(opened, STATUS_PAGE)


# -- other slugs ---------------------------------------------------------------------------------------------------

ONE = w.SHEEP
PAPERS = {
    "记录.pdf": w.record(w.SHEEP),
    "纪要.pdf": w.minutes(w.SHEEP),
    "两个项目.pdf": w.minutes(w.SHEEP, 3).replace(
        "会议议定：", f"会议议定：同意{w.FISH.name}（项目编号：{w.FISH.code}）认定为淘汰类并退出。会议议定："
    ),
    "看不出层级.pdf": f"会议纪要\n2024年11月9日\n会议议定：同意{ONE.name}退出。会议认为应当退出。\n",
    "村纪要.pdf": f"{ONE.township}{ONE.village}村民委员会会议纪要\n2024年11月9日\n会议议定：同意{ONE.name}退出。\n",
    "镇记录.pdf": f"{ONE.township}人民政府会议记录\n时间：2024年11月9日\n应到8人，实到8人\n议题：{ONE.name}退出\n",
    "合同.pdf": f"合作协议书\n项目名称：{ONE.name}\n项目编号：{ONE.code}\n甲方：青杠村\n乙方：某公司\n违约责任\n"
    "甲方代表（签字）：郑某\n乙方代表（签字）：\n2018年5月6日\n",
    "退出协议.pdf": f"退出经营协议书\n项目编号：{ONE.code}\n{ONE.name}\n甲方 乙方 违约责任 双方协商 本协议\n2024年12月1日\n",
    "空白表.pdf": "经营性帮扶产业项目摸底调查表\n项目名称：\n村级初步认定：\n镇街认定：\n填表说明：如实填写\n",
    "摸底表.pdf": f"经营性帮扶产业项目摸底调查表\n项目名称：{ONE.name}\n项目编号：{ONE.code}\n"
    "村级初步认定：淘汰类 2024年10月1日\n镇街认定：淘汰类 2024年10月9日\n主管部门认定情况及工作建议：2024年10月5日\n",
    "评估.pdf": f"核查评估报告\n项目编号：{ONE.code}\n{ONE.name}\n评估结论：建议退出。债权债务：已结清。\n2024年10月20日\n",
    "资产评估.pdf": f"{ONE.name}资产评估报告\n项目编号：{ONE.code}\n评估基准日：2024年10月1日\n",
    "发票.pdf": "增值税普通发票\n发票代码 1234 发票号码 5678 价税合计 100 税率 开票人 购买方\n",
    "通知.pdf": f"关于召开{ONE.name}会议的通知\n请于明天参会\n特此通知\n",
    "没有题名.pdf": f"记录人 主持人 应到 实到 议题 散会 表决 {ONE.name}\n",
}


def answers(folder: Path) -> list[dict[str, Any]]:
    """All that is told of `PAPERS` where the workspace at ``folder`` took them in."""
    opened = w.workspace(folder)
    for name, text in PAPERS.items():
        w.pdf(opened.config.inbox / name, text)
    w.ingest(opened)
    rows = told(run(opened, "documents", "--json"))
    for row in rows:
        slug = row["kind"] or ""
        row |= {"id": "", "kind": slug.removesuffix("-renamed")[::-1] if slug.endswith("-renamed") else slug}
    return sorted(rows, key=lambda row: (row["source"], row["project"] or ""))


def test_kinds_by_other_slugs_are_recognised_just_the_same(tmp_path: Path) -> None:
    (tmp_path / "renamed").mkdir()
    with_other_slugs(tmp_path / "renamed")
    shipped, renamed = answers(tmp_path / "shipped"), answers(tmp_path / "renamed")

    assert renamed == shipped
    assert {row["item"] for row in shipped if row["status"] == "filed"} >= {1, 2, 3, 4, 5, 8}
    assert sum(row["source"] == "两个项目.pdf" for row in shipped) == 2
    assert any("空白表" in reason for row in shipped for reason in row["reasons"])
    assert any(
        "村（社区）一级应归会议记录（第4项）" in reason for row in shipped for reason in row["reasons"]
    )
    assert any("镇街、部门还是区政府的会议" in reason for row in shipped for reason in row["reasons"])
    assert any("这份记录像是村（社区）以外的会议" in reason for row in shipped for reason in row["reasons"])
