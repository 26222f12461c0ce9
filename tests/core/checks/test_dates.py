"""Dates after today (日期有误)."""

from __future__ import annotations

from archivist.core.checks import findings_of
from support.checking import IN_ORDER, RULES, TODAY, whole


def test_a_date_after_today_is_an_error_and_today_is_none() -> None:
    days = {**IN_ORDER, 7: "2026-02-01"}
    last = {**IN_ORDER, 7: "2026-01-31"}

    assert [one.code for one in findings_of(whole(days), RULES, TODAY)] == ["future-date"]
    assert findings_of(whole(last), RULES, TODAY) == []
