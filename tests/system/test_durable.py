"""Steps on disk that hold: proved copies, names given without overwriting, refusals in words."""

from __future__ import annotations

import errno
import os
from itertools import islice
from pathlib import Path
from typing import Never

import pytest

from archivist.errors import ArchivistError, StoreError
from archivist.system import durable


def refusing(number: int) -> object:
    def refuse(*_: object) -> Never:
        raise OSError(number, os.strerror(number))

    return refuse


def test_a_copy_is_proved_by_its_bytes_and_never_written_over(tmp_path: Path) -> None:
    source = tmp_path / "a"
    source.write_bytes(b"bytes")
    told = durable.copy_flushed(source, tmp_path / "b")

    assert told == durable.sha256_of(source) == durable.sha256_of(tmp_path / "b")
    durable.copy_proved(source, tmp_path / "c", told)
    with pytest.raises(ArchivistError, match="“a”与收到时不一致"):
        durable.copy_proved(source, tmp_path / "d", "0" * 64)
    with pytest.raises(FileExistsError):
        durable.copy_flushed(source, tmp_path / "b")


def test_a_name_is_given_only_while_it_is_free(tmp_path: Path) -> None:
    (tmp_path / "temp").write_bytes(b"new")
    (tmp_path / "held").write_bytes(b"old")

    with pytest.raises(durable.Occupied):
        durable.link_into(tmp_path / "temp", tmp_path / "held")
    made = durable.link_free(tmp_path / "temp", tmp_path, iter(["held", "free"]))

    assert (made.read_bytes(), (tmp_path / "held").read_bytes()) == (b"new", b"old")
    assert list(islice(durable.numbered(), 3)) == ["", "-2", "-3"]


def test_where_there_are_no_links_a_name_is_given_by_renaming_and_still_never_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", refusing(errno.EOPNOTSUPP))
    (tmp_path / "temp").write_bytes(b"new")
    (tmp_path / "held").write_bytes(b"old")

    with pytest.raises(durable.Occupied):
        durable.link_into(tmp_path / "temp", tmp_path / "held")
    durable.link_into(tmp_path / "temp", tmp_path / "free")

    assert (tmp_path / "free").read_bytes() == b"new"
    assert (tmp_path / "held").read_bytes() == b"old"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.ENOTCONN])
def test_a_disk_that_is_full_or_gone_is_no_reason_to_try_another_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(os, "link", refusing(number))
    (tmp_path / "temp").write_bytes(b"new")

    with pytest.raises(OSError):
        durable.link_into(tmp_path / "temp", tmp_path / "free")
    assert not (tmp_path / "free").exists()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EROFS, "只读"),
        (errno.EACCES, "没有写入权限"),
        (errno.ENOENT, "文件夹不见了"),
        (errno.ENOTCONN, "共享盘断开了"),
        (errno.EXDEV, "系统报告"),
    ],
)
def test_a_refusal_is_one_sentence_with_what_to_do(number: int, words: str) -> None:
    with pytest.raises(StoreError) as told, durable.told_in_chinese("保存"):
        raise OSError(number, os.strerror(number))

    assert told.value.message.startswith("保存失败：")
    assert words in told.value.message
    assert "原文件没有动" in told.value.message


def test_a_folder_that_cannot_be_flushed_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    durable.sync_folder(tmp_path)
    durable.sync_folder(tmp_path / "none")
    monkeypatch.setattr(os, "fsync", refusing(errno.EINVAL))
    durable.sync_folder(tmp_path)

    assert durable.is_folder(tmp_path)
    assert not durable.is_folder(tmp_path / "none")
