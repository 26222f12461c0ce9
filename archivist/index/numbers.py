"""Numbers of the archive (档号) that were given, each with its event: none is ever deleted, and none given again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from archivist.core.archive.numbers import Given, New, Series
from archivist.index.database import question_marks
from archivist.index.projects import Projects
from archivist.system.clock import now

if TYPE_CHECKING:
    from archivist.index.database import Database

TABLE = "archive_numbers"
TABLES = """
-- 档号 that were given: a paper's (document, by its first sheet), or a volume's (document ''); `ended` says since when one
-- stands for nothing any more, by whom and why. Kept for ever, so that no number is given twice.
CREATE TABLE archive_numbers (
  id INTEGER PRIMARY KEY, project TEXT NOT NULL, document TEXT NOT NULL, fonds TEXT NOT NULL, category TEXT NOT NULL,
  year INTEGER NOT NULL, period TEXT NOT NULL, organ TEXT NOT NULL, number INTEGER NOT NULL, place INTEGER NOT NULL,
  code TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL, ended TEXT, ended_by TEXT, why TEXT
);
CREATE INDEX archive_numbers_project ON archive_numbers (project);
CREATE INDEX archive_numbers_series ON archive_numbers (fonds, category, year, period, organ, number);
CREATE UNIQUE INDEX archive_numbers_code ON archive_numbers (code) WHERE ended IS NULL;
CREATE UNIQUE INDEX archive_numbers_document ON archive_numbers (project, document) WHERE ended IS NULL;
"""
_SERIES = ("fonds", "category", "year", "period", "organ")
_COLUMNS = (
    f"id, project, document, {', '.join(_SERIES)}, number, place, code, at, actor, ended, ended_by, why"
)


class Numbers:
    """The numbers given in an open index."""

    def __init__(self, database: Database) -> None:
        self._database, self._projects = database, Projects(database)

    # -- questions -------------------------------------------------------------------------------------------------

    def of(self, projects: Sequence[str]) -> dict[str, list[Given]]:
        """All that projects were ever given, by project, in the order it was given in."""
        found: defaultdict[str, list[Given]] = defaultdict(list)
        if self._database.has(TABLE) and projects:
            where = f"project IN ({question_marks(projects)}) ORDER BY id"
            for one in self._read(where, projects):
                found[one.project].append(one)
        return found

    def in_series(self) -> Iterator[Given]:
        """All that were ever given but places within volumes, by series, then number; one after the other."""
        if self._database.has(TABLE):
            yield from self._read(f"place = 0 ORDER BY {', '.join(_SERIES)}, number, id", ())

    def projects(self) -> list[str]:
        """The projects that have a number that stands."""
        if not self._database.has(TABLE):
            return []
        query = f"SELECT DISTINCT project FROM {TABLE} WHERE ended IS NULL ORDER BY project"  # noqa: S608 (ours)
        return [row["project"] for row in self._database.rows(query)]

    def highest(self, series: Series) -> int:
        """The highest number ever given in a series, whether it stands or not; 0 where none was."""
        same = " AND ".join(f"{name} = ?" for name in _SERIES)
        query = f"SELECT COALESCE(MAX(number), 0) FROM {TABLE} WHERE {same}"  # noqa: S608 (ours)
        return int(self._database.value(query, list(series)))

    def _read(self, where: str, values: Sequence[Any]) -> Iterator[Given]:
        query = f"SELECT {_COLUMNS} FROM {TABLE} WHERE {where}"  # noqa: S608 (ours)
        return map(_given, self._database.rows(query, values))

    # -- changes ---------------------------------------------------------------------------------------------------

    def give(self, project: str, new: Collection[New], **told: Any) -> None:
        """Record that numbers are given to a project's papers: one event."""
        at, actor = now(), self._database.actor.name
        with self._database.change():
            for one in new:
                series = dict(zip(_SERIES, one.series, strict=True))
                row = {"project": project, "document": one.document, **series, "number": one.number}
                row |= {"place": one.place, "code": one.code, "at": at, "actor": actor}
                self._database.insert(TABLE, row)
            self._database.event("numbered", project, codes=[one.code for one in new], **told)
            self._projects.outdate(project)

    def end(self, project: str, given: Collection[Given], why: str, act: str = "number withdrawn") -> None:
        """Record that numbers stand for nothing any more, and why: one event. They are never given again."""
        at, actor = now(), self._database.actor.name
        with self._database.change():
            for one in given:
                self._database.execute(
                    f"UPDATE {TABLE} SET ended = ?, ended_by = ?, why = ? WHERE id = ?",  # noqa: S608 (ours)
                    [at, actor, why, one.id],
                )
            if act:
                self._database.event(act, project, codes=[one.code for one in given], reason=why)
            self._projects.outdate(project)


def put_number(
    database: Database, project: str, told: Mapping[str, Any], read: tuple[Series, int, int]
) -> None:
    """Put a number back that a description tells of (see `Given.record`)."""
    series, number, place = read
    row = {"project": project, **dict(zip(_SERIES, series, strict=True)), "number": number, "place": place}
    row |= {name: str(told[name]) for name in ("document", "code", "at", "actor")}
    row |= {name: told[name] and str(told[name]) for name in ("ended", "ended_by", "why")}
    database.insert(TABLE, row)


def _given(row: dict[str, Any]) -> Given:
    series = Series(*(row.pop(name) for name in _SERIES))
    return Given(series=series, **row)
