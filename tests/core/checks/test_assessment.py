"""An assessment tells what the plan asks for, and advises that the project goes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archivist.core.checks.values import Outcome
from archivist.core.model import Severity
from support.checking import RULES, TODAY, project
from support.papers_together import checked, codes, paper

WHOLE = """核查评估报告
二、发展停滞、失败淘汰的主要原因
2022年高温伏旱，菌种报废，公司撤离。
三、投入帮扶资金数额
项目累计投入帮扶资金18.30万元。
四、资产现状及确权情况
现有大棚12个，账面原值16.10万元，权属归青杠村集体，已完成确权登记。
五、债权债务纠纷情况
无债权债务纠纷。
六、利益相关方诉求
流转户41户要求收回土地。
七、处置建议
建议认定为淘汰类，有序退出。"""


def test_a_whole_assessment_that_advises_to_go_passes() -> None:
    assert checked("assessment-points", paper(2, WHOLE)).outcome is Outcome.PASSED
    assert checked("advice", paper(2, WHOLE)).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("2022年高温伏旱，菌种报废，公司撤离。", "主要原因"),
        ("项目累计投入帮扶资金18.30万元。", "投入帮扶资金数额"),
        ("无债权债务纠纷。", "债权债务纠纷"),
        ("流转户41户要求收回土地。", "利益相关方诉求"),
    ],
)
def test_what_is_missing_is_named_and_a_heading_alone_tells_nothing(line: str, name: str) -> None:
    (finding,) = checked("assessment-points", paper(2, WHOLE.replace(line, ""))).findings

    assert (finding.code, finding.severity, finding.item) == ("assessment-gaps", Severity.WARNING, 2)
    assert name in finding.message


def test_all_that_is_missing_is_one_finding_and_a_place_to_be_filled_in_is_missing() -> None:
    found = checked("assessment-points", paper(2, "核查评估报告\n六、利益相关方诉求\n【待填】"))

    assert codes(found) == ["assessment-gaps"]
    assert "利益相关方诉求、处置建议" in found.findings[0].message


def test_two_papers_of_an_assessment_tell_together() -> None:
    first, second = WHOLE.split("五、")

    assert (
        checked("assessment-points", paper(2, first), paper(2, f"评估报告\n五、{second}", number=9)).outcome
        is Outcome.PASSED
    )


@pytest.mark.parametrize("advice", ["不建议退出", "建议盘活利用", "建议继续实施"])
def test_an_assessment_that_advises_anything_else_stands_in_the_way(advice: str) -> None:
    report = paper(2, WHOLE.replace("建议认定为淘汰类，有序退出", advice))
    (finding,) = checked("advice", report).findings

    assert (finding.code, finding.severity, finding.document) == ("advice-against", Severity.ERROR, report.id)
    assert finding.quote is not None
    assert advice in finding.quote


def test_a_later_assessment_takes_the_advice_of_an_earlier_one_back() -> None:
    against = paper(2, WHOLE.replace("建议认定为淘汰类，有序退出", "不建议退出"), "2024-10-01", 1)

    assert checked("advice", against, paper(2, WHOLE, "2024-11-01", 2)).outcome is Outcome.PASSED
    assert codes(checked("advice", replace(against, date="2025-01-01"), paper(2, WHOLE))) == [
        "advice-against"
    ]


@pytest.mark.parametrize("advice", ["", "建议认定为淘汰类。但大棚不宜退出"])
def test_advice_that_nobody_can_tell_is_looked_at_by_a_person(advice: str) -> None:
    found = checked("advice", paper(2, WHOLE.replace("建议认定为淘汰类，有序退出", advice)))

    assert (found.outcome, codes(found)) == (Outcome.UNCLEAR, ["advice-unclear"])


def test_without_a_paper_nothing_was_compared() -> None:
    from archivist.core.checks.assessment import assessment

    assert checked("advice").outcome is Outcome.NOT_RUN
    waived = list(assessment(project([], {2}), RULES, TODAY))
    assert {one.outcome for one in waived} == {Outcome.NOT_NEEDED}
