"""All that checks need to know of projects (案卷), read off an open index: by the writer and on the light path alike."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from archivist.core.catalogue.completeness import Waiver
from archivist.core.catalogue.counting import counts, waits
from archivist.core.checks.values import Gate, ProjectFile
from archivist.core.document import Holding
from archivist.core.gate import evidence
from archivist.index.deregistrations import read_decision
from archivist.index.holdings import CATALOGUE, holdings
from archivist.index.reader import has_table

_PLACED = "project IS NOT NULL AND item IS NOT NULL AND status IN ('filed', 'review')"


def project_files(connection: sqlite3.Connection, codes: Sequence[str] | None = None) -> list[ProjectFile]:
    """The projects ``codes``, in the order given; those the register does not have are left out.

    Args:
        codes: None means all, by township and code.
    """
    few = codes is not None and len(codes) <= 50
    where, values = (f"IN ({', '.join('?' * len(codes or ()))})", list(codes or ())) if few else ("", [])
    documents: defaultdict[str, list[Holding]] = defaultdict(list)
    for one in holdings(connection, f"{_PLACED} {f'AND project {where}' if few else ''}", values, CATALOGUE):
        documents[one.project or ""].append(one)
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
    documents: Sequence[Holding],
    waivers: Sequence[dict[str, Any]],
    gate: Gate | None,
) -> ProjectFile:
    return ProjectFile(
        project["code"],
        project["name"],
        project["category"],
        tuple(one for one in documents if counts(one)),
        tuple(one for one in documents if waits(one)),
        {row["item"]: Waiver(**row) for row in waivers},
        gate,
        json.loads(project["record"]).get("debts") or "",
    )


def gate_of(row: dict[str, Any]) -> Gate:
    """How a project stands to the gate, from its latest row."""
    decision = read_decision(row["decision"])
    documents = frozenset(evidence(decision) if decision is not None else ())
    return Gate(row["at"], row["actor"], documents, row["reopened"], row["reopened_by"], row["reason"])
