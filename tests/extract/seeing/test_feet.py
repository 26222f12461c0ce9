"""The page number in the lower margin is found where the detector sees nothing; text, bars and specks are none."""

from __future__ import annotations

import numpy as np
import pytest

from archivist.extract.seeing.feet import foot_ink, padded
from archivist.extract.seeing.ocr import NullOcr, Pixels
from archivist.extract.seeing.reading import read_page

HEIGHT, WIDTH = 1754, 1241


def sheet(*boxes: tuple[int, int, int, int]) -> Pixels:
    """A white page with ink in outlines: left, top, right, bottom."""
    page = np.full((HEIGHT, WIDTH), 250, np.uint8)
    for left, top, right, bottom in boxes:
        page[top:bottom, left:right] = 20
        if right - left > 8 and bottom - top > 8:
            page[top + 3 : bottom - 3, left + 3 : right - 3] = 250
    return page


NUMBER = ((577, 1650, 600, 1652), (612, 1642, 625, 1660), (638, 1650, 660, 1652))
"""A dash, a figure, a dash."""


class Says(NullOcr):
    """An engine whose detector sees nothing and that reads every crop as ``text``."""

    def __init__(self, text: str, confidence: float = 0.9) -> None:
        self.text, self.confidence = text, confidence

    def recognise(self, crop: Pixels) -> tuple[str, float]:
        return self.text, self.confidence


def coloured(page: Pixels) -> Pixels:
    return np.repeat(page[..., None], 3, axis=2)


def test_the_ink_of_a_number_is_found_where_it_stands() -> None:
    assert foot_ink(sheet(*NUMBER), 0) == (577, 1642, 660, 1660)


@pytest.mark.parametrize(
    "boxes",
    [
        (),
        ((200, 1640, 1000, 1660),),
        ((600, 1560, 640, 1660),),
        (*NUMBER, (300, 1560, 340, 1580)),
        ((600, 1640, 602, 1643),),
    ],
    ids=["nothing", "a line of text", "a tall thing", "two things", "a speck"],
)
def test_what_is_none_is_left_alone(boxes: tuple[tuple[int, int, int, int], ...]) -> None:
    assert foot_ink(sheet(*boxes), 0) is None


def test_what_was_read_already_is_not_looked_at_again() -> None:
    assert foot_ink(sheet(*NUMBER), below=1661) is None


def test_the_room_about_it_stays_on_the_page() -> None:
    assert padded((0, 0, 10, 20), 15, 25) == (0, 0, 15, 25)


@pytest.mark.parametrize(
    ("text", "lines"), [("-2-", ["-2-"]), ("第2页", ["第2页"]), ("赵", []), ("2024", []), ("", [])]
)
def test_only_what_reads_as_a_page_number_is_taken(text: str, lines: list[str]) -> None:
    assert [line.text for line in read_page(coloured(sheet(*NUMBER)), Says(text)).lines] == lines


def test_an_unsure_reading_is_none() -> None:
    assert read_page(coloured(sheet(*NUMBER)), Says("-2-", 0.3)).lines == ()
