"""override, as it is typed: who, what, and that every command tells of it afterwards."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from docx import Document as open_docx

from archivist.core.model import Seen
from archivist.workspace.opened import Workspace, open_workspace
from support import workspaces as w
from support.approving import file_approval
from support.cli_running import Ran, run_archivist
from support.complete import hand_in, reasons_typed
from support.output_schemas import validator
from support.overriding import CHIEF, KEY, OTHER, WHY, sees
from support.people import ADMIN, CLERK, EVERYBODY, HEAD, registered
from support.tampering import tampered

CODE = w.SHEEP.code
TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
GIVEN = ("override", CODE, KEY, "--reason", WHY)
TOLD = f"已由 {CHIEF.name}（{CHIEF.body}，区；系统用户 li）核定：{WHY}"

pytestmark = pytest.mark.skipif(
    getattr(os, "getuid", int)() != 0, reason="only an administrator may act as another user of the system"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A complete project, one of whose seals the software did not see, and a register of people."""
    opened = w.workspace(tmp_path_factory.mktemp("overriding") / "w")
    hand_in(opened, w.SHEEP)
    w.ingest(opened)
    sees(opened, Seen.NO)
    registered(opened, *EVERYBODY, CHIEF, OTHER)
    return opened.config.workspace


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "w"))


@pytest.fixture
def judged(place: Path) -> Path:
    assert by_chief(place, *GIVEN).code == 0
    return place


def run(place: Path, *arguments: str, name: str = "", user: str = "root") -> Ran:
    who = ("--as", name) if name else ()
    return run_archivist("-w", str(place), *who, *arguments, env={"LOGNAME": user})


def by_chief(place: Path, *arguments: str) -> Ran:
    return run(place, *arguments, name=CHIEF.name, user="li")


def told(ran: Ran) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ran.text.splitlines()]


def library(place: Path) -> Workspace:
    return open_workspace(place, ADMIN.name)


def printed_words(path: Path) -> str:
    """All that a Word document says, without blanks."""
    body = open_docx(str(path)).element.body
    return "".join("".join(str(one.text or "") for one in body.iter(TEXT)).split())


def flat(ran: Ran) -> str:
    return "".join(ran.text.split())


def test_the_gate_says_what_may_be_overridden_under_which_key_and_then_who_did(place: Path) -> None:
    shut = run(place, "deregister", CODE, "--dry-run")
    (before,) = told(run(place, "deregister", CODE, "--dry-run", "--json"))
    given = by_chief(place, *GIVEN)
    again = by_chief(place, *GIVEN)
    looked = run(place, "deregister", CODE, "--dry-run")
    (after,) = told(run(place, "deregister", CODE, "--dry-run", "--json"))
    asked = {one["override_key"]: one["override"] for one in before["findings"]}
    done = {one["override_key"]: one["override"] for one in after["findings"]}
    of = next(one["document"] for one in before["findings"] if one["override_key"] == KEY)

    assert f"（可由负责人核定，键{KEY}）" in flat(shut)
    assert "archivist--as姓名override" in flat(shut)
    assert (asked[KEY], done[KEY]["reason"]) == (None, WHY)
    assert (given.code, TOLD in given.text, f"只对 {of} 现在的这一份算数" in given.text) == (
        0,
        True,
        True,
    ), given.err
    assert (again.code, "要改的，先取消" in again.err) == (4, True)
    assert "挡着销号" not in looked.text
    assert f"核定{KEY}" in flat(looked)
    for record in (before, after):
        assert [
            error.message for error in validator("output/deregister.schema.json").iter_errors(record)
        ] == []


def test_every_report_tells_of_it(judged: Path, tmp_path: Path) -> None:
    checked = run(judged, "check", CODE)
    records = told(run(judged, "check", CODE, "--json"))
    listed, status = run(judged, "missing", "--all"), run(judged, "status")
    (line,) = [one for one in told(run(judged, "missing", "--json")) if one["project"] == CODE]
    form = tmp_path / "审批表.docx"
    printed = run(judged, "generate", "销号审批表", CODE, "-o", str(form))
    words = printed_words(form)

    catalogue = tmp_path / "目录.docx"
    listing = run(judged, "generate", "归档目录", CODE, "-o", str(catalogue))

    assert (listing.code, "齐全（负责人核定）" in printed_words(catalogue)) == (0, True), listing.err
    assert "；另有负责人核定 1 处。" in checked.text
    assert "".join(TOLD.split()) in flat(checked)
    assert [one["override"]["by"]["name"] for one in records if one["override"]] == [CHIEF.name]
    assert [
        error.message for one in records for error in validator("output/check.schema.json").iter_errors(one)
    ] == []
    assert run(judged, "check", CODE, "--fail-on", "error").code == 0
    assert f"{CODE} 第1项" in listed.text and "定 核" in listed.text and "有负责人核定的 1 个" in listed.text
    assert line["states"]["1"] == {"state": "齐全", "reasons": ["负责人核定"]}
    assert [error.message for error in validator("output/missing.schema.json").iter_errors(line)] == []
    assert "有负责人核定的 1 个" in status.text
    assert told(run(judged, "status", "--json"))[0]["projects"]["overridden"] == 1
    assert (printed.code, "齐全（核定）" in words, "".join(TOLD.split()) in words) == (0, True, True), (
        printed.err
    )


def test_it_is_told_in_the_decision_and_withdrawing_it_reopens(judged: Path, tmp_path: Path) -> None:
    clerk = partial(run, judged, name=CLERK.name, user="feng")
    proposed = clerk("deregister", CODE, "--propose", *reasons_typed(clerk, CODE))
    file_approval(library(judged))
    done = run(judged, "deregister", CODE, "--confirm", name=HEAD.name, user="jiang")
    (record,) = told(run(judged, "deregister", CODE, "--json"))
    paper = tmp_path / "决定.docx"
    printed = run(judged, "generate", "销号决定", CODE, "-o", str(paper))
    words = printed_words(paper)
    taken = by_chief(judged, "override", CODE, KEY, "--withdraw", "--reason", "原件上也没有章")

    assert (proposed.code, f"核定{KEY}" in flat(proposed)) == (0, True), proposed.err
    assert done.code == 0, done.err + done.text
    assert "第1项摸底调查表：齐全（负责人核定）" in flat(done)
    assert "负责人核定　第1项" in done.text and "有问题" not in done.text
    assert [one["key"] for one in record["decision"]["overrides"]] == [KEY]
    assert [error.message for error in validator("output/deregister.schema.json").iter_errors(record)] == []
    assert (printed.code, f"负责人核定：{WHY}" in words) == (0, True), printed.err + words
    assert (taken.code, "取消了核定，照常挡着销号" in taken.text) == (0, True), taken.err
    assert f"项目 {CODE} 的销号已重新打开：第1项的负责人核定（{KEY}）被取消" in taken.text + taken.err


def test_the_list_tells_what_holds_and_what_does_not(place: Path) -> None:
    none = run(place, "override", "--list")
    assert by_chief(place, *GIVEN).code == 0
    one = run(place, "override", "--list")
    tampered(library(place), "UPDATE documents SET path_sha256 = 'f' WHERE item = 1")
    void = run(place, "override", "--list")
    tampered(library(place), f"DELETE FROM projects WHERE code = '{CODE}'")
    gone = run(place, "override", "--list")

    assert none.text == "没有核定。\n"
    assert TOLD in one.text and one.text.endswith("共 1 处核定。\n")
    assert "不算数：这份材料换过内容" in void.text and "其中 1 处不算数。" in void.text
    assert "不算数：台账里没有这个项目了" in gone.text


WRONG: list[tuple[Callable[[Path], Ran], int, str]] = [
    (lambda place: by_chief(place, "override"), 2, "请写明项目编号和键"),
    (lambda place: by_chief(place, "override", CODE), 2, "请写明项目编号和键"),
    (lambda place: by_chief(place, "override", CODE, KEY), 2, "核定要写明理由"),
    (lambda place: by_chief(place, "override", CODE, KEY, "--withdraw"), 2, "取消核定要写明理由"),
    (lambda place: by_chief(place, "override", CODE, KEY, "--reason", "."), 2, "理由"),
    (lambda place: by_chief(place, "override", "没有", KEY, "--reason", WHY), 2, "台账里没有项目编号"),
    (
        lambda place: by_chief(place, "override", CODE, "not-agreed-7", "--reason", WHY),
        2,
        "只有软件看图看错的可以核定",
    ),
    (
        lambda place: by_chief(place, "override", CODE, KEY, "--withdraw", "--reason", "看错了原件"),
        4,
        f"没有键为“{KEY}”的核定",
    ),
    (lambda place: run(place, *GIVEN), 2, "没有系统账号“root”"),
    (lambda place: run(place, *GIVEN, name="村干部"), 2, "没有“村干部”"),
    (lambda place: run(place, *GIVEN, name=CLERK.name), 1, "可以办的是区、专班的负责人"),
]


@pytest.mark.parametrize(("act", "code", "words"), WRONG, ids=[words for _, _, words in WRONG])
def test_every_way_round_it_is_refused_in_a_sentence_and_changes_nothing(
    place: Path, act: Callable[[Path], Ran], code: int, words: str
) -> None:
    before = w.rows(library(place), "SELECT MAX(seq) FROM events")
    ran = act(place)

    assert (ran.code, words in ran.err) == (code, True), ran.err + ran.text
    assert w.rows(library(place), "SELECT MAX(seq) FROM events") == before


def test_without_a_register_of_people_one_person_overrides_nothing(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    ran = run(opened.config.workspace, *GIVEN, name="李某")

    assert (ran.code, "没有人员名册，不知道谁是负责人" in ran.err) == (1, True), ran.err
