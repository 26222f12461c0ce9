"""``archivist register renumber``, ``separate``, ``retire`` …: what becomes of projects (台账变更)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archivist.cli.common import folder_asked, workspace
from archivist.cli.parameters import examples, reason_given
from archivist.errors import BadInputError, UsageError
from archivist.index.reader import open_reader
from archivist.render.text import plain
from archivist.workspace.quick import index_path

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archivist.decisions.succeeding import Succeeding


@click.command("questions", epilog=examples("archivist register questions"))
def questions() -> None:
    """列出导入时拿不准的：新编号像是原有项目换了编号的，各用哪条命令回答。"""
    with open_reader(index_path(folder_asked())) as index:
        asked = index.succession.asked()
    for one in asked:
        for line in one.lines:
            click.echo(plain(line))
    click.echo(f"共 {len(asked)} 个新编号待答。" if asked else "没有待答的。")


@click.command(
    "renumber",
    short_help="项目换了编号：材料跟着新编号",
    epilog=examples(
        "archivist register renumber DZ-2018-0017 DZ-2018-0117",
        "archivist register renumber --all　　（导入时问到的，只像一个项目的全部承接）",
    ),
)
@click.argument("old", metavar="[原编号]", required=False)
@click.argument("new", metavar="[新编号]", required=False)
@click.option(
    "--all", "every", is_flag=True, help="承接全部只像一个项目的待答编号；archivist undo 一次撤销。"
)
def renumber(old: str | None, new: str | None, every: bool) -> None:
    """项目换了编号：新编号承接原编号的材料、文件夹、免交、核定和以前的决定，原编号记为曾用编号。

    archivist undo 撤销，一切照旧。已销号的会重新打开，因为签过字的审批表写的是原编号。
    """
    if every == (old is not None) or (old is None) != (new is None):
        raise UsageError("请写明原编号和新编号，或只写 --all。")
    pairs = [] if old is None or new is None else [(old, new)]
    _take("register renumber", lambda deciding: _renumbered(deciding, pairs, every))


def _renumbered(deciding: Succeeding, pairs: Sequence[tuple[str, str]], every: bool) -> list[str]:
    if not every:
        return [deciding.renumber(old, _number(new)) for old, new in pairs]
    asked = deciding.questions
    sure = [(one.only, one.code) for one in asked if one.only]
    olds = [old for old, _ in sure]
    clear = [(old, new) for old, new in sure if olds.count(old) == 1]
    if not clear:
        raise BadInputError("没有只像一个项目的待答编号。请用 archivist register questions 逐个看。")
    left = len(asked) - len(clear)
    told = [deciding.renumber(old, new) for old, new in clear]
    return [*told, f"共承接 {len(clear)} 个" + (f"，另有 {left} 个要逐个看。" if left else "。")]


@click.command("separate", epilog=examples("archivist register separate DZ-2018-0117"))
@click.argument("code", metavar="新编号")
def separate(code: str) -> None:
    """新编号是另一个项目，不是原有的换了编号：照台账登记。"""
    _take("register separate", lambda deciding: [deciding.separate(code)])


@click.command(
    "retire",
    epilog=examples('archivist register retire DZ-2019-0042 --reason "区政府批复整体移交，不再管理"'),
)
@click.argument("code", metavar="项目编号")
@click.option("--reason", metavar="理由", required=True, help="为什么撤销，记入日志。")
def retire(code: str, reason: str) -> None:
    """撤销：项目移出台账，不再列入缺件清单；文件夹和已归档的材料都保留。archivist undo 可以恢复。"""
    words = reason_given(reason)
    _take("register retire", lambda deciding: [deciding.retire(code, words)])


COMMANDS = (questions, renumber, separate, retire)
"""What `archivist register` has besides importing and listing."""


def _take(command: str, decide: Callable[[Succeeding], list[str]]) -> None:
    """Take decisions at a desk, write the pages anew, tell people."""
    from archivist.decisions.desk import at_desk
    from archivist.decisions.succeeding import Succeeding

    with at_desk(workspace(), command) as desk:
        told = decide(Succeeding(desk))
        desk.knowledge.refresh()
        desk.refresh_pages()
    for line in "\n".join(told).splitlines():
        click.echo(plain(line))


def _number(code: str) -> str:
    """A number that people write, as the register would have it; UsageError for one that it would not."""
    import re

    from archivist.core.register.cells import CellError
    from archivist.core.register.cells import code as cleaned

    try:
        number = cleaned(code)
    except CellError as error:
        raise UsageError(str(error)) from None
    if not re.fullmatch(_pattern(), number):
        raise UsageError(f"“{code}”不能作项目编号。")
    return number


def _pattern() -> str:
    from archivist.ledger import load_register_rules

    rules = load_register_rules(workspace().data("schemas"))
    properties = rules.schema["properties"]
    assert isinstance(properties, dict)
    return str(properties["code"].get("pattern", ".{1,64}"))
