"""Locks between processes, and what is no workspace."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archivist.errors import SettingsError, StoreError
from archivist.system.locks import Busy
from archivist.workspace.opened import open_workspace
from support import workspaces as w

_HOLD = """
import sys, time
from pathlib import Path
from archivist.workspace.opened import open_workspace
opened = open_workspace(Path(sys.argv[1]), "甲")
with opened.locked(sys.argv[2]):
    print("held", flush=True)
    time.sleep(float(sys.argv[3]))
"""


@contextmanager
def holder(folder: Path, command: str, seconds: float) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the write lock for ``seconds``; killed at the end if it still does."""
    arguments = [sys.executable, "-c", _HOLD, str(folder), command, str(seconds)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def test_a_folder_that_is_no_workspace_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"不是工作区.*archivist init"):
        open_workspace(tmp_path, None)


def test_a_second_writer_is_told_who_holds_the_store(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    with (
        holder(tmp_path / "w", "ingest", 60) as other,
        pytest.raises(Busy) as told,
        opened.writing("assign", wait=0),
    ):
        pass
    assert "archivist ingest" in told.value.message
    assert f"进程号 {other.pid}" in told.value.message


def test_a_second_writer_waits_for_the_first_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = w.workspace(tmp_path / "w")
    with holder(tmp_path / "w", "watch", 0.5), opened.writing("register import", wait=60) as index:
        assert index.events.head()[0] > 0
    assert "最多等待 60 秒" in capsys.readouterr().err


def test_a_writer_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    with holder(tmp_path / "w", "ingest", 60):
        pass
    with opened.writing("ingest", wait=10):
        pass
    assert not (opened.store.private / "lock.json").exists()


def test_the_lock_may_be_entered_twice_by_its_holder_and_is_free_only_after_the_last(tmp_path: Path) -> None:
    opened, other = w.workspace(tmp_path / "w"), open_workspace(tmp_path / "w", "乙")
    with opened.locked("watch"):
        with opened.locked("watch"):
            pass
        with pytest.raises(Busy), other.locked("ingest"):
            pass
    with other.locked("ingest"):
        pass


def test_a_store_that_is_gone_is_told_and_not_made_anew(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    opened.config.store_root.rename(tmp_path / "unplugged")
    with pytest.raises(StoreError, match="共享盘是否断开"), opened.writing("ingest"):
        pass
    assert not opened.config.store_root.exists()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_store_without_permission_to_write_is_told(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    opened.store.private.chmod(0o500)
    try:
        assert "权限" in w.message_of(lambda: w.ingest(opened))
    finally:
        opened.store.private.chmod(0o700)


def test_names_and_times_of_acts_are_recorded(tmp_path: Path) -> None:
    opened = open_workspace(w.workspace(tmp_path / "w").config.workspace, "何某", "cli")
    w.pdf(opened.config.inbox / "a.pdf", w.minutes(w.SHEEP))
    w.ingest(opened)
    acts = w.rows(opened, "SELECT act, actor, place, at FROM events WHERE act <> 'bookkeeping' ORDER BY seq")
    assert [(act, actor, place) for act, actor, place, _ in acts][1:] == [
        ("received", "何某", "cli"),
        ("identified", "何某", "cli"),
    ]
    assert all(time.strptime(at[:19], "%Y-%m-%dT%H:%M:%S") and at[19] in "+-" for *_, at in acts)
