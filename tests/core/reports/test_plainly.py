"""Every section says the same as a plain table."""

from __future__ import annotations

from archivist.core.reports.plainly import as_listing, main_listing
from archivist.core.reports.report import (
    Facts,
    Figure,
    Gallery,
    Grid,
    GridCell,
    GridRow,
    Listing,
    Report,
    Section,
    Trend,
    Words,
)
from archivist.core.reports.table import Table

GRID = Grid(
    "图",
    ("镇街", "1 调查表", "齐全"),
    (GridRow("甲镇", (GridCell(2, 3), GridCell(1, 3))), GridRow("空镇", ())),
    "注",
)
LISTING = Listing("清单", Table("清单", ("项目编号",), (("A",),)))


def report(*sections: Section) -> Report:
    return Report("x", "题", "", "2025-01-01", "据", (), sections, list)


def test_a_heat_map_is_a_table_with_numbers_that_add_up() -> None:
    listing = as_listing(GRID)

    assert listing.table.columns == ("镇街", "项目数", "1 调查表", "齐全", "比例")
    assert listing.table.rows == (("甲镇", 3, 2, 1, "33%"), ("空镇", 0, "—"))
    assert listing.totals == {"项目数", "1 调查表", "齐全"}
    assert listing.table.notes == ("注",)


def test_months_facts_words_and_pictures_are_tables() -> None:
    figure = Figure(b"", "image/png", 1, 1, "一页纪要", "第5项", (("印章", "有"),))

    assert as_listing(Trend("月", (("1月", 2),))).table.rows == (("1月", 2),)
    assert as_listing(Trend("月", ())).table.notes == ()
    assert as_listing(Facts("事", (("名", "值"),))).table.rows == (("名", "值"),)
    assert as_listing(Words("话", ("一句",))).table.rows == (("一句",),)
    assert as_listing(Gallery("图", [figure])).table.rows == (("第5项", "印章", "有"),)


def test_a_list_is_itself_and_its_rows_come_as_often_as_they_are_asked_for() -> None:
    streamed = Listing("长", Table("长", ("甲",), ()), lambda: iter([("一",), ("二",)]))

    assert as_listing(LISTING) is LISTING
    assert list(LISTING.rows()) == [("A",)]
    assert list(streamed.rows()) == list(streamed.rows()) == [("一",), ("二",)]


def test_a_report_is_mainly_about_its_last_list() -> None:
    assert main_listing(report(LISTING, GRID)) is LISTING
    assert main_listing(report(Words("话", ("一句",)), GRID)).heading == "图"


def test_a_table_is_picked_headed_and_bared() -> None:
    table = Table("题", ("甲", "乙"), (("1", "2"),), "总", ("注",))

    assert table.headed("另").title == "另"
    assert table.picked([1]) == Table("题", ("乙",), (("2",),), "总", ("注",))
    assert table.bare((("3", "4"),)) == Table("", ("甲", "乙"), (("3", "4"),))
