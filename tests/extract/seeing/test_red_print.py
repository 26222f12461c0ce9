"""Nothing printed in red is lost: forms, labels, remarks low on a page, bands; and seals are not read as lines."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from archivist.extract import Extractor
from archivist.extract.failures import RED_UNREAD
from archivist.extract.seeing.ocr import NullOcr, Pixels, Quads
from archivist.extract.seeing.reading import read_page
from support.makers import MINUTES, RECORD

REDS = [(252, 30, 30), (255, 70, 70), (212, 28, 34)]


def in_red(path: Path, red: tuple[int, int, int], rows: slice = slice(None)) -> npt.NDArray[np.uint8]:
    """A page with what is dark on some of its rows printed in ``red`` instead."""
    grey = np.asarray(Image.open(path).convert("L"), np.float32)[..., None] / 255
    page = np.repeat(grey * 255, 3, axis=2)
    page[rows] = grey[rows] * 255 + (1 - grey[rows]) * np.array(red, np.float32)
    return np.clip(page, 0, 255).astype(np.uint8)


def between_lines(part: tuple[float, float]) -> slice:
    """The rows of about that part of the page, begun and ended where nothing is printed."""
    dark = np.asarray((np.asarray(Image.open(RECORD).convert("L")) < 160).any(axis=1), np.bool_)
    empty = np.concatenate([[0], np.flatnonzero(~dark), [len(dark)]])
    first, last = (int(empty[np.abs(empty - share * len(dark)).argmin()]) for share in part)
    return slice(first, last)


def lines(reader: Extractor, pixels: npt.NDArray[np.uint8], folder: Path) -> list[str]:
    Image.fromarray(pixels).save(folder / "page.png")
    (page,) = reader.extract(folder / "page.png", "page.png").pages
    assert page.note == ""
    return [line.text for line in page.lines]


@pytest.fixture(scope="module")
def black(reader: Extractor, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return lines(reader, in_red(RECORD, (0, 0, 0)), tmp_path_factory.mktemp("black"))


@pytest.mark.parametrize("red", REDS)
def test_a_form_printed_in_red_is_read_like_one_in_black(
    reader: Extractor, tmp_path: Path, black: list[str], red: tuple[int, int, int]
) -> None:
    assert lines(reader, in_red(RECORD, red), tmp_path) == black


@pytest.mark.parametrize("red", REDS)
@pytest.mark.parametrize("part", [(0.0, 0.2), (0.42, 0.58), (0.8, 1.0)])
def test_red_lines_are_read_in_their_place_wherever_they_stand(
    reader: Extractor, tmp_path: Path, black: list[str], red: tuple[int, int, int], part: tuple[float, float]
) -> None:
    rows = between_lines(part)

    assert lines(reader, in_red(RECORD, red, rows), tmp_path) == black


def test_a_line_that_is_red_in_part_is_read_whole(
    reader: Extractor, tmp_path: Path, black: list[str]
) -> None:
    page, red = in_red(RECORD, (0, 0, 0)), in_red(RECORD, (255, 60, 60))
    middle = page.shape[1] // 2
    page[:, middle:] = red[:, middle:]

    assert lines(reader, page, tmp_path) == black


def test_white_print_on_a_red_band_is_read(reader: Extractor, tmp_path: Path, black: list[str]) -> None:
    page = in_red(RECORD, (0, 0, 0))
    top = page.shape[0] // 5
    share = page[:top, :, :1].astype(np.float32) / 255
    page[:top] = (255 * (1 - share) + share * np.array((250, 40, 40), np.float32)).astype(np.uint8)

    assert lines(reader, page, tmp_path) == black


def test_a_seal_over_print_adds_no_line_and_takes_none(reader: Extractor, tmp_path: Path) -> None:
    sealed = lines(reader, np.asarray(Image.open(MINUTES).convert("RGB")), tmp_path)
    grey = np.asarray(Image.open(MINUTES).convert("RGB"))[..., 0]

    assert sealed[-2:] == ["石桥镇人民政府", "2024年11月20日"]
    assert len(sealed) <= len(lines(reader, np.repeat(grey[..., None], 3, axis=2), tmp_path)) + 1


class Unsure(NullOcr):
    """An engine that sees one wide line and cannot read it."""

    def detect(self, image: Pixels) -> Quads:
        dark = image[..., 0] < 128
        if not dark.any():
            return super().detect(image)
        ys, xs = np.nonzero(dark)
        left, right, top, bottom = xs.min(), xs.max() + 1, ys.min(), ys.max() + 1
        return np.array([[[left, top], [right, top], [right, bottom], [left, bottom]]], np.float32)

    def recognise(self, crop: Pixels) -> tuple[str, float]:
        return "丨", 0.2


def test_red_print_that_cannot_be_read_is_told() -> None:
    page = np.full((1400, 1000, 3), 255, np.uint8)
    for left in range(300, 700, 24):
        page[1000:1030, left : left + 14] = (250, 30, 30)
    black = page.copy()
    black[300:320, 100:900] = 0

    assert read_page(black, Unsure()).note == RED_UNREAD
    assert read_page(page[:900], Unsure()).note == ""
