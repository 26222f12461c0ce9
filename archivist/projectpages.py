"""Write each project's answer into its folder: 归档状态.html for people, 档案元数据.json so that it outlives us."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from archivist.core.checklist import Completeness, ItemCount, ItemState, Waiver, completeness
from archivist.core.model import Status
from archivist.core.rules import ItemRule
from archivist.index.rows import DocumentRow, candidate_record, document_from
from archivist.index.waivers import waivers_of
from archivist.intake import METADATA, STATUS_PAGE
from archivist.render.statuspage import FileLine, ItemLine, StatusPage, status_html

if TYPE_CHECKING:
    from archivist.index.writer import Index
    from archivist.workspace import Workspace


def refresh(workspace: Workspace, index: Index, codes: Sequence[str]) -> None:
    """Rewrite the pages of the projects ``codes`` that have a folder, and note in the index that they are true."""
    written = []
    for code in codes:
        row = index.project(code)
        if row is None or row["folder"] is None:
            continue
        found = index.described(code)
        documents = [document_from(record) for record in found]
        folder = workspace.config.store_root / row["folder"]
        waivers = waivers_of(index, code)
        workspace.store.write_status(_page(workspace, row, documents, waivers), folder / STATUS_PAGE)
        workspace.store.write_status(
            _metadata(index, row, zip(documents, found, strict=True)), folder / METADATA
        )
        written.append(code)
    if written:
        index.pages_written(written)


def _page(
    workspace: Workspace,
    project: dict[str, Any],
    documents: Sequence[DocumentRow],
    waivers: Mapping[int, Waiver],
) -> bytes:
    items = workspace.annex.items
    required = [rule.number for rule in items if rule.required]
    state = _state(project["code"], documents, required, waivers.values())
    filed, waiting = _by_item(documents, Status.FILED), _by_item(documents, Status.REVIEW)
    lines = tuple(
        _line(
            rule,
            state,
            _files(filed[rule.number], project["folder"]),
            waiting[rule.number],
            waivers.get(rule.number),
        )
        for rule in items
    )
    updated = datetime.now().astimezone().strftime("%Y年%m月%d日 %H:%M:%S")
    place = "　".join(filter(None, (project["township"], project["village"])))
    words = verdict(state, {rule.number: rule.short for rule in items})
    return status_html(StatusPage(project["code"], project["name"], place, lines, words, updated))


def _by_item(documents: Sequence[DocumentRow], status: Status) -> dict[int, list[str]]:
    """Paths of the documents with ``status``, by item."""
    found: dict[int, list[str]] = defaultdict(list)
    for row in documents:
        if row.status is status and row.item is not None and row.path:
            found[row.item].append(row.path)
    return found


def _files(paths: Sequence[str], folder: str) -> tuple[FileLine, ...]:
    return tuple(FileLine(path.rsplit("/", 1)[-1], path.removeprefix(f"{folder}/")) for path in paths)


def _state(
    code: str, documents: Sequence[DocumentRow], required: Sequence[int], waivers: Iterable[Waiver]
) -> Completeness:
    filed: dict[int, int] = defaultdict(int)
    review: dict[int, int] = defaultdict(int)
    for row in documents:
        if row.item is not None and row.status in {Status.FILED, Status.REVIEW}:
            (filed if row.status is Status.FILED else review)[row.item] += 1
    counts = [ItemCount(code, item, filed[item], review[item]) for item in {*filed, *review}]
    return completeness([code], counts, required, waivers)[0]


def verdict(state: Completeness, names: Mapping[int, str]) -> str:
    """One sentence: where the project stands; ``names`` are the items' short names by number."""
    if state.complete:
        free = f"（免交 {len(state.waived)} 项：{_named(state.waived, names)}）" if state.waived else ""
        return f"归档目录第1至7项材料齐全{free}。"
    parts = []
    if state.missing:
        parts.append(f"还缺 {len(state.missing)} 项：{_named(state.missing, names)}")
    if state.review:
        parts.append(f"待确认 {len(state.review)} 项：{_named(state.review, names)}")
    if state.waived:
        parts.append(f"免交 {len(state.waived)} 项：{_named(state.waived, names)}")
    return "；".join(parts) + "。"


def _named(numbers: Sequence[int], names: Mapping[int, str]) -> str:
    return "、".join(f"第{number}项{names[number]}" for number in numbers)


def _line(
    rule: ItemRule,
    state: Completeness,
    files: tuple[FileLine, ...],
    waiting: Sequence[str],
    waiver: Waiver | None,
) -> ItemLine:
    now = state.state(rule.number, rule.required)
    names = "、".join(f"“{path.rsplit('/', 1)[-1]}”" for path in waiting[:3])
    todo = {
        ItemState.PRESENT: f"已有材料；另有免交决定：{waiver.told}" if waiver else "",
        ItemState.WAIVED: f"免交：{waiver.told}" if waiver else "",
        ItemState.REVIEW: f"“待确认”里的{names}可能是这一项：看一看，是的话拖进“{rule.folder}”。",
        ItemState.MISSING: f"把扫描件放入“收件箱”，或直接放入“{rule.folder}”。",
        ItemState.OPTIONAL: "有则归档。",
    }[now]
    return ItemLine(rule.number, rule.name, rule.remark, now, files, todo)


def _metadata(
    index: Index, project: dict[str, Any], documents: Iterable[tuple[DocumentRow, dict[str, Any]]]
) -> bytes:
    seq, digest = index.head()
    told = {
        "format": "archivist 档案元数据 1",
        "project": json.loads(project["record"]),
        "documents": [_described(row, found) for row, found in documents],
        "waivers": [
            {"item": one.item, "reason": one.reason, "actor": one.actor, "at": one.at}
            for one in waivers_of(index, project["code"]).values()
        ],
        "events_head": {"seq": seq, "hash": digest},
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _described(row: DocumentRow, found: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "status": row.status.value,
        "item": row.item,
        "path": row.path,
        "sha256": row.path_sha256,
        "source": {
            "name": found["source_name"],
            "sha256": found["source_sha256"],
            "size": found["source_size"],
            "received": found["received"],
        },
        "pages": [row.first, row.last],
        "title": row.title,
        "date": row.date,
        "issuer": row.issuer,
        "level": row.level.value if row.level else None,
        "sealed": row.sealed.value,
        "signed": row.signed.value,
        "original": row.original,
        "decided_by": row.decided_by,
        "confidence": row.confidence,
        "reasons": list(row.reasons),
        "candidates": [candidate_record(candidate) for candidate in row.candidates[:3]],
    }
