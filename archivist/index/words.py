"""Chinese text for full-text search: pairs of neighbouring characters, so that every word of two or more is found.

SQLite's own tokenizers find Chinese words of two characters either never (trigram) or only by luck (word lists);
pairs, checked against the text itself, find all and nothing else.
"""

from __future__ import annotations

import re

from archivist.core.text import fold

_RUN = re.compile(r"[^\W_]+")


def words_of(text: str) -> str:
    """Return the tokens of a page: all pairs of neighbouring characters of its folded text, each once."""
    folded = fold(text)
    return " ".join(sorted({folded[at : at + 2] for at in range(len(folded) - 1)} or ({folded} if folded else set())))


def query_of(words: str) -> str | None:
    """Return the FTS5 expression that every page with ``words`` meets; None when too short to search."""
    terms: list[str] = []
    for word in words.split():
        folded = fold(word)
        if len(folded) < 2:
            return None
        terms.extend(f'"{folded[at : at + 2]}"' for at in range(len(folded) - 1))
    return " AND ".join(dict.fromkeys(terms)) or None
