"""The gate's decision (销号决定) as a value: what was decided on a project, and all that it rests on.

It is kept as a record (JSON) that can be read without this software; `Decision.record` and `decision_of` are the two ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from archivist.core.patterns import lazily
from archivist.core.proposal import Hand, hand_in

FORMAT = "archivist 销号决定 1"


@dataclass(frozen=True, slots=True)
class Proof:
    """A document (件) that serves as evidence, as it was when the decision was made.

    Attributes:
        path: below the store's root. pages: first and last in its source. date_page: where its date was read.
        sha256: of the filed copy. original_sha256: of the file it came in. copy: 原件 or 复印件, None when not known.
        evidence: what it was worth (材料状态), "" in decisions made before that was said; a draft (草稿) is kept beside
            what the item rests on.
    """

    id: str
    path: str | None
    pages: tuple[int, int]
    title: str | None
    date: str | None
    date_page: int | None
    sealed: str
    signed: str
    sha256: str | None
    original_sha256: str
    copy: str | None
    decided_by: str | None
    evidence: str = ""

    @property
    def name(self) -> str:
        """What people find it under."""
        return str(self.path).rpartition("/")[2]

    def record(self) -> dict[str, Any]:
        """As it is kept and printed."""
        return {
            "id": self.id,
            "path": self.path,
            "pages": list(self.pages),
            "title": self.title,
            "date": self.date,
            "date_page": self.date_page,
            "sealed": self.sealed,
            "signed": self.signed,
            "sha256": self.sha256,
            "original_sha256": self.original_sha256,
            "copy": self.copy,
            "decided_by": self.decided_by,
            "evidence": self.evidence,
        }


@dataclass(frozen=True, slots=True)
class Waived:
    """Why an item need not be there (免交), who said so and when; ``document`` is the sealed statement it rests on."""

    reason: str
    actor: str
    at: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class DecidedItem:
    """One item of the catalogue (归档内容) as the decision found it; ``called`` is its name for this project."""

    item: int
    name: str
    called: str
    short: str
    clause: str
    state: str
    waiver: Waived | None
    documents: tuple[Proof, ...]

    def record(self) -> dict[str, Any]:
        """As it is kept and printed."""
        waiver = self.waiver
        return {
            "item": self.item,
            "name": self.name,
            "called": self.called,
            "short": self.short,
            "clause": self.clause,
            "state": self.state,
            "waiver": waiver
            and {
                "reason": waiver.reason,
                "actor": waiver.actor,
                "at": waiver.at,
                "document": waiver.document,
            },
            "documents": [one.record() for one in self.documents],
        }


@dataclass(frozen=True, slots=True)
class DecidedCheck:
    """A rule and how the project stood to it."""

    rule: str
    name: str
    clause: str
    outcome: str
    told: str

    def record(self) -> dict[str, Any]:
        """As it is kept and printed."""
        return {
            "rule": self.rule,
            "name": self.name,
            "clause": self.clause,
            "outcome": self.outcome,
            "told": self.told,
        }


@dataclass(frozen=True, slots=True)
class About:
    """The project, as the register had it."""

    code: str
    category: str | None
    name: str
    township: str
    village: str
    department: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """A project passed the gate.

    Attributes:
        reasons: warnings that were passed with a stated reason, each a finding's record with ``reason`` and ``rule``,
            the check that found it ("" in decisions made before that was said).
        at, actor: when and who. hashed: how many files were hashed, ``files`` and ``bytes``.
        rules: sha256 of the rule files by name. head: ``seq`` and ``hash`` of the last event. software: its version.
        register: what the register (台账) said that the decision rests on, by field; empty in those of earlier editions.
        user: the operating system's user who decided. authority: what is known of whether they may, "" in decisions of
            earlier editions. proposed_by, proposed_at, confirmed_by: the two persons, where there is a register of people.
        overrides: errors that a named authority overrode (负责人核定), each a finding's record with ``key``, ``reason``,
            ``by`` (a hand), ``at``, ``sha256`` and ``rule``; empty in decisions made before there were any.
        root: the root of the evidence (归档根码, `core.rootcode`), "" in decisions made before there was one.
    """

    project: About
    items: tuple[DecidedItem, ...]
    checks: tuple[DecidedCheck, ...]
    reasons: tuple[Mapping[str, Any], ...]
    at: str
    actor: str
    hashed: Mapping[str, int]
    rules: Mapping[str, str]
    head: Mapping[str, Any]
    software: str
    register: Mapping[str, str | None] = field(default_factory=dict)
    user: str = ""
    authority: str = ""
    proposed_by: Hand | None = None
    proposed_at: str | None = None
    confirmed_by: Hand | None = None
    root: str = ""
    overrides: tuple[Mapping[str, Any], ...] = ()

    @property
    def registered(self) -> Mapping[str, str | None]:
        """What the register said, as far as the decision tells: an earlier edition's tells less."""
        about = self.project
        known = {
            "name": about.name,
            "township": about.township,
            "village": about.village,
            "category": about.category,
        }
        return self.register or known

    def evidence(self) -> dict[str, tuple[int, Proof]]:
        """The documents it rests on: by number, each with its item."""
        return dict(self._evidence())

    def _evidence(self) -> Iterator[tuple[str, tuple[int, Proof]]]:
        for item in self.items:
            for one in item.documents:
                yield one.id, (item.item, one)

    def record(self) -> dict[str, Any]:
        """As it is kept and printed (schemas/output/deregister.schema.json)."""
        project = self.project
        return {
            "format": FORMAT,
            "project": {
                "code": project.code,
                "category": project.category,
                "name": project.name,
                "township": project.township,
                "village": project.village,
                "department": project.department,
            },
            "items": [item.record() for item in self.items],
            "checks": [check.record() for check in self.checks],
            "reasons": [dict(reason) for reason in self.reasons],
            "at": self.at,
            "actor": self.actor,
            "hashed": dict(self.hashed),
            "rules": dict(self.rules),
            "head": dict(self.head),
            "software": self.software,
            "register": dict(self.register),
            "user": self.user,
            "authority": self.authority,
            "proposed_by": self.proposed_by and self.proposed_by.record(),
            "proposed_at": self.proposed_at,
            "confirmed_by": self.confirmed_by and self.confirmed_by.record(),
            "root": self.root,
            "overrides": [dict(one) for one in self.overrides],
        }


@dataclass(frozen=True, slots=True)
class Deregistration:
    """A project passed the gate (销号) at ``at``, and whether that still holds. Times are ISO 8601.

    Attributes:
        decision: None where it cannot be read, and of earlier ones that nobody asked for.
        reopened: when it stopped holding, by whom and why; None while it holds.
    """

    project: str
    at: str
    actor: str
    decision: Decision | None = None
    reopened: str | None = None
    reopened_by: str | None = None
    reason: str | None = None

    @property
    def standing(self) -> bool:
        """Whether the project is deregistered by it now."""
        return self.reopened is None

    @property
    def documents(self) -> frozenset[str]:
        """The numbers of the documents that serve as evidence."""
        return frozenset(self.decision.evidence() if self.decision is not None else ())


_ROOT = lazily("([0-9a-f]{64})?")
_REASON = {"message", "clause", "reason", "code", "item"}
_LATER_KEYS = {"rule": "", "key": None, "other_document": None, "other_page": None, "other_quote": None}
"""What a kept reason may lack: earlier editions did not tell it."""
_OVERRIDE = _REASON | {"key", "at", "by", "document", "rule"}


def decision_of(record: Any) -> Decision | None:
    """The decision of a kept record; None when it has not the shape of one: somebody may have tampered with it."""
    try:
        if record["format"] != FORMAT or not all(one.keys() >= _REASON for one in record["reasons"]):
            return None
        texts = {name: record[name] for name in ("at", "actor", "software")}
        if not all(isinstance(text, str) for text in texts.values()):
            return None
        overrides = tuple(dict(one) for one in record.get("overrides", ()))
        if not all(one.keys() >= _OVERRIDE and hand_in(one["by"]) for one in overrides):
            return None
        root = record.get("root", "")
        if not _ROOT.fullmatch(root):
            return None
        return Decision(
            About(**{name: record["project"][name] for name in About.__slots__}),
            tuple(_item(one) for one in record["items"]),
            tuple(
                DecidedCheck(**{name: one[name] for name in DecidedCheck.__slots__})
                for one in record["checks"]
            ),
            tuple({**_LATER_KEYS, **one} for one in record["reasons"]),
            hashed={name: record["hashed"][name] for name in ("files", "bytes")},
            rules=dict(record["rules"]),
            head={name: record["head"][name] for name in ("seq", "hash")},
            register=dict(record.get("register", {})),
            user=str(record.get("user", "")),
            authority=str(record.get("authority", "")),
            proposed_by=hand_in(record.get("proposed_by")),
            proposed_at=record.get("proposed_at"),
            confirmed_by=hand_in(record.get("confirmed_by")),
            root=root,
            overrides=overrides,
            **texts,
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _item(record: Mapping[str, Any]) -> DecidedItem:
    waiver = record["waiver"]
    return DecidedItem(
        item=record["item"],
        name=record.get("name", ""),
        called=record["called"],
        short=record["short"],
        clause=record["clause"],
        state=record["state"],
        waiver=None
        if waiver is None
        else Waived(waiver["reason"], waiver["actor"], waiver["at"], waiver.get("document")),
        documents=tuple(_proof(one) for one in record["documents"]),
    )


def _proof(record: Mapping[str, Any]) -> Proof:
    first, last = record["pages"]
    added = {"title": None, "evidence": ""}
    fields: dict[str, Any] = {
        name: record.get(name, added[name]) if name in added else record[name] for name in Proof.__slots__
    }
    fields["pages"] = (first, last)
    return Proof(**fields)
