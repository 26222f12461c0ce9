"""A decision teaches other names and other titles, and contradictions teach nothing."""

from __future__ import annotations

from archivist.core.identify.lessons import Lesson, learned, lessons_of, taught
from archivist.core.identify.register_index import RegisterIndex, build_index
from archivist.core.identify.whole import Thresholds, identify
from archivist.core.page import Extract
from archivist.core.rules import Annex
from support.read_pages import page

CONFIRMATION = """{place}债务了结确认单
经与承包方核对，就“{name}”实施期间的债权债务确认如下：
以上款项均已结清，双方无其他未了事项，原值与移交手续齐备。
2025年3月20日"""


def test_the_next_document_like_one_decided_by_a_person_is_filed(
    annex: Annex, register: RegisterIndex
) -> None:
    first = page(CONFIRMATION.format(place="青杠岭村", name="岭上羊子场黑山羊项目"))
    second = page(CONFIRMATION.format(place="青杠岭村", name="岭上羊子场黑山羊项目") + "\n复核人签字")
    (before,) = identify(Extract("pdf", (first,)), annex, register, Thresholds())

    lessons = learned(lessons_of([first], "DZ-2018-0017", 8, register))
    projects = [entry.project for entry in register.entries.values()]
    wiser = build_index(projects, annex.generic_words, lessons.names)
    (after,) = identify(Extract("pdf", (second,)), taught(annex, lessons), wiser, Thresholds())

    assert not before.decided
    assert [(c.project, c.item) for c in after.decided] == [("DZ-2018-0017", 8)]


def test_words_that_two_decisions_disagree_on_teach_nothing() -> None:
    lessons = [
        Lesson("债务了结确认单", item=8),
        Lesson("债务了结确认单", item=2),
        Lesson("羊子场项目", project="A"),
    ]

    summed = learned(lessons)

    assert summed.endings == {}
    assert summed.names == {"A": ("羊子场项目",)}


def test_the_name_of_another_project_is_never_learned(annex: Annex, register: RegisterIndex) -> None:
    text = page("会议记录\n讨论“青杠岭村黑山羊饲草基地项目”的事")

    names = [lesson.words for lesson in lessons_of([text], "DZ-2018-0017", 4, register) if lesson.project]

    assert names == []


def test_known_titles_are_not_learned_twice(annex: Annex) -> None:
    wiser = taught(annex, learned([Lesson("会议记录", item=4), Lesson("羊事流水单", item=8)]))

    assert annex.kind("record").endings == wiser.kind("record").endings
    assert wiser.kind("other").endings[-1] == "羊事流水单"


def test_an_unknown_project_and_an_empty_source_teach_nothing(register: RegisterIndex) -> None:
    assert lessons_of([page("羊事流水单")], "没有的编号", 8, register) == []
    assert lessons_of([], "DZ-2018-0017", 8, register) == []


def test_what_the_rules_send_back_teaches_no_title_whoever_filed_it(
    annex: Annex, register: RegisterIndex
) -> None:
    invoice = page("重庆增值税普通发票\n发票代码 发票号码 价税合计")

    assert lessons_of([invoice], "DZ-2018-0017", 8, register, annex) == []


def test_names_too_short_or_of_another_product_or_known_already_are_not_learned(
    register: RegisterIndex,
) -> None:
    known = "珠溪镇青杠岭村黑山羊标准化养殖场项目"
    text = page(f"事项\n“羊场”“区农业农村委员会通知”“{known}”")

    assert lessons_of([text], "DZ-2018-0017", 4, register) == []


def test_a_title_is_learned_off_the_first_line_that_is_no_running_text(register: RegisterIndex) -> None:
    text = page("甲\n今天收到一批材料。\n关于青杠岭村羊事流水单")

    assert lessons_of([text], "DZ-2018-0017", 8, register) == [Lesson("羊事流水单", item=8)]
    assert lessons_of([page("甲\n乙\n丙")], "DZ-2018-0017", 8, register) == []


def test_a_name_that_two_projects_were_taught_names_neither() -> None:
    assert learned([Lesson("羊子场", project="A"), Lesson("羊子场", project="B")]).names == {}
