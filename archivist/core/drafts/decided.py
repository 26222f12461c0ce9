"""A decision of the gate (销号决定) as people sign it: a sentence, what each item rests on, what was checked, the hashes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archivist.core.checks.values import Outcome
from archivist.core.decision import DecidedItem, Decision, Proof
from archivist.core.document import Holding
from archivist.core.evidence import NUMBER
from archivist.core.model import Seen
from archivist.core.patterns import lazily
from archivist.core.rootcode import RootCode
from archivist.core.rules import Procedure
from archivist.core.words.decided import (
    OVERRIDDEN,
    explained,
    kept_only,
    overridden,
    who_decided,
    who_explained,
    who_overrode,
)
from archivist.core.words.numbers import in_words
from archivist.core.words.times import minute

UNKNOWN = "—"
NOTHING = "无"
_OF_ITEM = lazily("第(?P<item>[0-9]+)项“[^”]*”(?P<what>.+)")
_ASIDE = lazily("[（(][^）)]*[）)]")
"""主持人（签字）: the place is the first word's."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What the paper says.

    Attributes:
        code, name: the project's, as the decision has them.
        sentence: what was decided, by which clause, when and by whom.
        contents: a row per item, each with the papers it rests on. reasons: a row per error that was overridden
            (负责人核定), then per warning passed with a reason.
        checks: the rules checked, in groups, a sentence each.
        proofs: a row per paper with its digests. rules: (name, digest) of the rule files. head: of the chain of events.
        root: of the evidence, None in decisions made before there was one.
    """

    code: str
    name: str
    sentence: str
    contents: tuple[Mapping[str, Any], ...]
    reasons: tuple[Mapping[str, str], ...]
    checks: tuple[str, ...]
    proofs: tuple[Mapping[str, str], ...]
    rules: tuple[Mapping[str, str], ...]
    head: str
    root: RootCode | None


def decided(decision: Decision, procedure: Procedure, held: Sequence[Holding]) -> Decided:
    """The paper's words.

    Args:
        held: the documents as the archive has them, for whose seals they bear.
    """
    by_number = {one.id: one for one in held}
    head = decision.head
    return Decided(
        decision.project.code,
        decision.project.name,
        _sentence(decision, procedure),
        tuple(
            {"序号": str(item.item), "归档内容": item.called, "材料": _papers(item, by_number)}
            for item in decision.items
        ),
        (
            *map(_override, decision.overrides),
            *(_reason(one, decision) for one in decision.reasons),
        ),
        tuple(_checks(decision)),
        tuple(_proof(item, one) for item in decision.items for one in item.documents),
        tuple({"文件": name, "校验值": digest} for name, digest in decision.rules.items()),
        f"第 {head['seq']} 条，{head['hash']}",
        RootCode(decision.root) if decision.root else None,
    )


def _sentence(decision: Decision, procedure: Procedure) -> str:
    project = decision.project
    where = "".join(filter(None, (project.township, project.village)))
    category = f"，{project.category}" if project.category else ""
    over = f"，其中 {len(decision.overrides)} 处由负责人核定" if decision.overrides else ""
    passed = f"{over}，其中部分事项已说明理由" if decision.reasons else over
    return (
        f"{where}“{project.name}”（项目编号：{project.code}{category}）的归档目录{in_words(len(decision.items))}项内容"
        f"已逐项核对{passed}，依据实施方案{procedure.clause}“{procedure.quote}”，决定予以销号。"
        f"{who_decided(decision)}{'，' if decision.confirmed_by else ''}于{minute(decision.at)}办理。"
    )


def _papers(item: DecidedItem, held: Mapping[str, Holding]) -> list[dict[str, str]]:
    if item.waiver is not None:
        told = f"{item.state}：{item.waiver.reason}（{item.waiver.actor}，{item.waiver.at[:10]}）"
        return [{"题名": told, "日期": UNKNOWN, "页": UNKNOWN, "签章": UNKNOWN}]
    if not item.documents:
        return [{"题名": NOTHING, "日期": UNKNOWN, "页": UNKNOWN, "签章": UNKNOWN}]
    return [
        {
            "题名": one.title or one.name,
            "日期": one.date or UNKNOWN,
            "页": _pages(one),
            "签章": _marks(one, held.get(one.id)),
        }
        for one in item.documents
    ]


def _marks(one: Proof, held: Holding | None) -> str:
    """Whose seals it bears, whether it was signed, as the software saw it when it was decided on; else its number (文号)."""
    if kept_only(one.evidence):
        return kept_only(one.evidence)
    seals = held.marks.seals if held is not None else ()
    owners = list(dict.fromkeys(seal.owner for seal in seals if seal.owner))
    told = []
    if owners:
        told.append(f"盖章：{'、'.join(owners)}")
    elif one.sealed == Seen.YES.value:
        told.append("已盖章")
    places = held.marks.signatures if held is not None else ()
    labels = (_ASIDE.sub("", place.label).strip() for place in places if place.seen is Seen.YES)
    signed = list(dict.fromkeys(label for label in labels if label))
    if signed:
        told.append(f"签字：{'、'.join(signed)}")
    elif one.signed == Seen.YES.value:
        told.append("已签字")
    if not told and held is not None:
        told += [f"文号：{fact.value}" for fact in held.facts if fact.name == NUMBER][:1]
    return "；".join(told) or (f"由{one.decided_by}核对归档" if one.decided_by else UNKNOWN)


def _reason(one: Mapping[str, Any], decision: Decision) -> dict[str, str]:
    return {"事项": one["message"], "理由": one["reason"], "说明人": who_explained(one, decision)}


def _override(one: Mapping[str, Any]) -> dict[str, str]:
    return {"事项": one["message"], "理由": f"{OVERRIDDEN}：{one['reason']}", "说明人": who_overrode(one)}


def _checks(decision: Decision) -> Iterator[str]:
    made = [one for one in decision.checks if not one.rule.startswith("item-")]
    groups = (
        ("通过", [one for one in made if one.outcome == Outcome.PASSED.value]),
        (OVERRIDDEN, [one for one in made if overridden(one, decision)]),
        ("说明理由后通过", [one for one in made if explained(one, decision)]),
        ("本项目不适用", [one for one in made if one.outcome == Outcome.NOT_NEEDED.value]),
    )
    for told, checks in groups:
        if checks:
            yield f"{told} {len(checks)} 条：{'；'.join(_together(one.name for one in checks))}。"


def _together(names: Iterable[str]) -> Iterator[str]:
    """The names of checks, those that are asked of one item after another in one: 第1、2、3项有盖章."""
    items: dict[str, list[str]] = {}
    for name in names:
        found = _OF_ITEM.fullmatch(name)
        items.setdefault(found["what"] if found else name, []).extend([found["item"]] if found else [])
    for what, numbers in items.items():
        yield f"第{'、'.join(numbers)}项{what}" if numbers else what


def _proof(item: DecidedItem, one: Proof) -> dict[str, str]:
    return {
        "序号": str(item.item),
        "材料编号": one.id,
        "文件名": one.name,
        "页": _pages(one),
        "校验值": one.sha256 or UNKNOWN,
        "原件校验值": one.original_sha256 if one.original_sha256 != one.sha256 else "",
    }


def _pages(one: Proof) -> str:
    first, last = one.pages
    return str(first) if first == last else f"{first}-{last}"
