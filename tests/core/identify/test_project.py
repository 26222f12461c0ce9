"""The project a text is about: named plainly, by code, in short, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.identify.project import SCALE, Choice, choose, rank_projects
from archivist.core.identify.register_index import RegisterIndex, build_index, code_key
from archivist.core.project import Project
from archivist.core.text import fold_columns, fold_pages
from support.read_pages import TWINS, page, set_page


def chosen(text: str, register: RegisterIndex) -> Choice:
    folded = fold_pages([page(text)])
    ranked = rank_projects(folded, text, register)
    return choose(ranked, 0.8 * SCALE, 0.15 * SCALE, folded.text, register)


@pytest.mark.parametrize(("code", "name", "township", "village"), TWINS)
def test_a_full_name_finds_its_own_project_among_twins(
    register: RegisterIndex, code: str, name: str, township: str, village: str
) -> None:
    assert code == chosen(f"会议研究了{name}的有关事宜。", register).code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("项目编号：DZ-2018-0017", "DZ-2018-0017"),
        ("项目编号：DZ—2O18—00l7", "DZ-2018-0017"),
        ("编号 DZ2018 0017 的项目", "DZ-2018-0017"),
        ("珠溪镇青杠岭村村民代表会议，商量青杠岭村黑山羊养殖场的事", "DZ-2018-0017"),
        ("珠溪镇青杠岭村黑山羊标准化养值场项目", "DZ-2018-0017"),
        ("珠溪镇青杠岭村黑山羊标\n准化养殖场项目", "DZ-2018-0017"),
        ("三驱镇柏杨湾村稻渔综合种养项目（二期）", "DZ-2020-0008"),
        ("智凤街道苇岭社区中药材种植基地项目(500亩)", "DZ-2015-0099"),
        ("大足区宝兴镇响水岩村花椒种植园", "DZ-2017-0031"),
        ("珠溪镇青杠岭村会议，议题：青杠岭村柠檬果园项目怎么办", "DZ-2020-0031"),  # the village's only lemons
        ("珠溪镇，青杠岭饲草场项目清算", "DZ-2019-0023"),
        ("金山镇槐坪村2018年槐坪村食用菌棚项目退出", "DZ-2018-0041"),
    ],
)
def test_shortened_misread_and_wrapped_names_are_found(register: RegisterIndex, text: str, code: str) -> None:
    assert code == chosen(text, register).code


@pytest.mark.parametrize(
    "text",
    [
        "三驱镇柏杨湾村稻渔综合种养项目退出",  # which phase?
        "金山镇槐坪村食用菌种植大棚项目",  # which year?
        "响水岩村花椒种植园项目",  # which township?
        "珠溪镇青杠岭村柑橘种植基地项目",  # not in the register, but much like one that is
        "珠溪镇青杠岭村肉牛养殖场项目",
        "珠溪镇召开安全生产会议",
        "三驱镇青杠岭村柠檬长势良好",  # the product alone, no project
        "青杠岭村",
        "",
    ],
)
def test_what_could_be_several_or_none_is_left_to_a_person(register: RegisterIndex, text: str) -> None:
    choice = chosen(text, register)

    assert choice.code is None
    assert choice.doubt


def test_a_name_that_contradicts_the_code_is_left_to_a_person(register: RegisterIndex) -> None:
    text = "珠溪镇青杠岭村黑山羊标准化养殖场项目（项目编号：DZ-2017-0031）"

    assert chosen(text, register).code is None


def test_a_name_and_a_code_wrapped_in_table_cells_are_read_whole(register: RegisterIndex) -> None:
    form = set_page(
        [
            ("珠溪镇青杠岭村黑山羊标", 0.28, 0.15, 0.02),
            ("项目编号", 0.60, 0.15, 0.02),
            ("DZ-2018-", 0.75, 0.15, 0.02),
            ("项目名称", 0.12, 0.165, 0.02),
            ("准化养殖场项目", 0.28, 0.175, 0.02),
            ("0017", 0.75, 0.175, 0.02),
        ]
    )
    folded = fold_columns([form])

    best = rank_projects(folded, form.text, register)[0]

    assert best.code == "DZ-2018-0017"
    assert best.by_code is not None
    assert best.mention is not None and best.mention.exact


def test_the_evidence_quotes_the_page_that_names_the_project(register: RegisterIndex) -> None:
    pages = [page("会议纪要", 1), page("研究珠溪镇青杠岭村黑山羊标准化养殖场项目", 2)]

    best = rank_projects(fold_pages(pages), "", register)[0]

    assert best.evidence[0].page == 2
    assert "青杠岭村黑山羊" in best.evidence[0].quote


@given(st.text(max_size=200))
def test_no_text_makes_the_search_fail(text: str) -> None:
    register = build_index([Project(code, name, town, village) for code, name, town, village in TWINS])

    ranked = rank_projects(fold_pages([page(text)] if text.strip() else []), text, register)

    assert ranked == sorted(ranked, key=lambda score: (-score.points, score.code))


@given(st.sampled_from([code for code, *_ in TWINS]), st.sampled_from([" ", "-", "－", "", "—"]))
def test_a_code_is_the_same_whatever_its_dashes(code: str, dash: str) -> None:
    assert code_key(code) == code_key(code.replace("-", dash))


def test_a_large_register_is_not_read_through_for_every_text() -> None:
    products = ["花椒", "柠檬", "黑山羊", "稻渔", "冬菜", "油茶", "肉兔", "生猪", "竹编", "莲藕"]
    projects = [
        Project(f"P{number:06d}", f"第{number}村{products[number % 10]}种植基地项目", "", f"第{number}村")
        for number in range(3000)
    ]
    register = build_index(projects)

    assert len(register.nearest("第1234村莲藕种植基地项目")) <= 40
    assert "P001234" in register.nearest("第1234村" + products[1234 % 10] + "种植基地项目")
