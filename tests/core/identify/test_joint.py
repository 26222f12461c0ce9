"""Documents that name several projects: whose they are."""

from __future__ import annotations

import pytest

from archivist.core.identification import Identification
from archivist.core.identify.joint import _beginning, _mentions, _place, _shadows
from archivist.core.identify.project import ProjectScore
from archivist.core.identify.register_index import RegisterIndex
from archivist.core.identify.whole import Thresholds, identify
from archivist.core.model import TextSource
from archivist.core.page import Extract, Line, Page
from archivist.core.rules import Annex
from archivist.core.text import Folded
from support.read_pages import page

SHEEP, PEPPER, LEMON = "DZ-2018-0017", "DZ-2017-0031", "DZ-2020-0031"
NAMES = {
    SHEEP: "珠溪镇青杠岭村黑山羊标准化养殖场项目",
    PEPPER: "宝兴镇响水岩村花椒种植园项目",
    LEMON: "珠溪镇青杠岭村柠檬种植基地项目",
}
HEAD = "大足区人民政府专题会议纪要\n2024年12月18日，区政府召开专题会议，研究帮扶产业项目退出处置。\n"


def found(text: str, annex: Annex, register: RegisterIndex) -> Identification:
    (part,) = identify(Extract("pdf", (page(text),)), annex, register, Thresholds())
    return part


def test_a_decision_before_a_list_is_taken_on_all_that_it_lists(
    annex: Annex, register: RegisterIndex
) -> None:
    names = "\n".join(f"{number}、{name}" for number, name in enumerate(NAMES.values(), 1))
    part = found(f"{HEAD}会议议定，同意下列3个项目销号退出：\n{names}", annex, register)

    assert {one.project for one in part.decided} == set(NAMES)


def test_minutes_that_only_speak_of_projects_are_left_to_a_person(
    annex: Annex, register: RegisterIndex
) -> None:
    unclear = f"{HEAD}{NAMES[SHEEP]}的情况作了汇报。\n{'会议听取了各镇街的意见。' * 20}\n{NAMES[PEPPER]}的情况作了汇报。"
    examples = (
        f"{HEAD}参照{NAMES[SHEEP]}的做法。\n{'各镇街抓好后续工作。' * 20}\n借鉴{NAMES[PEPPER]}的经验做法。"
    )

    for text, doubt in (
        (unclear, f"纪要提到 2 个项目，看不清是否对“{PEPPER}”作出了决定"),
        (examples, "纪要提到 2 个项目，但没有看到对它们的决定"),
    ):
        part = found(text, annex, register)
        assert part.decided == ()
        assert any(doubt in reason for reason in part.reasons), part.reasons


CONTRACT = "甲方：珠溪镇青杠岭村民委员会\n乙方：岭上牧业专业合作社\n违约责任\n2018年5月20日"


def test_a_contract_that_names_several_projects_is_the_one_in_its_head(
    annex: Annex, register: RegisterIndex
) -> None:
    text = f"{NAMES[SHEEP]}合作协议书\n{CONTRACT}\n{'其他约定。' * 30}\n饲料由{NAMES[LEMON]}供应"
    part = found(text, annex, register)

    assert {one.project for one in part.decided} == {SHEEP}


@pytest.mark.parametrize("code", [SHEEP, LEMON])
def test_a_contract_without_one_in_its_head_is_nobodys(
    annex: Annex, register: RegisterIndex, code: str
) -> None:
    far = "其他约定。" * 30
    text = f"产业项目合作协议书\n{CONTRACT}\n{far}\n涉及{NAMES[SHEEP]}\n{far}\n涉及{NAMES[LEMON]}"
    part = found(text, annex, register)

    assert part.decided == ()
    assert any("材料中提到几个项目" in reason and code in reason for reason in part.reasons), part.reasons


def test_projects_named_by_their_codes_alone_are_several_too(annex: Annex, register: RegisterIndex) -> None:
    text = f"产业项目合作协议书（{SHEEP}）\n{CONTRACT}\n{'其他约定。' * 30}\n参见{PEPPER}、{LEMON}"
    part = found(text, annex, register)

    assert {one.project for one in part.decided} <= {SHEEP}
    assert {one.project for one in part.candidates} >= {SHEEP}


A, P, L = NAMES[SHEEP], NAMES[PEPPER], NAMES[LEMON]


@pytest.mark.parametrize(
    ("body", "decided"),
    [
        (f"会议听取了{A}、{P}的汇报。会议同意上述两个项目销号退出。", {SHEEP, PEPPER}),
        (f"会议研究了{A}、{P}、{L}。会议同意以上3个项目退出。", {SHEEP, PEPPER, LEMON}),
        (f"一、关于{A}。会议同意该项目退出。\n二、关于{P}。会议决定暂缓研究。", {SHEEP}),
        (f"会议同意{A}退出，{P}暂缓。", {SHEEP}),
        (f"会议研究了{A}、{P}。会议同意除{P}外的上述项目退出。", {SHEEP}),
        (f"会议研究了{A}、{P}。除{P}外，会议同意上述项目退出。", {SHEEP}),
        (f"会议研究了{A}、{P}。会议同意上述项目退出，{P}除外。", {SHEEP}),
        (f"会议同意{A}退出。参照{P}的做法抓好后续工作。", {SHEEP}),
        (f"会议决定对{A}和{P}均予以销号。", {SHEEP, PEPPER}),
        (f"会议不同意{A}、{P}退出。", set()),
        (f"研究了{A}、{P}。会议决定上述两个项目暂缓销号。", set()),
        (f"听取了{A}、{P}、{L}的汇报。会议同意上述两个项目退出。", None),
        (f"听取了{A}、{P}的汇报。会议同意上述十二个项目退出。", {SHEEP, PEPPER}),
        (f"会议同意{A}退出。会议不同意{A}退出。会议同意{P}退出。", None),
    ],
)
def test_each_project_counts_that_the_decision_covers_and_no_other(
    annex: Annex, register: RegisterIndex, body: str, decided: set[str] | None
) -> None:
    part = found(f"{HEAD}{body}", annex, register)

    told = {one.project for one in part.decided}
    # None: what it covers cannot be told, and nothing is decided for all.
    assert told == decided if decided is not None else not told


def cells(*rows: tuple[str, ...], wrapped: bool = False) -> Page:
    """Minutes with a table: each cell a line with its place, long names over two lines if ``wrapped``."""
    lines = [
        Line(text, (0.2, 0.05 + 0.03 * at, 0.8, 0.07 + 0.03 * at)) for at, text in enumerate(HEAD.split("\n"))
    ]
    for number, row in enumerate(rows):
        top = 0.3 + 0.08 * number
        for column, text in enumerate(row):
            left, right = 0.1 + 0.45 * column, 0.5 + 0.45 * column
            if wrapped and len(text) > 12:
                lines.append(Line(text[:12], (left, top - 0.012, right, top + 0.008)))
                lines.append(Line(text[12:], (left, top + 0.012, right, top + 0.032)))
            else:
                lines.append(Line(text, (left, top, right, top + 0.02)))
    return Page(1, tuple(lines), TextSource.OCR)


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_table_decides_row_by_row(annex: Annex, register: RegisterIndex, wrapped: bool) -> None:
    table = cells(("项目名称", "会议意见"), (A, "同意退出"), (P, "暂缓"), wrapped=wrapped)
    (part,) = identify(Extract("pdf", (table,)), annex, register, Thresholds())

    assert {one.project for one in part.decided} == {SHEEP}


def test_a_record_that_votes_on_all_at_once_counts_for_each(annex: Annex, register: RegisterIndex) -> None:
    text = (
        "珠溪镇青杠岭村村民代表会议记录\n"
        "时间：2024年11月9日　地点：村委会会议室\n应到36人，实到30人\n主持人：周禾　记录人：李麦\n"
        f"议题：{A}、{L}退出处置。\n周禾：两个项目都停产多年。\n李麦：同意退出。\n"
        "表决：同意上述两个项目退出，同意30票，反对0票，弃权0票。\n散会"
    )
    part = found(text, annex, register)

    assert {(one.project, one.item) for one in part.decided} == {(SHEEP, 4), (LEMON, 4)}


@pytest.mark.parametrize(
    ("body", "decided"),
    [
        (f"会议同意{SHEEP}、{PEPPER}两个项目退出。", {SHEEP, PEPPER}),
        (f"听取了{A}、{P}的汇报。对上述两个项目，会议同意销号退出。", {SHEEP, PEPPER}),
        (f"一、听取了{A}的汇报。\n二、听取了{P}的汇报。会议同意上述两个项目退出。", {SHEEP, PEPPER}),
        (f"会议研究了{A}、{P}。上述项目情况已清楚。会议同意{A}退出，同意{P}退出。", {SHEEP, PEPPER}),
    ],
)
def test_projects_named_by_number_or_decided_on_in_a_later_clause_count(
    annex: Annex, register: RegisterIndex, body: str, decided: set[str]
) -> None:
    assert {one.project for one in found(f"{HEAD}{body}", annex, register).decided} == decided


def test_a_contract_that_names_projects_by_number_alone_is_nobodys(
    annex: Annex, register: RegisterIndex
) -> None:
    part = found(f"产业项目合作协议书\n{CONTRACT}\n涉及{SHEEP}、{LEMON}", annex, register)

    assert part.decided == ()


def test_a_name_that_wraps_round_the_cell_beside_it_is_still_that_rows(
    annex: Annex, register: RegisterIndex
) -> None:
    table = cells(("项目名称", "会议意见"), (A, "同意退出"), (P, "暂缓"), wrapped=True)
    lines = sorted(table.lines, key=lambda line: line.box[1] if line.box else 0.0)
    (part,) = identify(
        Extract("pdf", (Page(1, tuple(lines), TextSource.OCR),)), annex, register, Thresholds()
    )

    assert PEPPER not in {one.project for one in part.decided}


@pytest.mark.parametrize(
    "body",
    [
        f"会议研究了有关事项。会议同意退出的有{A}，暂缓的有{P}。",
        f"会议同意，{A}、{P}按程序退出。",
        f"上述项目同意退出。有关项目为{A}、{P}。",
        f"会议同意下列项目退出。{A}。{P}。",
        f"会议认为以上三个项目符合条件。会议研究{A}、{P}，有关单位抓紧办理。",
    ],
)
def test_no_wording_makes_a_project_put_off_count(annex: Annex, register: RegisterIndex, body: str) -> None:
    decided = {one.project for one in found(f"{HEAD}{body}", annex, register).decided}

    assert decided <= {SHEEP, PEPPER}
    assert "暂缓" not in body or PEPPER not in decided


def test_a_project_named_by_number_alone_is_mentioned_once_where_its_number_stands() -> None:
    by_number = ProjectScore(SHEEP, A, 12.0, 5, None)
    text = Folded("", (), (), ())

    assert (_mentions(by_number, text), _place(by_number)) == (1, 5)
    assert not _shadows(by_number, by_number, "")
    assert _beginning(A, "别的文字") == len("别的文字")
