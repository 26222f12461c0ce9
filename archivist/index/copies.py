"""Copies kept (合并扫描原件): untouched combined scans beside the documents cut from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archivist.index.database import Database


class Copies:
    """The kept copies in an open index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, source: int) -> dict[str, str]:
        """Where a source's untouched combined scan is kept, with its sha256."""
        rows = self._database.rows("SELECT path, sha256 FROM copies WHERE source = ?", [source])
        return {row["path"]: row["sha256"] for row in rows}

    def below(self, folder: str) -> dict[str, str]:
        """Every combined scan kept anywhere in ``folder``, with its sha256."""
        query = "SELECT path, sha256 FROM copies WHERE substr(path, 1, ?) = ? ORDER BY path"
        rows = self._database.rows(query, [len(folder) + 1, f"{folder}/"])
        return {row["path"]: row["sha256"] for row in rows}

    def beside(self, source: int, folder: str) -> str | None:
        """Where in ``folder`` this source's untouched scan is kept, if it is."""
        query = "SELECT path FROM copies WHERE source = ? AND substr(path, 1, ?) = ?"
        path: str | None = self._database.value(query, [source, len(folder) + 1, f"{folder}/"])
        return path

    def put(self, path: str, source: int, sha256: str) -> None:
        """Remember where a combined scan is going to be kept, so that it is not taken for a person's file."""
        with self._database.change():
            self._database.insert("copies", {"path": path, "source": source, "sha256": sha256})

    def moved(self, before: str, path: str) -> None:
        """A combined scan is kept at ``path`` now. Call it inside ``change``."""
        self._database.execute("UPDATE copies SET path = ? WHERE path = ?", [path, before])

    def forget(self, path: str) -> None:
        """A combined scan is kept here no longer."""
        with self._database.change():
            self._database.execute("DELETE FROM copies WHERE path = ?", [path])
