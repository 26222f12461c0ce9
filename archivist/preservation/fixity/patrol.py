"""The scheduled check while ``watch`` is idle (定期核验): a little at a time, resumed where it stopped."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from archivist.index.database import database_told
from archivist.index.rounds import Round
from archivist.preservation.fixity.expected import VAULT, Expected, compare, copies, originals
from archivist.preservation.fixity.findings import ERROR, Discrepancy
from archivist.preservation.fixity.hashing import SM3, hash_file
from archivist.preservation.fixity.verify import reopen_damaged
from archivist.system.clock import now

if TYPE_CHECKING:
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace

_LOOK_SECONDS = 60.0
_LONGEST_STEP = 2.0
"""Seconds' worth of bytes that one step may catch up with, however long ago the last one was."""


def due(workspace: Workspace, index: Index) -> bool:
    """Whether there is something to check now: a round under way, or the last one too long ago."""
    days = workspace.config.fixity.interval_days
    if days == 0:
        return False
    current = index.rounds.last()
    if current.began is not None or current.ended is None:
        return True
    return datetime.fromisoformat(current.ended) + timedelta(days=days) <= datetime.fromisoformat(now())


def all_expected(index: Index) -> list[Expected]:
    """Every file that should be there, in the order of a round."""
    return sorted([*originals(index), *copies(index)], key=lambda one: one.path)


def verify_some(
    workspace: Workspace,
    index: Index,
    budget_bytes: int,
    stop: Callable[[], bool] = lambda: False,
    expected: Sequence[Expected] | None = None,
    aside: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> list[Discrepancy]:
    """Check files from where the last call stopped, about ``budget_bytes`` of them; at least one. Write lock held.

    What is wrong is logged at once (event ``fixity``); a finished round is logged as ``verified``.

    Args:
        stop: asked between files. expected: what `all_expected` said, if nothing changed since.
        aside: lets others write while files are read; what was read then is read anew if they did.
    """
    current = index.rounds.last()
    if current.began is None:
        current = Round(began=now(), ended=current.ended)
    left = [
        one for one in (all_expected(index) if expected is None else expected) if one.path > current.position
    ]
    found, sm3, used, files, position = [], {}, 0, 0, current.position
    seen = index.others_wrote()
    with aside():
        for one in left:
            if (files and used >= budget_bytes) or stop():
                break
            finding, size, second = _check(workspace, one)
            if finding is not None:
                found.append(finding)
            if second is not None:
                sm3[one.sha256] = second
            used, files, position = used + max(size, 1), files + 1, one.path
    if index.others_wrote() != seen:
        return []  # a file may have been moved by a decision
    index.digests.put(sm3)
    errors = [finding for finding in found if finding.severity == ERROR]
    after = Round(
        current.began,
        position,
        current.files + files,
        current.bytes + used,
        current.findings + len(errors),
        current.ended,
    )
    _remember(index, after, errors, files == len(left))
    return errors


def _check(workspace: Workspace, one: Expected) -> tuple[Discrepancy | None, int, str | None]:
    first = one.role == VAULT and one.sm3 is None and SM3 and workspace.config.fixity.sm3 == "yes"
    hashed = hash_file(workspace.store.path(one.path), first)
    finding = compare(one, hashed)
    return finding, hashed.size, hashed.sm3 if finding is None and first else None


def _remember(index: Index, after: Round, errors: list[Discrepancy], finished: bool) -> None:
    with index.change():
        for finding in errors:
            index.event("fixity", finding.known.document or finding.path, **finding.record())
        reopen_damaged(index, errors)
        if finished:
            told = {
                "began": after.began,
                "files": after.files,
                "bytes": after.bytes,
                "findings": after.findings,
            }
            index.event("verified", "", scope="scheduled", **told)
            after = Round(ended=now())
        index.rounds.put(after)


class Patrol:
    """Checks a little whenever it is called, at the rate the settings allow."""

    def __init__(
        self,
        workspace: Workspace,
        index: Index,
        clock: Callable[[], float] = time.monotonic,
        aside: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._workspace, self._index, self._clock, self._aside = workspace, index, clock, aside
        self._last = clock()
        self._looked = float("-inf")
        self._known: tuple[tuple[int, str], list[Expected]] | None = None

    def step(self, stop: Callable[[], bool] = lambda: False) -> list[str]:
        """Check as much as the time since the last call allows; return sentences about what is wrong."""
        passed, self._last = self._clock() - self._last, self._clock()
        with database_told(self._workspace.index_path):
            under_way = self._index.rounds.last().began is not None
            if not under_way and self._clock() - self._looked < _LOOK_SECONDS:
                return []
            self._looked = self._clock()
            if not due(self._workspace, self._index):
                return []
            rate = self._workspace.config.fixity.mb_per_second * (1 << 20)
            budget = int(rate * min(passed, _LONGEST_STEP))
            found = verify_some(self._workspace, self._index, budget, stop, self._expected(), self._aside)
        return [f"定期核验发现：{finding.message}{finding.advice}" for finding in found]

    def _expected(self) -> list[Expected]:
        """What should be there, asked again only when something happened."""
        head = self._index.events.head()
        if self._known is None or self._known[0] != head:
            self._known = (head, all_expected(self._index))
        return self._known[1]
