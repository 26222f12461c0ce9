"""The event log outside the database (事件日志): append-only files ``.archivist/events/000001.jsonl``, one event a line.

Each line holds a whole event as the database does. They are written right after the database has committed; a kill in
between is made good at the next change. A torn last line is completed, never cut. So the files are a copy of the
database's events that survives it, and the other way round: whoever alters one is shown by the other.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archivist.errors import StoreError
from archivist.index.events import COLUMNS

SEGMENT_BYTES = 4 << 20
"""A file that has reached this size is not appended to any more."""


@dataclass(frozen=True, slots=True)
class Tail:
    """How far the log is: the last file, its size, and the last whole event; ``torn`` is what follows it."""

    path: Path | None = None
    size: int = 0
    seq: int = 0
    hash: str = ""
    torn: bytes = b""


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line as it was read: ``event`` is None when it is no event."""

    path: Path
    number: int
    event: dict[str, Any] | None
    raw: bytes
    whole: bool = True


def line_of(event: Mapping[str, Any]) -> bytes:
    """An event as a line of the log."""
    record = {name: event[name] for name in COLUMNS}
    return (json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")


def segments(folder: Path) -> list[Path]:
    """The log's files in order."""
    try:
        names = [name for name in os.listdir(folder) if name.endswith(".jsonl")]  # noqa: PTH208 (fast)
    except OSError:
        return []
    return [folder / name for name in sorted(names) if name[:-6].isdecimal()]


def raw_lines(folder: Path) -> Iterator[tuple[Path, int, bytes]]:
    """Every line of the log in order, as it is: file, number, bytes. OSError when a file cannot be read."""
    for path in segments(folder):
        with path.open("rb") as handle:
            for number, raw in enumerate(handle, 1):
                yield path, number, raw


def read_log(folder: Path) -> Iterator[LogLine]:
    """Every line of the log in order, damaged ones included. OSError when a file cannot be read."""
    for path, number, raw in raw_lines(folder):
        yield LogLine(path, number, event_in(raw), raw, raw.endswith(b"\n"))


def event_in(raw: bytes) -> dict[str, Any] | None:
    """The event a line holds; None when it is none."""
    try:
        read = json.loads(raw.decode("utf-8", "surrogatepass"))
    except ValueError:
        return None
    whole = isinstance(read, dict) and set(read) == set(COLUMNS) and isinstance(read["seq"], int)
    return read if whole and all(isinstance(read[name], str) for name in COLUMNS[1:]) else None


def taken_from(folder: Path, last: int, reach: int) -> str:
    """Why the log is not whole, as a Chinese sentence; "" when nothing was taken from it.

    Args:
        last: the last event it holds. reach: an event that it was known to hold.
    """
    names = [path.name for path in segments(folder)]
    gaps = [f"{at:06d}.jsonl" for at, name in enumerate(names, 1) if int(name[:-6]) != at]
    if gaps:
        what = f"少了文件 {gaps[0]}"
    elif last < reach:
        what = f"只到第 {last} 条，本来至少有 {reach} 条" if last else f"不见了，本来至少有 {reach} 条"
    else:
        return ""
    return (
        f"事件日志（{folder.name}，在 .archivist 里）{what}：有文件被删除或截短过。没有自动补写，也没有改动任何东西。"
        "请先查明是谁动过；确认以后运行 archivist reindex，按索引数据库补全日志。"
    )


class Mirror:
    """Writes the log's files. Use it with the write lock held."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._tail: Tail | None = None

    def tail(self) -> Tail:
        """Where the log ends. Another process may have written since: sizes tell."""
        found = segments(self.folder)
        if self._tail is not None and self._tail.path == (found[-1] if found else None):
            path, size = self._tail.path, self._tail.size
            if path is None or path.stat().st_size == size:
                return self._tail
        self._tail = self._read_tail(found)
        return self._tail

    @staticmethod
    def _read_tail(found: list[Path]) -> Tail:
        torn, last, size = b"", None, 0
        for path in reversed(found):
            data = path.read_bytes()
            if last is None:
                last, size = path, len(data)
                data, _, torn = data.rpartition(b"\n") if b"\n" in data else (b"", b"", data)
            line = data.rstrip(b"\n").rpartition(b"\n")[2]
            if line:
                event = event_in(line)
                if event is None:
                    raise StoreError(
                        f"事件日志 {path} 的最后一行读不懂，可能被改过。请运行 archivist verify 查看。"
                    )
                return Tail(last, size, event["seq"], event["hash"], torn)
        return Tail(last, size, torn=torn)

    def append(self, events: Iterable[Mapping[str, Any]]) -> None:
        """Append events, the first of which follows the last that is there, and make them durable.

        Raises:
            StoreError: the disk refuses, or what is torn is not the beginning of the event that has to follow.
        """
        tail, lines = self.tail(), b""
        seq, digest = tail.seq, tail.hash
        try:
            for event in events:
                lines += line_of(event)
                seq, digest = event["seq"], event["hash"]
                if len(lines) >= SEGMENT_BYTES:
                    tail, lines = self._write(tail, lines, seq, digest), b""
            if lines:
                self._write(tail, lines, seq, digest)
        except OSError as error:
            self._tail = None
            raise StoreError(
                f"事件日志写不进去（{_reason(error)}）。已做的事没有丢，处理好后再运行会自动补记。"
            ) from error

    def _write(self, tail: Tail, lines: bytes, seq: int, digest: str) -> Tail:
        self._tail = None
        if tail.torn:
            if not lines.startswith(tail.torn):
                raise StoreError(
                    f"事件日志 {tail.path} 的末尾与索引数据库不符。请运行 archivist verify 查看。"
                )
            lines = lines[len(tail.torn) :]
        path, size = tail.path, tail.size
        if path is None or (size >= SEGMENT_BYTES and not tail.torn):
            number = int(path.stem) + 1 if path is not None else 1
            path, size = self.folder / f"{number:06d}.jsonl", 0
            self.folder.mkdir(
                exist_ok=True
            )  # not its parents: a share that went away must not seem to be there
        with path.open("ab") as handle:
            handle.write(lines)
            handle.flush()
            os.fsync(handle.fileno())
        if size == 0:
            _sync(self.folder)
        self._tail = Tail(path, size + len(lines), seq, digest)
        return self._tail


def _reason(error: OSError) -> str:
    import errno

    full = error.errno in {errno.ENOSPC, errno.EDQUOT}
    return "磁盘空间不足，请清理磁盘" if full else f"{error.strerror or error}，请检查磁盘和权限"


def _sync(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
