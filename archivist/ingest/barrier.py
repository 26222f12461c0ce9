"""The barrier around one file (隔离): its trouble is a value and never stops the others.

A store or an index that refuses is nobody's own trouble: it goes through and ends the pass.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from archivist.errors import ArchivistError, StoreError

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Tried(Generic[T]):
    """What a stage made of one file, or the Chinese words for what went wrong."""

    value: T | None = None
    trouble: str = ""

    def then(self, stage: Callable[[T], U]) -> Tried[U]:
        """Run the next stage on what this one made; trouble is handed on."""
        if self.value is None:
            return Tried(trouble=self.trouble)
        return tried(partial(stage, self.value))


def tried(stage: Callable[[], T]) -> Tried[T]:
    """Run one stage of the work on one file.

    Raises:
        StoreError, sqlite3.Error: what every other file would meet, too.
    """
    try:
        return Tried(stage())
    except (StoreError, sqlite3.Error):
        raise
    except ArchivistError as error:
        return Tried(trouble=f"没有处理成：{error.message}")
    except Exception as error:
        if os.environ.get("ARCHIVIST_DEBUG"):
            raise
        return Tried(trouble=f"处理时出错（{type(error).__name__}: {' '.join(str(error).split())[:200]}）")
