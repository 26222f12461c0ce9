"""What a report is asked for: of which projects, people and days, by which rules, and where it reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archivist.core.reports.listings import ItemName
from archivist.errors import UsageError
from archivist.questions.missing import Wanted, wanted

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from archivist.core.catalogue.standard import Standard
    from archivist.core.checks.values import Rules
    from archivist.index.reader import IndexReader
    from archivist.workspace.opened import Workspace


@dataclass(frozen=True, slots=True)
class Filters:
    """What a report is narrowed down to; None asks for nothing.

    Attributes:
        township: part of the name is enough. project: a project's number.
        person: who did it. since, until: days (ISO 8601), both within.
        pages: how many pages with pictures at most.
    """

    township: str | None = None
    project: str | None = None
    person: str | None = None
    since: str | None = None
    until: str | None = None
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything a report is made of.

    Attributes:
        index: open until the report is written: rows are read as they are printed.
        standard: by what states of items are kept; its ``rules`` are read when they are first needed.
        unit: whose report it is (单位). store: the root of the archive's store.
        form: the format it is made for. workspace: for reports that go by more of its settings and rules.
    """

    index: IndexReader
    standard: Standard
    today: date
    store: Path
    unit: str = ""
    filters: Filters = field(default_factory=Filters)
    form: str = "text"
    workspace: Workspace | None = None

    @property
    def rules(self) -> Rules:
        """The rules (schemas/), read once."""
        return self.standard.rules()

    @property
    def items(self) -> tuple[ItemName, ...]:
        """The catalogue's items (归档内容)."""
        return tuple(ItemName(one.number, one.short, one.required) for one in self.rules.items)

    @property
    def narrowed(self) -> str:
        """What the report is narrowed down to, as its title tells it; "" for nothing."""
        words = (self.filters.township, self.filters.project, self.filters.person)
        days = "至".join(filter(None, (self.filters.since, self.filters.until)))
        return "，".join(filter(None, (*words, days)))

    def wanted(self) -> Wanted:
        """Which projects are asked for: those to be wound up, of the township that was named."""
        return wanted(self.items, township=self.filters.township)

    def agree(self) -> None:
        """Raise UsageError where the project that is asked for does not lie in the township that is."""
        township, code = self.filters.township, self.filters.project
        row = None if code is None or township is None else self.index.projects.find(code)
        if row is not None and township is not None and township not in row["township"]:
            raise UsageError(
                f"项目 {code} 不在“{township}”（它在{row['township'] or '没有写明的镇街'}）。"
                "--project 和 --township 写一个就够了。"
            )

    @property
    def basis(self) -> str:
        """By which rules projects are judged."""
        return f"《实施方案》附件4“归档目录”{len(self.items)}项和认定、处置的程序"
