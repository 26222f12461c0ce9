"""A table's rows as people: what is accepted, and everything that is wrong told at once, with row and column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.people.person import Person, Role, Standing, person_of
from archivist.core.people.reading import PeopleReading, doubles, find_people_header, read_people
from archivist.core.people.rules import Known
from archivist.core.register import CellTrouble, Row, Sheet
from support.people import EVERYBODY, HEADER, RULES, cells, sheet

KNOWN = Known(
    frozenset({"石坝镇", "龙井镇"}),
    frozenset({("石坝镇", "青杠村")}),
    frozenset({"区农业农村委", "区水产站"}),
)


def read(table: Sheet) -> PeopleReading:
    header = find_people_header(table, RULES)
    assert header is not None
    return read_people(table, header, RULES, KNOWN)


def problems(*rows: tuple[str, ...]) -> list[tuple[int, str, str]]:
    reading = read(sheet(*rows))
    return [
        (one.row, one.column, one.expected)
        for one in (*reading.problems, *doubles(reading.claims, RULES.register.prefixes))
    ]


def one_person(*row: str) -> Person:
    reading = read(sheet(row))
    assert reading.problems == ()
    (placed,) = reading.people
    return placed.person


@pytest.mark.parametrize("person", EVERYBODY, ids=lambda one: str(one.level))
def test_a_row_that_says_all_is_the_person(person: Person) -> None:
    assert one_person(*cells(person)) == person
    assert person_of(person.record()) == person


def test_place_comes_from_the_bodys_name_where_its_columns_are_blank() -> None:
    villager = one_person("朱某", "龙水镇保竹村村民委员会", "村级", "经办")
    townsman = one_person("杨某", "大足区龙水镇人民政府", "镇", "经办人；管理员")
    party = one_person("朱某", "石坝镇青杠村党支部委员会", "村级", "经办")
    own = one_person("孙某", "石坝镇人民政府", "镇街", "审核")

    assert (villager.township, villager.village) == ("龙水镇", "保竹村")
    assert (townsman.township, townsman.roles) == ("龙水镇", (Role.HANDLER, Role.ADMINISTRATOR))
    assert (party.township, party.village) == ("石坝镇", "青杠村")
    assert own.township == "石坝镇"


def test_spellings_dress_and_columns_in_any_order_are_understood() -> None:
    header = ("序号", "所在部门", "姓　名", "级别", "职务/角色", "登录名", "是否停用", "备注", "血型")
    table = sheet(
        ("1", "大足区农业农村委员会", "卫 某", "主管部门", "复核人、主要领导", "Wei", "√", "无", "A"),
        header=header,
    )
    found = find_people_header(table, RULES)
    (placed,) = read(table).people

    assert found is not None
    assert found.unknown == ("血型",)
    assert placed.person == Person(
        "卫某",
        "大足区农业农村委员会",
        Standing.DEPARTMENT,
        (Role.REVIEWER, Role.HEAD),
        account="Wei",
        stopped=True,
    )


def test_a_department_that_only_the_project_register_names_is_known() -> None:
    assert one_person("卫某", "大足区水产站", "部门", "经办").body == "大足区水产站"


def test_gaps_unknown_bodies_and_doubles_are_all_told_at_once() -> None:
    found = problems(
        ("", "区农业农村委", "部门", "经办"),
        ("冯某", "", "部门", "经办"),
        ("陈某", "区某某局", "部门", "经办"),
        ("褚某", "某镇人民政府", "镇街", "经办", "", "某镇"),
        ("卫某", "石坝镇人民政府", "镇街", ""),
        ("蒋某", "区政府", "市", "经办", "", "", "", "jiang"),
        ("沈某", "区政府", "区", "主任", "", "", "", "JIANG", "也许"),
        ("韩某", "区政府", "区", "审核", "", "", "", "a 1"),
        ("韩某", "大足区政府", "区", "审核"),
        ("朱某", "石坝镇人民政府", "村", "经办"),
        ("秦某", "农业服务中心", "镇街", "经办"),
        ("尤（某）", "某评估公司", "专班", "经办"),
    )
    told = {(row, column): expected for row, column, expected in found}

    assert set(told) == {
        (2, "姓名"),
        (3, "单位"),
        (4, "单位"),
        (5, "镇街"),
        (6, "角色"),
        (7, "层级"),
        (8, "角色"),
        (8, "停用"),
        (8, "系统账号"),
        (9, "系统账号"),
        (10, "姓名"),
        (11, "村（社区）"),
        (12, "镇街"),
        (13, "姓名"),
        (13, "单位"),
    }
    assert told[(4, "单位")].startswith("不是名单里的部门单位，台账里也没有项目由它主管")
    assert told[(5, "镇街")].startswith("不是大足区的镇街")
    assert told[(10, "姓名")] == "与第 9 行重复：大足区政府已有一个韩某，一个人只能占一行"
    assert told[(8, "系统账号")] == "与第 7 行的蒋某相同，一个账号只能是一个人的"


def test_one_name_in_two_bodies_is_two_people() -> None:
    assert problems(("李某", "区水利局", "部门", "经办"), ("李某", "区林业局", "部门", "经办")) == []


def test_somebody_who_stopped_leaves_their_account_to_another() -> None:
    rows = (
        ("李某", "区水利局", "部门", "经办", "", "", "", "li", "是"),
        ("张某", "区水利局", "部门", "经办", "", "", "", "li"),
    )
    assert problems(*rows) == []


def test_doubles_across_sheets_name_the_sheet() -> None:
    one = read(Sheet("一", sheet(cells(EVERYBODY[0])).rows))
    other = read(Sheet("二", sheet(cells(EVERYBODY[0])).rows))
    (problem,) = doubles((*one.claims, *other.claims), ())

    assert "工作表“一”第 2 行" in problem.expected


def test_an_account_of_a_row_without_a_name_is_told_without_one() -> None:
    rows = (
        ("", "区水利局", "部门", "经办", "", "", "", "li"),
        ("张某", "区水利局", "部门", "经办", "", "", "", "li"),
    )

    assert (3, "系统账号", "与第 2 行相同，一个账号只能是一个人的") in problems(*rows)


def test_a_village_without_a_project_is_noted() -> None:
    reading = read(sheet(("朱某", "龙水镇保竹村村民委员会", "村", "经办")))

    assert [note.text for note in reading.notes] == ["台账里没有龙水镇保竹村的项目"]


def test_remarks_blank_rows_and_a_repeated_header_are_nobody() -> None:
    table = sheet(("备注：以上", "", ""), ("/", "", "", ""), HEADER, cells(EVERYBODY[0]), ("合计", "1"))
    other = sheet(("x", *cells(EVERYBODY[0])), ("x", "", "", ""), header=("血型", *HEADER))

    assert len(read(table).people) == 1
    assert len(read(other).people) == 1
    assert read(table).problems == read(other).problems == ()


def test_a_merged_body_counts_for_each_row_and_a_formula_is_refused() -> None:
    first, second = cells(EVERYBODY[0]), ("张某", "", "", "经办", "科员")
    rows = sheet(first, second).rows
    merged = {(3, 1): (2, 1), (3, 2): (2, 2), (3, 3): (9, 9)}
    troubled = Sheet("", rows, merged, {(3, 4): CellTrouble.UNCALCULATED})
    reading = read(troubled)

    assert [one.person.body for one in read(Sheet("", rows, merged)).people] == ["区农业农村委"] * 2
    assert [(one.row, one.column) for one in reading.problems] == [(3, "职务")]


def test_a_table_of_something_else_has_no_header() -> None:
    assert find_people_header(sheet(header=("项目编号", "项目名称")), RULES) is None


@given(st.lists(st.lists(st.text(max_size=6), max_size=9).map(tuple), max_size=6))
def test_every_row_is_a_person_a_problem_or_nobody_and_nothing_breaks(rows: list[tuple[str, ...]]) -> None:
    table = Sheet("", tuple(Row(number, row) for number, row in enumerate((HEADER, *rows), 1)))
    reading = read(table)
    wrong = {one.row for one in reading.problems}

    assert not wrong & {one.row for one in reading.people}
    assert {one.row for one in reading.claims} == wrong | {one.row for one in reading.people}
