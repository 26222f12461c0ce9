"""最近处理.html: what became of what was dropped into 收件箱, for people who see nothing but folders."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from archivist.pages.html import clipped, html_page, linked, words

_NAME, _WORDS = 70, 240

_ADVICE = (
    "如果文件放入很久还在收件箱里，而这个时间一直不变，说明程序没有在运行，请告诉管理员。本页由软件自动更新。"
)

_STYLE = """
.at{width:7.5em;white-space:nowrap}.who{width:30%}.what{width:5.2em;white-space:nowrap}td.what{font-weight:bold}
.counts span{display:inline-block;margin-right:1.6em}.how{display:block;color:#444}
"""


@dataclass(frozen=True, slots=True)
class Result:
    """One line: when, the name it was dropped under, what became of it (with a CSS class ``tone``), why or where,
    what to do, and the file to open (``file`` its name, ``link`` its path from the page).
    """

    at: str
    dropped: str
    outcome: str
    tone: str
    why: str
    how: str = ""
    file: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class RecentPage:
    """What the page says; sentences are Chinese and complete."""

    watcher: str
    running: bool
    counts: tuple[str, ...]
    alarms: tuple[str, ...]
    reopened: tuple[str, ...]
    troubles: tuple[str, ...]
    results: tuple[Result, ...]


def recent_html(page: RecentPage, updated: str) -> tuple[bytes, str]:
    """Return the page, and a digest of all it says but ``updated``, which stands in its head."""
    counts = "".join(f"<span>{words(count)}</span>" for count in page.counts)
    body = f"""<h1>最近处理</h1>
<p class="box b-{"ok" if page.running else "wait"}">{words(page.watcher)}</p>
<p class="counts">{counts}</p>
{_box("gap", "已归档的文件出了问题，请告诉管理员：", page.alarms)}\
{_box("gap", "已经销号的项目重新打开了，问题解决后要重新办理：", page.reopened)}\
{_box("wait", "没有处理成的：", page.troubles)}
{_table(page.results)}"""
    digest = hashlib.sha256(body.encode("utf-8", "replace")).hexdigest()
    body += f"""
<p class="small">更新时间 {words(updated)}。{_ADVICE}</p>"""
    return html_page("最近处理", body, _STYLE, f'<meta name="archivist" content="{digest}">'), digest


def _box(tone: str, heading: str, sentences: Sequence[str]) -> str:
    if not sentences:
        return ""
    listed = "".join(f"<li>{words(clipped(sentence, _WORDS))}</li>" for sentence in sentences)
    return f'<div class="box b-{tone}"><strong>{heading}</strong><ul>{listed}</ul></div>\n'


def _table(results: Sequence[Result]) -> str:
    if not results:
        return '<p class="box b-none">还没有处理过文件。把扫描件放进这个文件夹就可以了。</p>'
    rows = "\n".join(_row(result) for result in results)
    return f"""<table><thead><tr><th class="at">时间</th><th class="who">放入的文件</th><th class="what">结果</th>
<th>到哪里去了、怎么办</th></tr></thead>
<tbody>
{rows}
</tbody></table>"""


def _row(result: Result) -> str:
    file = linked(result.file, result.link, _NAME) if result.file else ""
    parts = [words(clipped(result.why, _WORDS)), file]
    how = f'<span class="how">{words(result.how)}</span>' if result.how else ""
    dropped = words(clipped(result.dropped, _NAME))
    return (
        f'<tr><td class="at">{words(result.at)}</td><td>{dropped}</td>'
        f'<td class="what {result.tone}">{words(result.outcome)}</td>'
        f"<td>{'<br>'.join(part for part in parts if part)}{how}</td></tr>"
    )
