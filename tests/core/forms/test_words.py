"""What is said of forms in folders, and other words for a choice."""

from __future__ import annotations

from typing import Any

import pytest

from archivist.core.drafts.kinds import parse_kind
from archivist.core.drafts.values import coerce
from archivist.core.words.forms import (
    MOST_TOLD,
    form_note,
    form_told,
    is_wrong,
    made_note,
    some_told,
    unmade_note,
)
from support.drafting import KINDS
from support.forms import field, small_kind


def test_what_became_of_a_form_is_told_with_what_is_to_be_mended() -> None:
    good, bad, of_nobody = (
        form_told("方案", *counts, "公文") for counts in ((2, 0, 0), (0, 1, 3), (1, 0, 1))
    )

    assert good == ("这是“方案”的填写表，不归档：生成了 2 份公文，在“公文”里",)
    assert bad[1] == "有 3 处要改正，1 个项目没有生成：在表里改好，再放进来一次"
    assert of_nobody[1] == "有 1 处要改正：在表里改好，再放进来一次"
    assert [is_wrong(told) for told in (good, bad, of_nobody, ("这张填写表读不出来",))] == [
        False,
        True,
        True,
        True,
    ]
    assert not is_wrong((*good, "没有填写的 2 个项目没有生成"))


def test_very_many_mistakes_are_told_in_part_and_how_many_more_there_are() -> None:
    lines = [f"第{at}处" for at in range(MOST_TOLD + 3)]

    assert some_told(lines[:MOST_TOLD]) == tuple(lines[:MOST_TOLD])
    assert some_told(lines)[-1] == "另有 3 处，先改上面这些" and len(some_told(lines)) == MOST_TOLD + 1


def test_notes_name_no_commands_and_say_what_to_do() -> None:
    notes = [
        form_note(["甲"], "专班办公室"),
        made_note("a.docx", ["会议地点"], "表.xlsx"),
        made_note("a.docx", [], "表.xlsx"),
        unmade_note("方案", ["表“填写表”第6行：错"], "表.xlsx"),
    ]

    assert not any("archivist" in note for note in notes)
    assert (
        "专班办公室" in notes[0]
        and "会议地点" in notes[1]
        and "没有【待填】的地方" in notes[2]
        and "第6行" in notes[3]
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [("村集体", "集体"), ("集 体", "集体"), ("国有", "国有"), ("私人", "私人"), (True, "是"), ("", "")],
)
def test_other_words_of_the_register_are_taken_for_a_choice(written: object, meant: str) -> None:
    assert coerce(field(small_kind(), "权属"), written) == meant


def test_signs_are_taken_for_choices_where_the_schema_says_so() -> None:
    survey = next(kind for kind in KINDS if kind.slug == "survey-form")

    assert [coerce(survey.field("是否脱贫村"), word) for word in ("√", "×", "非脱贫村")] == ["是", "否", "否"]


def test_every_other_word_of_the_shipped_kinds_means_a_choice_of_its_field() -> None:
    fields = [one for kind in KINDS for each in kind.fields for one in (each, *each.columns)]

    assert sum(len(one.also) for one in fields) > 50
    assert all(choice in one.choices for one in fields for _, choice in one.also)


@pytest.mark.parametrize(
    ("also", "told"),
    [
        ({"私人": ["个人"]}, "应写成"),
        (["集体"], "应写成"),
        ({"集体": ["公家"], "国有": ["公家"]}, "“公家”写了两次，或本来就是一个选项"),
        ({"集体": ["国有"]}, "“国有”写了两次，或本来就是一个选项"),
    ],
)
def test_words_that_mean_nothing_or_two_things_are_told(also: Any, told: str) -> None:
    schema = {
        "title": "甲",
        "properties": {"权属": {"type": "string", "enum": ["集体", "国有"], "x-also": also}},
    }
    problems: list[str] = []
    parse_kind("a", schema, "a.schema.json", "a.docx", [1], problems)

    assert len(problems) == 1 and told in problems[0]
