"""Item 2: what a department or a third party found (核查评估), under the titles offices really use."""
# ruff: noqa: E501 — a paragraph of a paper stands on one line

from __future__ import annotations

from datetime import timedelta

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
    Rows,
    Rule,
    Seal,
    Sign,
)
from tests.bench.second.papers import form
from tests.bench.second.world import ASSESSORS, Case, money, spoken


def _paper(case: Case, title: str, blocks: list[Block], variant: str, body: Body) -> Paper:
    project = case.project
    return Paper(
        title.replace("\n", ""),
        title.replace("\n", ""),
        blocks,
        2,
        [project.code],
        [case.days[2].isoformat()],
        level="department",
        names_project=True,
        variant=f"assess {variant}",
        body=body,
    )


def _facts(case: Case) -> list[str]:
    project = case.project
    debt = (
        f"截至核查日，尚有债务{money(project.debt)}万元，其中土地租金{money(round(project.debt * 0.6, 2))}万元、人工工资{money(round(project.debt - round(project.debt * 0.6, 2), 2))}万元，债权人已登记确认。"
        if project.debt
        else "经核对账册并走访群众，未发现未结债务和纠纷。"
    )
    return [
        f"{project.name}位于{project.town}{project.village}，项目编号{project.code}，{project.year}年建成，累计投入帮扶资金{money(project.fund)}万元，经营主体为{project.operator.full}。",
        f"停滞原因：{project.cause}。",
        f"资产现状：原值{money(project.fund)}万元，评估残值{money(project.worth)}万元，产权登记在{project.place.collective.short}名下。",
        f"债权债务：{debt}",
        "利益相关方诉求：农户要求退还流转土地并结清租金，经营主体要求按残值收回自有设备。",
    ]


@form(2)
def third_party(case: Case) -> Paper:
    """A firm's report of several pages with a cover, contents on the second page, signed and sealed at the end."""
    project, firm = case.project, case.chance.choice(ASSESSORS)
    names = case.world.people(2)
    facts = _facts(case)
    title = f"{project.name}\n核查评估报告"
    heads = [
        "一、项目概况",
        "二、停滞失败的主要原因",
        "三、资产现状及确权",
        "四、债权债务纠纷",
        "五、利益相关方诉求",
    ]
    blocks: list[Block] = [
        Gap(6),
        Head(title, 26),
        Gap(2),
        Para(
            f"{firm.short[:2]}评报字〔{case.days[2].year}〕第{case.chance.randint(100, 999)}号", 0, "centre"
        ),
        Gap(10),
        Para(firm.full, 0, "centre", points=17),
        Para(spoken(case.days[2]), 0, "centre", points=17),
        Break(),
    ]
    blocks += [
        Para(
            f"受{project.office.full}委托，我公司于{spoken(case.days[2] - timedelta(days=9))}组织专业人员对{project.name}进行了现场核查，评估基准日为2024年10月31日。现将情况报告如下。"
        )
    ]
    for head, fact in zip(heads, facts, strict=True):
        blocks += [
            Para(head, 0, part="head"),
            Para(fact),
            Para(
                "核查人员查阅了立项批复、验收资料、会计凭证和流转合同，所取资料复印件均与原件核对无误，并与村干部、经营主体负责人和部分农户进行了座谈。"
            ),
        ]
    blocks += [
        Para("六、处置建议", 0, part="head"),
        Para("建议认定为淘汰类，按程序公开处置残余设施，土地复垦后退还农户，债务从处置收入中优先清偿。"),
        Sign([("核查人员：", names[0], "ink"), ("项目负责人：", names[1], "ink")]),
        Close([firm.full, spoken(case.days[2])], [Seal(firm, case.chance.choice(["star", "contract"]))]),
    ]
    paper = _paper(case, title, blocks, "third party", firm)
    paper.numbering, paper.has_code = case.chance.choice(["slash", "page", "plain"]), True
    paper.traps = {(case.days[2] - timedelta(days=9)).isoformat(): "visit", "2024-10-31": "base date"}
    return paper


@form(2)
def statement(case: Case) -> Paper:
    """A department's 情况说明 that is its assessment."""
    project, office = case.project, case.project.office
    title = case.pick(
        [f"关于对{project.name}进行核查评估的情况说明", f"关于{project.name}核查评估工作情况的汇报"],
        [f"{project.name}评估论证情况专报", f"{project.name}核查认定评估结论"],
    )
    blocks: list[Block] = [
        Head(title, 21),
        Para("区委农办：", 0),
        Para(
            f"按照“四个一批”工作安排，我单位抽调专业力量组成核查组，对{project.name}开展了核查评估，现将有关情况说明如下："
        ),
        *[Para(text) for text in _facts(case)],
        Para("我单位建议该项目认定为淘汰类，予以调整退出。"),
        Para("特此说明。"),
        Sign([("核查组成员：", case.world.person(), "ink")]),
        Close([office.full, spoken(case.days[2])], [Seal(office)]),
    ]
    paper = _paper(case, title, blocks, "statement", office)
    paper.has_code = True
    return paper


@form(2)
def opinion(case: Case) -> Paper:
    """A letter with an assessment's opinion (评估意见函); names typed."""
    project, firm = case.project, case.chance.choice(ASSESSORS)
    last = case.pick(["评估意见函", "评估意见书"], ["核查结论告知书", "复核评估意见"])
    title = f"关于{project.town}{project.village}{project.made}项目的{last}"
    blocks: list[Block] = [
        Head(firm.full, 22, red=True),
        Rule(thick=1.2),
        Head(title, 20),
        Para(f"{project.office.full}：", 0),
        Para(
            f"贵单位委托我方评估的{project.name}（编号{project.code}），已完成现场勘查和资料核验，意见如下："
        ),
        *[Para(f"{n}．{text}") for n, text in enumerate(_facts(case)[1:], 1)],
        Para("综上，我方认为项目不具备继续经营条件，建议按淘汰类处置。"),
        Sign([("评估师：", case.world.person(), "print"), ("复核：", case.world.person(), "print")]),
        Close([firm.full, spoken(case.days[2])], [Seal(firm)]),
    ]
    paper = _paper(case, title, blocks, "opinion letter", firm)
    paper.has_code = True
    return paper


@form(2)
def table(case: Case) -> Paper:
    """A form of verification (核查评估表) with opinions in boxes, signed inside the cells."""
    project, office = case.project, case.project.office
    facts = _facts(case)
    title = "淘汰类帮扶产业项目核查评估表"
    people = case.world.people(2)
    rows = [
        [
            Cell("项目名称", centre=True),
            Cell(project.name),
            Cell("项目编号", centre=True),
            Cell(project.code),
        ],
        [
            Cell("实施地点", centre=True),
            Cell(f"{project.town}{project.village}"),
            Cell("帮扶资金", centre=True),
            Cell(f"{money(project.fund)}万元"),
        ],
        [Cell("失败原因", centre=True), Cell(facts[1], across=3)],
        [Cell("资产及确权", centre=True), Cell(facts[2], across=3)],
        [Cell("债权债务", centre=True), Cell(facts[3], across=3)],
        [Cell("相关方诉求", centre=True), Cell(facts[4], across=3)],
        [
            Cell("核查组意见", centre=True),
            Cell(
                "经核查情况属实，建议淘汰。\n组长（签字）：",
                across=3,
                ink=people[0],
                tail=spoken(case.days[2] - timedelta(days=1)),
            ),
        ],
        [
            Cell("主管部门评估结论", centre=True),
            Cell("同意核查组意见。", across=3, seal=Seal(office), tail=spoken(case.days[2])),
        ],
    ]
    paper = _paper(case, title, [Head(title, 20), Rows(rows, (18, 38, 16, 28), 12.5)], "table", office)
    paper.has_code = True
    paper.dates.append((case.days[2] - timedelta(days=1)).isoformat())
    return paper


@form(2, late=True)
def letter(case: Case) -> Paper:
    """A department's reply with its findings (核查情况的函), under its red head."""
    project, office = case.project, case.project.office
    title = f"关于{project.name}核查评估情况的函"
    blocks: list[Block] = [
        Head(office.full, 30, red=True),
        Para(f"足{office.short[1:3]}函〔{case.days[2].year}〕{case.chance.randint(10, 200)}号", 0, "centre"),
        Rule(thick=1.6),
        Head(title, 20),
        Para(f"{project.place.town_body.full}：", 0),
        Para("你单位报送的申请收悉。我单位会同区财政局组织了现场核查，评估情况如下："),
        *[Para(text) for text in _facts(case)],
        Para("评估结论：建议退出，列入淘汰类。"),
        Para("此函。"),
        Close([office.full, spoken(case.days[2])], [Seal(office)]),
    ]
    paper = _paper(case, title, blocks, "letter", office)
    paper.has_code = True
    return paper


@form(2, late=True)
def minutes_like(case: Case) -> Paper:
    """Findings of experts (专家组现场核查意见), signed by several."""
    project, names = case.project, case.world.people(5)
    title = f"{project.name}专家组现场核查评估意见"
    blocks: list[Block] = [
        Head(title, 19),
        Para(
            f"受{project.office.short}委托，专家组于{spoken(case.days[2])}赴{project.village}，对{project.name}（{project.code}）作了现场核查，形成意见："
        ),
        *[Para(text) for text in _facts(case)[1:]],
        Para("专家组一致认为该项目应予淘汰退出。"),
        Sign([("专家组组长：", names[0], "ink"), ("成员：", names[1], "ink")]),
        Sign([("成员：", names[2], "ink"), ("成员：", names[3], "ink")]),
        Close([project.office.full, spoken(case.days[2])], [Seal(project.office, look="faint")]),
    ]
    paper = _paper(case, title, blocks, "experts", project.office)
    paper.has_code = True
    return paper


@form(2)
def full_report(case: Case) -> Paper:
    """A firm's long report: cover, contents, a chapter a page, notes of talks, a list of assets, the signatures last."""
    project, firm, chance = case.project, case.chance.choice(ASSESSORS), case.chance
    day, facts = case.days[2], _facts(case)
    title = f"{project.name}\n第三方核查评估报告"
    chapters = ["项目概况", "停滞失败原因", "资产现状及确权", "债权债务", "利益相关方诉求", "处置建议"]
    facts.append("建议认定为淘汰类，残余设施公开处置，土地复耕。")
    blocks: list[Block] = [
        Gap(6),
        Head(title, 24),
        Gap(9),
        Para(firm.full, 0, "centre", points=17),
        Para(spoken(day), 0, "centre", points=17),
        Break(),
        Head("目　录", 20),
    ]
    blocks += [
        Para(f"第{'一二三四五六'[n]}章　{name} …………………… {n + 3}", 0) for n, name in enumerate(chapters)
    ]
    for number, (name, fact) in enumerate(zip(chapters, facts, strict=True)):
        blocks += [
            Break(),
            Head(f"第{'一二三四五六'[number]}章　{name}", 18, part="head"),
            Para(fact),
            Para("核查人员到现场逐项清点，并查阅会计凭证、验收资料和流转合同，对照台账核实。"),
        ]
    for talk in case.world.people(2):
        blocks += [
            Break(),
            Head("访谈记录", 18, part="head"),
            Para(f"被访谈人：{talk}，{project.village}村民。", 0),
            Para(f"问：{project.made}项目什么时候停的？"),
            Para("答：停了两年多了，后头没得人管。"),
            Para("问：租金付清没有？"),
            Para("答：前几年的付了，最后一年的说是要等处置了再付。"),
        ]
    rows = [
        [Cell(text, centre=True, bold=True) for text in ("资产", "单位", "数量", "残值（万元）")],
        *[
            [
                Cell(thing),
                Cell("项", centre=True),
                Cell(str(chance.randint(1, 9)), centre=True),
                Cell(money(round(project.worth / 3, 2)), centre=True),
            ]
            for thing in ("主体设施", "附属管网", "生产设备")
        ],
    ]
    blocks += [
        Break(),
        Head("附表　资产清查明细", 18, part="head"),
        Rows(rows, (40, 15, 15, 30), 13),
        Gap(1),
        Sign([("评估人员：", case.world.person(), "ink"), ("审核：", case.world.person(), "ink")]),
        Close([firm.full, spoken(day)], [Seal(firm)]),
    ]
    paper = _paper(case, title, blocks, "full report", firm)
    paper.numbering, paper.has_code = chance.choice(["dash", "page"]), False
    return paper
