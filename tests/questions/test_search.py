"""Where words stand in the text of all documents, with the document each page belongs to."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from archivist.core.text import fold
from archivist.index.reader import IndexReader
from archivist.questions.documents import documents
from archivist.questions.search import phrase, search
from archivist.workspace.resources import data_folder
from support import workspaces as w

SCHEMA = Draft202012Validator(
    json.loads((data_folder("schemas") / "output" / "search.schema.json").read_text("utf-8"))
)


@pytest.mark.parametrize(
    "words", [("会议",), ("会议", "同意"), ("黑山羊", "专题会议纪要"), ("没有这样的话",)]
)
def test_every_page_with_all_words_is_answered_and_no_other(
    reader: IndexReader, words: tuple[str, ...]
) -> None:
    pages = reader.execute(
        "SELECT name, number, text FROM pages JOIN sources ON sources.id = source"
    ).fetchall()
    expected = [
        (name, number) for name, number, text in pages if all(fold(word) in fold(text) for word in words)
    ]
    found = search(reader, phrase(words), 1000)

    assert sorted((hit.source, hit.page) for hit in found.pages) == sorted(expected)
    assert not found.more
    assert all("【" in hit.passage for hit in found.pages)
    assert [error.message for hit in found.pages for error in SCHEMA.iter_errors(hit.record())] == []


def test_a_page_names_its_document_and_a_project_only_when_that_is_filed(reader: IndexReader) -> None:
    known = {one.id: one for one in documents(reader)}
    found = search(reader, phrase(["会议"]), 1000).pages

    assert {known[hit.document].status.value for hit in found if hit.document} >= {"filed", "review"}
    for hit in found:
        assert hit.document is not None
        one = known[hit.document]
        assert one.first <= hit.page <= one.last
        filed = one.status == "filed"
        assert (hit.path, hit.project, hit.item) == (
            one.path,
            one.project if filed else None,
            one.item if filed else None,
        )


def test_the_limit_says_that_there_is_more(reader: IndexReader) -> None:
    everything = search(reader, phrase(["会议"]), 1000).pages
    few = search(reader, phrase(["会议"]), 2)
    just = search(reader, phrase(["会议"]), len(everything))

    assert (few.pages, few.more) == (everything[:2], True)
    assert (just.pages, just.more) == (everything, False)


@pytest.mark.parametrize("words", [["会"], ["会议", "纪"], ["，。"], []])
def test_a_word_that_is_too_short_is_told_before_any_index_is_asked(words: list[str]) -> None:
    assert w.message_of(lambda: phrase(words)) == "检索词至少要有两个字。"
