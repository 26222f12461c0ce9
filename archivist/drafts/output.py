"""Writes a finished document beside others, never over one."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from archivist.errors import BadInputError, StoreError


def write_new(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``, whole or not at all.

    Raises:
        StoreError: ``path`` exists already, or the disk refuses (full, read-only).
        BadInputError: the folder is not there.
    """
    if not path.parent.is_dir():
        raise BadInputError(
            f"文件夹 {path.parent} 不存在，{path.name} 没有写入。请先建好文件夹，或换一个位置。"
        )
    if os.path.lexists(path):
        raise _exists(path)
    part = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        _write_durably(part, data)
        _give_name(part, path, data)
    except FileExistsError:
        raise _exists(path) from None
    except OSError as error:
        raise StoreError(
            f"{path} 写不进去（{error.strerror or error}）。请检查磁盘空间和文件夹权限，或换一个位置。"
        ) from None
    finally:
        part.unlink(missing_ok=True)


def _exists(path: Path) -> StoreError:
    return StoreError(f"{path} 已经存在，没有覆盖。请换一个文件名（-o），或先把原来的文件移走。")


def _write_durably(path: Path, data: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _give_name(part: Path, path: Path, data: bytes) -> None:
    """Give the finished file its name without replacing: a hard link, or else a second write."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        try:
            _write_durably(path, data)
        except FileExistsError:
            raise
        except OSError:
            path.unlink(missing_ok=True)
            raise
