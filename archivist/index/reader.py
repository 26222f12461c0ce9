"""The index opened, its nouns as attributes: ``index.projects.all()``, ``index.sources.unfinished()``.

Each noun is one file and is loaded when first asked for, so that commands that only look start fast: through the
standard library alone.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from archivist.errors import StoreError
from archivist.index.database import Database, database_reason

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.index.attempts import Attempts
    from archivist.index.closed import Closings
    from archivist.index.copies import Copies
    from archivist.index.decisions import Decisions
    from archivist.index.deregistrations import Deregistrations
    from archivist.index.digests import Digests
    from archivist.index.documents import Documents
    from archivist.index.dossiers import Dossiers
    from archivist.index.events import Events
    from archivist.index.evidence import Evidence
    from archivist.index.history import History
    from archivist.index.holdings import Holdings
    from archivist.index.items import Items
    from archivist.index.lessons import Lessons
    from archivist.index.numbers import Numbers
    from archivist.index.overrides import Overrides
    from archivist.index.pages import Pages
    from archivist.index.people import People
    from archivist.index.places import Places
    from archivist.index.projectfiles import ProjectFiles
    from archivist.index.projects import Projects
    from archivist.index.proposals import Proposals
    from archivist.index.removals import Removals
    from archivist.index.rounds import Rounds
    from archivist.index.searchable import SearchableCopies
    from archivist.index.sources import Sources
    from archivist.index.standings import Standings
    from archivist.index.states import States
    from archivist.index.succession import Succession
    from archivist.index.troubles import Troubles
    from archivist.index.verifications import Verifications
    from archivist.index.versions import Versions
    from archivist.index.waivers import Waivers


class IndexReader(Database):
    """The opened index: what is known of each noun."""

    @cached_property
    def projects(self) -> Projects:
        """The register's projects (项目)."""
        from archivist.index.projects import Projects

        return Projects(self)

    @cached_property
    def succession(self) -> Succession:
        """What became of projects: other numbers, joined, retired (台账变更)."""
        from archivist.index.succession import Succession

        return Succession(self)

    @cached_property
    def items(self) -> Items:
        """What waits for an item nobody can tell yet (归档内容)."""
        from archivist.index.items import Items

        return Items(self)

    @cached_property
    def waivers(self) -> Waivers:
        """What need not be handed in (免交)."""
        from archivist.index.waivers import Waivers

        return Waivers(self)

    @cached_property
    def overrides(self) -> Overrides:
        """What was overridden (负责人核定)."""
        from archivist.index.overrides import Overrides

        return Overrides(self)

    @cached_property
    def numbers(self) -> Numbers:
        """Numbers of the archive that were given (档号)."""
        from archivist.index.numbers import Numbers

        return Numbers(self)

    @cached_property
    def verifications(self) -> Verifications:
        """What was verified by hand (四性人工核验)."""
        from archivist.index.verifications import Verifications

        return Verifications(self)

    @cached_property
    def states(self) -> States:
        """How projects stand to the catalogue (归档状态)."""
        from archivist.index.states import States

        return States(self)

    @cached_property
    def project_files(self) -> ProjectFiles:
        """What checks need to know of projects (案卷)."""
        from archivist.index.projectfiles import ProjectFiles

        return ProjectFiles(self)

    @cached_property
    def sources(self) -> Sources:
        """What was dropped (来件)."""
        from archivist.index.sources import Sources

        return Sources(self)

    @cached_property
    def pages(self) -> Pages:
        """What its pages say (文字)."""
        from archivist.index.pages import Pages

        return Pages(self)

    @cached_property
    def documents(self) -> Documents:
        """What a source holds (件)."""
        from archivist.index.documents import Documents

        return Documents(self)

    @cached_property
    def dossiers(self) -> Dossiers:
        """What is entered once of projects (项目底册)."""
        from archivist.index.dossiers import Dossiers

        return Dossiers(self)

    @cached_property
    def holdings(self) -> Holdings:
        """Documents with all that the archive knows of them."""
        from archivist.index.holdings import Holdings

        return Holdings(self)

    @cached_property
    def closings(self) -> Closings:
        """Every decision of the gate and every proposal (销号、提请)."""
        from archivist.index.closed import Closings

        return Closings(self)

    @cached_property
    def history(self) -> History:
        """What was done and what stood where at what time (经办、月末)."""
        from archivist.index.history import History

        return History(self)

    @cached_property
    def versions(self) -> Versions:
        """Which document counts in place of which (版本)."""
        from archivist.index.versions import Versions

        return Versions(self)

    @cached_property
    def places(self) -> Places:
        """What should stand where."""
        from archivist.index.places import Places

        return Places(self)

    @cached_property
    def standings(self) -> Standings:
        """How filed copies stand (保管)."""
        from archivist.index.standings import Standings

        return Standings(self)

    @cached_property
    def copies(self) -> Copies:
        """Combined scans kept beside what was cut from them (合并扫描原件)."""
        from archivist.index.copies import Copies

        return Copies(self)

    @cached_property
    def searchable(self) -> SearchableCopies:
        """Searchable copies (可检索副本)."""
        from archivist.index.searchable import SearchableCopies

        return SearchableCopies(self)

    @cached_property
    def removals(self) -> Removals:
        """Files that go."""
        from archivist.index.removals import Removals

        return Removals(self)

    @cached_property
    def attempts(self) -> Attempts:
        """What failed and is tried again (重试)."""
        from archivist.index.attempts import Attempts

        return Attempts(self)

    @cached_property
    def troubles(self) -> Troubles:
        """What could not be worked on."""
        from archivist.index.troubles import Troubles

        return Troubles(self)

    @cached_property
    def decisions(self) -> Decisions:
        """What people decided, as far as it takes to undo it (撤销)."""
        from archivist.index.decisions import Decisions

        return Decisions(self)

    @cached_property
    def lessons(self) -> Lessons:
        """What decisions taught."""
        from archivist.index.lessons import Lessons

        return Lessons(self)

    @cached_property
    def deregistrations(self) -> Deregistrations:
        """What passed the gate (销号)."""
        from archivist.index.deregistrations import Deregistrations

        return Deregistrations(self)

    @cached_property
    def evidence(self) -> Evidence:
        """What that rests on (销号的依据)."""
        from archivist.index.evidence import Evidence

        return Evidence(self)

    @cached_property
    def proposals(self) -> Proposals:
        """What waits for a second person (提请销号)."""
        from archivist.index.proposals import Proposals

        return Proposals(self)

    @cached_property
    def people(self) -> People:
        """Who works with the archive (人员名册)."""
        from archivist.index.people import People

        return People(self)

    @cached_property
    def digests(self) -> Digests:
        """Second digests (SM3)."""
        from archivist.index.digests import Digests

        return Digests(self)

    @cached_property
    def rounds(self) -> Rounds:
        """How far the scheduled check is (定期核验)."""
        from archivist.index.rounds import Rounds

        return Rounds(self)

    @cached_property
    def events(self) -> Events:
        """The log of acts (事件)."""
        from archivist.index.events import Events

        return Events(self)


@contextmanager
def open_reader(path: str | Path) -> Iterator[IndexReader]:
    """Open the index read-only; StoreError in Chinese when it is not there or not readable."""
    if lost_index(path):
        raise StoreError("索引数据库不见了，事件日志还在。请运行 archivist reindex 重建。")
    if not os.path.isfile(path) or not os.path.getsize(path):  # noqa: PTH113, PTH202  (pathlib is not loaded here)
        told = _forgotten(path)
        if told:
            raise StoreError(told)
    if not os.path.isfile(path):  # noqa: PTH113  (pathlib is not loaded on this path)
        raise StoreError(
            "档案库里还没有索引。请先用 archivist register import 导入项目台账，再运行 archivist ingest。"
        )
    try:
        connection = _connected(path)
    except sqlite3.Error as error:
        raise StoreError(_forgotten(path) or f"索引数据库 {path} {database_reason(error)}。") from error
    try:
        _remembers(connection, path)
        yield IndexReader(connection, path)
    except sqlite3.Error as error:
        raise StoreError(f"索引数据库 {path} {database_reason(error)}。") from error
    finally:
        connection.close()


def lost_index(path: str | Path) -> bool:
    """Whether the index is gone (or empty) though there was one: its log of events is there."""
    try:
        if os.path.getsize(path) > 0:  # noqa: PTH202  (pathlib is not loaded on this path)
            return False
    except OSError:
        pass
    try:
        return any(name.endswith(".jsonl") for name in os.listdir(f"{os.path.dirname(path)}/events"))  # noqa: PTH120, PTH208
    except OSError:
        return False


def forgot(path: str | Path) -> bool:
    """Whether there is neither an index (or only an empty one that a start from nothing left) nor a log of events."""
    if lost_index(path):
        return False
    try:
        if os.path.getsize(path) == 0:  # noqa: PTH202
            return True
        connection = sqlite3.connect(_read_only(os.path.abspath(path)), uri=True, timeout=10)  # noqa: PTH100
    except OSError:
        return True
    except sqlite3.Error:
        return False
    from archivist.index.memory import knows_nothing

    try:
        return knows_nothing(connection)
    finally:
        connection.close()


def _forgotten(path: str | Path) -> str:
    """What to say of an archive that lost its memory; "" for any other."""
    from archivist.index.memory import memory_lost

    return memory_lost(path) if forgot(path) else ""


def _remembers(connection: sqlite3.Connection, path: str | Path) -> None:
    """Refuse an index that knows nothing beside papers that somebody filed."""
    if connection.execute("SELECT 1 FROM events LIMIT 1").fetchone() is None:
        from archivist.index.memory import knows_nothing, memory_lost

        told = memory_lost(path) if knows_nothing(connection) else ""
        if told:
            raise StoreError(told)


def _connected(path: str | Path) -> sqlite3.Connection:
    """Open read-only; on a medium that cannot be written at all, as a file that cannot change."""
    place = os.path.abspath(path)  # noqa: PTH100
    uri = _read_only(place)
    try:
        return _checked(uri)
    except sqlite3.OperationalError:
        if os.access(os.path.dirname(place), os.W_OK) or os.path.exists(f"{place}-wal"):  # noqa: PTH110, PTH120
            raise
        return _checked(f"{uri}&immutable=1")


def _read_only(place: str) -> str:
    """The URI that opens a database read-only. An empty authority is what lets a Windows share (//server/…) be one."""
    quoted = place.replace("%", "%25").replace("?", "%3f").replace("#", "%23").replace(os.sep, "/")
    return f"file://{'' if quoted.startswith('/') else '/'}{quoted}?mode=ro"


def _checked(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, timeout=10)
    try:
        connection.execute("SELECT 1 FROM documents LIMIT 1")
    except sqlite3.Error:
        connection.close()
        raise
    return connection
