"""A reason says something, or it is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.words.reasons import FEWEST_LETTERS, MOST_REASON, cleaned, essence, fault, letters


@pytest.mark.parametrize(
    "words",
    [
        "看过原件，公章清楚",
        "镇街会议先开，村会议补开",
        "原件有章",
        "合同 2018 年遗失",
        "The seal is on page three",
        "第1行\n第2行说明原因",
    ],
)
def test_words_that_say_why_are_a_reason(words: str) -> None:
    assert fault(words) == ""


@pytest.mark.parametrize(
    "words",
    [
        ".",
        "。。。。。。",
        "无",
        "没有",
        "同意",
        "同意，同意！同意",
        "OK",
        "o k o k",
        "ＯＫ，可以",
        "哈哈哈哈哈哈",
        "aaaaaa",
        "12345678",
        "三个字",
        "\u3164",
        "\u3164\u3164\u3164\u3164\u3164",
        "\u115f\u1160\uffa0\u3164\u1160",
        "\u200b\u200c\u200d\ufeff\u2060",
        "\u2800\u2800\u2800\u2800\u2800",
        "看\u3164\u200b\u2800",
        "  \t \n",
        "",
        "看过原件\x00有章",
        "看过原件\x1b[2J有章",
        "看过原件\x85有章",
        "长" * (MOST_REASON + 1),
    ],
)
def test_words_that_say_nothing_are_none_and_are_told_in_a_sentence(words: str) -> None:
    assert fault(words).startswith("理由")
    assert fault(words).endswith("。")


def test_what_cannot_be_seen_is_not_kept() -> None:
    assert cleaned("看\u200b过\u3164 原件\n有\ufeff章\u2800") == "看过 原件 有章"


def test_two_reasons_are_the_same_whatever_their_dress() -> None:
    assert essence("看过原件， ＯＫ！") == essence("看过 原件ok") != essence("看过原件2")


@given(st.text(max_size=80))
def test_whatever_passes_shows_letters_and_nothing_that_cannot_be_read(text: str) -> None:
    if not fault(text):
        assert len(letters(cleaned(text))) >= FEWEST_LETTERS
        assert fault(cleaned(text)) == ""
        assert cleaned(cleaned(text)) == cleaned(text)
        assert cleaned(text).isprintable()
