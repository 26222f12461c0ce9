"""The register made ready for searching: codes of every writing, places read out of names, odd rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.identify.project import find_mention, told_apart
from archivist.core.identify.register_index import build_index
from archivist.core.project import Project
from archivist.core.text import fold


def test_a_code_with_hanzi_is_found_where_it_stands() -> None:
    index = build_index([Project("足帮〔2018〕17", "甲村养殖场")])

    assert index.codes_in(fold("项目编号：足帮〔2018〕17号")) == {"足帮〔2018〕17": 4}
    assert index.codes_in(fold("项目编号：足帮〔2018〕18号")) == {}


def test_a_code_too_short_to_be_told_from_any_number_is_not_searched() -> None:
    assert build_index([Project("17", "甲村养殖场")]).codes_in("第17号") == {}


@pytest.mark.parametrize(
    ("township", "village", "name", "found"),
    [
        ("珠溪镇", "", "珠溪镇青杠岭村黑山羊养殖场", "青杠岭村"),
        ("", "", "青杠岭村黑山羊养殖场", "青杠岭村"),
        ("珠溪镇", "", "珠溪镇黑山羊养殖场", ""),
        ("珠溪镇", "苇岭社区", "珠溪镇青杠岭村黑山羊养殖场", "苇岭社区"),
    ],
)
def test_a_village_that_the_register_leaves_out_is_read_off_the_name(
    township: str, village: str, name: str, found: str
) -> None:
    entry = build_index([Project("DZ-2018-0017", name, township, village)]).entries["DZ-2018-0017"]

    assert entry.village == found


def test_a_village_written_without_its_last_character_ends_with_it() -> None:
    entry = build_index([Project("A-1", "珠溪镇青杠岭村黑山羊养殖场", "珠溪镇", "青杠岭")]).entries["A-1"]

    assert entry.core == "黑山羊养殖场"


def test_places_know_their_projects_and_a_project_without_place_is_at_none() -> None:
    index = build_index(
        [
            Project("A-1", "甲镇乙村羊场", "甲镇", "乙村"),
            Project("A-2", "甲镇乙村渔场", "甲镇", "乙村"),
            Project("A-3", "冷库"),
        ]
    )

    assert index.siblings == {("甲镇", "乙村"): ("A-1", "A-2")}
    assert index.townships_of == {"乙村": frozenset({"甲镇"})}
    assert (len(index.entries), set(index.entries)) == (3, {"A-1", "A-2", "A-3"})


def test_in_a_large_register_words_that_a_large_share_has_lead_to_no_project() -> None:
    projects = [Project(f"C-{number:05d}", f"养殖{number:05d}场") for number in range(5000)]
    index = build_index(projects)

    assert "养殖" not in index.postings
    assert index.nearest("养殖04711场")[0] == "C-04711"


@given(
    st.text("青杠岭村黑山羊养殖场一二期0123456789", max_size=14),
    st.text("青杠岭村黑山羊养殖场一二期0123456789", max_size=14),
)
def test_of_two_names_at_most_one_is_told_apart_by_a_text(one: str, other: str) -> None:
    assert not told_apart(one, one, one)
    if told_apart(one, other, one):
        assert not told_apart(other, one, one)


def test_a_name_whose_place_stands_elsewhere_in_the_text_is_found_in_two_parts() -> None:
    entry = build_index([Project("A-1", "珠溪镇青杠岭村黑山羊标准化养殖场", "珠溪镇", "青杠岭村")]).entries[
        "A-1"
    ]
    mention = find_mention("项目地点珠溪镇青杠岭村其他内容很多很多很多项目名称黑山羊标准化养殖场", entry)

    assert mention is not None
    assert (mention.exact, round(mention.core, 2)) == (False, 1.0)
    assert mention.cover > 0.9


def test_a_text_with_nothing_of_a_name_mentions_it_nowhere() -> None:
    entry = build_index([Project("A-1", "珠溪镇青杠岭村黑山羊标准化养殖场", "珠溪镇", "青杠岭村")]).entries[
        "A-1"
    ]

    assert find_mention("今天天气很好", entry) is None
    assert find_mention("羊x岭y镇z场", entry) is None
