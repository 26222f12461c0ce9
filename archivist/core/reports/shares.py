"""Shares of a whole (比例) as honest numbers: 100 % is all of it and 0 % nothing of it, whatever rounding says."""

from __future__ import annotations

STEPS = ("全部", "四分之三以上", "一半以上", "四分之一以上", "不到四分之一")
"""Five steps from all to almost nothing; a shade each."""


def percent(number: int, of: int) -> int:
    """Whole per cent; 0 of nothing. Neither end is reached by rounding."""
    if of <= 0 or number <= 0:
        return 0
    if number >= of:
        return 100
    return min(99, max(1, (200 * number + of) // (2 * of)))


def percent_told(number: int, of: int) -> str:
    """As people read it; — of nothing."""
    return f"{percent(number, of)}%" if of > 0 else "—"


def step(number: int, of: int) -> int | None:
    """Which of `STEPS` a share is, 0 for all of it; None of nothing."""
    if of <= 0:
        return None
    if number >= of:
        return 0
    return 4 - min(3, 4 * number // of)
