"""What a document costs as the register grows: 300 → 100 000 projects. Prints a table; not a test.

    python -m tests.bench.recognition.growth [SEED] --cache DIR

The documents are a corpus's, read once (kept in DIR); the register is the corpus's own, filled up with invented projects of
the same villages, products and years, so that near-twins grow with it.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import product as combinations
from pathlib import Path
from random import Random

from archivist.cli.init import make_workspace
from archivist.core.identify.register_index import build_index
from archivist.core.identify.whole import Thresholds, identify
from archivist.core.page import Extract
from archivist.core.project import Category, Project
from archivist.extract import Extractor
from archivist.workspace.opened import open_workspace
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_annex
from tests.bench.recognition.corpus import build
from tests.bench.recognition.truth import DOCUMENTS, Truth
from tests.bench.recognition.world import World, products, words
from tests.support.remembering import Remembering

SIZES = (300, 3_000, 30_000, 100_000)
_CATEGORIES = (Category.STRONG, Category.WEAK, Category.IDLE)


def grown(world: World, size: int) -> list[Project]:
    """The corpus's register, filled up to ``size`` with invented projects."""
    own = [
        Project(
            p.code, p.name, p.town, p.village, Category(p.category), year=str(p.year), department=p.department
        )
        for p in world.projects
    ]
    taken = {project.name for project in own}
    return own[: max(size, len(own))] + [
        p for p, _ in zip(_more(taken), range(size - len(own)), strict=False)
    ]


def _more(taken: set[str]) -> Iterator[Project]:
    chance = Random("growth")
    villages = [a + b for a in words()["village_first"] for b in words()["village_second"]]
    places = list(combinations(words()["towns"], villages, products()))
    chance.shuffle(places)
    for number, (town, stem, made) in enumerate(places):
        village, year = stem + chance.choice(["村", "村", "村", "社区"]), chance.randint(2014, 2022)
        name = (
            f"{town}{village}{made.name}{chance.choice(made.facilities)}{chance.choice(['建设项目', '项目'])}"
        )
        if name not in taken:
            category = chance.choice(_CATEGORIES)
            yield Project(f"ZZ{year}{number:07d}", name, town, village, category, year=str(year))


def documents(seed: int, cache: Path) -> tuple[Truth, list[tuple[str, Extract]]]:
    """Single documents of one corpus, as read."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        truth = build(seed, folder / "corpus")
        make_workspace(folder / "w")
        opened = open_workspace(folder / "w", None)
        with closing(Remembering(Extractor(opened.limits, os.cpu_count() or 1), cache)) as reader:
            single = [
                n
                for n, e in truth.files.items()
                if e.role == DOCUMENTS and "!" not in n and len(e.parts) == 1
            ]
            return truth, [
                (name, reader.extract(folder / "corpus" / "inbox" / name, name)) for name in single
            ]


def main() -> None:
    """Print cost and outcome by size of the register."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("--cache", type=Path, required=True)
    options = parser.parse_args()
    annex = load_annex(data_folder("schemas"))
    truth, read = documents(options.seed, options.cache)
    world = World(options.seed)
    print(
        f"{len(read)} documents\n\n| projects | index, s | ms a document | decided | right of decided | MB |"
    )
    print("|---|---|---|---|---|---|")
    for size in SIZES:
        start = time.process_time()
        index = build_index(grown(world, size), annex.generic_words)
        built = time.process_time() - start
        start = time.process_time()
        found = [(name, identify(extract, annex, index, Thresholds())) for name, extract in read]
        spent = (time.process_time() - start) / len(read)
        decided = [(name, one.decided[0]) for name, parts in found for one in parts if one.decided]
        right = sum(c.project == truth.files[n].parts[0].project for n, c in decided)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"| {size} | {built:.1f} | {spent * 1000:.1f} | {len(decided)} | {right} | {memory:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
