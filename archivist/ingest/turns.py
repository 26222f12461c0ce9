"""Giving way (让位): while a pass reads, copies or waits, other people's decisions get in.

The write lock is held for what is decided and recorded, never for what takes long. What was asked of the index before
giving way may have changed after it: `Turns.seen` tells whether anybody wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace


class Turns:
    """Lets others write between the transactions of one pass; nothing where the lock is not held.

    Args:
        stop: asked while waiting for the lock to be had again; True gives up (`Busy`).
    """

    def __init__(self, workspace: Workspace, index: Index, stop: Callable[[], bool]) -> None:
        self._workspace, self._index, self._stop = workspace, index, stop

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Let others write meanwhile. Nothing may be open: no transaction, no rows half read."""
        assert not self._index.connection.in_transaction
        with self._workspace.aside(self._stop):
            yield

    def give_way(self) -> None:
        """Let whoever waits write now."""
        if self._workspace.wanted():
            with self.aside():
                pass

    def seen(self) -> int:
        """A number that is another one after somebody else wrote."""
        return self._index.others_wrote()
