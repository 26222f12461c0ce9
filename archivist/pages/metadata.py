"""档案元数据.json: the project's records beside its papers, readable without this software, so that they outlive it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from archivist.core.decision import Deregistration
from archivist.core.describe import candidate_record, describe
from archivist.core.document import Holding

if TYPE_CHECKING:
    from archivist.index.reader import IndexReader


def metadata(
    index: IndexReader,
    project: dict[str, Any],
    documents: Iterable[Holding],
    gate: Deregistration | None,
) -> bytes:
    """The page's bytes: the register's record, each document, what need not be there, what was overridden, the
    numbers of the archive (档号) it was given, the decision.

    Args:
        project: its row in the index. gate: its latest decision.
    """
    seq, digest = index.events.head()
    held = list(index.waivers.of(project["code"]).values())
    told = {
        "format": "archivist 档案元数据 1",
        "project": json.loads(project["record"]),
        "formerly": json.loads(project["formerly"]),
        "retired": None if project["retired"] is None else json.loads(project["retired"]),
        "documents": [_described(row) for row in documents],
        "waivers": [
            {
                "item": one.item,
                "reason": one.reason,
                "actor": one.actor,
                "at": one.at,
                "document": one.document,
                "holds": one in held,
            }
            for one in (*held, *index.waivers.void([project["code"]]))
        ],
        "overrides": [one.whole() for one in index.overrides.of(project["code"])],
        "numbers": [one.record() for one in index.numbers.of([project["code"]])[project["code"]]],
        "deregistration": None if gate is None else _passed(gate),
        "events_head": {"seq": seq, "hash": digest},
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _described(one: Holding) -> dict[str, Any]:
    """The public record; here the sha256 is that of the copy beside this file, and what it came in is told as well."""
    return {
        **describe(one),
        "item": one.item,
        "sha256": one.path_sha256,
        "source": {
            "name": one.file.name,
            "sha256": one.file.sha256,
            "size": one.file.size,
            "received": one.file.received,
        },
        "candidates": [candidate_record(candidate) for candidate in one.candidates[:3]],
    }


def _passed(gate: Deregistration) -> dict[str, Any]:
    return {
        "decision": None if gate.decision is None else gate.decision.record(),
        "reopened": gate.reopened,
        "reopened_by": gate.reopened_by,
        "reason": gate.reason,
    }
