"""Records put aside while they are counted, to be read again (暂存): in memory while few, on disk when many."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

_IN_MEMORY = 4 << 20
"""Bytes; what is more goes to a file that nobody else sees and that goes with the process."""


class Spool:
    """Records of plain values (what JSON knows), in the order in which they were put. Its room is given back with it."""

    def __init__(self) -> None:
        from tempfile import SpooledTemporaryFile
        from weakref import finalize

        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY, mode="w+b")  # noqa: SIM115 (closed with the spool)
        finalize(self, self._file.close)

    def put(self, record: Any) -> None:
        """Put one aside."""
        self._file.write(json.dumps(record).encode("ascii") + b"\n")

    def each(self) -> Iterator[Any]:
        """All of them, from the first. Nothing may be put while they are read, and only one reads."""
        self._file.seek(0)
        for line in self._file:
            yield json.loads(line)
