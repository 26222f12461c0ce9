"""Watching: nothing missed whatever events are lost, others get in between, a clean end."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

import pytest

from archivist.core.project import Project
from archivist.errors import StoreError
from archivist.ingest.batch import Batch
from archivist.ingest.pipeline import Pipeline
from archivist.ingest.watch import Stopper, hints_of, keep_watch
from archivist.system.locks import Busy
from archivist.system.notifications import start_observer
from archivist.workspace.opened import Workspace, open_workspace
from support import workspaces as w
from support.watching import LONG, until, watcher


@pytest.fixture
def opened(tmp_path: Path) -> Workspace:
    return w.workspace(tmp_path / "w", "[watch]\nrescan_seconds = 0.5\n")


def filed(opened: Workspace) -> int:
    return sum(row["status"] == "filed" for row in w.documents(opened))


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_what_arrived_while_off_is_found_and_a_signal_ends_cleanly(opened: Workspace, number: int) -> None:
    w.pdf(opened.config.inbox / "a.pdf", w.minutes(w.SHEEP))
    with watcher(opened) as process:
        until(lambda: filed(opened) == 1)
        w.pdf(opened.config.inbox / "b.pdf", w.minutes(w.SHEEP, 2))
        until(lambda: filed(opened) == 2)
        process.send_signal(number)
        output, _ = process.communicate(timeout=LONG)
    assert output.endswith("ended\n")
    assert process.returncode == 0
    assert not (opened.store.private / "watch-lock.json").exists()
    assert w.disagreements(opened) == []


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_an_end_is_not_waited_for_while_a_file_is_being_read(opened: Workspace) -> None:
    reading, release = threading.Event(), threading.Event()

    def slow(name: str) -> None:
        reading.set()
        release.wait(LONG)

    w.pdf(opened.config.inbox / "a.pdf", w.minutes(w.SHEEP))
    stopper = Stopper()
    job = threading.Thread(
        target=keep_watch,
        args=(opened, stopper, lambda batch: None, lambda words: None),
        daemon=True,
        kwargs={"reader": w.TextReader(slow)},
    )
    job.start()
    assert reading.wait(LONG)
    stopper.stop()
    job.join(LONG)
    assert not job.is_alive()
    release.set()
    assert w.documents(opened) == []
    w.ingest(opened)
    assert filed(opened) == 1
    assert w.disagreements(opened) == []


def test_the_command_ends_with_success_on_a_signal(opened: Workspace) -> None:
    if sys.platform == "win32":
        pytest.skip("POSIX signals")
    command = [sys.executable, "-m", "archivist", "-w", str(opened.config.workspace), "watch"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        assert "开始值守" in process.stderr.readline()
        process.terminate()
        _, words = process.communicate(timeout=LONG)
    finally:
        process.kill()
    assert process.returncode == 0
    assert "已停止值守" in words


def test_a_burst_from_four_writers_is_taken_whole(opened: Workspace) -> None:
    per_writer = 250
    wanted = per_writer * 4

    def write(writer: int) -> None:
        for number in range(per_writer):
            name = f"{writer}/{number % 7}/{number}.txt" if writer % 2 else f"{writer}-{number}.txt"
            path = opened.config.inbox / name
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part")
            part.write_text(f"{writer} {number}", "utf-8")
            part.rename(path)

    with watcher(opened) as process:
        writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
        for thread in writers:
            thread.start()
        for thread in writers:
            thread.join()
        until(lambda: len(w.rows(opened, "SELECT 1 FROM sources WHERE state = 'done'")) == wanted)
        process.terminate()
        process.communicate(timeout=LONG)
    assert len({row["sha256"] for row in w.documents(opened)}) == len(w.documents(opened)) == wanted
    assert w.files(opened.config.inbox) == {}
    assert w.disagreements(opened) == []


def test_a_second_watcher_is_refused_and_told_who_watches(opened: Workspace) -> None:
    with watcher(opened) as process:
        other = open_workspace(opened.config.workspace, "乙", "watch")
        with pytest.raises(Busy) as told:
            keep_watch(other, Stopper(), lambda batch: None, lambda words: None, reader=w.TextReader())
    assert "已经有一个值守程序在运行" in told.value.message
    assert f"进程号 {process.pid}" in told.value.message


def test_imports_and_decisions_get_in_between_passes_and_are_seen(opened: Workspace) -> None:
    new = Project("CS-2021-0009", "万古镇新石村花椒烘干房", "万古镇", "新石村", year="2021")
    w.pdf(opened.config.inbox / "a.pdf", w.minutes(new))
    with watcher(opened) as process:
        until(lambda: [row["status"] for row in w.documents(opened)] == ["review"])
        w.import_projects(opened, [new])
        w.pdf(opened.config.inbox / "b.pdf", w.minutes(new, 2))
        until(lambda: filed(opened) == 1)
        with opened.writing("assign") as index, Pipeline(opened, index, reader=w.TextReader()) as line:
            row = index.documents.find("D00001")
            assert row is not None
            line.desk.deciding.assign(row, new.code, 5, "确认")
            line.desk.refresh_pages()
        w.pdf(opened.config.inbox / "c.pdf", w.minutes(new, 3))
        until(lambda: filed(opened) == 3 and not w.disagreements(opened))
        process.terminate()
        process.communicate(timeout=LONG)
    assert w.disagreements(opened) == []


def run_watch(
    opened: Workspace, enough: Callable[[list[str]], object], reader: w.TextReader | None = None
) -> list[str]:
    """Watch in this thread until ``enough`` of what was told; return it."""
    told: list[str] = []
    stopper = Stopper()

    def hear(words: str) -> None:
        told.append(words)
        if enough(told):
            stopper.stop()

    def hear_batch(batch: Batch) -> None:
        for row in batch.documents:
            hear(row.status.value)
        for problem in batch.problems:
            hear(problem)

    timer = threading.Timer(LONG, stopper.stop)
    timer.start()
    keep_watch(opened, stopper, hear_batch, hear, reader=reader or w.TextReader())
    timer.cancel()
    return told


def test_without_the_systems_notifications_it_looks_by_itself_and_says_so(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "a.pdf", w.minutes(w.SHEEP))

    def refuse(*_: object) -> None:
        raise OSError("inotify watch limit reached")

    with patch("archivist.system.notifications.start_observer", refuse):
        told = run_watch(opened, lambda told: "filed" in told)
    assert "改为每 0.5 秒查看一次" in told[0]
    assert told[-1] == "filed"


def test_a_store_that_refuses_is_told_and_tried_again(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archivist.ingest.watch._FIRST_BACK_OFF", 0.2)
    w.pdf(opened.config.inbox / "a.pdf", w.minutes(w.SHEEP))
    real, refusals = Pipeline.run, iter([StoreError("磁盘空间不足。"), OSError(5, "I/O"), ValueError("bug")])

    def run(*args: object, **kwargs: object) -> Batch:
        for refusal in refusals:
            raise refusal
        return real(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Pipeline, "run", run)
    told = run_watch(opened, lambda told: "filed" in told)
    assert ["磁盘空间不足" in told[0], "读写出错" in told[1], "ValueError" in told[2], told[3]] == [
        True
    ] * 3 + ["filed"]
    assert all("自动重试" in words for words in told[:3])


def test_a_problem_that_stands_is_told_once(opened: Workspace) -> None:
    (opened.config.projects / "放错地方").mkdir()
    (opened.config.projects / "放错地方" / "a.pdf").write_bytes(b"x")
    reader = w.TextReader()
    passes: list[Batch] = []
    real = Pipeline.run

    def run(*args: object, **kwargs: object) -> Batch:
        passes.append(real(*args, **kwargs))  # type: ignore[arg-type]
        if len(passes) == 3:
            w.pdf(opened.config.inbox / "a.pdf", w.minutes(w.SHEEP))
        return passes[-1]

    with patch.object(Pipeline, "run", run):
        told = run_watch(opened, lambda told: "filed" in told, reader)
    assert len(passes) > 3
    assert [("放错地方" in words) for words in told] == [True, False]


def test_the_observer_hints_at_a_closed_a_renamed_and_a_moved_in_file(
    opened: Workspace, tmp_path: Path
) -> None:
    stopper = Stopper()
    outside = tmp_path / "folder"
    outside.mkdir()
    (outside / "a.pdf").write_bytes(b"x")
    acts: list[Callable[[], object]] = [
        lambda: (opened.config.inbox / "a.pdf.part").write_bytes(b"x"),
        lambda: (opened.config.inbox / "a.pdf.part").rename(opened.config.inbox / "a.pdf"),
        lambda: outside.replace(opened.config.inbox / "folder"),
        lambda: (w.item_folder(opened, w.SHEEP, 4) / "b.pdf").write_bytes(b"x"),
    ]
    observer = start_observer([opened.config.inbox, opened.config.projects], stopper.hint)
    try:
        for act in acts:
            time.sleep(0.3)
            stopper._wake.clear()
            act()
            assert stopper._wake.wait(LONG)
    finally:
        observer.stop()
        observer.join()


def test_a_hint_and_an_end_wake_the_sleeper() -> None:
    stopper = Stopper()
    threading.Timer(0.05, stopper.hint).start()
    stopper.wait(LONG * 10)
    stopper.stop()
    stopper.wait(LONG * 10)
    assert stopper.stopped()


# -- every file, whatever the writer and the folder do ---------------------------------------------------------------

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="leases, inotify and /proc")


@linux
def test_a_scanner_that_pauses_with_the_file_open_is_waited_for(opened: Workspace) -> None:
    whole = w.pdf(opened.config.workspace / "whole.pdf", w.minutes(w.SHEEP)).read_bytes()
    target = opened.config.inbox / "扫描.pdf"
    with watcher(opened) as process, target.open("wb", buffering=0) as scanner:
        scanner.write(whole[:300])
        w.pdf(opened.config.inbox / "旁边.pdf", w.minutes(w.FISH))
        until(lambda: filed(opened) == 1)
        time.sleep(10 * w.SETTLE)  # far beyond the settling time; nothing is claimed about how long it is
        assert target.exists()
        scanner.write(whole[300:])
        scanner.close()
        until(lambda: filed(opened) == 2)
        process.terminate()
        process.communicate(timeout=LONG)
    assert w.sha256(whole) in {row["sha256"] for row in w.documents(opened)}
    assert len(w.documents(opened)) == 2


@linux
def test_names_that_differ_in_case_or_form_only_are_files_of_their_own(opened: Workspace) -> None:
    names = ["会议.pdf", "会议.PDF", "\u00e9.pdf", "e\u0301.pdf", "甲/会议.pdf", "乙/会议.pdf"]
    with watcher(opened) as process:
        for number, name in enumerate(names):
            part = w.pdf(opened.config.inbox / f"{name}.part", w.minutes(w.SHEEP, number + 1))
            part.rename(opened.config.inbox / name)
        moved = w.pdf(opened.config.inbox / "改名.pdf", w.minutes(w.FISH, 20))
        with suppress(OSError):  # it may have been taken already
            moved.rename(opened.config.inbox / "改名.PDF")
        until(lambda: filed(opened) == len(names) + 1)
        process.terminate()
        process.communicate(timeout=LONG)
    assert w.disagreements(opened) == []


@linux
def test_a_folder_moved_in_is_taken_whole(opened: Workspace, tmp_path: Path) -> None:
    wanted = 300
    outside = tmp_path / "报送"
    for number in range(wanted):
        path = outside / str(number % 9) / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(number))
    with watcher(opened) as process:
        outside.rename(opened.config.inbox / "报送")
        until(lambda: len(w.rows(opened, "SELECT 1 FROM sources WHERE state = 'done'")) == wanted)
        process.terminate()
        process.communicate(timeout=LONG)
    assert len({row["sha256"] for row in w.documents(opened)}) == wanted


@linux
def test_a_store_that_disappears_and_comes_back_is_watched_again(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "archivist.ingest.watch._FIRST_BACK_OFF", 60.0
    )  # it is not waited out: coming back ends it
    root, away = opened.config.store_root, opened.config.workspace / "away"
    told: list[str] = []
    stopper = Stopper()
    tell: Callable[[Batch], None] = lambda batch: told.extend(row.status.value for row in batch.documents)  # noqa: E731
    job = threading.Thread(
        target=keep_watch, args=(opened, stopper, tell, told.append), kwargs={"reader": w.TextReader()}
    )
    job.start()
    try:
        w.pdf(opened.config.inbox / "a.pdf", w.minutes(w.SHEEP))
        until(lambda: told.count("filed") == 1)
        root.rename(away)
        until(lambda: any("不见了" in words for words in told))
        away.rename(root)
        w.pdf(opened.config.inbox / "b.pdf", w.minutes(w.SHEEP, 2))
        until(lambda: told.count("filed") == 2)
    finally:
        stopper.stop()
        job.join(LONG)
    assert not job.is_alive()
    assert w.disagreements(opened) == []


@linux
def test_a_folder_replaced_by_another_is_observed_anew(opened: Workspace) -> None:
    heard = threading.Event()
    hints = hints_of(opened.config, heard.set, lambda words: None)
    assert hints.renew()
    try:
        inbox = opened.config.inbox
        inbox.rename(inbox.with_name("旧收件箱"))
        inbox.mkdir()
        heard.clear()
        assert hints.renew()
        assert heard.wait(LONG)  # what came while nobody watched
        heard.clear()
        (inbox / "a.pdf").write_bytes(b"x")
        assert heard.wait(LONG)
    finally:
        hints.close()


@linux
def test_lost_notifications_are_a_hint_and_nothing_for_the_terminal(
    opened: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    import logging

    heard = threading.Event()
    observer = start_observer([opened.config.inbox], heard.set)
    try:
        heard.clear()
        logging.getLogger("watchdog.observers.inotify_c").error("Inotify queue overflowed; events were lost")
        assert heard.is_set()
    finally:
        observer.stop()
        observer.join()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("polling", "wanted"), [("auto", False), ("no", True), ("yes", False)])
def test_the_setting_wins_over_what_the_folder_is(tmp_path: Path, polling: str, wanted: bool) -> None:
    shared = w.workspace(tmp_path / "w", f'[watch]\npolling = "{polling}"\n')
    with patch("archivist.system.notifications.on_network", lambda folder: True):
        assert hints_of(shared.config, lambda: None, lambda words: None).wanted is wanted


def test_listings_grow_rarer_while_nothing_happens_and_return_at_once_after_a_hint(opened: Workspace) -> None:
    pauses: list[float] = []

    class Sleeper(Stopper):
        def wait(self, seconds: float) -> bool:
            pauses.append(seconds)
            if len(pauses) == 9:
                self.stop()
            return len(pauses) == 7

    with patch("archivist.system.notifications.Hints.renew", lambda hints: True):
        keep_watch(opened, Sleeper(), lambda batch: None, lambda words: None, reader=w.TextReader())
    assert pauses == [0.5, 1.0, 2.0, 4.0, 6.0, 6.0, 6.0, 0.5, 1.0]
