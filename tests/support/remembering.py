"""Keep what was read of a file, so that a trial of other wordings or rules need not recognise its pages again."""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.core.page import Extract

if TYPE_CHECKING:
    from archivist.extract import Unpacked
    from archivist.extract.reader import Reader


class Remembering:
    """A reader that asks ``inner`` only for bytes it has not read before (kept in ``folder``, for trials only)."""

    def __init__(self, inner: Reader, folder: Path) -> None:
        self.inner, self.folder = inner, folder
        folder.mkdir(parents=True, exist_ok=True)

    def extract(self, path: Path, name: str) -> Extract:
        """Read a file, or recall what was read of the same bytes."""
        kept = self.folder / f"{hashlib.sha256(path.read_bytes()).hexdigest()}.pickle"
        if kept.exists():
            found = pickle.loads(kept.read_bytes())
            assert isinstance(found, Extract)
            return found
        found = self.inner.extract(path, name)
        kept.write_bytes(pickle.dumps(found))
        return found

    def unpack(self, path: Path, name: str, folder: Path) -> Unpacked:
        """Unpack an archive."""
        return self.inner.unpack(path, name, folder)

    def attached(self, path: Path, name: str, folder: Path) -> Unpacked:
        """Take the files within a PDF out."""
        return self.inner.attached(path, name, folder)

    def close(self) -> None:
        """Give up what is under way."""
        self.inner.close()
