"""``archivist search``: full text, Chinese from two characters up, the words shown in their context (全文检索)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from archivist.cli.common import print_json, screen_columns
from archivist.cli.looking import index_path
from archivist.cli.parameters import Number, examples, json_option
from archivist.core.model import Status
from archivist.core.paper.passages import passage
from archivist.errors import UsageError
from archivist.index.reader import Reader, open_reader
from archivist.index.words import query_of
from archivist.render.text import plain, wrapped


@click.command("search", epilog=examples("archivist search 债权债务", "archivist search 黑山羊 退出"))
@click.argument("words", metavar="词语…", nargs=-1, required=True)
@click.option("--limit", metavar="页数", type=Number(1, 10_000), default=50, help="最多列出多少页，默认 50。")
@json_option
def command(words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """在全部材料的文字中查找，几个词语须在同一页出现。词语至少两个字。"""
    query = query_of(" ".join(words))
    if query is None:
        raise UsageError("检索词至少要有两个字。")
    hits: list[dict[str, Any]] = []
    more = False
    with open_reader(index_path()) as index:
        for hit in _hits(index, query, words):
            if len(hits) == limit:
                more = True
                break
            hits.append(hit)
    if as_json:
        print_json(hits)
        return
    for hit in hits:
        click.echo(plain(f"{hit['path'] or hit['source']}  第{hit['page']}页"))
        click.echo("\n".join(_passage(hit["passage"])))
    click.echo(_summary(len(hits), more))


def _passage(words: str) -> list[str]:
    room = screen_columns()
    line = f"    {plain(words)}"
    return [line] if room is None else wrapped(line, max(room, 40), "    ")


def _summary(count: int, more: bool) -> str:
    if more:
        return f"只列出前 {count} 页，后面还有。要多看，请加 --limit 页数；要少些，请再加一个词语。"
    return f"找到 {count} 页。" if count else "没有找到。可以换个说法，或减少词语再试。"


def _hits(index: Reader, query: str, words: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Pages that hold every word as it stands: pairs of characters alone may lie apart."""
    for row in index.pages.search(query):
        found = passage(row["text"], words)
        if found is None:
            continue
        owner = index.holdings.with_page(row["source"], row["number"])
        filed = owner if owner and owner.status is Status.FILED else None
        yield {
            "document": owner.id if owner else None,
            "source": row["source_name"],
            "page": row["number"],
            "project": filed.project if filed else None,
            "item": filed.item if filed else None,
            "path": owner.path if owner else None,
            "passage": found,
        }
