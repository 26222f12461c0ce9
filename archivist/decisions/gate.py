"""The gate (销号): everything is looked at anew, the decision and its event are one transaction, the page follows.

The write lock is held from the first look to the commit, so that what was checked is what is decided on. The originals
and the copies that serve as evidence are hashed there and then; the chain of events and every row are held against
each other. A kill before the commit leaves the project as it was; after it the page is written by the next start.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from archivist import __version__
from archivist.core.catalogue.itemname import item_name
from archivist.core.checks import findings_of, run_checks
from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules, outcome_of
from archivist.core.decision import About, Decision
from archivist.core.document import Holding
from archivist.core.gate import Judged, decision, judge
from archivist.core.model import Severity
from archivist.core.register import project_from_record
from archivist.errors import UsageError
from archivist.index.reader import open_reader
from archivist.preservation.fixity import expected
from archivist.preservation.fixity.findings import ERROR, Subject
from archivist.preservation.fixity.hashing import hash_file
from archivist.preservation.fixity.records import Records, noted_heads
from archivist.system.clock import now
from archivist.system.durable import sha256_of

if TYPE_CHECKING:
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace

_RULES = ("annex4.toml", "procedure.toml")
_CLAUSE = "正文二（四）"
_QUOTE = "完善档案资料，有序调整、销号退出"

ORIGINALS, CHAIN = "originals", "chain"
"""Checks that only the gate makes: they read every byte and every event."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of a project.

    Attributes:
        judged: what stands in the way, and the reasons. notes: good to know.
        decision: what is decided, None when the gate stays shut. already: it was decided before; nothing was done.
    """

    file: ProjectFile
    checks: tuple[Checked, ...]
    judged: Judged
    notes: tuple[Finding, ...]
    decision: Decision | None
    already: bool = False

    @property
    def damaged(self) -> bool:
        """Whether files or records are not what they were."""
        return any(one.code in _DAMAGE for one in self.judged.obstacles)


_DAMAGE = frozenset({"altered", "gone", "original-damaged", "copy-damaged", "records-damaged"})


def pass_gate(
    workspace: Workspace,
    index: Index,
    code: str,
    for_all: str = "",
    by_key: Mapping[str, str] | None = None,
    dry_run: bool = False,
) -> Verdict:
    """Let a project through if nothing stands in the way. Write lock held.

    Args:
        for_all, by_key: reasons, see `judge`. dry_run: check everything, decide nothing.
    """
    row, file = _project(index, code)
    before = index.deregistrations.latest(code)
    if before is not None and before.standing:
        notes = findings_of(file, rules_of(workspace), _today())
        nothing = Judged((), (), ())
        return Verdict(file, (), nothing, tuple(notes), before.decision, already=True)
    index.settle()
    rules = rules_of(workspace)
    damaged, hashed = _originals(workspace, file)
    records, head = _records(workspace, row)
    checks = [*run_checks(file, rules, _today()), damaged, records]
    judged = judge(file, checks, for_all, by_key or {})
    notes = [one for one in findings_of(file, rules, _today()) if one.severity is Severity.INFO]
    decided = None
    if judged.passes:
        about = About(
            code, file.category, *(row[name] for name in ("name", "township", "village", "department"))
        )
        proof = {
            "at": now(),
            "actor": index.actor.name,
            "hashed": hashed,
            "rules": {name: sha256_of(workspace.rules_file(name)) for name in _RULES},
            "head": {"seq": head[0], "hash": head[1]},
            "software": __version__,
        }
        register = project_from_record(json.loads(row["record"]))
        called = {rule.number: item_name(rule, register) for rule in rules.items}
        decided = decision(file, about, called, rules, checks, judged, proof)
        if not dry_run:
            with index.change():
                index.deregistrations.put(code, decided)
    return Verdict(file, tuple(checks), judged, tuple(notes), decided)


def reopen_by_person(index: Index, code: str, reason: str) -> bool:
    """A person takes a decision of the gate back; False when there is none that holds. Write lock held."""
    _project(index, code)
    return index.deregistrations.reopen(code, f"由 {index.actor.name} 重新打开：{reason}")


def rules_of(workspace: Workspace) -> Rules:
    """What projects are checked against."""
    return Rules(workspace.annex.items, workspace.procedure)


def _today() -> date:
    return date.fromisoformat(now()[:10])


def _project(index: Index, code: str) -> tuple[dict[str, Any], ProjectFile]:
    row = index.projects.find(code)
    if row is None:
        raise UsageError(f"台账里没有项目编号“{code}”。请用 archivist register list 查看编号。")
    return row, index.project_files.of([code])[0]


# -- what only the gate looks at -----------------------------------------------------------------------------------


def _originals(workspace: Workspace, file: ProjectFile) -> tuple[Checked, dict[str, int]]:
    """Hash every original and every filed copy that serves as evidence, now."""
    found: list[Finding] = []
    seen: dict[str, int] = {}
    for one in file.documents:
        found += _damaged(workspace, file, one, seen)
    told = f"{len(seen)} 个文件（收存的原件和归档的那一份）刚刚重新计算，与收到时一致"
    if found:
        told = f"{len(seen)} 个文件中有 {len(found)} 个与收到时不一致"
    outcome = outcome_of(tuple(found)) if seen else Outcome.NOT_NEEDED
    hashed = {"files": len(seen), "bytes": sum(seen.values())}
    return Checked(
        ORIGINALS, "作为证据的文件没有改动过（sha256）", _CLAUSE, outcome, told, tuple(found)
    ), hashed


def _damaged(
    workspace: Workspace, file: ProjectFile, one: Holding, seen: dict[str, int]
) -> Iterator[Finding]:
    known = Subject(one.id, file.code, one.item, None, one.file.received)
    wanted = [("copy-damaged", one.path or "", one.path_sha256 or "", expected.FILED)]
    if one.file.vault is None:
        message = f"第{one.item}项的{one.called}没有收存原件，不能作为证据。"
        yield _found(file, one, "original-damaged", message)
    else:
        wanted.append(("original-damaged", one.file.vault, one.file.sha256, expected.VAULT))
    for code, path, sha256, role in wanted:
        if path in seen:
            continue
        hashed = hash_file(workspace.store.path(path))
        seen[path] = hashed.size
        wrong = expected.compare(expected.Expected(path, sha256, role, known), hashed)
        told = code == "copy-damaged" and one.wrong  # the item's own finding says it
        if wrong is not None and not told:
            yield _found(file, one, code, f"{wrong.message}{wrong.advice}")


def _found(file: ProjectFile, one: Holding, code: str, message: str) -> Finding:
    return Finding(
        file.code, one.item, code, Severity.ERROR, message, one.id, one.pages[0], None, f"{_CLAUSE}“{_QUOTE}”"
    )


def _records(workspace: Workspace, row: Mapping[str, Any]) -> tuple[Checked, tuple[int, str]]:
    """Hold the chain of events, its copy outside and every row against each other; return the chain's head, too."""
    with open_reader(workspace.index_path) as index:
        records = Records(index, workspace.index_path.with_name("events"))
        wrong = [one for one in records.acts() if one.severity == ERROR]
        wrong += records.heads(noted_heads(workspace.store.root, [row["folder"]] if row["folder"] else []))
        head = max(records.hashes.items(), default=(0, ""))
    found = tuple(
        Finding(
            row["code"],
            None,
            "records-damaged",
            Severity.ERROR,
            f"{one.message}{one.advice}",
            clause=f"{_CLAUSE}“{_QUOTE}”",
        )
        for one in wrong
    )
    told = f"{len(records.hashes)} 条事件首尾相接，索引与事件一致；末端第 {head[0]} 条 {head[1]}"
    if found:
        told = f"事件记录有 {len(found)} 处对不上"
    return Checked(CHAIN, "事件记录完整、没有改动过", _CLAUSE, outcome_of(found), told, found), head
