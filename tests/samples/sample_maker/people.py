"""Writes the register of people (人员名册) as .xlsx. All invented; villages have the contacts of the project register."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill

from .projects import AGRI, COOP, FOREST, ROWS, WATER
from .register import book_bytes, frame

HEADINGS = ("序号", "姓名", "单位", "层级", "角色", "职务", "镇街", "村（社区）", "系统账号", "停用", "备注")
WIDTHS = (6, 10, 34, 12, 18, 20, 12, 14, 12, 8, 12)

PROPOSES, CONFIRMS = "冯雨桐", "蒋岳"
"""Who proposes what is ready to be struck off, and who confirms it."""

_OFFICE, _TASKFORCE = "区人民政府办公室", "工作专班办公室"
_DISTRICT = (
    (PROPOSES, AGRI, "部门", "经办", "产业发展科科员"),
    ("许可心", AGRI, "部门", "审核", "产业发展科科长"),
    ("闻世杰", FOREST, "部门", "经办", "产业科科员"),
    ("阎思源", COOP, "部门", "经办", "合作指导科科员"),
    ("麦子晴", WATER, "部门", "经办", "水利管理科科员"),
    (CONFIRMS, _TASKFORCE, "专班", "审核、负责人", "副主任"),
    ("柏文静", _TASKFORCE, "专班", "经办", "综合组组员"),
    ("栾成", _OFFICE, "区", "系统管理员", "电子政务科科长"),
    ("温如玉", _OFFICE, "区", "系统管理员", "电子政务科科员"),
    ("卓立言", _OFFICE, "区", "审核", "综合科科长"),
    ("单明远", "区审计局", "监督", "审核", "农业农村审计科科长"),
)
_TOWNSPEOPLE = (
    "阮文博",
    "裴佳怡",
    "祁宏伟",
    "甄晓梅",
    "尚志平",
    "卞玉洁",
    "路遥远",
    "宁泽民",
    "申雅琴",
    "耿建华",
    "苗春燕",
    "凌云峰",
    "童欣",
    "房国庆",
    "詹美玲",
    "鄢小东",
    "虞红霞",
    "费学军",
    "屈正刚",
    "岑丽娟",
    "晏清",
    "景长明",
    "仲秋菊",
    "应天佑",
    "桂芳菲",
    "车宏图",
    "植桂花",
)


def people_bytes() -> bytes:
    """Return the workbook of the register of people."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "人员名册"
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(HEADINGS))
    sheet["A1"] = "大足区帮扶产业项目档案人员名册"
    sheet["A1"].font = Font(name="方正小标宋简体", size=20)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True), 1):
        cell = sheet.cell(2, column, heading)
        cell.font, cell.fill = Font(name="黑体", size=11), PatternFill("solid", fgColor="E7EEF6")
        sheet.column_dimensions[cell.column_letter].width = width
        frame(cell)
    for number, values in enumerate((*_district(), *_townships(), *_villages()), 1):
        row: tuple[str | int, ...] = (number, *values)
        for column, value in enumerate(row, 1):
            cell = sheet.cell(2 + number, column, value)
            cell.font = Font(name="仿宋", size=11)
            frame(cell)
    sheet.freeze_panes = "C3"
    return book_bytes(book)


def _district() -> list[tuple[str, ...]]:
    return [(*who, "", "", "", "", "") for who in _DISTRICT]


def _townships() -> list[tuple[str, ...]]:
    places = dict.fromkeys(row.township for row in ROWS)
    return [
        (name, _government(place), "镇街", "系统管理员、经办", "农业服务中心职员", place, "", "", "", "")
        for name, place in zip(_TOWNSPEOPLE, places, strict=False)
    ]


def _villages() -> list[tuple[str, ...]]:
    contacts: dict[tuple[str, str], str] = {}
    for row in ROWS:
        contacts.setdefault((row.township, row.village), row.contact)
    return [
        (name, _committee(*place), "村（社区）", "系统管理员、经办", "", *place, "", "", "")
        for place, name in contacts.items()
    ]


def _government(township: str) -> str:
    return f"{township}{'办事处' if township.endswith('街道') else '人民政府'}"


def _committee(township: str, village: str) -> str:
    return f"{township}{village}{'居' if village.endswith('社区') else ''}民委员会"
