"""Figures on papers of a second hand: build a corpus, run the product on it, print how it did. Not a test.

    python -m tests.bench.second [SEED …] [--share 1.0] [--wrong] [--cache DIR] [--keep FOLDER]

Layouts, wordings and damage were written without looking at the product's rules. Seeds 1-99 may be looked at while rules
are written; seeds from 101 are for reports: a third of their layouts, wordings and damage appears in no other. Half the
papers of seeds from 201 are a third author's. What was once looked at (103, 201 and 202 were) reports nothing any more.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from contextlib import nullcontext
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
from tests.bench.recognition.score import Score
from tests.bench.second.corpus import build
from tests.bench.second.reading import read_lines
from tests.bench.second.score import ORDER, score
from tests.bench.second.truth import Truth
from tests.support.remembering import Remembering


def run(seed: int, share: float, cache: Path | None, keep: Path | None) -> tuple[Score, int, float]:
    """Build one corpus and let the product work on it: what it scored, its pages, and the seconds it took."""
    scratch = nullcontext(str(keep / str(seed))) if keep else tempfile.TemporaryDirectory()
    with scratch as place:
        folder = Path(place)
        shutil.rmtree(folder, ignore_errors=True)
        truth = build(seed, folder / "corpus", share)
        make_workspace(folder / "w")
        opened = open_workspace(folder / "w", None)
        import_register(opened, folder / "corpus" / "register.xlsx")
        shutil.copytree(folder / "corpus" / "inbox", opened.config.inbox, dirs_exist_ok=True)
        reader: Reader = Extractor(opened.limits, os.cpu_count() or 1)
        reader = reader if cache is None else Remembering(reader, cache)
        began = time.perf_counter()
        with opened.writing("bench") as index, Pipeline(opened, index, reader=reader) as pipeline:
            pipeline.run()
        return _scored(opened, truth), truth.pages(), time.perf_counter() - began


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
    found = score(truth, told, {state.project: list(state.missing) for state in states})
    read_lines(found, truth, pages)
    return found


def report(total: Score) -> str:
    """The tables that README quotes."""
    lines = ["| figure | right |", "|---|---|", *[f"| {name} | {total.share(name)} |" for name in ORDER]]
    lines += ["", "| true item | best candidate's item |", "|---|---|"]
    for item in range(1, 9):
        said = {guess: n for (true, guess), n in sorted(total.confusion.items()) if true == item}
        lines.append(f"| {item} | {'、'.join(f'{guess}: {n}' for guess, n in said.items())} |")
    lines += ["", "| confidence | documents | mean | right |", "|---|---|---|---|"]
    lines += [f"| {name} | {n} | {mean:.3f} | {share:.3f} |" for name, n, mean, share in total.calibration()]
    return "\n".join(lines)


def main() -> None:
    """Print the tables for the seeds asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", nargs="*", type=int, default=[101, 102])
    parser.add_argument("--share", type=float, default=1.0, help="size of the corpora")
    parser.add_argument("--cache", type=Path, help="keep what was read here, for trials of other rules")
    parser.add_argument("--keep", type=Path, help="leave the corpora and workspaces in this folder")
    parser.add_argument("--wrong", action="store_true", help="list what went wrong")
    options = parser.parse_args()
    total, pages, seconds = Score(), 0, 0.0
    for seed in options.seeds:
        found, count, spent = run(seed, options.share, options.cache, options.keep)
        total.merge(found)
        pages, seconds = pages + count, seconds + spent
    print(f"\n{time.strftime('%Y-%m-%d')}, seeds {', '.join(map(str, options.seeds))}\n")
    print(report(total))
    note = " (with a cache: says nothing of recognition)" if options.cache else ""
    print(f"\n{pages} pages in {seconds:.0f} s: {pages / seconds:.2f} pages a second{note}")
    if options.wrong:
        print("\n".join(sorted(total.wrong)))


if __name__ == "__main__":
    main()
