"""Text from outside is made safe, and believed only when it reads like a document."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.extract.clean import clean, close_gaps, trustworthy
from archivist.extract.seeing.layout import reading_order
from support.makers import LONG


@given(st.text(alphabet=st.characters(), max_size=200))
def test_clean_text_can_be_stored_anywhere_and_is_stable(text: str) -> None:
    once = clean(text)

    once.encode("utf-8")
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in once)
    assert unicodedata.is_normalized("NFC", once)
    assert clean(once) == once


def test_cleaning_keeps_what_means_something() -> None:
    assert clean("投入①48.60㎡\x00（含）\ud800  元\r\n") == "投入①48.60㎡（含） 元"


def test_gaps_between_characters_are_closed_but_word_spaces_stay() -> None:
    assert close_gaps("会 议 记 录") == "会议记录"
    assert close_gaps("合计 三十二人实到二十九人符合法定人数") == "合计 三十二人实到二十九人符合法定人数"


@pytest.mark.parametrize(
    "text",
    [
        "".join(LONG),
        "Invoice No. 2024 for agricultural equipment, total 4860.00 yuan",
        "2024 1120 48.60 33.15",
    ],
)
def test_documents_are_believed(text: str) -> None:
    assert trustworthy(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "会议".encode("gbk").decode("latin-1") * 30,
        "青龙村村民代表会议记录".encode().decode("latin-1") * 5,
        "\ue001\ue002\ue003\ue004会议" * 9,
        "\ufffd\ufffd" * 40,
        "".join(random.Random(1).choices([chr(c) for c in range(0x4E00, 0x9FA5)], k=200)),
        "!\"#$%&'()*+,-./:;<=>?@" * 6,
        "xkcd qwrtp zxcvb lkjhg mnbvc" * 6,
        "가나다라마바사아자차카타파하" * 5,
    ],
)
def test_garbage_text_layers_are_not_believed(text: str) -> None:
    assert not trustworthy(text)


@given(st.integers(2, 8), st.integers(1, 4), st.floats(-0.03, 0.03), st.randoms())
def test_a_skewed_table_is_read_row_by_row(
    rows: int, columns: int, slope: float, shuffle: random.Random
) -> None:
    cells = [(row, column) for row in range(rows) for column in range(columns)]
    shuffle.shuffle(cells)

    def box(row: int, column: int) -> tuple[float, float, float, float]:
        left, width = column * 300.0, 250.0
        top = row * 40.0 + slope * left
        return left, min(top, top + slope * width), left + width, max(top, top + slope * width) + 28.0

    order = reading_order([box(*cell) for cell in cells], slope)

    assert [cells[i] for i in order] == sorted(cells)
