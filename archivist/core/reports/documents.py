"""The list of what was received and what became of it (材料清单), for a screen and for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from archivist.core.document import Holding
from archivist.core.evidence import grade
from archivist.core.model import Status
from archivist.core.overruling import told_in
from archivist.core.reports.table import BAD, GOOD, WAIT, Table
from archivist.core.words.copies import gives_way, put_back, what_became
from archivist.core.words.outcomes import OUTCOMES
from archivist.core.words.seen import THERE
from archivist.core.words.times import minute

UNDER_WAY = "正在处理"
_MOST = 50
_TONES = {"已归档": GOOD, "待确认": WAIT, "退回": BAD, UNDER_WAY: WAIT}


def documents_table(found: Sequence[Holding], under_way: Sequence[tuple[str, str]] = ()) -> Table:
    """The list for a screen: what a person needs to find a document again.

    Args:
        under_way: name and time of receipt of files that nothing became of yet, newest first.
    """
    rows = tuple((*_place(one), one.date, _what(one)) for one in found)
    rows += tuple(
        (None, name, None, UNDER_WAY, None, None, None, f"{minute(since)} 收到")
        for name, since in under_way[:_MOST]
    )
    columns = ("编号", "来源", "页", "去向", "项目编号", "项", "日期", "题名或原因")
    whole = frozenset(columns) - {"来源", "题名或原因"}
    left = f"{UNDER_WAY} {len(under_way)} 个文件" if under_way else ""
    if len(under_way) > _MOST:
        left += f"，上面列出最近收到的 {_MOST} 个"
    return Table(
        "", columns, rows, _summary(found) + (f"{left}。" if left else ""), whole=whole, tones=_TONES
    )


def documents_sheet(found: Sequence[Holding]) -> Table:
    """The list for a spreadsheet: everything a person may want to sort and filter by."""
    rows = tuple(
        (
            *_place(one),
            one.title,
            one.date,
            one.issuer,
            THERE[one.sealed],
            THERE[one.signed],
            one.original,
            grade(one).state.value,
            one.path,
            _why(one),
            one.decided_by or ("软件" if one.status is Status.FILED else None),
            one.searchable,
            gives_way(one, f" {one.replaced_by} ") if one.replaced_by else " ".join(sorted(one.replaces)),
        )
        for one in found
    )
    columns = (
        "编号",
        "来源",
        "页",
        "去向",
        "项目编号",
        "项",
        "题名",
        "日期",
        "责任者",
        "印章",
        "签字",
        "原件或复印件",
        "材料状态",
        "存放位置",
        "依据或原因",
        "决定人",
        "可检索副本",
        "版本（代替了）",
    )
    return Table("材料清单", columns, rows, _summary(found), tones=_TONES)


def _place(one: Holding) -> tuple[str | int | None, ...]:
    """Number, source, pages, outcome, project and item: what waits for a person has none of the latter two yet."""
    filed = one.status is Status.FILED
    pages = str(one.first) if one.first == one.last else f"{one.first}-{one.last}"
    return (
        one.id,
        one.file.name,
        pages,
        OUTCOMES[one.status],
        one.project if filed else None,
        one.item if filed else None,
    )


def _what(one: Holding) -> str:
    """The title of what is filed; the reason of what is not."""
    reason = one.reasons[0] if one.reasons else ""
    changed = told_in(one.reasons)
    if one.status is Status.FILED:
        old = f"【{gives_way(one, f' {one.replaced_by} ')}】" if one.replaced_by else ""
        return _lost(one) + old + (one.title or "（无题名）") + (f"（{changed}）" if changed else "")
    return _lost(one) + (f"{reason}（{changed}）" if changed else reason or one.title or "")


def _why(one: Holding) -> str:
    """What spoke for it, in the rules' words; the quotes are in ``--json`` and in the event log."""
    rules = [evidence.rule for candidate in one.candidates[:1] for evidence in candidate.evidence]
    decided_by_software = one.status is Status.FILED and not one.decided_by
    said = dict.fromkeys(rules) if decided_by_software and rules else one.reasons
    return _lost(one) + "；".join(said)


def _lost(one: Holding) -> str:
    """What people did to a copy, and the command that brings it back; "" for one that stands where it was put."""
    if one.wrong:
        return f"【文件{what_became(one.wrong)}了，放回：{put_back(one.id)}】"
    if one.status is Status.REJECTED and one.path is None and one.path_sha256 is not None:
        return f"【要归档：archivist assign {one.id} --project 项目编号 --item 序号】"
    return ""


def _summary(found: Sequence[Holding]) -> str:
    counts = "，".join(
        f"{name} {sum(one.status == status for one in found)} 件" for status, name in OUTCOMES.items()
    )
    return f"共 {len(found)} 件：{counts}。"
