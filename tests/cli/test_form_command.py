"""archivist form and generate --data: forms given out and taken back, batches, what is lacking, what is asked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from support.cli_running import Run
from support.forms import FIRST, Cells, filled
from support.output_schemas import validator

ONE, OTHER = "DZ-2018-0017", "DZ-2019-0042"
GOOD: Cells = {("填写表", FIRST, "会议名称"): "村民代表会议", ("发言记录", FIRST, "发言人"): "唐守业"}


@pytest.fixture(scope="module")
def blank(bare: Path, archivist: Run, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("表") / "会议.xlsx"
    ran = archivist("-w", str(bare), "form", "村会议记录", ONE, OTHER, "-o", str(path))
    assert ran.code == 0, ran.err
    assert "表里有 2 个项目" in ran.text
    return path.read_bytes()


def saved(folder: Path, raw: bytes, cells: Cells) -> str:
    path = folder / "填好.xlsx"
    path.write_bytes(filled(raw, cells))
    return str(path)


def docx(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.docx"))


def test_a_filled_form_makes_a_document_for_each_project_somebody_wrote_for(
    bare: Path, archivist: Run, blank: bytes, tmp_path: Path
) -> None:
    ran = archivist(
        "-w", str(bare), "generate", "村会议记录", "--data", saved(tmp_path, blank, GOOD), cwd=tmp_path
    )

    assert ran.code == 0, ran.err
    assert docx(tmp_path) == [f"{ONE} 村会议记录.docx"]
    assert f"没有填写的 1 个项目没有生成：{OTHER}" in ran.text and "还有【待填】的 1 份" in ran.text


def test_good_rows_are_made_and_bad_ones_told_all_at_once_by_sheet_row_and_column(
    bare: Path, archivist: Run, blank: bytes, tmp_path: Path
) -> None:
    wrong: Cells = {
        **GOOD,
        ("填写表", FIRST + 1, "应到人数"): "三十人",
        ("填写表", FIRST + 1, "镇街"): "龙水镇",
        ("发言记录", FIRST, "项目编号"): "DZ-0000-0000",
    }
    data = saved(tmp_path, blank, wrong)
    ran = archivist("-w", str(bare), "generate", "村会议记录", "--data", data, cwd=tmp_path)
    again = archivist("-w", str(bare), "generate", "村会议记录", "--data", data, "--json", cwd=tmp_path)
    told = "".join(ran.text.split())
    records = [json.loads(line) for line in again.text.splitlines()]

    for record in records:
        validator("output/generated.schema.json").validate(record)
    assert ran.code == 8 and docx(tmp_path) == [f"{ONE} 村会议记录.docx"]
    for words in (
        "表“填写表”第7行“应到人数”：填的是“三十人”，应为人数（整数）",
        "表“填写表”第7行“镇街”：填的是“龙水镇”",
        "表“发言记录”第6行“项目编号”：项目“DZ-0000-0000”不在“填写表”里",
    ):
        assert words in told
    assert again.code == 4 and [one["path"] for one in records] == [None, None]
    assert "已经存在，没有覆盖" in records[0]["problems"][0] and len(records[1]["problems"]) == 2


def test_only_the_projects_that_are_named_are_taken_off_a_form(
    bare: Path, archivist: Run, blank: bytes, tmp_path: Path
) -> None:
    data = saved(tmp_path, blank, GOOD)
    ran = archivist(
        "-w", str(bare), "generate", "村会议记录", ONE, "--data", data, "-o", str(tmp_path / "记录.docx")
    )
    absent = archivist("-w", str(bare), "generate", "村会议记录", OTHER, "--data", data, cwd=tmp_path)

    assert ran.code == 0 and docx(tmp_path) == ["记录.docx"]
    assert absent.code == 4 and f"表里没有填项目 {OTHER}" in absent.err


def test_a_form_of_another_kind_or_edition_is_told(
    bare: Path, archivist: Run, blank: bytes, tmp_path: Path
) -> None:
    data = saved(tmp_path, blank, GOOD)
    other = archivist("-w", str(bare), "generate", "资产处置方案", "--data", data, cwd=tmp_path)

    assert other.code == 4 and "这是“村会议记录”的填写表，不是“资产处置方案”的" in other.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["form", "村会议记录"],
        ["generate", "--missing"],
        ["generate", "村会议记录", "--township", "没有的镇"],
        ["generate", "--missing", ONE, "--set", "记录人=甲"],
        ["generate", "村会议记录", ONE, OTHER, "--interactive"],
    ],
)
def test_what_says_not_which_projects_or_makes_no_sense_is_refused(
    bare: Path, archivist: Run, tmp_path: Path, arguments: list[str]
) -> None:
    ran = archivist("-w", str(bare), *arguments, cwd=tmp_path)

    assert ran.code == 2 and docx(tmp_path) == []


def test_a_form_leaves_out_projects_its_kind_is_not_for_and_says_so(
    bare: Path, archivist: Run, tmp_path: Path
) -> None:
    target = str(tmp_path / "表.xlsx")
    ran = archivist("-w", str(bare), "form", "资产处置方案", "--township", "三驱镇", "-o", target)
    again = archivist("-w", str(bare), "form", "资产处置方案", "--township", "三驱镇", "-o", target)
    nobody = archivist("-w", str(bare), "form", "资产处置方案", "DZ-2021-0088", "-o", target)

    assert ran.code == 0 and "只用于淘汰类项目，没有列进 3 个" in ran.err
    assert (again.code, nobody.code) == (7, 2)


def test_a_list_and_a_township_give_a_document_for_each(bare: Path, archivist: Run, tmp_path: Path) -> None:
    listed = archivist("-w", str(bare), "generate", "归档目录", ONE, OTHER, "-o", str(tmp_path))
    there = tmp_path / "三驱镇"
    there.mkdir()
    township = archivist(
        "-w", str(bare), "generate", "资产处置方案", "--township", "三驱镇", "-o", str(there)
    )
    nowhere = archivist("-w", str(bare), "generate", "归档目录", ONE, OTHER, "-o", str(tmp_path / "没有"))

    assert listed.code == 0 and docx(tmp_path) == [f"{code} 归档目录.docx" for code in (ONE, OTHER)]
    assert township.code == 0 and docx(there) == ["DZ-2020-0008 资产处置方案.docx"]
    assert "其余 3 个项目没有生成" in township.text
    assert nowhere.code == 4 and "不是文件夹" in nowhere.err


def test_all_that_a_project_lacks_and_can_be_generated_is_made(
    bare: Path, archivist: Run, tmp_path: Path
) -> None:
    ran = archivist("-w", str(bare), "generate", "--missing", "--township", "三驱镇", "-o", str(tmp_path))
    kinds = (
        "区政府专题会议纪要",
        "摸底调查表",
        "核查评估情况报告",
        "村会议记录",
        "部门会议纪要",
        "镇街会议纪要",
    )

    assert ran.code == 0, ran.err
    assert docx(tmp_path) == sorted(f"DZ-2020-0008 {kind}.docx" for kind in kinds)
    assert "共生成 6 份" in ran.text


def test_interactive_asks_field_by_field_and_asks_again_what_does_not_fit(bare: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "archivist",
        "-w",
        str(bare),
        "generate",
        "摸底调查表",
        ONE,
        "--interactive",
    ]
    ran = subprocess.run(
        command, cwd=tmp_path, input="9\n5\n淘汰\n\n\n\n\n\n", text=True, capture_output=True, check=False
    )

    assert ran.returncode == 0, ran.stderr
    assert docx(tmp_path) == [f"{ONE} 摸底调查表.docx"]
    assert "1. 优势类" in ran.stderr and "请重填，或回车跳过" in ran.stderr
    assert "村级初步认定" not in ran.stdout.partition("【待填】")[2]
