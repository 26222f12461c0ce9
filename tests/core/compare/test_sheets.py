"""Photos of one paper are one paper."""

from __future__ import annotations

from archivist.core.compare.sheets import papers
from support.checking import held


def test_sheets_go_with_the_first_that_has_no_number_in_their_order() -> None:
    first = held(4, "2024-11-09", 1, title="桐子垭村会议记录")
    third, second = (held(4, "2024-11-09", 9 - at, title=f"桐子垭村会议记录（第{at}页）") for at in (3, 2))

    assert papers([third, first, second]) == [(first, second, third)]


def test_two_whole_papers_of_another_day_or_item_or_without_a_title_are_apart() -> None:
    one, other = (
        held(4, "2024-11-09", 1, title="会议记录"),
        held(4, "2024-11-10", 2, title="会议记录（第2页）"),
    )
    twin, nameless = held(4, "2024-11-09", 3, title="会议记录"), held(4, "2024-11-09", 4, title=None)

    assert papers([one, other, nameless]) == [(one,), (other,), (nameless,)]
    assert papers([one, twin]) == [(one,), (twin,)]
