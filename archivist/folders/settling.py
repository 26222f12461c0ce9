"""Whether the copying of a file is finished (复制完成): it is taken when it has stood still for the settling time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from archivist.folders.listing import WaitingFile
from archivist.system.fingerprints import Fingerprint


class Settling:
    """Tells which files stand still, by the file system's clock or, if that is odd, by having watched them.

    Args:
        seconds: how long a file must stand still. now: the file system's time in ns. clock: seconds that only grow.
        closed: whether a file that stands still for less was closed by its writer and is whole.
        unfinished: whether a file plainly lacks its end. patience: seconds that such a file must stand still.
    """

    def __init__(
        self,
        seconds: float,
        now: Callable[[], int],
        clock: Callable[[], float],
        closed: Callable[[Path, int], bool] = lambda path, size: False,
        unfinished: Callable[[Path], bool] = lambda path: False,
        patience: float = 0.0,
    ) -> None:
        self._closed, self._unfinished, self._patience = closed, unfinished, patience
        self._seconds, self._now, self._clock = seconds, now, clock
        self._since: dict[tuple[Path, Fingerprint, int], float] = {}
        self._ended: set[tuple[Path, Fingerprint, int]] = set()

    def split(
        self, files: Iterable[WaitingFile], for_ends: bool = False
    ) -> tuple[list[WaitingFile], list[WaitingFile]]:
        """Return the files that are complete, and those that may still be written.

        Args:
            for_ends: leave files that lack their end to whoever may still write it.
        """
        ready: list[WaitingFile] = []
        young: list[WaitingFile] = []
        files = list(files)
        if not files:
            self._since, self._ended = {}, set()
            return ready, young
        now, clock = self._now(), self._clock()
        keys = {file.path: (file.path, file.stamp, file.changed) for file in files}
        self._since = {key: self._since.get(key, clock) for key in keys.values()}
        self._ended.intersection_update(self._since)
        for file in files:
            watched = clock - self._since[keys[file.path]]
            still = max((now - file.changed) / 1e9, watched)
            complete = still >= self._seconds or self._closed(file.path, file.stamp.size)
            if complete and for_ends and still < self._patience:
                complete = self._has_its_end(keys[file.path])
            (ready if complete else young).append(file)
        return ready, young

    def _has_its_end(self, key: tuple[Path, Fingerprint, int]) -> bool:
        """Whether a file is plainly whole; looked at once, for thousands may wait through many looks."""
        if key not in self._ended:
            if self._unfinished(key[0]):
                return False
            self._ended.add(key)
        return True
