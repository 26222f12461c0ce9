"""Documents that name several projects: whose they are."""

from __future__ import annotations

import pytest

from archivist.core.identification import Identification
from archivist.core.identify.register_index import RegisterIndex
from archivist.core.identify.whole import Thresholds, identify
from archivist.core.page import Extract
from archivist.core.rules import Annex
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
