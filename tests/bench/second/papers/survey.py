"""Item 1: the survey form (摸底调查表), as offices fill it in, copy it and change it."""

from __future__ import annotations

from datetime import timedelta

from tests.bench.second.blocks import Block, Cell, Close, Gap, Head, Paper, Para, Rows, Seal, Sign
from tests.bench.second.papers import form
from tests.bench.second.world import Case, fund, money, spoken

KINDS = "优势类{}  薄弱类{}  闲置类（一般{}/重大{}）  淘汰类{}"


def _ticks(mark: str, full: str = "□") -> str:
    return KINDS.format(full, full, full, full, mark)


def _blocks(case: Case, pen: bool, seals: list[Seal | None], dates: list[str]) -> list[list[Cell]]:
    project, chance = case.project, case.chance
    tick = chance.choice(["☑", "√", "■"])
    label = chance.choice([True, False])
    amount = money(project.fund)
    debt = (
        f"尚欠土地租金和工资共{money(project.debt)}万元，正在协商" if project.debt else "无债权债务，无纠纷"
    )
    note = chance.choice(
        [
            f"现存圈舍、管网等残值约{money(project.worth)}万元，产权归{project.village}集体；{debt}；群众希望退还土地恢复耕种。",
            f"资产情况：钢架大棚已损毁大半，残值{money(project.worth)}万元。确权情况：已登记为村集体资产。债务情况：{debt}。诉求：尽快兑付租金。",
        ]
    )
    rows = [
        [
            Cell("项目\n简介", centre=True),
            Cell("项目名称", centre=True),
            Cell(project.name, pen=pen),
            Cell("项目编号", centre=True),
            Cell(project.code, pen=pen),
        ],
        [
            Cell(""),
            Cell("项目地点", centre=True),
            Cell(f"大足区 {project.town} {project.village}\n项目所在村是否为脱贫村：是□ 否{tick}", pen=False),
            Cell("建设年度", centre=True),
            Cell(f"{project.year}", pen=pen),
        ],
        [
            Cell(""),
            Cell("投入帮扶资金（万元）", centre=True),
            Cell(amount, pen=pen),
            Cell("项目实施主管部门", centre=True),
            Cell(project.office.short, pen=pen),
        ],
        [
            Cell(""),
            Cell("联系人及电话", centre=True),
            Cell(f"{project.contact} {project.phone}", pen=pen, across=3),
        ],
        [
            Cell("初步\n认定", centre=True),
            Cell("村级初步认定", centre=True),
            Cell(
                _ticks(tick),
                across=3,
                seal=seals[0],
                tail=("盖章\n" if label else "") + dates[0],
                pen_tail=pen,
            ),
        ],
        [
            Cell(""),
            Cell("镇街认定", centre=True),
            Cell(
                _ticks(tick),
                across=3,
                seal=seals[1],
                tail=("盖章\n" if label else "") + dates[1],
                pen_tail=pen,
            ),
        ],
        [
            Cell("导致产业项目闲置或淘汰的主要原因", across=2, centre=True),
            Cell(project.cause + "。", across=3, pen=pen, tall=24),
        ],
        [
            Cell(
                "闲置类或淘汰类产业项目债权债务纠纷、现有资产及资产确权、利益相关方诉求等情况",
                across=2,
                centre=True,
            ),
            Cell(note, across=3, pen=pen, tall=30),
        ],
        [
            Cell("区（县）行业主管部门组织专业力量或第三机构核查评估的情况", across=2, centre=True),
            Cell("已组织核查，情况属实，建议列为淘汰类。", across=3, pen=pen, tall=18),
        ],
        [
            Cell("主管部门认定情况及工作建议", across=2, centre=True),
            Cell(
                "同意认定为淘汰类，按程序调整退出。",
                across=3,
                pen=pen,
                seal=seals[2],
                tail=("盖章\n" if label else "") + dates[2],
                pen_tail=pen,
            ),
        ],
    ]
    return rows


def _seals(case: Case, count: int) -> list[Seal | None]:
    place = case.project.place
    look = case.chance.choice(["fresh", "fresh", "heavy", "faint", "brown"])
    full: list[Seal | None] = [Seal(place.body, look=look), Seal(place.town_body), Seal(case.project.office)]
    return full[:count] + [None] * (3 - count)


def _days(case: Case, filled: list[bool]) -> tuple[list[str], list[str]]:
    first = case.days[1]
    days = [first, first + timedelta(days=1), case.days[6]]
    shown = [spoken(day) if there else "    年  月  日" for day, there in zip(days, filled, strict=True)]
    return shown, [day.isoformat() for day, there in zip(days, filled, strict=True) if there]


def _form(
    case: Case, title: str, pen: bool, seals: int, filled: list[bool], variant: str, red: bool = False
) -> Paper:
    shown, right = _days(case, filled)
    rows = _blocks(case, pen, _seals(case, seals), shown)
    head: list[Block] = [Head(title, 18)]
    if case.chance.random() < 0.3:
        head.insert(0, Para("附件2", 0, part="head"))
    paper = Paper(
        f"{case.project.village}摸底表",
        title,
        [*head, Rows(rows, (9, 14, 36, 15, 26), 11.5, red)],
        1,
        [case.project.code],
        [*right[-1:], ""],
        undated=not right,
        traps=dict.fromkeys(right[:-1], "earlier block"),
        names_project=True,
        has_code=True,
        variant=variant,
        body=case.project.place.town_body,
        red_print=red,
        pen=pen,
        facts={"fund": fund(case)},
    )
    return paper


@form(1)
def filled_by_hand(case: Case) -> Paper:
    """The plan's own form, filled with a pen, three seals."""
    title = f"大足区{case.project.town}经营性帮扶产业项目摸底调查表"
    return _form(case, title, True, 3, [True, True, True], "form pen")


@form(1)
def typed(case: Case) -> Paper:
    """Typed, two seals, the department has not yet decided."""
    return _form(case, "大足区帮扶产业项目摸底调查表", False, 2, [True, True, False], "form typed")


@form(1)
def no_date(case: Case) -> Paper:
    """Typed, sealed, and nobody filled a date in; a sentence of it tells of another day."""
    paper = _form(
        case, f"{case.project.town}经营性帮扶产业项目摸底调查表", False, 3, [False] * 3, "form undated"
    )
    rows = next(block for block in paper.blocks if isinstance(block, Rows)).rows
    day = case.days[4]
    rows[6][1].text += f"2023年6月18日经营主体书面提出退出，{spoken(day)}村民代表会议已讨论。"
    paper.traps = {day.isoformat(): "meeting", "2023-06-18": "body"}
    return paper


@form(1)
def red_form(case: Case) -> Paper:
    """A form printed in red, as some offices order them."""
    title = f"大足区{case.project.town}经营性帮扶产业项目摸底调查表"
    return _form(case, title, True, 2, [True, True, False], "form red", red=True)


@form(1)
def statistics(case: Case) -> Paper:
    """The same asked as a statistical table (统计表) with numbered columns."""
    project = case.project
    last = case.pick(["摸底情况统计表", "摸底统计表"], ["底数清查情况表", "摸排登记表"])
    title = f"{project.town}经营性帮扶产业项目{last}"
    day = case.days[1]
    head = [
        "序号",
        "项目名称",
        "项目编号",
        "建设地点",
        "建设年度",
        "投入帮扶资金（万元）",
        "现有资产及确权",
        "债权债务",
        "初步认定类别",
    ]
    debt = f"欠{money(project.debt)}万元" if project.debt else "无"
    values = [
        "1",
        project.name,
        project.code,
        project.village,
        str(project.year),
        money(project.fund),
        f"残值{money(project.worth)}万元，集体所有",
        debt,
        "淘汰类",
    ]
    rows = [
        [Cell(text, centre=True, bold=True) for text in head],
        [Cell(str(n), centre=True) for n in range(1, 10)],
        [Cell(text, centre=True) for text in values],
    ]
    blocks: list[Block] = [
        Head(title, 20),
        Para(f"填报单位（盖章）：{project.place.town_body.short}", 0, points=12),
        Rows(rows, (5, 22, 14, 10, 7, 10, 14, 9, 9), 11),
        Gap(0.5),
        Para(f"主要原因：{project.cause}。", 2, points=12),
        Para("村级初步认定：淘汰类    镇街认定：淘汰类", 2, points=12),
        Close([project.place.town_body.full, spoken(day)], [Seal(project.place.town_body)]),
    ]
    return Paper(
        "统计表",
        title,
        blocks,
        1,
        [project.code],
        [day.isoformat()],
        names_project=True,
        has_code=True,
        variant="form statistics",
        landscape=True,
        body=project.place.town_body,
    )


@form(1, late=True)
def sheet_of_facts(case: Case) -> Paper:
    """A card of lines rather than a table (摸底登记卡)."""
    project, day = case.project, case.days[1]
    title = f"经营性帮扶产业项目摸底登记卡（{project.town}）"
    lines = [
        ("项目名称", project.name),
        ("项目编号", project.code),
        ("项目地点", f"{project.town}{project.village}"),
        ("建设年度", f"{project.year}年"),
        ("投入帮扶资金", f"{money(project.fund)}万元"),
        ("主管部门", project.office.short),
        ("联系人", f"{project.contact}（{project.phone}）"),
        ("停产或失败原因", project.cause),
        ("资产和确权", f"残值{money(project.worth)}万元，归村集体"),
        ("债权债务", f"{money(project.debt)}万元未结" if project.debt else "已结清"),
        ("村级初步认定", "淘汰类"),
        ("镇街认定意见", "拟按淘汰类调整退出"),
    ]
    blocks: list[Block] = [
        Head(title, 20),
        *[Para(f"{name}：{text}", 0) for name, text in lines],
        Sign(
            [
                ("调查人（签字）：", case.world.person(), "ink"),
                ("审核人（签字）：", case.world.person(), "ink"),
            ]
        ),
    ]
    blocks.append(
        Close(
            [project.place.body.full, spoken(day)], [Seal(project.place.body), Seal(project.place.town_body)]
        )
    )
    return Paper(
        "登记卡",
        title,
        blocks,
        1,
        [project.code],
        [day.isoformat()],
        names_project=True,
        has_code=True,
        variant="form card",
        body=project.place.body,
    )


@form(1, late=True)
def last_date_hidden(case: Case) -> Paper:
    """Three dates; the last lies under a heavy seal."""
    paper = _form(
        case, "帮扶产业项目摸底调查表（淘汰类）", False, 3, [True, True, True], "form last date under seal"
    )
    rows = next(block for block in paper.blocks if isinstance(block, Rows)).rows
    rows[-1][1].seal = Seal(case.project.office, look="heavy")
    return paper
