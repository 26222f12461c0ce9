"""Searchable copies: one for every filed scan, in a tree of its own, always made again, never received or counted."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from unittest.mock import patch

import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import pdfa

from archivist.index.reader import open_reader
from archivist.ingest.pipeline import Pipeline
from archivist.questions.documents import documents
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.programs import needs_pdftotext


@pytest.fixture
def opened(tmp_path: Path) -> Workspace:
    return w.workspace(tmp_path / "w")


def copies(opened: Workspace) -> list[str]:
    return sorted(path for path, _ in w.copies_there(opened))


def text_of(path: Path) -> str:
    with pdfium.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_a_filed_scan_gets_a_copy_that_is_pdfa_and_finds_its_words_while_the_original_stays(
    opened: Workspace,
) -> None:
    dropped = w.pdf(opened.config.inbox / "扫描.pdf", w.minutes(w.SHEEP), scanned=True).read_bytes()
    w.ingest(opened)
    (row,) = w.documents(opened)
    (copy,) = copies(opened)

    assert copy.startswith(f"可检索副本/石坝镇/{w.SHEEP.code} {w.SHEEP.name}/05 ")
    assert copy.endswith("（可检索副本）.pdf")
    assert opened.store.path(row["path"]).read_bytes() == dropped
    assert pdfa.validate_written(opened.store.path(copy), "2b").passed
    for line in w.minutes(w.SHEEP).splitlines():
        assert line in text_of(opened.store.path(copy))
    with open_reader(opened.index_path) as index:
        assert [(one.searchable, one.searchable_note or None) for one in documents(index)] == [(copy, None)]


@needs_pdftotext
def test_poppler_copies_chinese_without_spaces_between_characters(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "扫描.pdf", w.minutes(w.SHEEP), scanned=True)
    w.ingest(opened)
    path = opened.store.path(copies(opened)[0])
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)

    assert f"研究{w.SHEEP.name}（项目编号：{w.SHEEP.code}）退出处置事宜。" in done.stdout.decode()


def test_each_part_of_a_combined_scan_has_a_copy_of_its_own_pages(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "合并.pdf", w.record(w.FISH), w.minutes(w.FISH, 3), scanned=True)
    w.ingest(opened)
    texts = [text_of(opened.store.path(path)) for path in copies(opened)]

    assert ["会议记录" in text for text in texts] == [True, False]
    assert ["会议纪要" in text for text in texts] == [False, True]
    for path in copies(opened):
        with pikepdf.open(opened.store.path(path)) as made:
            assert len(made.pages) == 1


def test_text_that_is_there_already_waiting_and_rejected_documents_get_none(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "文字.pdf", w.minutes(w.SHEEP))
    w.pdf(opened.config.inbox / "拿不准.pdf", w.UNSURE, scanned=True)
    w.pdf(opened.config.inbox / "坏的.pdf", w.BAD)
    w.ingest(opened)

    assert copies(opened) == []
    assert not opened.config.copies.exists()


def test_a_lost_copy_is_made_again_from_what_was_recognised_not_by_recognising_again(
    opened: Workspace,
) -> None:
    w.pdf(opened.config.inbox / "扫描.pdf", w.minutes(w.SHEEP), scanned=True)
    w.ingest(opened)
    before = w.copies_there(opened)
    shutil.rmtree(opened.config.copies)
    reader = w.TextReader()
    w.ingest(opened, reader)

    assert w.copies_there(opened) == before
    assert reader.read == []


def test_what_was_recognised_is_read_anew_only_when_it_is_lost_too(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "扫描.pdf", w.minutes(w.SHEEP), scanned=True)
    w.ingest(opened)
    before = w.copies_there(opened)
    shutil.rmtree(opened.config.copies)
    shutil.rmtree(opened.store.private / "reads")
    reader = w.TextReader()
    w.ingest(opened, reader)

    assert w.copies_there(opened) == before
    assert reader.read == ["扫描.pdf"]


def test_the_copy_follows_its_document_and_goes_with_it(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "扫描.pdf", w.minutes(w.SHEEP), scanned=True)
    w.ingest(opened)
    with opened.writing("assign", wait=10) as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        (row,) = [index.documents.find(r["id"]) for r in w.documents(opened)]
        assert row is not None
        line.desk.deciding.assign(row, w.LEMON.code, 8, "确认")
        with patch(
            "archivist.preservation.searchable.make_searchable", side_effect=AssertionError("made anew")
        ):
            line.run()

    (copy,) = copies(opened)
    assert copy.startswith(f"可检索副本/龙井镇/{w.LEMON.code} {w.LEMON.name}/08 ")
    assert w.disagreements(opened) == []


def test_a_copy_put_into_the_inbox_or_beside_its_original_is_not_filed_as_a_document_of_its_own(
    opened: Workspace,
) -> None:
    w.pdf(opened.config.inbox / "扫描.pdf", w.minutes(w.SHEEP), scanned=True)
    w.ingest(opened)
    copy = opened.store.path(copies(opened)[0])
    shutil.copy(copy, opened.config.inbox / "拿错了.pdf")
    shutil.copy(copy, w.item_folder(opened, w.SHEEP, 5) / "也拿错了.pdf")
    w.ingest(opened)

    assert sorted(row["status"] for row in w.documents(opened)) == ["duplicate", "duplicate", "filed"]
    assert w.disagreements(opened) == []


def test_nothing_in_the_tree_of_copies_is_received(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "扫描.pdf", w.minutes(w.SHEEP), scanned=True)
    w.ingest(opened)
    stray = w.pdf(opened.config.copies / "石坝镇" / "别人的.pdf", w.minutes(w.LEMON))
    w.ingest(opened)

    assert len(w.documents(opened)) == 1
    assert stray.is_file()


def test_a_left_over_copy_goes_and_a_persons_file_of_the_same_name_stays(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "扫描.pdf", w.minutes(w.SHEEP), scanned=True)
    w.ingest(opened)
    copy = opened.store.path(copies(opened)[0])
    left_over = copy.with_name("旧的（可检索副本）.pdf")
    shutil.copy(copy, left_over)
    copy.write_bytes(b"written on")
    theirs = w.pdf(copy.with_name("自己的（可检索副本）.pdf"), "甲")
    w.ingest(opened)

    assert not left_over.exists()
    assert theirs.is_file()
    assert copy.read_bytes() == b"written on"


def test_copies_can_be_switched_off(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w", '\n[extraction]\nsearchable = "no"\n')
    w.pdf(opened.config.inbox / "扫描.pdf", w.minutes(w.SHEEP), scanned=True)
    w.ingest(opened)

    assert not opened.config.copies.exists()
