"""Authority (权限) is asked in one place, for whatever command decides: refused, nothing of it is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import archivist
from archivist.core.authority import BY_FOLDER, DECISIONS, FOLDER, NOT_CHECKED
from archivist.core.model import Seen
from archivist.decisions.desk import at_desk
from archivist.decisions.gate import reopen_by_person
from archivist.errors import ArchivistError, RefusedError, UsageError
from archivist.filing.versions import separate
from archivist.index.writer import Index
from archivist.workspace.guarding import ALONE, COMMANDS, PASSES
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.people import (
    ADMIN,
    AUDITOR,
    CLERK,
    EVERYBODY,
    HEAD,
    TOWNSMAN,
    VILLAGER,
    as_one,
    registered,
)
from support.registers import decided, taken_back

HOUSEKEEPING = {
    "recovered",
    "added",
    "again",
    "anchored",
    "backup",
    "bookkeeping",
    "digests",
    "exported",
    "filed",
    "fixity",
    "folder",
    "healed",
    "intact",
    "joined",
    "noticed",
    "placed",
    "proposal lapsed",
    "read again",
    "received",
    "reindexed",
    "renamed",
    "repaired",
    "verified",
    "version noticed",
    "went on",
    "withdrawn",
}
"""Events that carry out, notice or keep: nobody decides by them, or the command that makes them is guarded as a whole."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    opened = w.workspace(tmp_path_factory.mktemp("authority") / "w")
    w.pdf(opened.config.inbox / "羊.pdf", w.minutes(w.SHEEP))
    w.pdf(opened.config.inbox / "柠檬.pdf", w.minutes(w.LEMON, 3))
    w.pdf(opened.config.inbox / "不明.pdf", w.UNSURE)
    w.ingest(opened)
    return registered(opened, *EVERYBODY)


@pytest.fixture
def opened(made: Workspace, tmp_path: Path) -> Workspace:
    return w.again(made, tmp_path / "copy")


def row_of(index: Index, source: str) -> Any:
    (identity,) = [
        row["id"]
        for row in index.rows(
            "SELECT documents.id, name FROM documents JOIN sources ON sources.id = source WHERE name LIKE ?",
            [f"%{source}"],
        )
    ]
    return index.documents.find(identity)


def assign(opened: Workspace, source: str = "羊.pdf", code: str = w.SHEEP.code) -> None:
    with at_desk(opened, "assign") as desk:
        desk.deciding.assign(row_of(desk.index, source), code, 8, "确认")


def reject(opened: Workspace, source: str = "羊.pdf") -> None:
    with at_desk(opened, "reject") as desk:
        desk.deciding.reject(row_of(desk.index, source), "没有盖章，请补盖")


def undo(opened: Workspace) -> None:
    with at_desk(opened, "undo") as desk:
        for one in desk.index.decisions.latest(1):
            desk.undoing.undo(one)


def date(opened: Workspace) -> None:
    with opened.writing("date", wait=10) as index:
        index.documents.update(replace(row_of(index, "羊.pdf"), date="2024-11-09"), "described")


def waive(opened: Workspace) -> None:
    with opened.writing("waive", wait=10) as index:
        statement = row_of(index, "羊.pdf")
        index.documents.update(replace(statement, sealed=Seen.YES), "described")
        index.waivers.grant(w.SHEEP.code, 3, "合同毁于水灾", statement.id)


def version(opened: Workspace) -> None:
    with opened.writing("version", wait=10) as index:
        separate(index, row_of(index, "羊.pdf"))


def reopen(opened: Workspace) -> None:
    with opened.writing("deregister", wait=10, act="reopen") as index:
        reopen_by_person(index, w.SHEEP.code, "发现还有债务")


def import_register(opened: Workspace) -> None:
    w.import_projects(opened, [replace(w.SHEEP, name="改了名字的养殖场")])


def renumber(opened: Workspace) -> None:
    decided(opened, lambda deciding: deciding.renumber(w.SHEEP.code, "CS-2024-0101"))


def undo_renumber(opened: Workspace, command: str) -> None:
    renumber(as_one(opened, ADMIN.name))
    before = tables(opened), w.files(opened.config.store_root)
    try:
        taken_back(opened, command=command)
    except RefusedError:
        assert (tables(opened), w.files(opened.config.store_root)) == before
        taken_back(as_one(opened, ADMIN.name), command="register undo")
        raise


def repair(opened: Workspace) -> None:
    with opened.writing("repair", wait=10):
        pass


def tables(opened: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    names = (
        "documents",
        "waivers",
        "projects",
        "decisions",
        "lessons",
        "proposals",
        "deregistrations",
        "people",
    )
    return {name: w.rows(opened, f"SELECT * FROM {name} ORDER BY rowid") for name in names}


Act = Callable[[Workspace], None]

MAY: list[tuple[Act, str, bool]] = [
    (assign, CLERK.name, True),
    (assign, TOWNSMAN.name, True),
    (assign, VILLAGER.name, True),
    (assign, ADMIN.name, False),
    (assign, AUDITOR.name, False),
    (reject, TOWNSMAN.name, True),
    (reject, VILLAGER.name, False),
    (date, TOWNSMAN.name, True),
    (date, VILLAGER.name, False),
    (waive, HEAD.name, True),
    (waive, TOWNSMAN.name, False),
    (waive, CLERK.name, False),
    (version, CLERK.name, True),
    (version, AUDITOR.name, False),
    (reopen, AUDITOR.name, True),
    (reopen, CLERK.name, False),
    (import_register, ADMIN.name, True),
    (import_register, TOWNSMAN.name, False),
    (renumber, ADMIN.name, True),
    (renumber, CLERK.name, False),
    (renumber, TOWNSMAN.name, False),
    (repair, ADMIN.name, True),
    (repair, CLERK.name, False),
]


@pytest.mark.parametrize(("act", "name", "allowed"), MAY, ids=lambda one: getattr(one, "__name__", str(one)))
def test_each_command_does_what_its_person_may_and_nothing_else(
    opened: Workspace, act: Act, name: str, allowed: bool
) -> None:
    before, files = tables(opened), w.files(opened.config.store_root)
    ours = as_one(opened, name)
    if allowed:
        act(ours)
        return
    with pytest.raises(RefusedError, match="可以办的是"):
        act(ours)
    assert (tables(opened), w.files(opened.config.store_root)) == (before, files)


@pytest.mark.parametrize(
    "act",
    [
        lambda opened: assign(opened, "柠檬.pdf", w.LEMON.code),
        lambda opened: assign(opened, "羊.pdf", w.LEMON.code),
        lambda opened: assign(opened, "柠檬.pdf", w.SHEEP.code),
        lambda opened: reject(opened, "柠檬.pdf"),
    ],
    ids=["another's", "given away", "taken", "sent back"],
)
def test_a_project_of_another_township_is_not_touched(opened: Workspace, act: Act) -> None:
    before, files = tables(opened), w.files(opened.config.store_root)
    with pytest.raises(RefusedError, match="不是石坝镇的"):
        act(as_one(opened, TOWNSMAN.name))

    assert (tables(opened), w.files(opened.config.store_root)) == (before, files)
    w.ingest(opened)
    assert w.disagreements(opened) == []


def test_what_was_decided_within_ones_own_is_undone_within_it(opened: Workspace) -> None:
    assign(as_one(opened, TOWNSMAN.name), "不明.pdf")
    undo(as_one(opened, VILLAGER.name))
    assign(as_one(opened, HEAD.name), "柠檬.pdf", w.LEMON.code)
    with pytest.raises(RefusedError, match="不是石坝镇的"):
        undo(as_one(opened, TOWNSMAN.name))


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - ALONE))
def test_a_name_nobody_registered_decides_nothing(opened: Workspace, command: str) -> None:
    with pytest.raises(UsageError, match="人员名册里没有“村干部”"), as_one(opened, "村干部").writing(command):
        pass
    with (
        pytest.raises(UsageError, match="没有系统账号“root”"),
        as_one(opened, "root", "root").writing(command),
    ):
        pass


def test_an_account_in_the_register_is_its_person(opened: Workspace) -> None:
    registered(opened, replace(CLERK, account="feng"))
    assign(as_one(opened, "feng", "feng"))
    ((actor, detail),) = w.rows(opened, "SELECT actor, detail FROM events WHERE act = 'assigned'")

    assert actor == CLERK.name
    assert json.loads(detail)["user"] == "feng"
    assert json.loads(detail)["authority"] == f"按人员名册核对：{CLERK.told}"


def test_a_namesake_stands_in_the_log_with_their_body(opened: Workspace) -> None:
    registered(opened, replace(CLERK, body="区水利局"))
    assign(as_one(opened, CLERK.called))

    assert w.rows(opened, "SELECT actor FROM events WHERE act = 'assigned'") == [(CLERK.called,)]


def test_what_one_person_does_alone_is_closed_where_there_is_a_register(opened: Workspace) -> None:
    with (
        as_one(opened, HEAD.name).writing("deregister", wait=10) as index,
        pytest.raises(RefusedError, match="要两个人办"),
    ):
        deregister_by_decree(index)


def deregister_by_decree(index: Index) -> None:
    with index.change():
        index.event("deregistered", w.SHEEP.code)


def test_looking_and_what_only_keeps_ask_nobody(opened: Workspace) -> None:
    nobody = as_one(opened, "村干部")
    for command in ("verify", "anchor", "backup", "reindex"):
        with nobody.writing(command, wait=10):
            pass
    with nobody.writing("deregister", wait=10, looking=True):
        pass


def test_a_folder_files_and_does_nothing_else(opened: Workspace) -> None:
    """Somebody dragged one paper into an item, put a new one there, and threw another out of 待确认."""
    (waiting,) = list(opened.config.review.rglob("*.pdf"))
    w.pdf(w.item_folder(opened, w.LEMON, 8) / "新的.pdf", "移交清单\n资产已移交。\n")
    waiting.rename(w.item_folder(opened, w.SHEEP, 4) / "拖进来的.pdf")
    w.ingest(as_one(opened, "村干部"))
    w.pdf(opened.config.inbox / "又不明.pdf", w.UNSURE + "又一次\n")
    w.ingest(opened)
    (other,) = list(opened.config.review.rglob("*.pdf"))
    other.unlink()
    w.ingest(as_one(opened, "村干部"))
    found = {row["source"].rpartition("/")[2]: row for row in w.documents(opened)}
    (detail,) = w.rows(opened, "SELECT detail FROM events WHERE act = 'assigned'")

    assert (found["不明.pdf"]["status"], found["不明.pdf"]["decided_by"]) == ("filed", FOLDER)
    assert found["新的.pdf"]["decided_by"] == FOLDER
    assert json.loads(detail[0])["authority"] == BY_FOLDER
    assert (found["又不明.pdf"]["status"], other.exists()) == ("review", True)
    assert "村干部" not in {name for (name,) in w.rows(opened, "SELECT actor FROM events")}
    assert w.disagreements(opened) == []


def test_without_a_register_every_decision_says_that_nobody_was_asked(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    w.pdf(opened.config.inbox / "羊.pdf", w.minutes(w.SHEEP))
    w.ingest(opened)
    assign(as_one(opened, "谁都行"))
    date(opened)
    told = w.rows(opened, "SELECT act, detail FROM events WHERE act IN ('assigned', 'described', 'register')")

    assert {act for act, _ in told} == {"assigned", "described", "register"}
    assert all(NOT_CHECKED in json.loads(detail)["authority"] for _, detail in told)


def test_a_refusal_within_a_transaction_keeps_nothing_and_the_log_goes_on(opened: Workspace) -> None:
    ours = as_one(opened, TOWNSMAN.name)
    with ours.writing("date", wait=10) as index:
        with pytest.raises(ArchivistError, match="不是石坝镇的"):
            index.documents.update(replace(row_of(index, "柠檬.pdf"), date="2024-11-09"), "described")
        index.documents.update(replace(row_of(index, "羊.pdf"), date="2024-11-09"), "described")
    w.ingest(opened)

    assert w.disagreements(opened) == []


def test_who_may_not_change_the_register_undoes_no_change_of_it(opened: Workspace) -> None:
    undo_renumber(as_one(opened, ADMIN.name), "register undo")
    for command in ("undo", "register undo"):
        with pytest.raises(RefusedError, match="可以办的是"):
            undo_renumber(as_one(opened, TOWNSMAN.name), command)

    assert w.disagreements(opened) == []


def test_every_event_is_a_decision_or_known_to_be_none() -> None:
    """Whoever adds an event says whether somebody decides by it: else it would pass unasked."""
    source = "".join(path.read_text("utf-8") for path in Path(archivist.__file__).parent.rglob("*.py"))
    named = set(re.findall(r'\.event\(\s*"([^"]+)"', source))
    named |= set(re.findall(r'documents\.update\([^"]*?"([a-z ]+)"', source))
    named |= set(re.findall(r'\.end\(\s*\w+, "([^"]+)"', source))

    assert len(named) > 20
    assert named - DECISIONS - HOUSEKEEPING == set()
    assert not set(COMMANDS) & PASSES
