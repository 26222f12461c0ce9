"""Pages that lie in the wrong order, or are not all there, are told and never filed; pages in order are."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.identification import Identification
from archivist.core.identify.order import missing_pages, sheaves
from archivist.core.identify.register_index import RegisterIndex
from archivist.core.identify.whole import Thresholds, identify
from archivist.core.page import Extract, Page
from archivist.core.rules import Annex
from support.read_pages import page

NAME = "宝兴镇响水岩村花椒种植园项目"
RECORD = f"""宝兴镇响水岩村村民代表会议记录
时间：2024年11月13日上午9时
主持人：蒋朝富 记录人：肖国才
议题：讨论{NAME}列为淘汰类项目
蒋朝富：经营主体已经退出，请大家讨论。
吴大林：地里杂草有一人多高。
陈世兰：流转费要先结清。
{{}}"""
VOTES = """经表决，同意申报为淘汰类的31票，反对0票，弃权0票。
参会人员签字：蒋朝富 吴大林 陈世兰
宝兴镇响水岩村村民委员会
2024年11月13日
{}"""
MINUTES = f"""宝兴镇人民政府
专题会议纪要
（第27期）
2024年11月21日，镇长主持召开专题会议，纪要如下：
一、会议听取了关于{NAME}核查情况的汇报。
二、会议认为，该项目已不具备继续经营的条件，同意列为淘汰类项目。
{{}}"""
MIDDLE = """三、会议要求，清点资产，形成资产清单。
四、会议议定，流转费由村委会核实。
{}"""
END = """五、会议指定管护责任人，每月报告一次。
宝兴镇人民政府
2024年11月22日
{}"""


def told(texts: list[str], annex: Annex, register: RegisterIndex) -> list[Identification]:
    pages = tuple(page(text, at) for at, text in enumerate(texts, 1))
    return identify(Extract("pdf", pages), annex, register, Thresholds())


def record(first: str = "1", last: str = "2") -> list[str]:
    return [RECORD.format(first), VOTES.format(last)]


def minutes(*feet: str) -> list[str]:
    return [text.format(foot) for text, foot in zip((MINUTES, MIDDLE, END), feet, strict=True)]


def test_papers_in_order_are_cut_and_filed(annex: Annex, register: RegisterIndex) -> None:
    found = told([*record(), *minutes("— 1 —", "— 2 —", "— 3 —")], annex, register)

    assert [(one.first, one.last, one.decided[0].item) for one in found] == [(1, 2, 4), (3, 5, 5)]


def test_a_stack_turned_over_in_a_feeder_waits_whole_with_its_numbers(
    annex: Annex, register: RegisterIndex
) -> None:
    (first, votes), two = record(), [MINUTES.format("— 1 —"), END.format("— 2 —")]

    (whole,) = told([first, *two, votes], annex, register)

    assert (whole.first, whole.last, whole.decided) == (1, 4, ())
    assert "1、1、2、2" in whole.reasons[0]
    assert {(c.project, c.item) for c in whole.candidates} >= {("DZ-2017-0031", 4), ("DZ-2017-0031", 5)}


def test_a_page_with_votes_is_not_filed_with_minutes_though_no_number_is_printed(
    annex: Annex, register: RegisterIndex
) -> None:
    first, votes = record("", "")

    (whole,) = told([first, MINUTES.format(""), END.format(""), votes], annex, register)

    assert (whole.first, whole.last, whole.decided) == (1, 4, ())


@pytest.mark.parametrize("order", [one for one in permutations(range(3)) if one != (0, 1, 2)])
def test_one_paper_in_any_wrong_order_waits_with_its_numbers_and_a_guess(
    order: tuple[int, ...], annex: Annex, register: RegisterIndex
) -> None:
    pages = minutes("— 1 —", "— 2 —", "— 3 —")

    found = told([pages[at] for at in order], annex, register)

    assert [one.decided for one in found] == [()] * len(found)
    (whole,) = found
    assert "、".join(str(at + 1) for at in order) in whole.reasons[0]
    guess = whole.candidates[0]
    assert (guess.project, guess.item) == ("DZ-2017-0031", 5)


def test_a_stack_laid_face_up_is_read_from_its_first_page(annex: Annex, register: RegisterIndex) -> None:
    (whole,) = told([END.format("— 2 —"), MINUTES.format("— 1 —")], annex, register)

    assert (whole.first, whole.last, whole.decided, whole.title) == (1, 2, (), "专题会议纪要")
    assert "倒着扫" in whole.reasons[0]


@pytest.mark.parametrize(
    ("feet", "lacking"),
    [
        (("— 1 —", "— 2 —", "— 4 —"), "缺第3页"),
        (("1/4", "2/4", "3/4"), "缺第4页"),
        (("第1页 共6页", "第2页 共6页", "第3页 共6页"), "缺第4—6页"),
        (("1", "5", "11"), "缺第2—4页、第6—10页"),
        (("", "", "第3页 共5页"), "共5页"),
    ],
)
def test_pages_that_are_not_there_are_named_and_the_rest_is_not_filed(
    feet: tuple[str, str, str], lacking: str, annex: Annex, register: RegisterIndex
) -> None:
    (one,) = told(minutes(*feet), annex, register)

    assert one.decided == ()
    assert lacking in one.reasons[0]
    assert (one.candidates[0].project, one.candidates[0].item) == ("DZ-2017-0031", 5)


@pytest.mark.parametrize(
    "feet", [("", "", ""), ("1/3", "2/3", "3/3"), ("1", "", "3"), ("", "2", "3"), ("1", "2", "")]
)
def test_what_is_all_there_is_filed_though_a_number_was_not_read(
    feet: tuple[str, str, str], annex: Annex, register: RegisterIndex
) -> None:
    (one,) = told(minutes(*feet), annex, register)

    assert [c.item for c in one.decided] == [5]


def test_an_annex_numbered_by_itself_is_no_disorder(annex: Annex, register: RegisterIndex) -> None:
    annexed = "附件\n羊舍两栋\n水池一口\n— 1 —"

    (one,) = told([*minutes("— 1 —", "— 2 —", "— 3 —"), annexed], annex, register)

    assert (one.last, [c.item for c in one.decided]) == (4, [5])


def test_a_page_numbered_further_on_without_a_title_is_not_filed(
    annex: Annex, register: RegisterIndex
) -> None:
    (one,) = told([CONTRACT_END], annex, register)

    assert one.decided == ()


CONTRACT_END = f"""甲方、乙方就{NAME}双方协商一致，违约责任如下，合作期限十年。
本合同一式三份，签订之日起生效。本协议未尽事宜另行协商。
甲方（签字）：蒋朝富
乙方（签字）：古孝全
2017年4月6日
— 3 —"""


@given(st.sets(st.integers(1, 40), min_size=1), st.integers(0, 45))
def test_missing_pages_and_those_there_make_up_the_whole(have: set[int], total: int) -> None:
    lacking = missing_pages(have, total)
    named: set[int] = set()
    for part in filter(None, lacking.split("、")):
        first, _, last = part.removeprefix("第").removesuffix("页").partition("—")
        named |= set(range(int(first), int(last or first) + 1))

    assert named | have == set(range(1, max(*have, total) + 1))
    assert not named & have


@given(st.lists(st.sampled_from([MINUTES, MIDDLE, END, RECORD, VOTES]), min_size=1, max_size=7), st.data())
def test_every_page_with_writing_is_in_one_part_and_no_part_overlaps(
    annex: Annex, texts: list[str], data: st.DataObject
) -> None:
    feet = data.draw(st.lists(st.integers(0, 5), min_size=len(texts), max_size=len(texts)))
    pages: list[Page] = [
        page(text.format(f"— {foot} —" if foot else ""), at)
        for at, (text, foot) in enumerate(zip(texts, feet, strict=True), 1)
    ]

    covered = [number for one in sheaves(pages, annex) for number in range(one.first, one.last + 1)]

    assert covered == list(range(1, len(pages) + 1))
