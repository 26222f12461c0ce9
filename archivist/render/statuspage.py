"""归档状态.html: one project's answer in its folder. Self-contained, prints on one page, opens anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from archivist.core.checklist import ItemState


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file as the page lists it; ``link`` is its path from the page, empty when it stands elsewhere."""

    name: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One row of the page: what is there, and what to do next."""

    number: int
    name: str
    remark: str
    state: ItemState
    documents: tuple[FileLine, ...]
    todo: str


@dataclass(frozen=True, slots=True)
class StatusPage:
    """What the page says of a project; ``updated`` is a time for people."""

    code: str
    name: str
    place: str
    lines: tuple[ItemLine, ...]
    verdict: str
    updated: str


_COLOURS = {
    ItemState.PRESENT: "ok",
    ItemState.REVIEW: "wait",
    ItemState.MISSING: "gap",
    ItemState.WAIVED: "none",
    ItemState.OPTIONAL: "none",
}

_MOST_FILES = 8
"""Files listed for one item: more would push the page over one sheet; the folder shows them all."""

_STYLE = """
@page{size:A4;margin:14mm}
*{box-sizing:border-box}
body{font:15px/1.55 "Microsoft YaHei","Noto Sans CJK SC","PingFang SC",sans-serif;color:#222;max-width:1000px;
margin:1.2em auto;padding:0 1em}
h1{font-size:22px;margin:0 0 .2em;overflow-wrap:anywhere}p{margin:.3em 0}.place{color:#555}
.verdict{font-size:18px;font-weight:bold;padding:.5em .8em;border-radius:6px;margin:.8em 0;border:1px solid}
table{border-collapse:collapse;width:100%;table-layout:fixed}th,td{border:1px solid #999;padding:.4em .55em;
vertical-align:top;text-align:left;overflow-wrap:anywhere}th{background:#f2f2f2}
thead{display:table-header-group}tr{break-inside:avoid}
.n{width:3.6em;text-align:center}.i{width:24%}.s{width:5.2em;white-space:nowrap}td.s{font-weight:bold}.t{width:26%}
.ok{color:#0b6b2b}.wait{color:#8a5a00}.gap{color:#b00020}.none{color:#666}
.v-ok{background:#e6f4ea;color:#0b4d20}.v-gap{background:#fdecea;color:#7d0017}.v-wait{background:#fff4dc;color:#6b4600}
ul{margin:0;padding-left:1.1em}small{color:#666}a{color:#0b4a9e;text-decoration:none}a:hover{text-decoration:underline}
@media print{body{font-size:12px;line-height:1.4;margin:0;padding:0;max-width:none}h1{font-size:17px}
.verdict{font-size:14px}a{color:inherit}th,td{padding:.25em .45em}}
"""


def status_html(page: StatusPage) -> bytes:
    """Return the page. Every word from outside (names, titles) is escaped."""
    states = {line.state for line in page.lines}
    verdict = "gap" if ItemState.MISSING in states else "wait" if ItemState.REVIEW in states else "ok"
    rows = "\n".join(_row(line) for line in page.lines)
    return f"""<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>归档状态 {escape(page.code)}</title><style>{_STYLE}</style></head><body>
<h1>{escape(page.name)}</h1>
<p class="place">项目编号 {escape(page.code)}　{escape(page.place)}</p>
<p class="verdict v-{verdict}">{escape(page.verdict)}</p>
<table><thead><tr><th class="n">序号</th><th class="i">归档内容</th><th class="s">状态</th><th>已有材料</th>
<th class="t">下一步</th></tr></thead>
<tbody>
{rows}
</tbody></table>
<p><small>更新时间 {escape(page.updated)}。本页由软件自动更新，请不要修改；归档目录依据实施方案附件4。</small></p>
</body></html>
""".encode()


def _row(line: ItemLine) -> str:
    remark = f"<br><small>备注：{escape(line.remark)}</small>" if line.remark else ""
    return (
        f'<tr><td class="n">{line.number}</td><td>{escape(line.name)}{remark}</td>'
        f'<td class="s {_COLOURS[line.state]}">{line.state.value}</td>'
        f"<td>{_files(line.documents)}</td><td>{escape(line.todo) or '—'}</td></tr>"
    )


def _files(files: tuple[FileLine, ...]) -> str:
    if not files:
        return "—"
    shown = "".join(f"<li>{_file(file)}</li>" for file in files[:_MOST_FILES])
    left = len(files) - _MOST_FILES
    return f"<ul>{shown}</ul>" + (f"<small>另有 {left} 件，见文件夹。</small>" if left > 0 else "")


def _file(file: FileLine) -> str:
    """A name that opens the file when clicked; every sign that could mean something in a link is encoded."""
    if not file.link:
        return escape(file.name)
    return f'<a href="./{quote(file.link)}">{escape(file.name)}</a>'
