"""How much of what is printed on the pages was read: lines in black, lines in red."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz

from tests.bench.recognition.score import Score
from tests.bench.second.truth import File, Truth

SHORTEST, ALIKE = 6, 88
"""Lines of fewer characters prove nothing; a line counts as read when a stretch of the page is this like it (of 100)."""


def plain(text: str) -> str:
    """Without white space and punctuation, in one width."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())


def read_lines(found: Score, truth: Truth, pages: Iterable[Mapping[str, object]]) -> None:
    """Count printed lines of scans and photos that were read.

    Args:
        pages: rows with ``source`` (as dropped), ``number`` and ``text``.
    """
    read: dict[tuple[str, int], str] = {}
    for row in pages:
        key = (str(row["source"]), int(str(row["number"])))
        read[key] = read.get(key, "") + plain(str(row["text"]))
    for name, file in truth.files.items():
        for number, (black, red) in enumerate(_pages(file)):
            got = read.get((file.photos[number], 1) if file.photos else (name, number + 1), "")
            for kind, lines in (("black", black), ("red", red)):
                for line in lines:
                    wanted = plain(line)
                    if len(wanted) >= SHORTEST:
                        right = wanted in got or fuzz.partial_ratio(wanted, got) >= ALIKE
                        found.add(f"printed lines read ({kind})", right)
                        if not right:
                            found.wrong.append(
                                f"unread ({kind}): {name} page {number + 1} ({file.wear}): {line}"
                            )


def _pages(file: File) -> list[list[list[str]]]:
    if file.form == "a3":
        return [[[line for page in file.texts for line in page[kind]] for kind in (0, 1)]]
    return file.texts
