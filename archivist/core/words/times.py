"""Times as people read them (时间). Times are ISO 8601 with their zone; what is none is shown as it stands."""

from __future__ import annotations

from datetime import datetime


def full(moment: datetime) -> str:
    """To the second, for the foot of a page: 2024年11月08日 09:05:00."""
    return moment.strftime("%Y年%m月%d日 %H:%M:%S")


def minute(at: str) -> str:
    """To the minute, in a sentence: 2024年11月08日 09:05."""
    return _shown(at, "%Y年%m月%d日 %H:%M")


def second(at: str) -> str:
    """To the second, on a terminal: 2024-11-08 09:05:00."""
    return _shown(at, "%Y-%m-%d %H:%M:%S")


def short(at: str) -> str:
    """Without the year, in a list of what happened lately: 11-08 09:05."""
    return _shown(at, "%m-%d %H:%M")


def _shown(at: str, form: str) -> str:
    try:
        return datetime.fromisoformat(at).strftime(form)
    except ValueError:
        return at
