"""Two pages on one wide sheet are read one after the other; one wide page, a table and an upright page stay as they are."""

from __future__ import annotations

import pytest

from archivist.core.identify.register_index import build_index
from archivist.core.identify.whole import Thresholds, identify
from archivist.core.model import TextSource
from archivist.core.page import Extract, Line, Page, SealMark
from archivist.core.paper.spread import faces, unfolded
from archivist.core.project import Category, Project
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_annex
from support.read_pages import TWINS

ANNEX = load_annex(data_folder("schemas"))
REGISTER = build_index([Project(*one, category=Category.ELIMINATED) for one in TWINS], ANNEX.generic_words)
WIDE, HIGH = 0.0134, 0.019
"""Sixteen points on A3 turned, in fractions of its width and height."""
NAME = "宝兴镇响水岩村花椒种植园项目"
FIRST = [
    "会议听取了关于核查情况的汇报，认为该项目已经不具备继",
    "续经营的条件，同意将其列为淘汰类项目，按程序有序退出。",
] * 4
SECOND = [
    "会议要求清点资产，形成资产清单，防止国有和集体资产流失",
    "会议议定，土地流转费由村委会核实并督促于年底前兑付。",
] * 4


def column(left: float, words: list[str], foot: str = "", title: str = "") -> list[Line]:
    """A page of text whose left edge stands at ``left`` of the sheet."""
    rows = [(title, 0.1, 1.6)] if title else []
    rows += [(text, 0.2 + 0.035 * at, 1.0) for at, text in enumerate(words)]
    rows += [(foot, 0.93, 1.0)] if foot else []
    made = []
    for text, top, size in rows:
        width = len(text) * WIDE * size
        start = left + 0.18 - width / 2 if text in (title, foot) else left
        made.append(Line(text, (start, top, start + width, top + HIGH * size), 0.98))
    return made


def sheet(left: list[Line], right: list[Line], number: int = 1) -> Page:
    """Both columns as recognition gives them: row by row."""
    lines = sorted([*left, *right], key=lambda line: (line.box or (0, 0, 0, 0))[1::-1])
    return Page(number, tuple(lines), TextSource.OCR)


def minutes(foot: str = "— 1 —") -> list[Line]:
    head = [f"2024年11月21日，镇长主持召开会议，研究{NAME[:6]}", f"{NAME}（DZ-2017-0031）有关事宜。"]
    return column(0.07, [*head, *FIRST], foot, "宝兴镇人民政府专题会议纪要")


def test_two_pages_side_by_side_are_read_left_before_right() -> None:
    left, right = minutes(), column(0.57, SECOND, "— 2 —")

    read = unfolded(Extract("image", (sheet(left, right),))).pages[0]

    assert [line.text for line in read.lines] == [line.text for line in [*left, *right]]
    assert sorted(map(repr, read.lines)) == sorted(map(repr, sheet(left, right).lines))


def test_each_face_is_a_page_with_places_of_its_own() -> None:
    made = sheet(minutes(), column(0.57, SECOND, "— 2 —"))
    sealed = Page(1, made.lines, TextSource.OCR, seals=(SealMark((0.75, 0.6, 0.85, 0.74), 0.9),))

    left, right = faces(sealed)

    assert (len(left.seals), len(right.seals)) == (0, 1)
    assert all(line.box is not None and line.box[0] >= 0 and line.box[2] <= 1 for line in right.lines)
    assert [line.text for line in right.lines][-1] == "— 2 —"


@pytest.mark.parametrize("foot", ["", "— 2 —"])
def test_a_sheet_without_numbers_needs_another_sign(foot: str) -> None:
    titled = column(0.57, SECOND, foot, "会议签到表")

    assert len(faces(sheet(minutes(""), titled))) == 2
    assert len(faces(sheet(minutes(""), column(0.57, SECOND, foot)))) == (2 if foot else 1)


def test_one_wide_page_a_table_and_an_upright_page_stay_as_they_are() -> None:
    wide = Page(1, tuple(column(0.1, [text * 2 for text in FIRST], "— 1 —")), TextSource.OCR)
    cells = [column(0.05 + 0.24 * at, ["羊舍", "水池", "围栏", "道路", "鱼塘", "大棚"]) for at in range(4)]
    table = Page(1, tuple(line for cell in cells for line in cell), TextSource.OCR)
    upright = Page(
        1,
        tuple(
            Line(line.text, (line.box[0], line.box[1], line.box[2], line.box[1] + HIGH / 2))
            for line in [*minutes(), *column(0.57, SECOND, "— 2 —")]
            if line.box is not None
        ),
    )

    for page in (wide, table, upright, Page(1), Page(1, (Line("没有位置"),) * 20)):
        assert faces(page) == (page,)
        assert unfolded(Extract("image", (page,))).pages == (page,)


def found(*pages: Page) -> list[tuple[int, int, list[int | None], str]]:
    extract = unfolded(Extract("pdf", pages))
    return [
        (one.first, one.last, [c.item for c in one.decided], " ".join(one.reasons))
        for one in identify(extract, ANNEX, REGISTER, Thresholds())
    ]


def test_minutes_on_one_sheet_are_filed_and_their_pages_counted_in_order() -> None:
    ((first, last, items, _),) = found(sheet(minutes(), column(0.57, SECOND, "— 2 —")))

    assert (first, last, items) == (1, 1, [5])


def test_a_booklet_whose_pages_lie_crosswise_waits_with_its_numbers() -> None:
    outer = sheet(
        column(0.07, SECOND, "— 4 —"),
        [
            Line(line.text, (line.box[0] + 0.5, line.box[1], line.box[2] + 0.5, line.box[3]))
            for line in minutes()
            if line.box is not None
        ],
    )
    inner = sheet(column(0.07, FIRST, "— 2 —"), column(0.57, SECOND, "— 3 —"), 2)

    ((first, last, items, why),) = found(outer, inner)

    assert (first, last, items) == (1, 2, [])
    assert "4、1、2、3" in why


def test_two_documents_on_one_sheet_wait_together() -> None:
    ended = [*FIRST, "宝兴镇人民政府", "2024年11月22日"]
    left = column(0.07, ended, "— 1 —", "宝兴镇人民政府专题会议纪要")
    right = column(
        0.57, ["甲方：响水岩村村民委员会", "乙方：响水花椒合作社", *SECOND], "— 1 —", "产业项目合作协议书"
    )

    ((first, last, items, why),) = found(sheet(left, right))

    assert (first, last, items) == (1, 1, [])
    assert "左右两半像是两份材料" in why
