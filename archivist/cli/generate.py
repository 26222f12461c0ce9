"""``archivist generate``: a filled Word document for a project (生成公文)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from archivist.cli.common import print_json, workspace
from archivist.cli.parameters import examples, json_option
from archivist.errors import UsageError

if TYPE_CHECKING:
    from archivist.generate import DocumentKind


@click.command(
    "generate",
    epilog=examples(
        "archivist generate --list",
        "archivist generate 归档目录 DZ-2018-0017",
        "archivist generate department-minutes DZ-2018-0017 --data 会议.yaml",
        "archivist generate 资产处置方案 DZ-2018-0017 --set 字段=内容 -o 方案.docx",
    ),
)
@click.argument("kind", metavar="文种", required=False)
@click.argument("project", metavar="项目编号", required=False)
@click.option(
    "--data", metavar="文件", type=click.Path(exists=True, dir_okay=False), help="填写内容：YAML、JSON 或 xlsx 文件。"
)
@click.option("--set", "sets", metavar="字段=内容", multiple=True, help="填写一个字段，可写多次；比文件里的优先。")
@click.option("-o", "--output", metavar="文件", type=click.Path(), help="保存到哪里；不写则存到当前文件夹。")
@click.option("--list", "show_kinds", is_flag=True, help="列出可以生成的文种和各自的字段。")
@json_option
def command(
    kind: str | None,
    project: str | None,
    data: str | None,
    sets: tuple[str, ...],
    output: str | None,
    show_kinds: bool,
    as_json: bool,
) -> None:
    """为一个项目生成 Word 公文：台账里有的自动填好，其余由 --data、--set 给出，暂缺的标为【待填】。

    “文种”写中文名称或英文代号，用 --list 查看。已有的文件不会被覆盖。
    """
    if show_kinds:
        _list(as_json)
        return
    if kind is None or project is None:
        raise UsageError("请写明文种和项目编号，例如 archivist generate 归档目录 DZ-2018-0017；用 --list 查看文种。")
    from pathlib import Path

    from archivist.drafting import draft_document

    place = Path(output) if output else Path.cwd()
    made = draft_document(workspace(), kind, project, Path(data) if data else None, sets, place)
    if as_json:
        print_json([{"path": str(made)}])
        return
    click.echo(f"已生成：{made}")


def _list(as_json: bool) -> None:
    from archivist.generate import load_kinds

    opened = workspace()
    kinds = load_kinds(opened.data("schemas"), opened.data("doc_templates"))
    if as_json:
        print_json(_record(kind) for kind in kinds)
        return
    from archivist.cli.common import screen_columns
    from archivist.render.text import width, wrapped

    left = max(width(kind.slug) for kind in kinds) + 2
    for kind in kinds:
        click.echo(f"{kind.slug}{' ' * (left - width(kind.slug))}{kind.name}")
        for title, names in _fields(kind):
            indent = " " * (left + 2)
            click.echo("\n".join(wrapped(f"{indent}{title}：{names}", screen_columns() or 100, indent)))


def _record(kind: DocumentKind) -> dict[str, Any]:
    return {
        "kind": kind.slug,
        "name": kind.name,
        "item": kind.item,
    }
