"""``archivist check``: what stands in the way of a project's 销号, and what a person should look at (检查)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import click

from archivist.cli.common import folder_asked, print_json, screen_columns, tell_asked
from archivist.cli.parameters import examples, json_option, report_options
from archivist.core.checks.values import Finding
from archivist.core.model import Severity
from archivist.errors import ExitCode, UsageError
from archivist.render.text import plain, wrapped
from archivist.workspace.quick import index_path, schemas_folder

if TYPE_CHECKING:
    from archivist.core.reports.report import Report
    from archivist.questions.check import Examined
    from archivist.questions.reports.asked import Asked

MARKS = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.INFO: "知悉"}


@click.command(
    "check",
    epilog=examples(
        "archivist check DZ-2018-0017",
        "archivist check --township 珠溪镇",
        "archivist check --fail-on error　　（有错误时退出码为 1）",
        "archivist check -o 问题.xlsx",
    ),
)
@click.argument("projects", metavar="[项目编号]…", nargs=-1)
@click.option("--township", metavar="镇街", help="只查一个镇街的项目（名称写一部分也可以）。")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    help="发现什么时退出码为 1：error 只算错误，warning 连提醒也算。",
)
@report_options
@json_option
def command(
    projects: tuple[str, ...],
    township: str | None,
    fail_on: str | None,
    as_json: bool,
    form: str | None,
    output: str | None,
) -> int:
    """检查项目的材料：{count}项是否齐全、盖章签字、日期、会议先后顺序是否合乎方案。只看，不改动任何东西。

    错误挡着销号；提醒要说明理由才能销号；没有检查成的，会说没有检查，不算通过。不写项目编号就查全部淘汰类项目。
    """
    if form is not None or output is not None:
        return _report(projects, township, fail_on, as_json, form, output)
    from datetime import datetime
    from pathlib import Path

    from archivist.index.reader import open_reader
    from archivist.questions.check import check
    from archivist.workspace.rulebook import load_rules

    folder = folder_asked()
    rules = load_rules(Path(schemas_folder(folder)), Path(schemas_folder(folder, "procedure.toml")))
    today = datetime.now().astimezone().date()
    with open_reader(index_path(folder)) as index:
        found = check(index, rules, today, projects, township)
        tell_asked(index)
    if as_json:
        print_json(record for one in found for record in one.records())
    else:
        _show(found)
    return _outcome(fail_on, {finding.severity for one in found for finding in one.standing})


def _outcome(fail_on: str | None, standing: Collection[Severity]) -> ExitCode:
    """The exit code, by what was asked to fail on and what severities nobody overrode."""
    levels = {None: set(), "error": {Severity.ERROR}, "warning": {Severity.ERROR, Severity.WARNING}}[fail_on]
    return ExitCode.FINDINGS if levels & set(standing) else ExitCode.OK


def _report(
    projects: tuple[str, ...],
    township: str | None,
    fail_on: str | None,
    as_json: bool,
    form: str | None,
    output: str | None,
) -> ExitCode:
    """The same as a report: ``report findings`` of these projects."""
    from archivist.cli.reporting import form_asked, give
    from archivist.questions.reports.asked import Filters
    from archivist.questions.reports.findings import findings_of_projects

    if as_json:
        raise UsageError("--json 只输出到屏幕，不能和 -f、-o 一起用。要存成文件请写 -o 文件名.json。")
    seen: list[Collection[Severity]] = []

    def make(asked: Asked) -> Report:
        report, standing = findings_of_projects(asked, projects)
        seen.append(standing)
        return report

    give(make, form_asked(output, form), output, Filters(township=township))
    return _outcome(fail_on, seen[0])


def _show(found: Sequence[Examined]) -> None:
    for one in found:
        if one.findings:
            click.echo(plain(f"{one.file.code} {one.file.name}"))
            for line in finding_lines(one.standing):
                click.echo(line)
            for finding, override in one.overridden:
                for line in _lines(f"核定　{said(finding)}{override.told}"):
                    click.echo(line)
    counts = dict.fromkeys(Severity, 0)
    for one in found:
        for finding in one.standing:
            counts[finding.severity] += 1
    over = sum(len(one.overridden) for one in found)
    told = f"；另有负责人核定 {over} 处" if over else ""
    clean = sum(all(finding.severity is Severity.INFO for finding in one.standing) for one in found)
    click.echo(
        f"检查了 {len(found)} 个项目：没有错误和提醒的 {clean} 个；错误 {counts[Severity.ERROR]} 处，"
        f"提醒 {counts[Severity.WARNING]} 处{told}。"
    )


def finding_lines(findings: Sequence[Finding]) -> list[str]:
    """Findings as lines on the screen, what is missing in one."""
    missing = [finding for finding in findings if finding.code == "missing"]
    lines = []
    if missing:
        names = "；".join(finding.message.rstrip("。") for finding in missing)
        clause = (missing[0].clause or "").partition("第")[0]
        lines += _lines(f"{MARKS[Severity.ERROR]}　{names}。（{clause}）")
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
