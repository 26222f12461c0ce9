"""Where the words stand that something rests on, and the ink where a name is asked for."""

from __future__ import annotations

from typing import Any

import pytest

from archivist.core.model import Box, Seen, SignaturePlace, TextSource
from archivist.core.page import Hand, Line, Page, SealMark
from archivist.core.paper.unlabelled import UNLABELLED
from archivist.core.paper.whereabouts import around, part_of_page, where_quoted, where_signed
from support.read_pages import page as words_only


def _near(*boxes: Box) -> Any:
    """Boxes to compare with, as near as their decimals tell."""
    return tuple(pytest.approx(box) for box in boxes)


def _page(
    *lines: tuple[str, Box | None], hands: tuple[Hand, ...] = (), seals: tuple[SealMark, ...] = ()
) -> Page:
    read = tuple(Line(text, box) for text, box in lines)
    return Page(1, read, TextSource.OCR, hands=hands, seals=seals, looked=True)


def test_part_of_a_line_is_as_far_along_it_as_its_words_are() -> None:
    page = _page(("应到二十人实到十八人", (0.1, 0.2, 0.9, 0.25)))

    (box,) = where_quoted(page, "实到十八人")

    assert box == pytest.approx((0.5, 0.2, 0.9, 0.25))


def test_letters_and_digits_are_half_as_wide_as_characters() -> None:
    (box,) = where_quoted(_page(("资金12万", (0.0, 0.0, 0.4, 0.1))), "资金12")

    assert box == pytest.approx((0.0, 0.0, 0.3, 0.1))


def test_spaces_and_signs_that_reading_leaves_out_move_nothing() -> None:
    (box,) = where_quoted(_page(("时间：　2024年", (0.0, 0.0, 0.8, 0.1))), "2024年")

    assert box[0] == pytest.approx(0.8 * 4 / 7)


def test_of_several_places_the_first_is_meant_and_of_a_date_the_last() -> None:
    high, low = (0.1, 0.1, 0.3, 0.15), (0.6, 0.8, 0.9, 0.85)
    page = _page(("2024年11月9日", high), ("同意", (0.1, 0.5, 0.2, 0.55)), ("2024年11月9日", low))

    assert where_quoted(page, "2024年11月9日") == _near(high)
    assert where_quoted(page, "2024年11月9日", latest=True) == _near(low)


def test_words_that_run_over_lines_have_a_box_on_each() -> None:
    page = _page(
        ("会议议定：同意该项目", (0.1, 0.1, 0.9, 0.15)),
        ("退出，资产依法处置", (0.1, 0.2, 0.8, 0.25)),
        ("完", None),
    )

    boxes = where_quoted(page, "同意该项目退出……")

    assert [box[1] for box in boxes] == [0.1, 0.2]
    assert boxes[0][2] == pytest.approx(0.9)
    assert boxes[1] == pytest.approx((0.1, 0.2, 0.1 + 0.7 * 2 / 9, 0.25))


def test_a_quote_put_together_of_cells_is_found_cell_by_cell() -> None:
    page = _page(
        ("项目债权债务", (0.1, 0.1, 0.2, 0.12)),
        ("债权债务：拖欠务工工资", (0.3, 0.1, 0.9, 0.12)),
        ("纠纷、诉求等情况", (0.1, 0.13, 0.2, 0.15)),
        ("已由劳动监察部门付清", (0.3, 0.13, 0.9, 0.15)),
        ("完", (0.3, 0.2, 0.4, 0.22)),
    )

    boxes = where_quoted(page, "债权债务：拖欠务工工资已由劳动监察部门付清")

    assert [(box[0], box[1]) for box in boxes] == [(0.3, 0.1), (0.3, 0.13)]


def test_a_quote_that_begins_and_ends_within_cells_takes_their_parts() -> None:
    page = _page(
        ("二、村级认定同意申报", (0.0, 0.1, 1.0, 0.12)),
        ("另一格的话", (0.0, 0.2, 0.3, 0.22)),
        ("淘汰类项目（盖章）", (0.0, 0.3, 0.9, 0.32)),
    )

    boxes = where_quoted(page, "同意申报淘汰类项目")

    assert boxes == _near((0.6, 0.1, 1.0, 0.12), (0.0, 0.3, 0.5, 0.32))


def test_a_quote_of_which_most_is_not_found_has_no_place() -> None:
    page = _page(("同意申报的项目", (0.1, 0.1, 0.5, 0.12)), ("短", (0.1, 0.2, 0.2, 0.22)))

    assert where_quoted(page, "完全是另外一段很长的话，只有几个字：同意申报") == ()


@pytest.mark.parametrize("quote", ["", "……", "，。"])
def test_a_quote_without_letters_has_no_place(quote: str) -> None:
    assert where_quoted(_page(("同意", (0.1, 0.1, 0.2, 0.2))), quote) == ()


def test_lines_without_a_place_give_none() -> None:
    page = words_only("会议议定：同意该项目\n退出")

    assert where_quoted(page, "同意该项目") == ()
    assert where_quoted(page, "同意该项目退出") == ()
    assert where_quoted(page, "会议议定同意该项目甲退出") == ()


LABEL: Box = (0.1, 0.8, 0.3, 0.83)


def _place(label: str = "记录人（签字）", quote: str = "记录人（签字）：") -> SignaturePlace:
    return SignaturePlace(1, label, Seen.YES, quote)


def test_a_place_to_sign_is_its_label_with_the_ink_beside_it() -> None:
    page = _page(
        ("记录人（签字）：", LABEL),
        hands=(Hand((0.35, 0.79, 0.5, 0.84), 0.99), Hand((0.7, 0.1, 0.8, 0.2), 0.99)),
    )

    assert where_signed(page, _place()) == _near((0.1, 0.79, 0.5, 0.84))


def test_ink_that_was_joined_with_a_seal_is_taken_as_far_as_a_name_goes() -> None:
    page = _page(("记录人（签字）：", LABEL), hands=(Hand((0.35, 0.79, 0.5, 0.9), 0.99),))

    ((_, _, _, bottom),) = where_signed(page, _place())

    assert bottom < 0.87


def test_a_stamp_of_a_name_signs_and_ink_that_may_be_anything_does_not() -> None:
    stamp = SealMark((0.4, 0.79, 0.46, 0.84), 0.9, "square")
    page = _page(("记录人（签字）：", LABEL), hands=(Hand((0.6, 0.8, 0.7, 0.83), 0.05),), seals=(stamp,))

    assert where_signed(page, _place()) == _near((0.1, 0.79, 0.46, 0.84))


def test_a_place_ends_where_the_next_one_of_its_row_begins() -> None:
    second: Box = (0.55, 0.8, 0.75, 0.83)
    page = _page(
        ("代表人（签字）：", LABEL),
        ("代表人（签字）：", second),
        ("另外一行的字", (0.55, 0.9, 0.7, 0.93)),
        hands=(Hand((0.32, 0.79, 0.45, 0.84), 0.99), Hand((0.65, 0.79, 0.8, 0.84), 0.99)),
    )

    ((_, _, right, _),) = where_signed(page, _place("代表人（签字）", "代表人（签字）："))

    assert right == pytest.approx(0.45)


def test_two_places_that_ask_in_the_same_words_are_two() -> None:
    text = "代表人（签字）：　　　代表人（签字）："
    page = _page((text, (0.1, 0.8, 0.9, 0.83)), ("代表人（签字）：", (0.1, 0.9, 0.3, 0.93)))
    place = _place("代表人（签字）", text)
    boxes = [where_signed(page, place, earlier)[0] for earlier in (0, 1, 7)]

    assert boxes[0] == pytest.approx((0.1, 0.8, 0.1 + 0.8 * 11 / 19, 0.83))
    assert boxes[1] == boxes[2] == pytest.approx((0.1 + 0.8 * 11 / 19, 0.8, 0.9, 0.83))


def test_names_listed_below_a_label_are_all_of_its_place_down_to_where_print_goes_on() -> None:
    names = tuple(
        Hand((left, top, left + 0.1, top + 0.03), 0.99)
        for top in (0.55, 0.6, 0.65, 0.85)
        for left in (0.1, 0.4, 0.7)
    )
    page = _page(
        ("参会人员签字：", (0.1, 0.5, 0.3, 0.53)),
        ("以上签字均为本人所签，情况属实。", (0.1, 0.75, 0.8, 0.78)),
        hands=names,
    )

    (box,) = where_signed(page, _place("参会人员签字", "参会人员签字："))

    assert box == pytest.approx((0.1, 0.5, 0.8, 0.68))


def test_a_label_with_nothing_beside_it_is_shown_alone() -> None:
    assert where_signed(_page(("记录人（签字）：", LABEL)), _place()) == (LABEL,)


def test_a_label_that_wraps_in_a_cell_is_found_where_it_begins() -> None:
    page = _page(("核查评估人员", (0.1, 0.5, 0.2, 0.52)), ("签字", (0.1, 0.53, 0.2, 0.55)))

    assert where_signed(page, _place("核查评估人员签字", "核查评估人员签字")) == ((0.1, 0.5, 0.2, 0.52),)


def test_a_label_that_was_quoted_otherwise_is_found_by_itself() -> None:
    assert where_signed(_page(("记录人（签字）：王某", LABEL)), _place(quote="")) == _near(LABEL)


@pytest.mark.parametrize("lines", [(("出席：周某", LABEL),), (("记录人（签字）：", None),), ()])
def test_a_label_that_stands_nowhere_has_no_place(lines: tuple[tuple[str, Box | None], ...]) -> None:
    assert where_signed(_page(*lines), _place()) == ()


def test_names_by_hand_that_end_a_record_are_the_place_themselves() -> None:
    name = Hand((0.3, 0.7, 0.45, 0.74), 0.995)
    page = _page(("会议到此结束。", (0.1, 0.5, 0.6, 0.53)), hands=(name, Hand((0.3, 0.2, 0.4, 0.24), 0.995)))

    assert where_signed(page, _place(UNLABELLED, "")) == (name.box,)


def test_names_listed_at_the_end_of_a_record_are_the_place_in_their_order() -> None:
    names = [
        ("王某某", (0.1, 0.7, 0.2, 0.73)),
        ("李某某", (0.3, 0.7, 0.4, 0.73)),
        ("张某某", (0.5, 0.7, 0.6, 0.73)),
    ]
    page = _page(("参会人员的签名都在下面这里。", (0.1, 0.5, 0.6, 0.53)), *names)

    assert where_signed(page, _place(UNLABELLED, "")) == tuple(box for _, box in names)


def test_a_record_with_nothing_by_hand_has_no_such_place() -> None:
    assert where_signed(_page(("会议到此结束。", (0.1, 0.5, 0.6, 0.53))), _place(UNLABELLED, "")) == ()
    assert where_signed(_page(), _place(UNLABELLED, "")) == ()


def test_boxes_together_are_what_holds_them_all() -> None:
    assert around([(0.2, 0.3, 0.4, 0.5), (0.1, 0.4, 0.3, 0.9)]) == (0.1, 0.3, 0.4, 0.9)


@pytest.mark.parametrize(
    ("box", "words"),
    [
        ((0.0, 0.0, 0.2, 0.2), "左上"),
        ((0.8, 0.8, 1.0, 1.0), "右下"),
        ((0.4, 0.4, 0.6, 0.6), "正中"),
        ((0.4, 0.0, 0.6, 0.1), "中间靠上"),
        ((0.4, 0.9, 0.6, 1.0), "中间靠下"),
        ((0.0, 0.4, 0.2, 0.6), "左中"),
    ],
)
def test_a_place_is_told_in_words(box: Box, words: str) -> None:
    assert part_of_page(box) == words
