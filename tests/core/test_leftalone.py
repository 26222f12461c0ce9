"""Which names are a program's, and that none is that a clerk gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.leftalone import folder_of_a_program, is_shortcut, of_a_program

BINS = (
    *(
        "#recycle",
        "$RECYCLE.BIN",
        ".recycle",
        "@Recycle",
        "@Recently-Snapshot",
        ".Trash-1000",
        ".Trash",
        ".Trashes",
    ),
    *(".zfs", ".snapshot", ".snapshots", "~snapshot", "#snapshot", "System Volume Information", "lost+found"),
    *(
        "@tmp",
        ".sync",
        ".SynologyWorkingDirectory",
        ".dropbox.cache",
        ".git",
        "@eaDir",
        "__MACOSX",
        "trashbox",
    ),
    *(".stversions", ".stfolder (1)", "found.000", "RECYCLER", "Network Recycle Bin 1", "纪要.pdf.download"),
)
UNFINISHED = (
    *("纪要.pdf.!ut", "纪要.pdf.!qB", "纪要.pdf.aria2", "纪要.pdf.td", "纪要.pdf.xltd", "纪要.pdf.td.cfg"),
    *(
        "纪要.pdf.xltd.cfg",
        "纪要.pdf.baiduyun.downloading",
        "纪要.pdf.baiduyun.p.downloading",
        "纪要.pdf.downloading",
    ),
    *(
        "纪要.pdf.baiduyun.uploading.cfg",
        "纪要.pdf.opdownload",
        "纪要.pdf.bc!",
        "纪要.pdf.fdmdownload",
        "纪要.pdf.jc!",
    ),
    *("未确认 882210.crdownload", "纪要.pdf.360download", "纪要.pdf.wxtmp", "纪要.pdf.temp", "001.part.met"),
    *(
        ".纪要.pdf.Ab12Cd",
        ".IMG_001.jpg.0aZb9Q",
        "纪要.pdf.a1b2c3d4.partial",
        ".syncthing.纪要.pdf.tmp",
        "x.ffs_tmp",
    ),
)
SAVES = (
    *(
        ".纪要.docx.swp",
        ".纪要.docx.swo",
        "纪要.txt.swx",
        ".goutputstream-J3K2M1",
        "~WRL0001.tmp",
        "~WRD3921",
        "~$纪要.docx",
    ),
    *(
        "纪要.docx.sb-1a2b3c4d-AbCdEf",
        ".~lock.纪要.odt#",
        "自动恢复 纪要.asd",
        "备份属于 纪要.wbk",
        "台账.xlk",
        ".~纪要.docx",
    ),
    *(
        "纪要.pdf:Zone.Identifier",
        "纪要.pdf\uf03aZone.Identifier",
        "纪要.pdf:Zone.Identifier:$DATA",
        ".smbdeleteAAB",
    ),
)
PAPERS = (
    *(
        "纪要.pdf",
        ".纪要.pdf",
        ".会议记录.docx",
        "会议记录.2024",
        ".纪要.202411",
        "纪要.20241120",
        "#1楼#.jpg",
        "1~2号会议.pdf",
    ),
    *(
        "@青杠村.pdf",
        "~会议记录.docx",
        "download.pdf",
        "下载.pdf",
        "tmp.pdf",
        "临时.jpg",
        "part.pdf",
        "纪要.part1.rar",
        "temp",
    ),
    *(
        "swp.pdf",
        "纪要（回收站）.pdf",
        "td.pdf",
        "纪要td",
        "Zone.Identifier说明.pdf",
        "快捷方式.pdf",
        "git.pdf",
        "4913",
        "20241120",
    ),
    *(
        "台账.xls",
        "台账.xlsx",
        "纪要.bak",
        "纪要.old",
        "纪要.swf",
        "纪要.doc",
        ".纪要.jpeg",
        "sync.pdf",
        "lnk.pdf",
        "x.urls",
    ),
)


@pytest.mark.parametrize("name", [*UNFINISHED, *SAVES])
def test_downloads_copies_and_saves_under_way_are_a_programs(name: str) -> None:
    assert of_a_program(name)
    assert of_a_program(name.upper()) or name.startswith(".") or name.endswith("Ab12Cd")


@pytest.mark.parametrize("name", BINS)
def test_bins_and_snapshots_of_shares_are_a_programs_however_they_are_spelled(name: str) -> None:
    assert folder_of_a_program(name)
    assert folder_of_a_program(name.upper())
    assert folder_of_a_program(name.lower())


@pytest.mark.parametrize("name", PAPERS)
def test_what_a_clerk_may_have_named_is_no_programs(name: str) -> None:
    assert not of_a_program(name)
    assert not folder_of_a_program(name)
    assert not is_shortcut(name)


@pytest.mark.parametrize(
    "name",
    ["04 村（社区）会议记录", "回收站", "快照", "临时", "同步", "git资料", "recycle", "download", "2024.11"],
)
def test_a_folder_a_clerk_may_have_named_is_looked_into(name: str) -> None:
    assert not folder_of_a_program(name)


@pytest.mark.parametrize(
    "name", ["会议记录.pdf - 快捷方式.lnk", "区政府.URL", "纪要.webloc", "纪要.desktop", "x.website"]
)
def test_a_shortcut_is_told_as_one_and_is_no_programs_file(name: str) -> None:
    assert is_shortcut(name)
    assert not of_a_program(name)


@given(
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=12),
    st.sampled_from(
        [
            "pdf",
            "docx",
            "doc",
            "jpg",
            "jpeg",
            "png",
            "tif",
            "tiff",
            "xlsx",
            "ofd",
            "zip",
            "wps",
            "heic",
            "txt",
        ]
    ),
    st.sampled_from([*UNFINISHED, *SAVES]),
)
def test_a_chinese_name_with_a_papers_ending_is_always_a_papers(stem: str, suffix: str, half: str) -> None:
    assert not of_a_program(f"{stem}.{suffix}")
    assert not of_a_program(f"{half}.{suffix}") or half.startswith((".", "~$", "~syncthing~"))
