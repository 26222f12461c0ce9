"""What a draft is made of: register data, a person's words, figures that agree, and all mistakes at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.catalogue.itemname import item_name
from archivist.core.drafts.catalogue import CatalogueEntry, catalogue_rows
from archivist.core.drafts.clean import MISSING, OPEN, clean_text, lines_of, one_line
from archivist.core.drafts.context import Draft, build_context
from archivist.core.drafts.kinds import Field, parse_kind
from archivist.core.drafts.sources import official_date, township_body, village_committee
from archivist.core.drafts.values import coerce, printed
from archivist.core.project import Project
from archivist.drafts import find_kind
from archivist.errors import BadInputError
from support.drafting import ANNEX, KINDS, PROJECT

TODAY = date(2024, 12, 5)

ASSET = {"资产名称": "羊舍", "原值": "58.60", "净值或评估值": 12}


def draft(
    slug: str,
    data: Mapping[str, object],
    project: Project = PROJECT,
    catalogue: Sequence[Mapping[str, object]] | None = None,
) -> Draft:
    return build_context(find_kind(KINDS, slug), project, catalogue, data, TODAY)


def refusal(slug: str, data: Mapping[str, object], **more: Any) -> str:
    with pytest.raises(BadInputError) as error:
        draft(slug, data, **more)
    return error.value.message


def test_register_fills_in_what_it_knows_in_the_documents_own_units() -> None:
    values = draft("township-minutes", {}).values

    assert (values["项目编号"], values["投入帮扶资金"], values["发文机关"]) == (
        "DZ-2018-0017",
        "86.50",
        "珠溪镇人民政府",
    )


def test_a_persons_words_win_over_the_register() -> None:
    assert draft("township-minutes", {"主管部门": "区林业局"}).values["主管部门"] == "区林业局"


def test_what_nobody_said_prints_as_to_be_filled_in() -> None:
    made = draft("township-minutes", {"会议地点": "三楼会议室"})

    assert made.values["主持人"] == OPEN
    assert made.values["会议地点"] == "三楼会议室"


def test_an_optional_field_that_nobody_filled_in_is_empty() -> None:
    assert draft("township-minutes", {}).values["抄送"] == []


def test_a_streets_organ_is_an_office_and_a_towns_a_government() -> None:
    assert township_body("龙岗街道") == "龙岗街道办事处"
    assert township_body("珠溪镇") == "珠溪镇人民政府"
    assert township_body("") is None


def test_a_communitys_committee_is_of_residents_and_a_villages_of_villagers() -> None:
    assert village_committee("西湖社区") == "西湖社区居民委员会"
    assert village_committee("青杠岭村") == "青杠岭村民委员会"


def test_all_mistakes_are_told_at_once_with_title_value_and_what_is_expected() -> None:
    message = refusal(
        "village-record", {"应到人数": "四十五", "会议地点点": "村委会", "发言记录": [{"发言": "同意"}]}
    )

    assert "3 处" in message
    assert "“应到人数”填的是“四十五”，应为人数（整数）" in message
    assert "没有“会议地点点”这一项，是不是“会议地点”？" in message
    assert "“发言记录”第 1 行没有“发言”这一项" in message


def test_what_is_too_long_is_told_with_its_length_and_the_limit() -> None:
    assert "“表决方式”有 99 个字，最多 30 个字" in refusal("village-record", {"表决方式": "票" * 99})


def test_a_missing_cell_is_told_with_its_row() -> None:
    assert "“资产清单”第 2 行缺少“资产名称”" in refusal("disposal-plan", {"资产清单": [ASSET, {"原值": 1}]})


def test_a_register_without_the_name_is_asked_for_it() -> None:
    message = refusal("township-minutes", {}, project=Project(code="A1", name=""))

    assert "缺少“项目名称”" in message


def test_totals_are_worked_out_exactly() -> None:
    rows = [{**ASSET, "原值": "0.10"}, {**ASSET, "原值": 0.2}]

    values = draft("disposal-plan", {"资产清单": rows}).values

    assert (values["资产原值合计"], values["资产净值合计"], values["资产项数"]) == ("0.30", "24.00", 2)


def test_a_total_that_the_rows_contradict_is_refused_with_both_figures() -> None:
    message = refusal("disposal-plan", {"资产清单": [ASSET], "资产原值合计": 60})

    assert "填的是 60.00" in message
    assert "算出来是 58.60" in message
    assert "相差 1.40" in message


def test_a_total_stays_open_while_a_row_lacks_its_figure() -> None:
    assert (
        draft("disposal-plan", {"资产清单": [ASSET, {"资产名称": "青贮池"}]}).values["资产原值合计"] == OPEN
    )


def test_unsettled_debts_are_counted_and_summed_by_themselves() -> None:
    debt = {"类型": "债务", "对方名称": "黄世华等27户", "金额": "3.84", "是否结清": "未结清"}
    rows = [debt, {**debt, "金额": "1.20", "是否结清": "已结清"}]

    values = draft("disposal-plan", {"债权债务清单": rows}).values

    assert (values["未结清债务笔数"], values["未结清债务金额"], values["债务合计"]) == (1, "3.84", "5.04")


def test_what_is_owed_is_never_added_to_what_is_to_be_received() -> None:
    debt = {"类型": "债务", "对方名称": "黄世华等27户", "金额": "5.04", "是否结清": "未结清"}
    claim = {**debt, "类型": "债权", "对方名称": "某经营部", "金额": "0.72"}

    values = draft("disposal-plan", {"债权债务清单": [debt, claim]}).values

    assert (values["未结清债务金额"], values["未结清债权金额"]) == ("5.04", "0.72")
    assert "5.76" not in str(values)


def test_votes_that_do_not_add_up_are_refused() -> None:
    message = refusal("village-record", {"实到人数": 39, "同意人数": 37, "反对人数": 1, "弃权人数": 2})

    assert "= 40，与实到人数 39 不符" in message


def test_a_name_given_twice_under_two_spellings_is_refused() -> None:
    assert "填了两次" in refusal("village-record", {"村": "甲村", "村（社区）": "乙村"})


def test_default_sentences_take_their_names_from_the_fields() -> None:
    values = draft("township-minutes", {}).values

    assert values["标题"] == "关于研究珠溪镇青杠岭村黑山羊标准化养殖场项目分类认定和处置工作的会议纪要"


def test_braces_in_a_name_are_not_read_as_a_field() -> None:
    named = Project(code="A1", name="{主持人}养殖场", township="珠溪镇")

    assert "{主持人}养殖场" in draft("township-minutes", {}, project=named).values["标题"]


def test_the_same_words_give_the_same_draft_and_other_words_another() -> None:
    first, again, other = (draft("catalogue", {"编制人": name}, catalogue=rows()) for name in "甲甲乙")

    assert first.id == again.id != other.id


def rows(*entries: CatalogueEntry) -> list[dict[str, Any]]:
    return catalogue_rows(ANNEX.items, entries, PROJECT)


def test_the_catalogue_has_the_plans_eight_items_with_real_names() -> None:
    names = [row["归档内容"] for row in rows()]

    assert names[0] == "大足区珠溪镇经营性帮扶产业项目摸底调查表"
    assert names[1] == "行业主管部门组织专业力量或第三机构核查评估的情况报告"
    assert names[3:7] == [
        "青杠岭村会议记录",
        "珠溪镇会议纪要",
        "区农业农村委会议纪要",
        "区人民政府专题会会议纪要",
    ]
    assert len(names) == len(ANNEX.items)


def test_an_unknown_name_leaves_the_plans_words_as_they_stand() -> None:
    assert item_name(ANNEX.item(4), Project(code="A", name="B")) == "××村（社区）会议记录"


def test_the_catalogue_marks_what_is_missing_but_never_the_optional_item() -> None:
    made = rows()

    assert [row["材料"][0]["题名"] for row in made] == [
        MISSING if item.required else "无" for item in ANNEX.items
    ]


def test_the_catalogue_lists_all_documents_of_an_item_by_date_and_marks_unknowns() -> None:
    made = rows(
        CatalogueEntry(8, "退出协议", "2024-12-28", 3, "原件"),
        CatalogueEntry(8, "公示照片", "2024-11-05"),
        CatalogueEntry(8, "其他", None, filed=False),
    )
    documents = draft("catalogue", {}, catalogue=made).values["归档目录"][7]["材料"]

    assert [document["题名"] for document in documents] == ["公示照片", "退出协议", "其他"]
    assert documents[0]["日期"] == "2024年11月5日"
    assert documents[0]["页数"] == OPEN
    assert documents[2]["备注"] == "待确认"


def test_the_catalogue_says_of_an_item_that_it_is_wrong_or_must_be_looked_at() -> None:
    entries = [CatalogueEntry(1, "调查表", "2024-11-05"), CatalogueEntry(1, "调查表补充", "2024-11-09")]
    made = catalogue_rows(ANNEX.items, entries, PROJECT, None, {1: "待核（未签字）"})

    assert [document["备注"] for document in made[0]["材料"]] == ["待核（未签字）", ""]


def test_the_catalogue_cannot_be_made_without_the_index() -> None:
    assert "缺少“归档目录”" in refusal("catalogue", {})


@pytest.mark.parametrize(
    "written", ["2024-09-05", "2024年9月5日", "2024.9.5", "2024年09月05日", date(2024, 9, 5)]
)
def test_dates_print_without_zero_padding_however_they_are_written(written: object) -> None:
    assert coerce(Field("日", "日", "", "text", date=True), written) == "2024年9月5日"


def test_a_day_that_no_calendar_has_is_refused() -> None:
    assert "“会议日期”填的是“2024-02-30”，应为日期" in refusal("township-minutes", {"会议日期": "2024-02-30"})


@given(st.dates())
def test_printing_a_date_and_reading_it_again_gives_the_same(day: date) -> None:
    if day.year >= 1950 and day.year < 2100:
        assert coerce(Field("日", "日", "", "text", date=True), day.isoformat()) == official_date(day)


@given(st.decimals(min_value=0, max_value=10**9, places=6))
def test_an_amount_is_never_rounded(amount: Decimal) -> None:
    field = Field("额", "额", "", "number", decimals=2)
    shown = printed(field, coerce(field, str(amount)))

    assert Decimal(shown) == amount
    assert len(shown.split(".")[1]) >= 2


@pytest.mark.parametrize(
    "written", ["nan", "inf", "1e9", "12万", "--1", True, [], "９９９９９９９９９９９９９９９９９"]
)
def test_what_is_no_plain_number_is_left_for_the_schema_to_refuse(written: object) -> None:
    assert not isinstance(coerce(Field("额", "额", "", "number"), written), Decimal)


def test_full_width_digits_and_thousands_commas_are_numbers() -> None:
    assert coerce(Field("额", "额", "", "number"), "１，２３４．５") == Decimal("1234.5")


@given(st.text())
def test_cleaned_text_holds_nothing_that_changes_layout_or_breaks_xml(text: str) -> None:
    cleaned = clean_text(text)

    assert cleaned.isprintable() or not set(cleaned) & {
        chr(code) for code in range(32) if code not in (9, 10)
    }
    assert not any("\ud800" <= char <= "\udfff" or char in "\ufffe\uffff" for char in cleaned)
    assert clean_text(cleaned) == cleaned


def test_line_ends_vanish_between_hanzi_and_part_latin_words() -> None:
    assert one_line("珠溪\r\n镇") == "珠溪镇"
    assert one_line("A1\nB2") == "A1 B2"
    assert lines_of("甲\r\n\r\n乙\n") == ["甲", "乙"]


def test_characters_that_turn_the_reading_direction_are_dropped() -> None:
    assert clean_text("同意\u202e对反\u202c") == "同意对反"


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(OPEN),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["资产名称", "原值", "金额", "类型", "姓名", "x"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@given(
    st.sampled_from(["disposal-plan", "village-record", "township-minutes"]),
    st.data(),
)
def test_whatever_shape_data_has_it_is_drafted_or_refused_in_chinese(slug: str, data: st.DataObject) -> None:
    titles = [field.title for field in find_kind(KINDS, slug).fields]
    filled = data.draw(st.dictionaries(st.sampled_from(titles), ODD, max_size=4))
    try:
        assert draft(slug, filled).project == PROJECT.code
    except BadInputError as error:
        assert "处填写内容要改正" in error.message


def test_a_schema_that_contradicts_itself_is_told_in_full() -> None:
    problems: list[str] = []
    schema = {
        "title": "样",
        "required": ["没有"],
        "properties": {
            "1x": {"type": "string"},
            "items": {"type": "string"},
            "甲": {"x-source": "project.nothing"},
            "乙": {"type": "array", "items": {"type": "object", "properties": {"列": {}}}},
            "合计": {"type": "number", "x-sum": {"of": "乙", "column": "无列"}},
        },
        "x-checks": [{"sum": ["甲"], "equals": "合计"}],
    }

    parse_kind("sample", schema, "sample.schema.json", "sample.docx", ANNEX.required, problems)

    assert len(problems) == 6
