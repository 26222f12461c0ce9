"""ZIP archives: bounded by what really comes out, and named as their maker meant."""

from __future__ import annotations

import io
import stat
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.extract import Extractor, Limits
from archivist.extract.members.archive import Unpacked, member_name, shown_name, unpack_step
from archivist.extract.processes.sandbox import Sandbox
from support.makers import RECORD, docx, paragraph, zip_bytes, zipped


def unpack(path: Path, limits: Limits) -> Unpacked:
    with Extractor(limits, 1, "none") as extractor:
        return extractor.unpack(path, "材料.zip", limits.scratch)


def test_members_come_out_whole_under_internal_names(limits: Limits, tmp_path: Path) -> None:
    scan = RECORD.read_bytes()
    path = zipped(
        tmp_path / "a", {"村里/会议记录.jpg": scan, "村里/": b"", "__MACOSX/._x": b"1", "Thumbs.db": b"2"}
    )

    done = unpack(path, limits)

    (member,) = done.members
    assert (member.name, done.refused, done.failure) == ("村里/会议记录.jpg", (), "")
    assert member.data_path.read_bytes() == scan
    assert member.data_path.name.isascii()
    assert member.data_path.parent == limits.scratch


@pytest.mark.parametrize("method", ["spawn", None])
def test_unpacking_works_under_every_start_method(limits: Limits, tmp_path: Path, method: str | None) -> None:
    path = zipped(tmp_path / "a", {"a.txt": b"x"})

    assert len(Sandbox(limits, 1, method).run(unpack_step, path, limits, limits.scratch).members) == 1


@pytest.mark.parametrize(
    "name",
    ["../外面.pdf", "a/../../外面.pdf", "/etc/passwd", "C:/Windows/x.pdf", "..\\外面.pdf", "\\\\server\\x"],
)
def test_names_that_point_outside_are_refused_one_by_one(limits: Limits, tmp_path: Path, name: str) -> None:
    before = set(tmp_path.rglob("*"))
    path = zipped(tmp_path / "a", {name: b"evil", "好.pdf": b"good"})

    done = unpack(path, limits)

    assert [member.name for member in done.members] == ["好.pdf"]
    assert [reason for _, reason in done.refused if "之外" in reason]
    assert set(tmp_path.rglob("*")) - before == {path, done.members[0].data_path}


def test_links_are_refused(limits: Limits, tmp_path: Path) -> None:
    link = zipfile.ZipInfo("链接.pdf")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a", "w") as archive:
        archive.writestr(link, "/etc/passwd")

    done = unpack(tmp_path / "a", limits)

    assert (done.members, done.refused[0][0]) == ((), "链接.pdf")


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8"])
def test_old_chinese_names_are_decoded(limits: Limits, tmp_path: Path, encoding: str) -> None:
    # 構 and 昞 end in 0x5C in GBK: a backslash only to those who do not look.
    name = "项目構昞/会议记录.pdf"
    stand_in = "x" * len(name.encode(encoding))
    data = zip_bytes({stand_in: b"1"}).replace(stand_in.encode(), name.encode(encoding))
    (tmp_path / "a").write_bytes(data)

    assert [member.name for member in unpack(tmp_path / "a", limits).members] == [name]


@given(st.text(alphabet=st.characters(codec="gb18030", exclude_characters="\0\\/"), min_size=1, max_size=30))
def test_a_flagged_name_is_taken_as_it_is(name: str) -> None:
    info = zipfile.ZipInfo(name)
    info.flag_bits |= 0x800

    assert member_name(info) == name
    shown_name(name).encode("utf-8")


def test_a_bomb_is_stopped_by_what_comes_out_not_by_what_it_says(limits: Limits, tmp_path: Path) -> None:
    data = bytearray(zip_bytes({"a": bytes(40 << 20)}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    (tmp_path / "a").write_bytes(data)

    done = unpack(tmp_path / "a", replace(limits, max_ratio=100))

    assert done.failure or done.refused
    assert sum(p.stat().st_size for p in limits.scratch.iterdir()) < 8 << 20


def test_a_high_ratio_is_refused_in_words(limits: Limits, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a", {"a": bytes(40 << 20)})

    assert "大得不正常" in unpack(path, replace(limits, max_ratio=100)).failure


def test_ten_thousand_members_are_refused_with_both_numbers(limits: Limits, tmp_path: Path) -> None:
    done = unpack(zipped(tmp_path / "a", {f"{n}.txt": b"" for n in range(10_000)}), limits)

    assert "10000 个文件" in done.failure
    assert "2000 个" in done.failure
    assert list(limits.scratch.iterdir()) == []


def test_archives_in_archives_are_opened_to_the_limit(limits: Limits, tmp_path: Path) -> None:
    third = zip_bytes({"丁.pdf": b"4"})
    second = zip_bytes({"丙.zip": third, "丙.pdf": b"3"})
    path = zipped(tmp_path / "a", {"乙.zip": second, "甲.pdf": b"1"})

    deep, shallow = unpack(path, limits), unpack(path, replace(limits, max_depth=2, scratch=tmp_path))

    assert {m.name for m in deep.members} == {"甲.pdf", "乙.zip!/丙.pdf", "乙.zip!/丙.zip!/丁.pdf"}
    assert [name for name, _ in shallow.refused] == ["乙.zip!/丙.zip"]


def test_office_files_inside_are_members_not_archives(limits: Limits, tmp_path: Path) -> None:
    inner = docx(tmp_path / "d", paragraph("会议")).read_bytes()

    assert [m.name for m in unpack(zipped(tmp_path / "a", {"记录.docx": inner}), limits).members] == [
        "记录.docx"
    ]


def test_a_locked_archive_says_so(limits: Limits, tmp_path: Path) -> None:
    data = bytearray(zip_bytes({"a.pdf": b"secret"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    (tmp_path / "a").write_bytes(data)

    assert "密码" in unpack(tmp_path / "a", limits).failure


def test_an_archive_cut_off_says_so(limits: Limits, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(zip_bytes({"a.jpg": RECORD.read_bytes()})[:20_000])

    assert "不完整" in unpack(tmp_path / "a", limits).failure


def test_a_damaged_member_does_not_cost_its_neighbours(limits: Limits, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("坏.pdf", b"A" * 500)
        archive.writestr("好.pdf", b"B" * 500)
    (tmp_path / "a").write_bytes(buffer.getvalue().replace(b"AAAA", b"AAAC", 1))

    done = unpack(tmp_path / "a", limits)

    assert ([m.name for m in done.members], [name for name, _ in done.refused]) == (["好.pdf"], ["坏.pdf"])


def test_an_extractor_unpacks_too(plain: Extractor, limits: Limits, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a", {"a.pdf": b"1"})

    assert [m.name for m in plain.unpack(path, "a.zip", limits.scratch).members] == ["a.pdf"]
    assert "压缩包" in plain.extract(path, "a.zip").failure
