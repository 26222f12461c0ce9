"""What only the gate (销号) looks at: every byte that serves as evidence, every event, every row.

Each is a check like those of `core.checks`, made with the archive in hand instead of on values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules, outcome_of
from archivist.core.decision import Deregistration
from archivist.core.document import Holding
from archivist.core.evidence import EvidenceState, grade
from archivist.core.model import Seen, Severity
from archivist.core.proposal import Proposal, is_approval
from archivist.core.rootcode import FACT, UNREADABLE, evidence_root
from archivist.core.rules import AgreedRule
from archivist.core.times import clock_told, goes_back
from archivist.decisions.unread import unread
from archivist.folders.listing import ProjectPlace, in_project
from archivist.index.reader import open_reader
from archivist.pages.project import refresh
from archivist.preservation.fixity import expected
from archivist.preservation.fixity.expected import unexpected_in_vault
from archivist.preservation.fixity.findings import ERROR, TIME, Subject
from archivist.preservation.fixity.hashing import hash_file
from archivist.preservation.fixity.verify import check_records, decision_pages
from archivist.system.clock import now

if TYPE_CHECKING:
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace

_CLAUSE = "正文二（四）"
_QUOTE = "完善档案资料，有序调整、销号退出"

ORIGINALS, CHAIN, CLOCK, CLOSING, RECOVERED = "originals", "chain", "clock", "closing", "recovered"
"""Checks that only the gate makes: they read every byte, every event and the clock, what came back from folders, and the
paper that closes.
"""

DAMAGE = frozenset({"altered", "gone", "original-damaged", "copy-damaged", "records-damaged", TIME})
"""Codes of findings that say that files or records are not what they were."""


@dataclass(frozen=True, slots=True)
class Gated:
    """What only the gate looked at: the outcome of its checks, how many files and bytes were hashed, and the chain's head.

    ``hashed`` has ``files`` and ``bytes``; ``head`` is the last event's number and hash.
    """

    checks: tuple[Checked, ...]
    hashed: dict[str, int]
    head: tuple[int, str]


def gate_checks(workspace: Workspace, index: Index, row: Mapping[str, Any], file: ProjectFile) -> Gated:
    """Make every check that only the gate makes. Write lock held, nothing left that no event carries.

    Args:
        row: the project's in the index.
    """
    damaged, hashed = originals(workspace, file)
    told, head = records(workspace, index, row)
    checks = [unread(workspace, index, row, file), clock(index, file), *recovered(index, file), damaged, told]
    return Gated(tuple(checks), hashed, head)


def recovered(index: Index, file: ProjectFile) -> Iterator[Checked]:
    """Whether a project's records are of their time. A description that anybody may edit vouches for nothing: a person
    who goes by what came back of it says why.
    """
    at = index.events.recovered(file.code)
    if not at:
        return
    free = f"免交 {len(file.waivers)} 项、" if file.waivers else ""
    message = (
        f"这个项目的记录是 {at[:10]} 由档案元数据恢复的，不是当时办理的记录：请核对{free}每份材料归在哪一项、"
        "谁定的，再写明理由。"
    )
    clause = f"{_CLAUSE}“{_QUOTE}”"
    found = Finding(file.code, None, RECOVERED, Severity.WARNING, message, clause=clause)
    yield Checked(RECOVERED, "记录是当时办理的", clause, Outcome.UNCLEAR, f"{at} 由档案元数据恢复", (found,))


def clock(index: Index, file: ProjectFile) -> Checked:
    """Whether this computer's clock may be right, and no paper is dated after the last thing that anybody did here."""
    last, today = index.events.last_at("bookkeeping"), now()
    found = []
    if goes_back(last, today):
        message = f"{clock_told(last, today)}。请校准以后再销号。"
        found.append(Finding(file.code, None, TIME, Severity.ERROR, message, clause=f"{_CLAUSE}“{_QUOTE}”"))
    found += [
        Finding(
            file.code,
            one.item,
            "future-date",
            Severity.ERROR,
            f"第{one.item}项的{one.called}的日期（{one.date}）晚于档案库最后一条记录的日期（{last[:10]}）："
            "收到它的时候还没有到这一天。请核对这份材料的日期和电脑的时间。",
            one.id,
            clause=f"{_CLAUSE}“{_QUOTE}”",
        )
        for one in file.documents
        if one.date is not None and last and one.date > last[:10] and one.date <= today[:10]
    ]
    told = f"上一条记录是 {last}" if last else "还没有记录"
    return Checked(CLOCK, "时间只往前走", _CLAUSE, outcome_of(tuple(found)), told, tuple(found))


def look_again(
    workspace: Workspace,
    index: Index,
    row: Mapping[str, Any],
    file: ProjectFile,
    gate: Deregistration,
    dry_run: bool = False,
) -> tuple[Finding, ...]:
    """Look at the evidence of a project that is wound up (销号), and at the records, anew. Write lock held.

    What is lost for sure opens the gate again, here and now. A copy that a person only moved within the project's folder
    is there: the next pass follows it. ``dry_run``: say it, change nothing.
    """
    index.settle()
    evidence = tuple(one for one in file.documents if one.id in gate.documents)
    damaged, _ = originals(workspace, replace(file, documents=evidence))
    moved = _moved(workspace, index, row, [one for one in damaged.findings if one.code == "copy-damaged"])
    lost = tuple(
        replace(one, message=f"销号的依据不见了：{one.message}")
        for one in damaged.findings
        if one.document not in moved
    )
    told, _ = records(workspace, index, row)
    if lost and not dry_run and row["folder"] and workspace.store.path(row["folder"]).is_dir():
        index.deregistrations.reopen(file.code, lost[0].message.rstrip("。"))
        refresh(workspace, index, [file.code])
    return (*lost, *told.findings)


def _moved(
    workspace: Workspace, index: Index, row: Mapping[str, Any], suspects: Sequence[Finding]
) -> set[str]:
    """Documents among ``suspects`` whose bytes lie elsewhere in the project's folder."""
    if not suspects or not row["folder"]:
        return set()
    place = ProjectPlace(row["code"], workspace.store.path(row["folder"]), {})
    there = in_project(workspace.store.root, place, index.places.known()).files
    hashes = {hash_file(file.path).sha256 for file in there}
    found = [index.documents.find(one.document or "") for one in suspects]
    return {one.id for one in found if one is not None and one.path_sha256 in hashes}


def originals(workspace: Workspace, file: ProjectFile) -> tuple[Checked, dict[str, int]]:
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


def records(workspace: Workspace, index: Index, row: Mapping[str, Any]) -> tuple[Checked, tuple[int, str]]:
    """Look at all that `verify` looks at besides files: every event, row, text and noted head, the vault's names, and
    this project's page of a decision; return the chain's head, too.
    """
    store = workspace.store
    folders = {row["code"]: row["folder"]} if row["folder"] else {}
    with open_reader(workspace.index_path) as reader:
        looked, found = check_records(workspace, reader)
        found += unexpected_in_vault(store.root, store.vault, reader.places.known())
    found += decision_pages(workspace, index, folders)
    wrong = [one for one in found if one.severity == ERROR]
    findings = tuple(
        Finding(
            row["code"],
            None,
            TIME if one.code == TIME else "records-damaged",
            Severity.ERROR,
            f"{one.message}{one.advice}",
            clause=f"{_CLAUSE}“{_QUOTE}”",
        )
        for one in wrong
    )
    seq, digest = looked.head
    told = f"{len(looked.hashes)} 条事件首尾相接，索引与事件一致；末端第 {seq} 条 {digest}"
    if findings:
        told = f"事件记录有 {len(findings)} 处对不上"
    return Checked(
        CHAIN, "事件记录完整、没有改动过", _CLAUSE, outcome_of(findings), told, findings
    ), looked.head


def approval(file: ProjectFile, rules: Rules, proposal: Proposal) -> Checked:
    """Whether the paper that closes (审批表) is filed with the project: sealed, on or after the proposal's day, and for the
    evidence as it is: one and the same paper is all of that.
    """
    rule = rules.procedure.closing
    if rule is None:
        told = "规则没有要求审批表"
        return Checked(CLOSING, "有签字盖章的审批表", _CLAUSE, Outcome.NOT_NEEDED, told)
    day = proposal.at[:10]
    papers = [one for one in file.documents if is_approval(one, rule.title)]
    root = evidence_root(file.documents).printed if rules.procedure.root is not None else ""
    faults = {
        one.id: _refusal(one, rules.procedure.agreed) or _approval_fault(one, day, root) for one in papers
    }
    good = next((one for one in papers if not faults[one.id]), None)
    name = f"有提请以后签字盖章的{rule.title}"
    if good is not None:
        told = f"{good.called}，日期 {good.date}，{day} 提请"
        return Checked(CLOSING, name, rule.basis, Outcome.PASSED, told)
    why = "；".join(f"{one.called}{faults[one.id]}" for one in papers) or f"没有归档{rule.title}"
    message = (
        f"{why}。请打印{rule.title}，签字盖章后扫描，放入本项目的文件夹归档，再确认；日期没有读出的，看着原件登记："
        "archivist date 材料编号 日期"
    )
    first = papers[0] if papers else None
    finding = Finding(
        file.code,
        first.item if first else None,
        "approval-missing",
        Severity.ERROR,
        message,
        first.id if first else None,
        clause=rule.basis,
    )
    return Checked(CLOSING, name, rule.basis, Outcome.BREACHED, why, (finding,))


def _refusal(one: Holding, rule: AgreedRule | None) -> str:
    """Whether one of those who were asked did not agree, as a predicate; "" when nothing was read that says so."""
    said = [] if rule is None else [fact for fact in one.facts if fact.name == rule.fact]
    other = next((fact for fact in said if rule and fact.value not in (*rule.yes, *rule.conditional)), None)
    return "" if other is None else f"上读出的意见是“{other.value}”（“{other.quote[:40]}”）"


def _approval_fault(one: Holding, day: str, root: str) -> str:
    """Why a paper does not close, as a predicate; "" when it does. ``root``: the archive's now, "" where none is asked."""
    if grade(one).state is EvidenceState.DRAFT:
        return "是草稿，不是签章件"
    if one.sealed is not Seen.YES:
        return "上没有看到盖章"
    if one.date is None:
        return "没有读出日期"
    if one.date < day:
        return f"的日期 {one.date} 早于提请的 {day}"
    return _root_fault(one, root) if root else ""


def _root_fault(one: Holding, root: str) -> str:
    """Why a paper was not signed for the evidence as it is, as a predicate; "" when it was."""
    printed = {fact.value for fact in one.facts if fact.name == FACT}
    if printed == {root}:
        return ""
    read = sorted(printed - {root, UNREADABLE})
    if read:
        return f"上的归档根码是 {'、'.join(read)}，档案现在是 {root}"
    return f"上的归档根码看不清，档案现在是 {root}" if printed else f"上没有读到归档根码，档案现在是 {root}"
