"""What commands say of odd requests and of little work: one Chinese sentence, the right exit code, nothing changed."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from support.cli_running import Ran, Run
from support.places import SAMPLES
from support.watching import LONG

PROJECT = "DZ-2018-0017"
Call = Callable[..., Ran]


@pytest.fixture(scope="module")
def place(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy that the refusals below leave as it is."""
    return Path(shutil.copytree(workspace, tmp_path_factory.mktemp("told") / "w"))


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("assign", "D00001", "--project", "没有", "--item", "4"), 2, "台账里没有项目编号“没有”"),
        (("assign", "D00001", "--project", PROJECT, "--item", "4", "--pages", "99"), 2, "页码“99”不对"),
        (("assign", "D00001", "--project", PROJECT, "--item", "4", "--pages", "甲"), 2, "页码“甲”不对"),
        (("assign", "D99999", "--project", PROJECT, "--item", "4"), 4, "没有编号为“D99999”的材料"),
        (("repair", "D99999"), 4, "没有编号为“D99999”的材料"),
        (("undo", "D00001", "--last", "2"), 2, "材料编号和 --last 只能写一个"),
        (("undo", "D00001"), 4, "没有可以撤销的人工决定"),
        (("missing", "-o", "表.odt"), 2, "看不出“表.odt”要存成什么格式"),
        (("missing", "-f", "xlsx"), 2, "Excel 文件不能显示在屏幕上"),
        (("missing", "-o", "没有/表.csv"), 4, "文件夹“没有”不存在"),
        (("waive", PROJECT, "--item", "2", "--reason", "  "), 2, "理由不能是空的"),
        (("waive", PROJECT, "--item", "2", "--reason", "长" * 3000), 2, "理由太长"),
        (("service",), 2, "--systemd"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else None,
)
def test_what_makes_no_sense_is_refused_in_words(
    place: Path, archivist: Run, arguments: tuple[str, ...], code: int, words: str
) -> None:
    ran = archivist("-w", str(place), *arguments, cwd=place)

    assert (ran.code, words in ran.err) == (code, True), ran.err


def test_a_sound_archive_needs_no_repair_and_is_rebuilt_as_it_was(place: Path, archivist: Run) -> None:
    before = archivist("-w", str(place), "documents", "--json").out
    repaired = archivist("-w", str(place), "repair")
    rebuilt = archivist("-w", str(place), "reindex")

    assert (repaired.code, repaired.text.strip()) == (0, "都完好，没有要修复的。")
    assert rebuilt.code == 0
    assert "条事件重建索引" in rebuilt.text
    assert "原来的数据库保留在" in rebuilt.text
    assert archivist("-w", str(place), "documents", "--json").out == before


def test_a_list_is_saved_once_in_each_format_and_never_written_over(
    place: Path, archivist: Run, tmp_path: Path
) -> None:
    for name in ("表.txt", "表.csv", "表.xlsx"):
        saved = archivist("-w", str(place), "missing", "-o", name, cwd=tmp_path)
        assert (saved.code, "已保存" in saved.err) == (0, True)
        assert (tmp_path / name).stat().st_size > 0
        again = archivist("-w", str(place), "missing", "-o", name, cwd=tmp_path)
        assert (again.code, f"文件“{name}”已经存在，没有覆盖" in again.err) == (7, True)
    assert archivist("-w", str(place), "missing", "-f", "csv").out == (tmp_path / "表.csv").read_bytes()


def test_a_register_is_previewed_with_each_change_before_it_is_saved(
    bare: Path, archivist: Run, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(bare, tmp_path / "w"))
    book = openpyxl.load_workbook(SAMPLES / "登记" / "项目台账.xlsx")
    sheet = book.worksheets[0]
    code, name = str(sheet["B4"].value), str(sheet["C4"].value)
    sheet["C4"] = f"{name}（改）"
    book.save(tmp_path / "改.xlsx")
    preview = archivist("-w", str(copy), "register", "import", str(tmp_path / "改.xlsx"), "--dry-run")

    assert preview.code == 0
    assert f"修改 {code} {name}（改）：项目名称：{name} → {name}（改）" in preview.text
    assert "（只是预览，没有保存。）" in preview.text
    assert archivist("-w", str(copy), "register", "import", str(tmp_path / "改.xlsx")).text in preview.text
    unchanged = archivist("-w", str(copy), "register", "import", str(tmp_path / "改.xlsx"))
    assert "新增 0 个，修改 0 个" in unchanged.text


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_watcher_says_what_became_of_each_file_until_it_is_ended(bare: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(bare, tmp_path / "w"))
    (copy / "archivist.toml").write_text(
        "[intake]\nsettle_seconds = 0.1\n[watch]\nrescan_seconds = 0.5\n", "utf-8"
    )
    inbox = copy / "archive_store" / "收件箱"
    command = [sys.executable, "-m", "archivist", "-w", str(copy), "watch"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
        try:
            assert process.stderr is not None
            assert "开始值守" in process.stderr.readline()
            shutil.copy2(SAMPLES / "收件箱" / "摸底调查表（空表）.docx", inbox)
            said = process.stderr.readline()
            process.send_signal(signal.SIGINT)
            rest = process.communicate(timeout=LONG)[1]
        finally:
            process.kill()

    assert "摸底调查表（空表）.docx" in said
    assert "已停止值守" in rest
    assert process.returncode == 0
