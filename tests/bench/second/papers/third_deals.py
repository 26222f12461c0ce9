"""Item 3 by the third author: leases of land, shares, farmers' promises, changes and endings."""

from __future__ import annotations

from datetime import date, timedelta

from tests.bench.second.blocks import Block, Cell, Close, Gap, Head, Paper, Para, Parties, Roll, Rows, Seal
from tests.bench.second.papers import form
from tests.bench.second.papers.third_kit import broad, dotted, head, mid, pair, paper_of
from tests.bench.second.world import Case, money, spoken


@form(3, since=201)
def land_lease(case: Case) -> Paper:
    """The printed contract on land (土地经营权流转合同), blanks filled with a pen."""
    project, day, chance = case.project, case.days[3], case.chance
    end = date(day.year + chance.choice([10, 15]), day.month, day.day)
    area = money(round(chance.uniform(8, 90), 1))
    field = chance.choice(["大田湾", "老屋基", "庙坡", "堰塘坎"])
    title = "农村土地经营权流转合同"
    rows = [
        head("地块名称", "面积（亩）", "等级", "备注"),
         [*[Cell(text, pen=True) for text in (field, area, "三级")], Cell("")],
    ]  # fmt: skip
    blocks: list[Block] = [
        Head(title, 24),
        Para(f"合同编号：足流转（{day.year}）{chance.randint(100, 999)}", 0, "right", points=12),
        Para(f"流出方（以下简称甲方）：{project.place.body.full}", 0),
        Para(f"流入方（以下简称乙方）：{project.operator.full}", 0),
        Para(f"甲方将下列土地的经营权流转给乙方，用于{project.name}建设和生产，双方约定如下。"),
        Rows(rows, (40, 20, 16, 24), 12.5),
        Para(f"一、流转期限从{spoken(day)}到{spoken(end)}，期满优先续约。"),
        Para(f"二、流转价款每亩每年{chance.choice([400, 500, 600, 650])}元，当年11月底前一次付清，由村上发到户。"),
        Para("三、乙方不得改变土地的农业用途，不得撂荒一季以上。"),
        Para("四、乙方自行投入的设施，合同终止时能拆的自拆，不能拆的归甲方。"),
        Para("五、一方违约，按一年流转费的两倍赔偿对方。"),
        Para("六、未尽事宜，双方补签条款；有争议的，请镇（街）调解或申请仲裁。"),
        Parties(
            [
                ("甲方（公章）：", "", Seal(project.place.body), case.world.person(), "ink", spoken(day)),
                ("乙方（公章）：", "", Seal(project.operator), project.boss, "ink", spoken(day)),
            ],
            "经办人：",
        ),
    ]  # fmt: skip
    return paper_of(
        case, 3, title, blocks, "deal land lease", project.place.body, traps={end.isoformat(): "term"}
    )


@form(3, since=201)
def returns(case: Case) -> Paper:
    """Money lent out for a yearly return (资金投资收益协议), the three parties signing in a table."""
    project, day = case.project, case.days[3]
    place = project.place
    title = f"{project.name}\n帮扶资金使用与收益分配协议"
    paid = date(day.year + 1, 12, 10)
    rows = [head("协议方", "签字", "盖章及日期")]
    for label, body, name in (
        ("甲方：" + place.town_body.short, place.town_body, case.world.person()),
        ("乙方：" + place.collective.short, place.collective, case.world.person()),
        ("丙方：" + project.operator.short, project.operator, project.boss),
    ):
        rows.append([Cell(label), Cell("", ink=name), Cell("", seal=Seal(body), tail=spoken(day))])
    blocks: list[Block] = [
        Head(title, 20),
        Para(f"甲方：{place.town_body.full}", 0),
        Para(f"乙方：{place.collective.full}", 0),
        Para(f"丙方：{project.operator.full}", 0),
        Para(f"经甲方批准，乙方将帮扶资金{money(project.fund)}万元交丙方用于{project.name}，三方议定："),
        Para("一、本金所有权不变，资产由丙方使用、乙方登记。"),
        Para(f"二、丙方每年按本金的百分之五付给乙方收益，第一笔在{spoken(paid)}前付到村账。"),
        Para("三、收益六成分给脱贫户和监测户，四成留作村集体公益支出。"),
        Para("四、丙方停止经营的，须提前三个月书面告知，并配合清点资产。"),
        Para("五、甲方每年检查一次，发现资金用途改变的，有权收回。"),
        Para("六、本协议共四份，报区级主管部门备案一份。"),
        Rows(rows, (36, 26, 38), 13),
    ]
    return paper_of(
        case, 3, title, blocks, "deal returns", place.collective, traps={paid.isoformat(): "payment"},
        numbering=case.chance.choice(["page", "none", "short"]),
    )  # fmt: skip


@form(3, since=201)
def amended(case: Case) -> Paper:
    """A supplement to an earlier contract (补充协议), which it names by its date."""
    project, first = case.project, case.days[3]
    day = first + timedelta(days=case.chance.randint(300, 620))
    title = f"{project.name}\n补充协议"
    blocks: list[Block] = [
        Head(title, 22),
        Para(f"甲方：{project.place.body.full}", 0),
        Para(f"乙方：{project.operator.full}", 0),
        Para(f"甲乙双方{spoken(first)}签订的《{project.name}合作协议》（以下称原协议）履行以来，因行情变化，需作调整，补充约定："),
        Para("第一条　原协议约定的固定分红由百分之六调为百分之四，从本年度起执行。"),
        Para("第二条　乙方增加务工岗位5个，优先安排本村脱贫户。"),
        Para("第三条　遇旱涝等自然灾害造成减产一半以上的，当年分红可缓交，不计利息。"),
        Para("第四条　本补充协议与原协议不一致的，以本补充协议为准；其余仍按原协议办。"),
        Para("第五条　本补充协议自双方签字盖章后生效。"),
        Gap(0.6),
        Parties(
            [
                ("甲方（章）：", "", Seal(project.place.body), case.world.person(), "ink", spoken(day)),
                ("乙方（章）：", "", Seal(project.operator, "contract"), project.boss, "ink", spoken(day)),
            ],
            "签约代表：",
            stacked=case.chance.random() < 0.5,
        ),
    ]  # fmt: skip
    return paper_of(
        case,
        3,
        title,
        blocks,
        "deal amended",
        project.place.body,
        day,
        traps={first.isoformat(): "earlier deal"},
    )


@form(3, since=201)
def farmers(case: Case) -> Paper:
    """A firm and the farmers it works with (利益联结协议): names and finger prints below, one date."""
    project, day = case.project, case.days[3]
    title = case.chance.choice(["联农带农利益联结协议书", "订单生产收购协议"])
    blocks: list[Block] = [
        Head(title, 23),
        Para(f"甲方（经营主体）：{project.operator.full}", 0),
        Para(f"乙方（农户）：{project.village}脱贫户及一般农户（名单见签名处）", 0),
        Para(f"见证方：{project.place.body.full}", 0),
        Para(f"为落实{project.name}（{project.code}）带动农户增收的要求，共同约定："),
        Para(f"1．甲方向乙方提供{project.made}种苗（种源）和技术，费用从交售款中扣除。"),
        Para("2．甲方按不低于市场价收购，货到七日内付款。"),
        Para("3．甲方用工优先请乙方，工资按日结算，不拖不欠。"),
        Para("4．乙方按技术要求生产，不以次充好，不转卖他人。"),
        Para("5．一方不守约定，另一方可请村委会评理，也可依法起诉。"),
        Para("6．本协议签一次管三年。"),
        Roll("乙方签名（按指印）：", case.world.people(9), prints=True),
         Close(
            [f"甲方：{project.operator.full}", f"见证方：{project.place.body.short}", spoken(day)],
            [Seal(project.operator), Seal(project.place.body)],
        ),
    ]  # fmt: skip
    return paper_of(case, 3, title, blocks, "deal farmers", project.operator, has_code=True)


@form(3, since=201)
def ended(case: Case) -> Paper:
    """An agreement to end an earlier contract (解除合同协议): may be filed by its kind or as another paper."""
    project, day, first = case.project, case.days[8], case.days[3]
    title = f"关于提前终止\n{project.name}合作的协议"
    until = day + timedelta(days=30)
    rows = [
        pair("原合同签订时间", dotted(first), "项目编号", project.code),
        pair("资产原值（万元）", money(project.fund), "移交残值（万元）", money(project.worth)),
        broad(
            "欠付款项", f"租金等{money(project.debt)}万元，分两期付清" if project.debt else "双方确认互不相欠"
        ),
        broad("终止原因", project.cause + "。"),
    ]
    signed = [
        Cell("", ink=name, tall=18) for name in (case.world.person(), project.boss, case.world.person())
    ]
    signed[0].seal = Seal(project.place.collective)
    blocks: list[Block] = [
        Head(title, 20),
        Para(f"甲方：{project.place.collective.full}", 0),
        Para(f"乙方：{project.operator.full}", 0),
        Rows(rows, (24, 26, 24, 26), 11.5),
        Para("双方就上述事项达成一致：", 2),
        Para("（1）自签字之日起原合同不再履行，互不追究违约责任；"),
        Para(f"（2）乙方于{spoken(until)}前腾退场地，自有设备自行搬离；"),
        Para("（3）财政资金形成的资产清点后交甲方，列入集体资产台账；"),
        Para("（4）乙方与第三人的债务由乙方自行承担。"),
         Rows([head("甲方代表", "乙方代表", "见证人"), signed, mid(*[spoken(day)] * 3)], (34, 33, 33), 12),
    ]  # fmt: skip
    return paper_of(
        case, 3, title, blocks, "deal ended", project.place.collective, day, has_code=True,
        traps={first.isoformat(): "earlier deal", until.isoformat(): "deadline"},
    )  # fmt: skip
