"""What is read off a form, and how each mistake is told: by sheet, row and column."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from archivist.core.drafts.context import Unfit, build_context
from archivist.core.drafts.problems import Problem
from archivist.core.forms.cells import CellRow, CellSheet, Day, Figure, Unreadable, texts
from archivist.core.forms.reading import Filled, read_form
from support.drafting import PROJECT, TODAY
from support.forms import OTHER, heads, known_by_code, sheet, small_kind

KIND = small_kind()
KNOWN = known_by_code(KIND, PROJECT, OTHER)
HEADS, TABLE_HEADS = heads(KIND), heads(KIND, 1)
CODE, NAME = PROJECT.code, PROJECT.name
HINTS = ["填法", None, "镇街名称"]


def row(code: Any = CODE, name: Any = NAME, **cells: Any) -> list[Any]:
    return [code, name, *(cells.get(head) for head in HEADS[2:])]


def read(*rows: list[Any], table: list[list[Any]] | None = None, more: tuple[CellSheet, ...] = ()) -> Filled:
    sheets = [sheet("填写表", HEADS, HINTS, *rows)]
    if table is not None:
        sheets.append(sheet("清单-明细", TABLE_HEADS, HINTS, *table))
    return read_form(KIND, [*sheets, *more], KNOWN)


def told(found: Filled) -> list[str]:
    return [
        fault.told for fault in (*found.faults, *(one for entry in found.entries for one in entry.faults))
    ]


def test_what_somebody_wrote_is_read_and_what_the_register_says_is_left_to_it() -> None:
    (entry,) = read(
        row(镇街="珠溪镇", 事由="退出", 日期=Day("2024-12-01"), 议题="一、甲\n二、乙", 权属="村集体"),
        table=[[CODE, NAME, "羊舍", Figure("2.5")], [CODE, NAME], [CODE, NAME, "水池", 3]],
    ).entries

    assert entry.touched and entry.faults == []
    assert entry.values == {
        "日期": "2024年12月1日",
        "事由": "退出",
        "议题": ["一、甲", "二、乙"],
        "权属": "集体",
        "清单": [{"名称": "羊舍", "数量": Decimal("2.5")}, {"名称": "水池", "数量": Decimal(3)}],
    }


def test_a_row_nobody_wrote_in_is_nobodys_word() -> None:
    (entry,) = read(row(镇街="珠溪镇", 发文机关="珠溪镇人民政府"), table=[[CODE, NAME]]).entries

    assert not entry.touched and entry.values == {}


def test_another_issuer_than_the_settings_say_is_a_persons_word() -> None:
    (entry,) = read(row(发文机关="珠溪镇乡村振兴办")).entries

    assert entry.values == {"发文机关": "珠溪镇乡村振兴办"}


@pytest.mark.parametrize(
    "written", [45627, Figure("45627"), "45627", "2024-12-1", "2024年12月1日", Day("2024-12-01")]
)
def test_a_date_is_taken_however_the_sheet_holds_it(written: Any) -> None:
    (entry,) = read(row(日期=written)).entries

    assert entry.values == {"日期": "2024年12月1日"}


@pytest.mark.parametrize("written", [True, "12345678", 12, "二〇二四年"])
def test_what_is_no_date_stays_what_it_is_for_the_schema_to_refuse(written: Any) -> None:
    (entry,) = read(row(日期=written)).entries

    assert entry.values["日期"] not in ("", "2024年12月1日")


def test_a_table_may_say_that_there_is_none() -> None:
    (entry,) = read(row(事由="退出"), table=[[CODE, NAME, "无"]]).entries

    assert entry.values["清单"] == [] and entry.faults == []


@pytest.mark.parametrize("table", [[["无"], ["羊舍"]], [["羊舍"], ["无"]]])
def test_none_and_something_contradict_each_other(table: list[list[str]]) -> None:
    found = read(row(事由="退出"), table=[[CODE, NAME, *cells] for cells in table])

    assert told(found) == ["表“清单-明细”第7行：同一个项目又写了“无”，又写了别的，请删去一样"]


def test_a_row_without_a_number_belongs_to_the_only_project() -> None:
    (entry,) = read(row(事由="退出"), table=[[None, None, "羊舍"]]).entries

    assert entry.values["清单"] == [{"名称": "羊舍"}]


def test_of_several_projects_a_row_must_say_which() -> None:
    found = read(
        row(事由="甲"),
        row(OTHER.code, OTHER.name, 事由="乙"),
        row(None, None, 事由="丙"),
        row(None, None),
        table=[[None, None, "羊舍"], ["DZ-1", None, "水池"], [None, None, None]],
    )

    assert [entry.values["事由"] for entry in found.entries] == ["甲", "乙"]
    assert told(found) == [
        "表“填写表”第8行“项目编号”：没有写项目编号，不知道是哪个项目的",
        "表“清单-明细”第6行“项目编号”：没有写项目编号，不知道是哪个项目的",
        "表“清单-明细”第7行“项目编号”：项目“DZ-1”不在“填写表”里",
    ]


def test_projects_nobody_registered_and_those_written_twice_are_told() -> None:
    found = read(row("DZ-0000-0000", "无此项目", 事由="甲"), row(事由="乙"), row(事由="丙"))

    assert told(found) == [
        "表“填写表”第6行“项目编号”：台账里没有项目编号“DZ-0000-0000”，请核对编号",
        f"表“填写表”第8行“项目编号”：项目 {CODE} 在第7行已经有了，请合成一行",
    ]


def test_a_register_word_that_was_changed_and_a_name_beside_another_number_are_told() -> None:
    found = read(row(镇街="龙水镇"), row(OTHER.code, NAME), table=[[CODE, OTHER.name, "羊舍"]])

    assert told(found) == [
        "表“填写表”第6行“镇街”：填的是“龙水镇”，台账里是“珠溪镇”：台账对的，这一格留空就行；台账不对的，请先更正台账",
        f"表“清单-明细”第6行“项目名称”：写的是“{OTHER.name}”，台账里 {CODE} 是“{NAME}”，请核对这一行是哪个项目的",
        f"表“填写表”第7行“项目名称”：写的是“{NAME}”，台账里 {OTHER.code} 是“{OTHER.name}”，请核对这一行是哪个项目的",
    ]


def test_register_words_of_several_lines_are_told_in_one() -> None:
    known = {CODE: {**KNOWN[CODE], "原因": ["甲", "乙"]}}
    found = read_form(KIND, [sheet("填写表", HEADS, row(原因="甲"))], known)

    assert "填的是“甲”，台账里是“甲；乙”" in found.entries[0].faults[0].said


def test_cells_that_show_errors_are_told_with_their_place() -> None:
    found = read(
        row(事由=Unreadable("这一格是公式")), table=[[CODE, NAME, "羊舍", Unreadable("这一格显示的是错误")]]
    )

    assert told(found) == [
        "表“填写表”第6行“事由”：这一格是公式",
        "表“清单-明细”第6行“数量（台）”：这一格显示的是错误",
    ]


def test_headings_that_were_changed_doubled_or_lost_are_told() -> None:
    changed = sheet("填写表", [*HEADS, "备注", "日期○", None], row(事由="退出"))
    without = sheet("填写表", ["甲", "乙"])

    assert [fault.told for fault in read_form(KIND, [changed], KNOWN).faults] == [
        "表“填写表”第4行“备注”：表里没有这一列，表头不要改；要另外说的话请写在别的列里",
        "表“填写表”第4行“日期”：有两列同名，请只留一列",
    ]
    assert "没有表头" in read_form(KIND, [without], KNOWN).faults[0].told
    assert "没有这张工作表" in read_form(KIND, [], KNOWN).faults[0].told


def test_sheets_of_somebodys_own_are_told_unless_they_are_empty_or_hidden() -> None:
    mine, hidden = sheet("我的表", ["甲"]), sheet("选项", ["乙"], hidden=True)
    found = read(row(事由="退出"), more=(mine, hidden, sheet("Sheet2")))

    assert told(found) == ["表“我的表”：不是这张表里的工作表，里面填的没有用上；请填到原有的工作表里"]


def test_a_sheet_without_names_of_projects_is_read_all_the_same() -> None:
    found = read_form(KIND, [sheet("填写表", ["项目编号", "事由＊"], [CODE, "退出"])], KNOWN)

    assert found.entries[0].values == {"事由": "退出"}


def problems(found: Filled) -> list[str]:
    (entry,) = found.entries
    with pytest.raises(Unfit) as refused:
        build_context(KIND, PROJECT, None, entry.values, TODAY)
    return [fault.told for fault in entry.faults_of(refused.value.problems, KIND.fields)]


def test_what_the_schema_finds_is_told_by_sheet_row_and_column() -> None:
    found = read(
        row(事由="很长的事由" * 5, 权属="私人"),
        table=[[CODE, NAME, "羊舍", "两台"], [CODE, NAME, None, 3]],
    )

    assert problems(found) == [
        "表“填写表”第6行“事由”：有 25 个字，最多 20 个字",
        "表“填写表”第6行“权属”：填的是“私人”",
        "表“清单-明细”第6行“数量（台）”：填的是“两台”",
        "表“清单-明细”第7行“名称”：缺少“名称”",
    ]


def test_what_is_missing_and_stands_nowhere_is_told_at_the_projects_row() -> None:
    assert problems(read(row(日期="2024-12-1"))) == ["表“填写表”第6行“事由”：缺少“事由”，应为事由"]


def test_problems_of_no_field_and_of_a_line_have_a_place_too() -> None:
    (entry,) = read(row(事由="退出", 议题="甲\n乙")).entries
    said = [Problem((), "", "不合适"), Problem(("议题", 1), "", "太长"), Problem(("没有",), "", "不认得")]

    assert [fault.told for fault in entry.faults_of(said, KIND.fields)] == [
        "表“填写表”第6行：不合适",
        "表“填写表”第6行“议题”：太长",
        "表“填写表”第6行：不认得",
    ]


def test_cells_mean_what_they_hold() -> None:
    cells = CellRow(1, ("甲", 3, Figure("2.50"), Day("2024-12-01"), None, Unreadable("公式")))

    assert [cells.value(at) for at in range(5)] == ["甲", 3, Decimal("2.50"), date(2024, 12, 1), None]
    assert [cells.text(at) for at in range(7)] == ["甲", "3", "2.50", "2024-12-01", "", "", ""]
    assert list(texts([CellSheet("一", (cells,) * 3)], 2)) == ["甲", "甲"]
