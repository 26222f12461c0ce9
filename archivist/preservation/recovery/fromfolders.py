"""``reindex --from-folders``: an archive that lost its memory gets back what its folders carry (由档案元数据恢复).

Each project's 档案元数据.json tells of its documents, their places, what they say, what need not be handed in and what the
gate decided; the vault has the originals, and kept reads their text. All of it enters one transaction, so that a kill
leaves nothing half remembered. What no description tells of is received anew from the vault.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archivist.core.document import Document
from archivist.core.filing import TOGETHER
from archivist.core.project import Project
from archivist.core.register import project_from_record, project_to_record
from archivist.errors import BadInputError
from archivist.index.memory import memory_lost
from archivist.index.recovering import Recovering, told_document
from archivist.preservation.fixity.expected import is_file
from archivist.preservation.fixity.hashing import hash_file
from archivist.preservation.recovery.reindex import (
    Read,
    Reindexed,
    finish,
    read_again,
    vault_by_sha256,
)
from archivist.store.layout import METADATA

if TYPE_CHECKING:
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace

_FORMAT = "archivist 档案元数据 1"
_METADATA_BYTES = 16 << 20


@dataclass(frozen=True, slots=True)
class Told:
    """One project as its description tells of it. ``folder`` is below the store's root."""

    folder: str
    project: Project
    documents: tuple[dict[str, Any], ...]
    waivers: tuple[dict[str, Any], ...]
    deregistration: dict[str, Any] | None
    head: dict[str, Any]
    numbers: tuple[dict[str, Any], ...] = ()


def recover(workspace: Workspace, read: Read) -> Reindexed:
    """Make a new index of what the folders carry.

    Raises:
        BadInputError: the archive remembers, or there is nothing to remember by.
    """
    with workspace.watching(), workspace.at_rest("reindex", 30.0):
        if not _forgot(workspace):
            raise BadInputError(
                "档案库没有失去记忆（索引数据库或事件日志还在，或者是新的档案库），不用从文件夹恢复。"
                "索引坏了请运行 archivist reindex。"
            )
        outcome = Reindexed()
        told = list(_descriptions(workspace, outcome))
        with workspace.open_index(anew=True) as index:
            with index.change():
                without = _put(workspace, index, told, outcome)
            read_again(workspace, index, without, read, outcome)
            finish(workspace, index, read, outcome)
    return outcome


def _forgot(workspace: Workspace) -> bool:
    from archivist.index.reader import forgot

    return forgot(workspace.index_path) and bool(memory_lost(workspace.index_path))


def _descriptions(workspace: Workspace, outcome: Reindexed) -> Iterator[Told]:
    """What each project's folder tells, by folder; of two that tell of one project the first counts."""
    root, seen = workspace.store.root, set()
    projects = workspace.config.projects
    for path in sorted([*projects.glob(f"*/*/{METADATA}"), *projects.glob(f"*/{METADATA}")]):
        folder = path.parent.relative_to(root).as_posix()
        try:
            found = _description(path, folder)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            outcome.problems.append(f"“{folder}/{METADATA}”读不懂，这个项目没有恢复；它的材料会重新收件")
            continue
        if found.project.code in seen:
            outcome.problems.append(f"“{folder}”和别的文件夹说的是同一个项目 {found.project.code}，没有恢复")
            continue
        seen.add(found.project.code)
        yield found


def _description(path: Path, folder: str) -> Told:
    if not is_file(path) or path.stat().st_size > _METADATA_BYTES:
        raise ValueError(folder)
    told = json.loads(path.read_text("utf-8"))
    if told["format"] != _FORMAT:
        raise ValueError(told["format"])
    head = {"seq": int(told["events_head"]["seq"]), "hash": str(told["events_head"]["hash"])}
    documents = sorted(told["documents"], key=lambda one: str(one["id"]))
    project = project_from_record(told["project"])
    waivers, numbers = tuple(told["waivers"]), tuple(told.get("numbers", ()))
    return Told(folder, project, tuple(documents), waivers, told["deregistration"], head, numbers)


def _put(workspace: Workspace, index: Index, told: list[Told], outcome: Reindexed) -> list[int]:
    """Everything, with the events that tell where it comes from; return the sources that have no text yet."""
    heads = sorted((one.head["seq"], one.head["hash"]) for one in told)
    index.event("recovered", "", projects=len(told), head=heads[-1] if heads else None)
    records = [(project_to_record(one.project), one.project) for one in told]
    index.projects.put(records, {"file": METADATA, "recovered": [one.project.code for one in told]})
    index.projects.place({one.project.code: one.folder for one in told})
    recovering = Recovering(index, vault_by_sha256(workspace))
    rows = _documents(told, recovering, outcome)
    for name in sorted(rows, key=lambda one: int(one[1:])):  # numbers go on after the last
        row, newer = rows[name]
        recovering.document(row, newer if newer in rows else None)
    for one in told:
        code = one.project.code
        for waiver in one.waivers:
            with _left_out_if_wrong(outcome, f"{code} 的免交"):
                recovering.waiver(code, waiver)
        for given in one.numbers:
            with _left_out_if_wrong(outcome, f"{code} 的档号"):
                recovering.number(code, given)
        if one.deregistration is not None:
            with _left_out_if_wrong(outcome, f"{code} 的销号决定"):
                if not recovering.decision(code, one.deregistration):
                    raise ValueError(code)
        recovering.told(code, folder=one.folder, documents=len(one.documents), head=one.head)
    _combined(workspace, index, told, recovering)
    without = []
    for number, sha256 in recovering.sources:
        pages = index.pages.reads.any_of(sha256)
        if pages:
            index.pages.put(number, pages)
        else:
            without.append(number)
    index.event("recovered", "", sources=len(recovering.sources), documents=len(rows))
    return without


def _documents(
    told: list[Told], recovering: Recovering, outcome: Reindexed
) -> dict[str, tuple[Document, str | None]]:
    """The documents by number, each with the number of the one that counts in its place."""
    rows: dict[str, tuple[Document, str | None]] = {}
    for one in told:
        for record in one.documents:
            with _left_out_if_wrong(outcome, f"{one.project.code} 的材料 {str(record.get('id'))[:20]}"):
                row = told_document(record, one.project.code, recovering.source(record["source"]))
                if row.id in rows:
                    raise ValueError(row.id)
                rows[row.id] = (row, record["replaced_by"])
    return rows


def _combined(workspace: Workspace, index: Index, told: list[Told], recovering: Recovering) -> None:
    """The untouched scans kept beside what was cut from them are known by their bytes."""
    sources = {sha256: number for number, sha256 in recovering.sources}
    for one in told:
        for path in sorted(workspace.store.path(f"{one.folder}/{TOGETHER}").glob("*")):
            sha256 = hash_file(path).sha256 if is_file(path) else ""
            if sha256 in sources:
                row = {"path": workspace.store.relative(path), "source": sources[sha256], "sha256": sha256}
                index.insert("copies", row)


@contextmanager
def _left_out_if_wrong(outcome: Reindexed, what: str) -> Iterator[None]:
    """What a description tells and cannot be kept is left out, and said."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError):
        outcome.problems.append(f"项目 {what}在档案元数据里写得不对，没有恢复")
