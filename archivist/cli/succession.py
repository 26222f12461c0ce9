"""``archivist register renumber``, ``separate``, ``retire`` …: what becomes of projects (台账变更)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archivist.cli.common import folder_asked, workspace
from archivist.cli.parameters import Number, examples, reason_given
from archivist.errors import BadInputError, UsageError
from archivist.index.reader import open_reader
from archivist.render.text import plain
from archivist.workspace.quick import index_path

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archivist.decisions.joining import Joining


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


def _renumbered(deciding: Joining, pairs: Sequence[tuple[str, str]], every: bool) -> list[str]:
    if not every:
        return [deciding.renumber(old, _number(new)) for old, new in pairs]
    asked = deciding.questions
    sure = [(one.only, one.code) for one in asked if one.only]
    olds = [old for old, _ in sure]
    clear = [(old, new) for old, new in sure if olds.count(old) == 1]
    if not clear:
        raise BadInputError("没有只像一个项目的待答编号。请用 archivist register questions 逐个看。")
    left = len(asked) - len(clear)
    told = [
        deciding.renumber(old, new)
        for old, new in clear
        if any((one.only, one.code) == (old, new) for one in deciding.questions)
    ]
    return [*told, f"共承接 {len(clear)} 个" + (f"，另有 {left} 个要逐个看。" if left else "。")]


@click.command("separate", epilog=examples("archivist register separate DZ-2018-0117"))
@click.argument("code", metavar="新编号")
def separate(code: str) -> None:
    """新编号是另一个项目，不是原有的换了编号：照台账登记。"""
    _take("register separate", lambda deciding: [deciding.separate(code)])


@click.command("correct", epilog=examples("archivist register correct DZ-2018-0017"))
@click.argument("code", metavar="项目编号")
def correct(code: str) -> None:
    """台账里这个编号的内容几乎全变了，确是同一个项目的更正：照新台账改。"""
    _take("register correct", lambda deciding: [deciding.correct(code)])


@click.command(
    "retire",
    epilog=examples('archivist register retire DZ-2019-0042 --reason "区政府批复整体移交，不再管理"'),
)
@click.argument("code", metavar="项目编号")
@click.option("--reason", metavar="理由", required=True, help="为什么移出，记入日志。")
def retire(code: str, reason: str) -> None:
    """项目移出台账：不再管理，不再列入缺件清单；文件夹和已归档的材料都保留。archivist undo 可以恢复。"""
    words = reason_given(reason)
    _take("register retire", lambda deciding: [deciding.retire(code, words)])


@click.command(
    "join",
    short_help="几个项目并成一个",
    epilog=examples(
        "archivist register join DZ-2018-0018 DZ-2018-0017　　（前面的并入最后一个）",
        "archivist register join DZ-2018-0017 DZ-2018-0018 DZ-2024-0001",
    ),
)
@click.argument("codes", metavar="并入的编号... 并到的编号", nargs=-1, required=True)
def join(codes: tuple[str, ...]) -> None:
    """几个项目并成一个：前面各个编号的项目并入最后一个，材料、免交、核定和以前的决定都跟过去。

    并入的编号记为曾用编号。archivist undo 撤销，各归各的。
    """
    if len(codes) < 2:
        raise UsageError("请写明并入的编号和并到的编号，并到的写在最后。")
    _take("register join", lambda deciding: [deciding.join(codes[:-1], codes[-1])])


@click.command(
    "split",
    short_help="一个项目拆成几个",
    epilog=examples(
        "archivist register split DZ-2018-0017 DZ-2024-0001 DZ-2024-0002",
        "archivist register split DZ-2018-0017 DZ-2024-0001 DZ-2024-0002 --papers-to DZ-2024-0001",
        "archivist register split DZ-2018-0017 DZ-2024-0001 --keep　　（原项目还在，只是分出一部分）",
    ),
)
@click.argument("old", metavar="原编号")
@click.argument("parts", metavar="新编号...", nargs=-1, required=True)
@click.option(
    "--papers-to", "rest", metavar="新编号", default="", help="没有写明是哪一个的材料都归到这一个。"
)
@click.option("--keep", is_flag=True, help="原项目仍在台账里。")
def split(old: str, parts: tuple[str, ...], rest: str, keep: bool) -> None:
    """一个项目拆成几个：材料里写明是哪一个的跟过去，其余的留在原项目，或归到 --papers-to 写的那一个。

    原项目移出台账（有 --keep 的除外），文件夹保留。archivist undo 撤销，材料回到原处。
    """
    _take("register split", lambda deciding: [deciding.split(old, parts, rest, keep)])


@click.command(
    "township",
    short_help="乡镇合并、更名：项目和文件夹改到新镇街",
    epilog=examples("archivist register township 龙石镇 珠溪镇"),
)
@click.argument("old", metavar="原镇街")
@click.argument("new", metavar="新镇街")
def township(old: str, new: str) -> None:
    """乡镇合并、更名：原镇街的项目都改属新镇街，文件夹移到新镇街下面。archivist undo 撤销。

    台账已经改了、文件夹还在原镇街下面的，也一起移过去。新镇街的名称要先写进 townships.toml。
    """
    known = _townships()
    if new not in known:
        raise UsageError(
            f"“{new}”不在镇街名单里，应为：{'、'.join(known)}。名单在 schemas 的 townships.toml 里，可以改。"
        )
    _take("register township", lambda deciding: [deciding.change_township(old, new)])


def _townships() -> list[str]:
    from archivist.ledger import load_register_rules

    return [one.name for one in load_register_rules(workspace().data("schemas")).townships]


@click.command(
    "undo",
    short_help="撤销最近的台账变更",
    epilog=examples("archivist register undo", "archivist register undo --last 3 --dry-run"),
)
@click.option(
    "--last", metavar="次数", type=Number(1, 1000), default=1, help="撤销最近几次；一起办的算一次。"
)
@click.option("--dry-run", is_flag=True, help="只说会撤销什么，不动任何东西。")
def undo(last: int, dry_run: bool) -> None:
    """撤销最近的台账变更（换编号、并入、拆分、移出、镇街变更）：材料、文件夹和台账都恢复原样。

    与 archivist undo 一样，只是不动对材料的决定；能导入台账的人可以办。
    """
    from archivist.decisions.desk import at_desk
    from archivist.decisions.joining import Joining

    with at_desk(workspace(), "register undo", looking=dry_run) as desk:
        chosen = desk.index.succession.latest(last)
        if not chosen:
            raise BadInputError("没有可以撤销的台账变更。")
        for one in chosen:
            told = f"会撤销：{one.told}" if dry_run else Joining(desk).undo(one)
            desk.knowledge.refresh()
            click.echo(plain(told))
        desk.refresh_pages()


COMMANDS = (questions, renumber, separate, correct, join, split, retire, township, undo)
"""What `archivist register` has besides importing and listing."""


def _take(command: str, decide: Callable[[Joining], list[str]]) -> None:
    """Take decisions at a desk, write the pages anew, tell people."""
    from archivist.decisions.desk import at_desk
    from archivist.decisions.joining import Joining

    with at_desk(workspace(), command) as desk:
        told = decide(Joining(desk))
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
