"""How projects stand is kept, and what is kept is what the checks say now, at every moment somebody may look."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archivist.core.catalogue.keeping import (
    Kept,
    items_from_text,
    items_to_text,
    whole_from_text,
    whole_to_text,
)
from archivist.core.catalogue.making import made_of
from archivist.core.catalogue.overridden import keys
from archivist.core.catalogue.standard import Standard
from archivist.core.catalogue.states import states_of
from archivist.core.catalogue.tally import tally
from archivist.core.checks import findings_of
from archivist.core.checks.values import ProjectFile, Rules
from archivist.core.decision import About, DecidedItem, Decision, Proof
from archivist.core.document import INBOX, Document
from archivist.core.dossier.values import Dossier
from archivist.core.model import Actor, Fact, Seen, Severity, Status
from archivist.core.override import Override
from archivist.core.project import Category, Project
from archivist.core.proposal import Hand
from archivist.core.register import project_to_record
from archivist.core.standing import ALTERED, GONE
from archivist.index.reader import IndexReader, open_reader
from archivist.index.states import Chosen
from archivist.index.writer import Index
from support.catalogue import NUMBERS
from support.checking import FILES, RULES

DAY = "2026-11-28"
STANDARD = Standard("规则一", DAY, lambda: RULES)
LENIENT = replace(RULES, items=tuple(replace(rule, seal=False) for rule in RULES.items))
STANDARDS = {"规则一": STANDARD, "规则二": Standard("规则二", DAY, lambda: LENIENT)}
CODES = ("A", "B", "C")
printed = partial(json.dumps, ensure_ascii=False)
PLACES = {"A": ("石坝镇", "青杠村"), "B": ("龙井镇", "白沙村"), "C": ("石坝镇", "柏林村")}


def project(
    code: str, name: str = "养殖场", category: Category | None = Category.ELIMINATED, debts: str = ""
) -> Project:
    return Project(code, name, *PLACES[code], category=category, department="区水利局", debts=debts)


def put(index: Index, *projects: Project) -> None:
    index.projects.put([(project_to_record(one), one) for one in projects], {"file": "台账.xlsx"})


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with closing(Index(tmp_path / "index.db", Actor("测试员", "test"))) as opened:
        put(opened, *map(project, CODES))
        yield opened


def add(index: Index, status: Status, code: str | None, item: int | None, **more: object) -> Document:
    """A document received, and planned as said."""
    number = index.documents.count() + 1
    source = index.sources.receive(
        name=f"{number}.pdf", origin=INBOX, sha256=f"{number:064d}", size=1, vault=f"vault/{number}.pdf"
    )
    path = f"{code}/{number}.pdf" if status is Status.FILED else None
    row = Document("", source.id, 1, 1, status, code, item, path=path, path_sha256=source.sha256, **more)  # type: ignore[arg-type]
    (made,) = index.sources.plan(source.id, "pdf", [], [row])
    index.sources.finish(source.id)
    return made


def recomputed(index: IndexReader, standard: Standard = STANDARD) -> list[Kept]:
    """What the checks say now of every project, by township and code."""
    unsorted = index.items.unsorted()
    rows = [
        made_of(file, standard.rules(), standard.today, unsorted.get(file.code, ()), printed)
        for file in index.project_files.all()
    ]
    return sorted(rows, key=lambda one: (one.township, one.project))


def told(rows: list[Kept]) -> list[Kept]:
    """What a reader sees of rows: not when they were made."""
    return [one._replace(made="", until="") for one in rows]


def agrees(index: IndexReader, standard: Standard = STANDARD) -> None:
    """Rows, lines and sums, of all and of some, are what the checks say now."""
    now = recomputed(index, standard)
    for chosen in (
        Chosen(),
        Chosen("淘汰类", incomplete=True),
        Chosen(places={"township": ("石坝镇",), "village": ("青杠村", "柏林村")}),
        Chosen(item=4),
    ):
        fitting = [one for one in now if chosen.fits(one)]
        assert told(list(index.states.rows(standard, chosen))) == told(fitting)
        assert told(list(index.states.rows(standard, chosen, 1))) == told(fitting[:1])
        assert list(index.states.lines(standard, chosen)) == [one.line for one in fitting]
        assert list(index.states.lines(standard, chosen, 2)) == [one.line for one in fitting[:2]]
        sums = {
            word: count
            for word, count in tally(index.states.outlines(standard, chosen)).under.items()
            if count
        }
        assert sums == tally((one.outline, 1) for one in fitting).under


# -- streams of what people and the software do --------------------------------------------------------------------

WHICH = st.integers(0, 5)
ACTS = st.one_of(
    st.tuples(
        st.just("file"),
        st.sampled_from(CODES),
        st.sampled_from(NUMBERS),
        st.sampled_from([None, "2024-11-01", "2026-11-29", "2031-01-01"]),
        st.sampled_from(list(Seen)),
    ),
    st.tuples(st.just("wait"), st.none() | st.sampled_from(CODES), st.none() | st.sampled_from(NUMBERS)),
    st.tuples(st.just("assign"), WHICH, st.sampled_from(CODES), st.sampled_from(NUMBERS)),
    st.tuples(st.sampled_from(["unfile", "withdraw", "alter", "lose", "whole", "separate", "undo"]), WHICH),
    st.tuples(st.sampled_from(["override", "unoverride"]), WHICH),
    st.tuples(st.just("date"), WHICH, st.none() | st.sampled_from(["2024-10-01", "2026-11-29"])),
    st.tuples(st.just("version"), WHICH, WHICH),
    st.tuples(st.just("dossier"), st.sampled_from(CODES), st.sampled_from(["同意", "不同意", ""])),
    st.tuples(st.sampled_from(["waive", "need"]), st.sampled_from(CODES), st.sampled_from(NUMBERS)),
    st.tuples(st.sampled_from(["deregister", "reopen"]), st.sampled_from(CODES)),
    st.tuples(
        st.just("register"),
        st.sampled_from(CODES),
        st.sampled_from(["养殖场", "茶园"]),
        st.sampled_from([Category.ELIMINATED, Category.IDLE, None]),
        st.sampled_from(["", "欠款3万元"]),
    ),
    st.tuples(st.just("day"), st.sampled_from(["2026-11-27", "2026-11-28", "2026-11-29", "2032-01-01"])),
    st.tuples(st.just("rules"), st.sampled_from(sorted(STANDARDS))),
)


class Life:
    """An archive to which one thing after the other happens."""

    def __init__(self, index: Index) -> None:
        self.index, self.standard = index, STANDARD
        self.before: list[Document] = []

    def document(self, which: int) -> Document | None:
        found = sorted(self.index.holdings.all(), key=lambda one: one.id)
        row = self.index.documents.find(found[which % len(found)].id) if found else None
        if row is not None:
            self.before.append(row)
        return row

    def happens(self, act: str, *more: Any) -> None:
        getattr(self, f"_{act}")(*more)

    def _file(self, code: str, item: int, day: str | None, seen: Seen) -> None:
        said = (Fact("会议意见", "同意", 1, "会议同意退出"),)
        add(self.index, Status.FILED, code, item, date=day, sealed=seen, signed=seen, facts=said)

    def _wait(self, code: str | None, item: int | None) -> None:
        add(self.index, Status.REVIEW, code, item if code else None)

    def _changed(self, which: int, **more: Any) -> None:
        row = self.document(which)
        if row is not None:
            with self.index.change():
                self.index.documents.update(replace(row, **more), "assigned")

    def _assign(self, which: int, code: str, item: int) -> None:
        self._changed(which, status=Status.FILED, project=code, item=item, path=f"{code}/{which}.pdf")

    def _unfile(self, which: int) -> None:
        self._changed(which, status=Status.REVIEW, path=None)

    def _date(self, which: int, day: str | None) -> None:
        self._changed(which, date=day)

    def _undo(self, which: int) -> None:
        if self.before and self.index.documents.find(self.before[which % len(self.before)].id) is not None:
            with self.index.change():
                self.index.documents.update(self.before[which % len(self.before)], "undone")

    def _withdraw(self, which: int) -> None:
        row = self.document(which)
        if row is not None:
            with self.index.change():
                self.index.documents.withdraw(row.id)

    def _alter(self, which: int, state: str = ALTERED) -> None:
        standings = self.index.standings.all()
        if standings:
            self.index.standings.seen_wrong(standings[which % len(standings)], state, "", None)

    def _lose(self, which: int) -> None:
        self._alter(which, GONE)

    def _whole(self, which: int) -> None:
        standings = self.index.standings.all()
        if standings:
            self.index.standings.seen_whole([(standings[which % len(standings)], "1 2 3")])

    def _version(self, older: int, newer: int) -> None:
        old, new = self.document(older), self.document(newer)
        if old is not None and new is not None and old.id != new.id:
            self.index.versions.replace(old.id, new.id, "新的", None)

    def _separate(self, which: int) -> None:
        row = self.document(which)
        if row is not None:
            self.index.versions.separate(row.id, "测试员")

    def _waive(self, code: str, item: int) -> None:
        statement = self.document(item)
        self.index.waivers.grant(code, item, "拆除", statement.id if statement else None)

    def _need(self, code: str, item: int) -> None:
        self.index.waivers.withdraw(code, item, "还要")

    def _dossier(self, code: str, outcome: str) -> None:
        """A meeting of the district, on the day on which papers are filed; "" for a dossier without meetings."""
        row = {"编号": "1", "层级": "区", "会议日期": "2024年11月1日", "会议意见": outcome}
        self.index.dossiers.put(code, Dossier({"会议": (row,) if outcome else ()}), (), "试")

    def _override(self, which: int) -> None:
        """Whatever stands in the way of the projects and may be overridden, one of it."""
        found = [
            (file, key, finding)
            for file in self.index.project_files.all()
            for key, finding in keys(file, RULES, findings_of(file, RULES, date.fromisoformat(DAY)))
        ]
        if found:
            file, key, finding = found[which % len(found)]
            paper = next(one for one in file.documents if one.id == finding.document)
            self.index.overrides.put(
                Override(
                    file.code,
                    key,
                    finding.code,
                    finding.item or 0,
                    paper.id,
                    paper.path_sha256 or "",
                    finding.message,
                    "看过原件",
                    Hand("黎某", "区人民政府办公室", "区", "li"),
                    "2026-11-28T10:00:00+08:00",
                )
            )

    def _unoverride(self, which: int) -> None:
        found = self.index.overrides.among(None)
        if found:
            one = found[which % len(found)]
            assert self.index.overrides.withdraw(one.project, one.key, "看错了")

    def _deregister(self, code: str) -> None:
        latest = self.index.deregistrations.latest(code)
        (file,) = self.index.project_files.of([code])
        if latest is None or not latest.standing:
            with self.index.change():
                self.index.deregistrations.put(code, decision(file))

    def _reopen(self, code: str) -> None:
        self.index.deregistrations.reopen(code, "重新办理")

    def _register(self, code: str, name: str, category: Category | None, debts: str) -> None:
        put(self.index, project(code, name, category, debts))

    def _day(self, day: str) -> None:
        self.standard = self.standard._replace(today=day)

    def _rules(self, key: str) -> None:
        self.standard = STANDARDS[key]._replace(today=self.standard.today)

    def settle(self) -> None:
        """A writer comes by."""
        assert self.index.states.settle(self.standard)


def decision(file: ProjectFile) -> Decision:
    """A decision that explains all that was found."""
    about = About(file.code, file.category, file.name, "石坝镇", "青杠村", "区水利局")
    proofs = [
        (
            one.item or 0,
            Proof(
                one.id,
                one.path,
                one.pages,
                None,
                one.date,
                None,
                "yes",
                "yes",
                one.path_sha256,
                one.file.sha256,
                None,
                None,
            ),
        )
        for one in file.documents
    ]
    items = tuple(
        DecidedItem(item, "一", "一", "一", "附件4", "齐全", None, (proof,)) for item, proof in proofs
    )
    found = findings_of(file, RULES, date.fromisoformat(DAY))
    reasons = tuple(
        {**one.record(), "reason": "看过原件"} for one in found if one.severity is Severity.WARNING
    )
    head = {"seq": 1, "hash": "0" * 64}
    return Decision(
        about, items, (), reasons, f"{DAY}T10:00:00+08:00", "李某", {"files": 0, "bytes": 0}, {}, head, "1"
    )


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index with a register, made once; every example works on a copy."""
    folder = (
        tmp_path_factory.mktemp("states") / "store" / "private"
    )  # see conftest: nothing of others two folders above
    folder.mkdir(parents=True)
    path = folder / "index.db"
    with closing(Index(path, Actor("测试员", "test"))) as opened:
        put(opened, *map(project, CODES))
        for code, item in (("A", 1), ("A", 1), ("A", 4), ("B", 4)):
            add(opened, Status.FILED, code, item, date="2024-11-01", sealed=Seen.YES, signed=Seen.YES)
        opened.states.settle(STANDARD)
    return path


@contextmanager
def copied(registered: Path, folder: Path) -> Iterator[Index]:
    rmtree(folder, ignore_errors=True)
    copytree(registered.parent, folder)
    with closing(Index(folder / "index.db", Actor("测试员", "test"))) as opened:
        yield opened


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(ACTS, st.integers(0, 2).map(bool)), min_size=3, max_size=10))
def test_what_is_kept_is_what_the_checks_say_whatever_happens(
    registered: Path, tmp_path: Path, acts: list[tuple[tuple[Any, ...], bool]]
) -> None:
    """After each act a reader looks; after most a writer keeps what it finds marked."""
    with copied(registered, tmp_path / "x") as index:
        life = Life(index)
        for act, kept in acts:
            life.happens(*act)
            if not kept:
                agrees(index, life.standard)
            with open_reader(tmp_path / "x" / "index.db") as reader:
                assert told(list(reader.states.rows(life.standard, Chosen()))) == told(
                    recomputed(index, life.standard)
                )
            if kept:
                life.settle()
                agrees(index, life.standard)
        life.settle()
        assert index.value("SELECT COUNT(*) FROM stale_states") == 0
        agrees(index, life.standard)


# -- what is made anew, and what is not ----------------------------------------------------------------------------


def unread() -> Rules:
    raise AssertionError("the rules were read though nothing had to be made")


KEPT = STANDARD._replace(rules=unread)
"""The rules in force, where nothing may ask for them."""


def test_what_is_kept_is_answered_without_reading_a_rule(index: Index) -> None:
    add(index, Status.FILED, "A", 1, date="2024-11-01")
    index.states.settle(STANDARD)

    assert len(list(index.states.rows(KEPT, Chosen()))) == len(list(index.states.lines(KEPT, Chosen()))) == 3
    assert sum(count for _, count in index.states.outlines(KEPT, Chosen())) == 3
    assert index.states.settle(KEPT)


def test_a_page_written_and_a_copy_seen_whole_mark_nothing(index: Index) -> None:
    add(index, Status.FILED, "A", 1)
    index.states.settle(STANDARD)
    index.projects.pages_written(CODES)
    index.projects.place({"A": "项目档案/A"})
    put(index, *map(project, CODES))
    (one,) = index.standings.all()
    index.standings.seen_whole([(one, "4 5 6")])

    assert index.states.settle(KEPT)


def test_a_burst_marks_each_project_once(index: Index) -> None:
    index.states.settle(STANDARD)
    for _ in range(5):
        add(index, Status.FILED, "B", 1)

    assert index.value("SELECT COUNT(*) FROM stale_states") == 1


def test_what_time_is_too_short_for_stays_marked_and_is_answered_all_the_same(index: Index) -> None:
    assert not index.states.settle(STANDARD, 0.0)
    assert index.value("SELECT COUNT(*) FROM stale_states") == 3
    agrees(index)


def test_a_paper_of_tomorrow_holds_for_today_only(index: Index) -> None:
    add(index, Status.FILED, "A", 3, date="2026-11-29", sealed=Seen.YES, signed=Seen.YES)
    index.states.settle(STANDARD)
    tomorrow = STANDARD._replace(today="2026-11-29")

    def state(standard: Standard) -> str:
        (row,) = index.states.rows(standard, Chosen(places={"village": ("青杠村",)}))
        return {one.item: one.told for one in items_from_text(row.items)}[3]

    assert (state(KEPT), state(tomorrow)) == ("不合格（日期有误）", "齐全")
    index.states.settle(tomorrow)
    assert state(STANDARD) == "不合格（日期有误）", "the clock was set back"


def test_other_rules_make_everything_anew(index: Index) -> None:
    index.states.settle(STANDARD)
    with pytest.raises(AssertionError, match="rules were read"):
        list(index.states.rows(KEPT._replace(key="规则二"), Chosen()))


def test_a_page_is_written_anew_where_other_rules_or_another_day_change_what_it_says(index: Index) -> None:
    index.projects.place({code: f"项目档案/{code}" for code in CODES})
    add(index, Status.FILED, "A", 1, date="2024-11-01", sealed=Seen.NO, signed=Seen.YES)
    add(index, Status.FILED, "B", 3, date="2026-11-29", sealed=Seen.YES, signed=Seen.YES)
    index.states.settle(STANDARD)
    index.projects.pages_written(CODES)
    index.states.settle(STANDARDS["规则二"])
    assert index.projects.stale() == ["A"]
    index.projects.pages_written(CODES)
    index.states.settle(STANDARDS["规则二"]._replace(today="2026-12-01"))
    assert index.projects.stale() == ["B"]


def test_rules_that_cannot_be_read_leave_everything_as_it_is(index: Index) -> None:
    with pytest.raises(AssertionError, match="rules were read"):
        index.states.settle(KEPT)

    assert index.value("SELECT COUNT(*) FROM states_made") == 0


def test_an_override_and_its_withdrawal_make_the_kept_state_anew(index: Index) -> None:
    add(index, Status.FILED, "A", 1, sealed=Seen.UNKNOWN)
    life = Life(index)
    life.settle()
    reasons = []
    for act in ("override", "unoverride"):
        life.happens(act, 0)
        agrees(index)
        life.settle()
        agrees(index)
        reasons.append({one.project: one.items for one in index.states.rows(STANDARD, Chosen())}["A"])

    assert ["负责人核定" in one for one in reasons] == [True, False]


def test_every_table_that_a_state_is_made_of_marks_it(index: Index) -> None:
    """What the searchable copy is and what is proposed say nothing of the paper, and the log is no paper."""
    read: set[str] = set()

    def reads(action: int, table: str | None, *_: object) -> int:
        if action == sqlite3.SQLITE_READ and table:
            read.add(table)
        return sqlite3.SQLITE_OK

    index.connection.set_authorizer(reads)
    index.project_files.of(["A"])
    index.items.unsorted(["A"])
    index.connection.set_authorizer(None)
    query = "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'stale%'"
    marking = {row["tbl_name"] for row in index.rows(query)}

    views = {"version_links", "waivers_in_force", "older", "newer", "json_each"}
    told = {"proposals", "searchable", "events", "sqlite_master"}
    assert read - views - told <= marking


def test_a_project_that_is_in_the_register_no_longer_is_in_no_answer(index: Index) -> None:
    index.states.settle(STANDARD)
    with index.change():
        index.execute("DELETE FROM projects WHERE code = 'B'")

    assert [one.project for one in index.states.rows(STANDARD, Chosen())] == ["A", "C"]
    index.states.settle(STANDARD)
    assert index.value("SELECT COUNT(*) FROM project_states") == 2


def test_an_index_of_an_earlier_edition_is_answered_from_its_papers(index: Index) -> None:
    add(index, Status.FILED, "A", 1)
    expected = [one.line for one in recomputed(index)]
    for table in ("project_states", "states_made", "stale_states"):
        for row in list(
            index.rows("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'stale%'")
        ):
            index.execute(f"DROP TRIGGER {row['name']}")
        index.execute(f"DROP TABLE {table}")

    assert list(index.states.lines(STANDARD, Chosen())) == expected


@given(FILES)
def test_a_state_as_it_is_kept_comes_back(file: ProjectFile) -> None:
    state = states_of(file, RULES, date.fromisoformat(DAY))

    assert items_from_text(items_to_text(state.items)) == state.items
    assert [one.state for one in whole_from_text(whole_to_text(state.of_project))] == [
        one.state for one in state.of_project
    ]
    assert json.loads(made_of(file, RULES, DAY, ("D00001",), printed).line)["unsorted"] == ["D00001"]
