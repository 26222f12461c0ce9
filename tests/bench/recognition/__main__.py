"""Published error rates: build corpora, run the product on them, print the figures. Not a test.

    python -m tests.bench.recognition [SEED …] [--share 1.0] [--wrong]

Seeds 1-99 are for development, seeds from 101 for reports: a third of their layouts never appears in the others. Needs
fonts with Chinese characters. Takes about three minutes a seed on two cores.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path

from archivist.cli.documents import records
from archivist.cli.init import make_workspace
from archivist.cli.register import import_register
from archivist.index.reader import open_reader
from archivist.pipeline import Pipeline
from archivist.workspace import Workspace, open_workspace
from tests.bench.recognition.corpus import build
from tests.bench.recognition.score import Score, score

ORDER = (
    "accounted", "precision of filing", "coverage", *(f"item {number}" for number in range(1, 9)),
    "negatives not filed", "combined files cut", "dates", "missing sets exact",
    *(f"{what}: {figure}" for what in ("seals on colour", "seals on grey", "signatures")
      for figure in ("answered", "precision", "recall where answered")),
)  # fmt: skip


def run(seed: int, share: float) -> Score:
    """Build one corpus, let the product work on it, score it."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        truth = build(seed, folder / "corpus", share)
        make_workspace(folder / "w")
        opened = open_workspace(folder / "w", None)
        import_register(opened, folder / "corpus" / "register.xlsx")
        shutil.copytree(folder / "corpus" / "inbox", opened.config.inbox, dirs_exist_ok=True)
        with opened.writing("bench") as index, Pipeline(opened, index) as pipeline:
            pipeline.run()
        return _scored(opened, truth)


def _scored(opened: Workspace, truth: object) -> Score:
    from archivist.core.checklist import ItemCount, completeness
    from archivist.index.reader import item_states
    from tests.bench.recognition.truth import Truth

    assert isinstance(truth, Truth)
    with open_reader(str(opened.index_path)) as connection:
        documents = list(records(connection))
        counts = [
            ItemCount(r["project"], r["item"], r["filed"], r["review"]) for r in item_states(connection)
        ]
    states = completeness(list(truth.missing), counts, opened.annex.required)
    return score(truth, documents, [{"project": s.project, "missing": list(s.missing)} for s in states])


def main() -> None:
    """Print the table for the seeds asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", nargs="*", type=int, default=[101, 102, 103])
    parser.add_argument("--share", type=float, default=1.0, help="size of the corpora")
    parser.add_argument("--wrong", action="store_true", help="list what was filed wrongly or not filed")
    options = parser.parse_args()
    total = Score()
    for seed in options.seeds:
        total.merge(run(seed, options.share))
    print(
        f"\n{time.strftime('%Y-%m-%d')}, seeds {', '.join(map(str, options.seeds))}\n\n| figure | right |\n|---|---|"
    )
    for name in ORDER:
        print(f"| {name} | {total.share(name)} |")
    if options.wrong:
        print("\n".join(total.wrong))


if __name__ == "__main__":
    main()
