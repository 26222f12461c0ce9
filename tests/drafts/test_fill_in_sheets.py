"""Fill-in sheets (.xlsx) as officers hand them in: what is written wrongly is told with the file's name and the place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
import pytest

from archivist.drafts import sheets
from archivist.drafts.sheets import read_sheets
from archivist.errors import BadInputError
from support.makers import zip_bytes


def book(*rows: list[object], tables: dict[str, list[list[object]]] | None = None) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    for title, body in (tables or {}).items():
        made.create_sheet(title)
        for row in body:
            made[title].append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def refusal(raw: bytes) -> str:
    with pytest.raises(BadInputError) as refused:
        read_sheets("填写表.xlsx", raw)
    return str(refused.value)


def test_values_come_as_what_they_are() -> None:
    rows: list[list[object]] = [
        ["名称", "内容"],
        ["日期", datetime.fromisoformat("2024-11-28")],
        ["时刻", datetime.fromisoformat("2024-11-28T09:30")],
        ["开会", time(14, 5)],
        ["金额", 0.1 + 0.2],
        ["户数", 27],
        ["是否公示", True],
        ["空白", "   "],
        [None, "没有名称的一行"],
        ["只有名称"],
    ]

    assert read_sheets("a.xlsx", book(*rows)) == {
        "日期": date(2024, 11, 28),
        "时刻": "2024-11-28 09:30",
        "开会": "14:05",
        "金额": Decimal("0.3"),
        "户数": 27,
        "是否公示": True,
        "空白": None,
        "只有名称": None,
    }


def test_each_further_sheet_is_a_table_or_a_list_and_an_empty_one_is_nothing() -> None:
    tables: dict[str, list[list[object]]] = {
        "资产清单": [["名称", None, "原值"], ["羊舍", "旁注", 58.6], ["青贮池"]],
        "出席": [["姓名"], ["柏云峰"], [None], ["郝秋菊"]],
        "空表": [],
    }

    assert read_sheets("a.xlsx", book(["期数", 31], tables=tables)) == {
        "期数": 31,
        "资产清单": [{"名称": "羊舍", "原值": Decimal("58.6")}, {"名称": "青贮池"}],
        "出席": ["柏云峰", "郝秋菊"],
    }


Broken = Callable[[], bytes]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (lambda: book(["期数", 1], ["期数", 2]), "“期数”写了两次"),
        (
            lambda: book(["出席", 1], tables={"出席": [["姓名"], ["甲"]]}),
            "“出席”既在第一张表又另有一张工作表",
        ),
        (lambda: book(tables={"清单": [["名称", "名称"], [1, 2]]}), "“清单”有两列同名"),
        (lambda: b"not a workbook", "打不开"),
        (lambda: zip_bytes({"a.txt": b"a zip of something else"}), "打不开"),
    ],
    ids=["name twice", "field and table", "column twice", "no zip", "no workbook"],
)
def test_what_is_wrong_is_told_in_words(raw: Broken, told: str) -> None:
    message = refusal(raw())

    assert message.startswith("填写表.xlsx")
    assert told in message


def test_what_is_too_large_is_no_fill_in_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_MAX_ROWS", 2)
    assert "超过 2 行" in refusal(book(["一", 1], ["二", 2], ["三", 3]))

    monkeypatch.setattr(sheets, "_MAX_UNPACKED", 100)
    assert "解开后过大" in refusal(book(["一", 1]))


def test_a_sheet_broken_in_the_middle_is_told_by_its_name() -> None:
    raw = book(*([f"名称{at}", at] for at in range(50)))
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:1500]

    assert "“Sheet”读不出来" in refusal(zip_bytes(parts))
