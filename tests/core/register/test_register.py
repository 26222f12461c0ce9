"""The register's pure half: headers, cells, rows and what an import changes."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archivist.core.project import Category, Project
from archivist.core.register import (
    FIELD_TITLES,
    PROJECT_FIELDS,
    CellTrouble,
    RegisterRules,
    Row,
    RowProblem,
    Sheet,
    SheetReading,
    cells,
    consequences,
    describe_problems,
    diff_register,
    find_header,
    merged,
    project_from_record,
    project_to_record,
    read_rows,
)
from archivist.core.register.cells import clean_line
from archivist.core.register.diff import shown_value
from archivist.core.register.places import read_address, read_township, village_in
from archivist.core.register.rules import UNITS
from archivist.core.register.table import row_ranges
from archivist.ledger import load_register_rules
from support.places import SCHEMAS

RULES = load_register_rules(SCHEMAS)
HEAD = ["项目编号", "项目名称"]


def sheet(*rows: list[str], **more: object) -> Sheet:
    return Sheet("", tuple(Row(i, tuple(row)) for i, row in enumerate(rows, 1) if any(row)), **more)  # type: ignore[arg-type]


def read(table: Sheet, rules: RegisterRules = RULES) -> SheetReading:
    header = find_header(table, rules)
    assert header is not None
    return read_rows(table, header, rules)


def one(head: list[str], row: list[str]) -> Project:
    """The project of a table that has code, name and the given columns."""
    reading = read(sheet([*HEAD, *head], ["2018001", "黑山羊养殖", *row]))
    assert reading.problems == ()
    return reading.projects[0].project


def expected_of(head: list[str], row: list[str]) -> str:
    reading = read(sheet([*HEAD, *head], ["2018001", "黑山羊养殖", *row]))
    assert len(reading.problems) == 1
    return reading.problems[0].expected


# Headers


@pytest.mark.parametrize(
    "label",
    [
        "项目编号",
        " 项 目\n编 号 ",
        "*项目编号",
        "项目编号（必填）",
        "项目编码",
        "项目编号:",
        "【项目编号】",
        "１.项目编号"[2:],
    ],
)
def test_a_column_is_known_whatever_its_blanks_brackets_and_width(label: str) -> None:
    header = find_header(sheet([label, "项目名称"]), RULES)

    assert header is not None
    assert header.columns["code"] == 0


def test_every_column_of_the_plans_ledger_is_known() -> None:
    labels = [
        "序号",
        "项目编号",
        "项目名称",
        "购建年度",
        "资产权属",
        "主管部门",
        "联系人及联系电话",
        "项目现状",
    ]
    labels += ["闲置类或淘汰类产业项目债权债务纠纷、现有资产及资产确权、利益相关方诉求等情况", "推进举措"]
    labels += ["目前已取得的成效（请注明截止日期）", "存在的主要问题及建议"]
    header = find_header(sheet(labels), RULES)

    assert header is not None
    assert header.notes == ()
    assert {"code", "name", "year", "ownership", "department", "contact_phone", "category", "debts"} | {
        "measures",
        "progress",
        "problems",
    } == set(header.columns)


def test_every_field_of_the_plans_survey_form_is_known() -> None:
    labels = [
        "项目名称",
        "项目编号",
        "项目地点",
        "项目所在村是否为脱贫村",
        "建设年度",
        "投入帮\n扶资金\n（万元）",
    ]
    labels += ["项目实施\n主管部门", "联系人\n及电话", "初步认定", "导致产业项目\n闲置或淘汰\n的主要原因"]
    labels += ["主管部门认定情况及工作建议"]
    header = find_header(sheet(labels), RULES)

    assert header is not None
    assert header.notes == ()
    assert UNITS["万元"] == header.unit


def test_titles_above_the_header_are_passed_over_and_name_the_unit() -> None:
    reading = read(
        sheet(
            ["大足区项目编号及项目名称一览"],
            ["填报单位：", "单位：元"],
            [*HEAD, "投入资金"],
            ["1", "稻渔", "86"],
        )
    )

    assert Decimal(86) == reading.projects[0].project.amount
    assert reading.projects[0].row == 4


def test_a_group_row_above_the_header_names_columns_the_header_leaves_blank() -> None:
    reading = read(
        sheet(["镇街", "项目基本情况", ""], ["", "项目编号", "项目名称"], ["龙水镇", "7", "冬菜种植"])
    )

    assert reading.projects[0].project.township == "龙水镇"


def test_the_four_columns_of_annex_3_give_the_category_without_merges() -> None:
    table = sheet(
        [*HEAD, "项目现状", "", "", "", "推进举措"],
        ["", "", "优势类", "薄弱类", "闲置类", "淘汰类", ""],
        ["", "", "是/否", "是/否", "是/否", "是/否", ""],
        ["1", "黑山羊", "否", "否", "否", "是", "清算"],
        ["2", "冬菜", "√", "", "", "", ""],
        ["3", "柠檬", "", "", "", "", ""],
    )
    reading = read(table)

    assert [p.project.category for p in reading.projects] == [Category.ELIMINATED, Category.STRONG, None]
    assert reading.projects[0].project.measures == "清算"
    assert [note.row for note in reading.notes if "按未认定登记" in note.text] == [6]


def test_two_categories_ticked_in_one_row_are_an_error() -> None:
    table = sheet([*HEAD, "优势类", "淘汰类（是/否）"], ["1", "黑山羊", "是", "是"])

    assert "只能有一个填“是”" in read(table).problems[0].expected


def test_columns_not_known_or_not_used_are_named() -> None:
    header = find_header(sheet([*HEAD, "天气", "投入帮扶资金（万元）", "总投资（元）"]), RULES)

    assert header is not None
    assert header.columns["amount"] == 3
    assert any("天气" in note for note in header.notes)
    assert any("总投资（元）”列没有采用" in note for note in header.notes)


def test_a_table_without_code_or_name_has_no_header() -> None:
    assert find_header(sheet(["项目名称", "镇街"], ["项目编号", "x"]), RULES) is None
    assert find_header(sheet(), RULES) is None


# Rows that are no projects


def test_totals_remarks_headings_number_rows_and_repeated_headers_are_no_projects() -> None:
    table = sheet(
        ["序号", *HEAD, "镇街", "投入帮扶资金（万元）"],
        ["1", "2", "3", "4", "5"],
        ["一、农业农村委"],
        ["1", "a1", "黑山羊", "龙水镇", "10"],
        ["", "", "", "", ""],
        ["", "小计", "", "", "10"],
        ["序号", *HEAD, "镇街", "投入帮扶资金（万元）"],
        ["2", "a2", "冬菜", "宝顶镇", "20"],
        ["3", "", "", "", "0"],
        ["合  计", "", "", "", "30"],
        ["", "", "总计", "", "30"],
        ["备注说明", "1. 部门原有项目的数量。"],
        ["填表说明：1.项目编号、项目名称按项目库填写。"],
        ["审核人：", "", "", "", ""],
    )
    reading = read(table)

    assert reading.problems == ()
    assert [placed.project.code for placed in reading.projects] == ["a1", "a2"]


def test_a_row_with_content_but_without_code_or_name_is_an_error_for_each() -> None:
    table = sheet([*HEAD, "推进举措"], ["", "黑山羊", ""], ["a2", "", "调整"], ["", "", "清算"])

    places = [(problem.row, problem.column) for problem in read(table).problems]
    assert places == [(2, "项目编号"), (3, "项目名称"), (4, "项目编号"), (4, "项目名称")]


def test_a_project_whose_name_begins_with_a_remark_word_is_kept() -> None:
    reading = read(sheet(HEAD, ["1", "统计监测点农产品加工项目"], ["2", "说明书印刷车间"]))

    assert len(reading.projects) == 2


def test_a_township_merged_down_counts_for_each_row() -> None:
    table = sheet(
        ["镇街", *HEAD],
        ["三驱镇", "1", "甲项目"],
        ["", "2", "乙项目"],
        merged={(3, 0): (2, 0)},
    )

    assert [placed.project.township for placed in read(table).projects] == ["三驱镇", "三驱镇"]


def test_money_merged_down_is_counted_once_and_said() -> None:
    table = sheet(
        [*HEAD, "投入帮扶资金（万元）"],
        ["1", "甲项目", "100"],
        ["2", "乙项目", ""],
        merged={(3, 2): (2, 2)},
    )
    reading = read(table)

    assert [Decimal(1_000_000), None] == [placed.project.amount for placed in reading.projects]
    assert any("只记在第 2 行" in note.text for note in reading.notes)


def test_a_code_merged_over_rows_with_different_content_is_refused() -> None:
    rows = [[*HEAD, "投入帮扶资金（万元）"], ["1", "甲项目", "100"]]
    merge = {(3, 0): (2, 0), (3, 1): (2, 1)}

    assert len(read(sheet(*rows, ["", "", ""], merged=merge)).projects) == 1
    assert "并成一行" in read(sheet(*rows, ["", "", "50"], merged=merge)).problems[0].expected


# Cells


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("20180017.0", "20180017"),
        (" ００１２３ ", "00123"),
        ("'00123", "00123"),
        ('="00123"', "00123"),
        ("DZ 2018—01", "DZ2018—01"),
        ("2018\u200b001\x00", "2018001"),
        ("渝财农〔2018〕12号", "渝财农〔2018〕12号"),
    ],
)
def test_a_code_keeps_its_digits_and_loses_what_spreadsheets_add(text: str, code: str) -> None:
    assert code == cells.code(text)


def test_a_code_in_scientific_notation_is_refused() -> None:
    with pytest.raises(cells.CellError, match="科学计数"):
        cells.code("5.00111E+17")


@pytest.mark.parametrize("trouble", list(CellTrouble))
def test_a_code_that_the_spreadsheet_has_mangled_is_refused(trouble: CellTrouble) -> None:
    reading = read(sheet(HEAD, ["500111202400012000", "甲项目"], troubles={(2, 0): trouble}))

    assert [(problem.row, problem.column) for problem in reading.problems] == [(2, "项目编号")]


def test_a_date_is_good_for_a_year() -> None:
    table = sheet([*HEAD, "建设年度"], ["1", "甲项目", "2018-05-01"], troubles={(2, 2): CellTrouble.DATE})

    assert read(table).projects[0].project.year == "2018"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2018", "2018"),
        ("2018年", "2018"),
        ("２０１８年度", "2018"),
        ("2018-2019", "2018-2019"),
        ("2018—2019年", "2018-2019"),
        ("2018年5月", "2018"),
        ("201805", "2018"),
        ("20180501", "2018"),
        ("2019、2018", "2018-2019"),
        ("二〇一八年", "2018"),
        ("2018.0", "2018"),
        ("", ""),
    ],
)
def test_years_are_read_in_the_ways_people_write_them(text: str, year: str) -> None:
    assert year == cells.year(text)


@pytest.mark.parametrize("text", ["去年", "18", "123456"])
def test_what_names_no_year_is_refused(text: str) -> None:
    assert "四位年份" in expected_of(["建设年度"], [text])


@pytest.mark.parametrize(
    ("head", "text", "yuan"),
    [
        ("投入帮扶资金（万元）", "86.5", "865000"),
        ("投入帮扶资金（万元）", "86.50万元", "865000"),
        ("投入帮扶资金（万元）", "865,000元", "865000"),
        ("投入帮扶资金（元）", "８６５０００", "865000"),
        ("投入帮扶资金(元)", "¥865,000.50", "865000.50"),
        ("帮扶资金/万元", "86.5", "865000"),
        ("投入资金万元", "86.5 万", "865000"),
        ("总投资（亿元）", "0.5", "50000000"),
        ("投入帮扶资金", "86.5", "865000"),
        ("投入帮扶资金（万元）", "1.2E2", "1200000"),
        ("投入帮扶资金（万元）", "0", "0"),
        ("投入帮扶资金（万元）", "0.33333333", "3333.33"),
    ],
)
def test_money_becomes_yuan_by_the_unit_nearest_to_it(head: str, text: str, yuan: str) -> None:
    assert Decimal(yuan) == one([head], [text]).amount


@pytest.mark.parametrize("text", ["", "/", "-", "——", "无", " "])
def test_blank_money_is_not_said(text: str) -> None:
    assert one(["投入帮扶资金（万元）"], [text]).amount is None


@pytest.mark.parametrize("text", ["-5", "约八十万", "86,5", "1e99", "50+30", "٣" * 400])
def test_money_that_is_no_amount_is_refused(text: str) -> None:
    assert "金额" in expected_of(["投入帮扶资金（万元）"], [text]) or "数额" in expected_of(
        ["投入帮扶资金（万元）"], [text]
    )


def test_money_in_the_wrong_unit_is_noticed() -> None:
    assert "单位是元还是万元" in expected_of(["投入帮扶资金（万元）"], ["865000"])


@pytest.mark.parametrize(
    ("text", "category", "major"),
    [
        ("淘汰类", Category.ELIMINATED, None),
        ("淘汰", Category.ELIMINATED, None),
        ("“调整一批”", Category.ELIMINATED, None),
        ("调整一批（淘汰类）", Category.ELIMINATED, None),
        ("闲置类（重大）", Category.IDLE, True),
        ("一般闲置", Category.IDLE, False),
        ("闲置类", Category.IDLE, None),
        ("薄弱类 ", Category.WEAK, None),
        ("", None, None),
        ("/", None, None),
    ],
)
def test_categories_are_known_by_their_spellings(
    text: str, category: Category | None, major: bool | None
) -> None:
    project = one(["项目类别"], [text])

    assert (category, major) == (project.category, project.major_idle)


def test_an_unknown_category_names_the_four() -> None:
    assert "应为优势类、薄弱类、闲置类、淘汰类之一" in expected_of(["项目类别"], ["产业发展"])


@pytest.mark.parametrize(
    ("text", "contact", "phone"),
    [
        ("谭小禾 13800000000", "谭小禾", "13800000000"),
        ("谭小禾13800000000", "谭小禾", "13800000000"),
        ("谭小禾（023-43700000）", "谭小禾", "023-43700000"),
        ("谭小禾/13800000000、石一丘:13900000000", "谭小禾、石一丘", "13800000000、13900000000"),
        ("１３８０００００000", "", "13800000000"),
        ("谭小禾", "谭小禾", ""),
        ("谭小禾 电话：43700000", "谭小禾", "43700000"),
        ("张 三 13800000000", "张三", "13800000000"),
        ("谭小禾 石一丘", "谭小禾、石一丘", ""),
        ("", "", ""),
    ],
)
def test_person_and_number_in_one_cell_are_parted(text: str, contact: str, phone: str) -> None:
    project = one(["联系人及联系电话"], [text])

    assert (contact, phone) == (project.contact, project.phone)


def test_a_number_written_behind_the_person_goes_to_the_number() -> None:
    assert one(["联系人", "联系电话"], ["谭小禾 13800000000", ""]).phone == "13800000000"


@pytest.mark.parametrize(
    ("text", "value"), [("是", True), ("√", True), ("否", False), ("×", False), ("", None)]
)
def test_yes_and_no(text: str, value: bool | None) -> None:
    assert value is one(["项目所在村是否为脱贫村"], [text]).poor_village


def test_neither_yes_nor_no_is_refused() -> None:
    assert expected_of(["是否脱贫村"], ["也许"]) == "应为是或否"


def test_text_that_looks_like_a_formula_stays_text() -> None:
    assert one(["经营主体"], ["=cmd|' /C calc'!A0"]).operator == "=cmd|' /C calc'!A0"


def test_invisible_characters_and_line_breaks_inside_names_vanish() -> None:
    reading = read(sheet(HEAD, ["1", "黑\n山羊\u202e 养殖\x07 Farm A"]))

    assert reading.projects[0].project.name == "黑山羊养殖Farm A"


# Places


@pytest.mark.parametrize(
    ("text", "township"),
    [
        ("龙水镇", "龙水镇"),
        ("龙水", "龙水镇"),
        ("大足区龙水镇", "龙水镇"),
        ("龙水镇人民政府", "龙水镇"),
        ("龙岗", "龙岗街道"),
        ("龙岗街道办事处", "龙岗街道"),
        ("龙岗街办", "龙岗街道"),
        ("龙 水 镇", "龙水镇"),
        ("500111100", "龙水镇"),
        ("", ""),
        ("区级", ""),
    ],
)
def test_a_township_is_completed(text: str, township: str) -> None:
    assert township == one(["镇街"], [text]).township


def test_an_unknown_township_lists_those_allowed_and_where_they_are_kept() -> None:
    expected = expected_of(["镇街"], ["某某镇"])

    assert "龙岗街道、" in expected
    assert "townships.toml" in expected


def test_several_townships_are_registered_under_the_first_and_said() -> None:
    reading = read(sheet([*HEAD, "镇街"], ["1", "甲项目", "龙水镇、宝顶镇"]))

    assert reading.projects[0].project.township == "龙水镇"
    assert any("多个镇街" in note.text for note in reading.notes)


@pytest.mark.parametrize(
    ("text", "township", "village"),
    [
        ("大足区龙水镇大围村", "龙水镇", "大围村"),
        ("重庆市大足区龙岗街道新村社区3组", "龙岗街道", "新村社区"),
        ("大足区 龙水 镇（街道） 大围 村（社区）", "龙水镇", "大围村"),
        ("大足区龙水大围村", "龙水镇", "大围村"),
        ("龙水镇中村村二社", "龙水镇", "中村村"),
        ("大围村", "", "大围村"),
        ("金山村", "", "金山村"),
        ("大足区", "", ""),
    ],
)
def test_an_address_gives_township_and_village(text: str, township: str, village: str) -> None:
    place = read_address(text, RULES)

    assert township == (place.townships[0].name if place.townships else "")
    assert village == village_in(place.rest)


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (["项目地点"], ["大足区石马镇大围村"]),
        (["村（社区）"], ["石马镇大围村"]),
        (["镇街", "村"], ["石马镇大围村", ""]),
        (["镇街", "村"], ["石马", "大围村"]),
        (["镇街", "项目地点"], ["/", "石马镇大围村"]),
    ],
)
def test_place_cells_in_any_arrangement_give_the_same_place(head: list[str], row: list[str]) -> None:
    project = one(head, row)

    assert (project.township, project.village) == ("石马镇", "大围村")


def test_a_missing_township_is_taken_from_the_name_or_the_code() -> None:
    reading = read(
        sheet(HEAD, ["1", "大足区玉龙镇香桃种植"], ["500111107-2018-1", "香桃种植"], ["3", "金山村香桃种植"])
    )

    assert [placed.project.township for placed in reading.projects] == ["玉龙镇", "石马镇", ""]
    assert [note.row for note in reading.notes if "没有镇街" in note.text] == [4]


@given(st.sampled_from(RULES.townships), st.sampled_from(["", "大足区", "重庆市大足区"]))
def test_every_township_is_read_back_from_its_own_name(township: object, prefix: str) -> None:
    name = township.name  # type: ignore[attr-defined]

    assert (township,) == read_township(prefix + name, RULES).townships
    assert (township,) == read_township(name.removesuffix("街道").removesuffix("镇"), RULES).townships


# Whatever comes


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=8))
@example([["淘汰"], ["0"]])
def test_no_table_makes_the_reading_crash(rows: list[list[str]]) -> None:
    table = sheet([*HEAD, "镇街", "投入帮扶资金（万元）", "年度", "淘汰类"], *rows)
    reading = read(table)

    for placed in reading.projects:
        assert placed.project.code
        assert placed.project.name
    for problem in reading.problems:
        assert 2 <= problem.row <= len(rows) + 1


# Records and differences

LINES = st.text(max_size=20)
PROJECTS = st.builds(
    Project,
    code=st.text(min_size=1, max_size=8),
    name=st.text(min_size=1, max_size=20),
    township=LINES,
    village=LINES,
    category=st.none() | st.sampled_from(Category),
    major_idle=st.none() | st.booleans(),
    year=LINES,
    amount=st.none() | st.decimals(min_value=0, max_value=10**9, places=2),
    department=LINES,
    operator=LINES,
    contact=LINES,
    phone=LINES,
    ownership=LINES,
    poor_village=st.none() | st.booleans(),
    reason=LINES,
    debts=LINES,
    measures=LINES,
    progress=LINES,
    problems=LINES,
)


@given(PROJECTS)
def test_a_record_as_json_gives_the_same_project_back(project: Project) -> None:
    assert project == project_from_record(json.loads(json.dumps(project_to_record(project))))


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"code": "1"},
        {"code": "1", "name": "x", "colour": "red"},
        {"code": "1", "name": "x", "category": "其他"},
        {"code": "1", "name": "x", "amount": "many"},
    ],
)
def test_what_is_no_record_is_refused(record: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        project_from_record(record)


def test_records_hold_every_field_of_a_project() -> None:
    assert set(PROJECT_FIELDS) == set(Project.__slots__) == set(FIELD_TITLES)
    assert set(PROJECT_FIELDS) == set(project_to_record(Project("1", "x")))


@given(st.lists(PROJECTS, max_size=6, unique_by=lambda project: project.code.casefold()))
def test_importing_the_same_again_changes_nothing(projects: list[Project]) -> None:
    known = {project.code: merged(project, project) for project in projects}
    diff = diff_register(known, projects)

    assert (diff.added, diff.changed, diff.absent) == ((), (), ())
    assert tuple(known.values()) == diff.unchanged


@given(
    st.lists(PROJECTS, max_size=5, unique_by=lambda project: project.code.casefold()),
    st.lists(PROJECTS, max_size=5, unique_by=lambda project: project.code.casefold()),
)
def test_no_project_disappears_and_importing_twice_is_importing_once(
    old: list[Project], new: list[Project]
) -> None:
    known = {project.code: project for project in old}
    diff = diff_register(known, new)
    after = {**known, **{project.code: project for project in diff.to_write}}

    assert known.keys() <= after.keys()
    assert {project.code.casefold() for project in new} <= {code.casefold() for code in after}
    assert diff_register(after, new).to_write == ()


def test_a_change_is_told_in_chinese_with_old_and_new() -> None:
    before = Project("1", "甲项目", category=Category.IDLE, major_idle=True, amount=Decimal(865000))
    diff = diff_register({"1": before}, [Project("1", "甲项目", category=Category.ELIMINATED, year="2018")])

    assert [(change.title, change.old, change.new) for change in diff.changed[0].fields] == [
        ("项目类别", "闲置类", "淘汰类"),
        ("是否重大闲置", "是", "（空）"),
        ("建设年度", "（空）", "2018"),
    ]
    assert Decimal(865000) == diff.changed[0].after.amount


def test_projects_missing_from_the_file_are_listed_and_stay() -> None:
    known = {"1": Project("1", "甲项目"), "2": Project("2", "乙项目")}
    diff = diff_register(known, [Project("2", "乙项目")])

    assert (known["1"],) == diff.absent
    assert diff.to_write == ()


def test_a_project_that_leaves_the_category_or_moves_is_told_what_becomes_of_it() -> None:
    known = {
        "1": Project("1", "甲项目", "珠溪镇", category=Category.ELIMINATED),
        "2": Project("2", "乙项目", "珠溪镇", category=Category.ELIMINATED),
        "3": Project("3", "丙项目", "珠溪镇", category=Category.WEAK),
    }
    new = [
        Project("1", "甲项目", category=Category.WEAK),
        Project("2", "乙二项目", "龙水镇"),
        Project("3", "丙二项目", category=Category.ELIMINATED),
    ]
    left, moved = consequences(
        diff_register(known, new), {"1": "项目档案/珠溪镇/1 甲项目", "2": "项目档案/珠溪镇/2 乙项目"}
    )

    assert "1 甲项目不再是淘汰类" in left and "都保留" in left
    assert "项目档案/珠溪镇/2 乙项目" in moved and "没有改名" in moved


# Messages


def test_the_same_problem_in_many_rows_is_one_line() -> None:
    problems = [RowProblem("台账", row, "镇街", "某镇", "不对") for row in (7, 5, 6, 9)]

    assert describe_problems(problems) == ["工作表“台账”第 5–7、9 行“镇街”：填的是“某镇”，不对"]


@given(st.sets(st.integers(1, 200), min_size=1))
def test_row_ranges_name_exactly_the_rows(numbers: set[int]) -> None:
    named: set[int] = set()
    for part in row_ranges(numbers).split("、"):
        first, _, last = part.partition("–")
        named |= set(range(int(first), int(last or first) + 1))

    assert numbers == named


def test_the_schema_gives_the_fields_the_same_chinese_names() -> None:
    properties = RULES.schema["properties"]
    assert isinstance(properties, dict)

    assert dict(FIELD_TITLES) == {name: rule["title"] for name, rule in properties.items()}


def test_a_heading_of_hundreds_of_characters_names_no_column() -> None:
    found = find_header(sheet([*HEAD, "说明" * 200]), RULES)

    assert found is not None
    assert set(found.columns) == {"code", "name"}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "（空）"),
        ("", "（空）"),
        (True, "是"),
        (False, "否"),
        (Decimal("1234.5"), "1,234.50元"),
        (2018, "2018"),
    ],
)
def test_values_are_shown_as_people_write_them(value: object, shown: str) -> None:
    assert shown_value(value) == shown


def test_radicals_in_a_cell_are_the_ideographs_they_look_like() -> None:
    assert clean_line("⼤⾜区⻘杠村⿊⼭⽺养殖场") == "大足区青杠村黑山羊养殖场"
