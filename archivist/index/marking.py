"""Triggers that mark the projects whose kept state does not hold (see `index.states`): they stand in the database's file,
so that whoever writes marks them.
"""

from __future__ import annotations


def _marking(table: str, moment: str, *projects: str, when: str = "") -> str:
    """A trigger that marks the projects that ``projects`` select. No INSERT OR IGNORE: what stands in the statement that
    fires it would win.
    """
    name = f"stale_{table}_{moment.split(maxsplit=1)[0].lower()}"
    marks = " ".join(
        f"INSERT INTO stale_states (project) SELECT code FROM (SELECT DISTINCT {one}) "  # noqa: S608
        "WHERE code IS NOT NULL AND code NOT IN (SELECT project FROM stale_states);"
        for one in projects
    )
    return (
        f"CREATE TRIGGER {name} AFTER {moment} ON {table} {f'WHEN {when}' if when else ''} BEGIN {marks} END;"
    )


def _changed(*columns: str) -> str:
    return " OR ".join(f"OLD.{one} IS NOT NEW.{one}" for one in columns)


_AT = "project AS code FROM documents WHERE path = {row}.path"
_OF = "project AS code FROM documents WHERE id IN ({row}.document, {row}.replaced_by)"
_SAME_COPY = "project AS code FROM documents WHERE path_sha256 = {row}.path_sha256"
_SAME_BYTES = (
    "documents.project AS code FROM sources AS mine JOIN sources AS other ON other.sha256 = mine.sha256 "
    "JOIN documents ON documents.source = other.id WHERE mine.id = {row}.source"
)
_SAME_AS = (
    "theirs.project AS code FROM documents AS mine JOIN documents AS theirs ON theirs.path_sha256 = mine.path_sha256 "
    "WHERE mine.id IN ({row}.document, {row}.replaced_by)"
)
"""Other projects that hold the same paper: each is told of the other (see core.checks.same_paper)."""


def _alike(row: str) -> tuple[str, str]:
    return _SAME_COPY.format(row=row), _SAME_BYTES.format(row=row)


_IN_REGISTER = ("code", "name", "township", "village", "category", "department", "record")
_OF_SOURCE = ("name", "origin", "parent", "sha256", "size", "vault", "kind", "pages", "note")

MARKING = "\n".join(
    [
        _marking("documents", "INSERT", "NEW.project AS code", *_alike("NEW")),
        _marking(
            "documents",
            "UPDATE",
            "OLD.project AS code",
            "NEW.project AS code",
            *_alike("OLD"),
            *_alike("NEW"),
        ),
        _marking("documents", "DELETE", "OLD.project AS code", *_alike("OLD")),
        _marking(
            "sources",
            f"UPDATE OF {', '.join(_OF_SOURCE)}",
            "project AS code FROM documents WHERE source = NEW.id",
            when=_changed(*_OF_SOURCE),
        ),
        _marking("waivers", "INSERT", "NEW.project AS code"),
        _marking("waivers", "UPDATE", "OLD.project AS code", "NEW.project AS code"),
        _marking("waivers", "DELETE", "OLD.project AS code"),
        _marking("versions", "INSERT", _OF.format(row="NEW"), _SAME_AS.format(row="NEW")),
        _marking("versions", "UPDATE", _OF.format(row="OLD"), _OF.format(row="NEW")),
        _marking("versions", "DELETE", _OF.format(row="OLD"), _SAME_AS.format(row="OLD")),
        _marking("standing", "INSERT", _AT.format(row="NEW"), when="NEW.state <> ''"),
        _marking(
            "standing",
            "UPDATE OF path, state",
            _AT.format(row="OLD"),
            _AT.format(row="NEW"),
            when=_changed("path", "state"),
        ),
        _marking("standing", "DELETE", _AT.format(row="OLD"), when="OLD.state <> ''"),
        _marking("deregistrations", "INSERT", "NEW.project AS code"),
        _marking("deregistrations", "UPDATE", "OLD.project AS code", "NEW.project AS code"),
        _marking("deregistrations", "DELETE", "OLD.project AS code"),
        _marking("projects", "INSERT", "NEW.code AS code"),
        _marking(
            "projects",
            f"UPDATE OF {', '.join(_IN_REGISTER)}",
            "OLD.code AS code",
            "NEW.code AS code",
            when=_changed(*_IN_REGISTER),
        ),
        _marking("projects", "DELETE", "OLD.code AS code"),
    ]
)
"""On every table that `index.projectfiles` reads (a test compares): what a state is made of."""

MARKING_OVERRIDES = "\n".join(
    [
        _marking("overrides", "INSERT", "NEW.project AS code"),
        _marking("overrides", "UPDATE", "OLD.project AS code", "NEW.project AS code"),
        _marking("overrides", "DELETE", "OLD.project AS code"),
    ]
)
"""The same for a table that came later."""

MARKING_DOSSIERS = "\n".join(
    [
        _marking("dossiers", "INSERT", "NEW.project AS code"),
        _marking("dossiers", "UPDATE", "OLD.project AS code", "NEW.project AS code"),
        _marking("dossiers", "DELETE", "OLD.project AS code"),
    ]
)
"""And for one that came later still."""
