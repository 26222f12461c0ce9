"""Every act that the software writes into its log has plain words."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from archivist.core.authority import DECISIONS
from archivist.core.words.acts import ACTS, act_word, place_word

PACKAGE = Path(__file__).parents[3] / "archivist"
WRITERS = {"event": 0, "update": 1, "change": 1, "add": 1, "decide": 4, "plan": 2}
"""Methods that write an event, and which of their arguments is its act."""


def written() -> set[str]:
    """Acts that stand as words in calls that write events."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in WRITERS
            ):
                at = WRITERS[node.func.attr]
                if len(node.args) > at and isinstance(node.args[at], ast.Constant):
                    act = node.args[at].value  # type: ignore[attr-defined]
                    if isinstance(act, str) and re.fullmatch(r"[a-z]+( [a-z]+)*", act):
                        found.add(act)
    return found


def test_what_is_written_is_found() -> None:
    assert written() >= {"deregistered", "reopened", "received", "renamed", "verified", "backup"}


@pytest.mark.parametrize("act", sorted(written() | DECISIONS))
def test_an_act_has_words(act: str) -> None:
    assert act in ACTS
    assert re.search("[\u4e00-\u9fff]", act_word(act))


def test_what_nobody_named_keeps_its_own_name() -> None:
    assert act_word("made up") == "其他（made up）"
    assert (place_word("cli"), place_word("elsewhere")) == ("命令", "elsewhere")
