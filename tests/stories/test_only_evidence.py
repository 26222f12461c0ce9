"""Only evidence counts: each way in which a project could be wound up on no evidence is refused with its reason.

People file everything here by hand, into the folders of a project's items, as they can; dates are registered where a
paper shows none, so that nothing but the evidence itself is left to object to.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from archivist.cli.demo import KINDS
from archivist.core.checks.values import Finding
from archivist.core.describe import describe
from archivist.core.model import Severity
from archivist.drafts.drafting import draft_document
from archivist.index.reader import open_reader
from archivist.ingest.pipeline import Pipeline
from archivist.store.layout import STATUS_PAGE
from archivist.workspace.opened import Workspace
from archivist.workspace.resources import data_folder
from support import workspaces as w
from support.catalogue import REQUIRED
from support.complete import let_through

CODE = w.SHEEP.code


@pytest.fixture
def opened(tmp_path: Path) -> Workspace:
    return w.workspace(tmp_path / "w")


def refused(opened: Workspace) -> dict[int | None, list[Finding]]:
    """Ask the gate with a reason for everything: what stands in its way all the same, by item."""
    with opened.writing("deregister", wait=10) as index:
        for row in w.documents(opened):
            if row["date"] is None and row["item"] is not None:
                index.execute("UPDATE documents SET date = '2024-11-20' WHERE id = ?", [row["id"]])
        verdict = let_through(opened, index, CODE)
    assert verdict.decision is None
    found: dict[int | None, list[Finding]] = defaultdict(list)
    for one in verdict.judged.obstacles:
        found[one.item].append(one)
    return found


def codes(found: dict[int | None, list[Finding]], item: int) -> set[str]:
    return {one.code for one in found[item]}


@pytest.mark.parametrize("scanned", [False, True])
def test_seven_files_that_say_junk(opened: Workspace, scanned: bool) -> None:
    for item in REQUIRED:
        w.pdf(w.item_folder(opened, w.SHEEP, item) / f"{item}.pdf", f"junk {item}\n", scanned=scanned)
    w.ingest(opened)
    found = refused(opened)

    assert [codes(found, item) for item in REQUIRED] == [{"unfit" if scanned else "draft"}] * len(REQUIRED)


def test_one_townships_minutes_in_every_folder(opened: Workspace) -> None:
    for item in REQUIRED:
        minutes = w.minutes(w.SHEEP, 5) + "，" * item + "\n"
        w.pdf(w.item_folder(opened, w.SHEEP, item) / f"{item}.pdf", minutes, sealed=True)
    w.ingest(opened)
    found = refused(opened)

    assert [item for item in REQUIRED if not found[item]] == [5]
    assert all("unfit" in codes(found, item) for item in REQUIRED if item < 5)
    assert all("level-wrong" in codes(found, item) for item in (6, 7))


def test_another_villages_record(opened: Workspace) -> None:
    w.pdf(w.item_folder(opened, w.SHEEP, 4) / "记录.pdf", w.record(w.LEMON), sealed=True)
    w.ingest(opened)
    (other,) = [one for one in refused(opened)[4] if one.code == "names-other"]

    assert w.LEMON.code in other.message


@pytest.mark.parametrize(
    ("numbers", "code"), [("应到20人，实到14人", "vote-failed"), ("应到36人，实到15人", "vote-quorum")]
)
def test_a_record_whose_vote_does_not_carry_what_it_says(opened: Workspace, numbers: str, code: str) -> None:
    cast = {"vote-failed": "同意4票，反对10票，弃权0票", "vote-quorum": "同意15票，反对0票，弃权0票"}[code]
    text = (
        w.record(w.SHEEP).replace("应到20人，实到18人", numbers).replace("同意18票，反对0票，弃权0票", cast)
    )
    w.pdf(w.item_folder(opened, w.SHEEP, 4) / "记录.pdf", f"{text}会议决定：同意退出。\n", sealed=True)
    w.ingest(opened)

    assert code in codes(refused(opened), 4)


@pytest.mark.parametrize("data", [None, "examples"])
def test_our_own_drafts_blank_or_filled_in(opened: Workspace, tmp_path: Path, data: str | None) -> None:
    """With the real reader: they are Word files, and known by their mark."""
    for kind in KINDS[:1]:
        facts = data_folder("examples") / f"{kind}.yaml" if data else None
        target = draft_document(opened, kind, CODE, facts, (), tmp_path / f"{kind}.docx").path
        target.replace(w.item_folder(opened, w.SHEEP, 6) / "部门纪要.docx")
    with opened.writing("ingest", wait=10) as index, Pipeline(opened, index) as line:
        line.run()
    found = refused(opened)
    with open_reader(opened.index_path) as reader:
        told = [describe(one) for one in reader.holdings.all()]
    page = (w.folder_of(opened, w.SHEEP) / STATUS_PAGE).read_text("utf-8")

    assert [(one["item"], one["evidence"]) for one in told] == [(6, "草稿")]
    assert [(one.code, one.severity) for one in found[6]] == [("draft", Severity.ERROR)]
    assert "打印、签字、盖章后扫描（Word 文件只作留存，不能作为归档材料）" in page


def test_the_kind_and_the_state_of_a_paper_are_told_of_it(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "纪要.pdf", w.minutes(w.SHEEP), sealed=True)
    w.pdf(opened.config.inbox / "记录.pdf", w.record(w.SHEEP))
    w.pdf(w.item_folder(opened, w.SHEEP, 8) / "别的.pdf", "junk\n", scanned=True)
    w.ingest(opened)
    with open_reader(opened.index_path) as index:
        told = {one.file.name.rpartition("/")[2]: describe(one) for one in index.holdings.all()}

    assert {name: (one["kind"], one["evidence"]) for name, one in told.items()} == {
        "纪要.pdf": ("minutes", "签章件"),
        "记录.pdf": ("record", "草稿"),
        "别的.pdf": (None, "已印发未签章"),
    }


def test_the_folder_tells_all_that_is_wrong_with_an_item_and_sends_nobody_to_a_terminal(
    opened: Workspace,
) -> None:
    few = w.record(w.SHEEP).replace("实到18人", "实到8人").replace(w.SHEEP.code, w.FISH.code)
    w.pdf(w.item_folder(opened, w.SHEEP, 4) / "记录.pdf", few, scanned=True)
    w.ingest(opened)
    page = (w.folder_of(opened, w.SHEEP) / STATUS_PAGE).read_text("utf-8")

    for told in ("应到 20、实到 8", "没有读出会议是否同意", "有没有签字，软件看不准"):
        assert told in page
    assert "archivist check" not in page
