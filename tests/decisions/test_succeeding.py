"""Another number for a project: all that is known of it goes along, papers of then are still its own, and back again."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from archivist.core.override import Override
from archivist.core.project import Project
from archivist.core.proposal import Hand
from archivist.decisions.desk import at_desk
from archivist.decisions.dossiers import put
from archivist.errors import BadInputError, UsageError
from archivist.preservation.recovery.reindex import reindex
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.histories import OPERATION, lived_in
from support.registers import decided, imported, known, own_townships, taken_back

FISH, SHEEP = w.FISH, w.SHEEP
AGAIN = replace(FISH, code="CS-2024-0103")
ALL = (SHEEP, w.LEMON, FISH, OPERATION)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    opened = lived_in(tmp_path_factory.mktemp("succession"))
    own_townships(opened)
    with opened.writing("dossier", wait=10, act="dossier import") as index:
        for one in (SHEEP, FISH):
            put(
                index,
                opened.dossier_book,
                one.code,
                {"资产": [("第1行", {"资产名称": one.name})]},
                "导入 表.xlsx",
            )
    return opened


@pytest.fixture
def opened(made: Workspace, tmp_path: Path) -> Workspace:
    return w.again(made, tmp_path / "w")


def renumbered(opened: Workspace, old: str, new: str) -> str:
    return decided(opened, lambda deciding: deciding.renumber(old, new))


def of(opened: Workspace, code: str) -> list[str]:
    return sorted(row["id"] for row in w.documents(opened) if row["project"] == code)


def whose(opened: Workspace, table: str, code: str) -> int:
    return len(w.rows(opened, f"SELECT 1 FROM {table} WHERE project = '{code}'"))


@pytest.mark.parametrize("one", [SHEEP, FISH, OPERATION], ids=["filed", "wound up", "waived and reopened"])
def test_all_that_is_known_of_a_project_goes_with_its_new_number_and_back(
    opened: Workspace, one: object
) -> None:
    assert isinstance(one, type(SHEEP))
    before = known(opened)
    papers = of(opened, one.code)
    counts = {
        table: whose(opened, table, one.code)
        for table in ("lessons", "waivers", "deregistrations", "dossiers")
    }
    renumbered(opened, one.code, "CS-2024-0999")

    assert papers
    assert of(opened, "CS-2024-0999") == papers
    assert of(opened, one.code) == []
    assert {table: whose(opened, table, "CS-2024-0999") for table in counts} == counts
    assert w.disagreements(opened) == []
    folder = opened.config.projects / one.township / f"CS-2024-0999 {one.name}"
    assert folder.is_dir()
    assert not w.folder_of(opened, one).exists()
    assert f"曾用编号 {one.code}" in (folder / "归档状态.html").read_text("utf-8")
    taken_back(opened)
    assert known(opened) == before
    assert w.disagreements(opened) == []


def test_the_events_alone_tell_of_it(opened: Workspace) -> None:
    renumbered(opened, FISH.code, AGAIN.code)
    renumbered(opened, SHEEP.code, "CS-2024-0101")
    taken_back(opened)
    decided(opened, lambda deciding: deciding.join([OPERATION.code], w.LEMON.code), "register join")
    decided(opened, lambda deciding: deciding.change_township("石坝镇", "龙井镇"), "register township")
    decided(opened, lambda deciding: deciding.retire(SHEEP.code, "整体移交给镇里管理"), "register retire")
    before = known(opened)
    reindex(opened, lambda path, name: pytest.fail(f"{name} was read again"))

    assert known(opened) == before
    with at_desk(opened, "ingest") as desk:
        desk.refresh_pages()
    assert len(taken_back(opened, 4)) == 4
    assert of(opened, FISH.code)
    assert w.disagreements(opened) == []


def test_a_wound_up_project_is_open_again_under_its_new_number_and_wound_up_when_that_is_undone(
    opened: Workspace,
) -> None:
    told = renumbered(opened, FISH.code, AGAIN.code)
    ((project, reopened, why),) = w.rows(
        opened, f"SELECT project, reopened, reason FROM deregistrations WHERE decision LIKE '%{FISH.code}%'"
    )

    assert "销号已重新打开" in told
    assert (project, reopened is not None) == (AGAIN.code, True)
    assert f"由 {FISH.code} 改为 {AGAIN.code}" in why
    with opened.writing("look", looking=True) as index:
        assert index.deregistrations.latest(AGAIN.code) is not None
        assert index.evidence.forged() == []
    taken_back(opened)
    assert w.rows(opened, f"SELECT reopened FROM deregistrations WHERE project = '{FISH.code}'") == [(None,)]


def test_what_was_overridden_goes_along_and_a_forged_row_does_not(opened: Workspace) -> None:
    (paper, sha256), *_ = w.rows(
        opened, f"SELECT id, path_sha256 FROM documents WHERE project = '{SHEEP.code}'"
    )
    hand = Hand("蒋某", "工作专班办公室", "专班", "jiang")
    when = "2026-01-02T03:04:05+00:00"
    told = Override(
        SHEEP.code,
        "signature-absent-5",
        "signature-absent",
        5,
        paper,
        sha256,
        "没有签字",
        "看过原件",
        hand,
        when,
    )
    with w.tables_open(opened) as index:
        index.overrides.put(told)
    with sqlite3.connect(opened.index_path) as other:
        columns = "code, item, document, sha256, message, reason, name, body, level, user, at"
        other.execute(
            f"INSERT INTO overrides (project, key, {columns}) SELECT project, 'forged', {columns} FROM overrides"
        )
    other.close()
    renumbered(opened, SHEEP.code, "CS-2024-0101")
    with opened.writing("look", looking=True) as index:
        assert [one.key for one in index.overrides.of("CS-2024-0101")] == [told.key]
    taken_back(opened)
    with opened.writing("look", looking=True) as index:
        assert index.overrides.of(SHEEP.code) == [told]


def test_a_paper_that_names_the_old_number_is_still_the_projects(opened: Workspace) -> None:
    renumbered(opened, SHEEP.code, "CS-2024-0101")
    w.pdf(opened.config.inbox / "旧编号.pdf", w.minutes(SHEEP, 9))
    w.ingest(opened)
    filed = next(row for row in w.documents(opened) if row["source"] == "旧编号.pdf")

    assert (filed["status"], filed["project"]) == ("filed", "CS-2024-0101")
    with opened.writing("look", looking=True) as index:
        (file,) = index.project_files.of(["CS-2024-0101"])
    assert file.formerly == ((SHEEP.code, SHEEP.name),)


def test_papers_that_came_after_go_back_with_the_number(opened: Workspace) -> None:
    renumbered(opened, SHEEP.code, "CS-2024-0101")
    w.pdf(opened.config.inbox / "后来的.pdf", w.minutes(SHEEP, 9))
    w.ingest(opened)
    taken_back(opened)

    later = next(row for row in w.documents(opened) if row["source"] == "后来的.pdf")
    assert later["project"] == SHEEP.code
    assert later["path"].startswith(f"项目档案/{SHEEP.township}/{SHEEP.code} ")
    assert w.disagreements(opened) == []


def test_an_earlier_decision_on_a_paper_can_still_be_undone(opened: Workspace) -> None:
    renumbered(opened, SHEEP.code, "CS-2024-0101")
    decided(opened, lambda deciding: deciding.join([w.LEMON.code], "CS-2024-0101"), "register join")
    with at_desk(opened, "undo") as desk:
        taken = desk.index.decisions.latest(50)
        befores = {row.project for one in taken for row in one.before}
        lessons = {lesson.project for lesson in desk.index.lessons.all()}
        for one in taken:
            desk.undoing.undo(one)
        desk.refresh_pages()

    assert len(taken) > 3
    assert {SHEEP.code, w.LEMON.code}.isdisjoint({*befores, *lessons})
    assert {SHEEP.code, w.LEMON.code}.isdisjoint({row["project"] for row in w.documents(opened)})
    assert w.disagreements(opened) == []


def test_a_folder_that_cannot_be_moved_keeps_its_name_and_all_works(opened: Workspace) -> None:
    stands = opened.config.projects / FISH.township / f"{AGAIN.code} {AGAIN.name}"
    stands.mkdir()
    (stands / "有人的文件.txt").write_text("别动", "utf-8")
    told = renumbered(opened, FISH.code, AGAIN.code)

    assert "文件夹没能改名" in told
    assert w.folder_of(opened, FISH).is_dir()
    assert (stands / "有人的文件.txt").read_text("utf-8") == "别动"
    assert [row for row in w.disagreements(opened) if "有人的文件" not in row] == []


def test_a_kill_between_the_folder_and_the_index_leaves_a_folder_that_is_followed(opened: Workspace) -> None:
    w.folder_of(opened, FISH).rename(opened.config.projects / FISH.township / f"{AGAIN.code} {AGAIN.name}")
    w.ingest(opened)

    assert w.disagreements(opened) == []
    renumbered(opened, FISH.code, AGAIN.code)
    assert w.disagreements(opened) == []


def test_a_number_that_is_taken_or_unknown_is_refused_and_nothing_changes(opened: Workspace) -> None:
    before = known(opened)
    for old, new in ((FISH.code, SHEEP.code.lower()), ("CS-1900-0001", "CS-1900-0002")):
        with pytest.raises(UsageError):
            renumbered(opened, old, new)

    assert known(opened) == before


# What an import asks


def test_a_project_under_another_number_is_asked_about_and_registered_by_nobody(opened: Workspace) -> None:
    told = imported(opened, SHEEP, w.LEMON, AGAIN, OPERATION)

    assert [(one.code, one.only) for one in told.asked] == [(AGAIN.code, FISH.code)]
    assert told.diff.added == ()
    assert w.rows(opened, f"SELECT 1 FROM projects WHERE code = '{AGAIN.code}'") == []
    assert w.rows(opened, f"SELECT reopened FROM deregistrations WHERE project = '{FISH.code}'") == [(None,)]
    page = (w.folder_of(opened, FISH) / "归档状态.html").read_text("utf-8")
    assert "像是这个项目换了编号" in page


def test_taking_over_says_what_the_new_register_says_and_undoing_asks_again(opened: Workspace) -> None:
    imported(opened, SHEEP, w.LEMON, replace(AGAIN, department="区农业农村委"), OPERATION)
    before = known(opened)
    renumbered(opened, FISH.code, AGAIN.code)
    ((record,),) = w.rows(opened, f"SELECT record FROM projects WHERE code = '{AGAIN.code}'")

    assert json.loads(record)["department"] == "区农业农村委"
    assert w.rows(opened, "SELECT code FROM register_questions") == []
    assert imported(opened, SHEEP, w.LEMON, AGAIN, OPERATION).asked == ()
    taken_back(opened)
    assert {name: rows for name, rows in known(opened).items() if name != "files"} == {
        name: rows for name, rows in before.items() if name != "files"
    }


def test_a_project_of_its_own_is_registered_and_that_can_be_undone(opened: Workspace) -> None:
    imported(opened, SHEEP, w.LEMON, AGAIN, OPERATION)
    before = known(opened)
    decided(opened, lambda deciding: deciding.separate(AGAIN.code), "register separate")

    assert w.folder_of(opened, AGAIN).is_dir()
    taken_back(opened)
    assert known(opened) == before
    assert not w.folder_of(opened, AGAIN).exists()
    with pytest.raises(BadInputError):
        decided(opened, lambda deciding: deciding.separate("CS-2024-0777"), "register separate")


def test_a_question_that_a_later_register_answers_is_asked_no_more(opened: Workspace) -> None:
    for second in (ALL, (*ALL, AGAIN)):
        imported(opened, SHEEP, w.LEMON, AGAIN, OPERATION)
        assert len(w.rows(opened, "SELECT code FROM register_questions")) == 1
        imported(opened, *second)
        assert w.rows(opened, "SELECT code FROM register_questions") == []


def test_an_older_register_finds_its_projects_under_their_numbers_of_now(opened: Workspace) -> None:
    renumbered(opened, FISH.code, AGAIN.code)
    told = imported(opened, *ALL)
    reused = replace(FISH, name="龙井镇白沙村蜂蜜加工坊", village="白沙村", township="龙井镇")

    assert told.diff.added == ()
    assert any("曾用编号" in note for note in told.notes)
    assert [one.code for one in imported(opened, AGAIN, reused).diff.added] == [FISH.code]


# Numbers passed on from project to project


PASSED_ON = {
    "a row": {SHEEP.code: FISH.code, FISH.code: w.LEMON.code, w.LEMON.code: "CS-2024-0303"},
    "exchanged": {SHEEP.code: FISH.code, FISH.code: SHEEP.code},
}


@pytest.mark.parametrize("moves", PASSED_ON.values(), ids=PASSED_ON)
def test_numbers_that_were_passed_on_take_each_projects_papers_along_and_are_undone_at_once(
    opened: Workspace, moves: dict[str, str]
) -> None:
    register = [replace(one, code=moves.get(one.code, one.code)) for one in ALL]
    told = imported(opened, *register)
    assert {(one.only, one.code) for one in told.asked} == set(moves.items())
    assert told.diff.changed == ()
    before = known(opened)
    papers = {code: of(opened, code) for code in moves}
    decided(opened, lambda deciding: deciding.renumber(SHEEP.code, moves[SHEEP.code]))

    assert {code: of(opened, new) for code, new in moves.items()} == papers
    names = dict(w.rows(opened, "SELECT code, name FROM projects"))
    assert names == {one.code: one.name for one in register}
    assert w.disagreements(opened) == []
    assert imported(opened, *register).asked == ()
    taken_back(opened, 1)
    assert but_for("nothing", known(opened)) == before
    assert w.disagreements(opened) == []


def test_a_number_that_went_to_a_stranger_changes_nothing_until_somebody_says_what_it_is(
    opened: Workspace,
) -> None:
    stranger = replace(SHEEP, name="石坝镇高桥村茶叶加工坊", village="高桥村", operator="高桥茶厂")
    known_with = replace(SHEEP, operator="青杠合作社")
    imported(opened, known_with, w.LEMON, FISH, OPERATION)
    told = imported(opened, stranger, w.LEMON, FISH, OPERATION)
    papers, before = of(opened, SHEEP.code), known(opened)

    assert [(one.code, one.taken) for one in told.asked] == [(SHEEP.code, True)]
    assert told.diff.changed == ()
    decided(opened, lambda deciding: deciding.separate(SHEEP.code), "register separate")
    assert of(opened, SHEEP.code) == []
    assert of(opened, f"{SHEEP.code}-原1") == papers
    assert w.disagreements(opened) == []
    taken_back(opened)
    assert known(opened) == before
    decided(opened, lambda deciding: deciding.correct(SHEEP.code), "register correct")
    assert of(opened, SHEEP.code) == papers
    assert dict(w.rows(opened, "SELECT code, name FROM projects"))[SHEEP.code] == stranger.name
    taken_back(opened)
    assert known(opened) == before


# Several become one, one becomes several


@pytest.mark.parametrize(
    ("olds", "new"),
    [((SHEEP,), w.LEMON), ((FISH, OPERATION), SHEEP), ((OPERATION,), FISH)],
    ids=["filed papers", "wound up, waived", "into one wound up"],
)
def test_projects_become_one_with_all_their_papers_and_each_gets_its_own_back(
    opened: Workspace, olds: tuple[Project, ...], new: Project
) -> None:
    before = known(opened)
    papers = sorted(paper for one in (*olds, new) for paper in of(opened, one.code))
    decided(opened, lambda deciding: deciding.join([one.code for one in olds], new.code), "register join")

    assert of(opened, new.code) == papers
    assert {row["project"] for row in w.documents(opened)} & {one.code for one in olds} == set()
    assert [
        sorted(w.folder_of(opened, one).rglob("*")) for one in olds if w.folder_of(opened, one).exists()
    ] == []
    assert w.disagreements(opened) == []
    w.pdf(opened.config.inbox / "旧编号.pdf", w.minutes(olds[0], 9))
    w.ingest(opened)
    later = next(row for row in w.documents(opened) if row["source"] == "旧编号.pdf")
    assert later["project"] == new.code
    decided_back(opened, later["id"])
    taken_back(opened)
    assert w.disagreements(opened) == []
    assert but_for(later["id"], known(opened)) == before


def decided_back(opened: Workspace, paper: str) -> None:
    """Send a paper back that a test brought in besides."""
    with at_desk(opened, "reject") as desk:
        row = desk.index.documents.find(paper)
        assert row is not None
        desk.deciding.reject(row, "另外的")
        desk.refresh_pages()


def but_for(paper: str, told: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """What is known, without one paper, what was decided about it and where it lies."""
    return {
        table: [row for row in rows if paper not in str(row) and "旧编号" not in str(row)]
        for table, rows in told.items()
    }


def test_a_project_joined_to_itself_or_to_nobody_is_refused(opened: Workspace) -> None:
    before = known(opened)
    for olds, new in (([SHEEP.code], SHEEP.code), ([SHEEP.code], "CS-2024-0777"), (["CS-1"], SHEEP.code)):
        with pytest.raises((UsageError, BadInputError)):
            decided(opened, lambda deciding, olds=olds, new=new: deciding.join(olds, new), "register join")  # type: ignore[misc]

    assert known(opened) == before


def test_a_project_becomes_two_papers_that_name_one_go_there_the_rest_stays_or_goes_where_told(
    opened: Workspace,
) -> None:
    south = replace(SHEEP, code="CS-2024-0201", name="石坝镇青杠村南坡羊场", amount=Decimal(300_000))
    north = replace(SHEEP, code="CS-2024-0202", name="石坝镇青杠村北坡羊场", amount=Decimal(200_000))
    whole = replace(SHEEP, amount=Decimal(500_000), operator="青杠山羊合作社")
    south, north = (replace(one, operator=whole.operator) for one in (south, north))
    imported(opened, whole, w.LEMON, FISH, OPERATION)
    w.pdf(opened.config.inbox / "南坡.pdf", w.minutes(whole, 9, f"其中{south.name}先行。"))
    w.ingest(opened)
    told = imported(opened, south, north, w.LEMON, FISH, OPERATION)

    assert [one.answer for one in told.asked] == [
        f"archivist register split {SHEEP.code} {south.code} {north.code}"
    ] * 2
    before = known(opened)
    papers = of(opened, SHEEP.code)
    codes = [south.code, north.code]
    decided(opened, lambda deciding: deciding.split(SHEEP.code, codes), "register split")
    named = next(row for row in w.documents(opened) if row["source"] == "南坡.pdf")
    assert named["project"] == south.code
    assert of(opened, SHEEP.code) == [paper for paper in papers if paper != named["id"]]
    assert w.disagreements(opened) == []
    taken_back(opened)
    assert known(opened) == before
    decided(opened, lambda deciding: deciding.split(SHEEP.code, codes, north.code), "register split")
    assert of(opened, SHEEP.code) == []
    assert w.disagreements(opened) == []
    taken_back(opened)
    assert known(opened) == before
    assert w.disagreements(opened) == []


# Townships


@pytest.mark.parametrize("by_import", [False, True])
def test_a_townships_projects_and_their_folders_go_to_another_one(opened: Workspace, by_import: bool) -> None:
    moved = [replace(one, township="龙井镇") for one in (SHEEP, FISH)]
    if by_import:
        moved = [replace(one, name=one.name.replace("石坝镇", "龙井镇")) for one in moved]
        notes = imported(opened, moved[0], w.LEMON, moved[1], OPERATION).notes
        assert any("archivist register township 石坝镇 龙井镇" in note for note in notes)
    before = known(opened)
    decided(opened, lambda deciding: deciding.change_township("石坝镇", "龙井镇"), "register township")

    assert not (opened.config.projects / "石坝镇").exists()
    stand = [opened.store.path(folder) for (folder,) in w.rows(opened, "SELECT folder FROM projects")]
    assert {folder.parent.name for folder in stand if folder.is_dir()} == {"龙井镇"}
    assert w.rows(opened, "SELECT 1 FROM projects WHERE township = '石坝镇'") == []
    assert w.disagreements(opened) == []
    taken_back(opened)
    assert known(opened) == before
    assert w.disagreements(opened) == []


# Out of the register


def test_a_retired_project_is_missing_nothing_and_keeps_its_archive(opened: Workspace) -> None:
    before = known(opened)
    decided(opened, lambda deciding: deciding.retire(SHEEP.code, "整体移交给镇里管理"), "register retire")

    with opened.writing("look", looking=True) as index:
        assert SHEEP.code not in index.projects.codes(category="淘汰类")
        assert index.succession.retired()[SHEEP.code]["reason"] == "整体移交给镇里管理"
    assert known(opened)["files"] == before["files"]
    assert any("已移出台账" in note for note in imported(opened, *ALL).notes)
    decided(opened, lambda deciding: deciding.retire(FISH.code, "整体移交给镇里管理"), "register retire")
    imported(opened, w.LEMON, OPERATION)
    assert w.rows(opened, f"SELECT reopened FROM deregistrations WHERE project = '{FISH.code}'") == [(None,)]
    taken_back(opened)
    with opened.writing("look", looking=True) as index:
        assert SHEEP.code not in index.projects.codes(category="淘汰类")
    taken_back(opened)
    assert known(opened) == before


def test_a_later_decision_about_the_same_project_is_undone_first(opened: Workspace) -> None:
    renumbered(opened, FISH.code, AGAIN.code)
    with opened.writing("look", looking=True) as index:
        (first,) = index.succession.latest(1)
    decided(opened, lambda deciding: deciding.retire(AGAIN.code, "整体移交给镇里管理"), "register retire")

    with pytest.raises(UsageError, match="请先撤销那一个"):
        decided(opened, lambda deciding: deciding.undo(first), "undo")
    before_both = taken_back(opened, 2)
    assert len(before_both) == 2
    assert of(opened, FISH.code)
