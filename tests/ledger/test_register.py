"""Register files as they come: real .xlsx and .csv, good, odd, damaged and hostile."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from archivist.core.project import Category
from archivist.errors import BadInputError, ExitCode, SettingsError
from archivist.ledger import RegisterError, load_register_rules, read_register
from support.places import SCHEMAS

SHEET = "xl/worksheets/sheet1.xml"
RULES = load_register_rules(SCHEMAS)
HEAD = ["项目编号", "项目名称", "镇街", "村（社区）", "建设年度", "投入帮扶资金（万元）", "项目类别"]
ROWS = [
    ["2018001", "龙水镇大围村黑山羊养殖项目", "龙水镇", "大围村", "2018", "86.5", "淘汰类"],
    ["2018002", "宝顶镇香葱种植项目（一期）", "宝顶镇", "香井村", "2019", "120", "优势类"],
]


def csv_text(rows: list[list[str]], delimiter: str = ",") -> str:
    return "".join(delimiter.join(row) + "\r\n" for row in rows)


def xlsx(
    path: Path, rows: Sequence[Sequence[object]], change: Callable[[openpyxl.Workbook], None] | None = None
) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    if change:
        change(book)
    book.save(path)
    return path


def edited(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """Rewrite one part of an .xlsx package."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(BadInputError) as caught:
        read_register(path, RULES)
    assert caught.value.exit_code is ExitCode.BAD_INPUT
    assert re.search(r"[\u4e00-\u9fff]", caught.value.message)
    return caught.value.message


# CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_every_encoding_and_delimiter_gives_the_same_projects(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    path = tmp_path / "台账.csv"
    path.write_bytes(csv_text([HEAD, *ROWS], delimiter).encode(encoding))
    first, second = read_register(path, RULES).projects

    assert first.code == "2018001"
    assert first.name == "龙水镇大围村黑山羊养殖项目"
    assert first.amount == Decimal(865000)
    assert first.category is Category.ELIMINATED
    assert (second.township, second.village, second.year) == ("宝顶镇", "香井村", "2019")


def test_row_numbers_in_csv_are_those_a_spreadsheet_shows(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text('项目编号,项目名称,年度\n\n1,"甲\n项目",2018\n2,乙项目,去年\n', encoding="utf-8")

    assert "第 4 行“年度”：填的是“去年”" in refusal(path)


def test_csv_with_an_endless_quote_or_binary_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(csv_text([HEAD]).encode() + b'"' + b"x" * 300_000)
    assert "CSV" in refusal(path)
    path.write_bytes(bytes(range(1, 256)) * 40)
    assert "不是能读的表格" in refusal(path)
    path.write_bytes(b"\0\1\2" * 4000)
    assert "不是能读的表格" in refusal(path)


def test_a_lone_quote_typed_as_a_ditto_swallows_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [
        "项目编号,项目名称,镇街,村,主管部门",
        '1,甲项目,珠溪镇,"小滩村",区林业局',
        '2,乙项目,",",区水利局',
    ]
    rows += [
        "3,丙项目,中敖镇,石梁村,区林业局",
        '4,丁项目,中敖镇,", "',
        '5,戊项目,"""","""",区林业局',
        "6,己项目,珠溪镇,甲村,",
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    places = [(one.township, one.village, one.department) for one in read_register(path, RULES).projects]

    assert places[1] == ("珠溪镇", "小滩村", "区水利局")
    assert places[3] == places[4] == ("中敖镇", "石梁村", "区林业局")
    assert len(places) == 6


def test_a_quoted_cell_of_several_lines_stays_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        '项目编号,项目名称,镇街\n1,"甲\n乙项目",珠溪镇\n2,"丙""项目","\n珠溪镇"\n', encoding="utf-8"
    )

    assert [one.name for one in read_register(path, RULES).projects] == ["甲乙项目", '丙"项目']


# XLSX


def test_totals_with_formulas_between_townships_and_dittos_are_told_in_one_report(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["某区项目清单"],
        ["序号", *HEAD],
        [1, *ROWS[0]],
        [2, "2018009", "龙水镇大围村饲草项目", "〃", "同上", "同上", 30, "″"],
        [None, None, "龙水镇小计", None, None, None, "=SUM(G3:G4)", None],
        ["序号", *HEAD],
        [3, *ROWS[1]],
        ["合计", None, None, None, None, None, "=SUM(G3:G7)", None],
    ]
    first, second, third = (reading := read_register(xlsx(tmp_path / "a.xlsx", rows), RULES)).projects

    assert (second.township, second.village, second.year) == (first.township, first.village, first.year)
    assert second.category == first.category
    assert third.code == "2018002"
    assert "“同上”一类的记号（〃、同上等）共 4 处，都已换成上面一行的内容，请核对：" in reading.notes
    assert "工作表“Sheet”第 5、8 行是小计、合计，不是项目，已跳过" in reading.notes


def test_xlsx_gives_the_same_projects_as_csv_whatever_the_file_is_called(tmp_path: Path) -> None:
    table = xlsx(tmp_path / "台账.xlsx", [HEAD, *ROWS])
    text = tmp_path / "台账.txt"
    text.write_text(csv_text([HEAD, *ROWS]), encoding="gb18030")
    renamed = tmp_path / "其实是表格.csv"
    shutil.copy(table, renamed)

    assert read_register(table, RULES) == read_register(text, RULES) == read_register(renamed, RULES)


def test_numbers_keep_their_meaning(tmp_path: Path) -> None:
    def pad(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["A3"].number_format = "00000000"

    rows: list[list[object]] = [
        [*HEAD],
        [20180017, "甲项目", None, None, 2018, 0.1 + 0.2, None],
        [17, "乙项目", None, None, 2019.0, 120, None],
    ]
    first, second = read_register(xlsx(tmp_path / "a.xlsx", rows, pad), RULES).projects

    assert (first.code, first.year, first.amount) == ("20180017", "2018", Decimal(3000))
    assert (second.code, second.year, second.amount) == ("00000017", "2019", Decimal(1_200_000))


def test_a_long_code_stored_as_a_number_is_refused_because_its_digits_are_lost(tmp_path: Path) -> None:
    message = refusal(xlsx(tmp_path / "a.xlsx", [HEAD[:2], [500111202400012345, "甲项目"]]))

    assert "第 2 行“项目编号”" in message
    assert "文本格式" in message


def annex3(book: openpyxl.Workbook) -> None:
    sheet = book.worksheets[0]
    for column in "ABCDEFGLMNO":
        sheet.merge_cells(f"{column}3:{column}5")
    sheet.merge_cells("A1:O1")
    sheet.merge_cells("H3:K3")
    sheet.merge_cells("F6:F7")
    sheet.merge_cells("A8:B8")


def annex3_rows() -> list[list[object]]:
    blank: list[object] = [None] * 7
    head: list[object] = [
        "序号",
        "项目编号",
        "项目名称",
        "购建年度",
        "资产权属",
        "主管部门",
        "联系人及联系电话",
    ]
    tail = ["债权债务纠纷、现有资产及资产确权、利益相关方诉求等情况", "推进举措"]
    tail += ["目前已取得的成效（请注明截止日期）", "存在的主要问题及建议"]
    return [
        ["大足区推进帮扶产业提质增效管理台账"],
        ["填报单位：", None, None, None, None, None, None, "审核人："],
        [*head, "项目现状", None, None, None, *tail],
        [*blank, "优势类", "薄弱类", "闲置类", "淘汰类"],
        [*blank, "是/否", "是/否", "是/否", "是/否"],
        [
            1,
            "2018001",
            "黑山羊",
            2018,
            "村集体",
            "区农业农村委",
            "谭小禾 13800000000",
            "否",
            "否",
            "否",
            "是",
            "无",
        ],
        [2, "2018002", "冬菜", 2019, "村集体", None, "石一丘", None, "√", None, None, None, "扩种"],
        ["备注说明", None, "1. 部门原有优势类、薄弱类、闲置类、淘汰类产业项目的数量。"],
        ["填表说明：1.项目编号、项目名称、购建年度、主管单位按项目库提供的信息填写。"],
    ]


def test_the_plans_ledger_is_read_with_its_merged_three_row_header(tmp_path: Path) -> None:
    reading = read_register(xlsx(tmp_path / "附件3.xlsx", annex3_rows(), annex3), RULES)
    first, second = reading.projects

    assert (first.category, second.category) == (Category.ELIMINATED, Category.WEAK)
    assert (first.department, second.department) == ("区农业农村委", "区农业农村委")
    assert (first.contact, first.phone, first.debts) == ("谭小禾", "13800000000", "无")
    assert second.measures == "扩种"


def test_a_township_merged_over_rows_counts_for_each(tmp_path: Path) -> None:
    rows: list[list[object]] = [["镇街", "项目编号", "项目名称"], ["三驱镇", "1", "甲项目"]]
    rows += [[None, "2", "乙项目"], [None, "3", "丙项目"], [None, "4", "丁项目"]]
    path = xlsx(tmp_path / "a.xlsx", rows, lambda book: book.worksheets[0].merge_cells("A2:A4"))

    assert [project.township for project in read_register(path, RULES).projects] == ["三驱镇"] * 3 + [""]


def test_sheets_without_header_and_hidden_sheets_are_skipped_and_named(tmp_path: Path) -> None:
    def more(book: openpyxl.Workbook) -> None:
        book.create_sheet("说明").append(["本表由各镇街填报"])
        second = book.create_sheet("二分表")
        second.append(HEAD[:2])
        second.append(["2020001", "丙项目"])
        secret = book.create_sheet("旧数据")
        secret.append(HEAD[:2])
        secret.append(["old", "旧项目"])
        secret.sheet_state = "hidden"

    reading = read_register(xlsx(tmp_path / "a.xlsx", [HEAD, *ROWS], more), RULES)

    assert [project.code for project in reading.projects] == ["2018001", "2018002", "2020001"]
    assert any("已跳过" in note and "说明" in note for note in reading.notes)
    assert any("隐藏" in note and "旧数据" in note for note in reading.notes)


def test_a_project_repeated_unchanged_on_another_sheet_counts_once(tmp_path: Path) -> None:
    def part(book: openpyxl.Workbook) -> None:
        book.create_sheet("龙水镇").append(HEAD)
        book["龙水镇"].append(ROWS[0])

    reading = read_register(xlsx(tmp_path / "a.xlsx", [HEAD, *ROWS], part), RULES)

    assert len(reading.projects) == 2
    assert any("只登记一次" in note for note in reading.notes)


# All errors at once


def test_every_bad_row_is_named_with_row_column_value_and_what_is_expected(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["某区项目清单"],
        [*HEAD],
        ["2018001", "甲项目", "某某镇", None, "去年", "很多", "其他"],
        [None, "乙项目"],
        ["2018003", "丙项目", "龙水镇", None, "2018", 10, "淘汰类"],
        ["2018003", "丁项目", "龙水镇", None, "2018", 10, "淘汰类"],
        ["a/b", "戊", "龙水镇"],
        ["2018006", "己" * 201, "龙水镇"],
    ]
    path = xlsx(tmp_path / "台账.xlsx", rows)
    with pytest.raises(RegisterError) as caught:
        read_register(path, RULES)
    message = caught.value.message

    assert len(caught.value.problems) == 9
    assert "台账.xlsx 有 9 处要改，这次一条也没有导入" in message
    assert "工作表“Sheet”第 3 行“镇街”：填的是“某某镇”，不是大足区的镇街" in message
    assert "第 3 行“建设年度”：填的是“去年”，应为四位年份" in message
    assert "第 3 行“投入帮扶资金（万元）”：填的是“很多”，应为不小于 0 的金额" in message
    assert "第 3 行“项目类别”：填的是“其他”，应为优势类、薄弱类" in message
    assert "第 4 行“项目编号”：不能为空" in message
    assert "第 6 行“项目编号”：填的是“2018003”，与第 5 行的编号重复" in message
    assert "第 7 行“项目编号”：填的是“a/b”，应为 1 到 64 个字" in message
    assert "第 7 行“项目名称”：填的是“戊”，应为 2 到 200 个字" in message
    assert "第 8 行“项目名称”：填的是“己己" in message


def test_a_duplicate_is_found_even_where_its_row_has_other_faults(tmp_path: Path) -> None:
    rows: list[list[object]] = [[*HEAD[:2], "年度"], ["1", "甲项目", "去年"], ["1", "乙项目", "2018"]]
    message = refusal(xlsx(tmp_path / "a.xlsx", rows))

    assert "“年度”" in message
    assert "的编号重复" in message


def test_codes_that_differ_only_in_case_are_duplicates(tmp_path: Path) -> None:
    rows: list[list[object]] = [[*HEAD[:2]], ["dz-01", "甲项目"], ["DZ-01", "乙项目"]]

    assert "与第 2 行的编号重复" in refusal(xlsx(tmp_path / "a.xlsx", rows))


def test_a_formula_without_saved_result_is_named_where_it_matters(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["序号", "项目编号", "项目名称", "投入帮扶资金（万元）"],
        ["=ROW()-1", "1", "甲项目", "=40+2"],
        [2, "2", '=CONCATENATE("乙","项目")', 5],
    ]
    with pytest.raises(RegisterError) as caught:
        read_register(xlsx(tmp_path / "a.xlsx", rows), RULES)

    places = [(problem.row, problem.column) for problem in caught.value.problems]
    assert places == [(2, "投入帮扶资金（万元）"), (3, "项目名称")]
    assert "保存一次再导入" in caught.value.message


def test_a_formula_with_saved_result_is_good_and_an_error_value_is_not(tmp_path: Path) -> None:
    head: list[object] = [*HEAD[:2], "投入资金（万元）"]
    path = xlsx(tmp_path / "a.xlsx", [head, ["1", "甲项目", "=40+2"]])
    edited(path, SHEET, lambda xml: re.sub(r"<v\s*/>|<v></v>", "<v>42</v>", xml))

    assert read_register(path, RULES).projects[0].amount == Decimal(420_000)
    assert "出错的公式" in refusal(xlsx(path, [head, ["1", "甲项目", "#REF!"]]))


def test_without_code_or_name_column_the_headers_found_are_shown(tmp_path: Path) -> None:
    message = refusal(
        xlsx(tmp_path / "a.xlsx", [["某区清单"], ["项目名称", "镇街", "投入资金"], ["甲", "乙", 1]])
    )

    assert "“项目编号”和“项目名称”" in message
    assert "项目名称、镇街、投入资金" in message


def test_a_header_without_projects_is_refused(tmp_path: Path) -> None:
    assert "只有表头" in refusal(xlsx(tmp_path / "a.xlsx", [HEAD, ["合计"]]))
    assert "找不到表头" in refusal(xlsx(tmp_path / "a.xlsx", []))


# Not a register at all


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "空文件"),
        (b" \r\n", "空文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "另存为 .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"%PDF-1.7\n", "PDF"),
        (b"<html><table><tr><td>x</td></tr></table>", "网页格式"),
        (b"PK\x03\x04 cut off", "不完整或已损坏"),
        (b"\xff\xd8\xff\xe0jpeg", "图片"),
    ],
)
def test_what_is_no_table_is_said_by_its_content(tmp_path: Path, data: bytes, told: str) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(data)

    assert told in refusal(path)


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path) -> None:
    assert "找不到文件" in refusal(tmp_path / "没有.xlsx")
    refusal(tmp_path)


def test_other_zip_files_are_said_by_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    for member, told in (("word/document.xml", "Word"), ("content.xml", ".ods"), ("x.txt", "压缩包")):
        with zipfile.ZipFile(path, "w") as package:
            package.writestr(member, "x")
        assert told in refusal(path)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", SHEET, "[Content_Types].xml"])
@pytest.mark.parametrize("damage", ["", "<", '<a xmlns="b"><sheets><sheet/></sheets></a>'])
def test_a_damaged_package_is_refused_or_read_never_a_crash(tmp_path: Path, part: str, damage: str) -> None:
    path = edited(xlsx(tmp_path / "a.xlsx", [HEAD, *ROWS]), part, lambda _: damage)

    try:
        codes = [project.code for project in read_register(path, RULES).projects]
    except BadInputError as error:
        assert "a.xlsx" in error.message
    else:
        assert codes == ["2018001", "2018002"]


def test_a_cell_that_points_beyond_the_shared_strings_is_refused(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [HEAD, *ROWS])
    beyond = '<c r="A2" t="s"><v>99999</v></c>'
    edited(path, SHEET, lambda xml: re.sub(r'<c r="A2".*?</c>', beyond, xml))

    assert "损坏" in refusal(path)


# Hostile


def test_a_package_that_unpacks_to_hundreds_of_megabytes_is_refused_before_reading(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [HEAD, *ROWS])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package, package.open("xl/x.xml", "w") as part:
        for _ in range(80):
            part.write(b" " * 2**20)

    assert path.stat().st_size < 2**20
    assert "解开后超过" in refusal(path)


def test_a_part_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [HEAD, *([ROWS[0]] * 2000)])
    data = bytearray(path.read_bytes())
    at = data.rfind(SHEET.encode()) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    path.write_bytes(bytes(data))

    refusal(path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"'),
        ('<row r="3"', '<row r="99999999999"'),
        ('r="A3"', 'r="XFD1048576"'),
        ("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
        ("</sheetData>", '</sheetData><mergeCells><mergeCell ref="C2:XFD1048576"/></mergeCells>'),
    ],
)
def test_claims_of_a_million_rows_cost_nothing_and_lose_no_honest_row(
    tmp_path: Path, old: str, new: str
) -> None:
    path = xlsx(tmp_path / "a.xlsx", [HEAD, *ROWS])
    edited(path, SHEET, lambda xml: re.sub(old, new, xml))

    try:
        assert "2018001" in [project.code for project in read_register(path, RULES).projects]
    except RegisterError as error:
        assert "项目编号" in error.message


def test_merged_cells_beyond_measure_are_refused(tmp_path: Path) -> None:
    many = "".join('<mergeCell ref="A1:XFD1048576"/>' for _ in range(2000))
    path = xlsx(tmp_path / "a.xlsx", [HEAD, *ROWS])
    edited(
        path,
        SHEET,
        lambda xml: xml.replace("</sheetData>", f"</sheetData><mergeCells>{many}</mergeCells>"),
    )

    assert "合并单元格过多" in refusal(path)


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "boom">{entities}]><x>&e11;</x>'

    refusal(edited(xlsx(tmp_path / "a.xlsx", [HEAD, *ROWS]), SHEET, lambda _: bomb))


def test_a_message_shows_a_hostile_file_name_on_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a\nb\x1b[31m.xlsx"
    path.write_bytes(b"%PDF-")

    assert "\n" not in refusal(path)
    assert "\x1b" not in refusal(path)


# Size


def test_five_thousand_projects_are_read_in_order(tmp_path: Path) -> None:
    rows: list[list[object]] = [[*HEAD]]
    for number in range(5000):
        township = RULES.townships[number % 27].name
        rows.append([f"{number:08}", f"{township}第{number}号项目", township, "大围村", 2018, 12.5, "淘汰类"])
    projects = read_register(xlsx(tmp_path / "a.xlsx", rows), RULES).projects

    assert [project.code for project in projects] == [f"{number:08}" for number in range(5000)]
    assert {project.township for project in projects} == {township.name for township in RULES.townships}


def test_a_table_with_more_rows_than_any_register_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("项目编号,项目名称\n" + "1,甲项目\n" * 50_001, encoding="utf-8")

    assert "行数超过 50000" in refusal(path)


# Rules


def test_the_27_townships_of_the_district_ship_with_their_codes() -> None:
    assert len(RULES.townships) == 27
    assert len({township.code for township in RULES.townships}) == 27
    assert all(township.code.startswith("500111") for township in RULES.townships)


def test_another_district_replaces_the_data_not_the_code(tmp_path: Path) -> None:
    shutil.copytree(SCHEMAS, tmp_path / "schemas")
    (tmp_path / "schemas" / "townships.toml").write_text(
        '[district]\ncode = "500999"\nname = "某区"\nprefixes = ["某区"]\nwhole = ["全区"]\nsuffixes = []\n'
        '[townships]\n500999100 = "青石镇"\n',
        encoding="utf-8",
    )
    rules = load_register_rules(tmp_path / "schemas")
    path = tmp_path / "a.csv"
    path.write_text("项目编号,项目名称,乡镇\n1,甲项目,某区青石\n", encoding="utf-8")

    assert read_register(path, rules).projects[0].township == "青石镇"


def broken_rules(tmp_path: Path, file: str, old: str, new: str) -> str:
    folder = tmp_path / "schemas"
    shutil.copytree(SCHEMAS, folder)
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_register_rules(folder)
    assert caught.value.exit_code is ExitCode.SETTINGS
    assert file in caught.value.message
    return caught.value.message


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("townships.toml", "500111001 =", "50011100 =", "townships.50011100"),
        ("townships.toml", '"棠香街道"', '"龙岗街道"', "龙岗街道 已经出现过"),
        ("townships.toml", "prefixes = [", "prefix = [", "district.prefixes"),
        ("townships.toml", "[district]", "[district", "townships.toml"),
        ("register.toml", "[columns.code]", "[columns.kode]", "columns.kode"),
        ("register.toml", '"项目编号"', '"项目名称"', "列名“项目名称”"),
        ("register.toml", "fill_down = true\n", 'fill_down = "yes"\n', "fill_down"),
        ("register.toml", '[category."优势类"]', '[category."好类"]', "category.好类"),
        ("register.toml", 'unit = "万元"', 'unit = "美元"', "amount.unit"),
        ("register.toml", "max_yuan = 1000000000", "max_yuan = -1", "amount.max_yuan"),
        ("register.toml", 'unique = ["code"]', 'unique = ["kode"]', "ditto.unique"),
        ("register.toml", 'asked = ["operator"', 'asked = ["operators"', "written_once.asked"),
        ("register.toml", "yes = [", "yess = [", "values.yes"),
        ("project.schema.json", '"type": "object",', '"type": "object"', "project.schema.json"),
        ("project.schema.json", '"township":', '"townshop":', "township"),
    ],
)
def test_wrong_rules_are_refused_with_file_and_key(
    tmp_path: Path, file: str, old: str, new: str, told: str
) -> None:
    assert told in broken_rules(tmp_path, file, old, new)


def test_a_districts_rules_from_before_dittos_were_known_go_by_the_shipped_words(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SCHEMAS, tmp_path / "schemas"))
    text = (folder / "register.toml").read_text("utf-8")
    text = re.sub(r"(?s)\[ditto\].*?(?=\[amount\])", "", text)
    text = re.sub(r"(?m)^(totals|page_totals|headings) = .*$", "", text)
    (folder / "register.toml").write_text(text, encoding="utf-8")
    older = load_register_rules(folder)

    assert (older.dittos, older.groups, older.carried) == (RULES.dittos, RULES.groups, RULES.carried)


def test_a_missing_rules_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"townships\.toml"):
        load_register_rules(tmp_path)


def test_importing_the_reader_loads_nothing_heavy() -> None:
    heavy = "('openpyxl', 'jsonschema', 'numpy')"
    script = f"import sys, archivist.ledger; print([m for m in {heavy} if m in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "[]"


def test_the_project_schema_is_a_valid_schema() -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(dict(RULES.schema))
