"""Item 2 by the third author: accountants, experts with marks, working groups, and a bureau's inquiry."""
# ruff: noqa: E501 — Chinese counts two columns a character

from __future__ import annotations

from datetime import timedelta

from tests.bench.second.blocks import (
    Block,
    Cell,
    Close,
    Head,
    Paper,
    Para,
    Rows,
    Rule,
    Scene,
    Seal,
    Sign,
)
from tests.bench.second.papers import form
from tests.bench.second.papers.third_kit import broad, debt_of, dotted, head, mid, pair, paper_of
from tests.bench.second.world import ASSESSORS, Case, money, spoken


@form(2, since=201)
def accountants(case: Case) -> Paper:
    """Accountants on money and assets (专项核查报告), two names under it, the firm's seal."""
    project, firm, day = case.project, ASSESSORS[1], case.days[2]
    came, base = day - timedelta(days=case.chance.randint(8, 14)), "2024年10月31日"
    title = f"关于{project.name}\n停滞原因及资产状况的专项核查报告"
    blocks: list[Block] = [
        Head(title, 20),
        Para(f"渝正专核字（{day.year}）第{case.chance.randint(20, 380):04d}号", 0, "right"),
        Para(f"{project.office.full}：", 0),
        Para(
            f"我们接受委托，自{spoken(came)}起对{project.name}（项目编号：{project.code}）截至{base}的资产、负债及"
            "经营情况实施了核查。提供真实、完整的资料是项目实施单位的责任，我们的责任是发表核查意见。"
        ),
        Para("一、核查范围与方法", 0, part="head"),
        Para("抽查会计凭证，盘点实物，函证往来款项，走访当事人。"),
        Para("二、核查结果", 0, part="head"),
        Para(
            f"1．资金。{project.year}年投入帮扶资金{money(project.fund)}万元，支出凭证齐全，未见挪用。"
        ),
        Para(f"2．停滞原因。{project.cause}。"),
        Para(
            f"3．资产。固定资产账面原值{money(project.fund)}万元，盘点可用部分折价{money(project.worth)}万元，"
            f"权属登记于{project.place.collective.full}。"
        ),
        Para(f"4．负债。{debt_of(project, '函证无回函差异，未发现负债')}。"),
        Para("三、核查结论", 0, part="head"),
        Para("项目已丧失持续经营基础，建议主管部门按淘汰类认定，并督促做好清算。"),
        Sign([("中国注册会计师：", case.world.person(), "ink"), ("中国注册会计师：", case.world.person(), "ink")]),
        Close([firm.full, spoken(day)], [Seal(firm)]),
    ]  # fmt: skip
    return paper_of(
        case, 2, title, blocks, "assess accountants", firm, has_code=True, numbering="plain",
        traps={came.isoformat(): "visit", "2024-10-31": "base date"},
    )  # fmt: skip


@form(2, since=201)
def inquiry(case: Case) -> Paper:
    """A bureau's report on why a project stands still (调查核实报告), the group signing in a table."""
    project, office, day = case.project, case.project.office, case.days[2]
    names = case.world.people(4)
    went = day - timedelta(days=case.chance.randint(2, 6))
    title = f"关于{project.town}{project.name.removeprefix(project.town)}停产情况的调查核实报告"
    rows = [head("姓名", "单位及职务", "签字")]
    posts = (f"{office.short}分管负责人", f"{office.short}产业科", "区财政局农业科", "区审计局派员")
    rows += [
        [Cell(name, centre=True), Cell(post), Cell("", ink=name, tall=13)]
        for name, post in zip(names, posts, strict=True)
    ]
    blocks: list[Block] = [
        Head(title, 20),
        Para("区帮扶产业提质增效工作专班：", 0),
        Para(
            f"{spoken(went)}，我单位组成4人小组到{project.village}实地察看，查阅台账，听取干部群众意见，"
            f"对{project.name}（{project.code}）逐项核实。报告如下。"
        ),
        Para(
            f"（一）基本面。该项目{project.year}年落地，帮扶资金{money(project.fund)}万元全部到位，"
            f"{project.operator.full}负责生产。"
        ),
        Para(f"（二）为什么停。{project.cause}。"),
        Para(f"（三）还剩什么。可处置设施约值{money(project.worth)}万元，已纳入村集体资产台账。"),
        Para(f"（四）有无纠纷。{debt_of(project)}。走访的农户均盼望复耕。"),
        Para("（五）评估意见。恢复生产无望，列为淘汰类为宜，处置时先清债、后分配。"),
        Para("核查人员名单及签字：", 0),
        Rows(rows, (22, 44, 34), 13),
        Close([office.full, spoken(day)], [Seal(office)]),
    ]
    return paper_of(
        case, 2, title, blocks, "assess inquiry", office, has_code=True,
        traps={went.isoformat(): "visit"},
    )  # fmt: skip


@form(2, since=201)
def marks(case: Case) -> Paper:
    """Experts give marks (论证评分表); the sum decides."""
    project, office, day, chance = case.project, case.project.office, case.days[2], case.chance
    title = "帮扶产业项目评估论证评分表"
    asked = [
        ("资源禀赋条件", 15, "水源不足，土壤条件一般"),
        ("产业发展水平", 20, "设施老化，规模小"),
        ("生产经营状况", 25, "停产两年以上"),
        ("联农带农效果", 20, "已无务工和分红"),
        ("产业发展前景", 20, "市场不看好"),
    ]
    got = [chance.randint(2, top // 2) for _, top, _ in asked]
    rows = [
        pair("项目名称", project.name, "项目编号", project.code),
        head("评估指标", "扣分说明", "分值", "得分"),
    ]
    rows += [
        [Cell(name, centre=True), Cell(why), *mid(str(top)), Cell(str(mark), centre=True, pen=True)]
        for (name, top, why), mark in zip(asked, got, strict=True)
    ]  # fmt: skip
    rows += [
        [Cell("合计", centre=True), Cell(""), *mid("100", str(sum(got)))],
        broad("停滞原因", project.cause + "。"),
        broad("资产债务", f"残值{money(project.worth)}万元，{debt_of(project)}。"),
        broad(
            "评估结论",
            "得分低于60分，属淘汰类。\n专家组长（签字）：",
            ink=case.world.person(),
            tail=spoken(day),
        ),
        broad("委托单位", "采纳专家组评估结论。", seal=Seal(office), tail=spoken(day)),
    ]
    blocks: list[Block] = [
        Head(title, 21),
        Para(f"评估组织单位：{office.full}", 0, points=12),
        Rows(rows, (18, 46, 16, 20), 12.5),
        Para("说明：80分以上为优势类，70—79分为薄弱类，60—69分为闲置类。", 0, points=11),
    ]
    return paper_of(case, 2, title, blocks, "assess marks", office, has_code=True)


@form(2, since=201)
def advice(case: Case) -> Paper:
    """An engineering consultant's advice (咨询评估意见) by numbered answers, the head in black."""
    project, firm, day = case.project, ASSESSORS[2], case.days[2]
    title = f"{project.name}\n持续经营能力咨询评估意见"
    went = day - timedelta(days=5)
    blocks: list[Block] = [
        Para(firm.full, 0, "centre", part="head", points=20),
        Rule(red=False, thick=1.0),
        Para(f"文号：同舟咨〔{day.year}〕{case.chance.randint(11, 99)}号　　报告日期：{spoken(day)}", 0, "centre", points=12),
        Head(title, 19),
        Para(f"委托方：{project.office.full}", 0),
        Para(f"评估对象：{project.name}（{project.code}）", 0),
        Para(f"踏勘时间：{dotted(went)}", 0),
        Para("一、还能不能继续办", 0, part="head"),
        Para(f"不能。{project.cause}。经测算，恢复生产所需投入超过可收回收益。"),
        Para("二、资产还剩多少、归谁", 0, part="head"),
        Para(f"原投入帮扶资金{money(project.fund)}万元，现值约{money(project.worth)}万元，归{project.place.collective.full}。"),
        Para("三、有哪些债务和诉求", 0, part="head"),
        Para(f"经核，{debt_of(project)}；农户希望收回土地。"),
        Para("四、怎么处置", 0, part="head"),
        Para("建议归入“调整一批”，设备变卖、构筑物拆除、土地复垦，同步注销台账。"),
        Para("本意见仅供委托方认定项目类别使用。"),
        Sign([("项目经理：", case.world.person(), "ink"), ("技术负责人：", case.world.person(), "ink")]),
        Close([firm.full], [Seal(firm, "oval")]),
    ]  # fmt: skip
    return paper_of(
        case, 2, title, blocks, "assess advice", firm, has_code=True, traps={went.isoformat(): "visit"}
    )


@form(2, since=201)
def brief(case: Case) -> Paper:
    """A working group's short report with a picture of the site (核查工作报告)."""
    project, office, day = case.project, case.project.office, case.days[2]
    title = f"{project.name}全面核查工作报告"
    rows = [
        head("核查事项", "台账数", "核实数", "是否一致"),
        mid("帮扶资金（万元）", money(project.fund), money(project.fund), "一致"),
        mid("可用资产（万元）", "—", money(project.worth), "—"),
        mid("债务（万元）", *[money(project.debt)] * 2, "一致"),
    ]  # fmt: skip
    blocks: list[Block] = [
        Head(title, 20),
        Para(f"（{office.short}核查组　{spoken(day)}）", 0, "centre"),
        Para(
            f"根据“四个一批”工作要求，{office.short}对{project.town}报来的{project.name}（编号：{project.code}）"
            "开展全面核查，形成本报告。"
        ),
        Rows(rows, (34, 22, 22, 22), 12.5),
        Para(f"主要原因：{project.cause}。"),
        Para("权属：资产确权到村集体，登记手续完备。"),
        Scene("核查现场", 0.27),
        Para("核查建议：认定为淘汰类。"),
        Sign([("核查组长：", case.world.person(), "print"), ("报告执笔：", case.world.person(), "print")]),
        Close([office.full], [Seal(office, look=case.chance.choice(["fresh", "brown"]))]),
    ]
    return paper_of(case, 2, title, blocks, "assess brief", office, has_code=True)
