"""Word files turned into other files by LibreOffice, as whoever prints them sees them."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from support.programs import OFFICE


def converted(folder: Path, documents: Sequence[Path], form: str = "pdf") -> list[Path]:
    """Convert ``documents`` into ``folder``; return the files, in order."""
    command = [
        OFFICE or "libreoffice",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        form,
        "--outdir",
        str(folder),
        *map(str, documents),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return [folder / f"{document.stem}.{form}" for document in documents]
