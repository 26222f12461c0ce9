"""``archivist review``: what waits for a person, with the best guess, its evidence and the command to accept it."""

from __future__ import annotations

from typing import Any

import click

from archivist.cli.common import print_json, screen_columns
from archivist.cli.documents import records
from archivist.cli.looking import index_path
from archivist.cli.parameters import examples, json_option
from archivist.index.reader import open_reader, projects
from archivist.render.text import plain, wrapped


@click.command(
    "review",
    epilog=examples(
        "archivist review", "archivist assign D00012 --project DZ-2018-0017 --item 4　　（确认其中一件）"
    ),
)
@json_option
def command(as_json: bool) -> None:
    """列出等待人工确认的材料：软件的猜测、依据、原因，以及确认用的命令。"""
    with open_reader(index_path()) as connection:
        waiting = [record for record in records(connection) if record["status"] == "review"]
        names = {row["code"]: row["name"] for row in projects(connection)}
    if as_json:
        print_json(waiting)
        return
    for record in waiting:
        click.echo(_told(record, names))
    click.echo(f"共 {len(waiting)} 件待确认。" if waiting else "没有待确认的材料。")


def _told(record: dict[str, Any], names: dict[str, str]) -> str:
    first, last = record["pages"]
    pages = f"第{first}页" if first == last else f"第{first}-{last}页"
    lines = [f"{record['id']}  {record['source']}  {pages}  {record['title'] or ''}"]
    lines += [f"    原因：{reason}" for reason in record["reasons"]]
    for candidate in record["candidates"][:2]:
        lines += _guess(candidate, names)
    lines.append(f"    打开看：{record['path']}")
    best = next((c for c in record["candidates"] if c["project"] and c["item"]), None)
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


def _guess(candidate: dict[str, Any], names: dict[str, str]) -> list[str]:
    project, item = candidate["project"], candidate["item"]
    who = f"{project} {names.get(project, '')}" if project else "项目不明"
    lines = [f"    猜测：{who}，{f'第{item}项' if item else '类别不明'}（把握 {candidate['score']:.0%}）"]
    return lines + [f"      第{e['page']}页 {e['rule']}：{e['quote']}" for e in candidate["evidence"][:3]]
