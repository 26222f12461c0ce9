"""The store: proved copies, nothing written over, every refusal a plain sentence."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from archivist.errors import ArchivistError, StoreError
from archivist.store.drops import SourceChanged, SourceUnreadable
from archivist.store.vault import Store
from archivist.system.durable import Occupied
from archivist.system.fingerprints import fingerprint_of
from support import workspaces as w

DATA = b"the bytes of an original" * 100_000
ROOT = sys.platform == "linux" and os.geteuid() == 0


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "store")
    made.root.mkdir()
    made.prepare()
    return made


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "扫描件0001.PDF"
    path.write_bytes(DATA)
    return path


def test_the_vaults_copy_is_the_originals_bytes_under_their_sha256_and_cannot_be_written(
    store: Store, source: Path
) -> None:
    safe = store.accession(source)
    kept = store.path(safe.vault)
    assert (kept.read_bytes(), kept.name) == (DATA, w.sha256(DATA) + ".pdf")
    assert (safe.size, safe.stamp) == (len(DATA), fingerprint_of(source))
    assert kept.stat().st_mode & 0o222 == 0
    assert source.read_bytes() == DATA
    assert list(store.scratch.iterdir()) == []


def test_the_same_bytes_are_kept_once_whatever_their_name(store: Store, source: Path, tmp_path: Path) -> None:
    other = tmp_path / "别的名字.docx"
    other.write_bytes(DATA)
    assert store.accession(source).vault == store.accession(other).vault
    assert sum(path.is_file() for path in store.vault.rglob("*")) == 1


def test_a_damaged_copy_in_the_vault_is_neither_used_nor_written_over(store: Store, source: Path) -> None:
    first = store.path(store.accession(source).vault)
    first.chmod(0o644)
    first.write_bytes(b"damaged")
    second = store.path(store.accession(source).vault)
    assert (first.read_bytes(), second.read_bytes()) == (b"damaged", DATA)


def test_a_file_that_grows_shrinks_or_vanishes_while_it_is_read_is_not_taken(
    store: Store, source: Path
) -> None:
    from archivist.store import drops

    def grow() -> None:
        with source.open("ab") as handle:
            handle.write(b"more")

    def shrink() -> None:
        os.truncate(source, 10)

    def replace() -> None:
        source.with_name("new").write_bytes(DATA)
        source.with_name("new").replace(source)

    real = drops.chunks
    for change in (grow, shrink, replace, source.unlink):

        def meddled(reader: object, change: object = change) -> Iterator[bytes]:
            for count, chunk in enumerate(real(reader)):  # type: ignore[arg-type]
                if count == 0:
                    change()  # type: ignore[operator]
                yield chunk

        with patch("archivist.store.vault.chunks", meddled), pytest.raises(SourceChanged):
            store.accession(source)
        source.write_bytes(DATA)
    assert list(store.scratch.iterdir()) == []
    assert not any(path.is_file() for path in store.vault.rglob("*"))


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are POSIX here")
def test_a_link_or_pipe_put_in_a_files_place_is_not_opened(store: Store, source: Path) -> None:
    source.unlink()
    source.symlink_to("/etc/passwd")
    with pytest.raises(SourceChanged):
        store.accession(source)
    source.unlink()
    os.mkfifo(source)
    with pytest.raises(SourceChanged):
        store.measure(source)


@pytest.mark.skipif(sys.platform == "win32" or ROOT, reason="root may read everything")
def test_a_file_without_permission_is_told(store: Store, source: Path) -> None:
    source.chmod(0)
    with pytest.raises(SourceUnreadable, match="没有读取权限"):
        store.accession(source)


def test_a_copy_is_never_placed_over_a_file(store: Store, source: Path) -> None:
    safe = store.accession(source)
    target = store.root / "项目/04.pdf"
    target.parent.mkdir()
    target.write_bytes(b"a person's file")
    with pytest.raises(Occupied):
        store.place(store.path(safe.vault), target, safe.sha256)
    assert target.read_bytes() == b"a person's file"
    assert list(store.scratch.iterdir()) == []


@pytest.mark.parametrize("linking", [True, False])
def test_placed_copies_are_whole_also_on_file_systems_without_hard_links(
    store: Store, source: Path, linking: bool
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    with patch("os.link", os.link if linking else refuse):
        safe = store.accession(source)
        target = store.root / "项目/04.pdf"
        store.place(store.path(safe.vault), target, safe.sha256)
        with pytest.raises(Occupied):
            store.place(store.path(safe.vault), target, safe.sha256)
    assert (target.read_bytes(), store.path(safe.vault).read_bytes()) == (DATA, DATA)
    assert target.stat().st_ino != store.path(safe.vault).stat().st_ino


def test_a_vault_copy_that_went_bad_is_not_handed_out(store: Store, source: Path) -> None:
    safe = store.accession(source)
    kept = store.path(safe.vault)
    kept.chmod(0o644)
    kept.write_bytes(DATA[:-1] + b"!")
    with pytest.raises(ArchivistError, match="与收到时不一致"):
        store.place(kept, store.root / "a.pdf", safe.sha256)
    assert not (store.root / "a.pdf").exists()


def test_a_store_that_is_not_there_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="共享盘是否断开"):
        Store(tmp_path / "share" / "store").prepare()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EDQUOT, "配额"),
        (errno.EROFS, "只读"),
        (errno.EACCES, "没有写入权限"),
        (errno.EIO, "读写出错"),
        (errno.ENOENT, "共享盘是否断开"),
        (errno.ENODEV, "系统报告"),
    ],
)
def test_every_refusal_of_the_disk_is_a_plain_sentence_and_leaves_nothing_half_done(
    store: Store, source: Path, code: int, words: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    with patch("os.fsync", refuse), pytest.raises(StoreError, match=words) as told:
        store.accession(source)
    assert "原文件没有动" in told.value.message
    assert source.read_bytes() == DATA
    assert list(store.scratch.iterdir()) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = ROOT and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1536k", "tmpfs", disk], check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("needs to mount a small disk")
    yield disk
    subprocess.run(["umount", "-l", disk], check=False)


def test_a_disk_that_is_really_full_is_told_and_loses_nothing(small_disk: Path, source: Path) -> None:
    store = Store(small_disk)
    store.prepare()
    with pytest.raises(StoreError, match="磁盘空间不足"):
        store.accession(source)
    assert source.read_bytes() == DATA
    assert list(store.scratch.iterdir()) == []


def test_a_workspace_on_a_full_or_read_only_disk_goes_on_when_there_is_room(
    small_disk: Path, tmp_path: Path
) -> None:
    opened = w.workspace(small_disk / "w")
    dropped = w.pdf(tmp_path / "a.pdf", w.minutes(w.SHEEP))
    inbox = opened.config.inbox / "a.pdf"
    inbox.write_bytes(dropped.read_bytes())
    ballast = small_disk / "ballast"
    with ballast.open("wb", buffering=0) as handle:
        for size in (4096, 1):
            with pytest.raises(OSError, match="space"):
                while True:
                    handle.write(b"x" * size)
    assert "磁盘" in w.message_of(lambda: w.ingest(opened))
    assert inbox.read_bytes() == dropped.read_bytes()
    ballast.unlink()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert "不能写入" in w.message_of(lambda: w.ingest(opened)) or "只读" in w.message_of(
        lambda: w.ingest(opened)
    )
    assert [row["status"] for row in w.documents(opened)] == []
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    w.ingest(opened)
    assert [row["status"] for row in w.documents(opened)] == ["filed"]
    assert w.disagreements(opened) == []


def test_where_a_store_has_been_no_new_one_is_begun_until_somebody_says_so(tmp_path: Path) -> None:
    """An empty folder may be the mount point of a share that is not connected."""
    root, mark = tmp_path / "root", tmp_path / "mark"
    root.mkdir()
    Store(root, mark).prepare()
    root.rename(tmp_path / "away")
    root.mkdir()
    with pytest.raises(StoreError, match="原有的档案不见了"):
        Store(root, mark).prepare()
    assert list(root.iterdir()) == []
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    mark.unlink()
    for place in (root, elsewhere):  # a new beginning, and another place in the settings
        store = Store(place, mark)
        store.prepare()
        assert store.is_there()
