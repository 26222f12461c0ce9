"""The history of a dossier replays to the present, and taking a change back leads to what was before."""

from __future__ import annotations

import json

from hypothesis import given as drawn
from hypothesis import strategies as st

from archivist.core.dossier.differences import (
    applied,
    change_from,
    differences,
    replayed,
    told,
    undoing,
)
from archivist.core.dossier.values import EMPTY, Dossier
from support.dossiers import BOOK, CLAIM, DEBT, DOSSIERS, SHED, dossier


@drawn(st.lists(DOSSIERS, max_size=5))
def test_a_history_replays_to_the_present(versions: list[Dossier]) -> None:
    history = [
        differences(BOOK, one, other) for one, other in zip([EMPTY, *versions], versions, strict=False)
    ]
    kept = json.loads(json.dumps([[one.record() for one in changes] for changes in history]))

    assert replayed(BOOK, [[change_from(one) for one in changes] for changes in kept]) == (
        versions[-1] if versions else EMPTY
    )


@drawn(DOSSIERS, DOSSIERS)
def test_what_is_taken_back_is_as_before(before: Dossier, after: Dossier) -> None:
    changes = differences(BOOK, before, after)

    assert applied(BOOK, before, changes) == after
    assert applied(BOOK, after, undoing(changes)) == before
    assert (changes == ()) == (before == after)


def test_changes_are_told_row_by_row_in_the_fields_words() -> None:
    before = dossier(资产=[SHED, {"资产名称": "水泵", "数量": 2}], 债权债务=[DEBT], 土地=[])
    after = dossier(
        资产=[{**SHED, "原值": "61", "现状": "闲置", "权属": ""}], 债权债务=[DEBT, CLAIM], 评估=[]
    )
    changes = differences(BOOK, before, after)

    lines = list(told(BOOK, changes))

    assert "“资产”1　原值（万元）：“60.5”→“61”" in lines
    assert "“资产”1　现状：填写“闲置”" in lines
    assert "“资产”1　权属：“集体”→ 空" in lines
    assert [line for line in lines if "“资产”2" in line] == ["“资产”2：删除这一行"]
    assert "“债权债务”2：新增一行" in lines
    assert "“土地”：不再登记" in lines and "“评估”：登记（没有的写无）" in lines
    assert [one.contradicts for one in changes if one.field == "现状"] == [False]
    assert [one.contradicts for one in changes if one.field == "原值"] == [True]
    assert list(
        told(
            BOOK, [change_from({"section": "资产", "key": "1", "field": "颜色", "before": "", "after": "红"})]
        )
    ) == ["“资产”1　颜色：填写“红”"]
