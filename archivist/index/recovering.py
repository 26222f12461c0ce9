"""Rows made of what projects' own descriptions (档案元数据.json) tell: for an archive that lost its memory.

Each row is as it was told; an event ``recovered`` a project carries them, so that everybody sees where they come from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from archivist.core.archive.numbers import read_code
from archivist.core.decision import decision_of
from archivist.core.document import DONE, INBOX, Document
from archivist.index.notation import to_json
from archivist.index.numbers import put_number
from archivist.index.records import document_from, document_row

if TYPE_CHECKING:
    from archivist.index.database import Database

REASON = "由档案元数据恢复，原来的事件日志没有了：请核对后重新办理"
"""Why a decision of the gate comes back reopened: a file that anybody may edit certifies nothing."""

_NUMBER = re.compile(r"D\d{1,12}")
_INSIDE = re.compile(r"(?!.*(?:^|/)\.{1,2}(?:/|$))(?!\.archivist/)[^\\\x00:]+")
"""A path below the store's root that leads nowhere else, and not into our own folder."""

_TEXTS = ("candidates", "reasons", "facts")
_SAME = (
    "id",
    "status",
    "confidence",
    "title",
    "date",
    "issuer",
    "responsible",
    "level",
    "sealed",
    "signed",
    "path",
    "text_source",
    "original",
    "decided_by",
    "item",
)


def told_document(record: Mapping[str, Any], project: str, source: int) -> Document:
    """The document of a public record in a project's description.

    Raises:
        KeyError, TypeError, ValueError: it is no such record.
    """
    first, last = record["pages"]
    row: dict[str, Any] = {
        **{name: record[name] for name in _SAME},
        **{name: to_json(record[name]) for name in _TEXTS},
        "marks": to_json(dict(record)),
        "source": source,
        "project": project,
        "first": int(first),
        "last": int(last),
        "path_sha256": record["sha256"],
        "archival": 1,
    }
    document = document_from(row)
    document_row(document)  # whatever cannot be kept is no record
    outside = document.path is not None and (
        document.path.startswith("/") or not _INSIDE.fullmatch(document.path)
    )
    if outside or not _NUMBER.fullmatch(document.id):
        raise ValueError(document.id)
    return document


class Recovering:
    """Puts what descriptions tell into an index that is empty. Use it inside one ``change``."""

    def __init__(self, database: Database, vault: Mapping[str, str]) -> None:
        """``vault``: where originals are kept, below the store's root, by sha256."""
        self._database, self._vault = database, vault
        self._sources: dict[tuple[str, str, str], int] = {}
        self._numbers: set[str] = set()

    def source(self, told: Mapping[str, Any]) -> int:
        """The source that a document came in; several documents may tell of one."""
        name, sha256, received = (str(told[key]) for key in ("name", "sha256", "received"))
        key = (sha256, name, received)
        if key not in self._sources:
            row = {
                "name": name,
                "origin": INBOX,
                "sha256": sha256,
                "size": int(told["size"]),
                "vault": self._vault.get(sha256),
                "state": DONE,
                "received": received,
            }
            self._sources[key] = self._database.insert("sources", row)
        return self._sources[key]

    @property
    def sources(self) -> list[tuple[int, str]]:
        """The sources put in: number and sha256."""
        return [(number, sha256) for (sha256, _, _), number in self._sources.items()]

    def document(self, document: Document, replaced_by: str | None) -> None:
        """A document, with the one that counts in its place."""
        self._database.insert("documents", document_row(document))
        if replaced_by:
            link = {
                "document": document.id,
                "replaced_by": replaced_by,
                "by": None,
                "reason": "由档案元数据恢复",
            }
            self._database.insert("versions", link)

    def waiver(self, project: str, told: Mapping[str, Any]) -> None:
        """What need not be handed in, with the statement it rests on, where the folder's edition told it."""
        texts = {name: str(told[name]) for name in ("reason", "actor", "at")}
        texts |= {"document": str(told["document"])} if told.get("document") else {}
        self._database.insert("waivers", {"project": project, "item": int(told["item"]), **texts})

    def number(self, project: str, told: Mapping[str, Any]) -> None:
        """A number of the archive (档号) that was given, and since when it stands for nothing any more, if it does.

        Raises:
            ValueError: it is none, or two papers have it.
        """
        code = str(told["code"])
        read = read_code(code)
        key = code if told["ended"] is None else ""
        if read is None or key in self._numbers:
            raise ValueError(code)
        put_number(self._database, project, told, read)
        self._numbers |= {key} - {""}

    def decision(self, project: str, told: Mapping[str, Any]) -> bool:
        """The gate's last decision, which does not hold until the gate is passed anew; False when it cannot be read."""
        decision = decision_of(told["decision"])
        if decision is None:
            return False
        reopened = told["reopened"] or decision.at
        row = {
            "project": project,
            "at": decision.at,
            "actor": decision.actor,
            "decision": to_json(told["decision"]),
            "reopened": reopened,
            "reopened_by": told["reopened_by"] or self._database.actor.name,
            "reason": told["reason"] or REASON,
        }
        self._database.insert("deregistrations", row)
        return True

    def told(self, project: str, **detail: Any) -> None:
        """The event that carries a project's rows."""
        self._database.event("recovered", project, **detail)
