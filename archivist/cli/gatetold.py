"""What the gate (销号) says, for people and for ``--json``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from archivist.cli.check import MARKS, said
from archivist.cli.common import screen_columns
from archivist.core.rootcode import RootCode
from archivist.core.words.decided import kept_only, outcome_word, who_overrode
from archivist.core.words.seen import SEEN
from archivist.render.text import plain, wrapped

if TYPE_CHECKING:
    from archivist.core.checks.values import Finding
    from archivist.core.decision import DecidedItem, Decision, Proof
    from archivist.core.override import Override
    from archivist.core.proposal import Proposal
    from archivist.decisions.gate import Verdict
    from archivist.decisions.proposing import Proposed


def line(
    project: str,
    holds: bool = False,
    dry_run: bool = False,
    already: bool = False,
    findings: list[dict[str, Any]] | None = None,
    decision: Any = None,
    proposal: Proposal | None = None,
    lapsed: str = "",
) -> dict[str, Any]:
    """The one line of ``--json``, as schemas/output/deregister.schema.json describes it."""
    return {
        "project": project,
        "deregistered": holds,
        "dry_run": dry_run,
        "already": already,
        "findings": findings or [],
        "decision": decision,
        "proposal": proposal and proposal.record(),
        "lapsed": lapsed or None,
    }


def record(verdict: Verdict, dry_run: bool, proposed: Proposed | None = None) -> dict[str, Any]:
    """What the gate says, as `line`."""
    judged = verdict.judged
    findings = [_finding(one, override_key=judged.key_of(one)) for one in judged.obstacles]
    asked = zip(judged.keys, judged.unexplained, strict=True)
    findings += [_finding(one, key) for key, one in asked]
    findings += [_finding(one.finding, one.key, one.words) for one in judged.reasons]
    findings += [
        _finding(one.finding, override=one.override, override_key=one.override.key)
        for one in judged.overrides
    ]
    findings += [_finding(one) for one in verdict.notes]
    holds = verdict.already or (verdict.decision is not None and not dry_run)
    return line(
        verdict.file.code,
        holds,
        dry_run,
        verdict.already,
        findings,
        verdict.decision and verdict.decision.record(),
        verdict.file.proposal if proposed is None else proposed.proposal,
        "" if proposed is None else proposed.lapsed,
    )


def _finding(
    one: Finding,
    key: str | None = None,
    reason: str | None = None,
    override: Override | None = None,
    override_key: str = "",
) -> dict[str, Any]:
    """A finding's record; ``key`` is what a reason is given under, ``override_key`` what it may be overridden under."""
    return {
        **one.record(),
        "key": key,
        "reason": reason,
        "override_key": override_key or None,
        "override": override and override.record(),
    }


def lines(verdict: Verdict, dry_run: bool, proposed: Proposed | None = None) -> list[str]:
    """What the gate says, on a screen."""
    if verdict.decision is not None:
        return fitted(_passed(verdict, dry_run))
    if proposed is not None and proposed.proposal is not None and verdict.judged.passes:
        return fitted(_waits(verdict, proposed.proposal, dry_run))
    return fitted(_refused(verdict, "" if proposed is None else proposed.lapsed))


def fitted(told: Iterator[str]) -> list[str]:
    """Lines as the screen has room for them."""
    room = screen_columns()
    return [
        row
        for one in told
        for row in ([plain(one)] if room is None else wrapped(plain(one), max(room, 40), "      "))
    ]


def _waits(verdict: Verdict, proposal: Proposal, dry_run: bool) -> Iterator[str]:
    what = f"{verdict.file.code} {verdict.file.name}"
    if dry_run:
        yield f"{what}：可以提请销号（只是核对，没有提请）。"
    else:
        yield f"{what}：{proposal.told}销号，等待另一人确认。"
        if proposal.approval:
            next_step = f"archivist --as 姓名 deregister {verdict.file.code} --confirm"
            yield f"打印{proposal.approval}，签字盖章后扫描归档到本项目，再由另一人办：{next_step}"
    for key, words in proposal.reasons.items():
        yield f"  理由　{key}——{words}"
    yield from _overrides(verdict)
    head = proposal.head
    yield f"提请时的证据：{proposal.evidence}"
    yield f"事件记录的末端：第 {head['seq']} 条，{head['hash']}"
    yield from _rest(verdict)


def _refused(verdict: Verdict, lapsed: str) -> Iterator[str]:
    file, judged = verdict.file, verdict.judged
    yield f"{file.code} {file.name}：现在不能销号。"
    if lapsed:
        yield f"这次提请已失效：{lapsed}。请核对后重新提请：archivist deregister {file.code} --propose"
    if judged.obstacles:
        yield f"挡着销号的有 {len(judged.obstacles)} 处，要先解决："
        for at, finding in enumerate(judged.obstacles, 1):
            key = judged.key_of(finding)
            yield f"  {at}. {said(finding)}" + (f"（可由负责人核定，键 {key}）" if key else "")
        if judged.open_to:
            yield (
                "软件看错了的，由区里、专班的负责人看着原件核定："
                f"archivist --as 姓名 override {file.code} 键 --reason 理由"
            )
    if judged.unexplained:
        yield f"要说明理由的有 {len(judged.unexplained)} 处，每处各写各的（--reason 键=理由）："
        if file.proposal is not None:
            yield "  （理由在提请时写：收回 --withdraw 后重新提请 --propose）"
        for key, finding in zip(judged.keys, judged.unexplained, strict=True):
            again = "（理由与另一条相同，请分别写清）" if key in judged.repeated else ""
            yield f"  {key}　{said(finding)}{again}"
    yield from _overrides(verdict)
    yield from _rest(verdict)


def _overrides(verdict: Verdict) -> Iterator[str]:
    """What was overridden, whatever the gate says."""
    for one in verdict.judged.overrides:
        yield f"  核定　{one.override.key}　{said(one.finding)}——{one.override.told}"


def _rest(verdict: Verdict) -> Iterator[str]:
    for key in verdict.judged.unknown:
        yield f"提醒：“{key}”这个键没有对应的问题，这条理由没有用上。"
    for finding in verdict.notes:
        yield f"{MARKS[finding.severity]}　{said(finding)}"


def _passed(verdict: Verdict, dry_run: bool) -> Iterator[str]:
    decision = verdict.decision
    assert decision is not None
    what = f"{verdict.file.code} {verdict.file.name}"
    if verdict.already:
        yield f"{what}：{decision.at[:10]} 已由 {decision.actor} 销号，没有再做什么。当时的决定："
    elif dry_run:
        yield f"{what}：可以销号（只是核对，没有销号）。决定会是："
    else:
        yield f"{what}：已销号。决定："
    for item in decision.items:
        yield from _item(item, any(one["item"] == item.item for one in decision.overrides))
    yield from _hands(decision)
    yield "核对过的规则："
    for one in decision.checks:
        if one.rule.startswith("item-"):
            continue  # said above, item by item
        yield f"  {outcome_word(one, decision)}　{one.name}：{one.told}（依据：{one.clause}）"
    for over in decision.overrides:
        yield f"  核定　{over['message']}——{over['reason']}（{who_overrode(over)}）"
    for reason in decision.reasons:
        yield f"  理由　{reason['message']}——{reason['reason']}"
    if decision.root:
        yield f"归档根码：{RootCode(decision.root).printed}"
    head = decision.head
    yield f"事件记录的末端：第 {head['seq']} 条，{head['hash']}"
    yield from _rest(verdict)
    if not dry_run:
        yield (
            "决定写在项目文件夹的“销号决定.html”里；"
            f"要签字的一份：archivist generate 销号决定 {verdict.file.code}"
        )


def _hands(decision: Decision) -> Iterator[str]:
    """Who decided, and what is known of whether they may."""
    if decision.proposed_by is not None:
        yield f"提请：{decision.proposed_by.told}，{(decision.proposed_at or '')[:10]}"
    if decision.confirmed_by is not None:
        yield f"确认：{decision.confirmed_by.told}，{decision.at[:10]}"
    else:
        yield f"办理：{decision.actor}（系统用户 {decision.user or '没有记'}），{decision.at[:10]}"
    if decision.authority:
        yield f"权限：{decision.authority}"


def _worth(one: Proof) -> str:
    """What a paper is worth as evidence, and the marks that were seen on it."""
    if kept_only(one.evidence):
        return kept_only(one.evidence)
    return "　".join(filter(None, (one.evidence, f"盖章{SEEN[one.sealed]}", f"签字{SEEN[one.signed]}")))


def _item(item: DecidedItem, overridden: bool) -> Iterator[str]:
    mark = "（负责人核定）" if overridden else ""
    yield f"  第{item.item}项 {item.short}：{item.state}{mark}"
    if item.waiver is not None:
        given = item.waiver
        basis = f"　依据 {given.document}" if given.document else ""
        yield f"      免交理由：{given.reason}（{given.actor}，{given.at[:10]}）{basis}"
    for one in item.documents:
        first, last = one.pages
        yield (f"      {one.id} {one.path}　第{first}-{last}页　日期 {one.date or '不明'}　{_worth(one)}")
        yield f"          sha256 {one.sha256}"
        if one.original_sha256 != one.sha256:
            yield f"          原件 {one.original_sha256}"
