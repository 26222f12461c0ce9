"""The register (项目台账) of the second corpus as an Excel file."""

from __future__ import annotations

from pathlib import Path

from tests.bench.second.world import World, money

COLUMNS = [
    "序号",
    "项目编号",
    "项目名称",
    "镇街",
    "村（社区）",
    "购建年度",
    "投入帮扶资金（万元）",
    "资产权属",
    "项目实施主管部门",
    "经营主体",
    "联系人及联系电话",
    "项目类别",
]


def write_register(world: World, path: Path) -> None:
    """All projects, a title above, a few empty rows below."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "台账"
    sheet.append(["大足区帮扶产业项目管理台账"])
    sheet.append(COLUMNS)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(COLUMNS))
    for number, one in enumerate(world.projects, 1):
        facts = [number, one.code, one.name, one.town, one.village, one.year, money(one.fund)]
        sheet.append(
            [
                *facts,
                "村集体",
                one.office.short,
                one.operator.full,
                f"{one.contact} {one.phone}",
                one.category,
            ]
        )
    book.save(path)
