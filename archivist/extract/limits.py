"""What one file may cost. Every number here stands between a hostile file and the machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LONGEST_SIDE = 2000
"""Pixels: the longest side of a page image given to recognition (171 dpi on A4; more costs much and gains
little).
"""

BATCH_PAGES = 6
"""Pages rendered by one disposable process; at most two batches of one file wait on disk."""

RENDER_CPU_SECONDS, RENDER_WALL_SECONDS = 25, 60.0
"""What drawing one page may cost, if the settings do not say less; the slowest real pages met took 16 of CPU."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file, and the scratch folder (must exist, ASCII path) for what steps leave to each
    other.

    ``wall_seconds``, ``cpu_seconds`` and ``memory_mb`` hold for each disposable step: how long it may sleep without
    working (a busy machine may let it take longer), what it may work, and what it may add to the memory its process
    holds when it starts. ``ocr_page_seconds`` is CPU time, too. The archive limits count real bytes, never the
    declared ones. ``office_seconds`` is what LibreOffice may work, and sleep.
    """

    scratch: Path
    wall_seconds: float = 180.0
    cpu_seconds: int = 60
    memory_mb: int = 1536
    max_pages: int = 500
    max_pixels: int = 120_000_000
    ocr_page_seconds: float = 120.0
    max_members: int = 2000
    max_unpacked_mb: int = 2048
    max_ratio: int = 300
    max_depth: int = 3
    office_seconds: float = 90.0
