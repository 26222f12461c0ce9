"""Two editions of a paper stand in the way until a person says which counts; both are told with page and words."""

from __future__ import annotations

from dataclasses import replace

from archivist.core.checks.values import Checked, Outcome, ProjectFile
from archivist.core.document import Holding
from archivist.core.model import Severity
from archivist.core.paper.editions import correction, edition
from support.checking import RULES, held, outcomes, whole

HERE, THERE = [(2, "会议议定补偿38万元")], [(1, "会议议定补偿30万元")]


def checked(*documents: Holding) -> Checked:
    return outcomes(ProjectFile("A", "x", "淘汰类", documents))["editions"]


def second(substance: bool = True, item: int = 5) -> Holding:
    return held(item, "2024-11-01", 2, facts=(edition("D00001", "资金不同", substance, HERE, THERE),))


def test_papers_without_another_edition_pass_and_no_papers_have_nothing_to_compare() -> None:
    assert outcomes(whole({}))["editions"].outcome is Outcome.PASSED
    assert checked().outcome is Outcome.NOT_NEEDED


def test_two_of_other_words_are_told_side_by_side() -> None:
    (found,) = checked(held(5, "2024-11-01", 1), second()).findings
    assert (found.code, found.severity, found.item) == ("edition-differs", Severity.ERROR, 5)
    assert (found.document, found.page, found.quote) == ("D00002", 2, "会议议定补偿38万元")
    assert (found.other_document, found.other_page, found.other_quote) == ("D00001", 1, "会议议定补偿30万元")
    assert all(
        words in found.message
        for words in ("38万元", "30万元", "资金不同", "archivist version D00002 --replaces D00001")
    )


def test_where_nobody_can_say_which_copy_is_better_a_reason_is_asked() -> None:
    (found,) = checked(held(5, "2024-11-01", 1), second(substance=False)).findings
    assert (found.code, found.severity) == ("edition-unclear", Severity.WARNING)


def test_the_question_is_gone_when_one_counts_in_the_others_place_or_was_filed_elsewhere() -> None:
    assert checked(second()).findings == ()
    assert checked(held(4, "2024-11-01", 1), second()).findings == ()


def test_a_correction_stands_in_the_way_until_it_is_said_what_it_replaces() -> None:
    one = held(
        5, "2024-11-01", 2, title="关于更正会议纪要的通知", facts=(correction("关于更正会议纪要的通知", 1),)
    )
    (found,) = checked(one).findings
    assert (found.code, found.severity, found.quote) == (
        "correction",
        Severity.ERROR,
        "关于更正会议纪要的通知",
    )
    assert checked(replace(one, replaces=("D00001",))).findings == ()


def test_without_the_rule_nothing_is_asked() -> None:
    rules = replace(RULES, procedure=replace(RULES.procedure, editions=None))
    from archivist.core.checks.editions import editions
    from support.checking import TODAY

    assert list(editions(ProjectFile("A", "x", "淘汰类", (second(),)), rules, TODAY)) == []
