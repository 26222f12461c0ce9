"""销号决定.html: under 已销号 nothing is called 有问题, reasons stand beside what they explain, the root code at the top."""

from __future__ import annotations

import html
import re

from archivist.core.rootcode import RootCode
from archivist.pages.decisionpage import decision_html
from support.page_stories import DECISION, DECISIONS, HOLDS, OVERRIDDEN, passed


def page(**changed: object) -> str:
    return decision_html(passed({**DECISION, **changed}, HOLDS), [], {}).decode()


def rows(text: str) -> list[list[str]]:
    """The words of every cell of every row."""
    found = re.findall(r"<tr>(.*?)</tr>", text, re.DOTALL)
    cells = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in found]
    return [[html.unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in cells]


def test_a_warning_passed_with_a_reason_reads_explained_with_its_reason_beside_it() -> None:
    (row,) = [row for row in rows(page()) if row and row[0] == "签字"]

    assert row[1] == "已说明"
    assert row[2] == "看了 2 份理由：看过原件"


def test_no_check_of_a_standing_decision_is_called_wrong_or_unclear() -> None:
    for name, told in DECISIONS.items():
        outcomes = [row[1] for row in rows(decision_html(*told).decode()) if len(row) == 4]
        assert not any("有问题" in word or "看不准" in word for word in outcomes), name


def test_a_reason_that_says_no_rule_as_older_ones_do_stands_below_with_who_gave_it() -> None:
    older = [{key: value for key, value in one.items() if key != "rule"} for one in DECISION["reasons"]]
    text = page(reasons=older)
    (row,) = [row for row in rows(text) if row and row[0] == "签字"]

    assert row[1:3] == ["已说明见理由", "看了 2 份"]
    assert "理由：看过原件（李某）" in text


def test_what_was_overridden_has_its_own_place_with_who_and_why_and_its_check_is_not_called_wrong() -> None:
    text = page(**OVERRIDDEN)
    told = rows(text)
    (row,) = [one for one in told if one and one[0] == "签字"]

    assert row[1] == "负责人核定见下面"
    assert "三、负责人核定" in text and "四、需要说明理由的情况" in text
    assert "核定：看过原件，签字在背面（黎某（区人民政府办公室，区；系统用户 li），2024-11-30）" in text
    assert [one[2] for one in told if one and one[0] in {"1", "2"}] == ["齐全负责人核定", "齐全"]
    assert "负责人核定" not in page()


def test_the_root_code_stands_above_everything_that_it_is_the_root_of() -> None:
    text = page()
    code = RootCode(DECISION["root"]).printed

    assert text.index(code) < text.index("归档目录")
    assert "归档根码" not in page(root="")
