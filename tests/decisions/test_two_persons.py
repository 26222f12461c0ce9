"""Two persons (提请、确认): neither does both, the evidence is the same for both, and a signed paper closes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archivist.core.checks import findings_of
from archivist.core.model import Seen
from archivist.core.rootcode import RootCode
from archivist.decisions.gate import pass_gate, rules_of, today
from archivist.decisions.proposing import Proposed, confirm, propose, take_back
from archivist.errors import BadInputError, RefusedError, UsageError
from archivist.index.reader import open_reader
from archivist.pages.project import refresh
from archivist.preservation.fixity.verify import verify
from archivist.preservation.recovery.reindex import reindex
from archivist.store.layout import DECISION_PAGE, STATUS_PAGE
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.approving import file_approval
from support.complete import hand_in, reasons
from support.people import ADMIN, CLERK, EVERYBODY, HEAD, WATER, as_one, registered
from support.tampering import tampered

CODE = w.SHEEP.code


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A project all of whose items are there, and a register of people."""
    opened = w.workspace(tmp_path_factory.mktemp("two") / "w")
    hand_in(opened, w.SHEEP)
    w.ingest(opened)
    return registered(opened, *EVERYBODY)


@pytest.fixture
def opened(made: Workspace, tmp_path: Path) -> Workspace:
    return w.again(made, tmp_path / "copy")


@pytest.fixture
def waiting(opened: Workspace) -> Workspace:
    assert proposed(opened).proposal is not None
    return opened


def proposed(opened: Workspace, name: str = CLERK.name, user: str = "", dry_run: bool = False) -> Proposed:
    ours = as_one(opened, name, user)
    with ours.writing("deregister", wait=10, looking=dry_run, act="propose") as index:
        asked = propose(ours, index, CODE, {}, dry_run=True).verdict.judged.keys
        done = propose(ours, index, CODE, reasons(asked), dry_run)
        refresh(ours, index, index.projects.stale())
    return done


def confirmed(opened: Workspace, name: str = HEAD.name, user: str = "", dry_run: bool = False) -> Proposed:
    ours = as_one(opened, name, user)
    with ours.writing("deregister", wait=10, looking=dry_run, act="confirm") as index:
        done = confirm(ours, index, CODE, dry_run)
        refresh(ours, index, index.projects.stale())
    return done


def proposals(opened: Workspace) -> list[tuple[Any, ...]]:
    return w.rows(opened, "SELECT actor, ended IS NULL, why FROM proposals ORDER BY id")


def acts(opened: Workspace) -> list[str]:
    return [act for (act,) in w.rows(opened, "SELECT act FROM events ORDER BY seq")]


def page(opened: Workspace, name: str) -> str:
    return (w.folder_of(opened, w.SHEEP) / name).read_text("utf-8")


def codes(opened: Workspace) -> set[str]:
    with open_reader(opened.index_path) as index:
        (file,) = index.project_files.of([CODE])
    return {one.code for one in findings_of(file, rules_of(opened), today())}


# -- both --------------------------------------------------------------------------------------------------------------


def test_one_proposes_another_confirms_and_the_decision_says_all_of_it(waiting: Workspace) -> None:
    told = page(waiting, STATUS_PAGE), codes(waiting)
    file_approval(waiting)
    done = confirmed(waiting)
    decision = done.verdict.decision
    assert decision is not None
    record = decision.record()
    (row,) = w.rows(waiting, "SELECT decision FROM deregistrations")

    assert ("等待另一人确认" in told[0], "proposal-waits" in told[1]) == (True, True)
    assert json.loads(row[0]) == record
    assert record["proposed_by"] == {
        "name": CLERK.name,
        "body": CLERK.body,
        "level": "部门",
        "user": f"user-{CLERK.name}",
    }
    assert (record["confirmed_by"]["name"], record["confirmed_by"]["level"]) == (HEAD.name, "专班")
    assert record["authority"] == f"按人员名册核对：{HEAD.told}"
    assert (record["actor"], record["user"]) == (HEAD.name, f"user-{HEAD.name}")
    assert record["proposed_at"] <= record["at"]
    assert {one["rule"]: one["outcome"] for one in record["checks"]}["closing"] == "通过"
    assert len(record["reasons"]) > 1
    assert all(
        f"{name}（" in page(waiting, DECISION_PAGE) for name in (f"提请：{CLERK.name}", f"确认：{HEAD.name}")
    )
    assert proposals(waiting) == [(CLERK.name, 0, "已确认，办理了销号")]
    assert "proposal-waits" not in codes(waiting) | {one.code for one in done.verdict.notes}
    assert verify(waiting).findings == []
    assert w.disagreements(waiting) == []


def test_one_step_is_refused_where_there_is_a_register_but_for_a_look(opened: Workspace) -> None:
    ours = as_one(opened, HEAD.name)
    with ours.writing("deregister", wait=10) as index:
        with pytest.raises(UsageError, match="销号要两个人办"):
            pass_gate(ours, index, CODE)
        assert pass_gate(ours, index, CODE, dry_run=True).judged.keys


@pytest.mark.parametrize(
    ("name", "user", "why"),
    [
        (HEAD.name, "", "是同一个人"),
        (HEAD.name, "another", "是同一个人"),
        ("韩某", f"user-{HEAD.name}", "用的是同一个系统账号"),
    ],
)
def test_one_person_or_one_account_does_not_do_both(
    opened: Workspace, name: str, user: str, why: str
) -> None:
    registered(opened, replace(HEAD, name="韩某"))
    proposed(opened, HEAD.name)
    file_approval(opened)

    with pytest.raises(RefusedError, match=why):
        confirmed(opened, name, user)
    assert proposals(opened) == [(HEAD.name, 1, None)]
    assert w.rows(opened, "SELECT * FROM deregistrations") == []


def test_who_may_not_propose_or_confirm_is_refused_before_anything_is_kept(opened: Workspace) -> None:
    before = acts(opened)
    with pytest.raises(RefusedError, match="不能提请销号"):
        proposed(opened, ADMIN.name)
    with pytest.raises(RefusedError, match="主管的项目，不是区水利局的"):
        proposed(opened, WATER.name)
    with pytest.raises(UsageError, match="没有“村干部”"):
        proposed(opened, "村干部")
    assert acts(opened) == before
    proposed(opened)
    with pytest.raises(RefusedError, match="不能确认销号：可以办的是区、专班的审核、负责人"):
        confirmed(opened, CLERK.name)
    assert w.rows(opened, "SELECT * FROM deregistrations") == []


# -- what it asks ------------------------------------------------------------------------------------------------------


def test_without_reasons_nothing_is_proposed(opened: Workspace) -> None:
    ours = as_one(opened, CLERK.name)
    with ours.writing("deregister", wait=10, act="propose") as index:
        done = propose(ours, index, CODE, {})

    assert (done.proposal, bool(done.verdict.judged.keys)) == (None, True)
    assert proposals(opened) == []


def test_a_look_at_either_step_keeps_nothing(waiting: Workspace, made: Workspace, tmp_path: Path) -> None:
    fresh = w.again(made, tmp_path / "fresh")
    assert proposed(fresh, dry_run=True).proposal is not None
    file_approval(waiting)
    assert confirmed(waiting, dry_run=True).verdict.decision is not None

    assert proposals(fresh) == []
    assert proposals(waiting) == [(CLERK.name, 1, None)]
    assert w.rows(waiting, "SELECT * FROM deregistrations") == []


OTHER = RootCode("a" * 64).printed
APPROVAL_FAULTS = [
    pytest.param(None, "没有归档销号审批表", id="none"),
    pytest.param({"sealed": Seen.UNKNOWN}, "上没有看到盖章", id="unsealed"),
    pytest.param({"root": None}, "上没有读到归档根码，档案现在是", id="no code"),
    pytest.param({"root": OTHER}, f"上的归档根码是 {OTHER}，档案现在是", id="other evidence"),
    pytest.param({"root": "看不出来"}, "上的归档根码看不清，档案现在是", id="code unread"),
    pytest.param({"date": None}, "没有读出日期", id="undated"),
    pytest.param({"opinion": "不同意销号，退回补充材料。"}, "上读出的意见是“", id="refused"),
    pytest.param({"date": "2024-12-31"}, "早于提请的", id="too early"),
]


@pytest.mark.parametrize(("paper", "why"), APPROVAL_FAULTS)
def test_confirming_asks_for_the_signed_paper(
    waiting: Workspace, paper: dict[str, Any] | None, why: str
) -> None:
    if paper is not None:
        file_approval(waiting, **paper)
    done = confirmed(waiting)
    finding = next(one for one in done.verdict.judged.obstacles if one.code == "approval-missing")

    assert done.verdict.decision is None
    assert why in finding.message
    assert "打印销号审批表，签字盖章后扫描" in finding.message
    assert (finding.clause or "").startswith("软件约定")
    assert proposals(waiting) == [(CLERK.name, 1, None)]


def test_rules_that_ask_for_no_paper_get_none(waiting: Workspace) -> None:
    ours = as_one(waiting, HEAD.name)
    ours.__dict__["procedure"] = replace(ours.procedure, closing=None)
    with ours.writing("deregister", wait=10, act="confirm") as index:
        done = confirm(ours, index, CODE)

    assert done.verdict.decision is not None
    assert {one.rule: one.outcome for one in done.verdict.checks}["closing"] == "不适用"


@pytest.mark.parametrize("change", ["another document", "one goes", "another day"])
def test_a_proposal_lapses_by_itself_when_its_evidence_changes(waiting: Workspace, change: str) -> None:
    if change == "another document":
        w.pdf(w.item_folder(waiting, w.SHEEP, 5) / "又一份.pdf", w.minutes(w.SHEEP, 6))
    elif change == "one goes":
        (path,) = w.rows(waiting, "SELECT path FROM documents WHERE item = 7")[0]
        waiting.store.path(path).unlink()
    else:
        with w.tables_open(waiting) as index:
            row = index.documents.find("D00004")
            assert row is not None
            index.documents.update(replace(row, date="2024-11-03"), "described")
    w.ingest(waiting)
    ended = proposals(waiting)

    if change == "one goes":  # noticed, and told; the document itself is still filed
        file_approval(waiting)
        assert confirmed(waiting).verdict.decision is None
        return
    assert ended == [(CLERK.name, 0, "提请以后，作为证据的材料变了")]
    assert "proposal lapsed" in acts(waiting)
    with pytest.raises(BadInputError, match="已失效：提请以后，作为证据的材料变了"):
        confirmed(waiting)
    assert "等待另一人确认" not in page(waiting, STATUS_PAGE)
    assert w.disagreements(waiting) == []


def test_evidence_changed_behind_the_index_is_noticed_on_confirming(waiting: Workspace) -> None:
    file_approval(waiting)
    tampered(waiting, "UPDATE documents SET date = '2024-11-03' WHERE item = 4")
    done = confirmed(waiting)

    assert done.lapsed == "提请以后，作为证据的材料变了"
    assert done.verdict.decision is None
    assert proposals(waiting) == [(CLERK.name, 0, "提请以后，作为证据的材料变了")]


def test_a_proposal_is_made_once_taken_back_and_made_again(waiting: Workspace) -> None:
    with pytest.raises(BadInputError, match="等待另一人确认"):
        proposed(waiting)
    ours = as_one(waiting, CLERK.name)
    with ours.writing("deregister", wait=10, act="propose") as index:
        assert take_back(index, CODE, "还有一份材料")
        assert not take_back(index, CODE, "还有一份材料")
    with pytest.raises(BadInputError, match="收回：还有一份材料"):
        confirmed(waiting)
    assert proposed(waiting).proposal is not None
    assert [ended for _, ended, _ in proposals(waiting)] == [0, 1]


def test_what_is_deregistered_is_not_proposed_again(waiting: Workspace) -> None:
    file_approval(waiting)
    confirmed(waiting)
    for step in (proposed, confirmed):
        with pytest.raises(BadInputError, match="不用再办"):
            step(waiting)


def test_without_a_register_there_are_no_two_persons_and_the_decision_says_so(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    hand_in(opened, w.SHEEP)
    w.ingest(opened)
    with opened.writing("deregister", wait=10) as index:
        with pytest.raises(UsageError, match="没有人员名册，分不清是不是两个人"):
            propose(opened, index, CODE, {})
        with pytest.raises(UsageError, match="没有人员名册，分不清是不是两个人"):
            confirm(opened, index, CODE)
        keys = pass_gate(opened, index, CODE, dry_run=True).judged.keys
        verdict = pass_gate(opened, index, CODE, reasons(keys))
        refresh(opened, index, [CODE])
    (detail,) = w.rows(opened, "SELECT detail FROM events WHERE act = 'deregistered'")
    assert verdict.decision is not None
    record = verdict.decision.record()

    assert record["authority"] == "没有人员名册，未核对权限；一人办理"
    assert (record["proposed_by"], record["confirmed_by"]) == (None, None)
    assert json.loads(detail[0])["authority"] == record["authority"]
    assert "没有人员名册，未核对权限；一人办理" in page(opened, DECISION_PAGE)
    assert f"系统用户 {opened.actor.user}" in page(opened, DECISION_PAGE)


def test_proposals_and_people_come_back_with_the_index(waiting: Workspace) -> None:
    tables = ("people", "proposals")
    before = [w.rows(waiting, f"SELECT rowid, * FROM {name}") for name in tables]
    for path in waiting.store.private.glob("index.db*"):
        path.unlink()
    reindex(waiting, lambda path, name: ())

    assert [w.rows(waiting, f"SELECT rowid, * FROM {name}") for name in tables] == before
    file_approval(waiting)
    assert confirmed(waiting).verdict.decision is not None


@pytest.mark.parametrize("text", ["", "{", "null", "[" * 9000])
def test_a_proposal_that_cannot_be_read_is_none(waiting: Workspace, text: str) -> None:
    tampered(waiting, f"UPDATE proposals SET proposal = '{text}'")

    with pytest.raises(BadInputError, match="没有等待确认的提请"):
        confirmed(waiting)
    assert "proposal-waits" not in codes(waiting)
