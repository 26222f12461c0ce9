"""核对档号: each gap, double and vacant number that is put in is found, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from archivist.core.archive import numbercheck as n
from archivist.core.archive.numbers import Given, Paper, code_of, planned
from archivist.core.archive.rules import Fonds
from support.archiving import PIECES, RULES, SERIES, VOLUMES, Counted, paper

SIZE = 12


def row(number: int, at: int = 1, project: str = "甲") -> Given:
    return Given(at, project, f"D{at:05d}", SERIES, number, 0, code_of(SERIES, number, RULES))


def kinds(found: list[n.Flaw]) -> list[str]:
    return [one.kind for one in found]


@given(st.sets(st.integers(1, SIZE)), st.sets(st.integers(1, SIZE)))
def test_every_gap_and_every_double_that_is_put_in_is_found(gaps: set[int], doubles: set[int]) -> None:
    there = sorted(set(range(1, SIZE + 2)) - gaps)
    rows = [row(number, number) for number in there]
    rows += [row(number, 100 + number, "乙") for number in doubles - gaps]
    found = list(n.series_flaws(sorted(rows, key=lambda one: one.number), RULES))
    told = "".join(one.told for one in found if one.kind == n.GAP)
    missing = sum(
        1 if "到" not in one.told else int(one.told.split("（")[1].split(" ")[0])
        for one in found
        if one.kind == n.GAP
    )

    assert missing == len(gaps), told
    assert {one.code for one in found if one.kind == n.DOUBLE} == {
        code_of(SERIES, number, RULES) for number in doubles - gaps
    }
    assert set(kinds(found)) <= {n.GAP, n.DOUBLE}


def test_a_number_that_was_taken_back_is_no_gap_and_told_with_its_reason() -> None:
    ended = row(1)._replace(ended="2026-03-01T10:00:00", ended_by="蒋某", why="写错了")
    found = list(n.series_flaws([ended, row(2, 2)], RULES))

    assert kinds(found) == [n.ENDED]
    assert "2026-03-01 由 蒋某 停用（写错了）" in found[0].told


def test_series_are_counted_apart() -> None:
    other = row(1, 9)._replace(series=SERIES._replace(year=2023))

    assert list(n.series_flaws([other, row(1), row(2, 2)], RULES)) == []


def numbered(fonds: Fonds = VOLUMES, count: int = 3) -> tuple[list[Paper], list[Given]]:
    kept = Counted()
    papers = [paper(number) for number in range(1, count + 1)]
    kept.give("甲", planned(papers, (), fonds, RULES, kept.highest).new)
    return papers, kept.of("甲")


def of_project(papers: list[Paper], given_: list[Given], fonds: Fonds = VOLUMES) -> list[n.Flaw]:
    return list(n.project_flaws("甲", papers, given_, fonds, RULES))


def test_what_was_just_numbered_has_nothing_wrong() -> None:
    for fonds in (VOLUMES, PIECES):
        papers, rows = numbered(fonds)
        assert of_project(papers, rows, fonds) == []
    assert of_project([paper(1)], []) == [], "a project that was never numbered is none of it"


def test_a_paper_that_is_gone_leaves_its_number_vacant_and_a_new_one_is_told() -> None:
    papers, rows = numbered()
    found = of_project([*papers[1:], paper(9)], rows)

    assert kinds(found) == [n.VACANT, n.UNNUMBERED]
    assert "编给了 D00001，它已不在这个项目" in found[0].told and "这个号空着" in found[0].told
    assert "archivist number 甲" in found[1].told
    assert found[0].record() == {
        "kind": "空号",
        "number": rows[1].code,
        "project": "甲",
        "message": found[0].told,
    }


@given(st.sets(st.integers(1, 6), min_size=1, max_size=5))
def test_gaps_and_doubles_of_places_in_a_volume_are_found(gone: set[int]) -> None:
    papers, rows = numbered(count=7)
    left = [one for one in rows if one.place not in gone]
    twice = rows[-1]._replace(id=99, document="D00099")
    found = of_project([*papers, paper(99)], [*left, twice])

    gaps = [one for one in found if one.kind == n.GAP]
    assert [one.code for one in gaps] == [code_of(SERIES, 1, RULES, place) for place in sorted(gone)]
    assert [one.told for one in found if one.kind == n.DOUBLE] == [
        "重号：甲 卷内顺序号 7 同时编给了 D00007、D00099"
    ]


def test_two_volumes_of_one_project_are_told() -> None:
    papers, rows = numbered()
    second = rows[0]._replace(id=50, number=2, code=code_of(SERIES, 2, RULES))

    assert kinds(of_project(papers, [*rows, second])) == [n.DOUBLE]


def test_numbers_by_other_settings_no_longer_fit() -> None:
    papers, rows = numbered()
    pieces, by_piece = numbered(PIECES)

    assert kinds(of_project(papers, rows, replace(VOLUMES, number="Z2"))) == [n.UNFIT]
    assert kinds(of_project(papers, rows, PIECES)) == [n.UNFIT] * 4
    assert kinds(of_project(pieces, by_piece)) == [n.UNFIT] * 3
    assert kinds(of_project([paper(1, 8), *pieces[1:]], by_piece, PIECES)) == [n.UNFIT]
    assert of_project(papers, rows, Fonds()) == [], "nobody set whose archive it is"
    assert n.MALFORMED in kinds(of_project(papers, [rows[0]._replace(code="Z109-1"), *rows[1:]]))
    assert n.GAP not in kinds(of_project(papers, rows[1:]))
