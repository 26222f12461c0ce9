"""Item 3: agreements and contracts (协议书、合同书) of a project's life."""
# ruff: noqa: E501 — a paragraph of a paper stands on one line

from __future__ import annotations

from datetime import date

from tests.bench.second.blocks import (
    Block,
    Body,
    Break,
    Cell,
    Close,
    Gap,
    Head,
    Paper,
    Para,
    Parties,
    Rows,
    Seal,
)
from tests.bench.second.papers import form
from tests.bench.second.world import Case, money, spoken

BLANK = "    年   月   日"


def _paper(case: Case, title: str, blocks: list[Block], variant: str) -> Paper:
    project = case.project
    return Paper(
        title.replace("\n", ""),
        title.replace("\n", ""),
        blocks,
        3,
        [project.code],
        [case.days[3].isoformat()],
        names_project=True,
        variant=f"deal {variant}",
        body=project.place.body,
    )


def _later(day: date, years: int) -> date:
    return date(day.year + years, 12, 20)


@form(3)
def joint_venture(case: Case) -> Paper:
    """A contract of cooperation, three pages, numbered; both sides sealed and signed."""
    project, day = case.project, case.days[3]
    title = project.name + case.pick(["合作经营协议书", "承包经营合同"], ["联营协定", "委托管护协议"])
    blocks: list[Block] = [
        Head(title, 21),
        Para(f"甲方：{project.place.body.full}", 0),
        Para(f"乙方：{project.operator.full}", 0),
        Para(
            f"为实施好{project.name}，根据《中华人民共和国民法典》等法律规定，甲乙双方经友好协商，达成如下协议："
            if day.year > 2020
            else f"为实施好{project.name}，根据《中华人民共和国合同法》等法律规定，甲乙双方本着互利原则订立本协议："
        ),
    ]
    clauses = [
        (
            "项目内容",
            f"甲方以财政帮扶资金{money(project.fund)}万元投入{project.name}，形成的固定资产归甲方集体所有，由乙方负责日常经营。",
        ),
        ("合作期限", f"自{spoken(day)}起至{spoken(_later(day, 8))}止。"),
        ("收益分配", f"乙方每年按投入资金的6%向甲方支付固定分红，首期分红于{spoken(_later(day, 1))}前支付。"),
        ("甲方权利义务", "甲方有权监督资金使用和资产管护情况，协助乙方协调水、电、路及土地流转事宜。"),
        ("乙方权利义务", "乙方应自主经营、自负盈亏，优先吸纳脱贫户就业，不得擅自处置、抵押项目资产。"),
        ("违约责任", "任何一方违约，应赔偿对方因此造成的损失；逾期支付分红的，按日万分之五支付违约金。"),
        ("争议解决", "履行中发生争议的，由双方协商；协商不成的，向大足区人民法院起诉。"),
        ("其他", "本协议一式四份，双方各执一份，报镇政府、主管部门各一份，自双方签字盖章之日起生效。"),
    ]
    blocks += [Para(f"第{'一二三四五六七八'[n]}条　{name}　{text}") for n, (name, text) in enumerate(clauses)]
    blocks += [
        Gap(0.6),
        Parties(
            [
                ("甲方（盖章）：", "", Seal(project.place.body), case.world.person(), "ink", spoken(day)),
                ("乙方（盖章）：", "", Seal(project.operator, "star"), project.boss, "ink", spoken(day)),
            ],
            case.chance.choice(["法定代表人（签字）：", "代表人（签字）：", "法定代表人或委托代理人："]),
        ),
    ]
    paper = _paper(case, title, blocks, "joint venture")
    paper.numbering = case.chance.choice(["dash", "page", "none", "plain"])
    paper.traps = {_later(day, 8).isoformat(): "term", _later(day, 1).isoformat(): "payment"}
    return paper


@form(3)
def blank_date(case: Case) -> Paper:
    """The agreement's own date is blank; a payment date is not."""
    paper = joint_venture(case)
    for block in paper.blocks:
        if isinstance(block, Parties):
            block.sides = [(*side[:5], BLANK) for side in block.sides]
        if isinstance(block, Para) and block.text.startswith("第二条"):
            block.text = "第二条　合作期限　十年，自签订之日起算。"
    paper.dates, paper.undated, paper.variant = [], True, "deal blank date"
    paper.traps = {_later(case.days[3], 1).isoformat(): "payment"}
    return paper


@form(3)
def land_back(case: Case) -> Paper:
    """An agreement to give land back (土地退还协议) when a project ends: it is an agreement of the project."""
    project, day = case.project, case.days[8]
    title = case.pick(["土地退还协议", "解除土地流转合同协议书"], ["退地协议书", "土地移交约定"])
    area = money(round(case.chance.uniform(6, 120), 1))
    blocks: list[Block] = [
        Head(title, 24),
        Para(f"甲方（出租方）：{project.place.body.full}", 0),
        Para(f"乙方（承租方）：{project.operator.full}", 0),
        Para(
            f"乙方因实施{project.name}（项目编号：{project.code}）租用甲方土地{area}亩。现因项目停止，经双方协商一致，订立本协议："
        ),
        Para(f"一、双方同意自{spoken(day)}起解除原土地流转合同，乙方将{area}亩土地全部退还甲方。"),
        Para(f"二、乙方拆除地上附着物并平整土地，于{spoken(date(day.year, 12, 31))}前交付。"),
        Para(f"三、截至签订之日，乙方欠付租金{money(project.debt or 0.8)}万元，分两次付清。"),
        Para("四、退还后由甲方组织农户恢复粮油生产。"),
        Para("五、本协议一式三份。"),
        Parties(
            [
                ("甲方：", "", Seal(project.place.body), case.world.person(), "ink", spoken(day)),
                ("乙方：", "", Seal(project.operator, "contract"), project.boss, "ink", spoken(day)),
            ],
            "签字：",
        ),
    ]
    paper = _paper(case, title, blocks, "land back")
    paper.dates, paper.has_code, paper.traps = (
        [day.isoformat()],
        True,
        {date(day.year, 12, 31).isoformat(): "deadline"},
    )
    return paper


@form(3)
def building(case: Case) -> Paper:
    """A building contract; the typed form filled in by hand; seal 合同专用章."""
    project, day = case.project, case.days[3]
    title = "建设工程施工合同书"
    builder = Body(f"重庆{case.chance.choice(['恒筑', '巨力', '安顺', '宏泰'])}建筑工程有限公司", "施工方")
    rows = [
        [Cell("工程名称", centre=True), Cell(f"{project.name}配套工程", pen=True)],
        [Cell("工程地点", centre=True), Cell(f"{project.town}{project.village}", pen=True)],
        [Cell("合同价款", centre=True), Cell(f"{money(project.fund)}万元", pen=True)],
        [Cell("工期", centre=True), Cell("90日历天", pen=True)],
    ]
    blocks: list[Block] = [
        Head(title, 24),
        Para(f"发包人（甲方）：{project.place.body.full}", 0),
        Para(f"承包人（乙方）：{builder.full}", 0),
        Rows(rows, (22, 78), 14),
        Para("一、承包方式：包工包料。"),
        Para("二、质量标准：合格。质保期一年，预留工程款3%作为质量保证金。"),
        Para("三、付款方式：进场支付20%，完工验收后支付至97%。"),
        Para("四、安全责任：施工安全由乙方负责。"),
        Parties(
            [
                (
                    "发包人：",
                    project.place.body.short,
                    Seal(project.place.body),
                    case.world.person(),
                    "ink",
                    spoken(day),
                ),
                (
                    "承包人：",
                    builder.full,
                    Seal(builder, "contract"),
                    case.world.person(),
                    "ink",
                    spoken(day),
                ),
            ],
            "代理人：",
        ),
    ]
    paper = _paper(case, title, blocks, "building")
    paper.pen = True
    return paper


@form(3)
def equity(case: Case) -> Paper:
    """The township, the village and the firm: three parties; names printed, not signed."""
    project, day = case.project, case.days[3]
    title = f"{project.year}年股权化改革资金入股协议"
    blocks: list[Block] = [
        Head(title, 21),
        Para(f"甲方：{project.place.collective.full}", 0),
        Para(f"乙方：{project.operator.full}", 0),
        Para(f"丙方（监督方）：{project.place.town_body.full}", 0),
        Para(f"一、甲方将{project.name}财政补助资金{money(project.fund)}万元入股乙方，占股35%。"),
        Para(f"二、分红自{project.year + 1}年起，每年12月15日前兑现。"),
        Para("三、项目失败的，资产按股比清算，财政资金形成的资产归集体。"),
        Para("四、丙方对资金使用实施监督。"),
        Parties(
            [
                (
                    "甲方（章）：",
                    "",
                    Seal(project.place.collective),
                    case.world.person(),
                    "print",
                    spoken(day),
                ),
                ("乙方（章）：", "", Seal(project.operator), project.boss, "print", spoken(day)),
                (
                    "丙方（章）：",
                    "",
                    Seal(project.place.town_body),
                    case.world.person(),
                    "print",
                    spoken(day),
                ),
            ],
            "负责人：",
        ),
    ]
    return _paper(case, title, blocks, "equity printed")


@form(3, late=True)
def mediation(case: Case) -> Paper:
    """A settlement before the mediation committee (人民调解协议书)."""
    project, day = case.project, case.days[8]
    panel = Body(f"{project.town}人民调解委员会", "镇调委会", f"大足区{project.town}人民调解委员会")
    title = "人民调解协议书"
    blocks: list[Block] = [
        Head(title, 24),
        Para(f"〔{day.year}〕调字第{case.chance.randint(3, 99)}号", 0, "centre"),
        Para(f"申请人：{project.place.body.full}", 0),
        Para(f"被申请人：{project.operator.full}，负责人{project.boss}", 0),
        Para(f"纠纷事实：双方因{project.name}停办后的租金和设施归属发生争议。"),
        Para(
            f"经调解，自愿达成协议：1.被申请人支付租金{money(project.debt or 1.2)}万元；2.地上设施折价归申请人；3.双方就{project.name}再无其他债权债务。"
        ),
        Para("履行期限：三十日内。"),
        Parties(
            [
                ("申请人：", "", Seal(project.place.body), case.world.person(), "ink", spoken(day)),
                ("被申请人：", "", None, project.boss, "ink", spoken(day)),
            ],
            "签名：",
        ),
        Close([panel.full, spoken(day)], [Seal(panel)]),
    ]
    paper = _paper(case, title, blocks, "mediation")
    paper.dates = [day.isoformat()]
    return paper


@form(3, late=True)
def supply(case: Case) -> Paper:
    """A lease of the facilities, its signature page alone on the last page."""
    project, day = case.project, case.days[3]
    title = f"{project.name}资产租赁合同"
    clauses = [
        f"租赁物为{project.name}全部固定资产。",
        f"租期五年，自{spoken(day)}起。",
        f"年租金{money(round(project.fund * 0.05, 2))}万元，于每年12月20日前付清。",
        "承租方负责维修养护，不得转租。",
        "合同期满资产完好交回。",
        "因政策调整不能履行的，合同终止，互不追究。",
        "未尽事宜另行协商。",
    ]
    blocks: list[Block] = [
        Head(title, 21),
        Para(f"出租方：{project.place.collective.full}", 0),
        Para(f"承租方：{project.operator.full}", 0),
        *[Para(f"{n}、{text}") for n, text in enumerate(clauses, 1)],
        Para("（以下无正文，为签署页）", 0, "centre"),
        Break(),
        Para(f"（本页为《{title}》签署页）", 0),
    ]
    blocks.append(
        Parties(
            [
                (
                    "出租方（盖章）：",
                    "",
                    Seal(project.place.collective),
                    case.world.person(),
                    "ink",
                    spoken(day),
                ),
                (
                    "承租方（盖章）：",
                    "",
                    Seal(project.operator, "contract"),
                    project.boss,
                    "ink",
                    spoken(day),
                ),
            ],
            stacked=True,
        )
    )
    paper = _paper(case, title, blocks, "lease")
    paper.numbering = "page"
    return paper


@form(3, late=True)
def exit_deal(case: Case) -> Paper:
    """An exit agreement (退出协议): an agreement of the project all the same."""
    project, day = case.project, case.days[8]
    title = f"{project.name}经营主体退出协议"
    blocks: list[Block] = [
        Head(title, 21),
        Para(f"甲方：{project.place.body.full}", 0),
        Para(f"乙方：{project.operator.full}", 0),
        Para(f"鉴于{project.cause}，甲乙双方就{project.name}退出事宜协议如下："),
        Para("一、终止原合作经营协议。"),
        Para(
            f"二、经清点，移交资产原值{money(project.fund)}万元，残值{money(project.worth)}万元，清单附后。"
        ),
        Para(
            f"三、乙方尚欠租金{money(project.debt)}万元，从押金中抵扣。"
            if project.debt
            else "三、双方债权债务已结清。"
        ),
        Parties(
            [
                ("甲方（盖章）：", "", Seal(project.place.body), case.world.person(), "ink", spoken(day)),
                ("乙方（盖章）：", "", Seal(project.operator), project.boss, "ink", spoken(day)),
            ]
        ),
    ]
    paper = _paper(case, title, blocks, "exit")
    paper.dates = [day.isoformat()]
    paper.item = 3
    return paper
