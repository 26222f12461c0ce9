"""The log file (日志) of what runs: one JSON object a line, Chinese messages, rotated; names of files, never contents.

What happened to documents is the event log's to tell, with its hash chain; this file is for whoever looks after the
program. Failing to write it never stops any work.
"""

from __future__ import annotations

import json
import logging
import logging.handlers
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archivist.core.words.outcomes import OUTCOMES
from archivist.system.clock import now

if TYPE_CHECKING:
    from types import TracebackType

    from archivist.ingest.batch import Batch
    from archivist.workspace.settings import LogSettings

LOG_FILE = "log/archivist.log"
"""Below the store's private folder."""

_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING}
_LONGEST = 2000
"""Longest message in characters."""


class Logbook:
    """The log of one run of a command; use it as a context.

    Args:
        private: the store's private folder. settings: how much to keep. command: watch or ingest.
    """

    def __init__(self, private: Path, settings: LogSettings, command: str) -> None:
        self._command = command
        self._level = _LEVELS.get(settings.level)
        self._handler: logging.Handler | None = None
        if self._level is not None:
            self._handler = _opened(private / LOG_FILE, settings)

    def __enter__(self) -> Logbook:
        self.write("info", "start", "开始运行")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None and not isinstance(error, KeyboardInterrupt):
            told = getattr(error, "message", None) or f"{type(error).__name__}: {error}"
            self.write("error", "failed", f"运行中断：{told}")
        self.write("info", "stop", "结束运行")
        if self._handler is not None:
            with suppress(OSError, ValueError):
                self._handler.close()

    def write(self, level: str, act: str, message: str, **more: object) -> None:
        """Add a line. ``level`` is debug, info, warning or error; ``more`` are further keys."""
        number = {"debug": 10, "info": 20, "warning": 30, "error": 40}[level]
        if self._handler is None or self._level is None or number < self._level:
            return
        line = {
            "at": now(),
            "level": level,
            "command": self._command,
            "act": act,
            "message": message[:_LONGEST],
        }
        record = logging.LogRecord("archivist", number, "", 0, "%s", (), None)
        record.args = (json.dumps({**line, **more}, ensure_ascii=False).encode("utf-8", "replace").decode(),)
        with suppress(Exception):
            self._handler.handle(record)

    def batch(self, batch: Batch) -> None:
        """Tell what a pass did."""
        for row in batch.documents:
            outcome = OUTCOMES[row.status.value]
            name = batch.names.get(row.source, "")
            self.write("info", row.status.value, f"{outcome}：{name}", document=row.id, path=row.path)
        for problem in batch.problems:
            self.write("warning", "problem", problem)
        for alarm in batch.alarms:
            self.write("error", "fixity", alarm)
        for reopened in batch.reopened:
            self.write("warning", "reopened", reopened)


class _Quiet(logging.handlers.RotatingFileHandler):
    """A handler that says nothing when it cannot write or turn the page over (another process has the file open)."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Nothing: whoever writes the log has better things to do. What was open through a share that broke off is
        worth nothing when it is back: the next line opens the file anew.
        """
        stream: Any = self.stream
        nothing: Any = None
        self.stream = nothing
        with suppress(Exception):
            stream.close()

    def shouldRollover(self, record: logging.LogRecord) -> bool:
        """Whether the page is full, in bytes: the library counts a Chinese character as one."""
        size = len(record.getMessage().encode("utf-8", "replace")) + 1
        try:
            if self.stream is None:
                self.stream = self._open()
            return self.stream.seek(0, 2) + size > self.maxBytes and Path(self.baseFilename).is_file()
        except (OSError, ValueError):
            return False

    def doRollover(self) -> None:
        """Turn the page; when that is refused, go on writing to the same file."""
        try:
            super().doRollover()
        except OSError:
            if self.stream is None:
                self.stream = self._open()


def _opened(path: Path, settings: LogSettings) -> logging.Handler | None:
    """None when it cannot be; the store itself is never made here: a share may be disconnected."""
    try:
        path.parent.mkdir(exist_ok=True)
        return _Quiet(path, maxBytes=settings.max_mb << 20, backupCount=settings.keep, encoding="utf-8")
    except OSError:
        return None
