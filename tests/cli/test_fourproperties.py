"""four-properties and its report, as they are typed: the words of results, who and when, hostile names."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from support import workspaces as w
from support.archiving import SETTINGS
from support.cli_running import Ran, run_archivist
from support.complete import hand_in
from support.output_schemas import validator

CODE = w.SHEEP.code
NOTE = "病毒库11月28日，全盘扫描没有发现"
WORDS = {"通过", "不通过", "待人工核验", "不适用"}
GIVEN = ("four-properties", CODE, "--record", "4-2", "--result", "通过", "--note", NOTE)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    opened = w.workspace(tmp_path_factory.mktemp("four") / "w", SETTINGS)
    hand_in(opened, w.SHEEP, (1, 2, 4))
    w.pdf(w.item_folder(opened, w.SHEEP, 5) / "=cmd&<b>x.pdf", w.minutes(w.SHEEP), sealed=True)
    w.ingest(opened)
    return opened.config.workspace


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "w"))


def run(place: Path, *arguments: str, name: str = "冯某") -> Ran:
    return run_archivist("-w", str(place), "--as", name, *arguments)


def told(ran: Ran) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ran.text.splitlines()]


def test_each_check_is_told_under_its_property_in_the_four_words(made: Path) -> None:
    shown = run(made, "four-properties", CODE)
    records = told(run(made, "four-properties", CODE, "--json"))
    lines = [line.strip() for line in shown.text.splitlines() if line.startswith("  ")]

    assert shown.code == 0, shown.err
    assert {line.split("　")[0] for line in lines} == WORDS
    assert len(lines) == sum(record["document"] is None for record in records)
    assert [line for line in shown.text.splitlines() if line in {"真实性", "完整性", "可用性", "安全性"}] == [
        "真实性",
        "完整性",
        "可用性",
        "安全性",
    ]
    assert "待人工核验　4-2 病毒检测：用杀毒软件扫描项目文件夹的结果" in shown.text
    assert "没有与标准原文核对过" in shown.text and "标准要求" not in shown.text
    assert {record["result"] for record in records} <= WORDS
    checker = validator("output/four-properties.schema.json")
    assert [error.message for record in records for error in checker.iter_errors(record)] == []


def test_what_is_recorded_is_told_with_who_and_when_and_taken_back(place: Path, tmp_path: Path) -> None:
    done = run(place, *GIVEN)
    shown = run(place, "four-properties", CODE)
    report = run(place, "report", "four-properties", "--project", CODE, "-f", "csv")
    records = told(run(place, "report", "four-properties", "--project", CODE, "-f", "json"))
    gone = run(place, *GIVEN[:4], "--withdraw", "--note", "扫错了文件夹")
    again = run(place, *GIVEN[:4], "--withdraw", "--note", "扫错了文件夹")

    assert done.code == 0, done.err
    assert f"已登记：{CODE} 的 4-2 病毒检测，通过。" in done.text and "只对现在的 4 份材料算数" in done.text
    assert "通过　4-2 病毒检测：" in shown.text and NOTE in shown.text
    assert "冯某（没有人员名册，未核对权限" in report.text
    (virus,) = [one for one in records if one["code"] == "4-2"]
    assert (virus["result"], virus["verified"]["by"]["name"]) == ("通过", "冯某")
    checker = validator("output/four-properties.schema.json")
    assert [error.message for record in records for error in checker.iter_errors(record)] == []
    assert (gone.code, "回到软件检测的结果" in gone.text) == (0, True)
    assert (again.code, "没有登记过人工核验" in again.err) == (4, True)


def test_what_another_person_found_is_changed_only_knowingly_and_never_without_a_trace(place: Path) -> None:
    bad = (*GIVEN[:4], "--result", "不通过", "--note", "发现木马一个")
    gone = (*GIVEN[:4], "--withdraw", "--note", "已重装系统")
    assert run(place, *GIVEN, name="甲").code == 0
    asked = run(place, *bad, name="乙")
    agreed = run(place, *GIVEN, name="甲")
    sure = run(place, *bad, "--yes", name="乙")
    asked_again = run(place, *gone, name="丙")
    stands = run(place, "four-properties", CODE)
    withdrawn = run(place, *gone, "--yes", name="丙")
    shown = run(place, "four-properties", CODE)
    report = run(place, "report", "four-properties", "--project", CODE, "-f", "csv")

    assert (asked.code, agreed.code, asked_again.code) == (1, 0, 1)
    assert f"{CODE} 的 4-2 已由 甲 于 " in asked.err and "乙 现在要改为登记为不通过" in asked.err
    assert "什么也没有改动" in asked.err and "--yes" in asked.err
    assert sure.code == 0 and "原已由 甲 于 " in sure.text and "现由 乙 改为登记为不通过" in sure.text
    assert f"{CODE} 的 4-2 已由 乙 于 " in asked_again.err and "丙 现在要改为取消核验" in asked_again.err
    assert "  不通过　4-2" in stands.text and "曾由" not in stands.text
    assert withdrawn.code == 0, withdrawn.err
    for text in (shown.text, report.text):
        assert re.search(
            r"曾由 乙 于 \S+ \S+ 登记为不通过（发现木马一个），丙 于 \S+ \S+ 取消（已重装系统）", text
        )


WRONG = [
    (("--yes",), 2, "要和 --record 编号 一起写"),
    (("--result", "通过"), 2, "要和 --record 编号 一起写"),
    (("--record", "4-2"), 2, "--result 通过（或 不通过）"),
    (("--record", "4-2", "--result", "通过"), 2, "登记核验要写明看了什么"),
    (("--record", "4-2", "--withdraw"), 2, "取消核验要写明看了什么"),
    (("--record", "4-2", "--result", "通过", "--withdraw", "--note", NOTE), 2, "只写 --withdraw"),
    (("--record", "4-2", "--result", "通过", "--note", "."), 2, "理由"),
    (("--record", "4-2", "--result", "通过", "--note", NOTE, "--json"), 2, "不能和 --record 一起用"),
    (("--record", "9-9", "--result", "通过", "--note", NOTE), 2, "没有编号为“9-9”的检测项"),
    (("--record", "1-12", "--result", "通过", "--note", NOTE), 1, "不用人工核验"),
    (("--record", "2-3", "--result", "通过", "--note", NOTE), 1, "不能登记为通过"),
]


@pytest.mark.parametrize(("arguments", "code", "words"), WRONG, ids=[words for *_, words in WRONG])
def test_what_is_asked_for_wrongly_is_told_plainly(
    made: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    ran = run(made, "four-properties", CODE, *arguments)

    assert (ran.code, words in ran.err) == (code, True), ran.err + ran.text


def test_a_report_of_one_project_has_places_for_who_and_when(made: Path, tmp_path: Path) -> None:
    for form in ("xlsx", "html", "docx"):
        ran = run(made, "report", "four-properties", "--project", CODE, "-o", str(tmp_path / f"a.{form}"))
        assert ran.code == 0, ran.err
    sheet = load_workbook(tmp_path / "a.xlsx")
    cells = [
        str(cell.value) for one in sheet for row in one.iter_rows() for cell in row if cell.value is not None
    ]
    types = {
        cell.data_type
        for one in sheet
        for row in one.iter_rows()
        for cell in row
        if "=cmd" in str(cell.value)
    }
    page = (tmp_path / "a.html").read_text("utf-8")
    with zipfile.ZipFile(BytesIO((tmp_path / "a.docx").read_bytes())) as archive:
        words = archive.read("word/document.xml").decode("utf-8")

    assert {"核验人", "时间", "依据"} <= set(cells)
    assert "f" not in types, "a name is no formula"
    assert "<b>x" not in page
    for text in (page, words):
        assert "待人工核验" in text and "参照DA/T 70-2018" in text and "标准要求" not in text
        assert "没有检测的，从来不写通过" in text
        assert not re.search(r"archivist |--[a-z]|\.toml", text), "auditors are told in words"


def test_a_report_of_many_has_a_line_each_and_passes_nothing_it_did_not_read(made: Path) -> None:
    text = run(made, "report", "four-properties", "--township", w.SHEEP.township)
    records = told(run(made, "report", "four-properties", "-f", "json"))
    alone = told(run(made, "four-properties", CODE, "--json"))
    (sheep,) = [one for one in records if one["project"] == CODE]
    passed = sum(one["result"] == "通过" for one in alone if one["document"] is None)

    assert text.code == 0, text.err
    assert "检测了 2 个项目" in text.text and "不重新读取文件" in text.text
    assert len(records) == 3
    assert sheep["passed"] < passed
    assert sum(sheep[key] for key in ("passed", "failed", "by_hand", "none")) == sum(
        one["document"] is None for one in alone
    )
    checker = validator("output/report-four-properties.schema.json")
    assert [error.message for record in records for error in checker.iter_errors(record)] == []
    unknown = run(made, "report", "four-properties", "--project", "没有")
    assert (unknown.code, "台账里没有项目编号" in unknown.err) == (2, True)
