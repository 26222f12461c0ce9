"""review, assign, reject, undo and waive as people type them, on a workspace of their own."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document as Word

from archivist.core.model import Seen
from archivist.core.project import Project
from archivist.workspace.opened import open_workspace
from support import workspaces as w
from support.catalogue import NO_ITEM, required_but
from support.cli_running import Ran, run_archivist
from support.complete import WAIVABLE, sealed_statement

NICKNAME = "岭上羊子场黑山羊项目"


def doubtful(day: int) -> str:
    """Minutes that name their project only by a nickname: the guess is right, but not sure."""
    return (
        f"石坝镇人民政府专题会议纪要\n2024年11月{day}日，镇长主持召开专题会议，研究“{NICKNAME}”退出处置事宜。\n"
        "出席：周某、吴某。\n会议议定：同意退出。\n"
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    opened = w.workspace(tmp_path_factory.mktemp("deciding") / "w")
    twin = Project("CS-2019-0009", "石坝镇青杠村黑山羊饲草基地", "石坝镇", "青杠村", year="2019")
    w.import_projects(opened, [w.SHEEP, w.LEMON, w.FISH, twin])
    w.pdf(opened.config.inbox / "一.pdf", doubtful(1))
    w.pdf(opened.config.inbox / "二.pdf", doubtful(2))
    w.pdf(opened.config.inbox / "不明.pdf", "养殖场的事\n没有标题\n")
    w.pdf(opened.config.inbox / "纪要.pdf", w.minutes(w.LEMON, 3))
    w.ingest(opened)
    return opened.config.workspace


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "w"))


def run(place: Path, *arguments: str) -> Ran:
    return run_archivist("-w", str(place), "--as", "李某", *arguments)


def told(ran: Ran) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ran.text.splitlines()]


def documents(place: Path) -> dict[str, dict[str, Any]]:
    return {row["source"]: row for row in told(run(place, "documents", "--json"))}


@pytest.mark.parametrize(
    ("filters", "sources"),
    [
        ([], {"一.pdf", "二.pdf", "不明.pdf"}),
        (["--township", "石坝"], {"一.pdf", "二.pdf"}),
        (["--project", w.SHEEP.code, "--item", "5"], {"一.pdf", "二.pdf"}),
        (["--township", "龙井镇"], set()),
        (["--item", "4"], set()),
    ],
)
def test_review_shows_what_the_filters_let_through(
    place: Path, filters: list[str], sources: set[str]
) -> None:
    assert {row["source"] for row in told(run(place, "review", "--json", *filters))} == sources


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--township", "无此镇"], "没有镇街含"),
        (["--project", "XX-1"], "没有项目编号"),
        (["--yes"], "要和 --accept-all"),
        (["--accept-all", "--min-confidence", "0.5"], "加 --dry-run 只看不做"),
        (["--accept-all", "--min-confidence", "2"], "0 到 1 的数"),
        (["--accept", "D1", "--accept-all"], "只能写一个"),
    ],
)
def test_review_refuses_what_makes_no_sense(place: Path, arguments: list[str], reason: str) -> None:
    ran = run(place, "review", *arguments)

    assert (ran.code, reason in ran.err) == (2, True), ran.err


def test_accepting_all_shows_first_then_files_as_one_decision_that_undo_takes_back(place: Path) -> None:
    before = documents(place)
    looked = run(place, "review", "--accept-all", "--min-confidence", "0.5", "--dry-run")
    assert "以上 2 件会按第一个猜测归档" in looked.text
    assert documents(place) == before
    assert "没有符合条件的材料" in run(place, "review", "--accept-all", "--yes").err

    done = run(place, "review", "--accept-all", "--min-confidence", "0.5", "--yes", "--json")
    assert [(row["status"], row["project"], row["decided_by"]) for row in told(done)] == [
        ("filed", w.SHEEP.code, "李某")
    ] * 2
    undone = run(place, "undo")
    assert undone.text.count("已撤销：") == 2
    assert documents(place) == before


def test_one_is_accepted_by_its_number(place: Path) -> None:
    wanted = documents(place)["一.pdf"]["id"]
    ran = run(place, "review", "--accept", wanted.lower())
    after = documents(place)

    assert "共归档 1 件" in ran.text
    assert (after["一.pdf"]["status"], after["二.pdf"]["status"]) == ("filed", "review")
    assert run(place, "review", "--accept", wanted).code == 4
    unclear = run(place, "review", "--accept", after["不明.pdf"]["id"])
    assert (unclear.code, "请自己指定：archivist assign" in unclear.err) == (4, True)


def test_a_filed_document_is_sent_back_with_its_reason_and_undone(place: Path) -> None:
    wanted = documents(place)["纪要.pdf"]
    ran = run(place, "reject", wanted["id"], "--reason", "没有盖章\n请补")
    note = place / "archive_store" / "退回" / "纪要.pdf（说明）.txt"

    assert (ran.code, "由 李某 退回：没有盖章 请补" in note.read_text("utf-8-sig")) == (0, True)
    assert documents(place)["纪要.pdf"]["status"] == "rejected"
    assert run(place, "undo", wanted["id"]).code == 0
    assert documents(place)["纪要.pdf"] == wanted
    assert not note.exists()


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (["undo"], 4, "没有可以撤销的人工决定"),
        (["undo", "D00001", "--last", "2"], 2, "只能写一个"),
        (["undo", "D99999"], 4, "没有编号为“D99999”的材料"),
        (["reject", "D99999", "--reason", "没有盖章"], 4, "没有编号为“D99999”的材料"),
        (["reject", "D00001", "--reason", "  "], 2, "理由不能是空的"),
        (["reject", "D00001"], 2, "--reason"),
        (["waive", w.SHEEP.code, "--item", "2"], 2, "要写明理由"),
        (["waive", w.SHEEP.code, "--item", "8", "--reason", "没有别的材料"], 2, "不用免交"),
        (["waive", w.SHEEP.code, "--item", str(NO_ITEM), "--reason", "没有这一项"], 2, f"没有第{NO_ITEM}项"),
        (["waive", "XX-1", "--item", "2", "--reason", "没有这个项目"], 2, "没有项目编号"),
        (["waive", w.SHEEP.code, "--item", "2", "--withdraw"], 4, "没有定为免交"),
        (["waive", w.SHEEP.code], 2, "--item"),
        *(
            (["waive", w.SHEEP.code, "--item", str(item), "--reason", "厂房已拆除"], 1, f"附件4第{item}项")
            for item in required_but(WAIVABLE)
        ),
        (["waive", w.SHEEP.code, "--item", "3", "--reason", "合同已经遗失"], 2, "--document"),
        (["waive", w.SHEEP.code, "--item", "3", "--reason", ".", "--document", "D00001"], 2, "没有说明原因"),
        (
            ["waive", w.SHEEP.code, "--item", "3", "--reason", "\u3164", "--document", "D00001"],
            2,
            "理由不能是空的",
        ),
        (
            ["waive", w.SHEEP.code, "--item", "3", "--reason", "合同已经遗失", "--document", "D99999"],
            4,
            "没有编号为“D99999”",
        ),
        (
            ["waive", w.SHEEP.code, "--item", "3", "--reason", "合同已经遗失", "--document", "D00001"],
            1,
            "不能作免交的依据",
        ),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    made: Path, arguments: list[str], code: int, reason: str
) -> None:
    ran = run(made, *arguments)

    assert (ran.code, reason in ran.err) == (code, True), ran.err


@pytest.mark.parametrize("edition", ["this", "older"])
def test_a_file_dropped_into_an_item_folder_is_taken_back_by_its_number(place: Path, edition: str) -> None:
    opened = open_workspace(place, "测试员")
    w.pdf(w.item_folder(opened, w.FISH, 3) / "合同.pdf", "合同书\n")
    w.ingest(opened)
    (row,) = [row for row in documents(place).values() if "合同" in row["source"]]
    if edition == "older":  # which kept nothing to undo it
        with w.tables_open(opened) as index, index.change():
            index.db.execute("DELETE FROM decided")
            index.db.execute("DELETE FROM decisions")
    ran = run(place, "undo", row["id"])

    assert (ran.code, ran.err) == (0, "")
    assert "“直接放入归档文件夹”（测试员" in ran.text
    assert "现在是待确认，在“待确认/石坝镇/合同.pdf”" in ran.text
    assert documents(place)[row["source"]]["status"] == "review"
    assert (run(place, "undo", row["id"]).code, w.disagreements(opened)) == (4, [])


def waived(place: Path, reason: str) -> Ran:
    """The contract of a project, lost, as a person waives it for a sealed statement."""
    statement = sealed_statement(open_workspace(place, "测试员"), w.LEMON)
    given = ("--item", str(WAIVABLE), "--document", statement.lower(), "--reason", reason)
    return run(place, "waive", w.LEMON.code, *given)


def test_a_waived_item_is_missing_no_longer_and_everything_says_who_and_why(
    place: Path, tmp_path: Path
) -> None:
    ran = waived(place, "合同毁于水灾")
    state = {row["project"]: row for row in told(run(place, "missing", "--json"))}[w.LEMON.code]
    assert (ran.code, "附件4没有免交的规定" in ran.text) == (0, True)
    assert (WAIVABLE in state["missing"], state["waived"]) == (False, [WAIVABLE])

    folder = place / "archive_store" / "项目档案" / "龙井镇" / f"{w.LEMON.code} {w.LEMON.name}"
    page = (folder / "归档状态.html").read_text("utf-8")
    assert "免交：合同毁于水灾（李某，20" in page
    (kept,) = json.loads((folder / "档案元数据.json").read_text("utf-8"))["waivers"]
    assert (kept["item"], kept["actor"], kept["reason"]) == (WAIVABLE, "李某", "合同毁于水灾")
    assert (kept["document"][0], kept["holds"]) == ("D", True)
    assert run(place, "generate", "归档目录", w.LEMON.code, "-o", str(tmp_path / "c.docx")).code == 0
    rows = [[cell.text for cell in row.cells] for row in Word(str(tmp_path / "c.docx")).tables[0].rows]
    assert [row[2] for row in rows[1:]].count("免交") == 1
    assert "合同毁于水灾（李某，" in rows[WAIVABLE][-1]


def test_a_waiver_is_given_anew_and_withdrawn(place: Path) -> None:
    waived(place, "合同毁于水灾")
    statement = next(one for one in documents(place).values() if "情况说明" in one["source"])["id"]
    given = ("--item", str(WAIVABLE), "--document", statement)
    assert "免" in run(place, "missing").text
    again = run(place, "waive", w.LEMON.code, *given, "--reason", "水灾中全部遗失")
    assert "原来的免交理由“合同毁于水灾（李某，" in again.text
    assert "共 1 项免交" in run(place, "waive", "--list").text
    assert run(place, "waive", w.LEMON.code, "--item", str(WAIVABLE), "--withdraw").code == 0

    after = {row["project"]: row for row in told(run(place, "missing", "--json"))}[w.LEMON.code]
    assert (after["waived"], WAIVABLE in after["missing"]) == ([], True)
    assert w.disagreements(open_workspace(place, None)) == []


def test_a_waiver_of_an_earlier_edition_is_listed_as_void_and_counts_for_nothing(place: Path) -> None:
    opened = open_workspace(place, "村干部")
    with opened.writing("waive", wait=10) as index:
        index.waivers.grant(w.LEMON.code, 1, "厂房已拆除", None)
    state = {row["project"]: row for row in told(run(place, "missing", "--json"))}[w.LEMON.code]
    listed = run(place, "waive", "--list").text

    assert (state["waived"], 1 in state["missing"]) == ([], True)
    assert "不算数：没有盖章的情况说明作依据" in listed
    assert "没有免交决定。另有 1 项不算数。" in listed


def test_a_sealed_paper_of_another_sort_is_no_ground_for_a_waiver(place: Path) -> None:
    opened = open_workspace(place, "测试员")
    statement = sealed_statement(opened, w.LEMON)
    with opened.writing("date", wait=10) as index:
        row = index.documents.find(statement)
        assert row is not None
        index.documents.update(replace(row, title="资产移交清单"), "described")
    given = ("--item", str(WAIVABLE), "--document", statement, "--reason", "合同毁于水灾")
    ran = run(place, "waive", w.LEMON.code, *given)

    assert (ran.code, "的题名是“资产移交清单”，不像情况说明" in ran.err) == (1, True)


def test_a_statement_that_does_not_say_that_the_agreement_is_lost_is_no_ground_for_a_waiver(
    place: Path,
) -> None:
    opened = open_workspace(place, "测试员")
    words = f"情况说明\n{w.LEMON.name}（项目编号：{w.LEMON.code}）协议书保存完好，存于镇档案室。\n2024年10月20日\n"
    w.pdf(w.item_folder(opened, w.LEMON, 8) / "情况说明.pdf", words, sealed=True)
    w.ingest(opened)
    statement = next(one for one in documents(place).values() if "情况说明" in one["source"])["id"]
    given = ("--item", str(WAIVABLE), "--document", statement, "--reason", "合同毁于水灾")
    ran = run(place, "waive", w.LEMON.code, *given)

    assert (ran.code, "里没有写协议书或合同书遗失" in ran.err) == (1, True)


def test_an_unsealed_statement_is_no_ground_for_a_waiver(place: Path) -> None:
    opened = open_workspace(place, "测试员")
    statement = sealed_statement(opened, w.LEMON)
    with opened.writing("date", wait=10) as index:
        row = index.documents.find(statement)
        assert row is not None
        index.documents.update(replace(row, sealed=Seen.UNKNOWN), "described")
    given = ("--item", str(WAIVABLE), "--document", statement, "--reason", "合同毁于水灾")
    ran = run(place, "waive", w.LEMON.code, *given)

    assert (ran.code, "没有看到印章" in ran.err) == (1, True)
    assert "没有免交决定。" in run(place, "waive", "--list").text
