"""A workspace (工作区) opened: its settings, rules, store and index, and the locks between processes.

Three locks. Whoever writes holds the write lock; a pass over what waits lets go of it wherever it reads, copies or looks
for long, so that a decision or an import gets in between (`Workspace.aside`). The intake lock keeps passes to one at a
time, and is held, too, by whoever needs the archive at rest. A lock of their own keeps watchers to one. They are taken in
the order watch, intake, write.
"""

from __future__ import annotations

import getpass
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.core.model import Actor
from archivist.errors import SettingsError
from archivist.system.clock import now
from archivist.system.locks import Lock, to_stderr
from archivist.workspace.config import Config, find_workspace, load_config
from archivist.workspace.resources import data_folder
from archivist.workspace.standard import standard_of

if TYPE_CHECKING:
    from archivist.core.archive.rules import ArchiveRules, Fonds
    from archivist.core.authority import Authority
    from archivist.core.catalogue.standard import Standard
    from archivist.core.dossier.book import Book
    from archivist.core.fourproperties.values import FourRules
    from archivist.core.rules import Annex, Procedure
    from archivist.extract.limits import Limits
    from archivist.index.writer import Index
    from archivist.store.vault import Store

STORE_MARK = ".archivist-store"
"""The file beside archivist.toml that remembers where the store has been."""

KEEPING_SECONDS = 20.0
"""How long a command may keep states in the end: enough for some ten thousand projects."""

WAIT_SECONDS = 30.0
"""How long a command waits for another writer: longer than a watcher's ordinary pass."""


@dataclass(frozen=True)
class Workspace:
    """One workspace. Everything heavy is opened when first asked for."""

    config: Config
    actor: Actor

    @property
    def index_path(self) -> Path:
        """Where index.db is."""
        return self.config.store_root / ".archivist" / "index.db"

    @cached_property
    def store(self) -> Store:
        """The store's only writer."""
        from archivist.store.vault import Store

        return Store(self.config.store_root, self.config.workspace / STORE_MARK)

    @cached_property
    def annex(self) -> Annex:
        """The catalogue's rules: the workspace's own schemas/ win over the shipped ones."""
        from archivist.workspace.rulebook import load_annex

        return load_annex(self.data("schemas"))

    @cached_property
    def procedure(self) -> Procedure:
        """The plan's order rules (先后顺序)."""
        from archivist.workspace.rulebook import load_procedure

        facts = [rule.name for rule in self.annex.facts]
        return load_procedure(self.rules_file("procedure.toml").parent, self.annex.items, facts)

    @cached_property
    def authority(self) -> Authority:
        """Who may do what (权限)."""
        from archivist.workspace.authoritybook import district_prefixes, load_authority

        prefixes = district_prefixes(self.data("schemas") / "townships.toml")
        return load_authority(self.rules_file("authority.toml"), prefixes)

    @cached_property
    def dossier_book(self) -> Book:
        """What the dossier of a project (项目底册) may hold."""
        from archivist.workspace.dossierbook import load_dossier_book

        votes = next((one.evidence.votes for one in self.annex.items if one.evidence.votes), ())
        schema, rules = (self.rules_file(name) for name in ("dossier.schema.json", "dossier.toml"))
        return load_dossier_book(schema, rules, votes)

    @cached_property
    def archive(self) -> ArchiveRules:
        """How papers are numbered and kept as an archive (档号、保管期限)."""
        from archivist.workspace.archivebook import load_archive

        return load_archive(self.rules_file("archive.toml"), [rule.number for rule in self.annex.items])

    @cached_property
    def four(self) -> FourRules:
        """The checks of the four properties (四性检测)."""
        from archivist.workspace.fourbook import load_four

        return load_four(self.rules_file("four-properties.toml"), [rule.number for rule in self.annex.items])

    @property
    def fonds(self) -> Fonds:
        """Whose archive it is (全宗), as far as the settings say."""
        from archivist.core.archive.rules import Fonds

        asked = self.config.archive
        return Fonds(
            asked.fonds.strip(),
            asked.fonds_name.strip(),
            asked.category.strip(),
            asked.organ.strip(),
            asked.by,
            asked.secrecy,
        )

    @cached_property
    def _write_lock(self) -> Lock:
        return Lock(self.index_path.with_name("lock"), "这个档案库正在使用中：{holder}")

    @cached_property
    def _intake_lock(self) -> Lock:
        return Lock(self.index_path.with_name("intake-lock"), "正在处理收到的文件：{holder}")

    @cached_property
    def _watch_lock(self) -> Lock:
        return Lock(self.index_path.with_name("watch-lock"), "已经有一个值守程序在运行：{holder}")

    @cached_property
    def limits(self) -> Limits:
        """What one file may cost, from the settings."""
        from archivist.extract.limits import Limits

        extraction, intake = self.config.extraction, self.config.intake
        return Limits(
            scratch=self.store.scratch,
            wall_seconds=extraction.wall_seconds,
            cpu_seconds=extraction.cpu_seconds,
            memory_mb=extraction.memory_mb,
            max_pages=intake.max_pages,
            ocr_page_seconds=extraction.ocr_page_seconds,
            max_members=intake.max_members,
            max_unpacked_mb=intake.max_unpacked_mb,
            max_ratio=intake.max_ratio,
            max_depth=intake.max_depth,
        )

    @property
    def standard(self) -> Standard:
        """What states of items are made by, today."""
        return standard_of(str(self.data("schemas") / "annex4.toml"), str(self.rules_file("procedure.toml")))

    def data(self, name: str) -> Path:
        """Return the workspace's own folder ``name`` (schemas, doc_templates) or the shipped one."""
        own = self.config.workspace / name
        return own if own.is_dir() else data_folder(name)

    def rules_file(self, name: str) -> Path:
        """Return a file of rules: a workspace whose schemas/ is older than the file goes by the shipped one."""
        own = self.data("schemas") / name
        return own if own.exists() else data_folder("schemas") / name

    @contextmanager
    def writing(
        self, command: str, wait: float = WAIT_SECONDS, looking: bool = False, act: str = ""
    ) -> Iterator[Index]:
        """Hold the write lock and the index; a second writer waits a little, then is told who holds it.

        Args:
            command: who decides by it must be allowed to, where there is a register of people (人员名册).
            looking: it will decide nothing, and so asks nobody who they are. act: see `guarding.COMMANDS`, where one
                command does several things.

        Raises:
            UsageError, RefusedError: as `guarding.guard`.
        """
        from archivist.workspace.guarding import guard

        with self.locked(command, wait), self.open_index() as index:
            if not looking:
                guard(index, act or command, self.authority)
            yield index
            index.settle()
            self.keep_states(index)
            index.remember_reach()

    def keep_states(self, index: Index, seconds: float = KEEPING_SECONDS) -> bool:
        """Keep how projects stand to the catalogue, for those whose papers changed; False when the time was too short:
        the next writer keeps the rest. Rules that cannot be read are told by whoever asks. Write lock held.
        """
        with suppress(SettingsError):
            return index.states.settle(self.standard, seconds)
        return True

    @contextmanager
    def locked(self, command: str, wait: float = 0.0) -> Iterator[None]:
        """Hold the write lock. Busy names the holder when it is not free within ``wait`` seconds."""
        self.store.prepare()
        with self._write_lock.held(_ourselves(command), wait, to_stderr):
            yield

    @contextmanager
    def intake(self, command: str, wait: float = 0.0) -> Iterator[None]:
        """Hold the intake (收件): nobody else takes in or files what waits meanwhile, though decisions are made.

        Busy names the holder when it is not free within ``wait`` seconds.
        """
        self.store.prepare()
        with self._intake_lock.held(_ourselves(command), wait, to_stderr):
            yield

    @contextmanager
    def at_rest(self, command: str, wait: float) -> Iterator[None]:
        """Hold the archive still: no pass is half way through its work, and nobody writes."""
        with self.intake(command, wait), self.locked(command, wait):
            yield

    @contextmanager
    def aside(self, stop: Callable[[], bool] = lambda: False) -> Iterator[None]:
        """Let others write meanwhile, between two transactions: what was asked of the index before may have changed after.

        Args:
            stop: asked while waiting for them to end; True gives up.

        Raises:
            Busy: it was not possible to go on.
        """
        with self._write_lock.aside(stop):
            yield

    def wanted(self) -> bool:
        """Whether somebody waits to write."""
        return self._write_lock.wanted()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Be the only watcher of this workspace; Busy names the other."""
        self.store.prepare()
        with self._watch_lock.held(_ourselves("watch"), 0.0):
            yield

    @contextmanager
    def open_index(self, anew: bool = False) -> Iterator[Index]:
        """Open the index for writing. Change it only with the write lock held. ``anew``: see `Index`."""
        from archivist.index.database import database_told
        from archivist.index.writer import Index

        index = Index(self.index_path, self.actor, anew)
        try:
            with database_told(self.index_path):
                yield index
            for told in index.deregistrations.take_reopened():
                to_stderr(f"注意：{told}。")
        finally:
            index.close()


def open_workspace(option: Path | None, actor: str | None, place: str = "cli") -> Workspace:
    """Find and open the workspace a command works on."""
    folder = find_workspace(option, os.environ, Path.cwd())
    user = system_user()
    return Workspace(load_config(folder), Actor(actor or user, place, user))


def system_user() -> str:
    """The operating system's user, the actor of every event unless one is named.

    The environment (LOGNAME) is believed of an administrator alone, who may act as anybody anyway: everybody else is whom
    the system knows.
    """
    try:
        if getattr(os, "getuid", int)() == 0:
            return getpass.getuser()
        from pwd import getpwuid

        return getpwuid(os.getuid()).pw_name
    except ImportError:  # Windows
        return getpass.getuser()
    except (OSError, KeyError):
        return "未知用户"


def _ourselves(command: str) -> dict[str, object]:
    return {
        "command": command,
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "user": system_user(),
        "since": now(),
    }
