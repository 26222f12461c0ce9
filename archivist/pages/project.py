"""Write each project's answer into its folder: 归档状态.html for people, 档案元数据.json so that it outlives us, and
销号决定.html once the project passed the gate.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from archivist.core.catalogue.completeness import Completeness, ItemState, Waiver
from archivist.core.catalogue.itemname import item_name
from archivist.core.catalogue.overridden import Overridden, overridden
from archivist.core.catalogue.states import completeness, explained_by, known, telling
from archivist.core.checks import findings_of
from archivist.core.checks.values import Finding, Rules
from archivist.core.decision import Deregistration
from archivist.core.document import Document, Holding
from archivist.core.evidence import EvidenceState, editable, grade
from archivist.core.model import Severity, Status
from archivist.core.register import project_from_record
from archivist.core.rules import ItemRule
from archivist.core.standing import GONE
from archivist.core.succession import Asked
from archivist.core.words.contact import on_pages
from archivist.core.words.copies import ASK_TO_PUT_BACK, gives_way, in_short, what_became
from archivist.core.words.decided import KEPT
from archivist.core.words.numbers import items_in_words
from archivist.core.words.seen import SEEN
from archivist.core.words.times import full, minute
from archivist.errors import StoreError
from archivist.pages.decisionpage import MARK, decision_html
from archivist.pages.html import clipped
from archivist.pages.metadata import metadata
from archivist.pages.statuspage import FileLine, GateLine, ItemLine, StatusPage, status_html
from archivist.store.layout import DECISION_PAGE, METADATA, STATUS_PAGE

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.index.reader import IndexReader
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace

_TOLD_IN_FOLDERS = (
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

_GOOD_TO_KNOW = frozenset(
    {"undated", "proposal-waits", "override-void", "paper-elsewhere", "folder-elsewhere"}
)
"""Of findings that change no state, those that people at the folders want to know."""

_OF_FOLDER = frozenset({"folder-elsewhere"})
"""Codes of findings about the project's folder, told whatever lies in it."""

_ALARMED = frozenset({"altered", "gone"})
"""Codes of findings that the page tells as alarms."""

_TOLD_ABOVE = (*_ALARMED, *_TOLD_IN_FOLDERS)
"""Codes of findings, or how they begin, that no row needs to tell beside its first."""

_AT_ONCE = 16


def refresh(workspace: Workspace, index: Index, codes: Sequence[str]) -> None:
    """Rewrite the pages of the projects ``codes`` that have a folder, and note in the index that they are true.

    A page that cannot be replaced because it is locked stays to be written.
    """
    written: list[str] = []
    wrong = {row["path"]: row for row in index.standings.wrong()} if codes else {}
    for code in codes:
        row = index.projects.find(code)
        if row is None or row["folder"] is None:
            continue
        documents = index.holdings.of(code)
        folder = workspace.config.store_root / row["folder"]
        waivers = index.waivers.of(code)
        state, found, over = _state(workspace, index, code)
        gate = index.deregistrations.latest(code)
        try:
            workspace.store.write_status(
                _page(
                    workspace,
                    row,
                    documents,
                    state,
                    waivers,
                    wrong,
                    gate,
                    found,
                    _blank(index, documents),
                    over,
                    [one for one in index.succession.asked() if code in dict(one.likes)],
                ),
                folder / STATUS_PAGE,
            )
            workspace.store.write_status(metadata(index, row, documents, gate), folder / METADATA)
            _write_decision(workspace, index, gate, folder / DECISION_PAGE)
        except StoreError as error:
            if not isinstance(error.__cause__, PermissionError):
                raise
            continue  # somebody has the page open in a program that locks it: written with the next pass
        written.append(code)
    if written:
        index.projects.pages_written(written)


def refresh_stale(
    workspace: Workspace, index: Index, codes: Iterable[str] = (), between: Callable[[], None] = lambda: None
) -> None:
    """Write anew the pages that no longer say what the index says, and those of the projects ``codes``.

    ``between`` is called after every few: thousands may be stale, and somebody may wait.
    """
    wanted = sorted({*codes, *index.projects.stale()})
    for start in range(0, len(wanted), _AT_ONCE):
        refresh(workspace, index, wanted[start : start + _AT_ONCE])
        between()


def _write_decision(workspace: Workspace, index: Index, gate: Deregistration | None, path: Path) -> None:
    """Write 销号决定.html. One of ours that no record backs (the log was lost) is untrue: it is set aside."""
    if gate is not None:
        workspace.store.write_status(decision_page(index, gate), path)
    elif _is_ours(path):
        workspace.store.set_aside([path])


def _is_ours(path: Path) -> bool:
    """Whether a decision's page that this software made stands there."""
    try:
        with path.open("rb") as page:
            return MARK in page.read(1000)
    except OSError:
        return False


def decision_page(index: IndexReader, gate: Deregistration) -> bytes:
    """销号决定.html as the index says it; ``gate`` is the project's latest decision."""
    row = index.projects.find(gate.project)
    root = f"{row['folder']}/" if row else ""
    known = gate.documents
    links = {
        one.id: one.path.removeprefix(root)
        for one in index.holdings.of(gate.project)
        if one.id in known and one.status is Status.FILED and one.path and one.path.startswith(root)
    }
    return decision_html(gate, index.deregistrations.earlier(gate.project), links)


def _page(
    workspace: Workspace,
    project: dict[str, Any],
    documents: Sequence[Holding],
    state: Completeness,
    waivers: Mapping[int, Waiver],
    wrong: Mapping[str, dict[str, Any]],
    gate: Deregistration | None,
    found: Sequence[Finding],
    blank: Mapping[str, int],
    over: Sequence[Overridden],
    asked: Sequence[Asked],
) -> bytes:
    items = workspace.annex.items
    replaced = {row.id: row.replaced_by for row in documents if row.replaced_by}
    counting = [row for row in documents if row.id not in replaced]
    filed, waiting = _by_item(documents, Status.FILED), _by_item(documents, Status.REVIEW)
    store = workspace.config.store
    names = {row.id: (row.path or "").rsplit("/", 1)[-1] for row in documents}
    older = {old: names.get(new, new) for old, new in replaced.items()}
    register = project_from_record(json.loads(project["record"]))
    unsorted = [
        row.path or "" for row in documents if row.status is Status.REVIEW and row.item is None and row.path
    ]
    lines = tuple(
        _line(
            rule,
            item_name(rule, register),
            state,
            _held(filed[rule.number], project["folder"], wrong, older, blank, rule),
            [row.path or "" for row in waiting[rule.number]],
            (store.inbox, store.review),
            waivers.get(rule.number),
            bool(unsorted),
            [one for one in found if one.item == rule.number],
            [one for one in counting if one.item == rule.number and one.status is Status.FILED],
            [one.override.in_short for one in over if one.finding.item == rule.number],
        )
        for rule in items
    )
    updated = full(datetime.now().astimezone())
    place = "　".join(filter(None, (project["township"], project["village"], *_history(project))))
    words = verdict(state, {rule.number: rule.short for rule in items}, workspace.annex.required)
    passed = None if gate is None else _gate(gate, counting)
    return status_html(
        StatusPage(
            project["code"],
            project["name"],
            place,
            lines,
            words,
            updated,
            tuple(_alarms(wrong.values(), project["folder"])),
            passed,
            (*map(_asked, asked), *_notes(found, not documents or bool(gate and gate.standing))),
            _unsorted(unsorted, store.review),
            on_pages(workspace.config.about.contact),
        )
    )


def _history(project: Mapping[str, Any]) -> Iterator[str]:
    """What became of the project in the register: earlier numbers, that it left."""
    former = dict.fromkeys(old for old, *_ in json.loads(project["formerly"]) if old != project["code"])
    if former:
        yield f"曾用编号 {'、'.join(former)}"
    if project["retired"] is not None:
        yield f"已移出台账（{minute(json.loads(project['retired'])['at'])}）"


def _asked(one: Asked) -> str:
    return f"新台账里的 {one.code} 像是这个项目换了编号，还没有登记，等区里管台账的人回答。"


def _held(
    filed: Sequence[Holding],
    folder: str,
    wrong: Mapping[str, dict[str, Any]],
    older: Mapping[str, str],
    blank: Mapping[str, int],
    rule: ItemRule,
) -> tuple[FileLine, ...]:
    """The filed documents of one item as the page shows them."""
    drafts_only = rule.required and all(map(_draft, filed))
    return tuple(
        _file(row, folder, wrong, older.get(row.id), blank.get(row.id, 0), drafts_only) for row in filed
    )


def _unsorted(waiting: Sequence[str], review: str) -> str:
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


def _notes(found: Iterable[Finding], only_folder: bool) -> tuple[str, ...]:
    """What checks find that people at the folders can put right and that stands at no item; what is wrong comes first.

    Args:
        only_folder: only what is to be told of the folder itself: there are no papers, or the project is wound up.
    """
    told = [
        one
        for one in found
        if (one.code in _OF_FOLDER)
        or (
            not only_folder
            and (
                one.code.startswith(_TOLD_IN_FOLDERS)
                or (one.item is None and one.severity is not Severity.INFO)
            )
        )
    ]
    return tuple(one.told for one in sorted(told, key=lambda one: one.severity is not Severity.ERROR))


def _gate(gate: Deregistration, counting: Iterable[Document]) -> GateLine:
    """Whether the decision of the gate holds, and what came after it."""
    if gate.reopened is not None:
        told = (
            f"曾于 {minute(gate.at)} 销号，{minute(gate.reopened)} 重新打开：{gate.reason}。要重新办理销号。"
        )
        return GateLine(told, "gap", DECISION_PAGE)
    known = gate.documents
    new = [row for row in counting if row.status is Status.FILED and row.id not in known]
    told = f"已销号（{minute(gate.at)}，{gate.actor}）。"
    if new:
        names = "、".join(f"“{clipped((row.path or row.id).rsplit('/', 1)[-1], 24)}”" for row in new[:2])
        more = f"等 {len(new)} 件" if len(new) > 2 else ""
        told += f"以后又归档了{names}{more}，不在销号的证据里，请核对。"
    return GateLine(told, "wait" if new else "ok", DECISION_PAGE)


def _alarms(wrong: Iterable[dict[str, Any]], folder: str) -> Iterator[str]:
    """What is wrong with copies in a project's folder."""
    yield from (_alarm(one, folder) for one in wrong if one["path"].startswith(f"{folder}/"))


def _alarm(one: dict[str, Any], folder: str) -> str:
    """What happened to a filed copy, when it was noticed, and how it comes back."""
    name = one["path"].removeprefix(f"{folder}/")
    told = f"“{name}”{what_became(one['state'])}了（{minute(one['since'])} 发现）。"
    if one["state"] == GONE:
        return f"{told}误删的，从回收站还原到原处；还原不了的，{ASK_TO_PUT_BACK}（{one['document'] or '合并件'}）。"
    return f"{told}{ASK_TO_PUT_BACK}（{one['document'] or '合并件'}）；要换成新的，把新的放入收件箱。"


def _blank(index: Index, documents: Iterable[Holding]) -> dict[str, int]:
    """How many pages of each filed document carry nothing."""
    filed = [row for row in documents if row.status is Status.FILED]
    return {row.id: index.pages.blank(row.source, row.first, row.last) for row in filed}


def _by_item(documents: Sequence[Holding], status: Status) -> dict[int, list[Holding]]:
    """The documents with ``status`` that stand somewhere, by item."""
    found: dict[int, list[Holding]] = defaultdict(list)
    for row in documents:
        if row.status is status and row.item is not None and row.path:
            found[row.item].append(row)
    return found


def _file(
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
    draft = _draft(row)
    kept = [draft if wanted else KEPT] if draft else []
    told = [pages, row.date or "日期不明", *(kept or marks)]
    older = gives_way(row, f"“{newer}”") if newer else ""
    name, link = row.path.rsplit("/", 1)[-1], row.path.removeprefix(f"{folder}/")
    return FileLine(name, link, "，".join(told), in_short(state), older)


def _draft(row: Holding) -> str:
    """What to do with a draft (草稿) that lies filed; "" of what may be evidence."""
    worth = grade(row)
    if worth.state is not EvidenceState.DRAFT:
        return ""
    why = "Word 文件" if editable(row.file) else f"草稿（{worth.reason}）"
    return f"打印、签字、盖章后扫描（{why}只作留存，不能作为归档材料）"


def _state(
    workspace: Workspace, index: Index, code: str
) -> tuple[Completeness, list[Finding], list[Overridden]]:
    """The project against the catalogue, as the lists tell it, the findings that make it so, and those overridden."""
    rules, today = Rules(workspace.annex.items, workspace.procedure), datetime.now().astimezone().date()
    (file,) = index.project_files.of([code])
    found = findings_of(known(file, rules), rules, today)
    explained, over = explained_by(file), overridden(file, rules, found)
    good = [one for one in found if one.severity is Severity.INFO and one.code in _GOOD_TO_KNOW]
    told = [*telling(found, explained, [one.finding for one in over]), *good]
    return completeness(file, rules, found, explained), told, over


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


def _line(
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
