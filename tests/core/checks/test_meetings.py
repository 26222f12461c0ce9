"""A meeting that another paper tells of was held on the day, and voted as, its own record says."""

from __future__ import annotations

import pytest

from archivist.core.checks.values import Outcome
from support.papers_together import checked, codes, paper

RECORD = "青杠村会议记录\n应到：45人 实到：39人\n表决情况：同意37人，反对1人，弃权1人。"


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("青杠村于2024年11月11日召开村民代表会议，会议应到45人、实到39人，同意37人，决议退出。", []),
        ("青杠村于2024年11月12日召开村民代表会议，决议退出。", ["meeting-date"]),
        ("青杠村于2024年11月11日召开村民代表会议，会议应到45人、实到41人，同意37人。", ["meeting-votes"]),
        ("青杠村于2018年3月11日召开村民代表会议，同意建设项目。", []),
        ("青杠村召开村民代表会议。", []),
    ],
)
def test_its_day_and_its_counts_are_held_against_the_record(told: str, found: list[str]) -> None:
    record, notice = paper(4, RECORD, "2024-11-11"), paper(8, f"公示\n{told}", "2024-11-12")
    result = checked("meeting-4", record, notice)

    assert codes(result) == found
    for finding in result.findings:
        assert (finding.document, finding.other_document) == (notice.id, record.id)
        assert finding.other_page == 1
        assert "不一致" in finding.message
    if found == ["meeting-votes"]:
        assert "应到：45人实到：39人" in (result.findings[0].other_quote or "")


def test_without_a_record_or_without_a_day_nothing_was_compared() -> None:
    notice = paper(8, "公示\n青杠村于2024年11月11日召开村民代表会议。", "2024-11-12")

    assert checked("meeting-4", notice).outcome is Outcome.NOT_NEEDED
    assert checked("meeting-4", paper(4, RECORD, None), notice).outcome is Outcome.NOT_NEEDED


def test_a_record_of_two_meetings_is_met_by_either_day() -> None:
    notice = paper(8, "公示\n青杠村于2024年11月20日召开村民代表会议。", "2024-11-22")
    records = paper(4, RECORD, "2024-11-11", 1), paper(4, RECORD, "2024-11-20", 2)

    assert checked("meeting-4", *records, notice).outcome is Outcome.PASSED
