"""Phrases found on pages of many layouts: our reading against the bare engine on the same pixels, and pages turned.

    python tests/bench/bench_phrases.py [--engine openvino] [--each 2] [--layout red_form] [--turned] [--missed]

The bare engine is RapidOCR as it comes, given the page in colour. A phrase is found when it stands in what was read,
spaces and marks apart, with one character in ten wrong at most.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.layouts import LAYOUTS, drawn
from tests.bench.recognition.damage import photo, scan


def plain(text: str) -> str:
    """Letters and figures only, each in its usual width."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def is_found(phrase: str, text: str) -> bool:
    """Whether ``phrase`` stands in ``text`` (both plain)."""
    from rapidfuzz.fuzz import partial_ratio

    if phrase in text:
        return True
    return len(phrase) >= 5 and len(text) >= len(phrase) and partial_ratio(phrase, text) >= 90


def bare_engine(runtime: str) -> Any:
    """RapidOCR as it comes, one thread."""
    from rapidocr import RapidOCR
    from rapidocr.utils.typings import EngineType

    kind = EngineType(runtime)
    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Det.engine_type": kind,
            "Cls.engine_type": kind,
            "Rec.engine_type": kind,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "EngineConfig.openvino.inference_num_threads": 1,
        }
    )


def _arrived(image: Image.Image, number: int) -> Image.Image:
    """Clean, scanned or photographed, in turn."""
    chance = Random(number)
    if number % 3 == 1:
        return scan(image, chance, "colour")
    if number % 3 == 2 and image.height > image.width:
        return photo(image, chance, 2000)
    return image


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", default="openvino")
    parser.add_argument("--each", type=int, default=3)
    parser.add_argument("--layout", choices=LAYOUTS, action="append")
    parser.add_argument("--turned", action="store_true", help="every page on each of its four sides")
    parser.add_argument("--missed", action="store_true", help="print what was not found")
    options = parser.parse_args()
    from archivist.extract.seeing.ocr import load_engine
    from archivist.extract.seeing.reading import read_page

    engine, bare = load_engine(options.engine), bare_engine(options.engine)
    total = np.zeros(3, int)
    wrongly = pages = 0
    for layout in options.layout or LAYOUTS:
        count = np.zeros(3, int)
        for number in range(options.each):
            page = drawn(layout, number)
            image = _arrived(page.image, number)
            for turn in (0, 90, 180, 270) if options.turned and layout != "columns" else (0,):
                pixels = np.ascontiguousarray(np.rot90(np.asarray(image), turn // 90))
                pages += 1
                reading = read_page(pixels, engine)
                if reading.rotation != turn:
                    wrongly += 1
                    print(f"  {layout} {number}: stands at {turn}, turned by {reading.rotation}")
                ours = plain("".join(line.text for line in reading.lines))
                theirs = "" if turn else plain("".join(bare(pixels[..., ::-1]).txts or ()))
                for phrase in map(plain, page.phrases):
                    found = is_found(phrase, ours), is_found(phrase, theirs)
                    count += (1, *found)
                    if options.missed and not found[0]:
                        print(f"  {layout} {number}: not found: {phrase}" + " (bare: found)" * found[1])
        total += count
        print(
            f"{layout:14} {count[0]:4} phrases  ours {count[1] / count[0]:.3f}  bare {count[2] / count[0]:.3f}"
        )
    print(f"{'all':14} {total[0]:4} phrases  ours {total[1] / total[0]:.3f}  bare {total[2] / total[0]:.3f}")
    print(f"{wrongly} of {pages} pages turned wrongly")


if __name__ == "__main__":
    main()
