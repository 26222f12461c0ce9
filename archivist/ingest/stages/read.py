"""Received → Read (识读): what a source says, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.core.document import Source
from archivist.core.page import Extract
from archivist.core.paper.spread import unfolded
from archivist.errors import ArchivistError, StoreError
from archivist.extract import failures

if TYPE_CHECKING:
    from archivist.extract.reader import Reader
    from archivist.filing.parts import Parts


@dataclass(frozen=True, slots=True)
class Read:
    """A source and what was read of it."""

    source: Source
    extract: Extract


def read(source: Source, reader: Reader, parts: Parts) -> Read:
    """Read the kept bytes of a source; may run in a thread of its own, for it touches no index."""
    return Read(source, unfolded(reader.extract(parts.original(source), source.name)))


def stop_if_not_the_files(failure: str) -> None:
    """A full disk or missing recognition is no fault of the file: the pass ends and nothing is sent back. Nor is a busy
    machine: this file is tried again later.
    """
    if failures.BUSY in failure:
        raise ArchivistError(failures.BUSY)
    if any(reason in failure for reason in (failures.SCRATCH_FULL, failures.OCR_DOWN, failures.WORKERS_DOWN)):
        raise StoreError(failure)
