"""Another village's record, another township's minutes are no evidence of this project."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archivist.core.checks.values import Outcome
from archivist.core.model import Severity
from support.papers_together import REGISTER, checked, codes, paper


def test_another_villages_record_stands_in_the_way() -> None:
    record = paper(4, "石坝镇柏杨湾村会议记录\n时间：2024年11月5日")
    (finding,) = checked("place", record).findings

    assert (finding.code, finding.severity, finding.item) == ("other-place", Severity.ERROR, 4)
    assert (finding.document, finding.quote) == (record.id, "石坝镇柏杨湾村会议记录")
    assert "柏杨湾" in finding.message
    assert "青杠村" in finding.message


@pytest.mark.parametrize(
    ("item", "title", "found"),
    [
        (4, "青杠村会议记录", []),
        (4, "青杠村民委员会会议记录", []),
        (4, "大足区石坝镇青杠村村民代表会议记录", []),
        (4, "柏杨镇青杠村会议记录", ["other-place"]),
        (4, "全体村民会议记录", []),
        (5, "石坝镇人民政府专题会议纪要", []),
        (5, "柏杨镇人民政府专题会议纪要", ["other-place"]),
        (1, "大足区柏杨镇经营性帮扶产业项目摸底调查表", ["other-place"]),
        (6, "区农业农村委会议纪要（柏杨镇）", []),
        (6, "大足区农业农村委员会专题会议纪要", []),
        (6, "荣昌区农业农村委员会专题会议纪要", ["other-place"]),
        (7, "大足区人民政府专题会议纪要", []),
        (7, "区人民政府专题会会议纪要", []),
        (7, "重庆市荣昌区人民政府专题会议纪要", ["other-place"]),
    ],
)
def test_a_title_tells_whose_a_paper_is(item: int, title: str, found: list[str]) -> None:
    assert codes(checked("place", paper(item, title))) == found


def test_the_body_that_made_it_counts_as_its_title_does() -> None:
    assert codes(checked("place", paper(4, "会议记录", issuer="石坝镇柏杨村民委员会"))) == ["other-place"]
    assert codes(checked("place", paper(4, "会议记录", responsible="石坝镇青杠村村民委员会"))) == []


def test_a_record_that_names_no_village_is_told_by_where_it_was_held() -> None:
    assert codes(checked("place", paper(4, "会议记录\n地点：柏杨村委会会议室"))) == ["other-place"]
    assert checked("place", paper(4, "会议记录\n地点：青杠村委会会议室")).outcome is Outcome.PASSED
    assert checked("place", paper(4, "会议记录")).outcome is Outcome.NOT_NEEDED


def test_where_the_register_names_no_place_nothing_is_compared() -> None:
    record = paper(4, "柏杨湾村会议记录")

    assert checked("place", record, register=None).outcome is Outcome.NOT_NEEDED
    assert checked("place", record, register=replace(REGISTER, village="")).outcome is Outcome.NOT_NEEDED


def test_what_a_reader_of_scans_confuses_is_the_same_village() -> None:
    assert (
        codes(checked("place", paper(4, "柳桥村会议记录"), register=replace(REGISTER, village="抑侨村")))
        == []
    )
