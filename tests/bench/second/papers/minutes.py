"""Items 5 and 6: minutes (纪要) of townships and departments, on one project or on several."""
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
    Rows,
    Rule,
    Seal,
    Sign,
)
from tests.bench.second.papers import form
from tests.bench.second.world import DISTRICT, Case, Project, money, spoken

LEVELS = {5: "township", 6: "department", 7: "district"}


def _body(case: Case, item: int) -> Body:
    return {5: case.project.place.town_body, 6: case.project.office, 7: DISTRICT}[item]


def others(case: Case, item: int, count: int) -> list[Project]:
    """Other projects that the same meeting may have settled."""
    pool = [one for one in case.world.closing if one is not case.project]
    if item == 5:
        pool = [one for one in pool if one.town == case.project.town]
    if item == 6:
        pool = [one for one in pool if one.office == case.project.office]
    return case.chance.sample(pool, min(count, len(pool)))


def minutes_of(
    case: Case, item: int, title: str, blocks: list[Block], variant: str, outcomes: dict[str, str]
) -> Paper:
    """A paper of minutes, dated on the meeting."""
    day = case.days[item]
    return Paper(
        title.replace("\n", ""),
        title.replace("\n", ""),
        blocks,
        item,
        list(outcomes),
        [day.isoformat()],
        outcomes=outcomes,
        level=LEVELS[item],
        names_project=True,
        variant=f"minutes {variant}",
        body=_body(case, item),
    )


def _red_head(case: Case, name: str, number: str, issued: date, office: str) -> list[Block]:
    return [
        Gap(1),
        Head(name, 34, red=True),
        Para(number, 0, "centre"),
        Para(f"{office}　　　　　　　　　　{spoken(issued)}", 0),
        Rule(thick=1.6),
    ]


def people_of(case: Case, blocks: list[Block], office: str) -> None:
    """Add who came, who did not, who sat in."""
    names = case.world.people(9)
    blocks += [
        Gap(1),
        Para(
            f"出席：{office}　{names[0]}、{names[1]}、{names[2]}，区财政局　{names[3]}，区审计局　{names[4]}。"
        ),
        Para(f"请假：{names[5]}（下村）。"),
        Para(f"列席：{names[6]}、{names[7]}。记录：{names[8]}"),
    ]


def story(project: Project) -> str:
    """What a meeting is told of a project."""
    debt = f"尚有债务{money(project.debt)}万元未结清" if project.debt else "债权债务已清理完毕"
    return f"{project.name}（项目编号{project.code}）建于{project.year}年，投入帮扶资金{money(project.fund)}万元，由{project.operator.full}经营。{project.cause}。现有资产评估残值{money(project.worth)}万元，{debt}。"


@form(5)
def township_red(case: Case) -> Paper:
    """Red head whose date is that of issue; the meeting was earlier."""
    project, day = case.project, case.days[5]
    issued = day + timedelta(days=case.chance.randint(1, 6))
    town = project.place.town_body
    number = f"第{case.chance.randint(3, 40)}期"
    chair = case.world.person()
    title = f"{town.full.removeprefix('重庆市大足区').removeprefix('人民政府')}专题会议纪要"
    end = issued + timedelta(days=40)
    outcome = case.chance.choice(["同意", "同意", "原则同意"])
    blocks = _red_head(case, title, number, issued, f"{project.town}党政办公室")
    blocks += [
        Head(f"研究{project.name}\n退出处置有关事宜的会议纪要", 19, part="head"),
        Para(
            f"{spoken(day)}，{project.town}{'主任' if project.town.endswith('街道') else '镇长'}{chair}主持召开专题会议，研究{project.village}产业项目退出工作。现纪要如下："
        ),
        Para(story(project)),
        Para(
            f"会议{outcome}将{project.name}按淘汰类项目上报{project.office.short}评估认定。"
            + ("待债务结清后再行处置资产。" if outcome == "原则同意" else "")
        ),
        Para(f"会议要求，{project.village}于{spoken(end)}前完成资产清点和公示，农业服务中心做好指导。"),
    ]
    people_of(case, blocks, project.town)
    if case.chance.random() < 0.5:
        blocks.append(Close([town.full, spoken(issued)], [Seal(town)]))
    blocks.append(Imprint([f"{project.town}党政办公室\t{spoken(issued)}印发"]))
    paper = minutes_of(case, 5, title, blocks, "township red", {project.code: outcome})
    paper.traps = {issued.isoformat(): "issue", end.isoformat(): "deadline"}
    paper.has_code, paper.numbering = True, "dash"
    return paper


@form(5)
def party_decision(case: Case) -> Paper:
    """A note of what the Party committee decided (党委会议决定事项通知)."""
    project, day = case.project, case.days[5]
    party = project.place.party
    issued = day + timedelta(days=2)
    last = case.pick(["会议决定事项通知"], ["会议议定事项告知单", "会决议"])
    title = party.short + last
    to = project.village + ("居委会" if project.village.endswith("社区") else "委会")
    blocks: list[Block] = [
        Head(party.full, 26, red=True),
        Para(f"{project.town[:1]}委会定〔{day.year}〕{case.chance.randint(2, 60)}号", 0, "centre"),
        Rule(star=True),
        Head(("党工委" if project.town.endswith("街道") else "党委") + last, 22),
        Para(f"{to}、镇级各办（中心）：", 0),
        Para(
            f"{spoken(day)}召开的{party.short}（扩大）会议，听取了分管领导关于{project.name}退出情况的汇报，现将决定事项通知如下："
        ),
        Para(f"一、同意{project.name}（编号：{project.code}）认定为淘汰类产业项目，报区级主管部门核查评估。"),
        Para(f"二、同意资产处置收入归{project.village}集体经济组织所有，专款专用。"),
        Para("三、由产业发展办牵头，纪检监察室全程监督。"),
        Close([party.full, spoken(issued)], [Seal(party, "emblem")]),
    ]
    paper = minutes_of(case, 5, title, blocks, "party decision", {project.code: "同意"})
    paper.body, paper.has_code = party, True
    paper.traps = {issued.isoformat(): "issue"}
    return paper


@form(5)
def township_typed(case: Case) -> Paper:
    """White paper, list at the top, signed for issue."""
    project, day, names = case.project, case.days[5], case.world.people(8)
    title = f"{project.town}党政联席会议纪要"
    blocks: list[Block] = [
        Head(title, 22),
        Para(f"（{day.year}年第{case.chance.randint(5, 45)}次）", 0, "centre"),
        Para(f"时　间：{spoken(day)}", 0),
        Para("地　点：镇机关三楼会议室", 0),
        Para(f"主　持：{names[0]}", 0),
        Para(f"出　席：{'、'.join(names[1:6])}", 0),
        Para(f"列　席：{names[6]}", 0),
        Para(f"记　录：{names[7]}", 0),
        Rule(red=False, thick=0.8),
        Para("一、传达学习上级会议精神", 0, part="head"),
        Para("会议传达学习了全区秋冬农业生产现场会精神，要求抓紧小春播种，守牢粮食安全底线。"),
        Para(f"二、研究{project.village}产业项目退出事宜", 0, part="head"),
        Para(f"会议听取了农业服务中心关于{story(project)}"),
        Para(f"会议决定：同意{project.name}列为淘汰类，按程序上报。"),
        Para("三、研究冬季安全生产工作", 0, part="head"),
        Para("会议强调，要开展烟花爆竹、燃气安全等隐患排查，节前至少组织两次夜查。"),
        Sign([("签发：", names[0], "ink")], right=True),
    ]
    paper = minutes_of(case, 5, title, blocks, "township joint", {project.code: "同意"})
    paper.has_code = True
    return paper


@form(5)
def several_listed(case: Case) -> Paper:
    """Several projects of one township, then 上述两个项目."""
    projects = [case.project, *others(case, 5, 2)]
    day, town = case.days[5], case.project.place.town_body
    many = {1: "该项目", 2: "上述两个项目", 3: "上述三个项目"}[len(projects)]
    title = f"{case.project.town}帮扶产业项目处置专题会议纪要"
    blocks: list[Block] = [
        Head(title, 21),
        Para(
            f"{spoken(day)}上午，{case.world.person()}同志主持召开会议，专题研究全{'街道' if case.project.town.endswith('街道') else '镇'}帮扶产业项目调整退出工作。纪要如下："
        ),
        Para("一、项目情况", 0, part="head"),
        *[Para(f"{n}.{story(one)}") for n, one in enumerate(projects, 1)],
        Para("二、会议意见", 0, part="head"),
        Para(
            f"会议同意{many}认定为淘汰类，由{'各村' if len(projects) > 1 else case.project.village}完善资料后报区级主管部门。"
        ),
        Close([town.full, spoken(day)], [Seal(town)]),
    ]
    paper = minutes_of(case, 5, title, blocks, "township several", {one.code: "同意" for one in projects})
    paper.has_code = True
    return paper


@form(5)
def against(case: Case) -> Paper:
    """Minutes that do not agree."""
    project, day, town = case.project, case.days[5], case.project.place.town_body
    title = f"{project.town}关于产业项目退出有关问题的会议纪要"
    outcome = case.chance.choice(["不同意", "另行研究"])
    words = (
        "不同意该项目按淘汰类退出，由村里继续寻找经营主体盘活"
        if outcome == "不同意"
        else "该项目债务情况尚未查清，退出事宜另行研究"
    )
    blocks: list[Block] = [
        Head(title, 20),
        Para(f"时间：{spoken(day)}　地点：政府二会议室　主持：{case.world.person()}", 0),
        Para(f"会议研究了{story(project)}"),
        Para(f"会议认为，基地主体设施仍可使用，群众意见不统一。会议议定：{words}。"),
        Close([town.full, spoken(day)], [Seal(town)]),
    ]
    paper = minutes_of(case, 5, title, blocks, "township against", {project.code: outcome})
    paper.has_code = True
    return paper


@form(6)
def department(case: Case) -> Paper:
    """A department's minutes: the chair, then matters by number, no seal or its own."""
    project, day, office = case.project, case.days[6], case.project.office
    title = f"{office.full}会议纪要"
    issued = day + timedelta(days=3)
    blocks = _red_head(
        case,
        f"{office.full.removeprefix('重庆市')}\n会议纪要" if len(office.full) > 15 else title,
        f"〔{day.year}〕第{case.chance.randint(2, 30)}号",
        issued,
        f"{office.short}办公室",
    )
    blocks += [
        Head(f"关于{project.name}类别认定的会议纪要", 18, part="head"),
        Para(
            f"{spoken(day)}，{office.short}主要负责人{case.world.person()}主持召开主任办公会，会同区财政局、区审计局研究淘汰类帮扶产业项目认定事宜。"
        ),
        Para(story(project)),
        Para("会议认为，核查评估程序规范，结论客观。"),
        Para(f"会议同意认定{project.name}为淘汰类项目，报区政府专题会审定。"),
    ]
    people_of(case, blocks, office.short)
    if case.chance.random() < 0.5:
        blocks.append(Close([office.full, spoken(issued)], [Seal(office)]))
    paper = minutes_of(case, 6, title, blocks, "department red", {project.code: "同意"})
    paper.has_code, paper.traps = True, {issued.isoformat(): "issue"}
    return paper


@form(6)
def department_table(case: Case) -> Paper:
    """A department's table of several projects with the outcome of each, one of them put off (暂缓)."""
    projects = [case.project, *others(case, 6, 3)]
    day, office = case.days[6], case.project.office
    title = f"{office.short}党委（党组）会议纪要"
    outcomes = {one.code: "同意" for one in projects}
    if len(projects) > 1:
        outcomes[projects[-1].code] = "暂缓"
    rows = [
        [
            Cell(text, centre=True, bold=True)
            for text in ("序号", "项目名称", "项目编号", "核查情况", "会议意见")
        ]
    ]
    for number, one in enumerate(projects, 1):
        why = "评估材料齐全" if outcomes[one.code] == "同意" else "权属有争议"
        said = "同意认定为淘汰类" if outcomes[one.code] == "同意" else "暂缓，待权属明确后再议"
        rows.append(
            [
                Cell(str(number), centre=True),
                Cell(one.name),
                Cell(one.code, centre=True),
                Cell(why),
                Cell(said),
            ]
        )
    blocks: list[Block] = [
        Head(title, 21),
        Para(f"{day.year}年第{case.chance.randint(8, 36)}次", 0, "centre"),
        Para(f"会议时间：{spoken(day)}", 0),
        Para(f"主持人：{case.world.person()}", 0),
        Para(f"参会：{'、'.join(case.world.people(5))}", 0),
        Para("会议集体研究了镇街上报的淘汰类帮扶产业项目，逐个审议意见如下："),
        Rows(rows, (6, 34, 20, 18, 22), 12),
        Para("会议要求，产业科按会议意见办理，及时报区委农办备案。"),
        Sign([("主持人签字：", case.world.person(), "ink")], right=True),
    ]
    paper = minutes_of(case, 6, title, blocks, "department table", outcomes)
    paper.has_code = True
    return paper


@form(6)
def department_no_year(case: Case) -> Paper:
    """The meeting's day stands without a year; a deadline has one."""
    project, day, office = case.project, case.days[6], case.project.office
    title = f"{office.short}主任办公会议纪要"
    end = date(day.year + 1, 3, 31)
    blocks: list[Block] = [
        Head(title, 21),
        Para(f"第{case.chance.randint(4, 30)}期", 0, "centre"),
        Rule(),
        Para(
            f"{day.month}月{day.day}日，主任{case.world.person()}主持召开办公会，审议{project.town}报送的{project.name}退出方案。"
        ),
        Para(story(project)),
        Para(f"会议同意{project.name}列入淘汰类。{project.town}应于{spoken(end)}前完成资产处置和土地复垦。"),
        Para(f"参加：{'、'.join(case.world.people(4))}。"),
    ]
    paper = minutes_of(case, 6, title, blocks, "department no year", {project.code: "同意"})
    paper.dates, paper.undated, paper.traps, paper.has_code = [], True, {end.isoformat(): "deadline"}, True
    return paper


@form(6, late=True)
def department_decision_list(case: Case) -> Paper:
    """A list of what a bureau's leading group decided (议定事项清单)."""
    project, day, office = case.project, case.days[6], case.project.office
    title = f"{office.short}专题会议纪要（议定事项）"
    rows = [
        [Cell(text, centre=True, bold=True) for text in ("议题", "议定意见", "责任科室")],
        [Cell("冬季项目申报"), Cell("抓紧编制，12月底前入库"), Cell("计财科")],
        [
            Cell(f"{project.name}（{project.code}）类别认定"),
            Cell("同意认定为淘汰类，报区政府研究"),
            Cell("产业科"),
        ],
        [Cell("信访件办理"), Cell("限期回复"), Cell("办公室")],
    ]
    blocks: list[Block] = [
        Head(title, 20),
        Para(f"会议时间　{spoken(day)}下午", 0),
        Para(f"主 持 人　{case.world.person()}", 0),
        Rows(rows, (34, 44, 22), 13),
        Close([office.full, spoken(day + timedelta(days=1))], [Seal(office)]),
    ]
    paper = minutes_of(case, 6, title, blocks, "department list", {project.code: "同意"})
    paper.has_code, paper.traps = True, {(day + timedelta(days=1)).isoformat(): "issue"}
    return paper


@form(5)
def draft(case: Case) -> Paper:
    """A draft for discussion (讨论稿), neither numbered nor sealed."""
    paper = township_typed(case)
    paper.blocks.insert(0, Para("（讨论稿）", 0, part="head"))
    paper.blocks = [block for block in paper.blocks if not isinstance(block, Sign)]
    paper.draft, paper.name, paper.variant = True, "讨论稿 " + paper.name, "minutes draft"
    return paper


@form(5, late=True)
def street_office(case: Case) -> Paper:
    """Minutes kept as a table (会议纪要登记表), outcome in a cell."""
    project, day, town = case.project, case.days[5], case.project.place.town_body
    title = f"{project.town}办公会会议纪要"
    rows = [
        [Cell("时间", centre=True), Cell(spoken(day)), Cell("主持", centre=True), Cell(case.world.person())],
        [Cell("参会", centre=True), Cell("、".join(case.world.people(5)), across=3)],
        [Cell("议题", centre=True), Cell(f"{project.name}（{project.code}）能否列入淘汰类", across=3)],
        [
            Cell("议定事项", centre=True),
            Cell(f"同意{project.name}列入淘汰类上报。{project.cause}。", across=3, tall=50),
        ],
        [Cell("备注", centre=True), Cell("", across=3, seal=Seal(town), tail=spoken(day))],
    ]
    paper = minutes_of(
        case,
        5,
        title,
        [Head(title, 21), Rows(rows, (14, 40, 14, 32), 13)],
        "township form",
        {project.code: "同意"},
    )
    paper.has_code = True
    return paper
