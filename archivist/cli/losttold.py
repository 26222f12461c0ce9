"""What is said when documents are made about projects whose 销号 does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archivist.cli.common import workspace

if TYPE_CHECKING:
    from collections.abc import Sequence


def tell_lost_evidence(projects: Sequence[str]) -> None:
    """A document about a project whose 销号 does not hold must not be signed unawares."""
    from archivist.index.reader import open_reader
    from archivist.questions.evidence import advice, lost_evidence

    with open_reader(workspace().index_path) as index:
        for code, why in lost_evidence(index, projects).items():
            click.echo(f"注意：项目 {code} {why}，不算已销号。{advice(code)}", err=True)
