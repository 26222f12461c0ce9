"""Marks an auditor looks for: whose seals, and whether the item needs them."""

from __future__ import annotations

from archivist.core.model import Seen
from archivist.core.page import Page, SealMark
from archivist.core.paper.marks import read_marks, sealers
from archivist.core.project import Project
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_annex

ANNEX = load_annex(data_folder("schemas"))
PROJECT = Project("DZ-1", "石梯村冬菜厂项目", "宝顶镇", "石梯村", department="区农业农村委")
STREET = Project("DZ-2", "苇岭社区药材项目", "智凤街道", "苇岭社区", department="区林业局")


def seal(text: str, confidence: float = 0.9) -> SealMark:
    return SealMark((0.5, 0.7, 0.7, 0.85), 0.9, "round", "red", text, confidence)


def test_the_survey_form_asks_for_village_township_and_department() -> None:
    assert sealers(ANNEX.item(1), PROJECT, None) == (
        "宝顶镇石梯村村民委员会",
        "宝顶镇石梯村居民委员会",
        "宝顶镇石梯村党支部委员会",
        "宝顶镇人民政府",
        "宝顶镇街道办事处",
        "区农业农村委",
    )


def test_a_community_has_a_residents_committee_and_a_street_its_office() -> None:
    names = sealers(ANNEX.item(1), STREET, None)

    assert "智凤街道苇岭社区居民委员会" in names
    assert "智凤街道办事处" in names


def test_without_a_project_only_the_issuer_can_be_asked_for() -> None:
    assert sealers(ANNEX.item(2), None, "重庆某评估有限公司") == ("重庆某评估有限公司",)
    assert sealers(None, PROJECT, None) == ()


def test_a_seal_is_its_owners_though_some_characters_were_misread() -> None:
    bodies = sealers(ANNEX.item(1), PROJECT, None)
    pages = [Page(3, seals=(seal("重庆市大定区宝顶镇人民政府"), seal("大足区宝顶镇石梯村民委员会")))]

    marks = read_marks(pages, (), None, bodies, ANNEX.bodies)

    assert [(s.page, s.owner, s.fits) for s in marks.seals] == [
        (3, "宝顶镇人民政府", Seen.YES),
        (3, "宝顶镇石梯村村民委员会", Seen.YES),
    ]


def test_a_foreign_seal_does_not_fit_and_an_unread_one_cannot_be_told() -> None:
    bodies = sealers(ANNEX.item(1), PROJECT, None)
    pages = [Page(1, seals=(seal("重庆众耘农业开发有限公司"), seal("重", 0.3)))]

    marks = read_marks(pages, (), None, bodies, ANNEX.bodies)

    assert [(s.owner, s.fits) for s in marks.seals] == [("", Seen.NO), ("", Seen.UNKNOWN)]


def test_a_receipt_stamp_is_no_seal() -> None:
    assert read_marks([Page(1, seals=(seal("宝顶镇收文章"),))], (), None, ()).seals == ()
