"""What a form asks for, what it marks, and what it knows."""

from __future__ import annotations

from dataclasses import replace

from archivist.core.drafts.sources import Available, Office
from archivist.core.forms.layout import (
    choices_of,
    heading,
    hint,
    is_locked,
    known_of,
    sheets_of,
)
from support.drafting import KINDS, PROJECT, TODAY
from support.forms import field, small_kind

KIND = small_kind()


def test_a_form_asks_for_what_a_person_can_say_and_for_nothing_else() -> None:
    main, table = sheets_of(KIND)

    assert [one.name for one in main.columns] == [
        "镇街",
        "发文机关",
        "日期",
        "编制日期",
        "事由",
        "议题",
        "权属",
        "原因",
    ]
    assert [one.name for one in table.columns] == ["名称", "数量"]
    assert (main.rows, table.rows) == (1, 3)


def test_sheets_are_called_what_excel_allows_and_each_otherwise() -> None:
    table = field(KIND, "清单")
    tables = tuple(
        replace(table, name=f"t{at}", title=title)
        for at, title in enumerate(["填写表", "长" * 40, "长" * 50, "?", "*"])
    )
    names = [sheet.name for sheet in sheets_of(replace(KIND, fields=tables))]

    assert names[:3] == ["填写表", "填写表2", "长" * 31] and len(set(names)) == 6
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)


def test_a_table_has_as_many_rows_as_the_paper_opens() -> None:
    table = replace(field(KIND, "清单"), open_rows=9)

    assert sheets_of(replace(KIND, fields=(table,)))[1].rows == 9


def test_headings_tell_what_must_be_filled_in_and_what_prints_open() -> None:
    assert [heading(field(KIND, name)) for name in ("事由", "日期", "权属")] == ["事由＊", "日期○", "权属"]


def test_hints_say_how_to_write_it_in_the_words_of_the_schema() -> None:
    assert hint(field(KIND, "日期")) == "日期"
    assert hint(field(KIND, "议题")).endswith("（一条一行）；不填有现成的话")
    assert hint(field(KIND, "编制日期")).endswith("不填就是生成的那一天")
    assert hint(replace(field(KIND, "议题"), description="应为议题，一项一行")).count("一行") == 1


def test_what_the_register_knows_is_locked_and_what_settings_say_is_not() -> None:
    known = known_of(KIND, Available(PROJECT, None, TODAY, Office("样例区")))

    assert known == {"项目名称": PROJECT.name, "镇街": "珠溪镇", "发文机关": "样例区"}
    assert is_locked(field(KIND, "镇街")) and not is_locked(field(KIND, "发文机关"))


def test_the_first_column_of_a_table_may_say_that_there_is_none() -> None:
    plan = next(kind for kind in KINDS if kind.slug == "disposal-plan")
    debts = next(sheet for sheet in sheets_of(plan) if sheet.name == "债权债务清单")

    assert choices_of(debts, 0) == ("债权", "债务", "无")
    assert choices_of(debts, 5) == ("已结清", "未结清")
    assert not sheets_of(replace(KIND, fields=(replace(field(KIND, "清单"), required=True),)))[1].may_be_none


def test_no_shipped_kind_asks_twice_for_the_same_on_one_sheet() -> None:
    for kind in KINDS:
        for sheet in sheets_of(kind):
            titles = [one.title for one in sheet.columns]
            assert len(set(titles)) == len(titles), (kind.name, sheet.name)
