"""Signs of life: who holds a lock and how the last pass ended, believed only as far as they can be."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from archivist.system.clock import now
from archivist.system.liveness import LAST_PASS, LastPass, holder, last_pass, this_host

ME = {"command": "watch", "pid": os.getpid(), "host": this_host(), "user": "李某", "since": now()}


def noted(folder: Path, told: object) -> Path:
    path = folder / "lock.json"
    path.write_text(told if isinstance(told, str) else json.dumps(told), "utf-8")
    return path


def test_a_running_holder_is_named(tmp_path: Path) -> None:
    found = holder(noted(tmp_path, ME))

    assert found is not None
    assert (found.command, found.pid, found.user, found.alive) == ("watch", os.getpid(), "李某", True)


def test_of_another_computers_holder_nobody_here_can_tell(tmp_path: Path) -> None:
    found = holder(noted(tmp_path, {**ME, "host": "另一台"}))

    assert found is not None
    assert found.alive is None


def test_a_holder_that_ended_holds_nothing(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        pass

    assert holder(noted(tmp_path, {**ME, "pid": process.pid})) is None
    assert holder(noted(tmp_path, {**ME, "pid": 0})) is None


def test_a_process_the_system_tells_nothing_of_is_alive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(process: psutil.Process) -> str:
        raise psutil.AccessDenied(process.pid)

    monkeypatch.setattr(psutil.Process, "status", refused)
    found = holder(noted(tmp_path, {**ME, "pid": 1}))

    assert found is not None
    assert found.alive is True


@pytest.mark.parametrize("told", ["", "{", "[1]", "[" * 100_000, {}, {**ME, "pid": "9"}, {**ME, "host": 1}])
def test_a_note_that_is_none_names_nobody(tmp_path: Path, told: object) -> None:
    assert holder(noted(tmp_path, told)) is None
    assert holder(tmp_path / "none") is None


def test_the_last_pass_is_told_as_it_was_noted(tmp_path: Path) -> None:
    ended = {"at": "2025-01-01T09:00:00+08:00", "pid": 7, "settling": 2, "error": "盘满了", "next": "10:00"}
    assert last_pass(tmp_path) is None
    (tmp_path / LAST_PASS).write_text(json.dumps(ended), "utf-8")

    assert last_pass(tmp_path) == LastPass("2025-01-01T09:00:00+08:00", 7, 2, "盘满了", "10:00")
