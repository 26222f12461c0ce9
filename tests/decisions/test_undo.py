"""A decision taken back: documents are and stand as before it, both acts stay in the log, nothing learned remains."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from archivist.core.document import Document
from archivist.decisions.desk import Desk
from archivist.errors import UsageError
from archivist.ingest.pipeline import Pipeline
from archivist.workspace.opened import Workspace
from support import workspaces as w


@pytest.fixture
def opened(begin: Workspace, tmp_path: Path) -> Workspace:
    return w.again(begin, tmp_path / "w")


@pytest.fixture(scope="module")
def begin(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = w.workspace(tmp_path_factory.mktemp("undo") / "w")
    w.pdf(made.config.inbox / "拿不准.pdf", w.UNSURE)
    w.pdf(made.config.inbox / "三页.pdf", w.UNSURE + "另一个。\n", "没有标题的一页\n养殖场的事\n", "又一页\n")
    w.pdf(made.config.inbox / "纪要.pdf", w.minutes(w.SHEEP))
    w.pdf(made.config.inbox / "合并.pdf", w.record(w.FISH), w.minutes(w.FISH, 3))
    w.ingest(made)
    return made


@contextmanager
def decider(opened: Workspace) -> Iterator[tuple[Desk, Callable[[str], Document]]]:
    with opened.writing("test", wait=10) as index, Pipeline(opened, index, reader=w.TextReader()) as line:

        def named(source: str) -> Document:
            found = [r["id"] for r in w.documents(opened) if r["source"] == source]
            row = index.documents.find(found[0])
            assert row is not None
            return row

        yield line.desk, named
        line.desk.refresh_pages()


def state(opened: Workspace) -> tuple[Any, ...]:
    """All documents and all files people see; lessons, too."""
    columns = ("id", "source", "first", "last", "status", "project", "item", "path", "path_sha256", "reasons")
    rows = sorted(tuple(str(row[name]) for name in columns) for row in w.documents(opened))
    lessons = sorted(w.rows(opened, "SELECT document, words, project, item FROM lessons"))
    return rows, w.files(opened.config.store_root), lessons


def undo_last(opened: Workspace, count: int = 1) -> list[Document]:
    with decider(opened) as (desk, _):
        return [row for one in desk.index.decisions.latest(count) for row in desk.undoing.undo(one)]


def assign(opened: Workspace) -> None:
    with decider(opened) as (desk, named):
        desk.deciding.assign(named("拿不准.pdf"), w.LEMON.code, 4, "确认")


def assign_filed_elsewhere(opened: Workspace) -> None:
    with decider(opened) as (desk, named):
        desk.deciding.assign(named("纪要.pdf"), w.LEMON.code, 8, "确认")


def assign_pages(opened: Workspace) -> None:
    with decider(opened) as (desk, named):
        desk.deciding.assign_pages(named("三页.pdf"), (2, 2), w.SHEEP.code, 8)


def assign_part(opened: Workspace) -> None:
    """The part was filed from a combined scan; both its project's copy of the whole scan and the part move."""
    with decider(opened) as (desk, named):
        desk.deciding.assign(named("合并.pdf"), w.LEMON.code, 4, "确认")


def reject(opened: Workspace) -> None:
    with decider(opened) as (desk, named):
        desk.deciding.reject(named("纪要.pdf"), "没有盖章")


def reject_waiting(opened: Workspace) -> None:
    with decider(opened) as (desk, named):
        desk.deciding.reject(named("拿不准.pdf"), "不是归档材料")


DROPPED = "放错了.pdf"


def drop(opened: Workspace, text: str = w.UNSURE + "丙\n") -> str:
    """A new file is put straight into an item's folder; returns the sha256 of its bytes."""
    path = w.pdf(w.item_folder(opened, w.LEMON, 8) / DROPPED, text)
    digest = w.sha256(path.read_bytes())
    w.ingest(opened)
    return digest


@pytest.mark.parametrize("text", [w.UNSURE + "丙\n", w.minutes(w.SHEEP, 7)])
def test_a_file_dropped_straight_into_an_item_folder_waits_for_a_person_once_undone(
    opened: Workspace, text: str
) -> None:
    town = w.SHEEP.township if w.SHEEP.code in text else w.LEMON.township
    waiting = opened.config.review / town / DROPPED
    digest = drop(opened, text)
    (row,) = [row for row in w.documents(opened) if row["sha256"] == digest]
    assert (row["status"], row["project"], row["item"]) == ("filed", w.LEMON.code, 8)
    undo_last(opened)

    for _ in range(2):  # nothing files it again by itself
        (row,) = [row for row in w.documents(opened) if row["sha256"] == digest]
        assert (row["status"], row["path"], row["decided_by"]) == ("review", f"待确认/{town}/{DROPPED}", None)
        assert w.files(w.item_folder(opened, w.LEMON, 8)) == {}
        assert w.disagreements(opened) == []
        assert w.untold(opened) == []
        w.ingest(opened)
    note = waiting.with_name(f"{DROPPED}（说明）.txt").read_text("utf-8-sig")
    assert "这个决定已经撤销" in note
    assert w.rows(opened, f"SELECT * FROM lessons WHERE document = '{row['id']}'") == []
    waiting.replace(w.item_folder(opened, w.FISH, 8) / DROPPED)
    w.ingest(opened)
    (row,) = [row for row in w.documents(opened) if row["sha256"] == digest]
    assert (row["status"], row["project"]) == ("filed", w.FISH.code)


def test_a_drop_is_the_last_decision_and_an_archive_of_several_files_is_taken_back_one_by_one(
    opened: Workspace, tmp_path: Path
) -> None:
    inside = {f"{name}.pdf": w.pdf(tmp_path / name, name).read_bytes() for name in ("甲", "乙")}
    w.zipped(w.item_folder(opened, w.SHEEP, 8) / "其他.zip", inside)
    w.ingest(opened)
    undo_last(opened, 2)
    waiting = {row["path"] for row in w.documents(opened) if row["status"] == "review"}
    assert {"待确认/石坝镇/甲.pdf", "待确认/石坝镇/乙.pdf"} <= waiting
    assert w.disagreements(opened) == []


def drag(opened: Workspace) -> None:
    (opened.config.review / "拿不准.pdf").replace(w.item_folder(opened, w.SHEEP, 4) / "拿不准.pdf")
    w.ingest(opened)


def drag_into_no_item(opened: Workspace) -> None:
    (opened.config.review / "拿不准.pdf").replace(w.folder_of(opened, w.SHEEP) / "拿不准.pdf")
    w.ingest(opened)


def dismiss(opened: Workspace) -> None:
    (opened.config.review / "拿不准.pdf").unlink()
    w.ingest(opened)


ACTS = [
    assign,
    assign_filed_elsewhere,
    assign_pages,
    assign_part,
    reject,
    reject_waiting,
    drag,
    drag_into_no_item,
    dismiss,
]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_undone_everything_is_as_it_was_and_the_log_keeps_both(
    opened: Workspace, act: Callable[[Workspace], None]
) -> None:
    before = state(opened)
    act(opened)
    assert state(opened) != before
    undo_last(opened)

    assert state(opened) == before
    assert w.disagreements(opened) == []
    told = [row[0] for row in w.rows(opened, "SELECT act FROM events ORDER BY seq")]
    assert told.count("undone") == 1
    w.ingest(opened)
    assert state(opened) == before


def test_decisions_made_as_one_are_undone_as_one(opened: Workspace) -> None:
    before = state(opened)
    with decider(opened) as (desk, named), desk.carrying.as_one():
        desk.deciding.assign(named("拿不准.pdf"), w.LEMON.code, 4, "确认")
        desk.deciding.assign(named("三页.pdf"), w.LEMON.code, 4, "确认")
    assert len(undo_last(opened)) == 2

    assert state(opened) == before


def test_decisions_on_one_document_are_undone_one_after_the_other(opened: Workspace) -> None:
    first = state(opened)
    assign(opened)
    second = state(opened)
    with decider(opened) as (desk, named):
        desk.deciding.assign(named("拿不准.pdf"), w.SHEEP.code, 4, "确认")
    undo_last(opened)
    assert state(opened) == second
    undo_last(opened)
    assert state(opened) == first


def test_a_division_is_not_undone_under_a_part_that_was_decided_since(opened: Workspace) -> None:
    before = state(opened)
    assign_pages(opened)
    with decider(opened) as (desk, named):
        part = next(row for row in desk.index.documents.waiting() if row.first == row.last == 3)
        desk.deciding.assign(part, w.FISH.code, 8, "确认")
        division = desk.index.decisions.last(named("三页.pdf").id)
        assert division is not None
        with pytest.raises(UsageError, match=f"请先撤销那一个：archivist undo {part.id}"):
            desk.undoing.undo(division)
    undo_last(opened, 2)

    assert state(opened) == before


def test_the_numbers_of_withdrawn_parts_are_not_given_again(opened: Workspace) -> None:
    assign_pages(opened)
    used = {row["id"] for row in w.documents(opened)}
    undo_last(opened)
    w.pdf(opened.config.inbox / "新的.pdf", w.minutes(w.SHEEP, 9))
    w.ingest(opened)
    (new,) = [row["id"] for row in w.documents(opened) if row["source"] == "新的.pdf"]

    assert new not in used


def test_a_place_that_was_taken_meanwhile_is_left_alone(opened: Workspace) -> None:
    assign(opened)
    other = w.pdf(opened.config.review / "拿不准.pdf", "别的\n").read_bytes()
    (row,) = undo_last(opened)

    assert row.path == "待确认/拿不准 (2).pdf"
    assert (opened.config.review / "拿不准.pdf").read_bytes() == other


def test_a_copy_a_person_changed_is_not_taken_away(opened: Workspace) -> None:
    assign(opened)
    (filed,) = [row["path"] for row in w.documents(opened) if row["source"] == "拿不准.pdf"]
    opened.store.path(filed).write_bytes(b"changed by a person")
    undo_last(opened)

    assert opened.store.path(filed).read_bytes() == b"changed by a person"
    assert (opened.config.review / "拿不准.pdf").is_file()


def test_the_combined_scan_leaves_a_project_with_its_last_part(opened: Workspace) -> None:
    together = w.folder_of(opened, w.FISH) / "00 合并扫描原件"
    assert len(list(together.iterdir())) == 1
    for number in (0, 1):
        with decider(opened) as (desk, _):
            ids = [r["id"] for r in w.documents(opened) if r["source"] == "合并.pdf"]
            row = desk.index.documents.find(ids[number])
            assert row is not None
            desk.deciding.reject(row, "重新扫描")

    assert list(together.iterdir()) == []
    undo_last(opened, 2)
    assert len(list(together.iterdir())) == 1
    assert w.disagreements(opened) == []


def test_what_was_rejected_says_who_and_why_and_may_still_be_dragged_into_place(opened: Workspace) -> None:
    reject(opened)
    note = (opened.config.rejected / "纪要.pdf（说明）.txt").read_text("utf-8-sig")
    assert "由 测试员 退回：没有盖章" in note
    (opened.config.rejected / "纪要.pdf").replace(w.item_folder(opened, w.SHEEP, 5) / "补.pdf")
    w.ingest(opened)

    (row,) = [row for row in w.documents(opened) if row["source"] == "纪要.pdf"]
    assert (row["status"], row["item"]) == ("filed", 5)


@pytest.mark.parametrize("source", ["坏的.pdf", "又一份.pdf"])
def test_what_is_in_no_folder_or_sent_back_already_is_not_rejected_again(
    opened: Workspace, source: str
) -> None:
    w.pdf(opened.config.inbox / "坏的.pdf", w.BAD)
    w.pdf(opened.config.inbox / "又一份.pdf", w.minutes(w.SHEEP))
    w.ingest(opened)
    with decider(opened) as (desk, named), pytest.raises(UsageError, match="不用"):
        desk.deciding.reject(named(source), "理由")
