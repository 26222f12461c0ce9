"""An archive that lost its memory (index and log gone beside full folders) says so, never starts empty, and gets back what
its folders carry: documents, places, facts, waivers, decisions, each told as such.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from archivist.core.page import Page
from archivist.errors import BadInputError
from archivist.index import memory
from archivist.index.recovering import REASON
from archivist.preservation.fixity.verify import verify
from archivist.preservation.recovery.backup import Backup
from archivist.preservation.recovery.fromfolders import recover
from archivist.preservation.recovery.reindex import Reindexed
from archivist.store.layout import METADATA
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.cli_running import run_archivist
from support.complete import waive
from support.gating import CODE, ask, document, obstacles, passable
from support.killing import Countdown, killed_at, needs_fork, steps


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    opened = passable(tmp_path_factory.mktemp("memory") / "w")
    w.pdf(opened.config.inbox / "合并.pdf", w.record(w.FISH), w.minutes(w.FISH, 3))
    w.ingest(opened)
    waive(opened, w.SHEEP)
    assert ask(opened).decision is not None
    w.ingest(opened)
    return opened


@pytest.fixture
def opened(made: Workspace, tmp_path: Path) -> Workspace:
    return w.again(made, tmp_path / "copy")


def forget(opened: Workspace) -> None:
    for path in opened.store.private.glob("index.db*"):
        path.unlink()
    shutil.rmtree(opened.store.private / "events")


def emptied(opened: Workspace) -> None:
    forget(opened)
    opened.index_path.write_bytes(b"")


def started_empty(opened: Workspace) -> None:
    """As an edition before this one left it."""
    forget(opened)
    from archivist.index.writer import Index

    Index(opened.index_path, opened.actor, anew=True).close()


def only_papers(opened: Workspace) -> None:
    forget(opened)
    shutil.rmtree(opened.store.vault)


def only_originals(opened: Workspace) -> None:
    forget(opened)
    shutil.rmtree(opened.config.projects)
    opened.config.projects.mkdir()


def run(opened: Workspace, *words: str) -> Any:
    return run_archivist("-w", str(opened.config.workspace), *words)


def nothing(path: Path, name: str) -> tuple[Page, ...]:
    return ()


def recovered(opened: Workspace) -> Reindexed:
    outcome = recover(opened, nothing)
    w.ingest(opened)
    return outcome


# -- refusing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lose", [forget, emptied, started_empty, only_papers, only_originals])
def test_nothing_starts_empty_beside_papers(opened: Workspace, lose: Callable[[Workspace], None]) -> None:
    lose(opened)
    there = opened.index_path.exists() and opened.index_path.stat().st_size

    for job in (lambda: w.ingest(opened), lambda: w.documents(opened), lambda: verify(opened)):
        told = w.message_of(job)
        assert "记忆不见了" in told
        assert "archivist restore" in told
        assert "archivist reindex --from-folders" in told
    assert (opened.index_path.exists() and opened.index_path.stat().st_size) == there


@pytest.mark.parametrize(
    "words",
    [
        ("ingest",),
        ("missing",),
        ("status",),
        ("check",),
        ("deregister", CODE),
        ("search", "会议"),
        ("documents",),
    ],
    ids=lambda words: words[0],
)
def test_every_command_says_so(opened: Workspace, words: tuple[str, ...]) -> None:
    forget(opened)
    ran = run(opened, *words)

    assert "记忆不见了" in ran.text + ran.err
    assert ran.code == (0 if words == ("status",) else 7)
    assert "正常，材料" not in ran.text


def test_a_register_is_not_imported_into_nothing(opened: Workspace, tmp_path: Path) -> None:
    forget(opened)
    (tmp_path / "台账.csv").write_text("项目编号,项目名称\nDZ-1,养殖场\n", "utf-8")

    assert run(opened, "register", "import", str(tmp_path / "台账.csv")).code == 7
    assert not opened.index_path.exists()


def test_the_backup_that_was_made_is_named(opened: Workspace, tmp_path: Path) -> None:
    Backup(opened, tmp_path / "备份").run()
    forget(opened)

    assert f"archivist restore {tmp_path / '备份'}" in w.message_of(lambda: w.documents(opened))


def test_what_is_looked_for_is_what_the_store_calls_it(opened: Workspace) -> None:
    forget(opened)
    assert (opened.store.vault.name, METADATA) == (memory._ORIGINALS, memory._METADATA)


def test_a_new_store_starts_as_ever(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")

    assert w.ingest(opened).problems == []


# -- getting back --------------------------------------------------------------------------------------------------

_COLUMNS = (
    "id, first, last, status, project, item, title, date, issuer, level, sealed, signed, path, path_sha256, facts, "
    "original, decided_by, responsible, marks"
)


def test_documents_places_facts_waivers_and_text_come_back(opened: Workspace) -> None:
    """A rebuilt `marks` column holds the same marks: what stands beside them in the description is not kept."""
    query = f"SELECT {_COLUMNS} FROM documents ORDER BY id"
    before = w.rows(opened, query)
    waivers = w.rows(opened, "SELECT * FROM waivers ORDER BY project, item")
    pages = w.rows(opened, "SELECT text FROM pages ORDER BY text")
    sources = w.rows(
        opened, "SELECT name, sha256, size, vault FROM sources WHERE kind <> 'zip' ORDER BY name"
    )
    forget(opened)
    outcome = recovered(opened)

    assert w.rows(opened, query) == before
    assert w.rows(opened, "SELECT * FROM waivers ORDER BY project, item") == waivers
    assert w.rows(opened, "SELECT text FROM pages ORDER BY text") == pages
    assert w.rows(opened, "SELECT name, sha256, size, vault FROM sources ORDER BY name") == sources
    assert (outcome.problems, outcome.findings) == ([], [])
    assert outcome.documents == len(before)
    assert w.disagreements(opened) == []


def test_what_came_back_is_told_as_such(opened: Workspace) -> None:
    forget(opened)
    recovered(opened)
    report = verify(opened)
    subjects = [one for (one,) in w.rows(opened, "SELECT subject FROM events WHERE act = 'recovered'")]

    assert report.sound
    assert ["由档案元数据恢复" in one.message for one in report.findings] == [True]
    assert {CODE, w.LEMON.code, w.FISH.code} <= set(subjects)


def test_a_decision_comes_back_reopened_and_the_gate_is_passed_anew(opened: Workspace) -> None:
    """A file that anybody may edit certifies nothing."""
    before = w.rows(opened, "SELECT project, at, actor, decision FROM deregistrations")
    forget(opened)
    recovered(opened)

    assert w.rows(opened, "SELECT project, at, actor, decision FROM deregistrations") == before
    assert w.rows(opened, "SELECT reopened IS NULL, reason FROM deregistrations") == [(0, REASON)]
    assert ask(opened, explained=False).judged.unexplained[-1].code == "recovered"
    verdict = ask(opened)
    assert verdict.decision is not None
    assert "recovered" in {one["code"] for one in verdict.decision.reasons}


def test_original_text_that_is_nowhere_is_read_again(opened: Workspace) -> None:
    forget(opened)
    shutil.rmtree(opened.store.private / "reads")
    read: list[str] = []

    def reader(path: Path, name: str) -> tuple[Page, ...]:
        read.append(name)
        return w.TextReader().extract(path, name).pages

    recover(opened, reader)

    assert len(read) == w.rows(opened, "SELECT COUNT(*) FROM sources")[0][0]
    assert w.rows(opened, "SELECT COUNT(*) FROM pages WHERE text <> ''")[0][0] > 0


def test_what_no_description_tells_of_is_received_anew(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "拿不准.pdf", w.UNSURE)
    w.ingest(opened)
    forget(opened)
    outcome = recovered(opened)

    assert len(outcome.received) == 1
    assert "review" in {row["status"] for row in w.documents(opened)}


def described(opened: Workspace, change: Callable[[dict[str, Any]], object]) -> None:
    path = w.folder_of(opened, w.SHEEP) / METADATA
    told = json.loads(path.read_text("utf-8"))
    change(told)
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda told: told.update(format="x"), "读不懂，这个项目没有恢复"),
        (lambda told: told["documents"][0].pop("pages"), "的材料 D"),
        (lambda told: told["documents"][0].update(path="../../外面.pdf"), "的材料 D"),
        (lambda told: told["documents"][0].update(path="/etc/passwd"), "的材料 D"),
        (lambda told: told["documents"][0].update(id="x"), "的材料 x"),
        (lambda told: told["documents"].append(told["documents"][0]), "的材料 D"),
        (lambda told: told["waivers"][0].pop("item"), "的免交"),
        (lambda told: told["deregistration"].update(decision={}), "的销号决定"),
    ],
    ids=["format", "no pages", "outside", "absolute", "number", "twice", "waiver", "decision"],
)
def test_what_a_description_tells_wrongly_is_left_out_and_said(
    opened: Workspace, change: Callable[[dict[str, Any]], object], words: str
) -> None:
    described(opened, change)
    forget(opened)
    outcome = recover(opened, nothing)

    assert any(words in one for one in outcome.problems)


def test_a_decision_put_into_a_description_certifies_nothing(opened: Workspace) -> None:
    there = json.loads((w.folder_of(opened, w.SHEEP) / METADATA).read_text("utf-8"))["deregistration"]
    path = w.folder_of(opened, w.LEMON) / METADATA
    told = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**told, "deregistration": there}, ensure_ascii=False), "utf-8")
    forget(opened)
    recovered(opened)

    assert w.rows(opened, "SELECT COUNT(*) FROM deregistrations WHERE reopened IS NULL") == [(0,)]
    assert ("missing", 1) in obstacles(opened, w.LEMON.code)


def test_an_archive_that_remembers_is_not_made_of_its_folders(opened: Workspace) -> None:
    with pytest.raises(BadInputError, match="没有失去记忆"):
        recover(opened, nothing)


def test_the_command_tells_what_it_did(opened: Workspace) -> None:
    forget(opened)
    ran = run(opened, "reindex", "--from-folders")

    assert ran.code == 0
    assert "由档案元数据恢复" in ran.text
    assert run(opened, "verify").code == 0
    assert document(opened, "记录.pdf")["status"] == "filed"


@needs_fork
def test_killed_at_any_step_it_is_done_again(
    made: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.fsync", lambda handle: None)
    lost = w.again(made, tmp_path / "lost")
    forget(lost)
    clean = w.again(lost, tmp_path / "clean")
    count = Countdown(-1, lambda: None)
    with steps(count):
        recover(clean, nothing)
    before = w.documents(clean)
    for step in range(1, count.seen + 1):
        copy = w.again(lost, tmp_path / "copy")
        killed_at(step, partial(recover, copy, nothing))
        try:
            recover(copy, nothing)
        except BadInputError:  # killed after the one transaction: all is there
            w.ingest(copy)
        assert w.documents(copy) == before
        shutil.rmtree(copy.config.workspace)
