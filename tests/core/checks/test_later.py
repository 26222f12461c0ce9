"""What a person should know though no rule is broken: it stands in the way of nothing."""

from __future__ import annotations

from dataclasses import replace

from archivist.core.checks.later import later
from archivist.core.checks.values import ProjectFile
from archivist.core.decision import Deregistration
from archivist.core.model import Severity
from archivist.core.override import Override
from archivist.core.project import Project
from archivist.core.proposal import Hand, Proposal
from support.checking import decided, held

AT = "2025-01-01T10:00:00+08:00"
FILED = (held(1, "2024-10-01", 1), held(3, "2024-10-01", 2))


def codes(file: ProjectFile) -> list[tuple[int | None, str]]:
    found = list(later(file))
    assert {one.severity for one in found} <= {Severity.INFO}
    return [(one.item, one.code) for one in found]


def test_what_waits_beside_a_filed_paper_is_told_and_alone_it_is_not() -> None:
    waiting = (held(3, None, 8), held(4, None, 9))

    assert codes(ProjectFile("A", "x", "淘汰类", FILED, waiting)) == [(3, "waiting")]


def test_what_was_filed_after_the_gate_is_told() -> None:
    gate = Deregistration("A", AT, "李某", decided("D00001"))

    assert codes(ProjectFile("A", "x", "淘汰类", FILED, gate=gate)) == [(3, "after-deregistration")]


def test_a_proposal_that_waits_for_a_second_person_is_told() -> None:
    by = Hand("冯某甲", "区农业农村委", "部门", "feng")
    proposal = Proposal("A", AT, by, {}, {"seq": 1, "hash": "0" * 64}, "0" * 64)

    assert codes(ProjectFile("A", "x", "淘汰类", FILED, proposal=proposal)) == [(None, "proposal-waits")]


def test_a_gate_that_was_opened_again_is_told() -> None:
    gate = Deregistration("A", AT, "李某", decided("D00001"), "2025-02-01T10:00:00+08:00", "王某", "还有债务")

    assert codes(ProjectFile("A", "x", "淘汰类", FILED, gate=gate)) == [(None, "reopened")]


def test_an_override_whose_paper_is_another_now_is_told() -> None:
    first, other = replace(FILED[0], path_sha256="a" * 64), FILED[1]
    by = Hand("蒋某", "工作专班办公室", "专班", "jiang")
    good = Override(
        "A", "seal-absent-1", "seal-absent", 1, first.id, "a" * 64, "没看到盖章", "看过原件", by, AT
    )
    void = (good._replace(sha256="f" * 64), good._replace(item=2), good._replace(document="D99999"))

    filed = (first, other)

    assert codes(ProjectFile("A", "x", "淘汰类", filed, overrides=(good,))) == []
    assert codes(ProjectFile("A", "x", "淘汰类", filed, overrides=void)) == [
        (1, "override-void"),
        (2, "override-void"),
        (1, "override-void"),
    ]


def test_a_folder_under_another_township_is_told_and_one_in_its_place_is_not() -> None:
    register = Project("A", "养殖场", "石坝镇", "青杠村")
    moved = ProjectFile("A", "养殖场", "淘汰类", register=register, folder="项目档案/龙井镇/A 养殖场")

    assert codes(moved) == [(None, "folder-elsewhere")]
    assert codes(replace(moved, folder="项目档案/石坝镇/A 养殖场")) == []
    assert codes(replace(moved, register=None)) == codes(replace(moved, folder=None)) == []
