"""Versions: a better scan of the same paper counts in place of the older; doubt goes to a person; nothing is moved."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from archivist.core.checks import findings_of
from archivist.core.describe import describe
from archivist.core.model import Seen, Status
from archivist.core.paper.legible import Legible
from archivist.core.paper.versions import NUMBER, Kinship, Paper, kinship
from archivist.errors import UsageError
from archivist.filing.versions import decide, separate
from archivist.index.reader import open_reader
from archivist.index.writer import Index
from archivist.ingest.pipeline import Pipeline
from archivist.store.layout import METADATA, STATUS_PAGE
from archivist.workspace.opened import Workspace
from support import workspaces as w

TEXT = w.minutes(w.SHEEP)
NUMBERED = {NUMBER: "石坝府〔2024〕1号", "资金": "300000.00"}
OLD = Paper("石坝镇人民政府专题会议纪要", "2024-11-01", TEXT, 2, Seen.YES, Seen.YES, NUMBERED)
UNNUMBERED = replace(OLD, facts={})


@pytest.mark.parametrize(
    ("new", "old"),
    [
        (OLD, OLD),
        (replace(OLD, text=TEXT.replace("黑山羊", "黒山羊")), OLD),
        (replace(OLD, date=None), OLD),
        (OLD, replace(OLD, sealed=Seen.UNKNOWN, signed=Seen.NO)),
        (replace(OLD, facts={NUMBER: NUMBERED[NUMBER]}), OLD),
        (UNNUMBERED, UNNUMBERED),
    ],
)
def test_the_same_paper_scanned_again_is_a_version(new: Paper, old: Paper) -> None:
    assert kinship(new, old)[0] is Kinship.VERSION


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (replace(OLD, date="2024-11-02"), "日期不同"),
        (replace(OLD, facts={**NUMBERED, "资金": "380000.00"}), "资金不同"),
        (replace(OLD, facts={"资金": "300000.00"}), "只有一份看得出文号"),
        (replace(OLD, text=TEXT + "另议：" + "增加一项重要的约定。" * 8), "文字不完全一样"),
        (replace(OLD, pages=1), "页数不同"),
        (replace(OLD, pages=3), "页数不同"),
        (replace(OLD, sealed=Seen.NO), "没有看到"),
        (replace(OLD, sealed=Seen.UNKNOWN), "没有看到"),
        (replace(OLD, signed=Seen.UNKNOWN), "没有看到"),
    ],
)
def test_the_merest_doubt_goes_to_a_person(new: Paper, why: str) -> None:
    kin, said = kinship(new, OLD)

    assert kin is Kinship.MAYBE
    assert why in said


@pytest.mark.parametrize(
    ("before", "after"),
    [("同意", "不同意"), ("11月", "12月"), ("主持召开专题会议", "主持召开了一次关于产业的专题会议")],
)
@pytest.mark.parametrize("paper", [OLD, UNNUMBERED], ids=["with number", "without number"])
def test_a_small_change_that_matters_is_no_better_scan(paper: Paper, before: str, after: str) -> None:
    kin, _ = kinship(replace(paper, text=TEXT.replace(before, after)), paper)

    assert kin is Kinship.MAYBE


@pytest.mark.parametrize(
    "new",
    [
        replace(OLD, facts={NUMBER: "石坝府〔2024〕2号"}),
        replace(OLD, title="石坝镇人民政府会议纪要"),
        replace(OLD, title=None),
        replace(UNNUMBERED, date="2024-12-01"),
        replace(UNNUMBERED, date=None),
        replace(OLD, text="完全是另外一回事，说的是别的村的道路。"),
        replace(OLD, text=""),
    ],
)
def test_another_paper_is_no_version(new: Paper) -> None:
    assert kinship(new, OLD if new.facts else UNNUMBERED)[0] is Kinship.OTHER


SCAN, PHOTO = Legible(500, 0.97, 2339, 0.95), Legible(500, 0.85, 700, 0.35)


def test_of_two_copies_the_better_counts_whichever_came_first() -> None:
    good, dark = replace(OLD, legible=SCAN), replace(OLD, legible=PHOTO, sealed=Seen.UNKNOWN)

    assert kinship(dark, good)[0] is Kinship.WORSE
    assert kinship(good, dark)[0] is Kinship.VERSION
    assert "700" in kinship(dark, good)[1]


def test_where_each_copy_is_better_in_something_a_person_is_asked() -> None:
    good, sealed = replace(OLD, legible=SCAN, sealed=Seen.UNKNOWN), replace(OLD, legible=PHOTO)

    assert kinship(sealed, good)[0] is Kinship.MAYBE
    assert "后收到的有印章" in kinship(sealed, good)[1]
    more = replace(good, legible=Legible(800, 0.97, 700, 0.95))
    assert kinship(more, good)[0] is Kinship.MAYBE


def test_a_worse_copy_that_says_otherwise_is_no_worse_copy() -> None:
    other = replace(OLD, text=TEXT.replace("11月1日", "11月7日"), legible=PHOTO)

    assert kinship(other, replace(OLD, legible=SCAN))[0] is Kinship.MAYBE


@pytest.mark.parametrize(("before", "after"), [("主持召开", "主持 召开"), ("出席：周某", "出席:周某")])
def test_blanks_and_marks_between_words_change_nothing(before: str, after: str) -> None:
    assert kinship(replace(OLD, text=TEXT.replace(before, after)), OLD)[0] is Kinship.VERSION


def test_a_sentence_that_was_read_with_other_marks_contradicts_nothing() -> None:
    told = "现有羊舍2栋1260平方米，账面原值83.20万元，已登记在合作联合社名下；"
    old = replace(OLD, facts={**NUMBERED, "确权情况": told})

    for read in (told.replace("；", ";"), told.replace("合作", "台作")):
        assert kinship(replace(old, facts={**NUMBERED, "确权情况": read}), old)[0] is Kinship.VERSION
    other = {**NUMBERED, "确权情况": told.replace("1260", "1280")}
    assert kinship(replace(old, facts=other), old)[0] is Kinship.MAYBE


def test_another_name_of_who_presided_is_for_a_person() -> None:
    text = TEXT + "主持人：郑某某　记录人：王某某\n"
    old = replace(OLD, text=text)

    assert kinship(replace(OLD, text=text.replace("郑某某", "邓某某")), old)[0] is Kinship.MAYBE


def test_one_number_and_other_words_are_two_editions_under_whatever_title() -> None:
    other = replace(OLD, title="石坝镇人民政府会议纪要", facts={**NUMBERED, "资金": "380000.00"})

    assert kinship(other, OLD)[0] is Kinship.MAYBE


# -- in a workspace ------------------------------------------------------------------------------------------------


def listed(opened: Workspace) -> dict[str, dict[str, Any]]:
    with open_reader(opened.index_path) as index:
        return {one.file.name: describe(one) for one in index.holdings.all()}


@pytest.fixture
def scanned_twice(tmp_path: Path) -> Workspace:
    """Minutes, and the same page scanned once more: one character was read otherwise."""
    opened = w.workspace(tmp_path / "w")
    w.pdf(
        opened.config.inbox / "一.pdf", w.minutes(w.SHEEP, 3, "会后由镇农业服务中心负责落实并按时上报结果。")
    )
    w.ingest(opened)
    w.pdf(
        opened.config.inbox / "二.pdf", w.minutes(w.SHEEP, 3, "会后由镇农业服务中心负责落实并按時上报结果。")
    )
    w.ingest(opened)
    return opened


def test_a_better_scan_is_filed_beside_and_counts(scanned_twice: Workspace) -> None:
    found = listed(scanned_twice)
    old, new = found["一.pdf"], found["二.pdf"]

    assert (old["status"], new["status"]) == ("filed", "filed")
    assert (old["replaced_by"], new["replaces"]) == (new["id"], [old["id"]])
    assert scanned_twice.store.path(old["path"]).is_file()
    assert scanned_twice.store.path(new["path"]).is_file()
    assert f"是 {old['id']} 的新版本" in "".join(new["reasons"])
    assert w.disagreements(scanned_twice) == []


def test_the_projects_pages_tell_the_older_version_and_only_the_newer_counts(
    scanned_twice: Workspace,
) -> None:
    old, new = listed(scanned_twice)["一.pdf"], listed(scanned_twice)["二.pdf"]
    folder = w.folder_of(scanned_twice, w.SHEEP)
    page = (folder / STATUS_PAGE).read_text("utf-8")
    told = {
        one["id"]: one["replaced_by"] for one in json.loads((folder / METADATA).read_bytes())["documents"]
    }
    with open_reader(scanned_twice.index_path) as index:
        counted = [one.id for one in index.project_files.of([w.SHEEP.code])[0].documents]

    assert f"旧版，以“{new['path'].rsplit('/', 1)[-1]}”为准" in page
    assert told == {old["id"]: new["id"], new["id"]: None}
    assert counted == [new["id"]]


def test_a_status_page_names_the_projects_own_township_village_and_department(
    scanned_twice: Workspace,
) -> None:
    page = (w.folder_of(scanned_twice, w.SHEEP) / STATUS_PAGE).read_text("utf-8")

    assert "××" not in page
    assert all(name in page for name in ("石坝镇会议纪要", "青杠村会议记录", "区农业农村委会议纪要"))


def test_when_the_newer_goes_elsewhere_the_older_counts_again(scanned_twice: Workspace) -> None:
    new = listed(scanned_twice)["二.pdf"]
    with (
        scanned_twice.writing("assign") as index,
        Pipeline(scanned_twice, index, reader=w.TextReader()) as line,
    ):
        row = index.documents.find(new["id"])
        assert row is not None
        line.desk.deciding.assign(row, w.LEMON.code, 8, "确认")
        line.desk.refresh_pages()

    assert listed(scanned_twice)["一.pdf"]["replaced_by"] is None


def test_a_replaced_contract_counts_when_a_person_says_so(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    folder = w.item_folder(opened, w.LEMON, 3)
    w.pdf(folder / "旧合同.pdf", "产业项目合同书\n甲方：村集体\n乙方：某公司\n金额：10万元\n2020年1月1日\n")
    w.ingest(opened)
    w.pdf(folder / "新合同.pdf", "产业项目合同书\n甲方：村集体\n乙方：别的公司\n金额：20万元\n2021年1月1日\n")
    w.ingest(opened)
    old, new = (row for _, row in sorted(listed(opened).items(), key=lambda pair: pair[1]["id"]))
    assert (old["replaced_by"], new["replaced_by"]) == (None, None)

    with opened.writing("version") as index:
        first, second = index.documents.find(old["id"]), index.documents.find(new["id"])
        assert first is not None and second is not None
        decide(index, second, first)
        assert listed(opened)[old["source"]]["replaced_by"] == new["id"]
        decide(index, first, second)
        assert [row["replaced_by"] for row in listed(opened).values()].count(old["id"]) == 1
        assert separate(index, second)
        assert not separate(index, second)
        for wrong in (
            (first, first),
            (first, replace(second, item=4)),
            (replace(first, status=Status.REVIEW), second),
        ):
            with pytest.raises(UsageError):
                decide(index, *wrong)
    assert {row["replaced_by"] for row in listed(opened).values()} == {None}
    assert [act for (act,) in w.rows(opened, "SELECT act FROM events")].count("version") == 4
    w.ingest(opened)
    assert w.disagreements(opened) == []


def test_two_records_of_one_day_that_differ_both_count_and_a_person_is_told(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    w.pdf(opened.config.inbox / "一.pdf", w.record(w.SHEEP))
    w.ingest(opened)
    w.pdf(opened.config.inbox / "二.pdf", w.record(w.SHEEP).replace("同意18票，反对0票", "同意11票，反对7票"))
    w.ingest(opened)
    found = listed(opened)

    assert [row["replaced_by"] for row in found.values()] == [None, None]
    assert "作旧版的，请管理员登记" in "".join(found["二.pdf"]["reasons"])


def findings(opened: Workspace) -> list[Any]:
    with open_reader(opened.index_path) as index:
        file = index.project_files.of([w.SHEEP.code])[0]
    rules = opened.standard.rules()
    asked = ("edition-differs", "edition-unclear", "correction")
    return [one for one in findings_of(file, rules, date(2026, 1, 1)) if one.code in asked]


@pytest.mark.parametrize("answer", ["replaces", "separate the later", "separate the earlier"])
def test_two_editions_stand_in_the_way_with_both_quoted_until_a_person_answers(
    tmp_path: Path, answer: str
) -> None:
    opened = w.workspace(tmp_path / "w")
    w.pdf(opened.config.inbox / "一.pdf", w.minutes(w.SHEEP, 3, "补偿30万元。"), sealed=True)
    w.ingest(opened)
    w.pdf(opened.config.inbox / "二.pdf", w.minutes(w.SHEEP, 3, "补偿38万元。"), sealed=True)
    w.ingest(opened)
    old, new = (listed(opened)[name]["id"] for name in ("一.pdf", "二.pdf"))

    (found,) = findings(opened)
    assert (found.document, found.other_document, found.code) == (new, old, "edition-differs")
    assert "38万元" in found.quote and "30万元" in found.other_quote
    page = (w.folder_of(opened, w.SHEEP) / STATUS_PAGE).read_text("utf-8")
    assert "两个版本" in page and "30万元" in page

    with opened.writing("version") as index:
        first, second = index.documents.find(old), index.documents.find(new)
        assert first is not None and second is not None
        if answer == "replaces":
            decide(index, second, first)
        else:
            assert separate(index, second if answer == "separate the later" else first)
    assert findings(opened) == []
    w.ingest(opened)
    assert w.disagreements(opened) == []


@pytest.mark.parametrize("replaces", [True, False])
def test_a_correction_stands_in_the_way_until_a_person_says_what_it_replaces(
    tmp_path: Path, replaces: bool
) -> None:
    opened = w.workspace(tmp_path / "w")
    w.pdf(opened.config.inbox / "一.pdf", w.minutes(w.SHEEP, 3), sealed=True)
    w.ingest(opened)
    notice = (
        "关于更正专题会议纪要的通知\n石坝府〔2024〕9号\n将其中的“30万元”更正为“38万元”。\n2024年11月9日\n"
    )
    w.pdf(w.item_folder(opened, w.SHEEP, 5) / "更正.pdf", notice, sealed=True)
    w.ingest(opened)
    rows = {row["title"]: row["id"] for row in listed(opened).values()}
    (correction,) = (number for title, number in rows.items() if title and "更正" in title)
    (found,) = findings(opened)
    assert (found.code, found.document) == ("correction", correction)

    with opened.writing("version") as index:
        one, other = index.documents.find(correction), index.documents.find("D00001")
        assert one is not None and other is not None
        if replaces:
            decide(index, one, other)
        else:
            assert separate(index, one)
    assert findings(opened) == []


def test_the_same_bytes_again_are_a_duplicate_and_no_version(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    for name in ("一.pdf", "二.pdf"):
        w.pdf(opened.config.inbox / name, w.minutes(w.SHEEP))
        w.ingest(opened)

    assert [row["status"] for row in w.documents(opened)] == ["filed", "duplicate"]
    assert w.rows(opened, "SELECT * FROM versions") == []


def test_an_older_scan_that_is_filed_later_is_the_older_version(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    w.pdf(
        opened.config.inbox / "一.pdf", w.minutes(w.SHEEP, 3, "会后由镇农业服务中心负责落实并按时上报结果。")
    )
    w.pdf(
        opened.config.inbox / "二.pdf", w.minutes(w.SHEEP, 3, "会后由镇农业服务中心负责落实并按時上报结果。")
    )
    w.ingest(opened)
    first = listed(opened)["一.pdf"]
    with opened.writing("assign") as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        separate_all(index)
        row = index.documents.find(first["id"])
        assert row is not None
        moved = line.desk.deciding.assign(row, w.SHEEP.code, 4, "确认")
        line.desk.deciding.assign(moved, w.SHEEP.code, 5, "确认")

    found = listed(opened)
    assert found["一.pdf"]["replaced_by"] == found["二.pdf"]["id"]


def separate_all(index: Index) -> None:
    for (document,) in index.db.conn.execute("SELECT document FROM versions").fetchall():
        index.versions.separate(document, "测试员")


# -- the same paper with more pages --------------------------------------------------------------------------------

SHEETS = ("资产清单\n羊舍2栋，水池1口。\n", "围栏300米，已经拆除。\n", "羊舍由村委会管护。\n2025年3月20日\n")


def paper(pages: int, date: str | None = "2025-03-20", **more: Any) -> Paper:
    """The first pages of a paper whose last says its date."""
    sheets = SHEETS[:pages]
    dated = date if pages == len(SHEETS) else None
    return Paper("资产清单", dated, "\n".join(sheets), pages, sheets=sheets, **more)


@pytest.mark.parametrize(("new", "old"), [(2, 1), (3, 1), (3, 2)])
def test_a_scan_that_was_gone_on_with_is_a_version_whichever_came_first(new: int, old: int) -> None:
    assert kinship(paper(new), paper(old))[0] is Kinship.VERSION
    assert kinship(paper(old), paper(new))[0] is Kinship.PART


def test_more_pages_are_no_version_when_the_first_ones_differ_or_something_is_lost() -> None:
    other = replace(
        paper(1), sheets=("资产清单\n羊舍3栋，水池1口。\n",), text="资产清单\n羊舍3栋，水池1口。\n"
    )
    sealed = paper(1, sealed=Seen.YES)
    costly = paper(1, facts={"资金": "1.00"})

    assert kinship(paper(2), other)[0] is not Kinship.VERSION
    assert kinship(paper(2, sealed=Seen.NO), sealed)[0] is not Kinship.VERSION
    assert kinship(paper(2, facts={"资金": "2.00"}), costly)[0] is not Kinship.VERSION
    assert kinship(replace(paper(2), title="资产移交清单"), paper(1))[0] is Kinship.OTHER


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1)])
def test_a_scanner_that_saves_more_pages_each_time_makes_versions_of_which_the_longest_counts(
    tmp_path: Path, order: tuple[int, ...]
) -> None:
    opened = w.workspace(tmp_path / "w")
    sheets = (w.minutes(w.SHEEP), "二、会议要求清点资产，形成清单。\n", "三、会议指定专人管护。\n")
    for pages in order:
        w.pdf(opened.config.inbox / f"扫描{pages}页.pdf", *sheets[:pages])
        w.ingest(opened)

    found = listed(opened)
    counted = [name for name, one in found.items() if one["replaced_by"] is None]
    with open_reader(opened.index_path) as index:
        counts = [one.item for one in index.project_files.of([w.SHEEP.code])[0].documents]
    assert counted == ["扫描3页.pdf"]
    assert counts == [5]
    assert {one["status"] for one in found.values()} == {"filed"}
    assert w.disagreements(opened) == []
