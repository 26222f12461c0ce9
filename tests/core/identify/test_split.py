"""A source stays whole unless a cut is proven; what is likely but not proven is left to a person."""

from __future__ import annotations

import pytest

from archivist.core.identify.split import begins, cut
from archivist.core.page import Page
from archivist.core.rules import Annex
from support.read_pages import page, set_page

BODY = 0.022
MINUTES = [
    ("珠溪镇人民政府专题会议纪要", 0.28, 0.1, 0.036),
    ("〔2024〕31号", 0.42, 0.16, BODY),
    ("2024年11月19日，镇长主持召开专题会议，研究有关项目退出事宜，", 0.16, 0.22, BODY),
    ("现将会议议定事项纪要如下。会议听取了镇农业服务中心关于项目情况的汇报。", 0.12, 0.26, BODY),
]
NEXT = [
    ("会议听取了镇农业服务中心关于青杠岭村养殖场项目核查评估情况", 0.12, 0.1, BODY),
    ("的汇报。会议认为，该项目已经不具备继续经营的条件，应当按照程序", 0.12, 0.14, BODY),
    ("有序退出，确保国有和集体资产不流失，群众利益不受损。", 0.12, 0.18, BODY),
    ("珠溪镇人民政府", 0.6, 0.4, BODY),
    ("2024年11月20日", 0.6, 0.44, BODY),
]
CONTRACT = [
    ("产业项目合作协议书", 0.3, 0.1, 0.034),
    ("甲方：珠溪镇青杠岭村民委员会", 0.12, 0.18, BODY),
    ("乙方：岭上牧业专业合作社", 0.12, 0.22, BODY),
    ("为推进养殖场项目建设，甲乙双方经协商订立本协议，共同遵守执行。", 0.12, 0.26, BODY),
]


def foot(words: str) -> tuple[str, float, float, float]:
    return (words, 0.47, 0.92, BODY)


def numbers(pages: list[Page], annex: Annex) -> list[list[int]]:
    return [[one.number for one in part.pages] for part in cut(pages, annex)]


def test_running_text_that_ends_with_the_words_of_a_title_begins_no_document(annex: Annex) -> None:
    for feet in (("", ""), ("— 1 —", "— 2 —")):
        pages = [
            set_page([*rows, *([foot(words)] if words else [])], at)
            for at, (rows, words) in enumerate(zip((MINUTES, NEXT), feet, strict=True), 1)
        ]

        assert numbers(pages, annex) == [[1, 2]]
        assert cut(pages, annex)[0].doubts == ()


def test_the_same_is_so_where_nobody_knows_how_the_lines_are_set(annex: Annex) -> None:
    pages = [page("\n".join(row[0] for row in rows), at) for at, rows in enumerate((MINUTES, NEXT), 1)]

    assert numbers(pages, annex) == [[1, 2]]


@pytest.mark.parametrize("feet", [("", "", ""), ("— 1 —", "— 2 —", "— 1 —"), ("1", "2", "1"), ("", "", "1")])
def test_a_document_is_cut_off_where_the_one_before_has_ended(
    feet: tuple[str, str, str], annex: Annex
) -> None:
    pages = [
        set_page([*rows, *([foot(words)] if words else [])], at)
        for at, (rows, words) in enumerate(zip((MINUTES, NEXT, CONTRACT), feet, strict=True), 1)
    ]

    assert numbers(pages, annex) == [[1, 2], [3]]


def test_a_large_title_begins_a_document_though_the_one_before_has_no_ending(annex: Annex) -> None:
    assert numbers([set_page(MINUTES, 1), set_page(CONTRACT, 2)], annex) == [[1], [2]]


def test_a_title_as_wide_as_the_text_begins_a_document_after_an_ending(annex: Annex) -> None:
    wide = [
        ("重庆市大足区农业农村委员会党委扩大会议关于养殖场项目的会议纪要", 0.25, 0.1, BODY),
        ("2024年11月28日", 0.43, 0.15, BODY),
        ("会议听取了核查组关于养殖场项目有关情况的汇报，同意将该项目认定", 0.25, 0.2, BODY),
        ("为淘汰类，按照程序有序退出，由镇里负责清理项目债权债务等事宜。", 0.25, 0.24, BODY),
    ]

    assert numbers([set_page(MINUTES, 1), set_page(NEXT, 2), set_page(wide, 3)], annex) == [[1, 2], [3]]


def test_a_red_head_begins_a_document_after_a_list_that_ends_nothing(annex: Annex) -> None:
    list_ = [("附：", 0.12, 0.1, BODY), ("现场情况", 0.4, 0.14, BODY)]
    list_ += [(f"{n}　水泵", 0.14, 0.2 + 0.03 * n, BODY) for n in range(8)]
    headed = [
        ("重庆市大足区人民政府办公室", 0.18, 0.1, 0.044),
        ("区政府研究帮扶产业项目认定处置专题会议纪要", 0.25, 0.16, BODY),
        ("2024年12月16日，受区政府领导委托，副区长召集区级有关部门，专题研", 0.16, 0.2, BODY),
        ("究养殖场项目处置工作，议定如下：同意认定该项目为淘汰类，予以退出。", 0.12, 0.24, BODY),
    ]

    assert numbers([set_page(MINUTES, 1), set_page(list_, 2), set_page(headed, 3)], annex) == [[1, 2], [3]]


def test_a_chapter_of_a_report_begins_no_document_while_the_numbers_go_on(annex: Annex) -> None:
    report = [
        ("核查评估报告", 0.38, 0.1, 0.036),
        ("项目停产多年，资产闲置。", 0.16, 0.2, BODY),
        foot("— 1 —"),
    ]
    chapter = [("资产清单", 0.42, 0.1, 0.034), ("羊舍两栋，水池一口。", 0.16, 0.2, BODY), foot("— 2 —")]

    assert numbers([set_page(report, 1), set_page(chapter, 2)], annex) == [[1, 2]]


def test_a_likely_title_without_other_signs_leaves_the_whole_to_a_person(annex: Annex) -> None:
    small = [
        ("资产移交清单", 0.42, 0.1, BODY),
        ("羊舍两栋，水池一口，饲料间一处，围栏三百米，均已停用多年。", 0.12, 0.2, BODY),
    ]
    small += [("其余设施不再使用，由村民委员会登记造册以后统一保管，不得擅自处理。", 0.12, 0.24, BODY)]

    (whole,) = cut([set_page(MINUTES, 1), set_page(small, 2)], annex)

    assert [one.number for one in whole.pages] == [1, 2]
    assert "第2页" in whole.doubts[0]
    assert "资产移交清单" in whole.doubts[0]


def test_numbers_that_begin_anew_after_an_ending_are_another_document_whatever_it_is(annex: Annex) -> None:
    strange = [("关于水库灌溉设施的几点想法", 0.3, 0.1, BODY), ("水库的闸门已经损坏。", 0.12, 0.2, BODY)]
    pages = [
        set_page([*rows, foot(words)], at)
        for at, (rows, words) in enumerate(((MINUTES, "— 1 —"), (NEXT, "— 2 —"), (strange, "— 1 —")), 1)
    ]

    assert numbers(pages, annex) == [[1, 2], [3]]


def test_an_annex_with_numbers_of_its_own_stays_with_its_document(annex: Annex) -> None:
    list_ = [("附件1", 0.12, 0.06, BODY), ("资产清单", 0.42, 0.1, 0.034), ("羊舍两栋。", 0.12, 0.2, BODY)]
    pages = [
        set_page([*rows, foot(words)], at)
        for at, (rows, words) in enumerate(((MINUTES, "— 1 —"), (NEXT, "— 2 —"), (list_, "— 1 —")), 1)
    ]

    assert numbers(pages, annex) == [[1, 2, 3]]


def test_a_page_begins_a_document_by_its_title_not_by_its_text(annex: Annex) -> None:
    assert begins(set_page(MINUTES), annex)
    assert begins(set_page(CONTRACT), annex)
    assert not begins(set_page(NEXT), annex)
    assert not begins(set_page([*CONTRACT, foot("— 2 —")]), annex)


PLEDGE = [
    ("土地移交约定", 0.38, 0.1, 0.034),
    ("甲方（出租方）：金山镇油房岩村村民委员会", 0.12, 0.18, BODY),
    ("乙方（承租方）：众鑫达家庭农场", 0.12, 0.22, BODY),
    ("双方同意自2025年1月19日起解除原土地流转合同，乙方将土地全部退还。", 0.12, 0.26, BODY),
]


def test_a_title_that_no_kind_knows_begins_a_document_over_its_parties(annex: Annex) -> None:
    pages = [set_page(MINUTES, 1), set_page(NEXT, 2), set_page(PLEDGE, 3)]

    assert numbers(pages, annex) == [[1, 2], [3]]


@pytest.mark.parametrize(
    "third",
    [
        [("土地移交约定", 0.38, 0.1, BODY), *PLEDGE[1:]],
        [PLEDGE[0], *NEXT[:3]],
        [("附件", 0.12, 0.06, BODY), *PLEDGE],
        [*PLEDGE, ("— 3 —", 0.47, 0.92, BODY)],
    ],
    ids=["set as text", "no head below", "an annex", "numbers go on"],
)
def test_without_the_look_and_the_head_of_a_document_it_begins_none(
    annex: Annex, third: list[tuple[str, float, float, float]]
) -> None:
    feet = "— 2 —" if third[-1][0] == "— 3 —" else ""
    second = [*NEXT, *([foot(feet)] if feet else [])]

    assert numbers([set_page(MINUTES, 1), set_page(second, 2), set_page(third, 3)], annex) == [[1, 2, 3]]


def test_a_page_that_calls_itself_the_signature_page_begins_no_document(annex: Annex) -> None:
    text = [*CONTRACT, ("（以下无正文，为签署页）", 0.12, 0.4, BODY)]
    signing = [
        ("（本页为《养殖场项目合作协议书》", 0.2, 0.1, 0.034),
        ("签署页）", 0.4, 0.15, 0.034),
        ("甲方（盖章）：", 0.12, 0.3, BODY),
        ("2019年9月6日", 0.12, 0.34, BODY),
    ]

    assert numbers([set_page(text, 1), set_page(signing, 2)], annex) == [[1, 2]]
