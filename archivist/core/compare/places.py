"""Which villages (村、社区) and townships (镇、街道) a title or a body's name speaks of."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from archivist.core.compare.rare import meets, veiled
from archivist.core.patterns import lazily

_TOWNSHIP = lazily(r"([一-龥]{2,4}?)(?:镇|街道|乡(?!村))")
_VILLAGE = lazily(r"([一-龥]{2,5}?)(?:村|社区)(?!庄|镇)")
_DISTRICT = lazily(r"([一-龥]{2,5}?)(?:区|县)(?=(?:人民)?政府|[一-龥]{1,10}(?:局|委员会|委|办))")
_BEFORE = lazily(r"^.*(?:重庆市|市|大足区|区|县|镇|街道|乡|关于|召开|的|由|与|及|月|日)(?=..)")


def townships(words: str, never: Collection[str]) -> tuple[str, ...]:
    """The townships' names without their ending, in order."""
    return _found(_TOWNSHIP, words, never)


def villages(words: str, never: Collection[str]) -> tuple[str, ...]:
    """The villages' names without their ending, in order. ``never`` are words that end with 村 and name none (贫困)."""
    return _found(_VILLAGE, words, never)


def districts(words: str, never: Collection[str]) -> tuple[str, ...]:
    """The names of districts (区、县) whose governments and departments are named, without their ending, in order."""
    return _found(_DISTRICT, words, never)


def _found(pattern: re.Pattern[str], words: str, never: Collection[str]) -> tuple[str, ...]:
    bare = re.sub(r"\s", "", words)
    stems = (_BEFORE.sub("", match.group(1)) for match in pattern.finditer(bare))
    return tuple(stem for stem in stems if len(stem) >= 2 and not any(word in stem for word in never))


def same(one: str, other: str, confused: Mapping[int, str]) -> bool:
    """Whether two stems are one place's; a longer one may have kept what stands before the name."""
    short, long = sorted(veiled(one.translate(confused), other.translate(confused)), key=len)
    return len(short) >= 2 and all(map(meets, short, long[-len(short) :]))


def stem(name: str) -> str:
    """A place's name of the register without its ending; "" for one that is not of the pattern 某村, 某镇."""
    return re.sub(r"(?:村|社区|镇|街道|乡)$", "", re.sub(r"\s", "", name))
