"""The state of the eight items."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archivist.core.catalogue.completeness import ItemCount, ItemState, Waiver, completeness

REQUIRED = (1, 2, 3, 4, 5, 6, 7)
COUNTS = st.lists(
    st.builds(ItemCount, st.just("A"), st.integers(1, 8), st.integers(0, 2), st.integers(0, 2), st.just(0)),
    unique_by=lambda count: count.item,
)


@given(COUNTS)
def test_every_required_item_is_in_exactly_one_state(counts: list[ItemCount]) -> None:
    (state,) = completeness(["A"], counts, REQUIRED)
    by_item = {count.item: count for count in counts}
    for item in REQUIRED:
        count = by_item.get(item, ItemCount("A", item, 0, 0))
        expected = (
            ItemState.PRESENT if count.filed else ItemState.REVIEW if count.review else ItemState.MISSING
        )
        assert state.state(item, required=True) is expected
    assert state.complete == all(by_item.get(item) and by_item[item].filed for item in REQUIRED)


@given(COUNTS)
def test_what_nothing_requires_is_never_missing(counts: list[ItemCount]) -> None:
    (state,) = completeness(["A"], counts, REQUIRED)
    assert 8 not in state.missing
    assert 8 not in state.review
    assert state.state(8, required=False) in {ItemState.PRESENT, ItemState.OPTIONAL}


def test_projects_come_back_in_the_order_asked_for_and_one_without_documents_lacks_everything() -> None:
    found = completeness(["B", "A"], [ItemCount("A", 1, 1, 0), ItemCount("C", 2, 1, 0)], REQUIRED)
    assert [(one.project, one.present, one.missing) for one in found] == [
        ("B", (), REQUIRED),
        ("A", (1,), REQUIRED[1:]),
    ]


@given(COUNTS, st.sets(st.integers(1, 8)))
def test_a_waived_item_that_is_not_there_is_waived_and_stands_in_no_way(
    counts: list[ItemCount], free: set[int]
) -> None:
    waivers = [Waiver("A", item, "拆除", "李某", "2026-11-25T10:00:00+08:00") for item in free]
    (state,) = completeness(["A"], counts, REQUIRED, waivers)
    filed = {count.item for count in counts if count.filed}

    assert set(state.waived) == (free & set(REQUIRED)) - filed
    assert not set(state.waived) & {*state.missing, *state.review, *state.present}
    assert state.complete == ((filed | free) >= set(REQUIRED))
    assert all(state.state(item, required=True) is ItemState.WAIVED for item in state.waived)


def test_a_waiver_of_another_project_changes_nothing() -> None:
    (state,) = completeness(["A"], [], REQUIRED, [Waiver("B", 2, "拆除", "李某", "2026-11-25")])

    assert state.missing == REQUIRED
