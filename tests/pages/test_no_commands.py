"""Pages and notes for people at the folders name no commands: they say what is dragged where, and whom to ask.

Held for every template, for every sentence that a check can find, and for every sentence written down in the rooms whose
words end in pages and notes; what an error tells on a screen may name the command that mends it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given

import archivist
from archivist.cli import COMMANDS
from archivist.core.checks import findings_of
from archivist.core.checks.values import ProjectFile
from archivist.core.words import doing
from archivist.core.words.contact import NOBODY_NAMED, on_notes, on_pages
from archivist.core.words.doing import Doing
from archivist.core.words.notes import Called, left_note, members_note, rejected_note, review_note
from archivist.workspace.rulebook import load_annex
from support.checking import FILES, RULES, TODAY
from support.places import SCHEMAS, TESTS

PACKAGE = Path(archivist.__file__).parent
COMMAND = re.compile(rf"archivist (?:{'|'.join(COMMANDS)})\b")
TEMPLATES = sorted(
    [*(PACKAGE / "pages" / "templates").glob("*.html"), TESTS.parent / "doc_templates" / "guide.html"]
)
ROOMS = ("pages", "filing", "folders", "extract", "ingest", "core/identify", "core/paper", "core/words")
"""Whose words end in pages and notes."""

ON_SCREENS = {"core/words/doing.py", "core/words/copies.py", "ingest/watch.py", "ingest/logbook.py"}
"""Files that say the same twice, or speak to who looks after the software."""


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_names_a_command(template: Path) -> None:
    shown = re.sub(r"<style.*?</style>|\{%.*?%\}|\{#.*?#\}", "", template.read_text("utf-8"), flags=re.DOTALL)

    assert COMMAND.findall(shown) == []


@given(FILES)
def test_no_finding_names_a_command_in_the_folders(file: ProjectFile) -> None:
    assert [one.told for one in findings_of(file, RULES, TODAY) if COMMAND.search(one.told)] == []


def advice() -> Iterator[Doing]:
    for value in vars(doing).values():
        if isinstance(value, Doing):
            yield value
        elif callable(value) and getattr(value, "__module__", "") == doing.__name__ and value is not Doing:
            yield value("D00012")


def test_what_to_do_is_said_in_the_folders_without_a_command() -> None:
    found = list(advice())

    assert len(found) > 8
    assert [one.folder for one in found if COMMAND.search(one.folder)] == []
    assert any(COMMAND.search(one.command) for one in found)


def spoken(tree: ast.AST) -> Iterator[str]:
    """The words written down in a module, but for those of errors and docstrings."""
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    raised = {id(below) for node in ast.walk(tree) if isinstance(node, ast.Raise) for below in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs | raised:
            yield node.value


def modules() -> list[str]:
    found = (
        path.relative_to(PACKAGE).as_posix() for room in ROOMS for path in (PACKAGE / room).rglob("*.py")
    )
    return sorted(set(found) - ON_SCREENS)


@pytest.mark.parametrize("module", modules())
def test_no_module_that_speaks_in_the_folders_names_a_command(module: str) -> None:
    words = spoken(ast.parse((PACKAGE / module).read_text("utf-8")))

    assert [one for one in words if COMMAND.search(one)] == []


@pytest.mark.parametrize(
    ("contact", "named"), [("", NOBODY_NAMED), ("  ", NOBODY_NAMED), ("专班 023-1", "专班 023-1")]
)
def test_every_page_and_note_ends_with_whom_to_ask(contact: str, named: str) -> None:
    annex, called = load_annex(SCHEMAS), Called("收件箱", "项目档案", contact)
    notes = (
        review_note([], {}, annex, ["原因"], called),
        rejected_note(["原因"], True, annex, False, called),
        members_note("a.zip", ["原因"], "压缩包", called),
        left_note("退回", called),
    )

    assert all(f"请联系{named}" in words for words in (*notes, on_notes(contact), on_pages(contact)))
    assert [words for words in notes if COMMAND.search(words)] == []
