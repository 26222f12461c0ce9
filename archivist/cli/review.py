"""``archivist review``: what waits for a person, with the best guess, its evidence and the command to accept it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from archivist.cli.check import said
from archivist.cli.common import folder_asked, print_json, screen_columns
from archivist.cli.parameters import ITEM, Share, examples, json_option
from archivist.core.describe import describe
from archivist.core.evidence import grade
from archivist.core.words.evidence import pages
from archivist.errors import BadInputError, RefusedError, UsageError
from archivist.index.reader import open_reader
from archivist.questions.documents import documents
from archivist.questions.review import decided_already, editions_asked, waiting
from archivist.render.text import plain, wrapped
from archivist.workspace.quick import index_path

if TYPE_CHECKING:
    from archivist.core.document import Holding
    from archivist.core.model import Candidate

_CONFIDENCE = 0.8


@click.command(
    "review",
    epilog=examples(
        "archivist review --township 珠溪镇",
        "archivist review --accept D00012　　（同意这一件的第一个猜测）",
        "archivist review --accept-all --min-confidence 0.8 --dry-run　　（先看看会确认哪些）",
        "archivist assign D00012 --project DZ-2018-0017 --item 4　　（猜得不对时自己指定）",
        "archivist undo　　（确认错了，撤销）",
    ),
)
@click.option("--project", metavar="项目编号", help="只看最可能属于这个项目的。")
@click.option("--township", metavar="镇街", help="只看最可能属于这个镇街的（名称写一部分也可以）。")
@click.option("--item", metavar="序号", type=ITEM, help="只看最可能是这一项的。")
@click.option("--accept", metavar="材料编号", help="同意这一件的第一个猜测，归档。")
@click.option("--accept-all", is_flag=True, help="同意列出的全部材料的第一个猜测，归档。")
@click.option(
    "--min-confidence",
    metavar="把握",
    type=Share(),
    help=f"成批确认时，把握不低于这个数（0 到 1）的才算；不写为 {_CONFIDENCE:g}。",
)
@click.option("--yes", is_flag=True, help="成批确认时不再询问。")
@click.option("--dry-run", is_flag=True, help="只列出会确认哪些，不动任何东西。")
@json_option
def command(
    project: str | None,
    township: str | None,
    item: int | None,
    accept: str | None,
    accept_all: bool,
    min_confidence: float | None,
    yes: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """列出等待人工确认的材料：软件的猜测、依据、原因，以及确认用的命令；也可以直接确认一件或成批确认。"""
    if accept and accept_all:
        raise UsageError("--accept 和 --accept-all 只能写一个。")
    if not (accept or accept_all) and (yes or dry_run or min_confidence is not None):
        raise UsageError("--min-confidence、--yes、--dry-run 要和 --accept-all 或 --accept 一起用。")
    with open_reader(index_path(folder_asked())) as reader:
        found = waiting(reader, project, township, item)
        if accept and (told := decided_already(reader, accept)):
            raise BadInputError(told)
        asked = [] if accept or accept_all or as_json else editions_asked(reader)
    if accept:
        _accept([found.one(accept)], found.names, True, dry_run, as_json)
    elif accept_all:
        least = _CONFIDENCE if min_confidence is None else min_confidence
        _accept(found.sure(least), found.names, yes, dry_run, as_json)
    elif as_json:
        print_json(map(describe, found.documents))
    else:
        for one in found.documents:
            click.echo(_shown(one, found.names))
        count = len(found.documents)
        click.echo(f"共 {count} 件待确认。" if count else "没有待确认的材料。")
        for question in asked:
            click.echo(plain(question))
        for line in _misfiled(project, township, item):
            click.echo(line)


# -- accepting ---------------------------------------------------------------------------------------------------------


def _accept(
    chosen: Sequence[Holding], names: Mapping[str, str], sure: bool, dry_run: bool, as_json: bool
) -> None:
    """File what was chosen as guessed, all of it as one decision that one undo takes back."""
    if as_json and dry_run:
        print_json(map(describe, chosen))
        return
    if not chosen:
        click.echo("没有符合条件的材料，什么也没有做。", err=True)
        return
    if not sure or dry_run:
        for one in chosen:
            click.echo(plain(_line(one, names)), err=as_json)
    if dry_run:
        click.echo(f"以上 {len(chosen)} 件会按第一个猜测归档（现在什么也没有做）。")
        return
    if not sure:
        if as_json or not sys.stdin.isatty():
            raise UsageError("成批确认要先看一遍：加 --dry-run 只看不做；看好了加 --yes 确认。")
        click.confirm(f"以上 {len(chosen)} 件都按第一个猜测归档吗？", abort=True)
    filed = _file(chosen)
    if as_json:
        with open_reader(index_path(folder_asked())) as reader:
            print_json(map(describe, documents(reader, among=filed)))
        return
    for where in filed.values():
        click.echo(plain(f"已归档：{where}"))
    left = len(chosen) - len(filed)
    more = f"；{left} 件刚刚变了，没有动，请再看一遍" if left else ""
    click.echo(f"共归档 {len(filed)} 件{more}。确认错了可以撤销：archivist undo")


def _file(chosen: Sequence[Holding]) -> dict[str, str]:
    """Assign each as shown, unless it changed since; return the places by document.

    Raises:
        RefusedError: others decided on all of them meanwhile; else what they decided is told.
    """
    from archivist.cli.common import workspace
    from archivist.decisions.desk import at_desk

    opened = workspace()
    filed: dict[str, str] = {}
    otherwise: list[str] = []
    with at_desk(opened, "review") as desk, desk.carrying.as_one():
        for shown in chosen:
            now, place = desk.index.documents.find(shown.id), _place(shown.guess)
            if now is None or place is None or now.status != "review" or _place(now.guess) != place:
                earlier = now and desk.index.decisions.placed(now)
                otherwise += [f"材料 {shown.id} 已由 {earlier.told}，没有动。"] if earlier else []
                continue
            done = desk.deciding.assign(now, *place, "确认")
            filed[done.id] = done.path or ""
        desk.refresh_pages()
    if otherwise and not filed:
        advice = (
            "什么也没有改动。仍要改的，请用 archivist assign 材料编号 --project 项目编号 --item 序号 --yes。"
        )
        raise RefusedError("\n".join([*otherwise, advice]))
    for told in otherwise:
        click.echo(plain(told), err=True)
    return filed


def _place(guess: Candidate | None) -> tuple[str, int] | None:
    """The project and item of a guess that can be accepted."""
    return (guess.project, guess.item) if guess and guess.project and guess.item else None


def _line(one: Holding, names: Mapping[str, str]) -> str:
    guess = one.guess
    assert guess is not None
    name = names.get(guess.project or "", "")
    return (
        f"{one.id}  {guess.score:.0%}  {guess.project} {name}  第{guess.item}项  {one.title or '（无题名）'}"
    )


# -- showing -----------------------------------------------------------------------------------------------------------


def _misfiled(project: str | None, township: str | None, item: int | None) -> Iterator[str]:
    """What people filed and does not look as if it belonged there: nothing waits for them, but a look."""
    from datetime import datetime

    from archivist.questions.misfiled import misfiled, suspects
    from archivist.workspace.quick import standard

    rules, today = standard(folder_asked()), datetime.now().astimezone().date()
    with open_reader(index_path(folder_asked())) as index:
        codes = suspects(index, rules, project, township)
        found = list(misfiled(index, rules.rules(), today, codes)) if codes else []
    found = [one for one in found if item in (None, one.document.item)]
    if found:
        yield f"另有 {len(found)} 件是人归档的，像是放错了，请看一看："
    for one in found:
        yield from _fitted(plain(f"  {one.document.project}  {said(one.finding)}"))


def _shown(one: Holding, names: Mapping[str, str]) -> str:
    lines = [f"{one.id}  {one.file.name}  {pages(*one.pages)}  {one.title or ''}"]
    lines += [f"    原因：{reason}" for reason in one.reasons]
    worth = grade(one)
    lines.append(f"    材料状态：{worth.state}（{worth.reason}）")
    for candidate in one.candidates[:2]:
        lines += _guess(candidate, names)
    lines.append(f"    打开看：{one.path}")
    shown = [row for line in lines for row in _fitted(plain(line))]
    if one.guess:
        accept = f"archivist assign {one.id} --project {one.guess.project} --item {one.guess.item}"
        shown.append(plain(f"    同意第一个猜测：{accept}"))
    return "\n".join(shown) + "\n"


def _fitted(line: str) -> list[str]:
    """A line broken to the terminal's columns, later lines indented a little more."""
    room = screen_columns()
    if room is None:
        return [line.rstrip()]
    indent = " " * (len(line) - len(line.lstrip(" ")))
    return wrapped(line, max(room, 40), indent + "  ")


def _guess(candidate: Candidate, names: Mapping[str, str]) -> list[str]:
    project, item = candidate.project, candidate.item
    who = f"{project} {names.get(project, '')}" if project else "项目不明"
    lines = [f"    猜测：{who}，{f'第{item}项' if item else '类别不明'}（把握 {candidate.score:.0%}）"]
    return lines + [f"      第{e.page}页 {e.rule}：{e.quote}" for e in candidate.evidence[:3]]
