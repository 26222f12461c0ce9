"""``archivist deregister``: the gate (销号退出)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from archivist.cli.check import MARKS, said
from archivist.cli.common import print_json, screen_columns, tell_in_folders, workspace
from archivist.cli.parameters import examples, json_option, reason_given
from archivist.core.words.seen import SEEN
from archivist.errors import BadInputError, ExitCode, UsageError
from archivist.render.text import plain, wrapped

if TYPE_CHECKING:
    from archivist.core.decision import DecidedItem
    from archivist.decisions.gate import Verdict
    from archivist.workspace.opened import Workspace


@click.command(
    "deregister",
    epilog=examples(
        "archivist deregister DZ-2018-0017 --dry-run　　（只看能不能销号）",
        'archivist deregister DZ-2018-0017 --reason seal-unclear-1="看过原件，公章清楚"',
        'archivist deregister DZ-2018-0017 --reopen --reason "发现还有债务没有清算"',
    ),
)
@click.argument("project", metavar="项目编号")
@click.option(
    "--reason",
    "reasons",
    metavar="理由",
    multiple=True,
    help="提醒的理由，写作“键=理由”，记入决定；每条提醒各写各的，可写多个。",
)
@click.option("--dry-run", is_flag=True, help="全部核对一遍，只说结果，不销号。")
@click.option("--reopen", is_flag=True, help="把已经销号的项目重新打开，要写明理由。")
@json_option
def command(project: str, reasons: tuple[str, ...], dry_run: bool, reopen: bool, as_json: bool) -> int:
    """销号：逐项核对，全部过关才销号，并写出决定：每一项凭哪份文件、哪几页、校验值、谁定的免交、核对了哪些规则。

    {count}项要齐全或免交，没有错误，提醒都有理由；作为证据的文件当场重算校验值；事件记录要完整。没有检查成的不算过关。
    不能销号时列出原因，退出码为 1（文件或记录被改动过为 6）。以后证据没有了，会自动重新打开。
    """
    opened = workspace()
    if reopen:
        return _reopen(opened, project, reasons, dry_run, as_json)
    by_key, without = split_reasons(reasons)
    from archivist.decisions.gate import pass_gate

    with opened.writing("deregister") as index:
        verdict = pass_gate(opened, index, project, by_key, dry_run or bool(without))
        if without:
            raise _keyless(without, verdict)
        if verdict.decision is not None and not dry_run:
            tell_in_folders(opened, index, [project])
    if as_json:
        print_json([_record(verdict, dry_run)])
    else:
        for line in _lines(verdict, dry_run):
            click.echo(line)
    if verdict.decision is not None:
        return ExitCode.OK
    return ExitCode.FIXITY if verdict.damaged else ExitCode.FINDINGS


def split_reasons(reasons: Sequence[str]) -> tuple[dict[str, str], str]:
    """Reasons by key, and the first one that has no key ("" when all have one)."""
    by_key: dict[str, str] = {}
    without = ""
    for reason in reasons:
        key, sign, words = reason.partition("=")
        if not (sign and key.isascii() and key.replace("-", "").isalnum()):
            without = without or reason_given(reason)
        elif key in by_key:
            raise UsageError(f"键“{key}”写了两个理由，只能写一个。")
        else:
            by_key[key] = reason_given(words)
    return by_key, without


def _keyless(words: str, verdict: Verdict) -> UsageError:
    """A reason that does not say what it explains; the keys it may be given under."""
    judged = verdict.judged
    keys = [*judged.keys, *(one.key for one in judged.reasons)]
    listed = f"要说明理由的键有：{'、'.join(keys)}。" if keys else "现在没有要说明理由的提醒。"
    return UsageError(
        f"理由“{words}”没有写是对哪一条的：每条提醒要有自己的理由，请写“--reason 键=理由”。{listed}"
    )


def _reopen(opened: Workspace, project: str, reasons: Sequence[str], dry_run: bool, as_json: bool) -> int:
    from archivist.decisions.gate import reopen_by_person

    if len(reasons) != 1 or dry_run:
        raise UsageError("重新打开要写明一个理由：archivist deregister 项目编号 --reopen --reason 理由。")
    words = reason_given(reasons[0])
    with opened.writing("deregister") as index:
        if not reopen_by_person(index, project, words):
            raise BadInputError(f"{project} 没有销号，不用重新打开。")
        index.deregistrations.take_reopened()  # told below
        tell_in_folders(opened, index, [project])
    if as_json:
        print_json([_line(project, False, False, False, [], None)])
    else:
        click.echo(
            plain(f"{project} 已重新打开：{words}。问题解决后用 archivist deregister {project} 重新办理。")
        )
    return ExitCode.OK


# -- told ----------------------------------------------------------------------------------------------------------


def _line(
    project: str, holds: bool, dry_run: bool, already: bool, findings: list[dict[str, Any]], decision: Any
) -> dict[str, Any]:
    return {
        "project": project,
        "deregistered": holds,
        "dry_run": dry_run,
        "already": already,
        "findings": findings,
        "decision": decision,
    }


def _record(verdict: Verdict, dry_run: bool) -> dict[str, Any]:
    """The one line of ``--json``, as schemas/output/deregister.schema.json describes it."""
    judged = verdict.judged
    findings = [{**one.record(), "key": None, "reason": None} for one in judged.obstacles]
    asked = zip(judged.keys, judged.unexplained, strict=True)
    findings += [{**one.record(), "key": key, "reason": None} for key, one in asked]
    findings += [{**one.finding.record(), "key": one.key, "reason": one.words} for one in judged.reasons]
    findings += [{**one.record(), "key": None, "reason": None} for one in verdict.notes]
    holds = verdict.already or (verdict.decision is not None and not dry_run)
    return _line(
        verdict.file.code,
        holds,
        dry_run,
        verdict.already,
        findings,
        verdict.decision and verdict.decision.record(),
    )


def _lines(verdict: Verdict, dry_run: bool) -> list[str]:
    room = screen_columns()
    lines = _passed(verdict, dry_run) if verdict.decision is not None else _refused(verdict)
    return [
        row
        for line in lines
        for row in ([plain(line)] if room is None else wrapped(plain(line), max(room, 40), "      "))
    ]


def _refused(verdict: Verdict) -> Iterator[str]:
    file, judged = verdict.file, verdict.judged
    yield f"{file.code} {file.name}：现在不能销号。"
    if judged.obstacles:
        yield f"挡着销号的有 {len(judged.obstacles)} 处，要先解决："
        for at, finding in enumerate(judged.obstacles, 1):
            yield f"  {at}. {said(finding)}"
    if judged.unexplained:
        yield f"要说明理由的有 {len(judged.unexplained)} 处，每处各写各的（--reason 键=理由）："
        for key, finding in zip(judged.keys, judged.unexplained, strict=True):
            again = "（理由与另一条相同，请分别写清）" if key in judged.repeated else ""
            yield f"  {key}　{said(finding)}{again}"
    yield from _rest(verdict)


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
        yield from _item(item)
    yield "核对过的规则："
    for one in decision.checks:
        if one.rule.startswith("item-"):
            continue  # said above, item by item
        yield f"  {one.outcome}　{one.name}：{one.told}（依据：{one.clause}）"
    for reason in decision.reasons:
        yield f"  理由　{reason['message']}——{reason['reason']}"
    head = decision.head
    yield f"事件记录的末端：第 {head['seq']} 条，{head['hash']}"
    yield from _rest(verdict)
    if not dry_run:
        yield "决定写在项目文件夹的“销号决定.html”里。"


def _item(item: DecidedItem) -> Iterator[str]:
    yield f"  第{item.item}项 {item.short}：{item.state}"
    if item.waiver is not None:
        yield f"      免交理由：{item.waiver.reason}（{item.waiver.actor}，{item.waiver.at[:10]}）"
    for one in item.documents:
        first, last = one.pages
        yield (
            f"      {one.id} {one.path}　第{first}-{last}页　日期 {one.date or '不明'}　"
            f"盖章{SEEN[one.sealed]}　签字{SEEN[one.signed]}"
        )
        yield f"          sha256 {one.sha256}"
        if one.original_sha256 != one.sha256:
            yield f"          原件 {one.original_sha256}"
