"""Cells and rows of a register that lean on others: 同上, values written once, totals, headings of groups."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.project import Project
from archivist.core.register import Row, Sheet, SheetReading, find_header, read_rows
from archivist.core.register.ditto import Leaning, leaning
from archivist.ledger import load_register_rules
from support.places import SCHEMAS

RULES = load_register_rules(SCHEMAS)
HEAD = ["项目编号", "项目名称", "镇街", "村（社区）", "主管部门", "经营主体", "投入帮扶资金（万元）"]
GOAT = ["a1", "小滩村黑山羊养殖项目", "珠溪镇", "小滩村", "区农业农村委", "岭上合作社", "86.5"]
FIELDS: tuple[Callable[[Project], object], ...] = (
    lambda one: one.township,
    lambda one: one.village,
    lambda one: one.department,
    lambda one: one.operator,
    lambda one: one.amount,
)


def read(*rows: list[str], head: list[str] = HEAD, **more: object) -> SheetReading:
    cells = [head, *rows]
    table = Sheet("", tuple(Row(i, tuple(row)) for i, row in enumerate(cells, 1) if any(row)), **more)  # type: ignore[arg-type]
    header = find_header(table, RULES)
    assert header is not None
    return read_rows(table, header, RULES)


def projects(reading: SheetReading) -> list[Project]:
    assert reading.problems == ()
    return [placed.project for placed in reading.projects]


def told(reading: SheetReading) -> str:
    return "\n".join(f"{note.row}：{note.text}" for note in reading.notes)


# Dittos


MARKS = (
    "〃",
    "″",
    '"',
    "”",
    "''",
    "〃〃",
    "— 〃 —",
    "(〃)",
    "々",
    "仝",
    "〞",
    "″ ″",
    "↑",
    "同上",
    "同 上",
    "（同上）",
    "同上。",
)
WORDS = ("同前", "同上行", "同上项目", "与上相同", "Ditto", "do.", "ＤＯ")


@pytest.mark.parametrize("mark", [*MARKS, *WORDS])
def test_a_ditto_is_the_cell_above_however_it_is_written(mark: str) -> None:
    assert leaning(mark, RULES.dittos) is Leaning.ABOVE
    first, second = projects(read(GOAT, ["a2", "饲草基地项目", mark, mark, mark, mark, mark]))

    assert [field(second) for field in FIELDS] == [field(first) for field in FIELDS]
    assert first.amount == Decimal(865_000)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "——",
        "/",
        "无",
        "大同上村",
        "同心村",
        "上同村合作社",
        "do村",
        "一、二",
        "同前村",
        "5″管道项目",
        "“两山”公司",
    ],
)
def test_what_says_something_of_its_own_is_no_ditto(text: str) -> None:
    assert leaning(text, RULES.dittos) is Leaning.NOT


@pytest.mark.parametrize(
    "text", ["同左", "同上，另有3户", "债务情况同上", "同下", "〃（3组）", "同上（另见附表）", "见上"]
)
def test_what_points_elsewhere_or_says_more_is_refused(text: str) -> None:
    reading = read(GOAT, ["a2", "饲草基地项目", "珠溪镇", "小滩村", "区农业农村委", text, "3"])

    assert [(one.row, one.column, one.value) for one in reading.problems] == [(3, "经营主体", text)]


def test_dittos_one_below_the_other_go_back_to_what_was_written() -> None:
    rows = [[f"a{at}", f"项目之{at}", "〃", "同上", "″", "", "1"] for at in range(2, 6)]
    reading = read(GOAT, *rows)

    assert {(one.township, one.village, one.department) for one in projects(reading)} == {
        ("珠溪镇", "小滩村", "区农业农村委")
    }
    assert reading.dittos == 12


def test_a_ditto_below_a_merged_cell_is_that_cells_content_and_a_merged_ditto_counts_for_its_rows() -> None:
    rows = [
        GOAT,
        ["a2", "二号项目", "", "", "", "", "1"],
        ["a3", "三号项目", "〃", "", "", "", "1"],
        ["a4", "四号项目"],
    ]
    reading = read(*rows, merged={(3, 2): (2, 2), (5, 2): (4, 2)})

    assert [one.township for one in projects(reading)] == ["珠溪镇"] * 4


def test_a_number_is_never_taken_from_above() -> None:
    problems = read(GOAT, ["〃", "饲草基地项目", "〃", "〃", "〃", "", "1"]).problems

    assert [(one.row, one.column, one.value) for one in problems] == [(3, "项目编号", "〃")]
    assert "每个项目都不相同" in problems[0].expected


def test_a_ditto_with_nothing_above_is_refused_with_row_and_column() -> None:
    first = read(["a1", "小滩村黑山羊养殖项目", "〃", "小滩村", "同上", "", "1"]).problems
    blank = read([*GOAT[:5], "", "1"], ["a2", "饲草基地项目", "〃", "〃", "〃", "〃", "1"]).problems

    assert [(one.row, one.column) for one in first] == [(2, "镇街"), (2, "主管部门")]
    assert [(one.row, one.column) for one in blank] == [(3, "经营主体")]
    assert "第 2 行没有写明" in blank[0].expected


def test_a_ditto_below_totals_or_a_heading_is_refused_and_below_a_pages_end_it_is_not() -> None:
    ditto = ["a2", "饲草基地项目", "〃", "小滩村", "区农业农村委", "", "1"]
    for between in (["", "珠溪镇小计", "", "", "", "", "86.5"], ["二、中敖镇"]):
        assert [(one.row, one.column) for one in read(GOAT, between, ditto).problems] == [(4, "镇街")]
    for between in (["", "本页合计", "", "", "", "", "86.5"], HEAD):
        assert projects(read(GOAT, between, ditto))[1].township == "珠溪镇"


def test_a_ditto_that_the_projects_name_speaks_against_is_refused() -> None:
    lemon = ["a2", "中敖镇青杠坪村柠檬项目", "〃", "〃", "〃", "", "1"]
    third = ["a3", "青杠坪村花椒项目", "珠溪镇", "青杠坪村", "区农业农村委", "", "1"]
    problems = read(GOAT, lemon, third).problems

    assert [(one.row, one.column) for one in problems] == [(3, "镇街"), (3, "村（社区）")]
    assert "项目名称写的是“青杠坪村”" in problems[1].expected


def test_a_ticked_category_is_taken_from_above_too() -> None:
    head = ["项目编号", "项目名称", "优势类", "淘汰类"]
    first, second = projects(read(["a1", "甲项目", "否", "是"], ["a2", "乙项目", "〃", "〃"], head=head))

    assert first.category == second.category == "淘汰类"


VALUES = st.sampled_from(["珠溪镇", "中敖镇", "龙水镇"])
LINES = st.lists(
    st.tuples(VALUES, st.sampled_from(["红岩村", "白沙村"]), st.sampled_from(["区林业局", "区水利局"])),
    min_size=1,
    max_size=8,
)


@given(LINES, st.sampled_from(["〃", "同上", '"', "″", "ditto"]))
def test_writing_dittos_for_what_stands_above_changes_no_project(
    lines: list[tuple[str, str, str]], mark: str
) -> None:
    whole = [[f"b{at}", f"项目之{at}", *line, "", "1"] for at, line in enumerate(lines)]
    short = [list(row) for row in whole]
    for at in range(1, len(whole)):
        for column in (2, 3, 4):
            if whole[at][column] == whole[at - 1][column]:
                short[at][column] = mark

    assert projects(read(*short)) == projects(read(*whole))


# Values written once


def once(*places: tuple[str, str, str], names: dict[int, str] | None = None) -> SheetReading:
    named = names or {}
    return read(
        *([f"c{at}", named.get(at, f"项目之{at}"), *place, "某社", "1"] for at, place in enumerate(places, 1))
    )


def test_values_plainly_written_once_are_filled_down_and_told() -> None:
    reading = once(
        ("珠溪镇", "红岩村", "区林业局"),
        ("", "", ""),
        ("", "白沙村", ""),
        ("", "", ""),
        ("中敖镇", "石梁村", "区水利局"),
        ("", "", ""),
    )
    found = [(one.township, one.village, one.department) for one in projects(reading)]

    assert found[1] == found[0] == ("珠溪镇", "红岩村", "区林业局")
    assert found[3] == found[2] == ("珠溪镇", "白沙村", "区林业局")
    assert found[5] == ("中敖镇", "石梁村", "区水利局")
    assert "7：“主管部门”空着，这一列每个内容只写一次，按上面最近一次写的登记" in told(reading)


def test_a_village_left_empty_is_filled_in_where_the_names_say_it() -> None:
    reading = once(
        ("珠溪镇", "红岩村", "区林业局"),
        ("珠溪镇", "", ""),
        names={1: "红岩村油茶项目", 2: "珠溪镇红岩村花椒项目"},
    )

    assert [(one.village, one.department) for one in projects(reading)] == [("红岩村", "区林业局")] * 2


@pytest.mark.parametrize(
    "places",
    [
        [("珠溪镇", "红岩村", "区林业局"), ("珠溪镇", "", "")],
        [("珠溪镇", "红岩村", "区林业局"), ("珠溪镇", "红岩村", "区林业局"), ("珠溪镇", "", "")],
        [("珠溪镇", "红岩村", "区林业局"), ("珠溪镇", "〃", "〃"), ("珠溪镇", "", "")],
    ],
    ids=["one value", "written out", "dittos"],
)
def test_what_may_as_well_be_nothing_stays_empty_and_is_asked_about(
    places: list[tuple[str, str, str]],
) -> None:
    reading = once(*places)
    last = projects(reading)[-1]

    assert (last.village, last.department) == ("", "")
    for column in ("村（社区）", "主管部门"):
        assert f"{len(places) + 1}：“{column}”空着，没有照上面的填" in told(reading)


def test_a_value_is_not_filled_into_another_township_nor_against_a_name_nor_over_a_sign_for_nothing() -> None:
    reading = once(
        ("珠溪镇", "红岩村", "区林业局"),
        ("", "", ""),
        ("中敖镇", "", "区水利局"),
        ("龙水镇", "白沙村", "区民政局"),
        ("", "", ""),
        ("", "/", "/"),
        names={5: "红岩村花椒项目"},
    )
    found = [(one.village, one.department) for one in projects(reading)]

    assert found[1] == ("红岩村", "区林业局")
    assert [village for village, _ in found[2:]] == ["", "白沙村", "", ""]
    assert found[5][1] == ""
    assert "4：“村（社区）”空着，没有照上面的填" in told(reading)
    assert "6：“村（社区）”空着，没有照上面的填" in told(reading)
    assert "7：“村（社区）”" not in told(reading)


def test_an_operator_is_never_filled_in_by_guess() -> None:
    rows = [[*GOAT[:5], operator, "1"] for operator in ("甲社", "", "乙社", "")]
    reading = read(*([f"d{at}", *row[1:]] for at, row in enumerate(rows)))

    assert [one.operator for one in projects(reading)] == ["甲社", "", "乙社", ""]
    assert "3：“经营主体”空着，没有照上面的填" in told(reading)


# Totals and headings


@pytest.mark.parametrize(
    "row",
    [
        ["", "珠溪镇小计", "", "", "", "", "86.5"],
        ["珠溪镇小计", "", "", "", "", "", "86.5"],
        ["", "", "珠溪镇小计", "", "", "", "86.5"],
        ["", "珠溪镇 小 计（3个）", "", "", "", "", "86.5"],
        ["", "", "", "本页合计", "", "", "86.5"],
        ["小计：3个", "", "", "", "", "", "86.5"],
        ["", "全区合计3个项目", "", "", "", "", ""],
        ["3", "珠溪镇合计", "", "", "", "", "86.5"],
        ["总  计", "3个", "2个镇", "3个村", "", "", "86.5"],
        ["", "", "", "", "区农业农村委小计", "", "86.5"],
        ["Total", "", "", "", "", "", "86.5"],
    ],
)
def test_totals_anywhere_in_a_row_are_skipped_and_told(row: list[str]) -> None:
    reading = read(GOAT, row, ["a2", *GOAT[1:]])

    assert [one.code for one in projects(reading)] == ["a1", "a2"]
    assert "3：是小计、合计，不是项目，已跳过" in told(reading)


def test_a_project_with_a_number_and_a_name_is_none_of_the_totals() -> None:
    reading = read(
        GOAT,
        ["a2", "会计服务用房项目", "珠溪镇", "小滩村", "", "", "3"],
        ["", "合计养殖场", "", "", "", "", "1"],
    )

    assert [one.code for one in (placed.project for placed in reading.projects)] == ["a1", "a2"]
    assert [(one.row, one.column) for one in reading.problems] == [(4, "项目编号")]


@pytest.mark.parametrize(
    "heading",
    [
        ["一、珠溪镇"],
        ["", "一、珠溪镇", "", "", "", "", ""],
        ["（一）珠溪镇（2个）", "", "", "", "", "", "90"],
        ["", "一、珠溪镇", "", "", "", "", "90"],
    ],
)
def test_a_groups_heading_is_no_project_and_gives_its_township_to_rows_that_lack_one(
    heading: list[str],
) -> None:
    rows = [
        ["e1", "一号项目", "", "小滩村", "", "", "1"],
        ["e2", "二号项目", "中敖镇", "石梁村", "", "", "1"],
    ]
    reading = read(heading, *rows, ["二、区属项目"], ["e3", "三号项目", "", "", "", "", "1"])

    assert [one.township for one in projects(reading)] == ["珠溪镇", "中敖镇", ""]
    assert "按上面的标题" in told(reading)
