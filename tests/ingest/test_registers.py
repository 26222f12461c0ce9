"""Registers that people hand in as papers, read for real: sent back with whom to give them to, wherever they were put."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl

from archivist.ingest.pipeline import Pipeline
from archivist.store.layout import NOTE_SUFFIX
from support import workspaces as w
from support.places import TESTS

REGISTERS = TESTS / "samples" / "files" / "登记"


def table(path: Path, *rows: tuple[str, ...]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)


def test_registers_go_back_and_a_survey_sheet_in_a_workbook_is_filed(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    one, inbox = w.SHEEP, opened.config.inbox
    shutil.copy(REGISTERS / "项目台账.xlsx", inbox)
    shutil.copy(REGISTERS / "人员名册.xlsx", w.item_folder(opened, one, 1))
    (w.item_folder(opened, one, 8) / "名册.csv").write_text(
        "姓名,单位,层级,角色\n张某,石坝镇,镇街,经办\n", "utf-8"
    )
    table(
        inbox / "摸底.xlsx",
        (f"大足区{one.township}经营性帮扶产业项目摸底调查表",),
        ("项目名称", one.name, "项目编号", one.code),
        ("镇街", one.township, "村（社区）", one.village, "建设年度", one.year, "主管部门", one.department),
    )
    with opened.writing("ingest", wait=10) as index, Pipeline(opened, index) as line:
        line.run()
    found = {row["source"].rpartition("/")[2]: row for row in w.documents(opened)}
    notes = "".join(
        path.read_text("utf-8-sig") for path in sorted(opened.config.rejected.glob(f"*{NOTE_SUFFIX}"))
    )

    assert (found["摸底.xlsx"]["status"], found["摸底.xlsx"]["item"]) == ("filed", 1)
    assert {name: row["status"] for name, row in found.items() if name != "摸底.xlsx"} == dict.fromkeys(
        ["项目台账.xlsx", "人员名册.xlsx", "名册.csv"], "rejected"
    )
    assert all(row["candidates"] == "[]" for row in found.values() if row["status"] == "rejected")
    assert "请交给管理员，由他导入台账" in notes
    assert notes.count("请交给管理员，由他导入名册") == 2
    assert w.disagreements(opened) == []
