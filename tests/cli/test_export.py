"""``archivist export`` as people run it."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from archivist.errors import ExitCode
from support.cli_running import Run
from support.output_schemas import validator

PROJECT = "DZ-2018-0017"


def test_a_project_is_exported_and_checked_by_the_script_in_its_package(
    archivist: Run, workspace: Path, tmp_path: Path
) -> None:
    ran = archivist("-w", str(workspace), "export", PROJECT, "-o", str(tmp_path / "移交"))
    (package,) = (tmp_path / "移交").iterdir()
    script = [sys.executable, str(package / "核验.py")]
    checked = subprocess.run(script, capture_output=True, check=False, env={"PYTHONIOENCODING": "utf-8"})

    assert ran.code == 0, ran.err
    assert "已导出：" in ran.text
    assert "未销号" in ran.text
    assert checked.returncode == 0
    (code,) = [line for line in ran.text.splitlines() if "移交包校验值" in line]
    assert code.strip().partition("（")[0] in checked.stdout.decode()
    again = archivist("-w", str(workspace), "export", PROJECT, "-o", str(tmp_path / "移交"))
    assert again.code == ExitCode.STORE
    assert "已经存在，没有覆盖" in again.err


def test_json_is_as_its_schema_promises(archivist: Run, workspace: Path, tmp_path: Path) -> None:
    asked = (
        "-w",
        str(workspace),
        "export",
        "--township",
        "珠溪镇",
        "-o",
        str(tmp_path / "移交"),
        "--zip",
        "--json",
    )
    ran = archivist(*asked)
    records = [json.loads(line) for line in ran.text.splitlines()]

    assert ran.code == 0, ran.err
    assert records
    for record in records:
        validator("output/export.schema.json").validate(record)
        assert Path(record["path"]).suffix == ".zip"
    with_catalogue = {}
    for record in records:
        with zipfile.ZipFile(record["path"]) as package:
            with_catalogue[record["project"]] = any(
                name.endswith("/data/归档目录.docx") for name in package.namelist()
            )
    assert with_catalogue[PROJECT]
    assert not with_catalogue["DZ-2018-0018"], "附件4 is for 淘汰类 alone"
    told = {record["project"] for record in records if any("归档目录" in one for one in record["left"])}
    assert told == {code for code, there in with_catalogue.items() if not there}


def test_a_project_named_twice_is_one(archivist: Run, workspace: Path, tmp_path: Path) -> None:
    ran = archivist("-w", str(workspace), "export", PROJECT, PROJECT, "-o", str(tmp_path / "移交"))

    assert ran.code == 0, ran.err
    assert len(list((tmp_path / "移交").iterdir())) == 1
    assert "共 2 个" not in ran.text


@pytest.mark.parametrize("output", ["", " "])
def test_no_folder_is_not_the_current_one(
    archivist: Run, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = archivist("-w", str(workspace), "export", PROJECT, "-o", output)

    assert ran.code == ExitCode.USAGE
    assert "没有写文件夹" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_what_makes_no_sense_is_told(archivist: Run, workspace: Path, tmp_path: Path) -> None:
    out = ("-o", str(tmp_path / "移交"))
    for asked, words in (
        ((), "请写项目编号"),
        ((PROJECT, "--all-deregistered"), "不能和"),
        (("--all-deregistered",), "没有符合条件的项目"),
        (("X-1",), "没有项目编号"),
    ):
        ran = archivist("-w", str(workspace), "export", *asked, *out)
        assert ran.code in {ExitCode.USAGE, ExitCode.BAD_INPUT}, asked
        assert words in ran.err
    assert not (tmp_path / "移交").exists()
