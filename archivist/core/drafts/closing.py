"""What the papers that close a project (销号审批表, 销号决定) print of its archive: as plain rows, for templates.

The form is printed to be signed: what nobody knows is a dash and what is written by hand is left empty, never 【待填】,
which would make the signed paper a draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archivist.core.catalogue.completeness import ItemStanding
from archivist.core.catalogue.itemname import item_name
from archivist.core.catalogue.overridden import Overridden, overridden
from archivist.core.catalogue.states import completeness
from archivist.core.checks.root import CODES
from archivist.core.checks.values import Finding, ProjectFile, Rules
from archivist.core.decision import Decision
from archivist.core.document import Holding
from archivist.core.drafts.decided import NOTHING, UNKNOWN, Decided, decided
from archivist.core.evidence import grade
from archivist.core.model import Severity
from archivist.core.project import Project
from archivist.core.rootcode import RootCode, evidence_root, prints_a_root
from archivist.core.words.decided import kept_only

FIRST = "须先解决，解决以前不能销号"
"""What is said of an error: the form may be looked at, but not signed."""
PAGED = frozenset({"pdf", "ofd", "image", "heic"})
"""Word and Excel break their pages only when printed: how many there are is for a person to count."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What is known of a project's archive when a paper that closes it is made.

    Attributes:
        contents: a row per item (归档内容), each with its documents. remarks: what is to be said (要说明的事项).
        proofs: a row per document that counts, with its digest. root: of them all.
        decided: the decision that stands (销号决定), None before.
    """

    contents: tuple[Mapping[str, Any], ...]
    remarks: tuple[Mapping[str, str], ...]
    proofs: tuple[Mapping[str, str], ...]
    root: RootCode
    decided: Decided | None = None


def closing(
    file: ProjectFile, rules: Rules, project: Project, found: Sequence[Finding], blank: Mapping[str, int]
) -> Closing:
    """What the papers say of one project.

    Args:
        found: what the checks find. blank: empty pages of documents, by number (页数 is that of the others).
    """
    states = completeness(file, rules, found)
    gate = file.gate
    standing = gate.decision if gate is not None and gate.standing else None
    contents = tuple(
        {
            "序号": str(rule.number),
            "归档内容": item_name(rule, project),
            "材料": _papers(file.of(rule.number), blank, _state(states.of(rule.number))),
        }
        for rule in rules.items
    )
    return Closing(
        contents,
        tuple(_remarks(found, standing, overridden(file, rules, found))),
        tuple(_proof(one) for one in file.documents if not prints_a_root(one)),
        evidence_root(file.documents),
        None if standing is None else decided(standing, rules.procedure, file.documents),
    )


def _state(one: ItemStanding) -> str:
    """An item's state; that something on it was overridden stands beside it, who and why among the remarks."""
    return f"{one.state.value}（核定）" if one.overridden else one.state.value


def _papers(held: Sequence[Holding], blank: Mapping[str, int], state: str) -> list[dict[str, str]]:
    if not held:
        nothing = {"题名": NOTHING, "日期": UNKNOWN, "页数": UNKNOWN}
        return [{**nothing, "状态": state}]
    return [
        {
            "题名": _called(one),
            "日期": one.date or UNKNOWN,
            "页数": _count(one, blank.get(one.id, 0)),
            "状态": state,
        }
        for one in held
    ]


def _called(one: Holding) -> str:
    kept = kept_only(grade(one).state.value)
    return f"{one.title or one.name}（{kept}）" if kept else one.title or one.name


def _count(one: Holding, blank: int) -> str:
    return str(one.last - one.first + 1 - blank) if one.file.kind in PAGED else UNKNOWN


def _remarks(
    found: Iterable[Finding], standing: Decision | None, over: Iterable[Overridden]
) -> Iterable[dict[str, str]]:
    by_finding = {one.finding: one.override for one in over}
    given = {(one["code"], one["item"], one["message"]): one["reason"] for one in _reasons(standing)}
    for one in found:
        if one.code in CODES:
            continue  # about an earlier form: this is the next one
        if override := by_finding.get(one):
            yield {"事项": one.message, "说明": override.told}
        elif one.severity is Severity.ERROR:
            yield {"事项": one.message, "说明": FIRST}
        elif one.severity is Severity.WARNING:
            yield {"事项": one.message, "说明": given.get((one.code, one.item, one.message), "")}


def _reasons(standing: Decision | None) -> Sequence[Mapping[str, Any]]:
    return () if standing is None else standing.reasons


def _proof(one: Holding) -> dict[str, str]:
    first, last = one.pages
    return {
        "序号": str(one.item),
        "材料编号": one.id,
        "文件名": one.name,
        "页": str(first) if first == last else f"{first}-{last}",
        "校验值": one.path_sha256 or UNKNOWN,
    }
