"""Patterns that wait for their first use are the patterns that ``re`` makes, and every one of ours is a pattern."""

from __future__ import annotations

import copy
import gc
import importlib
import pickle
import pkgutil
import re

import pytest

import archivist.core
from archivist.core.patterns import lazily


def every() -> list[re.Pattern[str]]:
    for found in pkgutil.walk_packages(archivist.core.__path__, "archivist.core."):
        importlib.import_module(found.name)
    kind = type(lazily(""))
    return [one for one in gc.get_objects() if type(one) is kind]


def test_every_pattern_that_waits_is_one() -> None:
    found = every()

    assert len(found) > 200
    assert [one.pattern for one in found if re.compile(one.pattern, one.flags & ~re.UNICODE) is None] == []


def test_a_pattern_that_waits_answers_as_one_that_was_made_at_once() -> None:
    waiting, made = lazily("第(?P<n>[0-9]+)项", re.IGNORECASE), re.compile("第(?P<n>[0-9]+)项", re.IGNORECASE)
    text = "第3项、第12项"

    assert [one.span() for one in waiting.finditer(text)] == [one.span() for one in made.finditer(text)]
    assert waiting.sub(r"<\g<n>>", text) == made.sub(r"<\g<n>>", text) == "<3>、<12>"
    assert (waiting.groups, waiting.groupindex, waiting.flags) == (made.groups, made.groupindex, made.flags)


def test_what_is_wrong_with_the_words_is_told_at_the_first_use() -> None:
    with pytest.raises(re.error):
        lazily("(").search("")


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_a_copy_of_a_pattern_that_waits_finds_the_same(again: object) -> None:
    copied = again(lazily("[一二三]+", re.MULTILINE))  # type: ignore[operator]

    assert copied.findall("第一、二三") == ["一", "二三"]
