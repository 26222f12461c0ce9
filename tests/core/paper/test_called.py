"""What papers call projects, wherever they do."""

from __future__ import annotations

import pytest

from archivist.core.model import Fact
from archivist.core.page import Line, Page
from archivist.core.paper.facts import read_facts
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_annex

ANNEX = load_annex(data_folder("schemas"))


def called(text: str, title: str = "", projects: tuple[tuple[str, str], ...] = ()) -> list[Fact]:
    pages = [Page(1, tuple(Line(line) for line in text.splitlines()))]
    found = read_facts("minutes", pages, ANNEX.facts, ANNEX.sayings, title=title, projects=projects)
    return [fact for fact in found if fact.name == "项目称呼"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("会议听取了关于石坝镇青杠村食用菌种植基地项目情况的汇报。", ["石坝镇青杠村食用菌种植基地项目"]),
        ("同意将青杠村黑山羊养殖场认定为淘汰类。", ["青杠村黑山羊养殖场"]),
        ("青杠村油茶加工车间改造项目停产。", ["青杠村油茶加工车间改造项目"]),
        ("青杠村村民委员会负责实施该项目。", []),
        ("会议研究了产业项目。", []),
        ("区农业农村委组织专业力量到现场核查。", []),
        ("会议决议：同意将石坝镇青杠村花椒种植园项目认定为淘汰类。", ["石坝镇青杠村花椒种植园项目"]),
        ("议题：讨论本村油茶加工车间项目认定为淘汰类", []),
        ("讨论石坝镇青杠村花椒种植园项目处置事宜", ["石坝镇青杠村花椒种植园项目"]),
    ],
)
def test_names_are_read_with_their_place(text: str, names: list[str]) -> None:
    assert [fact.value for fact in called(text)] == names


def test_a_title_counts_a_name_comes_once_and_says_whose_it_is_among_several() -> None:
    projects = (("A", "石坝镇青杠村食用菌种植基地项目"), ("B", "柏杨镇松林村柑橘种植园项目"))
    text = "石坝镇青杠村食用菌种植基地项目停产。\n柏杨镇松林村柑橘种植园项目停产。\n石坝镇青杠村食用菌种植基地项目退出。"
    found = called(text, "关于石坝镇青岗村食用菌种植基地项目的纪要", projects)

    assert [(fact.value, fact.project) for fact in found] == [
        ("石坝镇青岗村食用菌种植基地项目", "A"),
        ("石坝镇青杠村食用菌种植基地项目", "A"),
        ("柏杨镇松林村柑橘种植园项目", "B"),
    ]
