"""Decisions and newcomers while files are being read: nobody waits for reading, nothing is lost or doubled by it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archivist.errors import StoreError
from archivist.ingest.pipeline import Pipeline
from archivist.ingest.watch import Stopper, keep_watch
from archivist.system.locks import Busy
from archivist.workspace.opened import Workspace, open_workspace
from support import workspaces as w
from support.watching import LONG, until


@pytest.fixture
def opened(tmp_path: Path) -> Workspace:
    return w.workspace(tmp_path / "w", "[watch]\nrescan_seconds = 0.5\n")


class Slow(w.TextReader):
    """Is at work on every file whose name says so until it may go on."""

    def __init__(self) -> None:
        super().__init__(self._wait)
        self.reading, self.go_on = threading.Event(), threading.Event()

    def _wait(self, name: str) -> None:
        if "慢" in name:
            self.reading.set()
            self.go_on.wait(LONG)


@contextmanager
def reading(opened: Workspace) -> Iterator[Slow]:
    """A watcher that is reading one file and does not come to an end with it."""
    reader, stopper, troubles = Slow(), Stopper(), list[str]()
    job = threading.Thread(
        target=keep_watch,
        args=(opened, stopper, lambda batch: None, troubles.append),
        kwargs={"reader": reader},
        daemon=True,
    )
    job.start()
    try:
        assert reader.reading.wait(LONG)
        yield reader
    finally:
        stopper.stop()
        reader.go_on.set()
        job.join(LONG)
    assert troubles == []


def archivist(opened: Workspace, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "archivist", "-w", str(opened.config.workspace), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONG)


def waiting_document(opened: Workspace) -> str:
    w.pdf(opened.config.inbox / "不明.pdf", "一封没有写清楚是哪个项目的来信")
    w.ingest(opened)
    (row,) = w.documents(opened)
    assert row["status"] == "review"
    return str(row["id"])


def test_decisions_are_made_while_a_file_is_being_read(opened: Workspace) -> None:
    document = waiting_document(opened)
    w.pdf(opened.config.inbox / "慢.pdf", w.minutes(w.LEMON))
    with reading(opened) as reader:
        for words in (
            ("assign", document, "--project", w.SHEEP.code, "--item", "4"),
            ("date", document, "2024-05-06"),
            ("original", document, "复印件"),
            ("undo", document),
        ):
            done = archivist(opened, *words)
            assert (done.returncode, done.stderr) == (0, ""), done
        assert not reader.go_on.is_set()
        reader.go_on.set()
        until(lambda: len(w.documents(opened)) == 2)
    assert w.disagreements(opened) == []


def test_what_was_decided_meanwhile_is_known_when_the_file_is_filed(opened: Workspace) -> None:
    new = w.project(w.SHEEP)
    w.import_projects(opened, [new])
    w.pdf(opened.config.inbox / "慢.pdf", w.minutes(w.LEMON).replace(w.LEMON.code, "CS-2031-0001"))
    with reading(opened) as reader:
        w.import_projects(opened, [w.LEMON])
        reader.go_on.set()
        until(lambda: w.documents(opened))
    assert w.disagreements(opened) == []


def test_a_paper_of_a_project_renumbered_while_it_was_read_is_filed_under_the_new_number(
    opened: Workspace,
) -> None:
    w.pdf(w.item_folder(opened, w.SHEEP, 4) / "慢.pdf", w.record(w.SHEEP))
    with reading(opened) as reader:
        done = archivist(opened, "register", "renumber", w.SHEEP.code, "CS-2031-0007")
        assert done.returncode == 0, done.stderr
        reader.go_on.set()
        until(lambda: w.documents(opened))
    (row,) = w.documents(opened)
    assert (row["status"], row["project"], row["item"]) == ("filed", "CS-2031-0007", 4)
    w.ingest(opened)
    assert len(w.documents(opened)) == 1
    assert w.disagreements(opened) == []


def test_a_newcomers_file_is_filed_while_an_earlier_one_is_still_read(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "慢.pdf", w.minutes(w.LEMON))
    with reading(opened) as reader:
        w.pdf(opened.config.inbox / "急件.pdf", w.minutes(w.SHEEP))
        until(lambda: [row["source"] for row in w.documents(opened)] == ["急件.pdf"])
        assert not reader.go_on.is_set()
        reader.go_on.set()
        until(lambda: len(w.documents(opened)) == 2)
        assert reader.read.count("慢.pdf") == 1
    assert w.disagreements(opened) == []


def test_a_file_that_another_pass_files_meanwhile_is_filed_once(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "慢.pdf", w.minutes(w.LEMON))
    with reading(opened) as reader:
        until(lambda: _ingested(opened))
        assert len(w.documents(opened)) == 1
        reader.go_on.set()
        w.pdf(opened.config.inbox / "后来.pdf", w.minutes(w.SHEEP))
        until(lambda: len(w.documents(opened)) == 2)
    assert w.disagreements(opened) == []


def _ingested(opened: Workspace) -> bool:
    other = open_workspace(opened.config.workspace, "乙")
    try:
        with (
            other.intake("ingest", 5),
            other.writing("ingest", 5) as index,
            Pipeline(other, index, reader=w.TextReader()) as line,
        ):
            line.run()
    except Busy:
        return False
    return True


def test_members_of_an_archive_are_taken_out_beside_decisions_and_filed_once(opened: Workspace) -> None:
    inner = w.pdf(opened.config.workspace / "a.pdf", w.minutes(w.SHEEP)).read_bytes()
    w.zipped(opened.config.inbox / "一包.zip", {"甲/慢.pdf": inner})
    with reading(opened) as reader:
        assert archivist(opened, "verify").returncode == 0
        reader.go_on.set()
        until(lambda: w.documents(opened))
    assert [row["status"] for row in w.documents(opened)] == ["filed"]
    assert w.disagreements(opened) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked copy of this process")
def test_a_pass_killed_while_it_stood_aside_holds_nothing_and_the_next_one_files_the_file_once(
    opened: Workspace,
) -> None:
    w.pdf(opened.config.inbox / "慢.pdf", w.minutes(w.LEMON))
    child = os.fork()
    if child == 0:
        try:
            reader = w.TextReader(lambda name: os.kill(os.getpid(), signal.SIGKILL))
            with opened.intake("ingest", 5):
                w.ingest(opened, reader)
        except BaseException as error:
            print("child:", repr(error), file=sys.stderr)
        finally:
            os._exit(3)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    document = archivist(opened, "register", "list")
    assert document.returncode == 0
    w.ingest(opened)
    assert [row["source"] for row in w.documents(opened)] == ["慢.pdf"]
    assert w.disagreements(opened) == []


def test_who_needs_the_archive_at_rest_waits_for_the_pass_and_decisions_do_not(opened: Workspace) -> None:
    document = waiting_document(opened)
    other = open_workspace(opened.config.workspace, "乙")
    with opened.intake("ingest"):
        with pytest.raises(Busy, match=r"正在处理收到的文件：.*archivist ingest"), other.at_rest("verify", 0):
            pass
        with other.writing("assign", 0) as index:
            assert index.documents.find(document) is not None
    with other.at_rest("verify", 0):
        pass


def test_a_pass_that_cannot_go_on_because_somebody_writes_for_long_ends_when_asked_to(
    opened: Workspace,
) -> None:
    other = open_workspace(opened.config.workspace, "乙")
    with opened.locked("ingest"):
        with pytest.raises(StoreError, match="正在使用中"), opened.aside(lambda: True):
            kept = other.locked("backup", 0)
            kept.__enter__()
        kept.__exit__(None, None, None)
    with other.locked("assign"):
        pass
