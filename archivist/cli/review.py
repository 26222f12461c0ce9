"""``archivist review``: what waits for a person, with the best guess, its evidence and the command to accept it."""

from __future__ import annotations

from typing import Any

import click

from archivist.cli.common import print_json, workspace
from archivist.cli.documents import records
from archivist.index.reader import open_reader, projects
from archivist.render.text import plain


@click.command("review", epilog="例：archivist review　　确认其中一件：archivist assign D00012 --project DZ-2018-0017 --item 4")
@click.option("--json", "as_json", is_flag=True, help="逐行输出 JSON。")
def command(as_json: bool) -> None:
    """列出等待人工确认的材料：软件的猜测、依据、原因，以及确认用的命令。"""
    with open_reader(workspace().index_path) as connection:
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
    lines = [plain(f"{record['id']}  {record['source']}  {pages}  {record['title'] or ''}")]
    lines += [plain(f"    原因：{reason}") for reason in record["reasons"]]
    for candidate in record["candidates"][:2]:
        lines += [plain(line) for line in _guess(candidate, names)]
    best = next((c for c in record["candidates"] if c["project"] and c["item"]), None)
    if best:
        lines.append(f"    确认：archivist assign {record['id']} --project {best['project']} --item {best['item']}")
    return "\n".join(lines) + "\n"


def _guess(candidate: dict[str, Any], names: dict[str, str]) -> list[str]:
    project, item = candidate["project"], candidate["item"]
    who = f"{project} {names.get(project, '')}" if project else "项目不明"
    lines = [f"    猜测：{who}，{f'第{item}项' if item else '类别不明'}（把握 {candidate['score']:.0%}）"]
    return lines + [f"      第{e['page']}页 {e['rule']}：{e['quote']}" for e in candidate["evidence"][:3]]
