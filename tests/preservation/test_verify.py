"""Tampering with any file, row or event is found and named; what can be put right is; nothing is thrown away."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from archivist.core.model import Actor
from archivist.filing.wiring import filing_of
from archivist.index.events import event_hash
from archivist.pages.project import refresh_stale
from archivist.preservation.fixity.findings import Discrepancy
from archivist.preservation.fixity.hashing import SM3, hash_file
from archivist.preservation.fixity.patrol import Patrol, due, verify_some
from archivist.preservation.fixity.repair import Repaired, Repairer
from archivist.preservation.fixity.verify import verify
from archivist.preservation.recovery.reindex import reindex
from archivist.system.durable import sha256_of
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.killing import Countdown, killed_at, needs_fork, steps
from support.tampering import cut, flip, log_of, rewritten, tampered
from support.watching import until, watcher


def found(opened: Workspace, severity: str = "error") -> list[tuple[str, str]]:
    return [(f.code, f.path) for f in verify(opened).findings if f.severity == severity]


def document(opened: Workspace, status: str = "filed", source: str = "") -> dict[str, Any]:
    return next(r for r in w.documents(opened) if r["status"] == status and source in r["source"])


# -- sound ---------------------------------------------------------------------------------------------------------


def test_what_nobody_touched_is_sound_and_the_outcome_is_an_event(opened: Workspace) -> None:
    report = verify(opened)
    (told,) = w.rows(opened, "SELECT detail FROM events WHERE act = 'verified'")

    assert (report.sound, report.findings) == (True, [])
    assert report.originals == len({path for path in opened.store.vault.rglob("*") if path.is_file()})
    assert report.copies == len(
        list(w.rows(opened, "SELECT path FROM documents WHERE path IS NOT NULL"))
    ) + len(w.rows(opened, "SELECT path FROM copies"))
    assert json.loads(told[0])["checked"]["originals"] == report.originals
    assert verify(opened).findings == []
    assert w.disagreements(opened) == []


@pytest.mark.skipif(not SM3, reason="this OpenSSL has no SM3")
def test_the_second_digest_is_made_once_and_checked_where_asked(opened: Workspace) -> None:
    verify(opened)
    known = dict(w.rows(opened, "SELECT sha256, sm3 FROM digests"))
    vault, sha256 = w.rows(opened, "SELECT vault, sha256 FROM sources")[0]

    assert known[sha256] == hashlib.new("sm3", opened.store.path(vault).read_bytes()).hexdigest()
    assert len(known) == len(set(w.rows(opened, "SELECT sha256 FROM sources WHERE vault IS NOT NULL")))
    assert verify(opened, again_sm3=True).findings == []


def test_verify_does_not_mind_that_a_file_sent_back_was_taken(opened: Workspace) -> None:
    opened.store.path(document(opened, "rejected", "坏的")["path"]).unlink()

    assert verify(opened).findings == []


# -- files ---------------------------------------------------------------------------------------------------------


def test_one_changed_byte_of_an_original_is_found_and_named(opened: Workspace) -> None:
    row = document(opened, source="新合同")
    ((vault,),) = w.rows(opened, f"SELECT vault FROM sources WHERE sha256 = '{row['sha256']}'")
    flip(opened.store.path(vault))
    (finding,) = verify(opened).findings

    assert (finding.code, finding.severity, finding.path) == ("altered", "error", vault)
    assert (finding.known.document, finding.known.project, finding.known.item) == (row["id"], w.LEMON.code, 3)
    assert "新合同.pdf" in finding.message
    assert "archivist repair" in finding.advice


@pytest.mark.parametrize("how", ["altered", "missing"])
@pytest.mark.parametrize("status", ["filed", "review"])
def test_one_changed_byte_of_a_filed_or_waiting_file_is_found_and_named(
    opened: Workspace, status: str, how: str
) -> None:
    row = document(opened, status)
    path = opened.store.path(row["path"])
    flip(path) if how == "altered" else path.unlink()
    (finding,) = [f for f in verify(opened).findings if f.path == row["path"]]

    assert finding.code == how
    assert finding.known.document == row["id"]
    assert finding.severity == ("warning" if (status, how) == ("review", "missing") else "error")


def test_the_untouched_combined_scan_is_watched_too(opened: Workspace) -> None:
    ((path,), *_) = w.rows(opened, "SELECT path FROM copies")
    flip(opened.store.path(path))

    assert found(opened) == [("altered", path)]


def test_files_that_should_not_be_there_are_named(opened: Workspace) -> None:
    (opened.store.vault / "aa").mkdir(exist_ok=True)
    (opened.store.vault / "aa" / "stranger.pdf").write_bytes(b"x")
    (opened.config.review / "放错了.pdf").write_bytes(b"x")
    (opened.config.rejected / "link.pdf").symlink_to("/etc/hostname")

    assert found(opened) == [("unexpected", ".archivist/originals/aa/stranger.pdf")]
    assert found(opened, "warning") == [("unexpected", "待确认/放错了.pdf"), ("unexpected", "退回/link.pdf")]


def test_an_original_replaced_by_a_link_is_not_followed(opened: Workspace, tmp_path: Path) -> None:
    row = document(opened, source="新合同")
    path = opened.store.path(row["path"])
    path.replace(tmp_path / "same.pdf")
    path.symlink_to(tmp_path / "same.pdf")

    assert ("unreadable", row["path"]) in found(opened)


# -- records -------------------------------------------------------------------------------------------------------


COLUMNS = (
    "source, first, last, status, project, item, confidence, candidates, reasons, evidence, title, date, sealed, signed, "
    "path_sha256, text_source, archival, facts, marks"
)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE projects SET name = '别的' WHERE rowid = 1", ("row", "index.db projects 1")),
        ("UPDATE sources SET name = '别的.pdf' WHERE id = 3", ("row", "index.db sources 3")),
        ("UPDATE documents SET item = 1 WHERE rowid = 2", ("row", "index.db documents 2")),
        ("DELETE FROM documents WHERE rowid = 2", ("row", "index.db documents 2")),
        (
            f"INSERT INTO documents (id, path, {COLUMNS}) SELECT 'D99999', NULL, {COLUMNS} FROM documents WHERE rowid = 2",
            ("row", "index.db documents "),
        ),
        (
            "UPDATE lessons SET words = '别的' WHERE id = (SELECT MIN(id) FROM lessons)",
            ("row", "index.db lessons "),
        ),
        ("UPDATE copies SET source = 1 WHERE rowid = 1", ("row", "index.db copies 1")),
        ("INSERT INTO removals VALUES (9, 1, 'safe', x'61', NULL, 'x')", ("row", "index.db removals 9")),
        ("INSERT INTO digests VALUES ('x', 'y')", ("row", "index.db digests 1")),
        ("UPDATE pages SET text = text || '加一句' WHERE source = 3", ("text", "index.db pages 3")),
        ("DELETE FROM pages WHERE source = 3", ("text", "index.db pages 3")),
        ("DELETE FROM page_words_docsize WHERE id = 1", ("text", "index.db page_words")),
        ("UPDATE events SET actor = '别人' WHERE seq = 5", ("chain", "index.db events 5")),
        ("UPDATE events SET detail = '{}' WHERE seq = 7", ("chain", "index.db events 7")),
        ("DELETE FROM events WHERE seq = 6", ("chain", "index.db events 6")),
    ],
)
def test_one_changed_row_of_any_table_is_found_and_named(
    opened: Workspace, statement: str, expected: tuple[str, str]
) -> None:
    tampered(opened, statement)

    assert any(code == expected[0] and path.startswith(expected[1]) for code, path in found(opened))


def test_a_row_marked_as_not_logged_yet_is_named_all_the_same(opened: Workspace) -> None:
    """Nobody can hide a change behind the marks that a kill leaves."""
    tampered(
        opened,
        "UPDATE documents SET item = 1 WHERE rowid = 2",
        "INSERT INTO unlogged VALUES ('documents', 2)",
    )

    assert ("row", "index.db documents 2") in found(opened, "warning")


def test_triggers_that_were_taken_away_are_found(opened: Workspace) -> None:
    with closing(sqlite3.connect(opened.index_path)) as db:
        db.execute("DROP TRIGGER events_are_fixed")
        db.commit()

    assert found(opened) == [("chain", "index.db events")]


def test_two_swapped_events_are_found(opened: Workspace) -> None:
    tampered(
        opened,
        "UPDATE events SET seq = -1 WHERE seq = 4",
        "UPDATE events SET seq = 4 WHERE seq = 5",
        "UPDATE events SET seq = 5 WHERE seq = -1",
    )

    assert {"index.db events 4", "index.db events 5"} <= {path for _, path in found(opened)}


def test_an_event_put_in_is_found(opened: Workspace) -> None:
    ((seq, digest, at),) = w.rows(opened, "SELECT seq, hash, at FROM events ORDER BY seq DESC LIMIT 1")
    forged = event_hash(seq + 1, at, Actor("别人", "cli"), "assigned", "D00001", "{}", digest)
    tampered(
        opened,
        f"INSERT INTO events VALUES ({seq + 1}, '{at}', '别人', 'cli', 'assigned', 'D00001', '{{}}', "
        f"'{digest}', '{forged}')",
    )

    assert found(opened) == [("log", ".archivist/events")]  # the log does not have it


def test_a_tail_cut_off_the_database_is_found_and_stops_further_writing(opened: Workspace) -> None:
    ((seq,),) = w.rows(opened, "SELECT MAX(seq) FROM events")
    tampered(opened, f"DELETE FROM events WHERE seq > {seq - 3}")
    report = verify(opened)

    assert [f.path for f in report.findings if f.code == "chain"] == [
        f"index.db events {n}" for n in range(seq - 2, seq + 1)
    ]
    assert "没有记入日志" in report.findings[-1].message
    w.pdf(opened.config.inbox / "a.pdf", w.minutes(w.SHEEP, 9))
    assert "对不上" in w.message_of(lambda: w.ingest(opened))


def test_a_tail_cut_off_the_log_is_found(opened: Workspace) -> None:
    lines = log_of(opened).read_bytes().splitlines(keepends=True)
    log_of(opened).write_bytes(b"".join(lines[:-3]))

    assert found(opened) == [("log", ".archivist/events")]


@pytest.mark.parametrize("damage", ["changed", "removed", "swapped", "garbled"])
def test_a_changed_line_of_the_log_is_found(opened: Workspace, damage: str) -> None:
    lines = log_of(opened).read_bytes().splitlines(keepends=True)
    lines[4:6] = {
        "changed": [lines[4].replace("测试员".encode(), "别的人".encode()), lines[5]],
        "removed": [lines[5]],
        "swapped": [lines[5], lines[4]],
        "garbled": [b"{" + lines[4][5:], lines[5]],
    }[damage]
    log_of(opened).write_bytes(b"".join(lines))
    name = f".archivist/events/{log_of(opened).name} 第 5 行"

    assert name in {path for _, path in found(opened)}


def test_a_tail_cut_off_both_is_found_by_the_heads_in_the_project_folders(opened: Workspace) -> None:
    from archivist.store.layout import METADATA

    head = json.loads((w.folder_of(opened, w.SHEEP) / METADATA).read_text("utf-8"))["events_head"]["seq"]
    cut(opened, head - 1)
    report = verify(opened)

    assert ("head", f"项目档案/石坝镇/{w.SHEEP.code} {w.SHEEP.name}/{METADATA}") in {
        (f.code, f.path) for f in report.findings
    }


def test_a_chain_written_anew_is_found_by_the_heads(opened: Workspace) -> None:
    rewritten(opened, lambda row: row.update(actor="另一个人"))

    assert {code for code, _ in found(opened)} == {"head"}


def test_a_kept_read_that_was_lost_is_told_and_repaired(opened: Workspace) -> None:
    next((opened.store.private / "reads").rglob("*.z")).write_bytes(b"x")

    assert [code for code, _ in found(opened, "warning")] == ["text"]
    repaired(opened)
    assert verify(opened).findings == []


def test_verify_tells_to_rebuild_a_lost_index(opened: Workspace) -> None:
    opened.index_path.unlink()

    assert "archivist reindex" in w.message_of(lambda: verify(opened))


# -- repair --------------------------------------------------------------------------------------------------------


def repaired(opened: Workspace, *only: str) -> Repaired:
    with opened.writing("repair") as index:
        result = Repairer(opened.store, index, opened.config, filing_of(opened, index), only).run()
        refresh_stale(opened, index)
        return result


def test_altered_and_lost_files_come_back_and_the_altered_one_is_kept_with_a_note(opened: Workspace) -> None:
    filed, waits = document(opened, source="新合同"), document(opened, "review")
    cut_one = next(
        r for r in w.documents(opened) if r["status"] == "filed" and r["path_sha256"] != r["sha256"]
    )
    before = w.files(opened.config.store_root)
    flip(opened.store.path(filed["path"]))
    altered = opened.store.path(filed["path"]).read_bytes()
    opened.store.path(waits["path"]).unlink()
    opened.store.path(cut_one["path"]).unlink()
    ((combined,), *_) = w.rows(opened, "SELECT path FROM copies")
    opened.store.path(combined).unlink()
    result = repaired(opened)
    after = w.files(opened.config.store_root)

    assert result.left == []
    assert {path: sha for path, sha in after.items() if path in before} == before
    assert w.sha256(altered) in after.values()
    assert any(path.startswith("退回/改动过") and path.endswith("（说明）.txt") for path in after)
    assert verify(opened).findings == []
    acts = [act for (act,) in w.rows(opened, "SELECT act FROM events")]
    assert acts.count("repaired") == 4
    assert w.disagreements(opened) == []


def test_a_damaged_original_is_healed_from_the_filed_copy_and_the_damaged_one_kept(opened: Workspace) -> None:
    row = document(opened, source="新合同")
    ((vault,),) = w.rows(opened, f"SELECT vault FROM sources WHERE sha256 = '{row['sha256']}'")
    flip(opened.store.path(vault))
    damaged = opened.store.path(vault).read_bytes()
    result = repaired(opened)

    assert result.left == []
    assert verify(opened).findings == []
    assert damaged in {path.read_bytes() for path in (opened.store.private / "aside").rglob("*.pdf")}
    assert w.disagreements(opened) == []


@needs_fork
@pytest.mark.parametrize(
    "stride", [9, pytest.param(2, marks=pytest.mark.long)], ids=["at some steps", "at most steps"]
)
def test_killed_at_any_step_of_a_repair_the_next_one_finishes_and_nothing_is_lost(
    opened: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stride: int
) -> None:
    monkeypatch.setattr("os.fsync", lambda handle: None)
    row, other = document(opened, source="新合同"), document(opened, source="材料.zip")
    ((vault,),) = w.rows(opened, f"SELECT vault FROM sources WHERE sha256 = '{row['sha256']}'")
    flip(opened.store.path(vault))
    flip(opened.store.path(other["path"]))
    opened.store.path(document(opened, "review")["path"]).unlink()
    bytes_there = w.everywhere(opened) & {sha256_of(p) for p in opened.config.store_root.rglob("*.pdf")}
    count = Countdown(-1, lambda: None)
    with steps(count):
        repaired(w.again(opened, tmp_path / "clean"))
    killed = 0
    for step in range(1, count.seen + 1, stride):
        again = w.again(opened, tmp_path / "again")
        killed += killed_at(step, partial(repaired, again))
        assert repaired(again).left == []
        assert verify(again).findings == []
        assert bytes_there <= w.everywhere(again)
        shutil.rmtree(again.config.workspace)
    assert killed > 20 // stride


def test_an_original_that_is_lost_everywhere_is_left_and_told(opened: Workspace) -> None:
    row = document(opened, source="新合同")
    ((vault,),) = w.rows(opened, f"SELECT vault FROM sources WHERE sha256 = '{row['sha256']}'")
    flip(opened.store.path(vault))
    flip(opened.store.path(row["path"]))
    here = opened.store.path(row["path"]).read_bytes()
    left = repaired(opened).left

    assert [finding.path for finding in left] == [vault, row["path"]]
    assert opened.store.path(row["path"]).read_bytes() == here
    assert "备份" in left[0].advice


def test_only_the_documents_asked_for_are_repaired(opened: Workspace) -> None:
    filed, other = document(opened, source="新合同"), document(opened, "review")
    for row in (filed, other):
        opened.store.path(row["path"]).unlink()
    repaired(opened, filed["id"])

    assert opened.store.path(filed["path"]).is_file()
    assert not opened.store.path(other["path"]).exists()


def test_a_file_that_a_person_moved_is_not_put_back_behind_their_back(opened: Workspace) -> None:
    row = document(opened, source="新合同")
    opened.store.path(row["path"]).replace(w.item_folder(opened, w.LEMON, 8) / "拖过来的.pdf")
    (finding,) = repaired(opened).left

    assert "archivist ingest" in finding.advice
    assert not opened.store.path(row["path"]).exists()
    w.ingest(opened)
    assert w.disagreements(opened) == []


# -- on a schedule -------------------------------------------------------------------------------------------------


def test_the_scheduled_check_goes_on_where_it_stopped_and_looks_at_everything_once(opened: Workspace) -> None:
    row = document(opened, source="新合同")
    flip(opened.store.path(row["path"]))
    found: list[Discrepancy] = []
    with opened.writing("watch") as index:
        assert due(opened, index)
        steps = 0
        while due(opened, index):
            found += verify_some(opened, index, 2000)
            steps += 1
        assert steps > 5
        assert index.rounds.last().ended is not None
        assert not due(opened, index)
    ((told,),) = w.rows(opened, "SELECT detail FROM events WHERE act = 'verified'")
    expected = w.rows(opened, "SELECT COUNT(DISTINCT vault) FROM sources")[0][0]
    expected += len(
        w.rows(opened, "SELECT path FROM documents WHERE path IS NOT NULL UNION ALL SELECT path FROM copies")
    )

    assert [finding.path for finding in found] == [row["path"]]
    assert json.loads(told)["files"] == expected
    assert json.loads(told)["findings"] == 1
    repaired(opened)
    assert verify(opened).findings == []


def test_the_patrol_keeps_to_its_rate_and_tells_what_is_wrong(opened: Workspace) -> None:
    row = document(opened, source="新合同")
    flip(opened.store.path(row["path"]))
    settings = replace(opened.config.fixity, mb_per_second=0.001)
    slow = Workspace(replace(opened.config, fixity=settings), opened.actor)
    clock = [0.0]
    told: list[str] = []
    with slow.writing("watch") as index:
        patrol = Patrol(slow, index, lambda: clock[0])
        for _ in range(400):
            clock[0] += 1.0
            told += patrol.step()
            if not due(slow, index):
                break
        total = sum(size for (size,) in index.db.conn.execute("SELECT size FROM sources"))
    assert len(told) == 1
    assert row["path"] in told[0]
    assert clock[0] > total / 2 / 1049 / 2


def test_the_watcher_checks_while_it_is_idle(opened: Workspace) -> None:
    row = document(opened, source="新合同")
    flip(opened.store.path(row["path"]))
    with watcher(opened):
        until(lambda: w.rows(opened, "SELECT 1 FROM events WHERE act = 'verified'"))
    ((told,),) = w.rows(opened, "SELECT subject FROM events WHERE act = 'fixity'")

    assert told == row["id"]


def test_nothing_is_checked_on_a_schedule_where_that_is_turned_off(opened: Workspace) -> None:
    config = replace(opened.config, fixity=replace(opened.config.fixity, interval_days=0))
    with opened.writing("watch") as index:
        assert not due(Workspace(config, opened.actor), index)


# -- hashing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_a_file_is_hashed_as_a_whole(tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    (tmp_path / "x").write_bytes(data)
    hashed = hash_file(tmp_path / "x", sm3=True)

    assert (hashed.sha256, hashed.size) == (hashlib.sha256(data).hexdigest(), size)
    assert hashed.sm3 == (hashlib.new("sm3", data).hexdigest() if SM3 else None)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_what_is_no_file_is_told_and_hangs_nothing(tmp_path: Path, make: Callable[[Path], object]) -> None:
    make(tmp_path / "x")

    assert hash_file(tmp_path / "x").trouble


def test_a_rebuild_and_a_check_agree(opened: Workspace) -> None:
    verify(opened)
    for path in opened.store.private.glob("index.db*"):
        path.unlink()
    reindex(opened, lambda path, name: ())
    w.ingest(opened)

    assert verify(opened).findings == []
