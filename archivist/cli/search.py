"""``archivist search``: full text, Chinese from two characters up, the words shown in their context (全文检索)."""

from __future__ import annotations

import click

from archivist.cli.common import folder_asked, print_json, screen_columns
from archivist.cli.parameters import Number, examples, json_option
from archivist.index.reader import open_reader
from archivist.questions.search import phrase, search
from archivist.render.text import plain, wrapped
from archivist.workspace.quick import index_path


@click.command("search", epilog=examples("archivist search 债权债务", "archivist search 黑山羊 退出"))
@click.argument("words", metavar="词语…", nargs=-1, required=True)
@click.option("--limit", metavar="页数", type=Number(1, 10_000), default=50, help="最多列出多少页，默认 50。")
@json_option
def command(words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """在全部材料的文字中查找，几个词语须在同一页出现。词语至少两个字。"""
    wanted = phrase(words)
    with open_reader(index_path(folder_asked())) as reader:
        found = search(reader, wanted, limit)
    if as_json:
        print_json(hit.record() for hit in found.pages)
        return
    for hit in found.pages:
        click.echo(plain(f"{hit.path or hit.source}  第{hit.page}页"))
        click.echo("\n".join(_passage(hit.passage)))
    click.echo(_summary(len(found.pages), found.more))


def _passage(words: str) -> list[str]:
    room = screen_columns()
    line = f"    {plain(words)}"
    return [line] if room is None else wrapped(line, max(room, 40), "    ")


def _summary(count: int, more: bool) -> str:
    if more:
        return f"只列出前 {count} 页，后面还有。要多看，请加 --limit 页数；要少些，请再加一个词语。"
    return f"找到 {count} 页。" if count else "没有找到。可以换个说法，或减少词语再试。"
