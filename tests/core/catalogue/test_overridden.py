"""What is overridden (负责人核定): an error on what was seen, on the very document that was looked at, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.catalogue.completeness import OVERRIDDEN, ItemState
from archivist.core.catalogue.keeping import items_from_text, items_to_text
from archivist.core.catalogue.overridden import keys, may_be_overridden, overridden
from archivist.core.catalogue.states import completeness
from archivist.core.catalogue.tally import outline, tally
from archivist.core.checks import CHECKS
from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile
from archivist.core.gate import judge
from archivist.core.model import Severity
from archivist.core.override import SEEN_ON_PICTURES, Override
from archivist.core.proposal import Hand
from support.checking import RULES, held

BY = Hand("黎某", "区人民政府办公室", "区", "li")
AT = "2026-11-28T10:00:00+08:00"
PAPERS = (held(1, "2024-10-01", 1, path_sha256="a" * 64), held(2, "2024-10-01", 2, path_sha256="b" * 64))
FILE = ProjectFile("A", "养殖场", "淘汰类", PAPERS)
RULE = RULES.procedure.override
NEVER = {
    "missing",
    "review",
    "draft",
    "not-agreed",
    "vote-failed",
    "vote-quorum",
    "debts-open",
    "other-place",
    "same-paper",
    "altered",
    "gone",
    "original-damaged",
    "copy-damaged",
    "records-damaged",
    "future-date",
    "waiver-void",
    "root-changed",
    "approval-missing",
    "category",
    "not-run",
    "time-backwards",
    "other-project",
    "names-other",
    "advice-against",
}


def seen(
    code: str = "seal-absent",
    item: int | None = 1,
    document: str | None = "D00001",
    severity: Severity = Severity.ERROR,
    message: str = "没看到盖章。",
) -> Finding:
    return Finding("A", item, code, severity, message, document, 1)


def given_for(finding: Finding, sha256: str = "a" * 64) -> Override:
    return Override(
        "A",
        finding.key,
        finding.code,
        finding.item or 0,
        finding.document or "",
        sha256,
        finding.message,
        "看过原件",
        BY,
        AT,
    )


def with_overrides(*overrides: Override) -> ProjectFile:
    return replace(FILE, overrides=overrides)


def test_the_shipped_rules_allow_what_was_seen_on_pictures_and_never_anything_else() -> None:
    assert RULE is not None
    assert {*RULE.codes} <= SEEN_ON_PICTURES
    assert SEEN_ON_PICTURES.isdisjoint(NEVER)
    assert RULE.basis.startswith("软件约定")
    modules = [__import__(check.__module__, fromlist=["CODES"]) for check in CHECKS]
    assert {*RULE.codes} <= {code for module in modules for code in module.CODES}


@pytest.mark.parametrize(
    "finding",
    [
        seen("missing"),
        seen("vote-failed"),
        seen(severity=Severity.WARNING),
        seen(document=None),
        seen(document="D00099"),
        seen(item=2),
        seen(item=None),
    ],
)
def test_what_is_no_error_of_seeing_on_a_filed_document_is_not_overridden(finding: Finding) -> None:
    file = with_overrides(given_for(finding))

    assert not may_be_overridden(file, RULES, finding)
    assert overridden(file, RULES, [finding]) == []


def test_without_a_rule_nothing_is() -> None:
    silent = replace(RULES, procedure=replace(RULES.procedure, override=None))

    assert overridden(with_overrides(given_for(seen())), silent, [seen()]) == []
    assert overridden(FILE, RULES, [seen()]) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"sha256": "f" * 64},
        {"document": "D00002"},
        {"item": 2},
        {"code": "seal-foreign"},
    ],
)
def test_an_override_is_about_one_finding_on_one_file(changed: dict[str, object]) -> None:
    one = given_for(seen())

    assert overridden(with_overrides(one), RULES, [seen()]) == [(seen(), one)]
    assert overridden(with_overrides(one._replace(**changed)), RULES, [seen()]) == []  # type: ignore[arg-type]


def test_what_is_said_otherwise_of_the_same_document_is_overridden_and_of_several_only_what_was_said() -> (
    None
):
    one, other, third = (
        seen(message=words) for words in ("没看到盖章。", "第二处没看到盖章。", "新的说法。")
    )
    file = with_overrides(given_for(one))

    assert [found.finding for found in overridden(file, RULES, [third])] == [third]
    assert [found.finding for found in overridden(file, RULES, [one, other])] == [one]
    assert overridden(file, RULES, [other, third]) == []
    assert len({key for key, _ in keys(file, RULES, [one, other])}) == 2


@given(
    st.lists(
        st.sampled_from([seen(), seen("missing", 3, None), seen("level-wrong", 2, "D00002")]), unique=True
    )
)
def test_the_gate_opens_where_all_that_is_in_the_way_is_overridden(found: list[Finding]) -> None:
    file = with_overrides(given_for(seen()), given_for(seen("level-wrong", 2, "D00002"), "b" * 64))
    checks = [Checked("x", "x", "附件4", Outcome.BREACHED, "", (one,)) for one in found]
    judged = judge(file, checks, {}, RULES)

    assert judged.passes == (seen("missing", 3, None) not in found)
    assert {one.finding for one in judged.overrides} | {*judged.obstacles} == {*found}
    assert all(judged.key_of(one) == "" for one in judged.obstacles)
    assert judge(file, checks, {}).obstacles == tuple(found)


def test_an_obstacle_that_may_be_overridden_says_under_which_key() -> None:
    checks = [Checked("x", "x", "附件4", Outcome.BREACHED, "", (seen(), seen("missing", 3, None)))]
    judged = judge(FILE, checks, {}, RULES)

    assert judged.open_to == (("seal-absent-1", seen()),)
    assert [judged.key_of(one) for one in judged.obstacles] == ["seal-absent-1", ""]


def test_an_item_whose_finding_was_overridden_is_whole_with_a_mark_that_stays() -> None:
    file = with_overrides(given_for(seen()))
    alone = completeness(file, RULES, [seen()])
    more = completeness(file, RULES, [seen(), seen("unread"), seen("level-wrong", 2, "D00002")])

    assert (alone.of(1).state, alone.of(1).told) == (ItemState.PRESENT, f"齐全（{OVERRIDDEN}）")
    assert (more.of(1).told, more.of(2).told) == (f"不合格（无法识读、{OVERRIDDEN}）", "不合格（层级不符）")
    assert (alone.overridden, more.overridden) == ((1,), (1,))
    assert items_from_text(items_to_text(more.items)) == more.items
    sums = tally([(outline(more, False), 1)])
    assert (sums.of(OVERRIDDEN), sums.of(f"不合格:{OVERRIDDEN}"), sums.of("不合格:无法识读")) == (1, 0, 1)
    assert completeness(file, RULES, []).overridden == ()


def test_an_override_tells_who_why_and_when() -> None:
    one = given_for(seen())

    assert one.told == "已由 黎某（区人民政府办公室，区；系统用户 li）核定：看过原件（2026-11-28）"
    assert one.in_short == "负责人核定：看过原件（黎某，2026-11-28）"
    assert one.record() == {
        "key": "seal-absent-1",
        "sha256": "a" * 64,
        "reason": "看过原件",
        "by": BY.record(),
        "at": AT,
    }
    assert {"project", "code", "item", "document", "message", "key"} <= one.whole().keys()
