"""档号: none is given twice, whatever the order; the next is one more than the highest; what was given stays."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.archive.numbers import Paper, Series, code_of, planned, read_code, to_end
from archivist.core.archive.rules import SECRECY, Fonds
from support.archiving import PIECES, RULES, SERIES, VOLUMES, Counted, paper

PROJECTS = ("甲", "乙", "丙")
ACTS = st.lists(
    st.tuples(
        st.sampled_from(PROJECTS),
        st.sampled_from(["add", "add", "number", "number", "withdraw", "renumber", "lose"]),
        st.integers(1, 8),
        st.sampled_from([2023, 2024, 2024, None]),
    ),
    max_size=40,
)


@given(ACTS, st.sampled_from([VOLUMES, PIECES]))
def test_no_number_is_given_twice_and_the_next_is_one_more_than_the_highest(
    acts: list[tuple[str, str, int, int | None]], fonds: Fonds
) -> None:
    kept, count = Counted(), 0
    papers: dict[str, list[Paper]] = {one: [] for one in PROJECTS}
    ever: dict[str, tuple[str, str]] = {}
    for project, act, item, year in acts:
        if act == "add":
            count += 1
            papers[project].append(paper(count, item, year))
        elif act == "lose" and papers[project]:
            papers[project].pop(item % len(papers[project]))
        elif act == "withdraw":
            kept.end([one for one in kept.of(project) if one.stands])
        else:
            before = kept.of(project)
            if act == "renumber":
                kept.end(to_end(papers[project], before, fonds, RULES))
            plan = planned(papers[project], kept.of(project), fonds, RULES, kept.highest)
            tops: dict[Series, int] = {}
            for new in plan.new:
                if new.place == 0:
                    top = tops.get(new.series, kept.highest(new.series))
                    assert new.number == top + 1
                    tops[new.series] = new.number
                    assert ever.setdefault(new.code, (project, new.document)) == (project, new.document)
            kept.give(project, plan.new)
        standing = [one.code for one in kept.given if one.stands]
        assert len(standing) == len(set(standing))
    assert all(read_code(one.code) == (one.series, one.number, one.place) for one in kept.given)


@given(st.permutations([paper(number, 5) for number in range(1, 7)]), st.integers(1, 5))
def test_what_has_a_number_keeps_it_when_papers_come_later(papers: list[Paper], first: int) -> None:
    for fonds in (VOLUMES, PIECES):
        kept = Counted()
        kept.give("甲", planned(papers[:first], (), fonds, RULES, kept.highest).new)
        before = {one.document: one.code for one in kept.given}
        kept.give("甲", planned(papers, kept.of("甲"), fonds, RULES, kept.highest).new)

        assert {one.document: one.code for one in kept.given if one.document in before} == before
        assert {one.document for one in kept.given} - {""} == {one.document for one in papers}
        assert planned(papers, kept.of("甲"), fonds, RULES, kept.highest).new == ()


def test_a_volume_is_numbered_with_its_papers_within_it() -> None:
    plan = planned([paper(1, 8), paper(2, 4, 2025)], (), VOLUMES, RULES, lambda series: 6)

    assert [new.code for new in plan.new] == [
        "Z109-WS·2025-Y-NYW-0007",
        "Z109-WS·2025-Y-NYW-0007-001",
        "Z109-WS·2025-Y-NYW-0007-002",
    ]
    assert plan.new[0].document == ""


def test_pieces_are_counted_by_year_and_period() -> None:
    papers = [paper(1, 4), paper(2, 8), paper(3, 5), paper(4, 4, 2023), paper(5, 4, None)]
    plan = planned(papers, (), replace(PIECES, organ=""), RULES, lambda series: 0)

    assert [new.code for new in plan.new] == [
        "Z109-WS·2024-Y-0001",
        "Z109-WS·2024-D30-0001",
        "Z109-WS·2024-Y-0002",
        "Z109-WS·2023-Y-0001",
    ]
    (left,) = plan.left
    assert "D00005" in left and "没有日期" in left and "archivist date D00005" in left


def test_somebody_may_say_the_year() -> None:
    undated = [paper(1, 4, None)]

    assert planned(undated, (), VOLUMES, RULES, lambda _: 0).new == ()
    assert "没有一份材料有日期" in planned(undated, (), VOLUMES, RULES, lambda _: 0).left[0]
    for fonds in (VOLUMES, PIECES):
        assert planned(undated, (), fonds, RULES, lambda _: 0, 2022).new[0].series.year == 2022


def test_a_project_without_papers_is_not_numbered() -> None:
    assert planned((), (), VOLUMES, RULES, lambda _: 0).left == ("没有可以编号的材料",)
    assert planned((), (), PIECES, RULES, lambda _: 0) == ((), ())


def test_numbered_anew_a_volume_that_fits_keeps_its_number_and_its_places_begin_anew() -> None:
    kept = Counted()
    papers = [paper(2, 5), paper(1, 4)]
    kept.give("甲", planned(papers, (), VOLUMES, RULES, kept.highest).new)
    gone = to_end(papers, kept.of("甲"), VOLUMES, RULES)

    assert [one.document for one in gone] == ["D00002", "D00001"]
    kept.end(gone)
    plan = planned(papers[::-1], kept.of("甲"), VOLUMES, RULES, kept.highest)
    assert [(new.document, new.place, new.number) for new in plan.new] == [("D00001", 1, 1), ("D00002", 2, 1)]


def test_numbered_anew_what_no_longer_fits_gets_another_number() -> None:
    kept, other = Counted(), replace(VOLUMES, number="Z200")
    papers = [paper(1, 5)]
    kept.give("甲", planned(papers, (), VOLUMES, RULES, kept.highest).new)

    assert len(to_end(papers, kept.of("甲"), other, RULES)) == 2
    pieces = Counted()
    two = [paper(1, 5), paper(2, 4)]
    pieces.give("乙", planned(two, (), PIECES, RULES, pieces.highest).new)
    assert to_end(two, pieces.of("乙"), PIECES, RULES) == []
    assert [one.document for one in to_end([paper(1, 8), paper(2, 4)], pieces.of("乙"), PIECES, RULES)] == [
        "D00001"
    ]
    assert len(to_end(two, pieces.of("乙"), PIECES, RULES, 2020)) == 2
    assert len(to_end(two[:1], pieces.of("乙"), PIECES, RULES)) == 1
    assert len(to_end(papers, kept.of("甲"), PIECES, RULES)) == 2, "kept as a volume before"


@pytest.mark.parametrize(
    "code",
    ["", "Z109-WS·2024-Y-NYW-1", "z109-WS·2024-Y-0001", "Z109-WS.2024-Y-0001", "Z109-WS·2024-X-0001", "=1+1"],
)
def test_what_is_no_number_is_not_read_as_one(code: str) -> None:
    assert read_code(code) is None


def test_a_number_is_read_as_it_was_written() -> None:
    assert code_of(SERIES, 12, RULES) == "Z109-WS·2024-Y-NYW-0012"
    assert read_code("Z109-WS·2024-Y-NYW-0012-003") == (SERIES, 12, 3)
    assert read_code("Z109-WS·2024-D30-0001") == (Series("Z109", "WS", 2024, "D30"), 1, 0)


def test_what_only_the_office_knows_is_asked_for_and_never_invented() -> None:
    assert VOLUMES.wrong() == []
    (told,) = Fonds().wrong()
    assert "全宗号还没有设置" in told and "软件不能代编" in told and "[archive]" in told
    told = "".join(Fonds("z 1", "", "w", "机构").wrong())
    assert "全宗号 fonds" in told and "档案门类代码" in told and "机构（问题）代码" in told


def test_papers_that_are_kept_together_are_kept_as_long_as_the_longest() -> None:
    assert RULES.longest([8]).name == "30年"
    assert RULES.longest([8, 4]).name == "永久"
    assert RULES.longest([]) == RULES.default
    assert RULES.of(99) == RULES.default
    assert RULES.coded("D10") is not None and RULES.coded("D11") is None
    assert "机密" in SECRECY
