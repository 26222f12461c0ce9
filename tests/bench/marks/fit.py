"""``python -m tests.bench.marks.fit [ROUNDS]``: fit the weights of `hands.py` to pages for learning, print them.

Where the pen wrote is known: a sheet with black boxes there goes through the same scanner by the same chance.
"""

from __future__ import annotations

import sys
from random import Random
from unittest.mock import patch

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from archivist.extract.seeing import hands, reading
from archivist.extract.seeing.ocr import OcrEngine, load_engine
from tests.bench.marks import signing
from tests.bench.marks.__main__ import captured
from tests.bench.marks.sheets import Sheet

_SHORT = 6
"""In heights: what is longer than names are is no question."""
Rows = npt.NDArray[np.float64]


def pieces(rounds: int, report: bool, engine: OcrEngine) -> tuple[Rows, npt.NDArray[np.bool_]]:
    """Features of all pieces, and whether the pen wrote them."""
    rows, truth = [], []
    for turn in range(rounds):
        for name, draw, times in signing.CASES:
            for number in range(times):
                chance = Random(f"fit{turn}{report}{name}{number}")
                sheet = Sheet(chance, report, chance.choice([150, 170, 200]))
                draw(sheet)
                state = chance.getstate()
                image, _ = captured(sheet.image, chance, report, 0.5)
                share = _written(sheet, state, report)
                with patch("archivist.extract.seeing.reading.judged", return_value=()) as asked:
                    reading.read_page(np.asarray(image), engine)
                boxes, features = hands.measured(*asked.call_args.args) if asked.called else ([], [])
                for (box, _line), row in zip(boxes, features, strict=True):
                    left, top, right, bottom = (int(side) for side in box)
                    inked = float(share[top : bottom + 1, left : right + 1].mean())
                    short = right - left < _SHORT * (bottom - top)
                    if short and (inked > 0.45 or inked < 0.1):
                        rows.append(row)
                        truth.append(inked > 0.45)
    return np.array(rows), np.array(truth)


def _written(sheet: Sheet, state: object, report: bool) -> npt.NDArray[np.bool_]:
    """Where the pen wrote, as captured."""
    taken = []
    for filled in (True, False):
        image = Image.new("RGB", sheet.image.size, "white")
        if filled:
            for box in sheet.written:
                ImageDraw.Draw(image).rectangle(box, fill="black")
        chance = Random()
        chance.setstate(state)  # type: ignore[arg-type]
        taken_image, _ = captured(image, chance, report, 0.5)
        taken.append(np.asarray(taken_image.convert("L"), np.float32))
    return np.asarray(taken[0] < 0.6 * taken[1], np.bool_)


def fit(rows: Rows, truth: npt.NDArray[np.bool_], steps: int = 6000) -> tuple[Rows, float]:
    """Weights of no feature may be below zero: each is a sign of a hand or none."""
    weights, bias = np.zeros(rows.shape[1]), 0.0
    each = np.where(truth, 0.5 / max(truth.sum(), 1), 0.5 / max((~truth).sum(), 1))
    for step in range(steps):
        rate = 8.0 / (1 + step / 1500)
        sure = 1 / (1 + np.exp(-(rows @ weights + bias)))
        wrong = (sure - truth) * each
        weights = np.maximum(weights - rate * (rows.T @ wrong + 2e-4 * weights), 0)
        bias -= rate * float(wrong.sum())
    return weights, bias


def main(arguments: list[str]) -> None:
    """Fit to pages for learning, look at pages for the report."""
    rounds, engine = int(next(iter(arguments), "4")), load_engine("onnxruntime")
    weights, bias = fit(*pieces(rounds, False, engine))
    print(dict(zip(hands.FEATURES, np.round(weights, 2).tolist(), strict=True)), round(bias, 2))
    rows, truth = pieces(max(rounds // 2, 1), True, engine)
    sure = 1 / (1 + np.exp(-(rows @ weights + bias)))
    for least in (0.3, 0.5, 0.7, 0.9):
        said = sure >= least
        print(
            f"{least}: {int(truth.sum())} written, found {int((said & truth).sum())}; "
            f"{int((~truth).sum())} printed, taken for written {int((said & ~truth).sum())}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
