"""A proposal to deregister a project (提请销号): what one person proposed on which evidence, for another to confirm.

It waits while its evidence is what it was; `evidence_digest` is what both are held against.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from archivist.core.catalogue.completeness import Waiver
from archivist.core.document import Holding
from archivist.core.people.person import Person
from archivist.core.rootcode import prints_a_root

FORMAT = "archivist 销号提请 1"


@dataclass(frozen=True, slots=True)
class Hand:
    """Who did one of the two acts: by the register of people, and as which user (系统用户) of the operating system."""

    name: str
    body: str
    level: str
    user: str

    @property
    def told(self) -> str:
        """As pages and commands tell it."""
        return f"{self.name}（{self.body}，{self.level}；系统用户 {self.user or '未知'}）"

    def record(self) -> dict[str, str]:
        """As it is kept and printed."""
        return {"name": self.name, "body": self.body, "level": self.level, "user": self.user}


def hand_of(person: Person, user: str) -> Hand:
    """A person of the register at work."""
    return Hand(person.name, person.body, person.level.value, user)


def hand_in(record: Any) -> Hand | None:
    """The hand of a kept record; None where there is none. KeyError and TypeError for what is no record of one."""
    return None if record is None else Hand(**{name: str(record[name]) for name in Hand.__slots__})


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was proposed.

    Attributes:
        at: ISO 8601. by: who. reasons: by the key of the warning each explains.
        head: ``seq`` and ``hash`` of the last event then. evidence: `evidence_digest` then.
        approval: words in the title of the paper (审批表) that closes; it is no evidence, for it comes later. "" for none.
    """

    project: str
    at: str
    by: Hand
    reasons: Mapping[str, str]
    head: Mapping[str, Any]
    evidence: str
    approval: str = ""
    format: str = field(default=FORMAT)

    @property
    def told(self) -> str:
        """Who proposed and when, as people read it."""
        return f"{self.at[:10]} 由{self.by.told}提请"

    def record(self) -> dict[str, Any]:
        """As it is kept and printed."""
        return {
            "format": self.format,
            "project": self.project,
            "at": self.at,
            "by": self.by.record(),
            "reasons": dict(self.reasons),
            "head": dict(self.head),
            "evidence": self.evidence,
            "approval": self.approval,
        }


def proposal_of(record: Any) -> Proposal | None:
    """The proposal of a kept record; None when it has not the shape of one: somebody may have tampered with it."""
    try:
        by = hand_in(record["by"])
        if record["format"] != FORMAT or by is None:
            return None
        return Proposal(
            project=str(record["project"]),
            at=str(record["at"]),
            by=by,
            reasons={str(key): str(words) for key, words in record["reasons"].items()},
            head={name: record["head"][name] for name in ("seq", "hash")},
            evidence=str(record["evidence"]),
            approval=str(record["approval"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def evidence_digest(
    documents: Iterable[Holding], waivers: Iterable[Waiver], approval: str, overrides: Iterable[str] = ()
) -> str:
    """One sha256 over all that a decision would rest on: each document's files, pages, item and date, each waiver.

    Args:
        documents: those that count. approval: as in `Proposal`. overrides: a line for each (负责人核定).
    """
    lines = [
        "\t".join(map(str, (one.item, one.file.sha256, one.path_sha256, one.first, one.last, one.date)))
        for one in documents
        if not is_approval(one, approval) and not prints_a_root(one)
    ]
    lines += [f"免交\t{one.item}\t{one.document}" for one in waivers]
    lines += [f"核定\t{one}" for one in overrides]
    return hashlib.sha256("\n".join(sorted(lines)).encode("utf-8", "surrogatepass")).hexdigest()


def is_approval(one: Holding, approval: str) -> bool:
    """Whether a document is the approval (审批表): by its title; where none was read, by the name people find it under."""
    return bool(approval) and approval in (one.title or one.name)
