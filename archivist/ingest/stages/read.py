"""Received → Read (识读): what a source says, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.core.document import Source
from archivist.core.page import Extract
from archivist.core.paper.spread import unfolded
from archivist.errors import ArchivistError, StoreError
from archivist.extract import failures
from archivist.extract.kinds import kind_at

if TYPE_CHECKING:
    from archivist.extract.reader import Reader
    from archivist.filing.parts import Parts
    from archivist.ingest.members import Members, Opened

ARCHIVE = "zip"
"""The kind of a file that is nothing but others."""


@dataclass(frozen=True, slots=True)
class Read:
    """A source, what was read of it, and the files that lay within it, taken out but not safe yet."""

    source: Source
    extract: Extract
    opened: Opened | None = None


def read(source: Source, reader: Reader, parts: Parts, members: Members | None = None) -> Read:
    """Read the kept bytes of a source; may run in a thread of its own, for it touches no index.

    Args:
        members: takes out what lies within the file; None looks at the file itself only.
    """
    if members is not None and kind_at(parts.original(source)) == ARCHIVE:
        return Read(source, Extract(ARCHIVE), members.of_archive(source))
    extract = unfolded(reader.extract(parts.original(source), source.name))
    if members is None or extract.failure:
        return Read(source, extract)
    return Read(source, extract, members.of_pdf(source, extract))


def stop_if_not_the_files(failure: str) -> None:
    """A full disk or missing recognition is no fault of the file: the pass ends and nothing is sent back. Nor is a busy
    machine: this file is tried again later.
    """
    if failures.BUSY in failure:
        raise ArchivistError(failures.BUSY)
    if any(reason in failure for reason in (failures.SCRATCH_FULL, failures.OCR_DOWN, failures.WORKERS_DOWN)):
        raise StoreError(failure)
