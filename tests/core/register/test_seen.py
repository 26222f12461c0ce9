"""A register handed in as a paper is known by its header alone; a form about one project is not one."""

from __future__ import annotations

import pytest

from archivist.core.register.seen import Table, table_seen
from archivist.ledger.people import load_people_rules
from support.places import SCHEMAS

RULES = load_people_rules(SCHEMAS, SCHEMAS)


def seen(*lines: str) -> Table | None:
    return table_seen(lines, RULES.register.headers, RULES.headers)


@pytest.mark.parametrize(
    "header",
    [
        "序号 项目编号 项目名称 购建年度 资产权属 主管部门 联系人及联系电话 项目现状 推进举措",
        "项目编码 项目名称 镇街 村（社区）",
        "序号 项目 编号 项目名称 建设年度 投入帮扶资金（万元）",
    ],
)
def test_a_row_of_columns_with_number_and_name_of_projects_is_a_register(header: str) -> None:
    assert seen("附件3", "大足区推进帮扶产业提质增效管理台账", header, "1 DZ-1 羊场") is Table.PROJECTS


@pytest.mark.parametrize("header", ["序号 姓名 单位 层级 角色 职务", "姓名 所在单位 级别 系统角色"])
def test_persons_with_body_level_and_role_are_a_register_of_people(header: str) -> None:
    assert seen("人员名册", header, "1 张某 石坝镇 镇街 经办") is Table.PEOPLE


@pytest.mark.parametrize(
    "lines",
    [
        (
            "摸底调查表",
            "项目名称 石坝镇青杠村养殖场 项目编号 DZ-1",
            "镇街 石坝镇 村（社区） 青杠村 建设年度 2018",
        ),
        ("会议签到表", "序号 姓名 单位 职务 联系电话 签名"),
        ("资产移交清单", "序号 名称 规格 数量 单位 备注"),
        ("会议记录", "项目编号 项目名称 都念了一遍，大家同意退出"),
        ("",),
        (),
    ],
)
def test_a_form_a_list_of_who_came_and_of_things_are_papers(lines: tuple[str, ...]) -> None:
    assert seen(*lines) is None


def test_what_stands_far_below_is_no_header() -> None:
    assert seen(*["正文"] * 60, "项目编号 项目名称 镇街 村") is None
