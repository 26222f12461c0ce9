"""Item 1: the survey form (摸底调查表), laid out as the plan's annex 2."""

from __future__ import annotations

from .blocks import Block, Cell, Gap, Grid, PageBreak, Paper, Text
from .projects import FULL_NAMES, Row, phone_of
from .stories import Story

CLASSES = ("优势类", "薄弱类", "闲置类（一般/重大）", "淘汰类")
NOTES = (
    "填表说明：1.脱贫攻坚以来，是指2013年以来。2.存续期，是指帮扶产业经营载体、有关资产尚在，没有完全消亡，处于持续运营或间续运营的时期。"
    "3.导致产业项目闲置或淘汰的主要原因，包括论证不充分、不切合实际，盲目跟风；政策变化，不能继续实施等，由镇与村社共同填报。"
    "4.主管部门认定情况及工作建议，是指主管部门确定类别，提出巩固、升级、盘活、调整的具体措施。"
)
WIDTHS = (18.0, 22.0, 52.0, 22.0, 42.0)


def ticks(chosen: str) -> str:
    """Return the line of tick boxes with ``chosen`` ticked (empty: none)."""
    return "   ".join(f"{name}{'☑' if chosen and name.startswith(chosen) else '□'}" for name in CLASSES)


def _head(
    name: str, code: str, place: str, year: str, amount: str, department: str, contact: str
) -> list[Cell]:
    return [
        Cell(0, 0, "项目\n简介", rows=4, align="center"),
        Cell(0, 1, "项目名称", align="center"),
        Cell(0, 2, name),
        Cell(0, 3, "项目编号", align="center"),
        Cell(0, 4, code, align="center"),
        Cell(1, 1, "项目地点", rows=2, align="center"),
        Cell(1, 2, place, rows=2),
        Cell(1, 3, "建设年度", rows=2, align="center"),
        Cell(1, 4, year, rows=2, align="center"),
        Cell(3, 1, "投入帮扶资金（万元）", align="center"),
        Cell(3, 2, amount + "\n项目实施主管部门：" + department),
        Cell(3, 3, "联系人及电话", align="center"),
        Cell(3, 4, contact),
    ]


def _place(township: str, village: str, poor: str) -> str:
    return f"大足区{township}镇（街道）{village}村（社区）\n项目所在村是否为脱贫村：{poor}"


def _first(head: list[Cell], verdicts: tuple[Cell, Cell], why: str) -> Grid:
    body = [
        Cell(4, 0, "初步\n认定", rows=2, align="center"),
        Cell(4, 1, "村级初步认定", align="center"),
        verdicts[0],
        Cell(5, 1, "镇街认定", align="center"),
        verdicts[1],
        Cell(6, 0, "导致产业项目闲置或淘汰的主要原因", cols=2, align="center"),
        Cell(6, 2, why, cols=3),
    ]
    return Grid(WIDTHS, (13, 9, 9, 18, 43, 43, 58), tuple(head + body), 11.5)


def _second(trouble: str, assessed: str, verdict: Cell) -> Grid:
    cells = (
        Cell(
            0,
            0,
            "闲置类或淘汰类产业项目债权债务纠纷、现有资产及资产确权、利益相关方诉求等情况",
            cols=2,
            align="center",
        ),
        Cell(0, 2, trouble, cols=3),
        Cell(1, 0, "区（县）行业主管部门组织专业力量或第三机构核查评估的情况", cols=2, align="center"),
        Cell(1, 2, assessed, cols=3),
        Cell(2, 0, "主管部门认定情况及工作建议", cols=2, align="center"),
        verdict,
    )
    return Grid(WIDTHS, (72, 50, 58), cells, 11.5)


def _paper(blocks: list[Block]) -> Paper:
    return Paper(tuple(blocks), title="摸底调查表", page_numbers=False)


def _heading(township: str) -> list[Block]:
    form = f"大足区{township}经营性帮扶产业项目摸底调查表" if township else "大足区帮扶产业项目摸底调查表"
    return [Text("附件2", "label"), Text(form, "form")]


def filled_form(story: Story, whole: bool = True, by_hand: bool = False) -> Paper:
    """Return the filled form; ``whole`` false leaves out page 2, ``by_hand`` fills it in with a pen."""
    row = story.row
    pen = (lambda text: f"⟦{text}⟧") if by_hand else (lambda text: text)
    contact = f"{pen(row.contact)}\n{pen(phone_of(row))}"
    amount = pen(row.amount) + "万元"
    place = _place(pen(f" {row.township[:-1]} "), pen(f" {row.village[:-1]} "), "是☑  否□")
    head = _head(
        pen(row.name), pen(row.code), place, pen(row.year + "年"), amount, pen(row.department), contact
    )
    village = Cell(
        4, 2, ticks("淘汰"), cols=3, foot=f"盖章\n{story.village_form_day}", seal=story.village_seal
    )
    township = Cell(
        5, 2, ticks("淘汰"), cols=3, foot=f"盖章\n{story.township_form_day}", seal=story.township_seal
    )
    blocks: list[Block] = [*_heading(row.township), _first(head, (village, township), pen(story.why))]
    if whole:
        blocks += [PageBreak(), *_second_page(story)]
    return _paper(blocks)


def _second_page(story: Story) -> list[Block]:
    row = story.row
    trouble = f"1.资产及确权：{story.assets}\n2.债权债务：{story.debts}\n3.利益相关方诉求：{story.wishes}"
    assessed = (
        f"{story.assessed}，{row.department}组织专业力量到现场核查评估，"
        "查清了主要原因、资金、资产、债权债务和有关诉求，形成评估报告。"
    )
    verdict = f"同意认定为淘汰类。{story.measures}"
    last = Cell(2, 2, verdict, cols=3, foot=f"盖章\n{story.form_day}", seal=FULL_NAMES[row.department])
    return [_second(trouble, assessed, last), Text(NOTES, "note")]


def twin_form(row: Row, category: str, why: str) -> Paper:
    """Return the first page of a form for a project that is not eliminated."""
    place = _place(f" {row.township[:-1]} ", f" {row.village[:-1]} ", "是☑  否□")
    head = _head(
        row.name,
        row.code,
        place,
        row.year + "年",
        row.amount + "万元",
        row.department,
        f"{row.contact}\n{phone_of(row)}",
    )
    village = Cell(
        4,
        2,
        ticks(category),
        cols=3,
        foot="盖章\n2024年11月14日",
        seal=f"大足区{row.township}{row.village}民委员会",
    )
    township = Cell(
        5, 2, ticks(category), cols=3, foot="盖章\n2024年11月22日", seal=f"重庆市大足区{row.township}人民政府"
    )
    return _paper([*_heading(row.township), _first(head, (village, township), why)])


def blank_form() -> Paper:
    """Return the form as it is handed out."""
    place = _place(" " * 6, " " * 12, "是□  否□")
    head = _head("", "", place, "", "", "", "")
    day = "盖章\n      年    月    日"
    first = _first(
        head, (Cell(4, 2, ticks(""), cols=3, foot=day), Cell(5, 2, ticks(""), cols=3, foot=day)), ""
    )
    second = _second("", "", Cell(2, 2, "", cols=3, foot=day))
    return _paper([*_heading(""), first, Gap(4), second, Text(NOTES, "note")])
