"""The plan's own forms (附件2, 3, 4) print the plan's own words: each label, tick line, note and 填表说明 sentence.

``annexes/`` holds the annexes as the plan prints them, cells parted by tabs; blanks to be filled in are no words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from support.drafting import ANNEX, PROJECT, make

PLAN = Path(__file__).parent / "annexes"

BLANKS = {
    "附件2": (r"镇（街道）_*村（社区）",),
    "附件3": (r"2024年X月X日",),
    "附件4": (),
}
"""Where the plan prints an empty place, its words are those of whoever fills the form in."""


def flat(text: str) -> str:
    return re.sub(r"[\s\u3000]+", "", text)


def pieces(annex: str) -> Iterator[str]:
    """The annex's words, without its number: a cell, or a line of one, each."""
    text = (PLAN / f"{annex}.txt").read_text("utf-8").partition("\n")[2]
    for cell in re.split(r"\t|\n(?=\t)|\n(?=[填大更备盖年项])", text):
        words = flat(cell)
        for blank in BLANKS[annex]:
            words = re.sub(blank, "", words)
        for part in re.split(r"(?<=[：。])(?=填报人及|更新时间|审核人|[1-6]\.)", words):
            if part.strip("_ "):
                yield part


def printed(document: bytes) -> str:
    """All text of the body in order, without spaces; of cells merged downwards, the first."""
    body = Document(BytesIO(document)).element.body
    texts = (node.text or "" for node in body.iter(qn("w:t")))
    return flat("".join(texts))


UNTICKED = replace(PROJECT, poor_village=None)


@pytest.mark.parametrize(("annex", "slug"), [("附件2", "survey-form"), ("附件3", "ledger")])
def test_each_word_of_the_plans_form_is_printed_in_its_order(annex: str, slug: str) -> None:
    text = printed(make(slug, {}, UNTICKED))
    at = 0
    wanted = list(pieces(annex))
    assert len(wanted) > 20

    for words in wanted:
        found = text.find(words, at)
        assert found >= 0, f"{words} is not printed after {text[max(at - 30, 0) : at]}"
        at = found + len(words)


def test_all_sentences_of_both_explanations_are_printed() -> None:
    sentences = {
        "survey-form": [one for one in pieces("附件2") if re.match(r"[1-6]\.", one)],
        "ledger": [one for one in pieces("附件3") if re.match(r"[1-3]\.(项目|工作)", one)],
    }
    assert {slug: len(found) for slug, found in sentences.items()} == {"survey-form": 6, "ledger": 3}

    for slug, found in sentences.items():
        text = printed(make(slug, {}, UNTICKED))
        assert [one for one in found if one not in text] == []


def test_a_chosen_class_is_ticked_and_no_word_of_the_tick_line_is_lost() -> None:
    line = "优势类□薄弱类□闲置类（一般/重大）■淘汰类□"

    assert line in printed(make("survey-form", {"村级初步认定": "重大闲置类"}))


def test_of_the_two_degrees_the_one_that_does_not_apply_is_struck_out() -> None:
    def struck(choice: str) -> list[str]:
        body = Document(BytesIO(make("survey-form", {"村级初步认定": choice}))).element.body
        runs = [one for one in body.iter(qn("w:r")) if one.find(f".//{qn('w:strike')}") is not None]
        return [node.text or "" for one in runs for node in one.iter(qn("w:t"))]

    assert struck("重大闲置类") == ["一般"]
    assert struck("一般闲置类") == ["重大"]
    assert struck("淘汰类") == []


def test_the_catalogue_prints_the_plans_eight_contents_and_remarks() -> None:
    text = printed(make("catalogue", {}))
    rows = [line.strip("\t").split("\t") for line in (PLAN / "附件4.txt").read_text("utf-8").split("\n\n")]
    named = [[one.strip() for one in row if one.strip()] for row in rows]
    contents = [row for row in named if row and row[0].isdigit()]
    assert [int(row[0]) for row in contents] == [item.number for item in ANNEX.items]

    for row in contents:
        for words in row[1:]:
            whole = words.replace("××镇街会议", "珠溪镇会议").replace("××镇街", "珠溪镇")
            whole = whole.replace("××村（社区）", "青杠岭村").replace("××部门", "区农业农村委")
            assert flat(whole) in text
