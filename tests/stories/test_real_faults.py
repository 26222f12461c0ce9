"""Real trouble from below: full and read-only disks, locks, smashed bytes, lost rights, clocks, folders that change.

After each: every byte dropped is kept somewhere, the person was told in Chinese, and the next pass finishes the work.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

import archivist
from archivist.errors import ArchivistError, StoreError
from archivist.ingest.batch import Batch
from archivist.ingest.watch import Stopper, keep_watch
from archivist.store.layout import RECENT
from archivist.workspace.opened import Workspace, open_workspace
from support import workspaces as w

LONG = 120.0
ROOT = sys.platform.startswith("linux") and os.geteuid() == 0
needs_mount = pytest.mark.skipif(not ROOT, reason="only root may mount; CI is root")


def mount(*arguments: object) -> None:
    """Mount for real. As root where mounting is forbidden (some containers) the test is skipped."""
    done = subprocess.run(["mount", *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"may not mount: {done.stderr.strip()}")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of four megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount("-t", "tmpfs", "-o", "size=8m", "tmpfs", folder)
    yield folder
    subprocess.run(["umount", "-l", folder], check=False)


@pytest.fixture
def opened(tmp_path: Path) -> Workspace:
    return w.workspace(tmp_path / "w")


def drop_some(opened: Workspace) -> set[str]:
    """A filed one, a doubtful one, a bad one, one packed, one in a project's folder."""
    inbox = opened.config.inbox
    paths = [
        w.pdf(inbox / "纪要.pdf", w.minutes(w.SHEEP)),
        w.pdf(inbox / "夹" / "拿不准.pdf", w.UNSURE),
        w.pdf(inbox / "坏的.pdf", w.BAD),
        w.zipped(
            inbox / "材料.zip",
            {"m.pdf": w.pdf(inbox / "m", w.minutes(w.LEMON, 4)).read_bytes(), "x.txt": b"x"},
        ),
        w.pdf(w.item_folder(opened, w.FISH, 3) / "合同.pdf", "产业项目合同书\n甲方：村集体\n乙方：某公司\n"),
    ]
    (inbox / "m").unlink()
    return {w.sha256(path.read_bytes()) for path in paths}


def assert_finished(opened: Workspace, dropped: set[str]) -> None:
    """Everything dropped was taken in exactly once, and folders, index and events agree."""
    assert dropped <= w.everywhere(opened)
    sources = [row[0] for row in w.rows(opened, "SELECT sha256 FROM sources WHERE origin <> 'member'")]
    assert sorted(sources) == sorted(dropped)
    assert w.disagreements(opened) == []
    assert w.untold(opened) == []
    assert [path.name for path in opened.config.inbox.rglob("*") if path.is_file()] in ([], [RECENT])


def told_by(act: Callable[[], Batch]) -> str:
    """What a pass said: its refusal, or its problems."""
    try:
        return "；".join(act().problems)
    except ArchivistError as error:
        return error.message


def chinese(words: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in words) and "Traceback" not in words


# -- disks ---------------------------------------------------------------------------------------------------------


@needs_mount
def test_a_disk_that_fills_up_at_any_point_loses_nothing_and_says_so(disk: Path) -> None:
    """The room left decides where it fills up: while copying in, in the database, when placing, in the pages."""
    opened = w.workspace(disk / "w")
    dropped = drop_some(opened)
    begin = disk.parent / "begin"
    shutil.copytree(disk / "w", begin)
    refused = 0
    for room in range(0, 4000, 40):
        shutil.rmtree(disk / "w")
        shutil.copytree(begin, disk / "w")
        ballast = disk / "ballast"
        fill(ballast, room << 10)
        words = told_by(lambda: w.ingest(opened))
        assert words == "" or ("磁盘" in words and chinese(words)), f"{room} KB: {words}"
        assert dropped <= w.everywhere(opened), f"{room} KB"
        refused += bool(words)
        ballast.unlink()
        w.ingest(opened)
        assert_finished(opened, dropped)
        if not words:
            break  # from here on there is room enough
    print(f"\nfilled up {refused} times")
    assert refused > 10


def fill(ballast: Path, room: int) -> None:
    """Fill the disk but for ``room`` bytes."""
    free = shutil.disk_usage(ballast.parent).free
    with ballast.open("wb", buffering=0) as handle:
        handle.write(bytes(max(free - room, 0)))


@needs_mount
def test_a_read_only_store_is_told_and_loses_nothing(disk: Path) -> None:
    opened = w.workspace(disk / "w")
    dropped = drop_some(opened)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    words = told_by(lambda: w.ingest(opened))
    assert "只读" in words or "不能写入" in words
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    assert dropped <= w.everywhere(opened)
    w.ingest(opened)
    assert_finished(opened, dropped)


@needs_mount
def test_a_store_unmounted_in_the_middle_of_a_pass_is_waited_for_and_nothing_is_written_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archivist.ingest.watch._FIRST_BACK_OFF", 0.3)
    monkeypatch.setattr("archivist.ingest.retries._FIRST_REST", 0.3)
    opened = w.workspace(tmp_path / "w", "[watch]\nrescan_seconds = 0.5\n")
    root, disk = opened.config.store_root, tmp_path / "disk"
    root.rename(disk)
    root.mkdir()
    mount("--bind", disk, root)
    dropped = drop_some(opened)
    gone = threading.Event()

    def unmount(name: str) -> None:
        if not gone.is_set():
            subprocess.run(["umount", "-l", root], check=True)
            gone.set()

    told: list[str] = []
    stopper = Stopper()
    job = threading.Thread(
        target=keep_watch,
        args=(opened, stopper, lambda batch: None, told.append),
        kwargs={"reader": w.TextReader(unmount)},
    )
    try:
        job.start()
        until(lambda: any("自动重试" in words for words in told))
        assert [path for path in root.rglob("*") if path.is_file()] == []
        mount("--bind", disk, root)
        until(
            lambda: (
                len(w.rows(opened, "SELECT 1 FROM sources WHERE state = 'done' AND origin <> 'member'")) == 5
            )
        )
    finally:
        stopper.stop()
        job.join(LONG)
        subprocess.run(["umount", "-l", root], check=False)
    assert all(map(chinese, told))
    root.rmdir()
    disk.rename(root)
    w.ingest(opened)
    assert_finished(opened, dropped)


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + LONG
    while True:
        try:
            if condition():
                return
        except StoreError:
            pass  # the store is not there yet
        assert time.monotonic() < end, "did not happen"
        time.sleep(0.05)


# -- the database --------------------------------------------------------------------------------------------------

_HOLD = """
import sqlite3, sys, time
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.readline()
"""


def test_a_database_that_another_program_locks_is_told_and_watch_goes_on_by_itself(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archivist.index.writer.BUSY_SECONDS", 0.2)
    monkeypatch.setattr("archivist.ingest.watch._FIRST_BACK_OFF", 0.3)
    dropped = drop_some(opened)
    told: list[str] = []
    stopper = Stopper()
    job = threading.Thread(
        target=keep_watch,
        args=(opened, stopper, lambda batch: None, told.append),
        kwargs={"reader": w.TextReader(), "started": lambda: told.append("started")},
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(opened.index_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    try:
        holder.stdout.readline()
        assert "占用" in told_by(lambda: w.ingest(opened))
        assert dropped <= w.everywhere(opened)
        holder.stdin.write("\n")
        holder.stdin.flush()
        holder.wait(LONG)
        job.start()
        until(lambda: "started" in told)
        blocker = sqlite3.connect(opened.index_path, isolation_level=None)
        until(lambda: _locked(blocker))
        w.pdf(opened.config.inbox / "更多.pdf", w.minutes(w.FISH, 9))
        until(lambda: any("占用" in words for words in told))
        blocker.execute("ROLLBACK")
        blocker.close()
        until(
            lambda: (
                len(w.rows(opened, "SELECT 1 FROM sources WHERE origin <> 'member' AND state = 'done'")) == 6
            )
        )
    finally:
        holder.kill()
        holder.communicate()
        stopper.stop()
        job.join(LONG)
    w.ingest(opened)
    assert w.disagreements(opened) == []


def _locked(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    return True


def test_a_database_whose_bytes_were_smashed_is_told_and_no_original_is_touched(opened: Workspace) -> None:
    w.ingest(opened)
    dropped = drop_some(opened)
    w.ingest(opened)
    dropped.add(w.sha256(w.pdf(opened.config.inbox / "新.pdf", w.minutes(w.FISH, 7)).read_bytes()))
    whole = opened.index_path.read_bytes()
    for leftover in opened.index_path.parent.glob("index.db-*"):
        leftover.unlink()
    told = 0
    for at in range(0, len(whole), max(4096, len(whole) // 24 // 4096 * 4096)):
        smashed = bytearray(whole)
        smashed[at : at + 2048] = b"\xa5" * len(smashed[at : at + 2048])
        opened.index_path.write_bytes(smashed)
        words = told_by(lambda: w.ingest(opened))
        assert words == "" or chinese(words), f"at {at}: {words}"
        told += "损坏" in words
        assert dropped <= w.everywhere(opened), f"at {at}"
        for leftover in opened.index_path.parent.glob("index.db-*"):
            leftover.unlink()
    opened.index_path.write_bytes(whole)
    print(f"\ntold {told} times")
    assert told > 5


# -- rights --------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not ROOT, reason="takes its own rights away")
def test_files_and_folders_without_rights_are_told_and_the_others_go_on(tmp_path: Path) -> None:
    nobody = 65534
    opened = w.workspace(tmp_path / "w")
    drop_some(opened)
    closed = w.pdf(opened.config.inbox / "没权限.pdf", w.minutes(w.FISH, 8))
    locked = opened.config.inbox / "锁着的夹"
    w.pdf(locked / "x.pdf", w.minutes(w.FISH, 9))
    for path in [opened.config.workspace, *opened.config.workspace.rglob("*")]:
        os.chown(path, nobody, nobody)
    for path, mode in ((closed, 0), (locked, 0o700)):
        os.chown(path, 0, 0)
        path.chmod(mode)
    code = Path(archivist.__file__)
    for folder in (*tmp_path.parents, tmp_path, *code.parents):
        if folder.stat().st_uid == 0 and folder.is_relative_to(Path("/tmp")) and folder != Path("/tmp"):
            folder.chmod(0o755)
    words = as_user(nobody, lambda: told_by(lambda: w.ingest(open_workspace(opened.config.workspace, "乙"))))
    assert "“没权限.pdf”没有读取权限" in words
    assert "“锁着的夹”打不开" in words
    vault = opened.store.vault
    waiting = w.pdf(opened.config.inbox / "等着.pdf", w.minutes(w.LEMON, 7))
    for folder in (vault, *vault.iterdir()):
        folder.chmod(0o555)
    words = as_user(nobody, lambda: told_by(lambda: w.ingest(open_workspace(opened.config.workspace, "乙"))))
    assert "没有写入权限" in words
    assert waiting.exists()
    for folder in (vault, *vault.iterdir()):
        folder.chmod(0o755)
    closed.chmod(0o644)
    w.ingest(opened)
    assert len(w.rows(opened, "SELECT 1 FROM sources WHERE origin <> 'member' AND state = 'done'")) == 8
    assert w.disagreements(opened) == []


def as_user(user: int, act: Callable[[], str]) -> str:
    """What ``act`` says when it runs as another user, in a process of its own."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        words = "child died"
        try:
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
            words = act()
        except BaseException as error:
            words = repr(error)
        finally:
            os.write(into, words.encode())
            os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as stream:
        words = stream.read().decode()
    os.waitpid(child, 0)
    return words


# -- clocks and folders --------------------------------------------------------------------------------------------


def test_a_clock_that_goes_backwards_loses_nothing_and_the_chain_of_events_holds(opened: Workspace) -> None:
    dropped = drop_some(opened)
    future = time.time() + 10 * 365 * 86400
    os.utime(opened.config.inbox / "纪要.pdf", (future, future))
    ticks = iter(range(10**6))
    real = time.time_ns()
    with (
        patch("archivist.store.vault.Store.now", lambda store: real - next(ticks) * 3600 * 10**9),
        patch("archivist.index.sources.now", lambda: f"{2026 - next(ticks) % 50:04d}-01-01T00:00:00+08:00"),
    ):
        for _ in range(3):  # files count as young by such a clock, and are watched instead
            w.ingest(opened)
    w.ingest(opened)
    assert_finished(opened, dropped)


def test_a_file_renamed_in_mid_copy_is_taken_under_its_new_name(opened: Workspace) -> None:
    from archivist.store import drops

    path = w.pdf(opened.config.inbox / "旧名.pdf", w.minutes(w.SHEEP))
    digest = w.sha256(path.read_bytes())
    time.sleep(2 * w.SETTLE)
    real = drops.chunks

    def meddled(reader: object) -> Iterator[bytes]:
        for chunk in real(reader):  # type: ignore[arg-type]
            if path.exists():
                path.rename(path.with_name("新名.pdf"))
            yield chunk

    with patch("archivist.store.vault.chunks", meddled):
        w.ingest(opened, patient=False)
    w.ingest(opened)
    assert [(row["source"], row["sha256"]) for row in w.documents(opened)] == [("新名.pdf", digest)]
    assert w.disagreements(opened) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links")
@pytest.mark.parametrize("kind", ["file", "link", "pipe", "folder", "linked folder"])
def test_a_file_or_folder_swapped_for_something_else_after_it_was_listed_does_no_harm(
    opened: Workspace, tmp_path: Path, kind: str
) -> None:
    """Between the listing and the reading, what was a folder becomes a file, or a file a link out of 收件箱."""
    outside = tmp_path / "外面.pdf"
    outside.write_bytes(b"outside")
    first = w.pdf(opened.config.inbox / "甲" / "a.pdf", w.minutes(w.SHEEP))
    kept = tmp_path / "kept"
    time.sleep(2 * w.SETTLE)

    def swap() -> None:
        if kind == "file":
            first.parent.rename(kept)
            (opened.config.inbox / "甲").write_bytes(b"now a file")
            return
        if kind == "linked folder":
            first.parent.rename(kept)
            outside.rename(outside.with_name("a.pdf"))
            first.parent.symlink_to(tmp_path)
            return
        first.rename(kept)
        if kind == "link":
            first.symlink_to(outside)
        elif kind == "pipe":
            os.mkfifo(first)
        else:
            first.mkdir()

    from archivist.ingest.receiving import Receiver

    real = Receiver._copied

    def take(receiver: Receiver, *arguments: object) -> object:
        if not kept.exists():
            swap()
        return real(receiver, *arguments)  # type: ignore[arg-type]

    with patch.object(Receiver, "_copied", take):
        w.ingest(opened, patient=False)
    w.ingest(opened)
    if kind == "linked folder":
        outside = outside.with_name("a.pdf")
    assert outside.read_bytes() == b"outside"
    assert w.sha256(b"outside") not in {row["sha256"] for row in w.documents(opened)}
    assert kept.exists()
    assert [row["status"] for row in w.documents(opened)] == (["rejected"] if kind == "file" else [])


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_the_reading_processes_killed_from_outside_cost_nothing(opened: Workspace, tmp_path: Path) -> None:
    """The nursery dies (out of memory, an administrator): the next file is read by a new one."""
    from archivist.extract import Extractor, Limits
    from archivist.extract.processes import nursing
    from support.makers import text_pdf

    if not sys.platform.startswith("linux"):
        pytest.skip("no nursery")
    path = text_pdf(tmp_path / "a.pdf")
    with Extractor(Limits(tmp_path), 2, "none") as extractor:
        assert extractor.extract(path, "a.pdf").failure == ""
        nurse = nursing._nurses["light"]
        os.kill(nurse._process.pid, signal.SIGKILL)
        assert extractor.extract(path, "a.pdf").failure == ""
