"""Second digests of originals, by the national standard (SM3), made when they were verified first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archivist.index.database import Database

_AT_ONCE = 1000
"""What one event can carry."""


class Digests:
    """The second digests in an open index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, sm3: Mapping[str, str]) -> None:
        """Keep second digests by sha256, in pieces that an event can carry."""
        pairs = sorted(sm3.items())
        for start in range(0, len(pairs), _AT_ONCE):
            piece = pairs[start : start + _AT_ONCE]
            with self._database.change():
                for pair in piece:
                    self._database.execute("INSERT OR IGNORE INTO digests (sha256, sm3) VALUES (?, ?)", pair)
                self._database.event("digests", "", count=len(piece))
