"""check, deregister and date as people type them: words, exit codes, JSON, and what other commands then say."""

from __future__ import annotations

import json
import shutil
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from archivist import cli
from archivist.store.layout import DECISION_PAGE, RECENT, STATUS_PAGE
from archivist.workspace.resources import data_folder
from support import workspaces as w
from support.catalogue import REQUIRED, required_but
from support.cli_running import Ran, run_archivist
from support.complete import WAIVABLE, hand_in, reasons_typed, waive
from support.output_schemas import validator
from support.tampering import flip

CODE = w.SHEEP.code
KEYS = {"project", "item", "code", "severity", "message", "document", "page", "quote", "clause"}
"""What other programs were promised of `check --json`."""
ADDED = {"other_document", "other_page", "other_quote", "override"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One project that may be deregistered but for seals and signatures nobody can tell, and two that lack nearly all."""
    opened = w.workspace(tmp_path_factory.mktemp("gating") / "w")
    w.pdf(opened.config.inbox / "记录.pdf", w.record(w.SHEEP, 2), sealed=True)
    w.pdf(opened.config.inbox / "纪要.pdf", w.minutes(w.SHEEP, 5))
    hand_in(opened, w.SHEEP, required_but(4, 5, WAIVABLE))
    w.ingest(opened)
    waive(opened, w.SHEEP)
    w.ingest(opened)
    return opened.config.workspace


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "w"))


@pytest.fixture
def passed(place: Path) -> Path:
    assert run(place, "deregister", CODE, *explained(place)).code == 0
    return place


def run(place: Path, *arguments: str) -> Ran:
    return run_archivist("-w", str(place), "--as", "李某", *arguments)


def explained(place: Path) -> list[str]:
    return reasons_typed(partial(run, place), CODE)


def told(ran: Ran) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ran.text.splitlines()]


def page(place: Path, name: str) -> str:
    folder = place / "archive_store" / "项目档案" / w.SHEEP.township / f"{CODE} {w.SHEEP.name}"
    return (folder / name).read_text("utf-8")


def test_check_says_what_is_wrong_with_each_project_and_fails_only_where_asked(place: Path) -> None:
    ran = run(place, "check")
    found = told(run(place, "check", "--json"))
    checker = validator("output/check.schema.json")

    assert (ran.code, ran.err) == (0, "")
    assert "检查了 3 个项目" in ran.text
    assert "第4项“村（社区）会议记录”缺件" in ran.text
    assert all(set(one) == KEYS | ADDED for one in found)
    assert [error.message for one in found for error in checker.iter_errors(one)] == []
    assert {one["project"] for one in found} == {CODE, w.LEMON.code, w.FISH.code}
    assert run(place, "check", "--fail-on", "error").code == 1


def test_check_looks_at_the_projects_asked_for(place: Path) -> None:
    one = told(run(place, "check", CODE, "--json"))
    there = told(run(place, "check", "--township", "龙井", "--json"))

    assert {found["severity"] for found in one} == {"warning"}
    assert ("signature-unclear", 4) in {(found["code"], found["item"]) for found in one}
    assert {found["project"] for found in there} == {w.LEMON.code}
    assert run(place, "check", CODE, "--fail-on", "error").code == 0
    assert run(place, "check", CODE, "--fail-on", "warning").code == 1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["check", "XX-1"], 2, "没有项目编号“XX-1”"),
        (["check", "--township", "无此镇"], 2, "没有镇街含“无此镇”"),
        (["deregister", "XX-1"], 2, "没有项目编号“XX-1”"),
        (["deregister", CODE, "--reason", " "], 2, "理由不能是空的"),
        (
            ["deregister", CODE, "--reason", "看过全部原件"],
            2,
            "请写“--reason 键=理由”。要说明理由的键有：seal-",
        ),
        (["deregister", CODE, "--reason", "debts=."], 2, "没有说明原因"),
        (["deregister", CODE, "--reason", "debts=\u3164"], 2, "理由不能是空的"),
        (["deregister", CODE, "--reason", "debts=同意"], 2, "没有说明原因"),
        (["deregister", CODE, "--reason", "a-1=看过原件", "--reason", "a-1=又看一遍"], 2, "写了两个理由"),
        (["deregister", CODE, "--reopen"], 2, "重新打开要写明一个理由"),
        (["deregister", CODE, "--reopen", "--reason", "还有债务"], 4, "没有销号"),
        (["date", "D99999", "2024-11-20"], 4, "没有编号为“D99999”"),
        (["date", "D00001", "2024-13-20"], 2, "不是日期"),
        (["date", "D00001", "去年"], 2, "不是日期"),
    ],
)
def test_a_slip_of_the_pen_is_told_in_a_sentence(
    made: Path, arguments: list[str], code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = cli.run(["-w", str(made), *arguments])
    said = capsys.readouterr()

    assert (ended, said.out) == (code, "")
    assert words in said.err


def test_a_refusal_lists_what_is_in_the_way_and_ends_with_1(place: Path) -> None:
    ran = run(place, "deregister", w.LEMON.code)
    (record,) = told(run(place, "deregister", w.LEMON.code, "--json"))

    assert ran.code == 1
    assert "现在不能销号" in ran.text
    assert "7. 第7项“区政府专题会会议纪要”缺件。（依据：附件4第7项" in ran.text
    assert (record["deregistered"], record["decision"]) == (False, None)
    assert [one["item"] for one in record["findings"]] == list(REQUIRED)


def test_a_warning_names_the_key_its_reason_goes_under(place: Path) -> None:
    ran = run(place, "deregister", CODE)
    other = run(place, "deregister", CODE, "--reason", "debts=已经全部付清")
    others = explained(place)
    at = next(at for at, words in enumerate(others) if words.startswith("signature-unclear-4="))
    others[at] = "signature-unclear-4=看过原件，都签了"
    done = run(place, "deregister", CODE, *others)

    assert ran.code == 1
    assert "signature-unclear-4　第4项的" in ran.text
    assert "“debts”这个键没有对应的问题" in other.text
    assert other.code == 1
    assert done.code == 0
    assert "看过原件，都签了" in done.text


def test_passing_prints_the_decision_and_every_place_shows_it(place: Path) -> None:
    given = explained(place)
    tried = run(place, "deregister", CODE, *given, "--dry-run")
    assert (tried.code, "可以销号（只是核对，没有销号）" in tried.text) == (0, True)
    assert told(run(place, "missing", "--json"))[1]["deregistered"] is None
    (record,) = told(run(place, "deregister", CODE, *given, "--json"))
    again = run(place, "deregister", CODE)
    (lists,) = [one for one in told(run(place, "missing", "--json")) if one["project"] == CODE]

    assert [error.message for error in validator("output/deregister.schema.json").iter_errors(record)] == []
    assert (record["deregistered"], record["already"], record["decision"]["actor"]) == (True, False, "李某")
    assert (again.code, "已由 李某 销号，没有再做什么" in again.text) == (0, True)
    assert lists["deregistered"] == record["decision"]["at"]
    assert record["decision"]["at"][:10] in run(place, "missing", "--all").text
    assert "已销号 1 个" in run(place, "register", "list").text
    assert "已销号　　1 个项目" in run(place, "status").text
    assert record["decision"]["items"][3]["documents"][0]["sha256"] in page(place, DECISION_PAGE)
    assert "李某" in page(place, STATUS_PAGE)


def test_damaged_evidence_ends_with_6(place: Path) -> None:
    opened = next((place / "archive_store" / ".archivist" / "originals").rglob("*.pdf"))
    flip(opened)
    ran = run(place, "deregister", CODE)

    assert ran.code == 6
    assert "被改过" in ran.text


def test_taking_evidence_away_is_told_by_the_command_that_does_it(passed: Path) -> None:
    ran = run(passed, "waive", CODE, "--item", str(WAIVABLE), "--withdraw", "--reason", "合同找到了")
    status = told(run(passed, "status", "--json"))[0]

    assert ran.code == 0
    assert f"注意：项目 {CODE} 的销号已重新打开：第{WAIVABLE}项" in ran.err
    assert [one["project"] for one in status["reopened"]] == [CODE]
    assert "reopened" in {one["code"] for one in status["problems"]}
    assert "重新打开" in (passed / "archive_store" / "收件箱" / RECENT).read_text("utf-8")
    assert "本决定已失效" in page(passed, DECISION_PAGE)
    assert "reopened" in {one["code"] for one in told(run(passed, "check", CODE, "--json"))}


def test_a_person_opens_the_gate_again_with_a_reason(passed: Path) -> None:
    ran = run(passed, "deregister", CODE, "--reopen", "--reason", "发现还有债务")
    shown = page(passed, STATUS_PAGE)

    assert (ran.code, ran.err) == (0, "")
    assert f"{CODE} 已重新打开：发现还有债务" in ran.text
    assert "由 李某 重新打开：发现还有债务" in shown


@pytest.mark.parametrize(
    "day",
    [
        "2024-11-20",
        "2024年11月20日",
        "2024.11.20",
        "2024/11/20",
        "二〇二四年十一月二十日",
        "２０２４年１１月２０日",
    ],
)
def test_a_date_is_written_as_people_write_it(place: Path, day: str) -> None:
    ran = run(place, "date", "d00001", day)
    row = next(one for one in told(run(place, "documents", "--json")) if one["id"] == "D00001")

    assert (ran.code, ran.text) == (0, "已登记：D00001 的日期是 2024-11-20。\n")
    assert row["date"] == "2024-11-20"
    assert "日期由 李某 登记为 2024-11-20" in row["reasons"][-1]


def test_a_workspace_without_a_register_says_what_to_do_first(tmp_path: Path) -> None:
    run_archivist("init", str(tmp_path / "w"))
    ran = run_archivist("-w", str(tmp_path / "w"), "check")

    assert ran.code == 7
    assert "archivist register import" in ran.err


def test_a_workspace_with_older_rules_of_its_own_goes_by_the_shipped_order(place: Path) -> None:
    """Its schemas/ was copied before there were order rules: nothing stops, and the gate judges by the plan's."""
    shutil.copytree(data_folder("schemas"), place / "schemas")
    (place / "schemas" / "procedure.toml").unlink()

    checked, ingested = run(place, "check", CODE, "--json"), run(place, "ingest")
    passed = run(place, "deregister", CODE, *explained(place))

    assert (checked.code, ingested.code, passed.code) == (0, 0, 0), (checked, ingested, passed)
    assert "order-procedure" in passed.text or "认定和处置的程序" in passed.text
