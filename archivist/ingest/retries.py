"""Failed attempts at one file and when it is tried again (重试): kept in the index, so that a restart forgets none."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from archivist.index.attempts import Attempt
from archivist.system.clock import now

if TYPE_CHECKING:
    from archivist.index.writer import Index

GIVE_UP = 5
"""So many failures alike are no accident: trying again would not help, a person has to look."""

_FIRST_REST, _LONGEST_REST = 60.0, 3600.0


class Retries:
    """Counts the failures of each source, with growing rests between attempts.

    Args:
        clock: seconds since 1970; one that was set back makes nobody wait longer than the longest rest.
    """

    def __init__(self, index: Index, clock: Callable[[], float] = time.time) -> None:
        self._index, self._clock = index, clock
        self._failed = index.attempts.all()

    def due(self, source: int) -> bool:
        """Whether a source may be tried (again) now."""
        failed = self._failed.get(source)
        return failed is None or not 0 < failed.next - self._clock() <= _LONGEST_REST

    def failed(self, source: int, error: str) -> Attempt:
        """Note a failure; ``error`` is a Chinese sentence."""
        before = self._failed.get(source)
        count = before.count + 1 if before else 1
        same = before.same + 1 if before and before.error == error else 1
        rest = min(_FIRST_REST * 2 ** min(count - 1, 20), _LONGEST_REST)
        attempt = Attempt(source, count, same, error, now(), self._clock() + rest)
        self._index.attempts.put(attempt)
        self._failed[source] = attempt
        return attempt

    def done(self, source: int) -> None:
        """The source's work is done."""
        if self._failed.pop(source, None) is not None:
            self._index.attempts.forget(source)
