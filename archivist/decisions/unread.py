"""Whether anything that may be a project's lies unread (没有看过): the gate (销号) decides on what was read, all of it.

A paper that says "尚欠40万元" may lie in 收件箱, where nobody knows yet whose it is; so whatever lies unread there, or was
received and is not worked on to its end, keeps the gate shut for every project. What waits in 待确认 does so for the
projects it may belong to.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from archivist.core.catalogue.completeness import ItemState
from archivist.core.catalogue.presence import presence
from archivist.core.checks.values import Checked, Finding, ProjectFile, outcome_of
from archivist.core.model import Severity
from archivist.core.register import project_from_record
from archivist.folders.listing import in_inbox, in_project, loose
from archivist.folders.places import project_places
from archivist.preservation.fixity.expected import unexpected_in_folders

if TYPE_CHECKING:
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace

UNREAD = "unread"
"""The check's rule and its finding's code."""

SENT_BACK = "sent-back"

_CLAUSE = "正文二（四）“完善档案资料，有序调整、销号退出”"
_FIRST = "请先让值守程序处理完，或运行 archivist ingest，再销号。"
_MOST_NAMED = 3


def unread(workspace: Workspace, index: Index, row: Mapping[str, Any], file: ProjectFile) -> Checked:
    """Look into 收件箱, the project's own folder, the queue and 待确认, now. ``row`` is the project's in the index."""
    code = row["code"]
    told_already = tuple(
        rule.number for rule in workspace.annex.items if presence(file, rule) is ItemState.REVIEW
    )
    found = (
        *_lying(workspace, index, row),
        *_under_way(index, code),
        *_waiting(index, code, told_already),
        *_sent_back(index, code),
    )
    told = "收件箱、项目文件夹里没有没看过的文件，收下的都处理完了，待确认里没有可能属于本项目的"
    if found:
        told = f"还有 {len(found)} 处没有看过"
    return Checked(UNREAD, "可能属于本项目的文件都看过了", _CLAUSE, outcome_of(found), told, found)


def _sent_back(index: Index, code: str) -> Iterator[Finding]:
    """Papers that are no archive's (函, 欠条) and that name the project: what they tell of it a person has to have seen."""
    sent = index.documents.sent_back_for(code)
    if sent:
        names = [(one.path or index.sources.get(one.source).name).rpartition("/")[2] for one in sent]
        message = (
            f"退回的文件里有 {len(sent)} 件写着本项目（{_named(names)}）。请看一看有没有写到债务、纠纷等情况，"
            "把核对情况写作理由；应当归档的，用 archivist assign 归档。"
        )
        yield Finding(code, None, SENT_BACK, Severity.WARNING, message, sent[0].id, clause=_CLAUSE)


def _finding(code: str, message: str, item: int | None = None, document: str | None = None) -> Finding:
    return Finding(code, item, UNREAD, Severity.ERROR, message, document, clause=_CLAUSE)


def _named(names: list[str]) -> str:
    shown = "、".join(f"“{name}”" for name in names[:_MOST_NAMED])
    return shown if len(names) <= _MOST_NAMED else f"{shown}等"


def _lying(workspace: Workspace, index: Index, row: Mapping[str, Any]) -> Iterator[Finding]:
    """Files that nobody took in yet."""
    config, root, code = workspace.config, workspace.store.root, row["code"]
    inbox = in_inbox(config.inbox)
    names = [file.name for file in inbox.files]
    if names:
        message = (
            f"收件箱里还有 {len(names)} 个文件没有看过（{_named(names)}），可能有这个项目的材料。{_FIRST}"
        )
        yield _finding(code, message)
    known = index.places.known()
    levels = [config.projects]
    if row["folder"]:
        register = project_from_record(json.loads(row["record"]))
        (place,) = project_places(config, {code: (register, row["folder"])}, workspace.annex)
        inside = in_project(root, place, known)
        levels.append(place.folder.parent)
        inbox.odd += inside.odd
        names = [file.name for file in inside.files]
        if names:
            message = f"项目文件夹里有 {len(names)} 个文件还没有收件（{_named(names)}）。{_FIRST}"
            yield _finding(code, message)
    astray = loose(root, levels)
    if astray:
        message = f"有 {len(astray)} 个文件不在项目的文件夹里，也没有收件（{_named(astray)}）。{_FIRST}"
        yield _finding(code, message)
    for odd in inbox.odd:
        yield _finding(code, odd)
    for one in unexpected_in_folders(root, (config.review,), known):
        yield _finding(code, f"{one.message}{one.advice}")


def _under_way(index: Index, code: str) -> Iterator[Finding]:
    """What was received and is not worked on to its end: its pages may say anything."""
    failed = index.attempts.all()
    for source in index.sources.unfinished():
        if source.decided_project not in {None, code}:
            continue  # it lay in another project's folder
        attempt = failed.get(source.id)
        how = (
            f"处理时出错（已试 {attempt.count} 次：{attempt.error}）" if attempt else "已经收下，还没有处理完"
        )
        yield _finding(code, f"“{source.name}”{how}，可能有这个项目的材料。{_FIRST}", source.decided_item)


def _waiting(index: Index, code: str, told_already: Collection[int]) -> Iterator[Finding]:
    """What may be this project's; not what the items say themselves: those that nothing else is there for."""
    for one in index.documents.waiting_for(code):
        if one.project == code and one.item in told_already:
            continue
        guess = next((guess for guess in one.candidates if guess.project == code), None)
        item = one.item if one.project == code else None if guess is None else guess.item
        name = (one.path or index.sources.get(one.source).name).rpartition("/")[2]
        place = f"第{item}项" if item else "哪一项还看不出来"
        message = (
            f"待确认里的“{name}”（{one.id}）可能是这个项目的材料（{place}），还没有人看过。"
            f"请先看一看（archivist review），再用 archivist assign {one.id} 归档，或用 archivist reject {one.id} 退回。"
        )
        yield _finding(code, message, item, one.id)
