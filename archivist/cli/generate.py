"""``archivist generate``: a filled Word document for a project (生成公文)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from archivist.cli.common import print_json, schemas_and_templates, screen_columns, show_table, workspace
from archivist.cli.losttold import tell_lost_evidence
from archivist.cli.parameters import examples, json_option
from archivist.errors import ExitCode, UsageError
from archivist.render.text import plain, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from archivist.core.drafts.kinds import DocumentKind, Field
    from archivist.core.forms.cells import CellSheet
    from archivist.core.reports.table import Table


_COLUMNS = 100


@click.command(
    "generate",
    epilog=examples(
        "archivist generate --list",
        "archivist generate 归档目录 DZ-2018-0017",
        "archivist generate 销号审批表 DZ-2018-0017",
        "archivist generate department-minutes DZ-2018-0017 --data 会议.yaml",
        "archivist generate 资产处置方案 DZ-2018-0017 --set 评估单位=某某评估公司 -o 方案.docx",
        "archivist generate 村会议记录 --data 填好的表.xlsx -o 公文文件夹",
        "archivist generate 归档目录 --township 珠溪镇 -o 公文文件夹",
        "archivist generate --missing --township 珠溪镇 -o 公文文件夹",
        "archivist generate 村会议记录 DZ-2018-0017 --interactive",
    ),
)
@click.argument("kind", metavar="文种", required=False)
@click.argument("projects", metavar="项目编号", nargs=-1)
@click.option("--township", metavar="镇街", help="这个镇街的全部项目；写一部分名称即可。")
@click.option(
    "--missing",
    "lacking",
    is_flag=True,
    help="不写文种：项目还缺的归档内容里，能生成的都生成。",
)
@click.option(
    "--data",
    metavar="文件",
    type=click.Path(exists=True, dir_okay=False),
    help="填写内容：archivist form 给出的填写表（一次一批），或 YAML、JSON、xlsx 文件（一个项目）。",
)
@click.option(
    "--set", "sets", metavar="字段=内容", multiple=True, help="填写一个字段，可写多次；比文件里的优先。"
)
@click.option("--interactive", is_flag=True, help="在屏幕上逐项问，回车跳过；只用于一个项目。")
@click.option(
    "-o",
    "--output",
    metavar="文件",
    type=click.Path(),
    help="保存到哪里；不写则存到当前文件夹；成批的写文件夹。",
)
@click.option("--list", "show_kinds", is_flag=True, help="列出可以生成的文种；再写上文种，则列出它的字段。")
@json_option
def command(
    kind: str | None,
    projects: tuple[str, ...],
    township: str | None,
    lacking: bool,
    data: str | None,
    sets: tuple[str, ...],
    interactive: bool,
    output: str | None,
    show_kinds: bool,
    as_json: bool,
) -> int:
    """为项目生成 Word 公文：台账、项目底册里有的自动填好，其余由填写表、--data、--set 给出，暂缺的标为【待填】。

    “文种”写中文名称或英文代号，用 --list 查看。已有的文件不会被覆盖。

    几个项目、一个镇街、一张填写表：逐个生成，有错的一次列全，不妨碍其余的；有没生成的，退出码为 8。

    销号审批表、销号决定由档案填写，打印后手写意见、签字、盖章；销号决定只有已销号的项目有。
    """
    from pathlib import Path

    if show_kinds:
        _list(kind, as_json)
        return ExitCode.OK
    place = Path(output) if output else Path.cwd()
    if lacking:
        from archivist.cli.batches import generate_lacking

        _refuse(bool(data or sets or interactive), "--missing 不能和 --data、--set、--interactive 一起用。")
        return generate_lacking((*((kind,) if kind else ()), *projects), township, place, as_json)
    if kind is None or not (projects or township or data):
        raise UsageError(
            "请写明文种和项目编号，例如 archivist generate 归档目录 DZ-2018-0017；用 --list 查看文种。"
        )
    if data and (sheets := _form(Path(data))):
        from archivist.cli.batches import generate_form

        _refuse(
            bool(sets or interactive or township), "填写表不能和 --set、--interactive、--township 一起用。"
        )
        return generate_form(kind, projects, sheets, place, as_json)
    if len(projects) == 1 and township is None:
        return _one(kind, projects[0], data, sets, interactive, place, as_json)
    from archivist.cli.batches import generate_many

    _refuse(
        bool(data or interactive), "不是填写表的 --data、--interactive 只用于一个项目，请写明一个项目编号。"
    )
    return generate_many(kind, projects, township, sets, place, as_json)


def _refuse(wrong: bool, told: str) -> None:
    if wrong:
        raise UsageError(told)


def _form(data: Path) -> tuple[CellSheet, ...] | None:
    """The cells of a form, where the file is one; anything else is read as it always was."""
    if data.suffix.lower() != ".xlsx":
        return None
    from archivist.drafts.forms.taking import form_sheets

    return form_sheets(data)


def _one(
    kind: str,
    project: str,
    data: str | None,
    sets: tuple[str, ...],
    interactive: bool,
    place: Path,
    as_json: bool,
) -> int:
    """Make the document of one project."""
    from pathlib import Path

    from archivist.drafts.batch import Made
    from archivist.drafts.drafting import draft_document

    if interactive:
        from archivist.cli.asking import asked_document

        made = asked_document(workspace(), kind, project, Path(data) if data else None, sets, place)
    else:
        made = draft_document(workspace(), kind, project, Path(data) if data else None, sets, place)
    tell_lost_evidence([project])
    if as_json:
        print_json([Made(made.kind, made.project, made.path, made.open).record()])
        return ExitCode.OK
    click.echo(f"已生成：{made.path}")
    if made.open:
        told = f"还有 {len(made.open)} 处【待填】，补齐后再打印：{'；'.join(made.open)}"
        click.echo("\n".join(wrapped(plain(told), screen_columns() or _COLUMNS)))
    return ExitCode.OK


def _list(name: str | None, as_json: bool) -> None:
    """All kinds, or one kind with its fields."""
    from archivist.drafts import find_kind, load_kinds

    kinds = load_kinds(*schemas_and_templates())
    if name is not None:
        kinds = (find_kind(kinds, name),)
    if as_json:
        print_json(_record(kind) for kind in kinds)
    elif name is None:
        show_table(lambda _: _kinds_table(kinds), "text", None)
        click.echo("看一个文种要填哪些内容：archivist generate --list 文种")
    else:
        show_table(lambda _: _fields_table(kinds[0]), "text", None)


def _record(kind: DocumentKind) -> dict[str, Any]:
    """One line of ``--list --json``, as schemas/output/kinds.schema.json describes it."""
    return {
        "kind": kind.slug,
        "name": kind.name,
        "aliases": list(kind.aliases),
        "item": kind.item,
        "fields": [
            {
                "name": field.name,
                "title": field.title,
                "description": field.description,
                "type": field.kind,
                "filled": _filled(field),
                "columns": [column.name for column in field.columns],
            }
            for field in kind.fields
        ],
    }


def _filled(field: Field) -> str:
    """Who fills a field in: the archive, the register, a ready sentence, arithmetic, or a person."""
    from archivist.core.drafts.sources import fixed, from_dossier

    if fixed(field.source):
        return "archive"
    if from_dossier(field.source):
        return "dossier"
    if field.source and field.source != "issuer.number":
        return "register"
    if field.tally or field.computed:
        return "computed"
    return "default" if field.default else "person"


_WHO = {
    "archive": "档案",
    "register": "台账",
    "dossier": "项目底册",
    "computed": "自动合计",
    "default": "有现成的话，可改",
    "person": "填写",
}


def _kinds_table(kinds: Sequence[DocumentKind]) -> Table:
    from archivist.core.reports.table import Table

    rows = tuple(
        (kind.name, kind.slug, f"第{kind.item}项" if kind.item else "—", "、".join(kind.aliases))
        for kind in kinds
    )
    columns = ("文种", "英文代号", "归档目录", "也叫")
    return Table("", columns, rows, whole=frozenset({"文种", "英文代号", "归档目录"}))


def _fields_table(kind: DocumentKind) -> Table:
    from archivist.core.reports.table import Table

    rows = tuple(
        (
            field.name,
            _WHO[_filled(field)],
            field.description
            + (f"；各列：{'、'.join(c.name for c in field.columns)}" if field.columns else ""),
        )
        for field in kind.fields
    )
    left = "公文中标为【待填】" if any(field.open for field in kind.fields) else "留空，打印后手写"
    note = f"在 YAML、JSON 或 xlsx 文件里按“字段”写内容，用 --data 给出；不填的，{left}。"
    return Table(
        f"{kind.name}（{kind.slug}）", ("字段", "来自", "内容"), rows, note, whole=frozenset({"字段", "来自"})
    )
