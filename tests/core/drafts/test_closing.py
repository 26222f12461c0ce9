"""What the papers that close a project say (销号审批表, 销号决定): rows of the archive, and nothing anybody invents."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from archivist.core.catalogue.completeness import Waiver
from archivist.core.checks.values import Finding, ProjectFile
from archivist.core.decision import DecidedCheck
from archivist.core.document import Holding
from archivist.core.drafts.closing import FIRST, closing
from archivist.core.drafts.context import build_context
from archivist.core.drafts.decided import decided
from archivist.core.drafts.sources import SOURCES, fixed
from archivist.core.model import Fact, Marks, SealSeen, Seen, Severity, SignaturePlace
from archivist.core.override import Override
from archivist.core.proposal import Hand
from archivist.core.rootcode import FACT, UNREADABLE
from archivist.drafts import find_kind
from archivist.errors import BadInputError
from support.checking import IN_ORDER, RULES, held, whole
from support.drafting import KINDS, PROJECT, TODAY, closed, passing

FORM = held(8, "2025-03-04", 9, facts=(Fact(FACT, UNREADABLE, 1, "归档根码"),))


def file(*more: Holding, **changed: Any) -> ProjectFile:
    plain = whole(IN_ORDER)
    return replace(plain, documents=(*plain.documents, *more), **changed)


def finding(severity: Severity, message: str, code: str = "debts") -> Finding:
    return Finding("A", None, code, severity, message, clause="正文")


def test_every_item_has_a_row_with_its_papers_and_a_dash_for_what_nobody_knows() -> None:
    undated = held(8, None, 8, title="照片")
    made = closed(file=file(undated, replace(held(8, "2024-13-40", 7), title="清单")))
    last = made.contents[-1]["材料"]

    assert [row["序号"] for row in made.contents] == [str(rule.number) for rule in RULES.items]
    assert made.contents[0]["材料"][0] == {
        "题名": "大足区珠溪镇经营性帮扶产业项目摸底调查表",
        "日期": "2024-10-01",
        "页数": "2",
        "状态": "齐全",
    }
    assert [(row["题名"], row["日期"]) for row in last] == [("照片", "—"), ("清单", "2024-13-40")]


def test_a_missing_item_says_so_and_a_paper_whose_pages_break_when_printed_has_no_count() -> None:
    word = held(2, None, 2)
    made = closing(ProjectFile("A", "x", "淘汰类", (word,)), RULES, PROJECT, [], {})

    assert made.contents[0]["材料"] == [{"题名": "无", "日期": "—", "页数": "—", "状态": "缺件"}]
    assert [row["页数"] for row in made.contents[1]["材料"]] == ["—"]
    assert made.contents[1]["材料"][0]["题名"] == word.name


def test_blank_backs_are_not_counted() -> None:
    scan = held(2, None, 2)
    scan = replace(scan, file=replace(scan.file, kind="pdf"))
    made = closing(ProjectFile("A", "x", "淘汰类", (scan,)), RULES, PROJECT, [], {scan.id: 1})

    assert made.contents[1]["材料"][0]["页数"] == "1"


def test_an_override_is_told_as_a_remark_beside_its_item_and_in_the_decision() -> None:
    plain = file()
    first = replace(plain.documents[0], path_sha256="a" * 64)
    error = Finding("A", 1, "seal-absent", Severity.ERROR, "没看到盖章。", first.id, clause="附件4第1项")
    by = Hand("黎某", "区人民政府办公室", "区", "li")
    one = Override(
        "A",
        error.key,
        error.code,
        1,
        first.id,
        "a" * 64,
        error.message,
        "看过原件",
        by,
        "2026-11-28T10:00:00",
    )
    told = replace(plain, documents=(first, *plain.documents[1:]), overrides=(one,))
    made = closing(told, RULES, PROJECT, [error], {})
    signed = decided(
        replace(
            passing(PROJECT, plain),
            overrides=({**error.record(), **one.record(), "rule": "seal-1"},),
            checks=(DecidedCheck("seal-1", "有盖章", "附件4", "有问题", "没看到"),),
            reasons=(),
        ),
        RULES.procedure,
        plain.documents,
    )

    assert made.contents[0]["材料"][0]["状态"] == "齐全（核定）"
    assert list(made.remarks) == [{"事项": "没看到盖章。", "说明": one.told}]
    assert signed.reasons == (
        {
            "事项": "没看到盖章。",
            "理由": "负责人核定：看过原件",
            "说明人": "黎某（区人民政府办公室，区；系统用户 li），2026-11-28",
        },
    )
    assert signed.checks == ("负责人核定 1 条：有盖章。",)
    assert "已逐项核对，其中 1 处由负责人核定，依据" in signed.sentence


def test_remarks_are_errors_first_to_be_solved_warnings_to_be_explained_and_nothing_that_is_only_told() -> (
    None
):
    found = [
        finding(Severity.ERROR, "缺件。"),
        finding(Severity.WARNING, "有债。"),
        finding(Severity.INFO, "另有材料。"),
        finding(Severity.ERROR, "根码不一致。", "root-changed"),
    ]
    made = closing(file(), RULES, PROJECT, found, {})

    assert list(made.remarks) == [{"事项": "缺件。", "说明": FIRST}, {"事项": "有债。", "说明": ""}]


def test_a_form_that_prints_the_root_is_listed_as_a_paper_but_not_among_what_the_root_is_of() -> None:
    with_form, without = closed(file=file(FORM)), closed()

    assert with_form.root == without.root
    assert with_form.proofs == without.proofs
    assert len(with_form.contents[-1]["材料"]) == 1


def test_nothing_is_decided_before_the_gate_and_after_it_was_reopened() -> None:
    assert closed(decided=False).decided is None
    known = {name for name in SOURCES if fixed(name)}
    kind = find_kind(KINDS, "销号决定")
    with pytest.raises(BadInputError, match="缺少“决定”"):
        build_context(kind, PROJECT, None, {}, TODAY, closing=closed(decided=False))
    assert {"archive.root", "decision.root"} <= known


def test_a_decision_says_what_was_passed_for_which_reason_by_whom_and_who_sealed() -> None:
    seal = SealSeen(1, (0.1, 0.1, 0.2, 0.2), "round", "red", 0.9, owner="珠溪镇人民政府")
    place = SignaturePlace(1, "主持人（签字）", Seen.YES)
    marks = Marks((seal, replace(seal, owner="")), (place, replace(place, seen=Seen.NO)))
    plain = whole({**IN_ORDER, 5: "2024-11-20"})
    papers = tuple(replace(one, marks=marks) if one.item == 5 else one for one in plain.documents)
    unseen = held(4, "2024-11-01", 20, sealed=Seen.NO, signed=Seen.NO)
    looked = replace(unseen, id="D00021", decided_by="唐守业")
    made = closed(file=replace(plain, documents=(*papers, unseen, looked))).decided
    assert made is not None
    signs = {row["序号"]: [paper["签章"] for paper in row["材料"]] for row in made.contents}

    assert signs["5"] == ["盖章：珠溪镇人民政府；签字：主持人"]
    assert signs["4"] == ["已盖章；已签字", "—", "由唐守业核对归档"]
    assert {row["说明人"] for row in made.reasons} == {"覃立新"}
    assert any("顺序不对" in row["事项"] and row["理由"] == "已看过原件" for row in made.reasons)
    assert any(line.startswith("说明理由后通过") for line in made.checks)
    assert "其中部分事项已说明理由" in made.sentence
    assert "覃立新于2024年12月18日 10:00办理" in made.sentence
    assert made.head == f"第 41 条，{'cd' * 32}"


def test_a_waived_item_prints_why_and_an_old_decision_without_a_root_has_none() -> None:
    waived = Waiver(PROJECT.code, 3, "没有签过合同", "李某", "2024-11-20T10:00:00+08:00")
    plain = whole(IN_ORDER)
    papers = tuple(one for one in plain.documents if one.item != 3)
    made = closed(file=replace(plain, documents=papers, waivers={3: waived})).decided
    assert made is not None

    assert made.contents[2]["材料"][0]["题名"] == "免交：没有签过合同（李某，2024-11-20）"
    assert made.contents[-1]["材料"] == [{"题名": "无", "日期": "—", "页": "—", "签章": "—"}]
    assert made.root is not None
    assert [row["校验值"] for row in made.rules] == ["ab" * 32] * 2
    assert {row["原件校验值"] for row in made.proofs} == {""}


@pytest.mark.parametrize("name", ["归档根码", "归档情况", "证据清单", "项目编号", "项目名称"])
def test_what_the_archive_says_cannot_be_written_otherwise(name: str) -> None:
    with pytest.raises(BadInputError, match=f"“{name}”由档案索引填写，不能另写"):
        build_context(find_kind(KINDS, "销号审批表"), PROJECT, None, {name: "1234"}, TODAY, closing=closed())
