"""Overrides (负责人核定): a named authority judges what was seen on a picture; narrow, told everywhere."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archivist.core.model import Seen, Status
from archivist.core.override import Override
from archivist.decisions.gate import pass_gate, rules_of, today
from archivist.decisions.overriding import override, take_back
from archivist.decisions.proposing import Proposed, confirm, propose
from archivist.errors import BadInputError, FixityError, RefusedError, UsageError
from archivist.index.reader import open_reader
from archivist.index.states import Chosen
from archivist.pages.project import refresh
from archivist.preservation.fixity.verify import verify
from archivist.preservation.recovery.reindex import reindex
from archivist.questions.check import Examined, check
from archivist.store.layout import DECISION_PAGE, METADATA, STATUS_PAGE
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.approving import file_approval
from support.complete import hand_in, reasons
from support.overriding import CHIEF, KEY, OTHER, WHY, sees
from support.people import CLERK, EVERYBODY, HEAD, as_one, registered
from support.tampering import flip, tampered

CODE = w.SHEEP.code


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A complete project, one of whose seals the software did not see, and a register of people."""
    opened = w.workspace(tmp_path_factory.mktemp("override") / "w")
    hand_in(opened, w.SHEEP)
    w.ingest(opened)
    sees(opened, Seen.NO)
    return registered(opened, *EVERYBODY, CHIEF, OTHER)


@pytest.fixture
def opened(made: Workspace, tmp_path: Path) -> Workspace:
    return w.again(made, tmp_path / "copy")


@pytest.fixture
def judged(opened: Workspace) -> Workspace:
    overrides(opened)
    return opened


def overrides(opened: Workspace, name: str = CHIEF.name, key: str = KEY, user: str = "") -> Override:
    ours = as_one(opened, name, user)
    with ours.writing("override", wait=10) as index:
        made = override(ours, index, CODE, key, WHY)
        refresh(ours, index, index.projects.stale())
    return made


def withdraws(opened: Workspace, name: str = CHIEF.name, key: str = KEY) -> bool:
    ours = as_one(opened, name)
    with ours.writing("override", wait=10) as index:
        done = take_back(index, CODE, key, "原件上也没有章")
        refresh(ours, index, index.projects.stale())
    return done


def proposes(opened: Workspace, name: str = CLERK.name) -> Proposed:
    ours = as_one(opened, name)
    with ours.writing("deregister", wait=10, act="propose") as index:
        asked = propose(ours, index, CODE, {}, dry_run=True).verdict.judged.keys
        return propose(ours, index, CODE, reasons(asked))


def confirms(opened: Workspace, name: str = HEAD.name) -> Proposed:
    ours = as_one(opened, name)
    with ours.writing("deregister", wait=10, act="confirm") as index:
        done = confirm(ours, index, CODE)
        refresh(ours, index, index.projects.stale())
    return done


def looks(opened: Workspace) -> tuple[list[str], list[str]]:
    """What stands in the way and what is overridden, as the gate says on a dry run: codes."""
    with opened.writing("deregister", wait=10, looking=True) as index:
        told = pass_gate(opened, index, CODE, dry_run=True).judged
    return [one.code for one in told.obstacles], [one.finding.code for one in told.overrides]


def page(opened: Workspace, name: str) -> str:
    return (w.folder_of(opened, w.SHEEP) / name).read_text("utf-8")


def state(opened: Workspace) -> dict[str, Any]:
    """The project's line of `missing --json`."""
    with open_reader(opened.index_path) as index:
        found = [json.loads(line) for line in index.states.lines(opened.standard, Chosen())]
    return next(one for one in found if one["project"] == CODE)


def examined(opened: Workspace) -> Examined:
    with open_reader(opened.index_path) as index:
        (one,) = check(index, rules_of(opened), today(), [CODE])
    return one


# -- whole -------------------------------------------------------------------------------------------------------------


def test_an_override_by_a_third_hand_lets_a_true_project_be_closed_and_is_told_in_every_report(
    opened: Workspace,
) -> None:
    before = looks(opened), state(opened)["states"]["1"], page(opened, STATUS_PAGE)
    made = overrides(opened)
    now = looks(opened), state(opened)["states"]["1"], page(opened, STATUS_PAGE)
    proposal = proposes(opened).proposal
    file_approval(opened)
    decision = confirms(opened).verdict.decision
    assert decision is not None
    (told,) = decision.record()["overrides"]
    (item,) = (one for one in decision.items if one.item == 1)
    printed = page(opened, DECISION_PAGE)
    kept = json.loads(page(opened, METADATA))

    assert before[0] == (["seal-absent"], [])
    assert before[1] == {"state": "不合格", "reasons": ["未盖章"]}
    assert now[0] == ([], ["seal-absent"])
    assert now[1] == {"state": "齐全", "reasons": ["负责人核定"]}
    assert f"负责人核定：{WHY}" in now[2] and "负责人核定" not in before[2]
    assert proposal is not None and proposal.reasons.keys().isdisjoint({KEY})
    assert (told["key"], told["reason"], told["rule"], told["by"]["name"]) == (KEY, WHY, "seal-1", CHIEF.name)
    assert (told["sha256"], told["document"]) == (made.sha256, made.document)
    assert item.state == "齐全"
    assert "三、负责人核定" in printed and WHY in printed and f"{CHIEF.name}（{CHIEF.body}" in printed
    assert "有问题" not in printed
    assert [one["key"] for one in kept["overrides"]] == [KEY]
    assert verify(opened).findings == []
    assert w.disagreements(opened) == []


def test_check_still_prints_the_finding_with_who_overrode_it(judged: Workspace) -> None:
    one = examined(judged)
    (record,) = (line for line in one.records() if line["code"] == "seal-absent")

    assert record["severity"] == "error"
    assert (record["override"]["reason"], record["override"]["by"]["name"]) == (WHY, CHIEF.name)
    assert "seal-absent" not in {finding.code for finding in one.standing}


# -- who ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [CLERK.name, "杨某", "沈某", "许某"])
def test_only_a_head_of_the_district_overrides(opened: Workspace, name: str) -> None:
    with pytest.raises(RefusedError, match="不能核定软件看错的地方"):
        overrides(opened, name)
    assert w.rows(opened, "SELECT * FROM overrides") == []


def test_without_a_register_of_people_nobody_overrides(opened: Workspace) -> None:
    with w.tables_open(opened) as index, index.change():
        index.execute("DELETE FROM people")

    with pytest.raises(RefusedError, match="没有人员名册，不知道谁是负责人，不能核定"):
        overrides(opened)


def test_who_overrides_neither_proposes_nor_confirms(opened: Workspace) -> None:
    overrides(opened, HEAD.name)
    with pytest.raises(RefusedError, match="核定、提请、确认要分开"):
        proposes(opened, HEAD.name)
    assert proposes(opened).proposal is not None
    file_approval(opened)
    with pytest.raises(RefusedError, match="请由另一人确认"):
        confirms(opened, HEAD.name)
    assert confirms(opened, OTHER.name).verdict.decision is not None


def test_where_nobody_else_may_confirm_who_overrode_does(opened: Workspace) -> None:
    with w.tables_open(opened) as index, index.change():
        index.execute("DELETE FROM people WHERE name IN (?, ?)", [CHIEF.name, OTHER.name])
    overrides(opened, HEAD.name)
    proposes(opened)
    file_approval(opened)
    decision = confirms(opened, HEAD.name).verdict.decision

    assert decision is not None
    assert [one["by"]["name"] for one in decision.overrides] == [HEAD.name]


def test_who_proposed_does_not_override_and_an_override_ends_what_was_proposed_without_it(
    opened: Workspace,
) -> None:
    overrides(opened, OTHER.name)
    assert proposes(opened, CLERK.name).proposal is not None
    withdraws(opened)
    assert w.rows(opened, "SELECT ended IS NULL FROM proposals") == [(0,)]
    overrides(opened, OTHER.name)
    proposes(opened, HEAD.name)

    with pytest.raises(RefusedError, match="提请销号的，核定的人和他是同一个人"):
        overrides(opened, HEAD.name)
    with pytest.raises(BadInputError, match="已由 韩某"):
        overrides(opened, CHIEF.name)


# -- what --------------------------------------------------------------------------------------------------------------


def test_what_is_no_matter_of_seeing_is_not_overridden(opened: Workspace) -> None:
    with w.tables_open(opened) as index:
        row = next(one for one in index.holdings.of(CODE) if one.item == 3)
        found = index.documents.find(row.id)
        assert found is not None
        index.documents.update(replace(found, status=Status.REJECTED), "rejected")
    with pytest.raises(UsageError, match=f"没有键为“missing-3”.*现在可以核定的键有：{KEY}"):
        overrides(opened, key="missing-3")


def test_where_nothing_may_be_overridden_that_is_said(opened: Workspace) -> None:
    sees(opened, Seen.YES)
    with pytest.raises(UsageError, match="现在没有可以核定的问题"):
        overrides(opened)


def test_a_rule_book_without_overrides_allows_none_and_honours_none(
    judged: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = replace(judged.procedure, override=None)
    monkeypatch.setattr(Workspace, "procedure", property(lambda _: silent))
    with pytest.raises(RefusedError, match="没有可以核定的检查"):
        overrides(judged)
    assert looks(judged) == (["seal-absent"], [])


@pytest.mark.parametrize("gone", [False, True])
def test_a_copy_that_is_not_what_was_filed_is_not_judged(opened: Workspace, gone: bool) -> None:
    (path,) = w.rows(opened, "SELECT path FROM documents WHERE item = 1 AND status = 'filed'")
    copy = opened.store.path(path[0])
    copy.unlink() if gone else flip(copy)

    with pytest.raises(FixityError, match="不是归档时的样子，不能核定"):
        overrides(opened)


# -- how long ----------------------------------------------------------------------------------------------------------


def test_an_override_is_void_once_the_file_is_another(judged: Workspace) -> None:
    with w.tables_open(judged) as index:
        row = next(one for one in index.holdings.of(CODE) if one.item == 1)
        found = index.documents.find(row.id)
        assert found is not None
        index.documents.update(replace(found, path_sha256="f" * 64), "described")
        refresh(judged, index, [CODE])
    one = examined(judged)

    assert one.overridden == ()
    assert "override-void" in {finding.code for finding in one.findings}
    assert f"对 {found.id} 的负责人核定（{KEY}）不算数了：这份材料换过内容" in page(judged, STATUS_PAGE)
    assert state(judged)["states"]["1"] == {"state": "不合格", "reasons": ["未盖章"]}


def test_withdrawing_puts_it_back_in_the_way_and_reopens_what_was_closed_on_it(judged: Workspace) -> None:
    proposes(judged)
    file_approval(judged)
    assert confirms(judged).verdict.decision is not None

    assert withdraws(judged)
    assert not withdraws(judged)
    ((why,),) = w.rows(judged, "SELECT reason FROM deregistrations")
    assert f"第1项的负责人核定（{KEY}）被取消" in why
    assert looks(judged)[0] == ["seal-absent"]
    assert "负责人核定" not in page(judged, STATUS_PAGE).partition("</table>")[0].partition("<table")[2]


def test_a_row_that_no_event_tells_of_overrides_nothing(judged: Workspace) -> None:
    tampered(judged, "UPDATE overrides SET reason = '另一个理由'")
    assert looks(judged)[1] == []


def test_overrides_come_back_with_the_log(judged: Workspace) -> None:
    judged.index_path.unlink()
    reindex(judged, lambda path, name: ())
    assert looks(judged)[1] == ["seal-absent"]
