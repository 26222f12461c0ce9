"""When a decision changes another person's, and what both are told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archivist.core.authority import FOLDER
from archivist.core.overruling import (
    ASK,
    WHATEVER,
    Earlier,
    Overrules,
    Sure,
    overruled,
    reason,
    record,
    told_in,
)

FIRST = Earlier("D00001", 7, "甲", "2024-11-08T09:05:00+08:00", "归到 CS-2018-0001 第4项")


def test_another_decision_than_somebody_elses_asks_and_names_both() -> None:
    with pytest.raises(
        Overrules, match="D00001 已由 甲 于 2024年11月08日 09:05 归到 CS-2018-0001 第4项；乙 现在要改为退回"
    ):
        overruled(FIRST, "乙", "退回", ASK)


@pytest.mark.parametrize(
    ("earlier", "person", "now"), [(None, "乙", "退回"), (FIRST, "甲", "退回"), (FIRST, "乙", FIRST.what)]
)
def test_nothing_of_somebody_elses_is_changed_by_the_first_by_the_same_or_by_agreeing(
    earlier: Earlier | None, person: str, now: str
) -> None:
    assert overruled(earlier, person, now, ASK) is None


def test_what_is_decided_about_may_be_no_document() -> None:
    of_check = replace(FIRST, document="", thing="CS-2018-0001 的 4-2", what="登记为通过")
    with pytest.raises(
        Overrules, match=r"^CS-2018-0001 的 4-2 已由 甲 于 .* 登记为通过；乙 现在要改为取消核验。"
    ):
        overruled(of_check, "乙", "取消核验", ASK)


def test_sure_of_one_decision_is_not_sure_of_a_later_one() -> None:
    assert overruled(FIRST, "乙", "退回", Sure({7})) is not None
    with pytest.raises(Overrules):
        overruled(FIRST, "乙", "退回", Sure({6}))


@pytest.mark.parametrize(
    "earlier",
    [
        Earlier("D00001", 7, "甲", "2024-11-08T09:05:00+08:00", "退回", folder=True),
        Earlier("D00001", 7, FOLDER, "2024-11-08T09:05:00+08:00", "退回"),
    ],
)
def test_a_move_in_a_folder_is_nobodys_own(earlier: Earlier) -> None:
    for person in ("甲", FOLDER):
        with pytest.raises(Overrules, match="有人在文件夹里"):
            overruled(earlier, person, "归到 CS-2018-0001 第4项", ASK)


def test_what_is_left_with_the_document_and_in_the_log_tells_both() -> None:
    change = overruled(FIRST, "乙", "退回", WHATEVER)
    (told,) = reason(change)
    assert told == "原已由 甲 于 2024年11月08日 09:05 归到 CS-2018-0001 第4项；现由 乙 改为退回"
    assert told_in(["由 乙 退回：没有盖章", told]) == told
    assert record(change)["instead_of"] == {"seq": 7, "actor": "甲", "at": FIRST.at, "what": FIRST.what}
    assert (reason(None), record(None), told_in(["由 乙 确认"])) == ((), {}, "")
