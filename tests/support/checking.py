"""Projects as the checks are given them, and what the shipped rules say of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from archivist.core.catalogue.completeness import Waiver
from archivist.core.checks import run_checks
from archivist.core.checks.values import Checked, ProjectFile
from archivist.core.decision import About, DecidedItem, Decision, Deregistration, Proof
from archivist.core.document import DONE, INBOX, Holding, Source
from archivist.core.model import (
    BlockSealed,
    Candidate,
    Evidence,
    Fact,
    Level,
    Marks,
    SealSeen,
    Seen,
    Status,
    TextSource,
)
from archivist.core.words.evidence import BY_CODE, BY_NAME, JOINED, NEAR_NAME
from archivist.workspace.rulebook import load_rules
from support.catalogue import NUMBERS, REQUIRED
from support.places import SCHEMAS

FACTS = ("债权债务", "项目编号", "会议意见", "草稿", "文号", "应到", "实到", "同意", "反对", "弃权")
"""What the shipped rules of the procedure read out of documents."""

RULES = load_rules(SCHEMAS, SCHEMAS)
TODAY = date(2026, 1, 31)
FIRST = date(2024, 11, 1)
CHAIN = tuple(item for step in RULES.procedure.orders[0].steps for item in step.items)
"""The items of the procedure's steps, in its order."""

DAYS = st.integers(0, 60).map(lambda days: (FIRST + timedelta(days)).isoformat())


VOTE = tuple(
    Fact(name, number, 1, f"{name}{number}")
    for name, number in {"应到": "20", "实到": "18", "同意": "17", "反对": "0", "弃权": "1"}.items()
)
"""The numbers of a meeting that carry what it decided."""


def held(item: int, day: str | None, number: int = 1, **more: object) -> Holding:
    rule = RULES.item(item)
    seen: dict[str, Any] = {
        "sealed": Seen.YES,
        "signed": Seen.YES,
        "level": rule.level,
        "of_kind": rule.kinds[0],
        "original": "原件",
        "marks": Marks(blocks=tuple(BlockSealed(block.name, Seen.YES) for block in rule.blocks)),
        "candidates": (Candidate("A", item, 0.9, (Evidence(1, "养殖场", BY_NAME),)),),
        "facts": (),
    }
    agreed = RULES.procedure.agreed
    if agreed is not None and item in agreed.items:
        seen["facts"] += (Fact(agreed.fact, agreed.yes[0], 1, "会议同意退出。"),)
    if rule.evidence.votes:
        seen["facts"] += VOTE
    assessment = RULES.procedure.cross.assessment
    if assessment is not None and item in assessment.items:
        advice = Fact(assessment.advice, assessment.yes[0], 2, "建议退出。")
        seen["facts"] += (
            *(Fact(point.facts[0], "183000.00", 1, "写明") for point in assessment.points),
            advice,
        )
    fields: dict[str, Any] = {**seen, **more}
    file = Source(
        number, f"{item}.pdf", INBOX, None, f"{number:064d}", 1, None, DONE, "2024-12-01T10:00:00+08:00"
    )
    name = f"D{number:05d}"
    return Holding(
        name, number, 1, 2, Status.FILED, "A", item, path=f"{item}.pdf", date=day, file=file, **fields
    )


def project(
    dated: list[tuple[int, str | None]], waived: set[int] | None = None, category: str | None = "淘汰类"
) -> ProjectFile:
    documents = tuple(held(item, day, number) for number, (item, day) in enumerate(dated, 1))
    waivers = {
        item: Waiver("A", item, "拆除", "李某", "2026-01-01T10:00:00+08:00") for item in waived or set()
    }
    return ProjectFile("A", "养殖场", category, documents, (), waivers)


def decided(*documents: str) -> Decision:
    """A decision of the gate that rests on these documents, all of the first item."""
    proofs = tuple(
        Proof(one, f"{one}.pdf", (1, 1), None, None, None, "yes", "yes", "0" * 64, "0" * 64, None, None)
        for one in documents
    )
    item = DecidedItem(1, "一", "一", "一", "附件4", "齐全", None, proofs)
    about = About("A", "淘汰类", "养殖场", "石坝镇", "青杠村", "区水利局")
    at, head = "2025-01-01T10:00:00+08:00", {"seq": 1, "hash": "0" * 64}
    return Decision(about, (item,), (), (), at, "李某", {"files": 0, "bytes": 0}, {}, head, "1")


def whole(days: Mapping[int, str | None]) -> ProjectFile:
    """A project with one document for each item that must be there."""
    return project([(item, days.get(item, "2024-10-01")) for item in REQUIRED])


def outcomes(file: ProjectFile) -> dict[str, Checked]:
    return {one.rule: one for one in run_checks(file, RULES, TODAY)}


IN_ORDER = {4: "2024-11-01", 5: "2024-11-02", 2: "2024-11-03", 6: "2024-11-04", 7: "2024-11-05"}
"""Days on which the plan's own procedure was followed."""

HELD = st.builds(
    held,
    st.sampled_from(NUMBERS),
    st.none() | DAYS | st.just("2031-01-01"),
    st.integers(1, 99),
    sealed=st.sampled_from(list(Seen)),
    signed=st.sampled_from(list(Seen)),
    level=st.none() | st.sampled_from(list(Level)),
    wrong=st.sampled_from(["", "", "gone", "altered"]),
    facts=st.lists(
        st.builds(
            Fact,
            st.sampled_from(FACTS),
            st.sampled_from(["欠款", "已全部结清", "DZ-1", "0", "7", "20"]),
            st.just(1),
            st.just("x"),
        ),
        max_size=5,
    ).map(tuple),
    of_kind=st.sampled_from([None, "", "record", "minutes", "agreement", "notice"]),
    title=st.none() | st.just("会议记录"),
    original=st.sampled_from([None, "原件", "复印件"]),
    text_source=st.sampled_from(list(TextSource)),
    marks=st.builds(
        Marks,
        seals=st.lists(
            st.builds(
                SealSeen,
                st.just(1),
                st.just((0.1, 0.1, 0.2, 0.2)),
                st.just("round"),
                st.just("red"),
                st.just(1.0),
                st.just("大足区水利局"),
                fits=st.sampled_from(list(Seen)),
                block=st.sampled_from(["", "村（社区）", "镇街"]),
            ),
            max_size=2,
        ).map(tuple),
        blocks=st.lists(
            st.builds(
                BlockSealed, st.sampled_from(["村（社区）", "镇街", "主管部门"]), st.sampled_from(list(Seen))
            ),
            max_size=3,
        ).map(tuple),
    ),
    candidates=st.lists(
        st.builds(
            Candidate,
            st.sampled_from(["A", "B"]),
            st.sampled_from(NUMBERS),
            st.sampled_from([0.5, 0.9]),
            st.lists(
                st.builds(
                    Evidence, st.just(1), st.just("x"), st.sampled_from([BY_CODE, BY_NAME, JOINED, NEAR_NAME])
                ),
                max_size=2,
            ).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
)
GATES = st.builds(
    Deregistration,
    st.just("A"),
    st.just("2025-01-01T10:00:00+08:00"),
    st.just("李某"),
    st.just(decided("D00001")),
    reopened=st.none() | st.just("2025-02-01T10:00:00+08:00"),
)
FILES = st.builds(
    ProjectFile,
    st.just("A"),
    st.just("养殖场"),
    st.sampled_from(["淘汰类", "闲置类", None]),
    st.lists(HELD, max_size=9).map(tuple),
    st.lists(HELD, max_size=3).map(tuple),
    st.sets(st.sampled_from(NUMBERS)).map(
        lambda items: {item: Waiver("A", item, "拆除", "李某", "2026-01-01T10:00:00+08:00") for item in items}
    ),
    st.none() | GATES,
    st.sampled_from(["", "欠款", "均已结清"]),
)
"""Projects of every sort."""
