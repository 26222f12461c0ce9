"""``archivist repair``: put kept originals back where filed files were altered or lost (修复)."""

from __future__ import annotations

import click

from archivist.cli.common import workspace
from archivist.cli.parameters import examples
from archivist.cli.verify import discrepancy_lines
from archivist.errors import BadInputError, ExitCode
from archivist.render.text import plain


@click.command("repair", epilog=examples("archivist repair", "archivist repair D00012"))
@click.argument("documents", metavar="[材料编号]…", nargs=-1)
def command(documents: tuple[str, ...]) -> int:
    """修复：归档文件被改动或丢失的，用收存的原件放回，改动过的移到“退回”；收存的原件损坏而归档文件完好的，反过来补回。不写编号就全部检查一遍。"""
    from archivist.filing.wiring import filing_of
    from archivist.pages.project import refresh_stale
    from archivist.preservation.fixity.repair import Repairer
    from archivist.workspace.opened import WAIT_SECONDS

    opened = workspace()
    with opened.intake("repair", WAIT_SECONDS), opened.writing("repair") as index:
        wanted = [name.upper() for name in documents]
        for name in wanted:
            if index.documents.find(name) is None:
                raise BadInputError(f"没有编号为“{name}”的材料。请用 archivist documents 查看编号。")
        result = Repairer(opened.store, index, opened.config, filing_of(opened, index), wanted).run()
        refresh_stale(opened, index)
    for line in result.done:
        click.echo(plain(line))
    for finding in result.left:
        for line in discrepancy_lines(finding):
            click.echo(line)
    if not result.done and not result.left:
        click.echo("都完好，没有要修复的。")
    return ExitCode.FIXITY if result.left else ExitCode.OK
