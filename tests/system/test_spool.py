"""What is put aside comes back, in memory or on disk, and leaves nothing behind."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from archivist.system.spool import Spool


def test_what_is_put_comes_back_as_often_as_it_is_asked_for() -> None:
    spool = Spool()
    for one in ({"甲": None}, ["\ud800", 1.5, "\n"], "乙"):
        spool.put(one)

    assert list(spool.each()) == list(spool.each()) == [{"甲": None}, ["\ud800", 1.5, "\n"], "乙"]


def test_much_goes_to_disk_and_goes_with_the_spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    spool = Spool()
    for number in range(60):
        spool.put([number, "长" * 50_000])

    assert [one[0] for one in spool.each()] == list(range(60))
    del spool
    assert list(tmp_path.iterdir()) == []
