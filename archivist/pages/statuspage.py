"""归档状态.html: one project's answer in its folder. Self-contained, prints on one sheet of A4, opens anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archivist.core.catalogue.completeness import ItemState
from archivist.pages.html import clipped, html_page, linked, words
from archivist.render.text import plain, width


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file as the page lists it.

    ``link`` is its path from the page, empty when it stands elsewhere; ``detail`` says pages, date, seal and
    signature; ``alarm`` says, in Chinese, that the file was altered or is gone; ``older``, that it is an older version
    and which counts in its place.
    """

    name: str
    link: str = ""
    detail: str = ""
    alarm: str = ""
    older: str = ""


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
class GateLine:
    """How the project stands to the gate (销号): a sentence, its CSS class, and the decision's page."""

    words: str
    tone: str
    link: str


@dataclass(frozen=True, slots=True)
class StatusPage:
    """What the page says of a project; ``updated`` is a time for people, ``alarms`` what is loudly wrong.

    ``gate`` is None while the project was never deregistered; ``notes`` are what checks found that the table does not say.
    """

    code: str
    name: str
    place: str
    lines: tuple[ItemLine, ...]
    verdict: str
    updated: str
    alarms: tuple[str, ...] = ()
    gate: GateLine | None = None
    notes: tuple[str, ...] = ()


_COLOURS = {
    ItemState.PRESENT: "ok",
    ItemState.REVIEW: "wait",
    ItemState.MISSING: "gap",
    ItemState.WAIVED: "none",
    ItemState.UNQUALIFIED: "gap",
    ItemState.OPTIONAL: "none",
}

_ON_SCREEN = 12
"""Files listed for one item on a screen; the folder shows them all."""

_PAPER_LINES, _ALARM_LINES, _GATE_LINES, _NOTE_LINES = 56, 13, 5, 13
"""Lines of print that the table's cells have on a sheet of A4, and those that a box of alarms, one about the gate and one
of notes take from them.
"""

_FILE_COLUMNS, _NAME_COLUMNS, _TODO_COLUMNS = 44, 28, 28
"""Width of the cells in print, in columns: a Chinese character takes two."""

_MOST_ALARMS, _MOST_NOTES = 3, 2
_NAME, _REMARK, _TODO, _ALARM, _VERDICT, _OLDER, _GATE = 46, 40, 70, 150, 200, 60, 180
"""Longest names and sentences, in characters: longer ones are cut in the middle."""

_ADVICE = "盖章、签字是软件看图得出的，只供参考。"

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
    boxes = ((page.alarms, _ALARM_LINES), (page.gate, _GATE_LINES), (page.notes, _NOTE_LINES))
    paper = _share(page.lines, _PAPER_LINES - sum(lines for box, lines in boxes if box))
    alarms, notes = _MOST_ALARMS - bool(page.notes), _MOST_NOTES - bool(page.alarms)
    rows = "\n".join(_row(line, most) for line, most in zip(page.lines, paper, strict=True))
    body = f"""<h1>{words(clipped(page.name, 90))}</h1>
<p class="place">项目编号 {words(clipped(page.code, 60))}　{words(clipped(page.place, 60))}</p>
<p class="box b-{verdict} verdict">{words(clipped(page.verdict, _VERDICT))}</p>
{_gate(page.gate)}{_box("gap", "已归档的文件出了问题：", page.alarms, alarms)}\
{_box("wait", "检查发现，请看原件核对：", page.notes, notes)}<table>
<thead><tr><th class="n">序号</th><th class="i">归档内容</th><th class="s">状态</th>
<th>已有材料</th><th class="t">下一步</th></tr></thead>
<tbody>
{rows}
</tbody></table>
<p class="small">更新时间 {words(page.updated)}。本页由软件自动更新，请不要修改；归档目录依据实施方案附件4。{_ADVICE}</p>"""
    return html_page(f"归档状态 {page.code}", body, _STYLE)


def _gate(gate: GateLine | None) -> str:
    if gate is None:
        return ""
    page = linked("看销号决定", gate.link)
    return f'<p class="box b-{gate.tone}">{words(clipped(gate.words, _GATE))}　{page}</p>\n'


def _box(tone: str, heading: str, sentences: Sequence[str], most: int) -> str:
    if not sentences:
        return ""
    shown = "".join(f"<li>{words(clipped(one, _ALARM))}</li>" for one in sentences[:most])
    left = len(sentences) - most
    where = "见下表" if tone == "gap" else "请管理员用 archivist check 查看"
    more = f"<li>另有 {left} 件，{where}。</li>" if left > 0 else ""
    return f'<div class="box b-{tone}"><strong>{heading}</strong><ul>{shown}{more}</ul></div>\n'


def _share(lines: Sequence[ItemLine], room: int) -> list[int]:
    """How many files of each item fit on paper: handed out one by one, so that no item goes without while others
    have many.
    """
    shares = [0] * len(lines)
    room = max(room, _height(lines, shares))
    able = set(range(len(lines)))
    while able:
        for at in sorted(able):
            more = [*shares[:at], shares[at] + 1, *shares[at + 1 :]]
            if shares[at] < min(len(lines[at].documents), _ON_SCREEN) and _height(lines, more) <= room:
                shares = more
            else:
                able.discard(at)
    return shares


def _height(lines: Sequence[ItemLine], shares: Sequence[int]) -> int:
    """Lines that the table's cells take in print when ``shares`` files of each item are listed."""
    return sum(_row_height(line, share) for line, share in zip(lines, shares, strict=True))


def _row_height(line: ItemLine, share: int) -> int:
    name = _broken(line.name, 60, _NAME_COLUMNS) + _broken(line.remark, _REMARK, _NAME_COLUMNS)
    files = sum(
        _broken(file.name + file.alarm, _NAME + 6, _FILE_COLUMNS)
        + _broken(file.older, _OLDER, _FILE_COLUMNS)
        + 1
        for file in _ranked(line)[:share]
    )
    left = 1 if len(line.documents) > share else 0
    return max(1, name, _broken(line.todo, _TODO, _TODO_COLUMNS), files + left)


def _broken(text: str, most: int, columns: int) -> int:
    """Lines that a text takes."""
    return -(-width(plain(clipped(text, most))) // columns)


def _ranked(line: ItemLine) -> list[FileLine]:
    """An item's files: what is wrong comes first, older versions last."""
    return sorted(line.documents, key=lambda file: (not file.alarm, bool(file.older)))


def _row(line: ItemLine, most_on_paper: int) -> str:
    remark = f"<br><small>备注：{words(clipped(line.remark, _REMARK))}</small>" if line.remark else ""
    return (
        f'<tr><td class="n">{line.number}</td><td>{words(clipped(line.name, 60))}{remark}</td>'
        f'<td class="s {_COLOURS[line.state]}">{line.state.value}</td>'
        f'<td class="files">{_files(_ranked(line), most_on_paper)}</td>'
        f"<td>{words(clipped(line.todo, _TODO)) or '—'}</td></tr>"
    )


def _files(files: Sequence[FileLine], most_on_paper: int) -> str:
    """The list: some are left out on a screen, more on paper."""
    if not files:
        return "—"
    shown = "".join(
        f"<li{_only_screen(at >= most_on_paper)}>{_file(file)}</li>"
        for at, file in enumerate(files[:_ON_SCREEN])
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
    older = f"<small>{words(clipped(file.older, _OLDER))}</small>" if file.older else ""
    return linked(file.name, file.link, _NAME) + alarm + older + detail
