"""归档状态.html: one project's answer in its folder. Self-contained, prints on one sheet of A4, opens anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archivist.core.checklist import ItemState
from archivist.render.page import clipped, html_page, linked, words


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file as the page lists it.

    ``link`` is its path from the page, empty when it stands elsewhere; ``detail`` says pages, date, seal and
    signature; ``alarm`` says, in Chinese, that the file was altered or is gone.
    """

    name: str
    link: str = ""
    detail: str = ""
    alarm: str = ""


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
    """What the page says of a project; ``updated`` is a time for people, ``alarms`` what is loudly wrong."""

    code: str
    name: str
    place: str
    lines: tuple[ItemLine, ...]
    verdict: str
    updated: str
    alarms: tuple[str, ...] = ()


_COLOURS = {
    ItemState.PRESENT: "ok",
    ItemState.REVIEW: "wait",
    ItemState.MISSING: "gap",
    ItemState.UNQUALIFIED: "gap",
    ItemState.OPTIONAL: "none",
}

_ON_SCREEN = 12
_ON_PAPER = 14
"""Files listed: for one item on a screen, and for all items together on paper; the folder shows them all."""

_MOST_ALARMS = 3
_NAME = 46
_WORDS = 100
"""Longest names and sentences, in characters: longer ones are cut in the middle and show whole on hovering."""

_STYLE = """
@page{size:A4;margin:12mm}
.place{color:#555}.verdict{font-size:18px;font-weight:bold}
.n{width:3.2em;text-align:center}.i{width:23%}.s{width:5.2em;white-space:nowrap}td.s{font-weight:bold}.t{width:25%}
.files small{display:block}.alarm{font-weight:bold;color:#b00020}.files .paper{display:none}
@media print{.verdict{font-size:13px}.files li{line-height:1.3}small{font-size:10px}
.files .screen{display:none}.files .paper{display:block}.box{padding:.25em .6em;margin:.35em 0}
body{font-size:11px;line-height:1.3}h1{font-size:15px}th,td{padding:.2em .4em}}
"""


def status_html(page: StatusPage) -> bytes:
    """Return the page. Every word from outside (names, titles) is escaped."""
    states = {line.state for line in page.lines}
    bad = {ItemState.MISSING, ItemState.UNQUALIFIED} & states or page.alarms
    verdict = "gap" if bad else "wait" if ItemState.REVIEW in states else "ok"
    paper = _share([len(line.documents) for line in page.lines], _ON_PAPER)
    rows = "\n".join(_row(line, most) for line, most in zip(page.lines, paper, strict=True))
    body = f"""<h1>{words(clipped(page.name, 90))}</h1>
<p class="place">项目编号 {words(clipped(page.code, 60))}　{words(clipped(page.place, 60))}</p>
<p class="box b-{verdict} verdict">{words(clipped(page.verdict, 260))}</p>
{_alarms(page.alarms)}<table><thead><tr><th class="n">序号</th><th class="i">归档内容</th><th class="s">状态</th>
<th>已有材料</th><th class="t">下一步</th></tr></thead>
<tbody>
{rows}
</tbody></table>
<p class="small">更新时间 {words(page.updated)}。本页由软件自动更新，请不要修改；归档目录依据实施方案附件4。
盖章、签字是软件看图得出的，只供参考。</p>"""
    return html_page(f"归档状态 {page.code}", body, _STYLE)


def _alarms(alarms: Sequence[str]) -> str:
    if not alarms:
        return ""
    shown = "".join(f"<li>{words(clipped(alarm, 220))}</li>" for alarm in alarms[:_MOST_ALARMS])
    left = len(alarms) - _MOST_ALARMS
    more = f"<li>另有 {left} 件，见下表。</li>" if left > 0 else ""
    return f'<div class="box b-gap"><strong>已归档的文件出了问题：</strong><ul>{shown}{more}</ul></div>\n'


def _share(counts: Sequence[int], room: int) -> list[int]:
    """How many of ``counts`` may be shown in ``room`` lines: one by one, so that nobody goes without."""
    shares = [0] * len(counts)
    while room > 0 and any(share < count for share, count in zip(shares, counts, strict=True)):
        for at, count in enumerate(counts):
            if shares[at] < count and room > 0:
                shares[at] += 1
                room -= 1
    return shares


def _row(line: ItemLine, most_on_paper: int) -> str:
    remark = f"<br><small>备注：{words(clipped(line.remark, 60))}</small>" if line.remark else ""
    return (
        f'<tr><td class="n">{line.number}</td><td>{words(clipped(line.name, 60))}{remark}</td>'
        f'<td class="s {_COLOURS[line.state]}">{line.state.value}</td>'
        f'<td class="files">{_files(line.documents, most_on_paper)}</td>'
        f"<td>{words(clipped(line.todo, _WORDS)) or '—'}</td></tr>"
    )


def _files(files: tuple[FileLine, ...], most_on_paper: int) -> str:
    """The list; what is wrong comes first. Some are left out on a screen, more on paper."""
    if not files:
        return "—"
    ranked = sorted(files, key=lambda file: not file.alarm)
    shown = "".join(
        f"<li{_only_screen(at >= most_on_paper)}>{_file(file)}</li>"
        for at, file in enumerate(ranked[:_ON_SCREEN])
    )
    return (
        f"<ul>{shown}</ul>"
        + _left("screen", len(files) - _ON_SCREEN)
        + _left("paper", len(files) - min(most_on_paper, _ON_SCREEN))
    )


def _only_screen(hidden: bool) -> str:
    return ' class="screen"' if hidden else ""


def _left(where: str, left: int) -> str:
    return f'<small class="{where}">另有 {left} 件，见文件夹。</small>' if left > 0 else ""


def _file(file: FileLine) -> str:
    detail = f"<small>{words(file.detail)}</small>" if file.detail else ""
    alarm = f'<span class="alarm">（{words(file.alarm)}）</span>' if file.alarm else ""
    return linked(file.name, file.link, _NAME) + alarm + detail
