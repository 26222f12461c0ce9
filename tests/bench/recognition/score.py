"""Compare what ``archivist documents --json`` and ``missing --json`` say with what is true of a corpus."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.bench.recognition.truth import (
    CONTINUATION,
    DOCUMENTS,
    DUPLICATE,
    IGNORE,
    NEGATIVE,
    Entry,
    Part,
    Truth,
)

Record = Mapping[str, Any]


@dataclass(slots=True)
class Score:
    """Counts: name → (right, of); and what went wrong, a line each."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    confusion: Counter[tuple[int, str]] = field(default_factory=Counter)
    """(true item, item of the best candidate) → documents."""
    sure: list[tuple[float, bool]] = field(default_factory=list)
    """The confidence of each document's best candidate, and whether it is right."""

    def add(self, name: str, right: bool) -> None:
        """Count one case."""
        self.counts[f"{name}/of"] += 1
        self.counts[f"{name}/right"] += right

    def share(self, name: str) -> str:
        """``right of all (share)`` for people."""
        right, total = self.counts[f"{name}/right"], self.counts[f"{name}/of"]
        return f"{right} of {total}" + (f" ({right / total:.3f})" if total else "")

    def merge(self, other: Score) -> None:
        """Add another corpus's counts."""
        self.counts.update(other.counts)
        self.wrong += other.wrong
        self.confusion.update(other.confusion)
        self.sure += other.sure

    def calibration(self) -> list[tuple[str, int, float, float]]:
        """Rows of (range of confidence, documents, mean confidence, share right)."""
        rows = []
        for low, high in ((0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)):
            inside = [(score, right) for score, right in self.sure if low <= score < high]
            if inside:
                mean = sum(score for score, _ in inside) / len(inside)
                share = sum(right for _, right in inside) / len(inside)
                rows.append((f"{low:.1f}-{min(high, 1.0):.1f}", len(inside), mean, share))
        return rows


def score(truth: Truth, documents: Iterable[Record], missing: Iterable[Record]) -> Score:
    """Score one corpus."""
    lines: dict[str, list[Record]] = defaultdict(list)
    for record in documents:
        lines[record["source"]].append(record)
    found = Score()
    for name, entry in truth.files.items():
        if entry.role != IGNORE and entry.role != "container":
            found.add("accounted", bool(lines[name]))
    for name, records in lines.items():
        for record in records:
            if record["status"] == "filed":
                _filed(found, truth, name, record)
    for name, entry in truth.files.items():
        _entry(found, truth, name, entry, lines)
    said = {record["project"]: record["missing"] for record in missing}
    for project, items in truth.missing.items():
        found.add("missing sets exact", said.get(project) == items)
    return found


def _meant(truth: Truth, name: str) -> tuple[Entry | None, bool]:
    """The entry whose parts a file's documents are measured by, and whether page numbers count."""
    entry = truth.files.get(name)
    if entry is not None and entry.role in {CONTINUATION, DUPLICATE}:
        whole = entry.role == CONTINUATION
        entry = truth.files.get(entry.of)
        return entry, not (whole or (entry is not None and entry.whole))
    return entry, entry is not None and not entry.whole


def _fits(part: Part, record: Record, pages: bool) -> bool:
    same = (part.project, part.item) == (record["project"], record["item"])
    return same and (not pages or [part.first, part.last] == record["pages"])


def _filed(found: Score, truth: Truth, name: str, record: Record) -> None:
    entry, pages = _meant(truth, name)
    right = entry is not None and any(_fits(part, record, pages) for part in entry.parts if not part.negative)
    found.add("precision of filing", right)
    if entry is not None and any(not part.negative for part in entry.parts):
        found.add("project right where filed", any(part.project == record["project"] for part in entry.parts))
    if not right:
        found.wrong.append(
            f"{name} {record['pages']} → {record['project']} 第{record['item']}项 {record['title']}"
        )


def _entry(found: Score, truth: Truth, name: str, entry: Entry, lines: Mapping[str, list[Record]]) -> None:
    if entry.role == NEGATIVE:
        found.add("negatives not filed", all(record["status"] != "filed" for record in lines[name]))
    if entry.role != DOCUMENTS:
        return
    copies = [other for other, e in truth.files.items() if e.role == DUPLICATE and e.of == name]
    records = [record for source in (name, *copies) for record in lines[source]]
    for part in entry.parts:
        if not part.negative and not part.optional:
            _part(found, name, part, records, not entry.whole)
    _guessed(found, entry, records)
    ranges = {(part.first, part.last) for part in entry.parts}
    if len(ranges) > 1:
        found.add("combined files cut", {tuple(record["pages"]) for record in lines[name]} == ranges)


def _guessed(found: Score, entry: Entry, records: list[Record]) -> None:
    """Compare the best candidate of what overlaps each part with the truth, filed or not."""
    for pages in sorted({(part.first, part.last) for part in entry.parts if not part.negative}):
        meant = [part for part in entry.parts if (part.first, part.last) == pages]
        beside = [r for r in records if entry.whole or _overlap(pages, r["pages"])]
        best = next((r["candidates"][0] for r in beside if r["candidates"]), None)
        said = (best["project"], best["item"]) if best else (None, None)
        right = any((part.project, part.item) == said for part in meant)
        found.add("best candidate", right)
        found.confusion[meant[0].item, str(said[1] or "none")] += 1
        if best is not None:
            found.sure.append((best["score"], right))


def _overlap(one: tuple[int, int], other: list[int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _part(found: Score, name: str, part: Part, records: list[Record], pages: bool) -> None:
    fitting = [r for r in records if r["status"] == "filed" and _fits(part, r, pages)]
    found.add("coverage", bool(fitting))
    found.add(f"item {part.item}", bool(fitting))
    if not fitting:
        reasons = "；".join(reason for record in records for reason in record["reasons"])[:160]
        found.wrong.append(f"{name} [{part.first}, {part.last}] = {part.project} 第{part.item}项：{reasons}")
        return
    record = fitting[0]
    if part.accepted:
        right = record["date"] in part.accepted
        found.add("dates", right)
        if not right:
            found.wrong.append(
                f"{name} {record['pages']} date {record['date']}, not {part.accepted[0]} ({part.layout})"
            )
    where = f"{name} {record['pages']} ({part.layout})"
    _seen(found, "seals on colour" if part.red else "seals on grey", part.sealed, record["sealed"], where)
    if part.signed is not None:
        _seen(found, "signatures", part.signed, record["signed"], where)


def _seen(found: Score, name: str, true: bool, said: str, where: str) -> None:
    """Precision and recall where answered, and the share of ``unknown``."""
    if said == ("no" if true else "yes"):
        found.wrong.append(f"{where} {name}: said {said}")
    found.add(f"{name}: answered", said != "unknown")
    if said == "yes":
        found.add(f"{name}: precision", true)
    if true and said != "unknown":
        found.add(f"{name}: recall where answered", said == "yes")
