"""Outcomes (会议意见) in the closed vocabulary: what is decided is told, what only sounds like it is not."""

from __future__ import annotations

import pytest

from archivist.core.model import Fact
from archivist.core.page import Line, Page
from archivist.core.paper.facts import read_facts
from archivist.core.rules import Annex
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_annex

SHEEP = ("DZ-2018-0017", "珠溪镇青杠岭村黑山羊养殖场项目")
LEMON = ("DZ-2019-0033", "宝兴镇石梯村柠檬种植基地项目")


@pytest.fixture(scope="module")
def annex() -> Annex:
    return load_annex(data_folder("schemas"))


def outcomes(
    annex: Annex, *lines: str, kind: str = "minutes", projects: tuple[tuple[str, str], ...] = (SHEEP,)
) -> list[Fact]:
    page = Page(1, tuple(Line(text) for text in lines))
    facts = read_facts(kind, [page], annex.facts, annex.sayings, title=lines[0], projects=projects)
    return [fact for fact in facts if fact.name == "会议意见"]


def said(annex: Annex, *lines: str, kind: str = "minutes") -> set[str]:
    return {fact.value for fact in outcomes(annex, "珠溪镇人民政府专题会议纪要", *lines, kind=kind)}


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("会议同意珠溪镇青杠岭村黑山羊养殖场项目认定为淘汰类并销号退出。", "同意"),
        ("会议决定，同意该项目按程序销号退出。", "同意"),
        ("会议一致同意将该项目列入淘汰类。", "同意"),
        ("会议议定：同意该项目退出。", "同意"),
        ("会议原则同意该项目退出，由镇农业服务中心于年底前清偿所欠工程款后再行销号。", "原则同意"),
        ("会议原则同意珠溪镇青杠岭村黑山羊养殖场项目退出。", "原则同意"),
        ("会议不同意该项目认定为淘汰类，暂不予销号。", "不同意"),
        ("会议认为该项目尚有经营价值，不同意退出。", "不同意"),
        ("会议对该项目退出事宜未予同意。", "不同意"),
        ("会议决定，该项目销号事宜暂缓研究。", "暂缓"),
        ("会议议定，该项目暂缓销号，待债务纠纷解决后再议。", "暂缓"),
        ("会议决定，该项目的处置事宜另行研究。", "另行研究"),
        ("会议要求将处置方案退回修改完善后再报。", "退回修改"),
        ("会议听取了镇农业服务中心关于该项目核查情况的汇报。", "听取"),
    ],
)
def test_what_a_meeting_decides_is_told_in_the_closed_vocabulary(
    annex: Annex, sentence: str, value: str
) -> None:
    assert said(annex, sentence) == {value}


@pytest.mark.parametrize(
    "sentence",
    [
        "建议区政府同意该项目销号退出。",
        "提请区人民政府专题会议同意该项目退出。",
        "此前镇党委会已同意该项目退出。",
        "有同志提出不同意见。",
        "是否同意该项目退出，请与会人员发表意见。",
        "如区政府同意退出，由镇政府组织清算。",
        "待区政府同意后，按程序办理。",
        "村民代表大会已表决同意该项目退出。",
    ],
)
def test_proposals_questions_and_others_decisions_are_no_agreement_of_this_meeting(
    annex: Annex, sentence: str
) -> None:
    assert not said(annex, sentence) & {"同意", "原则同意"}


def test_the_condition_of_an_agreement_in_principle_is_kept_whole(annex: Annex) -> None:
    (fact,) = outcomes(annex, "会议纪要", "会议原则同意该项目退出，但须先行清偿所欠工程款5.04万元。")

    assert fact.value == "原则同意"
    assert "须先行清偿所欠工程款5.04万元" in fact.detail


def test_hearing_and_deciding_is_deciding(annex: Annex) -> None:
    assert said(annex, "会议听取了关于该项目核查情况的汇报。会议同意该项目退出。") == {"同意"}


def test_how_many_projects_had_which_outcome_is_no_decision_on_any(annex: Annex) -> None:
    assert (
        said(annex, "会议逐个研究了6个项目，同意3个，原则同意1个，暂缓1个，退回修改1个。各项目的意见如下：")
        == set()
    )


def test_each_project_of_a_paper_has_its_own_outcome(annex: Annex) -> None:
    found = outcomes(
        annex,
        "大足区人民政府专题会议纪要",
        f"一、同意{SHEEP[1]}（{SHEEP[0]}）认定为淘汰类并销号退出。",
        f"二、{LEMON[1]}（{LEMON[0]}）暂缓销号，待债务清偿后再议。",
        projects=(SHEEP, LEMON),
    )

    assert {(fact.project, fact.value) for fact in found} == {(SHEEP[0], "同意"), (LEMON[0], "暂缓")}


@pytest.mark.parametrize("words", ["会议同意除{0}外的上述项目退出。", "会议同意上述项目退出，{0}除外。"])
def test_what_a_decision_leaves_out_is_never_told_as_agreed(annex: Annex, words: str) -> None:
    lines = ("会议纪要", f"会议研究了{SHEEP[1]}、{LEMON[1]}。", words.format(LEMON[1]))
    found = outcomes(annex, *lines, projects=(SHEEP, LEMON))

    assert (LEMON[0], "同意") not in {(fact.project, fact.value) for fact in found}


def test_a_paper_that_contradicts_itself_has_no_outcome_of_the_vocabulary(annex: Annex) -> None:
    told = said(annex, "会议同意该项目退出。", "会议不同意该项目退出。")

    assert not told & {"同意", "不同意", "原则同意"}


def test_an_outcome_says_where_it_stands(annex: Annex) -> None:
    (fact,) = outcomes(annex, "会议纪要", "会议同意该项目退出。")

    assert (fact.page, "同意该项目退出" in fact.quote) == (1, True)


def test_an_agreement_of_parties_decides_nothing(annex: Annex) -> None:
    assert said(annex, "甲方同意乙方退出该项目。", kind="agreement") == set()


@pytest.mark.parametrize(
    ("sentence", "never"),
    [
        ("会议认为不应同意该项目退出。", "同意"),
        ("会议没有同意该项目退出。", "同意"),
        ("会议不得不同意该项目退出。", "不同意"),
        ("会议并非不同意该项目退出。", "不同意"),
        ("会议不宜将该项目认定为淘汰类。", "同意"),
        ("会议未能一致通过。", "同意"),
        ("会议同意暂缓。", "同意"),
        ("会议同意该项目退出的条件不成熟。", "同意"),
        ("会议没有不予通过该项目。", "不同意"),
        ("会议并没有不同意该项目退出。", "不同意"),
        ("会议认为不能通过同意退出。", "同意"),
    ],
)
def test_a_denial_turns_what_it_denies(annex: Annex, sentence: str, never: str) -> None:
    assert never not in said(annex, sentence)


def test_a_repeated_agreement_keeps_each_condition(annex: Annex) -> None:
    found = outcomes(
        annex,
        "会议纪要",
        "会议同意该项目退出。",
        "会议同意该项目退出，但须先清偿工程款。",
        "会议原则同意该项目退出，但须先完成复垦。",
    )

    told = "".join(fact.detail for fact in found)
    assert "清偿工程款" in told
    assert "完成复垦" in told


def test_minutes_that_name_projects_by_number_alone_tell_each(annex: Annex) -> None:
    found = outcomes(annex, "会议纪要", f"会议同意{SHEEP[0]}退出，{LEMON[0]}暂缓。", projects=(SHEEP, LEMON))

    assert {(fact.project, fact.value) for fact in found} == {(SHEEP[0], "同意"), (LEMON[0], "暂缓")}
