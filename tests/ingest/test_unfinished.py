"""Files that are written slowly, in parts: waited for, and put right when they were taken too early after all."""

from __future__ import annotations

from pathlib import Path

from archivist.ingest.pipeline import Pipeline
from archivist.store.layout import RECENT
from archivist.workspace.opened import Workspace
from support import workspaces as w


def document(folder: Path, number: int = 1, pages: int = 1) -> bytes:
    return w.pdf(
        folder / "made.pdf", *[w.minutes(w.SHEEP, number, f"第{page}页" * 300) for page in range(pages)]
    ).read_bytes()


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
