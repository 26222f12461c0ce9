"""The papers of a deregistration beside minutes and plan: filed where they belong once signed, saying no more than is so."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from lxml import etree

from archivist.core.drafts.context import Draft, build_context
from archivist.core.identify.kind import read_kind
from archivist.core.project import Category, Project
from archivist.drafts import catalogue_rows, find_kind
from archivist.errors import BadInputError
from support.drafting import ANNEX, ENTRIES, KINDS, PROJECT, SLUGS, TODAY, make
from support.read_pages import page


def text_of(document: bytes) -> str:
    with zipfile.ZipFile(BytesIO(document)) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    return "\n".join("".join(node.text or "" for node in p.iter("{*}t")) for p in tree.iter("{*}p"))


def draft(slug: str, data: dict[str, object], project: Project = PROJECT) -> Draft:
    rows = catalogue_rows(ANNEX.items, ENTRIES, project)
    return build_context(find_kind(KINDS, slug), project, rows, data, TODAY)


FILED = [slug for slug in SLUGS if find_kind(KINDS, slug).item is not None]


@pytest.mark.parametrize("slug", FILED)
def test_the_signed_scan_of_a_paper_is_filed_under_its_own_item(slug: str) -> None:
    found = read_kind([page(text_of(make(slug)))], ANNEX)

    assert (found.item, found.doubts) == (find_kind(KINDS, slug).item, ()), found


@pytest.mark.parametrize("slug", ["chasing-notice", "supervision-list"])
def test_what_only_drives_the_work_on_is_no_paper_of_the_archive(slug: str) -> None:
    assert read_kind([page(text_of(make(slug)))], ANNEX).item is None


def test_one_projects_row_comes_from_the_register_where_nobody_filled_in_the_table() -> None:
    found = draft("collective-minutes", {})

    assert found.values["项目意见"][0] | {"项目名称": "", "镇街和村": ""} == {
        "项目编号": "DZ-2018-0017",
        "项目名称": "",
        "镇街和村": "",
        "认定类别": "【待填】",
        "会议意见": "【待填】",
        "条件和要求": "",
        "责任单位": "",
        "完成时限": "",
    }
    assert "“项目意见”第1行的会议意见" in found.open


def test_minutes_for_many_projects_count_each_outcome_and_take_no_word_of_their_own() -> None:
    rows = [
        {
            "项目编号": f"DZ-2019-{n:04}",
            "项目名称": f"第{n}项目",
            "镇街和村": "珠溪镇",
            "认定类别": "淘汰类",
            "会议意见": word,
        }
        for n, word in enumerate(["同意"] * 3 + ["原则同意", "暂缓"])
    ]
    text = text_of(make("collective-minutes", {"项目意见": rows}))

    assert "会议逐个研究了5个项目，同意3个，原则同意1个，暂缓1个。" in text
    with pytest.raises(BadInputError, match="同意、原则同意、暂缓、另行研究、退回修改、不同意、听取之一"):
        draft("collective-minutes", {"项目意见": [rows[0] | {"会议意见": "基本同意"}]})


def test_a_reminder_lists_what_the_archive_lacks_and_is_not_made_where_it_lacks_nothing() -> None:
    found = draft("chasing-notice", {})

    assert [row["缺少的材料"][:4] for row in found.values["催办清单"]] == [
        "行业主管",
        "产业项目",
        "珠溪镇会",
        "区农业农",
        "区人民政",
    ]
    assert found.values["缺件数"] == 5
    with pytest.raises(BadInputError, match="没有缺件的不用催办"):
        draft("chasing-notice", {"催办清单": []})


def test_who_heard_objections_gets_no_certificate_that_there_were_none() -> None:
    with pytest.raises(BadInputError, match="有异议的不能出具无异议证明"):
        draft("no-objection", {"异议件数": 1})
    assert "没有单位和个人" not in text_of(make("no-objection", {}))


def test_an_application_says_settled_only_where_every_row_does_and_keeps_claims_from_debts() -> None:
    rows = [
        {"类型": "债务", "对方名称": "甲户", "金额": "3.84", "是否结清": "未结清"},
        {"类型": "债权", "对方名称": "乙户", "金额": "0.72", "是否结清": "已结清"},
    ]
    text = text_of(make("deregistration-application", {"债权债务清单": rows}))

    assert "债权合计0.72万元、债务合计3.84万元。尚有1笔债务、3.84万元没有清偿。" in text
    assert "全部结清" not in text and "没有收回" not in text
    settled = [row | {"是否结清": "已结清"} for row in rows]
    assert "债权债务已全部结清" in text_of(make("deregistration-application", {"债权债务清单": settled}))
    assert "没有债权债务" in text_of(make("deregistration-application", {"债权债务清单": []}))


def test_what_was_invested_is_refused_where_the_years_do_not_add_up_to_it() -> None:
    with pytest.raises(BadInputError, match="与投入帮扶资金"):
        draft("assessment-report", {"资金明细": [{"资金来源": "财政专项扶贫资金", "金额": "70"}]})


@pytest.mark.parametrize("slug", ["disposal-request", "replacement-agreement", "deregistration-application"])
def test_papers_of_what_is_given_up_are_not_made_for_a_project_that_thrives(slug: str) -> None:
    with pytest.raises(BadInputError, match="只用于淘汰类项目"):
        draft(slug, {}, replace(PROJECT, category=Category.STRONG))


def test_a_form_for_the_pen_has_lines_and_boxes_and_speaks_of_residents_in_a_community() -> None:
    village = text_of(make("village-record-form", {}))
    community = text_of(
        make("village-record-form", {}, replace(PROJECT, township="棠香街道", village="西湖社区"))
    )

    assert all(
        word in village
        for word in ("动议来源", "会议形式", "村民代表会议", "党员大会审议", "决议公开", "监督")
    )
    assert "居民代表会议" in community and "村民代表会议" not in community
    assert "【待填】" not in village


@pytest.mark.parametrize("slug", ["chasing-notice", "filing-form", "supervision-list", "disposal-request"])
def test_no_red_head_and_no_signature_prints_a_body_by_its_short_name(slug: str) -> None:
    values = draft(slug, {}).values
    names = [str(values[name]) for name in ("发文机关", "报备单位", "督办单位") if name in values]

    assert names and all(name == "【待填】" or name.startswith("重庆市大足区") for name in names)
