"""Documents as the archive holds them (件): the one question that joins each with its source, copy and versions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from archivist.core.document import Holding, Source
from archivist.index.database import question_marks
from archivist.index.records import document_fields, source_from

if TYPE_CHECKING:
    from archivist.index.database import Database, Values

_SOURCE = tuple(field.name for field in fields(Source))
ARRIVAL = "documents.source, first, documents.id"
CATALOGUE = "item, date, documents.id"

RESTORED = "restored"
"""The event of a copy that somebody moved and that stands at its place again; its first reason says why."""

_NEWS = frozenset(
    {
        "identified",
        "assigned",
        "put back",
        "taken back",
        "dismissed",
        "rejected",
        "duplicate",
        "refused",
        "renamed",
        "set aside",
        "given up",
        RESTORED,
        "repaired",
        "undone",
        "confirmed",
        "superseded",
    }
)
"""Events after which a document's outcome is news."""

_EVENTS = 2000
"""How far back the log is looked through: a long burst of other events makes the list shorter, never slow."""


@dataclass(frozen=True, slots=True)
class News:
    """A document that came to be as it is at ``at`` (ISO 8601) by ``act`` (the event), with its project's name."""

    at: str
    act: str
    holding: Holding
    project_name: str | None


class Holdings:
    """The holdings in an open index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> Iterator[Holding]:
        """Every document, in order of arrival."""
        return holdings(self._database)

    def of(self, project: str) -> list[Holding]:
        """A project's documents, in the catalogue's order."""
        return list(holdings(self._database, "project = ?", [project], CATALOGUE))

    def telling(self, fact: str) -> list[Holding]:
        """Filed documents that hold a fact of this name, in order of arrival."""
        where = "status = 'filed' AND instr(facts, ?) > 0"
        found = holdings(self._database, where, [f'"{fact}"'])
        return [one for one in found if any(told.name == fact for told in one.facts)]

    def numbered(self, numbers: Collection[str]) -> list[Holding]:
        """Those with these numbers (编号), in order of arrival."""
        where = f"documents.id IN ({question_marks(list(numbers))})"
        return list(holdings(self._database, where, list(numbers)))

    def filed(self, project: str) -> list[Holding]:
        """A project's filed documents, older versions too, in order of arrival."""
        return list(holdings(self._database, "documents.project = ? AND status = 'filed'", [project]))

    def with_page(self, source: int, number: int) -> Holding | None:
        """The document that holds a page of a source; the first, where several do."""
        where = "documents.source = ? AND first <= ? AND last >= ?"
        return next(holdings(self._database, where, [source, number, number]), None)

    def newest(self, most: int) -> list[News]:
        """What became of what was dropped (最近处理), newest first."""
        recent = self._database.rows(
            "SELECT at, act, subject FROM events ORDER BY seq DESC LIMIT ?", [_EVENTS]
        )
        when: dict[str, tuple[str, str]] = {}
        for row in recent:
            if row["act"] in _NEWS and row["subject"] not in when:
                when[row["subject"]] = (row["at"], row["act"])
                if len(when) == most:
                    break
        chosen = list(when)
        found = {one.id: one for one in self.numbered(chosen)}
        names = self._project_names([one.project for one in found.values() if one.project])
        return [
            News(*seen, one, names.get(one.project or ""))
            for name, seen in when.items()
            if (one := found.get(name))
        ]

    def _project_names(self, codes: list[str]) -> dict[str, str]:
        from archivist.index.projects import Projects

        return Projects(self._database).names(codes)


def holdings(
    database: Database, where: str = "1", values: Values = (), order: str = ARRIVAL
) -> Iterator[Holding]:
    """Holdings as they are read, one after the other. ``where`` and ``order`` are ours, never a user's text."""
    return map(_holding, database.rows(f"{_query(database)} WHERE {where} ORDER BY {order}", values))


def _query(database: Database) -> str:
    """The question; an index of an earlier edition has no tables for some of the answers."""
    columns = [f"sources.{name} AS source_{name}" for name in _SOURCE]
    joins = ["JOIN sources ON sources.id = documents.source"]
    if database.has("standing"):
        columns.append("COALESCE(standing.state, '') AS wrong")
        joins.append("LEFT JOIN standing ON standing.path = documents.path")
    else:
        columns.append("'' AS wrong")
    if database.has("searchable"):
        columns.append("searchable.path AS searchable, searchable.note AS searchable_note")
        joins.append("LEFT JOIN searchable ON searchable.document = documents.id")
    else:
        columns.append("NULL AS searchable, NULL AS searchable_note")
    if database.has("version_links"):
        newer = "SELECT replaced_by FROM version_links WHERE document = documents.id"
        older = "SELECT group_concat(document, ' ') FROM version_links WHERE replaced_by = documents.id"
        why = "SELECT reason FROM version_links WHERE document = documents.id"
        columns.append(f"({newer}) AS replaced_by, ({why}) AS replaced_why, ({older}) AS replaces")
    else:
        columns.append("NULL AS replaced_by, NULL AS replaced_why, NULL AS replaces")
    return f"SELECT documents.*, {', '.join(columns)} FROM documents {' '.join(joins)}"  # noqa: S608


def _holding(row: dict[str, Any]) -> Holding:
    return Holding(
        **document_fields(row),
        file=source_from({name: row[f"source_{name}"] for name in _SOURCE}),
        wrong=row["wrong"],
        searchable=row["searchable"],
        searchable_note=row["searchable_note"],
        replaced_by=row["replaced_by"],
        replaced_why=row["replaced_why"],
        replaces=tuple((row["replaces"] or "").split()),
    )
