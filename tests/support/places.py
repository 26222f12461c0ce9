"""Where things are in a checkout."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent
PACKAGE = ROOT / "archivist"
SCHEMAS = ROOT / "schemas"
SAMPLES = TESTS / "samples" / "files"
DATA = TESTS / "extract" / "data"
"""Files of many formats, small and whole."""
