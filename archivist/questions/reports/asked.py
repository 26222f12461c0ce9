"""What a report is asked for: of which projects, people and days, by which rules, and where it reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from archivist.core.catalogue.standard import Standard
    from archivist.core.checks.values import Rules
    from archivist.index.reader import IndexReader


@dataclass(frozen=True, slots=True)
class Filters:
    """What a report is narrowed down to; None asks for nothing.

    Attributes:
        township: part of the name is enough. project: a project's number.
        person: who did it. since, until: days (ISO 8601), both within.
    """

    township: str | None = None
    project: str | None = None
    person: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything a report is made of.

    Attributes:
        index: open until the report is written: rows are read as they are printed.
        standard: by what states of items are kept; its ``rules`` are read when they are first needed.
        unit: whose report it is (单位). store: the root of the archive's store.
        form: the format it is made for.
    """

    index: IndexReader
    standard: Standard
    today: date
    store: Path
    unit: str = ""
    filters: Filters = field(default_factory=Filters)
    form: str = "text"

    @property
    def rules(self) -> Rules:
        """The rules (schemas/), read once."""
        return self.standard.rules()
