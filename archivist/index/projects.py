"""The register's projects (项目台账) in the index, their folders, and whose status page has to be written anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from archivist.index.database import Row, question_marks

if TYPE_CHECKING:
    from archivist.core.project import Project
    from archivist.index.database import Database

_MOST_NAMES = 20
_COLUMNS = ("name", "township", "village", "category", "department", "record", "updated", "stale")


class Projects:
    """The projects in an open index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # -- lists -----------------------------------------------------------------------------------------------------

    def all(self) -> list[Row]:
        """Rows in the order people expect: by township, then code; ``deregistered`` is when the project passed the gate
        (销号), if that holds.
        """
        return self._database.listed(
            f"SELECT code, name, township, village, category, department, folder, {self._gate()} AS deregistered "  # noqa: S608
            "FROM projects ORDER BY township, code"
        )

    def _gate(self) -> str:
        if not self._database.has("deregistrations"):
            return "NULL"
        from archivist.index.evidence import BACKED

        return f"(SELECT at FROM deregistrations WHERE project = code AND reopened IS NULL AND {BACKED})"  # noqa: S608

    def records(self) -> list[Row]:
        """The register's records (JSON) with category and township, in the order people expect."""
        return self._database.listed(
            "SELECT record, category, township FROM projects ORDER BY township, code"
        )

    def registered(self) -> dict[str, tuple[Project, str | None]]:
        """All projects by code, with the folder each already has (below the store's root)."""
        return self._registered("")

    def without_place(self) -> dict[str, Project]:
        """The projects that have no folder yet, by code."""
        where = "WHERE folder IS NULL AND retired IS NULL"
        return {code: project for code, (project, _) in self._registered(where).items()}

    def _registered(self, where: str) -> dict[str, tuple[Project, str | None]]:
        import json

        from archivist.core.register import project_from_record

        rows = self._database.rows(f"SELECT code, record, folder FROM projects {where} ORDER BY code")  # noqa: S608
        return {row["code"]: (project_from_record(json.loads(row["record"])), row["folder"]) for row in rows}

    # -- one or some -----------------------------------------------------------------------------------------------

    def find(self, code: str) -> dict[str, Any] | None:
        """A project's row, or None."""
        return self._database.row("SELECT * FROM projects WHERE code = ?", [code])

    def values(self, field: str) -> list[str]:
        """What stands in a column of the register (ours, never a user's word), each once, in order; empty ones left out.

        It is asked for one value after the other, so that a register of any length costs what its few places cost.
        """
        query = (
            f"WITH RECURSIVE next (word) AS (SELECT MIN({field}) FROM projects WHERE {field} > '' UNION ALL "  # noqa: S608
            f"SELECT (SELECT MIN({field}) FROM projects WHERE {field} > word) FROM next WHERE word IS NOT NULL) "
            "SELECT word FROM next WHERE word IS NOT NULL"
        )
        return [word for (word,) in self._database.connection.execute(query)]

    def codes(
        self, of: Collection[str] = (), townships: Sequence[str] | None = None, category: str | None = None
    ) -> list[str]:
        """Codes of projects by township and code: of these, in these townships, of this category, as far as it is asked."""
        terms, values = ["1"], list[str]()
        for field, names in (("code", list(of) or None), ("township", townships)):
            if names is not None:
                terms.append(f"{field} IN ({question_marks(names)})")
                values += names
        if category is not None:
            terms.append("category = ?")
            values.append(category)
        query = f"SELECT code FROM projects WHERE {' AND '.join(terms)} ORDER BY township, code"  # noqa: S608
        return [code for (code,) in self._database.connection.execute(query, values)]

    def in_question(self) -> int:
        """How many new numbers may be known projects' (see `index.succession`)."""
        if not self._database.has("register_questions"):
            return 0
        return int(self._database.value("SELECT COUNT(*) FROM register_questions"))

    def any(self) -> bool:
        """Whether the register has a project."""
        return self._database.value("SELECT 1 FROM projects LIMIT 1") is not None

    def names(self, codes: Iterable[str | None]) -> dict[str, str]:
        """Names of the projects ``codes`` that the register has."""
        wanted = [code for code in codes if code is not None]
        query = f"SELECT code, name FROM projects WHERE code IN ({question_marks(wanted)})"  # noqa: S608
        rows = self._database.rows(query, wanted)
        return {row["code"]: row["name"] for row in rows}

    def without_folder(self, codes: Iterable[str | None]) -> set[str]:
        """Those of the projects ``codes`` that have no folder: they are not wound up (淘汰类)."""
        found = [self.find(code) for code in set(codes) if code is not None]
        return {row["code"] for row in found if row is not None and row["folder"] is None}

    def folders(self) -> dict[str, str]:
        """Projects' folders by code, in the order in which the projects came to the register."""
        rows = self._database.rows(
            "SELECT code, folder FROM projects WHERE folder IS NOT NULL ORDER BY rowid"
        )
        return {row["code"]: row["folder"] for row in rows}

    def astray(self) -> list[str]:
        """Sentences on the folders that lie under another township than the register says, for people at the folders."""
        from archivist.core.folderplace import lies_otherwise

        rows = self._database.rows(
            "SELECT code, name, township, folder FROM projects WHERE folder IS NOT NULL ORDER BY township, code"
        )
        found = (lies_otherwise(**row) for row in rows)
        return [one.what + one.do.folder for one in found if one is not None and one.elsewhere]

    def at(self, path: str) -> str | None:
        """The project in whose folder ``path`` lies."""
        query = "SELECT code FROM projects WHERE folder IS NOT NULL AND substr(?, 1, length(folder) + 1) = folder || '/'"
        code: str | None = self._database.value(query, [path])
        return code

    def version(self) -> int:
        """A number that grows with every import, and when a project gets another folder: their last event's."""
        query = (
            "SELECT COALESCE(MAX(seq), 0) FROM events WHERE act IN ('register', 'folder', "
            "'renumbered', 'merged', 'divided', 'retired', 'township changed', 'separated', 'corrected', 'register undone')"
        )
        return int(self._database.value(query))

    # -- changes ---------------------------------------------------------------------------------------------------

    def put(self, projects: Iterable[tuple[dict[str, Any], Project]], summary: dict[str, Any]) -> None:
        """Insert or update projects, each with its record; ``summary`` (added, changed, file …) is the event."""
        from archivist.index.notation import to_json
        from archivist.system.clock import now

        at = now()
        rows = [
            {
                "code": project.code,
                "name": project.name,
                "township": project.township,
                "village": project.village,
                "category": project.category.value if project.category else None,
                "department": project.department,
                "record": to_json(record),
                "updated": at,
                "stale": 1,
            }
            for record, project in projects
        ]
        # No INSERT … ON CONFLICT: its way with conflicts would be that of the triggers that note rows, too.
        update = (
            f"UPDATE projects SET {', '.join(f'{name} = :{name}' for name in _COLUMNS if name != 'category')}, "  # noqa: S608
            "category = CASE WHEN retired IS NULL THEN :category ELSE category END WHERE code = :code"
        )
        with self._database.change():
            for row in rows:
                self._remember_name(str(row["code"]), str(row["name"]))
                if self._database.execute(update, row).rowcount == 0:
                    self._database.insert("projects", row)
            self._database.event("register", summary.get("file", ""), **summary)

    def _remember_name(self, code: str, name: str) -> None:
        """Keep the name a project had until now (曾用名): papers of then have it."""
        import json

        from archivist.index.notation import to_json

        row = self.find(code)
        if row is None or row["name"] == name:
            return
        told = json.loads(row["formerly"])
        if row["name"] not in {name for _, name, *_ in told}:
            known = to_json([*told, [code, row["name"]]][-_MOST_NAMES:])
            self._database.execute("UPDATE projects SET formerly = ? WHERE code = ?", [known, code])

    def place(self, folders: Mapping[str, str]) -> None:
        """Remember projects' folders by code: they stay where they are though names may change later."""
        if not folders:
            return
        with self._database.change():
            for code, folder in folders.items():
                self._database.execute(
                    "UPDATE projects SET folder = ?, stale = 1 WHERE code = ?", [folder, code]
                )

    # -- pages -----------------------------------------------------------------------------------------------------

    def stale(self) -> list[str]:
        """Projects with a folder whose status page no longer says what the index says."""
        rows = self._database.rows("SELECT code FROM projects WHERE stale = 1 AND folder IS NOT NULL")
        return [row["code"] for row in rows]

    def outdate(self, *codes: str | None) -> None:
        """The pages of these projects have to be written anew, and what rests on them is looked at. Inside ``change``."""
        for code in codes:
            if code is not None:
                self._database.execute("UPDATE projects SET stale = 1 WHERE code = ?", [code])

    def pages_written(self, codes: Iterable[str]) -> None:
        """The status pages of the projects ``codes`` say what the index says."""
        with self._database.change():
            for code in codes:
                self._database.execute("UPDATE projects SET stale = 0 WHERE code = ?", [code])
