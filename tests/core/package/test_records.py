"""What an archives office reads of a package: the columns it asks for, and nothing guessed."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.package.contents import Paper
from archivist.core.package.records import (
    LIST_COLUMNS,
    file_list,
    list_csv,
    list_rows,
    list_xml,
    metadata,
    readme,
)
from archivist.core.package.xml import text
from support.page_stories import HANDED_OVER, HOSTILE, PACKAGES

ONE, TWO = HANDED_OVER.papers


def test_the_file_list_has_the_columns_of_the_hand_over_in_their_order() -> None:
    first, second = ElementTree.fromstring(file_list(HANDED_OVER))

    assert [(one.tag, one.text or "") for one in first] == [
        ("顺序号", "1"),
        ("档号", ""),
        ("责任者", ""),
        ("题名", "青杠村会议记录"),
        ("日期", ""),
        ("密级", ""),
        ("电子档案名称", ONE.path),
        ("备注", ""),
    ]
    assert second.findtext("备注") == "复印件"


def test_a_title_of_our_own_stands_in_brackets() -> None:
    assert list_rows([replace(ONE, title="")])[0][4] == f"[{ONE.item_name}]"


@pytest.mark.parametrize(("date", "shown"), [("2024-11-01", "20241101"), ("2024-11", "2024-11"), ("", "")])
def test_a_date_has_eight_digits_if_it_is_a_whole_one(date: str, shown: str) -> None:
    assert list_rows([replace(ONE, date=date)])[0][5] == shown


def test_the_list_of_papers_says_the_same_as_xml_and_as_csv() -> None:
    papers = [ONE, replace(TWO, remark="旧版，以 D00009 为准")]
    xml = [[one.text or "" for one in row] for row in ElementTree.fromstring(list_xml(papers))]
    read = list(csv.reader(StringIO(list_csv(papers))))

    assert read == [list(LIST_COLUMNS), *xml]
    assert xml[1][-1] == "复印件；旧版，以 D00009 为准"
    assert [row[7] for row in xml] == ["3", ""]


@pytest.mark.parametrize("sign", "=+-@")
def test_no_cell_is_a_formula(sign: str) -> None:
    told = list_csv([replace(ONE, title=f'{sign}cmd|"a",b\nc')])

    assert f"'{sign}cmd" in told
    assert list(csv.reader(StringIO(told)))[1][4] == f'\'{sign}cmd|"a",b c'


def test_metadata_tells_of_each_paper_what_da_t_46_names() -> None:
    root = ElementTree.fromstring(metadata(HANDED_OVER))
    paper = root.findall("电子文件")[1]

    assert root.findtext("项目/销号状态") == "已销号"
    assert paper.findtext("数字摘要") == TWO.sha256
    assert paper.findtext("计算机文件大小") == "9"
    assert paper.findtext("格式信息") == "PDF"
    assert paper.findtext("原件或复印件") == "复印件"
    assert paper.findtext("归档内容序号") == "5"
    assert paper.findtext("可检索副本") == "可检索副本/05 纪要/副本.pdf"
    assert paper.findtext("页数") == ""
    assert ElementTree.fromstring(metadata(PACKAGES["not wound up"])).findtext("项目/销号状态") == "未销号"


def test_an_older_version_is_called_one() -> None:
    old = replace(HANDED_OVER, papers=(replace(ONE, counts=False),))

    assert ElementTree.fromstring(metadata(old)).findtext("电子文件/稿本") == "被替换的版本"


def test_a_name_without_an_ending_has_no_format() -> None:
    assert Paper("D1", 1, "", "01 表/扫描件", "", 0).format == ""


def test_the_readme_says_first_whether_the_project_is_wound_up_and_what_is_missing() -> None:
    done, open_ = readme(HANDED_OVER), readme(PACKAGES["not wound up"])

    assert "一、状态：已销号" in done
    assert "没有附上的" not in done
    assert "一、状态：未销号" in open_
    assert "八、没有附上的：可检索副本 1 份" in open_
    assert "（未填写）" in readme(replace(HANDED_OVER, agency=""))


def test_what_is_missing_is_what_must_be_there() -> None:
    assert [one.number for one in PACKAGES["not wound up"].missing] == [1]


def test_hostile_words_are_words() -> None:
    hostile = PACKAGES["hostile"]
    for made in (file_list(hostile), metadata(hostile), list_xml(hostile.papers)):
        ElementTree.fromstring(made)
    assert HOSTILE.replace("\x00", "�") == ElementTree.fromstring(file_list(hostile)).findtext("文件/题名")


@given(st.text(st.characters(codec=None)))
def test_any_text_is_well_formed(words: str) -> None:
    read = ElementTree.fromstring(f"<a>{text(words)}</a>").text or ""

    assert len(read) == len(words)
    assert all(a in (b, "�") for a, b in zip(read, words, strict=True))
