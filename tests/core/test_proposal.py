"""A proposal (提请销号) as a value: what it is held against, and that a kept one comes back as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.catalogue.completeness import Waiver
from archivist.core.proposal import (
    Hand,
    Proposal,
    evidence_digest,
    hand_of,
    is_approval,
    proposal_of,
)
from support.checking import held
from support.people import CLERK

APPROVAL = "销号审批表"
DOCUMENTS = [held(item, f"2024-11-0{item}", item) for item in range(1, 8)]
PROPOSAL = Proposal(
    "A",
    "2026-01-31T10:00:00+08:00",
    hand_of(CLERK, "feng"),
    {"seal-unclear-1": "看过原件，公章清楚"},
    {"seq": 7, "hash": "0" * 64},
    "1" * 64,
    APPROVAL,
)


def digest(documents: Any = tuple(DOCUMENTS), waivers: Any = ()) -> str:
    return evidence_digest(documents, waivers, APPROVAL)


@given(st.permutations(DOCUMENTS))
def test_the_order_of_documents_does_not_matter(documents: Any) -> None:
    assert digest(documents) == digest()


@pytest.mark.parametrize(
    "change",
    [
        {"item": 8},
        {"date": "2024-12-01"},
        {"path_sha256": "2" * 64},
        {"last": 3},
        {"file": replace(DOCUMENTS[0].file, sha256="3" * 64)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_changes_of_a_document_changes_the_digest(change: dict[str, Any]) -> None:
    assert digest([replace(DOCUMENTS[0], **change), *DOCUMENTS[1:]]) != digest()


def test_another_document_or_waiver_changes_the_digest_and_the_approval_does_not() -> None:
    approval = held(8, "2026-02-01", 9, title=f"大足区淘汰类产业项目{APPROVAL}")
    untitled = replace(approval, title=None, path=f"项目/08 其他材料/{APPROVAL}.pdf")
    waiver = Waiver("A", 3, "遗失", "李某", "2026-01-01T10:00:00+08:00", "D00009")

    assert digest([*DOCUMENTS, approval]) == digest([*DOCUMENTS, untitled]) == digest()
    assert digest([*DOCUMENTS, held(8, "2026-02-01", 9, title="资产清单")]) != digest()
    assert digest(waivers=[waiver]) != digest()
    assert not is_approval(replace(approval, title="说明", path=f"{APPROVAL}.pdf"), APPROVAL)
    assert not is_approval(approval, "")


def test_what_was_overridden_changes_the_digest() -> None:
    over = evidence_digest(tuple(DOCUMENTS), (), APPROVAL, ["seal-absent-1\tD00001"])

    assert over != digest()
    assert evidence_digest(tuple(DOCUMENTS), (), APPROVAL, []) == digest()


def test_a_kept_proposal_comes_back_and_tells_who() -> None:
    kept = json.loads(json.dumps(PROPOSAL.record()))

    assert proposal_of(kept) == PROPOSAL
    assert PROPOSAL.told == "2026-01-31 由冯某甲（区农业农村委，部门；系统用户 feng）提请"
    assert "系统用户 未知" in Hand("甲", "乙", "区", "").told


@pytest.mark.parametrize(
    "record",
    [
        None,
        [],
        {},
        {**PROPOSAL.record(), "format": "2"},
        {**PROPOSAL.record(), "by": None},
        {**PROPOSAL.record(), "by": {}},
        {**PROPOSAL.record(), "reasons": []},
        {**PROPOSAL.record(), "head": {"seq": 1}},
    ],
    ids=range(8),
)
def test_what_was_tampered_with_is_no_proposal(record: Any) -> None:
    assert proposal_of(record) is None
