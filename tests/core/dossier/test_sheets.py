"""The sheets of a form, as people hand them back: whose rows they are, what is none, and what is wrong with the sheets."""

from __future__ import annotations

from archivist.core.dossier.sheets import Part, parts_of
from archivist.core.register import Sheet
from archivist.core.register.table import CellTrouble, Row
from support.dossiers import BOOK

ABOUT = Sheet(
    "说明",
    (Row(1, ("项目底册",)), Row(3, ("项目编号", "项目名称", "底册版本")), Row(4, ("DZ-1", "养殖场", "2"))),
)
TITLES = ("项目编号", "编号", "地块", "面积（亩）")


def sheet(*rows: tuple[str, ...], name: str = "土地", titles: tuple[str, ...] = TITLES) -> Sheet:
    return Sheet(name, tuple(Row(at, cells) for at, cells in enumerate((titles, *rows), 1)))


def parts(*sheets: Sheet) -> tuple[list[Part], list[str]]:
    return parts_of(BOOK, sheets)


def test_rows_belong_to_the_project_they_name_or_to_the_only_one_of_the_form() -> None:
    ((one, other), problems) = parts(ABOUT, sheet(("", "", "河边", "3"), ("DZ-2", "", "坡上")))

    assert problems == []
    assert (one.project, one.version, one.sections) == (
        "DZ-1",
        2,
        {"土地": [("第2行", {"地块": "河边", "面积（亩）": "3"})]},
    )
    assert (other.project, other.version, other.sections) == (
        "DZ-2",
        None,
        {"土地": [("第3行", {"地块": "坡上"})]},
    )


def test_a_sheet_without_rows_forgets_the_section_and_none_says_that_there_is_none() -> None:
    ((empty,), _), ((none,), _) = parts(ABOUT, sheet(("DZ-1", " "))), parts(ABOUT, sheet(("DZ-1", "无")))

    assert empty.sections == {"土地": None}
    assert none.sections == {"土地": []}
    assert parts(ABOUT, sheet(("无",)))[0][0].sections == {"土地": []}
    assert parts(sheet(("无",))) == ([], ["“土地”第2行没有写项目编号"])


def test_a_row_of_nobody_is_told() -> None:
    found, problems = parts(sheet(("", "", "河边")))

    assert (found, problems) == ([], ["“土地”第2行没有写项目编号"])


def test_sheets_that_are_not_the_forms_are_told() -> None:
    _, strange = parts(ABOUT, sheet(), sheet(name="别的"))
    _, none = parts(ABOUT)
    _, headless = parts(ABOUT, Sheet("土地", (Row(1, ("河边", "三亩")),)))
    _, empty = parts(ABOUT, Sheet("土地", ()))
    _, twice = parts(ABOUT, sheet(titles=(*TITLES, "地块")))
    _, beside = parts(ABOUT, sheet(("DZ-1", "", "河边", "", "记一笔")))

    assert strange == ["不认识的工作表：别的。不是底册的内容请删去"]
    assert none[0].startswith("没有底册的工作表。要有的是：资产、")
    assert headless == ["“土地”没有表头（项目编号 和各栏名称），请用 archivist dossier form 导出的表"]
    assert empty == []
    assert twice == ["“土地”有两栏都叫“地块”，请改正表头"]
    assert beside == ["“土地”第2行“记一笔”上面没有栏名，请移到有栏名的格子里"]


def test_cells_that_cannot_be_trusted_are_told() -> None:
    troubles = {(2, 2): CellTrouble.UNCALCULATED, (2, 3): CellTrouble.LONG_NUMBER, (2, 1): CellTrouble.DATE}
    bad = Sheet("土地", sheet(("DZ-1", "1", "河边", "9" * 20)).rows, {}, troubles)

    assert parts(ABOUT, bad)[1] == [
        "“土地”第2行“地块”是没有算出结果的公式，请改成内容",
        "“土地”第2行“面积（亩）”数字太长，表格软件已经改动了后几位，请把这一格设成文本再填",
    ]


def test_a_form_that_does_not_say_its_version_is_taken_as_it_is() -> None:
    about = Sheet("说明", (Row(3, ("项目编号", "项目名称")), Row(4, ("DZ-1", "养殖场")), Row(5, ("", "空"))))
    wrong = Sheet("说明", (Row(3, ("项目编号", "项目名称", "底册版本")), Row(4, ("DZ-1", "养殖场", "二"))))
    bare = Sheet("说明", (Row(1, ("项目底册",)),))

    assert [one.version for one in parts(about, sheet())[0]] == [None]
    assert [one.version for one in parts(wrong, sheet())[0]] == [None]
    assert parts(bare, sheet())[0] == []
