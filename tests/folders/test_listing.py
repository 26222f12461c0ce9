"""What counts as waiting, and when it is complete."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from archivist.core.filing import TOGETHER
from archivist.folders.listing import WaitingFile, in_inbox, in_projects, remove_empty_folders
from archivist.folders.settling import Settling
from archivist.system.fingerprints import Fingerprint
from support import workspaces as w

SECOND = 10**9


def file(name: str, changed: int, size: int = 1, mtime: int | None = None) -> WaitingFile:
    return WaitingFile(
        Path(name), name, "inbox", Fingerprint(size, changed if mtime is None else mtime, 1), changed
    )


def names(inbox: Path) -> list[str]:
    return [waiting.name for waiting in in_inbox(inbox).files]


@pytest.mark.parametrize(
    "name",
    [
        "~$纪要.docx",
        "._纪要.pdf",
        ".~lock.纪要.odt#",
        "Thumbs.db",
        "DESKTOP.INI",
        ".DS_Store",
        "a.pdf.part",
        "a.crdownload",
        "a.TMP",
        "纪要.pdf.filepart",
        "归档状态.html",
        "档案元数据.json",
        "纪要.pdf（说明）.txt",
        "@eaDir/a.pdf",
        "__MACOSX/a.pdf",
        "$RECYCLE.BIN/a.pdf",
        ".recycle/深/a.pdf",
        "石坝镇/@Recycle/a.pdf",
        ".Trash-1000/files/a.pdf",
        "a.pdf.baiduyun.p.downloading",
        ".a.pdf.Ab12Cd",
        "a.pdf:Zone.Identifier",
    ],
)
def test_locks_junk_half_downloads_and_our_own_pages_are_ignored(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
    (tmp_path / name).write_bytes(b"x")
    assert in_inbox(tmp_path).files == []
    assert in_inbox(tmp_path).odd == []


def test_files_in_folders_are_listed_by_the_path_people_know(tmp_path: Path) -> None:
    (tmp_path / "龙井镇/材料").mkdir(parents=True)
    (tmp_path / "龙井镇/材料/纪要.pdf").write_bytes(b"x")
    (tmp_path / "a.pdf").write_bytes(b"x")
    assert names(tmp_path) == ["a.pdf", "龙井镇/材料/纪要.pdf"]


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="file names need not be text here only")
def test_a_name_in_gbk_is_read_as_such_and_any_other_bytes_are_spelled_out(tmp_path: Path) -> None:
    for raw in ("会议记录.pdf".encode("gb18030"), b"\xff\xff\x81.pdf"):
        with open(os.path.join(os.fsencode(tmp_path), raw), "wb"):  # noqa: PTH118, PTH123
            pass
    assert sorted(names(tmp_path)) == ["\\xff\\xff\\x81.pdf", "会议记录.pdf"]


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are POSIX here")
def test_links_pipes_and_sockets_are_told_and_never_opened(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.pdf").write_bytes(b"x")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "file link.pdf").symlink_to(outside / "secret.pdf")
    (inbox / "folder link").symlink_to(outside)
    os.mkfifo(inbox / "pipe.pdf")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(inbox)
        try:
            listening.bind("socket")
        finally:
            os.chdir(here)
        listing = in_inbox(inbox)
    assert listing.files == []
    assert [sentence.split("”")[0] for sentence in listing.odd] == [
        "“file link.pdf",
        "“folder link",
        "“pipe.pdf",
        "“socket",
    ]
    assert "复制过来" in listing.odd[0]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may look into every folder")
def test_a_folder_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "锁住").mkdir(mode=0)
    try:
        assert "“锁住”打不开" in in_inbox(tmp_path).odd[0]
    finally:
        (tmp_path / "锁住").chmod(0o700)


def test_the_folder_a_file_lies_in_decides_project_and_item_also_when_it_was_renamed(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    folder = w.folder_of(opened, w.SHEEP)
    (folder / "04 村（社区）会议记录").rename(folder / "4会议记录（村里）")
    for name in ("4会议记录（村里）/深/a.pdf", "根.pdf", "自己建的/b.pdf", f"{TOGETHER}/c.pdf"):
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_bytes(b"x")
    from archivist.folders.places import project_places

    projects = {w.SHEEP.code: (w.SHEEP, opened.store.relative(folder))}
    places = project_places(opened.config, projects, opened.annex)
    listing = in_projects(opened.store.root, opened.config.projects, places, set())
    assert {f.path.name: (f.project, f.item) for f in listing.files} == {
        "a.pdf": (w.SHEEP.code, 4),
        "根.pdf": (w.SHEEP.code, None),
        "b.pdf": (w.SHEEP.code, None),
        "c.pdf": (w.SHEEP.code, None),
    }


def test_a_folder_that_is_no_projects_is_told_and_files_beside_it_are_taken(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    (opened.config.projects / "随手放的.pdf").write_bytes(b"x")
    (opened.config.projects / "石坝镇/也是随手放的.pdf").write_bytes(b"x")
    folder = w.folder_of(opened, w.SHEEP)
    folder.rename(folder.with_name("改了名字"))
    batch = w.ingest(opened)
    assert [sentence.split("”")[0] for sentence in batch.problems] == ["“项目档案/石坝镇/改了名字"]
    assert sorted(batch.names.values()) == ["项目档案/石坝镇/也是随手放的.pdf", "项目档案/随手放的.pdf"]


def test_a_file_is_complete_when_the_file_systems_clock_says_it_has_stood_still() -> None:
    settling = Settling(2.0, lambda: 100 * SECOND, lambda: 0.0)
    old, young = file("old", 98 * SECOND), file("young", 99 * SECOND)
    assert settling.split([old, young]) == ([old], [young])


def test_a_file_from_the_future_is_complete_once_it_was_watched_standing_still() -> None:
    clock = iter([0.0, 1.0, 2.0])
    settling = Settling(2.0, lambda: 100 * SECOND, lambda: next(clock))
    future = file("future", 10**6 * SECOND)
    assert [bool(settling.split([future])[0]) for _ in range(3)] == [False, False, True]


def test_a_growing_file_is_never_complete() -> None:
    clock = iter(range(10))
    settling = Settling(2.0, lambda: 100 * SECOND, lambda: float(next(clock)))
    for size in range(8):
        growing = file("growing", 100 * SECOND, size)
        assert settling.split([growing]) == ([], [growing])


def test_a_file_with_an_old_date_that_was_copied_just_now_is_young(tmp_path: Path) -> None:
    (tmp_path / "旧照片.jpg").write_bytes(b"x")
    os.utime(tmp_path / "旧照片.jpg", (1, 1))
    (seen,) = in_inbox(tmp_path).files
    assert seen.changed > 10**9 * SECOND


def test_a_shortcut_is_told_and_not_taken_for_the_file(tmp_path: Path) -> None:
    (tmp_path / "村里").mkdir()
    (tmp_path / "村里/会议记录.pdf.lnk").write_bytes(b"L")
    listing = in_inbox(tmp_path)
    assert listing.files == []
    (told,) = listing.odd
    assert told.startswith("“村里/会议记录.pdf.lnk”是快捷方式") and "复制过来" in told


def test_an_empty_folder_of_a_bin_stays(tmp_path: Path) -> None:
    (tmp_path / ".recycle/石坝镇").mkdir(parents=True)
    (tmp_path / "空").mkdir()
    remove_empty_folders(tmp_path, lambda folder, changed: True)
    assert [path.name for path in tmp_path.iterdir()] == [".recycle"]
    assert (tmp_path / ".recycle/石坝镇").is_dir()


def test_only_empty_folders_go_and_never_the_inbox(tmp_path: Path) -> None:
    (tmp_path / "空/更空").mkdir(parents=True)
    (tmp_path / "有").mkdir()
    (tmp_path / "有/a.pdf.part").write_bytes(b"x")
    (tmp_path / "留着").mkdir()
    remove_empty_folders(tmp_path, lambda folder, changed: folder.name != "留着")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["有", "留着"]
    remove_empty_folders(tmp_path / "留着", lambda folder, changed: True)
    assert (tmp_path / "留着").is_dir()
