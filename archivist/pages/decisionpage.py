"""销号决定.html: what the gate decided on a project and all that it rests on. Self-contained, prints on A4.

It says only what the index says: made again from it, it has the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archivist.core import decision as decided
from archivist.core.decision import DecidedCheck, DecidedItem, Decision, Deregistration
from archivist.core.rootcode import RootCode
from archivist.core.words.decided import (
    EXPLAINED,
    OVERRIDDEN,
    explained,
    kept_only,
    outcome_word,
    overridden,
    who_decided,
    who_explained,
    who_overrode,
)
from archivist.core.words.evidence import pages
from archivist.core.words.seen import SEEN
from archivist.core.words.times import minute
from archivist.pages.html import fill

MARK = b'<meta name="archivist" content="decision">'
"""Stands near the beginning of a page that this software made."""

_TONES = {
    "齐全": "ok",
    "免交": "none",
    "选交": "none",
    "通过": "ok",
    "不适用": "none",
    EXPLAINED: "wait",
    OVERRIDDEN: "wait",
}


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A document that the decision rests on; ``link`` is its path from the page, empty when it is not filed any more."""

    name: str
    link: str
    told: str
    digests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """One of the catalogue's items (归档内容); ``tone`` is the state's CSS class, ``waiver`` why it need not be there.

    ``overridden`` where something that was found on it was overridden (负责人核定).
    """

    number: str
    called: str
    clause: str
    state: str
    tone: str
    evidence: tuple[EvidenceLine, ...]
    waiver: str
    overridden: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """A rule that was checked; ``reasons`` are those it was passed for, ``explained`` where they stand only below,
    ``overridden`` where a named authority overrode what it found.
    """

    name: str
    outcome: str
    tone: str
    explained: bool
    reasons: tuple[str, ...]
    told: str
    clause: str
    overridden: bool = False


@dataclass(frozen=True, slots=True)
class Explained:
    """What needed a reason or was overridden (负责人核定), the reason, and who gave it."""

    message: str
    clause: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class ReopenedLine:
    """A decision that stopped holding: when and why; ``decided`` and ``actor`` say when it was made and by whom."""

    decided: str
    actor: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class ProofLine:
    """What was hashed, and what else the decision can be held against."""

    files: str
    bytes: str
    seq: str
    head: str
    rules: tuple[tuple[str, str], ...]
    software: str


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """What the page says; ``hands`` are sentences on who decided and whether they may, ``reopened`` is None while the
    decision holds. Times are as people write them.

    ``root`` is the root code (归档根码) of the evidence, "" in decisions made before there was one.
    """

    code: str
    name: str
    about: str
    root: str
    actor: str
    at: str
    hands: tuple[str, ...]
    reopened: ReopenedLine | None
    contents: tuple[Content, ...]
    checks: tuple[Check, ...]
    explained: tuple[Explained, ...]
    earlier: tuple[ReopenedLine, ...]
    proof: ProofLine
    overridden: tuple[Explained, ...] = ()


def decision_html(gate: Deregistration, earlier: Sequence[Deregistration], links: Mapping[str, str]) -> bytes:
    """Return the page of a decision that can be read.

    Args:
        earlier: decisions on the project before this one.
        links: where the documents that are still filed stand now, from the page, by number.
    """
    decision = gate.decision
    assert decision is not None
    project = decision.project
    about = (project.township, project.village, project.department, project.category)
    page = DecisionPage(
        project.code,
        project.name,
        "　".join(filter(None, about)),
        RootCode(decision.root).printed if decision.root else "",
        who_decided(decision),
        minute(decision.at),
        tuple(_hands(decision)),
        None if gate.standing else _reopened(gate),
        tuple(_content(item, links, decision) for item in decision.items),
        tuple(_check(one, decision) for one in decision.checks if not one.rule.startswith("item-")),
        tuple(
            Explained(one["message"], one["clause"] or "", one["reason"], who_explained(one, decision))
            for one in decision.reasons
        ),
        tuple(_reopened(one) for one in earlier),
        _proof(decision),
        tuple(
            Explained(one["message"], one["clause"] or "", one["reason"], who_overrode(one))
            for one in decision.overrides
        ),
    )
    return fill("decision.html", page=page).encode()


def _hands(decision: Decision) -> Iterator[str]:
    """Who proposed and who confirmed, as which users of the system, and what is known of whether they may."""
    if decision.proposed_by is not None:
        yield f"提请：{decision.proposed_by.told}，{minute(decision.proposed_at or '')}"
    if decision.confirmed_by is not None:
        yield f"确认：{decision.confirmed_by.told}，{minute(decision.at)}"
    elif decision.user:
        yield f"办理：{decision.actor}（系统用户 {decision.user}）"
    if decision.authority:
        yield f"权限：{decision.authority}"


def _content(item: DecidedItem, links: Mapping[str, str], decision: Decision) -> Content:
    evidence = tuple(_evidence(one, links.get(one.id, "")) for one in item.documents)
    given = item.waiver
    basis = f"，依据 {given.document}" if given and given.document else ""
    waiver = "" if given is None else f"{given.reason}（{given.actor}，{given.at[:10]}{basis}）"
    tone = _TONES.get(item.state, "gap")
    over = any(one["item"] == item.item for one in decision.overrides)
    return Content(str(item.item), item.called, item.clause, item.state, tone, evidence, waiver, over)


def _evidence(one: decided.Proof, link: str) -> EvidenceLine:
    where = f"（在第{one.date_page}页）" if one.date_page else ""
    told = [
        f"材料 {one.id}",
        f"来源文件{pages(*one.pages)}",
        f"日期 {one.date or '不明'}{where}",
        *_worth(one),
        *([one.copy] if one.copy else []),
        *([f"由 {one.decided_by} 确认"] if one.decided_by else []),
    ]
    digests = [f"归档文件 {one.sha256}"]
    if one.original_sha256 != one.sha256:
        digests.append(f"收到的原件 {one.original_sha256}")
    return EvidenceLine(one.name, link, "，".join(told), tuple(digests))


def _worth(one: decided.Proof) -> list[str]:
    """What a paper is worth as evidence, and the marks that were seen on it."""
    if kept_only(one.evidence):
        return [kept_only(one.evidence)]
    return [*([one.evidence] if one.evidence else []), f"盖章{SEEN[one.sealed]}", f"签字{SEEN[one.signed]}"]


def _check(one: DecidedCheck, decision: Decision) -> Check:
    word = outcome_word(one, decision)
    given = tuple(
        dict.fromkeys(reason["reason"] for reason in decision.reasons if reason["rule"] == one.rule)
    )
    below = explained(one, decision) and not given
    return Check(
        one.name,
        word,
        _TONES.get(word, "wait"),
        below,
        given,
        one.told,
        one.clause,
        overridden(one, decision),
    )


def _reopened(one: Deregistration) -> ReopenedLine:
    return ReopenedLine(minute(one.at), one.actor, minute(one.reopened or ""), str(one.reason))


def _proof(decision: Decision) -> ProofLine:
    hashed, head = decision.hashed, decision.head
    return ProofLine(
        str(hashed["files"]),
        str(hashed["bytes"]),
        str(head["seq"]),
        head["hash"],
        tuple(decision.rules.items()),
        decision.software,
    )
