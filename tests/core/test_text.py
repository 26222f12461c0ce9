"""Folded text: what is compared, and the way back to the words on the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core import text as folding
from archivist.core.text import fold, fold_pages
from support.read_pages import page


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_width_case_and_punctuation_make_no_difference() -> None:
    assert fold("ＤＺ-2018—0017（羊场）") == fold("dz20180017羊场")


def test_an_offset_leads_back_to_its_page_and_its_lines() -> None:
    folded = fold_pages([page("青杠岭村\n黑山羊", 1), page("养殖场项目", 2)])
    at = folded.text.index("养殖")

    assert (folded.page_at(0), folded.page_at(at)) == (1, 2)
    assert folded.quote(2, at + 2) == "青杠岭村黑山羊养殖场项目"


def test_a_long_quote_is_shortened_and_nothing_quotes_nothing() -> None:
    assert fold_pages([page("长" * 90)]).quote(0, 90) == "长" * 58 + "……"
    empty = fold_pages([])
    assert (empty.quote(0, 1), empty.page_at(5)) == ("", 1)


def test_a_strangers_characters_are_folded_but_not_remembered_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(folding, "_MOST_KNOWN", 0)
    known = len(folding._folding)

    assert fold("\U0001d4d0") == "a"  # a script capital that no document here has had
    assert len(folding._folding) == known
