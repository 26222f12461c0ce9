"""What a person verified by hand counts for the papers that were there, and what software sees wrong no word makes right."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from archivist.core.fourproperties.judging import examined, refused
from archivist.core.fourproperties.manual import Act, Manual, basis_of, taken_back
from archivist.core.fourproperties.values import Judged, Result
from archivist.core.proposal import Hand
from support.fourproperties import FOUR, PAPERS, facts, paper, seen

NOBODY = Hand("冯某", "", "", "feng")
HEAD = Hand("蒋某", "工作专班办公室", "专班", "jiang")


def verified(code: str = "4-2", result: str = "通过", by: Hand = HEAD, papers: Any = PAPERS) -> Manual:
    return Manual("A", code, result, "病毒库11月28日", basis_of(papers), by, "2026-01-30T10:00:00+08:00")


def judged(manual: Manual, **more: Any) -> Judged:
    papers = more.pop("papers", PAPERS)
    found = examined(facts(papers, **more), FOUR, [manual])
    return next(one for one in found.judged if one.rule.code == manual.code)


def test_it_stands_for_what_software_cannot_tell() -> None:
    for result in (Result.PASSED, Result.FAILED):
        one = judged(verified(result=result.value))
        assert (one.result, one.manual is not None) == (result, True)
        assert "2026-01-30 由蒋某（工作专班办公室，专班；系统用户 jiang）核验：病毒库11月28日" in one.told


def test_who_is_told_without_a_register_of_people_too() -> None:
    assert verified(by=NOBODY).who == "冯某（没有人员名册，未核对权限；系统用户 feng）"
    assert verified(
        by=NOBODY._replace(user="冯某") if hasattr(NOBODY, "_replace") else replace(NOBODY, user="冯某")
    ).who == ("冯某（没有人员名册，未核对权限）")


CHANGES: list[tuple[Any, str]] = [
    (PAPERS[1:], "材料 D00001 已不在"),
    ((replace(PAPERS[0], path_sha256="f" * 64), *PAPERS[1:]), "换过内容"),
    ((replace(PAPERS[0], wrong="altered"), *PAPERS[1:]), "被改动或替换了"),
    ((replace(PAPERS[0], wrong="gone"), *PAPERS[1:]), "被删除或移走了"),
    ((*PAPERS, paper(8, 90)), "以后又归档了 D00090"),
    ((*PAPERS, *(paper(8, number) for number in (90, 91, 92, 93))), "以后又归档了 D00090、D00091、D00092等"),
]


@pytest.mark.parametrize(("papers", "told"), CHANGES)
def test_it_counts_no_longer_when_the_papers_changed_and_says_so(papers: Any, told: str) -> None:
    one = judged(verified(), papers=papers)

    assert (one.result, one.manual) == (Result.BY_HAND, None)
    assert told in one.told and told in one.void
    assert "登记为通过；但" in one.told and "不再算数，请重新核验" in one.told


def test_it_counts_no_longer_when_a_file_is_seen_to_be_another_before_anybody_was_told() -> None:
    for there, told in (
        (seen(PAPERS[0], sha256="f"), "被改动或替换了"),
        (seen(PAPERS[0], size=None, sha256=""), "被删除"),
    ):
        one = judged(verified(), seen={it.id: seen(it) for it in PAPERS} | {"D00001": there})
        assert (one.result, told in one.void) == (Result.BY_HAND, True)
    unread = judged(verified(), seen={it.id: seen(it, sha256="") for it in PAPERS})
    assert unread.result is Result.PASSED, "what nobody read is as it was recorded"


def test_what_software_finds_wrong_is_wrong_whatever_was_recorded() -> None:
    one = judged(verified("2-4"), numbered=False)

    assert (one.result, one.manual) == (Result.FAILED, None)
    assert "登记为通过，与检测结果不符" in one.told


def test_what_a_person_finds_wrong_is_wrong_though_software_saw_nothing() -> None:
    one = judged(verified("1-1", "不通过"))

    assert (one.result, one.manual is not None) == (Result.FAILED, True)
    agreed = judged(verified("1-1"))
    assert (agreed.result, agreed.manual is not None, agreed.told) == (Result.PASSED, True, "7 份都通过")
    none = judged(verified("1-12"))
    assert (none.result, none.manual) == (Result.NONE, None)


def test_what_may_not_be_recorded_is_told() -> None:
    wrong = {one.id: seen(one, sha256="f") for one in PAPERS}
    by_code = {one.rule.code: one for one in examined(facts(seen=wrong), FOUR).judged}

    def why(code: str, result: str = "通过") -> str:
        return refused(by_code[code].rule, by_code[code], result)

    assert why("4-2") == why("4-2", "不通过") == why("1-1", "不通过") == ""
    assert "检测不通过" in why("1-1") and "请先改正" in why("1-1")
    assert "不适用" in why("1-12")
    assert "已由软件检测通过" in why("1-2")


@pytest.mark.parametrize("code", ["1-7", "1-8", "2-6"])
def test_what_goes_by_numbers_is_not_right_by_anybodys_word_before_there_are_numbers(code: str) -> None:
    found = examined(facts(numbered=False), FOUR).judged
    alone = next(one for one in found if one.rule.code == code)
    kept = judged(verified(code), numbered=False)

    assert "请先编档号" in refused(alone.rule, alone, "通过")
    assert refused(alone.rule, alone, "不通过") == ""
    assert (kept.result, kept.manual) == (Result.BY_HAND, None)
    assert "没有编档号以前，不算数" in kept.told
    assert judged(verified(code)).result is Result.PASSED
    assert judged(verified(code, "不通过"), numbered=False).result is Result.FAILED


def act(result: str, by: str, minute: int, code: str = "4-2") -> Act:
    return Act(code, result, f"{by}的说明", by, f"2026-01-30T10:{minute:02d}:00+08:00")


def test_what_was_found_wrong_and_does_not_stand_any_more_is_told_with_who_when_and_why() -> None:
    acts = [
        *(act("通过", "甲", 1), act("不通过", "乙", 2), act("不通过", "乙", 3), act("", "丙", 4)),
        *(act("不通过", "丁", 5), act("", "戊", 6, "4-1"), act("通过", "戊", 7), act("", "戊", 8)),
    ]
    undone = taken_back(acts)
    told = [
        "曾由 乙 于 2026年01月30日 10:03 登记为不通过（乙的说明），丙 于 2026年01月30日 10:04 取消（丙的说明）",
        "曾由 丁 于 2026年01月30日 10:05 登记为不通过（丁的说明），戊 于 2026年01月30日 10:07 改登记为通过（戊的说明）",
    ]

    assert [one.told for one in undone] == told
    found = {one.rule.code: one for one in examined(facts(), FOUR, (), undone).judged}
    assert found["4-2"].result is Result.BY_HAND
    assert found["4-2"].told == "。".join((found["4-2"].rule.ask, *told))
    assert found["4-1"].told == found["4-1"].rule.ask
    stands = taken_back(acts[:3])
    assert stands == [], "what still stands is told as the result"


def test_records_tell_each_check_and_each_of_each_file() -> None:
    found = examined(facts(), FOUR, [verified()])
    records = list(found.records())
    one = next(record for record in records if record["code"] == "4-2")

    assert len(records) == len(FOUR.checks) + len(found.files)
    assert one["verified"] == {
        "result": "通过",
        "note": "病毒库11月28日",
        "by": HEAD.record(),
        "at": "2026-01-30T10:00:00+08:00",
    }
    assert {record["document"] for record in records} == {None, *(one.id for one in PAPERS)}
    assert sum(found.count(result) for result in Result) == len(FOUR.checks)
    assert FOUR.find("9-9") is None
