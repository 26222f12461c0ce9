"""The form that closes a project (销号审批表): printed, signed and sealed, scanned, dropped, and known again."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from archivist.core.checks.root import root
from archivist.core.checks.values import Outcome, ProjectFile, Rules
from archivist.core.model import Status
from archivist.core.rootcode import FACT, evidence_root
from archivist.drafts.drafting import draft_document
from archivist.index.reader import open_reader
from archivist.ingest.pipeline import Pipeline
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.programs import needs_office
from support.signing import signed_scan

pytestmark = [pytest.mark.libreoffice, needs_office]

KIND = "销号审批表"
BODIES = ("石坝镇人民政府", "大足区农业农村委员会", "大足区帮扶产业工作专班", "重庆市大足区人民政府")
DAYS = (("2025", "2", "21"), ("2025", "2", "24"), ("2025", "2", "27"), ("2025", "3", "4"))


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A project with two papers filed, and its form signed and scanned in the inbox, taken by a real pass."""
    folder = tmp_path_factory.mktemp("approval")
    opened = w.workspace(folder / "w")
    w.pdf(opened.config.inbox / "记录.pdf", w.record(w.SHEEP, 2))
    w.pdf(w.item_folder(opened, w.SHEEP, 5) / "纪要.pdf", w.minutes(w.SHEEP, 5))
    w.ingest(opened)
    form = draft_document(opened, KIND, w.SHEEP.code, None, (), folder).path
    signed_scan(form, folder, opened.config.inbox / "扫描0007.pdf", BODIES, DAYS)
    shutil.copy(form, opened.config.inbox / "没有签字的.docx")
    with opened.writing("ingest", wait=10) as index, Pipeline(opened, index) as line:
        line.run()
    return opened


def document(opened: Workspace, source: str) -> dict[str, Any]:
    (row,) = (row for row in w.documents(opened) if row["source"] == source)
    return row


def roots(row: dict[str, Any]) -> list[str]:
    return [fact["value"] for fact in json.loads(row["facts"]) if fact["name"] == FACT]


def file_of(opened: Workspace) -> ProjectFile:
    with open_reader(opened.index_path) as index:
        (file,) = index.project_files.of([w.SHEEP.code])
    return file


def archive_root(opened: Workspace) -> str:
    return evidence_root(file_of(opened).documents).printed


def compared(opened: Workspace) -> tuple[Outcome, list[str]]:
    """How the code on the paper stands to the archive: the outcome and the codes found."""
    (one,) = root(file_of(opened), Rules(opened.annex.items, opened.procedure), date(2026, 1, 31))
    return one.outcome, [found.code for found in one.findings]


def test_the_scan_is_filed_with_its_project_as_one_document_dated_by_the_last_signature(
    filed: Workspace,
) -> None:
    row = document(filed, "扫描0007.pdf")
    (other,) = (rule for rule in filed.annex.items if not rule.required)

    assert (row["status"], row["project"], row["item"]) == (Status.FILED, w.SHEEP.code, other.number), row
    assert row["title"].endswith(KIND)
    assert (row["first"], row["date"]) == (1, "2025-03-04")
    assert row["sealed"] == "yes" and len(json.loads(row["marks"])["seals"]) == len(BODIES)


def test_the_code_read_off_the_paper_is_that_of_the_archive_which_does_not_hold_the_form(
    filed: Workspace,
) -> None:
    assert roots(document(filed, "扫描0007.pdf")) == [archive_root(filed)]
    assert compared(filed) == (Outcome.PASSED, [])


def test_a_signed_form_is_no_draft_and_the_file_it_was_printed_from_is_one(filed: Workspace) -> None:
    assert "草稿" not in str(document(filed, "扫描0007.pdf")["reasons"])

    unsigned = document(filed, "没有签字的.docx")
    assert unsigned["status"] == Status.REVIEW
    assert "没有打印、签字、盖章" in str(unsigned["reasons"])


def test_another_paper_filed_afterwards_means_that_something_else_was_signed(
    filed: Workspace, tmp_path: Path
) -> None:
    opened = w.again(filed, tmp_path / "copy")
    w.pdf(w.item_folder(opened, w.SHEEP, 5) / "补充纪要.pdf", w.minutes(w.SHEEP, 6))
    w.ingest(opened)

    assert roots(document(opened, "扫描0007.pdf")) != [archive_root(opened)]
    assert compared(opened) == (Outcome.BREACHED, ["root-changed"])
