"""The page that leads to the sheets of a folder (目录.html): one link a project, nothing fetched, no script."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from archivist.render.reportstyle import STYLE
from archivist.render.text import plain

_HEADS = ("项目编号", "项目名称", "镇街", "村（社区）", "归档依据表")


def index_page(rows: Iterable[tuple[str, str, str, str, str, str]]) -> bytes:
    """The page, UTF-8.

    Args:
        rows: the sheet's file beside the page ("" where there is none), the project's number, name, township and village,
            and what became of its sheet.
    """
    heads = "".join(f"<th scope=col>{name}</th>" for name in _HEADS)
    lines, count = [], 0
    for file, code, *words, told in rows:
        count += 1
        link = f'<a href="./{escape(quote(file))}">{_text(code)}</a>' if file else _text(code)
        state = "" if file else f"　{_text(told)}"
        cells = "".join(f"<td>{_text(word)}</td>" for word in words)
        lines.append(f"<tr><th scope=row>{link}</th>{cells}<td>{'有' if file else '没有'}{state}</td></tr>\n")
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width"><title>归档依据表目录</title><style>{STYLE}</style></head>\n'
        f"<body><header><h1>归档依据表目录</h1></header>\n<main><p>共 {count} 个项目，点项目编号打开。</p>\n"
        '<div class="wide" tabindex=0 role=region aria-label="目录"><table class="list">'
        f"<thead><tr>{heads}</tr></thead><tbody>\n{''.join(lines)}</tbody></table></div></main></body></html>\n"
    ).encode("utf-8", "replace")


def _text(words: str) -> str:
    return escape(plain(words))
