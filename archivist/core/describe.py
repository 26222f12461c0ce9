"""The public record of a document (件): what ``--json``, 档案元数据.json and every page tell of it, in one place.

Its keys are a promise (schemas/output/documents.schema.json): they are added, never renamed or removed.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from archivist.core.document import Holding
from archivist.core.evidence import grade
from archivist.core.model import Candidate, Evidence, Fact, Marks, Status


def describe(one: Holding) -> dict[str, Any]:
    """Tell all there is to tell; what waits for a person has no project yet, only candidates."""
    decided, worth = one.status is Status.FILED, grade(one)
    return {
        "id": one.id,
        "source": one.file.name,
        "sha256": one.file.sha256,
        "pages": list(one.pages),
        "status": one.status.value,
        "project": one.project if decided else None,
        "item": one.item if decided else None,
        "confidence": one.confidence,
        "candidates": [candidate_record(candidate) for candidate in one.candidates],
        "reasons": list(one.reasons),
        "title": one.title,
        "date": one.date,
        "issuer": one.issuer,
        "responsible": one.responsible,
        "level": one.level.value if one.level else None,
        "kind": one.of_kind or None,
        "evidence": worth.state.value,
        "evidence_reason": worth.reason,
        "sealed": one.sealed.value,
        "signed": one.signed.value,
        "path": one.path,
        "text_source": one.text_source.value,
        "original": one.original,
        "decided_by": one.decided_by,
        "facts": [fact_record(fact) for fact in one.facts],
        **marks_record(one.marks),
        "searchable": one.searchable,
        "searchable_note": one.searchable_note or None,
        "replaced_by": one.replaced_by,
        "replaces": sorted(one.replaces),
    }


def fact_record(fact: Fact) -> dict[str, Any]:
    """A fact as it is kept and printed, what it does not tell empty."""
    return {
        "name": fact.name,
        "value": fact.value,
        "page": fact.page,
        "quote": fact.quote,
        "project": fact.project,
        "state": fact.state,
        "party": fact.party,
        "detail": fact.detail,
    }


def marks_record(marks: Marks) -> dict[str, Any]:
    """Seals, places to sign and the place of the date, as they are kept and printed."""
    return {
        "seals": [_by_name({**asdict(seal), "box": list(seal.box)}) for seal in marks.seals],
        "seal_blocks": [_by_name(asdict(block)) for block in marks.blocks],
        "signatures": [_by_name(asdict(place)) for place in marks.signatures],
        "date_evidence": None
        if marks.dated is None
        else {"page": marks.dated.page, "quote": marks.dated.quote},
    }


def _by_name(record: dict[str, Any]) -> dict[str, Any]:
    return dict(sorted(record.items()))


def candidate_record(candidate: Candidate) -> dict[str, Any]:
    """A candidate as it is kept and printed."""
    return {
        "evidence": [evidence_record(e) for e in candidate.evidence],
        "item": candidate.item,
        "project": candidate.project,
        "score": candidate.score,
    }


def evidence_record(evidence: Evidence) -> dict[str, Any]:
    """Evidence as it is kept and printed."""
    return {"page": evidence.page, "quote": evidence.quote, "rule": evidence.rule}
