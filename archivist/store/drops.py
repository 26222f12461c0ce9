"""Dropped files opened for reading: never through a link, never while somebody writes, never a pipe or device."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from archivist.system.durable import os_reason
from archivist.system.fingerprints import Fingerprint, fingerprint_in
from archivist.system.locks import being_written

_CHUNK = 1 << 20
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class SourceChanged(Exception):
    """The file changed, grew or vanished while it was read: it is not complete, come back later."""


class SourceUnreadable(Exception):
    """The file cannot be read (permission, device, damaged disk); args: a Chinese reason."""


@contextmanager
def opened(source: Path) -> Iterator[tuple[BinaryIO, Fingerprint]]:
    """Open a dropped file for reading: never through a link, never a pipe or device put in its place."""
    try:
        handle = os.open(source, _OPEN)
    except OSError as error:
        if error.errno in {errno.ENOENT, errno.ELOOP}:
            raise SourceChanged(str(source)) from None
        raise SourceUnreadable(_read_reason(error)) from error
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or being_written(handle):
            raise SourceChanged(str(source))
        reader = os.fdopen(handle, "rb")
    except OSError as error:  # a share that breaks off at this moment
        os.close(handle)
        raise SourceUnreadable(_read_reason(error)) from error
    except SourceChanged:
        os.close(handle)
        raise
    with reader:
        yield reader, fingerprint_in(found)


def chunks(reader: BinaryIO) -> Iterator[bytes]:
    """What is left of a file, piece by piece; SourceUnreadable when the disk refuses."""
    while True:
        try:
            chunk = reader.read(_CHUNK)
        except OSError as error:
            raise SourceUnreadable(_read_reason(error)) from error
        if not chunk:
            return
        yield chunk


def _read_reason(error: OSError) -> str:
    if error.errno in {errno.EACCES, errno.EPERM}:
        return "没有读取权限，请检查文件权限"
    return f"读不出来（{os_reason(error)}），请重新复制一份"
