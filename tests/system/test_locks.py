"""One at a time: locks between processes, and files that somebody still writes."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Never

import pytest

from archivist.errors import StoreError
from archivist.system.locks import Busy, Lock, being_written, to_stderr

ME = {"command": "watch", "pid": 7, "host": "这台", "user": "李某", "since": "09:00"}


def test_whoever_is_refused_learns_who_holds_it_and_the_note_goes_with_the_lock(tmp_path: Path) -> None:
    one, other = (Lock(tmp_path / "lock", "正在被 {holder} 使用") for _ in range(2))
    with one.held(ME, 0):
        with pytest.raises(Busy) as told, other.held(ME, 0):
            pass
        assert (tmp_path / "lock.json").exists()
    assert "李某 在 这台 上运行的 archivist watch（进程号 7，自 09:00）" in told.value.message
    assert not (tmp_path / "lock.json").exists()
    with other.held(ME, 0):
        pass


def test_a_holder_whose_note_cannot_be_read_is_another_program(tmp_path: Path) -> None:
    one, other = (Lock(tmp_path / "lock", "正在被 {holder} 使用") for _ in range(2))
    said: list[str] = []
    with one.held(ME, 0):
        (tmp_path / "lock.json").write_text("{", "utf-8")
        with pytest.raises(Busy, match="另一个 archivist 程序"), other.held(ME, 0.6, said.append):
            pass
    assert said == ["正在被 另一个 archivist 程序 使用，最多等待 1 秒……"]


@pytest.mark.parametrize(("number", "words"), [(errno.EROFS, "磁盘是只读的"), (errno.ENOLCK, "不支持文件锁")])
def test_a_lock_that_cannot_be_had_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def refuse(*_: object, **__: object) -> Never:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("filelock.FileLock.acquire", refuse)
    with pytest.raises(StoreError, match=words), Lock(tmp_path / "档案库" / "内" / "lock", "").held(ME, 0):
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="leases are Linux's")
def test_a_file_that_another_program_has_open_for_writing_is_being_written(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"half")
    code = "import sys; f = open(sys.argv[1], 'ab'); print('open', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        with path.open("rb") as reader:
            assert being_written(reader.fileno())
        writer.communicate(b"\n")
    with path.open("rb") as reader:
        assert not being_written(reader.fileno())


def test_a_terminal_that_is_gone_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    to_stderr("请等一下")
    assert capsys.readouterr().err == f"请等一下{os.linesep}"
    with Path(os.devnull).open("w", encoding="utf-8") as gone:
        monkeypatch.setattr(sys, "stderr", gone)
    to_stderr("没人听")


def test_who_stands_aside_lets_others_have_it_and_has_it_again_as_often_as_before(tmp_path: Path) -> None:
    one, other = (Lock(tmp_path / "lock", "正在被 {holder} 使用") for _ in range(2))
    with one.aside():
        pass  # nothing to let go of
    with one.held(ME, 0), one.held(ME, 0):
        with one.aside(), other.held({**ME, "user": "王某"}, 0):
            assert "王某" in (tmp_path / "lock.json").read_text("utf-8")
        assert "李某" in (tmp_path / "lock.json").read_text("utf-8")
        with pytest.raises(Busy), other.held(ME, 0):
            pass
    with other.held(ME, 0):
        pass


def test_whoever_waits_has_it_before_who_gave_way_has_it_again(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from archivist.system.locks import Lock\n"
        "with Lock(Path(sys.argv[1]), '{holder}').held({}, 60): print('mine', flush=True); input()"
    )
    lock = Lock(tmp_path / "lock", "{holder}")
    with lock.held(ME, 0):
        assert not lock.wanted()
        with subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "lock")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as waiter:
            assert waiter.stdin is not None
            assert waiter.stdout is not None
            while not lock.wanted():
                time.sleep(0.01)
            threading.Timer(0.3, lambda: print(file=waiter.stdin, flush=True)).start()
            with lock.aside():
                pass
            assert waiter.stdout.readline() == "mine\n"


def test_a_share_that_went_away_meanwhile_is_told_and_no_lock_is_made_in_its_place(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "store" / "内" / "lock", "{holder}")
    (tmp_path / "store" / "内").mkdir(parents=True)
    with pytest.raises(StoreError, match="共享盘断开了"), lock.held(ME, 0), lock.aside():
        (tmp_path / "store").rename(tmp_path / "gone")
        (tmp_path / "store").mkdir()
    assert list((tmp_path / "store").iterdir()) == []
