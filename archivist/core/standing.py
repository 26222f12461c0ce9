"""States of a filed copy that is not as it was filed (保管状况)."""

from __future__ import annotations

ALTERED, GONE = "altered", "gone"
