"""Another village's record, another township's minutes are no evidence of this project."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archivist.core.checks.values import Outcome
from archivist.core.model import Candidate, Evidence, Severity
from archivist.core.words.evidence import BY_CODE
from support.papers_together import REGISTER, checked, codes, paper

CODE = Candidate("A", 2, 0.9, (Evidence(1, "A", BY_CODE),))


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


SURVEY = "大足区石坝镇经营性帮扶产业项目摸底调查表"


@pytest.mark.parametrize(
    ("item", "text", "found"),
    [
        (1, f"{SURVEY}\n项目名称 石坝镇桐子垭村养猪场", ["other-place-unclear"]),
        (1, "经营性帮扶产业项目摸底调查表\n项目名称 柏杨镇养猪场", ["other-place-unclear"]),
        (1, f"{SURVEY}\n项目名称 石坝镇青杠村养猪场", []),
        (1, SURVEY, []),
        (2, "石坝镇桐子垭村养猪场核查评估报告", ["other-place-unclear"]),
        (3, "合作协议书\n甲方：桐子垭村村民委员会", ["other-place-unclear"]),
        (3, "合作协议书\n甲方：青杠村村民委员会\n乙方：白沙村股份经济合作社", []),
        (8, "石坝镇桐子垭村养猪场情况说明", []),
    ],
)
def test_a_form_a_report_and_a_contract_that_tell_of_another_village_are_left_to_a_person(
    item: int, text: str, found: list[str]
) -> None:
    one = checked("place", paper(item, text, candidates=()))

    assert codes(one) == found
    assert all(finding.severity is Severity.WARNING for finding in one.findings)
    assert (one.outcome is Outcome.UNCLEAR) == bool(found)


def test_what_names_the_project_is_of_its_place_though_another_is_told_of() -> None:
    report = paper(2, "石坝镇桐子垭村核查评估报告", candidates=(CODE,))

    assert codes(checked("place", report)) == []


def test_a_village_in_the_projects_own_name_is_its_own() -> None:
    merged = replace(REGISTER, village="新合村")

    assert codes(checked("place", paper(4, "青杠村会议记录"), register=merged)) == []


def test_the_folders_are_told_the_page_the_words_and_what_to_drag() -> None:
    (finding,) = checked("place", paper(4, "石坝镇柏杨湾村会议记录")).findings

    assert "第1页“石坝镇柏杨湾村会议记录”" in finding.told
    assert "拖到它自己的项目文件夹里" in finding.told
    assert "改归到它的项目" in finding.message
