"""What is filled into a form is what comes back: by law for a small kind, and as an office program saves it."""

from __future__ import annotations

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.core.drafts.clean import one_line
from archivist.core.drafts.context import build_context
from archivist.core.drafts.values import coerce, is_given
from archivist.drafts import find_kind
from support.drafting import KINDS, PROJECT, TODAY
from support.forms import FIRST, OTHER, field, filled, form, read_back, small_kind

KIND = small_kind()
PLAN = find_kind(KINDS, "disposal-plan")
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).filter(
    lambda text: is_given(one_line(text)) and one_line(text) != "无"
)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(lambda day: f"{day.year}年{day.month}月{day.day}日")
NUMBERS = st.decimals(0, 10**6, places=3)
LINES = st.fixed_dictionaries({"名称": WORDS}, optional={"数量": NUMBERS})
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "日期": DAYS,
        "事由": WORDS,
        "议题": st.lists(WORDS.map(one_line), min_size=1, max_size=4),
        "权属": st.sampled_from(["集体", "国有", "村集体"]),
        "清单": st.lists(LINES, max_size=6),
    },
)


def meant(values: dict[str, Any]) -> dict[str, Any]:
    """What somebody meant: each value as its field wants it."""
    return {name: coerce(field(KIND, name), value) for name, value in values.items()}


@given(VALUES, VALUES)
@settings(max_examples=15, deadline=None)
def test_whatever_is_filled_in_comes_back(first: dict[str, Any], second: dict[str, Any]) -> None:
    raw = form(KIND, PROJECT, OTHER, given=[first, second])
    with tempfile.TemporaryDirectory() as folder:
        found = read_back(KIND, raw, Path(folder), PROJECT, OTHER)

    assert found.faults == () and not any(entry.faults for entry in found.entries)
    assert [entry.values for entry in found.entries] == [meant(first), meant(second)]


def test_a_form_filled_in_by_hand_makes_the_document_of_the_same_words(tmp_path: Path) -> None:
    raw = filled(
        form(PLAN, PROJECT, OTHER),
        {
            ("填写表", FIRST, "成文日期"): date(2024, 12, 1),
            ("填写表", FIRST, "项目现状"): "圈舍闲置\n设备锈蚀",
            ("资产清单", FIRST, "资产名称"): "羊舍",
            ("资产清单", FIRST, "权属"): "村集体",
            ("资产清单", FIRST, "原值（万元）"): 58.6,
            ("债权债务清单", FIRST, "类型"): "无",
            ("填写表", FIRST + 1, "成文日期"): "2024-12-2",
        },
    )
    one, other = read_back(PLAN, raw, tmp_path, PROJECT, OTHER).entries
    by_hand = {
        "成文日期": "2024年12月1日",
        "项目现状": ["圈舍闲置", "设备锈蚀"],
        "资产清单": [{"资产名称": "羊舍", "权属": "集体", "原值": Decimal("58.6")}],
        "债权债务清单": [],
    }

    assert one.values == by_hand and other.values == {"成文日期": "2024年12月2日"}
    assert (
        build_context(PLAN, PROJECT, None, one.values, TODAY).id
        == build_context(PLAN, PROJECT, None, by_hand, TODAY).id
    )
