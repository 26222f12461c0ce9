"""The root code read off a signed form (归档根码): behind its label or beside it, each once, and never a wrong one."""

from __future__ import annotations

from archivist.core.model import Fact
from archivist.core.page import Line, Page
from archivist.core.paper.facts import read_facts
from archivist.core.rootcode import FACT, UNREADABLE, RootCode
from support.drafting import ANNEX

CODE, OTHER = (RootCode(char * 64).printed for char in "ab")
KIND = next(kind.slug for kind in ANNEX.kinds if kind.name == "销号审批表")


def roots(*pages: list[Line], kind: str = KIND) -> list[Fact]:
    read = read_facts(kind, [Page(n, tuple(lines)) for n, lines in enumerate(pages, 1)], ANNEX.facts)
    return [fact for fact in read if fact.name == FACT]


def test_a_code_behind_its_label_is_read_once_however_often_it_is_printed() -> None:
    (found,) = roots([Line(f"归档根码：{CODE}")], [Line("意见"), Line(f"归档根码: {CODE.replace(' ', '')}")])

    assert (found.value, found.page) == (CODE, 1)


def test_a_code_beside_its_label_is_read() -> None:
    (found,) = roots([Line("归档根码：", (0.1, 0.1, 0.2, 0.12)), Line(CODE, (0.3, 0.1, 0.7, 0.12))])

    assert found.value == CODE


def test_pages_of_two_forms_give_two_codes() -> None:
    assert [one.value for one in roots([Line(f"归档根码：{CODE}")], [Line(f"归档根码：{OTHER}")])] == [
        CODE,
        OTHER,
    ]


def test_a_code_that_cannot_be_read_is_said_to_be_unreadable() -> None:
    wrong = CODE.replace("1", "7", 1) if "1" in CODE else "7" + CODE[1:]
    (found,) = roots([Line(f"归档根码：{wrong}")], [Line("归档根码：")])

    assert (found.value, found.quote) == (UNREADABLE, f"归档根码：{wrong}")


def test_a_sentence_about_the_code_and_other_kinds_of_paper_have_none() -> None:
    assert roots([Line("任何改动都会改变归档根码，请核对。")]) == []
    assert roots([Line(f"归档根码：{CODE}")], kind="survey") == []
