"""A project's number replaced wherever a kept record names it (换编号): rows of documents, guesses, facts, paths."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archivist.index.notation import to_json


@dataclass(frozen=True, slots=True)
class Rekeying:
    """One number for another, and where what stood in ``home`` stands now; both "" while a project has no folder."""

    old: str
    new: str
    home: str = ""
    now: str = ""

    @property
    def back(self) -> Rekeying:
        """The other way round."""
        return Rekeying(self.new, self.old, self.now, self.home)

    def code(self, code: str | None) -> str | None:
        """A number as it is from now on."""
        return self.new if code == self.old else code

    def path(self, path: str | None) -> str | None:
        """A place as it is from now on."""
        if path and self.home and path.startswith(f"{self.home}/"):
            return self.now + path[len(self.home) :]
        return path

    def listed(self, text: str) -> str:
        """A list of records as JSON text, each with its project's number under ``project``; as it is where none changes."""
        if to_json(self.old) not in text:
            return text
        told = [{**one, "project": self.code(one.get("project"))} for one in json.loads(text)]
        return to_json(told)

    def document(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A document's row."""
        changed = {"project": self.code(row["project"]), "path": self.path(row["path"])}
        listed = {name: self.listed(row[name]) for name in ("candidates", "facts") if name in row}
        return {**row, **changed, **listed}
