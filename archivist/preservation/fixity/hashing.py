"""Hash many files: one buffer a thread, read in place; large files two at a time, for hashing frees the interpreter."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import local
from typing import TypeVar

Key = TypeVar("Key")

_BUFFER = 1 << 20
_LARGE = 4 << 20
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

SM3 = "sm3" in hashlib.algorithms_available
"""Whether this computer's OpenSSL has the national standard's digest."""


@dataclass(frozen=True, slots=True)
class Hashed:
    """A file's digests and size, or why it has none: "missing" or what the system says."""

    sha256: str = ""
    sm3: str | None = None
    size: int = 0
    trouble: str = ""


_buffers = local()


def hash_file(path: Path | str, sm3: bool = False) -> Hashed:
    """Return the digests of a regular file; links are not followed. SM3 only where asked for and available."""
    buffer = getattr(_buffers, "view", None)
    if buffer is None:
        buffer = _buffers.view = memoryview(bytearray(_BUFFER))
    digest = hashlib.sha256()
    second = hashlib.new("sm3") if sm3 and SM3 else None
    size = 0
    try:
        handle = os.open(path, _OPEN)
        with open(handle, "rb", buffering=0) as stream:  # noqa: PTH123  (a descriptor, opened without links)
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return Hashed(trouble="不是普通文件")
            while count := stream.readinto(buffer):
                part = buffer[:count]
                digest.update(part)
                if second is not None:
                    second.update(part)
                size += count
    except FileNotFoundError:
        return Hashed(trouble="missing")
    except OSError as error:
        return Hashed(trouble=error.strerror or str(error))
    return Hashed(digest.hexdigest(), second.hexdigest() if second is not None else None, size)


def hash_files(
    files: Iterable[tuple[Key, Path | str, bool]], stop: Callable[[], bool] = lambda: False
) -> Iterator[tuple[Key, Hashed]]:
    """Yield each file's key and digests, large files last. Each comes as (key, path, whether SM3 is wanted)."""
    large = []
    for key, path, sm3 in files:
        if stop():
            return
        if _size(path) >= _LARGE:
            large.append((key, path, sm3))
        else:
            yield key, hash_file(path, sm3)
    if not large:
        return
    with ThreadPoolExecutor(2) as pool:
        found = pool.map(lambda one: (one[0], hash_file(one[1], one[2])), large)
        for pair in found:
            if stop():
                pool.shutdown(cancel_futures=True)
                return
            yield pair


def _size(path: Path | str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116  (many)
    except OSError:
        return 0
