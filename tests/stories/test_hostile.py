"""Whatever is dropped: it is kept or sent back with a true reason, the service lives, its neighbours are unharmed."""

from __future__ import annotations

import csv
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import hostile as h
from support import hostile_pass as hp
from support import workspaces as w

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="pipes, devices, /proc")

SETTINGS = "[extraction]\ncpu_seconds = 5\nmemory_mb = 1000\n"
MUTANTS = 40


class Ingested:
    """One workspace with everything dropped at once, and what the real command made of it."""

    def __init__(self, folder: Path) -> None:
        self.opened = w.workspace(folder / "w", SETTINGS)
        inbox = self.opened.config.inbox
        self.nasty, self.names = hp.drop_nasty(inbox), hp.drop_names(inbox)
        good = hp.originals(folder)
        self.good = {hp.drop(inbox, f"好.{name}", good[name]): name for name in ("pdf", "docx", "ofd", "zip")}
        mutants = dict(h.mutated(number, good) for number in range(MUTANTS))
        self.mutants = {hp.drop(inbox, name, data): name for name, data in mutants.items()}
        self.outside = folder / "outside"
        self.special = hp.make_special(inbox, self.outside)
        self.done = hp.run(self.opened, self.nasty | self.names | self.good | self.mutants)

    def told(self, sha: str) -> str:
        return hp.reasons_of(self.opened, self.done, sha)


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ingested]:
    folder = tmp_path_factory.mktemp("hostile")
    yield Ingested(folder)
    shutil.rmtree(folder, ignore_errors=True)


def test_nothing_is_lost_and_the_command_ends_by_itself(ingested: Ingested) -> None:
    dropped = len(ingested.nasty) + len(ingested.names) + len(ingested.good) + len(ingested.mutants)
    print(f"\n{dropped} files, lost {len(ingested.done.lost)}, peak {ingested.done.peak:.0f} MB")
    assert ingested.done.lost == []
    assert ingested.done.code == 8  # the pipes, links and devices are told of
    assert "处理时出错" not in ingested.done.words
    assert "Traceback" not in ingested.done.words
    assert dropped > 140


def test_every_answer_is_true(ingested: Ingested) -> None:
    untrue = {
        name: told
        for sha, name in ingested.nasty.items()
        if not any(words in (told := ingested.told(sha)) for words in h.NASTY[name][1])
    }
    assert untrue == {}


def test_every_file_that_is_not_filed_has_a_reason(ingested: Ingested) -> None:
    silent = [
        row["source"]
        for rows in ingested.done.told.values()
        for row in rows
        if row["status"] != "filed" and not "".join(row["reasons"])
    ]
    assert silent == []


def test_memory_stays_within_what_two_readers_may_take(ingested: Ingested) -> None:
    assert 0 < ingested.done.peak < 2 * 1000 + 2 * 700 + 400  # readers, recognition, the command itself


def test_good_neighbours_are_read_as_ever(ingested: Ingested) -> None:
    filed = {
        ingested.good[row["sha256"]]
        for rows in ingested.done.told.values()
        for row in rows
        if row["sha256"] in ingested.good and row["status"] == "filed"
    }
    assert filed >= {"pdf", "docx", "ofd"}


def test_what_is_no_file_is_told_of_and_left_alone(ingested: Ingested) -> None:
    told = [line for line in ingested.done.words.splitlines() if "没有处理成" in line]
    assert len(told) == ingested.special
    assert ingested.outside.read_bytes() == b"outside"
    left = {path.name for path in (ingested.opened.config.inbox / "怪物").iterdir()}
    assert {"管道.pdf", "链接.pdf", "断链.pdf", "链接夹"} <= left


def test_no_name_leaves_its_folder_or_hurts_another_system(ingested: Ingested) -> None:
    store = ingested.opened.config.store_root
    for name in ("待确认", "退回", "项目档案"):
        for path in (store / name).rglob("*"):
            assert re.fullmatch(r"[^\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e<>:\"/\\|?*]+", path.name), path
            assert not path.name.endswith((".", " "))
            assert path.name.partition(".")[0].lower() not in {"con", "aux", "nul", "com1"}
            assert len(path.name.encode()) <= 255
    assert not (store.parent / "x.pdf").exists()
    assert not (store / "x.pdf").exists()


def test_folders_and_index_agree_afterwards(ingested: Ingested) -> None:
    left = [f"unknown: 收件箱/怪物/{name}" for name in ("链接.pdf", "设备.pdf")]
    assert [found for found in w.disagreements(ingested.opened) if found not in left] == []


def test_names_are_no_markup_in_pages_and_no_formula_in_tables(ingested: Ingested, tmp_path: Path) -> None:
    """Staff open the pages and tables; names from outside are words there and nothing else."""
    from openpyxl import load_workbook

    from archivist.cli import run

    opened = ingested.opened
    for page in opened.config.projects.rglob("*.html"):
        assert "<script>alert" not in page.read_text("utf-8")
    for name in ("x.csv", "x.xlsx"):
        assert run(["-w", str(opened.config.workspace), "documents", "-o", str(tmp_path / name)]) == 0
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert any("cmd|calc" in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    for row in load_workbook(tmp_path / "x.xlsx").worksheets[0].iter_rows():
        assert all(cell.data_type != "f" for cell in row)
