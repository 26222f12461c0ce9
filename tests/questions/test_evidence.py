"""Asked about a wound-up project, its evidence is looked at again; a decision no event tells of is believed by nobody."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from archivist.decisions.gate import rules_of
from archivist.index.reader import open_reader
from archivist.preservation.fixity.verify import verify
from archivist.questions.check import check
from archivist.questions.evidence import FORGED, lost_evidence
from archivist.store.layout import STATUS_PAGE
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.checking import TODAY
from support.cli_running import Ran, run_archivist
from support.gating import CODE, ask, document, passable
from support.tampering import flip, tampered


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    opened = passable(tmp_path_factory.mktemp("evidence") / "w")
    assert ask(opened).decision is not None
    w.ingest(opened)
    return opened


@pytest.fixture
def passed(made: Workspace, tmp_path: Path) -> Workspace:
    """A wound-up project whose copies' stamps are known."""
    opened = w.again(made, tmp_path / "copy")
    w.ingest(opened)
    return opened


def run(opened: Workspace, *words: str) -> Ran:
    return run_archivist("-w", str(opened.config.workspace), *words)


def lost(opened: Workspace, *codes: str) -> dict[str, str]:
    with open_reader(opened.index_path) as index:
        return lost_evidence(index, codes or None)


def listed(opened: Workspace, code: str = CODE) -> str | None:
    lines = [json.loads(line) for line in run(opened, "missing", "--json").text.splitlines()]
    (found,) = [line["deregistered"] for line in lines if line["project"] == code]
    assert found is None or isinstance(found, str)
    return found


def record(opened: Workspace) -> Path:
    return opened.store.path(document(opened, "记录.pdf")["path"])


def vault(opened: Workspace) -> Path:
    ((found,),) = w.rows(opened, "SELECT vault FROM sources WHERE name LIKE '%记录.pdf'")
    return opened.store.path(found)


def test_while_all_stands_nothing_is_told(passed: Workspace) -> None:
    assert lost(passed) == {}
    assert listed(passed) is not None
    assert run(passed, "missing").err == ""


def in_its_place(path: Path) -> None:
    path.unlink()
    path.mkdir()


def cut_off(path: Path) -> None:
    path.chmod(0o644)
    path.write_bytes(b"x")


WAYS: dict[str, tuple[Callable[[Workspace], object], str]] = {
    "rm": (lambda opened: record(opened).unlink(), "不见了"),
    "edited": (lambda opened: flip(record(opened)), "被改动或替换了"),
    "a folder in its place": (lambda opened: in_its_place(record(opened)), "不见了"),
    "original gone": (lambda opened: vault(opened).unlink(), "收存的原件不见了"),
    "original cut off": (lambda opened: cut_off(vault(opened)), "收存的原件被改动或替换了"),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_question_tells_at_once_that_evidence_is_lost_and_writes_nothing(
    passed: Workspace, way: str
) -> None:
    take, why = WAYS[way]
    take(passed)
    before = w.rows(passed, "SELECT COUNT(*) FROM events")
    status = run(passed, "status")
    told = json.loads(run(passed, "status", "--json").text)
    missing = run(passed, "missing")
    generated = run(passed, "generate", "归档目录", CODE, "-o", str(passed.config.workspace / "目录.docx"))

    assert listed(passed) is None
    assert [(one["project"], why in one["problem"]) for one in told["lost_evidence"]] == [(CODE, True)]
    assert (told["deregistered"], told["healthy"]) == (0, False)
    assert "销号不能作数的项目" in status.text
    for words in (status.text, missing.err, generated.err):
        assert "销号的依据不见了" in words
        assert f"archivist deregister {CODE}" in words
    assert w.rows(passed, "SELECT COUNT(*) FROM events") == before


def test_deregister_asked_again_reopens_and_ends_6(passed: Workspace) -> None:
    record(passed).unlink()
    first = run(passed, "deregister", CODE)
    second = run(passed, "deregister", CODE)

    assert (first.code, second.code) == (6, 6)
    assert "销号的依据不见了" in first.text
    assert "已销号" not in first.text
    assert "重新打开" in first.err
    assert w.rows(passed, "SELECT reopened IS NULL FROM deregistrations") == [(0,)]
    assert "重新打开" in (w.folder_of(passed, w.SHEEP) / STATUS_PAGE).read_text("utf-8")


def test_a_dry_run_says_the_same_and_changes_nothing(passed: Workspace) -> None:
    record(passed).unlink()
    ran = run(passed, "deregister", CODE, "--dry-run")

    assert ran.code == 6
    assert "销号的依据不见了" in ran.text
    assert w.rows(passed, "SELECT reopened IS NULL FROM deregistrations") == [(1,)]


def test_deregister_reads_the_originals_too(passed: Workspace) -> None:
    flip(vault(passed))  # as large as it was: no light look sees it

    assert lost(passed) == {}
    assert run(passed, "deregister", CODE).code == 6
    assert w.rows(passed, "SELECT reopened IS NULL FROM deregistrations") == [(0,)]


def test_records_that_were_tampered_with_are_told_of_a_wound_up_project(passed: Workspace) -> None:
    tampered(passed, "UPDATE sources SET name = '别的.pdf' WHERE id = 2")
    ran = run(passed, "deregister", CODE)

    assert ran.code == 6
    assert "sources" in ran.text


def test_a_paper_that_a_person_only_renamed_takes_nothing_away(passed: Workspace) -> None:
    record(passed).rename(record(passed).with_name("改过名.pdf"))
    assert "先运行 archivist ingest" in run(passed, "missing").err
    assert ask(passed).already
    w.ingest(passed)

    assert lost(passed) == {}
    assert listed(passed) is not None


def test_another_stamp_alone_is_no_loss(passed: Workspace) -> None:
    os.utime(record(passed), (1, 1))

    assert lost(passed) == {}


def test_a_folder_that_is_away_is_told_and_nothing_reopened(passed: Workspace) -> None:
    folder = w.folder_of(passed, w.SHEEP)
    folder.rename(folder.with_name("改名的"))
    verdict = ask(passed)

    assert verdict.damaged
    assert w.rows(passed, "SELECT reopened IS NULL FROM deregistrations") == [(1,)]


def test_what_is_no_evidence_may_go(passed: Workspace) -> None:
    w.pdf(passed.config.inbox / "补充.pdf", w.minutes(w.SHEEP, 9))
    w.ingest(passed)
    passed.store.path(document(passed, "补充.pdf")["path"]).unlink()

    assert lost(passed) == {}


def test_only_the_projects_asked_for_are_looked_at(passed: Workspace) -> None:
    record(passed).unlink()

    assert lost(passed, w.LEMON.code) == {}
    assert set(lost(passed, CODE)) == {CODE}


FORGERIES = {
    "put in": "INSERT INTO deregistrations (project, at, actor, decision) SELECT 'CS-2019-0002', at, actor, decision "
    "FROM deregistrations",
    "altered": "UPDATE deregistrations SET actor = '区领导'",
}


@pytest.mark.parametrize(("way", "code"), [("put in", w.LEMON.code), ("altered", CODE)])
def test_a_row_that_no_event_tells_of_is_believed_by_nobody(passed: Workspace, way: str, code: str) -> None:
    tampered(passed, FORGERIES[way])
    with open_reader(passed.index_path) as index:
        gate = index.deregistrations.latest(code)
        (examined,) = check(index, rules_of(passed), TODAY, [code])
        count = index.deregistrations.count()

    assert gate is None
    assert examined.file.gate is None
    assert count == (1 if way == "put in" else 0)
    assert lost(passed)[code] == FORGED
    assert listed(passed, code) is None
    assert FORGED in run(passed, "missing").err
    assert FORGED in run(passed, "status").text
    assert run(passed, "deregister", code).code == 6
    assert "deregistrations" in " ".join(one.path for one in verify(passed).findings)


def test_an_index_of_an_earlier_edition_is_asked_nothing(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    w.ingest(opened)
    tampered(opened, "DROP TABLE deregistrations")

    assert lost(opened) == {}
