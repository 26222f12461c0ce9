"""Whether two names mean one thing (名称一致): abbreviated, with or without its place, misread; never written wrongly.

A shorter name is an abbreviation when its characters stand in the longer one in their order. One that is nearly the
longer one, but holds a character that is not there, was written wrongly (麻柳湾村 for 麻柳沟村). Of rare characters nobody
can tell (see `rare`).
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher

from archivist.core.compare.rare import meets, veiled
from archivist.core.patterns import lazily
from archivist.core.text import fold

_SHORTEST = 4
_NEAR = 0.72
_VERY_NEAR = 0.86
_WHOLE = lazily(r"[一-龥]{2}(?:村|社区)[一-龥]{3,}项目$")


def alike(one: str, other: str, confused: Mapping[int, str]) -> bool:
    """Whether two names mean the same. ``confused`` makes one of the characters that readers of scans confuse."""
    first, second = veiled(*(fold(name).translate(confused) for name in (one, other)))
    short, long = sorted((first, second), key=len)
    if not short:
        return False
    if len(short) == len(long) and all(map(meets, short, long)):
        return True
    return len(short) >= _SHORTEST and _within(short, long)


def near(one: str, other: str, confused: Mapping[int, str]) -> bool:
    """Whether a name is another, written wrongly: one character of it (in a long name two) is not in the other."""
    short, long = sorted((fold(name).translate(confused) for name in (one, other)), key=len)
    if len(short) < 2 * _SHORTEST or alike(one, other, confused):
        return False
    shared = sum(
        block.size for block in SequenceMatcher(None, short, long, autojunk=False).get_matching_blocks()
    )
    like, wrong = 2 * shared / (len(short) + len(long)), len(short) - shared
    return (wrong == 1 and like >= _NEAR) or (wrong == 2 and like >= _VERY_NEAR)


def whole(name: str) -> bool:
    """Whether a name is a project's in full, place and all, so that another one means another project."""
    return bool(_WHOLE.search(fold(name)))


def _within(short: str, long: str) -> bool:
    """Whether the characters of one stand in the other in their order."""
    rest = iter(long)
    return all(any(meets(char, there) for there in rest) for char in short)
