"""Folded text: what is compared, and the way back to the words on the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core import text as folding
from archivist.core.characters import RADICALS, VARIANTS
from archivist.core.text import fold, fold_pages, normal
from support.read_pages import page


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_the_normal_form_of_the_normal_form_is_itself(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@given(st.text())
def test_folding_the_normal_form_is_folding_the_text(text: str) -> None:
    assert fold(normal(text)) == fold(text)


def test_the_laws_hold_for_every_character_that_has_another_form() -> None:
    """Everything up to the compatibility ideographs, beyond which NFKC changes nothing that is written here."""
    codes = [*range(0x3400), *range(0xF900, 0x10000), *range(0x1D400, 0x1D800), *range(0x2F800, 0x2FA20)]
    for char in map(chr, (code for code in codes if not 0xD800 <= code < 0xE000)):
        assert normal(normal(char)) == normal(char)
        assert fold(normal(char)) == fold(char)
        assert fold(fold(char)) == fold(char)
        assert len(normal(char)) <= 1


def test_radicals_are_the_ideographs_they_look_like() -> None:
    assert normal("⼤⾜区⼆〇⼆四年⼗⼀⽉⼗九⽇ ⺠⻓⻋⻔") == "大足区二〇二四年十一月十九日 民长车门"
    assert len(RADICALS) == 114 + 214
    assert all(0x2E80 <= code <= 0x2FD5 for code in RADICALS)
    assert not any(0x2E80 <= ord(char) <= 0x2FD5 for char in RADICALS.values())


def test_printing_variants_are_the_character_of_the_norm() -> None:
    assert normal("囯家靑年产業") == "国家青年产業"
    assert not set(VARIANTS) & {ord(char) for char in VARIANTS.values()}
    assert fold("囯戶") == fold("国户")


def test_digits_and_letters_have_one_width_and_what_means_something_stays() -> None:
    assert normal("ＤＺ－２０２４　第３期") == "DZ－2024 第3期"
    assert normal("①号棚，500㎡（羊场）：½") == "①号棚，500㎡（羊场）：½"


def test_what_is_not_seen_is_left_out() -> None:
    assert normal("养\u200b殖\u00ad场\ufe0f项\ufeff目\U000e0100") == "养殖场项目"


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
