"""In a long pass the pages people look at are not left behind (页面更新)."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from archivist.errors import StoreError

if TYPE_CHECKING:
    from archivist.decisions.desk import Desk
    from archivist.ingest.turns import Turns

_SECONDS = 0.5
_SHARE = 16.0
"""Pages are written anew so often during a pass, and never for more than about a sixteenth of the time."""


class Refreshing:
    """Writes pages anew while a pass goes on."""

    def __init__(self, desk: Desk, turns: Turns) -> None:
        self._desk, self._turns, self._after = desk, turns, time.monotonic()

    def now_and_then(self) -> None:
        """Write what is stale, unless that was done a moment ago."""
        begun = time.monotonic()
        if begun <= self._after:
            return
        with suppress(StoreError):  # the end of the pass tells when pages cannot be written
            self.pages()
            self._desk.answers.refresh()
        now = time.monotonic()
        self._after = now + max(_SECONDS, _SHARE * (now - begun))

    def pages(self) -> None:
        """Write the projects' pages that no longer say what the index says, with pauses in which others write."""
        self._desk.refresh_pages(between=self._turns.give_way)
