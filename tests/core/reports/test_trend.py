"""What stood at the end of each month, by events and by spans of time."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from archivist.core.reports.trend import Change, Presence, month_told, months_to, standing

MONTHS = months_to(date(2025, 2, 10), 4)


def filed(document: str, month: str, project: str | None = "甲", item: int | None = 1) -> Change:
    return Change(document, f"{month}-15T10:00:00+08:00", True, project, item)


def waiting(document: str, month: str) -> Change:
    return Change(document, f"{month}-20T10:00:00+08:00", False, None, None)


def counted(
    *changes: Change, required: tuple[int, ...] = (1,), numbers: dict[str, str] | None = None
) -> list[int]:
    presence = Presence(MONTHS, required, numbers)
    presence.take(changes)
    return presence.complete(["甲", "乙"])


def test_months_run_to_this_one_over_the_new_year() -> None:
    assert MONTHS == ("2024-11", "2024-12", "2025-01", "2025-02")
    assert month_told("2025-01") == "2025年1月"


def test_a_project_counts_from_the_month_its_last_item_came() -> None:
    assert counted(filed("D1", "2024-11"), filed("D2", "2025-01", item=2), required=(1, 2)) == [0, 0, 1, 1]


def test_what_was_filed_before_all_months_stands_in_each_and_what_comes_later_in_none() -> None:
    assert counted(filed("D1", "2019-01")) == [1, 1, 1, 1]
    assert counted(filed("D1", "2025-03")) == [0, 0, 0, 0]


def test_what_was_taken_back_counts_no_longer() -> None:
    assert counted(filed("D1", "2024-11"), waiting("D1", "2025-01")) == [1, 1, 0, 0]


def test_what_came_and_went_within_a_month_stood_at_no_end_of_one() -> None:
    assert counted(filed("D1", "2024-12"), waiting("D1", "2024-12")) == [0, 0, 0, 0]


def test_another_document_takes_the_place_of_one_taken_back() -> None:
    assert counted(filed("D1", "2024-11"), waiting("D1", "2024-12"), filed("D2", "2025-01")) == [1, 0, 1, 1]


def test_a_document_moved_to_another_project_counts_there() -> None:
    assert counted(filed("D1", "2024-11"), filed("D1", "2025-01", "乙")) == [1, 1, 1, 1]
    assert counted(filed("D1", "2024-11"), filed("D1", "2025-01", "丙")) == [1, 1, 0, 0]


def test_a_former_number_is_the_project_of_now() -> None:
    assert counted(filed("D1", "2024-11", "OLD-1"), numbers={"old-1": "甲"}) == [1, 1, 1, 1]


def test_items_that_need_not_be_there_and_papers_of_no_project_count_for_nothing() -> None:
    assert counted(
        filed("D1", "2024-11", item=8), filed("D2", "2024-11", None), filed("D3", "2024-11", item=None)
    ) == [
        0,
        0,
        0,
        0,
    ]


def test_a_waived_item_is_enough_from_then_on() -> None:
    presence = Presence(MONTHS, (1, 2))
    presence.take([filed("D1", "2024-11")])
    presence.waived("甲", 2, "2024-12-31T23:00:00+08:00")

    assert presence.complete(["甲"]) == [0, 1, 1, 1]


def test_no_events_are_no_projects() -> None:
    assert counted() == [0, 0, 0, 0]


def test_spans_stand_until_the_month_they_end() -> None:
    spans = [
        ("2024-11-03", None),
        ("2024-11-03", "2025-01-02"),
        ("2023-01-01", "2024-10-01"),
        ("2025-03-01", None),
    ]

    assert standing(spans, MONTHS) == [2, 2, 1, 1]


@given(
    st.lists(st.tuples(st.sampled_from(["D1", "D2", "D3"]), st.integers(0, 5), st.booleans()), max_size=12)
)
def test_what_is_counted_is_what_a_replay_of_the_log_finds(acts: list[tuple[str, int, bool]]) -> None:
    """Against the plain way: the last event of each document before each month's end."""
    when = ("2024-10", *MONTHS, "2025-03")
    changes = sorted(
        (
            Change(document, f"{when[at]}-{number + 1:02d}", there, "甲", 1)
            for number, (document, at, there) in enumerate(acts)
        ),
        key=lambda one: (one.document, one.at),
    )
    expected = []
    for month in MONTHS:
        last = {one.document: one.filed for one in changes if one.at[:7] <= month}
        expected.append(int(any(last.values())))
    presence = Presence(MONTHS, (1,))
    presence.take(changes)

    assert presence.complete(["甲"]) == expected
