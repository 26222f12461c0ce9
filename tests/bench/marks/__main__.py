"""``python -m tests.bench.marks [ROUNDS] [--learn]``: draw pages, read them, tell what was seen right.

A round is 33 pages with seals or what looks like them and 28 that ask for names, each captured in its own way. Even
seeds are for learning, odd ones (the default) for the report: other faces, makers, labels, sizes and damage.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from random import Random
from typing import Any

import numpy as np
from PIL import Image

from archivist.core.model import Seen, TextSource
from archivist.core.page import Page
from archivist.core.paper.marks import read_marks
from archivist.core.paper.seals import sealed
from archivist.core.paper.signatures import signature_places, signed
from archivist.extract.seeing.ocr import OcrEngine, load_engine
from archivist.extract.seeing.raster import save_picture
from archivist.extract.seeing.reading import read_page
from tests.bench.marks import sealing, signing
from tests.bench.marks.sheets import Sheet
from tests.bench.recognition import damage
from tests.support.drafting import ANNEX


@dataclass(frozen=True, slots=True)
class Case:
    """One page and what is true of it; ``truth`` is None where nothing is asked."""

    name: str
    mode: str
    image: Image.Image
    kind: str = ""
    signed: bool | None = None
    sealed: bool | None = None
    owner: str = ""


def cases(rounds: int, report: bool) -> Iterator[Case]:
    """All pages of a half."""
    for turn in range(rounds):
        seed = 2 * turn + report
        for name, make, times in sealing.CASES:
            for number in range(times):
                chance = Random(f"seal{seed}{name}{number}")
                sheet = Sheet(chance, report, chance.choice([150, 170, 200]))
                truth = make(sheet)
                image, mode = captured(sheet.image, chance, report, colour=0.8)
                if truth.black and mode not in ("colour", "photo"):
                    continue  # without colour nobody can tell the copy of a seal from a seal
                yield Case(name, mode, image, sealed=truth.sealed, owner=truth.owner)
        for name, draw, times in signing.CASES:
            for number in range(times):
                chance = Random(f"sign{seed}{name}{number}")
                sheet = Sheet(chance, report, chance.choice([150, 170, 200]))
                kind, is_signed = draw(sheet)
                image, mode = captured(sheet.image, chance, report, colour=0.5)
                yield Case(name, mode, image, kind, is_signed)


def captured(image: Image.Image, chance: Random, report: bool, colour: float) -> tuple[Image.Image, str]:
    """As it comes in: scanned in colour, grey or black and white, photographed, copied, sent on."""
    if chance.random() < colour:
        if chance.random() < 0.25:
            taken = damage.photo(image, chance, 2200)
            return (damage.resent(taken, chance) if report and chance.random() < 0.3 else taken), "photo"
        return damage.scan(image, chance, "colour"), "colour"
    kind = chance.random()
    if kind < 0.6:
        return damage.scan(image, chance, "grey"), "grey"
    if kind < 0.8:
        return damage.scan(image, chance, "bw").convert("L"), "bw"
    return damage.copy_of_copy(image, chance, False), "copy"


def page_of(image: Image.Image, engine: OcrEngine, mode: str) -> Page:
    """The page as the product reads it."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        picture = save_picture(np.asarray(image), 1, Path(folder), bilevel=mode == "bw")
        reading = read_page(np.load(picture.file), engine)
    told: dict[str, Any] = {
        one.name: getattr(reading, one.name)
        for one in fields(reading)
        if one.name in {own.name for own in fields(Page)}
    }
    return Page(1, text_source=TextSource.OCR, colour=picture.colour, looked=True, **told)


class Tally:
    """Answers of one kind counted: yes and no, right and wrong, and what nobody can tell."""

    def __init__(self) -> None:
        self.seen: dict[tuple[bool, Seen], int] = defaultdict(int)

    def add(self, truth: bool, seen: Seen) -> None:
        """Count one answer."""
        self.seen[truth, seen] += 1

    def __str__(self) -> str:
        seen, total = self.seen, sum(self.seen.values())
        right, wrong = seen[True, Seen.YES], seen[False, Seen.YES]
        missed = seen[True, Seen.NO]
        answered = total - seen[True, Seen.UNKNOWN] - seen[False, Seen.UNKNOWN]
        return (
            f"{total:4} pages  answered {answered:4} ({_share(answered, total)})  precision {_share(right, right + wrong)}"
            f" ({wrong} wrong)  recall {_share(right, right + missed)} ({missed} missed)"
        )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "  -  "


def main(arguments: list[str]) -> None:
    """Run and print."""
    rounds = int(next((one for one in arguments if one.isdigit()), "3"))
    report = "--learn" not in arguments
    engine = load_engine("onnxruntime")
    tallies: dict[str, Tally] = defaultdict(Tally)
    owners = [0, 0, 0]
    for case in cases(rounds, report):
        page = page_of(case.image, engine, case.mode)
        if case.sealed is not None:
            seen = sealed([page])
            group = "colour" if case.mode in ("colour", "photo") else "grey"
            tallies[f"seals, {group}"].add(case.sealed, seen)
            tallies[f"  seals: {case.name}, {group}"].add(case.sealed, seen)
            _owner(owners, page, case)
        if case.signed is not None:
            places = signature_places([page], case.kind, ANNEX.signatures)
            seen = signed(places, ANNEX.kind(case.kind).parties)
            tallies["signatures"].add(case.signed, seen)
            tallies[f"  signatures: {case.name}"].add(case.signed, seen)
            tallies[f"  signatures, {case.mode}"].add(case.signed, seen)
    for name in sorted(tallies, key=lambda one: (one.strip(), one)):
        print(f"{name:32} {tallies[name]}")
    print(
        f"owners of seals: named {owners[0] + owners[1]}, right {owners[0]}, wrong {owners[1]}, not named {owners[2]}"
    )


def _owner(owners: list[int], page: Page, case: Case) -> None:
    if not case.sealed:
        return
    for seal in read_marks([page], (), None, sealing.BODIES, ANNEX.bodies).seals:
        owners[0 if seal.owner == case.owner else 1 if seal.owner else 2] += 1


if __name__ == "__main__":
    main(sys.argv[1:])
