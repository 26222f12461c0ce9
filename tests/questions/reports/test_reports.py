"""Reports on a workspace with everything in its history: their numbers are those of the questions they are made of."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from archivist.core.catalogue.completeness import ItemState
from archivist.core.checks import run_checks
from archivist.core.checks.values import Checked, ProjectFile, Rules
from archivist.core.proposal import Hand, Proposal
from archivist.core.reports.report import Facts, Grid, Trend
from archivist.core.reports.standing import ENOUGH
from archivist.errors import UsageError
from archivist.index.history import SILENT
from archivist.index.reader import IndexReader, open_reader
from archivist.questions.check import check
from archivist.questions.missing import missing, wanted
from archivist.questions.reports import deregistrations
from archivist.workspace.opened import Workspace, open_workspace
from support import workspaces as w
from support.histories import OPERATION
from support.output_schemas import validator
from support.reporting import asked, listing, made, written

DOUBTED, OPENED, STANDS = deregistrations.DOUBTED, deregistrations.OPENED, deregistrations.STANDS


def states(opened: Workspace, index: IndexReader):  # type: ignore[no-untyped-def]
    return missing(index, wanted(asked(opened, index).items), opened.standard).projects


# -- completeness ----------------------------------------------------------------------------------------------------


def test_each_cell_of_the_map_is_what_missing_finds(lived: Workspace, reader: IndexReader) -> None:
    known = states(lived, reader)
    with made(lived, "completeness") as report:
        (grid,) = (one for one in report.sections if isinstance(one, Grid))
        records = list(report.records())

    assert {row.name for row in grid.rows} == {one.project.township for one in known}
    for row in grid.rows:
        own = [one for one in known if one.project.township == row.name]
        for at, item in enumerate(asked(lived, reader).items):
            number = sum(one.state.state(item.number) in ENOUGH for one in own)
            assert row.cells[at] == (number, len(own))
        assert row.cells[-1] == (sum(one.state.complete for one in own), len(own))
    assert records[-1]["projects"] == len(known) == sum(one["projects"] for one in records[:-1])
    for record in records:
        for item in record["items"]:
            assert sum(item["states"].values()) == record["projects"]
            assert item["enough"] == sum(item["states"][state.value] for state in ENOUGH)


def test_the_last_month_is_today_by_the_papers_that_are_filed(lived: Workspace, reader: IndexReader) -> None:
    """What the log tells of the end of this month is what the index holds now."""
    required = {one.number for one in lived.annex.items if one.required}
    now = 0
    for one in states(lived, reader):
        filed = {
            row.item
            for row in reader.holdings.all()
            if row.project == one.project.code and row.status == "filed"
        }
        now += required <= filed | set(one.state.waived)
    with made(lived, "completeness") as report:
        there, closed = (one for one in report.sections if isinstance(one, Trend))

    assert there.points[-1][1] == now > 0
    assert [number for _, number in there.points[:-1]] == [0] * (len(there.points) - 1)
    assert closed.points[-1][1] == reader.deregistrations.count() == 1
    assert "不论材料合格不合格" in there.note


def test_the_longest_wait_comes_first_and_complete_projects_wait_for_nothing(
    lived: Workspace, reader: IndexReader
) -> None:
    open_ones = {one.project.code for one in states(lived, reader) if not one.state.complete}
    with made(lived, "completeness") as report:
        rows = list(listing(report, "最久没有进展的项目").rows())

    assert {row[0] for row in rows} == open_ones
    assert all(row[5] == 0 for row in rows)


def test_the_page_of_the_district_leads_to_each_project(lived: Workspace, reader: IndexReader) -> None:
    codes = {one.project.code for one in states(lived, reader)}
    with made(lived, "completeness", "html") as report:
        page = written(report, "html").decode()
        (grid,) = (one for one in report.sections if isinstance(one, Grid))

    assert all(f'href="#{row.link}"' in page and f'id="{row.link}"' in page for row in grid.rows)
    for code in codes:
        assert f"<td>{code}<td>" in page
    assert "<script" not in page and "http" not in page


def test_the_page_of_a_large_district_stops_at_its_townships_and_the_workbook_does_not(
    lived: Workspace, reader: IndexReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = {one.project.code for one in states(lived, reader)}
    monkeypatch.setattr("archivist.questions.reports.completeness.MOST_LISTED", 1)
    with made(lived, "completeness", "html") as page, made(lived, "completeness", "xlsx") as book:
        text = written(page, "html").decode()
        rows = list(listing(book, "各项目").rows())

    assert "<details" not in text and "href" not in text
    assert "各镇街的项目另有一页" in text
    assert {row[0] for row in rows} == codes


def test_a_township_is_told_project_by_project(lived: Workspace, reader: IndexReader) -> None:
    own = {one.project.code: one.state for one in states(lived, reader) if one.project.township == "石坝镇"}
    with made(lived, "completeness", township="石坝") as report:
        records = {one["project"]: one for one in report.records()}
        rows = list(listing(report, "各项目").rows())

    assert records.keys() == own.keys() == {row[0] for row in rows}
    for code, state in own.items():
        told = {int(item): one["state"] for item, one in records[code]["states"].items()}
        assert told == {one.item: one.state.value for one in state.items}


def test_a_project_is_told_by_its_items_and_papers(lived: Workspace, reader: IndexReader) -> None:
    (file,) = reader.project_files.of([w.FISH.code])
    with made(lived, "completeness", project=w.FISH.code) as report:
        items = list(listing(report, "各项归档内容").rows())
        papers = list(listing(report, "已归档的材料").rows())
        records = list(report.records())
        (facts,) = (one for one in report.sections if isinstance(one, Facts))

    assert sorted(str(row[1]) for row in papers) == sorted(one.id for one in file.documents)
    assert [row[4] for row in items] == [len(file.of(row[0])) for row in items]  # type: ignore[arg-type]
    assert {one["item"]: [paper["id"] for paper in one["papers"]] for one in records} == {
        rule.number: [one.id for one in file.of(rule.number)] for rule in lived.annex.items
    }
    assert ("项目编号", w.FISH.code) in facts.lines
    assert any(name == "销号" and "已销号" in words for name, words in facts.lines)


def test_a_project_that_waits_for_nothing_says_what_is_waived(lived: Workspace) -> None:
    with made(lived, "completeness", project=OPERATION.code) as report:
        waived = [row for row in listing(report, "各项归档内容").rows() if row[2] == ItemState.WAIVED.value]

    assert waived and all("（" in str(row[3]) for row in waived)


@pytest.mark.parametrize("filters", [{"township": "没有镇"}, {"project": "没有"}])
@pytest.mark.parametrize("name", ["completeness", "findings", "activity", "deregistrations"])
def test_what_there_is_not_is_told(name: str, filters: dict[str, str], lived: Workspace) -> None:
    with pytest.raises(UsageError, match="没有"), made(lived, name, **filters):
        pass


# -- findings --------------------------------------------------------------------------------------------------------


def test_findings_are_those_of_check_and_each_check_runs_once(
    lived: Workspace, reader: IndexReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = asked(lived, reader)
    expected = [record for found in check(reader, one.rules, one.today) for record in found.records()]
    ran: list[str] = []

    def counting(file: ProjectFile, rules: Rules, today: date) -> list[Checked]:
        ran.append(file.code)
        return run_checks(file, rules, today)

    monkeypatch.setattr("archivist.questions.check.run_checks", counting)
    with made(lived, "findings") as report:
        records = list(report.records())
        for form in ("text", "html", "csv", "xlsx", "docx", "json"):
            assert written(report, form)
        rules, places = listing(report, "按规则"), listing(report, "按镇街")
        rows = list(listing(report, "全部问题").rows())

    assert [{key: record[key] for key in expected[0]} for record in records] == expected
    assert sorted(ran) == sorted({found.file.code for found in check(reader, one.rules, one.today)})
    for table in (rules.table, places.table):
        at = table.columns.index("错误")
        assert sum(row[at] for row in table.rows) == sum(  # type: ignore[misc]
            one["severity"] == "error" and one["override"] is None for one in expected
        )
    assert [row[1] for row in rows] == [one["project"] for one in expected]
    assert not any("archivist " in str(row[5]) for row in rows)


# -- missing ---------------------------------------------------------------------------------------------------------


def test_subtotals_add_up_to_what_missing_says(lived: Workspace, reader: IndexReader) -> None:
    answer = missing(reader, wanted(asked(lived, reader).items), lived.standard)
    with made(lived, "missing") as report:
        rows = listing(report, "各镇街小计").table.rows
        listed = list(listing(report, "还不齐的项目").rows())
        records = list(report.records())

    assert records == [one.record() for one in answer.projects]
    assert sum(row[1] for row in rows) == answer.sums.projects  # type: ignore[misc]
    assert sum(row[2] for row in rows) == sum(one.state.complete for one in answer.projects)  # type: ignore[misc]
    assert sum(row[4] for row in rows) == sum(len(one.state.missing) for one in answer.projects)  # type: ignore[misc]
    assert [row[1] for row in listed] == [
        one.project.code for one in answer.projects if not one.state.complete
    ]


# -- activity --------------------------------------------------------------------------------------------------------


def told(opened: Workspace, **filters: Any) -> list[dict[str, object]]:
    with made(opened, "activity", **filters) as report:
        counts = listing(report, "各人办了什么").table.rows
        records = [dict(one) for one in report.records()]
        rows = list(listing(report, "逐件").rows())
    assert sum(row[3] for row in counts) == len(records) == len(rows)  # type: ignore[misc]
    return records


def test_every_event_is_told_but_for_those_that_only_carry_rows(
    lived: Workspace, reader: IndexReader
) -> None:
    events = [one["seq"] for one in reader.events.all() if one["act"] not in SILENT]

    assert [one["event"] for one in told(lived)] == events[::-1]


def test_events_are_found_by_person_project_and_day(lived: Workspace, reader: IndexReader) -> None:
    everything = told(lived)
    of_fish = told(lived, project=w.FISH.code)
    papers = {one.id for one in reader.holdings.all() if one.project == w.FISH.code}
    day = str(everything[0]["at"])[:10]

    assert told(lived, person="测试") == everything
    assert {one["event"] for one in of_fish} == {
        one["event"]
        for one in everything
        if one["project"] == w.FISH.code or one["subject"] in papers | {w.FISH.code}
    }
    closed = next(one for one in of_fish if one["told"] == "销号")
    assert (closed["subject"], closed["project"]) == (w.FISH.code, w.FISH.code)
    assert "核对无误" in str(closed["reason"]) and "[" not in str(closed["reason"])
    assert told(lived, since=day, until="2999-01-01")
    assert told(lived, since="2999-01-01") == []
    assert told(lived, until="2001-01-01") == []
    assert 0 < len(told(lived, township="石坝")) < len(everything)
    assert not any(str(one["told"]).startswith("其他（") for one in everything)


def test_somebody_the_log_does_not_know_is_told(lived: Workspace) -> None:
    with pytest.raises(UsageError, match="某某人"), made(lived, "activity", person="某某人"):
        pass


# -- deregistrations -------------------------------------------------------------------------------------------------


def passed(opened: Workspace, **filters: Any) -> dict[str, dict[str, object]]:
    with made(opened, "deregistrations", **filters) as report:
        rows = list(listing(report, "各次销号").rows())
        records = [dict(one) for one in report.records() if one["kind"] == "decision"]
        (facts,) = (one for one in report.sections if isinstance(one, Facts))
    checker = validator("output/report-deregistrations.schema.json")
    assert [error.message for one in records for error in checker.iter_errors(one)] == []
    assert [row[3] for row in rows] == [one["state"] for one in records]
    assert dict(facts.lines) == {
        state: f"{sum(one['state'] == state for one in records)} 个" for state in (STANDS, OPENED, DOUBTED)
    }
    return {str(one["project"]): one for one in records}


def test_what_was_wound_up_and_what_was_opened_again(lived: Workspace, reader: IndexReader) -> None:
    found = passed(lived)
    decision = reader.deregistrations.latest(w.FISH.code)
    assert decision is not None and decision.decision is not None
    event = reader.events.find(found[w.FISH.code]["event"])  # type: ignore[arg-type]
    assert event is not None

    assert found[w.FISH.code]["state"] == STANDS
    assert found[w.FISH.code]["papers"] == len(decision.decision.evidence())
    assert (event["act"], event["subject"]) == ("deregistered", w.FISH.code)
    assert found[OPERATION.code]["state"] == OPENED
    assert found[OPERATION.code]["why"] == "由 测试员 重新打开：还有债务没有清算"
    assert passed(lived, township="龙井").keys() == {OPERATION.code}
    assert passed(lived, project=w.FISH.code).keys() == {w.FISH.code}


def test_a_decision_whose_paper_is_gone_or_that_nobody_made_is_not_believed(
    lived: Workspace, tmp_path: Path
) -> None:
    shutil.copytree(lived.config.workspace, tmp_path / "w")
    opened = open_workspace(tmp_path / "w", "测试员")
    next(path for path in w.item_folder(opened, w.FISH, 5).glob("*.pdf")).unlink()
    with sqlite3.connect(opened.index_path) as db:
        db.execute(
            "INSERT INTO deregistrations (project, at, actor, decision) "
            "SELECT ?, at, actor, decision FROM deregistrations LIMIT 1",
            [w.SHEEP.code],
        )
    db.close()
    found = passed(opened)

    assert found[w.FISH.code]["state"] == DOUBTED
    assert "不见了" in str(found[w.FISH.code]["why"])
    assert found[w.SHEEP.code]["state"] == DOUBTED
    assert found[w.SHEEP.code]["event"] is None


def test_a_paper_that_is_gone_or_altered_is_seen_by_the_report_itself_before_any_pass(
    lived: Workspace, tmp_path: Path
) -> None:
    shutil.copytree(lived.config.workspace, tmp_path / "w")
    opened = open_workspace(tmp_path / "w", "测试员")
    gone = next(path for path in w.item_folder(opened, w.FISH, 5).glob("*.pdf"))
    altered = next(path for path in w.item_folder(opened, w.FISH, 4).glob("*.pdf"))
    gone.unlink()
    altered.chmod(0o644)
    altered.write_bytes(altered.read_bytes() + b" ")

    with made(opened, "completeness", project=w.FISH.code) as report:
        papers = listing(report, "已归档的材料").table
        items = {row[0]: row for row in listing(report, "各项归档内容").table.rows}
    at, name = papers.columns.index("归档文件"), papers.columns.index("文件名")
    found = {row[name]: row[at] for row in papers.rows}

    assert (found[gone.name], found[altered.name]) == ("不见了", "被改动或替换了")
    assert {one for path, one in found.items() if path not in {gone.name, altered.name}} == {
        "完好（出报表时核对）"
    }
    assert "不能作为依据" in report.summary[1]
    assert "材料有问题" in str(items[5][2]) and "不见了" in str(items[5][3])
    assert "材料有问题" not in str(items[7][2])


def test_a_decision_whose_paper_is_gone_does_not_count_in_the_month_of_today(
    lived: Workspace, tmp_path: Path
) -> None:
    shutil.copytree(lived.config.workspace, tmp_path / "w")
    opened = open_workspace(tmp_path / "w", "测试员")
    next(path for path in w.item_folder(opened, w.FISH, 5).glob("*.pdf")).unlink()
    with made(opened, "completeness") as report:
        _, closed = (one for one in report.sections if isinstance(one, Trend))

    assert closed.points[-1][1] == 0


def test_what_the_software_sends_back_is_not_told_as_somebodys_decision(lived: Workspace) -> None:
    with made(lived, "activity") as report:
        columns = listing(report, "逐件").table.columns
        rows = [dict(zip(columns, row, strict=True)) for row in (listing(report, "逐件").stream or tuple)()]
    whose = {(row["事情"], row["谁的决定"]) for row in rows}

    assert ("收到文件", "软件") in whose and ("销号", "本人") in whose


def test_a_project_outside_the_township_that_is_asked_for_is_refused(
    lived: Workspace, reader: IndexReader
) -> None:
    other = asked(lived, reader, project=w.FISH.code, township=w.SHEEP.township[:1] + "不在")
    with pytest.raises(UsageError, match=f"项目 {w.FISH.code} 不在“.*”（它在{w.FISH.township}）"):
        other.agree()
    asked(lived, reader, project=w.FISH.code, township=w.FISH.township).agree()
    asked(lived, reader, township="没有").agree()


def test_what_waits_to_be_confirmed_and_what_came_to_nothing(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    by = Hand("周某", "区专班", "区级", "zhou")
    with opened.writing("deregister", wait=10) as index, index.change():
        for one in (w.SHEEP, w.LEMON, w.FISH):
            kept = index.proposals.evidence(one.code, "")
            index.proposals.put(
                Proposal(one.code, "2025-03-01T10:00:00+08:00", by, {}, {"seq": 1, "hash": ""}, kept)
            )
        index.proposals.end(w.LEMON.code, "proposal withdrawn", "由 周某 收回：还要核对")
        index.proposals.end(w.FISH.code, "", "已确认，办理了销号")
    with made(opened, "deregistrations") as report:
        rows = {row[1]: (row[3], row[8]) for row in listing(report, "提请").rows()}
        records = {one["project"]: one for one in report.records()}

    assert rows == {
        w.SHEEP.code: (deregistrations.WAITS, None),
        w.LEMON.code: (deregistrations.ENDED, "由 周某 收回：还要核对"),
        w.FISH.code: (deregistrations.CONFIRMED, "已确认，办理了销号"),
    }
    assert {code: one["state"] for code, one in records.items()} == {
        code: row[0] for code, row in rows.items()
    }
    assert "等待另一人确认的 1 个" in report.summary[0]
    checker = validator("output/report-deregistrations.schema.json")
    assert [error.message for one in records.values() for error in checker.iter_errors(one)] == []


def test_an_index_without_decisions_has_none_to_tell(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    with open_reader(opened.index_path) as index, index.one_moment():
        assert list(index.history.deregistered()) == []

    assert passed(opened) == {}
