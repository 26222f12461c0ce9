"""``archivist status`` tells the truth about watcher, queue, failures, disk and archive, and writes nothing."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from archivist.core.page import Extract
from archivist.errors import StoreError
from archivist.extract.failures import SCRATCH_FULL
from archivist.index.reader import open_reader
from archivist.ingest.pipeline import Pipeline
from archivist.questions.status import look
from archivist.workspace.opened import Workspace
from archivist.workspace.resources import data_folder
from support import workspaces as w
from support.cli_running import Run, run_archivist

SCHEMA = Draft202012Validator(
    json.loads((data_folder("schemas") / "output" / "status.schema.json").read_text("utf-8"))
)


@pytest.fixture
def archivist() -> Run:
    """Runs the command as a user does, in a process of its own."""
    return run_archivist


@pytest.fixture
def opened(tmp_path: Path) -> Workspace:
    return w.workspace(tmp_path / "w")


def status(archivist: Run, opened: Workspace, *more: str) -> tuple[int, dict[str, Any]]:
    ran = archivist("-w", str(opened.config.workspace), "status", "--json", *more)
    assert ran.err == ""
    found = json.loads(ran.out)
    assert [error.message for error in SCHEMA.iter_errors(found)] == []
    return ran.code, found


def words(archivist: Run, opened: Workspace) -> str:
    return archivist("-w", str(opened.config.workspace), "status").text


def codes(found: dict[str, Any]) -> set[str]:
    return {problem["code"] for problem in found["problems"]}


def hold(opened: Workspace, pid: int, host: str = socket.gethostname(), minutes: int = 0) -> None:
    since = (datetime.now().astimezone() - timedelta(minutes=minutes)).isoformat(timespec="seconds")
    told = {"command": "watch", "pid": pid, "host": host, "user": "值守员", "since": since}
    (opened.store.private / "watch-lock.json").write_text(json.dumps(told, ensure_ascii=False), "utf-8")


def test_a_quiet_workspace_has_only_no_watcher(opened: Workspace, archivist: Run) -> None:
    w.pdf(opened.config.inbox / "a.pdf", w.minutes(w.SHEEP))
    w.ingest(opened)
    code, found = status(archivist, opened)
    assert (code, found["watcher"], found["altered"], found["failures"]) == (0, None, [], [])
    assert codes(found) == {"no-watcher"}
    assert found["queue"] == {"inbox": 0, "settling": 0, "unfinished": 0, "oldest": None}
    assert found["disk"]["free_mb"] > 0
    assert found["index"] == {"problem": None, "documents": 1, "events": found["index"]["events"]}
    assert "没有运行" in words(archivist, opened)


def test_what_waits_is_counted_with_the_oldest(opened: Workspace, archivist: Run) -> None:
    for name in ("乙.pdf", "甲.pdf"):
        w.pdf(opened.config.inbox / "子" / name, w.minutes(w.SHEEP))
    w.pdf(opened.config.inbox / "拿不准.pdf", w.UNSURE)
    w.ingest(opened)
    for name in ("新的.pdf", "旧的.pdf"):
        w.pdf(opened.config.inbox / name, w.minutes(w.LEMON))
    code, found = status(archivist, opened)
    assert (code, found["queue"]["inbox"]) == (0, 2)
    assert found["queue"]["oldest"]["name"] in {"新的.pdf", "旧的.pdf"}
    assert (found["review"]["count"], found["review"]["oldest"]["source"]) == (1, "拿不准.pdf")


def test_nothing_is_written_by_looking(opened: Workspace, archivist: Run) -> None:
    w.pdf(opened.config.inbox / "a.pdf", w.minutes(w.SHEEP))
    before = {path: path.stat().st_mtime_ns for path in opened.config.workspace.rglob("*")}
    status(archivist, opened)
    after = {path: path.stat().st_mtime_ns for path in opened.config.workspace.rglob("*")}
    assert {path for path in before.keys() ^ after.keys() if "index.db-" not in path.name} == set()
    assert all(
        after[path] == before[path] for path in before if path.is_file() and "index.db-" not in path.name
    )


def test_a_running_watcher_is_named_and_a_dead_one_is_not(opened: Workspace, archivist: Run) -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    w.ingest(opened)
    hold(opened, process.pid)
    _, found = status(archivist, opened)
    assert (found["watcher"]["pid"], found["watcher"]["alive"]) == (process.pid, True)
    assert codes(found) == set()
    assert status(archivist, opened, "--fail-on", "warning")[0] == 0
    assert f"进程号 {process.pid}" in words(archivist, opened)
    process.communicate(b"\n")
    _, found = status(archivist, opened, "--fail-on", "error")
    assert (found["watcher"], codes(found)) == (None, {"no-watcher"})
    assert status(archivist, opened, "--fail-on", "warning")[0] == 1


def test_a_watcher_on_another_computer_cannot_be_checked_and_is_said_so(
    opened: Workspace, archivist: Run
) -> None:
    hold(opened, 1, "镇街-电脑-07")
    _, found = status(archivist, opened)
    assert (found["watcher"]["host"], found["watcher"]["alive"]) == ("镇街-电脑-07", None)
    assert "不能核实" in words(archivist, opened)


def test_a_watcher_without_a_sign_of_life_is_a_severe_problem(opened: Workspace, archivist: Run) -> None:
    w.ingest(opened)
    hold(opened, 1, "镇街-电脑-07", minutes=60)
    old = (datetime.now() - timedelta(minutes=40)).timestamp()  # noqa: DTZ005
    os.utime(opened.store.private / "last-pass.json", (old, old))
    code, found = status(archivist, opened, "--fail-on", "error")
    assert (code, codes(found)) == (1, {"silent"})
    assert "40 分钟没有动静" in words(archivist, opened)


def test_a_failed_file_is_shown_with_its_attempts_reason_and_next_try(
    opened: Workspace, archivist: Run
) -> None:
    def trouble(name: str) -> None:
        raise ZeroDivisionError("odd")

    w.pdf(opened.config.inbox / "怪的.pdf", w.minutes(w.SHEEP))
    for _ in range(2):
        w.ingest(opened, w.TextReader(trouble))
    _, found = status(archivist, opened)
    (failure,) = found["failures"]
    assert (failure["source"], failure["attempts"]) == ("怪的.pdf", 2)
    assert "ZeroDivisionError" in failure["error"]
    assert datetime.fromisoformat(failure["next"]) > datetime.fromisoformat(failure["at"])
    assert "已试 2 次" in words(archivist, opened)
    w.ingest(opened)
    assert status(archivist, opened)[1]["failures"] == []


def test_a_deleted_original_fails_the_monitoring(opened: Workspace, archivist: Run) -> None:
    w.pdf(opened.config.inbox / "a.pdf", w.minutes(w.SHEEP))
    w.ingest(opened)
    opened.store.path(w.documents(opened)[0]["path"]).unlink()
    w.ingest(opened)
    code, found = status(archivist, opened, "--fail-on", "error")
    assert code == 1
    assert [(row["document"], row["state"]) for row in found["altered"]] == [("D00001", "gone")]
    assert "archivist repair D00001" in words(archivist, opened)
    missing = archivist("-w", str(opened.config.workspace), "missing", "--json")
    (sheep,) = [row for row in map(json.loads, missing.out.splitlines()) if row["project"] == w.SHEEP.code]
    assert (sheep["unqualified"], 5 in sheep["missing"], sheep["complete"]) == ([5], False, False)
    assert "不 不合格" in archivist("-w", str(opened.config.workspace), "missing").text


def test_a_full_disk_is_told_by_the_limit_of_the_settings(tmp_path: Path, archivist: Run) -> None:
    opened = w.workspace(tmp_path / "w", "[status]\nmin_free_mb = 10000000\n")
    code, found = status(archivist, opened, "--fail-on", "error")
    assert (code, "disk" in codes(found)) == (1, True)


@pytest.mark.parametrize("harm", ["away", "damaged"])
def test_an_index_that_cannot_be_read_is_told_and_the_rest_still_shown(
    opened: Workspace, archivist: Run, harm: str
) -> None:
    if harm == "away":
        opened.index_path.unlink()
    else:
        opened.index_path.write_bytes(b"x" * 5000)
    (opened.config.inbox / "a.pdf").write_bytes(b"x")
    code, found = status(archivist, opened, "--fail-on", "error")
    assert (code, "index" in codes(found), found["queue"]["inbox"]) == (1, True, 1)


def test_an_index_of_an_earlier_edition_is_read(opened: Workspace, archivist: Run) -> None:
    with w.tables_open(opened) as index:
        for table in ("standing", "attempts", "troubles"):
            index.db.execute(f"DROP TABLE {table}")
    assert codes(status(archivist, opened)[1]) == {"no-watcher"}
    assert archivist("-w", str(opened.config.workspace), "missing").code == 0


def test_a_pass_that_was_refused_is_shown_with_its_reason(opened: Workspace, archivist: Run) -> None:
    class Full(w.TextReader):
        def extract(self, path: Path, name: str) -> Extract:
            return Extract("pdf", failure=f"“{name}”：{SCRATCH_FULL}")

    w.pdf(opened.config.inbox / "a.pdf", w.minutes(w.SHEEP))
    with pytest.raises(StoreError):
        w.ingest(opened, Full())
    _, found = status(archivist, opened)
    assert "磁盘空间不足" in found["last_pass"]["error"]
    assert codes(found) == {"no-watcher", "last-pass"}
    w.ingest(opened)
    assert codes(status(archivist, opened)[1]) == {"no-watcher"}


def test_status_answers_while_another_process_writes(opened: Workspace, archivist: Run) -> None:
    with opened.writing("ingest", wait=10) as index, Pipeline(opened, index, reader=w.TextReader()):
        _, found = status(archivist, opened)
    assert found["writer"]["command"] == "ingest"
    with open_reader(opened.index_path) as reader:
        assert reader.execute("SELECT 1").fetchone() is not None


def test_what_the_index_told_before_it_failed_is_still_told(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "a.pdf", w.minutes(w.SHEEP))
    w.ingest(opened)
    with w.tables_open(opened) as index:
        index.db.execute("ALTER TABLE attempts RENAME COLUMN next TO later")
    health = look(opened.config)

    assert (health.known.documents, health.known.failures) == (1, ())
    assert "archivist ingest" in health.known.problem
    assert "index" in {problem.code for problem in health.problems}


def test_projects_are_summed_up_as_the_list_does(opened: Workspace, archivist: Run) -> None:
    _, found = status(archivist, opened)
    _, told = archivist("-w", str(opened.config.workspace), "missing").out.decode().split("共 ")

    assert found["projects"]["count"] == int(told.split()[0]) > 0
    assert f"材料齐全 {found['projects']['complete']} 个，缺件 {found['projects']['missing']} 个" in told


def test_what_would_take_long_to_sum_up_is_left_out(
    opened: Workspace, archivist: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archivist.index.states._AT_ONCE", 0)
    with w.tables_open(opened) as index:
        index.db.execute("DELETE FROM states_made")
        index.db.conn.commit()

    assert not look(opened.config).known.sums
