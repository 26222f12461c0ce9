"""Write each project's answer into its folder: 归档状态.html for people, 档案元数据.json so that it outlives us."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from archivist.core.checklist import Completeness, ItemCount, ItemState, completeness
from archivist.core.model import Status
from archivist.core.rules import ItemRule
from archivist.index.rows import DocumentRow, candidate_record, document_from
from archivist.intake import METADATA, STATUS_PAGE
from archivist.render.statuspage import ItemLine, StatusPage, status_html

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
        workspace.store.write_status(_page(workspace, row, documents), folder / STATUS_PAGE)
        workspace.store.write_status(
            _metadata(index, row, zip(documents, found, strict=True)), folder / METADATA
        )
        written.append(code)
    if written:
        index.pages_written(written)


def _page(workspace: Workspace, project: dict[str, Any], documents: Sequence[DocumentRow]) -> bytes:
    items = workspace.annex.items
    state = _state(project["code"], documents, [rule.number for rule in items if rule.required])
    by_item: dict[int, list[str]] = defaultdict(list)
    for row in documents:
        if row.status is Status.FILED and row.item is not None and row.path:
            by_item[row.item].append(row.path.rsplit("/", 1)[-1])
    lines = tuple(_line(rule, state, by_item[rule.number]) for rule in items)
    updated = datetime.now().astimezone().strftime("%Y年%m月%d日 %H:%M:%S")
    place = f"{project['township']}　{project['village']}"
    page = StatusPage(project["code"], project["name"], place, lines, verdict(state), updated)
    return status_html(page)


def _state(code: str, documents: Sequence[DocumentRow], required: Sequence[int]) -> Completeness:
    filed: dict[int, int] = defaultdict(int)
    review: dict[int, int] = defaultdict(int)
    for row in documents:
        if row.item is not None and row.status in {Status.FILED, Status.REVIEW}:
            (filed if row.status is Status.FILED else review)[row.item] += 1
    counts = [ItemCount(code, item, filed[item], review[item]) for item in {*filed, *review}]
    return completeness([code], counts, required)[0]


def verdict(state: Completeness) -> str:
    """One sentence: where the project stands."""
    if state.complete:
        return "归档目录第1至7项材料齐全。"
    parts = []
    if state.missing:
        parts.append(f"还缺 {len(state.missing)} 项：第{'、'.join(str(item) for item in state.missing)}项")
    if state.review:
        parts.append(f"待确认 {len(state.review)} 项：第{'、'.join(str(item) for item in state.review)}项")
    return "；".join(parts) + "。"


def _line(rule: ItemRule, state: Completeness, documents: Sequence[str]) -> ItemLine:
    now = state.state(rule.number, rule.required)
    todo = {
        ItemState.PRESENT: "",
        ItemState.REVIEW: "到“待确认”文件夹看一看，把对的文件拖到本文件夹的对应子文件夹",
        ItemState.MISSING: f"把扫描件放入“收件箱”，或直接放入“{rule.folder}”",
        ItemState.OPTIONAL: "有则归档",
    }[now]
    return ItemLine(rule.number, rule.name, rule.remark, now, tuple(documents), todo)


def _metadata(
    index: Index, project: dict[str, Any], documents: Iterable[tuple[DocumentRow, dict[str, Any]]]
) -> bytes:
    seq, digest = index.head()
    told = {
        "format": "archivist 档案元数据 1",
        "project": json.loads(project["record"]),
        "documents": [_described(row, found) for row, found in documents],
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
