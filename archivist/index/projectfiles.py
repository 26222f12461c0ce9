"""All that checks need to know of projects (案卷), read off an open index: by the writer and on the light path alike."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from archivist.core.catalogue.completeness import Waiver
from archivist.core.checks.values import Gate, Held, ProjectFile
from archivist.core.gate import evidence
from archivist.core.model import Evidence, Fact, Level, Seen
from archivist.index.deregistrations import read_decision
from archivist.index.reader import has_table

_DOCUMENTS = (
    "SELECT documents.id, project, item, status, documents.path, path_sha256, first, last, title, date, sealed, signed, "
    "marks, facts, level, documents.original AS copy, decided_by, "
    "sources.sha256 AS original, vault, sources.name AS source, received, "
    "COALESCE(standing.state, '') AS wrong FROM documents JOIN sources ON sources.id = source "
    "LEFT JOIN standing ON standing.path = documents.path WHERE project IS NOT NULL AND item IS NOT NULL "
    "AND status IN ('filed', 'review') AND documents.id NOT IN (SELECT document FROM version_links)"
)


def project_files(connection: sqlite3.Connection, codes: Sequence[str] | None = None) -> list[ProjectFile]:
    """The projects ``codes``, in the order given; those the register does not have are left out.

    Args:
        codes: None means all, by township and code.
    """
    few = codes is not None and len(codes) <= 50
    where, values = (f"IN ({', '.join('?' * len(codes or ()))})", list(codes or ())) if few else ("", [])
    documents = _grouped(
        connection,
        f"{_DOCUMENTS} {f'AND project {where}' if few else ''} ORDER BY item, date, documents.id",
        values,
    )
    waivers = _grouped(
        connection,
        f"SELECT project, item, reason, actor, at FROM waivers {f'WHERE project {where}' if few else ''}",  # noqa: S608
        values,
    )
    gates = {}
    if has_table(connection, "deregistrations"):
        query = f"SELECT * FROM deregistrations {f'WHERE project {where}' if few else ''} ORDER BY id"  # noqa: S608
        gates = {row["project"]: gate_of(row) for row in _rows(connection, query, values)}
    chosen = f"WHERE code {where}" if few else ""
    query = f"SELECT code, name, category, record FROM projects {chosen} ORDER BY township, code"  # noqa: S608
    found = {
        row["code"]: _file(row, documents[row["code"]], waivers[row["code"]], gates.get(row["code"]))
        for row in _rows(connection, query, values)
    }
    return list(found.values()) if codes is None else [found[code] for code in codes if code in found]


def _rows(connection: sqlite3.Connection, query: str, values: Sequence[Any]) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(query, values)
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, tuple(row), strict=True))


def _grouped(
    connection: sqlite3.Connection, query: str, values: Sequence[Any]
) -> defaultdict[str, list[dict[str, Any]]]:
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _rows(connection, query, values):
        found[row["project"]].append(row)
    return found


def _file(
    project: dict[str, Any],
    documents: Sequence[dict[str, Any]],
    waivers: Sequence[dict[str, Any]],
    gate: Gate | None,
) -> ProjectFile:
    return ProjectFile(
        project["code"],
        project["name"],
        project["category"],
        tuple(_held(row) for row in documents if row["status"] == "filed"),
        tuple((row["id"], row["item"], _name(row)) for row in documents if row["status"] == "review"),
        {row["item"]: Waiver(**row) for row in waivers},
        gate,
        json.loads(project["record"]).get("debts") or "",
    )


def _name(row: dict[str, Any]) -> str:
    return str(row["path"] or row["source"]).rpartition("/")[2]


def _held(row: dict[str, Any]) -> Held:
    dated = json.loads(row["marks"]).get("date_evidence") if '"date_evidence":{' in row["marks"] else None
    return Held(
        id=row["id"], item=row["item"], name=_name(row), pages=(row["first"], row["last"]), title=row["title"],
        date=row["date"], dated=Evidence(dated["page"], dated["quote"], "日期") if dated else None,
        sealed=Seen(row["sealed"]), signed=Seen(row["signed"]), wrong=row["wrong"], path=row["path"] or "",
        sha256=row["path_sha256"] or "", original=row["original"], vault=row["vault"], received=row["received"],
        decided_by=row["decided_by"], facts=_facts(row["facts"]),
        level=Level(row["level"]) if row["level"] else None, copy=row["copy"],
    )  # fmt: skip


def _facts(text: str) -> tuple[Fact, ...]:
    return tuple(Fact(**fact) for fact in json.loads(text)) if text != "[]" else ()


def gate_of(row: dict[str, Any]) -> Gate:
    """How a project stands to the gate, from its latest row."""
    decision = read_decision(row["decision"])
    documents = frozenset(evidence(decision) if decision is not None else ())
    return Gate(row["at"], row["actor"], documents, row["reopened"], row["reopened_by"], row["reason"])
