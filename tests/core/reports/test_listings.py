"""The list of what is missing (缺件清单): every state of an item has its mark, its word and its verdict."""

from __future__ import annotations

from archivist.core.catalogue.completeness import Completeness
from archivist.core.reports.listings import ItemName, ProjectLine, missing_sheet, missing_table

ITEMS = [ItemName(number, f"材料{number}", number != 6) for number in range(1, 7)]
LINE = ProjectLine("养殖场", "石坝镇", "青杠村", "区水利局")
MIXED = Completeness("甲", present=(1,), review=(2,), missing=(3,), waived=(4,), unqualified=(5,))
WHOLE = Completeness("乙", present=(1, 2, 3, 4, 5), review=(), missing=())
WAITS = Completeness("丙", present=(1, 2, 3, 4), review=(5,), missing=())
ALTERED = Completeness("丁", present=(1, 2, 3, 4), review=(), missing=(), unqualified=(5,))
ALL = [MIXED, WHOLE, WAITS, ALTERED]
ABOUT = {state.project: LINE for state in ALL}


def test_on_a_screen_each_item_has_one_mark() -> None:
    table = missing_table(ALL, ALL, ABOUT, ITEMS)

    assert table.columns == ("项目编号", "项目名称", "镇街", "村（社区）", "1  2  3  4  5  6")
    assert table.rows[0] == ("甲", "养殖场", "石坝镇", "青杠村", "√  确 缺 免 不 ／")


def test_the_day_of_deregistration_has_a_column_where_there_is_one() -> None:
    table = missing_table(ALL, [WHOLE], {**ABOUT, "乙": LINE._replace(deregistered="2025-01-01")}, ITEMS)

    assert table.columns[-1] == "销号"
    assert table.rows[0][-1] == "2025-01-01"


def test_in_a_spreadsheet_states_are_spelled_out_with_a_verdict_and_names() -> None:
    rows = missing_sheet(ALL, ALL, ABOUT, ITEMS).rows

    assert rows[0][6:12] == ("√", "待确认", "缺", "免交", "不合格", "／")
    assert [row[12] for row in rows] == ["缺1项", "齐全", "待确认", "不合格"]
    assert rows[0][13:15] == ("3 材料3", "2 材料2")
