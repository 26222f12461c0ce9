"""What the software's own pages share: one self-contained file, every word from outside escaped, links to files."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from archivist.render.text import plain

STYLE = """
*{box-sizing:border-box}
body{font:15px/1.55 "Microsoft YaHei","Noto Sans CJK SC","PingFang SC",sans-serif;color:#222;max-width:1000px;
margin:1.2em auto;padding:0 1em}
h1{font-size:22px;margin:0 0 .2em;overflow-wrap:anywhere}h2{font-size:17px;margin:1.2em 0 .3em}p{margin:.3em 0}
table{border-collapse:collapse;width:100%;table-layout:fixed}th,td{border:1px solid #999;padding:.4em .55em;
vertical-align:top;text-align:left;overflow-wrap:anywhere}th{background:#f2f2f2}
thead{display:table-header-group}tr{break-inside:avoid}
.ok{color:#0b6b2b}.wait{color:#8a5a00}.gap{color:#b00020}.none{color:#666}
.box{padding:.5em .8em;border-radius:6px;margin:.8em 0;border:1px solid;overflow-wrap:anywhere}
.b-ok{background:#e6f4ea;color:#0b4d20}.b-gap{background:#fdecea;color:#7d0017}.b-wait{background:#fff4dc;color:#6b4600}
.b-none{background:#f4f4f4;color:#333}
ul,ol{margin:0;padding-left:1.2em}small,.small{color:#666;font-size:.85em}a{color:#0b4a9e;text-decoration:none}
a:hover{text-decoration:underline}
@media print{body{font-size:12px;line-height:1.4;margin:0;padding:0;max-width:none}h1{font-size:17px}h2{font-size:14px}
a{color:inherit}th,td{padding:.25em .45em}.box{margin:.5em 0;padding:.35em .6em}}
"""


def html_page(title: str, body: str, style: str = "", head: str = "") -> bytes:
    """Return a whole page; ``title`` is escaped here, ``body``, ``style`` and ``head`` are markup already."""
    return f"""<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
{head}<title>{words(title)}</title><style>{STYLE}{style}</style></head><body>
{body}
</body></html>
""".encode()


def words(text: str) -> str:
    """Text from outside as markup: escaped, without control and direction characters."""
    return escape(plain(text))


def clipped(text: str, most: int) -> str:
    """``text`` in at most ``most`` characters: the middle goes, a file's ending stays readable."""
    if len(text) <= most:
        return text
    tail = most // 3
    return f"{text[: most - tail - 1]}…{text[-tail:]}"


def linked(name: str, path: str, most: int = 200) -> str:
    """A name that opens the file at ``path`` (from the page) when clicked; the whole name shows on hovering.

    Every sign that could mean something in a link is encoded. Without a path, the name alone.
    """
    shown = words(clipped(name, most))
    title = f' title="{words(name)}"' if len(name) > most else ""
    if not path:
        return f"<span{title}>{shown}</span>" if title else shown
    start = "" if path.startswith("../") else "./"
    return f'<a href="{start}{quote(path, errors="surrogateescape")}"{title}>{shown}</a>'
