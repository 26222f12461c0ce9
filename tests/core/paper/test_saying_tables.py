"""What tables of projects say, and what boxes, columns and ticks of one paper say: a row a project, a column a meaning."""

from __future__ import annotations

import pytest

from archivist.core.model import Fact
from archivist.core.page import Line, Page
from archivist.core.paper.facts import doubts, of_project, read_facts
from archivist.core.paper.outcomes import UNSURE
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_annex

ANNEX = load_annex(data_folder("schemas"))
SHEEP = ("DZ-2018-0017", "珠溪镇青杠岭村黑山羊养殖场项目")
LEMON = ("DZ-2019-0033", "宝兴镇石梯村柠檬种植基地项目")
FISH = ("DZ-2020-0008", "三驱镇柏杨湾村稻渔综合种养项目")
TITLE = "大足区人民政府专题会议纪要"


def read(page: Page, kind: str = "minutes", issuer: str | None = None) -> list[Fact]:
    return read_pages((page,), kind, issuer)


def read_pages(pages: tuple[Page, ...], kind: str = "minutes", issuer: str | None = None) -> list[Fact]:
    return list(
        read_facts(
            kind,
            list(pages),
            ANNEX.facts,
            ANNEX.sayings,
            title=pages[0].lines[0].text,
            projects=(SHEEP, LEMON, FISH),
            issuer=issuer,
        )
    )


def named(facts: list[Fact], name: str) -> set[tuple[str, str]]:
    return {(fact.project, fact.value) for fact in facts if fact.name == name}


def typed(*lines: str) -> Page:
    return Page(1, tuple(Line(text) for text in lines))


def grid(heads: list[str], *rows: list[str], wrapped: bool = False, after: str = "") -> Page:
    """A table as recognition gives it: each cell a line with its place; names wrap over two lines if ``wrapped``."""
    wide = 0.8 / len(heads)
    lines = [Line(TITLE, (0.3, 0.05, 0.7, 0.08)), Line("会议议定以下项目的处置意见：", (0.1, 0.1, 0.5, 0.12))]

    def cell(text: str, column: int, top: float) -> Line:
        left = 0.1 + wide * column
        return Line(text, (left + 0.01, top, left + wide - 0.01, top + 0.02))

    lines += [cell(text, at, 0.2) for at, text in enumerate(heads)]
    for number, row in enumerate(rows):
        top = 0.25 + 0.07 * number
        for at, text in enumerate(row):
            if wrapped and len(text) > 10:
                lines += [cell(text[:8], at, top - 0.012), cell(text[8:], at, top + 0.012)]
            elif text:
                lines.append(cell(text, at, top))
    if after:
        lines.append(Line(after, (0.1, 0.8, 0.9, 0.82)))
    return Page(1, tuple(lines))


ROWS = ([SHEEP[1], "同意退出"], [LEMON[1], "暂缓"], [FISH[1], "不同意"])
SAID = {(SHEEP[0], "同意"), (LEMON[0], "暂缓"), (FISH[0], "不同意")}


def test_a_table_settles_each_project_in_its_row() -> None:
    assert named(read(grid(["项目名称", "会议意见"], *ROWS)), "会议意见") == SAID


def test_rows_are_told_by_their_numbers_where_names_wrap_in_cells() -> None:
    numbered = [[str(at), *row] for at, row in enumerate(ROWS, start=1)]
    page = grid(["序号", "项目名称", "会议意见"], *numbered, wrapped=True, after="散会。")

    assert named(read(page), "会议意见") == SAID


AFTER = "会议强调，各镇街要做好群众工作，确保资产不流失。"


def split(page: Page, first_row: int, *after: str) -> tuple[Page, Page]:
    """The rows of a grid from ``first_row`` on moved to the top of a second page, as they run on there."""
    height = 0.25 + 0.07 * first_row - 0.03
    here = [line for line in page.lines if line.box is not None and line.box[1] < height]
    there = [
        Line(line.text, (line.box[0], line.box[1] - height + 0.06, line.box[2], line.box[3] - height + 0.06))
        for line in page.lines
        if line.box is not None and line.box[1] >= height
    ]
    there += [Line(text, (0.1, 0.6 + 0.04 * at, 0.9, 0.62 + 0.04 * at)) for at, text in enumerate(after)]
    return Page(1, (*here, Line("— 1 —", (0.46, 0.93, 0.54, 0.95)))), Page(2, tuple(there))


@pytest.mark.parametrize("first_row", [1, 2])
@pytest.mark.parametrize("wrapped", [False, True])
def test_a_table_that_runs_on_over_the_page_settles_the_projects_there_too(
    first_row: int, wrapped: bool
) -> None:
    numbered = [[str(at), *row] for at, row in enumerate(ROWS, start=1)]
    whole = grid(["序号", "项目名称", "会议意见"], *numbered, wrapped=wrapped)

    assert named(read_pages(split(whole, first_row, AFTER)), "会议意见") == SAID


def test_a_table_typed_with_blanks_runs_on_over_the_page() -> None:
    rows = [" ".join(row) for row in ROWS]
    first, second = typed(TITLE, "项目名称 会议意见", *rows[:2]), typed(*rows[2:], "散会。")

    assert named(read_pages((first, Page(2, second.lines))), "会议意见") == SAID


def test_a_table_typed_with_blanks_settles_settles_each_project_too() -> None:
    page = typed(TITLE, "项目名称 会议意见", *(" ".join(row) for row in ROWS), "散会。")

    assert named(read(page), "会议意见") == SAID


def test_a_ticked_column_is_the_outcome_it_is_headed_with() -> None:
    rows = ([SHEEP[1], "√", ""], [LEMON[1], "", "√"])
    found = named(read(grid(["项目名称", "同意", "暂缓"], *rows)), "会议意见")

    assert found == {(SHEEP[0], "同意"), (LEMON[0], "暂缓")}


def test_a_row_with_two_ticks_is_for_a_person_to_read() -> None:
    found = read(grid(["项目名称", "同意", "暂缓"], [SHEEP[1], "√", "√"], [LEMON[1], "√", ""]))

    assert named(found, "会议意见") == {(SHEEP[0], UNSURE), (LEMON[0], "同意")}
    assert "会议意见" in doubts(found, UNSURE)[0]


def test_what_others_said_in_a_column_is_not_what_this_meeting_says() -> None:
    rows = ([SHEEP[1], "同意", "暂缓"], [LEMON[1], "同意", "同意"])
    found = named(read(grid(["项目名称", "镇街意见", "会议意见"], *rows)), "会议意见")

    assert found == {(SHEEP[0], "暂缓"), (LEMON[0], "同意")}


def test_a_column_of_amounts_is_read_for_each_project() -> None:
    rows = ([SHEEP[1], "86.5"], [LEMON[1], "120"])
    found = named(read(grid(["项目名称", "投入帮扶资金（万元）"], *rows)), "投入帮扶资金")

    assert found == {(SHEEP[0], "865000.00"), (LEMON[0], "1200000.00")}


def test_a_document_keeps_what_is_said_of_its_project_and_of_the_whole_paper() -> None:
    facts = (
        Fact("会议意见", "同意", 1, "", SHEEP[0]),
        Fact("会议意见", "暂缓", 1, "", LEMON[0]),
        Fact("文号", "〔2024〕3号", 1, ""),
    )

    assert [fact.value for fact in of_project(facts, LEMON[0])] == ["暂缓", "〔2024〕3号"]


def test_votes_in_a_row_below_their_words_are_read() -> None:
    page = typed("青杠岭村村民代表会议记录", "应到 实到 同意 反对 弃权", "36人 28人 二十七 1 0", "散会")
    found = {fact.name: fact.value for fact in read(page, "record")}

    assert (found["应到"], found["实到"], found["同意"], found["反对"], found["弃权"]) == (
        "36",
        "28",
        "27",
        "1",
        "0",
    )


@pytest.mark.parametrize(
    ("votes", "value"),
    [
        ("应到36人，实到28人。表决：同意27票，反对1票，弃权0票。", "同意"),
        ("应到36人，实到28人。表决：同意4票，反对20票，弃权4票。", "不同意"),
        ("应到36人，实到15人。表决：同意14票，反对1票，弃权0票。", UNSURE),
        ("应到36人，实到28人。表决：同意30票，反对1票，弃权0票。", UNSURE),
        ("应到36人，实到28人。表决：同意13票，反对12票，弃权3票。", UNSURE),
    ],
)
def test_a_vote_carries_only_with_its_quorum_and_more_than_half_of_those_present(
    votes: str, value: str
) -> None:
    page = typed("青杠岭村村民代表会议记录", "议题：项目退出。", votes)

    assert {fact.value for fact in read(page, "record") if fact.name == "会议意见"} == {value}


def test_a_vote_against_what_the_record_says_is_for_a_person_to_read() -> None:
    page = typed(
        "青杠岭村村民代表会议记录",
        "应到36人，实到28人。表决：同意4票，反对20票，弃权4票。",
        "会议决定：同意该项目退出。",
    )

    assert {fact.value for fact in read(page, "record") if fact.name == "会议意见"} == {UNSURE}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("优势类 薄弱类 闲置类 淘汰类√", "淘汰类"),
        ("√优势类 薄弱类 闲置类 淘汰类", "优势类"),
        ("优势类□ 薄弱类□ 闲置类☑ 淘汰类□", "闲置类"),
        ("优势类□ 薄弱类□ 闲置类□ 淘汰类□", None),
        ("优势类 薄弱类√ 闲置类√ 淘汰类", None),
        ("优势类、薄弱类、闲置类、淘汰类", None),
    ],
)
def test_a_category_is_what_alone_is_ticked(line: str, value: str | None) -> None:
    found = {fact.value for fact in read(typed("摸底调查表", line), "survey") if fact.name == "项目类别"}

    assert found == ({value} if value else set())


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("会议同意将该项目认定为淘汰类。", "淘汰类"),
        ("该项目是否认定为淘汰类，请研究。", None),
        ("建议将该项目认定为淘汰类。", None),
        ("该项目原认定为闲置类。", None),
    ],
)
def test_a_category_is_what_is_concluded_and_not_what_is_spoken_of(sentence: str, value: str | None) -> None:
    found = {fact.value for fact in read(typed(TITLE, sentence)) if fact.name == "项目类别"}

    assert found == ({value} if value else set())


def test_an_assessment_concludes_what_it_proposes() -> None:
    found = read(typed("核查评估情况报告", "经核查，建议将该项目认定为淘汰类。"), "assessment")

    assert [(fact.value, fact.detail) for fact in found if fact.name == "项目类别"] == [("淘汰类", "建议")]


@pytest.mark.parametrize(
    ("lines", "who"),
    [
        (("评估单位：重庆金穗资产评估有限公司",), "重庆金穗资产评估有限公司"),
        (("经研究，委托重庆金穗资产评估有限公司对该项目进行评估。",), "重庆金穗资产评估有限公司"),
        (("大足区农业农村委员会组织专业力量对该项目进行了实地核查。",), "大足区农业农村委员会"),
    ],
)
def test_who_assessed_is_told_by_label_or_sentence(lines: tuple[str, ...], who: str) -> None:
    found = read(typed("核查评估情况报告", *lines), "assessment")

    assert [fact.value for fact in found if fact.name == "评估单位"] == [who]


def test_who_issued_a_report_assessed_where_nobody_else_is_told() -> None:
    found = read(typed("核查评估情况报告", "现将情况报告如下。"), "assessment", "大足区农业农村委员会")

    assert [(fact.value, fact.detail) for fact in found if fact.name == "评估单位"] == [
        ("大足区农业农村委员会", "落款")
    ]


def test_what_an_assessment_advises_is_in_a_closed_vocabulary() -> None:
    known = {word.name for word in ANNEX.sayings.advice}
    found = read(typed("核查评估情况报告", "处置建议：建议该项目按程序销号退出。"), "assessment")
    said = {fact.value for fact in found if fact.name == "评估建议"}

    assert said and said <= known


def test_attachments_are_named_one_by_one() -> None:
    page = typed("核查评估情况报告", "正文。", "附件：1.资产清单", "2.债权债务清单", "大足区农业农村委员会")
    found = [fact.value for fact in read(page, "assessment") if fact.name == "附件"]

    assert found == ["资产清单", "债权债务清单"]


def test_an_amount_stands_right_of_its_label_in_a_form() -> None:
    lines = (
        Line("摸底调查表", (0.4, 0.05, 0.6, 0.08)),
        Line("投入帮", (0.1, 0.2, 0.16, 0.215)),
        Line("扶资金", (0.1, 0.218, 0.16, 0.233)),
        Line("86.5万元", (0.3, 0.208, 0.4, 0.225)),
    )

    assert ("", "865000.00") in named(read(Page(1, lines), "survey"), "投入帮扶资金")


@pytest.mark.parametrize(
    "sentence",
    [
        "会议认为不能不同意该项目退出。",
        "会议同意该项目退出的意见不成立。",
        "会议基本不同意该项目退出。",
        "会议并非不同意该项目退出。",
    ],
)
def test_twisted_sentences_are_never_told_as_agreement(sentence: str) -> None:
    assert "同意" not in {fact.value for fact in read(typed(TITLE, sentence)) if fact.name == "会议意见"}


def test_a_condition_may_be_a_sentence_of_its_own() -> None:
    (fact,) = [
        one
        for one in read(typed(TITLE, "会议同意该项目退出。", "但须先行清偿所欠工程款。"))
        if one.name == "会议意见"
    ]

    assert (fact.value, fact.detail) == ("原则同意", "但须先行清偿所欠工程款")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("优势类（√） 薄弱类（ ） 闲置类（ ） 淘汰类（ ）", "优势类"),
        ("优势类（√） 薄弱类（√） 闲置类（ ） 淘汰类（ ）", None),
        ("优势类√薄弱类 闲置类 淘汰类", None),
    ],
)
def test_ticks_in_brackets_and_between_options(line: str, value: str | None) -> None:
    found = {fact.value for fact in read(typed("摸底调查表", line), "survey") if fact.name == "项目类别"}

    assert found == ({value} if value else set())


@pytest.mark.parametrize(
    "lines",
    [
        ("评估单位：", "无"),
        ("委托有关单位进行评估。",),
        ("经研究决定，由镇政府、村委会共同委托评估公司评估。",),
        ("我镇组织人员核查。",),
    ],
)
def test_who_assessed_is_nobody_where_no_body_is_named(lines: tuple[str, ...]) -> None:
    for fact in read(typed("核查评估情况报告", *lines), "assessment"):
        assert fact.name != "评估单位" or len(fact.value) > 4


def test_rows_that_name_two_projects_or_none_settle_nothing() -> None:
    rows = (f"{SHEEP[1]}、{LEMON[1]} 同意", "某某项目 同意", f"{FISH[1]} 有关材料 另附 暂缓")
    found = named(read(typed(TITLE, "项目名称 会议意见", *rows, "散会。")), "会议意见")

    assert all(project not in {SHEEP[0], LEMON[0]} for project, _ in found)


def test_what_was_not_put_in_is_no_fund() -> None:
    found = named(read(typed(TITLE, "该项目计划申请帮扶资金20万元，未投入帮扶资金20万元。")), "投入帮扶资金")

    assert found == set()


def test_the_fund_of_another_project_is_not_this_ones() -> None:
    page = typed(
        TITLE,
        f"一、关于{SHEEP[1]}",
        "该项目投入帮扶资金86.5万元。",
        "二、关于某某镇某某村李子园项目",
        "该项目投入帮扶资金12万元。",
    )

    assert (SHEEP[0], "120000.00") not in named(read(page), "投入帮扶资金")


def test_a_sentence_that_leads_into_a_bodys_name_is_no_part_of_it() -> None:
    found = read(
        typed("核查评估情况报告", "经研究由大足区农业农村委员会组织专业力量进行了实地核查。"), "assessment"
    )

    assert {fact.value for fact in found if fact.name == "评估单位"} == {"大足区农业农村委员会"}


def test_a_row_of_a_vote_table_with_words_in_place_of_numbers_is_none() -> None:
    page = typed("青杠岭村村民代表会议记录", "应到 实到 同意", "36人 若干 多数", "散会")
    found = {fact.name: fact.value for fact in read(page, "record")}

    assert found.get("应到") == "36"
    assert "实到" not in found


def test_a_head_that_wraps_in_one_cell_keeps_the_cells_behind_it() -> None:
    whole = grid(["项目名称", "投入资金", "议定意见"], *([name, "80", said] for name, said in ROWS))
    heads = [line for line in whole.lines if line.box is not None and line.box[1] == 0.2]
    unit = Line("(万元)", (heads[1].box[0], 0.208, heads[1].box[2], 0.224)) if heads[1].box else heads[1]
    at = whole.lines.index(heads[2])
    lines = (*whole.lines[:at], unit, *whole.lines[at:])

    assert named(read(Page(1, lines)), "会议意见") == SAID
