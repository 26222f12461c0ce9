"""Numbers of the archive (档号) in a real workspace: given once, kept through everything, never given again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from archivist.core.archive.numbercheck import Flaw
from archivist.decisions.desk import at_desk
from archivist.decisions.joining import Joining
from archivist.decisions.numbering import Numbered, flaws, number, withdraw
from archivist.drafts.volume import lists_of, papers_of
from archivist.errors import BadInputError, RefusedError, SettingsError, StoreError
from archivist.index.reader import open_reader
from archivist.preservation.recovery.fromfolders import recover
from archivist.preservation.recovery.reindex import reindex
from archivist.store.layout import METADATA
from archivist.workspace.opened import Workspace, open_workspace
from support import workspaces as w
from support.archiving import SETTINGS
from support.complete import department_minutes, hand_in
from support.people import AUDITOR, CLERK, as_one, registered
from support.places import SCHEMAS
from support.tampering import tampered

CODE, OTHER = w.SHEEP.code, w.LEMON.code
FIRST = "Z109-WS·2024-Y-NYW-0001"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two projects with papers; nothing is numbered."""
    opened = w.workspace(tmp_path_factory.mktemp("numbering") / "w", SETTINGS)
    hand_in(opened, w.SHEEP, (1, 2, 4, 5))
    hand_in(opened, w.LEMON, (4, 5))
    w.ingest(opened)
    return opened.config.workspace


@pytest.fixture
def opened(made: Path, tmp_path: Path) -> Workspace:
    return open_workspace(Path(shutil.copytree(made, tmp_path / "w")), "冯某")


def give(opened: Workspace, *codes: str, anew: str | None = None) -> list[Numbered]:
    with opened.writing("number", wait=10) as index:
        return list(number(opened, index, codes, anew=anew))


def codes(opened: Workspace, project: str = CODE) -> dict[str, str]:
    """The standing numbers by document."""
    with open_reader(opened.index_path) as index:
        return {one.document: one.code for one in index.numbers.of([project])[project] if one.stands}


def wrong(opened: Workspace, *projects: str) -> list[Flaw]:
    with open_reader(opened.index_path) as index:
        return list(flaws(opened, index, projects))


@contextmanager
def desk(opened: Workspace, command: str = "assign") -> Iterator[Joining]:
    with at_desk(opened, command) as one:
        yield Joining(one)


def numbered(opened: Workspace, item: int) -> str:
    """The number of the document filed under an item."""
    with open_reader(opened.index_path) as index:
        return next(one.id for one in index.holdings.of(CODE) if one.item == item)


def test_numbers_are_given_once_as_one_event_and_the_next_project_gets_the_next(opened: Workspace) -> None:
    give(opened, CODE)
    first = codes(opened)
    again = give(opened, CODE, OTHER)

    assert first[""] == FIRST and set(first.values()) - {FIRST} == {f"{FIRST}-{at:03d}" for at in range(1, 5)}
    assert codes(opened) == first
    assert codes(opened, OTHER)[""] == "Z109-WS·2024-Y-NYW-0002"
    assert again[0].plan.new == ()
    assert wrong(opened) == []
    events = w.rows(opened, "SELECT actor, subject, detail FROM events WHERE act = 'numbered' ORDER BY seq")
    assert [(actor, subject) for actor, subject, _ in events] == [("冯某", CODE), ("冯某", OTHER)]
    assert json.loads(events[0][2])["codes"] == list(first.values())


def test_a_dry_run_gives_nothing(opened: Workspace) -> None:
    with opened.writing("number", wait=10) as index:
        (one,) = number(opened, index, [CODE], dry_run=True)

    assert len(one.plan.new) == 5
    assert codes(opened) == {}
    assert w.rows(opened, "SELECT 1 FROM events WHERE act = 'numbered'") == []


def test_numbers_survive_reindex_and_the_events_carry_them_all(opened: Workspace) -> None:
    give(opened, CODE)
    with opened.writing("number", wait=10) as index:
        withdraw(index, CODE, "写错了")
    give(opened, CODE)
    before = w.rows(opened, "SELECT * FROM archive_numbers ORDER BY id")
    opened.index_path.unlink()
    reindex(opened, lambda path, name: w.TextReader().extract(path, name).pages)

    assert len(before) == 10
    assert w.rows(opened, "SELECT * FROM archive_numbers ORDER BY id") == before
    assert codes(opened)[""] == "Z109-WS·2024-Y-NYW-0002", "what was taken back is never given again"
    w.ingest(opened)
    assert w.disagreements(opened) == []
    kinds = [(one.kind, one.code) for one in wrong(opened)]
    assert kinds == [("停用", FIRST)]


def test_a_paper_sent_back_leaves_its_number_vacant_and_undone_it_has_it_again(opened: Workspace) -> None:
    give(opened, CODE)
    document = numbered(opened, 4)
    its = codes(opened)[document]
    with desk(opened) as joining:
        row = joining._index.documents.find(document)
        assert row is not None
        joining._desk.deciding.reject(row, "不是这个项目的")
    (flaw,) = wrong(opened, CODE)
    with open_reader(opened.index_path) as index:
        told = "".join(lists_of(opened, index, CODE).situation)
    w.pdf(
        w.item_folder(opened, w.SHEEP, 7) / "区纪要.pdf",
        "大足区人民政府专题会议纪要\n2024年11月8日\n",
        sealed=True,
    )
    w.ingest(opened)
    give(opened, CODE)
    later = set(codes(opened).values())

    assert (flaw.kind, flaw.code) == ("空号", its)
    assert f"{its} 原编给 {document}，该件已不在本项目" in told
    assert f"{FIRST}-005" in later and [code for code in later if code == its] == [its]
    with desk(opened, "undo") as joining:
        decision = joining._index.decisions.last(document)
        assert decision is not None
        joining._desk.undoing.undo(decision)
    assert wrong(opened, CODE) == []
    assert codes(opened)[document] == its


def test_numbered_anew_in_a_volume_the_places_begin_anew(opened: Workspace) -> None:
    give(opened, CODE)
    give(opened, CODE, anew="按目录顺序重排")

    rows = w.rows(opened, "SELECT code, ended IS NULL, why FROM archive_numbers ORDER BY id")
    assert [(code, why) for code, stands, why in rows if not stands] == [
        (f"{FIRST}-{at:03d}", "按目录顺序重排") for at in range(1, 5)
    ]
    assert codes(opened)[""] == FIRST
    detail = json.loads(w.rows(opened, "SELECT detail FROM events ORDER BY seq DESC LIMIT 1")[0][0])
    assert detail["anew"] == "按目录顺序重排" and len(detail["ended"]) == 4


def test_a_paper_that_is_not_final_gets_no_number_and_it_is_told_why(opened: Workspace) -> None:
    w.pdf(w.item_folder(opened, w.SHEEP, 6) / "没有盖章.pdf", department_minutes(w.SHEEP))
    w.ingest(opened)
    (one,) = give(opened, CODE)

    assert len([new for new in one.plan.new if new.document]) == 4
    (told,) = one.plan.left
    assert "不是定稿：电子版式文件，没有印章、签字，也没有文号" in told
    assert one.lacks == (3, 6, 7)


def test_without_the_fonds_nothing_is_numbered_and_it_is_told_what_to_set(made: Path, tmp_path: Path) -> None:
    place = Path(shutil.copytree(made, tmp_path / "w"))
    (place / "archivist.toml").write_text("", "utf-8")
    opened = open_workspace(place, "冯某")

    with pytest.raises(SettingsError, match=r"全宗号还没有设置(.|\n)*fonds ="):
        give(opened, CODE)
    assert codes(opened) == {}


def test_the_database_itself_refuses_a_double(opened: Workspace) -> None:
    give(opened, CODE, OTHER)
    with w.tables_open(opened) as index, pytest.raises(StoreError), index.change():
        index.execute(
            "UPDATE archive_numbers SET code = ? WHERE project = ? AND document = ''", [FIRST, OTHER]
        )
    tampered(
        opened,
        "DROP INDEX archive_numbers_code",
        f"UPDATE archive_numbers SET code = '{FIRST}', number = 1 WHERE project = '{OTHER}' AND document = ''",
    )

    assert [one.kind for one in wrong(opened) if one.code == FIRST] == ["重号"]


def test_a_project_joined_to_another_gives_its_numbers_up_and_gets_them_back(opened: Workspace) -> None:
    give(opened, CODE, OTHER)
    before = w.rows(opened, "SELECT * FROM archive_numbers ORDER BY id")
    with desk(opened, "register join") as joining:
        joining.join([OTHER], CODE)
    merged = codes(opened)
    given = {one.kind for one in wrong(opened)}
    give(opened, CODE)
    after = codes(opened)

    assert codes(opened, OTHER) == {}
    assert given == {"未编号", "停用"}
    assert len(after) == len(merged) + 2
    with desk(opened, "register undo") as joining:
        (act,) = joining._index.succession.latest(1)
        joining.undo(act)
    assert [
        row for row in w.rows(opened, "SELECT * FROM archive_numbers ORDER BY id") if row[0] <= len(before)
    ] == before
    w.ingest(opened)
    assert w.disagreements(opened) == []


def test_a_renumbered_project_keeps_its_numbers(opened: Workspace) -> None:
    give(opened, CODE)
    before = codes(opened)
    with desk(opened, "register renumber") as joining:
        joining.renumber(CODE, "CS-2026-0009")

    assert codes(opened, "CS-2026-0009") == before
    assert [one.kind for one in wrong(opened)] == []
    w.ingest(opened)
    assert w.disagreements(opened) == []


def test_numbers_of_a_project_that_has_none_cannot_be_taken_back(opened: Workspace) -> None:
    with opened.writing("number", wait=10) as index, pytest.raises(BadInputError, match="没有档号可以收回"):
        withdraw(index, CODE, "试一试")


def test_who_may_not_number_is_refused_and_nothing_is_given(opened: Workspace) -> None:
    registered(opened, CLERK, AUDITOR)

    with pytest.raises(RefusedError, match="不能编档号"):
        give(as_one(opened, AUDITOR.name), CODE)
    assert codes(opened) == {}
    give(as_one(opened, CLERK.name), CODE)
    assert len(codes(opened)) == 5


def test_an_older_authority_file_lets_those_number_that_the_shipped_one_does(opened: Workspace) -> None:
    own = Path(shutil.copytree(SCHEMAS, opened.config.workspace / "schemas"))
    text = (own / "authority.toml").read_text("utf-8")
    (own / "authority.toml").write_text(text.partition('\n[[act]]\nslug = "archive"')[0] + "\n", "utf-8")
    opened = open_workspace(opened.config.workspace, "冯某")
    registered(opened, CLERK, AUDITOR)

    with pytest.raises(RefusedError, match="不能编档号"):
        give(as_one(opened, AUDITOR.name), CODE)
    give(as_one(opened, CLERK.name), CODE)
    assert len(codes(opened)) == 5


def test_an_index_of_an_earlier_edition_has_no_numbers(opened: Workspace) -> None:
    tampered(opened, "DROP TABLE archive_numbers", "DROP TABLE verifications")

    with open_reader(opened.index_path) as index:
        assert index.numbers.of([CODE])[CODE] == []
        assert list(index.numbers.in_series()) == []
        assert index.numbers.projects() == []
        assert index.verifications.among([CODE])[CODE] == []
        assert lists_of(opened, index, CODE).code == ""
        with pytest.raises(BadInputError, match="台账里没有项目编号"):
            lists_of(opened, index, "没有")


def test_the_papers_of_a_package_are_those_of_the_setting_and_the_same_bytes_each_time(
    opened: Workspace,
) -> None:
    give(opened, CODE)
    with open_reader(opened.index_path) as index:
        volume = dict(papers_of(opened, index, CODE, date(2026, 11, 30)))
        again = dict(papers_of(opened, index, CODE, date(2026, 11, 30)))
    (opened.config.workspace / "archivist.toml").write_text(f'{SETTINGS}by = "件"\n', "utf-8")
    by_piece = open_workspace(opened.config.workspace, "冯某")
    with open_reader(opened.index_path) as index:
        pieces = dict(papers_of(by_piece, index, CODE, date(2026, 11, 30)))

    assert list(volume) == ["案卷封面.docx", "卷内目录.docx", "卷内备考表.docx"]
    assert list(pieces) == ["归档文件目录.docx", "卷内备考表.docx"]
    assert volume == again
    assert all(data.startswith(b"PK") for data in (*volume.values(), *pieces.values()))


def test_where_index_and_log_are_lost_the_folders_tell_the_numbers(opened: Workspace) -> None:
    give(opened, CODE)
    with opened.writing("number", wait=10) as index:
        withdraw(index, CODE, "写错了")
    give(opened, CODE)
    w.ingest(opened)
    rows = "SELECT project, document, code, number, place, ended, why FROM archive_numbers ORDER BY id"
    before = w.rows(opened, rows)
    for path in [
        *opened.index_path.parent.glob("index.db*"),
        *(opened.index_path.parent / "events").iterdir(),
    ]:
        path.unlink()
    recover(
        open_workspace(opened.config.workspace, "冯某"),
        lambda path, name: w.TextReader().extract(path, name).pages,
    )

    assert len(before) == 10
    assert w.rows(opened, rows) == before
    give(opened, OTHER)
    assert codes(opened, OTHER)[""] == "Z109-WS·2024-Y-NYW-0003"


def test_a_number_that_folders_tell_twice_is_left_out_and_told(opened: Workspace) -> None:
    give(opened, CODE, OTHER)
    w.ingest(opened)
    path = w.folder_of(opened, w.LEMON) / METADATA
    told = json.loads(path.read_text("utf-8"))
    told["numbers"][0]["code"] = FIRST
    told["numbers"][1]["code"] = "没有这样的号"
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    for one in [
        *opened.index_path.parent.glob("index.db*"),
        *(opened.index_path.parent / "events").iterdir(),
    ]:
        one.unlink()
    outcome = recover(
        open_workspace(opened.config.workspace, "冯某"),
        lambda path, name: w.TextReader().extract(path, name).pages,
    )

    assert sum(f"{OTHER} 的档号" in problem for problem in outcome.problems) == 2
    assert len(codes(opened, OTHER)) == 1 and codes(opened)[""] == FIRST
