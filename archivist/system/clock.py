"""The clock on the wall (时钟): the only one that names times for people and events."""

from __future__ import annotations

from datetime import datetime


def now() -> str:
    """The time with its zone, ISO 8601, to the second: what an auditor compares with a clock on the wall."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def iso(seconds: float) -> str:
    """Seconds since 1970 as ISO 8601, in local time."""
    return datetime.fromtimestamp(seconds).astimezone().isoformat(timespec="seconds")
