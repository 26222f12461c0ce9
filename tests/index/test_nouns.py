"""The nouns of the index, one claim or two for each: what is told comes back, and what is over is over."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from archivist.core.catalogue.completeness import Waiver
from archivist.core.decision import About, DecidedItem, Decision, Waived
from archivist.core.document import INBOX, OWN, SAFE, STANDS, Document, Removal, Source
from archivist.core.identify.lessons import Lesson
from archivist.core.model import Actor, Seen, Status, TextSource
from archivist.core.page import Line, Page
from archivist.core.project import Project
from archivist.core.register import project_to_record
from archivist.core.standing import ALTERED, GONE
from archivist.index.attempts import Attempt
from archivist.index.reader import open_reader
from archivist.index.rounds import Round
from archivist.index.searchable import CopyRow, made_of
from archivist.index.writer import Index
from support import workspaces as w
from support.programs import unmeasured

CODE, FOLDER = w.SHEEP.code, "项目档案/石坝镇/黑山羊"
PLACE = {"township": w.SHEEP.township, "village": w.SHEEP.village, "department": w.SHEEP.department}


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """An index with one project that has a folder, and one that has none."""
    with closing(Index(tmp_path / "index.db", Actor("测试员", "test"))) as opened:
        put(opened, w.project(w.SHEEP), w.LEMON)
        opened.projects.place({CODE: FOLDER})
        yield opened


def put(index: Index, *projects: Project) -> None:
    index.projects.put([(project_to_record(one), one) for one in projects], {"file": "台账.xlsx"})


def received(index: Index, name: str = "纪要.pdf", sha256: str = "a" * 64) -> Source:
    return index.sources.receive(name=name, origin=INBOX, sha256=sha256, size=1, vault=f"vault/{name}")


def filed(index: Index, source: Source, item: int = 5, name: str = "05 纪要.pdf") -> Document:
    """A source planned as one filed document, and done."""
    path = f"{FOLDER}/{name}"
    row = Document("", source.id, 1, 1, Status.FILED, CODE, item, path=path, path_sha256=source.sha256)
    pages = [Page(1, (Line("会议纪要"), Line("议定事项")), TextSource.OCR)]
    (made,) = index.sources.plan(source.id, "pdf", pages, [row])
    index.sources.finish(source.id, {path: "1 2 3"})
    return made


# -- opening -------------------------------------------------------------------------------------------------------


def test_what_is_opened_to_look_has_every_noun_and_refuses_changes(index: Index, tmp_path: Path) -> None:
    with open_reader(tmp_path / "index.db") as reader:
        assert reader.projects.names([CODE]) == {CODE: w.SHEEP.name}
        for act in (
            lambda: reader.waivers.grant(CODE, 2, "理由", None),
            lambda: reader.troubles.put(["坏了"]),
            lambda: reader.projects.place({CODE: "别处"}),
        ):
            with pytest.raises(AssertionError, match="look only"):
                act()

    assert index.waivers.all() == []


def test_a_noun_is_loaded_when_it_is_asked_for(index: Index, tmp_path: Path) -> None:
    """A list of projects costs neither documents nor JSON nor a library."""
    probe = (
        "import sys\nfrom archivist.index.reader import open_reader\n"
        f"with open_reader({str(tmp_path / 'index.db')!r}) as index: index.projects.all()\n"
        "print([name for name in ('json', 'sqlite_utils', 'archivist.index.documents') if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", probe], env=unmeasured(), capture_output=True, check=True, text=True
    )

    assert ran.stdout.strip() == "[]"


def test_what_follows_from_a_change_is_within_its_transaction(index: Index) -> None:
    inside: list[bool] = []
    index.at_end.append(lambda: inside.append(index.connection.in_transaction))

    with index.change():
        index.lessons.teach("D00001", [])
    assert inside == [True]

    def refuse() -> None:
        raise ZeroDivisionError

    index.at_end.append(refuse)
    with pytest.raises(ZeroDivisionError):
        index.waivers.grant(CODE, 2, "理由", None)
    assert index.waivers.all() == []


# -- the register --------------------------------------------------------------------------------------------------


def test_projects_keep_their_folder_and_are_stale_until_their_pages_are_written(index: Index) -> None:
    assert [row["code"] for row in index.projects.all()] == [CODE, w.LEMON.code]
    assert index.projects.without_place().keys() == {w.LEMON.code}
    assert index.projects.without_folder([CODE, w.LEMON.code, None]) == {w.LEMON.code}
    assert index.projects.at(f"{FOLDER}/05/纪要.pdf") == CODE
    assert index.projects.at(f"{FOLDER}2/纪要.pdf") is None

    index.projects.pages_written([CODE])
    assert index.projects.stale() == []
    before = index.projects.version()
    put(index, w.project(w.SHEEP))
    assert (index.projects.stale(), index.projects.folders()) == ([CODE], {CODE: FOLDER})
    assert index.projects.version() > before
    assert index.projects.find("没有") is None


def test_a_register_is_imported_again_after_a_kill_between_folders_and_their_event(index: Index) -> None:
    index.projects.place({w.LEMON.code: "项目档案/龙井镇/柠檬"})
    assert index.events.unlogged(10) != []
    put(index, w.LEMON)

    assert index.events.unlogged(10) == []
    assert index.projects.folders()[w.LEMON.code] == "项目档案/龙井镇/柠檬"


def statement(index: Index) -> str:
    """A sealed statement, filed under the project: what a waiver rests on."""
    row = filed(index, received(index))
    index.documents.update(replace(row, sealed=Seen.YES), "described")
    return row.id


def test_a_waiver_holds_until_it_is_withdrawn(index: Index) -> None:
    made = index.waivers.grant(CODE, 2, "项目未开工", statement(index))

    assert (index.waivers.void(), index.waivers.void([CODE])) == ([], [])
    assert (made.actor, index.waivers.of(CODE), index.waivers.all()) == ("测试员", {2: made}, [made])
    assert index.waivers.withdraw(CODE, 2, "开工了")
    assert not index.waivers.withdraw(CODE, 2, "开工了")
    assert index.waivers.of(CODE) == {}


def test_a_waiver_holds_while_its_sealed_statement_is_filed_with_the_project(index: Index) -> None:
    document = statement(index)
    made = index.waivers.grant(CODE, 2, "项目未开工", document)
    row = index.documents.find(document)
    assert row is not None
    for change in ({"sealed": Seen.NO}, {"status": Status.REVIEW}, {"project": w.LEMON.code}):
        index.documents.update(replace(row, **change), "described")
        assert (index.waivers.all(), index.waivers.of(CODE)) == ([], {})
        assert index.waivers.void() == index.waivers.void([CODE]) == [made]
    index.documents.update(row, "described")
    assert index.waivers.all() == [made]


def test_a_projects_file_holds_what_is_filed_what_is_wrong_and_what_waits(index: Index) -> None:
    source = received(index)
    row = filed(index, source)
    waits = Document("", source.id, 1, 1, Status.REVIEW, CODE, 4, path="待确认/x.pdf")
    with index.change():
        index.documents.add([waits], "identified")

    (standing,) = index.standings.all()
    index.standings.seen_wrong(standing, ALTERED, "9 9 9", "b" * 64)
    (file,) = index.project_files.of([CODE, "没有"])
    assert [(one.id, one.item, one.wrong) for one in file.documents] == [(row.id, 5, ALTERED)]
    assert [one.item for one in file.waiting] == [4]
    assert [one.code for one in index.project_files.all()] == [CODE, w.LEMON.code]


# -- sources and documents -----------------------------------------------------------------------------------------


def test_a_source_goes_from_received_to_done(index: Index) -> None:
    source = received(index, "收件/纪要.pdf")
    assert (index.sources.count_unfinished(), index.sources.oldest_unfinished()) == (
        1,
        (source.name, source.received),
    )
    assert index.sources.took_from("收件")
    assert not index.sources.took_from("收")

    filed(index, source)
    assert (index.sources.unfinished(), index.sources.count()) == ([], 1)
    assert index.sources.with_sha256(source.sha256) == [index.sources.get(source.id)]
    again = received(index, "收件/纪要.pdf", "b" * 64)
    assert index.sources.beside("收件/纪要.pdf") == {"收件/纪要.pdf": again.id}
    assert [one.id for one in index.sources.named("收件/纪要.pdf", 1)] == [again.id]
    assert index.sources.sha256s() == {"a" * 64, "b" * 64}


def test_members_of_an_archive_are_sources_of_their_own(index: Index) -> None:
    archive = received(index, "材料.zip")
    member = {"name": "材料.zip!/甲.pdf", "origin": "member", "sha256": "c" * 64, "size": 1, "vault": "v"}
    refused = Document("", archive.id, 1, 1, Status.REJECTED, reasons=("没有收",))
    brought, rows = index.sources.unpacked(archive.id, [member], [refused])

    assert index.sources.members(archive.id) == brought
    assert index.documents.of(archive.id) == rows


def test_the_number_of_a_document_that_was_withdrawn_is_never_given_again(index: Index) -> None:
    source = received(index)
    row = filed(index, source)
    with index.change():
        index.documents.withdraw(row.id, reason="试")
        (other,) = index.documents.add([Document("", source.id, 1, 1, Status.REVIEW)], "identified")

    assert (row.id, other.id) == ("D00001", "D00002")
    assert index.documents.find(row.id) is None
    assert (index.documents.count(), index.documents.count(Status.REVIEW)) == (1, 1)
    assert index.documents.count(Status.REVIEW, standing=True) == 0


def test_a_holding_is_a_document_with_its_source_its_copy_and_its_versions(index: Index) -> None:
    old, new = filed(index, received(index)), filed(index, received(index, "二.pdf", "b" * 64), name="b.pdf")
    index.versions.replace(old.id, new.id, "内容更全", by=None)
    first, second = index.holdings.of(CODE)

    assert (first.file.name, first.replaced_by, second.replaces) == ("纪要.pdf", new.id, (old.id,))
    assert list(index.holdings.all()) == index.holdings.filed(CODE)
    assert index.holdings.with_page(old.source, 1) == first
    assert index.holdings.with_page(old.source, 2) is None
    newest = index.holdings.newest(1)
    assert [(one.holding.id, one.project_name) for one in newest] == [(new.id, w.SHEEP.name)]
    assert index.versions.after(old.id) == [new.id]
    assert index.versions.separate(old.id, "测试员")
    assert not index.versions.separate(old.id, "测试员")


def test_pages_are_found_by_their_words_and_kept_as_they_were_read(index: Index) -> None:
    row = filed(index, received(index))

    assert [(hit["source"], hit["number"]) for hit in index.pages.search('"会议"')] == [(row.source, 1)]
    assert [page.text for page in index.pages.of(row.source, 1, 1)] == ["会议纪要\n议定事项"]
    assert index.pages.kept(row.source) == tuple(index.pages.all_of(row.source))
    (read,) = index.pages.kept_reads()
    assert (read.sha256, index.pages.count(), index.pages.lost(), index.pages.are_findable()) == (
        "a" * 64,
        1,
        [],
        True,
    )
    index.pages.reads.path(read.sha256, read.digest or "").unlink()
    assert index.pages.kept(row.source) is None


# -- what stands where ---------------------------------------------------------------------------------------------


def test_places_tell_what_should_stand_and_what_is_taken(index: Index) -> None:
    source = received(index)
    row = filed(index, source)
    index.copies.put(f"{FOLDER}/合并/x.pdf", source.id, source.sha256)

    (original,), (copy,), (combined,) = (
        index.places.originals(),
        index.places.documents(),
        index.places.combined(),
    )
    assert (original.path, original.document, copy.path, copy.kept) == (source.vault, row.id, row.path, True)
    assert combined.source == source.id
    assert index.places.taken(row.path or "")
    assert not index.places.taken(source.vault or "")
    assert index.places.ours() == {row.path, combined.path}
    assert index.places.known() == {row.path, combined.path, source.vault}


def test_copies_are_kept_beside_what_was_cut_from_them(index: Index) -> None:
    source = received(index)
    index.copies.put("甲/合并/x.pdf", source.id, source.sha256)

    assert index.copies.beside(source.id, "甲/合并") == "甲/合并/x.pdf"
    assert index.copies.beside(source.id, "甲/合") is None
    with index.change():
        index.copies.moved("甲/合并/x.pdf", "乙/合并/x.pdf")
    assert index.copies.of(source.id) == {"乙/合并/x.pdf": source.sha256}
    index.copies.forget("乙/合并/x.pdf")
    assert index.copies.of(source.id) == {}


def test_removals_that_wait_for_their_source_are_due_when_it_is_done(index: Index) -> None:
    source = received(index)
    with index.change():
        index.removals.put(
            source.id,
            [
                Removal(SAFE, b"1", "a" * 64, "1 1"),
                Removal(STANDS, b"2", "a" * 64, "2 2"),
                Removal(OWN, b"3", "a" * 64),
            ],
        )

    assert [one.path for one in index.removals.due()] == [b"1"]
    assert [one.path for one in index.removals.safe(source.id)] == [b"1"]
    assert index.removals.drops() == {b"1": "1 1", b"2": "2 2"}
    assert index.places.ours() == {"3"}
    filed(index, source)
    due = index.removals.due(source.id)
    assert [one.path for one in due] == [b"1", b"2", b"3"]
    index.removals.forget([one.id for one in due])
    assert (index.removals.due(), index.removals.drop_of(source.id)) == ([], b"")


def test_a_standing_is_wrong_until_the_copy_is_seen_whole(index: Index) -> None:
    filed(index, received(index))
    (one,) = index.standings.all()
    before = index.standings.version()
    index.projects.pages_written([CODE])
    index.standings.seen_wrong(one, GONE, "", None)

    assert [(row["path"], row["state"]) for row in index.standings.wrong()] == [(one.path, GONE)]
    assert index.projects.stale() == [CODE]
    assert index.standings.version() != before
    (one,) = index.standings.all()
    index.standings.seen_whole([(one, "4 5 6")])
    assert (index.standings.wrong(), index.standings.all()[0].stamp) == ([], "4 5 6")


def test_a_searchable_copy_is_due_until_it_is_made_and_over_when_its_document_is(index: Index) -> None:
    source = received(index)
    row = filed(index, source)
    assert index.searchable.due(["pdf"]) == [row.id]
    assert index.searchable.due(["docx"]) == []

    made = CopyRow(row.id, row.path or "", made_of(source, row), "可检索副本/x.pdf", "d" * 64)
    index.searchable.put(made)
    assert (index.searchable.due(["pdf"]), index.searchable.find(row.id)) == ([], made)
    assert index.searchable.paths() == {"可检索副本/x.pdf": row.id}
    assert index.searchable.originals("d" * 64) == [row]
    assert index.searchable.filed(row.id) == (row, index.sources.get(source.id))
    with index.change():
        index.documents.withdraw(row.id)
    assert index.searchable.over() == [made]
    index.searchable.forget([row.id])
    assert index.searchable.paths() == {}


# -- decisions -----------------------------------------------------------------------------------------------------


def test_a_decision_is_taken_back_with_what_it_taught(index: Index) -> None:
    source = received(index)
    row = filed(index, source)
    version = index.lessons.version()
    with index.change():
        index.sources.decide(source.id, [row], [], [], "assigned")
        index.decisions.record(
            "assigned", index.decisions.next_batch(), [row], [], index.lessons.of([row.id])
        )
        index.lessons.teach(row.id, [Lesson("黑山羊养殖场", CODE)])

    assert index.lessons.all() == [Lesson("黑山羊养殖场", CODE)]
    assert index.lessons.version() != version
    (decided,) = index.decisions.latest(1)
    assert (index.decisions.last(row.id), index.decisions.later_on(decided)) == (decided, None)
    with index.change():
        index.decisions.take_back(decided, decided.before)
    assert (index.decisions.last(row.id), index.lessons.all()) == (None, [])


def decision(waiver: Waiver) -> Decision:
    """A decision of the gate that rests on a waiver alone."""
    waived = Waived(waiver.reason, waiver.actor, waiver.at)
    item = DecidedItem(waiver.item, "评估", "核查评估报告", "评估", "附件4", "免交", waived, ())
    about = About(CODE, "淘汰类", w.SHEEP.name, **PLACE)
    head = {"seq": 1, "hash": "0" * 64}
    return Decision(about, (item,), (), (), waiver.at, waiver.actor, {"files": 0, "bytes": 0}, {}, head, "1")


def test_a_deregistration_is_reopened_by_the_transaction_that_takes_its_evidence(index: Index) -> None:
    waiver = index.waivers.grant(CODE, 2, "项目未开工", statement(index))
    with index.change():
        index.deregistrations.put(CODE, decision(waiver))

    assert (set(index.deregistrations.projects()), index.deregistrations.count()) == ({CODE}, 1)
    assert index.waivers.withdraw(CODE, 2, "开工了")
    assert index.deregistrations.count() == 0
    (reopened,) = index.deregistrations.reopened()
    assert reopened["project"] == CODE
    (told,) = index.deregistrations.take_reopened()
    assert CODE in told
    assert index.deregistrations.take_reopened() == []
    assert index.deregistrations.earlier(CODE) == []


# -- what is tried again, told, checked ----------------------------------------------------------------------------


def test_an_attempt_is_told_until_the_work_is_done(index: Index) -> None:
    source = received(index)
    attempt = Attempt(source.id, 2, 1, "磁盘满了", "2026-11-25T10:00:00+08:00", 7.0)
    index.attempts.put(attempt)

    assert index.attempts.all() == {source.id: attempt}
    assert [(row["name"], row["error"]) for row in index.attempts.failures()] == [(source.name, "磁盘满了")]
    index.attempts.forget(source.id)
    assert index.attempts.failures() == []


def test_a_trouble_is_an_event_once_and_stands_while_it_is_found(index: Index) -> None:
    index.troubles.put(["打不开"])
    head = index.events.head()
    index.troubles.put(["打不开"])

    assert (list(index.troubles.all()), index.events.head()) == (["打不开"], head)
    index.troubles.put([])
    assert index.troubles.all() == {}


def test_second_digests_go_with_their_original_and_a_round_is_remembered(index: Index) -> None:
    received(index)
    index.digests.put({"a" * 64: "s" * 64})
    index.digests.put({})
    assert [one.sm3 for one in index.places.originals()] == ["s" * 64]

    assert index.rounds.last() == Round()
    with index.change():
        index.rounds.put(Round("2026-11-25", "vault/x", 3, 5, 0))
    assert index.rounds.last() == Round("2026-11-25", "vault/x", 3, 5, 0)


def test_events_are_asked_from_any_number_on_and_have_their_guards(index: Index) -> None:
    row = filed(index, received(index))
    seq, digest = index.events.head()

    assert [one["seq"] for one in index.events.all(after=seq - 2)] == [seq - 1, seq]
    assert (index.events.hash_of(seq), index.events.find(seq + 1)) == (digest, None)
    first = index.events.first(row.id)
    assert first is not None
    found = index.events.find(first)
    assert found is not None
    assert found["act"] == "identified"
    assert index.events.carry_rows()
    assert index.events.lost_guards() == frozenset()
    assert index.events.unlogged(10) != []
    index.settle()
    assert index.events.unlogged(10) == []
