"""The list of projects missing documents: filters, forms, summary."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from archivist.render.text import width
from support.catalogue import ITEMS, NO_ITEM, REQUIRED
from support.cli_running import Run


def projects(archivist: Run, workspace: Path, *arguments: str) -> set[str]:
    ran = archivist("-w", str(workspace), "missing", "--json", *arguments)
    assert ran.code == 0, ran.err
    return {json.loads(line)["project"] for line in ran.text.splitlines()}


@pytest.mark.parametrize(
    ("option", "value", "key"),
    [
        ("--township", "珠溪镇", "township"),
        ("--village", "青杠岭村", "village"),
        ("--department", "林业局", "department"),
    ],
)
def test_a_filter_keeps_exactly_the_projects_it_names(
    option: str, value: str, key: str, workspace: Path, archivist: Run
) -> None:
    register = [
        json.loads(line)
        for line in archivist("-w", str(workspace), "register", "list", "--json").text.splitlines()
    ]
    wanted = {row["code"] for row in register if value in row[key]}

    assert wanted
    assert projects(archivist, workspace, "--category", "全部", option, value) == wanted


def test_without_category_only_eliminated_projects_are_listed(workspace: Path, archivist: Run) -> None:
    register = [
        json.loads(line)
        for line in archivist("-w", str(workspace), "register", "list", "--json").text.splitlines()
    ]

    assert projects(archivist, workspace) == {row["code"] for row in register if row["category"] == "淘汰类"}
    assert projects(archivist, workspace, "--category", "闲置类") == {
        row["code"] for row in register if row["category"] == "闲置类"
    }


def test_item_keeps_projects_that_lack_it(workspace: Path, archivist: Run) -> None:
    everything = archivist("-w", str(workspace), "missing", "--json").text.splitlines()
    lacking = {record["project"] for record in map(json.loads, everything) if 5 in record["missing"]}

    assert lacking and len(lacking) < len(everything)
    assert projects(archivist, workspace, "--item", "5") == lacking


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--township", "朱西镇"], "朱西镇"),
        (["--category", "优秀类"], "优势类"),
        (["--item", str(NO_ITEM)], "摸底调查表"),
        (["-o", "清单.pdf"], ".xlsx"),
        (["-f", "xlsx"], "-o"),
    ],
)
def test_a_slip_of_the_pen_is_not_an_all_clear(
    arguments: list[str], told: str, workspace: Path, archivist: Run
) -> None:
    """A filter that fits nothing in the register says so instead of listing no project."""
    ran = archivist("-w", str(workspace), "missing", *arguments)

    assert ran.code == 2
    assert told in ran.err
    assert ran.out == b""


def test_the_screen_form_marks_each_item_and_sums_up(workspace: Path, archivist: Run) -> None:
    text = archivist("-w", str(workspace), "missing", "--all").text
    table, notes = text.split("\n\n")

    assert "珠溪镇青杠岭村黑山羊标准化养殖场项目" in table
    assert "√" in table and "缺" in table
    assert "7 区政府专题会会议纪要" in notes
    assert "共 6 个项目：材料齐全 0 个，缺件 6 个" in notes


def test_the_first_projects_are_shown_with_the_sum_of_all(workspace: Path, archivist: Run) -> None:
    whole = archivist("-w", str(workspace), "missing").text
    first = archivist("-w", str(workspace), "missing", "--limit", "2").text
    lines = archivist("-w", str(workspace), "missing", "--json").text.splitlines()

    assert [line.split()[0] for line in first.splitlines()[3:6] if line] == [
        line.split()[0] for line in whole.splitlines()[3:5]
    ]
    assert first.splitlines()[-1] == whole.splitlines()[-1]
    assert archivist("-w", str(workspace), "missing", "--json", "--limit", "2").text.splitlines() == lines[:2]
    assert archivist("-w", str(workspace), "missing", "--limit", "0").code == 2


def test_the_sheet_spells_out_what_is_missing(workspace: Path, archivist: Run, tmp_path: Path) -> None:
    target = tmp_path / "缺件.csv"
    assert archivist("-w", str(workspace), "missing", "-o", str(target)).code == 0
    rows = list(csv.DictReader(io.StringIO(target.read_text("utf-8-sig"))))
    bare = next(row for row in rows if row["项目编号"] == "DZ-2021-0012")

    assert bare["主管部门"]
    assert [bare[name] for name in bare if name[0].isdigit()] == [
        "缺" if one.required else "／" for one in ITEMS
    ]
    assert bare["缺少的归档内容"].startswith("1 摸底调查表、2 核查评估报告、")
    assert bare["结论"] == f"缺{len(REQUIRED)}项"


def test_excel_opens_the_sheet_with_the_same_cells(workspace: Path, archivist: Run, tmp_path: Path) -> None:
    assert archivist("-w", str(workspace), "missing", "-o", str(tmp_path / "a.xlsx")).code == 0
    assert archivist("-w", str(workspace), "missing", "-o", str(tmp_path / "a.csv")).code == 0
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    cells = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]

    assert cells == list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"))))


def test_a_saved_list_is_never_written_over(workspace: Path, archivist: Run, tmp_path: Path) -> None:
    target = tmp_path / "清单.txt"
    target.write_text("别人的", "utf-8")
    ran = archivist("-w", str(workspace), "missing", "-o", str(target))

    assert ran.code == 7
    assert "已经存在" in ran.err
    assert target.read_text("utf-8") == "别人的"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("columns", [80, 100, 200])
def test_lines_fit_the_terminal_and_codes_stay_whole(columns: int, workspace: Path) -> None:
    text = on_terminal(["-w", str(workspace), "missing", "--all"], columns)

    assert all(width(line) <= columns for line in text.splitlines())
    assert all(code in text for code in ("DZ-2018-0017", "DZ-2020-0008", "DZ-2021-0012"))
    assert ("珠溪镇青杠岭村黑山羊标准化养殖场项目" in text) == (columns >= 100)


def on_terminal(arguments: list[str], columns: int) -> str:
    """Run the command with stdout on a pseudo-terminal ``columns`` wide."""
    import fcntl
    import pty
    import struct
    import subprocess
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(
        [sys.executable, "-m", "archivist", *arguments], stdout=theirs, env=environment
    ) as child:
        os.close(theirs)
        data = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:
                break
            if not piece:
                break
            data += piece
        assert child.wait() == 0
    os.close(ours)
    return data.decode("utf-8").replace("\r\n", "\n")


def test_no_project_at_all_is_said_with_what_to_do_and_prints_no_empty_table(
    bare: Path, archivist: Run
) -> None:
    ran = archivist("-w", str(bare), "missing", "--township", "古龙镇")

    assert ran.code == 0
    assert "没有符合条件的淘汰类项目" in ran.text and "register import" in ran.text
    assert "归档目录" not in ran.text and "---" not in ran.text
