"""What a pass over the waiting files is asked with and answers: reader, progress, outcome (批次)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from archivist.core.document import Document
from archivist.core.model import Status
from archivist.errors import ExitCode

if TYPE_CHECKING:
    from archivist.ingest.stages.tell import Told


class Progress(Protocol):
    """Told of a pass as it goes on."""

    def taken(self, count: int, total: int) -> None:
        """``count`` of the ``total`` files that wait were taken in."""

    def begin(self, total: int) -> None:
        """``total`` sources will be worked on (members of archives come on top)."""

    def grow(self, more: int) -> None:
        """An archive brought ``more`` sources."""

    def done(self, name: str, documents: Sequence[Document]) -> None:
        """A source is finished, with what became of its documents."""


class Silent:
    """No progress shown."""

    def taken(self, count: int, total: int) -> None:
        """Nothing."""

    def begin(self, total: int) -> None:
        """Nothing."""

    def grow(self, more: int) -> None:
        """Nothing."""

    def done(self, name: str, documents: Sequence[Document]) -> None:
        """Nothing."""


@dataclass(slots=True)
class Batch:
    """What one pass did; owns its exit code.

    ``unsettled`` are files that must be looked at again soon: they may still be written, or may be about to vanish.
    ``alarms`` tell of filed copies that people altered or deleted; ``reopened`` of projects whose 销号 stopped holding;
    ``more`` that work was left for the next pass.
    """

    documents: list[Document] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    unsettled: list[str] = field(default_factory=list)
    more: bool = False
    alarms: list[str] = field(default_factory=list)
    reopened: list[str] = field(default_factory=list)

    def take(self, told: Told) -> None:
        """Add what became of one source."""
        self.documents += told.documents
        self.names[told.source.id] = told.source.name
        self.problems += [told.problem] if told.problem else []

    @property
    def exit_code(self) -> ExitCode:
        """0; 6 when filed copies are altered or gone; 8 when part of the batch could not be worked on and waits."""
        if self.alarms:
            return ExitCode.FIXITY
        return ExitCode.PARTIAL if self.problems else ExitCode.OK

    def count(self, status: Status) -> int:
        """How many documents ended with ``status``."""
        return sum(row.status is status for row in self.documents)
