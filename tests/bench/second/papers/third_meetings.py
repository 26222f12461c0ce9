"""Items 5 and 6 by the third author: extracts, meetings on the spot, working groups, joint meetings."""

from __future__ import annotations

from datetime import timedelta

from tests.bench.second.blocks import (
    Block,
    Cell,
    Close,
    Gap,
    Head,
    Imprint,
    Paper,
    Para,
    Rows,
    Rule,
    Seal,
    Sign,
)
from tests.bench.second.papers import form
from tests.bench.second.papers.minutes import others
from tests.bench.second.papers.third_kit import (
    broad,
    chief,
    debt_of,
    head,
    mid,
    pair,
    paper_of,
    party_of,
    rank,
)
from tests.bench.second.world import Case, Project, money, spoken


def told(project: Project) -> str:
    """The project in three sentences, as a meeting's secretary puts it."""
    return (
        f"{project.name}（编号：{project.code}）系{project.year}年实施，帮扶资金{money(project.fund)}万元。"
        f"停滞的原因：{project.cause}。现存资产折价{money(project.worth)}万元，{debt_of(project)}。"
    )


@form(5, since=201)
def extract(case: Case) -> Paper:
    """An extract of the Party committee's minutes (会议纪要摘录): its date, one item, certified by the office."""
    project, day = case.project, case.days[5]
    party = project.place.party
    taken = day + timedelta(days=case.chance.randint(3, 20))
    title = f"{party.full}\n会议纪要（摘录）"
    blocks: list[Block] = [
        Head(title, 21),
        Para(f"会议届次：{day.year}年第{case.chance.randint(20, 48)}次{party_of(project.place)}会", 0),
        Para(f"会议日期：{spoken(day)}", 0),
        Para(f"会议主持：{case.world.person()}", 0),
        Para("摘录事项：", 0),
        Para("……", 0),
        Para(f"五、听取产业发展办关于{project.village}产业项目退出事项的汇报", 0, part="head"),
        Para(told(project)),
        Para(f"会议同意将{project.name}初步认定为淘汰类，报{project.office.short}评估论证。"),
        Para("会议强调，资产处置须公开，严禁优亲厚友。"),
        Para("……", 0),
        Para(f"（以上摘自会议纪要原件，摘录人：{case.world.person()}）", 0),
        Close([f"{project.town}党政综合办公室", spoken(taken)], [Seal(party)]),
    ]
    return paper_of(
        case, 5, title, blocks, "minutes extract", party, has_code=True,
        outcomes={project.code: "同意"}, traps={taken.isoformat(): "extract"},
    )  # fmt: skip


@form(5, since=201)
def chiefs_meeting(case: Case) -> Paper:
    """The township head's office meeting (办公会议纪要): items in a table, ours the second."""
    project, day = case.project, case.days[5]
    place, issued = project.place, day + timedelta(days=case.chance.randint(1, 4))
    outcome = case.chance.choice(["原则同意", "同意"])
    more = "，但须先行理清债务" if outcome == "原则同意" else ""
    settled = f"{outcome}{project.name}按淘汰类申报{more}。"
    title = f"{chief(place)}办公会议纪要"
    rows = [
        head("议题", "汇报人", "议定事项"),
        [Cell("农村公路秋季养护"), *mid(case.world.person()), Cell("由规建办组织实施，经费在年度预算内列支。")],
         [Cell(f"{project.name}退出"), *mid(case.world.person()), Cell(settled)],
        [Cell("年末困难群众走访"), *mid(case.world.person()), Cell("民政办造册，腊月二十前走完。")],
    ]  # fmt: skip
    blocks: list[Block] = [
        Head(f"{place.town_body.full}\n{title}", 24, red=True),
        Para(f"{day.year}年第{case.chance.randint(9, 30)}期（总第{case.chance.randint(60, 180)}期）", 0, "centre"),
        Rule(thick=1.4),
        Para(f"{spoken(day)}，"
            f"{chief(place)}{case.world.person()}在{rank(place)}机关小会议室主持召开{title.removesuffix('纪要')}，"
                f"议定以下事项："),
        Rows(rows, (28, 14, 58), 12.5),
        Para(f"附议题二情况：{told(project)}", 2),
        Para(f"出席人员：{'、'.join(case.world.people(6))}", 0),
        Imprint([f"送：{place.town}班子成员，有关村（社区）。", f"{place.town}党政综合办公室\t{spoken(issued)}印"]),
    ]  # fmt: skip
    return paper_of(
        case, 5, f"{project.town}{title}", blocks, "minutes chief", place.town_body, has_code=True,
        outcomes={project.code: outcome}, traps={issued.isoformat(): "issue"}, numbering="dash",
    )  # fmt: skip


@form(5, since=201)
def on_the_spot(case: Case) -> Paper:
    """Minutes of a meeting held at the site (现场办公会), who does what by when."""
    project, day = case.project, case.days[5]
    town, end = project.place.town_body, day + timedelta(days=25)
    title = f"{project.village}闲置产业设施处置现场办公会议纪要"
    rows = [
        head("序号", "任务", "责任单位", "时限"),
        mid("1", "清点设备、核对台账", project.village, "即办"),
        mid("2", "通知经营主体到场确认", "农业服务中心", "三日内"),
        mid("3", "准备申报资料", "产业办", spoken(end)),
    ]
    blocks: list[Block] = [
        Head(title, 20),
        Para(f"{project.town}党政综合办公室　　　　　　{spoken(day)}", 0, "centre"),
        Rule(red=False, thick=0.8),
        Para(
            f"{day.month}月{day.day}日上午，"
            f"{project.town}副{chief(project.place)}{case.world.person()}带队到{project.village}"
            f"召开现场办公会，村干部、业主{project.boss}、群众代表参加。会前察看了{project.made}基地。"
        ),
        Para(told(project)),
        Para(f"与会人员一致认为，项目复产无望。会议同意{project.name}作为淘汰类上报，并作如下分工："),
        Rows(rows, (8, 42, 26, 24), 12.5),
        Para("会议还要求，拆除期间做好围挡，注意用电安全。"),
        Close([town.full], [Seal(town)] if case.chance.random() < 0.7 else []),
    ]
    return paper_of(
        case, 5, title, blocks, "minutes on the spot", town, has_code=True,
        outcomes={project.code: "同意"}, traps={end.isoformat(): "deadline"},
    )  # fmt: skip


@form(5, since=201)
def working_group(case: Case) -> Paper:
    """A township working group on all its projects (工作专班会议纪要), the last put off if there are several."""
    projects = [case.project, *others(case, 5, 2)]
    day, town = case.days[5], case.project.place.town_body
    outcomes = {one.code: "同意" for one in projects}
    if len(projects) > 1:
        outcomes[projects[-1].code] = "暂缓"
    say = {"同意": "同意列入淘汰类上报", "暂缓": "暂缓上报，补齐权属资料"}
    title = f"{case.project.town}“四个一批”工作专班第{case.chance.choice('二三四五')}次会议纪要"
    blocks: list[Block] = [
        Head(title, 20),
        Para(f"会议时间：{spoken(day)}15:00", 0),
        Para("会议地点：便民服务中心二楼", 0),
        Para(f"召集人：{case.world.person()}　　参会人员：{'、'.join(case.world.people(5))}", 0),
        Gap(0.4),
        Para("专班成员对各村申报情况逐个过堂，形成一致意见："),
    ]
    for number, one in enumerate(projects):
        blocks += [
            Para(f"{'①②③'[number]}{one.name}（{one.code}）", 0, part="head"),
            Para(f"{one.year}年建，{one.cause}，残值{money(one.worth)}万元。"),
            Para(f"专班意见：{say[outcomes[one.code]]}。"),
        ]
    blocks += [
        Para("散会后由专班办公室汇总报区级主管部门。"),
        Sign([("专班组长：", case.world.person(), "ink"), ("记录：", case.world.person(), "ink")]),
        Close([town.full, spoken(day)], [Seal(town)]),
    ]
    return paper_of(
        case, 5, title, blocks, "minutes working group", town, has_code=True,
        projects=list(outcomes), outcomes=outcomes,
    )  # fmt: skip


@form(6, since=201)
def joint_meeting(case: Case) -> Paper:
    """Department, finance and audit together (联席会议纪要): who came signs in a table."""
    project, day, office = case.project, case.days[6], case.project.office
    title = f"{office.short}会同财政审计部门\n认定帮扶产业项目类别联席会议纪要"
    rows = [head("单位", "参会人", "意见", "签字")]
    for body in (office.short, "区财政局", "区审计局"):
        name = case.world.person()
        rows.append([*mid(body, name, "同意"), Cell("", ink=name, tall=14)])
    rows.append(broad("牵头单位（章）", office.full, seal=Seal(office), tail=spoken(day)))
    blocks: list[Block] = [
        Head(title, 20),
        Para(f"时间：{spoken(day)}上午", 0),
        Para(f"地点：{office.short}五楼会商室　　　　主持：{case.world.person()}", 0),
        Rule(red=False, thick=0.6),
        Para("为做好淘汰类项目认定，三部门召开联席会议，集体研究评估报告。"),
        Para("一、评估情况", 0, part="head"),
        Para(told(project)),
        Para("二、研究意见", 0, part="head"),
        Para(f"三部门一致同意认定{project.name}为淘汰类，处置方案报区委农办备案，并提请区政府研究。"),
        Para("三、签到及表态", 0, part="head"),
        Rows(rows, (26, 22, 18, 34), 13),
    ]
    return paper_of(
        case, 6, title, blocks, "minutes joint", office, has_code=True, outcomes={project.code: "同意"}
    )


@form(6, since=201)
def party_group(case: Case) -> Paper:
    """A Party group's minutes with several items, ours the third (党组会议纪要)."""
    project, day, office = case.project, case.days[6], case.project.office
    issued = day + timedelta(days=case.chance.randint(1, 5))
    group = "部务会" if "统" in office.short else "党组会"
    title = f"{group}议纪要"
    names = case.world.people(8)
    blocks: list[Block] = [
        Head(f"{office.short}{title}", 30, red=True),
        Para(f"（{day.year}〔{case.chance.randint(12, 40)}〕）", 0, "centre"),
        Para(f"签发人：{names[0]}　　　　　　　　　　{spoken(issued)}", 0),
        Rule(thick=1.6),
        Para(f"会议于{spoken(day)}在机关会议室召开，{names[0]}主持，{names[1]}、{names[2]}、{names[3]}、{names[4]}出席，"
            f"{names[5]}、{names[6]}列席，{names[7]}记录。"),
        Para("（一）传达中央农村工作会议精神。会议要求抓好学习贯彻。"),
        Para("（二）通报干部考勤情况。会议要求办公室加强日常管理。"),
        Para(f"（三）审议{project.town}报送的{project.name}评估结果。{told(project)}会议经过讨论，同意评估结论，"
            f"同意该项目认定为淘汰类并报区政府专题研究。"),
        Para("（四）研究工会经费使用。会议同意按规定列支。"),
        Imprint([f"发：各科室，局属单位。　{office.short}办公室\t{spoken(issued)}"]),
    ]  # fmt: skip
    return paper_of(
        case, 6, f"{office.short}{title}", blocks, "minutes party group", office, has_code=True,
        outcomes={project.code: "同意"}, traps={issued.isoformat(): "issue"},
    )  # fmt: skip


@form(6, since=201)
def consulted(case: Case) -> Paper:
    """A consultation kept as a form (业务会商纪要), several projects, the last sent back."""
    projects = [case.project, *others(case, 6, 2)]
    day, office = case.days[6], case.project.office
    outcomes = {one.code: "同意" for one in projects}
    if len(projects) > 1:
        outcomes[projects[-1].code] = "退回修改"
    say = {"同意": "同意认定淘汰类", "退回修改": "退回修改，缺协议和产权资料"}
    title = f"{office.short}业务会商会议纪要"
    rows = [
        pair("会商时间", spoken(day), "会商地点", "机关302室"),
        broad("参加科室", "产业科、计财科、法规科、机关纪委"),
    ]
    for number, one in enumerate(projects, 1):
        rows += [
            broad(f"项目{number}", f"{one.name}（{one.code}）"),
            broad("核查情况", f"{one.cause}。残值{money(one.worth)}万元，{debt_of(one)}。"),
            broad("会商结果", say[outcomes[one.code]] + "。"),
        ]
    rows.append(broad("分管领导", "", ink=case.world.person(), tail=spoken(day), seal=Seal(office)))
    return paper_of(
        case, 6, title, [Head(title, 21), Rows(rows, (16, 36, 16, 32), 12.5)], "minutes consulted", office,
        has_code=True, projects=list(outcomes), outcomes=outcomes,
    )  # fmt: skip
