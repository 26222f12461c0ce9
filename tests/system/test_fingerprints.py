"""Stamps tell that a file is the same without reading it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archivist.system import fingerprints
from archivist.system.fingerprints import fingerprint_of, full_fingerprint_of, remember_share


def test_a_stamp_changes_with_the_bytes_and_a_full_one_with_anything_done_to_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"one")
    before, whole = fingerprint_of(path), full_fingerprint_of(path)
    os.utime(path, ns=(0, path.stat().st_mtime_ns))

    assert fingerprint_of(path) == before
    if os.name != "nt":
        assert full_fingerprint_of(path) != whole
        assert str(whole) != str(before)
    path.write_bytes(b"another")
    assert fingerprint_of(path) != before


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights on Windows")
def test_what_is_no_file_has_no_stamp(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    (tmp_path / "file").write_bytes(b"x")

    for path in (tmp_path, tmp_path / "link", tmp_path / "none"):
        assert fingerprint_of(path) is None
        assert full_fingerprint_of(path) is None


def test_on_a_share_the_number_of_a_file_counts_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"one")
    plain = fingerprint_of(path)
    monkeypatch.setattr(fingerprints, "_SHARED", set())
    remember_share(tmp_path)
    shared = fingerprint_of(path)

    assert plain is not None
    assert shared is not None
    assert (plain.inode > 0, shared.inode) == (True, 0)
    assert (plain.size, plain.mtime) == (shared.size, shared.mtime)
