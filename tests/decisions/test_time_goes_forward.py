"""Time only goes forward (时间): a clock set back or forward is told and recorded, and decides nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archivist.core.times import clock_told, goes_back, jumps_ahead, moment
from archivist.decisions import gate, gatechecks
from archivist.index import transactions
from archivist.index.deregistrations import Deregistrations
from archivist.preservation.fixity.verify import verify
from archivist.system.clock import now
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.gating import ask, document, obstacles, passable, with_line
from support.tampering import note_head, rewritten


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return passable(tmp_path_factory.mktemp("time") / "w")


@pytest.fixture
def opened(made: Workspace, tmp_path: Path) -> Workspace:
    return w.again(made, tmp_path / "copy")


def clock(monkeypatch: pytest.MonkeyPatch, years: int) -> str:
    """Set this computer's clock back or forward."""
    here = now()
    at = f"{int(here[:4]) + years}{here[4:]}"
    for module in (transactions, gate, gatechecks):
        monkeypatch.setattr(module, "now", lambda: at)
    return at


def waive(opened: Workspace) -> None:
    with opened.writing("waive", wait=10) as index:
        index.waivers.grant(w.LEMON.code, 2, "没有评估", None)
        index.waivers.grant(w.LEMON.code, 3, "没有合同", None)


def times(opened: Workspace) -> list[tuple[str, str]]:
    return [(one.code, one.severity) for one in verify(opened).findings if one.code == "time-backwards"]


# -- the law -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "at", "back", "ahead"),
    [
        ("2024-11-01T10:00:00+08:00", "2024-11-01T10:00:01+08:00", False, False),
        ("2024-11-01T10:00:00+08:00", "2024-11-01T09:55:00+08:00", False, False),
        ("2024-11-01T10:00:00+08:00", "2024-11-01T09:40:00+08:00", True, False),
        ("2024-11-01T10:00:00+08:00", "2024-11-01T02:00:00+00:00", False, False),
        ("2024-11-01T10:00:00+08:00", "2026-11-01T10:00:00+08:00", False, True),
        ("", "2024-11-01T10:00:00+08:00", False, False),
        ("2024-11-01T10:00:00", "2020-11-01T10:00:00", False, False),
    ],
    ids=["forward", "clocks differ", "back", "another zone", "far ahead", "first", "no zone"],
)
def test_an_instant_is_compared_and_not_its_words(before: str, at: str, back: bool, ahead: bool) -> None:
    assert (goes_back(before, at), jumps_ahead(before, at)) == (back, ahead)
    assert bool(clock_told(before, at)) == (back or ahead)
    assert (moment("2024-11-01T10:00:00"), moment("昨天")) == (None, None)


# -- writing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("years", "words"), [(-1, "被调慢过"), (3, "被调快过")])
def test_a_clock_set_back_or_forward_is_told_once_and_stands_in_the_event(
    opened: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    years: int,
    words: str,
) -> None:
    clock(monkeypatch, years)
    waive(opened)
    told = capsys.readouterr().err
    details = [json.loads(one) for (one,) in w.rows(opened, "SELECT detail FROM events WHERE act = 'waived'")]

    assert told.count("请校准这台电脑的时间") == 1
    assert words in told
    assert [words in one["clock"]["told"] for one in details if "clock" in one] == [True]


def test_a_clock_that_is_right_is_not_spoken_of(
    opened: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    waive(opened)

    assert "时间" not in capsys.readouterr().err
    assert times(opened) == []


# -- verify and the gate -------------------------------------------------------------------------------------------


def test_an_event_before_its_predecessor_is_a_finding_an_error_where_nobody_was_told(
    opened: Workspace,
) -> None:
    first = next(
        seq for (seq,) in w.rows(opened, "SELECT seq FROM events WHERE act = 'identified' ORDER BY seq")
    )

    def earlier(row: dict[str, Any]) -> None:
        if row["seq"] == first:
            row["at"] = "2019-01-01T10:00:00+08:00"

    rewritten(opened, earlier)
    for one in (w.SHEEP, w.LEMON, w.FISH):
        note_head(opened, w.folder_of(opened, one))

    assert obstacles(opened) == [("time-backwards", None)]
    assert ask(opened).damaged
    assert times(opened) == [("time-backwards", "error")]


def test_a_time_that_was_told_there_and_then_is_a_warning_and_shuts_the_gate_only_while_the_clock_is_wrong(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as set_back:
        clock(set_back, -1)
        assert ("time-backwards", None) in obstacles(opened)
        waive(opened)

    assert times(opened) == [("time-backwards", "warning")]
    assert ask(opened).decision is not None


def test_a_decision_dated_a_year_before_its_event_is_found(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = Deregistrations.put

    def early(self: Deregistrations, project: str, decision: Any) -> None:
        put(self, project, replace(decision, at=f"{int(decision.at[:4]) - 1}{decision.at[4:]}"))

    monkeypatch.setattr(Deregistrations, "put", early)
    assert ask(opened).decision is not None

    assert set(times(opened)) == {("time-backwards", "error")}
    assert ask(opened).damaged


def test_a_paper_dated_after_all_that_was_done_here_is_not_taken(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the clock set forward it is no paper of the future."""
    day = f"{int(now()[:4]) + 1}-01-15"
    row = document(opened, "记录.pdf")

    def dated(line: Any) -> None:
        line.index.documents.update(replace(line.index.documents.find(row["id"]), date=day), "described")

    with_line(opened, dated)
    clock(monkeypatch, 2)
    found = [one for one in ask(opened).judged.obstacles if one.code == "future-date"]

    assert [(one.item, one.document) for one in found] == [(4, row["id"])]
    assert "晚于档案库最后一条记录的日期" in found[0].message


def test_a_decision_nobody_can_read_has_no_time_to_compare(opened: Workspace) -> None:
    assert ask(opened).decision is not None

    def unreadable(row: dict[str, Any]) -> None:
        if row["act"] == "deregistered":
            detail = json.loads(row["detail"])
            detail["rows"]["deregistrations"][0][1]["decision"] = "[]"
            row["detail"] = json.dumps(detail, ensure_ascii=False)

    rewritten(opened, unreadable)

    assert times(opened) == []
