"""``archivist review``: what waits for a person, with the best guess, its evidence and the command to accept it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

from archivist.cli.common import print_json, screen_columns
from archivist.cli.documents import records
from archivist.cli.looking import index_path
from archivist.cli.parameters import ITEM, Share, examples, json_option
from archivist.errors import BadInputError, UsageError
from archivist.index.database import Row
from archivist.index.reader import open_reader
from archivist.render.text import plain, wrapped

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
    with open_reader(index_path()) as index:
        register = {row["code"]: row for row in index.projects.all()}
        waiting = [record for record in records(index) if record["status"] == "review"]
    waiting = _filtered(waiting, register, project, township, item)
    if accept or accept_all:
        least = 0.0 if accept else _CONFIDENCE if min_confidence is None else min_confidence
        chosen = [_named(waiting, accept)] if accept else [one for one in waiting if _sure(one, least)]
        _accept(chosen, register, yes or accept is not None, dry_run, as_json)
        return
    if as_json:
        print_json(waiting)
        return
    for record in waiting:
        click.echo(_told(record, register))
    click.echo(f"共 {len(waiting)} 件待确认。" if waiting else "没有待确认的材料。")


# -- which -------------------------------------------------------------------------------------------------------------


def _filtered(
    waiting: list[dict[str, Any]],
    register: dict[str, Row],
    project: str | None,
    township: str | None,
    item: int | None,
) -> list[dict[str, Any]]:
    """What the filters let through, by the first guess; a filter that fits nothing at all is a slip of the pen."""
    if project is not None and project not in register:
        raise UsageError(f"台账里没有项目编号“{project}”。请用 archivist register list 查看编号。")
    if township is not None and not any(township in row["township"] for row in register.values()):
        raise UsageError(f"台账里没有镇街含“{township}”的项目。请用 archivist register list 查看写法。")

    def fits(record: dict[str, Any]) -> bool:
        first = record["candidates"][0] if record["candidates"] else {"project": None, "item": None}
        row = register.get(first["project"] or "")
        return (
            (project is None or first["project"] == project)
            and (township is None or (row is not None and township in row["township"]))
            and (item is None or first["item"] == item)
        )

    return [record for record in waiting if fits(record)]


def _guess_of(record: dict[str, Any]) -> dict[str, Any] | None:
    """The first guess that names both a project and an item."""
    return next((one for one in record["candidates"] if one["project"] and one["item"]), None)


def _sure(record: dict[str, Any], least: float) -> bool:
    guess = _guess_of(record)
    return guess is not None and guess["score"] >= least


def _named(waiting: Sequence[dict[str, Any]], document: str) -> dict[str, Any]:
    found = next((one for one in waiting if one["id"] == document.strip().upper()), None)
    if found is None:
        raise BadInputError(f"待确认的材料里没有编号“{document}”。请用 archivist review 查看。")
    if _guess_of(found) is None:
        raise BadInputError(
            f"材料 {found['id']} 看不出是哪个项目的哪一项，没有可以同意的猜测。"
            f"请自己指定：archivist assign {found['id']} --project 项目编号 --item 序号"
        )
    return found


# -- accepting ---------------------------------------------------------------------------------------------------------


def _accept(
    chosen: list[dict[str, Any]], register: dict[str, Row], sure: bool, dry_run: bool, as_json: bool
) -> None:
    """File what was chosen as guessed, all of it as one decision that one undo takes back."""
    if as_json and dry_run:
        print_json(chosen)
        return
    if not chosen:
        click.echo("没有符合条件的材料，什么也没有做。", err=True)
        return
    if not sure or dry_run:
        for record in chosen:
            click.echo(plain(_line(record, register)), err=as_json)
    if dry_run:
        click.echo(f"以上 {len(chosen)} 件会按第一个猜测归档（现在什么也没有做）。")
        return
    if not sure:
        if as_json or not sys.stdin.isatty():
            raise UsageError("成批确认要先看一遍：加 --dry-run 只看不做；看好了加 --yes 确认。")
        click.confirm(f"以上 {len(chosen)} 件都按第一个猜测归档吗？", abort=True)
    filed = _file(chosen)
    if as_json:
        with open_reader(index_path()) as index:
            print_json(record for record in records(index) if record["id"] in filed)
        return
    for where in filed.values():
        click.echo(plain(f"已归档：{where}"))
    left = len(chosen) - len(filed)
    more = f"；{left} 件刚刚变了，没有动，请再看一遍" if left else ""
    click.echo(f"共归档 {len(filed)} 件{more}。确认错了可以撤销：archivist undo")


def _file(chosen: list[dict[str, Any]]) -> dict[str, str]:
    """Assign each as shown, unless it changed since; return the places by document."""
    from archivist.cli.common import workspace
    from archivist.decisions.desk import at_desk

    opened = workspace()
    filed: dict[str, str] = {}
    with at_desk(opened, "review") as desk, desk.carrying.as_one():
        for record in chosen:
            row, guess = desk.index.documents.find(record["id"]), _guess_of(record)
            if row is None or guess is None or row.status != "review":
                continue
            known = next(((c.project, c.item) for c in row.candidates if c.project and c.item), None)
            if known != (guess["project"], guess["item"]):
                continue
            done = desk.deciding.assign(row, guess["project"], guess["item"], "确认")
            filed[done.id] = done.path or ""
        desk.refresh_pages()
    return filed


def _line(record: dict[str, Any], register: dict[str, Row]) -> str:
    guess = _guess_of(record)
    assert guess is not None
    name = register[guess["project"]]["name"] if guess["project"] in register else ""
    title = record["title"] or "（无题名）"
    return f"{record['id']}  {guess['score']:.0%}  {guess['project']} {name}  第{guess['item']}项  {title}"


# -- showing -----------------------------------------------------------------------------------------------------------


def _told(record: dict[str, Any], register: dict[str, Row]) -> str:
    first, last = record["pages"]
    pages = f"第{first}页" if first == last else f"第{first}-{last}页"
    lines = [f"{record['id']}  {record['source']}  {pages}  {record['title'] or ''}"]
    lines += [f"    原因：{reason}" for reason in record["reasons"]]
    for candidate in record["candidates"][:2]:
        lines += _guess(candidate, register)
    lines.append(f"    打开看：{record['path']}")
    best = _guess_of(record)
    shown = [row for line in lines for row in _fitted(plain(line))]
    if best:
        accept = f"archivist assign {record['id']} --project {best['project']} --item {best['item']}"
        shown.append(plain(f"    同意第一个猜测：{accept}"))
    return "\n".join(shown) + "\n"


def _fitted(line: str) -> list[str]:
    """A line broken to the terminal's columns, later lines indented a little more."""
    room = screen_columns()
    if room is None:
        return [line.rstrip()]
    indent = " " * (len(line) - len(line.lstrip(" ")))
    return wrapped(line, max(room, 40), indent + "  ")


def _guess(candidate: dict[str, Any], register: dict[str, Row]) -> list[str]:
    project, item = candidate["project"], candidate["item"]
    name = register[project]["name"] if project in register else ""
    who = f"{project} {name}" if project else "项目不明"
    lines = [f"    猜测：{who}，{f'第{item}项' if item else '类别不明'}（把握 {candidate['score']:.0%}）"]
    return lines + [f"      第{e['page']}页 {e['rule']}：{e['quote']}" for e in candidate["evidence"][:3]]
