"""Killed or refused at any step, the next start finishes the work: nothing lost, nothing twice, nothing untrue."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ALL_COMPLETED
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from archivist.core.project import Project
from archivist.decisions.gate import reopen_by_person
from archivist.errors import ArchivistError
from archivist.extract.copying.conformance import moment
from archivist.extract.copying.searchable import SearchableCopy, searchable_step
from archivist.extract.cut import cut_step
from archivist.extract.failures import SCRATCH_FULL, Refused
from archivist.ingest.pipeline import Pipeline
from archivist.pages.project import refresh
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.catalogue import required_but
from support.complete import WAIVABLE, hand_in, let_through, waive
from support.killing import (
    Countdown,
    assert_recovers,
    clean_run,
    killed_at,
    mixed_inbox,
    needs_fork,
    one_pass,
    shared,
    steps,
)


def cut_here(source: Path, first: int, last: int, target: Path, limits: object) -> None:
    """Cut without a process of its own: it would be spared by the kill."""
    try:
        cut_step(source, first, last, target)
    except OSError:  # as the sandbox tells it
        raise Refused(SCRATCH_FULL) from None


def copied_here(
    source: Path, kind: str, pages: Any, target: Path, limits: Any, title: str, created: str, part: Any = None
) -> SearchableCopy:
    """Make a searchable copy without a process of its own."""
    try:
        return SearchableCopy(
            searchable_step(source, kind, tuple(pages), target, limits, title, moment(created), part)
        )
    except OSError:  # as the sandbox tells it
        raise Refused(SCRATCH_FULL) from None


# -- scenarios -----------------------------------------------------------------------------------------------------


def prepared(opened: Workspace, folder: Path) -> None:
    """A pass has been made: documents wait, one is filed, one was sent back."""
    mixed_inbox(opened, folder)
    w.pdf(opened.config.inbox / "发票.pdf", "增值税普通发票\n发票代码 123\n价税合计 100元\n")
    w.pdf(opened.config.inbox / "两份.pdf", w.UNSURE, "没有标题的一页\n养殖场的事\n", "又一页\n")
    w.ingest(opened)


def scans(opened: Workspace, folder: Path) -> None:
    """Scans wait: one document, and two in one file; another was filed before and has lost its copy since."""
    inbox = opened.config.inbox
    w.pdf(inbox / "先前的.pdf", w.minutes(w.LEMON, 7), scanned=True)
    w.ingest(opened)
    for path, _ in w.copies_there(opened):
        opened.store.path(path).unlink()
    w.pdf(inbox / "扫描.pdf", w.minutes(w.SHEEP, 5), scanned=True)
    w.pdf(inbox / "合并扫描.pdf", w.record(w.FISH), w.minutes(w.FISH, 3), scanned=True)


def into_folders(opened: Workspace, folder: Path) -> None:
    """What people do in project folders."""
    prepared(opened, folder)
    move(opened, "拿不准.pdf", w.item_folder(opened, w.SHEEP, 4))
    w.pdf(
        w.item_folder(opened, w.LEMON, 3) / "新合同 扫描.pdf", "产业项目合同书\n甲方：村集体\n乙方：某公司\n"
    )
    w.pdf(w.folder_of(opened, w.FISH) / "放在根上.pdf", w.minutes(w.FISH, 9))
    w.pdf(w.item_folder(opened, w.LEMON, 8) / "抄送.pdf", w.minutes(w.SHEEP))
    w.zipped(
        w.item_folder(opened, w.SHEEP, 8) / "其他.zip",
        {
            "甲.pdf": w.pdf(folder / "j.pdf", "甲\n").read_bytes(),
            "乙.pdf": w.pdf(folder / "y.pdf", "乙\n").read_bytes(),
        },
    )
    filed = next(row for row in w.documents(opened) if row["source"].endswith("里面/纪要.pdf"))
    opened.store.path(filed["path"]).replace(w.item_folder(opened, w.LEMON, 8) / "移动过的.pdf")
    with (opened.config.inbox / "太大.mp4").open("wb") as handle:
        handle.truncate(3 << 20)


def move(opened: Workspace, name: str, target: Path) -> None:
    (opened.config.review / name).replace(target / name)


def assign_some_pages(opened: Workspace) -> None:
    with opened.writing("assign", wait=10) as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        row = next((row for row in index.documents.waiting() if row.last - row.first == 2), None)
        if row is None:
            return
        line.desk.deciding.assign_pages(row, (row.first + 1, row.first + 1), w.SHEEP.code, 8)
        line.desk.refresh_pages()


def rearranged(opened: Workspace, folder: Path) -> None:
    """What people do to documents that stand already: rename, move between projects, take out, drag half-way."""
    prepared(opened, folder)
    filed = [row for row in w.documents(opened) if row["status"] == "filed"]
    stands = opened.store.path(filed[0]["path"])
    stands.rename(stands.with_name("我起的名字.pdf"))
    waiting = opened.config.review
    (waiting / "拿不准.pdf").unlink()
    (waiting / "拿不准.pdf（说明）.txt").unlink()
    move(opened, "两份.pdf", w.folder_of(opened, w.LEMON))
    back = opened.config.rejected / "发票.pdf"
    back.rename(w.item_folder(opened, w.FISH, 8) / back.name)


def assign_another_project(opened: Workspace) -> None:
    """What is filed under one project is said to belong to another."""
    with opened.writing("assign", wait=10) as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        row = next(row for row in w.documents(opened) if row["source"].endswith("里面/纪要.pdf"))
        found = index.documents.find(row["id"])
        assert found is not None
        line.desk.deciding.assign(found, w.FISH.code, 8, "确认")
        line.desk.refresh_pages()


NEW = Project("CS-2022-0007", "万古镇新石村花椒烘干房", "万古镇", "新石村", year="2022")


def import_more(opened: Workspace) -> None:
    """One project more, one under another name; their pages and folders follow."""
    w.import_projects(opened, [NEW, replace(w.SHEEP, name="石坝镇青杠村黑山羊繁育场")])
    with opened.writing("ingest", wait=10) as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        line.desk.refresh_pages()


def decided(opened: Workspace, folder: Path) -> None:
    """People divided a document, sent a filed one back, put one into a folder it has no place in: all were slips."""
    w.pdf(w.item_folder(opened, w.LEMON, 8) / "放错.pdf", w.minutes(w.SHEEP, 6))
    w.pdf(opened.config.inbox / "拿不准.pdf", w.UNSURE)
    w.pdf(opened.config.inbox / "两份.pdf", w.UNSURE, "没有标题的一页\n养殖场的事\n", "又一页\n")
    w.pdf(opened.config.inbox / "合并.pdf", w.record(w.FISH), w.minutes(w.FISH, 3))
    w.ingest(opened)
    assign_some_pages(opened)
    with opened.writing("reject", wait=10) as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        row = next(row for row in map(index.documents.find, filed(opened)) if row and row.item == 4)
        line.desk.deciding.reject(row, "没有盖章")
        line.desk.refresh_pages()


def filed(opened: Workspace) -> list[str]:
    return [row["id"] for row in w.documents(opened) if row["status"] == "filed"]


def undo_all_and_reject(opened: Workspace) -> None:
    """Take back what was decided before, and send back what waited before, each unless it is done."""
    with opened.writing("undo", wait=10) as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        for row in w.documents(opened):
            found = index.decisions.last(row["id"])
            if found is not None and row["source"] != "拿不准.pdf":
                line.desk.undoing.undo(found)
        for waits in index.documents.waiting():
            if waits.last == waits.first:
                line.desk.deciding.reject(waits, "不是归档材料")
        line.desk.refresh_pages()


def taken_too_early(opened: Workspace, folder: Path) -> None:
    """Two files were taken before they were written to their end, one before LibreOffice was there to read it; now one
    of the two arrives whole, of the other the rest, and LibreOffice is there.
    """
    first = w.pdf(folder / "f.pdf", w.minutes(w.SHEEP, 8, "甲" * 500)).read_bytes()
    second = w.pdf(folder / "s.pdf", w.minutes(w.LEMON, 9, "乙" * 500)).read_bytes()
    inbox = opened.config.inbox
    (inbox / "慢.pdf").write_bytes(first[:600])
    (inbox / "续.pdf").write_bytes(second[:600])
    w.ingest(opened)
    w.pdf(inbox / "旧.doc", w.minutes(w.FISH, 8))
    w.ingest(opened, reader=w.WithoutOffice())
    (inbox / "慢.pdf").write_bytes(first)
    (inbox / "续.pdf").write_bytes(second[600:])


def ready(opened: Workspace, folder: Path) -> None:
    """Two projects may be deregistered: all of one's items are there, the other's contract need not be."""
    w.pdf(opened.config.inbox / "记录.pdf", w.record(w.SHEEP), sealed=True)
    w.pdf(opened.config.inbox / "纪要.pdf", w.minutes(w.SHEEP, 5))
    hand_in(opened, w.SHEEP, required_but(4, 5))
    hand_in(opened, w.FISH, required_but(WAIVABLE))
    w.ingest(opened)
    waive(opened, w.FISH)
    w.ingest(opened)


def pass_the_gate(opened: Workspace) -> None:
    with opened.writing("deregister", wait=10) as index:
        for one in (w.SHEEP, w.FISH):
            verdict = let_through(opened, index, one.code)
            assert verdict.decision is not None, verdict.judged
            refresh(opened, index, [one.code])


def passed(opened: Workspace, folder: Path) -> None:
    """Two projects are deregistered."""
    ready(opened, folder)
    pass_the_gate(opened)


def take_the_evidence(opened: Workspace) -> None:
    """What one project passed on is said to belong to another; a person reopens the second."""
    with opened.writing("assign", wait=10) as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        row = next(
            index.documents.find(row["id"]) for row in w.documents(opened) if row["source"] == "纪要.pdf"
        )
        assert row is not None
        if row.project != w.LEMON.code:
            line.desk.deciding.assign(row, w.LEMON.code, 8, "确认")
        reopen_by_person(index, w.FISH.code, "还有债务没有清算")
        line.desk.refresh_pages()


_EVERY = {"scanned": 3, "undone": 3, "taken too early": 6, "deregistered": 1, "received": 1}
"""Kill at every second step, but for scenarios whose steps are few, or many and alike."""
_ALL = bool(os.environ.get("ARCHIVIST_EVERY_STEP"))
"""Kill at each step of all: takes some minutes more (see CONTRIBUTING)."""
_FEW = 8
"""At how many steps, evenly spread, a scenario is killed where there is little time."""


@pytest.fixture(params=["at some steps", pytest.param("at most steps", marks=pytest.mark.long)])
def dense(request: pytest.FixtureRequest) -> bool:
    """Whether to kill at (nearly) every step, or at a few only."""
    return bool(request.param == "at most steps")


def apart(request: pytest.FixtureRequest, total: int, dense: bool) -> int:
    """How many steps apart a scenario is killed."""
    if not dense:
        return max(1, total // _FEW)
    return 1 if _ALL else _EVERY.get(request.node.callspec.params["scenario"], 2)


SCENARIOS = {
    "received": (mixed_inbox, one_pass),
    "moved by people": (into_folders, one_pass),
    "rearranged": (rearranged, one_pass),
    "assigned": (prepared, assign_some_pages),
    "assigned elsewhere": (prepared, assign_another_project),
    "imported": (prepared, import_more),
    "scanned": (scans, one_pass),
    "undone": (decided, undo_all_and_reject),
    "taken too early": (taken_too_early, one_pass),
    "deregistered": (ready, pass_the_gate),
    "reopened": (passed, take_the_evidence),
}


@pytest.fixture(scope="module", autouse=True)
def cut_in_process() -> Iterator[None]:
    """Cut here, take what was copied a moment ago as settled, do not wait for the disk (a kill loses no cache), and
    learn nothing: what a document is taken to be must not depend on what came before it. What is read is filed all
    together: how many steps there are must not depend on how fast threads are.
    """
    with (
        patch("archivist.filing.parts.cut_pages", cut_here),
        patch("archivist.preservation.searchable.make_searchable", copied_here),
        patch("archivist.ingest.work.FIRST_COMPLETED", ALL_COMPLETED),
        patch("archivist.store.vault.Store.now", lambda store: time.time_ns() + 10**9),
        patch("archivist.extract.formats.legacy.find_soffice", lambda: Path("soffice")),
        patch("os.fsync", lambda handle: None),
        patch("archivist.index.lessons.Lessons.all", lambda index: []),
    ):
        yield


@pytest.fixture
def quick() -> Iterator[Path]:
    """A folder in memory where there is one: hundreds of workspaces are made, and a kill loses no cache."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.fixture(params=sorted(SCENARIOS))
def scenario(request: pytest.FixtureRequest, quick: Path) -> tuple[Workspace, Callable[[Workspace], None]]:
    """A workspace at the point where the job begins, and the job."""
    prepare, job = SCENARIOS[request.param]
    opened = w.workspace(quick / "begin", "max_file_mb = 2\n")
    prepare(opened, quick)
    return opened, job


@needs_fork
def test_killed_again_while_it_recovers_the_start_after_that_finishes(
    scenario: tuple[Workspace, Callable[[Workspace], None]], quick: Path, dense: bool
) -> None:
    opened, job = scenario
    dropped = shared(opened)
    expected, total = clean_run(opened, quick / "clean", job)
    killed = 0
    for step in range(2, total + 1, max(1, total // (4 if dense else 2))):
        for second in range(1 + step % 3, total, max(1, total // (5 if dense else 2))):
            copy = w.again(opened, quick / "copy")
            first = killed_at(step, partial(job, copy))
            killed += first and killed_at(second, partial(w.ingest, copy))
            assert_recovers(copy, expected, job, dropped, f"killed at steps {step} and then {second}")
            shutil.rmtree(copy.config.workspace)
    print(f"\n{total} steps, {killed} second kills")
    assert killed > 0


@needs_fork
def test_killed_at_any_step_the_next_start_finishes_the_work(
    scenario: tuple[Workspace, Callable[[Workspace], None]],
    quick: Path,
    dense: bool,
    request: pytest.FixtureRequest,
) -> None:
    opened, job = scenario
    dropped = shared(opened)
    expected, total = clean_run(opened, quick / "clean", job)
    killed, tries = 0, range(1, total + 1, apart(request, total, dense))
    for step in tries:
        copy = w.again(opened, quick / "copy")
        killed += killed_at(step, partial(job, copy))
        assert_recovers(copy, expected, job, dropped, f"killed at step {step} of {total}")
        shutil.rmtree(copy.config.workspace)
    print(f"\n{total} steps, {killed} kills")
    assert killed >= len(tries) * 0.9 > (20 if dense else 5)


def test_refused_by_the_disk_at_any_step_nothing_is_lost_and_the_next_start_finishes(
    scenario: tuple[Workspace, Callable[[Workspace], None]],
    quick: Path,
    dense: bool,
    request: pytest.FixtureRequest,
) -> None:
    opened, job = scenario
    dropped = shared(opened)
    expected, total = clean_run(opened, quick / "clean", job)

    def full() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    told = 0
    for step in range(1, total + 1, max(1 if _ALL else 4, apart(request, total, dense))):
        copy = w.again(opened, quick / "copy")
        try:
            with steps(Countdown(step, full)):
                job(copy)
        except ArchivistError as error:
            assert "磁盘空间不足" in error.message, error.message
            told += 1
        assert_recovers(copy, expected, job, dropped, f"refused at step {step} of {total}")
        shutil.rmtree(copy.config.workspace)
    print(f"\n{total} steps, told {told} times")
    assert told > (2 if dense else 0)
