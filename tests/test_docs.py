"""What the documents for people say is true: commands, exit codes, rooms and paths are the program's own."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from archivist import __version__
from archivist.cli import COMMANDS
from archivist.errors import ExitCode

ROOT = Path(__file__).parents[1]
README, CONTRIBUTING, CHANGELOG = (
    (ROOT / name).read_text("utf-8") for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
)


@pytest.mark.parametrize("verb", COMMANDS)
def test_the_readme_shows_every_command(verb: str) -> None:
    assert re.search(rf"^\|[^|]*`archivist {verb}\b", README, re.MULTILINE), "no row in the table of commands"


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_the_table_of_exit_codes_is_the_programs(text: str) -> None:
    assert [int(code) for code in re.findall(r"^\| *(\d+) *\|", text, re.MULTILINE)] == [
        code.value for code in ExitCode
    ]


def test_contributing_names_the_exit_codes_as_the_program_does() -> None:
    assert dict(re.findall(r"^\| (\d+) \| ([A-Z_]+) \|", CONTRIBUTING, re.MULTILINE)) == {
        str(code.value): code.name for code in ExitCode
    }


def test_contributing_has_a_line_for_every_room_and_no_other() -> None:
    rooms = {
        path.stem
        for path in (ROOT / "archivist").iterdir()
        if path.stem not in {"__init__", "__main__", "_data"}
        and (path.suffix == ".py" or (path / "__init__.py").is_file())
    }

    layout = CONTRIBUTING.partition("The package, one folder a role")[2].partition("\n\nThe order,")[0]

    assert set(re.findall(r"^\| `(\w+)/?` \|", layout, re.MULTILINE)) == rooms


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_paths_that_are_named_exist(text: str) -> None:
    named = re.findall(r"`((?:archivist|tests|schemas|doc_templates|\.ci)/[\w./-]*)`", text)
    missing = {path for path in named if not (ROOT / path).exists() and not (ROOT / f"{path}.py").exists()}

    assert missing == set()


def test_the_changelog_knows_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert project["version"] == __version__
    assert f"## [{__version__}]" in CHANGELOG
