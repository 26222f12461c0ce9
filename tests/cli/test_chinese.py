"""click's own sentences: every one that its source marks for translation has a Chinese one here."""

from __future__ import annotations

import ast
import string
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from archivist.cli.chinese import WORDS, translate

SOURCES = sorted(Path(click.__file__).parent.glob("*.py"))


def marked(path: Path) -> Iterator[tuple[int, str]]:
    """(line, sentence) of every constant that ``_`` or ``ngettext`` is called with; both forms of a plural."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"_", "ngettext"}
        ):
            for argument in node.args[: 2 if node.func.id == "ngettext" else 1]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield node.lineno, argument.value


def test_click_still_marks_its_sentences_this_way() -> None:
    assert sum(1 for path in SOURCES for _ in marked(path)) > 60


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_every_sentence_click_marks_has_a_translation(path: Path) -> None:
    assert [(line, words) for line, words in marked(path) if words not in WORDS] == []


@pytest.mark.parametrize("words", WORDS)
def test_a_translation_uses_only_what_the_sentence_offers(words: str) -> None:
    """A field the original does not have would raise KeyError just when an error is to be told."""

    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert fields(WORDS[words]) <= fields(words)
    assert "!r" not in WORDS[words]


def test_the_hook_is_in_every_module_of_click_that_has_one() -> None:
    import archivist.cli  # noqa: F401

    hooks = [
        module for name, module in sys.modules.items() if name.startswith("click.") and hasattr(module, "_")
    ]

    assert len(hooks) > 5
    assert {module.__name__ for module in hooks if module._ is not translate} <= {"click._termui_impl"}
