"""A share for real: the archive lies behind SSHFS, mounted here; what others put there counts, and it comes and goes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archivist.errors import ArchivistError, StoreError
from archivist.ingest.logbook import LOG_FILE, Logbook
from archivist.ingest.watch import Stopper, hints_of, keep_watch
from archivist.system.durable import os_reason
from archivist.system.mounts import on_network
from archivist.workspace.opened import Workspace, open_workspace
from archivist.workspace.settings import LogSettings
from support import workspaces as w
from support.killing import Countdown, assert_recovers, clean_run, mixed_inbox, one_pass, shared, steps
from support.programs import found

LONG = 20.0
SFTP = next(
    (path for path in ("/usr/lib/openssh/sftp-server", "/usr/lib/ssh/sftp-server") if Path(path).exists()),
    None,
)
SSHFS = found("sshfs")
_MISSING = (SFTP is None or SSHFS is None) and not os.environ.get("CI")

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux" or not os.access("/dev/fuse", os.W_OK), reason="no FUSE here"),
    pytest.mark.skipif(_MISSING, reason="sshfs or sftp-server is not installed"),
]


class Share:
    """A folder of another computer (``far``), mounted at ``here`` by SSHFS; its server can be killed."""

    def __init__(self, folder: Path) -> None:
        self.far, self.here = folder / "far", folder / "here"
        self._pid, self._script = folder / "server.pid", folder / "server.sh"
        self._script.write_text(f"#!/bin/sh\necho $$ > '{self._pid}'\nexec '{SFTP}'\n", "utf-8")
        self._script.chmod(0o755)
        self.far.mkdir()
        self.here.mkdir()

    def mount(self, more: str = "") -> None:
        """Connect. As root where mounting is forbidden (some containers) the test is skipped."""
        assert SSHFS is not None, "sshfs is not installed"
        options = f"ssh_command={self._script},dcache_timeout=1{more}"
        command = [SSHFS, "-o", options, f"far:{self.far}", str(self.here)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"may not mount: {done.stderr.strip()}")

    def break_off(self) -> None:
        """The server is gone from one moment to the next."""
        os.kill(int(self._pid.read_text()), signal.SIGKILL)

    def unmount(self) -> None:
        subprocess.run(["fusermount3", "-uz", self.here], check=False, capture_output=True)


@pytest.fixture(params=["", ",disable_hardlink"], ids=["links", "no links"])
def share(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Share]:
    made = Share(tmp_path)
    made.mount(request.param)
    yield made
    made.unmount()


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + LONG
    while True:
        try:
            if condition():
                return
        except (StoreError, OSError):
            pass  # the share is not there
        assert time.monotonic() < end, "did not happen"
        time.sleep(0.05)


class Watcher:
    """Watches in a thread; what it tells is kept."""

    def __init__(self, opened: Workspace, reader: w.TextReader | None = None) -> None:
        self.told: list[str] = []
        self._stopper = Stopper()
        self._job = threading.Thread(
            target=keep_watch,
            args=(opened, self._stopper, lambda batch: self.told.extend(batch.problems), self.told.append),
            kwargs={"reader": reader or w.TextReader()},
        )

    def __enter__(self) -> Watcher:
        self._job.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopper.stop()
        self._job.join(LONG)
        assert not self._job.is_alive()


def done(opened: Workspace) -> int:
    return len(w.rows(opened, "SELECT 1 FROM sources WHERE state = 'done' AND origin <> 'member'"))


def test_the_log_goes_on_when_the_share_is_back(tmp_path: Path) -> None:
    share = Share(tmp_path)
    try:
        share.mount()
        with Logbook(share.here, LogSettings(), "watch") as log:
            log.write("info", "problem", "先前")
            share.break_off()
            for _ in range(3):
                log.write("info", "problem", "断开")
            share.unmount()
            share.mount()
            log.write("info", "problem", "后来")
        told = [
            json.loads(line)["message"] for line in (share.far / LOG_FILE).read_text("utf-8").splitlines()
        ]
        assert told[-2:] == ["后来", "结束运行"]
    finally:
        share.unmount()


def refused(act: Callable[[], object]) -> str:
    """What a person at the terminal is told when ``act`` is refused."""
    try:
        act()
    except ArchivistError as error:
        assert not error.message.isascii()
        return error.message
    except OSError as error:
        return os_reason(error)
    return ""


SETTINGS = "[watch]\nrescan_seconds = 0.5\n"


def test_what_others_put_on_the_share_is_noticed_by_looking(share: Share) -> None:
    opened = w.workspace(share.here / "w", SETTINGS)
    assert on_network(opened.config.inbox)
    assert not hints_of(opened.config, lambda: None, lambda words: None).wanted
    far = share.far / "w" / "archive_store"
    with Watcher(opened) as watcher:
        w.pdf(opened.config.inbox / "这边放的.pdf", w.minutes(w.SHEEP))
        until(lambda: done(opened) == 1)
        w.pdf(far / "收件箱" / "那边放的.pdf", w.minutes(w.SHEEP, 2))
        until(lambda: done(opened) == 2)
        item = w.item_folder(opened, w.FISH, 3).relative_to(opened.config.store_root)
        w.pdf(far / item / "合同.pdf", "产业项目合同书\n甲方：村集体\n乙方：某公司\n")
        until(lambda: done(opened) == 3)
    assert watcher.told == []
    assert [row["status"] for row in w.documents(opened)] == ["filed"] * 3
    assert w.disagreements(opened) == []


def test_what_a_writer_on_another_computer_adds_after_a_pause_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has the file open there, which nobody can tell here, and the file looked whole: it was taken."""
    share = Share(tmp_path)
    share.mount()
    try:
        opened = w.workspace(share.here / "w", SETTINGS)
        first = w.pdf(tmp_path / "first.pdf", w.minutes(w.SHEEP)).read_bytes()
        whole = first + b"% the next page\n%%EOF\n"
        far = share.far / "w" / "archive_store" / "收件箱" / "扫描.pdf"
        with Watcher(opened), far.open("wb", buffering=0) as scanner:
            scanner.write(first)
            until(lambda: done(opened) == 1 and not far.exists())
            time.sleep(1.1)  # times on such a share are whole seconds
            scanner.write(whole[len(first) :])
            until(lambda: done(opened) == 2)
        assert {row["sha256"]: row["status"] for row in w.documents(opened)} == {
            w.sha256(first): "duplicate",
            w.sha256(whole): "filed",
        }
        assert w.disagreements(opened) == []
        assert w.untold(opened) == []
        kept = share.far / "w" / "archive_store" / ".archivist" / "taken"
        assert [path.read_bytes() for path in kept.iterdir()] == [whole]
        monkeypatch.setattr("archivist.ingest.unfinished._LINGER_SECONDS", 0.0)
        w.ingest(opened)
        assert list(kept.iterdir()) == []
        assert len(w.documents(opened)) == 2
    finally:
        share.unmount()


# A PDF library that is reading when the share goes has nobody to tell of what its clean-up meets.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("place", ["workspace", "store"])
def test_a_share_that_breaks_off_in_mid_pass_and_comes_back_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setattr("archivist.ingest.watch._FIRST_BACK_OFF", 0.3)
    share = Share(tmp_path)
    share.mount()
    if place == "workspace":
        opened = w.workspace(share.here / "w", SETTINGS)
    else:
        opened = w.workspace(tmp_path / "w", SETTINGS + f'[store]\nroot = "{share.here}"\n')
    dropped = {
        w.sha256(w.pdf(opened.config.inbox / name, text).read_bytes())
        for name, text in [
            ("纪要.pdf", w.minutes(w.SHEEP)),
            ("拿不准.pdf", w.UNSURE),
            ("坏的.pdf", w.BAD),
            ("又.pdf", w.minutes(w.FISH, 4)),
        ]
    }
    broken = threading.Event()

    def break_off(name: str) -> None:
        if not broken.is_set():
            broken.set()
            share.break_off()

    try:
        with Watcher(opened, w.TextReader(break_off)) as watcher:
            until(lambda: any("自动重试" in words for words in watcher.told))
            share.unmount()
            told = len(watcher.told)
            until(lambda: len(watcher.told) > told)  # it was tried again on the empty mount point
            if place == "store":  # another start takes the empty mount point for no archive, either
                another = open_workspace(opened.config.workspace, "乙")
                assert "原有的档案不见了" in refused(lambda: w.ingest(another))
            assert list(share.here.iterdir()) == []
            share.mount()
            far = next(share.far.rglob("收件箱"))
            dropped.add(w.sha256(w.pdf(far / "那边放的.pdf", w.minutes(w.LEMON, 5)).read_bytes()))
            until(lambda: done(opened) >= 5 and len(list(opened.config.inbox.glob("*.pdf"))) == 0)
        opened = open_workspace(opened.config.workspace, "测试员")
        w.ingest(opened)
        sources = [row[0] for row in w.rows(opened, "SELECT sha256 FROM sources")]
        assert sorted(sources) == sorted(dropped)
        assert w.disagreements(opened) == []
        assert w.untold(opened) == []
    finally:
        share.unmount()


def test_a_share_that_breaks_off_at_any_step_loses_nothing_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archivist.store.vault.Store.now", lambda store: time.time_ns() + 10**9)
    share = Share(tmp_path)
    share.mount()
    opened = w.workspace(share.here / "w")
    mixed_inbox(opened, tmp_path)
    dropped = shared(opened)
    expected, total = clean_run(opened, tmp_path / "clean", one_pass)
    begin = tmp_path / "begin"
    shutil.copytree(share.far, begin)
    told = 0
    try:
        for step in range(3, total, total // 4):
            share.unmount()
            shutil.rmtree(share.far)
            shutil.copytree(begin, share.far)
            share.mount()
            with steps(Countdown(step, share.break_off)):
                told += bool(refused(lambda: one_pass(opened)))
            share.unmount()
            share.mount()
            assert_recovers(
                open_workspace(share.here / "w", "测试员"),
                expected,
                one_pass,
                dropped,
                f"broken off at step {step}",
            )
    finally:
        share.unmount()
    assert told > 2
