"""Who is responsible for a paper is called by a name that says so anywhere."""

from __future__ import annotations

import pytest

from archivist.core.words.bodies import cleaned, fault


@pytest.mark.parametrize(
    "body", ["重庆市大足区珠溪镇人民政府", "区农业农村委；区财政局", "本草堂药业有限公司", "冯某"]
)
def test_full_and_standard_names_are_taken(body: str) -> None:
    assert fault(body) == ""


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("本局", "不能写“本局”"),
        ("我镇人民政府", "不能写"),
        ("该村", "不能写"),
        ("", "全称或规范化简称"),
        ("——", "全称或规范化简称"),
        ("局" * 201, "最多 200 个字"),
    ],
)
def test_names_that_say_nothing_elsewhere_are_refused(body: str, told: str) -> None:
    assert told in fault(body)


def test_a_name_is_one_line() -> None:
    assert cleaned(" 某某\n公司\t") == "某某公司"
