"""Time only goes forward (时间): when an event's time cannot be true beside that of the event before it. In ISO 8601."""

from __future__ import annotations

from datetime import datetime, timedelta

TOLERANCE = timedelta(minutes=10)
"""Clocks of two computers that work on one archive differ, and a clock is set right by some minutes."""

FAR = timedelta(days=366)
"""An archive that nobody touched for so long is possible; a clock that was set forward is more likely."""


def moment(at: str) -> datetime | None:
    """The instant of a time with its zone; None when it is none."""
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def goes_back(before: str, at: str) -> bool:
    """Whether ``at`` lies before ``before`` by more than clocks differ."""
    first, then = moment(before), moment(at)
    return first is not None and then is not None and then < first - TOLERANCE


def jumps_ahead(before: str, at: str) -> bool:
    """Whether ``at`` lies so long after ``before`` that the clock may have been set forward."""
    first, then = moment(before), moment(at)
    return first is not None and then is not None and then > first + FAR


def clock_told(before: str, at: str) -> str:
    """What to tell of a clock whose time is ``at``, the last event being of ``before``; "" when it may be right."""
    if goes_back(before, at):
        return f"这台电脑的时间（{at}）早于上一条记录的时间（{before}），时钟可能被调慢过"
    if jumps_ahead(before, at):
        return f"这台电脑的时间（{at}）比上一条记录的时间（{before}）晚了一年以上，时钟可能被调快过"
    return ""
