"""Each check of the four properties finds what was put in, passes what is right, and never passes what did not run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.archive.numbercheck import DOUBLE, GAP, VACANT, Flaw
from archivist.core.catalogue.completeness import Waiver
from archivist.core.fourproperties.attachments import Attached
from archivist.core.fourproperties.files import NOT_READ, OF_FILES
from archivist.core.fourproperties.judging import examined
from archivist.core.fourproperties.values import FILE, PROPERTIES, WHOLE, Answer, Facts, FolderSeen, Result
from archivist.core.fourproperties.whole import OF_WHOLE, together
from archivist.core.model import Fact
from support.fourproperties import FOUR, PAPERS, facts, paper, seen

PASSED, FAILED, BY_HAND, NONE = Result

ONE = PAPERS[0]


def of_file(how: str, one: Any = ONE, **more: Any) -> Answer:
    known = facts([one, *PAPERS[1:]], **more)
    return OF_FILES[how](known, one)


def of_whole(how: str, papers: Any = PAPERS, **more: Any) -> Answer:
    return OF_WHOLE[how](facts(papers, **more))


def with_seen(one: Any = ONE, **more: Any) -> dict[str, Any]:
    return {"seen": {**{it.id: seen(it) for it in PAPERS}, one.id: seen(one, **more)}}


def test_a_project_with_nothing_wrong_passes_all_that_software_can_tell() -> None:
    found = examined(facts(), FOUR)
    by_result = {result: [one.rule.code for one in found.judged if one.result is result] for result in Result}

    assert by_result[FAILED] == []
    assert by_result[BY_HAND] == [rule.code for rule in FOUR.checks if not rule.how]
    assert by_result[NONE] == [r.code for r in FOUR.checks if r.how in {"no_package", "no_carrier"}]
    assert len(found.files) == len(PAPERS) * sum(rule.level == FILE for rule in FOUR.checks)
    assert {rule.property for rule in FOUR.checks} == set(PROPERTIES)


def test_what_did_not_run_never_passes() -> None:
    """Nobody read files, looked into folders or checked the log: what would take that is for a person."""
    blind = facts(seen=None, folder=None, chain=None, attached={})
    found = {one.rule.how: one.result for one in examined(blind, FOUR).judged if one.rule.how}
    looking = {
        "digest",
        "as_recorded",
        "kind_as_recorded",
        "linked",
        "content",
        "opens",
        "encrypted",
        "sheets",
        "format",
    }
    looking |= {"count", "size", "scope", "copies", "metadata", "extra", "controlled"}
    looking |= {"process", "catalogue", "related"}

    assert {how for how, result in found.items() if result is BY_HAND} == looking
    assert FAILED not in found.values()


@given(st.sets(st.sampled_from([one.id for one in PAPERS])))
def test_a_check_of_files_passes_only_when_every_file_was_looked_at(read: set[str]) -> None:
    known = facts(seen={one.id: seen(one) for one in PAPERS if one.id in read})
    for one in examined(known, FOUR).judged:
        if one.rule.how in {"digest", "linked", "content", "opens", "encrypted"}:
            assert (one.result is PASSED) == (len(read) == len(PAPERS)), one


def test_an_empty_project_passes_no_check_of_files() -> None:
    found = examined(facts([]), FOUR)

    assert {one.result for one in found.judged if one.rule.level == FILE} == {NONE}
    for how in ("repeated", "count", "size", "continuous", "scope", "copies", "related", "index", "extra"):
        empty = facts([], folder=FolderSeen(False))
        assert OF_WHOLE[how](empty) == (NONE, "没有归档的材料"), how


RESTING_ON_FILES = {
    "digest",
    "as_recorded",
    "kind_as_recorded",
    "linked",
    "content",
    "sheets",
    "format",
    "opens",
}
RESTING_ON_FILES |= {"encrypted", "count", "size", "process", "scope", "catalogue", "copies", "related"}


def results(known: Facts) -> dict[str, Result]:
    return {one.rule.how: one.result for one in examined(known, FOUR).judged if one.rule.how}


def test_no_check_that_tells_of_papers_passes_where_one_of_them_is_gone() -> None:
    one = PAPERS[4]
    assert one.item == 5, "a step of the procedure"
    gone = results(facts(**with_seen(one, size=None, sha256="", kind="", suffixes=())))
    unread = results(facts(seen={it.id: seen(it) for it in PAPERS if it is not one}))

    assert {how for how, result in gone.items() if result is FAILED} == RESTING_ON_FILES
    assert not [how for how in RESTING_ON_FILES if unread[how] is PASSED]


def test_no_check_that_looks_into_the_folder_passes_where_it_is_gone() -> None:
    nothing = {one.id: seen(one, size=None, sha256="", kind="", suffixes=()) for one in PAPERS}
    gone = results(facts(seen=nothing, folder=FolderSeen(False, metadata="没有 档案元数据.json")))

    assert {how for how, result in gone.items() if result is FAILED} == {
        *RESTING_ON_FILES,
        "metadata",
        "extra",
    }
    there = facts(folder=FolderSeen(False, counts={one.item or 0: 1 for one in PAPERS}))
    assert {how: results(there)[how] for how in ("scope", "copies", "extra")} == dict.fromkeys(
        ("scope", "copies", "extra"), FAILED
    )


def test_a_draft_beside_its_final_paper_is_no_repetition_and_is_told() -> None:
    final = replace(PAPERS[0], title="同", facts=NUMBERED)
    draft = paper(8, 99, title="同", facts=NUMBERED, file=replace(paper(8, 99).file, kind="docx"))
    draft = replace(draft, path_sha256=final.path_sha256)
    papers = (final, *PAPERS[1:], draft)

    assert of_whole("repeated", papers) == (
        PASSED,
        "档号、文号和题名、内容都没有重复；另有 1 份不是定稿，没有比较",
    )
    assert of_whole("repeated", papers, numbered=False).told.endswith("；另有 1 份不是定稿，没有比较")
    assert of_whole("repeated", papers, **flaw(DOUBLE)) == (FAILED, "重号了；另有 1 份不是定稿，没有比较")


WRONG_FILES: list[tuple[str, dict[str, Any], Result, str]] = [
    ("digest", with_seen(sha256="f" * 64), FAILED, "被改动或替换"),
    ("digest", with_seen(size=None), FAILED, "文件不在应在的地方"),
    ("digest", with_seen(sha256=""), BY_HAND, NOT_READ.told),
    ("digest", {"seen": {}}, BY_HAND, NOT_READ.told),
    ("digest", {"one": replace(ONE, path_sha256=None), **with_seen(sha256="a")}, BY_HAND, "没有留下校验值"),
    ("lengths", {"one": replace(ONE, title="长" * 501)}, FAILED, "题名超过长度上限"),
    ("lengths", {"one": replace(ONE, responsible="长" * 201)}, FAILED, "责任者超过长度上限"),
    ("lengths", {"one": replace(ONE, facts=(Fact("文号", "号" * 101, 1, ""),))}, FAILED, "文号超过"),
    ("types", {"one": replace(ONE, date="2024-13-01")}, FAILED, "不是日期"),
    ("types", {"one": replace(ONE, first=3, last=2)}, FAILED, "页次 3-2 不对"),
    ("types", {"one": replace(ONE, date=None)}, BY_HAND, "没有日期可检"),
    ("reasonable", {"one": replace(ONE, date="2031-01-01")}, FAILED, "晚于今天"),
    ("reasonable", {"one": replace(ONE, date="2012-12-31")}, BY_HAND, "早于 2013 年"),
    ("reasonable", {"one": replace(ONE, date=None)}, BY_HAND, "没有日期可检"),
    ("characters", {"one": replace(ONE, title="纪要\u202e")}, FAILED, "题名里有不能用的字符"),
    ("characters", {"one": replace(ONE, path="家/1/a:b.pdf")}, FAILED, "文件名里有不能用的字符"),
    ("characters", {"one": replace(ONE, path="家/1/a\x07b?.pdf")}, FAILED, "文件名里有不能用的字符"),
    ("pattern", {"numbered": False}, BY_HAND, "还没有编档号"),
    ("as_recorded", with_seen(size=7), FAILED, "大小 7 字节"),
    ("as_recorded", with_seen(size=None), FAILED, "文件不在"),
    ("as_recorded", with_seen(sha256="f"), FAILED, "已不是记录的那一份"),
    ("kind_as_recorded", with_seen(kind="zip", suffixes=()), FAILED, "内容是 zip，记录的是 pdf"),
    ("kind_as_recorded", with_seen(suffixes=(".docx",)), FAILED, "扩展名与内容不符"),
    ("kind_as_recorded", with_seen(kind=""), BY_HAND, "看不出"),
    ("kind_as_recorded", {"seen": None}, BY_HAND, NOT_READ.told),
    ("linked", with_seen(size=None), FAILED, "没有文件"),
    ("linked", with_seen(inside=False), FAILED, "不在档案库里"),
    ("elements", {"one": replace(ONE, responsible=None, date=None)}, FAILED, "缺日期、责任者"),
    ("required", {"numbered": False}, FAILED, "缺档号"),
    ("required", {"one": replace(ONE, title=None)}, FAILED, "缺题名"),
    ("content", with_seen(size=0), FAILED, "文件是空的"),
    ("content", with_seen(size=None), FAILED, "文件不在"),
    ("content", {"one": replace(ONE, reasons=("缺页：缺第2页",))}, FAILED, "缺页"),
    ("sheets", {"attached": {ONE.id: Attached(2, 1)}}, BY_HAND, "写明有附件 2 个，在本件里看到 1 个"),
    ("format", {"one": replace(ONE, file=replace(ONE.file, kind="pptx"))}, FAILED, "pptx 不在允许"),
    ("format", with_seen(size=None), FAILED, "文件不在应在的地方"),
    ("format", with_seen(kind="exe"), FAILED, "exe 不在允许"),
    ("format", with_seen(kind=""), BY_HAND, "看不出"),
    ("format", {"seen": None}, BY_HAND, NOT_READ.told),
    ("sheets", with_seen(size=None), FAILED, "文件不在应在的地方"),
    ("format", {"one": replace(ONE, file=replace(ONE.file, kind="unknown"))}, BY_HAND, "看不出"),
    ("opens", with_seen(sha256="f"), FAILED, "被改动"),
    ("opens", {"one": replace(ONE, wrong="altered")}, FAILED, "被改动或替换了"),
    ("opens", {"one": replace(ONE, file=replace(ONE.file, pages=None))}, BY_HAND, "没有读出内容"),
    ("encrypted", with_seen(encrypted=True), FAILED, "有加密标记"),
    ("encrypted", with_seen(kind="zip"), BY_HAND, "看不出里面有没有加密"),
]


@pytest.mark.parametrize(("how", "more", "result", "told"), WRONG_FILES)
def test_what_is_wrong_with_a_file_is_found(
    how: str, more: dict[str, Any], result: Result, told: str
) -> None:
    answer = of_file(how, **more)

    assert answer.result is result
    assert told in answer.told
    assert of_file(how).result is PASSED


def test_a_part_cut_from_a_scan_has_the_scans_kind_only_by_its_own_bytes() -> None:
    cut = replace(ONE, file=replace(ONE.file, sha256="e" * 64, kind="image", size=9))

    assert of_file("as_recorded", cut).result is PASSED
    assert of_file("kind_as_recorded", cut).result is PASSED


def test_sheets_of_one_paper_run_on_and_what_they_say_of_attachments_is_summed() -> None:
    def sheet(number: int, page: int) -> Any:
        return paper(4, number, date="2024-11-04", title="会议记录" + (f"（第{page}页）" if page > 1 else ""))

    two, gap = [sheet(1, 1), sheet(2, 2)], [sheet(1, 1), sheet(3, 3)]
    whole = facts(two, attached={"D00001": Attached(1, 0), "D00002": Attached(0, 1)})

    assert OF_FILES["sheets"](whole, two[0]) == (PASSED, "写明的附件 1 个都在")
    assert OF_FILES["sheets"](facts(gap), gap[0]) == (FAILED, "缺第2页的照片")
    assert OF_FILES["sheets"](facts(two, attached={}), two[0]).result is BY_HAND
    draft = replace(paper(1), file=replace(paper(1).file, kind="docx"))
    assert OF_FILES["sheets"](facts([draft]), draft).result is PASSED, (
        "what stands in no list is looked at alone"
    )
    assert OF_FILES["required"](facts([draft]), draft).result is FAILED


def flaw(kind: str) -> dict[str, Any]:
    return {"flaws": (Flaw(kind, "Z", "A", f"{kind}了"),)}


def twin(**more: Any) -> tuple[Any, ...]:
    return (*PAPERS, paper(8, 99, **more))


NUMBERED = (Fact("文号", "石府〔2024〕1号", 1, ""),)
WRONG_WHOLE: list[tuple[str, dict[str, Any], Result, str]] = [
    ("ranges", {"townships": frozenset({"别镇"})}, FAILED, "镇街“石坝镇”不在名单里"),
    ("ranges", {"periods": frozenset({"30年"})}, FAILED, "第 1 件的保管期限“永久”"),
    ("repeated", flaw(DOUBLE), FAILED, "重号了"),
    ("repeated", {"papers": twin(path_sha256=PAPERS[0].path_sha256)}, FAILED, "内容相同：D00001、D00099"),
    (
        "repeated",
        {
            "papers": (
                replace(PAPERS[0], title="同", facts=NUMBERED),
                paper(8, 99, title="同", facts=NUMBERED),
            )
        },
        FAILED,
        "文号和题名相同：D00001、D00099",
    ),
    ("repeated", {"numbered": False}, BY_HAND, "还没有编档号"),
    ("count", with_seen(size=None), FAILED, "文件少了 D00001"),
    ("count", {"seen": {}}, FAILED, "文件少了"),
    ("size", with_seen(size=7), FAILED, "字节数与记录不符或文件不在：D00001"),
    ("size", {"seen": {}}, FAILED, "文件不在"),
    ("process", {"papers": PAPERS[:3]}, FAILED, "第5项没有材料"),
    ("process", {"papers": (*PAPERS[:6], paper(7, date=None))}, FAILED, "第7项没有日期"),
    ("process", {"papers": (*PAPERS[:6], paper(7, responsible=None))}, FAILED, "第7项没有责任者"),
    ("continuous", flaw(GAP), FAILED, "缺号了"),
    ("continuous", flaw(VACANT), FAILED, "空号了"),
    ("continuous", {"numbered": False}, BY_HAND, "还没有编档号"),
    ("scope", {"folder": FolderSeen(True, extra=("x.pdf",))}, FAILED, "不在归档目录之内：x.pdf"),
    ("catalogue", {"papers": PAPERS[1:]}, FAILED, "缺第1项"),
    ("copies", {"filed": {1: 2}}, FAILED, "第1项记录 2 份，文件夹里 1 份"),
    ("related", {"places": {}}, FAILED, "位置或来源对不上：D00001"),
    ("metadata", {"folder": FolderSeen(True, metadata="没有 档案元数据.json")}, FAILED, "没有 档案元数据"),
    ("extra", {"folder": FolderSeen(True, junk=("Thumbs.db",))}, FAILED, "多余文件：Thumbs.db"),
    ("controlled", {"chain": "第 3 条事件被改过"}, FAILED, "第 3 条事件被改过"),
    ("controlled", {"people": False}, BY_HAND, "没有人员名册"),
    ("controlled", {"chain": None}, BY_HAND, "没有检测"),
]


@pytest.mark.parametrize(("how", "more", "result", "told"), WRONG_WHOLE)
def test_what_is_wrong_with_a_project_is_found(
    how: str, more: dict[str, Any], result: Result, told: str
) -> None:
    answer = of_whole(how, **more)

    assert answer.result is result
    assert told in answer.told
    assert of_whole(how).result is PASSED


@pytest.mark.parametrize("how", ["count", "size", "scope", "copies", "metadata", "extra"])
def test_what_nobody_looked_at_is_for_a_person(how: str) -> None:
    assert of_whole(how, seen=None, folder=None) == (BY_HAND, "没有查看文件夹，没有检测")


def changed(known: Facts, **more: Any) -> Facts:
    return replace(known, file=replace(known.file, **more))


def test_what_is_waived_is_not_missing_and_the_category_is_one_of_the_four() -> None:
    waived = {1: Waiver("A", 1, "遗失", "李某", "2026"), 4: Waiver("A", 4, "遗失", "李某", "2026")}
    known = changed(facts(tuple(one for one in PAPERS if one.item not in waived)), waivers=waived)

    assert OF_WHOLE["catalogue"](known) == (PASSED, "归档目录各项都有，其中免交 2 项")
    assert OF_WHOLE["process"](known).result is PASSED
    assert "类别“空”不在四类之内" in OF_WHOLE["ranges"](changed(known, category=None)).told
    odd = replace(known, lists=replace(known.lists, secrecy="特密"))
    assert "密级“特密”" in OF_WHOLE["ranges"](odd).told


def test_bytes_of_a_cut_part_are_known_by_its_digest_alone() -> None:
    cut = replace(PAPERS[0], file=replace(PAPERS[0].file, sha256="e" * 64))
    papers = (cut, *PAPERS[1:])
    there = {one.id: seen(one) for one in papers}

    assert of_whole("size", papers).result is PASSED
    unread = {**there, cut.id: seen(cut, sha256="")}
    assert of_whole("size", papers, seen=unread) == (BY_HAND, "D00001 没有读取，字节数没有检测")
    assert of_whole("size", papers, seen={**there, cut.id: seen(cut, sha256="f")}).result is FAILED


def test_a_paper_filed_after_numbering_makes_the_counts_differ() -> None:
    known = facts()
    row = known.lists.rows[0]._replace(code="")
    some = replace(known, lists=replace(known.lists, rows=(row, *known.lists.rows[1:])))

    assert "其中 1 件没有档号" in OF_WHOLE["copies"](some).told
    assert OF_FILES["pattern"](some, PAPERS[0]).result is BY_HAND
    odd = replace(known, lists=replace(known.lists, rows=(row._replace(code="Z9"), *known.lists.rows[1:])))
    assert OF_FILES["pattern"](odd, PAPERS[0]) == (FAILED, "Z9 不合规则")


def test_a_paper_of_no_item_is_out_of_scope() -> None:
    assert "D00001" in of_whole("scope", (replace(PAPERS[0], item=None), *PAPERS[1:])).told


def test_the_same_is_told_once_for_all_papers_and_a_long_list_is_cut() -> None:
    many = [(f"D{number}", Answer(FAILED, "缺题名")) for number in range(9)]
    odd = [(f"E{number}", Answer(FAILED, f"缺{number}")) for number in range(7)]

    assert together(many) == (FAILED, "缺题名（D0、D1、D2、D3、D4等 9 个）")
    assert together([*many[:1], ("F", Answer(PASSED, "好"))]).told == "缺题名（D0）"
    assert together(odd).told.endswith("；等 7 种情况")
    assert together([("A", Answer(BY_HAND, "看")), ("B", Answer(PASSED, "好"))]) == (BY_HAND, "看（A）")
    assert together([("B", Answer(PASSED, "好"))]) == (PASSED, "1 份都通过")


def test_every_check_of_the_code_is_used_by_the_data() -> None:
    used: dict[str, set[str]] = {
        level: {r.how for r in FOUR.checks if r.level == level} for level in (FILE, WHOLE)
    }
    registries: dict[str, Mapping[str, Any]] = {FILE: OF_FILES, WHOLE: OF_WHOLE}

    for level, registry in registries.items():
        assert set(registry) == used[level] - {""}
