"""The five numbers of a meeting, in all wordings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.page import Line, Page
from archivist.core.paper.votes import votes


def counted(text: str) -> dict[str, int]:
    return {one.name: one.number for one in votes([Page(1, tuple(Line(line) for line in text.splitlines()))])}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("应到会36人，实到28人", {"应到": 36, "实到": 28}),
        ("应到：45人 实到：39人", {"应到": 45, "实到": 39}),
        ("应到人数42人  实到人数36人", {"应到": 42, "实到": 36}),
        ("应到三十六人，实到二十八人", {"应到": 36, "实到": 28}),
        ("本村共有村民代表36人，到会31人", {"应到": 36, "实到": 31}),
        ("会议应参加党员25名，实际参加21名", {"应到": 25, "实到": 21}),
        ("应参会36人，实参会30人", {"应到": 36, "实到": 30}),
        ("应出席村民代表40人，实际出席35人", {"应到": 40, "实到": 35}),
        ("应到村民代表36名，实到村民代表30名", {"应到": 36, "实到": 30}),
        ("参会村民代表共32人", {"实到": 32}),
        ("到会人数：28人", {"实到": 28}),
        ("应到（人）：36 实到（人）：30", {"应到": 36, "实到": 30}),
        ("表决情况：同意37人，反对1人，弃权1人", {"同意": 37, "反对": 1, "弃权": 1}),
        ("同意：37  反对：1  弃权：1", {"同意": 37, "反对": 1, "弃权": 1}),
        ("同意（28）反对（1）弃权（0）", {"同意": 28, "反对": 1, "弃权": 0}),
        ("举手表决：赞成28票，反对0票，弃权1票", {"同意": 28, "反对": 0, "弃权": 1}),
        ("同意票28票，反对票0票，弃权票2票", {"同意": 28, "反对": 0, "弃权": 2}),
        ("同意的有28人，反对的有2人，弃权的1人", {"同意": 28, "反对": 2, "弃权": 1}),
        ("经举手表决，30票赞成，2票反对，无人弃权", {"同意": 30, "反对": 2, "弃权": 0}),
        ("同意30票，无反对，无弃权", {"同意": 30, "反对": 0, "弃权": 0}),
        ("同意30票，无人反对、弃权", {"同意": 30, "反对": 0, "弃权": 0}),
        ("赞成票数：廿八票", {"同意": 28}),
        ("不同意2人", {"反对": 2}),
        ("3人不同意", {"反对": 3}),
        (
            "应到36人，实到30人。\n会议一致同意该项目退出。",
            {"应到": 36, "实到": 30, "同意": 30, "反对": 0, "弃权": 0},
        ),
        ("实到30人，全票通过。", {"实到": 30, "同意": 30, "反对": 0, "弃权": 0}),
        ("实到30人，全体代表一致同意退出。", {"实到": 30, "同意": 30, "反对": 0, "弃权": 0}),
        (
            "应到 实到 同意 反对 弃权\n36 30 28 1 1",
            {"应到": 36, "实到": 30, "同意": 28, "反对": 1, "弃权": 1},
        ),
        ("会议应到１２人，实到１０人", {"应到": 12, "实到": 10}),
        ("主持人：今天应到36人，实到30人", {"应到": 36, "实到": 30}),
        # none
        ("全票同意", {}),
        ("大家都不同意37号方案", {}),
        ("三分之二以上同意", {}),
        ("李国华：我看28人同意就可以了", {}),
        ("未能一致同意，实到20人", {"实到": 20}),
        ("是否一致同意，实到20人", {"实到": 20}),
        ("同意的意见记录在案", {}),
        ("出席：张某、李某", {}),
        ("同意2024年底前完成", {}),
    ],
)
def test_the_numbers_are_read(text: str, told: dict[str, int]) -> None:
    assert counted(text) == told


def test_a_head_and_its_numbers_in_boxes_make_a_table() -> None:
    names, numbers = ("应到", "实到", "同意", "反对", "弃权"), ("36", "30", "28", "1", "1")
    lines = [Line(name, (0.1 + 0.15 * at, 0.2, 0.15 + 0.15 * at, 0.22)) for at, name in enumerate(names)]
    lines += [Line(one, (0.1 + 0.15 * at, 0.25, 0.13 + 0.15 * at, 0.27)) for at, one in enumerate(numbers)]

    found = {one.name: one.number for one in votes([Page(1, tuple(lines))])}

    assert found == dict(zip(names, map(int, numbers), strict=True))


@given(*(st.integers(0, 400) for _ in range(5)))
def test_numbers_come_back_as_they_were_written(
    due: int, there: int, yes: int, no: int, abstain: int
) -> None:
    text = f"应到{due}人，实到{there}人。\n表决：同意{yes}票，反对{no}票，弃权{abstain}票。"

    assert counted(text) == {"应到": due, "实到": there, "同意": yes, "反对": no, "弃权": abstain}
