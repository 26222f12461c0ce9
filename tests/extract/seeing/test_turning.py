"""A page is turned on strong evidence only: an upright one never is."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from archivist.extract.seeing.lines import Channel, detected
from archivist.extract.seeing.ocr import OcrEngine, load_engine
from archivist.extract.seeing.turning import _characters, needed_turn
from support.makers import MINUTES, RECORD, SNIPPET


@pytest.fixture(scope="module")
def engine() -> OcrEngine:
    return load_engine("onnxruntime")


def turn_of(page: Channel, engine: OcrEngine) -> int:
    channel = np.ascontiguousarray(page, np.uint8)
    return needed_turn(channel, detected(channel, engine), engine)


def grey(path: object) -> Channel:
    return np.asarray(Image.open(str(path)).convert("L"))


@pytest.mark.parametrize("path", [RECORD, SNIPPET, MINUTES], ids=lambda path: path.stem)
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_of_print_is_told_on_each_of_its_sides(engine: OcrEngine, path: object, turn: int) -> None:
    assert turn_of(np.rot90(grey(path), turn // 90), engine) == turn


def _inked(line: Channel) -> npt.NDArray[np.bool_]:
    return np.asarray((line < 140).any(axis=0), np.bool_)


def columns() -> Channel:
    """Upright writing in columns: the characters of printed lines, set one below the other."""
    source = grey(RECORD)
    page = np.full((1700, 1300), 255, np.uint8)
    quads = detected(source, load_engine("onnxruntime"))
    longest = sorted(quads, key=lambda quad: float(quad[0][0] - quad[1][0]))[:6]
    for number, quad in enumerate(longest):
        left, top, right, bottom = (
            int(side) for side in (quad[:, 0].min(), quad[:, 1].min(), quad[:, 0].max(), quad[:, 1].max())
        )
        line, size = source[top:bottom, left:right], bottom - top
        for place, (begin, end) in enumerate(_characters(_inked(line), size)[:20]):
            y, x = 100 + place * (size + 6), 1100 - 180 * number
            page[y : y + size, x : x + end - begin] = line[:, begin:end]
    return page


def test_upright_writing_in_columns_stays_as_it_is(engine: OcrEngine) -> None:
    assert turn_of(columns(), engine) == 0


def test_a_table_with_narrow_tall_cells_and_figures_stays_as_it_is(engine: OcrEngine) -> None:
    page = np.full((1400, 2000), 255, np.uint8)
    page[100:1300:60] = 0
    page[100:1300, 100:1900:45] = 0

    assert turn_of(page, engine) == 0


@pytest.mark.parametrize("strokes", range(4))
def test_scribbles_turn_no_page(engine: OcrEngine, strokes: int) -> None:
    import cv2

    random = np.random.default_rng(strokes)
    page = np.full((1600, 1200), 255, np.uint8)
    for _ in range(30):
        x, y = random.integers(100, 1000), random.integers(100, 1400)
        points = np.cumsum(random.integers(-25, 26, (14, 2)), axis=0) + np.array([x, y])
        cv2.polylines(page, [points.astype(np.int32)], False, (40,), 3)

    assert turn_of(page, engine) == 0
