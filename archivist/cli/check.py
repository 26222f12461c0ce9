"""``archivist check``: what stands in the way of a project's 销号, and what a person should look at (检查)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from archivist.cli.common import print_json, screen_columns
from archivist.cli.looking import index_path, schemas_folder
from archivist.cli.parameters import examples, json_option
from archivist.core.checks.values import Finding, Severity
from archivist.errors import ExitCode, UsageError
from archivist.render.text import plain, wrapped

if TYPE_CHECKING:
    from archivist.core.checks.values import ProjectFile

MARKS = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.INFO: "知悉"}


@click.command(
    "check",
    epilog=examples(
        "archivist check DZ-2018-0017",
        "archivist check --township 珠溪镇",
        "archivist check --fail-on error　　（有错误时退出码为 1）",
    ),
)
@click.argument("projects", metavar="[项目编号]…", nargs=-1)
@click.option("--township", metavar="镇街", help="只查一个镇街的项目（名称写一部分也可以）。")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    help="发现什么时退出码为 1：error 只算错误，warning 连提醒也算。",
)
@json_option
def command(projects: tuple[str, ...], township: str | None, fail_on: str | None, as_json: bool) -> int:
    """检查项目的材料：{count}项是否齐全、盖章签字、日期、会议先后顺序是否合乎方案。只看，不改动任何东西。

    错误挡着销号；提醒要说明理由才能销号；没有检查成的，会说没有检查，不算通过。不写项目编号就查全部淘汰类项目。
    """
    from datetime import datetime
    from pathlib import Path

    from archivist.core.checks import findings_of
    from archivist.workspace.rulebook import load_rules

    rules = load_rules(Path(schemas_folder()), Path(schemas_folder("procedure.toml")))
    files = _files(projects, township, rules.procedure.category)
    today = datetime.now().astimezone().date()
    found = [(file, findings_of(file, rules, today)) for file in files]
    if as_json:
        print_json(finding.record() for _, findings in found for finding in findings)
    else:
        _show(found)
    levels = {None: set(), "error": {Severity.ERROR}, "warning": {Severity.ERROR, Severity.WARNING}}[fail_on]
    bad = any(finding.severity in levels for _, findings in found for finding in findings)
    return ExitCode.FINDINGS if bad else ExitCode.OK


def _files(codes: Sequence[str], township: str | None, category: str) -> list[ProjectFile]:
    from archivist.index.reader import open_reader

    with open_reader(index_path()) as index:
        rows = {row["code"]: row for row in index.projects.all()}
        unknown = [code for code in codes if code not in rows]
        if unknown:
            raise UsageError(
                f"台账里没有项目编号“{'、'.join(unknown)}”。请用 archivist register list 查看编号。"
            )
        if township is not None and not any(township in row["township"] for row in rows.values()):
            raise UsageError(f"台账里没有镇街含“{township}”的项目。请用 archivist register list 查看写法。")
        chosen = [
            code
            for code, row in rows.items()
            if (code in codes if codes else row["category"] == category)
            and (township is None or township in row["township"])
        ]
        return index.project_files.of(chosen)


def _show(found: Sequence[tuple[ProjectFile, Sequence[Finding]]]) -> None:
    for file, findings in found:
        if findings:
            click.echo(plain(f"{file.code} {file.name}"))
            for line in told(findings):
                click.echo(line)
    counts = dict.fromkeys(Severity, 0)
    for _, findings in found:
        for finding in findings:
            counts[finding.severity] += 1
    clean = sum(all(one.severity is Severity.INFO for one in findings) for _, findings in found)
    click.echo(
        f"检查了 {len(found)} 个项目：没有错误和提醒的 {clean} 个；错误 {counts[Severity.ERROR]} 处，"
        f"提醒 {counts[Severity.WARNING]} 处。"
    )


def told(findings: Sequence[Finding]) -> list[str]:
    """Findings as lines on the screen, what is missing in one."""
    missing = [finding for finding in findings if finding.code == "missing"]
    lines = []
    if missing:
        names = "；".join(finding.message.rstrip("。") for finding in missing)
        lines += _lines(f"{MARKS[Severity.ERROR]}　{names}。（附件4）")
    for finding in findings:
        if finding not in missing:
            lines += _lines(f"{MARKS[finding.severity]}　{said(finding)}")
    return lines


def said(finding: Finding) -> str:
    """A finding with where it was read and its clause."""
    where = f"（第{finding.page}页“{finding.quote}”）" if finding.quote and finding.page else ""
    clause = f"（依据：{finding.clause}）" if finding.clause else ""
    return f"{finding.message}{where}{clause}"


def _lines(text: str) -> list[str]:
    room = screen_columns()
    line = plain(f"  {text}")
    return [line] if room is None else list(wrapped(line, max(room, 40), "        "))
