"""Chromium without a window: what pages look like to people is asked of a real browser."""

from __future__ import annotations

import subprocess
from pathlib import Path

from support.programs import CHROMIUM

LONG = 120.0
"""Seconds after which a test gives up; no claim is made about how long anything takes."""

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-pdf-header-footer",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def browse(page: Path, *options: str) -> str:
    """Open ``page`` with its own profile beside it; what the browser writes to its standard output."""
    command = [
        CHROMIUM or "chromium",
        *FLAGS,
        f"--user-data-dir={page.parent / 'profile'}",
        *options,
        page.as_uri(),
    ]
    ran = subprocess.run(command, check=True, capture_output=True, timeout=LONG)
    return ran.stdout.decode("utf-8")


def printed_pages(page: bytes, folder: Path) -> int:
    """Sheets a browser prints a page on."""
    import pypdfium2

    source, target = folder / "page.html", folder / "page.pdf"
    source.write_bytes(page)
    browse(source, f"--print-to-pdf={target}")
    return len(pypdfium2.PdfDocument(target))
