"""Items that are missing, wait, or cannot be counted on."""

from __future__ import annotations

from dataclasses import replace

from archivist.core.checks import findings_of
from archivist.core.checks.values import ProjectFile
from archivist.core.model import Severity, Status
from support.catalogue import ITEMS
from support.checking import RULES, TODAY, held


def test_missing_altered_and_waiting_items_are_errors_with_their_clause() -> None:
    filed = (
        held(1, "2024-10-01", 1, wrong="gone"),
        held(2, None, 3, wrong="altered"),
        held(3, "2024-10-01", 2),
    )
    file = ProjectFile("A", "x", "淘汰类", filed, waiting=(replace(held(4, None, 9), status=Status.REVIEW),))
    found = {(one.item, one.code): one for one in findings_of(file, RULES, TODAY)}

    assert set(found) >= {(1, "gone"), (2, "altered"), (4, "review"), (7, "missing")}
    assert (3, "missing") not in found
    assert not any((rule.number, "missing") in found for rule in ITEMS if not rule.required)
    for (item, code), one in found.items():
        if code in {"altered", "gone", "missing", "review"}:
            assert one.severity is Severity.ERROR
            assert one.clause == RULES.item(item).clause
