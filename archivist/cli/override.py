"""``archivist override``: what the software saw wrongly, overridden by a named authority (负责人核定)."""

from __future__ import annotations

import click

from archivist.cli.common import folder_asked, tell_in_folders, workspace
from archivist.cli.parameters import examples, reason_given
from archivist.errors import BadInputError, UsageError
from archivist.index.reader import open_reader
from archivist.render.text import plain
from archivist.workspace.quick import index_path


@click.command(
    "override",
    epilog=examples(
        'archivist --as 黎某 override DZ-2018-0017 seal-absent-2 --reason "看过原件，公章在第3页右下，黑白扫描看不清"',
        'archivist --as 黎某 override DZ-2018-0017 seal-absent-2 --withdraw --reason "原件上也没有章"',
        "archivist override --list　　（列出全部核定）",
    ),
)
@click.argument("project", metavar="[项目编号]", required=False)
@click.argument("key", metavar="[键]", required=False)
@click.option("--reason", metavar="理由", help="看了哪份原件、看到了什么（或为什么取消），各种报表里都写明。")
@click.option("--withdraw", is_flag=True, help="取消核定，这一处照常挡着销号。")
@click.option("--list", "show", is_flag=True, help="列出全部核定。")
def command(project: str | None, key: str | None, reason: str | None, withdraw: bool, show: bool) -> None:
    """负责人核定：软件看图看错的地方（没看到浅淡的印章、签字等），由区里、专班的负责人看着原件核定，写明理由。

    键见 archivist deregister 项目编号 --dry-run。只对核定时的那一份文件算数，换了就不算；不齐、不同意、被改动等不能核定。
    要有人员名册。核定的人不能再提请、确认同一个项目。每份报表、页面和销号决定里都写明是谁、为什么核定。
    """
    if show:
        _list()
        return
    if project is None or key is None:
        raise UsageError(
            "请写明项目编号和键（键见 archivist deregister 项目编号 --dry-run）；已有的核定见 archivist override --list。"
        )
    if reason is None:
        raise UsageError(f"{'取消核定' if withdraw else '核定'}要写明理由：--reason 理由。")
    words = reason_given(reason)
    opened = workspace()
    with opened.writing("override") as index:
        from archivist.decisions.overriding import override, take_back

        if not withdraw:
            made = override(opened, index, project, key, words)
            told = f"{project} 的“{key}”{made.told}\n原来的问题：{made.message}\n只对 {made.document} 现在的这一份算数。"
        elif take_back(index, project, key, words):
            told = f"{project} 的“{key}”取消了核定，照常挡着销号。"
        else:
            raise BadInputError(f"{project} 没有键为“{key}”的核定。用 archivist override --list 查看。")
        tell_in_folders(opened, index, [project])
    for line in told.splitlines():
        click.echo(plain(line))


def _list() -> None:
    void = 0
    with open_reader(index_path(folder_asked())) as index:
        found = index.overrides.among(None)
        files = {file.code: file for file in index.project_files.of(sorted({one.project for one in found}))}
    for one in found:
        file = files.get(one.project)
        why = "台账里没有这个项目了"
        if file is not None:
            why = f"这份材料{told}" if (told := one.void(file.documents)) else ""
        void += bool(why)
        mark = f"　不算数：{why}" if why else ""
        name = file.name if file is not None else ""
        click.echo(plain(f"{one.project} {name}　{one.key}　{one.document}　{one.told}{mark}"))
    lost = f"其中 {void} 处不算数。" if void else ""
    click.echo(f"共 {len(found)} 处核定。{lost}" if found else "没有核定。")
