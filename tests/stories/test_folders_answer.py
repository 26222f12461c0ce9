"""What staff do in the folders themselves is noticed, recorded as an event, and answered there."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest

from archivist.core.project import Project
from archivist.core.register import project_from_record, project_to_record
from archivist.errors import ExitCode
from archivist.ingest.pipeline import Pipeline
from archivist.ingest.watch import Stopper, keep_watch
from archivist.preservation.fixity.expected import unexpected_in_folders
from archivist.preservation.fixity.repair import Repairer
from archivist.preservation.recovery.reindex import reindex
from archivist.store.layout import METADATA, RECENT, STATUS_PAGE
from archivist.system.fingerprints import Fingerprint
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.catalogue import NUMBERS
from support.killing import killed_at, needs_fork


@pytest.fixture
def opened(tmp_path: Path) -> Workspace:
    return w.workspace(tmp_path / "w")


def filed(opened: Workspace, one: Project = w.SHEEP, number: int = 1) -> Path:
    """A document of a project's item 5, filed; where it stands."""
    w.pdf(opened.config.inbox / f"{one.code}-{number}.pdf", w.minutes(one, number))
    w.ingest(opened)
    row = next(r for r in w.documents(opened) if r["source"] == f"{one.code}-{number}.pdf")
    assert row["status"] == "filed"
    return opened.store.path(row["path"])


def page(opened: Workspace, one: Project = w.SHEEP) -> str:
    return (w.folder_of(opened, one) / STATUS_PAGE).read_text("utf-8")


def recent(opened: Workspace) -> str:
    return (opened.config.inbox / RECENT).read_text("utf-8")


def acts(opened: Workspace, *wanted: str) -> list[str]:
    return [act for (act,) in w.rows(opened, "SELECT act FROM events ORDER BY seq") if act in wanted]


def state_of(opened: Workspace, one: Project = w.SHEEP) -> dict[int, str]:
    return {found.item: found.state.value for found in w.states(opened, one).items}


def restore(opened: Workspace, document: str) -> None:
    with opened.writing("repair", wait=10) as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        Repairer(opened.store, index, opened.config, line.desk.filing, [document]).run()
        line.desk.refresh_pages()


# -- deleted, edited, replaced -------------------------------------------------------------------------------------


def test_a_deleted_file_is_reported_everywhere_and_put_back_when_asked(opened: Workspace) -> None:
    path = filed(opened)
    data = path.read_bytes()
    path.unlink()
    batch = w.ingest(opened)
    assert batch.exit_code == ExitCode.FIXITY
    assert "被删除或移走了" in batch.alarms[0]
    assert "archivist repair D00001" in batch.alarms[0]
    assert acts(opened, "gone") == ["gone"]
    assert state_of(opened)[5] == "不合格"
    for told in (page(opened), recent(opened)):
        assert "被删除或移走了" in told
        assert "请管理员放回原件（D00001）" in told
        assert "archivist repair" not in told
    assert "不合格" in page(opened)
    w.ingest(opened)
    assert acts(opened, "gone") == ["gone"]
    restore(opened, "D00001")
    assert path.read_bytes() == data
    assert state_of(opened)[5] == "齐全"
    assert "被删除" not in page(opened)
    assert w.ingest(opened).exit_code == ExitCode.OK
    assert "被删除" not in recent(opened)
    assert w.disagreements(opened) == []


def test_an_altered_file_stays_as_it_is_and_both_are_kept_when_the_original_comes_back(
    opened: Workspace,
) -> None:
    path = filed(opened)
    data, edited = path.read_bytes(), path.read_bytes() + "改过".encode()
    path.write_bytes(edited)
    batch = w.ingest(opened)
    assert "被改动或替换了" in batch.alarms[0]
    assert path.read_bytes() == edited
    assert (acts(opened, "altered"), state_of(opened)[5]) == (["altered"], "不合格")
    assert "被改动" in page(opened)
    restore(opened, "D00001")
    assert path.read_bytes() == data
    aside = opened.config.rejected / f"改动过 {path.name}"
    assert aside.read_bytes() == edited
    assert "后来被人改动成的样子" in aside.with_name(aside.name + "（说明）.txt").read_text("utf-8-sig")
    assert w.ingest(opened).exit_code == ExitCode.OK
    assert w.disagreements(opened) == []


def test_what_an_altered_file_became_can_be_filed_by_dragging_it_from_rejected(opened: Workspace) -> None:
    path = filed(opened)
    w.pdf(path.with_name("新.pdf"), w.minutes(w.SHEEP, 9)).replace(path)
    w.ingest(opened)
    restore(opened, "D00001")
    (opened.config.rejected / f"改动过 {path.name}").rename(w.item_folder(opened, w.SHEEP, 5) / "换的.pdf")
    w.ingest(opened)
    assert sorted(r["status"] for r in w.documents(opened)) == ["filed", "filed", "rejected"]
    assert state_of(opened)[5] == "齐全"


def test_a_file_that_was_only_touched_is_whole(opened: Workspace) -> None:
    path = filed(opened)
    path.write_bytes(path.read_bytes())
    assert w.ingest(opened).exit_code == ExitCode.OK
    assert acts(opened, "altered", "gone", "intact") == []


def test_a_file_that_comes_back_by_itself_is_counted_again(opened: Workspace, tmp_path: Path) -> None:
    path = filed(opened)
    shutil.move(path, tmp_path / "回收站.pdf")
    w.ingest(opened)
    assert state_of(opened)[5] == "不合格"
    shutil.move(tmp_path / "回收站.pdf", path)
    assert w.ingest(opened).exit_code == ExitCode.OK
    assert acts(opened, "gone", "intact") == ["gone", "intact"]
    assert state_of(opened)[5] == "齐全"
    assert "被删除" not in page(opened)


def test_saving_by_way_of_a_temporary_name_is_no_deletion(opened: Workspace) -> None:
    """Office programs take the file away for a moment: one look alone believes nothing."""
    path = filed(opened)
    with opened.writing("watch", wait=10) as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        hidden = path.rename(opened.config.workspace / "一会儿.tmp")
        assert line.run(patient=False).unsettled
        hidden.rename(path)
        line.run(patient=False)
    assert acts(opened, "gone", "altered") == []


def test_a_kept_whole_scan_that_is_deleted_is_told_too(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "合并.pdf", w.record(w.FISH), w.minutes(w.FISH, 3))
    w.ingest(opened)
    ((path,),) = w.rows(opened, "SELECT path FROM copies")
    opened.store.path(path).unlink()
    assert "合并.pdf”被删除" in w.ingest(opened).alarms[0]
    assert "合并.pdf”被删除" in page(opened, w.FISH)


def test_filed_files_are_read_again_only_when_their_stamp_changed(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed(opened)
    read = reads_of(opened, monkeypatch)
    for _ in range(3):
        w.ingest(opened)
    assert read == []


def reads_of(opened: Workspace, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    read: list[Path] = []
    real = opened.store.measure

    def measured(path: Path) -> tuple[str, Fingerprint]:
        read.append(path)
        return real(path)

    monkeypatch.setattr(opened.store, "measure", measured)
    return read


def edit_secretly(path: Path) -> None:
    """Other bytes, but the size, the time and the inode that were."""
    seen, data = path.stat(), bytearray(path.read_bytes())
    data[-3] ^= 1
    with path.open("r+b") as handle:
        handle.write(data)
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    after = path.stat()
    assert (after.st_size, after.st_mtime_ns, after.st_ino) == (seen.st_size, seen.st_mtime_ns, seen.st_ino)


posix = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows keeps no time of the last change of any kind"
)


@posix
def test_an_edit_that_keeps_size_time_and_inode_is_noticed(opened: Workspace) -> None:
    edit_secretly(filed(opened))
    assert "被改动或替换了" in w.ingest(opened).alarms[0]


@posix
def test_other_rights_or_a_second_link_make_a_file_be_read_once_more_and_raise_no_alarm(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = filed(opened)
    read = reads_of(opened, monkeypatch)
    touches: tuple[Callable[[], None], ...] = (
        lambda: path.chmod(0o444),
        lambda: os.link(path, opened.config.workspace / "备份"),
    )
    for touch in touches:
        touch()
        assert w.ingest(opened).alarms == []
        assert w.ingest(opened).alarms == []
    assert read == [path] * 2
    assert acts(opened, "gone", "altered", "intact") == []


@posix
def test_after_the_index_was_made_anew_files_are_read_once_and_only_the_edited_is_told(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, edited = filed(opened), filed(opened, w.LEMON)
    for path in opened.index_path.parent.glob("index.db*"):
        path.unlink()
    reindex(opened, lambda path, name: (), False)
    edit_secretly(edited)
    read = reads_of(opened, monkeypatch)
    assert [edited.name in alarm for alarm in w.ingest(opened).alarms] == [True]
    w.ingest(opened)
    assert sorted(read) == sorted([whole, edited])


def test_a_project_that_is_not_wound_up_has_a_folder_from_the_first_document_a_person_files_there(
    opened: Workspace,
) -> None:
    plain = Project("CS-2021-0009", "万古镇新石村花椒烘干房", "万古镇", "新石村", year="2021")
    kept = project_from_record({**project_to_record(plain), "category": "优势类"})
    with opened.writing("register import", wait=10) as index:
        index.projects.put([(project_to_record(kept), kept)], {"file": "台账.xlsx"})
    w.pdf(opened.config.inbox / "a.pdf", w.minutes(plain))
    w.ingest(opened)
    (note,) = opened.config.review.rglob("*.txt")
    assert "没有文件夹" in note.read_text("utf-8-sig")
    with opened.writing("assign", wait=10) as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        row = index.documents.find("D00001")
        assert row is not None
        line.desk.deciding.assign(row, plain.code, 5, "确认")
        line.desk.refresh_pages()
        w.pdf(w.folder_of(opened, plain) / "05 镇街会议纪要" / "又一份.pdf", w.minutes(plain, 2))
    batch = w.ingest(opened)
    assert (batch.problems, batch.alarms) == ([], [])
    assert [(row["status"], row["project"]) for row in w.documents(opened)] == [("filed", plain.code)] * 2
    assert w.disagreements(opened) == []


# -- a share that is gone ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("left", ["nothing", "empty folders"])
def test_an_archive_that_vanished_as_a_whole_was_not_deleted_by_anybody(opened: Workspace, left: str) -> None:
    for one in (w.SHEEP, w.LEMON):
        filed(opened, one)
    away = opened.config.workspace / "断开的共享盘"
    opened.config.projects.rename(away)
    opened.config.projects.mkdir()
    if left == "empty folders":
        for one in (w.SHEEP, w.LEMON, w.FISH):
            for rule in opened.annex.items:
                (w.folder_of(opened, one) / rule.folder).mkdir(parents=True)
    batch = w.ingest(opened)
    assert any("全部不见了，没有当作删除处理" in problem for problem in batch.problems)
    assert (batch.alarms, acts(opened, "gone")) == ([], [])
    assert not any(path.is_file() for path in opened.config.projects.rglob("*"))
    shutil.rmtree(opened.config.projects)
    away.rename(opened.config.projects)
    assert w.ingest(opened).exit_code == ExitCode.OK
    assert w.disagreements(opened) == []


def test_many_files_gone_at_once_are_told_at_once_and_believed_later(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 4):
        path = filed(opened, w.SHEEP, number)
    monkeypatch.setattr("archivist.preservation.custody._MANY", 2)
    for one in path.parent.iterdir():
        one.unlink()
    batch = w.ingest(opened)
    assert any("3 件同时不见了" in problem for problem in batch.problems)
    assert acts(opened, "gone") == []
    monkeypatch.setattr("archivist.preservation.custody._LONG_SECONDS", 0.1)
    w.ingest(opened)
    assert acts(opened, "gone") == ["gone"] * 3


# -- renamed, moved, copied ----------------------------------------------------------------------------------------


def test_a_case_only_rename_keeps_the_document(opened: Workspace) -> None:
    path = filed(opened)
    path.rename(path.with_name("Jiyao.pdf"))
    w.ingest(opened)
    path.with_name("Jiyao.pdf").rename(path.with_name("JIYAO.pdf"))
    assert w.ingest(opened).exit_code == ExitCode.OK
    (row,) = w.documents(opened)
    assert row["path"].endswith("/JIYAO.pdf")
    assert w.disagreements(opened) == []


def test_a_copy_elsewhere_is_filed_there_and_the_first_one_stays(opened: Workspace) -> None:
    path = filed(opened)
    shutil.copy(path, w.item_folder(opened, w.LEMON, 8) / path.name)
    w.ingest(opened)
    assert sorted((r["project"], r["item"]) for r in w.documents(opened)) == [
        (w.SHEEP.code, 5),
        (w.LEMON.code, 8),
    ]
    assert w.disagreements(opened) == []


def test_the_same_name_in_two_projects_is_two_documents(opened: Workspace) -> None:
    for one in (w.SHEEP, w.FISH):
        w.pdf(
            w.item_folder(opened, one, 3) / "合同.pdf", f"产业项目合同书\n甲方：{one.village}\n乙方：某公司\n"
        )
    w.ingest(opened)
    assert {(r["project"], r["status"]) for r in w.documents(opened)} == {
        (w.SHEEP.code, "filed"),
        (w.FISH.code, "filed"),
    }


@pytest.mark.parametrize("name", ["4 会议记录（村里的）", "会议记录"])
def test_documents_in_an_item_folder_that_was_renamed_stay_filed(opened: Workspace, name: str) -> None:
    w.pdf(opened.config.inbox / "a.pdf", w.record(w.SHEEP))
    w.ingest(opened)
    folder = w.item_folder(opened, w.SHEEP, 4)
    folder.rename(folder.with_name(name))
    assert w.ingest(opened).exit_code == ExitCode.OK
    (row,) = w.documents(opened)
    assert (row["status"], row["item"]) == ("filed", 4)
    assert opened.store.path(row["path"]).is_file()
    assert w.disagreements(opened) == []


def test_an_item_folder_that_was_deleted_is_made_again_and_its_files_are_reported(opened: Workspace) -> None:
    path = filed(opened)
    shutil.rmtree(path.parent)
    batch = w.ingest(opened)
    assert "被删除" in batch.alarms[0]
    assert path.parent.is_dir()
    assert acts(opened, "folder", "gone") == ["folder", "gone"]


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("place", ["石坝镇/换了名字", "珠溪镇/{name}", "{name}"])
def test_a_project_folder_that_was_renamed_or_moved_is_followed(
    opened: Workspace, place: str, restarted: bool
) -> None:
    path = filed(opened)
    folder = w.folder_of(opened, w.SHEEP)
    now = opened.config.projects / place.format(name=folder.name)
    now.parent.mkdir(exist_ok=True)
    if restarted:
        folder.rename(now)
        batch = w.ingest(opened)
    else:
        with (
            opened.writing("watch", wait=10) as index,
            Pipeline(opened, index, reader=w.TextReader()) as line,
        ):
            line.run()
            folder.rename(now)
            batch = line.run()
    assert (batch.exit_code, batch.problems) == (ExitCode.OK, [])
    (row,) = w.documents(opened)
    assert opened.store.path(row["path"]) == now / path.relative_to(folder)
    assert acts(opened, "folder", "renamed", "gone") == ["folder", "renamed"]
    w.pdf(now / opened.annex.item(4).folder / "b.pdf", w.record(w.SHEEP))
    w.ingest(opened)
    assert not folder.exists()
    assert [r["status"] for r in w.documents(opened)] == ["filed", "filed"]
    assert not [problem for problem in w.disagreements(opened) if "untrue" not in problem]


def test_a_township_folder_that_was_renamed_is_followed(opened: Workspace) -> None:
    for one in (w.SHEEP, w.FISH):
        filed(opened, one)
    (opened.config.projects / "石坝镇").rename(opened.config.projects / "石坝")
    assert w.ingest(opened).exit_code == ExitCode.OK
    assert [r["path"].split("/")[1] for r in w.documents(opened)] == ["石坝", "石坝"]
    assert acts(opened, "gone") == []


def test_a_project_folder_that_slipped_into_another_decides_nothing(opened: Workspace) -> None:
    path, _ = filed(opened), filed(opened, w.LEMON)
    folder = w.folder_of(opened, w.SHEEP)
    shutil.move(folder, w.folder_of(opened, w.LEMON) / folder.name)
    w.ingest(opened)
    w.ingest(opened)
    first = w.documents(opened)[0]
    assert (first["status"], first["project"]) == ("filed", w.SHEEP.code)
    assert path.is_file()
    assert (folder / STATUS_PAGE).is_file()
    assert w.disagreements(opened) == []


def test_a_project_folder_that_was_deleted_is_made_again_and_says_what_is_gone(opened: Workspace) -> None:
    filed(opened)
    filed(opened, w.LEMON)
    shutil.rmtree(w.folder_of(opened, w.SHEEP))
    batch = w.ingest(opened)
    assert "被删除" in batch.alarms[0]
    assert "被删除" in page(opened)
    assert all(w.item_folder(opened, w.SHEEP, item).is_dir() for item in NUMBERS)
    restore(opened, "D00001")
    assert w.ingest(opened).exit_code == ExitCode.OK
    assert w.disagreements(opened) == []


# -- our own pages and notes, and what lies astray -----------------------------------------------------------------


def test_pages_and_notes_that_people_take_away_are_written_again(opened: Workspace) -> None:
    filed(opened)
    w.pdf(opened.config.inbox / "拿不准.pdf", w.UNSURE)
    w.ingest(opened)
    note = opened.config.review / "拿不准.pdf（说明）.txt"
    gone = [
        note,
        w.folder_of(opened, w.SHEEP) / STATUS_PAGE,
        w.folder_of(opened, w.LEMON) / METADATA,
        opened.config.inbox / RECENT,
        opened.config.store_root / "使用说明.html",
    ]
    for path in gone:
        path.unlink()
    w.ingest(opened)
    assert [path.name for path in gone if not path.is_file()] == []
    assert w.disagreements(opened) == []


def test_our_pages_are_never_taken_in(opened: Workspace) -> None:
    filed(opened)
    shutil.copytree(w.folder_of(opened, w.SHEEP), opened.config.inbox / "整个拷来")
    w.ingest(opened)
    assert {r["status"] for r in w.documents(opened)} == {"filed", "duplicate"}
    assert len(w.rows(opened, "SELECT 1 FROM sources")) == 2


@pytest.mark.parametrize("place", [".", "石坝镇"])
def test_a_file_in_no_projects_folder_is_taken_as_if_dropped_into_the_inbox(
    opened: Workspace, place: str
) -> None:
    for name, text in (("纪要.pdf", w.minutes(w.SHEEP)), ("拿不准.pdf", w.UNSURE)):
        w.pdf(opened.config.projects / place / name, text)
    w.ingest(opened)
    assert sorted(r["status"] for r in w.documents(opened)) == ["filed", "review"]
    assert not list((opened.config.projects / place).glob("*.pdf"))
    assert w.disagreements(opened) == []


def test_a_filed_file_dragged_up_to_the_township_goes_back_to_its_place(opened: Workspace) -> None:
    path = filed(opened)
    path.rename(opened.config.projects / "石坝镇" / path.name)
    w.ingest(opened)
    w.ingest(opened)
    assert path.is_file()
    assert not (opened.config.projects / "石坝镇" / path.name).exists()
    assert state_of(opened)[5] == "齐全"


def test_a_folder_that_is_no_projects_is_told_recorded_and_left_alone(opened: Workspace) -> None:
    own = opened.config.projects / "石坝镇" / "我自己的"
    own.mkdir()
    (own / "a.pdf").write_bytes(b"x")
    for _ in range(2):
        batch = w.ingest(opened)
        assert "我自己的”不在任何一个项目的文件夹里" in batch.problems[0]
    assert acts(opened, "noticed") == ["noticed"]
    assert "我自己的" in recent(opened)
    shutil.rmtree(own)
    w.ingest(opened)
    assert "我自己的" not in recent(opened)


# -- with a watcher, and killed in between -------------------------------------------------------------------------


@needs_fork
@pytest.mark.parametrize("what", ["altered", "folder moved"])
@pytest.mark.parametrize(
    "stride", [7, pytest.param(2, marks=pytest.mark.long)], ids=["at some steps", "at most steps"]
)
def test_killed_at_any_step_of_noticing_and_putting_back_nothing_is_lost(
    opened: Workspace, tmp_path: Path, what: str, stride: int
) -> None:
    path = filed(opened)
    filed(opened, w.LEMON)
    data = path.read_bytes()
    if what == "altered":
        path.write_bytes(data + b"edited")
    else:
        folder = w.folder_of(opened, w.SHEEP)
        folder.rename(folder.with_name("新名字"))

    def job(there: Workspace) -> None:
        w.ingest(there)
        restore(there, "D00001")

    before = set(w.files(opened.config.store_root).values())
    step, killed = 1 - stride, True
    while killed:
        step += stride
        there = w.again(opened, tmp_path / "copy")
        with patch("os.fsync", lambda handle: None):
            killed = killed_at(step, partial(job, there))
            assert before <= w.everywhere(there), step
            job(there)
            w.ingest(there)
        (row,) = [row for row in w.documents(there) if row["project"] == w.SHEEP.code]
        assert there.store.path(row["path"]).read_bytes() == data, step
        assert w.sha256(data + b"edited") in w.everywhere(there) or what != "altered", step
        assert not [p for p in w.disagreements(there) if "untrue" not in p or what != "folder moved"], step
        assert state_of(there)[5] == "齐全", step
        shutil.rmtree(there.config.workspace)
    assert step > 10


def test_a_running_watcher_answers_a_deletion_in_the_folder(opened: Workspace) -> None:
    path = filed(opened)
    stopper = Stopper()
    job = threading.Thread(
        target=keep_watch,
        args=(opened, stopper, lambda batch: None, lambda words: None),
        kwargs={"reader": w.TextReader()},
        daemon=True,
    )
    job.start()
    end = time.monotonic() + 120
    path.unlink()
    while "被删除或移走了" not in page(opened):
        assert time.monotonic() < end, "did not happen"
        time.sleep(0.05)
    stopper.stop()
    job.join(120)
    assert acts(opened, "gone") == ["gone"]


# -- bins of shares ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bin_", [".recycle", "@Recycle", ".Trash-1000/files", "@Recently-Snapshot/今天", "lost+found"]
)
def test_what_lies_in_a_bin_is_left_alone_at_every_level_and_complained_about_nowhere(
    opened: Workspace, bin_: str
) -> None:
    project = filed(opened).parent.parent
    levels = [opened.config.inbox, opened.config.projects, opened.config.review, opened.config.rejected]
    levels += [project.parent, project, project / "05 别的"]
    thrown = [w.pdf(level / bin_ / "旧的.pdf", w.minutes(w.LEMON)) for level in levels]
    batch = w.ingest(opened)
    assert (batch.problems, batch.alarms, batch.names) == ([], [], {})
    assert all(path.exists() for path in thrown)
    assert len(w.documents(opened)) == 1
    with opened.writing("verify", wait=10) as index:
        found = unexpected_in_folders(
            opened.store.root,
            (opened.config.projects, opened.config.review, opened.config.rejected),
            index.places.known(),
        )
    assert found == []


def test_a_filed_copy_thrown_into_the_bin_beside_it_is_deleted_and_its_return_from_there_nobody_expects(
    opened: Workspace,
) -> None:
    path = filed(opened)
    bin_ = path.parent / "@Recycle"
    bin_.mkdir()
    path.rename(bin_ / path.name)
    batch = w.ingest(opened)
    assert "被删除或移走了" in batch.alarms[0]
    assert batch.names == {}
    assert [row["status"] for row in w.documents(opened)] == ["filed"]


def test_a_projects_folder_thrown_into_a_bin_is_not_followed_there(opened: Workspace) -> None:
    path = filed(opened)
    filed(opened, w.FISH)
    folder = w.folder_of(opened, w.SHEEP)
    thrown = opened.config.projects / "#recycle" / folder.name
    thrown.parent.mkdir()
    folder.rename(thrown)
    w.ingest(opened)
    assert w.folder_of(opened, w.SHEEP) == folder
    assert folder.is_dir() and not path.exists()
