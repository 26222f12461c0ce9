"""Laws of facts: whatever a paper says, each fact has its page and words, and nothing makes the reading fail."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archivist.core.page import Line, Page
from archivist.core.paper.facts import read_facts
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_annex

ANNEX = load_annex(data_folder("schemas"))
KINDS = [kind.slug for kind in ANNEX.kinds]
PROJECTS = (
    ("DZ-2018-0017", "珠溪镇青杠岭村黑山羊养殖场项目"),
    ("DZ-2019-0033", "宝兴镇石梯村柠檬种植基地项目"),
)
SENTENCES = (
    "单位：万元",
    "附件：1.资产清单",
    "2.债权债务清单",
    "附：移交表；核对单",
    "项目名称 会议意见 投入帮扶资金（万元）",
    "珠溪镇青杠岭村黑山羊养殖场项目 同意退出 86.5",
    "宝兴镇石梯村柠檬种植基地项目 暂缓 120",
    "某村某项目 同意",
    "珠溪镇青杠岭村黑山羊养殖场项目、宝兴镇石梯村柠檬种植基地项目 同意 1",
    "会议同意珠溪镇青杠岭村黑山羊养殖场项目退出，但须先行清偿债务。",
    "会议同意宝兴镇石梯村柠檬种植基地项目退出，前提是完成复垦。",
    "会议未不同意该项目退出。",
    "会议不能不同意该项目退出。",
    "会议同意暂缓销号。",
    "会议同意该项目退出的意见不成立。",
    "建议区政府同意该项目退出，会议同意上报。",
    "该项目尚欠工程款3.2万元，双方有争议。",
    "该项目债务5.04万元，其中工程款3.2万元有争议、租金1.84万元已结清。",
    "债务8万元，其中工程款5万元已结清、租金3万元已结清。",
    "项目债务5.04万元。项目债务5.04万元未结清。",
    "是否存在无债权债务的情况，如无债权债务，按程序办理。",
    "项目无债务纠纷。",
    "项目无其他债权债务。",
    "养殖黑山羊3万只，投资3至5万元，￥8,300.50，捌仟叁佰元伍角陆分。",
    "投入帮扶资金86.5万元，未投入帮扶资金20万元，其中投入帮扶资金10万元。",
    "应到代表廿三人，实到三分之二以上，同意廿人。",
    "应到 实到 同意",
    "36 28 27人",
    "优势类□ 薄弱类□",
    "闲置类□ 淘汰类√",
    "优势类√ 薄弱类",
    "经研究，由区农业农村委委托重庆金穗资产评估有限公司评估。",
    "评估单位：",
    "处置建议：不建议退出。",
    "周禾：我同意退出，认定为淘汰类。",
    "该项目认定为淘汰类。会议决定认定为薄弱类。",
    "区政府专题会议此前已同意该项目退出。",
)
WIDE = 0.02


def pages(texts: list[str], boxed: bool) -> list[Page]:
    lines = []
    for at, text in enumerate(texts):
        box = (0.1, 0.03 * at, min(0.1 + WIDE * len(text), 0.95), 0.03 * at + 0.02) if boxed else None
        lines.append(Line(text, box))
    return [Page(1, tuple(lines[:8])), Page(2, tuple(lines[8:]))]


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=20), st.sampled_from(KINDS), st.booleans())
def test_each_fact_stands_where_it_says(texts: list[str], kind: str, boxed: bool) -> None:
    read = pages(texts, boxed)
    facts = read_facts(
        kind, read, ANNEX.facts, ANNEX.sayings, title="大足区人民政府专题会议纪要", projects=PROJECTS
    )
    on = {page.number: "".join(line.text for line in page.lines) for page in read}

    for fact in facts:
        assert fact.value
        assert fact.project in {"", *(code for code, _ in PROJECTS)}
        assert fact.page in on


@given(st.lists(st.text(max_size=40), max_size=12), st.sampled_from(KINDS), st.booleans())
def test_no_text_makes_the_reading_of_facts_fail(texts: list[str], kind: str, boxed: bool) -> None:
    for fact in read_facts(kind, pages(texts, boxed), ANNEX.facts, ANNEX.sayings, projects=PROJECTS):
        assert fact.value
