"""Backups: consistent while the watcher works, incremental, resumable; a restore proves everything before it writes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from archivist.errors import BadInputError, StoreError, UsageError
from archivist.preservation.fixity.verify import verify
from archivist.preservation.recovery.backup import BackedUp, Backup
from archivist.preservation.recovery.manifest import (
    Manifest,
    ManifestEntry,
    load_manifest,
    manifests,
    object_path,
)
from archivist.preservation.recovery.restore import Restored, check_backup, choose_backup, restore
from archivist.workspace.opened import Workspace, open_workspace
from support import histories
from support import workspaces as w
from support.killing import Countdown, killed_at, needs_fork, steps
from support.watching import until, watcher


def back_up(opened: Workspace, folder: Path) -> BackedUp:
    return Backup(opened, folder).run()


def restored(folder: Path, target: Path, partial: bool = False) -> Workspace:
    restore(folder, target, choose_backup(folder, None), partial)
    return open_workspace(target, "测试员")


def as_told(folder: Path) -> Restored:
    return check_backup(folder, choose_backup(folder, None))


def test_what_was_backed_up_comes_back_the_same(opened: Workspace, tmp_path: Path) -> None:
    (opened.config.inbox / "还在等.pdf").write_bytes(b"waits")
    os.utime(opened.config.inbox / "还在等.pdf", (1_700_000_000, 1_700_000_000))
    before = histories.tables(opened.index_path)
    done = back_up(opened, tmp_path / "backup")
    again = restored(tmp_path / "backup", tmp_path / "new")

    assert done.problems == []
    assert as_told(tmp_path / "backup").damaged == []
    assert histories.tables(again.index_path) == before
    assert w.files(again.config.store_root) == w.files(opened.config.store_root)
    assert (again.config.inbox / "还在等.pdf").stat().st_mtime == 1_700_000_000
    assert (tmp_path / "new" / "archivist.toml").read_bytes() == (
        opened.config.workspace / "archivist.toml"
    ).read_bytes()
    assert verify(again).findings == []


def test_the_second_backup_copies_only_what_is_new_and_keeps_the_first(
    opened: Workspace, tmp_path: Path
) -> None:
    back_up(opened, tmp_path / "backup")
    first = manifests(tmp_path / "backup")[0]
    w.pdf(opened.config.inbox / "新的.pdf", w.minutes(w.LEMON, 8))
    w.ingest(opened)
    done = back_up(opened, tmp_path / "backup")
    old = restored_at(tmp_path / "backup", tmp_path / "old", first.stem)

    assert len(manifests(tmp_path / "backup")) == 2
    assert 0 < done.copied < 10
    assert "新的.pdf" not in {row["source"] for row in w.documents(old)}
    assert "新的.pdf" in {
        row["source"] for row in w.documents(restored(tmp_path / "backup", tmp_path / "new"))
    }


def restored_at(folder: Path, target: Path, name: str) -> Workspace:
    restore(folder, target, choose_backup(folder, name))
    return open_workspace(target, "测试员")


def test_a_backup_made_while_the_watcher_works_belongs_together(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w", "[watch]\nrescan_seconds = 0.5\n")
    for number in range(1, 13):
        w.pdf(opened.config.inbox / f"{number:02d}.pdf", w.minutes(w.SHEEP, number))
    with watcher(opened):
        until(lambda: len(w.documents(opened)) >= 2)
        back_up(opened, tmp_path / "backup")
        until(lambda: len(w.documents(opened)) == 12)
    again = restored(tmp_path / "backup", tmp_path / "new")
    there = len(w.documents(again))

    assert there >= 2
    assert [f.message for f in verify(again).findings if f.code not in {"row", "unexpected"}] == []
    w.ingest(again)
    assert len({row["sha256"] for row in w.documents(again)}) == 12
    assert w.disagreements(again) == []


@needs_fork
def test_killed_at_any_step_the_next_backup_goes_on_and_is_whole(
    lived_in: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.fsync", lambda handle: None)
    count = Countdown(-1, lambda: None)
    with steps(count):
        back_up(w.again(lived_in, tmp_path / "clean"), tmp_path / "clean-backup")
    killed = 0
    for step in range(1, count.seen + 1, 11):
        copy, folder = w.again(lived_in, tmp_path / "copy"), tmp_path / "backup"
        killed += killed_at(step, partial(back_up, copy, folder))
        for path in manifests(folder):
            assert check_backup(folder, load_manifest(path)).damaged == []
        back_up(copy, folder)
        assert as_told(folder).damaged == []
        assert not list(folder.rglob(".archivist-*"))
        for made in (folder, copy.config.workspace):
            shutil.rmtree(made)
    assert killed > 8


@needs_fork
def test_a_restore_that_was_killed_goes_on_in_the_same_place(
    opened: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.fsync", lambda handle: None)
    back_up(opened, tmp_path / "backup")
    expected = histories.tables(opened.index_path)["documents"]
    for step in range(3, 60, 14):
        target = tmp_path / f"new-{step}"
        assert killed_at(step, partial(restored, tmp_path / "backup", target))
        assert not (target / "archivist.toml").exists()
        assert histories.tables(restored(tmp_path / "backup", target).index_path)["documents"] == expected


@pytest.mark.parametrize("damage", ["flip", "remove", "shorten"])
def test_a_damaged_backup_is_told_and_restores_nothing(
    opened: Workspace, tmp_path: Path, damage: str
) -> None:
    back_up(opened, tmp_path / "backup")
    vault, sha256 = w.rows(opened, "SELECT vault, sha256 FROM sources ORDER BY id")[0]
    path = object_path(tmp_path / "backup", sha256)
    data = path.read_bytes()
    if damage == "remove":
        path.unlink()
    else:
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]) if damage == "flip" else data[:-1])

    assert any(vault in one for one in as_told(tmp_path / "backup").damaged)
    with pytest.raises(StoreError, match="什么都没有恢复"):
        restored(tmp_path / "backup", tmp_path / "new")
    assert not (tmp_path / "new").exists()
    again = restored(tmp_path / "backup", tmp_path / "new", partial=True)
    assert {finding.code for finding in verify(again).findings} == {"missing"}


def test_a_damaged_content_is_copied_again_by_the_next_full_backup(opened: Workspace, tmp_path: Path) -> None:
    back_up(opened, tmp_path / "backup")
    ((_, sha256), *_) = w.rows(opened, "SELECT vault, sha256 FROM sources ORDER BY id")
    object_path(tmp_path / "backup", sha256).write_bytes(b"short")
    back_up(opened, tmp_path / "backup")

    assert as_told(tmp_path / "backup").damaged == []


def test_a_list_that_was_altered_is_refused(opened: Workspace, tmp_path: Path) -> None:
    done = back_up(opened, tmp_path / "backup")
    assert done.manifest is not None
    done.manifest.write_bytes(done.manifest.read_bytes().replace(b"archivist.toml", b"archivist.tomb", 1))

    with pytest.raises(BadInputError, match="改过"):
        choose_backup(tmp_path / "backup", None)


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "C:\\x", "C:/x", "\\\\server\\x", ""])
def test_a_list_that_names_places_outside_is_refused(tmp_path: Path, path: str) -> None:
    made = Manifest("x", "x", "archive_store", {}, [ManifestEntry("store", path, "0" * 64, 0, 0)])
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "x.jsonl").write_bytes(made.data())

    with pytest.raises(BadInputError, match="越界"):
        choose_backup(tmp_path, None)


def test_a_restore_writes_over_nothing(opened: Workspace, tmp_path: Path) -> None:
    back_up(opened, tmp_path / "backup")
    target = tmp_path / "new"
    target.mkdir()
    (target / "别人的.txt").write_text("x")
    with pytest.raises(UsageError, match="别人的"):
        restored(tmp_path / "backup", target)
    with pytest.raises(UsageError):
        restored(tmp_path / "backup", opened.config.workspace / "archive_store")

    assert [path.name for path in target.iterdir()] == ["别人的.txt"]


def test_a_backup_goes_neither_into_the_archive_nor_among_other_things(
    opened: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x").write_text("x")
    for folder in (opened.config.store_root / "备份", opened.config.workspace.parent, tmp_path / "other"):
        with pytest.raises(UsageError):
            back_up(opened, folder)


def test_without_its_database_a_backup_is_restored_from_the_log(opened: Workspace, tmp_path: Path) -> None:
    back_up(opened, tmp_path / "backup")
    for path in (tmp_path / "backup" / "databases").iterdir():
        path.write_bytes(b"damaged")
    command = [
        sys.executable,
        "-m",
        "archivist",
        "restore",
        str(tmp_path / "backup"),
        "--to",
        str(tmp_path / "new"),
    ]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    again = open_workspace(tmp_path / "new", "测试员")

    assert (ran.returncode, ran.stderr) == (0, "")
    assert "已按事件日志重建" in ran.stdout
    assert histories.tables(again.index_path)["documents"] == histories.tables(opened.index_path)["documents"]


def test_a_store_that_stood_elsewhere_is_restored_beside_its_settings(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    shutil.move(opened.config.store_root, tmp_path / "share")
    settings = opened.config.workspace / "archivist.toml"
    settings.write_text(f'[store]\nroot = "{tmp_path / "share"}"\n[intake]\nsettle_seconds = 0.1\n', "utf-8")
    elsewhere = open_workspace(opened.config.workspace, "测试员")
    w.pdf(elsewhere.config.inbox / "a.pdf", w.minutes(w.SHEEP))
    w.ingest(elsewhere)
    back_up(elsewhere, tmp_path / "backup")
    again = restored(tmp_path / "backup", tmp_path / "new")

    assert again.config.store_root == tmp_path / "new" / "archive_store"
    assert verify(again).findings == []


def test_the_backup_is_an_event(opened: Workspace, tmp_path: Path) -> None:
    back_up(opened, tmp_path / "backup")
    ((subject, detail),) = w.rows(opened, "SELECT subject, detail FROM events WHERE act = 'backup'")

    assert subject == str(tmp_path / "backup")
    assert json.loads(detail)["files"] > 20
