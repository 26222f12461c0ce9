"""Words shown in their context."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archivist.core.paper.passages import passage
from archivist.core.text import fold

_SIGNS = "会议记录合同Aa1２　，。\nﬁ○ "


def test_the_words_stand_in_brackets_with_a_few_signs_on_both_sides() -> None:
    text = "前" * 30 + "黑山\n羊养殖" + "后" * 30
    assert passage(text, ["黑山羊"]) == f"……{'前' * 24}【黑山羊】养殖{'后' * 22}……"


def test_spaces_and_signs_between_characters_do_not_matter() -> None:
    assert passage("合 同，书", ["合同书"]) == "……【合 同，书】……"


def test_every_word_has_to_be_there() -> None:
    assert passage("合同 记录", ["合同", "纪要"]) is None
    assert passage("合同 记录", ["合同 记录"]) is not None
    assert passage("合同", ["，"]) is None


@given(st.text(_SIGNS, max_size=30), st.text(_SIGNS, min_size=1, max_size=4))
def test_there_is_a_passage_exactly_when_the_folded_text_holds_the_folded_words(
    text: str, words: str
) -> None:
    wanted = [folded for part in words.split() if (folded := fold(part))]
    expected = bool(wanted) and all(part in fold(text) for part in wanted)
    found = passage(text, [words])
    assert (found is not None) == expected
    if found is not None:
        assert wanted[0] in fold(found.partition("【")[2].partition("】")[0])
