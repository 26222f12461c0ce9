"""A log file that is missing is never healed in silence: writing stops, `status`, `verify` tell, `reindex` completes it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archivist.index import mirror
from archivist.index.mirror import segments
from archivist.preservation.fixity.verify import verify
from archivist.preservation.recovery.reindex import reindex
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.cli_running import run_archivist
from support.tampering import log_of


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace whose log has several files."""
    with pytest.MonkeyPatch.context() as small:
        small.setattr(mirror, "SEGMENT_BYTES", 6000)
        opened = w.workspace(tmp_path_factory.mktemp("log") / "w")
        for number in range(1, 4):
            w.pdf(opened.config.inbox / f"{number}.pdf", w.minutes(w.SHEEP, number))
            w.ingest(opened)
        w.ingest(opened)
    assert len(segments(opened.store.private / "events")) > 2
    return opened


@pytest.fixture
def opened(made: Workspace, tmp_path: Path) -> Workspace:
    return w.again(made, tmp_path / "copy")


def folder(opened: Workspace) -> Path:
    return opened.store.private / "events"


def emptied(place: Path) -> None:
    for path in segments(place):
        path.unlink()


WAYS: dict[str, Callable[[Workspace], object]] = {
    "all files": lambda opened: emptied(folder(opened)),
    "the folder": lambda opened: shutil.rmtree(folder(opened)),
    "the first file": lambda opened: segments(folder(opened))[0].unlink(),
    "one between": lambda opened: segments(folder(opened))[1].unlink(),
    "the last file": lambda opened: log_of(opened).unlink(),
    "lines at the end": lambda opened: log_of(opened).write_bytes(
        b"".join(log_of(opened).read_bytes().splitlines(keepends=True)[:-2])
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_writing_stops_status_and_verify_tell_and_reindex_completes_it(opened: Workspace, way: str) -> None:
    before = w.rows(opened, "SELECT hash FROM events ORDER BY seq")
    WAYS[way](opened)
    left = [path.name for path in segments(folder(opened))]
    w.pdf(opened.config.inbox / "新的.pdf", w.minutes(w.SHEEP, 9))
    told = w.message_of(lambda: w.ingest(opened))
    status = json.loads(run_archivist("-w", str(opened.config.workspace), "status", "--json").text)
    codes = {one.code for one in verify(opened).findings if one.severity == "error"}

    assert "archivist reindex" in told
    assert "没有自动补写" in told
    assert "没有自动补写" in status["index"]["problem"]
    assert not status["healthy"]
    assert codes == {"log"}
    assert [path.name for path in segments(folder(opened))] == left
    assert (opened.config.inbox / "新的.pdf").is_file()

    outcome = reindex(opened, lambda path, name: ())
    w.ingest(opened)

    assert any("已按旧的索引数据库补全" in one for one in outcome.problems)
    assert w.rows(opened, "SELECT hash FROM events ORDER BY seq")[: len(before)] == before
    assert [one for one in verify(opened).findings if one.severity == "error"] == []
    assert w.disagreements(opened) == []


def test_every_writing_command_ends_7(opened: Workspace) -> None:
    WAYS["all files"](opened)
    where = ("-w", str(opened.config.workspace))

    assert run_archivist(*where, "ingest").code == 7
    assert run_archivist(*where, "date", "D00001", "2024-11-09").code == 7
    assert run_archivist(*where, "deregister", w.SHEEP.code).code in {6, 7}
    assert run_archivist(*where, "verify").code == 6


def test_the_end_that_a_kill_left_unwritten_is_still_made_good(opened: Workspace) -> None:
    """Committed, killed before the log: the reach was remembered with an earlier transaction."""
    lines = log_of(opened).read_bytes().splitlines(keepends=True)
    seq = w.rows(opened, "SELECT MAX(seq) FROM events")[0][0]
    with w.tables_open(opened) as index:
        index.connection.execute("UPDATE log_reach SET seq = ?", [seq - 1])
        index.connection.commit()
    log_of(opened).write_bytes(b"".join(lines[:-1]))
    w.ingest(opened)

    assert log_of(opened).read_bytes().startswith(b"".join(lines))
    assert w.disagreements(opened) == []
