"""Character error rates (CER): what was read of each page against what is printed on it, by kind of damage."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import Levenshtein

from tests.bench.recognition.score import Score
from tests.bench.recognition.truth import CONTAINER, DUPLICATE, Truth

_NOT_RECOGNISED = frozenset({"docx", "textpdf"})
_ALIKE = str.maketrans(
    {"○": "〇", "—": "-", "–": "-", "―": "-", "－": "-", "“": '"', "”": '"', "‘": "'", "’": "'"}
)


def folded(text: str) -> str:
    """The characters without white space; width and the shape of quotes and dashes do not count."""
    flat = unicodedata.normalize("NFKC", text.translate(_ALIKE))
    return "".join(char for char in flat if not char.isspace())


def read_rates(found: Score, truth: Truth, pages: Iterable[Mapping[str, object]]) -> None:
    """Count characters and errors of pages without tables; pages written by hand are counted apart.

    Args:
        pages: rows with ``source`` (as dropped), ``number`` and ``text``.
    """
    read: dict[tuple[str, int], str] = defaultdict(str)
    for row in pages:
        read[str(row["source"]), int(str(row["number"]))] = str(row["text"])
    for name, entry in truth.files.items():
        if entry.role in {CONTAINER, DUPLICATE} or entry.format in _NOT_RECOGNISED:
            continue
        for number, page in enumerate(entry.texts, start=1):
            if page.table or not folded(page.text) or (name, number) not in read:
                continue
            kind = "hand" if page.hand else page.damage
            wanted, got = folded(page.text), folded(read[name, number])
            errors = min(Levenshtein.distance(wanted, got), len(wanted))
            for group in (f"CER {kind}", *(["CER all print"] if not page.hand else []), *_sealed(page)):
                found.counts[f"{group}/of"] += len(wanted)
                found.counts[f"{group}/right"] += len(wanted) - errors


def _sealed(page: object) -> list[str]:
    return ["CER sealed pages"] if getattr(page, "sealed", False) and not getattr(page, "hand", False) else []
