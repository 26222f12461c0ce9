"""Facts are read with page and words, or not at all."""

from __future__ import annotations

import pytest

from archivist.core.page import Line, Page
from archivist.core.paper.facts import read_facts
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_annex

RULES = load_annex(data_folder("schemas")).facts


def facts(kind: str, *texts: str) -> dict[str, str]:
    pages = [
        Page(at, tuple(Line(line) for line in text.splitlines())) for at, text in enumerate(texts, start=1)
    ]
    return {fact.name: fact.value for fact in read_facts(kind, pages, RULES)}


@pytest.mark.parametrize(
    ("kind", "line", "name", "value"),
    [
        ("survey", "项目名称：珠溪镇青杠岭村黑山羊养殖场项目", "项目名称", "珠溪镇青杠岭村黑山羊养殖场项目"),
        ("survey", "项目编号 DZ-2018-0017", "项目编号", "DZ-2018-0017"),
        ("survey", "投入帮扶资金（万元） 86.50万元", "投入帮扶资金", "865000.00"),
        ("minutes", "该项目共投入财政帮扶资金1,980,100元", "投入帮扶资金", "1980100.00"),
        ("survey", "优势类□ 薄弱类□ 闲置类（一般/重大）□ 淘汰类☑", "项目类别", "淘汰类"),
        ("survey", "优势类□ 薄弱类√ 闲置类(一般/重大）□ 淘汰类□", "项目类别", "薄弱类"),
        ("survey", "优势类□薄弱类□闲置类（一般/重大）□淘汰类", "项目类别", "淘汰类"),
        ("record", "应到：45人 实到：39人", "应到", "45"),
        ("record", "应到：45人 实到：39人", "实到", "39"),
        ("record", "表决情况：同意37人，反对1人，弃权1人", "同意", "37"),
        ("record", "表决情况：同意37人，反对1人，弃权1人", "反对", "1"),
        ("record", "表决情况：同意37人，反对1人，弃权0票", "弃权", "0"),
        ("minutes", "足农委纪要〔2024〕31号", "文号", "足农委纪要〔2024〕31号"),
        ("minutes", "〔2024〕 78号", "文号", "〔2024〕78号"),
        ("minutes", "足农委纪要[2024〕41号", "文号", "足农委纪要〔2024〕41号"),
        ("minutes", "第 19 期", "文号", "第19期"),
        ("minutes", "（2024年第十九期）", "文号", "2024年第十九期"),
        ("minutes", "第3期（总第57期）", "文号", "第3期"),
        ("agreement", "甲方（发包方）：珠溪镇青杠岭村民委员会", "甲方", "珠溪镇青杠岭村民委员会"),
        ("agreement", "乙方：岭上牧业专业合作社（以下简称乙方）", "乙方", "岭上牧业专业合作社"),
        (
            "assessment",
            "评估结论：难以为继，建议认定为淘汰类。其余从略。",
            "评估结论",
            "评估结论：难以为继，建议认定为淘汰类",
        ),
    ],
)
def test_facts_of_life_are_read(kind: str, line: str, name: str, value: str) -> None:
    assert value == facts(kind, line)[name]


@pytest.mark.parametrize(
    ("kind", "line", "name"),
    [
        ("survey", "优势类□ 薄弱类□ 闲置类（一般/重大）□ 淘汰类□", "项目类别"),
        ("survey", "优势类☑ 薄弱类□ 闲置类（一般/重大）□ 淘汰类☑", "项目类别"),
        ("record", "大家都不同意37号方案", "同意"),
        ("contract", "应到45人", "应到"),
        ("survey", "项目编号", "项目编号"),
        ("minutes", "研究养殖场第二期项目", "文号"),
        ("minutes", "第12次", "文号"),
    ],
)
def test_what_is_not_plain_is_not_read(kind: str, line: str, name: str) -> None:
    assert name not in facts(kind, line)


def test_a_value_in_the_next_cell_is_found() -> None:
    page = Page(
        1, (Line("项目名称", (0.1, 0.1, 0.2, 0.12)), Line("黑山羊养殖场项目", (0.3, 0.098, 0.6, 0.121)))
    )

    (fact,) = read_facts("survey", [page], RULES)

    assert (fact.name, fact.value, fact.page) == ("项目名称", "黑山羊养殖场项目", 1)


def test_a_fact_names_its_page_and_words() -> None:
    pages = [Page(1, (Line("村民代表会议记录"),)), Page(2, (Line("表决情况：同意37人"),))]

    (fact,) = read_facts("record", pages, RULES)

    assert (fact.page, fact.quote) == (2, "表决情况：同意37人")
