"""Count how the product takes the papers of the bench."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from archivist.core.filing import Folders, plan_filing
from archivist.core.identify.register_index import build_index
from archivist.core.identify.whole import Thresholds, identify_part
from archivist.core.model import Status
from archivist.core.rules import Annex
from tests.bench.titles.papers import PLACES, Paper

_FOLDERS = Folders("待确认", "项目档案", "退回")


@dataclass(slots=True)
class Score:
    """Counts by name, and a line for whatever is not as it should be."""

    counts: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)

    def add(self, name: str, right: bool) -> None:
        """Count one case."""
        self.counts[f"{name}/of"] += 1
        self.counts[f"{name}/right"] += right

    def share(self, name: str) -> float:
        """The share (0..1) that is right; 1 when there was no case."""
        total = self.counts[f"{name}/of"]
        return self.counts[f"{name}/right"] / total if total else 1.0


def score(papers: Iterable[Paper], annex: Annex) -> Score:
    """Identify each paper against the bench's register and count."""
    index = build_index([place.project for place in PLACES], annex.generic_words)
    folders = {place.code: ("项目档案", place.code) for place in PLACES}
    found = Score()
    for paper in papers:
        read = identify_part(paper.pages, annex, index, Thresholds())
        (*_, plan) = plan_filing([read], "x.pdf", folders, _FOLDERS, annex, least_guess=0.5)
        filed = plan.status is Status.FILED
        place = (paper.place.code, paper.item)
        best = read.candidates[0] if read.candidates else None
        said = (best.project, best.item) if best else (None, None)
        where = f"{'箱' if paper.boxed else '文'} {paper.item} {paper.title}"
        if filed:
            found.add("precision of filing", len(read.decided) == 1 and (plan.project, plan.item) == place)
            if (plan.project, plan.item) != place:
                found.told.append(f"WRONG {where} → {plan.item}")
        if paper.item:
            found.add("coverage", filed and (plan.project, plan.item) == place)
            found.add("best candidate", said == place)
            found.add(f"item {paper.item}", filed)
            if not filed or said != place:
                found.told.append(
                    f"{'waits' if said == place else 'GUESS'} {where} → {said[1]}：{'；'.join(read.reasons)}"
                )
        else:
            found.add("negatives not filed", not filed)
            if not filed:
                found.told.append(f"alien {where} {plan.status} → {said[1]}")
        if paper.named:
            found.add("named, not sent back", plan.status is not Status.REJECTED)
            if paper.many:
                continue
            found.add("named, told at its project", plan.project == paper.place.code)
            if plan.project != paper.place.code:
                found.told.append(f"AWAY {where} {plan.status} {best and best.score}")
        elif not paper.item:
            found.add("alien, sent back", plan.status is Status.REJECTED)
    return found
