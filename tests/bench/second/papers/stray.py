"""Papers that turn up in the inbox and belong to no project's file."""
# ruff: noqa: E501 — a paragraph of a paper stands on one line

from __future__ import annotations

from datetime import timedelta

from tests.bench.second.blocks import (
    Block,
    Body,
    Cell,
    Close,
    Gap,
    Head,
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
from tests.bench.second.world import DISTRICT_OFFICE, OFFICES, Case, money, spoken


def _stray(title: str, blocks: list[Block], kind: str) -> Paper:
    return Paper(
        title.replace("\n", ""), title.replace("\n", ""), blocks, stray=kind, variant=f"stray {kind}"
    )


@form(0)
def invoice(case: Case) -> Paper:
    """A VAT invoice."""
    number = case.chance.randint(10**19, 10**20 - 1)
    amount = case.chance.randint(300, 20000)
    rows = [
        [
            Cell("购买方"),
            Cell(f"名称：{case.project.place.body.full}", across=2),
            Cell("销售方"),
            Cell(f"名称：{case.project.operator.full}", across=2),
        ],
        [Cell(text, centre=True) for text in ("项目名称", "规格型号", "单位", "数量", "单价", "金额")],
        [Cell(text, centre=True) for text in ("*农资*有机肥", "40kg", "袋", "120", "35.00", f"{amount}.00")],
        [
            Cell("价税合计（大写）", across=2),
            Cell("壹仟贰佰圆整", across=2),
            Cell(f"（小写）¥{amount}.00", across=2),
        ],
    ]
    return _stray(
        "电子发票（普通发票）",
        [
            Head("电子发票（普通发票）", 20, red=True),
            Para(f"发票号码：{number}", 0, "right", points=11),
            Para(f"开票日期：{spoken(case.days[3])}", 0, "right", points=11),
            Rows(rows, (18, 14, 14, 18, 16, 20), 11, red=True),
            Para(f"开票人：{case.world.person()}", 0, points=11),
        ],
        "invoice",
    )


@form(0)
def receipt(case: Case) -> Paper:
    """A receipt written by hand (收据)."""
    blocks: list[Block] = [
        Head("收　款　收　据", 22, red=True),
        Para(f"{spoken(case.days[8])}　　NO.{case.chance.randint(10**6, 10**7)}", 0, points=13),
        Rows(
            [
                [Cell("今收到"), Cell(case.world.person(), pen=True)],
                [Cell("交来"), Cell("2024年卫生费", pen=True)],
                [Cell("金额"), Cell("贰佰元整  ￥200.00", pen=True)],
            ],
            (20, 80),
            15,
        ),
        Sign([("收款人：", case.world.person(), "ink"), ("交款人：", case.world.person(), "ink")]),
    ]
    return _stray("收款收据", blocks, "receipt")


@form(0)
def policy(case: Case) -> Paper:
    """A policy passed down."""
    title = "重庆市大足区人民政府办公室\n关于印发《大足区农村集体资产管理办法（试行）》的通知"
    chapters = ["第一章　总则", "第二章　职责分工", "第三章　资产登记", "第四章　资产处置", "第五章　附则"]
    blocks: list[Block] = [
        Head("重庆市大足区人民政府办公室文件", 30, red=True),
        Para(f"大足府办发〔2023〕{case.chance.randint(10, 90)}号", 0, "centre"),
        Rule(),
        Head(title, 20),
        Para("各镇人民政府、街道办事处，区政府各部门，有关单位：", 0),
        Para("《大足区农村集体资产管理办法（试行）》已经区政府同意，现印发给你们，请认真贯彻执行。"),
        Close([DISTRICT_OFFICE.full, "2023年8月21日"], [Seal(DISTRICT_OFFICE, "emblem")]),
    ]
    for number, chapter in enumerate(chapters):
        blocks += [
            Head(chapter, 16, part="head"),
            Para(
                f"第{'一二三四五'[number]}条　农村集体资产的使用、处置应当履行民主程序，坚持公开、公平、公正的原则，淘汰类帮扶产业项目形成的资产处置适用本办法。"
            ),
        ]
    paper = _stray(title, blocks, "policy")
    paper.numbering = "dash"
    return paper


@form(0)
def holiday(case: Case) -> Paper:
    """A holiday notice."""
    return _stray(
        "放假通知",
        [
            Head("关于2025年元旦放假的通知", 22),
            Para("机关各办（中心）、各村（社区）：", 0),
            Para("根据上级通知，2025年1月1日放假1天。请安排好值班和安全保卫工作，遇有突发事件及时报告。"),
            Close(
                [case.project.place.town_body.full, "2024年12月27日"], [Seal(case.project.place.town_body)]
            ),
        ],
        "holiday",
    )


@form(0)
def newsletter(case: Case) -> Paper:
    """A work bulletin with a picture."""
    town = case.project.town
    return _stray(
        "工作简报",
        [
            Head("工 作 简 报", 36, red=True),
            Para(f"第{case.chance.randint(20, 90)}期", 0, "centre"),
            Para(f"{town}党政办编　　　　　　　{spoken(case.days[6])}", 0),
            Rule(star=True),
            Head(f"{town}：小产业铺就致富路", 20),
            Para(
                f"近年来，{town}立足资源禀赋，发展特色产业，建成蔬菜、稻渔、花椒等基地十余个，带动脱贫户户均增收3000余元。"
            ),
            Scene("群众在基地务工"),
            Para("下一步，将持续做好联农带农文章。"),
        ],
        "newsletter",
    )


@form(0)
def other_business(case: Case) -> Paper:
    """A village's record of other business (路灯、低保)."""
    names = case.world.people(10)
    place = case.chance.choice([one.place for one in case.world.projects])
    blocks: list[Block] = [
        Head(f"{place.village}村民代表会议记录", 20),
        Para(f"时间：{spoken(case.days[4])}", 0),
        Para(f"主持人：{names[0]}　记录人：{names[1]}", 0),
        Para("议题：1.评议低保对象；2.安装路灯", 0),
        Para(f"{names[1]}：今年申请低保的有7户，请代表评议。"),
        Para(f"{names[2]}：三组的路灯坏了两年，晚上出行不方便。"),
        Para("表决：同意新增低保5户，同意安装路灯22盏。"),
        Roll("签字：", names[3:]),
        Close([place.body.full, spoken(case.days[4])], [Seal(place.body)]),
    ]
    return _stray("会议记录", blocks, "other record")


@form(0)
def blank_form(case: Case) -> Paper:
    """The survey form with nothing in it."""
    blank = "    年  月  日"
    rows = [
        [
            Cell("项目简介", centre=True),
            Cell("项目名称", centre=True),
            Cell(""),
            Cell("项目编号", centre=True),
            Cell(""),
        ],
        [
            Cell(""),
            Cell("项目地点", centre=True),
            Cell("大足区      镇（街道）      村（社区）"),
            Cell("建设年度", centre=True),
            Cell(""),
        ],
        [
            Cell("初步认定", centre=True),
            Cell("村级初步认定", centre=True),
            Cell("优势类□ 薄弱类□ 闲置类（一般/重大）□ 淘汰类□", across=3, tail="盖章\n" + blank),
        ],
        [
            Cell(""),
            Cell("镇街认定", centre=True),
            Cell("优势类□ 薄弱类□ 闲置类（一般/重大）□ 淘汰类□", across=3, tail="盖章\n" + blank),
        ],
        [Cell("主要原因", across=2, centre=True), Cell("", across=3, tall=30)],
        [
            Cell("主管部门认定情况及工作建议", across=2, centre=True),
            Cell("", across=3, tall=30, tail="盖章\n" + blank),
        ],
    ]
    return _stray(
        "空白摸底表",
        [
            Para("附件2", 0, part="head"),
            Head("大足区帮扶产业项目摸底调查表", 20),
            Rows(rows, (9, 15, 34, 16, 26), 12),
        ],
        "blank form",
    )


@form(0)
def picture(case: Case) -> Paper:
    """A private photograph."""
    return _stray("照片", [Scene("", 1.3)], "picture")


@form(0)
def meeting_notice(case: Case) -> Paper:
    """An invitation to a meeting: no minutes."""
    town = case.project.place.town_body
    day = case.days[5] - timedelta(days=2)
    return _stray(
        "会议通知",
        [
            Head("会　议　通　知", 24),
            Para("各村（社区）：", 0),
            Para(
                f"定于{spoken(case.days[5])}上午9:00在镇四楼会议室召开帮扶产业项目工作推进会，请各村书记、产业干部准时参加，并带本村项目清单。"
            ),
            Close([f"{case.project.town}乡村振兴办", spoken(day)], [Seal(town)]),
        ],
        "meeting notice",
    )


@form(0)
def medical(case: Case) -> Paper:
    """A list of villagers with medical insurance."""
    rows = [
        [
            Cell(text, centre=True, bold=True)
            for text in ("序号", "姓名", "组别", "人数", "金额（元）", "签字")
        ],
        *[
            [
                Cell(str(n), centre=True),
                Cell(name, centre=True),
                Cell(f"{case.chance.randint(1, 9)}组", centre=True),
                Cell("3", centre=True),
                Cell("1200", centre=True),
                Cell("", ink=name if n < 4 else "", tall=10),
            ]
            for n, name in enumerate(case.world.people(12), 1)
        ],
    ]
    return _stray(
        "医保缴费名册",
        [
            Head(f"{case.project.village}2025年城乡居民医保缴费花名册", 18),
            Rows(rows, (8, 20, 14, 12, 20, 26), 13),
        ],
        "list",
    )


@form(0, late=True)
def water_bill(case: Case) -> Paper:
    """A notice of arrears from the water works."""
    works = Body("重庆市大足区清泉供水有限公司", "水厂")
    return _stray(
        "催缴通知单",
        [
            Head("水费催缴通知单", 22),
            Para(f"户名：{case.project.operator.full}", 0),
            Para(
                f"您户截至{spoken(case.days[5])}欠水费{money(case.chance.uniform(80, 900))}元，请于收到本通知后7日内缴清，逾期将暂停供水。"
            ),
            Close([works.full, spoken(case.days[5])], [Seal(works, "oval")]),
        ],
        "bill",
    )


@form(0, late=True)
def contract_of_labour(case: Case) -> Paper:
    """A private labour contract of somebody else's firm."""
    firm = Body("重庆百川服饰有限公司", "百川服饰")
    return _stray(
        "劳动合同书",
        [
            Head("劳 动 合 同 书", 26),
            Para(f"甲方（用人单位）：{firm.full}", 0),
            Para(f"乙方（劳动者）：{case.world.person()}", 0),
            Para("第一条　合同期限三年。"),
            Para("第二条　乙方从事缝纫岗位工作。"),
            Para("第三条　月工资不低于3500元，每月15日发放。"),
            Gap(1),
            Sign([("甲方代表：", case.world.person(), "ink"), ("乙方：", case.world.person(), "ink")]),
            Close([spoken(case.days[4])], [Seal(firm)]),
        ],
        "labour",
    )


@form(0, late=True)
def study(case: Case) -> Paper:
    """A study session's minutes (主题党日活动记录)."""
    return _stray(
        "主题党日",
        [
            Head("主题党日活动记录", 22),
            Para(f"时间：{spoken(case.days[4])}", 0),
            Para(f"主持人：{case.world.person()}", 0),
            Para("活动内容：学习党的二十届三中全会精神；交纳党费；讨论发展党员。"),
            Para("会议认为，要把学习成果转化为推动乡村振兴的实际行动。"),
            Roll("参加人员签名：", case.world.people(11)),
        ],
        "party day",
    )


@form(0, late=True)
def notice_up(case: Case) -> Paper:
    """A call for submissions from the district office that names kinds of projects but none."""
    office = OFFICES[0]
    return _stray(
        "关于报送材料的通知",
        [
            Head(office.full, 30, red=True),
            Para(f"足农委函〔2024〕{case.chance.randint(20, 200)}号", 0, "centre"),
            Rule(),
            Head("关于报送淘汰类产业项目档案资料的通知", 20),
            Para("各镇人民政府、街道办事处：", 0),
            Para(
                "请于12月31日前将摸底调查表、核查评估报告、会议记录、会议纪要等资料一式两份报送我委产业科。"
            ),
            Close([office.full, "2024年12月6日"], [Seal(office)]),
        ],
        "notice",
    )
