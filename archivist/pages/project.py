"""Write each project's answer into its folder: 归档状态.html for people, 档案元数据.json so that it outlives us, and
销号决定.html once the project passed the gate.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from archivist.core.catalogue.completeness import Completeness, Waiver
from archivist.core.catalogue.itemname import item_name
from archivist.core.catalogue.overridden import Overridden, overridden
from archivist.core.catalogue.states import completeness, explained_by, known, telling
from archivist.core.checks import findings_of
from archivist.core.checks.values import Finding, Rules
from archivist.core.decision import Deregistration
from archivist.core.document import Document, Holding
from archivist.core.model import Severity, Status
from archivist.core.register import project_from_record
from archivist.core.rules import ItemRule
from archivist.core.standing import GONE
from archivist.core.succession import Asked
from archivist.core.words.contact import on_pages
from archivist.core.words.copies import ASK_TO_PUT_BACK, what_became
from archivist.core.words.times import full, minute
from archivist.errors import StoreError
from archivist.pages.decisionpage import MARK, decision_html
from archivist.pages.html import clipped
from archivist.pages.itemrows import TOLD_IN_FOLDERS, file_line, is_draft, item_line, unsorted_told, verdict
from archivist.pages.metadata import metadata
from archivist.pages.statuspage import FileLine, GateLine, StatusPage, status_html
from archivist.store.layout import DECISION_PAGE, METADATA, STATUS_PAGE

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.index.reader import IndexReader
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace


_GOOD_TO_KNOW = frozenset(
    {"undated", "proposal-waits", "override-void", "paper-elsewhere", "folder-elsewhere"}
)
"""Of findings that change no state, those that people at the folders want to know."""

_OF_FOLDER = frozenset({"folder-elsewhere"})
"""Codes of findings about the project's folder, told whatever lies in it."""


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
        item_line(
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
            unsorted_told(unsorted, store.review),
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
    drafts_only = rule.required and all(map(is_draft, filed))
    return tuple(
        file_line(row, folder, wrong, older.get(row.id), blank.get(row.id, 0), drafts_only) for row in filed
    )


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
                one.code.startswith(TOLD_IN_FOLDERS)
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
