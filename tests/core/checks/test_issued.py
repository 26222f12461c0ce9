"""Minutes were issued (印发): by a number, a seal, or the signature of who signed them off (签发)."""

from __future__ import annotations

from typing import Any

import pytest

from archivist.core.checks.values import Checked, Outcome, ProjectFile
from archivist.core.document import Holding
from archivist.core.model import Fact, Marks, Seen, Severity, SignaturePlace, TextSource
from support.checking import held, outcomes, project


def of(item: int, *documents: Holding) -> Checked:
    return outcomes(ProjectFile("A", "养殖场", "淘汰类", documents))[f"issued-{item}"]


def printed(item: int, sealed: Seen, **more: object) -> Holding:
    """Minutes on paper without seal and number."""
    paper: dict[str, Any] = {
        "sealed": sealed,
        "signed": Seen.UNKNOWN,
        "text_source": TextSource.OCR,
        "facts": (),
        **more,
    }
    return held(item, "2024-11-20", **paper)


SIGNED_OFF = Marks(signatures=(SignaturePlace(1, "签发", Seen.YES),))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"facts": (Fact("文号", "第19期", 1, "第19期"),)}, "文号 第19期"),
        ({"sealed": Seen.YES}, "盖有印章"),
        ({"marks": SIGNED_OFF}, "有签字（签发）"),
    ],
)
def test_any_of_number_seal_and_sign_off_shows_that_it_was_issued(more: dict[str, Any], told: str) -> None:
    found = of(5, printed(5, **{"sealed": Seen.NO, **more}))

    assert (found.outcome, found.told, found.findings) == (Outcome.PASSED, told, ())


@pytest.mark.parametrize(
    ("sealed", "code", "severity", "outcome"),
    [
        (Seen.NO, "unissued", Severity.ERROR, Outcome.BREACHED),
        (Seen.UNKNOWN, "issue-unclear", Severity.WARNING, Outcome.UNCLEAR),
    ],
)
def test_a_printout_without_any_is_a_draft_and_left_to_a_person_where_a_seal_may_be_hidden(
    sealed: Seen, code: str, severity: Severity, outcome: Outcome
) -> None:
    found = of(6, printed(6, sealed, marks=Marks(signatures=(SignaturePlace(1, "参会人员签字", Seen.YES),))))

    assert [(one.code, one.severity) for one in found.findings] == [(code, severity)]
    assert found.outcome is outcome


def test_a_villages_record_is_never_issued_and_without_papers_nothing_was_looked_at() -> None:
    assert "issued-4" not in outcomes(project([(4, "2024-11-01")]))
    assert of(5).outcome is Outcome.NOT_RUN
