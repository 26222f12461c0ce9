"""Files that are written slowly, in parts: waited for, and put right when they were taken too early after all."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from archivist.ingest.pipeline import Pipeline
from archivist.store.layout import RECENT
from archivist.system.wholeness import looks_unfinished
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.places import DATA, SAMPLES


def picture(form: str, frames: int = 1) -> bytes:
    noise = [Image.effect_noise((90, 60 + number), 60) for number in range(frames)]
    made = io.BytesIO()
    more = {"save_all": True, "append_images": noise[1:]} if frames > 1 else {}
    noise[0].save(made, form, **more)
    return made.getvalue()


def document(folder: Path, number: int = 1, pages: int = 1) -> bytes:
    return w.pdf(
        folder / "made.pdf", *[w.minutes(w.SHEEP, number, f"第{page}页" * 300) for page in range(pages)]
    ).read_bytes()


def packed(folder: Path) -> bytes:
    return w.zipped(folder / "made.zip", {"a.txt": b"x" * 4000, "b.txt": b"y" * 500}).read_bytes()


def heic() -> bytes:
    def box(kind: bytes, data: bytes) -> bytes:
        return (8 + len(data)).to_bytes(4, "big") + kind + data

    return box(b"ftyp", b"heic" + bytes(4) + b"mif1") + box(b"meta", bytes(200)) + box(b"mdat", b"p" * 3000)


def whole_files(folder: Path) -> dict[str, bytes]:
    return {
        "pdf": document(folder),
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


# -- waiting -------------------------------------------------------------------------------------------------------


def look(opened: Workspace) -> list[str]:
    """One look as a watcher takes it, files having stood still for the settling time; what it left to its writer."""
    with opened.writing("watch", wait=10) as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        line.receiver._pause()
        return line.run(patient=False).unsettled


def test_a_watcher_leaves_a_file_that_lacks_its_end_to_its_writer(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    whole = document(tmp_path)
    slow = opened.config.inbox / "扫描.pdf"
    for upto in (len(whole) // 3, len(whole) * 2 // 3):
        with slow.open("ab") as scanner:
            scanner.write(whole[slow.stat().st_size : upto])
        assert look(opened) == ["扫描.pdf"]
    with slow.open("ab") as scanner:
        scanner.write(whole[slow.stat().st_size :])
    assert look(opened) == []
    (row,) = w.documents(opened)
    assert (row["status"], row["sha256"]) == ("filed", w.sha256(whole))


def test_nobody_waits_for_ever_for_the_end_of_a_file(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w", "unfinished_seconds = 0.2\n")
    (opened.config.inbox / "断了.pdf").write_bytes(document(tmp_path)[:500])
    for _ in range(3):
        look(opened)
    assert [row["status"] for row in w.documents(opened)] == ["rejected"]


# -- putting right -------------------------------------------------------------------------------------------------


def took(opened: Workspace, name: str, data: bytes) -> None:
    (opened.config.inbox / name).write_bytes(data)
    w.ingest(opened)


def states(opened: Workspace) -> dict[str, str]:
    return {row["sha256"]: row["status"] for row in w.documents(opened)}


def test_the_whole_file_counts_in_place_of_the_half_that_was_taken(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    whole = document(tmp_path)
    half = whole[: len(whole) // 2]
    took(opened, "扫描.pdf", half)
    assert states(opened) == {w.sha256(half): "rejected"}
    took(opened, "扫描.pdf", whole)
    assert states(opened) == {w.sha256(half): "duplicate", w.sha256(whole): "filed"}
    assert w.files(opened.config.rejected) == {}
    assert w.sha256(half) in w.everywhere(opened)
    assert "还没有写完" in w.documents(opened)[0]["reasons"]
    assert "还没有写完" in (opened.config.inbox / RECENT).read_text("utf-8")
    assert w.disagreements(opened) == []
    assert w.untold(opened) == []


def test_reserved_room_that_was_taken_empty_gives_way_to_the_filled_file(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    whole = document(tmp_path)
    took(opened, "扫描.pdf", whole[:700] + bytes(len(whole) - 700))
    took(opened, "扫描.pdf", whole)
    assert sorted(states(opened).values()) == ["duplicate", "filed"]
    assert w.disagreements(opened) == []


def test_parts_that_arrive_one_by_one_are_put_together(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    whole = document(tmp_path, pages=2)
    third = len(whole) // 3
    parts = [whole[:third], whole[third : 2 * third], whole[2 * third :]]
    for part in parts:
        took(opened, "扫描.pdf", part)
    assert states(opened) == {**{w.sha256(part): "duplicate" for part in parts}, w.sha256(whole): "filed"}
    assert {w.sha256(part) for part in parts} <= w.everywhere(opened)
    assert w.files(opened.config.rejected) == {}
    assert "分 3 次写入" in w.documents(opened)[0]["reasons"]
    assert w.disagreements(opened) == []
    assert w.untold(opened) == []


def test_another_file_of_the_same_name_is_no_rest_and_no_whole(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    took(opened, "扫描.pdf", document(tmp_path)[:900])
    took(opened, "扫描.pdf", document(tmp_path, 2))
    took(opened, "扫描.pdf", b"neither a beginning nor an end")
    assert sorted(states(opened).values()) == ["filed", "rejected", "rejected"]
    assert w.disagreements(opened) == []


def test_what_a_person_decided_about_a_half_stands(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    whole = document(tmp_path)
    took(opened, "扫描.pdf", whole[: len(whole) // 2])
    with opened.writing("assign", wait=10) as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        row = index.documents.find("D00001")
        assert row is not None
        line.desk.deciding.assign(row, w.FISH.code, 8, "确认")
        line.desk.refresh_pages()
    took(opened, "扫描.pdf", whole)
    assert list(states(opened).values()) == ["filed", "filed"]
    assert w.disagreements(opened) == []
