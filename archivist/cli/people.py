"""``archivist people``: the register of people (人员名册)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archivist.cli.common import folder_asked, form_of, print_json, show_table, workspace
from archivist.cli.parameters import examples, table_options
from archivist.workspace.quick import index_path

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.core.people.changes import PeopleDiff
    from archivist.core.people.person import Person
    from archivist.core.people.rules import Known
    from archivist.core.reports.table import Table
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace

_MOST_LISTED = 50


@click.group("people", epilog=examples("archivist people import 人员名册.xlsx", "archivist people list"))
def command() -> None:
    """人员名册：导入、查看。有了名册，谁能做什么按名册核对；没有名册，软件按一人使用，并在每个决定里写明。"""


@command.command(
    "import",
    short_help="导入人员名册（.xlsx 或 .csv）",
    epilog=examples(
        "archivist people import 人员名册.xlsx",
        "archivist people import 人员名册.xlsx --dry-run　　（先看看会改什么）",
    ),
)
@click.argument("file", metavar="文件", type=click.Path(exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="只显示会新增、修改什么，不保存。")
def import_(file: str, dry_run: bool) -> None:
    """从 Excel（.xlsx）或 CSV 导入人员名册：姓名、单位、层级、角色，另可有职务、镇街、村（社区）、系统账号、停用。

    按姓名和单位更新；文件里没有的人保留不动，不再参与的在“停用”一列填“是”。有一处不对就一条也不导入。
    """
    from pathlib import Path

    opened = workspace()
    diff, notes = import_people(opened, Path(file), save=not dry_run)
    for note in notes:
        click.echo(f"提示：{note}", err=True)
    for line in diff_lines(diff):
        click.echo(line)
    if dry_run:
        click.echo("（只是预览，没有保存。）")


def import_people(opened: Workspace, file: Path, save: bool = True) -> tuple[PeopleDiff, tuple[str, ...]]:
    """Read a register of people, compare, save all of it or nothing; return what changed and the notes."""
    from archivist.core.people.changes import administrator_notes, diff_people
    from archivist.ledger.people import load_people_rules, read_people_file

    rules = load_people_rules(opened.rules_file("people.toml").parent, opened.data("schemas"))
    with opened.writing("people import", looking=not save) as index:
        known = _known(index)
        read = read_people_file(file, rules, known)
        diff = diff_people(index.people.all(), read.people)
        _refuse_unworkable(opened, diff, file.name)
        if save and diff.to_write:
            index.people.put(
                diff.to_write,
                {
                    "file": file.name,
                    "added": [one.record() for one in diff.added],
                    "changed": [
                        {"name": change.after.called, "fields": [list(field) for field in change.fields]}
                        for change in diff.changed
                    ],
                    "absent": [one.called for one in diff.absent],
                },
            )
    return diff, (*read.notes, *administrator_notes(diff.whole, known, rules))


def _known(index: Index) -> Known:
    """What the project register names."""
    from archivist.core.people.rules import Known

    rows = index.projects.all()
    return Known(
        frozenset(row["township"] for row in rows if row["township"]),
        frozenset((row["township"], row["village"]) for row in rows if row["village"]),
        frozenset(row["department"] for row in rows if row["department"]),
    )


def _refuse_unworkable(opened: Workspace, diff: PeopleDiff, name: str) -> None:
    """A register nobody could ever change again, or in which an account is two people's, is not taken."""
    from archivist.core.authority import PEOPLE_IMPORT, may
    from archivist.core.people.changes import contradictions
    from archivist.errors import BadInputError

    wrong = contradictions(diff.whole, opened.authority.prefixes)
    if all(one.stopped or may(PEOPLE_IMPORT, one, None, opened.authority) for one in diff.whole):
        who = opened.authority.act(PEOPLE_IMPORT).who
        wrong.append(f"导入以后没有一个人能再更新人员名册（要有{who}），请补上")
    if wrong:
        lines = "\n".join(f"  · {line}" for line in wrong)
        raise BadInputError(f"{name} 有 {len(wrong)} 处要改，这次一条也没有导入：\n{lines}")


def diff_lines(diff: PeopleDiff) -> list[str]:
    """What an import changed, for people."""
    from archivist.render.text import plain

    lines = [f"新增 {one.told}" for one in diff.added[:_MOST_LISTED]]
    for change in diff.changed[:_MOST_LISTED]:
        told = "；".join(f"{title}：{old} → {new}" for title, old, new in change.fields)
        lines.append(f"修改 {change.after.called}：{told}")
    lines += [f"保留 {one.told}：这次的文件里没有，未删除" for one in diff.absent[:_MOST_LISTED]]
    lines.append(
        f"新增 {len(diff.added)} 人，修改 {len(diff.changed)} 人，没有变化 {len(diff.unchanged)} 人，"
        f"文件里没有而保留的 {len(diff.absent)} 人。"
    )
    return [plain(line) for line in lines]


@command.command("list", epilog=examples("archivist people list", "archivist people list -o 人员名册.xlsx"))
@table_options
def list_(as_json: bool, form: str | None, output: str | None) -> None:
    """列出人员名册。"""
    from archivist.index.reader import open_reader

    wanted = form_of(output, form, as_json)
    with open_reader(index_path(folder_asked())) as index:
        people = index.people.all()
    if wanted == "json":
        print_json(one.record() for one in people)
        return
    show_table(lambda _: _table(people), wanted, output)


def _table(people: list[Person]) -> Table:
    from archivist.core.people.person import FIELD_TITLES
    from archivist.core.reports.table import Table

    def row(one: Person) -> tuple[str, ...]:
        told = {**one.record(), "roles": "、".join(one.roles), "stopped": "是" if one.stopped else ""}
        return tuple(str(told[name]) for name in FIELD_TITLES)

    count = sum(not one.stopped for one in people)
    stopped = f"，另有停用的 {len(people) - count} 人" if count < len(people) else ""
    told = f"共 {count} 人{stopped}。" if people else "没有人员名册：软件按一人使用，不核对权限。"
    whole = frozenset({"姓名", "层级", "角色"})
    return Table(
        "人员名册", tuple(FIELD_TITLES.values()), tuple(row(one) for one in people), told, whole=whole
    )
