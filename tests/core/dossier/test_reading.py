"""What is given for a dossier is taken whole or not at all, and all that is wrong is told at once, where it stands."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from archivist.core.dossier.reading import read
from archivist.core.dossier.values import EMPTY, Dossier, day, from_record, in_order, natural, number, plain
from support.dossiers import BOOK, CLAIM, DEBT, DOSSIERS, MEETING, SHED, dossier, given, taken


def test_cells_are_kept_in_one_plain_form_whatever_they_were_written_as() -> None:
    made = dossier(
        资产=[{"资产名称": " 圈\n舍 ", "原值（万元）": "６０.50", "数量": 600.0, "单位": "平方米"}],
        会议=[{**MEETING, "会议日期": "2024-11-05"}],
    )

    assert made.rows("资产") == (
        {"资产编号": "1", "资产名称": "圈舍", "单位": "平方米", "数量": "600", "原值": "60.5"},
    )
    assert made.first("会议")["会议日期"] == "2024年11月5日"


def test_a_section_without_rows_says_there_is_none_and_one_that_is_not_there_says_nothing() -> None:
    made = dossier(债权债务=[])

    assert made.tells("债权债务") and not made.tells("土地")
    assert made.rows("债权债务") == made.rows("土地") == ()
    assert made.first("土地") == {}
    assert BOOK.summary(made) == "债权债务 无"


def test_rows_without_a_number_get_the_next_one_and_stand_in_its_order() -> None:
    made = dossier(资产=[{**SHED, "资产编号": "10"}, {"资产名称": "水泵"}, {**SHED, "资产编号": "2"}])

    assert [row["资产编号"] for row in made.rows("资产")] == ["2", "10", "11"]


def test_sections_that_nobody_gives_stay_and_those_given_take_the_place_of_what_was() -> None:
    before = dossier(资产=[SHED], 债权债务=[DEBT, CLAIM], 土地=[])
    after = taken(before, 债权债务=[DEBT], 土地=None)

    assert after.problems == ()
    assert after.dossier.rows("资产") == before.rows("资产")
    assert len(after.dossier.rows("债权债务")) == 1
    assert not after.dossier.tells("土地")


def test_what_stays_must_go_with_what_comes() -> None:
    before = dossier(资产=[SHED], 处置结果=[{"资产编号": "1", "处置方式": "报废"}])
    after = taken(before, 资产=[])

    assert after.problems == (
        "“处置结果”编号 1“资产编号”：“资产”里没有这个资产编号：1（依据：软件约定：处置的是登记过的资产）",
    )


def test_all_that_is_wrong_is_told_at_once_by_section_row_and_field() -> None:
    wrong = given(
        资产=[
            {"资产名称": "长" * 300, "类别": "房子"},
            {"数量": float("nan")},
            {"资产名称": "泵", "原值": 10**20},
        ],
        会议=[{"层级": "村", "会议日期": "2024年2月31日"}, {**MEETING, "实到人数": 15}],
        债权债务=[{**DEBT, "价钱": 3}],
    ).problems

    for part in (
        "“资产”第1行“资产名称”有 300 个字，最多 100 个字",
        "“资产”第1行“类别”填的是“房子”，应为固定、生物、权益之一",
        "“资产”第2行缺少“资产名称”，应为资产名称",
        "“资产”第2行“数量”填的是“nan”，应为数量",
        "“资产”第3行“原值（万元）”填的是“100000000000000000000”，应为金额（万元），如 86.50",
        "“会议”第1行“层级”填的是“村”",
        "“会议”第1行“会议日期”填的是“2024年2月31日”，日历上没有这一天",
        "“会议”第2行“同意人数”：同意的比实到的多：同意人数 28，实到人数 15",
        "“债权债务”第1行没有“价钱”这一项",
    ):
        assert any(problem.startswith(part) for problem in wrong), part
    assert len(wrong) == len(set(wrong))


def test_too_many_rows_are_told_with_how_many_there_may_be() -> None:
    problems = given(评估=[{"评估单位": "甲"}, {"评估单位": "乙"}]).problems

    assert problems == ("“评估”有 2 行，最多 1 行",)


def test_no_asset_is_disposed_of_twice() -> None:
    out = [{"资产编号": "1", "处置方式": "报废"}, {"资产编号": "1", "处置方式": "拆除"}]

    assert given(资产=[SHED], 处置结果=out).problems == (
        "“处置结果”第2行“资产编号”：“1”在第1行已经写过，一项只登记一次",
    )


@pytest.mark.parametrize("value", [["甲"], {"a": 1}, ("x",)])
def test_a_cell_that_holds_several_things_is_refused(value: object) -> None:
    assert given(土地=[{"地块": value}]).problems == (
        "“土地”第1行“地块”应为一个值，现在是一组",
        "“土地”第1行缺少“地块”，应为地块的名称或位置",
    )


@pytest.mark.parametrize("value", ["3e5", "NaN", "Infinity", "-1", "1,000,x", "一百", True])
def test_what_is_no_number_is_no_number(value: object) -> None:
    assert [one for one in given(资产=[{**SHED, "原值": value}]).problems if "原值" in one]


def test_hostile_text_loses_what_no_document_may_carry_and_stays_text() -> None:
    made = dossier(土地=[{"地块": "\ud800=1+1\x00\u202e{{x}}", "用途": "<b>&"}])

    assert made.first("土地") == {"编号": "1", "地块": "=1+1{{x}}", "用途": "<b>&"}


@drawn(DOSSIERS)
def test_what_was_read_is_read_again_to_the_same(made: Dossier) -> None:
    again = read(BOOK, {name: [("行", row) for row in rows] for name, rows in made.sections.items()}, EMPTY)

    assert again.problems == ()
    assert again.dossier == made
    assert from_record(json.loads(json.dumps(made.record(), ensure_ascii=False))) == made
    assert BOOK.known(made) == made


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.just("\udfff" * 300),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
FIELDS = st.sampled_from([column.name for one in BOOK.kind.fields for column in one.columns])


@drawn(
    st.dictionaries(
        st.sampled_from([one.name for one in BOOK.sections]),
        st.lists(st.dictionaries(FIELDS, JSON, max_size=4), max_size=3),
    )
)
def test_nothing_that_is_given_makes_reading_fail_or_gets_through_as_it_should_not(
    sections: dict[str, list[dict[str, Any]]],
) -> None:
    done = given(**sections)

    assert all(char < "\ud800" or char > "\udfff" for problem in done.problems for char in problem)
    if not done.problems:
        assert read(BOOK, {}, done.dossier).problems == ()


def test_a_book_with_fewer_fields_passes_over_what_it_does_not_know() -> None:
    old = from_record({"资产": [{"资产编号": "1", "资产名称": "圈舍", "颜色": "红"}], "别的": []})

    assert BOOK.known(old).record() == {"资产": [{"资产编号": "1", "资产名称": "圈舍"}]}


def test_numbers_and_days_are_read_off_their_text() -> None:
    assert [number(one) for one in (None, "x", "", "1e5", "2.50")] == [None, None, None, None, number("2.5")]
    assert day("2024年2月30日") is None and day(None) is None and day("昨天") is None
    assert str(day("2024年2月29日")) == "2024-02-29"
    assert plain(number("100")) == "100"
    assert sorted(["资产10", "资产2", "资产"], key=natural) == ["资产", "资产2", "资产10"]
    assert in_order([{"k": "b"}, {"k": "a"}, {}], "k") == ({}, {"k": "a"}, {"k": "b"})
    assert BOOK.called("资产", {"资产编号": "1", "资产名称": "圈舍"}) == "1　圈舍"
    with pytest.raises(KeyError):
        BOOK.rule("没有")
