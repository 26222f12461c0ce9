"""``archivist template``: the Word templates of documents (公文模板)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archivist.cli.common import schemas_and_templates, workspace_folder
from archivist.cli.parameters import examples
from archivist.errors import ExitCode
from archivist.render.text import plain

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.core.drafts.kinds import DocumentKind


@click.group("template", epilog=examples("archivist template new 资产处置方案"))
def command() -> None:
    """公文模板：普通的 Word 文件不能当模板用，先在这里取一份写好填写标记的空白模板，再在 Word 里修改。"""


@command.command(
    "new",
    short_help="给出一个文种的空白模板",
    epilog=examples(
        "archivist template new 资产处置方案",
        "archivist template new village-record -o D:\\模板\\会议记录.docx",
    ),
)
@click.argument("kind", metavar="文种")
@click.option("-o", "--output", metavar="文件", type=click.Path(), help="保存到哪里；不写则存到当前文件夹。")
def new(kind: str, output: str | None) -> None:
    """给出一个文种的空白 Word 模板：版式按公文格式，每个字段都有填写标记。

    “文种”写中文名称或英文代号，用 archivist generate --list 查看；自己新建的文种，有字段文件、还没有模板也可以。
    已有的文件不会被覆盖。
    """
    from pathlib import Path

    from archivist.core.naming import safe_name
    from archivist.drafts import find_kind, load_kinds, write_new
    from archivist.drafts.blank import blank_template

    wanted = find_kind(load_kinds(*schemas_and_templates(), with_templates=False), kind)
    place = Path(output) if output else Path.cwd()
    path = place / f"{safe_name(wanted.name)}.docx" if place.is_dir() else place
    write_new(path, blank_template(wanted))
    click.echo(f"空白模板已保存：{path}")
    for line in _next_steps(wanted, workspace_folder()):
        click.echo(line)


@command.command(
    "check",
    short_help="检查改过的模板，把意见写成批注",
    epilog=examples(
        "archivist template check 资产处置方案.docx",
        "archivist template check 我的模板.docx --kind 村会议记录 -o D:\\模板",
    ),
)
@click.argument("file", metavar="文件", type=click.Path(exists=True, dir_okay=False))
@click.option("--kind", metavar="文种", help="是哪一个文种的模板；不写则看文件名。")
@click.option(
    "-o", "--output", metavar="文件夹", type=click.Path(), help="结果存到哪里；不写则存在模板旁边。"
)
def check(file: str, kind: str | None, output: str | None) -> int:
    """检查在 Word 里改过的模板：每一处毛病在那一段加一条批注，写明错在哪里、应当怎么写。

    模板本身不改动，批注写在另存的“…（检查意见）.docx”里；没有毛病的，给一份用假内容填好的“…（试印）.docx”看版式。
    有要改的地方，退出码为 3。
    """
    from pathlib import Path

    from archivist.drafts.faults.checking import check_file

    done = check_file(schemas_and_templates(), Path(file), kind, Path(output) if output else None)
    for line in done.lines:
        click.echo(plain(line))
    return ExitCode.SETTINGS if done.faults else ExitCode.OK


def _next_steps(kind: DocumentKind, folder: Path | None) -> list[str]:
    """What may be changed in the template, and where it takes effect."""
    own = None if folder is None else folder / "doc_templates"
    steps = [
        "可以改：文字、次序、表格和版式（字体只用公文的六种）；填写标记可以移到别处，不用的可以删去。",
        "不要改：{{ }} 和 {% %} 里面的字；{% for … %} 和 {% endfor %}、{% if … %} 和 {% endif %} 要成对保留。",
    ]
    if own is None:
        return [*steps, f"改好后放到：工作区/doc_templates/{kind.slug}.docx"]
    if not own.is_dir():
        steps.append(f"这个工作区还没有自己的模板，请先运行：archivist init --templates {folder}")
    return [*steps, f"改好后放到：{own / f'{kind.slug}.docx'}　（已有同名的，先把原来的改名）"]
