"""Item 8 by the third author: judgements, property cards, valuations, sales, replies to petitions."""

from __future__ import annotations

from datetime import timedelta

from tests.bench.second.blocks import (
    Block,
    Body,
    Break,
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
from tests.bench.second.papers.third_kit import broad, debt_of, head, inked, mid, pair, paper_of, rank
from tests.bench.second.world import ASSESSORS, Case, money, spoken

COURT = Body("重庆市大足区人民法院", "区法院")
EXCHANGE = Body("重庆市大足区农村产权流转交易服务中心", "农村产权交易中心")


@form(8, since=201)
def judgement(case: Case) -> Paper:
    """A court's judgement (民事判决书) on what is owed for the land, two pages."""
    project, day = case.project, case.days[8]
    filed, heard = day - timedelta(days=70), day - timedelta(days=24)
    owed = money(project.debt or 3.6)
    title = "重庆市大足区人民法院\n民 事 判 决 书"
    blocks: list[Block] = [
        Head(title, 24),
        Para(f"（{day.year}）渝0111民初{case.chance.randint(200, 2999)}号", 0, "right"),
        Para(f"原告：{project.place.body.full}，住所地大足区{project.town}{project.village}。"),
        Para(f"负责人：{case.world.person()}，主任。"),
        Para(f"被告：{project.operator.full}，住所地大足区{project.town}。"),
        Para(f"法定代表人：{project.boss}。"),
        Para(f"原告与被告土地租赁合同纠纷一案，本院于{spoken(filed)}立案后，依法适用简易程序，于{spoken(heard)}公开开庭进行了审理。本案现已审理终结。"),
        Para(f"原告诉称，被告为实施{project.name}（项目编号{project.code}）租用土地，后停产撤离，欠租至今，请求判令支付租金{owed}万元并解除合同。"),
        Para("被告辩称，停产系客观原因所致，请求减免。"),
        Para(f"经审理查明：{project.year}年该项目建成投产。{project.cause}。以上事实有合同、付款凭证、证人证言等予以证明。"),
        Para("本院认为，双方签订的合同合法有效，被告未按约支付租金，构成违约。依照《中华人民共和国民法典》第五百七十七条、第七百二十二条之规定，判决如下："),
        Para("一、解除原、被告签订的土地租赁合同；"),
        Para(f"二、被告于本判决生效之日起十日内支付原告租金{owed}万元；"),
        Para("三、驳回原告的其他诉讼请求。"),
        Para("如不服本判决，可在判决书送达之日起十五日内，向本院递交上诉状，上诉于重庆市第一中级人民法院。"),
         Close(
            [f"审　判　员　　{case.world.person()}", spoken(day), f"书 记 员　　{case.world.person()}"],
            [Seal(COURT, "emblem")],
        ),
    ]  # fmt: skip
    return paper_of(
        case, 8, title, blocks, "other judgement", COURT, has_code=True,
        traps={filed.isoformat(): "filed", heard.isoformat(): "hearing"},
    )  # fmt: skip


@form(8, since=201)
def property_card(case: Case) -> Paper:
    """A card of the register of the collective's assets (资产登记卡), keeper and book-keeper sign."""
    project, day = case.project, case.days[8]
    owner = project.place.collective
    title = "农村集体经济组织固定资产登记卡"
    names = case.world.people(2)
    rows = [
        pair("卡片编号", f"{case.chance.randint(1, 60):04d}", "登记日期", spoken(day)),
        pair("资产名称", f"{project.made}生产设施", "所属项目", project.name),
        pair("项目编号", project.code, "来源", "帮扶资金形成"),
        pair("购建年度", f"{project.year}年", "坐落", f"{project.village}"),
        pair("原值（万元）", money(project.fund), "现值（万元）", money(project.worth)),
        broad("所有权人", owner.full),
        broad("变动记录", "项目停产，转入待处置资产，停止计提折旧。", tall=24),
         inked(("会计", names[0]), ("管护人", names[1])),
        broad("登记单位", "", seal=Seal(owner, "finance"), tail="（章）"),
    ]  # fmt: skip
    blocks: list[Block] = [Head(title, 20), Rows(rows, (19, 32, 19, 30), 12)]
    return paper_of(case, 8, title, blocks, "other property card", owner, has_code=True)


@form(8, since=201)
def valuation(case: Case) -> Paper:
    """An appraisal for the sale (资产评估报告): cover, summary, a table of values."""
    project, firm, day = case.project, ASSESSORS[0], case.days[8]
    base = day - timedelta(days=20)
    third = round(project.worth / 3, 2)
    title = f"{project.place.collective.short}拟处置资产\n市场价值资产评估报告"
    rows = [
        head("资产类别", "账面原值（万元）", "评估值（万元）", "增减率"),
        mid("构筑物", money(round(project.fund * 0.6, 2)), money(third), "—"),
        mid("机器设备", money(round(project.fund * 0.4, 2)), money(round(project.worth - third, 2)), "—"),
        mid("合计", money(project.fund), money(project.worth), "—"),
    ]
    blocks: list[Block] = [
        Gap(5),
        Head(title, 24),
        Para(f"重立衡评报字（{day.year}）第{case.chance.randint(1, 260):03d}号", 0, "centre"),
        Gap(9),
        Para(firm.full, 0, "centre", points=16),
        Para(spoken(day), 0, "centre", points=16),
        Break(),
        Head("摘　要", 18, part="head"),
        Para(f"{project.place.collective.full}：", 0),
        Para(f"本公司接受贵单位委托，对{project.name}（编号{project.code}）停产后拟处置的实物资产在评估基准日{spoken(base)}的市场价值进行了评估。"),
        Para("评估目的：为公开处置提供价值参考。"),
        Para("价值类型：市场价值。评估方法：成本法、市场法。"),
        Rows(rows, (28, 26, 26, 20), 12.5),
        Para(f"评估结论：委估资产市场价值为人民币{money(project.worth)}万元。"),
        Para("本评估结论自基准日起一年内有效。"),
        Sign([("资产评估师：", case.world.person(), "ink"), ("资产评估师：", case.world.person(), "ink")]),
        Close([firm.full, spoken(day)], [Seal(firm)]),
    ]  # fmt: skip
    return paper_of(
        case, 8, title, blocks, "other valuation", firm, has_code=True, numbering="plain",
        traps={base.isoformat(): "base date"},
    )  # fmt: skip


@form(8, since=201)
def sale(case: Case) -> Paper:
    """The rural exchange confirms a sale by bidding (成交确认书)."""
    project, day = case.project, case.days[8]
    price = money(round(project.worth * case.chance.uniform(1.01, 1.2), 2))
    bid = day - timedelta(days=2)
    title = "农村产权竞价成交确认书"
    names = case.world.people(3)
    buyer = f"{names[2]}（自然人）"
    rows = [
        pair("标的名称", f"{project.name}残余设施设备", "标的编号", f"NC{day.year}{case.chance.randint(100, 999)}"),
        pair("转让方", project.place.collective.full, "受让方", buyer),
        pair("起拍价", f"{money(project.worth)}万元", "成交价", f"{price}万元"),
        pair("竞价时间", spoken(bid), "竞价方式", "现场举牌"),
         inked(("转让方签字", names[0]), ("受让方签字", names[2])),
    ]  # fmt: skip
    blocks: list[Block] = [
        Head(title, 23),
        Para("经公开竞价，下列标的成交，特出具本确认书：", 2),
        Rows(rows, (16, 36, 16, 32), 12.5),
        Para("受让方应在五个工作日内付清价款，并在十五日内自行拆除运走，恢复场地。"),
        Para(f"项目编号：{project.code}　　经办人：{names[1]}", 0, points=12),
        Close([EXCHANGE.full, spoken(day)], [Seal(EXCHANGE, "oval")]),
    ]
    return paper_of(
        case, 8, title, blocks, "other sale", EXCHANGE, has_code=True, traps={bid.isoformat(): "auction"}
    )


@form(8, since=201)
def petition(case: Case) -> Paper:
    """The township answers a petitioner about rent (信访事项处理意见书)."""
    project, day = case.project, case.days[8]
    town, asked = project.place.town_body, day - timedelta(days=case.chance.randint(15, 40))
    rent = "所欠租金从资产处置收入中优先支付" if project.debt else "对补付情况张榜公布"
    title = "信访事项处理意见书"
    blocks: list[Block] = [
        Head(town.full, 24, red=True),
        Rule(thick=1.4),
        Head(title, 22),
        Para(f"{project.town[:2]}信处〔{day.year}〕{case.chance.randint(1, 40)}号", 0, "centre"),
        Para(f"信访人：{case.world.person()}，{project.village}村民。", 0),
        Para(f"信访人于{spoken(asked)}来访反映：{project.name}停产后土地租金没有付清，要求退地。我{rank(project.place)}受理后进行了调查。"),
        Para(f"经查，{project.name}（项目编号：{project.code}）由{project.operator.full}经营，{project.cause}；"
            f"目前{debt_of(project, '租金已补付到位')}。"),
        Para(f"处理意见：一、{rent}；二、项目退出后土地复耕退还农户。"),
        Para("如不服本意见，可自收到之日起30日内向区人民政府申请复查。"),
        Close([town.full, spoken(day)], [Seal(town)]),
        Para(f"送达回执：信访人签收____________　　经办人：{case.world.person()}", 0, points=12),
    ]  # fmt: skip
    return paper_of(
        case, 8, title, blocks, "other petition", town, has_code=True, traps={asked.isoformat(): "petition"}
    )


@form(8, since=201)
def told_to(case: Case) -> Paper:
    """The township tells the village what remains to be done (后续工作的通知)."""
    project, day = case.project, case.days[8]
    town, end = project.place.town_body, day + timedelta(days=45)
    title = f"关于做好{project.name}退出后续工作的通知"
    blocks: list[Block] = [
        Head(f"{project.town}党政综合办公室", 30, red=True),
        Para(f"{project.town[:2]}府办〔{day.year}〕{case.chance.randint(3, 70)}号", 0, "centre"),
        Rule(),
        Head(title, 20),
        Para(f"{project.place.body.short}：", 0),
        Para(f"你村{project.name}（编号{project.code}）已由区政府专题会议认定为淘汰类。为平稳收尾，现就有关工作通知如下："),
        Para("一、抓紧清算。对外欠款逐笔登记，张榜公布。"),
        Para("二、规范处置。残余资产进农村产权交易平台，不得私下变卖。"),
        Para(f"三、限期复耕。{spoken(end)}前拆除构筑物、翻耕到位。"),
        Para("四、完善档案。按归档目录收齐资料，送镇街产业办。"),
        Close([town.full, spoken(day)], [Seal(town, look=case.chance.choice(["fresh", "brown"]))]),
    ]  # fmt: skip
    return paper_of(
        case, 8, title, blocks, "other notice", town, has_code=True, traps={end.isoformat(): "deadline"}
    )
