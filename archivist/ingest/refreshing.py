"""In a long pass the pages people look at are not left behind (页面更新)."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from archivist.errors import StoreError

if TYPE_CHECKING:
    from archivist.decisions.desk import Desk

_SECONDS = 0.5
_SHARE = 16.0
"""Pages are written anew so often during a pass, and never for more than about a sixteenth of the time."""


class Refreshing:
    """Writes pages anew while a pass goes on."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._after = desk, time.monotonic()

    def now_and_then(self) -> None:
        """Write what is stale, unless that was done a moment ago."""
        begun = time.monotonic()
        if begun <= self._after:
            return
        with suppress(StoreError):  # the end of the pass tells when pages cannot be written
            self._desk.refresh_pages()
            self._desk.answers.refresh()
        now = time.monotonic()
        self._after = now + max(_SECONDS, _SHARE * (now - begun))
