"""What a paper is dated by and how its characters are written, from the drop to what people see."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archivist.index.reader import open_reader
from archivist.questions.search import phrase, search
from archivist.store.layout import STATUS_PAGE
from archivist.workspace.opened import Workspace
from support import workspaces as w

RADICALS = str.maketrans("一二十月日人山石大民长", "⼀⼆⼗⽉⽇⼈⼭⽯⼤⺠⻓")
AGREEMENT = (
    f"产业项目合作协议书\n甲方：{w.SHEEP.village}村民委员会\n乙方：某合作社\n就{w.SHEEP.name}"
    f"（项目编号：{w.SHEEP.code}）订立本协议。\n违约责任：双方协商。\n首期于2021年12月20日前付清。\n"
    "甲方（盖章）：　乙方（盖章）：\n　年　月　日　　年　月　日\n"
)


@pytest.fixture
def opened(tmp_path: Path) -> Workspace:
    return w.workspace(tmp_path / "w")


def test_a_paper_of_radicals_is_dated_named_and_found_in_ordinary_characters(opened: Workspace) -> None:
    """Also one that an earlier edition read and kept as it was."""
    text = w.minutes(w.SHEEP).replace("2024年11月1日", "二〇二四年十一月十九日")
    w.pdf(opened.config.inbox / "a.pdf", text.translate(RADICALS))
    w.ingest(opened)

    (row,) = w.documents(opened)
    assert (row["status"], row["project"], row["date"]) == ("filed", w.SHEEP.code, "2024-11-19")
    assert row["title"] == "石坝镇人民政府专题会议纪要"
    assert Path(row["path"]).name == "05 2024-11-19 石坝镇人民政府专题会议纪要.pdf"
    with open_reader(opened.index_path) as index:
        (hit,) = search(index, phrase(["石坝镇人民政府"]), 5).pages
    assert hit.passage == "……【⽯坝镇⼈⺠政府】专题会议纪要 〔2024〕1号 ⼆〇⼆四年⼗⼀⽉……"


def test_an_agreement_that_is_not_dated_is_filed_and_people_are_asked(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "协议.pdf", AGREEMENT)
    w.ingest(opened)

    (row,) = w.documents(opened)
    page = (w.folder_of(opened, w.SHEEP) / STATUS_PAGE).read_text("utf-8")
    assert (row["status"], row["item"], row["date"]) == ("filed", 3, None)
    assert (
        json.loads(row["reasons"])[-1] == "日期没有读出：签订日期（年 月 日）空着或看不清，请看原件补记日期"
    )
    assert "日期没有读出：签订日期（年 月 日）空着或看不清，请看原件，把日期告诉管理员登记（D00001）" in page


def test_the_date_under_the_last_photo_is_not_the_meetings(opened: Workspace) -> None:
    inbox = opened.config.inbox
    undated = w.minutes(w.SHEEP).replace("2024年11月1日，", "")
    w.pdf(inbox / "微信图片_1.jpg", undated)
    w.pdf(inbox / "微信图片_2.jpg", "三、有关部门要配合做好资产清点。\n石坝镇人民政府\n2024年11月20日\n")
    w.ingest(opened)

    assert [(row["status"], row["date"]) for row in w.documents(opened)] == [("filed", None)] * 2


def test_an_agreement_dated_on_its_last_photo_says_nowhere_that_it_is_not(opened: Workspace) -> None:
    inbox = opened.config.inbox
    first, _, _ = AGREEMENT.partition("甲方（盖章）")
    w.pdf(inbox / "微信图片_1.jpg", first)
    w.pdf(
        inbox / "微信图片_2.jpg",
        "第九条 未尽事宜由双方协商。\n甲方（盖章）：\n乙方（盖章）：\n2018年5月20日\n",
    )
    w.ingest(opened)

    rows = w.documents(opened)
    assert [(row["status"], row["date"]) for row in rows] == [("filed", "2018-05-20")] * 2
    assert "日期没有读出" not in "".join(row["reasons"] for row in rows)
