"""What a paper may not say: agreed where the vote failed, another category than the register's, blanks in silence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.drafts.clean import OPEN
from archivist.core.drafts.context import Draft, build_context
from archivist.core.drafts.kinds import parse_kind
from archivist.core.drafts.voting import outcome
from archivist.core.project import Category, Project
from archivist.drafts import find_kind
from archivist.errors import BadInputError
from support.drafting import ANNEX, KINDS, PROJECT

RECORD = find_kind(KINDS, "village-record")
VOTES = ANNEX.item(4).evidence.votes
AGREED = {"会议决议": ["同意申报为淘汰类产业项目。"]}


def drafted(slug: str, data: Mapping[str, object], project: Project = PROJECT) -> Draft:
    return build_context(find_kind(KINDS, slug), project, None, data, date(2024, 12, 5), votes=VOTES)


def voted(due: int, there: int, yes: int, no: int, **more: Any) -> Draft:
    numbers = {"应到人数": due, "实到人数": there, "缺席人数": due - there}
    return drafted(
        "village-record", {**numbers, "同意人数": yes, "反对人数": no, "弃权人数": there - yes - no, **more}
    )


def test_a_vote_that_carries_says_so() -> None:
    assert voted(45, 39, 37, 1, **AGREED).values["表决结果"] == (
        "到会人数达到应到人数的三分之二，同意的超过到会人数的二分之一，表决通过。"
    )


def test_a_vote_of_four_to_ten_prints_that_it_failed() -> None:
    told = voted(20, 15, 4, 10, 会议决议=["不同意申报，另行研究。"]).values["表决结果"]

    assert told == "同意的没有超过到会人数的二分之一，表决未通过。"


def test_fifteen_of_thirty_six_decide_nothing_however_they_vote() -> None:
    assert "会议的决定不算数，表决未通过" in str(voted(36, 15, 15, 0).values["表决结果"])


@pytest.mark.parametrize(("due", "there", "yes", "no"), [(20, 15, 4, 10), (36, 15, 15, 0), (20, 14, 7, 7)])
def test_a_resolution_that_agrees_over_a_failed_vote_is_refused(
    due: int, there: int, yes: int, no: int
) -> None:
    with pytest.raises(BadInputError) as refused:
        voted(due, there, yes, no, **AGREED)

    assert "“会议决议”写着“同意申报为淘汰类产业项目。”，但" in refused.value.message
    assert "表决未通过。人数写错了的请改正；没有通过的，决议照实写" in refused.value.message


@pytest.mark.parametrize(
    "said",
    ["予以淘汰。", "该项目退出，资产拍卖。", "确认为淘汰类，报镇政府。", "按方案实施。", "就这么办。"],
)
def test_a_resolution_that_acts_in_other_words_over_a_failed_vote_is_refused(said: str) -> None:
    with pytest.raises(BadInputError, match="没有通过的，决议照实写"):
        voted(20, 15, 4, 10, 会议决议=[said])
    with pytest.raises(BadInputError, match="没有通过的，决议照实写"):
        voted(20, 15, 4, 10, 会议决议=["设备予以拍卖。", "表决未通过。"])


@pytest.mark.parametrize(
    "said",
    ["表决未通过。", "不同意淘汰，不予拍卖。", "资产处置另行研究。", "申报没有获得通过。", "暂缓申报。"],
)
def test_a_resolution_that_owns_that_the_vote_failed_is_printed(said: str) -> None:
    assert voted(20, 15, 4, 10, 会议决议=[said, "会后再做工作。"]).values["会议决议"][0] == said


@pytest.mark.parametrize(
    "said", [["不同意申报。"], ["表决未通过。"], ["同意申报。", "本议题未获通过。"], ["否决该方案。"]]
)
def test_a_resolution_that_denies_a_vote_that_carried_is_refused(said: list[str]) -> None:
    with pytest.raises(BadInputError, match="表决通过。人数写错了的请改正；通过了的，决议照实写"):
        voted(45, 39, 37, 1, 会议决议=said)


@pytest.mark.parametrize(
    "said",
    [
        ["同意37人，不同意1人，弃权1人，申报为淘汰类。"],
        ["1人不同意，少数服从多数。"],
        ["同意淘汰。", "不同意继续经营。"],
        ["该项目未通过验收，予以淘汰。"],
        ["没有不同意见，报镇政府。"],
    ],
)
def test_a_resolution_over_a_vote_that_carried_may_tell_who_was_against(said: list[str]) -> None:
    assert voted(45, 39, 37, 1, 会议决议=said).values["会议决议"] == said


def test_how_the_vote_went_is_counted_and_never_written_by_hand() -> None:
    with pytest.raises(BadInputError, match="“表决结果”由人数算出，不能另写"):
        voted(45, 39, 37, 1, 表决结果="一致通过")


def test_without_numbers_how_the_vote_went_is_left_open() -> None:
    made = drafted("village-record", {"应到人数": 45, **AGREED})

    assert made.values["表决结果"] == OPEN and "表决结果" in made.open


@given(due=st.integers(1, 400), there=st.integers(0, 400), yes=st.integers(0, 400))
def test_a_paper_says_carried_exactly_where_filed_records_pass_the_check(
    due: int, there: int, yes: int
) -> None:
    told = outcome(RECORD, {"应到人数": due, "实到人数": there, "同意人数": yes}, VOTES)

    assert told is not None
    assert told.endswith("表决通过。") == (there * 3 >= due * 2 and yes * 2 > there)


def test_a_kind_without_a_vote_tells_of_none() -> None:
    assert outcome(find_kind(KINDS, "township-minutes"), {"应到人数": 3}, VOTES) is None
    assert outcome(RECORD, {"应到人数": 3, "实到人数": 3, "同意人数": 3}, ()) is None


@pytest.mark.parametrize("slug", ["disposal-plan", "catalogue", "approval-form"])
def test_a_paper_of_the_winding_up_is_not_made_for_a_project_of_another_category(slug: str) -> None:
    with pytest.raises(BadInputError, match="只用于淘汰类项目；项目 DZ-2018-0017 在台账里是优势类，没有生成"):
        drafted(slug, {}, replace(PROJECT, category=Category.STRONG))


def test_a_project_whose_category_nobody_knows_gets_a_plan_that_leaves_it_open() -> None:
    made = drafted("disposal-plan", {}, replace(PROJECT, category=None))

    assert made.values["项目类别"] == OPEN and "项目类别" in made.open


def test_a_paper_never_carries_another_category_or_number_than_the_register() -> None:
    with pytest.raises(BadInputError) as refused:
        drafted("disposal-plan", {"项目类别": "薄弱类", "项目编号": "DZ-1"})

    assert "“项目类别”填的是“薄弱类”，台账里是“淘汰类”" in refused.value.message
    assert "“项目编号”填的是“DZ-1”" in refused.value.message
    assert drafted("disposal-plan", {"项目类别": "淘汰类"}).values["项目类别"] == "淘汰类"


@pytest.mark.parametrize(
    ("slug", "name", "written"),
    [
        ("township-minutes", "项目名称", "别的养殖场项目"),
        ("township-minutes", "投入帮扶资金", "86.51"),
        ("township-minutes", "镇街", "石马镇"),
        ("township-minutes", "村", "别的村"),
        ("township-minutes", "项目地点", "石马镇别的村"),
        ("township-minutes", "建设年度", "2019"),
        ("survey-form", "投入帮扶资金", 100),
    ],
)
def test_a_paper_never_says_otherwise_than_the_register(slug: str, name: str, written: object) -> None:
    with pytest.raises(BadInputError) as refused:
        drafted(slug, {name: written})

    assert f"填的是“{written}" in refused.value.message and "，台账里是“" in refused.value.message


@pytest.mark.parametrize(
    ("name", "written", "shown"),
    [
        ("投入帮扶资金", "86.5", "86.50"),
        ("投入帮扶资金", "86.500", "86.50"),
        ("建设年度", "2018年", "2018年"),
        ("项目地点", "大足区珠溪镇青杠岭村二组", "大足区珠溪镇青杠岭村二组"),
        ("项目名称", " 珠溪镇青杠岭村黑山羊标准化养殖场项目", PROJECT.name),
        ("主管部门", "重庆市大足区农业农村委员会", "重庆市大足区农业农村委员会"),
        ("经营主体", "岭上合作社", "岭上合作社"),
    ],
)
def test_what_the_register_says_may_be_written_again_and_bodies_by_other_names(
    name: str, written: str, shown: str
) -> None:
    assert drafted("township-minutes", {name: written}).values[name] == shown


def test_where_the_register_says_nothing_a_persons_word_stands() -> None:
    bare = replace(PROJECT, amount=None, year="", village="")
    made = drafted("township-minutes", {"投入帮扶资金": 12, "建设年度": "2020", "村": "甲村"}, bare)

    assert [made.values[name] for name in ("投入帮扶资金", "建设年度", "村")] == ["12.00", "2020", "甲村"]


@pytest.mark.parametrize(
    "typed", ["（三）关于资产", "三、关于资产", "3.关于资产", "关于资产", "(3) 关于资产"]
)
def test_what_was_decided_is_numbered_from_above_whatever_was_typed(typed: str) -> None:
    rows = [{"事项": "关于项目类别", "内容": "同意。"}, {"事项": typed, "内容": "同意。"}]
    made = drafted("township-minutes", {"议定事项": rows})

    assert [row["事项"] for row in made.values["议定事项"]] == ["（一）关于项目类别", "（二）关于资产"]


def test_an_amount_at_the_head_of_a_matter_is_no_number() -> None:
    made = drafted("township-minutes", {"议定事项": [{"事项": "3.84万元流转费的支付", "内容": "同意。"}]})

    assert made.values["议定事项"][0]["事项"] == "（一）3.84万元流转费的支付"


def test_attendance_that_nobody_told_is_left_open_and_none_is_told_by_an_empty_list() -> None:
    assert drafted("township-minutes", {}).values["请假"] == [OPEN]
    assert drafted("township-minutes", {"请假": []}).values["请假"] == []


@pytest.mark.parametrize("written", ["无", "[]", "［］", "空表", "无。", ["无"], ["[]"]])
def test_none_is_told_in_words_for_lists_and_tables(written: object) -> None:
    assert drafted("township-minutes", {"请假": written}).values["请假"] == []
    assert drafted("assessment-report", {"诉求清单": written}).values["诉求清单"] == []


def test_no_description_asks_anybody_to_type_brackets() -> None:
    fields = [one for kind in KINDS for field in kind.fields for one in (field, *field.columns)]

    assert not [one.title for one in fields if "[]" in one.description or "空表" in one.description]


def test_a_blank_in_a_table_is_told_by_its_row_and_column() -> None:
    made = drafted("disposal-plan", {"资产清单": [{"资产名称": "羊舍"}, {"资产名称": "池", "现状": "闲置"}]})

    assert "“资产清单”第1行的现状" in made.open
    assert "“资产清单”第1、2行的数量" in made.open
    assert "组织实施" in made.open
    assert "项目名称" not in made.open


def test_a_vote_that_names_no_field_of_its_kind_is_told_by_the_schema() -> None:
    problems: list[str] = []
    schema = {"title": "记录", "x-vote": {"due": "没有"}, "properties": {"甲": {"type": "string"}}}
    kind = parse_kind("x", schema, "x.schema.json", "x.docx", [1], problems)

    assert kind.vote is None
    assert "x-vote.due：应为已有的字段" in problems and len(problems) == 6
