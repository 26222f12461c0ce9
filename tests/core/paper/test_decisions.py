"""What a paper decided: the closed vocabulary, and what only looks like a decision."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.model import Fact
from archivist.core.page import Line, Page
from archivist.core.paper.facts import doubts, of_project, read_facts
from archivist.core.paper.outcomes import UNSURE
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_annex

ANNEX = load_annex(data_folder("schemas"))
GOAT = ("DZ-2018-0017", "珠溪镇青杠岭村黑山羊标准化养殖场项目")
CITRUS = ("DZ-2019-0021", "石坝镇龙井村柑橘种植基地项目")
WORDS = {rule.name for rule in ANNEX.sayings.decisions.outcomes}


def paper(*texts: str) -> list[Page]:
    return [
        Page(at, tuple(Line(line) for line in text.splitlines())) for at, text in enumerate(texts, start=1)
    ]


def decided(
    pages: list[Page],
    kind: str = "minutes",
    title: str = "",
    *projects: tuple[str, str],
    issuer: str | None = None,
) -> list[Fact]:
    found = read_facts(kind, pages, ANNEX.facts, ANNEX.sayings, title=title, projects=projects, issuer=issuer)
    return [fact for fact in found if fact.name == "会议意见"]


def outcomes(text: str, kind: str = "minutes", title: str = "", issuer: str | None = None) -> list[str]:
    return [fact.value for fact in decided(paper(text), kind, title, issuer=issuer)]


def test_the_vocabulary_is_the_closed_one() -> None:
    assert {"同意", "原则同意", "暂缓", "另行研究", "退回修改", "不同意", "听取"} == WORDS


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        # agreement, in all its wordings
        ("会议同意该项目退出。", "同意"),
        ("同意。", "同意"),
        ("与会代表一致同意该项目退出。", "同意"),
        ("经会议研究，同意将该项目列为淘汰类。", "同意"),
        ("经研究，会议决定将该项目列为淘汰类。", "同意"),
        ("经会议研究讨论一致同意该项目退出。", "同意"),
        ("会议研究批准该处置方案。", "同意"),
        ("会议听取了汇报，同意核查意见。", "同意"),
        ("会议审议通过了处置方案。", "同意"),
        ("会议认定该项目为淘汰类。", "同意"),
        ("认定黑山羊养殖场（项目编号：DZ-2018-0017，投入帮扶资金86.50万元）为淘汰类。", "同意"),
        ("会议决定该项目予以销号。", "同意"),
        ("会议同意报请区政府予以销号。", "同意"),
        ("镇人民政府专题会议同意该项目退出。", "同意"),
        ("会议议定：\n一、同意核查意见\n同意申报意见，将其初步认定为淘汰类，报区农业农村委评估。", "同意"),
        ("决议：同意将该项目认定为淘汰类，报镇人民政府核查。", "同意"),
        # in principle, and under conditions
        ("会议原则同意该项目退出。", "原则同意"),
        ("会议原则同意该项目退出，但须先清偿债务。", "原则同意"),
        ("会议基本同意该方案。", "原则同意"),
        ("会议同意该项目退出，前提是先结清工程款。", "原则同意"),
        ("会议同意该项目退出，但应在清算完成后办理销号。", "原则同意"),
        ("会议同意该项目退出。条件是：结清工程款。", "原则同意"),
        ("原则通过处置方案。", "原则同意"),
        # put off
        ("会议决定对该项目暂缓销号。", "暂缓"),
        ("会议同意暂缓销号。", "暂缓"),
        ("会议决定暂不认定该项目为淘汰类。", "暂缓"),
        ("会议议定，该事项缓议。", "暂缓"),
        ("会议决定推迟研究。", "暂缓"),
        ("该事项予以搁置。", "暂缓"),
        # to be taken up again
        ("会议决定另行研究。", "另行研究"),
        ("会议决定，待债务清偿后再行研究。", "另行研究"),
        ("会议未形成决定，下次会议再研究。", "另行研究"),
        ("会议决定，择期再次研究。", "另行研究"),
        # sent back
        ("会议决定退回镇街修改完善后再报。", "退回修改"),
        ("会议要求补充材料后再报。", "退回修改"),
        ("会议决定将申报材料退回。", "退回修改"),
        ("会议要求，修改完善后重新上报。", "退回修改"),
        # refused
        ("会议不同意该项目退出，暂不予销号。", "不同意"),
        ("会议未予同意。", "不同意"),
        ("会议没有同意该项目退出。", "不同意"),
        ("会议无法同意该项目退出。", "不同意"),
        ("该项目退出事项不予通过。", "不同意"),
        ("会议审议未通过处置方案。", "不同意"),
        ("该方案表决未获通过。", "不同意"),
        ("会议对申报事项予以否决。", "不同意"),
        ("会议决定不予销号。", "不同意"),
        ("镇村提出的申请，会议不予认可，退回重新核查。", "不同意"),
        ("会议认为同意退出的理由不充分，不予同意。", "不同意"),
        # heard only
        ("会议听取了镇农业服务中心关于项目情况的汇报。", "听取"),
        ("会议听取了汇报，并提出了要求。", "听取"),
    ],
)
def test_each_wording_gives_its_word(text: str, outcome: str) -> None:
    assert outcomes(text) == [outcome]


@pytest.mark.parametrize(
    "text",
    [
        "此前镇党委会已同意该项目退出。",
        "2024年10月8日，镇党委会同意该项目退出。",
        "上次会议同意该项目退出。",
        "根据镇党委会同意的意见，继续推进。",
        "经镇党委会研究同意，现报区政府审批。",
        "建议区政府同意该项目退出。",
        "会议建议区政府同意退出。",
        "提请区人民政府予以认定。",
        "请区政府予以批准。",
        "是否同意该项目退出，请会议审议。",
        "如会议同意，则启动清算。",
        "报区政府同意后实施。",
        "未经区政府同意，任何单位不得擅自处置。",
        "须经村民会议三分之二以上代表同意，方可处置。",
        "在处置方案批准前，任何单位和个人不得擅自处置。",
        "议题：讨论该项目认定为淘汰类及资产处置事宜",
        "会议讨论了该项目认定为淘汰类的事宜。",
        "会议讨论认定为淘汰类及资产处置事宜。",
        "部分代表不同意该项目退出。",
        "张某某表示同意退出。",
        "李国华：我同意退出。",
        "区财政局表示同意。",
        "村委会同意退出，报镇政府审批。",
        "该项目暂不具备退出条件。",
        "会议认为，对没有不同意见的项目，应抓紧推进。",
        "会议要求听取群众意见。",
        "公开拍卖，通过农村产权交易平台进行。",
        "关于同意该项目退出的请示",
    ],
)
def test_what_is_no_decision_of_this_paper_gives_no_word(text: str) -> None:
    assert outcomes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "同意该项目退出的意见不成立。",
        "会议不得不同意。",
        "会议决定不将该项目列为淘汰类。",
        "会议同意该项目退出。\n会议决定暂缓该项目退出。",
        "会议同意该项目退出。\n会议不同意该项目退出。",
    ],
)
def test_what_contradicts_itself_is_told_to_people_and_never_guessed(text: str) -> None:
    (fact,) = decided(paper(text))

    assert fact.value == UNSURE
    assert doubts([fact], UNSURE)[0].startswith("会议意见看不准")


def test_conditions_are_kept_whole() -> None:
    (fact,) = decided(paper("会议原则同意该项目退出，但须先清偿债务，并于2025年6月底前完成资产移交。"))

    assert (fact.value, fact.detail) == ("原则同意", "但须先清偿债务，并于2025年6月底前完成资产移交")


def test_agreement_on_one_matter_and_delay_of_another_do_not_contradict() -> None:
    assert outcomes("会议同意认定为淘汰类，暂缓处置资产。") == ["同意", "暂缓"]


def test_a_decision_names_its_page_and_words() -> None:
    (fact,) = decided(paper("专题会议纪要", "一、会议决定暂缓销号。\n二、散会。"))

    assert (fact.page, fact.quote) == (2, "一、会议决定暂缓销号。")


def test_a_sentence_broken_over_lines_is_read_whole() -> None:
    text = "会议认为，该项目已经不再具备继续经营下去的各项条件，但会议不\n同意该项目在债务清偿以前退出并且予以销号处理。"

    assert outcomes(text) == ["不同意"]


def test_answers_and_opinions_decide_but_agreements_do_not() -> None:
    assert outcomes("原则同意你镇处置方案。", "other", "关于资产处置的批复") == ["原则同意"]
    assert outcomes("我局同意你镇处置方案。", "other", "关于资产处置的意见函") == ["同意"]
    assert outcomes("大足区财政局同意你镇处置方案。", "other", "资产处置的批复", "大足区财政局") == ["同意"]
    assert outcomes("甲乙双方同意终止合同。", "agreement", "退出协议") == []
    assert outcomes("甲乙双方同意终止合同。", "other", "退出协议") == []


def scoped(text: str, *projects: tuple[str, str]) -> dict[str, str]:
    return {fact.project: fact.value for fact in decided(paper(text), "minutes", "", *projects)}


BOTH = f"{GOAT[1]}退出，{CITRUS[1]}"
TOPICS = "一、关于{}\n会议同意该项目退出。\n二、关于{}\n会议决定退回修改后再报。"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"会议同意{BOTH}暂缓退出。", {GOAT[0]: "同意", CITRUS[0]: "暂缓"}),
        (
            "会议同意DZ-2018-0017项目退出；不同意DZ-2019-0021项目退出。",
            {GOAT[0]: "同意", CITRUS[0]: "不同意"},
        ),
        (TOPICS.format(GOAT[1], CITRUS[1]), {GOAT[0]: "同意", CITRUS[0]: "退回修改"}),
        ("会议同意上述两个项目退出。", {"": "同意"}),
        (f"会议同意{GOAT[1]}和{CITRUS[1]}退出。", {GOAT[0]: "同意", CITRUS[0]: "同意"}),
        (
            "会议听取了黑山羊标准化养殖场和柑橘种植基地的汇报。会议同意黑山羊标准化养殖场退出。",
            {GOAT[0]: "同意", CITRUS[0]: "听取"},
        ),
        (TOPICS.format(GOAT[1], "高升镇双桥村桑蚕养殖项目"), {GOAT[0]: "同意"}),
        (
            f"序号 项目编号 项目名称 会议意见\n1 {GOAT[0]} {GOAT[1]} 同意退出\n2 {CITRUS[0]} {CITRUS[1]} 暂缓",
            {GOAT[0]: "同意", CITRUS[0]: "暂缓"},
        ),
        (
            f"序号 项目名称 核查建议 会议意见\n1 {GOAT[1]} 同意退出 不同意\n2 {CITRUS[1]} 暂缓 原则同意，须先清偿债务",
            {GOAT[0]: "不同意", CITRUS[0]: "原则同意"},
        ),
        (f"项目名称 同意 暂缓\n{GOAT[1]} √", {}),
    ],
)
def test_each_project_has_its_own_outcome(text: str, told: dict[str, str]) -> None:
    assert scoped(text, GOAT, CITRUS) == told


def boxed(*cells: tuple[str, float, float]) -> list[Page]:
    return [Page(1, tuple(Line(text, (x, y, x + 0.02 * len(text), y + 0.015)) for text, x, y in cells))]


def test_a_table_with_cells_over_several_lines_and_ticks_is_read_by_place() -> None:
    head = [("序号", 0.05, 0.2), ("项目名称", 0.15, 0.2), ("镇街意见", 0.45, 0.2), ("会议意见", 0.65, 0.2)]
    one = [("珠溪镇青杠岭村黑山", 0.15, 0.24), ("1", 0.06, 0.25), ("同意", 0.47, 0.25), ("暂缓", 0.67, 0.25)]
    rest = [("羊标准化养殖场项目", 0.15, 0.26)]
    two = [
        ("石坝镇龙井村柑橘种", 0.15, 0.30),
        ("2", 0.06, 0.31),
        ("暂缓", 0.47, 0.31),
        ("同意退出", 0.66, 0.31),
    ]
    end = [("植基地项目", 0.15, 0.32)]

    found = decided(boxed(*head, *one, *rest, *two, *end), "minutes", "", GOAT, CITRUS)

    assert {fact.project: fact.value for fact in found} == {GOAT[0]: "暂缓", CITRUS[0]: "同意"}


def test_a_tick_counts_for_the_column_it_stands_in() -> None:
    head = [("项目编号", 0.1, 0.2), ("同意", 0.45, 0.2), ("暂缓", 0.65, 0.2)]
    body = [(GOAT[0], 0.1, 0.24), ("√", 0.66, 0.24), (CITRUS[0], 0.1, 0.28), ("√", 0.46, 0.28)]

    found = decided(boxed(*head, *body), "minutes", "", GOAT, CITRUS)

    assert {fact.project: fact.value for fact in found} == {GOAT[0]: "暂缓", CITRUS[0]: "同意"}


def test_a_document_keeps_what_is_said_of_its_project_and_of_the_whole_paper() -> None:
    facts = tuple(Fact("会议意见", "同意", 1, "x", project=code) for code in ("", "A", "B"))

    assert [fact.project for fact in of_project(facts, "A")] == ["", "A"]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("应到36人，实到30人。\n表决：同意28票，反对1票，弃权1票。", "同意"),
        ("应到36人，实到30人。\n表决：同意4票，反对26票，弃权0票。", "不同意"),
        ("应到36人，实到15人。\n表决：同意15票，反对0票，弃权0票。", UNSURE),
        ("应到36人，实到30人。\n表决：同意15票，反对15票，弃权0票。", UNSURE),
        ("应到36人，实到30人。\n表决：同意32票，反对0票，弃权1票。", UNSURE),
    ],
)
def test_a_record_of_a_vote_is_decided_by_more_than_half_of_a_quorum(text: str, outcome: str) -> None:
    assert outcomes(text, "record") == [outcome]


def test_words_of_agreement_against_the_votes_are_told_to_people() -> None:
    text = "应到36人，实到30人。\n同意4票，反对26票，弃权0票。\n会议决议：同意该项目退出。"

    assert UNSURE in outcomes(text, "record")


PIECES = [
    "会议",
    "同意",
    "不",
    "未",
    "予",
    "暂缓",
    "建议",
    "该项目",
    "退出",
    "，",
    "。",
    "\n",
    "但须",
    "（",
    "）",
    "听取了",
    "36人",
    "：",
    "张某",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_whatever_is_read_is_of_the_vocabulary_with_page_and_words(pieces: list[str]) -> None:
    text = "".join(pieces)

    for fact in decided(paper(text)):
        assert fact.value in WORDS | {UNSURE}
        assert fact.page == 1 and fact.quote


@given(
    st.sampled_from(["不", "未予", "不予", "无法", "没有", "拒绝", "难以", "不能"]),
    st.sampled_from(["该项目退出", "销号", "处置方案"]),
)
def test_agreement_that_is_denied_is_never_agreement(denial: str, matter: str) -> None:
    told = outcomes(f"会议{denial}同意{matter}。")

    assert told and not {"同意", "原则同意"} & set(told)
