"""People sign where no label asks in one line: labels that wrap in a cell, names by hand below the end of a record."""

from __future__ import annotations

import pytest

from archivist.core.model import Box, Seen, TextSource
from archivist.core.page import Hand, Line, Page
from archivist.core.paper.signatures import signature_places, signed
from archivist.core.paper.unlabelled import unlabelled
from support.drafting import ANNEX

BODY = tuple(Line("会议内容" * 6, (0.1, 0.1 + 0.03 * at, 0.9, 0.12 + 0.03 * at)) for at in range(12))
BELOW: Box = (0.3, 0.6, 0.5, 0.64)


def record(*more: Line, hands: tuple[Hand, ...] | None = ()) -> Page:
    return Page(1, (*BODY, *more), TextSource.OCR, colour="colour", looked=True, hands=hands)


def seen(page: Page, kind: str = "record") -> Seen:
    return signed(signature_places([page], kind, ANNEX.signatures), parties=False)


def test_names_by_hand_below_a_record_sign_it() -> None:
    assert seen(record(hands=(Hand(BELOW, 0.99),))) is Seen.YES


def test_they_sign_no_minutes() -> None:
    assert seen(record(hands=(Hand(BELOW, 0.99),)), "minutes") is Seen.UNKNOWN


@pytest.mark.parametrize(
    ("hand", "lines"),
    [
        (Hand(BELOW, 0.6), ()),
        (Hand((0.3, 0.2, 0.5, 0.24), 0.99), ()),
        (Hand((0.3, 0.6, 0.31, 0.64), 0.99), ()),
        (Hand(BELOW, 0.99), (Line("2024年11月9日", (0.3, 0.6, 0.5, 0.64)),)),
        (
            Hand(BELOW, 0.99),
            (Line("以上内容已经全体与会人员核对无误并且没有异议", (0.2, 0.6, 0.8, 0.64), 0.9, 0.9),),
        ),
    ],
    ids=["not sure", "within the text", "a speck", "a date", "a sentence"],
)
def test_what_may_be_something_else_signs_nothing(hand: Hand, lines: tuple[Line, ...]) -> None:
    assert unlabelled([record(*lines, hands=(hand,))]) == []


def test_of_a_page_written_by_hand_its_words_must_say_what_is_a_name() -> None:
    written = tuple(Line(line.text, line.box, 0.9, 0.9) for line in BODY)

    assert unlabelled([Page(1, written, TextSource.OCR, hands=(Hand(BELOW, 0.99),))]) == []
    assert unlabelled([]) == []


def test_a_label_that_wraps_in_a_cell_asks_for_the_name_beside_it() -> None:
    label = (
        Line("核查评估人员", (0.1, 0.6, 0.25, 0.62)),
        Line("签字：", (0.1, 0.625, 0.18, 0.645)),
    )
    beside = Hand((0.3, 0.605, 0.4, 0.64), 0.99)

    assert seen(record(*label, hands=(beside,)), "assessment") is Seen.YES
    assert seen(record(*label), "assessment") is Seen.NO


def cells(*hands: float) -> tuple[Line, ...]:
    """Names in a row at the end of a record, each judged to be by hand with this sureness."""
    names = ("蒋瑟杨", "罗勇", "何强", "陈美容", "谢远志")
    return tuple(
        Line(name, (0.1 + 0.17 * at, 0.6, 0.22 + 0.17 * at, 0.63), 0.9, hand)
        for at, (name, hand) in enumerate(zip(names, hands, strict=False))
    )


@pytest.mark.parametrize(
    ("hands", "answer"),
    [
        ((0.2, 0.5, 0.98, 0.6, 0.2), Seen.YES),
        ((0.01, 0.0, 0.07, 0.02, 0.0), Seen.NO),
        ((0.2, 0.3, 0.5, 0.3, 0.2), Seen.UNKNOWN),
        ((0.95, 0.0, 0.0, 0.0, 0.0), Seen.UNKNOWN),
        ((0.01, 0.0), Seen.UNKNOWN),
    ],
    ids=["by hand together", "plainly print", "none is sure", "one among print", "too few"],
)
def test_names_that_end_a_record_are_judged_together(hands: tuple[float, ...], answer: Seen) -> None:
    tail = (
        Line("某某村村民委员会", (0.5, 0.7, 0.8, 0.72), 0.99, 0.0),
        Line("2024年11月15日", (0.5, 0.74, 0.7, 0.76)),
    )

    assert seen(record(*cells(*hands), *tail)) is answer


def test_names_of_which_nobody_looked_for_ink_are_left_open() -> None:
    assert seen(record(*cells(0.01, 0.0, 0.0), hands=None)) is Seen.UNKNOWN
