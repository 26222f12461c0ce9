"""Dates on papers that are cut off, endless, or say a day that never was: undated rather than wrong."""

from __future__ import annotations

import pytest

from archivist.core.page import Line, Page
from archivist.core.paper.dating import document_date
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_annex

ANNEX = load_annex(data_folder("schemas"))


def iso(kind: str | None, *lines: str) -> str | None:
    page = Page(1, tuple(Line(text) for text in lines))
    rule = ANNEX.kind(kind) if kind else None
    when = document_date(rule, [page], ANNEX.dates).when
    return when.iso if when else None


@pytest.mark.parametrize(
    ("kind", "lines", "when"),
    [
        ("minutes", ("某镇人民政府会议纪要", "〔2023〕3号", "2月29日，镇长主持召开专题会议。"), None),
        ("assessment", ("核查评估报告", "根据《某某办法（2024年3月1日印发，核查如下。"), None),
        ("assessment", ("核查评估报告", "正文。", "某某公司", "年　月　日"), None),
        (None, ("某某材料", "正文。", "某某村民委员会", "2024年11月9日"), "2024-11-09"),
        (
            "minutes",
            ("会议纪要", "2024年11月9日，镇长主持召开会议。", "抄送：各村。", "2024年11月12日印发"),
            "2024-11-09",
        ),
    ],
)
def test_an_odd_paper_is_dated_by_its_own_date_or_by_none(
    kind: str | None, lines: tuple[str, ...], when: str | None
) -> None:
    assert iso(kind, *lines) == when


def test_a_paper_without_end_is_read_to_a_bound() -> None:
    assert iso("assessment", "核查评估报告", *["正文内容。"] * 20_000, "某某公司", "2024年11月9日") in {
        None,
        "2024-11-09",
    }
