"""Attachments (附件) as a paper tells of them: how many it says it has, and how many of their heads stand in it.

What is read off a picture may be misread: the numbers are for a person to look at where they differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from archivist.core.patterns import lazily

_TOLD = lazily(r"附\s*件\s*[:：]\s*(?P<rest>\S.*)")
_ENTRY = lazily(r"\s*(?P<number>[0-9]{1,2})\s*[.．、](?![0-9])")
_HEAD = lazily(r"附\s*件\s*(?P<number>[0-9]{1,2}|[一二三四五六七八九十]{1,3})?\s*[:：]?")


class Attached(NamedTuple):
    """How many attachments a paper says it has, and how many heads of some were seen in it."""

    told: int
    seen: int


def attached(texts: Iterable[str]) -> Attached:
    """What the pages of a paper say of its attachments."""
    told = seen = 0
    listing = False
    for line in (line for text in texts for line in text.splitlines()):
        named = _TOLD.match(line.strip())
        entry = _ENTRY.match(named["rest"] if named else line)
        if named:
            told, listing = max(told, int(entry["number"]) if entry else 1), True
        elif listing and entry:
            told = max(told, int(entry["number"]))
        elif _HEAD.fullmatch(line.strip()):
            seen, listing = seen + 1, False
        elif line.strip():
            listing = False
    return Attached(told, seen)
