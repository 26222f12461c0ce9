"""What the pipeline asks of extraction, whoever does it: this computer's processes, or others'."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from archivist.core.model import Extract

if TYPE_CHECKING:
    from archivist.extract.members.archive import Unpacked


class Reader(Protocol):
    """What the pipeline asks of extraction; `archivist.extract.Extractor` is the one that ships."""

    def extract(self, path: Path, name: str) -> Extract:
        """Read a file; one that cannot be used gives ``failure``."""

    def unpack(self, path: Path, name: str, folder: Path) -> Unpacked:
        """Unpack an archive into ``folder``."""

    def attached(self, path: Path, name: str, folder: Path) -> Unpacked:
        """Take the files within a PDF out into ``folder``."""

    def close(self) -> None:
        """Give up what is under way."""
