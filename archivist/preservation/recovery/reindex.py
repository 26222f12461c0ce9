"""``reindex``: a new index.db out of the log of events, the kept reads, the vault and the folders (重建索引).

The new database is made beside the old one and takes its place only when it is whole; the old one is moved aside, never
deleted. Killed at any moment, running it again finishes the work.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.core.document import INBOX, Source
from archivist.core.page import Page
from archivist.errors import StoreError
from archivist.index.reader import open_reader
from archivist.index.reads import Reads
from archivist.index.rebuild import Rebuilt, open_old, rebuild
from archivist.preservation.fixity.expected import compare, copies, is_file, unexpected_in_folders
from archivist.preservation.fixity.findings import Discrepancy
from archivist.preservation.fixity.hashing import hash_file

if TYPE_CHECKING:
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace

Read = Callable[[Path, str], tuple[Page, ...]]
"""Reads an original anew: (path, name) → pages; empty when it cannot."""

_DATABASE = ("index.db", "index.db-wal", "index.db-shm", "index.db-journal")
_NEW, _NEW_LOG = "index-new.db", "events-new"
_ORIGINAL = re.compile(r"([0-9a-f]{64})(?:-\d+)?(?:\..*)?")


@dataclass(slots=True)
class Reindexed:
    """What a rebuild did. ``aside`` is where the old database is kept; ``received`` are originals taken in anew."""

    events: int = 0
    documents: int = 0
    sources: int = 0
    pages: int = 0
    aside: Path | None = None
    received: list[str] = field(default_factory=list)
    read_again: list[str] = field(default_factory=list)
    without_text: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    findings: list[Discrepancy] = field(default_factory=list)


def reindex(workspace: Workspace, read: Read, partial: bool = False) -> Reindexed:
    """Rebuild the index.

    Args:
        read: for originals whose kept read is gone. partial: rebuild up to a break in the chain; what came after it
            is received anew from the vault.

    Raises:
        StoreError: a watcher or another writer is at work, the chain is broken, or the disk refuses.
    """
    with workspace.watching(), workspace.at_rest("reindex", 30.0):
        _bring_up_to_date(workspace)
        outcome = _rebuilt(workspace, partial)
        with workspace.open_index() as index:
            finish(workspace, index, read, outcome)
    return outcome


def finish(workspace: Workspace, index: Index, read: Read, outcome: Reindexed) -> None:
    """What comes after the rows are there: what no event knows, lost text, the event, and a look into the folders."""
    _receive_strangers(workspace, index, outcome)
    _read_again(workspace, index, read, outcome)
    _count(index, outcome)
    with index.change():
        index.event("reindexed", "", **_event_detail(outcome))
    _look_into_folders(workspace, outcome)


def vault_by_sha256(workspace: Workspace) -> dict[str, str]:
    """Where whole-looking originals are kept, below the store's root, by the sha256 in their names."""
    store = workspace.store
    found: dict[str, str] = {}
    for path in sorted(path for path in store.vault.rglob("*") if is_file(path)):
        match = _ORIGINAL.fullmatch(path.name)
        if match is not None:
            found.setdefault(match.group(1), store.relative(path))
    return found


def _bring_up_to_date(workspace: Workspace) -> None:
    """Where the old database still works, the log gets from it what it does not have: an older edition's records."""
    path = workspace.index_path
    if not is_file(path) or path.stat().st_size == 0:
        return
    with suppress(StoreError), workspace.open_index() as index:
        index.settle()


def _rebuilt(workspace: Workspace, partial: bool) -> Reindexed:
    private = workspace.store.private
    if not os.path.lexists(private / "events") and (private / _NEW_LOG).is_dir():
        workspace.store.move_in_place(private / _NEW_LOG, private / "events")
    for name in (_NEW, f"{_NEW}-journal", f"{_NEW}-wal", f"{_NEW}-shm"):
        workspace.store.remove(private / name)
    old = open_old(private / _DATABASE[0])
    try:
        made = rebuild(private / _NEW, private / "events", Reads(private / "reads"), old)
    finally:
        if old is not None:
            old.close()
    outcome = Reindexed(problems=list(made.followed.problems), events=made.followed.seq)
    if made.followed.broken is not None:
        _broken(workspace, made, partial, outcome)
    elif made.followed.from_database:
        _complete_log(workspace, made, outcome)
    present = [private / name for name in _DATABASE if os.path.lexists(private / name)]
    if present:
        outcome.aside = workspace.store.set_aside(present)
    workspace.store.move_in_place(private / _NEW, private / _DATABASE[0])
    return outcome


def _broken(workspace: Workspace, made: Rebuilt, partial: bool, outcome: Reindexed) -> None:
    """The chain ends before its records do: stop, or go on with what is proven and keep the rest aside."""
    private = workspace.store.private
    seq = made.followed.broken
    said = f"事件记录在第 {seq} 条处断开：这一条在事件日志和旧数据库里都找不到完好的"
    if not partial:
        workspace.store.remove(private / _NEW)
        more = "；".join(made.followed.problems[:5])
        raise StoreError(
            f"{said}。没有改动任何东西。{more}{'。' if more else ''}"
            "有备份的请用 archivist restore 恢复；没有的可以运行 archivist reindex --partial，"
            "先恢复到断开之前，之后收到的原件会重新识别。"
        )
    outcome.problems.append(f"{said}，只恢复到第 {made.followed.seq} 条")
    _write_log_anew(private)
    workspace.store.set_aside([private / "events"])
    workspace.store.move_in_place(private / _NEW_LOG, private / "events")


def _complete_log(workspace: Workspace, made: Rebuilt, outcome: Reindexed) -> None:
    """The log lacks events that the old database holds: it is written anew, and what there was of it kept aside."""
    private = workspace.store.private
    outcome.problems.append(
        f"事件日志缺了 {made.followed.from_database} 条事件，已按旧的索引数据库补全；请查明是谁动过 .archivist/events"
    )
    _write_log_anew(private)
    if os.path.lexists(private / "events"):
        workspace.store.set_aside([private / "events"])
    workspace.store.move_in_place(private / _NEW_LOG, private / "events")


def _write_log_anew(private: Path) -> None:
    """The log up to the break, from the new database."""
    from archivist.index.events import Events
    from archivist.index.mirror import Mirror

    if (private / _NEW_LOG).exists():
        shutil.rmtree(private / _NEW_LOG)
    db = open_old(private / _NEW)
    assert db is not None
    try:
        Mirror(private / _NEW_LOG).append(Events(db).all())
    finally:
        db.close()


# -- what the log does not know --------------------------------------------------------------------------------------


def _receive_strangers(workspace: Workspace, index: Index, outcome: Reindexed) -> None:
    """Whole originals in the vault that no event knows become received files: the next pass works on them."""
    store = workspace.store
    known = index.sources.sha256s()
    for path in sorted(path for path in store.vault.rglob("*") if is_file(path)):
        match = _ORIGINAL.fullmatch(path.name)
        if match is None or match.group(1) in known:
            continue
        hashed = hash_file(path)
        if hashed.sha256 != match.group(1):
            outcome.problems.append(f"原件库里的“{store.relative(path)}”已经损坏，没有收")
            continue
        name = f"原件库/{path.name}"
        index.sources.receive(
            name=name, origin=INBOX, sha256=hashed.sha256, size=hashed.size, vault=store.relative(path)
        )
        known.add(hashed.sha256)
        outcome.received.append(name)


def _read_again(workspace: Workspace, index: Index, read: Read, outcome: Reindexed) -> None:
    """Originals whose kept read is gone are read once more, so that search finds them."""
    read_again(workspace, index, index.pages.lost(), read, outcome)


def read_again(
    workspace: Workspace, index: Index, sources: Sequence[int], read: Read, outcome: Reindexed
) -> None:
    """Read the originals of these sources anew, so that search finds them."""
    for identity in sources:
        source = index.sources.get(identity)
        pages = _pages_of(workspace, source, read)
        if pages:
            index.pages.read_again(identity, pages)
            outcome.read_again.append(source.name)
        else:
            outcome.without_text.append(source.name)


def _pages_of(workspace: Workspace, source: Source, read: Read) -> tuple[Page, ...]:
    if source.vault is None or not is_file(workspace.store.path(source.vault)):
        return ()
    return read(workspace.store.path(source.vault), source.name)


def _count(index: Index, outcome: Reindexed) -> None:
    outcome.documents, outcome.sources = index.documents.count(), index.sources.count()
    outcome.pages = index.pages.count()


def _event_detail(outcome: Reindexed) -> dict[str, object]:
    return {
        "events": outcome.events,
        "documents": outcome.documents,
        "sources": outcome.sources,
        "pages": outcome.pages,
        "aside": outcome.aside.name if outcome.aside else None,
        "received": outcome.received[:100],
        "problems": outcome.problems[:100],
    }


def _look_into_folders(workspace: Workspace, outcome: Reindexed) -> None:
    """Report what changed in the folders meanwhile."""
    store, config = workspace.store, workspace.config
    with open_reader(workspace.index_path) as index:
        for one in copies(index):
            finding = compare(one, hash_file(store.path(one.path)))
            if finding is not None:
                outcome.findings.append(finding)
        folders = (config.projects, config.review, config.rejected)
        outcome.findings += unexpected_in_folders(store.root, folders, index.places.known())
