"""What a document is worth as evidence (材料状态): 草稿, 已印发未签章, 签章件 or 复印件."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from archivist.core.document import Holding
from archivist.core.drafts.mark import FACT
from archivist.core.evidence import EvidenceState, editable, grade
from archivist.core.model import NO_MARKS, Fact, Marks, SealSeen, Seen, TextSource
from support.checking import held

UNSEEN: dict[str, Any] = {
    "sealed": Seen.UNKNOWN,
    "signed": Seen.UNKNOWN,
    "facts": (),
    "marks": NO_MARKS,
    "original": None,
}
NUMBER = Fact("文号", "〔2024〕19号", 1, "〔2024〕19号")


def paper(name: str = "扫描.pdf", kind: str | None = "pdf", **more: object) -> Holding:
    one = held(5, "2024-11-20", **{**UNSEEN, **more})
    return replace(one, file=replace(one.file, name=name, kind=kind))


@pytest.mark.parametrize(
    "kind",
    ["docx", "legacy", "ole", "rtf", "odf", "xlsx", "wordxml", "flatodf", "text", "html", "iwork", "pptx"],
)
def test_a_file_that_people_write_on_is_a_draft_even_with_a_picture_of_a_seal(kind: str) -> None:
    one = paper(kind=kind, sealed=Seen.YES, signed=Seen.YES, facts=(NUMBER,))

    assert grade(one).state is EvidenceState.DRAFT


@pytest.mark.parametrize("kind", [None, "", "unknown"])
def test_where_nobody_looked_at_the_file_its_name_tells(kind: str | None) -> None:
    assert editable(paper("纪要.DOCX", kind).file)
    assert editable(paper("纪要.wps", kind).file)
    assert not editable(paper("纪要.pdf", kind).file)
    assert not editable(paper("纪要.doc", "image").file)


def test_a_draft_that_says_so_is_one_on_paper_too() -> None:
    left_open = Fact(FACT, "还有 3 处【待填】没有填写", 1, "【待填】")
    found = grade(paper(sealed=Seen.YES, facts=(left_open,)))

    assert (found.state, found.reason, found.fact) == (EvidenceState.DRAFT, left_open.value, left_open)


def test_a_copy_stays_one_whatever_is_seen_on_it() -> None:
    assert grade(paper(original="复印件", sealed=Seen.YES)).state is EvidenceState.COPY
    assert grade(paper(original="原件", sealed=Seen.YES)).state is EvidenceState.SIGNED


def test_seal_and_signature_are_told_with_the_body() -> None:
    seal = SealSeen(1, (0.1, 0.1, 0.2, 0.2), "round", "red", 1.0, owner="珠溪镇人民政府")

    assert grade(paper(sealed=Seen.YES, marks=Marks(seals=(seal,)))).reason == "看到印章（珠溪镇人民政府）"
    assert grade(paper(sealed=Seen.YES, signed=Seen.YES)).reason == "看到印章、看到签字"
    assert grade(paper(signed=Seen.YES)).state is EvidenceState.SIGNED


@pytest.mark.parametrize(
    ("more", "state", "words"),
    [
        ({"facts": (NUMBER,), "text_source": TextSource.NATIVE}, EvidenceState.ISSUED, "文号 〔2024〕19号"),
        ({"text_source": TextSource.NATIVE}, EvidenceState.DRAFT, "没有印章、签字，也没有文号"),
        ({"text_source": TextSource.OCR, "sealed": Seen.NO}, EvidenceState.ISSUED, "没看到印章、签字"),
        ({"text_source": TextSource.OCR}, EvidenceState.ISSUED, "看不准"),
    ],
)
def test_without_seal_and_signature_a_number_or_paper_makes_it_more_than_a_draft(
    more: dict[str, Any], state: EvidenceState, words: str
) -> None:
    found = grade(paper(**more))

    assert found.state is state
    assert words in found.reason
