"""What states of items are made by (以什么为准): these files of rules, this edition, this day. The light path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist import __version__
from archivist.core.catalogue.standard import EDITION, Standard

if TYPE_CHECKING:
    from archivist.core.checks.values import Rules


def standard_of(annex: str, procedure: str) -> Standard:
    """By annex4.toml and procedure.toml at these places. A file that cannot be read is told when it is needed."""
    from time import localtime, strftime

    def rules() -> Rules:
        from pathlib import Path

        from archivist.workspace.rulebook import load_rules

        return load_rules(Path(annex).parent, Path(procedure).parent)

    key = f"{__version__} {EDITION} {_digest(annex)} {_digest(procedure)}"
    return Standard(key, strftime("%Y-%m-%d", localtime()), rules)


def _digest(path: str) -> str:
    """Of a file's content; "" when it cannot be read."""
    from hashlib import sha256

    try:
        with open(path, "rb") as stream:  # noqa: PTH123
            return sha256(stream.read()).hexdigest()
    except OSError:
        return ""
