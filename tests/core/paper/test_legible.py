"""Of two copies of one paper the one counts that can be read better."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.model import TextSource
from archivist.core.page import Line, Page
from archivist.core.paper.legible import Better, Legible, better, legible

SCAN = Legible(500, 0.97, 2339, 0.95)
COPIES = st.builds(Legible, st.integers(1, 5000), st.floats(0, 1), st.integers(0, 5000), st.floats(0, 1))


@pytest.mark.parametrize(
    ("photo", "which"),
    [
        (Legible(500, 0.97, 2200, 0.93), Better.SAME),
        (Legible(480, 0.8, 700, 0.3), Better.FIRST),
        (Legible(500, 0.97, 700, 0.95), Better.FIRST),
        (Legible(500, 0.97, 2339, 0.35), Better.FIRST),
        (Legible(300, 0.97, 2339, 0.95), Better.FIRST),
        (Legible(500, 0.97, 4000, 0.95), Better.SAME),
        (Legible(500, 0.97, 0, 0.95), Better.SAME),
        (Legible(700, 0.97, 700, 0.95), Better.UNCLEAR),
    ],
    ids=[
        "alike",
        "dark and small",
        "small",
        "dark",
        "little read",
        "finer than needed",
        "unknown",
        "each in something",
    ],
)
def test_a_scan_is_held_against_a_photo_of_the_same_paper(photo: Legible, which: Better) -> None:
    assert better(SCAN, photo)[0] is which


@given(COPIES, COPIES)
def test_it_does_not_matter_which_is_asked_about_first(one: Legible, other: Legible) -> None:
    turned = {Better.FIRST: Better.SECOND, Better.SECOND: Better.FIRST}
    found = better(one, other)[0]
    assert better(other, one)[0] is turned.get(found, found)


@given(COPIES)
def test_a_copy_is_as_good_as_itself_and_nothing_is_said_of_typed_pages(one: Legible) -> None:
    assert better(one, one) == (Better.SAME, "")
    assert better(one, None) == better(None, one) == (Better.SAME, "")


def test_the_coarsest_and_the_darkest_page_speak_for_a_copy() -> None:
    lines = (Line("石坝镇人民政府", confidence=0.9),)
    pages = [
        Page(1, lines, TextSource.OCR, pixels=2339, paper=0.95),
        Page(2, lines, TextSource.OCR, pixels=700, paper=0.4),
        Page(3, (Line("打字的"),), TextSource.NATIVE),
    ]
    found = legible(pages)
    assert found is not None
    assert (found.characters, found.pixels, found.paper) == (14, 700, 0.4)
    assert found.sure == pytest.approx(0.9)
    assert legible(pages[2:]) is None
