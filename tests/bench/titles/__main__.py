"""How papers with titles nobody listed are taken: print the figures of both halves. No recognition of images; seconds.

    python -m tests.bench.titles [learn|report] [--wrong]

Rules are tuned on the learn half; the report half's titles and, where a group has several, bodies are not in it.
"""

from __future__ import annotations

import argparse

from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_annex
from tests.bench.titles.papers import LEARN, REPORT, papers
from tests.bench.titles.score import score


def main() -> None:
    """Print a table for each half asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("half", nargs="?", choices=(LEARN, REPORT))
    parser.add_argument("--wrong", action="store_true", help="list what was not taken as it should be")
    options = parser.parse_args()
    annex = load_annex(data_folder("schemas"))
    for half in (LEARN, REPORT) if options.half is None else (options.half,):
        chosen = [paper for paper in papers() if paper.half == half]
        found = score(chosen, annex)
        print(f"\n{half}: {len({paper.words for paper in chosen})} titles, {len(chosen)} papers\n")
        for name in (key.removesuffix("/of") for key in found.counts if key.endswith("/of")):
            right, total = found.counts[f"{name}/right"], found.counts[f"{name}/of"]
            print(f"| {name} | {right} of {total} ({found.share(name):.3f}) |")
        if options.wrong:
            print("\n".join(["", *found.told]))


main()
