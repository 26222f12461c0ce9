"""The papers that close a project, made of its archive (销号审批表, 销号决定): filled in by themselves, or refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from archivist.core.rootcode import evidence_root
from archivist.drafts.drafting import draft_document
from archivist.errors import BadInputError, ExitCode, FixityError, UsageError
from archivist.index.reader import open_reader
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.drafting import passing

CODE = w.SHEEP.code
FORM, DECISION = "销号审批表", "销号决定"


@pytest.fixture
def opened(tmp_path: Path) -> Workspace:
    made = w.workspace(tmp_path / "w")
    w.pdf(made.config.inbox / "记录.pdf", w.record(w.SHEEP, 2), sealed=True)
    w.pdf(w.item_folder(made, w.SHEEP, 5) / "纪要.pdf", w.minutes(w.SHEEP, 5), sealed=True)
    w.ingest(made)
    return made


def deregistered(opened: Workspace) -> None:
    with opened.writing("deregister", wait=10) as index, index.change():
        (file,) = index.project_files.of([CODE])
        index.deregistrations.put(CODE, passing(w.SHEEP, file))


def root(opened: Workspace) -> str:
    with open_reader(opened.index_path) as index:
        (file,) = index.project_files.of([CODE])
    return evidence_root(file.documents).printed


def words(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    return "\n".join("".join(node.text or "" for node in p.iter("{*}t")) for p in tree.iter("{*}p"))


def test_the_form_says_what_each_item_rests_on_what_is_missing_and_the_root_of_it_all(
    opened: Workspace, tmp_path: Path
) -> None:
    text = words(draft_document(opened, FORM, CODE, None, (), tmp_path).path)

    assert f"归档根码：{root(opened)}" in text
    assert "2024-11-05" in text and "石坝镇青杠村会议记录" in text
    assert "第1项“摸底调查表”缺件。" in text and "须先解决" in text
    assert "待填" not in text


def test_a_decision_is_printed_only_of_a_project_that_is_deregistered_and_still_is(
    opened: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=f"项目 {CODE} 现在没有销号，没有决定可以生成“销号决定”"):
        draft_document(opened, DECISION, CODE, None, (), tmp_path)

    deregistered(opened)
    path = draft_document(opened, DECISION, CODE, None, (), tmp_path).path
    text = words(path)

    assert "决定予以销号" in text and root(opened) in text
    assert "已看过原件（覃立新）" in text
    with opened.writing("deregister", wait=10) as index:
        index.deregistrations.reopen(CODE, "由 李某 重新打开：有新材料")
    path.unlink()
    with pytest.raises(UsageError, match="现在没有销号"):
        draft_document(opened, DECISION, CODE, None, (), tmp_path)
    assert not path.exists()


def test_the_form_of_a_deregistered_project_says_the_reasons_that_were_given(
    opened: Workspace, tmp_path: Path
) -> None:
    deregistered(opened)

    assert "说明：已看过原件" in words(draft_document(opened, FORM, CODE, None, (), tmp_path).path)


def test_nobody_writes_another_root_on_the_form_and_an_unknown_project_is_refused(
    opened: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(BadInputError, match="“归档根码”由档案索引填写"):
        draft_document(opened, FORM, CODE, None, ("归档根码=1234",), tmp_path)
    with pytest.raises(BadInputError, match="台账里没有项目编号“没有”"):
        draft_document(opened, FORM, "没有", None, (), tmp_path)


@pytest.mark.parametrize("kind", [FORM, DECISION])
def test_a_paper_that_prints_digests_is_not_made_of_files_that_are_not_as_they_were_filed(
    opened: Workspace, tmp_path: Path, kind: str
) -> None:
    deregistered(opened)
    altered, gone = (path for path in sorted(w.folder_of(opened, w.SHEEP).rglob("0*.pdf")))
    altered.chmod(0o644)
    altered.write_bytes(altered.read_bytes() + b" ")
    gone.unlink()

    with pytest.raises(FixityError) as refused:
        draft_document(opened, kind, CODE, None, (), tmp_path)

    assert refused.value.exit_code is ExitCode.FIXITY
    assert f"“{kind}”没有生成" in refused.value.message
    assert "被改动或替换了" in refused.value.message and "被删除或移走了" in refused.value.message
    assert not list(tmp_path.glob("*.docx"))
