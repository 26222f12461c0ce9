"""Signed or not, decided at the places that ask for a name."""

from __future__ import annotations

from archivist.core.model import Box, Seen, TextSource
from archivist.core.page import Hand, Line, Page, SealMark
from archivist.core.paper.seals import sealed
from archivist.core.paper.signatures import signature_places, signed
from support.drafting import ANNEX
from support.read_pages import page

RULES = ANNEX.signatures


def asked(
    *lines: tuple[str, float, float],
    strokes: tuple[Box, ...] = (),
    kind: str = "record",
    sure: float = 0.99,
    seals: tuple[SealMark, ...] = (),
) -> Seen:
    """What is said of a page on which a hand wrote where ``strokes`` are, told with ``sure``."""
    rows = [Line(text, (left, top, left + 0.02 * len(text), top + 0.02)) for text, left, top in lines]
    body = [Line("会议内容" * 6, (0.1, 0.1 + 0.02 * n, 0.9, 0.115 + 0.02 * n)) for n in range(12)]
    hands = tuple(Hand(box, sure) for box in strokes)
    page = Page(
        1,
        (*body, *rows),
        TextSource.OCR,
        colour="grey",
        strokes=strokes,
        looked=True,
        hands=hands,
        seals=seals,
    )
    return signed(signature_places([page], kind, RULES), ANNEX.kind(kind).parties)


def test_a_place_to_sign_with_ink_is_signed_and_an_empty_one_is_not() -> None:
    label = ("记录人：", 0.6, 0.8)

    assert asked(label, strokes=((0.7, 0.79, 0.8, 0.83),)) is Seen.YES
    assert asked(label) is Seen.NO


def test_a_printed_name_behind_a_label_is_no_signature_and_a_written_one_is() -> None:
    named = ("记录人：周禾", 0.6, 0.8)

    assert asked(named) is Seen.NO
    assert asked(named, strokes=((0.67, 0.8, 0.72, 0.82),)) is Seen.YES


def test_ink_that_may_be_a_hands_is_left_to_a_person() -> None:
    assert asked(("记录人：", 0.6, 0.8), strokes=((0.7, 0.79, 0.8, 0.83),), sure=0.5) is Seen.UNKNOWN


def test_where_no_hand_was_looked_for_nothing_is_said_of_a_name() -> None:
    lines = (Line("记录人：周禾", (0.6, 0.8, 0.72, 0.82)),)
    unjudged = Page(1, lines, TextSource.OCR, colour="grey", looked=True)

    assert signed(signature_places([unjudged], "record", RULES), parties=False) is Seen.UNKNOWN


def test_a_persons_stamp_signs_as_a_hand_does_and_seals_nothing() -> None:
    stamp = SealMark((0.7, 0.79, 0.73, 0.82), 0.8, shape="square")

    assert asked(("法定代表人（签章）：", 0.45, 0.8), seals=(stamp,)) is Seen.YES
    assert sealed([Page(1, (), TextSource.OCR, colour="colour", seals=(stamp,), looked=True)]) is not Seen.YES


def test_a_black_seal_on_a_page_captured_in_colour_is_the_copy_of_one() -> None:
    black = SealMark((0.6, 0.7, 0.8, 0.84), 0.9, ink="dark")

    def of(colour: str) -> Seen:
        return sealed([Page(1, (Line("甲"),), TextSource.OCR, colour=colour, seals=(black,), looked=True)])

    assert of("colour") is Seen.UNKNOWN
    assert of("grey") is Seen.YES


def test_where_nothing_asks_for_a_name_nobody_can_tell_whether_it_is_signed() -> None:
    assert asked(("散会", 0.6, 0.8)) is Seen.UNKNOWN


def test_an_agreement_signed_by_one_side_is_left_to_a_person() -> None:
    both = [("甲方代表（签字）：", 0.1, 0.8), ("乙方代表（签字）：", 0.1, 0.88)]
    one, other = (0.32, 0.79, 0.42, 0.83), (0.32, 0.87, 0.42, 0.91)

    assert asked(*both, strokes=(one,), kind="agreement") is Seen.UNKNOWN
    assert asked(*both, strokes=(one, other), kind="agreement") is Seen.YES


def native(text: str, kind: str = "record") -> Seen:
    return signed(signature_places([page(text)], kind, RULES), ANNEX.kind(kind).parties)


def test_typed_names_in_a_native_document_are_no_signatures() -> None:
    assert native("会议内容\n记录人：周禾") is Seen.UNKNOWN
    assert native("会议内容\n参会人员签字：\n周禾、李麦") is Seen.UNKNOWN


def test_an_empty_place_in_a_native_document_is_unsigned() -> None:
    assert native("会议内容\n记录人：") is Seen.NO


def test_names_in_rows_below_a_list_to_sign_are_signatures() -> None:
    label = ("参会人员签字：", 0.1, 0.8)

    assert asked(label, ("周禾　李麦", 0.1, 0.84), strokes=((0.1, 0.84, 0.2, 0.86),)) is Seen.YES
    assert asked(label, ("周禾　李麦", 0.1, 0.84)) is Seen.NO
    assert asked(label) is Seen.NO


def test_a_dark_seal_over_the_place_leaves_open_what_is_below_it() -> None:
    text = ("记录人：", 0.6, 0.8)
    over = SealMark((0.69, 0.78, 0.8, 0.84), 0.9, ink="dark")
    line = Line(text[0], (0.6, 0.8, 0.68, 0.82))
    covered = Page(1, (line,), TextSource.OCR, colour="grey", seals=(over,), looked=True)

    assert signed(signature_places([covered], "record", RULES), parties=False) is Seen.UNKNOWN


def test_a_sentence_that_speaks_of_signing_asks_for_nobody() -> None:
    sentence = ("本协议经甲乙双方代表签字并加盖公章之日起生效，一式三份，具有同等法律效力。", 0.1, 0.8)

    assert asked(sentence, kind="agreement") is Seen.UNKNOWN


def test_a_table_heading_asks_for_the_cells_below_it() -> None:
    heading = ("签字", 0.6, 0.7)

    assert asked(heading, strokes=((0.6, 0.75, 0.66, 0.78),)) is Seen.YES
    assert asked(heading) is Seen.NO
    assert asked(("签字", 0.6, 0.7), ("主持人：", 0.68, 0.7)) is Seen.NO


def test_ink_that_nobody_judged_leaves_a_place_open() -> None:
    label = Line("记录人：", (0.6, 0.8, 0.68, 0.82))
    inked = Page(1, (label,), TextSource.OCR, colour="grey", strokes=((0.7, 0.79, 0.8, 0.83),), looked=True)

    assert signed(signature_places([inked], "record", RULES), parties=False) is Seen.UNKNOWN


RING = SealMark((0.66, 0.72, 0.84, 0.86), 0.95)


def test_what_is_left_of_a_seal_over_a_printed_name_is_no_signature() -> None:
    named = ("记录人：周禾", 0.6, 0.8)
    arc: Box = (0.7, 0.76, 0.74, 0.83)

    assert asked(named, strokes=(arc,), seals=(RING,)) is Seen.UNKNOWN
    assert asked(named, strokes=((0.68, 0.8, 0.78, 0.825),), seals=(RING,)) is Seen.YES


def test_ink_of_the_size_of_a_seal_covers_what_lies_within_it() -> None:
    copied: Box = (0.62, 0.74, 0.8, 0.86)  # the black ring of a copy that nobody took for a seal

    assert asked(("记录人：周禾", 0.6, 0.8), strokes=(copied, (0.7, 0.8, 0.73, 0.83))) is Seen.UNKNOWN


def test_who_issues_minutes_by_hand_signs_them() -> None:
    named = ("签发：周禾", 0.2, 0.8)

    assert asked(named, strokes=((0.27, 0.8, 0.34, 0.825),), kind="minutes") is Seen.YES
    assert asked(named, kind="minutes") is Seen.NO
    assert asked(("签发人：周禾", 0.2, 0.8), kind="minutes") is Seen.UNKNOWN
