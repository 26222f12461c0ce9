"""The words found, in their context: 【】 around them, a few characters on both sides."""

from __future__ import annotations

from collections.abc import Sequence

from archivist.core.text import fold

_CONTEXT = 24


def passage(text: str, words: Sequence[str]) -> str | None:
    """Return the context of the first of ``words`` in ``text``, or None unless every word is there.

    Spaces, punctuation and line ends between characters do not matter, as they do not to the reader.
    """
    positions = [(at, folded) for at, char in enumerate(text) if (folded := fold(char))]
    flat = "".join(folded for _, folded in positions)
    places = [at for at, folded in positions for _ in folded]
    wanted = [folded for word in words for part in word.split() if (folded := fold(part))]
    if not wanted or any(word not in flat for word in wanted):
        return None
    start = flat.index(wanted[0])
    first, last = places[start], places[start + len(wanted[0]) - 1] + 1
    before = text[max(0, first - _CONTEXT) : first].replace("\n", " ")
    after = text[last : last + _CONTEXT].replace("\n", " ")
    return f"……{before}【{text[first:last].replace(chr(10), '')}】{after}……"
