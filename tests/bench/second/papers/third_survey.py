"""Item 1 by the third author: the survey as offices re-draw it: a card, a questionnaire, a numbered table."""
# ruff: noqa: E501 — Chinese counts two columns a character

from __future__ import annotations

from datetime import timedelta

from tests.bench.second.blocks import Block, Cell, Close, Gap, Head, Paper, Para, Rows, Seal, Sign
from tests.bench.second.papers import form
from tests.bench.second.papers.third_kit import broad, debt_of, head, mid, pair, paper_of, rank
from tests.bench.second.world import Case, fund, money, spoken


@form(1, since=201)
def verified(case: Case) -> Paper:
    """A table in another order (摸底核实登记表), money in 元, the opinions at the foot."""
    project, day = case.project, case.days[1]
    place, chance = project.place, case.chance
    later = day + timedelta(days=chance.randint(1, 4))
    title = f"{project.town}帮扶产业项目“四个一批”摸底核实登记表"
    rows = [
        pair("所属村（社区）", project.village, "建成年份", str(project.year)),
        pair("项目名称", project.name, "编号", project.code),
        pair("财政投入（元）", fund(case), "主管部门", project.office.short),
        pair("实施（经营）主体", project.operator.full, "负责人", project.boss),
        pair("村联系人", project.contact, "手机", project.phone),
        broad("目前状况", "□正常经营　□半停产　☑已停产　□已灭失"),
        broad("停产原因", project.cause + "。", tall=20),
        broad("资产及权属", f"账面原值与财政投入一致，可变现部分约{money(project.worth)}万元，已量化到{project.village}集体。"),
        broad("债务与群众诉求", f"{debt_of(project)}；承包户要求把土地退回自己耕种。"),
        broad("拟归入类别", "□巩固一批（优势类）　□升级一批（薄弱类）\n□盘活一批（闲置类）　☑调整一批（淘汰类）"),
        broad("村（社区）意见", "属实，申请列入淘汰类。", seal=Seal(place.body), tail=spoken(day)),
        broad(f"{rank(place)}核实意见", "经现场核实，同意初步认定为淘汰类。", seal=Seal(place.town_body), tail=spoken(later)),
    ]  # fmt: skip
    blocks: list[Block] = [
        Head(title, 19),
        Para("（本表一式三份，村、镇街、主管部门各执一份）", 0, "centre", points=11),
        Rows(rows, (22, 37, 18, 23), 11.5),
        Para(f"填表人：{case.world.person()}　　复核人：{case.world.person()}", 0, points=12),
    ]
    return paper_of(
        case, 1, title, blocks, "form verified", place.town_body,
        dates=[later.isoformat(), ""], traps={day.isoformat(): "earlier block"},
        has_code=True, facts={"fund": fund(case)},
    )  # fmt: skip


@form(1, since=201)
def one_by_one(case: Case) -> Paper:
    """A printed form of numbered questions filled with a pen (一项目一表)."""
    project, day = case.project, case.days[1]
    title = "经营性帮扶产业项目底数摸排表（一项目一表）"
    place = project.place
    asked = [
        ("1", "项目名称（与立项批复一致）", project.name),
        ("2", "项目库编号", project.code),
        ("3", "建设地点", f"{project.town}{project.village}"),
        ("4", "哪一年建的", f"{project.year}年"),
        ("5", "用了多少帮扶资金（万元）", money(project.fund)),
        ("6", "哪个区级部门主管", project.office.short),
        ("7", "谁在经营", f"{project.operator.short} {project.boss}"),
        ("8", "现在还在不在生产，停了的写原因", project.cause),
        ("9", "资产还有哪些、登记在谁名下", f"剩余设施值{money(project.worth)}万元左右，登记在村集体"),
        ("10", "有没有欠账、扯皮的事", debt_of(project, "没有")),
        ("11", "群众和业主有什么要求", "早点了结，把地还给农户"),
        ("12", "村上认为是哪一类", "淘汰类"),
    ]
    rows = [head("序号", "摸排内容", "填写情况")]
    rows += [[Cell(n, centre=True), Cell(text), Cell(value, pen=True)] for n, text, value in asked]
    blocks: list[Block] = [
        Para("表2-1", 0, part="head", points=12),
        Head(title, 18),
        Para(f"填报村（社区）：{project.village}", 0, points=12),
        Rows(rows, (8, 36, 56), 12),
        Gap(0.3),
        Sign([("村支部书记：", case.world.person(), "ink"), ("驻村干部：", case.world.person(), "ink")]),
        Close([f"{place.body.short}（章）", spoken(day)], [Seal(place.body, look="faint")], pen_date=True),
    ]
    return paper_of(
        case, 1, title, blocks, "form numbered pen", place.body,
        dates=[day.isoformat(), ""], has_code=True, pen=True, facts={"fund": fund(case)},
    )  # fmt: skip


@form(1, since=201)
def broad_table(case: Case) -> Paper:
    """A sheet laid across with headings over headings and a line for one project, signed by three."""
    project, day = case.project, case.days[1]
    town = project.place.town_body
    title = f"大足区{project.town}存量帮扶产业项目清查摸底明细表"
    one = mid(
        project.village, project.name, project.code, str(project.year), money(project.fund),
        project.operator.short, "停产", money(project.worth), money(project.debt),
        "淘汰类", "淘汰类",
    )  # fmt: skip
    rows = [
        [
            Cell("村（社区）", centre=True, bold=True),
            Cell("项目基本信息", 4, centre=True, bold=True),
            Cell("经营情况", 2, centre=True, bold=True),
            Cell("资产负债（万元）", 2, centre=True, bold=True),
            Cell("类别初步认定", 2, centre=True, bold=True),
        ],
        head("", "名称", "编号", "年度", "帮扶资金（万元）", "主体", "状态", "残值", "欠款", "村", "镇街"),
        one,
        broad("失败原因", project.cause + "。", 10),
        broad("处置想法", "清算欠款，处置残余设备，拆除后复耕，资料归档。", 10),
    ]
    blocks: list[Block] = [
        Head(title, 20),
        Para(f"填报单位：{town.short}　　　　填报时间：{spoken(day)}　　　　单位：万元", 0, points=12),
        Rows(rows, (10, 20, 15, 6, 9, 11, 6, 7, 7, 8, 8), 11),
        Sign([(label, case.world.person(), "ink") for label in ("填表人：", "审核人：", "分管领导：")]),
        Close([f"{town.short}（盖章）"], [Seal(town)]),
    ]
    return paper_of(
        case, 1, title, blocks, "form broad", town, has_code=True, landscape=True,
        facts={"fund": fund(case)},
    )  # fmt: skip


@form(1, since=201)
def questionnaire(case: Case) -> Paper:
    """The survey as a questionnaire with boxes to tick (调查问卷表)."""
    project, day, chance = case.project, case.days[1], case.chance
    tick = chance.choice(["☑", "■", "√"])
    title = "帮扶产业项目摸底调查问卷"
    owed = f"有{tick}　没有□　（金额：{money(project.debt)}万元）" if project.debt else f"有□　没有{tick}"
    asked = [
        f"一、您填报的项目名称是：{project.name}　　项目编号：{project.code}",
        f"二、项目所在地：大足区{project.town}{project.village}　　建设年度：{project.year}年",
        f"三、该项目共投入帮扶资金{money(project.fund)}万元，项目实施主管部门为{project.office.short}。",
        f"四、项目目前处于何种状态？　A.正常经营□　B.断续经营□　C.长期停产{tick}",
        f"五、停产或者失败的主要原因（可另附页）：{project.cause}。",
        f"六、现有资产估计还值{money(project.worth)}万元；是否确权到村集体：是{tick}　否□",
        f"七、有无债权债务纠纷：{owed}",
        "八、利益相关方的主要诉求：退还承包地，结清租金。",
        f"九、村级初步认定：优势类□　薄弱类□　闲置类□　淘汰类{tick}",
        f"十、镇街认定：优势类□　薄弱类□　闲置类□　淘汰类{tick}",
    ]
    names = case.world.people(2)
    blocks: list[Block] = [
        Head(title, 22),
        Para("填写说明：请在对应选项后打勾，一个项目填一份，由村干部和驻村工作队共同完成。", 2, points=12),
        *[Para(text, 0) for text in asked],
        Sign([("被访人：", names[0], "ink"), ("调查员：", names[1], "ink")]),
        Para(f"联系电话：{project.phone}", 0),
        Para(f"调查日期：{spoken(day)}", 0),
    ]
    return paper_of(
        case, 1, title, blocks, "form questionnaire", project.place.body,
        dates=[day.isoformat(), ""], has_code=True, facts={"fund": fund(case)},
    )  # fmt: skip
