"""Seals and signatures that an item asks for: seen, not seen, cannot tell; a form's in each of its blocks."""

from __future__ import annotations

import pytest

from archivist.core.checks.values import Outcome, ProjectFile
from archivist.core.document import Holding
from archivist.core.model import BlockSealed, Marks, SealSeen, Seen, Severity
from support.catalogue import ITEMS
from support.checking import IN_ORDER, RULES, held, outcomes, whole


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
def test_a_seal_that_is_not_there_is_an_error_and_what_nobody_can_tell_a_warning(
    answers: list[Seen], outcome: Outcome, code: str | None
) -> None:
    documents = tuple(held(2, "2024-11-01", at, sealed=seen) for at, seen in enumerate(answers, 1))
    found = outcomes(ProjectFile("A", "x", "淘汰类", documents))["seal-2"]

    assert found.outcome is outcome
    assert [one.code for one in found.findings] == ([] if code is None else [code])
    wanted = Severity.ERROR if code == "seal-absent" else Severity.WARNING
    assert all(one.severity is wanted for one in found.findings)
    assert all("核查评估单位签字盖章确认" in (one.clause or "") for one in found.findings)


@pytest.mark.parametrize(
    ("seen", "codes"),
    [(Seen.YES, []), (Seen.UNKNOWN, ["signature-unclear"]), (Seen.NO, ["signature-absent"])],
)
def test_a_signature_is_told_as_a_seal_is(seen: Seen, codes: list[str]) -> None:
    file = ProjectFile("A", "x", "淘汰类", (held(4, "2024-11-01", signed=seen),))

    assert [one.code for one in outcomes(file)["signature-4"].findings] == codes


def test_only_items_that_ask_for_a_seal_or_signature_are_looked_at() -> None:
    asked = {rule for rule in outcomes(whole(IN_ORDER)) if rule.startswith(("seal", "signature"))}

    assert asked == {
        *(f"seal-{rule.number}" for rule in ITEMS if rule.seal),
        *(f"signature-{rule.number}" for rule in ITEMS if rule.signature),
    }


def test_of_the_plans_eight_two_are_sealed_and_three_signed() -> None:
    assert [rule.number for rule in ITEMS[:8] if rule.seal] == [1, 2]
    assert [rule.number for rule in ITEMS[:8] if rule.signature] == [2, 3, 4]


BLOCKS = tuple(block.name for block in RULES.item(1).blocks)


def form(
    *answers: Seen, seals: tuple[SealSeen, ...] = (), sealed: Seen = Seen.YES, number: int = 1
) -> Holding:
    """A survey form (摸底调查表) with what was seen in its blocks, from the first on."""
    blocks = tuple(BlockSealed(name, seen) for name, seen in zip(BLOCKS, answers, strict=False))
    return held(1, "2024-12-01", number, sealed=sealed, marks=Marks(seals=seals, blocks=blocks))


@pytest.mark.parametrize(
    ("answers", "code", "named"),
    [
        ((Seen.YES, Seen.YES, Seen.YES), None, ()),
        ((Seen.YES, Seen.NO, Seen.NO), "seal-absent", BLOCKS[1:]),
        ((Seen.YES, Seen.UNKNOWN, Seen.YES), "seal-unclear", BLOCKS[1:2]),
        ((Seen.NO, Seen.UNKNOWN, Seen.YES), "seal-absent", BLOCKS[:2]),
        ((Seen.YES,), "seal-unclear", BLOCKS[1:]),
        ((), "seal-unclear", BLOCKS),
    ],
)
def test_one_seal_is_not_enough_for_three_blocks_and_one_finding_names_all_that_lack_theirs(
    answers: tuple[Seen, ...], code: str | None, named: tuple[str, ...]
) -> None:
    found = outcomes(ProjectFile("A", "x", "淘汰类", (form(*answers),)))["seal-1"]

    assert [one.code for one in found.findings] == ([] if code is None else [code])
    for finding in found.findings:
        assert finding.severity is (Severity.ERROR if code == "seal-absent" else Severity.WARNING)
        assert [name for name in BLOCKS if f"{name}（" in finding.message] == list(named)


def test_the_pages_of_a_form_are_asked_together_and_a_form_without_any_seal_lacks_all() -> None:
    pages = (form(Seen.YES, Seen.YES), form(Seen.UNKNOWN, Seen.NO, Seen.YES, number=2))
    bare = form(sealed=Seen.NO)

    assert outcomes(ProjectFile("A", "x", "淘汰类", pages))["seal-1"].outcome is Outcome.PASSED
    assert [one.code for one in outcomes(ProjectFile("A", "x", "淘汰类", (bare,)))["seal-1"].findings] == [
        "seal-absent"
    ]


def seal(fits: Seen, block: str = "") -> SealSeen:
    return SealSeen(2, (0.1, 0.1, 0.3, 0.3), "round", "red", 1.0, "大足区某某中学", "", fits, block)


def test_a_seal_of_a_body_that_the_item_does_not_ask_for_is_none() -> None:
    def codes(*seals: SealSeen) -> list[str]:
        paper = held(2, "2024-12-01", marks=Marks(seals=seals))
        found = outcomes(ProjectFile("A", "x", "淘汰类", (paper,)))["seal-2"]
        assert all(one.severity is Severity.ERROR and one.page == 2 for one in found.findings)
        return [one.code for one in found.findings]

    assert codes(seal(Seen.NO)) == ["seal-foreign"]
    assert codes(seal(Seen.UNKNOWN)) == []
    assert codes(seal(Seen.NO), seal(Seen.YES)) == []
    assert codes(seal(Seen.NO), seal(Seen.UNKNOWN)) == []


def test_a_strangers_seal_in_one_block_is_not_made_good_by_the_right_one_in_another() -> None:
    seals = (seal(Seen.NO, BLOCKS[0]), seal(Seen.YES, BLOCKS[1]))
    found = outcomes(ProjectFile("A", "x", "淘汰类", (form(*[Seen.YES] * 3, seals=seals),)))["seal-1"]

    assert [one.code for one in found.findings] == ["seal-foreign"]
