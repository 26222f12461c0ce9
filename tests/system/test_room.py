"""How much room a disk has is told with the disk's name, what is left and what is needed."""

from __future__ import annotations

import errno
from collections import namedtuple
from contextlib import AbstractContextManager
from pathlib import Path
from unittest.mock import patch

import pytest

from archivist.errors import StoreError
from archivist.system.durable import os_reason, told_in_chinese
from archivist.system.room import room_told, size_told

Usage = namedtuple("Usage", "total used free")


def full(free: int) -> AbstractContextManager[object]:
    return patch("archivist.system.room.disk_usage", lambda folder: Usage(1 << 40, 0, free))


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 MB"), (3_400_000, "3.2 MB"), (45 << 20, "45 MB"), (5 << 29, "2.5 GB")]
)
def test_sizes_are_told_as_people_read_them(count: int, told: str) -> None:
    assert size_told(count) == told


def test_a_full_disk_is_told_with_what_is_left_and_what_is_needed(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(bytes(2 << 20))
    with full(1 << 20):
        told = room_told(tmp_path / "没有" / "b", tmp_path / "a.pdf")
    assert told.endswith("这个磁盘还剩 1 MB，需要 2 MB") and told.startswith("“")


def test_room_enough_that_is_refused_all_the_same_is_a_quota(tmp_path: Path) -> None:
    with full(1 << 30):
        assert "配额" in room_told(tmp_path, 10)


def test_the_sentence_of_a_refused_step_names_the_disk_only_when_it_is_full(tmp_path: Path) -> None:
    with (
        full(1 << 20),
        pytest.raises(StoreError, match=r"磁盘空间不足.*还剩 1 MB，需要 5 MB"),
        told_in_chinese("保存收到的文件", tmp_path, 5 << 20),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert "还剩" not in os_reason(OSError(errno.EACCES, "denied", str(tmp_path)))
    assert "还剩" in os_reason(OSError(errno.EDQUOT, "quota", str(tmp_path)))
