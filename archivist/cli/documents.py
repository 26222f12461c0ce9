"""``archivist documents``: what was received and what became of it (材料清单)."""

from __future__ import annotations

import click

from archivist.cli.common import folder_asked, form_of, print_json, show_table
from archivist.cli.parameters import examples, table_options
from archivist.core.describe import describe
from archivist.core.model import Status
from archivist.core.reports.documents import documents_sheet, documents_table
from archivist.index.reader import open_reader
from archivist.questions.documents import documents
from archivist.workspace.quick import index_path


@click.command(
    "documents",
    epilog=examples(
        "archivist documents --project DZ-2018-0017",
        "archivist documents --status review",
        "archivist documents -o 材料清单.xlsx",
    ),
)
@click.option("--project", metavar="项目编号", help="只看归到这个项目的材料。")
@click.option(
    "--status",
    type=click.Choice([status.value for status in Status]),
    help="只看一种去向：filed 已归档，review 待确认，rejected 退回，duplicate 重复。",
)
@table_options
def command(
    project: str | None, status: str | None, as_json: bool, form: str | None, output: str | None
) -> None:
    """列出收到的每份材料：来源、页码、去向、归到哪个项目第几项。一个文件含几份材料的，每份一行。"""
    wanted_form = form_of(output, form, as_json)
    with open_reader(index_path(folder_asked())) as reader:
        found = documents(reader, project, status)
        under_way = [] if project or status else reader.sources.unfinished_names()
    if wanted_form == "json":
        print_json(map(describe, found))
        return
    show_table(
        lambda form: documents_table(found, under_way) if form == "text" else documents_sheet(found),
        wanted_form,
        output,
    )
