"""What becomes of everything people drop, drag and move: nothing lost, nothing twice, every word told."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
import unicodedata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from archivist.core.filing import TOGETHER
from archivist.core.model import Status
from archivist.core.page import Extract
from archivist.errors import ArchivistError, ExitCode, StoreError, UsageError
from archivist.extract import Unpacked, failures
from archivist.ingest.pipeline import Pipeline
from archivist.store.layout import STATUS_PAGE
from archivist.workspace.opened import Workspace
from archivist.workspace.resources import data_folder
from support import workspaces as w


@pytest.fixture
def opened(tmp_path: Path) -> Workspace:
    return w.workspace(tmp_path / "w", "max_file_mb = 2\n")


def only(opened: Workspace, **wanted: Any) -> dict[str, Any]:
    """The one document with these values."""
    (found,) = [
        row for row in w.documents(opened) if all(row[name] == value for name, value in wanted.items())
    ]
    return found


def dropped(opened: Workspace, name: str, *pages: str) -> Path:
    return w.pdf(opened.config.inbox / name, *pages)


def reasons(row: dict[str, Any]) -> str:
    return str(row["reasons"])


def notes(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8-sig") for path in folder.glob("*（说明）.txt")}


# -- 收件箱 --------------------------------------------------------------------------------------------------------


def test_a_document_is_filed_under_a_clear_name_and_its_source_goes(opened: Workspace) -> None:
    data = dropped(opened, "扫描件0001.pdf", w.minutes(w.SHEEP)).read_bytes()
    batch = w.ingest(opened)
    filed = w.item_folder(opened, w.SHEEP, 5) / "05 2024-11-01 石坝镇人民政府专题会议纪要.pdf"
    assert filed.read_bytes() == data
    assert w.dropped(opened) == []
    assert (batch.count(Status.FILED), batch.exit_code) == (1, ExitCode.OK)
    assert "石坝镇人民政府专题会议纪要.pdf" in (w.folder_of(opened, w.SHEEP) / STATUS_PAGE).read_text("utf-8")
    assert w.disagreements(opened) == []


def test_a_second_pass_does_nothing(opened: Workspace) -> None:
    dropped(opened, "a.pdf", w.minutes(w.SHEEP))
    w.ingest(opened)
    before, events = w.files(opened.config.store_root), w.rows(opened, "SELECT COUNT(*) FROM events")
    assert w.ingest(opened).documents == []
    assert (w.files(opened.config.store_root), w.rows(opened, "SELECT COUNT(*) FROM events")) == (
        before,
        events,
    )


def test_the_same_bytes_are_filed_once_at_once_and_later(opened: Workspace) -> None:
    for name in ("a.pdf", "b.pdf"):
        dropped(opened, name, w.minutes(w.SHEEP))
    w.ingest(opened)
    dropped(opened, "c.pdf", w.minutes(w.SHEEP))
    w.ingest(opened)
    assert sorted(row["status"] for row in w.documents(opened)) == ["duplicate", "duplicate", "filed"]
    assert "已在“项目档案/石坝镇/" in reasons(only(opened, source="c.pdf"))
    assert w.disagreements(opened) == []


def test_bytes_that_were_sent_back_are_looked_at_again(opened: Workspace) -> None:
    for _ in range(2):
        dropped(opened, "坏的.pdf", w.BAD)
        w.ingest(opened)
    assert [row["path"] for row in w.documents(opened)] == ["退回/坏的.pdf", "退回/坏的 (2).pdf"]
    assert w.disagreements(opened) == []


def test_a_copy_taken_out_of_the_archive_and_dropped_again_is_put_back(opened: Workspace) -> None:
    dropped(opened, "a.pdf", w.minutes(w.SHEEP))
    w.ingest(opened)
    filed = opened.store.path(only(opened, status="filed")["path"])
    filed.rename(opened.config.inbox / "又来了.pdf")
    w.ingest(opened)
    assert filed.is_file()
    assert only(opened, source="又来了.pdf")["status"] == "duplicate"
    assert w.disagreements(opened) == []


def test_a_file_still_being_written_is_left_alone_until_it_stands_still(opened: Workspace) -> None:
    path = dropped(opened, "a.pdf", w.minutes(w.SHEEP))
    batch = w.ingest(opened, patient=False)
    assert (batch.unsettled, batch.documents, path.is_file()) == (["a.pdf"], [], True)
    assert w.ingest(opened).count(Status.FILED) == 1


def test_a_half_download_is_taken_once_it_has_its_name(opened: Workspace) -> None:
    path = dropped(opened, "a.pdf.part", w.minutes(w.SHEEP))
    assert w.ingest(opened).documents == []
    path.rename(path.with_suffix(""))
    assert w.ingest(opened).count(Status.FILED) == 1


def test_a_file_that_vanishes_between_listing_and_reading_is_no_error(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = dropped(opened, "a.pdf", w.minutes(w.SHEEP))
    real = opened.store.accession

    def vanished(source: Path, name: str = "") -> object:
        path.unlink()
        return real(source, name)

    monkeypatch.setattr(opened.store, "accession", vanished)
    batch = w.ingest(opened)
    assert (batch.problems, batch.unsettled, w.documents(opened)) == ([], ["a.pdf"], [])


def test_a_drop_that_cannot_be_removed_is_told_and_not_taken_again(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = dropped(opened, "a.pdf", w.minutes(w.SHEEP))
    with monkeypatch.context() as stuck:
        stuck.setattr("archivist.store.vault.Store.remove", staticmethod(lambda path: False))
        first = w.ingest(opened)
        batch = w.ingest(opened)
    assert [len([told for told in one.problems if "删不掉" in told]) for one in (first, batch)] == [1, 1]
    assert [row["status"] for row in w.documents(opened)] == ["filed"]
    w.ingest(opened)
    assert not path.exists()
    assert w.disagreements(opened) == []


def test_another_file_under_the_same_name_size_and_time_is_not_mistaken_for_the_drop_that_is_done(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = dropped(opened, "a.pdf", w.minutes(w.SHEEP, 1))
    with monkeypatch.context() as stuck:
        stuck.setattr("archivist.store.vault.Store.remove", staticmethod(lambda path: False))
        w.ingest(opened)
    before = path.stat()
    with path.open("r+b") as handle:
        handle.write(b"%PDF-9")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    changed = path.read_bytes()
    w.ingest(opened)
    w.ingest(opened)
    assert w.sha256(changed) in w.everywhere(opened)
    assert len(w.documents(opened)) == 2


def test_emptied_folders_go_and_others_stay(opened: Workspace) -> None:
    dropped(opened, "龙井镇/十一月/a.pdf", w.minutes(w.SHEEP))
    (opened.config.inbox / "新建文件夹").mkdir()
    with opened.writing("ingest") as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        line.run()
        for _ in range(3):
            time.sleep(w.SETTLE * 1.5)
            line.run()
    assert w.dropped(opened) == ["新建文件夹"]


@pytest.mark.parametrize(
    "name",
    [
        "两\n行.pdf",
        "引号'\"`$(x).pdf",
        "表情😀😀.pdf",
        "长" * 83 + ".pdf",
        "e\u0301te\u0301 会议.pdf",
        "\u202efdp.exe.pdf",
        "尾巴. .pdf",
        "CON.pdf",
        "-rf.pdf",
        "%s{0}.pdf",
        "没有后缀",
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_any_name_is_taken_in_and_given_a_safe_one(opened: Workspace, name: str) -> None:
    for status, text in (("filed", w.minutes(w.SHEEP)), ("review", w.UNSURE), ("rejected", w.BAD)):
        dropped(opened, name, text)
        w.ingest(opened)
        row = only(opened, status=status)
        stands = Path(row["path"]).name
        assert row["source"] == name
        assert len((stands + "（说明）.txt").encode()) <= 255
        assert unicodedata.is_normalized("NFC", stands)
        assert stands.isprintable()
        assert not set(stands) & set('<>:"/\\|?*')
    assert w.disagreements(opened) == []


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="names are text there")
def test_a_name_in_gbk_bytes_is_taken_in(opened: Workspace, tmp_path: Path) -> None:
    raw = os.path.join(os.fsencode(opened.config.inbox), "黑山羊纪要.pdf".encode("gb18030"))  # noqa: PTH118
    shutil.copyfile(w.pdf(tmp_path / "a.pdf", w.minutes(w.SHEEP)), raw)
    w.ingest(opened)
    assert only(opened, source="黑山羊纪要.pdf")["status"] == "filed"
    assert w.dropped(opened) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links are POSIX here")
def test_a_link_is_told_once_and_left_alone(opened: Workspace) -> None:
    (opened.config.inbox / "链接.pdf").symlink_to("/etc/passwd")
    batch = w.ingest(opened)
    assert "“链接.pdf”是快捷链接" in batch.problems[0]
    assert len(batch.problems) == 1
    assert batch.exit_code == ExitCode.PARTIAL
    assert (opened.config.inbox / "链接.pdf").is_symlink()


def test_an_empty_file_and_a_damaged_one_are_sent_back_with_a_note(opened: Workspace) -> None:
    (opened.config.inbox / "空的.pdf").touch()
    dropped(opened, "坏的.pdf", w.BAD)
    w.ingest(opened)
    told = notes(opened.config.rejected)
    assert set(told) == {"空的.pdf（说明）.txt", "坏的.pdf（说明）.txt"}
    assert "已损坏或不完整" in told["坏的.pdf（说明）.txt"]
    assert "拖进" not in told["坏的.pdf（说明）.txt"]
    assert w.disagreements(opened) == []


def test_a_file_over_the_limit_is_moved_to_rejected_with_a_note_and_listed(opened: Workspace) -> None:
    with (opened.config.inbox / "录像.mp4").open("wb") as handle:
        handle.truncate((2 << 20) + 1)
    w.ingest(opened)
    assert (opened.config.rejected / "录像.mp4").stat().st_size == (2 << 20) + 1
    assert "超过上限 2 兆字节" in notes(opened.config.rejected)["录像.mp4（说明）.txt"]
    assert only(opened, source="录像.mp4")["status"] == "rejected"
    assert not any(path.is_file() for path in opened.store.vault.rglob("*"))
    assert w.disagreements(opened) == []


def test_a_large_file_that_was_sent_back_cannot_be_assigned(opened: Workspace) -> None:
    with (opened.config.inbox / "录像.mp4").open("wb") as handle:
        handle.truncate(3 << 20)
    w.ingest(opened)
    with opened.writing("assign") as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        row = index.documents.find("D00001")
        assert row is not None
        with pytest.raises(UsageError, match="超过大小上限"):
            line.desk.deciding.assign_pages(row, (1, 1), w.SHEEP.code, 8)


def test_a_combined_scan_is_cut_and_kept_whole_beside_its_documents(opened: Workspace) -> None:
    data = dropped(opened, "合并.pdf", w.record(w.FISH), w.minutes(w.FISH, 3)).read_bytes()
    w.ingest(opened)
    assert [(row["item"], row["first"], row["last"]) for row in w.documents(opened)] == [(4, 1, 1), (5, 2, 2)]
    assert (w.folder_of(opened, w.FISH) / TOGETHER / "合并.pdf").read_bytes() == data
    assert w.disagreements(opened) == []
    assert w.ingest(opened).documents == []


# -- archives ------------------------------------------------------------------------------------------------------


def test_an_archives_members_are_documents_and_each_refused_one_is_told(
    opened: Workspace, tmp_path: Path
) -> None:
    good = w.pdf(tmp_path / "a.pdf", w.minutes(w.SHEEP)).read_bytes()
    inner = w.zipped(
        tmp_path / "in.zip", {"深/乙.pdf": w.pdf(tmp_path / "b.pdf", w.minutes(w.LEMON)).read_bytes()}
    )
    members = {
        "一/甲.pdf": good,
        "内层.zip": inner.read_bytes(),
        "../外.pdf": b"x",
        "C:/盘.pdf": b"x",
        "空/": b"",
    }
    w.zipped(opened.config.inbox / "三驱镇 材料.zip", members)
    w.ingest(opened)
    assert only(opened, source="三驱镇 材料.zip!/一/甲.pdf")["project"] == w.SHEEP.code
    assert only(opened, source="三驱镇 材料.zip!/内层.zip!/深/乙.pdf")["project"] == w.LEMON.code
    told = notes(opened.config.rejected)["三驱镇 材料.zip（说明）.txt"]
    assert "有 2 个文件没有收" in told
    assert "../外.pdf" in told
    assert "C:/盘.pdf" in told
    assert sum(row["status"] == "rejected" for row in w.documents(opened)) == 2
    assert w.disagreements(opened) == []


def test_two_archives_of_one_name_each_have_their_note(opened: Workspace) -> None:
    for refused in ("../一.pdf", "../二.pdf"):
        w.zipped(opened.config.inbox / "材料.zip", {refused: b"x"})
        w.ingest(opened)
    told = notes(opened.config.rejected)
    assert len(told) == 2
    assert {"一.pdf" in text for text in told.values()} == {True, False}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_both_taken(opened: Workspace, tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(opened.config.inbox / "材料.zip", "w") as archive:
        for one in (w.SHEEP, w.LEMON):
            archive.writestr("纪要.pdf", w.pdf(tmp_path / "a.pdf", w.minutes(one)).read_bytes())
    w.ingest(opened)
    assert {row["project"] for row in w.documents(opened)} == {w.SHEEP.code, w.LEMON.code}


def test_an_archive_in_an_item_folder_files_its_members_there(opened: Workspace, tmp_path: Path) -> None:
    members = {f"{name}.pdf": w.pdf(tmp_path / "a.pdf", f"{name}\n").read_bytes() for name in "甲乙"}
    path = w.zipped(w.item_folder(opened, w.SHEEP, 8) / "其他.zip", members)
    w.ingest(opened)
    assert {(row["project"], row["item"], row["decided_by"]) for row in w.documents(opened)} == {
        (w.SHEEP.code, 8, "测试员")
    }
    assert not path.exists()
    assert w.disagreements(opened) == []


def test_a_bad_archive_is_sent_back(opened: Workspace, tmp_path: Path) -> None:
    w.zipped(opened.config.inbox / "空.zip", {"Thumbs.db": b"x"})
    whole = w.zipped(tmp_path / "a.zip", {"a.pdf": b"x" * 9000}).read_bytes()
    (opened.config.inbox / "断.zip").write_bytes(whole[:4000])
    w.ingest(opened)
    assert {row["source"]: row["status"] for row in w.documents(opened)} == {
        "空.zip": "rejected",
        "断.zip": "rejected",
    }
    assert w.disagreements(opened) == []


# -- project folders -----------------------------------------------------------------------------------------------


def test_a_file_put_into_an_item_folder_is_filed_there_by_that_persons_decision(opened: Workspace) -> None:
    path = w.pdf(w.item_folder(opened, w.LEMON, 5) / "IMG_001.pdf", w.minutes(w.SHEEP))
    w.ingest(opened)
    row = only(opened, status="filed")
    assert (row["project"], row["item"], row["decided_by"], row["confidence"]) == (
        w.LEMON.code,
        5,
        "测试员",
        1.0,
    )
    assert f"像项目 {w.SHEEP.code} 的材料" in reasons(row)
    assert row["path"].endswith("/05 镇街会议纪要/05 2024-11-01 石坝镇人民政府专题会议纪要.pdf")
    assert not path.exists()
    assert w.disagreements(opened) == []


def test_a_file_put_into_a_projects_folder_has_its_project_decided_and_its_item_read(
    opened: Workspace,
) -> None:
    w.pdf(w.folder_of(opened, w.LEMON) / "a.pdf", w.minutes(w.LEMON))
    w.pdf(w.folder_of(opened, w.LEMON) / "b.pdf", "看不出是什么\n")
    w.ingest(opened)
    assert only(opened, status="filed")["item"] == 5
    assert only(opened, status="review")["path"] == "待确认/龙井镇/b.pdf"
    assert w.disagreements(opened) == []


def test_a_copy_put_into_another_projects_item_folder_is_filed_there_too(opened: Workspace) -> None:
    dropped(opened, "a.pdf", w.minutes(w.SHEEP))
    w.ingest(opened)
    shutil.copy(opened.store.path(only(opened)["path"]), w.item_folder(opened, w.LEMON, 5) / "抄送.pdf")
    w.ingest(opened)
    assert [(row["project"], row["item"], row["status"]) for row in w.documents(opened)] == [
        (w.SHEEP.code, 5, "filed"),
        (w.LEMON.code, 5, "filed"),
    ]
    assert w.disagreements(opened) == []


def test_a_copy_put_into_its_own_item_folder_again_is_a_duplicate(opened: Workspace) -> None:
    dropped(opened, "a.pdf", w.minutes(w.SHEEP))
    w.ingest(opened)
    shutil.copy(opened.store.path(only(opened)["path"]), w.item_folder(opened, w.SHEEP, 5) / "又一份.pdf")
    w.ingest(opened)
    assert [row["status"] for row in w.documents(opened)] == ["filed", "duplicate"]
    assert w.disagreements(opened) == []


@pytest.mark.parametrize("act", [os.replace, shutil.copy])
def test_dragging_out_of_review_into_an_item_folder_is_the_decision(opened: Workspace, act: Any) -> None:
    dropped(opened, "拿不准.pdf", w.UNSURE)
    w.ingest(opened)
    act(opened.config.review / "拿不准.pdf", w.item_folder(opened, w.SHEEP, 4) / "拿不准.pdf")
    w.ingest(opened)
    row = only(opened)
    assert (row["status"], row["project"], row["item"], row["decided_by"]) == (
        "filed",
        w.SHEEP.code,
        4,
        "测试员",
    )
    assert list(opened.config.review.iterdir()) == []
    assert [path.name for path in w.item_folder(opened, w.SHEEP, 4).iterdir()] == [Path(row["path"]).name]
    assert w.disagreements(opened) == []


def test_dragging_into_a_projects_folder_but_no_item_asks_for_the_item(opened: Workspace) -> None:
    dropped(opened, "拿不准.pdf", w.UNSURE)
    w.ingest(opened)
    (opened.config.review / "拿不准.pdf").replace(w.folder_of(opened, w.SHEEP) / "拿不准.pdf")
    w.ingest(opened)
    row = only(opened)
    assert (row["status"], row["project"], row["path"]) == ("review", w.SHEEP.code, "待确认/拿不准.pdf")
    assert "请再拖到对应的子文件夹" in notes(opened.config.review)["拿不准.pdf（说明）.txt"]
    assert w.disagreements(opened) == []


def test_what_was_read_and_sent_back_is_filed_when_a_person_drags_it_into_an_item_folder(
    opened: Workspace,
) -> None:
    dropped(opened, "发票.pdf", "增值税普通发票\n发票代码 123\n价税合计 100元\n")
    w.ingest(opened)
    assert only(opened)["path"] == "退回/发票.pdf"
    (opened.config.rejected / "发票.pdf").replace(w.item_folder(opened, w.SHEEP, 8) / "发票.pdf")
    w.ingest(opened)
    assert (only(opened)["status"], only(opened)["item"]) == ("filed", 8)
    assert list(opened.config.rejected.iterdir()) == []
    assert w.disagreements(opened) == []


def test_what_cannot_be_read_is_not_filed_wherever_it_is_dragged(opened: Workspace) -> None:
    dropped(opened, "坏的.pdf", w.BAD)
    w.ingest(opened)
    (opened.config.rejected / "坏的.pdf").replace(w.item_folder(opened, w.SHEEP, 8) / "坏的.pdf")
    w.ingest(opened)
    assert {row["status"] for row in w.documents(opened)} == {"rejected"}
    assert list(w.item_folder(opened, w.SHEEP, 8).iterdir()) == []


def test_a_kind_people_can_read_is_filed_by_their_decision_and_sent_back_otherwise(opened: Workspace) -> None:
    class Office(w.TextReader):
        def extract(self, path: Path, name: str) -> Extract:
            return Extract("ole", failure=f"“{name}”：{failures.unsupported('ole')}")

    for folder in (opened.config.inbox, w.item_folder(opened, w.SHEEP, 8)):
        (folder / "旧文件.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + str(folder).encode())
    w.ingest(opened, Office())
    assert only(opened, origin="inbox")["status"] == "rejected"
    assert only(opened, origin="project")["status"] == "filed"
    assert "请核对" in reasons(only(opened, origin="project"))
    assert w.disagreements(opened) == []


def test_moving_a_filed_copy_to_another_item_or_project_moves_the_document(opened: Workspace) -> None:
    dropped(opened, "a.pdf", w.minutes(w.SHEEP))
    w.ingest(opened)
    for one, item in ((w.SHEEP, 8), (w.LEMON, 5)):
        opened.store.path(only(opened)["path"]).replace(w.item_folder(opened, one, item) / "x.pdf")
        w.ingest(opened)
        assert (only(opened)["project"], only(opened)["item"], only(opened)["decided_by"]) == (
            one.code,
            item,
            "测试员",
        )
        assert w.disagreements(opened) == []


def test_a_name_a_person_gives_a_filed_copy_stays(opened: Workspace) -> None:
    dropped(opened, "a.pdf", w.minutes(w.SHEEP))
    w.ingest(opened)
    path = opened.store.path(only(opened)["path"])
    path.rename(path.with_name("我起的名字.pdf"))
    w.ingest(opened)
    assert only(opened)["path"].endswith("/05 镇街会议纪要/我起的名字.pdf")
    assert w.disagreements(opened) == []


def test_a_file_deleted_from_review_is_a_decision_too(opened: Workspace) -> None:
    for name in ("一.pdf", "二.pdf"):
        dropped(opened, name, w.UNSURE + name)
    w.ingest(opened)
    (opened.config.review / "一.pdf").unlink()
    w.ingest(opened)
    assert only(opened, source="一.pdf")["status"] == "rejected"
    assert "不归档" in reasons(only(opened, source="一.pdf"))
    assert sorted(path.name for path in opened.config.review.iterdir()) == ["二.pdf", "二.pdf（说明）.txt"]
    assert w.disagreements(opened) == []


def test_a_review_folder_that_was_lost_as_a_whole_is_filled_again(opened: Workspace) -> None:
    for name in ("一.pdf", "二.pdf"):
        dropped(opened, name, w.UNSURE + name)
    w.ingest(opened)
    before = w.files(opened.config.review)
    shutil.rmtree(opened.config.review)
    w.ingest(opened)
    assert w.files(opened.config.review) == before
    assert {row["status"] for row in w.documents(opened)} == {"review"}


def test_a_persons_file_at_a_planned_place_is_never_written_over(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped(opened, "a.pdf", w.minutes(w.SHEEP))
    theirs = w.item_folder(opened, w.SHEEP, 5) / "05 2024-11-01 石坝镇人民政府专题会议纪要.pdf"
    real = opened.store.place

    def raced(source: Path, target: Path, sha256: str) -> None:
        if not theirs.exists():
            w.pdf(theirs, "刚刚放进来的\n")
        real(source, target, sha256)

    monkeypatch.setattr(opened.store, "place", raced)
    w.ingest(opened)
    assert only(opened, source="a.pdf")["path"].endswith("会议纪要 (2).pdf")
    w.ingest(opened)
    assert len(w.documents(opened)) == 2
    assert w.disagreements(opened) == []


# -- decisions at the terminal -------------------------------------------------------------------------------------


def test_pages_of_a_document_are_filed_and_the_rest_waits(opened: Workspace) -> None:
    dropped(opened, "三页.pdf", w.UNSURE, "又一页\n", "第三页\n")
    w.ingest(opened)
    with opened.writing("assign") as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        row = index.documents.find("D00001")
        assert row is not None
        line.desk.deciding.assign_pages(row, (2, 2), w.SHEEP.code, 8)
        line.desk.refresh_pages()
    assert [(r["id"], r["first"], r["last"], r["status"]) for r in w.documents(opened)] == [
        ("D00001", 2, 2, "filed"),
        ("D00002", 1, 1, "review"),
        ("D00003", 3, 3, "review"),
    ]
    assert sorted(path.name for path in opened.config.review.rglob("*.pdf")) == [
        "三页 第1页.pdf",
        "三页 第3页.pdf",
    ]
    assert w.disagreements(opened) == []


def test_a_filed_document_can_be_assigned_elsewhere_and_twice(opened: Workspace) -> None:
    dropped(opened, "a.pdf", w.minutes(w.SHEEP))
    w.ingest(opened)
    for _ in range(2):
        with opened.writing("assign") as index, Pipeline(opened, index, reader=w.TextReader()) as line:
            row = index.documents.find("D00001")
            assert row is not None
            line.desk.deciding.assign_pages(row, (row.first, row.last), w.LEMON.code, 5)
            line.desk.refresh_pages()
        assert w.disagreements(opened) == []
    assert only(opened)["path"].endswith("05 2024-11-01 石坝镇人民政府专题会议纪要.pdf")
    assert list(w.item_folder(opened, w.SHEEP, 5).iterdir()) == []


# -- trouble -------------------------------------------------------------------------------------------------------


def test_one_files_trouble_never_stops_the_others_and_is_tried_again_later(opened: Workspace) -> None:
    def trouble(name: str) -> None:
        if name == "怪的.pdf":
            raise ZeroDivisionError("odd")

    dropped(opened, "怪的.pdf", w.minutes(w.LEMON))
    dropped(opened, "好的.pdf", w.minutes(w.SHEEP))
    reader = w.TextReader(trouble)
    with opened.writing("ingest") as index, Pipeline(opened, index, reader=reader) as line:
        batch = line.run()
        line.run()
    assert "“怪的.pdf”处理时出错" in batch.problems[0]
    assert only(opened)["source"] == "好的.pdf"
    assert reader.read.count("怪的.pdf") == 0
    assert w.ingest(opened).count(Status.FILED) == 1
    assert w.disagreements(opened) == []


def test_a_full_scratch_disk_during_reading_stops_the_pass_and_sends_nothing_back(
    opened: Workspace, tmp_path: Path
) -> None:
    class Full(w.TextReader):
        def extract(self, path: Path, name: str) -> Extract:
            return Extract("pdf", failure=f"“{name}”：{failures.SCRATCH_FULL}")

        def unpack(self, path: Path, name: str, folder: Path) -> Unpacked:
            return Unpacked(failure=f"“{name}”：{failures.SCRATCH_FULL}")

    dropped(opened, "a.pdf", w.minutes(w.SHEEP))
    with pytest.raises(StoreError, match="磁盘空间不足"):
        w.ingest(opened, Full())
    assert w.documents(opened) == []
    assert w.ingest(opened).count(Status.FILED) == 1

    page = w.pdf(tmp_path / "b.pdf", w.minutes(w.LEMON)).read_bytes()
    w.zipped(opened.config.inbox / "材料.zip", {"b.pdf": page})
    with pytest.raises(StoreError, match="磁盘空间不足"):
        w.ingest(opened, Full())
    assert list(opened.config.rejected.iterdir()) == []
    assert w.ingest(opened).count(Status.FILED) == 1


def test_a_machine_too_busy_to_read_sends_nothing_back_and_reads_it_later(
    opened: Workspace, tmp_path: Path
) -> None:
    class Busy(w.TextReader):
        def extract(self, path: Path, name: str) -> Extract:
            if name != "好的.pdf":
                return Extract("pdf", failure=f"“{name}”：{failures.BUSY}")
            return super().extract(path, name)

        def unpack(self, path: Path, name: str, folder: Path) -> Unpacked:
            return Unpacked(failure=f"“{name}”：{failures.BUSY}")

    dropped(opened, "忙的.pdf", w.minutes(w.SHEEP))
    dropped(opened, "好的.pdf", w.minutes(w.LEMON))
    page = w.pdf(tmp_path / "b.pdf", w.minutes(w.SHEEP, 2)).read_bytes()
    w.zipped(opened.config.inbox / "材料.zip", {"b.pdf": page})
    batch = w.ingest(opened, Busy())

    assert only(opened)["source"] == "好的.pdf"
    assert sorted(problem.partition("”")[0] for problem in batch.problems) == ["“忙的.pdf", "“材料.zip"]
    assert all(failures.BUSY in problem and "损坏" not in problem for problem in batch.problems)
    assert list(opened.config.rejected.iterdir()) == []
    w.ingest(opened)
    assert {row["source"] for row in w.documents(opened)} >= {"忙的.pdf", "好的.pdf"}


def test_a_vault_copy_that_went_bad_is_told_and_the_others_go_on(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, target: Path, sha256: str) -> None:
        raise ArchivistError("保存的原件与收到时不一致")

    dropped(opened, "a.pdf", w.minutes(w.SHEEP))
    with monkeypatch.context() as bad:
        bad.setattr(opened.store, "place", refuse)
        assert "与收到时不一致" in w.ingest(opened).problems[0]
    w.ingest(opened)
    assert w.disagreements(opened) == []


def test_a_pass_that_is_stopped_leaves_the_rest_for_the_next(opened: Workspace) -> None:
    for number in range(1, 8):
        dropped(opened, f"{number}.pdf", w.minutes(w.SHEEP, number))
    reader = w.TextReader()
    stop = lambda: len(reader.read) >= 2  # noqa: E731
    with opened.writing("watch") as index, Pipeline(opened, index, stop, reader) as line:
        batch = line.run()
    assert len(batch.documents) < 7
    w.ingest(opened)
    assert len(w.documents(opened)) == 7
    assert w.disagreements(opened) == []


def test_a_pass_with_a_time_limit_tells_that_there_is_more(opened: Workspace) -> None:
    for number in range(1, 8):
        dropped(opened, f"{number}.pdf", w.minutes(w.SHEEP, number))
    with opened.writing("watch") as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        assert line.run(seconds=0.0).more
        assert not line.run().more
    assert len(w.documents(opened)) == 7


def test_a_flood_of_files_is_received_in_turns_between_which_work_is_done(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        dropped(opened, f"{number}.pdf", w.minutes(w.SHEEP, number + 1))
    time.sleep(2 * w.SETTLE)
    real, ticks = time.monotonic, iter(range(10**6))
    slow = SimpleNamespace(monotonic=lambda: real() + next(ticks), sleep=time.sleep)
    monkeypatch.setattr("archivist.ingest.receiving.time", slow)
    with opened.writing("watch") as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        ticks = iter(range(10**6))
        first = line.run(patient=False, seconds=8)
        assert first.more
        assert 0 < len(list(opened.config.inbox.glob("*.pdf"))) < 6
        ticks = iter([0] * 10**6)
        while line.run(patient=False, seconds=8).more:
            continue
    assert sum(row["status"] == "filed" for row in w.documents(opened)) == 6
    assert w.disagreements(opened) == []


def test_a_status_page_that_could_not_be_written_is_written_by_the_next_run(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped(opened, "a.pdf", w.minutes(w.SHEEP))

    def refuse(*_: object) -> None:
        raise StoreError("磁盘空间不足")

    with monkeypatch.context() as full:
        full.setattr("archivist.pages.project.refresh", refuse)
        with pytest.raises(StoreError):
            w.ingest(opened)
    assert [row["status"] for row in w.documents(opened)] == ["filed"]
    w.ingest(opened)
    assert w.disagreements(opened) == []


# -- the real thing ------------------------------------------------------------------------------------------------


def test_real_scans_are_read_recognised_and_accounted_for(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    samples = data_folder("samples") / "收件箱"
    for name in ("扫描件0001.pdf", "三驱镇报送材料.zip", "珠溪镇专题会议纪要31期.docx", "新建 PDF 文档.pdf"):
        shutil.copy(samples / name, opened.config.inbox / name)
    given = set(w.files(opened.config.inbox).values())
    with opened.writing("ingest") as index, Pipeline(opened, index) as line:
        batch = line.run()
    assert batch.problems == []
    assert {row["source"].split("!/")[0] for row in w.documents(opened)} >= {
        path.name for path in samples.iterdir()
    } & {
        "扫描件0001.pdf",
        "三驱镇报送材料.zip",
        "珠溪镇专题会议纪要31期.docx",
    }
    assert given <= w.everywhere(opened)
    assert w.disagreements(opened) == []
    (text,) = w.rows(opened, "SELECT SUM(LENGTH(text)) FROM pages WHERE text_source = 'ocr'")
    assert text[0] > 100


def test_a_file_that_calls_itself_a_copy_is_entered_as_one_with_where_it_says_so(opened: Workspace) -> None:
    dropped(opened, "纪要 复印件.pdf", w.minutes(w.SHEEP))
    dropped(opened, "纪要.pdf", w.minutes(w.LEMON))
    w.ingest(opened)

    marked, plain = only(opened, source="纪要 复印件.pdf"), only(opened, source="纪要.pdf")
    assert (marked["original"], plain["original"]) == ("复印件", None)
    assert [fact["quote"] for fact in json.loads(marked["facts"]) if fact["value"] == "复印件"] == [
        "文件名：纪要 复印件.pdf"
    ]


def test_a_filed_or_waiting_file_ends_as_its_content_is_so_that_a_double_click_opens_it(
    opened: Workspace,
) -> None:
    named = {
        "扫描.jpg": w.minutes(w.SHEEP, 1),
        "没有后缀": w.minutes(w.SHEEP, 2),
        "第1.2版": w.UNSURE,
        "大写.PDF": w.minutes(w.SHEEP, 3),
    }
    for name, text in named.items():
        dropped(opened, name, text)
    w.ingest(opened)

    stands = {name: Path(only(opened, source=name)["path"]).name for name in named}
    assert {Path(name).suffix for name in stands.values()} == {".pdf"}
    assert stands["第1.2版"] == "第1.2版.pdf"
    assert w.disagreements(opened) == []
