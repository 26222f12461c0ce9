"""Item 8: whatever else belongs to a project's file, under the many names offices give it."""
# ruff: noqa: E501 — a paragraph of a paper stands on one line

from __future__ import annotations

from datetime import date, timedelta

from tests.bench.second.blocks import (
    Block,
    Body,
    Cell,
    Close,
    Gap,
    Head,
    Imprint,
    Paper,
    Para,
    Roll,
    Rows,
    Rule,
    Scene,
    Seal,
    Sign,
)
from tests.bench.second.papers import form
from tests.bench.second.world import Case, money, spoken

REGISTRY = Body("重庆市大足区农村集体资产管理中心", "集体资产管理中心")


def _paper(case: Case, title: str, blocks: list[Block], variant: str, body: Body) -> Paper:
    project = case.project
    return Paper(
        title.replace("\n", ""),
        title.replace("\n", ""),
        blocks,
        8,
        [project.code],
        [case.days[8].isoformat()],
        names_project=True,
        variant=f"other {variant}",
        body=body,
    )


@form(8)
def ownership(case: Case) -> Paper:
    """A proof of ownership (产权登记证明)."""
    project, day = case.project, case.days[8]
    title = case.pick(["产权登记证明", "资产确权登记证明"], ["农村集体资产所有权证明书", "权属登记情况证明"])
    rows = [
        [Cell("权利人", centre=True), Cell(project.place.collective.full)],
        [Cell("项目名称", centre=True), Cell(project.name)],
        [Cell("项目编号", centre=True), Cell(project.code)],
        [Cell("资产类别", centre=True), Cell("经营性固定资产")],
        [Cell("登记价值", centre=True), Cell(f"{money(project.worth)}万元")],
    ]
    blocks: list[Block] = [
        Head(title, 26),
        Para(f"足集资证〔{day.year}〕第{case.chance.randint(100, 999)}号", 0, "centre"),
        Rows(rows, (25, 75), 14),
        Para("经审核，上述资产权属清晰，准予登记，特此证明。"),
        Close([REGISTRY.full, spoken(day)], [Seal(REGISTRY)]),
    ]
    paper = _paper(case, title, blocks, "ownership", REGISTRY)
    paper.has_code = True
    return paper


@form(8)
def approval(case: Case) -> Paper:
    """A department's written approval (批复)."""
    project, day, office = case.project, case.days[8], case.project.office
    title = f"关于{project.name}{case.pick(['退出处置的批复', '退出的批复'], ['资产处置有关事项的复函', '销号退出的意见'])}"
    blocks: list[Block] = [
        Head(office.full, 30, red=True),
        Para(f"足{office.short[1:3]}发〔{day.year}〕{case.chance.randint(10, 160)}号", 0, "centre"),
        Rule(),
        Head(f"{office.full}\n{title}", 20),
        Para(f"{project.place.town_body.full}：", 0),
        Para(f"你单位《关于{project.name}退出处置的请示》收悉。经研究，现批复如下："),
        Para(f"一、同意{project.name}（项目编号{project.code}）退出，相关资产按处置方案处置。"),
        Para("二、处置收入纳入农村集体“三资”管理平台，专款专用。"),
        Para("三、请做好群众工作和档案归集。"),
        Para("此复。"),
        Close([office.full, spoken(day)], [Seal(office)]),
        Para("（此件依申请公开）"),
        Imprint([f"抄送：区财政局。\t{spoken(day)}印发"]),
    ]
    paper = _paper(case, title, blocks, "approval", office)
    paper.has_code = True
    return paper


@form(8)
def exit_plan(case: Case) -> Paper:
    """A township's plan (退出处置工作方案), two pages and a list of assets."""
    project, day, town = case.project, case.days[8], case.project.place.town_body
    title = project.name + case.pick(
        ["调整退出处置工作方案", "退出实施方案"], ["销号处置工作预案", "善后处置安排"]
    )
    end = date(2025, 9, 30)
    rows = [
        [
            Cell(text, centre=True, bold=True)
            for text in ("资产名称", "数量", "原值（万元）", "残值（万元）", "处置方式")
        ],
        [
            Cell("主体设施"),
            Cell("1处", centre=True),
            Cell(money(project.fund * 0.7), centre=True),
            Cell(money(project.worth * 0.8), centre=True),
            Cell("公开拍卖", centre=True),
        ],
        [
            Cell("配套设备"),
            Cell("1批", centre=True),
            Cell(money(project.fund * 0.3), centre=True),
            Cell(money(project.worth * 0.2), centre=True),
            Cell("报废", centre=True),
        ],
    ]
    blocks: list[Block] = [
        Head(title, 21),
        Para("为稳妥推进淘汰类帮扶产业项目退出，根据区政府专题会议精神，结合实际，制定本方案。"),
        Para("一、项目基本情况", 0, part="head"),
        Para(
            f"{project.name}，编号{project.code}，{project.year}年实施，投入帮扶资金{money(project.fund)}万元。{project.cause}。"
        ),
        Para("二、资产情况", 0, part="head"),
        Rows(rows, (28, 12, 20, 20, 20), 12),
        Para("三、处置程序", 0, part="head"),
        Para(
            "（一）清产核资；（二）评估定价；（三）民主决策；（四）公示七日；（五）公开处置；（六）收入入账；（七）台账核销。"
        ),
        Para("四、债权债务处理", 0, part="head"),
        Para(f"所欠{money(project.debt)}万元从处置收入中优先支付。" if project.debt else "无债权债务。"),
        Para("五、时间安排", 0, part="head"),
        Para(f"{spoken(end)}前全面完成。"),
        Para("六、工作要求", 0, part="head"),
        Para("加强领导，明确责任，严防资产流失和信访风险。"),
        Close([town.full, spoken(day)], [Seal(town)]),
    ]
    paper = _paper(case, title, blocks, "exit plan", town)
    paper.has_code, paper.traps, paper.numbering = (
        True,
        {end.isoformat(): "deadline"},
        case.chance.choice(["dash", "none"]),
    )
    return paper


@form(8)
def public_notice(case: Case) -> Paper:
    """What was hung out (公示) with photographs of where it hung."""
    project, day, body = case.project, case.days[8], case.project.place.body
    title = f"关于{project.name}资产处置的公示"
    blocks: list[Block] = [
        Head(title, 22),
        Para(
            f"经村民代表会议讨论和区政府专题会议审定，{project.name}（{project.code}）按淘汰类退出，残余资产{money(project.worth)}万元拟公开拍卖，现予公示。公示期：{spoken(day)}至{spoken(day + timedelta(days=10))}。"
        ),
        Para(f"监督电话：023-4372{case.chance.randint(1000, 9999)}"),
        Close([body.full, spoken(day)], [Seal(body)]),
        Scene("公示现场照片"),
    ]
    paper = _paper(case, title, blocks, "public notice", body)
    paper.has_code, paper.traps = True, {(day + timedelta(days=10)).isoformat(): "term"}
    return paper


@form(8)
def handover(case: Case) -> Paper:
    """A list of assets handed over (资产移交清单), signed by three."""
    project, day = case.project, case.days[8]
    title = project.name + case.pick(["资产移交清单", "资产清点登记表"], ["固定资产盘点明细", "移交备忘录"])
    things = case.chance.sample(
        [
            "钢架大棚",
            "圈舍",
            "蓄水池",
            "变压器",
            "滴灌管网",
            "饲料机",
            "冷库",
            "围栏",
            "生产便道",
            "监控设备",
        ],
        6,
    )
    rows = [
        [Cell(text, centre=True, bold=True) for text in ("序号", "名称", "单位", "数量", "现状", "备注")],
        *[
            [
                Cell(str(n), centre=True),
                Cell(thing),
                Cell("处", centre=True),
                Cell(str(case.chance.randint(1, 12)), centre=True),
                Cell(case.chance.choice(["完好", "损坏", "部分可用"]), centre=True),
                Cell(""),
            ]
            for n, thing in enumerate(things, 1)
        ],
    ]
    blocks: list[Block] = [
        Head(title, 20),
        Para(f"项目编号：{project.code}　　移交日期：{spoken(day)}", 0, points=13),
        Rows(rows, (8, 32, 10, 12, 20, 18), 13),
        Sign(
            [
                ("移交人：", project.boss, "ink"),
                ("接收人：", case.world.person(), "ink"),
                ("监交人：", case.world.person(), "ink"),
            ]
        ),
        Close([project.place.collective.full], [Seal(project.place.collective)]),
    ]
    paper = _paper(case, title, blocks, "handover", project.place.collective)
    paper.has_code = True
    return paper


@form(8)
def request(case: Case) -> Paper:
    """The township's request (请示) to the department."""
    project, day, town = case.project, case.days[5] + timedelta(days=4), case.project.place.town_body
    title = f"关于将{project.name}认定为淘汰类项目的请示"
    blocks: list[Block] = [
        Head(f"{town.full}文件", 30, red=True),
        Para(
            f"{project.town[:2]}府文〔{day.year}〕{case.chance.randint(10, 120)}号　　　　签发人：{case.world.person()}",
            0,
        ),
        Rule(),
        Head(f"{town.full}\n{title}", 20),
        Para(f"{project.office.full}：", 0),
        Para(
            f"{project.name}（编号{project.code}）位于我{project.town[-1] if project.town.endswith('镇') else '街道'}{project.village}，{project.cause}。经村申报、我单位核查并集体研究，拟认定为淘汰类。"
        ),
        Para("妥否，请批示。"),
        Close([town.full, spoken(day)], [Seal(town, "emblem")]),
    ]
    paper = _paper(case, title, blocks, "request", town)
    paper.dates, paper.has_code = [day.isoformat()], True
    return paper


@form(8)
def photographs(case: Case) -> Paper:
    """A sheet of photographs of the site (现状照片)."""
    project = case.project
    title = f"{project.name}现状照片"
    blocks: list[Block] = [
        Head(title, 20),
        Scene(f"图1　{project.village}项目全貌"),
        Scene("图2　设施损坏情况"),
        Para(f"项目编号：{project.code}　拍摄人：{case.world.person()}", 0, points=12),
    ]
    paper = _paper(case, title, blocks, "photographs", project.place.body)
    paper.dates, paper.undated, paper.has_code = [], True, True
    return paper


@form(8, late=True)
def ruling(case: Case) -> Paper:
    """A court's mediation (民事调解书) about the project's debts."""
    project, day = case.project, case.days[8]
    court = Body("重庆市大足区人民法院", "区法院")
    title = "重庆市大足区人民法院\n民事调解书"
    blocks: list[Block] = [
        Head(title, 24),
        Para(f"（{day.year}）渝0111民初{case.chance.randint(1000, 8000)}号", 0, "right"),
        Para(f"原告：{project.place.collective.full}。"),
        Para(f"被告：{project.operator.full}。"),
        Para(
            f"原告与被告土地租赁合同纠纷一案，涉及{project.name}（项目编号{project.code}）。经本院主持调解，双方自愿达成协议：被告于{spoken(day + timedelta(days=60))}前支付租金{money(project.debt or 2.4)}万元，逾期加付利息。"
        ),
        Para("上述协议不违反法律规定，本院予以确认。"),
        Para(f"审判员　{case.world.person()}", 0, "right"),
        Close([spoken(day), f"书记员　{case.world.person()}"], [Seal(court, "emblem")]),
    ]
    paper = _paper(case, title, blocks, "court", court)
    paper.has_code, paper.traps = True, {(day + timedelta(days=60)).isoformat(): "deadline"}
    return paper


@form(8, late=True)
def clearing(case: Case) -> Paper:
    """A statement that debts are settled (债权债务清算确认书)."""
    project, day = case.project, case.days[8]
    title = f"{project.name}债权债务清算确认书"
    creditors = case.world.people(3)
    rows = [
        [Cell(text, centre=True, bold=True) for text in ("债权人", "事由", "金额（元）", "是否结清", "签字")],
        *[
            [
                Cell(name, centre=True),
                Cell("土地租金", centre=True),
                Cell(str(case.chance.randint(8, 90) * 100), centre=True),
                Cell("已结清", centre=True),
                Cell("", ink=name, tall=14),
            ]
            for name in creditors
        ],
    ]
    blocks: list[Block] = [
        Head(title, 20),
        Para(f"经核对，{project.name}（{project.code}）债权债务清算如下："),
        Rows(rows, (18, 22, 18, 18, 24), 13),
        Close([project.place.body.full, spoken(day)], [Seal(project.place.body)]),
    ]
    paper = _paper(case, title, blocks, "clearing", project.place.body)
    paper.has_code = True
    return paper


@form(8, late=True)
def writing_off(case: Case) -> Paper:
    """A form to strike assets (资产核销审批表) with three boxes, the last blank."""
    project, day, town = case.project, case.days[8], case.project.place.town_body
    title = "帮扶项目资产核销审批表"
    rows = [
        [Cell("申请单位", centre=True), Cell(project.place.collective.full, across=3)],
        [Cell("项目名称", centre=True), Cell(project.name), Cell("编号", centre=True), Cell(project.code)],
        [
            Cell("核销原值", centre=True),
            Cell(f"{money(project.fund)}万元"),
            Cell("残值收入", centre=True),
            Cell(f"{money(project.worth)}万元"),
        ],
        [Cell("核销原因", centre=True), Cell(project.cause, across=3)],
        [
            Cell("村集体意见", centre=True),
            Cell(
                "同意申请核销。",
                across=3,
                seal=Seal(project.place.collective),
                tail=spoken(day - timedelta(days=3)),
            ),
        ],
        [
            Cell("镇街意见", centre=True),
            Cell("情况属实，同意。", across=3, seal=Seal(town), tail=spoken(day)),
        ],
        [Cell("主管部门意见", centre=True), Cell("", across=3, tall=28, tail="    年  月  日")],
    ]
    paper = _paper(case, title, [Head(title, 20), Rows(rows, (18, 36, 14, 32), 13)], "writing off", town)
    paper.has_code, paper.dates = True, [day.isoformat(), (day - timedelta(days=3)).isoformat()]
    return paper


@form(8, late=True)
def pledge(case: Case) -> Paper:
    """A promise of the operator (承诺书), written by hand with a finger print."""
    project, day = case.project, case.days[8]
    title = "承 诺 书"
    lines = [
        f"我是{project.operator.short}的{project.boss}。",
        f"{project.name}我自愿退出，欠的租金我在年底前付清。",
        "圈舍和设备归村集体，以后不再找村上扯皮。",
        "特此承诺。",
    ]
    blocks: list[Block] = [
        Para(title, 0, "centre", pen=True, points=24),
        Gap(1),
        *[Para(line, pen=True, points=17) for line in lines],
        Roll("", [project.boss], prints=True),
        Para(spoken(day), 0, "right", pen=True, points=16),
    ]
    paper = _paper(case, title.replace(" ", ""), blocks, "pledge", project.place.body)
    paper.pen = True
    return paper
