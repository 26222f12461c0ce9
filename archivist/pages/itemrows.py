"""What a row of 归档状态.html says of an item: its state, its files, and what to do about it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from archivist.core.catalogue.completeness import Completeness, ItemState, Waiver
from archivist.core.checks.values import Finding
from archivist.core.document import Holding
from archivist.core.evidence import EvidenceState, editable, grade
from archivist.core.rules import ItemRule
from archivist.core.words.copies import gives_way, in_short
from archivist.core.words.decided import KEPT
from archivist.core.words.numbers import items_in_words
from archivist.core.words.seen import SEEN
from archivist.pages.html import clipped
from archivist.pages.statuspage import FileLine, ItemLine

TOLD_IN_FOLDERS = (
    "order-",
    "waiver-void",
    "proposal-waits",
    "override-void",
    "paper-elsewhere",
    "folder-elsewhere",
    "future-date",
    "undated",
    "other-project",
    "level-wrong",
)
"""Codes of findings, or how they begin, that the status page tells in full; the rest stands in short at its item."""

_ALARMED = frozenset({"altered", "gone"})
"""Codes of findings that the page tells as alarms."""

_TOLD_ABOVE = (*_ALARMED, *TOLD_IN_FOLDERS)
"""Codes of findings, or how they begin, that no row needs to tell beside its first."""


def verdict(state: Completeness, names: Mapping[int, str], required: Sequence[int]) -> str:
    """One sentence: where the project stands.

    Args:
        names: the items' short names by number. required: the numbers of those that must be there.
    """
    if state.complete:
        free = f"（免交 {len(state.waived)} 项：{_named(state.waived, names)}）" if state.waived else ""
        over = f"，其中{_named(state.overridden, names)}有负责人核定" if state.overridden else ""
        return f"归档目录{items_in_words(required)}材料齐全{free}{over}。"
    parts = []
    if state.unqualified:
        parts.append(f"不合格 {len(state.unqualified)} 项：{_reasoned(state, ItemState.UNQUALIFIED, names)}")
    if state.missing:
        parts.append(f"还缺 {len(state.missing)} 项：{_named(state.missing, names)}")
    if state.review:
        parts.append(f"待确认 {len(state.review)} 项：{_named(state.review, names)}")
    if state.check:
        parts.append(f"待核 {len(state.check)} 项：{_reasoned(state, ItemState.CHECK, names)}")
    if state.waived:
        parts.append(f"免交 {len(state.waived)} 项：{_named(state.waived, names)}")
    return "；".join(parts) + "。"


def _reasoned(state: Completeness, wanted: ItemState, names: Mapping[int, str]) -> str:
    """The items in a state, each with its reasons."""
    return "、".join(
        f"第{one.item}项{names[one.item]}" + (f"（{'、'.join(one.reasons)}）" if one.reasons else "")
        for one in state.items
        if one.state is wanted
    )


def _named(numbers: Sequence[int], names: Mapping[int, str]) -> str:
    return "、".join(f"第{number}项{names[number]}" for number in numbers)


def item_line(
    rule: ItemRule,
    name: str,
    state: Completeness,
    files: tuple[FileLine, ...],
    waiting: Sequence[str],
    folders: tuple[str, str],
    waiver: Waiver | None,
    unsorted: bool,
    found: Sequence[Finding],
    held: Sequence[Holding],
    over: Sequence[str],
) -> ItemLine:
    """The row of one item: state, files, and what is to be done, the most important first."""
    standing = state.of(rule.number)
    inbox, review = folders
    first = "先看上面黄框里的材料是不是这一项；不是的，" if unsorted else ""
    look = (
        f"“{_folder(waiting, review)}”里的{_files(waiting)}可能是这一项：看一看，是的话拖进“{rule.folder}”。"
    )
    free = f"已有材料；另有免交决定：{waiver.told}" if waiver else ""
    todo = {
        ItemState.PRESENT: "；".join(filter(None, (free, *over))),
        ItemState.WAIVED: f"免交：{waiver.told}" if waiver else "",
        ItemState.UNQUALIFIED: _look(found, rule, held),
        ItemState.CHECK: _look(found, rule, held),
        ItemState.REVIEW: look,
        ItemState.MISSING: f"{first}把扫描件放入“{inbox}”，或直接放入“{rule.folder}”。",
        ItemState.OPTIONAL: look if waiting else "有则归档。",
    }[standing.state]
    looked_at = standing.state in (ItemState.UNQUALIFIED, ItemState.CHECK)
    more = tuple(_in_its_row(one, rule, held) for one in found[1:] if not one.code.startswith(_TOLD_ABOVE))
    return ItemLine(
        rule.number,
        name,
        rule.remark,
        standing.state,
        files,
        todo,
        standing.reasons,
        more if looked_at else (),
    )


def _look(found: Sequence[Finding], rule: ItemRule, held: Sequence[Holding]) -> str:
    """What to do first about an item that is filed and wrong, or to be looked at; ``found`` on it, the worst first."""
    if not found:
        return ""
    if found[0].code in _ALARMED:
        return "见上面红框里的办法，把文件放回。"
    return _in_its_row(found[0], rule, held)


def _in_its_row(finding: Finding, rule: ItemRule, held: Sequence[Holding]) -> str:
    """A finding's message without what its row of the table says already."""
    told = finding.told
    for words in (f"第{rule.number}项", f"“{rule.short}”", "的"):
        told = told.removeprefix(words)
    one = next((one for one in held if one.id == finding.document), None)
    if one is None:
        return told
    return told.replace(one.called, "这一份" if len(held) == 1 else f"“{clipped(one.name, 18)}”")


def unsorted_told(waiting: Sequence[str], review: str) -> str:
    """What waits with the project as guess and no item; "" when nothing does."""
    if not waiting:
        return ""
    return (
        f"“{_folder(waiting, review)}”里的{_files(waiting)}像是这个项目的，看不出是哪一项："
        "打开看一看，拖进是它的那一项的文件夹。"
    )


def _folder(paths: Sequence[str], review: str) -> str:
    """The folder that files wait in, where it is one."""
    folders = {path.rpartition("/")[0] for path in paths}
    return folders.pop() if len(folders) == 1 else review


def _files(paths: Sequence[str]) -> str:
    names = "、".join(f"“{clipped(path.rsplit('/', 1)[-1], 24)}”" for path in paths[:2])
    return names + (f"等 {len(paths)} 件" if len(paths) > 2 else "")


def file_line(
    row: Holding,
    folder: str,
    wrong: Mapping[str, dict[str, Any]],
    newer: str | None,
    blank: int,
    wanted: bool,
) -> FileLine:
    """A filed document as the page shows it.

    Args:
        newer: the name of the one that counts in its place. wanted: a signed copy is wanted: there is nothing but drafts.
    """
    assert row.path is not None
    state = wrong[row.path]["state"] if row.path in wrong else ""
    pages = f"{row.last - row.first + 1 - blank}页" + (f"（另有空白页{blank}页）" if blank else "")
    marks = [f"盖章{SEEN[row.sealed]}", f"签字{SEEN[row.signed]}"]
    draft = is_draft(row)
    kept = [draft if wanted else KEPT] if draft else []
    told = [pages, row.date or "日期不明", *(kept or marks)]
    older = gives_way(row, f"“{newer}”") if newer else ""
    name, link = row.path.rsplit("/", 1)[-1], row.path.removeprefix(f"{folder}/")
    return FileLine(name, link, "，".join(told), in_short(state), older)


def is_draft(row: Holding) -> str:
    """What to do with a draft (草稿) that lies filed; "" of what may be evidence."""
    worth = grade(row)
    if worth.state is not EvidenceState.DRAFT:
        return ""
    why = "Word 文件" if editable(row.file) else f"草稿（{worth.reason}）"
    return f"打印、签字、盖章后扫描（{why}只作留存，不能作为归档材料）"
