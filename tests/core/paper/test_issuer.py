"""The body that issued a paper (责任者) is read where the paper shows it, or nobody is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.page import Line, Page
from archivist.core.paper.bodies import body_names
from archivist.core.paper.issuer import issuer_of
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_annex

BODIES = load_annex(data_folder("schemas")).sayings.bodies


def paper(*texts: str) -> list[Page]:
    return [
        Page(at, tuple(Line(line) for line in text.splitlines())) for at, text in enumerate(texts, start=1)
    ]


MINUTES = (
    "2024年11月19日，镇长罗某主持召开专题会议，研究青杠岭村产业项目分类处置有关事宜。\n一、会议听取了汇报。\n"
)

PAPERS: list[tuple[str, str | None, str | None]] = [
    # red heads and heads of minutes
    (
        f"珠溪镇人民政府\n专题会议纪要\n（第31期）\n{MINUTES}会议要求抓好落实。",
        "珠溪镇人民政府专题会议纪要",
        "珠溪镇人民政府",
    ),
    (
        f"重庆市大足区农业农村委员会\n主任办公会议纪要\n〔2024〕31号\n{MINUTES}",
        None,
        "重庆市大足区农业农村委员会",
    ),
    (f"大足区人民政府专题会议纪要\n第12期\n{MINUTES}", "大足区人民政府专题会议纪要", "大足区人民政府"),
    (
        "重庆市大足区财政局文件\n大财发〔2024〕8号\n关于资产处置的批复\n你镇请示收悉。",
        "关于资产处置的批复",
        "重庆市大足区财政局",
    ),
    (
        "中共石坝镇委员会会议决定事项通知\n镇财政办公室：\n会议决定事项通知如下。",
        "中共石坝镇委员会会议决定事项通知",
        "中共石坝镇委员会",
    ),
    ("龙滩子街道办事处\n党政联席会议纪要\n2024年10月8日", None, "龙滩子街道办事处"),
    ("大足区水利局\n局长办公会议纪要\n（〔2024〕第9次）", None, "大足区水利局"),
    ("大足区林业局办公会议纪要\n2024年第3期", "大足区林业局办公会议纪要", "大足区林业局"),
    # the lines above the date at the end
    (
        "情况说明\n特此说明。\n珠溪镇青杠岭村村民委员会（盖章）\n2024年11月3日",
        "情况说明",
        "珠溪镇青杠岭村村民委员会",
    ),
    (
        "情况说明\n特此说明。\n              石坝镇人民政府\n            2024 年 11 月 3 日",
        "情况说明",
        "石坝镇人民政府",
    ),
    (
        "公示\n无异议。\n大足区龙岗街道棠香社区居民委员会\n二〇二四年十一月三日",
        "公示",
        "大足区龙岗街道棠香社区居民委员会",
    ),
    (
        "关于资产处置的请示\n妥否，请批示。\n高升镇人民政府  2024年9月5日",
        "关于资产处置的请示",
        "高升镇人民政府",
    ),
    (
        "核查评估报告\n结论如上。\n重庆华岳资产评估有限公司\n2024年12月1日",
        "核查评估报告",
        "重庆华岳资产评估有限公司",
    ),
    (
        "评估报告\n重庆信达会计师事务所（普通合伙）\n2024年12月1日",
        "评估报告",
        "重庆信达会计师事务所（普通合伙）",
    ),
    (
        "核查报告\n评估单位（盖章）：重庆明正农业咨询有限公司\n日期：2024年12月1日",
        "核查报告",
        "重庆明正农业咨询有限公司",
    ),
    ("核查报告\n填报单位：珠溪镇农业服务中心\n填报人：李某", "核查报告", "珠溪镇农业服务中心"),
    ("清算报告\n以上。\n岭上牧业专业合作社清算组\n2024年8月1日", "清算报告", "岭上牧业专业合作社清算组"),
    (
        "证明\n情况属实。\n大足区规划和自然资源局\n2024年7月1日\n抄送：区财政局，区审计局。",
        "证明",
        "大足区规划和自然资源局",
    ),
    (
        "意见函\n此函。\n大足区审计局\n2024年7月1日\n珠溪镇人民政府办公室  2024年7月2日印发",
        "意见函",
        "大足区审计局",
    ),
    (
        "证明\n情况属实。\n中国共产党大足区珠溪镇青杠岭村支部委员会\n2024年7月1日",
        "证明",
        "中国共产党大足区珠溪镇青杠岭村支部委员会",
    ),
    (
        "说明\n以上。\n重庆市大足区珠溪镇青杠岭村\n股份经济合作联合社\n2024年7月1日",
        "说明",
        "重庆市大足区珠溪镇青杠岭村股份经济合作联合社",
    ),
    ("申请书\n请予审核。\n申请单位：岭上牧业专业合作社\n2024年5月6日", "申请书", "岭上牧业专业合作社"),
    ("批复\n特此批复。\n大足区发展和改革委员会\n年  月  日", "批复", "大足区发展和改革委员会"),
    # the title
    (
        "大足区财政局关于黑山羊项目资产处置的意见\n珠溪镇人民政府：\n来文收悉，原则同意。",
        "大足区财政局关于黑山羊项目资产处置的意见",
        "大足区财政局",
    ),
    (
        "宝兴镇人民政府关于调整产业项目的函\n区农业农村委：\n现函告如下。",
        "宝兴镇人民政府关于调整产业项目的函",
        "宝兴镇人民政府",
    ),
    # nobody: what sentences mention is not who issued it
    ("会议纪要\n会议研究决定由区农业农村委员会负责，区财政局配合。\n会议要求，由区审计局", "会议纪要", None),
    ("村民代表会议记录\n主持人：张某\n同意由村民委员会负责，报镇人民政府", "村民代表会议记录", None),
    ("会议记录\n地点：村委会\n参加人员：全体代表\n散会", "会议记录", None),
    ("关于召开会议的通知\n请各镇人民政府派员参加。\n2024年11月3日", "关于召开会议的通知", None),
    ("会议纪要\n会议要求，2024年11月30日前由珠溪镇人民政府完成清算。", "会议纪要", None),
    ("说明\n请予支持。\n珠溪镇人民政府：\n2024年11月3日", "说明", None),
    ("联合公告\n特此公告。\n石坝镇人民政府\n大足区财政局\n2024年11月3日", "联合公告", None),
    ("摸底调查表\n村级初步认定\n同意列为淘汰类\n主管部门认定情况及工作建议", "摸底调查表", None),
    ("记录\n张某：我代表村民委员会\n李某：同意报镇人民政府", "记录", None),
    ("关于珠溪镇人民政府申报项目的情况\n以上。", "关于珠溪镇人民政府申报项目的情况", None),
    ("", None, None),
]


@pytest.mark.parametrize(("text", "heading", "issuer"), PAPERS)
def test_the_issuing_body_is_what_head_end_or_title_show(
    text: str, heading: str | None, issuer: str | None
) -> None:
    assert issuer_of(paper(text), heading, BODIES) == issuer


def test_nobody_alone_issued_what_parties_made() -> None:
    text = "合作协议书\n甲方：青杠岭村村民委员会\n乙方：岭上牧业专业合作社\n2018年3月1日"

    assert issuer_of(paper(text), "合作协议书", BODIES, of_parties=True) is None


def test_the_last_page_that_ends_a_paper_names_its_issuer_and_the_imprint_does_not() -> None:
    pages = paper(
        "情况报告\n珠溪镇财政所提供了数据。",
        "完毕。\n石坝镇人民政府\n2024年11月3日\n抄送：大足区财政局\n2024年11月4日",
    )

    assert issuer_of(pages, "情况报告", BODIES) == "石坝镇人民政府"


def test_cells_beside_the_date_are_names_too() -> None:
    lines = (
        Line("核查评估报告", (0.4, 0.1, 0.6, 0.12)),
        Line("重庆华岳资产评估有限公司", (0.1, 0.80, 0.45, 0.82)),
        Line("2024年12月1日", (0.6, 0.80, 0.8, 0.82)),
    )

    assert issuer_of([Page(1, lines)], None, BODIES) == "重庆华岳资产评估有限公司"


@pytest.mark.parametrize(
    "name",
    [
        "重庆市大足区龙水镇人民政府",
        "区经济和信息化委员会",
        "大足区经济合作社",
        "大足区应急管理局",
        "区住房和城乡建设委员会",
        "重庆华信资产评估有限公司",
        "大足区对外经济贸易委员会",
        "棠香街道办事处",
        "区委农村工作暨实施乡村振兴战略领导小组办公室",
    ],
)
def test_names_of_bodies_are_told(name: str) -> None:
    assert body_names(BODIES).fits(name)


@pytest.mark.parametrize(
    "words",
    [
        "同意由区人民政府",
        "会同区财政局",
        "本委员会",
        "报区政府",
        "各镇人民政府",
        "会议研究决定由村民委员会",
        "的委员会",
        "以及区财政局",
        "按照区人民政府",
        "2024年区政府",
        "区人民政府关于",
        "张某某",
        "",
    ],
)
def test_words_of_sentences_are_no_names(words: str) -> None:
    assert not body_names(BODIES).fits(words)


@given(st.text(alphabet="珠溪镇人民政府委员会局的同意由关于2024年11月3日（盖章）：， \n", max_size=200))
def test_whoever_is_named_is_called_as_a_body(text: str) -> None:
    issuer = issuer_of(paper(text), None, BODIES)

    assert issuer is None or body_names(BODIES).fits(issuer)
