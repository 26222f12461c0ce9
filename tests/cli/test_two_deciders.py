"""Two people decide the same document: the second is told of the first, and changes it only knowingly."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from archivist.store.layout import RECENT
from archivist.workspace.opened import open_workspace
from support import workspaces as w
from support.cli_running import Ran, run_archivist

GOAT = ("--project", w.SHEEP.code, "--item", "4")
LEMON = ("--project", w.LEMON.code, "--item", "4")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    opened = w.workspace(tmp_path_factory.mktemp("two") / "w")
    w.pdf(opened.config.inbox / "不明.pdf", "养殖场的事\n没有标题\n")
    w.pdf(opened.config.inbox / "纪要一.pdf", w.minutes(w.LEMON, 3))
    w.pdf(opened.config.inbox / "纪要二.pdf", w.minutes(w.LEMON, 4))
    w.ingest(opened)
    return opened.config.workspace


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "w"))


def run(place: Path, person: str, *arguments: str) -> Ran:
    return run_archivist("-w", str(place), "--as", person, *arguments)


def row(place: Path, source: str) -> dict[str, Any]:
    listed = map(json.loads, run(place, "甲", "documents", "--json").text.splitlines())
    found: dict[str, Any] = next(one for one in listed if one["source"] == source)
    return found


def number(place: Path, source: str = "不明.pdf") -> str:
    return str(row(place, source)["id"])


def test_who_files_what_somebody_else_filed_elsewhere_is_told_who_did_and_changes_nothing(
    place: Path,
) -> None:
    document = number(place)
    assert run(place, "甲", "assign", document, *GOAT).code == 0
    before = row(place, "不明.pdf")

    second = run(place, "乙", "assign", document, *LEMON)

    assert second.code == 1
    assert "已由 甲 于 20" in second.err
    assert f"归到 {w.SHEEP.code} 第4项；乙 现在要改为归到 {w.LEMON.code} 第4项" in second.err
    assert "--yes" in second.err
    assert row(place, "不明.pdf") == before


def test_who_means_it_changes_it_and_both_decisions_are_told_wherever_the_first_may_look(place: Path) -> None:
    document = number(place)
    run(place, "甲", "assign", document, *GOAT)
    second = run(place, "乙", "assign", document, *LEMON, "--yes")
    assert second.code == 0
    told = f"归到 {w.SHEEP.code} 第4项；现由 乙 改为归到 {w.LEMON.code} 第4项"
    assert told in second.text and "原已由 甲 于" in second.text
    now = row(place, "不明.pdf")
    assert (now["project"], now["decided_by"]) == (w.LEMON.code, "乙")
    assert any(told in reason for reason in now["reasons"])
    assert told in run(place, "甲", "documents").text
    assert told in (place / "archive_store/收件箱" / RECENT).read_text("utf-8")
    query = "SELECT detail FROM events WHERE act = 'assigned' ORDER BY seq DESC LIMIT 1"
    ((logged,),) = w.rows(open_workspace(place, "甲"), query)
    assert json.loads(logged)["instead_of"]["actor"] == "甲"


def test_two_at_the_same_instant_do_not_both_win(place: Path) -> None:
    document = number(place)
    command = [sys.executable, "-m", "archivist", "-w", str(place), "--as"]
    racing = [
        subprocess.Popen(
            [*command, who, "assign", document, *where],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        for who, where in (("甲", GOAT), ("乙", LEMON))
    ]
    said = {who: one.communicate()[1].decode() for who, one in zip("甲乙", racing, strict=True)}
    assert sorted(one.returncode for one in racing) == [0, 1]
    winner = "甲" if racing[0].returncode == 0 else "乙"
    assert row(place, "不明.pdf")["decided_by"] == winner
    assert f"已由 {winner} 于" in said["乙" if winner == "甲" else "甲"]


def test_the_same_person_corrects_themselves_and_what_waits_is_filed_without_a_question(place: Path) -> None:
    document = number(place)
    assert run(place, "甲", "assign", document, *GOAT).code == 0
    assert run(place, "甲", "assign", document, *LEMON).code == 0
    assert run(place, "甲", "undo", document).code == 0
    assert run(place, "甲", "undo", document).code == 0
    assert run(place, "乙", "assign", document, *LEMON).code == 0


def test_what_the_software_filed_is_changed_without_a_question_and_agreeing_is_none(place: Path) -> None:
    document = number(place, "纪要一.pdf")
    assert run(place, "甲", "assign", document, *GOAT).code == 0
    assert run(place, "乙", "assign", document, *GOAT).code == 0


def test_sending_back_what_somebody_filed_and_filing_what_somebody_sent_back_are_asked(place: Path) -> None:
    document = number(place)
    run(place, "甲", "assign", document, *GOAT)
    back = run(place, "乙", "reject", document, "--reason", "没有盖章，请补盖后重新扫描")
    assert back.code == 1 and "甲" in back.err and "改为退回" in back.err
    assert run(place, "乙", "reject", document, "--reason", "没有盖章，请补盖后重新扫描", "--yes").code == 0
    again = run(place, "甲", "assign", document, *GOAT)
    assert again.code == 1 and "已由 乙 于" in again.err and "退回；甲 现在要改为归到" in again.err


def test_another_date_and_another_word_on_original_or_copy_are_asked(place: Path) -> None:
    document = number(place, "纪要一.pdf")
    assert run(place, "甲", "date", document, "2024-11-05").code == 0
    assert run(place, "甲", "original", document, "复印件").code == 0
    dated = run(place, "乙", "date", document, "2024-11-06")
    assert dated.code == 1 and "已由 甲 于" in dated.err and "2024-11-05" in dated.err
    assert run(place, "乙", "date", document, "2024-11-05").code == 0
    copied = run(place, "乙", "original", document, "原件")
    assert copied.code == 1 and "登记为复印件；乙 现在要改为登记为原件" in copied.err
    assert run(place, "乙", "original", document, "原件", "--yes").code == 0
    assert (row(place, "纪要一.pdf")["date"], row(place, "纪要一.pdf")["original"]) == ("2024-11-05", "原件")


def test_another_word_on_which_version_counts_is_asked(place: Path) -> None:
    one, two = number(place, "纪要一.pdf"), number(place, "纪要二.pdf")
    assert run(place, "甲", "version", two, "--replaces", one).code == 0
    turned = run(place, "乙", "version", one, "--replaces", two)
    assert turned.code == 1 and f"以 {two} 为准，{one} 作为旧版" in turned.err and "甲" in turned.err
    apart = run(place, "乙", "version", one, "--separate")
    assert apart.code == 1 and "改为指定单独作数" in apart.err
    assert row(place, "纪要一.pdf")["replaced_by"] == two
    assert run(place, "乙", "version", one, "--separate", "--yes").code == 0
    back = run(place, "甲", "version", two, "--replaces", one)
    assert back.code == 1 and "乙" in back.err
    assert any("原已由 甲" in reason for reason in row(place, "纪要一.pdf")["reasons"])


def test_a_guess_that_somebody_else_has_answered_meanwhile_is_not_accepted(place: Path) -> None:
    document = number(place)
    run(place, "甲", "assign", document, *GOAT)
    accepted = run(place, "乙", "review", "--accept", document)
    assert accepted.code == 4
    assert "已由 甲 于" in accepted.err and "没有改动" in accepted.err


def test_a_move_in_a_folder_that_changes_a_decision_is_told_to_whoever_decided(place: Path) -> None:
    document = number(place)
    run(place, "甲", "assign", document, *GOAT)
    opened = open_workspace(place, "甲")
    filed = opened.store.path(row(place, "不明.pdf")["path"])
    filed.rename(w.folder_of(opened, w.LEMON) / "04 村（社区）会议记录" / filed.name)
    w.ingest(opened)
    now = row(place, "不明.pdf")
    assert now["project"] == w.LEMON.code
    told = f"归到 {w.SHEEP.code} 第4项；现由 有人在文件夹里 改为归到 {w.LEMON.code} 第4项"
    assert any(told in reason for reason in now["reasons"])


@pytest.mark.parametrize("folder", ["待确认", "退回"])
def test_what_is_dragged_back_after_a_decision_is_told_to_whoever_decided(place: Path, folder: str) -> None:
    run(place, "甲", "assign", number(place), *GOAT)
    opened = open_workspace(place, "乙")
    filed = opened.store.path(row(place, "不明.pdf")["path"])
    filed.rename(opened.config.store_root / folder / filed.name)
    w.ingest(opened)
    now = row(place, "不明.pdf")
    assert now["status"] == {"待确认": "review", "退回": "rejected"}[folder]
    assert any(
        reason.startswith("原已由 甲 于")
        and f"归到 {w.SHEEP.code} 第4项；现由 有人在文件夹里 改为拖到“{folder}”" in reason
        for reason in now["reasons"]
    )
    if folder == "退回":
        asked = run(place, "甲", "assign", number(place), *LEMON)
        assert asked.code == 1 and "有人在文件夹里" in asked.err


def test_what_was_dragged_into_a_folder_counts_as_somebody_elses(place: Path) -> None:
    opened = open_workspace(place, "甲")
    waits = opened.store.path(str(row(place, "不明.pdf")["path"]))
    waits.rename(w.folder_of(opened, w.SHEEP) / "04 村（社区）会议记录" / waits.name)
    w.ingest(opened)
    document = number(place)
    moved = run(place, "甲", "assign", document, *LEMON)
    assert moved.code == 1 and "有人在文件夹里" in moved.err
    assert run(place, "甲", "assign", document, *LEMON, "--yes").code == 0
