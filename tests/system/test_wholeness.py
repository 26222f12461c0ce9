"""Whether a file is plainly not written to its end: told by how files of its kind begin, end and are laid out."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
from PIL import Image

from archivist.system.wholeness import ends_whole, has_a_beginning, looks_unfinished
from support import workspaces as w
from support.places import DATA, SAMPLES


def picture(form: str, frames: int = 1) -> bytes:
    noise = [Image.effect_noise((90, 60 + number), 60) for number in range(frames)]
    made = io.BytesIO()
    more = {"save_all": True, "append_images": noise[1:]} if frames > 1 else {}
    noise[0].save(made, form, **more)
    return made.getvalue()


def packed(folder: Path) -> bytes:
    return w.zipped(folder / "made.zip", {"a.txt": b"x" * 4000, "b.txt": b"y" * 500}).read_bytes()


def heic() -> bytes:
    def box(kind: bytes, data: bytes) -> bytes:
        return (8 + len(data)).to_bytes(4, "big") + kind + data

    return box(b"ftyp", b"heic" + bytes(4) + b"mif1") + box(b"meta", bytes(200)) + box(b"mdat", b"p" * 3000)


def whole_files(folder: Path) -> dict[str, bytes]:
    return {
        "pdf": w.pdf(folder / "made.pdf", w.minutes(w.SHEEP, 1, "甲" * 300)).read_bytes(),
        "zip": packed(folder),
        "heic": heic(),
        "tif of two": picture("TIFF", 2),
        **{form: picture(form) for form in ("JPEG", "PNG", "TIFF", "BMP", "WEBP")},
    }


KINDS = ["pdf", "zip", "heic", "tif of two", "JPEG", "PNG", "TIFF", "BMP", "WEBP"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_beginning_of_a_file_lacks_its_end_and_the_whole_does_not(tmp_path: Path, kind: str) -> None:
    whole = whole_files(tmp_path)[kind]
    path = tmp_path / "file"
    path.write_bytes(whole)
    assert not looks_unfinished(path)
    lengths = {*range(16, len(whole) - 60, max(1, len(whole) // 60)), len(whole) - 60}
    written = [
        length
        for length in sorted(lengths)
        if path.write_bytes(whole[:length]) and not looks_unfinished(path)
    ]
    assert written == []


def test_of_all_samples_only_the_cut_off_and_the_empty_one_lack_their_end() -> None:
    samples = [*SAMPLES.rglob("*"), *DATA.rglob("*")]
    files = [path for path in samples if path.is_file()]
    assert len(files) > 20
    found = {path.name for path in files if looks_unfinished(path)}
    assert found == {"扫描未完成.pdf", "新建 PDF 文档.pdf"}


@pytest.mark.parametrize("kind", KINDS)
def test_room_that_was_reserved_and_is_filled_later_counts_as_not_written(tmp_path: Path, kind: str) -> None:
    whole = whole_files(tmp_path)[kind]
    path = tmp_path / "file"
    for filled in (0, len(whole) // 3 if kind in {"pdf", "zip", "JPEG", "PNG"} else 0):
        path.write_bytes(whole[:filled] + bytes(len(whole) - filled))
        assert looks_unfinished(path), filled


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"II*\0",
        b"MM\0*\xff\xff\xff\xff",
        b"BM",
        b"RIFF",
        b"\0\0\0\x01ftyp",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ],
)
def test_odd_beginnings_are_asked_about_without_an_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    assert looks_unfinished(path) in {True, False}
    assert looks_unfinished(tmp_path) is False


def asked(folder: Path, data: bytes) -> bool:
    path = folder / "file"
    path.write_bytes(data)
    return looks_unfinished(path)


def test_a_tiff_is_followed_from_directory_to_directory_and_never_round_in_circles(tmp_path: Path) -> None:
    def tiff(then: int, *entries: bytes) -> bytes:
        return b"II*\0" + struct.pack("<IH", 8, len(entries)) + b"".join(entries) + struct.pack("<I", then)

    width = struct.pack("<HHII", 256, 3, 1, 90)
    strips = struct.pack("<HHII", 273, 4, 1, 36) + struct.pack("<HHII", 279, 4, 1, 4)

    assert not asked(tmp_path, tiff(0, width))
    assert not asked(tmp_path, tiff(8, width))  # names itself as the next
    assert asked(tmp_path, tiff(9999, width))
    assert asked(tmp_path, tiff(0))
    assert asked(tmp_path, b"II*\0" + bytes(4) + b"x")
    assert asked(tmp_path, tiff(0, strips[:12], strips[12:]))
    assert asked(tmp_path, tiff(0, struct.pack("<HHII", 273, 4, 9, 9000)))


def test_boxes_of_a_photo_may_be_long_or_last_to_the_end(tmp_path: Path) -> None:
    begin = struct.pack(">I", 16) + b"ftypheic" + bytes(4)
    long = struct.pack(">I", 1) + b"mdat" + struct.pack(">Q", 20) + b"pppp"

    assert not asked(tmp_path, begin + long)
    assert asked(tmp_path, begin + long[:-1])
    assert not asked(tmp_path, begin + struct.pack(">I", 0) + b"mdat" + b"p")
    assert asked(tmp_path, begin)
    assert asked(tmp_path, begin + b"abc")
    assert asked(tmp_path, begin + bytes(16))
    assert not asked(tmp_path, begin + struct.pack(">I", 3) + b"what" + b"p" * 9)


def test_an_older_office_file_is_whole_when_its_tables_lie_in_it(tmp_path: Path) -> None:
    def office(shift: int, directory: int, size: int) -> bytes:
        head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\xff"))
        struct.pack_into("<H", head, 30, shift)
        struct.pack_into("<I", head, 48, directory)
        return bytes(head).ljust(size, b"x")

    assert not asked(tmp_path, office(9, 1, 4096))
    assert asked(tmp_path, office(9, 7, 4096))
    assert not asked(tmp_path, office(3, 7, 4096))  # no sector size that there is: nothing is known


def test_the_end_that_a_kind_must_have_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for kind, whole in whole_files(tmp_path).items():
        path.write_bytes(whole)
        assert has_a_beginning(path), kind
        assert ends_whole(path) is (kind in {"pdf", "zip", "JPEG", "PNG"}), kind
    path.write_bytes(b"words")
    assert not has_a_beginning(path)
    assert not ends_whole(path)
