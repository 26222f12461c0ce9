"""Item 4: records of a village's meetings (会议记录): kept in notebooks, on printed forms, typed afterwards."""

from __future__ import annotations

from tests.bench.second.blocks import Block, Cell, Close, Gap, Head, Paper, Para, Roll, Rows, Rule, Seal, Sign
from tests.bench.second.papers import form
from tests.bench.second.world import Case, fund, money, spoken


def _talk(case: Case, names: list[str]) -> list[str]:
    project = case.project
    said = [
        f"{names[0]}：今天把大家请来，专门商量{project.name}怎么收场的问题。这个项目是{project.year}年建的，当时投了{money(project.fund)}万元帮扶资金，大家都晓得现在是啥子情况。",
        f"{names[1]}：我先说下情况。{project.cause}，现在现场就剩下一些旧设施，值不了几个钱。",
        f"{names[2]}：我同意退，地要还给我们种庄稼，租金要算清楚。",
        f"{names[3]}：设施能卖的卖了，钱归集体，账要公开。",
        f"{names[4]}：欠{project.operator.short}那边的账先理清楚再退，免得扯皮。"
        if project.debt
        else f"{names[4]}：没有欠账，早点退早点好。",
        f"{names[5]}：村里头把资料收齐，往镇里报。",
    ]
    return said


def _vote(case: Case, due: int) -> tuple[int, int, int, int]:
    came = case.chance.randint(due * 3 // 4, due)
    against = case.chance.choice([0, 0, 1, 2])
    away = case.chance.choice([0, 0, 1])
    return came, came - against - away, against, away


def _facts(case: Case, due: int, came: int, yes: int, no: int, away: int) -> dict[str, str]:
    numbers = {"due": due, "came": came, "yes": yes, "no": no, "away": away}
    return {name: str(number) for name, number in numbers.items()} | {"fund": fund(case)}


def _record(case: Case, title: str, blocks: list[Block], variant: str, pen: bool = False) -> Paper:
    project = case.project
    return Paper(
        f"{project.village}会议记录",
        title,
        blocks,
        4,
        [project.code],
        [case.days[4].isoformat()],
        outcomes={project.code: "同意"},
        level="village",
        names_project=True,
        variant=variant,
        body=project.place.body,
        pen=pen,
    )


@form(4)
def typed_record(case: Case) -> Paper:
    """Typed, speaker by speaker; a signed roll at the end; the second page may be nearly empty but for it."""
    project, names = case.project, case.world.people(16)
    due = case.chance.randint(24, 40)
    came, yes, no, away = _vote(case, due)
    facts = _facts(case, due, came, yes, no, away)
    title = f"{project.town}{project.village}村民代表会议记录"
    blocks: list[Block] = [
        Head(title, 20),
        Para(f"会议时间：{spoken(case.days[4])}上午9:30—11:40", 0),
        Para(f"会议地点：{project.village}便民服务中心会议室", 0),
        Para(f"主持人：{names[0]}　　记录人：{names[1]}", 0),
        Para(f"应到{due}人，实到{came}人，缺席{due - came}人", 0),
        Para(f"会议议题：讨论{project.name}（项目编号：{project.code}）认定为淘汰类并退出处置的问题", 0),
        Para("会议内容：", 0),
        *[Para(line) for line in _talk(case, names)],
        Para(f"表决结果：同意{yes}人，反对{no}人，弃权{away}人。"),
        Para(f"会议决定：同意将{project.name}按淘汰类项目申报，资产处置收入归村集体。"),
        Para("散会。"),
        Roll("参会人员签字：", names, ink=True, prints=case.chance.random() < 0.4),
        Close([project.place.body.full, spoken(case.days[4])], [Seal(project.place.body)]),
    ]
    paper = _record(case, title, blocks, "record typed")
    paper.facts = facts
    paper.has_code, paper.numbering = True, case.chance.choice(["none", "plain", "short"])
    return paper


@form(4)
def notebook(case: Case) -> Paper:
    """Written by hand in a ruled notebook, no seal; heading as people write it."""
    project, names = case.project, case.world.people(9)
    day = case.days[4]
    came, yes, no, away = _vote(case, 28)
    title = f"{project.village}村民代表大会会议记录"
    lines = [
        f"时间：{spoken(day)}下午2点半",
        f"地点：{project.village}村委会二楼",
        f"主持：{names[0]}  记录：{names[1]}",
        f"参加：村两委、村民代表共{came}人（应到28人）",
        f"内容：商量{project.name}退出的事",
        *_talk(case, names)[:5],
        f"举手表决：赞成{yes}票，反对{no}票，弃权{away}票，通过。",
        f"决定：{project.name}作淘汰类报镇政府。",
    ]
    blocks: list[Block] = [
        Para(title, 0, "centre", pen=True, points=20),
        Gap(0.4),
        *[Para(line, 1 if "：" in line[:4] else 2, pen=True, points=16) for line in lines],
        Roll("", names, ink=True),
    ]
    return _record(case, title, blocks, "record notebook", pen=True)


@form(4)
def form_of_record(case: Case) -> Paper:
    """A printed form (会议记录表) filled in by pen."""
    project, names = case.project, case.world.people(12)
    came, yes, no, away = _vote(case, 31)
    title = f"{project.village}“四议两公开”会议记录表"
    talk = "\n".join(_talk(case, names)[:4])
    rows = [
        [
            Cell("会议名称", centre=True),
            Cell("村民代表会议", pen=True),
            Cell("时间", centre=True),
            Cell(spoken(case.days[4]), pen=True),
        ],
        [
            Cell("地点", centre=True),
            Cell("村委会会议室", pen=True),
            Cell("主持人", centre=True),
            Cell("", ink=names[0], tall=13),
        ],
        [
            Cell("应到人数", centre=True),
            Cell("31", pen=True),
            Cell("实到人数", centre=True),
            Cell(str(came), pen=True),
        ],
        [Cell("议题", centre=True), Cell(f"{project.name}认定为淘汰类项目", pen=True, across=3)],
        [Cell("讨论情况", centre=True), Cell(talk, pen=True, across=3, tall=70)],
        [Cell("表决结果", centre=True), Cell(f"同意{yes}人  反对{no}人  弃权{away}人", pen=True, across=3)],
        [
            Cell("决议事项", centre=True),
            Cell(
                "同意退出，报镇街核查",
                pen=True,
                across=3,
                seal=Seal(project.place.body),
                tail=spoken(case.days[4]),
                pen_tail=True,
            ),
        ],
    ]
    blocks: list[Block] = [
        Head(title, 18),
        Rows(rows, (15, 40, 15, 30), 12),
        Roll("村民代表签名：", names[2:], ink=True, prints=True),
    ]
    return _record(case, title, blocks, "record form pen", pen=True)


@form(4)
def typed_names(case: Case) -> Paper:
    """Typed throughout: the names of those who came are printed behind 签到, nobody signed; sealed."""
    project, names = case.project, case.world.people(15)
    due = 22
    came, yes, no, away = _vote(case, due)
    title = (
        f"{project.village}支两委会议记录"
        if not project.village.endswith("社区")
        else f"{project.village}居民代表会议记录"
    )
    blocks: list[Block] = [
        Head(title, 20),
        Rule(red=False, thick=0.8),
        Para(f"时间：{case.days[4].year}.{case.days[4].month}.{case.days[4].day}", 0),
        Para("地点：村活动室", 0),
        Para(f"主持人：{names[0]}（村党总支书记）", 0),
        Para(f"参会人员：应到{due}人、实到{came}人", 0),
        Para("一、通报情况", 0, part="head"),
        Para(
            f"{names[0]}同志通报：{project.name}，{project.year}年实施，投入财政资金{money(project.fund)}万元，由{project.operator.full}经营。{project.cause}。"
        ),
        Para("二、讨论发言", 0, part="head"),
        *[Para(line) for line in _talk(case, names)[1:]],
        Para("三、表决", 0, part="head"),
        Para(f"到会{came}人，赞成{yes}人，不赞成{no}人，弃权{away}人，表决通过。"),
        Para("四、会议决定", 0, part="head"),
        Para(f"{project.name}停止实施，按淘汰类项目申报退出。"),
        Roll("签到：", names, ink=False),
        Close([project.place.body.full, spoken(case.days[4])], [Seal(project.place.body)]),
    ]
    paper = _record(case, title, blocks, "record printed names")
    paper.facts = _facts(case, due, came, yes, no, away)
    return paper


@form(4, late=True)
def two_projects(case: Case) -> Paper:
    """A members' meeting of the village's cooperative about the project, among other business."""
    project, names = case.project, case.world.people(14)
    came, yes, no, away = _vote(case, 36)
    title = f"{project.place.collective.full}成员代表会议记录"
    blocks: list[Block] = [
        Head(title, 18),
        Para(f"召开时间：{spoken(case.days[4])}", 0),
        Para(f"召开地点：{project.village}院坝", 0),
        Para(f"召集人：{names[0]}　记录人：{names[1]}　监督人：{names[2]}", 0),
        Para(f"成员代表36人，实到{came}人，符合规定人数。", 0),
        Para("第一项  讨论合作医疗缴费宣传", 0, part="head"),
        Para(f"{names[1]}：今年的标准已经下来了，各组组长负责通知到户。"),
        Para("第二项  讨论项目退出", 0, part="head"),
        Para(f"{names[0]}：{project.name}（编号{project.code}）{project.cause}，镇里要求我们先拿意见。"),
        *[Para(line) for line in _talk(case, names)[2:]],
        Para(
            f"表决：同意{yes}，反对{no}，弃权{away}。一致认为应当退出。"
            if not no
            else f"表决：同意{yes}，反对{no}，弃权{away}。超过半数，通过。"
        ),
        Sign([("主持人签名：", names[0], "ink"), ("记录人签名：", names[1], "ink")]),
        Roll("成员代表签名：", names[3:], ink=True),
        Close([project.place.collective.full, spoken(case.days[4])], [Seal(project.place.collective)]),
    ]
    paper = _record(case, title, blocks, "record cooperative")
    paper.body, paper.has_code = project.place.collective, True
    return paper


@form(4, late=True)
def question_and_answer(case: Case) -> Paper:
    """A record on the pattern of 议题—发言—结论, continued on a second page that holds the vote alone."""
    paper = typed_record(case)
    extra = [
        Para(f"（补充发言）{name}：这些年大家都看到的，该退就退，资料要留好。")
        for name in case.world.people(10)
    ]
    paper.blocks[13:13] = extra
    paper.numbering, paper.variant = "page", "record long"
    return paper


@form(4)
def loose(case: Case) -> Paper:
    """A notebook in which everybody knows which project is meant, so nobody writes its name."""
    project, names = case.project, case.world.people(8)
    day, year = case.days[4], case.project.year
    title = f"{project.town}{project.village}会议记录"
    lines = [
        f"时间 {spoken(day)}  地点 村办公室",
        f"主持 {names[0]}  记录 {names[1]}",
        f"讨论{year}年那个{project.made}项目停了怎么办",
        f"{names[2]}：早就没搞了，棚子都烂了，地荒起可惜。",
        f"{names[3]}：同意退出来，地还给大家种。",
        "全部举手同意，由村上写资料报镇里。",
    ]
    blocks: list[Block] = [
        Para(title, 0, "centre", pen=True, points=20),
        Gap(0.4),
        *[Para(line, 1, pen=True, points=17) for line in lines],
        Roll("到会人签名", names, ink=True),
    ]
    paper = _record(case, title, blocks, "record loose", pen=True)
    paper.loose = True
    return paper
