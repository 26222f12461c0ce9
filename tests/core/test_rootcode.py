"""The root code (归档根码): the same for the same evidence, another for any other, and read back only if read right."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.model import Fact
from archivist.core.rootcode import (
    DIGITS,
    FACT,
    UNREADABLE,
    RootCode,
    code_in,
    evidence_root,
    grouped,
    holds,
    root_code,
)
from support.checking import held

DIGEST = st.binary(max_size=4).map(lambda data: sha256(data).hexdigest())
PAPER = st.tuples(st.integers(1, 8), st.integers(1, 99999).map("D{:05d}".format), st.none() | DIGEST)
PAPERS = st.lists(PAPER, max_size=12, unique_by=lambda one: one[1])


@given(PAPERS, st.randoms(use_true_random=False))
def test_the_order_of_the_papers_is_nothing(
    papers: list[tuple[int, str, str | None]], random: object
) -> None:
    shuffled = papers.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert root_code(shuffled) == root_code(papers)


@given(PAPERS.filter(len), st.data())
def test_any_other_byte_item_or_number_and_any_paper_more_or_less_is_another_root(
    papers: list[tuple[int, str, str | None]], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(papers) - 1))
    item, number, digest = papers[at]
    other = data.draw(
        st.sampled_from(
            [(item % 8 + 1, number, digest), (item, number + "0", digest), (item, number, "f" * 64)]
        )
    )
    changed = [*papers[:at], other, *papers[at + 1 :]]
    less = [*papers[:at], *papers[at + 1 :]]

    assert len({root_code(one).digest for one in (papers, changed, less)}) == 3


@given(st.binary(min_size=1).map(lambda data: RootCode(sha256(data).hexdigest())))
def test_a_printed_code_is_twenty_digits_in_fours_and_is_read_back(root: RootCode) -> None:
    assert len(root.code) == DIGITS and root.code.isdigit() and holds(root.code)
    assert [len(group) for group in root.printed.split(" ")] == [4] * 5
    assert code_in(root.printed) == code_in(root.code) == code_in(root.printed + " 第1页") == root.printed


@given(st.binary(min_size=1), st.integers(0, DIGITS - 1), st.integers(1, 9))
def test_a_digit_misread_or_two_exchanged_never_pass(data: bytes, at: int, by: int) -> None:
    code = RootCode(sha256(data).hexdigest()).code
    wrong = code[:at] + str((int(code[at]) + by) % 10) + code[at + 1 :]

    assert not holds(wrong) and code_in(wrong) is None
    if at and code[at] != code[at - 1]:
        swapped = code[: at - 1] + code[at] + code[at - 1] + code[at + 1 :]
        assert not holds(swapped)


@pytest.mark.parametrize(
    ("seen", "meant"), [("O", "0"), ("l", "1"), ("S", "5"), ("B", "8"), ("Z", "2"), ("g", "9")]
)
def test_letters_that_a_reader_takes_digits_for_are_read_as_digits(seen: str, meant: str) -> None:
    codes = (RootCode(sha256(bytes([number])).hexdigest()).code for number in range(200))
    code = next(one for one in codes if meant in one)

    assert code_in(code.replace(meant, seen, 1)) == grouped(code)


@pytest.mark.parametrize("words", ["", "1234", "看不清", "1" * 21])
def test_what_is_no_code_is_none(words: str) -> None:
    assert code_in(words) is None


def test_a_paper_that_prints_a_code_is_no_part_of_the_root_readable_or_not() -> None:
    papers = [held(1, None, 1), held(2, None, 2)]
    signed = held(8, None, 3, facts=(Fact(FACT, UNREADABLE, 1, "归档根码"),))

    assert evidence_root([*papers, signed]) == evidence_root(papers)
    assert evidence_root([*papers, replace(signed, facts=())]) != evidence_root(papers)
    assert evidence_root([]) == root_code([])
