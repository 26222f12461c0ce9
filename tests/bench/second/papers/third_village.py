"""Item 4 by the third author: a yard's meeting, votes by name, a resolution, a page of a book."""
# ruff: noqa: E501 — Chinese counts two columns a character

from __future__ import annotations

from tests.bench.second.blocks import (
    Block,
    Break,
    Cell,
    Close,
    Gap,
    Head,
    Paper,
    Para,
    Roll,
    Rows,
    Rule,
    Seal,
    Sign,
)
from tests.bench.second.papers import form
from tests.bench.second.papers.third_kit import broad, debt_of, dotted, head, inked, pair, paper_of, votes
from tests.bench.second.world import Case, fund, money, spoken


def _facts(case: Case, due: int, vote: tuple[int, int, int, int], told: bool = True) -> dict[str, str]:
    found = dict(zip(("due", "came", "yes", "no", "away"), map(str, (due, *vote)), strict=True))
    return found | ({"fund": fund(case)} if told else {})


def _said(case: Case, names: list[str]) -> list[str]:
    project = case.project
    return [
        f"{names[0]}（支部书记）：区里镇里要求把搞不下去的产业项目清理一遍，我们村就是{project.name}，请大家摆谈。",
        f"{names[1]}（文书）：账我念一下，{project.year}年帮扶资金{money(project.fund)}万元，"
            f"修的设施现在折价{money(project.worth)}万元，{debt_of(project)}。",
        f"{names[2]}（村民代表）：{project.cause}，我们都看在眼里，拖起没得意思。",
        f"{names[3]}（村民代表）：地荒了可惜，复耕以后按原来的界址分还各户。",
        f"{names[4]}（监委会主任）：卖东西要三家以上比价，监委会全程看着。",
        f"{names[5]}（党员）：欠群众的钱要排在头一个给。" if project.debt else f"{names[5]}（党员）：没有扯皮的事，早办早了。",
    ]  # fmt: skip


@form(4, since=201)
def yard(case: Case) -> Paper:
    """A meeting of householders in a yard (院坝会), by hand, on the project of a group of houses."""
    project, names = case.project, case.world.people(14)
    vote = votes(case, case.chance.randint(18, 30))
    came, yes, no, away = vote
    group = case.chance.choice("一二三四五六")
    title = f"{project.village}{group}组院坝会会议记录"
    said = _said(case, names)
    lines = [
        f"{dotted(case.days[4])}  晚上7点  {names[6]}家院坝",
        f"召集：{names[0]}    记录：{names[1]}",
        f"到会户主{came}人",
        f"说事：{project.name}退不退",
        *[line.split("（")[0] + "：" + line.split("：", 1)[1] for line in said[1:]],
        f"投票：{yes}户同意退出，{no}户不同意，{away}户没表态。",
        "少数服从多数，同意退，交村上汇总。",
    ]
    blocks: list[Block] = [
        Para(title, 0, "centre", pen=True, points=21),
        Gap(0.3),
        *[Para(line, 0 if n < 4 else 2, pen=True, points=15) for n, line in enumerate(lines)],
        Para("户主签名", 0, pen=True, points=15),
        Roll("", names[2:], prints=case.chance.random() < 0.5),
    ]
    return paper_of(
        case, 4, title, blocks, "record yard", project.place.body, pen=True,
        outcomes={project.code: "同意"},
    )  # fmt: skip


@form(4, since=201)
def tally(case: Case) -> Paper:
    """A council's record whose votes stand by name in a table, each with a signature (议事会)."""
    project, chance = case.project, case.chance
    names = case.world.people(12)
    no = chance.choice([0, 1, 1, 2])
    away = chance.choice([0, 1])
    yes = len(names) - no - away
    due = len(names) + chance.randint(0, 2)
    title = f"{project.village}村民议事会会议记录"
    marks = ["同意"] * yes + ["反对"] * no + ["弃权"] * away
    chance.shuffle(marks)
    rows = [head("姓名", "同意", "反对", "弃权", "本人签字")]
    for name, mark in zip(names, marks, strict=True):
        ticks = ["√" if mark == kind else "" for kind in ("同意", "反对", "弃权")]
        rows.append(
            [
                Cell(name, centre=True),
                *[Cell(tick, centre=True, pen=True) for tick in ticks],
                Cell("", ink=name),
            ]
        )
    blocks: list[Block] = [
        Head(title, 20),
        Para(f"开会日期：{spoken(case.days[4])}　　　　开会地点：{project.village}党群服务中心", 0),
        Para(f"应到会{due}人，实到会{len(names)}人　　主持：{names[0]}　　记录：{names[1]}", 0),
        Para(f"商议事项：{project.name}（项目编号：{project.code}）停办后怎么办", 0),
        *[Para(line) for line in _said(case, names)],
        Para(f"表决情况（同意{yes}票、反对{no}票、弃权{away}票）：", 0),
        Rows(rows, (24, 12, 12, 12, 40), 12),
        Para("商议结果：多数同意，该项目按淘汰类报请退出，土地复耕。"),
        Close([project.place.body.full, spoken(case.days[4])], [Seal(project.place.body)]),
    ]  # fmt: skip
    return paper_of(
        case, 4, title, blocks, "record tally", project.place.body, has_code=True,
        outcomes={project.code: "同意"}, facts=_facts(case, due, (len(names), yes, no, away)),
    )  # fmt: skip


@form(4, since=201)
def resolved(case: Case) -> Paper:
    """A record on one page, the resolution it led to on the next, one paper (会议记录暨决议)."""
    project, names = case.project, case.world.people(15)
    due = case.chance.randint(25, 45)
    vote = votes(case, due)
    came, yes, no, away = vote
    whose = "居民" if project.village.endswith("社区") else "村民"
    title = f"{project.village}{whose}代表会议记录暨决议"
    blocks: list[Block] = [
        Head(title, 20),
        Rule(red=False, thick=0.6),
        Para("【时　间】" + spoken(case.days[4]), 0),
        Para("【地　点】" + project.village + "新时代文明实践站", 0),
        Para(f"【主持人】{names[0]}　【记录人】{names[1]}", 0),
        Para(f"【人　数】代表{due}名，到会{came}名，请假{due - came}名", 0),
        Para(f"【议　题】{project.name}调整退出", 0),
        Para("【发　言】", 0),
        *[Para(line) for line in _said(case, names)],
        Para(f"【表　决】赞成{yes}名、反对{no}名、弃权{away}名", 0),
        Break(),
        Head("决　议", 20, part="head"),
        Para(f"经{spoken(case.days[4])}代表会议讨论表决，作出如下决议："),
        Para(f"一、同意{project.name}（{project.code}）认定为淘汰类并申请退出。"),
        Para("二、残余设施公开变卖，所得先清偿债务，余款记入村集体账。"),
        Para("三、委托村委会办理报批、公示、资料整理等事宜。"),
        Roll("到会代表签名：", names[2:], prints=False),
        Close([project.place.body.full, spoken(case.days[4])], [Seal(project.place.body)]),
    ]
    return paper_of(
        case, 4, title, blocks, "record resolved", project.place.body, has_code=True,
        numbering=case.chance.choice(["page", "dash", "plain"]), outcomes={project.code: "同意"},
        facts=_facts(case, due, vote),
    )  # fmt: skip


@form(4, since=201)
def book_page(case: Case) -> Paper:
    """A page of a printed book of meetings (会议记录簿) filled with a pen: the two committees together."""
    project, names = case.project, case.world.people(7)
    title = f"{project.village}“两委”联席会议记录"
    said = "\n".join(line.split("（")[0] + "：" + line.split("：", 1)[1] for line in _said(case, names)[1:5])
    rows = [
        pair("会次", f"第{case.chance.randint(18, 46)}次", "日期", spoken(case.days[4]), pen=True),
        pair("地点", "村办公室", "记录人", names[1], pen=True),
        broad("出席", "、".join(names), pen=True),
        broad("缺席及原因", "无", pen=True),
        broad("议题一", f"{project.name}是否退出", pen=True),
        broad("发言要点", said, pen=True, tall=60),
        broad("议定结果", "一致同意列为淘汰类，提交代表会议后报镇", pen=True),
        broad("议题二", "冬季森林防火巡山排班", pen=True),
        broad("议定结果", "各组组长带班，每天巡两次", pen=True),
         inked(("主持人签字", names[0]), ("监督人签字", names[4])),
    ]  # fmt: skip
    blocks: list[Block] = [
        Para("会议记录簿　　　　　　　　　　第　　　页", 0, points=11),
        Head(title, 18),
        Rows(rows, (15, 37, 15, 33), 12),
    ]
    if case.chance.random() < 0.4:
        blocks.append(Sign([("包村干部（签字）：", case.world.person(), "ink")], right=True))
    return paper_of(
        case, 4, title, blocks, "record book page", project.place.body, pen=True,
        outcomes={project.code: "同意"},
    )  # fmt: skip
