"""verify, repair, reindex, anchor, backup, restore and version as a user runs them: exit codes and words."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support.cli_running import Ran, Run

Call = Callable[..., Ran]


@pytest.fixture
def copy(workspace: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(workspace, tmp_path / "w"))


@pytest.fixture
def run(copy: Path, archivist: Run) -> Call:
    def call(*arguments: str) -> Ran:
        return archivist("-w", str(copy), *arguments)

    return call


def filed(run: Call) -> list[dict[str, Any]]:
    lines = run("documents", "--json", "--status", "filed").text.splitlines()
    return [json.loads(line) for line in lines]


def damage(copy: Path, path: str) -> None:
    target = copy / "archive_store" / path
    target.write_bytes(target.read_bytes()[:-1] + b"X")


def test_a_sound_archive_says_so_and_ends_with_0(run: Call) -> None:
    ran = run("verify")

    assert (ran.code, ran.err) == (0, "")
    assert "全部完好。" in ran.text
    assert "事件记录的末端：第 " in ran.text


def test_an_altered_file_is_named_with_exit_code_6_and_put_back(run: Call, copy: Path) -> None:
    row = filed(run)[0]
    damage(copy, row["path"])
    ran = run("verify")
    told = json.loads(run("verify", "--json").text)

    assert ran.code == 6
    assert row["path"] in ran.text
    assert row["id"] in ran.text
    assert "archivist repair" in ran.text
    assert [(one["code"], one["document"]) for one in told["findings"]] == [("altered", row["id"])]
    assert run("verify", "--fail-on", "none").code == 0
    repaired = run("repair", row["id"])
    assert repaired.code == 0
    assert "已放回" in repaired.text
    assert run("verify").code == 0


def test_warnings_fail_only_where_asked(run: Call, copy: Path) -> None:
    (copy / "archive_store" / "待确认" / "放错了.pdf").write_bytes(b"x")

    assert run("verify").code == 0
    assert run("verify", "--fail-on", "warning").code == 6


@pytest.mark.parametrize(
    "command",
    [
        ["documents"],
        ["missing"],
        ["review"],
        ["search", "会议"],
        ["ingest"],
        ["verify"],
        ["register", "list"],
    ],
)
def test_every_command_says_how_a_lost_index_comes_back(run: Call, copy: Path, command: list[str]) -> None:
    (copy / "archive_store" / ".archivist" / "index.db").unlink()
    ran = run(*command)

    assert ran.code == 7
    assert "请运行 archivist reindex" in ran.err


def test_reindex_brings_the_same_documents_back(run: Call, copy: Path) -> None:
    before = run("documents", "--json").text
    (copy / "archive_store" / ".archivist" / "index.db").write_bytes(b"damaged" * 2000)
    assert "archivist reindex" in run("documents").err
    ran = run("reindex")

    assert ran.code == 0, ran.err
    assert "原来的数据库保留在" in ran.text
    assert run("documents", "--json").text == before
    assert run("verify").code == 0


def test_an_anchor_is_kept_outside_and_compared(run: Call, copy: Path, tmp_path: Path) -> None:
    anchor = str(tmp_path / "锚.json")

    assert run("anchor", "-o", anchor).code == 0
    assert run("verify", "--anchor", anchor).code == 0
    assert run("anchor", "-o", anchor).code == 7
    (tmp_path / "x.json").write_text("{}")
    assert run("verify", "--anchor", str(tmp_path / "x.json")).code == 4


def test_a_backup_is_made_checked_and_restored(run: Call, archivist: Run, tmp_path: Path) -> None:
    before = run("documents", "--json").text
    backup, new = str(tmp_path / "备份"), str(tmp_path / "新")
    assert run("backup", backup).code == 0
    assert run("backup", backup).code == 0
    assert "全部完好" in archivist("restore", backup, "--check").text
    ran = archivist("restore", backup, "--to", new)

    assert ran.code == 0, ran.err
    assert archivist("-w", new, "documents", "--json").text == before
    assert archivist("-w", new, "verify").code == 0
    assert archivist("restore", backup, "--to", new).code == 2
    assert archivist("restore", backup).code == 2
    assert archivist("restore", str(tmp_path), "--check").code == 4


def test_a_person_says_which_version_counts(run: Call) -> None:
    one = filed(run)[0]
    rows = [json.loads(line) for line in run("documents", "--json").text.splitlines()]
    other = next(row for row in rows if row["id"] != one["id"] and row["status"] in {"filed", "review"})
    assert run("assign", other["id"], "--project", one["project"], "--item", str(one["item"])).code == 0
    ran = run("version", one["id"], "--replaces", other["id"])
    found = {row["id"]: row for row in filed(run)}

    assert ran.code == 0, ran.err
    assert found[other["id"]]["replaced_by"] == one["id"]
    assert found[one["id"]]["replaces"] == [other["id"]]
    assert "旧版" in run("documents").text
    assert run("version", other["id"], "--separate").code == 0
    assert {row["replaced_by"] for row in filed(run)} == {None}
    assert run("version", one["id"], "--replaces", one["id"]).code == 2
    assert run("version", "D99999", "--separate").code == 4
    assert run("version", one["id"]).code == 2


def test_an_index_of_an_older_edition_tells_what_it_knows_and_is_brought_up_by_the_next_pass(
    run: Call, copy: Path
) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(copy / "archive_store" / ".archivist" / "index.db")) as db:
        db.executescript(
            "DROP VIEW version_links; DROP TABLE versions; DELETE FROM _sqlite_migrations WHERE name = 'versions'"
        )
    before = run("documents")
    assert (before.code, "旧版" in before.text) == (0, False)
    assert run("ingest").code == 0
    assert run("documents").code == 0
