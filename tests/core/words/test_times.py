"""Times as people read them."""

from __future__ import annotations

from datetime import UTC, datetime

from archivist.core.words.times import full, minute, second, short

AT = "2024-11-08T09:05:07+08:00"


def test_each_place_has_its_own_length() -> None:
    assert (minute(AT), second(AT), short(AT)) == (
        "2024年11月08日 09:05",
        "2024-11-08 09:05:07",
        "11-08 09:05",
    )
    assert full(datetime(2024, 11, 8, 9, 5, 7, tzinfo=UTC)) == "2024年11月08日 09:05:07"


def test_what_is_no_time_is_shown_as_it_stands() -> None:
    assert {shown("某年某月") for shown in (minute, second, short)} == {"某年某月"}
