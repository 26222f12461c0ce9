"""Exit codes and messages: one plain Chinese sentence on stderr, a traceback only when asked for."""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archivist.cli import run
from archivist.cli.ingest import Interrupts
from archivist.errors import ExitCode
from support.cli_running import Run

USAGE = {
    "unknown command": (["mising"], "没有“mising”这个命令。"),
    "unknown option": (["missing", "--fro", "x"], "没有“--fro”这个选项。"),
    "option without value": (["missing", "-o"], "选项“-o”后面要写值。"),
    "missing argument": (["search"], "缺少参数“词语…”。"),
    "missing option": (["assign", "D00001"], "缺少选项“--project”。"),
    "not one of": (["documents", "--status", "x"], "“filed”、“review”、“rejected”、“duplicate”之一"),
    "not a number": (["missing", "--item", "x"], "应为 1 到 99 的整数，现为“x”。"),
    "no such file": (["register", "import", "没有.xlsx"], "文件“没有.xlsx”不存在"),
    "too many": (["review", "多余"], "多了参数：多余"),
}


@pytest.mark.parametrize("case", USAGE)
def test_a_command_written_wrongly_is_told_in_chinese(case: str, workspace: Path, archivist: Run) -> None:
    arguments, told = USAGE[case]
    ran = archivist("-w", str(workspace), *arguments)

    assert ran.code == ExitCode.USAGE
    assert ran.out == b""
    assert told in ran.err
    assert ran.err.startswith("用法有误：") and ran.err.endswith("\n")
    assert "--help 查看用法" in ran.err
    assert not re.search(r"'|\bError\b|\bTry\b|\.\n", ran.err)


def test_no_workspace_is_a_matter_of_settings(tmp_path: Path, archivist: Run) -> None:
    ran = archivist("missing", cwd=tmp_path)

    assert ran.code == ExitCode.SETTINGS
    assert "不是工作区" in ran.err
    assert ran.err.startswith("出错：") and ran.err.endswith("\n")


def test_wrong_settings_are_refused_by_the_light_commands_too(tmp_path: Path, archivist: Run) -> None:
    assert archivist("init", str(tmp_path / "w")).code == 0
    settings = tmp_path / "w" / "archivist.toml"
    settings.write_text(settings.read_text("utf-8") + "\n[stroe]\n", "utf-8")
    ran = archivist("-w", str(tmp_path / "w"), "missing")

    assert ran.code == ExitCode.SETTINGS
    assert "stroe" in ran.err


def test_an_empty_workspace_says_what_to_do_first(tmp_path: Path, archivist: Run) -> None:
    assert archivist("init", str(tmp_path / "w")).code == 0
    ran = archivist("-w", str(tmp_path / "w"), "missing")

    assert ran.code == ExitCode.STORE
    assert "register import" in ran.err


def test_a_register_that_is_no_register_is_bad_input(bare: Path, archivist: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "台账.xlsx"
    wrong.write_bytes(b"PK\x03\x04 not a workbook")
    ran = archivist("-w", str(bare), "register", "import", str(wrong))

    assert ran.code == ExitCode.BAD_INPUT
    assert "台账.xlsx" in ran.err


def test_an_index_that_is_no_database_is_the_stores_trouble(
    bare: Path, archivist: Run, tmp_path: Path
) -> None:
    broken = tmp_path / "w"
    shutil.copytree(bare, broken)
    for path in (broken / "archive_store" / ".archivist").glob("index.db*"):
        path.write_bytes(b"junk" * 2000)
    ran = archivist("-w", str(broken), "missing")

    assert ran.code == ExitCode.STORE
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("where", ["before", "after"])
def test_debug_shows_the_traceback_and_only_then(where: str, tmp_path: Path, archivist: Run) -> None:
    words = ["--debug", "missing"] if where == "before" else ["missing", "--debug"]
    silent, loud = archivist("missing", cwd=tmp_path), archivist(*words, cwd=tmp_path)

    assert "Traceback" not in silent.err
    assert "Traceback" in loud.err and "不是工作区" in loud.err
    assert silent.code == loud.code == ExitCode.SETTINGS


def test_control_characters_in_what_was_typed_do_not_reach_the_terminal(bare: Path, archivist: Run) -> None:
    ran = archivist("-w", str(bare), "missing", "--township", "\x1b[31m红\u202e")

    assert ran.code == ExitCode.USAGE
    assert "\x1b" not in ran.err and "\u202e" not in ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close otherwise there")
def test_a_reader_that_goes_away_is_no_error(workspace: Path) -> None:
    """archivist … | head -1"""
    command = [sys.executable, "-m", "archivist", "-w", str(workspace), "register", "list", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None and child.stderr is not None
        child.stdout.close()
        told = child.stderr.read()
        code = child.wait()

    assert (code, told) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ there")
def test_ctrl_c_ends_with_130_and_one_line(bare: Path, tmp_path: Path) -> None:
    """An ingest that waits for a file to be completely copied is interrupted: no traceback, the file still there."""
    folder = tmp_path / "w"
    shutil.copytree(bare, folder)
    (folder / "archivist.toml").write_text("[intake]\nsettle_seconds = 600\n", "utf-8")
    dropped = folder / "archive_store" / "收件箱" / "纪要.txt"
    dropped.write_text("还在复制", "utf-8")
    command = [sys.executable, "-m", "archivist", "-w", str(folder), "ingest"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stderr is not None
        while child.poll() is None and not list((folder / "archive_store" / ".archivist").glob("*.json")):
            time.sleep(0.02)  # until it says that it holds the store
        child.send_signal(signal.SIGINT)
        told = child.stderr.read().decode("utf-8")
        code = child.wait()

    assert code == ExitCode.INTERRUPTED
    assert "已中断" in told and "Traceback" not in told
    assert dropped.read_text("utf-8") == "还在复制"


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ there")
def test_ctrl_c_at_a_moment_when_python_throws_it_away_still_ends_the_pass() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Interrupts() as interrupts:
        assert interrupts.asked() is False
        try:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(5)
        except KeyboardInterrupt:  # as a callback of the importer does
            pass
        with pytest.raises(KeyboardInterrupt):
            interrupts.asked()

    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize(
    "command", [["missing"], ["documents"], ["review"], ["--help"], ["mising"]], ids=" ".join
)
@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252"])
def test_a_console_that_cannot_show_everything_does_not_crash(
    command: list[str], encoding: str, workspace: Path
) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "archivist", "-w", str(workspace), *command],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )

    assert ran.returncode == (2 if command == ["mising"] else 0)
    assert b"Error" not in ran.stderr
    if encoding == "gbk":
        assert re.search("[\u4e00-\u9fff]", (ran.stdout + ran.stderr).decode("gbk"))
        assert b"?" not in ran.stdout


def test_the_exit_codes_are_the_published_ones() -> None:
    assert {code.name: code.value for code in ExitCode} == {
        "OK": 0,
        "FINDINGS": 1,
        "USAGE": 2,
        "SETTINGS": 3,
        "BAD_INPUT": 4,
        "MISSING_PROGRAM": 5,
        "FIXITY": 6,
        "STORE": 7,
        "PARTIAL": 8,
        "OTHER": 15,
        "INTERRUPTED": 130,
    }


def test_a_share_that_breaks_off_under_a_command_is_told_as_one(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise OSError(errno.ENOTCONN, "Transport endpoint is not connected")

    monkeypatch.setattr("archivist.workspace.opened.Workspace.locked", broken)
    code = run(["-w", str(workspace), "reject", "D00001", "--reason", "不要这份材料"])

    assert code == ExitCode.STORE
    told = capsys.readouterr().err
    assert "共享盘断开了" in told
    assert "Transport" not in told


@pytest.mark.parametrize(("arguments", "said"), [([], False), (["--debug"], True)])
def test_what_a_library_warns_of_is_on_the_screen_only_for_who_looks_for_a_fault(
    arguments: list[str], said: bool
) -> None:
    program = (
        "import sys, warnings; from archivist.cli import run; run([*sys.argv[1:], '--version']); "
        "warnings.warn('Data Validation extension is not supported')"
    )
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, check=True)
    assert (b"Data Validation" in done.stderr) is said
