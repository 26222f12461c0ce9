"""The list of what is missing (缺件清单): every state of an item has its mark, its word and its verdict."""

from __future__ import annotations

from archivist.core.catalogue.completeness import OVERRIDDEN, Completeness, ItemStanding, ItemState
from archivist.core.catalogue.tally import outline, tally
from archivist.core.reports.listings import ItemName, ProjectLine, missing_sheet, missing_table

ITEMS = [ItemName(number, f"材料{number}", number != 6) for number in range(1, 7)]
LINE = ProjectLine("养殖场", "石坝镇", "青杠村", "区水利局")


def project(code: str, *states: ItemState, reasons: tuple[str, ...] = ()) -> Completeness:
    """A project whose items are in these states; those that are wrong or to be looked at for these reasons."""
    looked = {ItemState.UNQUALIFIED, ItemState.CHECK}
    return Completeness(
        code,
        tuple(
            ItemStanding(item.number, state, reasons if state in looked else (), item.required)
            for item, state in zip(ITEMS, states, strict=True)
        ),
    )


PRESENT, OPTIONAL = ItemState.PRESENT, ItemState.OPTIONAL
MIXED = project(
    "甲",
    PRESENT,
    ItemState.REVIEW,
    ItemState.MISSING,
    ItemState.WAIVED,
    ItemState.UNQUALIFIED,
    OPTIONAL,
    reasons=("未通过", "草稿"),
)
WHOLE = project("乙", *[PRESENT] * 5, OPTIONAL)
WAITS = project("丙", *[PRESENT] * 4, ItemState.REVIEW, OPTIONAL)
ALTERED = project("丁", *[PRESENT] * 4, ItemState.UNQUALIFIED, OPTIONAL, reasons=("被改动",))
CHECKED = project("戊", *[PRESENT] * 4, ItemState.CHECK, ItemState.CHECK, reasons=("未签字",))
ALL = [MIXED, WHOLE, WAITS, ALTERED, CHECKED]
SUMS = tally((outline(one, one is WHOLE), 1) for one in ALL)
ABOUT = {state.project: LINE for state in ALL}


def test_on_a_screen_each_item_has_one_mark() -> None:
    table = missing_table(SUMS, ALL, ABOUT, ITEMS)

    assert table.columns == ("项目编号", "项目名称", "镇街", "村（社区）", "1  2  3  4  5  6")
    assert table.rows[0] == ("甲", "养殖场", "石坝镇", "青杠村", "√  确 缺 免 不 ／")


def test_what_was_overridden_is_marked_in_its_item_and_counted() -> None:
    first, *rest = WHOLE.items
    wrong = ItemStanding(5, ItemState.UNQUALIFIED, ("草稿", OVERRIDDEN))
    over = [
        Completeness(code, (first._replace(reasons=(OVERRIDDEN,)), *rest[:3], last, rest[4]))
        for code, last in (("己", rest[3]), ("庚", wrong), ("辛", rest[3]), ("壬", rest[3]), ("癸", rest[3]))
    ]
    sums = tally((outline(one, False), 1) for one in over)
    about = {state.project: LINE for state in over}
    screen, sheet = (make(sums, over, about, ITEMS) for make in (missing_table, missing_sheet))
    few = missing_table(sums, over[:1], about, ITEMS)

    assert [row[4] for row in screen.rows[:2]] == ["定 √  √  √  √  ／", "定 √  √  √  不 ／"]
    assert "：己 第1项，庚 第1、5项，辛 第1项，壬 第1项等 5 个项目" in "".join(screen.notes)
    assert "：己 第1项" in "".join(few.notes) and "等" not in few.notes[-1].rpartition("：")[2]
    assert "定" not in "".join(missing_table(SUMS, ALL, ABOUT, ITEMS).notes).replace("确认", "")
    assert sheet.rows[1][6:11] == ("√（负责人核定）", "√", "√", "√", "不合格（负责人核定）")
    assert "，有负责人核定的 5 个。" in sheet.summary
    assert "草稿 1）" in sheet.summary


def test_the_day_of_deregistration_has_a_column_where_there_is_one() -> None:
    table = missing_table(SUMS, [WHOLE], {**ABOUT, "乙": LINE._replace(deregistered="2025-01-01")}, ITEMS)

    assert table.columns[-1] == "销号"
    assert table.rows[0][-1] == "2025-01-01"


def test_in_a_spreadsheet_states_are_spelled_out_with_a_verdict_and_names() -> None:
    rows = missing_sheet(SUMS, ALL, ABOUT, ITEMS).rows

    assert rows[0][6:12] == ("√", "待确认", "缺", "免交", "不合格", "／")
    assert [row[12] for row in rows] == ["缺1项", "齐全", "待确认", "不合格", "待核"]
    assert rows[0][13:17] == ("3 材料3", "2 材料2", "5 材料5（未通过、草稿）", "")
    assert rows[4][15:17] == ("", "5 材料5（未签字）；6 材料6（未签字）")


def test_the_summary_counts_projects_and_why_they_are_not_complete() -> None:
    summary = missing_table(SUMS, ALL, ABOUT, ITEMS).summary

    assert summary.startswith(
        "共 5 个项目：材料齐全 1 个，缺件 1 个，有材料待确认 2 个，"
        "不合格 2 个（未通过 1，草稿 1，被改动 1），待核 1 个（未签字 1），已销号 1 个。"
    )


def test_of_many_reasons_the_most_frequent_are_named() -> None:
    reasons = ("未盖章", "未签字", "草稿", "缺页", "未通过")
    many = tally([(outline(project("甲", *[ItemState.CHECK] * 6, reasons=reasons), False), 2)])

    assert "待核 2 个（未盖章 2，未签字 2，未通过 2，缺页 2等）" in missing_table(many, [], {}, ITEMS).summary


def test_an_optional_item_that_must_be_looked_at_does_not_make_a_project_incomplete() -> None:
    aside = project("己", *[PRESENT] * 5, ItemState.CHECK)

    assert aside.complete
    assert [row[12] for row in missing_sheet(SUMS, [aside], {"己": LINE}, ITEMS).rows] == ["齐全"]
    assert missing_table(SUMS, [aside], {"己": LINE}, ITEMS).rows[0][4].endswith("核")  # type: ignore[union-attr]
