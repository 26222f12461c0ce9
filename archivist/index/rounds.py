"""Rounds of the scheduled check (定期核验): how far the one of this computer is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archivist.index.database import Database

_COLUMNS = "began, position, files, bytes, findings, ended"


@dataclass(frozen=True, slots=True)
class Round:
    """How far the check of this computer is; ``began`` is None between two rounds."""

    began: str | None = None
    position: str = ""
    files: int = 0
    bytes: int = 0
    findings: int = 0
    ended: str | None = None


class Rounds:
    """The rounds in an open index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self) -> Round:
        """The round under way, or the last one."""
        row = self._database.row(f"SELECT {_COLUMNS} FROM fixity_round WHERE id = 1")  # noqa: S608
        return Round(**row) if row else Round()

    def put(self, now: Round) -> None:
        """Remember how far it is. Call it inside ``change``."""
        values = (now.began, now.position, now.files, now.bytes, now.findings, now.ended)
        self._database.execute(
            f"REPLACE INTO fixity_round (id, {_COLUMNS}) VALUES (1, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            values,
        )
