"""Documents draw on the dossier (项目底册); what a person gives may add to it and may not say otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from archivist.core.dossier.drawing import DRAWS, Drawn, debts_told
from archivist.core.dossier.values import EMPTY, Dossier
from archivist.core.drafts.clean import OPEN
from archivist.core.drafts.context import Draft, build_context
from archivist.core.drafts.dossiered import joined
from archivist.core.drafts.kinds import Field
from archivist.core.drafts.sources import SOURCES
from archivist.drafts import find_kind
from archivist.errors import BadInputError
from support.dossiers import CLAIM, DEBT, MEETING, SHED, VOTES, dossier
from support.drafting import KINDS, PROJECT

PLAN, RECORD = "disposal-plan", "village-record"
PLAIN = {name: value for name, value in DEBT.items() if name != "事由"}
NOTICE = {"公示内容": "方案", "开始日期": "2024-11-9", "截止日期": "2024-11-15"}
FULL = dossier(
    资产=[SHED, {"资产名称": "水泵", "数量": 2, "原值": "1.2", "净值或评估值": "0.3"}],
    债权债务=[DEBT, CLAIM],
    确权=[{"确权登记编号": "渝2024-7", "资产编号": "1"}, {"确权登记编号": "渝2024-8"}],
    处置结果=[{"资产编号": "2", "处置方式": "报废"}],
    评估=[{"评估单位": "某某评估公司", "评估基准日": "2024-10-31", "评估结论": "评估值20.10万元。"}],
    会议=[
        {**MEETING, "起止时间": "14:30至16:40", "会议地点": "村委会", "缺席原因": "外出"},
        {**MEETING, "会议日期": "2024-10-1", "同意人数": 20, "反对人数": 10, "弃权人数": 0},
        {"层级": "镇街", "会议日期": "2024-11-08", "会议名称": "党政联席会", "主持人": "镇长周某"},
    ],
    替代项目=[
        {
            "替代项目名称": "果园",
            "实施主体": "某社",
            "投入资金": "30",
            "协议日期": "2024-12-1",
            "确权登记编号": "甲",
        },
        {"替代项目名称": "鱼塘"},
    ],
    公示=[
        {
            "公示内容": "方案",
            "公示地点": "村务公开栏",
            "开始日期": "2024-11-9",
            "截止日期": "2024-11-15",
            "公示天数": 7,
            "异议情况": "无异议",
        }
    ],
)


def draft(slug: str, known: Dossier | None = FULL, data: Mapping[str, Any] | None = None) -> Draft:
    kind = find_kind(KINDS, slug)
    return build_context(kind, PROJECT, None, data or {}, date(2024, 12, 20), votes=VOTES, dossier=known)


def refusal(slug: str, data: Mapping[str, Any], known: Dossier = FULL) -> str:
    with pytest.raises(BadInputError) as caught:
        draft(slug, known, data)
    return caught.value.message


def test_a_plan_has_the_assets_debts_and_the_assessment_of_the_dossier_with_their_sums() -> None:
    values = draft(PLAN).values

    assert [(row["资产名称"], row["数量"], row["原值"]) for row in values["资产清单"]] == [
        ("圈舍", "600", "60.50"),
        ("水泵", "2", "1.20"),
    ]
    assert [row["确权登记编号"] for row in values["资产清单"]] == ["渝2024-7", ""]
    assert [row["处置方式"] for row in values["资产清单"]] == [OPEN, "报废"]
    assert (values["资产原值合计"], values["债务合计"], values["债权合计"]) == ("61.70", "5.04", "0.72")
    assert (values["评估单位"], values["评估基准日"]) == ("某某评估公司", "2024年10月31日")
    assert values["替代项目"] == (
        "引入替代项目“果园”，由某社实施，投入资金30万元，2024年12月1日签订协议，确权登记编号甲。引入替代项目“鱼塘”。"
    )


def test_what_the_dossier_does_not_say_is_left_open_or_a_persons() -> None:
    bare = draft(PLAN, EMPTY).values
    told = draft(PLAN, EMPTY, {"评估单位": "别的公司", "替代项目": "没有"}).values

    assert bare["评估单位"] == OPEN and bare["替代项目"] == ""
    assert draft(PLAN, None).values == bare
    assert (told["评估单位"], told["替代项目"]) == ("别的公司", "没有")
    assert draft(PLAN, dossier(替代项目=[], 债权债务=[])).values["替代项目"] == "没有引入替代项目。"
    assert draft(PLAN, dossier(债权债务=[])).values["债权债务清单"] == []


def test_a_record_is_of_the_latest_meeting_or_of_the_day_that_is_given() -> None:
    last, other = draft(RECORD).values, draft(RECORD, data={"会议时间": "2024年10月1日9:00"}).values

    assert (last["会议时间"], last["会议地点"], last["缺席人数"]) == (
        "2024年11月5日14:30至16:40",
        "村委会",
        "6",
    )
    assert last["同意人数"] == "28" and "表决通过" in last["表决结果"]
    assert (other["会议时间"], other["同意人数"]) == ("2024年10月1日9:00", "20")


def test_minutes_have_the_meeting_of_their_level() -> None:
    township, district = draft("township-minutes").values, draft("district-minutes").values

    assert (township["会议名称"], township["会议日期"], township["主持人"]) == (
        "党政联席会",
        "2024年11月8日",
        "镇长周某",
    )
    assert (district["会议名称"], district["会议日期"]) == ("区人民政府专题会议", OPEN)
    assert draft("township-minutes", data={"会议日期": "2024-11-8"}).values["主持人"] == "镇长周某"


def test_words_that_contradict_the_dossier_are_refused_with_both() -> None:
    told = refusal(PLAN, {"评估单位": "别的公司", "评估基准日": "2024-10-30"})
    minutes = refusal("township-minutes", {"会议日期": "2024年11月9日"})

    assert "“评估单位”填的是“别的公司”，项目底册里是“某某评估公司”：不填就用底册的" in told
    assert "“评估基准日”填的是“2024年10月30日”，项目底册里是“2024年10月31日”" in told
    assert "2024年11月8日" in minutes
    assert "“同意人数”填的是“10”，项目底册里是“28”" in refusal(RECORD, {"同意人数": 10})
    assert "“会议时间”填的是“2023年1月1日”" in refusal(RECORD, {"会议时间": "2023年1月1日"})


@pytest.mark.parametrize("outcome", ["不同意", "暂缓", "另行研究", "退回修改", "听取"])
def test_a_paper_does_not_agree_to_what_its_meeting_did_not(outcome: str) -> None:
    meetings = [
        {"层级": "镇街", "会议日期": "2024-11-08", "会议意见": outcome},
        {"层级": "村（社区）", "会议日期": "2024-11-05", "会议意见": outcome},
    ]
    known = dossier(会议=meetings)
    agreed = {"议定事项": [{"事项": "关于退出", "内容": "同意项目退出。"}]}
    refused = {"议定事项": [{"事项": "关于退出", "内容": "不同意项目退出。"}, {"事项": "其他"}]}

    told = refusal("township-minutes", agreed, known)
    assert "“议定事项”写着“同意项目退出。”" in told and f"意见是“{outcome}”" in told
    assert "“会议决议”写着“同意退出”" in refusal(RECORD, {"会议决议": "不再研究\n同意退出"}, known)
    assert draft("township-minutes", known, refused).values["议定事项"][0]["内容"] == "不同意项目退出。"
    assert draft("district-minutes", known, agreed).values["议定事项"][0]["内容"] == "同意项目退出。"
    assert draft("township-minutes", None, agreed).open


def test_rows_may_be_completed_and_not_changed() -> None:
    rows = [{"资产名称": "水泵", "现状": "锈蚀"}, {"资产名称": "圈舍", "原值": 60.5}]
    values = draft(PLAN, data={"资产清单": rows}).values

    assert [(row["资产名称"], row["数量"], row["现状"]) for row in values["资产清单"]] == [
        ("水泵", "2", "锈蚀"),
        ("圈舍", "600", OPEN),
    ]
    told = refusal(PLAN, {"债权债务清单": [{**PLAIN, "金额": "6"}, {}]} | {"资产清单": [rows[0]]})
    assert "“债权债务清单”第 1 行“金额（万元）”填的是“6.00”，项目底册里是“5.04”" in told
    assert "“资产清单”填了 1 行，项目底册里是 2 行" in told
    assert "不合要求" not in refusal(PLAN, {"资产清单": ["甲", "乙"]})


def test_survey_form_and_ledger_tell_debts_apart_from_claims_as_the_dossier_has_them() -> None:
    words = "债务1笔5.04万元，其中未结清1笔5.04万元；债权1笔0.72万元，其中未结清1笔0.72万元。"

    assert draft("survey-form").values["债权债务等情况"] == words
    assert draft("ledger").values["台账"][0]["债权债务等情况"] == words
    assert debts_told(dossier(债权债务=[])) == "无债务；无债权。"
    assert debts_told(EMPTY) is None
    paid = {**DEBT, "金额": "1.234", "是否结清": "已结清", "结清凭证": "收据"}
    assert debts_told(dossier(债权债务=[paid])) == "债务1笔1.234万元，均已结清；无债权。"


def test_every_source_answers_of_a_full_dossier_and_of_an_empty_one() -> None:
    full, empty = Drawn(FULL), Drawn()
    told = {name: draw(full) for name, draw in DRAWS.items()}

    assert {name: draw(empty) for name, draw in DRAWS.items()} == dict.fromkeys(DRAWS)
    assert told["dossier.publicity"] == "2024年11月9日至2024年11月15日在村务公开栏公示，共7天，无异议。"
    assert told["dossier.publicity.days"] == "7" and told["dossier.replacement.by"] == "某社"
    assert told["dossier.titles"] == [dict(row) for row in FULL.rows("确权")]
    assert set(DRAWS) <= set(SOURCES)
    assert DRAWS["dossier.publicity"](Drawn(dossier(公示=[NOTICE]))) == (
        "2024年11月9日至2024年11月15日公示。"
    )
    assert DRAWS["dossier.assets"](Drawn(dossier(资产=[]))) == []
    assert DRAWS["dossier.replacement"](Drawn(Dossier({"替代项目": ({"编号": "1"},)}))) == "引入替代项目。"


def test_rows_that_are_none_are_left_to_the_schema() -> None:
    table = Field("t", "表", "", "table", source="dossier.assets", columns=(Field("a", "甲", "", "text"),))
    problems: list[str] = []

    assert joined(table, ["x"], [{"a": "1"}], problems) == ["x"]
    assert problems == []
