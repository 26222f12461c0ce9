"""More by the third author: not agreed, not dated; demands, calls to creditors, a list of learners."""

from __future__ import annotations

from datetime import date, timedelta

from tests.bench.second.blocks import (
    Block,
    Cell,
    Close,
    Gap,
    Head,
    Paper,
    Para,
    Parties,
    Roll,
    Rows,
    Rule,
    Seal,
    Sign,
)
from tests.bench.second.papers import form
from tests.bench.second.papers.third_kit import (
    debt_of,
    dotted,
    head,
    mid,
    paper_of,
    party_of,
    rank,
    stray_of,
    votes,
)  # fmt: skip
from tests.bench.second.papers.third_meetings import told
from tests.bench.second.world import Case, fund, money, spoken

BLANK = "　　　年　　月　　日"


@form(3, since=201)
def entrusted(case: Case) -> Paper:
    """A contract to run the facilities (委托运营管理合同): sealed and signed, but nobody wrote the day."""
    project, day = case.project, case.days[3]
    place = project.place
    first = date(day.year + 1, 11, 30)
    title = f"{project.made}项目委托运营管理合同"
    blocks: list[Block] = [
        Head(title, 22),
        Para(f"委托方：{place.collective.full}", 0),
        Para(f"受托方：{project.operator.full}", 0),
        Para("签订地点：大足区" + project.town, 0),
        Gap(0.3),
        Para(f"委托方现将{project.name}的全部生产设施交受托方管理使用，订立条款如下。"),
        Para("1　委托范围：生产、销售、日常维修和安全防护。"),
        Para("2　委托年限：五年。"),
        Para(f"3　管理费用：受托方上交委托方每年{money(round(project.fund * 0.04, 2))}万元，首次于{spoken(first)}前缴清。"),
        Para("4　受托方不得以项目资产提供担保，不得改变用途。"),
        Para("5　委托方每半年查看一次资产，发现毁损的，受托方照价赔偿。"),
        Para("6　因不可抗力不能经营的，可书面通知对方解除合同。"),
        Para("7　合同文本四份，签章后生效。"),
        Parties(
            [
                ("委托方（公章）", "", Seal(place.collective), case.world.person(), "ink", BLANK),
                ("受托方（公章）", "", Seal(project.operator, "contract"), project.boss, "ink", BLANK),
            ],
            "负责人：",
        ),
    ]  # fmt: skip
    return paper_of(
        case, 3, title, blocks, "deal entrusted", place.collective, dates=[], undated=True,
        traps={first.isoformat(): "payment"},
    )  # fmt: skip


@form(4, since=201)
def members(case: Case) -> Paper:
    """Villagers' representatives in a printed outline (会议纪实) with the count in words and a rule above."""
    project, names = case.project, case.world.people(13)
    due = case.chance.randint(20, 38)
    came, yes, no, away = vote = votes(case, due)
    title = f"{project.town}{project.village}\n产业项目退出民主决策会议记录"
    numbers = dict(zip(("due", "came", "yes", "no", "away"), map(str, (due, *vote)), strict=True))
    blocks: list[Block] = [
        Head(title, 19),
        Para(f"记录日期：{dotted(case.days[4])}", 0, "right"),
        Para(f"参会情况：应到{due}人，实到{came}人", 0),
        Para(f"列席：{rank(project.place)}包村领导{names[0]}、农业服务中心{names[1]}", 0),
        Para(f"会议由{names[2]}主持，{names[3]}作记录。"),
        Para("▲第一步：支部提议", 0, part="head"),
        Para(f"{names[2]}代表支部提议：{project.name}（编号{project.code}）按淘汰类申请退出。"),
        Para("▲第二步：两委商议", 0, part="head"),
        Para(
            f"{names[3]}介绍两委商议情况：{project.year}年投入帮扶资金{money(project.fund)}万元；"
            f"{project.cause}；{debt_of(project)}。"
        ),
        Para("▲第三步：代表审议", 0, part="head"),
        Para(f"{names[4]}说：应该退，账要算明白。{names[5]}说：拆下来的材料莫丢了，能卖就卖。"),
        Para("▲第四步：表决决议", 0, part="head"),
        Para(f"同意{yes}人，反对{no}人，弃权{away}人，超过应到人数半数，提议通过。"),
        Roll("代表签字：", names[2:], prints=case.chance.random() < 0.3),
        Close([project.place.body.full], [Seal(project.place.body)]),
    ]  # fmt: skip
    return paper_of(
        case, 4, title, blocks, "record four steps", project.place.body, has_code=True,
        outcomes={project.code: "同意"}, facts=numbers | {"fund": fund(case)},
    )  # fmt: skip


@form(5, since=201)
def unsettled(case: Case) -> Paper:
    """A joint meeting of a township's leaders that does not settle it (另行研究, 不同意, 暂缓)."""
    project, day = case.project, case.days[5]
    place, outcome = project.place, case.chance.choice(["另行研究", "不同意", "暂缓"])
    said = {
        "另行研究": "鉴于村民意见分歧较大，该项目退出事宜另行研究",
        "不同意": "该项目水电路齐全，具备招商条件，不同意按淘汰类申报，转由产业办盘活",
        "暂缓": "该项目涉诉未结，暂缓申报，判决生效后再行上会",
    }[outcome]
    title = f"{project.town}{party_of(place)}班子专题研究会会议纪要"
    blocks: list[Block] = [
        Head(title, 20),
        Para(f"【{day.year}】第{case.chance.randint(3, 28)}号", 0, "right"),
        Rule(red=False, thick=1),
        Para(f"会议时间：{spoken(day)}　　会议地点：{rank(place)}党群中心", 0),
        Para(f"主持人：{case.world.person()}　　记录人：{case.world.person()}", 0),
        Para(f"到会：{'、'.join(case.world.people(6))}", 0),
        Para(f"议　题：{project.name}能否退出", 0),
        Para(f"情况介绍：{told(project)}"),
        Para("讨论意见：有的同志认为应当尽快了结，有的同志认为还可以再找业主。"),
        Para(f"会议议定：{said}。"),
        Sign([("主持人签字：", case.world.person(), "ink")], right=True),
        Close([place.party.full, spoken(day)], [Seal(place.party)]),
    ]
    return paper_of(
        case, 5, title, blocks, "minutes unsettled", place.party, has_code=True,
        outcomes={project.code: outcome},
    )  # fmt: skip


@form(8, since=201)
def demand(case: Case) -> Paper:
    """The village demands what is owed, and that the yard be cleared (催告函)."""
    project, day = case.project, case.days[8]
    until = day + timedelta(days=15)
    owed = f"支付所欠租金{money(project.debt)}万元" if project.debt else "办理资产交接手续"
    title, received = "催 告 函", case.chance.choice(["ink", "blank"])
    blocks: list[Block] = [
        Head(title, 26),
        Para(f"{project.operator.full}：", 0),
        Para(f"贵方经营的{project.name}（编号：{project.code}）已停产，且经批准退出。我方多次电话联系未果，现正式函告："),
        Para(f"请于{spoken(until)}前{owed}，并将场内自有设备搬离。逾期未办的，视为放弃，我方将依法处理，由此产生的费用由贵方承担。"),
        Para(f"联系人：{project.contact}，电话{project.phone}。"),
        Close([project.place.body.full, spoken(day)], [Seal(project.place.body)]),
        Gap(1),
        Para("送达情况：", 0),
        Sign([("签收人：", project.boss, received), ("送达人：", case.world.person(), "ink")]),
    ]  # fmt: skip
    return paper_of(
        case, 8, title.replace(" ", ""), blocks, "other demand", project.place.body, has_code=True,
        traps={until.isoformat(): "deadline"},
    )  # fmt: skip


@form(8, since=201)
def creditors(case: Case) -> Paper:
    """Whoever is owed something may come forward (债权申报公告)."""
    project, day = case.project, case.days[8]
    town, until = project.place.town_body, day + timedelta(days=30)
    title = f"关于{project.name}\n债权申报登记的公告"
    blocks: list[Block] = [
        Head(title, 21),
        Para(f"{project.name}（项目编号：{project.code}）经区政府专题会研究认定为淘汰类，即将清算退出。为保护各方权益，现公告："),
        Para(f"凡与该项目有劳务、租金、货款等往来未结清的单位和个人，请在{spoken(until)}前，持合同、欠条、身份证到{project.town}产业发展办公室登记。"),
        Para("逾期未登记的，不列入本次清偿范围，可通过诉讼等途径主张。"),
        Para(f"联系电话：023-4378{case.chance.randint(1000, 9999)}　　接待人：{case.world.person()}"),
        Close([town.full, spoken(day)], [Seal(town)]),
    ]  # fmt: skip
    return paper_of(
        case, 8, title, blocks, "other creditors", town, has_code=True, traps={until.isoformat(): "deadline"}
    )


@form(0, since=201)
def learners(case: Case) -> Paper:
    """Who came to a course of farming held at the project's site (培训签到册)."""
    project = case.project
    title = "2024年农村实用技术培训签到册"
    rows = [head("序号", "姓名", "组别", "电话", "签字")]
    rows += [
        [
            *mid(str(n), name, f"{case.chance.randint(1, 8)}组", f"138****{case.chance.randint(1000, 9999)}"),
            Cell("", ink=name, tall=10),
        ]
        for n, name in enumerate(case.world.people(9), 1)
    ]
    blocks: list[Block] = [
        Head(title, 20),
        Para(f"培训内容：{project.made}病虫害绿色防控　　培训地点：{project.name}", 0, points=12),
        Para(f"培训时间：{spoken(case.days[1])}　　授课老师：{case.world.person()}", 0, points=12),
        Rows(rows, (10, 22, 16, 26, 26), 12.5),
    ]
    return stray_of(title, blocks, "training list")
