"""Lists of the archive on paper: nothing, much, hostile; heads repeat, and no number is broken over two lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from archivist.core.archive.lists import ArchiveLists, ArchiveRow
from archivist.core.drafts.context import build_context
from archivist.drafts import find_kind, render
from support.archiving import VOLUMES
from support.drafting import KINDS, PROJECT, listed
from support.office import converted
from support.programs import needs_office

DAY = date(2024, 12, 20)
SLUGS = ("archive-list", "volume-cover", "volume-list", "volume-note")
HOSTILE = "=cmd|'/c'!A1 <w:p>&{{乙}}{%丙%}\u202e\x07\"'>"
LONG = ("关于同意珠溪镇青杠岭村黑山羊标准化养殖场项目退出并处置相关资产的决定" * 10)[:300]


def row(at: int, **more: Any) -> ArchiveRow:
    """The row of a paper as a volume of many has it."""
    one = ArchiveRow(
        order=at,
        place=at,
        code=f"Z109-WS·2024-Y-NYW-0001-{at:03d}",
        number=f"足农发〔2024〕{at}号",
        responsible="重庆市大足区农业农村委员会",
        title=f"第{at}份材料",
        date="20241105",
        secrecy="",
        pages=3,
        start=3 * at - 2,
        end=3 * at,
        note="复印件" if at % 7 == 0 else "",
        retention="永久",
        item=5,
        item_name="纪要",
        documents=(f"D{at:05d}",),
        paths=("",),
    )
    return one._replace(**more)


def lists(*rows: ArchiveRow, **more: Any) -> ArchiveLists:
    return replace(listed(fonds=VOLUMES), rows=rows, **more)


def made(slug: str, found: ArchiveLists) -> bytes:
    kind = find_kind(KINDS, slug)
    return render(kind, build_context(kind, PROJECT, None, {}, DAY, lists=found))


def rows_of(document: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in Document(BytesIO(document)).tables[-1].rows]


def cover_of(found: ArchiveLists) -> str:
    return " ".join(cell for one in rows_of(made("volume-cover", found)) for cell in one)


@pytest.mark.parametrize("slug", SLUGS)
def test_words_from_papers_are_words_and_the_same_lists_give_the_same_bytes(slug: str) -> None:
    hostile = lists(
        row(1, title=HOSTILE, responsible=HOSTILE, number=HOSTILE, note=HOSTILE),
        situation=(HOSTILE,),
        title=HOSTILE,
    )
    document = made(slug, hostile)
    words = "".join(p.text for p in Document(BytesIO(document)).element.body.iter("{*}t") if p.text)

    assert "=cmd|'/c'!A1 <w:p>&{{乙}}{%丙%}\"'>" in words
    assert "\u202e" not in words and "\x07" not in words
    assert document == made(slug, hostile)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_project_without_papers_has_lists_that_say_so(slug: str) -> None:
    nothing = lists(situation=("本卷共 0 件、0 页。",), first="", last="", pages=0)
    words = " ".join(cell for one in rows_of(made(slug, nothing)) for cell in one)

    assert ("没有归档的材料" in words) == slug.endswith("-list")


def test_each_paper_is_a_row_of_its_columns_whatever_their_number() -> None:
    many = lists(*(row(at, title=LONG if at % 10 == 1 else f"第{at}份") for at in range(1, 61)))
    (head, *rows), volume = rows_of(made("archive-list", many)), rows_of(made("volume-list", many))

    assert head == ["序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注"]
    assert [one[0] for one in rows] == [str(at) for at in range(1, 61)]
    assert (rows[0][4], rows[6][8], rows[5][8]) == (LONG, "复印件", "")
    assert [one[5] for one in volume[1:]] == [*(str(3 * at - 2) for at in range(1, 60)), "178-180"]


def test_what_nobody_knows_is_open_and_what_need_not_be_there_is_blank() -> None:
    unknown = row(1, code="", date="", responsible="", number="", pages=None, start=None, end=None)
    one, volume = (
        rows_of(made("archive-list", lists(unknown)))[1],
        rows_of(made("volume-list", lists(unknown)))[1],
    )

    assert [one[at] for at in (1, 2, 3, 5, 6, 7)] == ["【待填】", "", "【待填】", "【待填】", "", "【待填】"]
    assert volume[5] == "【待填】"


def test_the_cover_says_from_when_to_when_and_how_much_is_to_be_counted() -> None:
    told = lists(row(1), first="20180506", last="20241105", pages=3, unknown=2)
    cover, day = cover_of(told), cover_of(replace(told, first="20241105"))

    assert "20180506—20241105" in cover and "3（另有2件待数）" in cover
    assert "20241105" in day and "—" not in day


@pytest.mark.libreoffice
@needs_office
def test_on_paper_heads_repeat_and_no_number_is_broken(tmp_path: Path) -> None:
    import pypdfium2

    many = lists(*(row(at, title=LONG if at % 10 == 1 else f"第{at}份") for at in range(1, 61)))
    documents: Mapping[str, bytes] = {slug: made(slug, many) for slug in ("archive-list", "volume-list")}
    for slug, content in documents.items():
        (tmp_path / f"{slug}.docx").write_bytes(content)
    converted(tmp_path, [tmp_path / f"{slug}.docx" for slug in documents])
    for slug in documents:
        pages = [
            page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / f"{slug}.pdf")
        ]
        lines = [line.strip() for page in pages for line in page.splitlines()]
        days = sum(len(re.findall(r"(?<![0-9])20241105(?![0-9])", line)) for line in lines)

        assert len(pages) > 1
        assert all("责任者" in page and "题名" in page for page in pages), "the head stands on each page"
        assert days == 60
        if slug == "archive-list":
            codes = {code for line in lines for code in re.findall(r"Z109-WS·2024-Y-NYW-0001-[0-9]{3}", line)}
            assert len(codes) == 60
        else:
            assert any("178-180" in line for line in lines)
