"""Projects counted by township and item."""

from __future__ import annotations

from archivist.core.catalogue.completeness import Completeness, ItemStanding, ItemState
from archivist.core.reports.listings import ItemName
from archivist.core.reports.report import GridCell
from archivist.core.reports.standing import NOWHERE, Count, Counting

ITEMS = (ItemName(1, "调查表", True), ItemName(2, "报告", True), ItemName(8, "其他", False))


def project(*states: ItemState) -> Completeness:
    items = (
        ItemStanding(one.number, state, (), one.required) for one, state in zip(ITEMS, states, strict=True)
    )
    return Completeness("甲", tuple(items))


GOOD = project(ItemState.PRESENT, ItemState.WAIVED, ItemState.OPTIONAL)
BAD = project(ItemState.MISSING, ItemState.CHECK, ItemState.UNQUALIFIED)


def test_each_township_and_all_are_counted() -> None:
    counting = Counting().taken([("石坝镇", GOOD, True), ("石坝镇", BAD, False), ("", BAD, False)])
    here, nowhere = counting.townships["石坝镇"], counting.townships[NOWHERE]

    assert (here.projects, here.complete, here.deregistered) == (2, 1, 1)
    assert (nowhere.projects, nowhere.complete) == (1, 0)
    assert (counting.all.projects, counting.all.complete, counting.all.deregistered) == (3, 1, 1)


def test_enough_is_what_is_there_or_need_not_be() -> None:
    counting = Counting().taken([("石坝镇", GOOD, False), ("石坝镇", BAD, False)])

    assert [counting.all.enough(one.number) for one in ITEMS] == [GridCell(1, 2)] * 3
    assert counting.all.of(1, ItemState.MISSING) == 1
    assert counting.all.of(2, ItemState.MISSING) == 0
    assert counting.all.enough(99) == GridCell(0, 2)


def test_the_record_tells_every_state_of_every_item() -> None:
    count = Count("石坝镇")
    count.add(BAD, False)
    record = count.record(ITEMS)

    assert record["items"] == [
        {
            "item": one.number,
            "name": one.short,
            "enough": 0,
            "states": {state.value: int(state is found) for state in ItemState},
        }
        for one, found in zip(ITEMS, (ItemState.MISSING, ItemState.CHECK, ItemState.UNQUALIFIED), strict=True)
    ]
