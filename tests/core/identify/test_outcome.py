"""Meetings that decide on several projects: each counts where the decision covers it, and only there."""

from __future__ import annotations

import pytest

from archivist.core.identification import Identification
from archivist.core.identify.register_index import RegisterIndex
from archivist.core.identify.whole import Thresholds, identify
from archivist.core.page import Extract, Line, Page
from archivist.core.rules import Annex
from support.read_pages import page

SHEEP, PEPPER, LEMON = "DZ-2018-0017", "DZ-2017-0031", "DZ-2020-0031"
A, B, C = (
    "珠溪镇青杠岭村黑山羊标准化养殖场项目",
    "宝兴镇响水岩村花椒种植园项目",
    "珠溪镇青杠岭村柠檬种植基地项目",
)
HEAD = "大足区人民政府专题会议纪要\n2024年12月18日，副区长主持召开专题会议，研究帮扶产业项目退出事宜。纪要如下：\n"


def found(pages: list[Page], annex: Annex, register: RegisterIndex) -> Identification:
    (part,) = identify(Extract("pdf", tuple(pages)), annex, register, Thresholds())
    return part


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        (f"会议听取了{A}和{B}的情况汇报。会议同意上述两个项目销号退出。", {SHEEP, PEPPER}),
        (
            f"会议听取了{A}、{B}、{C}的情况汇报。会议认为情况属实。以上三个项目均同意认定为淘汰类。",
            {SHEEP, PEPPER, LEMON},
        ),
        (
            f"一、会议听取了关于{A}的汇报。\n二、会议听取了关于{B}的汇报。\n三、会议原则同意上述项目退出。",
            {SHEEP, PEPPER},
        ),
        (f"会议同意{A}退出，{B}暂缓，待债务清理后再研究。", {SHEEP}),
        (f"会议同意{A}、{B}退出，{C}另行研究。", {SHEEP, PEPPER}),
        (f"一、{A}，会议同意退出。\n二、{B}，会议不同意退出，退回补充材料。", {SHEEP}),
        (f"会议听取了{A}、{B}、{C}的汇报。除{C}外，上述项目均同意退出。", {SHEEP, PEPPER}),
        (
            f"一、关于{A}退出事宜\n会议同意按淘汰类退出。\n二、关于{B}退出事宜\n会议认为条件不成熟，暂缓。",
            {SHEEP},
        ),
        (
            f"会议听取了汇报，{A}已于2022年停产，{B}暂不具备恢复条件。\n会议同意{A}、{B}退出，土地退回农户。",
            {SHEEP, PEPPER},
        ),
        (f"会议同意{A}按程序退出。资产复垦参照{B}的做法。", {SHEEP}),
    ],
)
def test_each_project_counts_where_the_decision_covers_it(
    annex: Annex, register: RegisterIndex, said: str, counts: set[str]
) -> None:
    part = found([page(HEAD + said)], annex, register)

    assert {one.project for one in part.decided} == counts, part.reasons


@pytest.mark.parametrize(
    "said",
    [
        f"会议听取了{A}、{B}退出情况的汇报。\n会议同意{A}退出。",  # nothing was decided on the second
        f"会议听取了{A}、{B}和{C}的汇报。上述两个项目同意退出。",  # which two?
        f"会议听取了{A}的汇报，{B}前期已销号。\n上述项目同意退出。",  # the second, too?
        f"会议同意{A}退出。\n会议同意{B}退出。\n但{B}暂缓实施退出。",  # both
    ],
)
def test_what_cannot_be_told_is_left_to_a_person(annex: Annex, register: RegisterIndex, said: str) -> None:
    part = found([page(HEAD + said)], annex, register)

    assert part.decided == ()
    assert any("看不清" in reason for reason in part.reasons), part.reasons


def rows(boxed: bool, results: tuple[str, str, str]) -> Page:
    """Minutes with a table of three projects and the outcome for each."""
    table = [
        (str(n), code, name, said)
        for n, (code, name, said) in enumerate(
            zip((SHEEP, PEPPER, LEMON), (A, B, C), results, strict=True), 1
        )
    ]
    if not boxed:
        text = "\n".join(" ".join(row) for row in (("序号", "编号", "项目", "研究结果"), *table))
        return page(f"{HEAD}会议逐个研究，结果见表。\n{text}\n会议要求抓好落实。")
    lines = [
        Line(text, (0.15, 0.05 + 0.03 * n, 0.85, 0.07 + 0.03 * n))
        for n, text in enumerate([*HEAD.splitlines(), "会议逐个研究，结果见表。"])
    ]
    top = 0.3
    for number, code, name, said in table:
        cells = (
            (number, 0.1, 0.12, 0.015),
            (code, 0.15, 0.3, 0.015),
            (name[:10], 0.33, 0.6, 0.0),
            (said, 0.7, 0.8, 0.015),
        )
        lines += [Line(text, (left, top + at, right, top + at + 0.015)) for text, left, right, at in cells]
        lines.append(Line(name[10:], (0.33, top + 0.02, 0.6, top + 0.035)))
        top += 0.05
    return Page(1, tuple(lines))


@pytest.mark.parametrize("boxed", [False, True])
def test_in_a_table_the_row_decides(annex: Annex, register: RegisterIndex, boxed: bool) -> None:
    part = found([rows(boxed, ("同意", "暂缓", "原则同意"))], annex, register)

    assert {one.project for one in part.decided} == {SHEEP, LEMON}, part.reasons


VILLAGE = "青杠岭村村民代表会议记录\n时间：2024年11月8日\n地点：村委会\n主持人：张三 记录人：李四\n应到30人 实到28人\n"


def test_a_village_record_that_votes_on_all_at_once_counts_for_each(
    annex: Annex, register: RegisterIndex
) -> None:
    said = "张三：两个项目都停了多年。\n表决：同意上述两个项目退出的28票，反对0票\n散会"
    text = f"{VILLAGE}议题：{A}和{C}认定为淘汰类\n{said}"

    assert {one.project for one in found([page(text)], annex, register).decided} == {SHEEP, LEMON}


def test_a_village_record_in_which_somebody_speaks_of_another_project_is_of_its_own(
    annex: Annex, register: RegisterIndex
) -> None:
    text = f"{VILLAGE}议题：{A}认定为淘汰类\n王五：{B}那边也是这样退出的，我同意。\n表决：同意28票，反对0票\n散会"
    part = found([page(text)], annex, register)

    assert PEPPER not in {one.project for one in part.decided}


def test_a_list_in_an_annex_is_decided_on_at_once(annex: Annex, register: RegisterIndex) -> None:
    said = "会议同意附件所列3个项目认定为淘汰类，退出管理系统。\n附件\n淘汰类项目认定清单\n"
    rows = "\n".join(
        f"{at}\n{code}\n{name}" for at, (code, name) in enumerate(((SHEEP, A), (PEPPER, B), (LEMON, C)), 1)
    )

    part = found([page(f"{HEAD}{said}{rows}")], annex, register)

    assert {one.project for one in part.decided} == {SHEEP, PEPPER, LEMON}, part.reasons


def test_the_last_of_a_list_is_not_of_the_list_that_follows(annex: Annex, register: RegisterIndex) -> None:
    said = f"一、同意认定以下2个项目为淘汰类，并销号：\n1.{A}\n2.{B}\n二、以下1个项目暂缓认定：\n{C}"

    part = found([page(f"{HEAD}{said}")], annex, register)

    assert {one.project for one in part.decided} == {SHEEP, PEPPER}, part.reasons
