"""How the papers of `support.dated_papers` are dated: ``PYTHONPATH=tests python tests/bench/dating.py``.

Prints right, rightly undated, undated though a date is there, and dated from another role, which must be none.
"""

from __future__ import annotations

from collections import Counter

from archivist.core.paper.dating import document_date
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_annex
from support.dated_papers import PAPERS
from support.read_pages import page


def main() -> int:
    """Print the count of each outcome and the papers that went wrong; 1 when one is dated from another role."""
    annex = load_annex(data_folder("schemas"))
    outcomes: Counter[str] = Counter()
    for paper in PAPERS:
        kind = annex.kind(paper.kind) if paper.kind else None
        dating = document_date(kind, [page(paper.text)], annex.dates)
        read = dating.when.iso if dating.when else None
        if read == paper.date:
            outcome = "right" if read else "rightly undated"
        else:
            outcome = "wrong: another role" if read else "undated, though dated"
            print(f"{outcome}: {paper.name}: {read} for {paper.date} ({dating.why})")
        outcomes[outcome] += 1
    print(f"{len(PAPERS)} papers: " + ", ".join(f"{name} {count}" for name, count in outcomes.most_common()))
    return 1 if outcomes["wrong: another role"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
