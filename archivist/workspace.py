"""A workspace (工作区) opened: its settings, rules, store and index, and the lock that keeps writers to one."""

from __future__ import annotations

import getpass
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.config import Config, find_workspace, load_config
from archivist.errors import StoreError
from archivist.index.events import Actor, now
from archivist.resources import data_folder

if TYPE_CHECKING:
    from archivist.core.rules import Annex
    from archivist.index.writer import Index
    from archivist.store import Store


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
        from archivist.store import Store

        return Store(self.config.store_root)

    @cached_property
    def annex(self) -> Annex:
        """The catalogue's rules: the workspace's own schemas/ win over the shipped ones."""
        from archivist.schemas import load_annex

        return load_annex(self.data("schemas"))

    def data(self, name: str) -> Path:
        """Return the workspace's own folder ``name`` (schemas, doc_templates) or the shipped one."""
        own = self.config.workspace / name
        return own if own.is_dir() else data_folder(name)

    @contextmanager
    def writing(self, command: str) -> Iterator[Index]:
        """Hold the workspace's one write lock and the index; a second writer is told who holds it."""
        from archivist.index.writer import Index

        self.store.prepare()
        with _locked(self.store.private, command):
            index = Index(self.index_path, self.actor)
            try:
                yield index
            finally:
                index.close()


def open_workspace(option: Path | None, actor: str | None, place: str = "cli") -> Workspace:
    """Find and open the workspace a command works on."""
    folder = find_workspace(option, os.environ, Path.cwd())
    return Workspace(load_config(folder), Actor(actor or system_user(), place))


def system_user() -> str:
    """The operating system's user, the actor of every event unless one is named."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "未知用户"


@contextmanager
def _locked(folder: Path, command: str) -> Iterator[None]:
    from filelock import FileLock, Timeout

    lock, holder = FileLock(folder / "lock"), folder / "holder.json"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise StoreError(f"这个档案库正在使用中：{_who(holder)}。请等它结束，或先停止它再运行。") from None
    except OSError as error:
        raise StoreError(f"档案库 {folder.parent} 不能写入（{error.strerror}）。请检查磁盘和权限。") from error
    try:
        told = {"command": command, "pid": os.getpid(), "host": socket.gethostname(), "user": system_user(), "since": now()}
        with suppress(OSError):
            holder.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        yield
    finally:
        with suppress(OSError):
            holder.unlink()
        lock.release()


def _who(holder: Path) -> str:
    try:
        told = json.loads(holder.read_text("utf-8"))
        return f"{told['user']} 在 {told['host']} 上运行的 archivist {told['command']}（进程号 {told['pid']}，自 {told['since']}）"
    except (OSError, ValueError, KeyError, TypeError):
        return "另一个 archivist 程序"
