"""Debts, claims and properties as amounts: their state and counterpart, wholes apart from parts; votes in all wordings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.model import Fact
from archivist.core.page import Line, Page
from archivist.core.paper.amounts import number_of
from archivist.core.paper.facts import read_facts
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_annex

ANNEX = load_annex(data_folder("schemas"))


def read(kind: str, *lines: str) -> list[Fact]:
    page = Page(1, tuple(Line(text) for text in lines))
    return list(read_facts(kind, [page], ANNEX.facts, ANNEX.sayings))


def told(kind: str, *lines: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for fact in read(kind, *lines):
        found.setdefault(fact.name, []).append(fact.value)
    return found


@pytest.mark.parametrize(
    ("line", "name", "value", "state"),
    [
        ("该项目尚欠工程款5.04万元未结清。", "债务", "50400.00", "未结清"),
        ("项目欠付土地租金8300元，已于2024年结清。", "债务", "8300.00", "已结清"),
        ("经营主体应付村集体租金1.2万元尚未支付。", "债务", "12000.00", "未结清"),
        ("项目无债权债务。", "债务", "0.00", "已结清"),
        ("项目尚欠租金8300元，其余已结清。", "债务", "8300.00", "未结清"),
    ],
)
def test_a_debt_is_an_amount_with_its_state(line: str, name: str, value: str, state: str) -> None:
    found = [fact for fact in read("assessment", "核查评估情况报告", line) if fact.name == name]

    assert [(fact.value, fact.state) for fact in found] == [(value, state)]


def test_a_sum_is_kept_whole_and_its_parts_are_not_counted_twice() -> None:
    found = told(
        "assessment", "核查评估报告", "项目债务5.04万元，其中应付工程款3.2万元、应付租金1.84万元，均未结清。"
    )

    assert found["债务"] == ["50400.00"]
    assert sorted(found["债务（其中）"]) == ["18400.00", "32000.00"]


def test_what_is_to_be_received_is_no_debt() -> None:
    found = told("assessment", "核查评估报告", "项目债务5.04万元，应收租金0.72万元。")

    assert (found["债务"], found["债权"]) == (["50400.00"], ["7200.00"])


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("minutes", "该项目由合作社实施，投入财政帮扶资金86.5万元。"),
        ("agreement", "甲方投入帮扶资金捌拾陆万伍仟元整。"),
        ("assessment", "投入帮扶资金865000元，其中建设圈舍600000元。"),
    ],
)
def test_the_fund_is_read_in_every_kind_of_paper(kind: str, line: str) -> None:
    assert told(kind, "题名", line)["投入帮扶资金"] == ["865000.00"]


def test_the_whole_investment_is_not_the_fund() -> None:
    found = told("assessment", "核查评估报告", "项目总投资120万元，其中财政帮扶资金86.5万元。")

    assert (found["投入帮扶资金"], found["项目总投资"]) == (["865000.00"], ["1200000.00"])


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("应到会36人，实到28人。", {"应到": "36", "实到": "28"}),
        ("应到代表三十六人，实到二十八人。", {"应到": "36", "实到": "28"}),
        ("举手表决：赞成28票，反对0票，弃权1票。", {"同意": "28", "反对": "0", "弃权": "1"}),
        ("表决结果：同意32人、不同意3人、弃权1人。", {"同意": "32", "反对": "3", "弃权": "1"}),
        ("同意：4票　反对：10票　弃权：1票", {"同意": "4", "反对": "10", "弃权": "1"}),
    ],
)
def test_votes_are_read_in_all_wordings(line: str, counts: dict[str, str]) -> None:
    found = told("record", "青杠岭村村民代表会议记录", line)

    assert {name: found[name] for name in counts} == {name: [value] for name, value in counts.items()}


def test_a_unanimous_vote_is_of_all_who_came() -> None:
    found = told("record", "青杠岭村村民代表会议记录", "应到36人，实到28人。", "经举手表决，全票同意。")

    assert found["同意"] == ["28"]


_DIGITS = "零壹贰叁肆伍陆柒捌玖"


def capitals(number: int) -> str:
    """A number below 100 000 000 as bills write it."""

    def four(part: int) -> str:
        words, gap = "", False
        for power, unit in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
            digit = part // power % 10
            if digit:
                words += ("零" if gap and words else "") + _DIGITS[digit] + unit
                gap = False
            else:
                gap = True
        return words

    high, low = divmod(number, 10_000)
    joint = "零" if high and low and low < 1000 else ""
    return (four(high) + "万" if high else "") + joint + four(low)


@given(st.integers(min_value=1, max_value=99_999_999))
def test_a_number_in_capitals_reads_as_the_number_written(number: int) -> None:
    assert number_of(capitals(number)) == number


@given(st.text(alphabet="零一二三十百千万亿壹贰拾佰仟两廿〇", max_size=12))
def test_any_row_of_numerals_is_a_number_or_none(words: str) -> None:
    found = number_of(words)

    assert found is None or found >= 0


@pytest.mark.parametrize(
    "line",
    [
        "请核实是否无债权债务。",
        "如无债权债务，即可退出。",
        "项目无债权债务纠纷。",
        "项目除上述外无其他债务。",
    ],
)
def test_what_is_asked_or_only_spoken_of_is_no_zero(line: str) -> None:
    assert "债务" not in told("assessment", "核查评估报告", line)


def test_a_sum_told_twice_takes_its_state_from_where_it_is_told() -> None:
    found = [
        fact
        for fact in read("assessment", "核查评估报告", "项目债务5.04万元。", "上述债务5.04万元尚未支付。")
        if fact.name == "债务"
    ]

    assert [(fact.value, fact.state) for fact in found] == [("50400.00", "未结清")]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("实到代表超过三分之二", "实到"),
        ("同意的占百分之80人", "同意"),
        ("到会人数为应到的三分之二人", "实到"),
    ],
)
def test_a_share_is_no_number_of_people(line: str, name: str) -> None:
    found = told("record", "青杠岭村村民代表会议记录", line)

    assert "2" not in found.get(name, [])
    assert "80" not in found.get(name, [])


def test_several_named_funds_are_told_each() -> None:
    found = told("assessment", "核查评估报告", "投入财政衔接资金30万元，财政专项扶贫资金20万元。")

    assert found["投入帮扶资金"] == ["300000.00", "200000.00"]


@pytest.mark.parametrize(
    "words", ["拟申请", "计划争取", "未使用", "自筹", "申请", "退还", "剩余", "结余", "未拨付"]
)
def test_what_was_asked_for_or_given_back_beside_the_fund_is_not_the_fund(words: str) -> None:
    found = told("assessment", "核查评估报告", f"该项目投入帮扶资金86.5万元，{words}帮扶资金7万元。")

    assert found["投入帮扶资金"][0] == "865000.00"


def test_figures_that_are_no_numbers_are_no_money() -> None:
    assert "债务" not in told("assessment", "核查评估报告", "尚欠工程款每亩五百元。")
