"""The checks of one project: order rules as laws, and that what was not compared never counts as passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core import checks
from archivist.core.catalogue.completeness import Waiver
from archivist.core.checks import CHECKS, findings_of, run_checks
from archivist.core.checks.order import order
from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules, Severity
from archivist.core.document import DONE, INBOX, Holding, Source
from archivist.core.gate import judge
from archivist.core.model import Fact, Level, Seen, Status
from archivist.core.rules import OrderRule
from archivist.errors import SettingsError
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_items, load_procedure

SCHEMAS = data_folder("schemas")
ITEMS = load_items(SCHEMAS)
RULES = Rules(ITEMS, load_procedure(SCHEMAS, ITEMS))
TODAY = date(2026, 1, 31)
FIRST = date(2024, 11, 1)
CHAIN = (4, 5, 2, 6, 7)
"""The items of the procedure's steps, in its order; 2 and 6 are one step."""

DAYS = st.integers(0, 60).map(lambda days: (FIRST + timedelta(days)).isoformat())
DATED = st.lists(st.tuples(st.sampled_from(CHAIN), st.none() | DAYS), max_size=8)


def held(item: int, day: str | None, number: int = 1, **more: object) -> Holding:
    seen = {"sealed": Seen.YES, "signed": Seen.YES, "level": RULES.item(item).level}
    fields: dict[str, object] = {**seen, **more}
    file = Source(number, f"{item}.pdf", INBOX, None, "0" * 64, 1, None, DONE, "2024-12-01T10:00:00+08:00")
    name = f"D{number:05d}"
    return Holding(
        name, number, 1, 2, Status.FILED, "A", item, path=f"{item}.pdf", date=day, file=file, **fields
    )  # type: ignore[arg-type]


def project(
    dated: list[tuple[int, str | None]], waived: set[int] | None = None, category: str | None = "淘汰类"
) -> ProjectFile:
    documents = tuple(held(item, day, number) for number, (item, day) in enumerate(dated, 1))
    waivers = {
        item: Waiver("A", item, "拆除", "李某", "2026-01-01T10:00:00+08:00") for item in waived or set()
    }
    return ProjectFile("A", "养殖场", category, documents, (), waivers)


def whole(days: dict[int, str | None]) -> ProjectFile:
    """A project with one document for each of the items 1-7."""
    return project([(item, days.get(item, "2024-10-01")) for item in range(1, 8)])


def outcomes(file: ProjectFile) -> dict[str, Checked]:
    return {one.rule: one for one in run_checks(file, RULES, TODAY)}


IN_ORDER = {4: "2024-11-01", 5: "2024-11-02", 2: "2024-11-03", 6: "2024-11-04", 7: "2024-11-05"}


# -- the order rules -----------------------------------------------------------------------------------------------


def test_the_plans_own_order_is_what_the_data_says() -> None:
    procedure, assessment = RULES.procedure.orders

    assert [step.items for step in procedure.steps] == [(4,), (5,), (2, 6), (7,)]
    assert "原则上" in procedure.quote
    assert not procedure.strict
    assert [step.items for step in assessment.steps] == [(2,), (6,)]
    assert "原则上" not in assessment.quote
    assert assessment.strict
    assert RULES.procedure.category == "淘汰类"


def test_steps_in_order_and_on_one_day_are_in_order() -> None:
    one_day = dict.fromkeys(CHAIN, "2024-11-01")
    for days in (IN_ORDER, one_day):
        found = outcomes(whole(days))
        assert found["procedure"].outcome is Outcome.PASSED
        assert found["assessment"].outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("early", "late", "rules"),
    [
        (5, 4, {"order-procedure"}),
        (2, 5, {"order-procedure"}),
        (6, 5, {"order-procedure", "order-assessment"}),
        (7, 6, {"order-procedure"}),
        (7, 2, {"order-procedure"}),
        (6, 2, {"order-assessment"}),
    ],
)
def test_each_pair_out_of_order_is_a_breach_with_evidence(early: int, late: int, rules: set[str]) -> None:
    """Items `early` and `late` are filed the wrong way round, a day apart; all else is in order around them."""
    days = dict.fromkeys(CHAIN[: min(CHAIN.index(early), CHAIN.index(late))], "2024-11-01")
    days |= dict.fromkeys((item for item in CHAIN if item not in days), "2024-11-20")
    days[early] = "2024-11-19"
    if late == 2:
        days |= {5: "2024-11-01", 4: "2024-11-01"}
    found = [one for one in findings_of(whole(days), RULES, TODAY) if one.item == early]

    assert {one.code for one in found} == rules
    for one in found:
        assert (one.document, one.page) == (f"D{early:05d}", 1)
        assert "2024-11-19" in one.message
        assert "2024-11-20" in one.message
        assert one.clause and "正文三（四）“" in one.clause
        strict = one.code == "order-assessment"
        assert one.severity is (Severity.ERROR if strict else Severity.WARNING)
        assert ("原则上" in one.clause) is not strict


@given(DATED, st.sets(st.sampled_from(CHAIN)))
def test_a_rule_passes_only_when_everything_was_there_dated_and_in_order(
    dated: list[tuple[int, str | None]], waived: set[int]
) -> None:
    """Against the definition written down plainly: every pair of steps, every document."""
    file = project(dated, waived)
    for rule, checked in zip(RULES.procedure.orders, order(file, RULES, TODAY), strict=True):
        complete = all(
            item in waived or any(item == one for one, _ in dated)
            for step in rule.steps
            for item in step.items
        )
        known = all(day for item, day in dated if any(item in step.items for step in rule.steps))
        breach = _any_breach(rule, dated)
        if checked.outcome is Outcome.PASSED:
            assert complete and known and not breach
        if complete and known and breach:
            assert checked.outcome is Outcome.BREACHED
        if not known:
            assert checked.outcome in {Outcome.NOT_RUN, Outcome.BREACHED}
            assert any(one.code.endswith("-not-run") for one in checked.findings)


def _any_breach(rule: OrderRule, dated: list[tuple[int, str | None]]) -> bool:
    """Whether any document is dated before all that is dated for an item of any earlier step."""
    days: dict[int, list[str]] = {}
    for item, day in dated:
        if day is not None:
            days.setdefault(item, []).append(day)
    return any(
        min(days[later]) < min(days[earlier])
        for at, step in enumerate(rule.steps)
        for before in rule.steps[:at]
        for earlier in before.items
        for later in step.items
        if earlier in days and later in days
    )


@given(DATED, st.sampled_from(CHAIN))
def test_a_document_without_a_date_never_makes_a_rule_pass(
    dated: list[tuple[int, str | None]], item: int
) -> None:
    file = project([*dated, (item, None)])

    assert all(
        checked.outcome is not Outcome.PASSED
        for rule, checked in zip(RULES.procedure.orders, order(file, RULES, TODAY), strict=True)
        if any(item in step.items for step in rule.steps)
    )


@given(DATED)
def test_the_order_of_documents_in_the_file_changes_nothing(dated: list[tuple[int, str | None]]) -> None:
    there, back = project(dated), project(dated[::-1])

    def told(file: ProjectFile) -> list[tuple[str, Outcome, int]]:
        return [(one.rule, one.outcome, len(one.findings)) for one in order(file, RULES, TODAY)]

    assert told(there) == told(back)


def test_a_second_meeting_later_on_breaks_nothing_and_an_older_one_does() -> None:
    days = whole(IN_ORDER).documents
    again = held(4, "2025-01-01", 20)
    older = held(5, "2024-10-01", 21)
    base = whole(IN_ORDER)

    assert outcomes(ProjectFile("A", "x", "淘汰类", (*days, again)))["procedure"].outcome is Outcome.PASSED
    found = outcomes(ProjectFile("A", "x", "淘汰类", (*base.documents, older)))["procedure"]
    assert [(one.document, one.item) for one in found.findings] == [("D00021", 5)]


def test_a_step_that_need_not_be_there_is_passed_over_and_the_one_before_it_counts() -> None:
    late = project([(4, "2024-11-20"), (2, "2024-11-01"), (6, "2024-11-21"), (7, "2024-11-22")], {5})
    fine = project([(4, "2024-11-01"), (2, "2024-11-02"), (6, "2024-11-03"), (7, "2024-11-04")], {5})

    assert [(one.item, one.code) for one in outcomes(late)["procedure"].findings] == [(2, "order-procedure")]
    assert outcomes(fine)["procedure"].outcome is Outcome.PASSED
    assert "第5项 免交" in outcomes(fine)["procedure"].told


def test_a_rule_with_a_missing_step_was_not_checked_and_says_so() -> None:
    found = outcomes(project([(4, "2024-11-01"), (5, "2024-11-02")]))["procedure"]

    assert found.outcome is Outcome.NOT_RUN
    assert "第7项 缺件，没有比较" in found.told


# -- data ----------------------------------------------------------------------------------------------------------

NEW_RULE = """
schema = 1
[[order]]
slug = "contract"
name = "先有合同"
clause = "某条"
quote = "先签合同"
severity = "error"
[[order.step]]
name = "签订"
items = [3]
[[order.step]]
name = "申报"
items = [4]
[deregistration]
category = "淘汰类"
clause = "x"
quote = "y"
"""


def test_adding_a_rule_is_adding_data(tmp_path: Path) -> None:
    (tmp_path / "procedure.toml").write_text(NEW_RULE, "utf-8")
    rules = Rules(ITEMS, load_procedure(tmp_path, ITEMS))
    file = project([(3, "2024-11-02"), (4, "2024-11-01")])
    found = [one for one in findings_of(file, rules, TODAY) if one.code == "order-contract"]

    assert [(one.item, one.severity) for one in found] == [(4, Severity.ERROR)]
    assert found[0].clause == "某条“先签合同”"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('severity = "error"', 'severity = "fatal"', "error 或 warning"),
        ("items = [4]", "items = [9]", "归档目录的序号"),
        ("items = [4]", "items = []", "归档目录的序号"),
        ("items = [4]", "items = [[4]]", "归档目录的序号"),
        ('quote = "先签合同"', "", "quote"),
        ('[[order.step]]\nname = "申报"\nitems = [4]', "", "至少要有两个"),
        ("[deregistration]", "[other]", "deregistration"),
    ],
)
def test_a_mistake_in_the_data_is_told_with_its_place(
    tmp_path: Path, before: str, after: str, told: str
) -> None:
    assert before in NEW_RULE
    (tmp_path / "procedure.toml").write_text(NEW_RULE.replace(before, after), "utf-8")
    with pytest.raises(SettingsError) as wrong:
        load_procedure(tmp_path, ITEMS)

    assert told in wrong.value.message
    assert "procedure.toml" in wrong.value.message


def test_every_file_of_checks_is_run() -> None:
    folder = Path(checks.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "values", "later"}

    assert {check.__module__.rpartition(".")[2] for check in CHECKS} == files


# -- the other checks ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "outcome", "code"),
    [
        ([Seen.YES], Outcome.PASSED, None),
        ([Seen.NO, Seen.YES], Outcome.PASSED, None),
        ([Seen.UNKNOWN, Seen.NO], Outcome.UNCLEAR, "seal-unclear"),
        ([Seen.NO], Outcome.BREACHED, "seal-absent"),
        ([], Outcome.NOT_RUN, None),
    ],
)
def test_a_seal_that_was_not_seen_is_a_warning_and_what_nobody_can_tell_no_pass(
    answers: list[Seen], outcome: Outcome, code: str | None
) -> None:
    documents = tuple(held(2, "2024-11-01", at, sealed=seen) for at, seen in enumerate(answers, 1))
    found = outcomes(ProjectFile("A", "x", "淘汰类", documents))["seal-2"]

    assert found.outcome is outcome
    assert [one.code for one in found.findings] == ([] if code is None else [code])
    assert all(one.severity is Severity.WARNING for one in found.findings)
    assert all("核查评估单位签字盖章确认" in (one.clause or "") for one in found.findings)


def test_only_items_that_ask_for_a_seal_or_signature_are_looked_at() -> None:
    asked = {rule for rule in outcomes(whole(IN_ORDER)) if rule.startswith(("seal", "signature"))}

    assert asked == {"seal-1", "seal-2", "signature-2", "signature-3", "signature-4"}


def test_a_date_after_today_is_an_error_and_today_is_none() -> None:
    days = {**IN_ORDER, 7: "2026-02-01"}
    today = {**IN_ORDER, 7: "2026-01-31"}

    assert [one.code for one in findings_of(whole(days), RULES, TODAY)] == ["future-date"]
    assert findings_of(whole(today), RULES, TODAY) == []


def test_missing_altered_and_waiting_items_are_errors_with_their_clause() -> None:
    filed = (held(1, "2024-10-01", 1, wrong="gone"), held(3, "2024-10-01", 2))
    waiting = replace(held(4, None, 9), status=Status.REVIEW)
    file = ProjectFile("A", "x", "淘汰类", filed, waiting=(waiting,))
    found = {(one.item, one.code): one for one in findings_of(file, RULES, TODAY)}

    assert set(found) >= {(1, "gone"), (2, "missing"), (4, "review"), (7, "missing")}
    assert (3, "missing") not in found
    assert (8, "missing") not in found
    for (item, code), one in found.items():
        if code in {"gone", "missing", "review"}:
            assert one.severity is Severity.ERROR
            assert (one.clause or "").startswith(f"附件4第{item}项")


# -- the gate ------------------------------------------------------------------------------------------------------

FINDINGS = st.builds(
    Finding,
    st.just("A"),
    st.none() | st.integers(1, 8),
    st.sampled_from(["order-procedure", "seal-unclear", "missing"]),
    st.sampled_from(list(Severity)),
    st.just("有问题"),
)
CHECKED = st.builds(
    Checked,
    st.just("rule"),
    st.just("规则"),
    st.just("条"),
    st.sampled_from(list(Outcome)),
    st.just("比较了"),
    st.lists(FINDINGS, max_size=3).map(tuple),
)


@given(st.lists(CHECKED, max_size=5), st.sampled_from(["", "有原因"]), st.sets(st.integers(1, 8)))
def test_the_gate_opens_only_without_errors_with_all_reasons_and_all_checks_made(
    made: list[Checked], for_all: str, items: set[int]
) -> None:
    by_key = {f"seal-unclear-{item}": "看过" for item in items}
    judged = judge(project([]), made, for_all, by_key)
    found = [finding for one in made for finding in one.findings]
    errors = any(one.severity is Severity.ERROR for one in found)
    unexplained = any(
        one.severity is Severity.WARNING and not for_all and one.key not in by_key for one in found
    )
    not_made = any(one.outcome is Outcome.NOT_RUN for one in made)
    silent = any(one.outcome in {Outcome.BREACHED, Outcome.UNCLEAR} and not one.findings for one in made)

    assert judged.passes == (not errors and not unexplained and not not_made and not silent)
    assert all(reason.words for reason in judged.reasons)


OPEN, SETTLED, NEITHER = (
    "债权债务：经营主体欠付饲料款1.20万元",
    "债权债务均已结清，无其他纠纷",
    "债权债务，再公开处置，结果要公示",
)


def says(item: int, day: str | None, words: str, number: int) -> Holding:
    return held(item, day, number, facts=(Fact("债权债务", words, 2, words),))


@pytest.mark.parametrize(
    ("documents", "register", "outcome"),
    [
        ([], "", Outcome.NOT_NEEDED),
        ([], "欠村集体分红5.84万元", Outcome.BREACHED),
        ([], "无债权债务纠纷", Outcome.PASSED),
        ([(2, "2024-11-01", OPEN)], "", Outcome.BREACHED),
        ([(2, "2024-11-01", OPEN), (8, "2025-03-01", SETTLED)], "", Outcome.PASSED),
        ([(2, "2024-11-01", OPEN), (8, None, SETTLED)], "", Outcome.BREACHED),
        ([(2, None, OPEN), (8, "2025-03-01", SETTLED)], "", Outcome.BREACHED),
        ([(2, "2024-11-01", OPEN), (8, "2024-11-01", SETTLED)], "", Outcome.BREACHED),
        ([(8, "2025-03-01", SETTLED), (4, "2025-04-01", NEITHER)], "欠款", Outcome.PASSED),
        ([(4, "2024-11-01", NEITHER)], "", Outcome.NOT_NEEDED),
    ],
)
def test_a_debt_that_the_latest_paper_tells_of_needs_a_reason(
    documents: list[tuple[int, str | None, str]], register: str, outcome: Outcome
) -> None:
    there = tuple(says(*one, number) for number, one in enumerate(documents, 1))
    file = ProjectFile("A", "x", "淘汰类", there, debts=register)
    found = outcomes(file)["debts"]

    assert found.outcome is outcome
    assert [(one.key, one.severity) for one in found.findings] == (
        [("debts", Severity.WARNING)] if outcome is Outcome.BREACHED else []
    )
    assert "及时清算债权债务" in found.clause


@pytest.mark.parametrize(
    ("levels", "outcome", "code"),
    [
        ([Level.TOWNSHIP], Outcome.PASSED, None),
        ([Level.TOWNSHIP, None], Outcome.PASSED, None),
        ([Level.TOWNSHIP, Level.VILLAGE], Outcome.BREACHED, "level-wrong"),
        ([Level.VILLAGE], Outcome.BREACHED, "level-wrong"),
        ([None, None], Outcome.UNCLEAR, "level-unclear"),
        ([], Outcome.NOT_RUN, None),
    ],
)
def test_minutes_of_another_level_are_told(
    levels: list[Level | None], outcome: Outcome, code: str | None
) -> None:
    documents = tuple(held(5, "2024-11-01", at, level=one) for at, one in enumerate(levels, 1))
    found = outcomes(ProjectFile("A", "x", "淘汰类", documents))["level-5"]

    assert found.outcome is outcome
    assert [one.key for one in found.findings] == ([] if code is None else [f"{code}-5"])


@pytest.mark.parametrize(
    ("item", "said", "outcome"),
    [
        (1, "DZ-2018-0017", Outcome.PASSED),
        (1, "dz—2018—OO17", Outcome.PASSED),
        (2, "DZ-2018-0018", Outcome.BREACHED),
        (5, "DZ-2018-0018", Outcome.NOT_NEEDED),
        (1, None, Outcome.NOT_NEEDED),
    ],
)
def test_a_paper_about_one_project_that_names_another_is_told(
    item: int, said: str | None, outcome: Outcome
) -> None:
    facts = () if said is None else (Fact("项目编号", said, 1, f"编号：{said}"),)
    file = ProjectFile("DZ-2018-0017", "x", "淘汰类", (held(item, "2024-11-01", facts=facts),))
    found = outcomes(file)["identity"]

    assert found.outcome is outcome
    assert [one.quote for one in found.findings] == ([f"编号：{said}"] if outcome is Outcome.BREACHED else [])
