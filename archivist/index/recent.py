"""The newest results (最近处理): what became of what was dropped, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archivist.index.queries import Queries

_ACTS = frozenset(
    {
        *("identified", "assigned", "put back", "dismissed", "rejected", "duplicate", "refused", "renamed"),
        *("set aside", "given up", "restored", "repaired", "undone", "confirmed", "superseded"),
    }
)
"""Events after which a document's outcome is news."""

_EVENTS = 2000
"""How far back the log is looked through: a long burst of other events makes the list shorter, never slow."""


def newest(index: Queries, most: int) -> list[dict[str, Any]]:
    """Documents with their source's name and their project's, and ``at``, when they came to be as they are."""
    rows = index._all("SELECT at, act, subject FROM events ORDER BY seq DESC LIMIT ?", [_EVENTS])
    when: dict[str, str] = {}
    for row in rows:
        if row["act"] in _ACTS and row["subject"] not in when:
            when[row["subject"]] = row["at"]
            if len(when) == most:
                break
    marks = ", ".join("?" * len(when))
    query = (
        "SELECT documents.*, sources.name AS source_name, projects.name AS project_name FROM documents "  # noqa: S608
        "JOIN sources ON sources.id = documents.source LEFT JOIN projects ON projects.code = documents.project "
        f"WHERE documents.id IN ({marks})"
    )
    found = {row["id"]: {**row, "at": when[row["id"]]} for row in index._all(query, list(when))}
    return [found[identity] for identity in when if identity in found]


def waiting_counts(index: Queries) -> tuple[int, int]:
    """How many received files are not finished, and how many documents wait in 待确认."""
    row = index._one(
        "SELECT (SELECT COUNT(*) FROM sources WHERE state <> 'done') AS sources, "
        "(SELECT COUNT(*) FROM documents WHERE status = 'review') AS documents"
    )
    assert row is not None
    return row["sources"], row["documents"]


def failures(index: Queries) -> list[dict[str, Any]]:
    """Sources whose work failed: name, how often, why, and when they are tried again (seconds since 1970)."""
    query = "SELECT name, count, error, next FROM attempts JOIN sources ON sources.id = source ORDER BY next"
    return list(index._all(query))
