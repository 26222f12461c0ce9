"""Published error rates: build corpora, run the product on them, print the figures. Not a test.

    python -m tests.bench.recognition [SEED …] [--share 1.0] [--wrong] [--cache DIR]

Seeds 1-99 are for development, seeds from 101 for reports: a third of their layouts never appears in the others. Needs
fonts with Chinese characters. Takes about three minutes a seed on two cores.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from datetime import date
from pathlib import Path

from archivist.cli.init import make_workspace
from archivist.cli.register import import_register
from archivist.core.catalogue.states import states_of
from archivist.core.checks.values import Rules
from archivist.core.describe import describe
from archivist.extract import Extractor
from archivist.extract.reader import Reader
from archivist.index.reader import open_reader
from archivist.ingest.pipeline import Pipeline
from archivist.questions.documents import documents
from archivist.workspace.opened import Workspace, open_workspace
from tests.bench.recognition.corpus import build
from tests.bench.recognition.reading import read_rates
from tests.bench.recognition.score import Score, score
from tests.bench.recognition.truth import Truth
from tests.support.remembering import Remembering

ORDER = (
    "accounted",
    "precision of filing",
    "project right where filed",
    "coverage",
    "best candidate",
    *(f"item {number}" for number in range(1, 9)),
    "negatives not filed",
    "combined files cut",
    "dates",
    "missing sets exact",
    *(
        f"{what}: {figure}"
        for what in ("seals on colour", "seals on grey", "signatures")
        for figure in ("answered", "precision", "recall where answered")
    ),
)


def run(seed: int, share: float, cache: Path | None) -> Score:
    """Build one corpus, let the product work on it, score it."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        truth = build(seed, folder / "corpus", share)
        make_workspace(folder / "w")
        opened = open_workspace(folder / "w", None)
        import_register(opened, folder / "corpus" / "register.xlsx")
        shutil.copytree(folder / "corpus" / "inbox", opened.config.inbox, dirs_exist_ok=True)
        reader: Reader = Extractor(opened.limits, os.cpu_count() or 1)
        reader = reader if cache is None else Remembering(reader, cache)
        with opened.writing("bench") as index, Pipeline(opened, index, reader=reader) as pipeline:
            pipeline.run()
        return _scored(opened, truth)


def _scored(opened: Workspace, truth: Truth) -> Score:
    with open_reader(str(opened.index_path)) as index:
        told = [describe(one) for one in documents(index)]
        files = index.project_files.of(list(truth.missing))
        pages = list(
            index.rows(
                "SELECT s.name AS source, p.number, p.text FROM pages p JOIN sources s ON s.id = p.source"
            )
        )
    rules = Rules(opened.annex.items, opened.procedure)
    states = [states_of(file, rules, date.fromisoformat(opened.standard.today)) for file in files]
    found = score(truth, told, [{"project": s.project, "missing": list(s.missing)} for s in states])
    read_rates(found, truth, pages)
    return found


def report(total: Score) -> str:
    """The tables that README quotes."""
    rows = [f"| {name} | {total.share(name)} |" for name in ORDER]
    lines = [
        "| figure | right |",
        "|---|---|",
        *rows,
        "",
        "| true item | best candidate's item |",
        "|---|---|",
    ]
    for item in range(1, 9):
        said = {guess: n for (true, guess), n in sorted(total.confusion.items()) if true == item}
        lines.append(f"| {item} | {'、'.join(f'{guess}: {n}' for guess, n in said.items())} |")
    lines += ["", "| characters of pages without tables | CER |", "|---|---|"]
    for name in sorted(
        key.removesuffix("/of") for key in total.counts if key.startswith("CER") and key.endswith("/of")
    ):
        of = total.counts[f"{name}/of"]
        lines.append(f"| {name.removeprefix('CER ')} ({of}) | {1 - total.counts[f'{name}/right'] / of:.2%} |")
    lines += ["", "| confidence | documents | mean | right |", "|---|---|---|---|"]
    lines += [f"| {name} | {n} | {mean:.3f} | {share:.3f} |" for name, n, mean, share in total.calibration()]
    return "\n".join(lines)


def main() -> None:
    """Print the table for the seeds asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", nargs="*", type=int, default=[101, 102, 103])
    parser.add_argument("--share", type=float, default=1.0, help="size of the corpora")
    parser.add_argument("--cache", type=Path, help="keep what was read here, for trials of other rules")
    parser.add_argument("--wrong", action="store_true", help="list what was filed wrongly or not filed")
    options = parser.parse_args()
    total = Score()
    for seed in options.seeds:
        total.merge(run(seed, options.share, options.cache))
    print(f"\n{time.strftime('%Y-%m-%d')}, seeds {', '.join(map(str, options.seeds))}\n")
    print(report(total))
    if options.wrong:
        print("\n".join(total.wrong))


if __name__ == "__main__":
    main()
