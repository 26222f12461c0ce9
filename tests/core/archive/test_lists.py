"""Lists of the archive say what the index knows, in the words an archive uses, and leave open what nobody knows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.archive.lists import ArchiveLists, archive_lists, eight_digits, numberable, pieces
from archivist.core.archive.numbers import Given, planned
from archivist.core.archive.pages import consecutive, page_numbers
from archivist.core.archive.rules import Fonds
from archivist.core.catalogue.completeness import Waiver
from archivist.core.checks.values import ProjectFile
from archivist.core.document import Holding
from archivist.core.model import Fact, Seen, TextSource
from archivist.core.project import Project
from support.archiving import PIECES, RULES, VOLUMES, Counted
from support.catalogue import ITEMS
from support.checking import held

PROJECT = Project("A", "养殖场", "石坝镇", "青杠村")


def paper(item: int, number: int, day: str | None = "2024-11-05", pages: int = 2, **more: object) -> Holding:
    one = held(item, day, number, **more)
    return replace(one, title=one.title or f"第{number}份", last=pages, file=replace(one.file, kind="pdf"))


def listed(
    *papers: Holding,
    given_: tuple[Given, ...] = (),
    fonds: Fonds = VOLUMES,
    blank: dict[str, int] | None = None,
    waivers: dict[int, Waiver] | None = None,
) -> ArchiveLists:
    file = ProjectFile("A", "养殖场", "淘汰类", papers, (), waivers or {})
    return archive_lists(file, PROJECT, given_, blank or {}, ITEMS, fonds, RULES)


def numbered(*papers: Holding, fonds: Fonds = VOLUMES) -> tuple[Given, ...]:
    kept = Counted()
    file = ProjectFile("A", "养殖场", "淘汰类", papers)
    kept.give("A", planned(numberable(file), (), fonds, RULES, kept.highest).new)
    return tuple(kept.given)


def test_a_row_says_what_the_index_knows() -> None:
    one = paper(
        5,
        1,
        title="石坝镇人民政府专题会议纪要",
        responsible="石坝镇人民政府",
        facts=(Fact("文号", "石府纪〔2024〕5号", 1, "〔2024〕5号"),),
    )
    (row,) = listed(one, given_=numbered(one)).rows

    assert (row.order, row.place, row.code) == (1, 1, "Z109-WS·2024-Y-NYW-0001-001")
    assert (row.number, row.responsible, row.title) == (
        "石府纪〔2024〕5号",
        "石坝镇人民政府",
        "石坝镇人民政府专题会议纪要",
    )
    assert (row.date, row.secrecy, row.pages, row.start, row.end, row.note) == ("20241105", "", 2, 1, 2, "")
    assert (row.retention, row.item, row.documents, row.paths) == ("永久", 5, ("D00001",), ("5.pdf",))


def test_a_title_the_software_makes_stands_in_brackets() -> None:
    one = replace(paper(1, 1), title=None)

    assert listed(one).rows[0].title.startswith("[") and listed(one).rows[0].title.endswith("]")
    assert "石坝镇" in listed(replace(paper(5, 1), title=None)).rows[0].title


def test_what_nobody_knows_is_left_open_and_not_made_up() -> None:
    one = replace(paper(2, 1, None), issuer=None)
    lists = listed(one, fonds=Fonds())
    (row,) = lists.rows

    assert (row.code, row.place, row.date, row.responsible, row.number) == ("", None, "", "", "")
    assert (lists.fonds, lists.code, lists.year, lists.first, lists.last) == ("", "", None, "", "")
    assert not lists.numbered


def test_who_issued_it_stands_for_who_is_responsible_only_where_that_is_not_known() -> None:
    assert listed(replace(paper(2, 1), issuer="区审计局")).rows[0].responsible == "区审计局"
    both = replace(paper(2, 1), issuer="区审计局", responsible="重庆市大足区审计局")
    assert listed(both).rows[0].responsible == "重庆市大足区审计局"


def test_photos_of_one_paper_are_one_row_with_all_their_pages() -> None:
    sheets = [
        paper(4, number, pages=1, title="会议记录" + (f"（第{number}页）" if number > 1 else ""))
        for number in (1, 2, 3)
    ]
    lists = listed(*sheets, paper(5, 4, pages=3), given_=numbered(*sheets, paper(5, 4, pages=3)))

    assert [row.documents for row in lists.rows] == [("D00001", "D00002", "D00003"), ("D00004",)]
    assert [(row.pages, row.start, row.end) for row in lists.rows] == [(3, 1, 3), (3, 4, 6)]
    assert (lists.pages, len(lists.rows)) == (6, 2)
    assert lists.numbered


def test_a_copy_missing_pages_and_what_became_of_the_file_are_noted_and_an_original_is_not() -> None:
    copy = replace(paper(1, 1), original="复印件")
    lacks = replace(paper(2, 2), reasons=("缺页：印的页码是1、3，缺第2页",))
    altered, gone = replace(paper(4, 3), wrong="altered"), replace(paper(5, 4), wrong="gone")
    lists = listed(copy, lacks, altered, gone, paper(6, 5), blank={"D00005": 1})

    assert [row.note for row in lists.rows] == [
        "复印件",
        "缺页",
        "文件被改动",
        "文件不在原处",
        "另有空白页1页",
    ]
    assert lists.rows[4].pages == 1
    told = "".join(lists.situation)
    assert "第 1 件“第1份”：复印件。" in told and "第 2 件“第2份”：缺页。" in told
    assert "原件" not in told


def test_pages_that_nobody_can_count_make_the_later_page_numbers_unknown() -> None:
    word = paper(2, 2)
    word = replace(word, file=replace(word.file, kind="unknown", name="报告.bin"))
    lists = listed(paper(1, 1), word, paper(4, 3), given_=numbered(paper(1, 1), word, paper(4, 3)))

    assert [(row.pages, row.start, row.end) for row in lists.rows] == [
        (2, 1, 2),
        (None, 3, None),
        (2, None, None),
    ]
    assert lists.rows[1].note == "页数待打印后数"
    assert (lists.pages, lists.unknown) == (4, 1)
    assert "另有 1 件页数待打印后数" in lists.situation[0]


def test_drafts_stand_in_no_list_and_are_told() -> None:
    draft = replace(paper(2, 2), file=replace(paper(2, 2).file, kind="docx"))
    native = paper(3, 3, sealed=Seen.NO, signed=Seen.NO, text_source=TextSource.NATIVE)
    lists = listed(paper(1, 1), draft, native)

    assert [row.item for row in lists.rows] == [1]
    assert [one for one, _ in lists.left] == ["D00002", "D00003"]
    assert "另有 2 件未签章的电子文件" in "".join(lists.situation)
    assert "不是定稿：Word" in lists.left[0][1]


def test_what_the_catalogue_lacks_is_told_as_missing_or_waived() -> None:
    waiver = Waiver("A", 3, "合作协议书遗失", "李某", "2026-01-01")
    told = "".join(listed(paper(1, 1), waivers={3: waiver}).situation)

    assert "归档目录第三项" in told and "免交（合作协议书遗失）" in told
    assert "归档目录第二项" in told and "缺。" in told
    assert "归档目录第八项" not in told, "what need not be there is not missing"


def test_a_vacant_number_is_told_and_rows_keep_their_places() -> None:
    papers = [paper(item, item) for item in (1, 2, 4)]
    rows = numbered(*papers)
    lists = listed(papers[0], papers[2], paper(2, 9), given_=rows)

    assert [(row.documents[0], row.place) for row in lists.rows] == [
        ("D00001", 1),
        ("D00004", 3),
        ("D00009", None),
    ]
    assert "原编给 D00002，该件已不在本项目，此号空缺" in "".join(lists.situation)
    assert not lists.numbered


def test_piece_by_piece_each_paper_has_a_number_and_a_period_of_its_own() -> None:
    papers = [paper(5, 1), paper(8, 2)]
    lists = listed(*papers, given_=numbered(*papers, fonds=PIECES), fonds=PIECES)

    assert [row.code for row in lists.rows] == ["Z109-WS·2024-Y-NYW-0001", "Z109-WS·2024-D30-NYW-0001"]
    assert [row.retention for row in lists.rows] == ["永久", "30年"]
    assert [row.start for row in lists.rows] == [None, None]
    assert (lists.code, lists.volumes, lists.year) == ("", False, 2024)
    assert lists.situation[0].startswith("本盒共 2 件")


def test_a_number_given_before_the_periods_changed_tells_the_period_it_was_given_for() -> None:
    one = paper(8, 1)
    (row,) = numbered(replace(one, item=4), fonds=PIECES)
    lists = listed(one, given_=(row,), fonds=PIECES)

    assert lists.rows[0].retention == "永久"
    broken = row._replace(code="Z109")
    assert listed(one, given_=(broken,), fonds=PIECES).rows[0].retention == "30年"
    volume = numbered(one)[0]
    odd = volume._replace(series=volume.series._replace(period="D77"))
    assert listed(one, given_=(odd,)).retention == "30年"


@given(st.lists(st.integers(1, 9), min_size=1, max_size=12))
def test_page_numbers_run_through_the_volume(pages: list[int]) -> None:
    papers = [paper(5, number, pages=count) for number, count in enumerate(pages, 1)]
    lists = listed(*papers, given_=numbered(*papers))

    assert consecutive(lists.rows)
    assert lists.rows[-1].end == sum(pages)
    assert page_numbers(lists.rows[0], last=False) == "1"


def test_the_last_paper_tells_where_it_ends() -> None:
    (row,) = listed(paper(5, 1, pages=3)).rows
    (single,) = listed(paper(5, 1, pages=1)).rows

    assert (page_numbers(row, last=True), page_numbers(row, last=False)) == ("1-3", "1")
    assert page_numbers(single, last=True) == "1"
    assert page_numbers(row._replace(start=None), last=True) == ""
    assert not consecutive([row, row])


@pytest.mark.parametrize("iso", [None, "", "2024-13-01", "2024", "二〇二四年"])
def test_what_is_no_day_is_none(iso: str | None) -> None:
    assert eight_digits(iso) == ""


def test_papers_stand_in_the_order_of_the_catalogue_then_of_their_days() -> None:
    file = ProjectFile(
        "A", "养殖场", "淘汰类", (paper(5, 3), paper(1, 2), paper(5, 1, "2024-01-01"), paper(5, 12, None))
    )

    assert [one.first.id for one in pieces(file)] == ["D00002", "D00001", "D00003", "D00012"]
    assert [one.year for one in numberable(file)] == [2024, 2024, 2024, None]
