"""Rows of the index as values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from archivist.core.model import (
    NO_MARKS,
    Candidate,
    Evidence,
    Fact,
    Level,
    Marks,
    SealSeen,
    Seen,
    SignaturePlace,
    Status,
    TextSource,
)
from archivist.index.events import to_json

INBOX, PROJECT, MEMBER = "inbox", "project", "member"
"""Where a source came from: 收件箱, a project's folder, or an archive (zip) that was dropped."""

RECEIVED, PLANNED, DONE = "received", "planned", "done"
"""How far a source is: its bytes are safe; its documents and their places are decided; all is in place."""

SAFE, STANDS, OWN = "safe", "stands", "own"
"""Why a file may go: a drop whose bytes are in the vault; a drop whose documents stand; our copy at a place given up
(the latter two only once their source is done).
"""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One dropped file (or archive member). ``decided_*`` hold a person's decision, made by where it was dropped."""

    id: int
    name: str
    origin: str
    parent: int | None
    sha256: str
    size: int
    vault: str | None
    state: str
    received: str
    decided_project: str | None = None
    decided_item: int | None = None
    pages: int | None = None
    kind: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Removal:
    """A file to take away once its source's documents stand: only if it is still the file that was meant.

    ``path`` is below the store's root, as the file system's bytes; ``stamp`` is a drop's, None for our own copies.
    """

    reason: str
    path: bytes
    sha256: str
    stamp: str | None = None
    source: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document (件): a page range of a source and what became of it."""

    id: str
    source: int
    first: int
    last: int
    status: Status
    project: str | None = None
    item: int | None = None
    confidence: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[str, ...] = ()
    title: str | None = None
    date: str | None = None
    issuer: str | None = None
    level: Level | None = None
    sealed: Seen = Seen.UNKNOWN
    signed: Seen = Seen.UNKNOWN
    path: str | None = None
    path_sha256: str | None = None
    text_source: TextSource = TextSource.NONE
    original: str | None = None
    decided_by: str | None = None
    archival: bool = True
    facts: tuple[Fact, ...] = ()
    marks: Marks = NO_MARKS

    def to_record(self) -> dict[str, Any]:
        """Return the database row."""
        return {
            "id": self.id,
            "source": self.source,
            "first": self.first,
            "last": self.last,
            "status": self.status.value,
            "project": self.project,
            "item": self.item,
            "confidence": self.confidence,
            "candidates": to_json([candidate_record(c) for c in self.candidates]),
            "reasons": to_json(list(self.reasons)),
            "evidence": to_json([evidence_record(e) for c in self.candidates[:1] for e in c.evidence]),
            "title": self.title,
            "date": self.date,
            "issuer": self.issuer,
            "level": self.level.value if self.level else None,
            "sealed": self.sealed.value,
            "signed": self.signed.value,
            "path": self.path,
            "path_sha256": self.path_sha256,
            "text_source": self.text_source.value,
            "original": self.original,
            "decided_by": self.decided_by,
            "archival": int(self.archival),
            "facts": to_json([fact_record(fact) for fact in self.facts]),
            "marks": to_json(marks_record(self.marks)),
        }


def fact_record(fact: Fact) -> dict[str, Any]:
    """A fact as it is kept and printed."""
    return {"name": fact.name, "value": fact.value, "page": fact.page, "quote": fact.quote}


def marks_record(marks: Marks) -> dict[str, Any]:
    """Seals, places to sign and the place of the date, as they are kept and printed."""
    return {
        "seals": [{**asdict(seal), "box": list(seal.box)} for seal in marks.seals],
        "signatures": [asdict(place) for place in marks.signatures],
        "date_evidence": None
        if marks.dated is None
        else {"page": marks.dated.page, "quote": marks.dated.quote},
    }


def _marks(record: Mapping[str, Any]) -> Marks:
    dated = record.get("date_evidence")
    return Marks(
        tuple(
            SealSeen(**{**seal, "box": tuple(seal["box"]), "fits": Seen(seal["fits"])})
            for seal in record.get("seals", ())
        ),
        tuple(SignaturePlace(**{**one, "seen": Seen(one["seen"])}) for one in record.get("signatures", ())),
        None if dated is None else Evidence(dated["page"], dated["quote"], "日期"),
    )


def candidate_record(candidate: Candidate) -> dict[str, Any]:
    """A candidate as it is kept and printed."""
    return {
        "project": candidate.project,
        "item": candidate.item,
        "score": candidate.score,
        "evidence": [evidence_record(e) for e in candidate.evidence],
    }


def evidence_record(evidence: Evidence) -> dict[str, Any]:
    """Evidence as it is kept and printed."""
    return {"page": evidence.page, "quote": evidence.quote, "rule": evidence.rule}


def document_from(row: Mapping[str, Any]) -> DocumentRow:
    """Rebuild a DocumentRow from a database row."""
    return DocumentRow(
        id=row["id"],
        source=row["source"],
        first=row["first"],
        last=row["last"],
        status=Status(row["status"]),
        project=row["project"],
        item=row["item"],
        confidence=row["confidence"],
        candidates=tuple(_candidate(c) for c in json.loads(row["candidates"])),
        reasons=tuple(json.loads(row["reasons"])),
        title=row["title"],
        date=row["date"],
        issuer=row["issuer"],
        level=Level(row["level"]) if row["level"] else None,
        sealed=Seen(row["sealed"]),
        signed=Seen(row["signed"]),
        path=row["path"],
        path_sha256=row["path_sha256"],
        text_source=TextSource(row["text_source"]),
        original=row["original"],
        decided_by=row["decided_by"],
        archival=bool(row["archival"]),
        facts=tuple(Fact(f["name"], f["value"], f["page"], f["quote"]) for f in json.loads(row["facts"])),
        marks=_marks(json.loads(row["marks"])),
    )


def _candidate(record: Mapping[str, Any]) -> Candidate:
    evidence = tuple(Evidence(e["page"], e["quote"], e["rule"]) for e in record["evidence"])
    return Candidate(record["project"], record["item"], record["score"], evidence)


def source_from(row: Mapping[str, Any]) -> SourceRow:
    """Rebuild a SourceRow from a database row."""
    return SourceRow(**{name: row[name] for name in SourceRow.__slots__})
