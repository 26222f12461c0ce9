"""Chinese text for full-text search: pairs of neighbouring characters, so that every word of two or more is found.

SQLite's own tokenizers find Chinese words of two characters either never (trigram) or only by luck (word lists);
pairs, checked against the text itself, find all and nothing else. The pairs are tokens as they stand: the table uses
the ``ascii`` tokenizer, for which every character beyond ASCII is part of a word (``unicode61`` would part words at
rare characters newer than its tables).
"""

from __future__ import annotations

from operator import add

from archivist.core.text import fold


def words_of(text: str) -> str:
    """Return the tokens of a page: all pairs of neighbouring characters of its folded text, each once."""
    folded = fold(text)
    return " ".join(sorted(set(map(add, folded, folded[1:]))))


def query_of(words: str) -> str | None:
    """Return the FTS5 expression that every page with ``words`` meets; None when one is too short to search.

    What else meets it holds the same pairs apart from each other: `core.passages.passage` tells them.
    """
    terms: list[str] = []
    for word in words.split():
        folded = fold(word)
        if len(folded) < 2:
            return None
        terms.extend(f'"{folded[at : at + 2]}"' for at in range(len(folded) - 1))
    return " AND ".join(dict.fromkeys(terms)) or None
