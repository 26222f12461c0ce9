"""What a command that only looks needs of a workspace, with next to nothing loaded.

Settings and rules are read by ``workspace.config`` and ``workspace.rulebook``; both cost more to load than the whole
question to the index: without this module ``archivist missing`` takes twice as long (tests/bench/bench_startup.py
measures it). Here a settings file that sets nothing, and catalogue items written in the plainest TOML, are read
directly. Anything else, the smallest doubt included, goes to the real readers: the answer is always theirs.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from archivist.core.reports.listings import ItemName
from archivist.workspace.standard import standard_of

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.core.catalogue.standard import Standard

_SETTINGS, _VARIABLE, _STORE = "archivist.toml", "ARCHIVIST_WORKSPACE", "archive_store"
_SECTIONS = {
    "[workspace]",
    "[store]",
    "[intake]",
    "[extraction]",
    "[identification]",
    "[watch]",
    "[archive]",
    "[generation]",
    "[status]",
    "[log]",
    "[fixity]",
}
"""What archivist.workspace.config says too; a test compares."""


def index_path(option: str | Path | None) -> str | Path:
    """Where the index of a workspace is; ``option`` is the folder that was asked for, as in ``find_workspace``."""
    folder = _workspace_folder(option)
    if _sets_nothing(f"{folder}/{_SETTINGS}"):
        return f"{folder}/{_STORE}/.archivist/index.db"
    from pathlib import Path

    from archivist.workspace.opened import open_workspace

    return open_workspace(Path(option) if option else None, None).index_path


def _workspace_folder(option: str | Path | None) -> str:
    """As ``archivist.workspace.config.find_workspace``."""
    here = os.getcwd()  # noqa: PTH109
    asked = option or os.environ.get(_VARIABLE, "").strip()
    if asked:
        return os.path.join(here, asked)  # noqa: PTH118
    folder = here
    while not os.path.isfile(f"{folder}/{_SETTINGS}"):  # noqa: PTH113
        above = os.path.dirname(folder)  # noqa: PTH120
        if above == folder:
            return here
        folder = above
    return folder


def _sets_nothing(path: str) -> bool:
    """Whether the settings file holds nothing but comments and headings: then every default holds."""
    try:
        with open(path, encoding="utf-8") as stream:  # noqa: PTH123
            lines = [line.rstrip("\n") for line in stream]
    except (OSError, ValueError):
        return False
    said = [line for line in lines if line and not (line[0] == "#" and line.isprintable())]
    return len(said) == len(set(said)) and set(said) <= _SECTIONS


def catalogue_items(option: str | Path | None) -> tuple[ItemName, ...]:
    """The catalogue's items (归档内容): number, short name, whether required."""
    folder = schemas_folder(option)
    try:
        with open(f"{folder}/annex4.toml", encoding="utf-8") as stream:  # noqa: PTH123
            found = _plain_items(stream.read())
    except (OSError, ValueError):
        found = None
    if found is not None:
        return found
    from pathlib import Path

    from archivist.workspace.rulebook import load_items

    return tuple(ItemName(rule.number, rule.short, rule.required) for rule in load_items(Path(folder)))


def count_in_words(option: str | Path | None) -> str:
    """How many items the catalogue has, for help pages, which must be there even when the rules cannot be read."""
    from archivist.core.words.numbers import in_words
    from archivist.errors import ArchivistError

    try:
        return in_words(len(catalogue_items(option)))
    except ArchivistError:
        return "各"


def schemas_folder(option: str | Path | None, holding: str = "") -> str:
    """Where the rules are: the workspace's own win over the shipped ones, if they hold the file ``holding``."""
    own = f"{_workspace_folder(option)}/schemas"
    if os.path.isdir(own) and os.path.exists(f"{own}/{holding}"):  # noqa: PTH110, PTH112
        return own
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
    installed = f"{package}/_data/schemas"
    return installed if os.path.isdir(installed) else f"{os.path.dirname(package)}/schemas"  # noqa: PTH112, PTH120


def standard(option: str | Path | None) -> Standard:
    """What states of items are made by, today."""
    annex, procedure = schemas_folder(option), schemas_folder(option, "procedure.toml")
    return standard_of(f"{annex}/annex4.toml", f"{procedure}/procedure.toml")


def _plain_items(text: str) -> tuple[ItemName, ...] | None:
    """The items when all are plain ``key = value`` lines before the first ``[[kind]]``, else None."""
    head, kind, _ = text.partition("\n[[kind]]\n")
    _, *blocks = head.split("\n[[item]]\n")
    items = []
    for block in blocks:
        pairs = dict(line.split(" = ", 1) for line in block.splitlines() if " = " in line and line[0] != "#")
        number, short, required = (pairs.get(key, "") for key in ("number", "short", "required"))
        quoted = len(short) > 2 and short[0] == short[-1] == '"' and not set(short[1:-1]) & {'"', "\\"}
        if not (number.isdecimal() and quoted and required in {"true", "false"} and '"""' not in block):
            return None
        items.append(ItemName(int(number), short[1:-1], required == "true"))
    counted = [item.number for item in items] == list(range(1, len(items) + 1))
    return tuple(items) if kind and items and counted else None
