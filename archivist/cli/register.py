"""``archivist register``: the project register (项目台账)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from archivist.cli.common import folder_asked, form_of, print_json, show_table, tell_asked, workspace
from archivist.cli.parameters import examples, table_options
from archivist.cli.succession import COMMANDS
from archivist.render.text import plain
from archivist.workspace.quick import index_path

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from archivist.core.register import ProjectChange, RegisterDiff
    from archivist.core.register.succession import Question
    from archivist.core.reports.table import Table
    from archivist.core.succession import Asked
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace


@click.group(
    "register", epilog=examples("archivist register import 项目台账.xlsx", "archivist register list")
)
def command() -> None:
    """项目台账：导入、查看；项目换编号、并入、拆分、移出台账。"""


for _one in COMMANDS:
    command.add_command(_one)


@command.command(
    "import",
    short_help="导入项目台账（.xlsx 或 .csv）",
    epilog=examples(
        "archivist register import 项目台账.xlsx",
        "archivist register import 项目台账.xlsx --dry-run　　（先看看会改什么）",
    ),
)
@click.argument("file", metavar="文件", type=click.Path(exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="只显示会新增、修改什么，不保存。")
def import_(file: str, dry_run: bool) -> None:
    """从 Excel（.xlsx）或 CSV 导入项目台账。按项目编号更新；文件里没有的项目保留不动。有一行不对就一条也不导入。"""
    from pathlib import Path

    opened = workspace()
    told = import_register(opened, Path(file), save=not dry_run)
    for note in told.notes:
        click.echo(f"提示：{note}", err=True)
    for line in diff_lines(told.diff, {code for one in told.asked for code, _ in one.likes}):
        click.echo(line)
    for line in (line for one in told.asked for line in one.lines):
        click.echo(plain(line))
    if dry_run:
        click.echo("（只是预览，没有保存。）")


class Imported(NamedTuple):
    """What an import changed, the notes for whoever imported, the new numbers that it asks about."""

    diff: RegisterDiff
    notes: tuple[str, ...]
    asked: tuple[Asked, ...] = ()


def import_register(opened: Workspace, file: Path, save: bool = True) -> Imported:
    """Read a register, compare, save all of it or nothing, make folders. New rows that may be known projects under other
    numbers are not registered but asked about.
    """
    from dataclasses import replace

    from archivist.core.register import consequences, diff_register, dropped
    from archivist.core.register.succession import asked_of, by_numbers_of_now, held_back, joined_told
    from archivist.folders.places import make_base, make_project_folders
    from archivist.ledger import load_register_rules, read_register

    reading = read_register(file, load_register_rules(opened.data("schemas")))
    with opened.writing("register import", looking=not save) as index:
        found = index.projects.registered()
        known = {code: project for code, (project, _) in found.items()}
        projects, renamed = by_numbers_of_now(reading.projects, known, index.succession.formers())
        whole = diff_register(known, projects)
        asking = asked_of(whole, projects)
        diff = held_back(whole, asking)
        left = index.succession.retired()
        folders = {code: folder for code, (_, folder) in found.items() if folder}
        if save:
            maybe = {like.code for one in asking for like in one.likes}
            gone = [one.code for one in dropped(diff) if one.code not in maybe and one.code not in left]
            with index.change():
                _put(index, file, diff, asking)
                for code in gone:
                    index.deregistrations.reopen(code, f"新导入的项目台账“{file.name}”里没有这个项目")
            make_base(opened.config)
            made = make_project_folders(opened.config, index, opened.annex)
            from archivist.pages.project import refresh_stale

            refresh_stale(opened, index, [*made, *gone, *(change.after.code for change in diff.changed)])
        retired = [code for code in left if code not in {one.code for one in diff.absent}]
        diff = replace(diff, absent=tuple(one for one in diff.absent if one.code not in left))
    notes = (
        *reading.notes,
        *renamed,
        *consequences(diff, folders),
        *joined_told(diff),
        *map(_still_retired, retired),
    )
    return Imported(diff, notes, tuple(one.asked(file.name) for one in asking))


def _put(index: Index, file: Path, diff: RegisterDiff, asking: Sequence[Question]) -> None:
    """Save what an import says; what it asks takes the place of what was asked before about what it tells of."""
    from archivist.core.register import project_to_record

    present = {project.code for project in (*diff.to_write, *diff.unchanged)}
    for one in index.succession.asked():
        if one.code in present or {code for code, _ in one.likes} <= present:
            index.succession.answered(one.code)
    index.succession.ask(asking, file.name)
    index.projects.put(
        [(project_to_record(project), project) for project in diff.to_write],
        {
            "file": file.name,
            "added": [project_to_record(project) for project in diff.added],
            "changed": [_change(change) for change in diff.changed],
            "absent": [project.code for project in diff.absent],
            "asked": {one.project.code: [like.code for like in one.likes] for one in asking},
        },
    )


def _still_retired(code: str) -> str:
    return f"{code} 已移出台账，这次的文件里又有它，没有恢复。要恢复请撤销移出：archivist register undo"


def _change(change: ProjectChange) -> dict[str, object]:
    return {
        "code": change.after.code,
        "fields": [[field.title, field.old, field.new] for field in change.fields],
    }


def diff_lines(diff: RegisterDiff, maybe: Collection[str] = ()) -> list[str]:
    """What an import changed, for people.

    Args:
        maybe: missing projects that rows of the file may be; what becomes of them is asked.
    """
    lines = []
    for change in diff.changed[:50]:
        fields = "；".join(f"{field.title}：{field.old} → {field.new}" for field in change.fields)
        lines.append(f"修改 {change.after.code} {change.after.name}：{fields}")
    if len(diff.changed) > 50:
        lines.append(f"……另有 {len(diff.changed) - 50} 个项目有修改")
    for project in diff.absent[:20]:
        lines.append(f"保留 {project.code} {project.name}：这次的文件里没有，未删除")
    if len(diff.absent) > 20:
        lines.append(f"……另有 {len(diff.absent) - 20} 个项目这次的文件里没有，均未删除")
    if any(project.code not in maybe for project in diff.absent):
        lines.append("　　不再管理的，写明理由移出台账：archivist register retire 项目编号 --reason 理由")
    lines.append(
        f"新增 {len(diff.added)} 个，修改 {len(diff.changed)} 个，没有变化 {len(diff.unchanged)} 个，"
        f"文件里没有而保留的 {len(diff.absent)} 个。"
    )
    return lines


@command.command(
    "list",
    epilog=examples("archivist register list --category 淘汰类", "archivist register list -o 台账.xlsx"),
)
@click.option("--category", metavar="类别", help="只看一类：优势类、薄弱类、闲置类、淘汰类。")
@click.option("--township", metavar="镇街", help="只看一个镇街（名称写一部分也可以）。")
@table_options
def list_(
    category: str | None, township: str | None, as_json: bool, form: str | None, output: str | None
) -> None:
    """列出台账里的项目。屏幕上只列主要的几栏；存成文件的，台账各栏都有，可以改了再导入。"""
    import json

    from archivist.index.reader import open_reader

    wanted_form = form_of(output, form, as_json)
    with open_reader(index_path(folder_asked())) as index:
        rows = index.projects.records()
        tell_asked(index)
        former, retired = index.succession.formerly(), index.succession.retired()
        remarks = {
            code: _remark([old for old, _ in former.get(code, ()) if old != code], retired.get(code))
            for code in former.keys() | retired.keys()
        }
        passed = {
            row["code"]: row["deregistered"][:10] for row in index.projects.all() if row["deregistered"]
        }
    records = [
        json.loads(row["record"])
        for row in rows
        if (category is None or row["category"] == category)
        and (township is None or township in row["township"])
    ]
    if wanted_form == "json":
        print_json(records)
        return
    whole = output is not None or wanted_form != "text"
    show_table(
        lambda _: _sheet(records, passed, remarks) if whole else _table(records, passed, remarks),
        wanted_form,
        output,
    )


def _table(records: list[dict[str, Any]], passed: dict[str, str], remarks: dict[str, str]) -> Table:
    """``passed`` is when projects were deregistered (销号), ``remarks`` what became of them (变更), by code."""
    from archivist.core.reports.table import Table

    columns: tuple[str, ...] = (
        "项目编号",
        "项目名称",
        "镇街",
        "村（社区）",
        "类别",
        "主管部门",
        "年度",
        "销号",
    )
    keys = ("code", "name", "township", "village", "category", "department", "year")
    rows = tuple((*(record.get(key) for key in keys), passed.get(record["code"], "")) for record in records)
    count = sum(bool(row[-1]) for row in rows)
    if not count:
        columns, rows = columns[:-1], tuple(row[:-1] for row in rows)
    if any(remarks.get(record["code"]) for record in records):
        columns = (*columns, "变更")
        rows = tuple(
            (*row, remarks.get(record["code"], "")) for row, record in zip(rows, records, strict=True)
        )
    whole = frozenset({"项目编号", "类别", "年度", "销号"})
    told = f"，已销号 {count} 个" if count else ""
    return Table("项目台账", columns, rows, f"共 {len(records)} 个项目{told}。", whole=whole)


def _sheet(records: list[dict[str, Any]], passed: dict[str, str], remarks: dict[str, str]) -> Table:
    """The register with every column, under the names by which it is imported, and what became of each project."""
    from archivist.core.register.diff import FIELD_TITLES
    from archivist.core.reports.table import Table

    columns = (
        *(f"{title}（元）" if key == "amount" else title for key, title in FIELD_TITLES.items()),
        "销号",
        "变更",
    )
    rows = tuple(
        (
            *(_cell(key, record.get(key)) for key in FIELD_TITLES),
            passed.get(record["code"], ""),
            remarks.get(record["code"], ""),
        )
        for record in records
    )
    return Table("项目台账", columns, rows, f"共 {len(records)} 个项目。", whole=frozenset({"项目编号"}))


def _cell(key: str, value: Any) -> str | float | None:
    """A field of a project as the register's file has it: 是/否, money as a number of yuan."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if key == "amount" and value is not None:
        number = float(value)
        return int(number) if number.is_integer() else number
    return None if value is None else str(value)


def _remark(former: list[str], retired: dict[str, str] | None) -> str:
    """What became of a project: earlier numbers, that it left the register."""
    told = [f"曾用编号 {'、'.join(former)}"] if former else []
    told += [f"已移出台账：{retired['reason']}"] if retired else []
    return "；".join(told)
