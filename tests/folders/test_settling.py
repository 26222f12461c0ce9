"""Whether the copying of a file is finished: what is asked of a file, and how often."""

from __future__ import annotations

from pathlib import Path

from archivist.core.document import INBOX
from archivist.folders.listing import WaitingFile
from archivist.folders.settling import Settling
from archivist.system.fingerprints import fingerprint_of

_OLD = 10_000_000_000


def waiting(path: Path) -> WaitingFile:
    stamp = fingerprint_of(path)
    assert stamp is not None
    return WaitingFile(path, path.name, INBOX, stamp, 0)


def test_a_whole_file_that_waits_through_many_looks_is_looked_at_once_and_again_when_it_changed(
    tmp_path: Path,
) -> None:
    path, looked = tmp_path / "a.pdf", list[Path]()
    path.write_bytes(b"whole")

    def unfinished(one: Path) -> bool:
        looked.append(one)
        return False

    settling = Settling(2.0, lambda: _OLD, lambda: 0.0, unfinished=unfinished, patience=3600.0)
    for _ in range(5):
        assert settling.split([waiting(path)], for_ends=True)[0]
    assert len(looked) == 1
    path.write_bytes(b"whole, and longer")
    assert settling.split([waiting(path)], for_ends=True)[0]
    assert len(looked) == 2


def test_a_file_that_lacks_its_end_is_looked_at_again_until_it_has_one(tmp_path: Path) -> None:
    path, answers = tmp_path / "a.pdf", [True, True, False]
    path.write_bytes(b"half")
    settling = Settling(
        2.0, lambda: _OLD, lambda: 0.0, unfinished=lambda one: answers.pop(0), patience=3600.0
    )
    found = [bool(settling.split([waiting(path)], for_ends=True)[0]) for _ in range(4)]
    assert found == [False, False, True, True]
