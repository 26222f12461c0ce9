"""Every help page is Chinese, aligned, and ends with examples that parse."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

import click
import pytest

from archivist.cli import cli
from archivist.render.text import width
from support.cli_running import Run


def verbs(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """All commands with the words that call them, the group itself first."""
    yield path, group
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from verbs(command, (*path, name))
        else:
            yield (*path, name), command


VERBS = dict(verbs(cli))
OWN_WORDS = re.compile(
    r"--?[a-z][a-z-]*|archivist(\.toml)?|[A-Z]{2}-\d{4}-\d{4}|\.?(xlsx|csv|txt|docx|yaml|jsonl)"
)


def page(path: tuple[str, ...]) -> str:
    command = VERBS[path]
    parent = click.Context(cli, info_name="archivist", max_content_width=100)
    parent.help_option_names = ["-h", "--help"]
    info = " ".join(path)
    context = command.context_class(command, info_name=info, parent=parent, terminal_width=78)
    return command.get_help(context)


@pytest.mark.parametrize("path", VERBS, ids=lambda path: " ".join(path) or "archivist")
def test_a_help_page_speaks_chinese(path: tuple[str, ...]) -> None:
    """No word of click's own English, no capital placeholder, no ASCII colon after Chinese."""
    text = page(path)

    assert text.startswith("用法：archivist")
    assert not re.search(
        r"\b(Usage|Options|Commands|OPTIONS|ARGS|COMMAND|PATH|TEXT|INTEGER|FILE|Show|required)\b", text
    )
    assert not re.search(r"[\u4e00-\u9fff]:", text)
    assert not re.search(r"\d<=x", text)


@pytest.mark.parametrize("path", VERBS, ids=lambda path: " ".join(path) or "archivist")
def test_every_option_is_explained_and_aligned(path: tuple[str, ...]) -> None:
    options = [param for param in VERBS[path].params if isinstance(param, click.Option)]
    text = page(path)
    section = re.search(r"选项：\n((?:  .*\n)+)", text + "\n")
    assert section is not None
    starts = {
        width(match.group(0))
        for line in section.group(1).splitlines()
        if (match := re.match(r"  -.*?\S  +(?=\S)", line))
    }

    assert all(option.help for option in options)
    assert len(starts) == 1
    assert all(width(line) <= 80 for line in section.group(1).splitlines())


@pytest.mark.parametrize(
    "path", [path for path in VERBS if path != ("demo",)], ids=lambda path: " ".join(path) or "archivist"
)
def test_examples_stand_one_a_line_and_parse(path: tuple[str, ...]) -> None:
    """Each example names this command with options it really has."""
    lines = [line.strip() for line in page(path).splitlines() if line.strip().startswith("archivist ")]
    examples = [shlex.split(re.split(r"　|>", line)[0], posix=False)[1:] for line in lines]

    assert examples
    for words in examples:
        called = next(p for p in sorted(VERBS, key=len, reverse=True) if tuple(words[: len(p)]) == p)
        context = click.Context(VERBS[called], resilient_parsing=True)
        VERBS[called].make_parser(context).parse_args(list(words[len(called) :]))


def test_the_list_of_commands_names_each_with_its_meaning(archivist: Run) -> None:
    ran = archivist("--help")
    listed = re.findall(r"^  ([a-z][a-z-]*)  +\S*[\u4e00-\u9fff]", ran.text, re.MULTILINE)

    assert ran.code == 0
    assert listed == [path[0] for path in dict.fromkeys((p[0],) for p in VERBS if p)]
