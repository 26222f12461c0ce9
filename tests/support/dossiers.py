"""Dossiers of projects (项目底册) as tests need them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hypothesis import strategies as st

from archivist.core.dossier.reading import Read, read
from archivist.core.dossier.values import EMPTY, Dossier
from archivist.workspace.dossierbook import load_dossier_book
from support.checking import RULES
from support.places import SCHEMAS

VOTES = RULES.item(4).evidence.votes
BOOK = load_dossier_book(SCHEMAS / "dossier.schema.json", SCHEMAS / "dossier.toml", VOTES)

Rows = Sequence[Mapping[str, Any]]

MEETING = {
    "层级": "村（社区）",
    "会议名称": "村民代表会议",
    "会议日期": "2024年11月5日",
    "应到人数": 36,
    "实到人数": 30,
    "同意人数": 28,
    "反对人数": 1,
    "弃权人数": 1,
    "会议意见": "同意",
}
DEBT = {
    "类型": "债务",
    "对方名称": "某某饲料店",
    "事由": "饲料款",
    "金额": "5.04",
    "是否结清": "未结清",
}
CLAIM = {"类型": "债权", "对方名称": "李某某", "事由": "租金", "金额": "0.72", "是否结清": "未结清"}
SHED = {"资产名称": "圈舍", "类别": "固定", "数量": 600, "原值": "60.50", "权属": "集体"}


def given(**sections: Rows | None) -> Read:
    """What becomes of these sections in an empty dossier."""
    return taken(EMPTY, **sections)


def taken(before: Dossier, **sections: Rows | None) -> Read:
    """What becomes of these sections, given for a dossier."""
    placed = {
        name: None if rows is None else [(f"第{at}行", row) for at, row in enumerate(rows, 1)]
        for name, rows in sections.items()
    }
    return read(BOOK, placed, before)


def dossier(**sections: Rows) -> Dossier:
    """A dossier that is in order."""
    done = given(**sections)
    assert done.problems == ()
    return done.dossier


# -- of every sort -------------------------------------------------------------------------------------------------

WORDS = st.text(
    st.sampled_from("甲乙丙丁石坝青杠=+-@'\"<&>{}，。 \U00020000"), min_size=1, max_size=12
).filter(lambda text: text.strip() not in {"", "无", "待填"})
WAN = st.decimals(0, 1000, places=2).map(str)
DAYS = st.dates(min_value=date(2013, 1, 1), max_value=date(2030, 1, 1)).map(
    lambda day: f"{day.year}年{day.month}月{day.day}日"
)
ASSETS = st.lists(
    st.fixed_dictionaries(
        {"资产名称": WORDS},
        optional={
            "类别": st.sampled_from(["固定", "生物"]),
            "原值": WAN,
            "数量": st.integers(0, 99),
            "现状": WORDS,
        },
    ),
    max_size=4,
)
DEBTS = st.lists(
    st.fixed_dictionaries(
        {
            "类型": st.sampled_from(["债务", "债权"]),
            "对方名称": WORDS,
            "金额": WAN,
            "是否结清": st.just("未结清"),
        },
        optional={"凭据": WORDS},
    ),
    max_size=4,
    unique_by=lambda row: (row["类型"], row["对方名称"].strip(), row["金额"]),
)
LAND = st.lists(
    st.fixed_dictionaries({"地块": WORDS}, optional={"面积": WAN, "恢复耕种日期": DAYS}), max_size=3
)


def _given(sections: Mapping[str, Any]) -> Read:
    return given(**sections)


DOSSIERS: st.SearchStrategy[Dossier] = (
    st.fixed_dictionaries({}, optional={"资产": ASSETS, "债权债务": DEBTS, "土地": LAND})
    .map(_given)
    .filter(lambda done: done.problems == ())
    .map(lambda done: done.dossier)
)
"""Dossiers that are in order."""
