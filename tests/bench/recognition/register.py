"""The register (项目台账) as an Excel file: a plain list for odd seeds, the layout of annex 3 for even ones."""

from __future__ import annotations

from pathlib import Path

from tests.bench.recognition.world import Project, World

PLAIN = [
    "序号",
    "项目编号",
    "项目名称",
    "镇街",
    "村（社区）",
    "建设年度",
    "投入帮扶资金（万元）",
    "资产权属",
    "主管部门",
    "经营主体",
]
PLAIN += ["联系人及联系电话", "项目类别"]
ANNEX = [
    "序号",
    "项目编号",
    "项目名称",
    "镇街",
    "村（社区）",
    "购建年度",
    "投入帮扶资金（万元）",
    "资产权属",
    "项目实施主管部门",
]
ANNEX += ["联系人及电话", "项目类别"]
KINDS = ("优势类", "薄弱类", "闲置类", "淘汰类")


def write_register(world: World, path: Path) -> None:
    """Write all projects of a world."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    if world.seed % 2:
        sheet.title = "项目清单"
        sheet.append(["大足区经营性帮扶产业项目清单"])
        sheet.append(["填报单位：区农业农村委", *[None] * 6, "单位：万元"])
        sheet.append(PLAIN)
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(PLAIN))
        rows = [_plain(number, project) for number, project in enumerate(world.projects, 1)]
    else:
        sheet.title = "管理台账"
        sheet.append(["大足区推进帮扶产业提质增效管理台账"])
        sheet.append(["填报单位（盖章）："])
        sheet.append([*ANNEX, None, None, None])
        sheet.append([*[None] * 10, *KINDS])
        sheet.append([*[None] * 10, *["是/否"] * 4])
        sheet.merge_cells("A1:N1")
        sheet.merge_cells("K3:N3")
        for column in "ABCDEFGHIJ":
            sheet.merge_cells(f"{column}3:{column}5")
        rows = [_annex(number, project) for number, project in enumerate(world.projects, 1)]
    for row in rows:
        sheet.append(row)
    book.save(path)


def _facts(number: int, project: Project) -> list[object]:
    place = [project.town, project.village, project.year, project.amount]
    return [number, project.code, project.name, *place, project.owner, project.department]


def _plain(number: int, project: Project) -> list[object]:
    category = f"闲置类（{project.degree}）" if project.degree else project.category
    return [*_facts(number, project), project.operator, f"{project.contact} {project.phone}", category]


def _annex(number: int, project: Project) -> list[object]:
    ticks = ["是" if project.category == kind else "否" for kind in KINDS]
    return [*_facts(number, project), f"{project.contact}{project.phone}", *ticks]
