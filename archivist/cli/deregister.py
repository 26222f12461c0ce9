"""``archivist deregister``: the gate (销号退出)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from archivist.cli import gatetold
from archivist.cli.common import print_json, tell_in_folders, workspace
from archivist.cli.parameters import examples, json_option, reason_given
from archivist.errors import BadInputError, ExitCode, UsageError
from archivist.render.text import plain

if TYPE_CHECKING:
    from archivist.decisions.gate import Verdict
    from archivist.decisions.proposing import Proposed
    from archivist.workspace.opened import Workspace


@click.command(
    "deregister",
    epilog=examples(
        "archivist deregister DZ-2018-0017 --dry-run　　（只看能不能销号）",
        'archivist deregister DZ-2018-0017 --reason seal-unclear-1="看过原件，公章清楚"',
        "archivist --as 冯某 deregister DZ-2018-0017 --propose　　（有人员名册：一人提请）",
        "archivist --as 蒋某 deregister DZ-2018-0017 --confirm　　（另一人确认）",
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
@click.option("--propose", is_flag=True, help="提请销号（有人员名册时的第一步），等待另一人确认。")
@click.option(
    "--confirm", is_flag=True, help="确认别人的提请：全部重新核对，证据没有变、审批表已签章归档才销号。"
)
@click.option("--withdraw", is_flag=True, help="收回提请，要写明理由。")
@click.option("--dry-run", is_flag=True, help="全部核对一遍，只说结果，不销号。")
@click.option("--reopen", is_flag=True, help="把已经销号的项目重新打开，要写明理由。")
@json_option
def command(
    project: str,
    reasons: tuple[str, ...],
    propose: bool,
    confirm: bool,
    withdraw: bool,
    dry_run: bool,
    reopen: bool,
    as_json: bool,
) -> int:
    """销号：逐项核对，全部过关才销号，并写出决定：每一项凭哪份文件、哪几页、校验值、谁定的免交、核对了哪些规则。

    {count}项要齐全，没有错误，提醒都各有理由；作为证据的文件当场重算校验值；事件记录要完整。没有检查成的不算过关。
    有人员名册时要两个人办：一人 --propose，另一人 --confirm；没有名册的由一人办理，决定里写明。
    不能销号时列出原因，退出码为 1（文件或记录被改动过为 6）。以后证据没有了，会自动重新打开。
    """
    if sum((propose, confirm, withdraw, reopen)) > 1:
        raise UsageError("--propose、--confirm、--withdraw、--reopen 只能写一个。")
    opened = workspace()
    if reopen:
        return _reopen(opened, project, reasons, dry_run, as_json)
    if withdraw:
        return _withdraw(opened, project, reasons, dry_run, as_json)
    if confirm and reasons:
        raise UsageError("确认时不写理由：理由在提请时写。理由要改的，收回后重新提请。")
    verdict, proposed = _decide(opened, project, reasons, _step(propose, confirm), dry_run)
    if as_json:
        print_json([gatetold.record(verdict, dry_run, proposed)])
    else:
        for line in gatetold.lines(verdict, dry_run, proposed):
            click.echo(line)
    if verdict.decision is not None or (propose and proposed is not None and proposed.proposal is not None):
        return ExitCode.OK
    return ExitCode.FIXITY if verdict.damaged else ExitCode.FINDINGS


def _step(propose: bool, confirm: bool) -> str:
    return "propose" if propose else "confirm" if confirm else "deregister"


def _decide(
    opened: Workspace, project: str, reasons: Sequence[str], step: str, dry_run: bool
) -> tuple[Verdict, Proposed | None]:
    """Take one step: propose, confirm, or both at once by one person; the pages follow."""
    from archivist.decisions.gate import pass_gate
    from archivist.decisions.proposing import confirm, propose

    by_key, without = split_reasons(reasons)
    looking = dry_run or bool(without)
    with opened.writing("deregister", looking=looking, act=step) as index:
        proposed = None
        if step == "propose":
            proposed = propose(opened, index, project, by_key, looking)
        elif step == "confirm":
            proposed = confirm(opened, index, project, looking)
        verdict = pass_gate(opened, index, project, by_key, looking) if proposed is None else proposed.verdict
        if without:
            raise _keyless(without, verdict)
        if not looking and (verdict.decision is not None or proposed is not None):
            tell_in_folders(opened, index, [project])
    return verdict, proposed


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
    with opened.writing("deregister", act="reopen") as index:
        if not reopen_by_person(index, project, words):
            raise BadInputError(f"{project} 没有销号，不用重新打开。")
        index.deregistrations.take_reopened()  # told below
        tell_in_folders(opened, index, [project])
    if as_json:
        print_json([gatetold.line(project)])
    else:
        click.echo(
            plain(f"{project} 已重新打开：{words}。问题解决后用 archivist deregister {project} 重新办理。")
        )
    return ExitCode.OK


def _withdraw(opened: Workspace, project: str, reasons: Sequence[str], dry_run: bool, as_json: bool) -> int:
    from archivist.decisions.proposing import take_back

    if len(reasons) != 1 or dry_run:
        raise UsageError("收回提请要写明一个理由：archivist deregister 项目编号 --withdraw --reason 理由。")
    words = reason_given(reasons[0])
    with opened.writing("deregister", act="propose") as index:
        if not take_back(index, project, words):
            raise BadInputError(f"{project} 没有等待确认的提请，不用收回。")
        tell_in_folders(opened, index, [project])
    if as_json:
        print_json([gatetold.line(project, lapsed=words)])
    else:
        click.echo(plain(f"{project} 的销号提请已收回：{words}。"))
    return ExitCode.OK
