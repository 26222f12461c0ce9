"""What the pipeline asks of extraction, whoever does it: this computer's processes, or others'.

`tests/extract/test_reader_contract.py` holds every reader to it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from archivist.core.page import Extract

if TYPE_CHECKING:
    from archivist.extract.members.archive import Unpacked


class Reader(Protocol):
    """Reads files; `archivist.extract.Extractor` is the one that ships.

    A reader never raises because of a file, never changes one, answers the same for the same bytes, and may be asked
    by several threads at once.
    """

    def extract(self, path: Path, name: str) -> Extract:
        """Read a file, called ``name`` by people; one that cannot be used gives ``failure`` and no pages."""

    def unpack(self, path: Path, name: str, folder: Path) -> Unpacked:
        """Unpack an archive into ``folder``, below which all members lie; a bad one gives ``failure``."""

    def attached(self, path: Path, name: str, folder: Path) -> Unpacked:
        """Take the files within a PDF out into ``folder``; a bad one gives ``failure``."""

    def close(self) -> None:
        """Give up what is under way; closing again changes nothing."""
