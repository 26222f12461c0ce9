"""The number of a form: what it tells, and where it is looked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archivist.core.forms.number import FormNumber, edition_of, number_in, number_seen, workspace_mark
from support.forms import small_kind

NUMBER = FormNumber("village-record", "3fa29c1d", "20241220", "0123abcd")


def test_a_number_is_read_out_of_whatever_stands_around_it() -> None:
    assert number_in(f"表号：{NUMBER}　请勿改动") == NUMBER


@pytest.mark.parametrize(
    "text", ["", "表号：AF1-village-record", f"{NUMBER}0", str(NUMBER).replace("AF1", "AF2")]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert number_in(text) is None


def test_a_number_is_looked_for_in_the_first_lines_only() -> None:
    assert number_seen(["村会议记录填写表", f"表号：{NUMBER}"]) == NUMBER
    assert number_seen([*["会议记录"] * 12, str(NUMBER)]) is None
    assert number_seen([]) is None


def test_the_edition_changes_with_whatever_is_asked_for_and_with_nothing_else() -> None:
    kind = small_kind()
    first, *others = kind.fields

    assert (
        edition_of(kind) == edition_of(replace(kind, aliases=("别名",), item=2)) == edition_of(small_kind())
    )
    for changed in (replace(first, title="名称"), replace(first, longest=5), replace(first, choices=("甲",))):
        assert edition_of(replace(kind, fields=(changed, *others))) != edition_of(kind)


def test_workspaces_have_different_marks_whatever_they_begin_with() -> None:
    assert workspace_mark("a" * 64) != workspace_mark("b" * 64)
    assert len(workspace_mark("\ud800")) == 8
