"""Item 7: minutes of the district government's special meetings (区人民政府专题会会议纪要)."""

from __future__ import annotations

from datetime import date, timedelta

from tests.bench.second.blocks import (
    Block,
    Break,
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
)
from tests.bench.second.papers import form
from tests.bench.second.papers.minutes import minutes_of, others, people_of, story
from tests.bench.second.world import DISTRICT_OFFICE, Case, money, spoken


@form(7)
def district_many(case: Case) -> Paper:
    """The district decides on many at once: a table over two pages, one put off, one under conditions."""
    projects = [case.project, *others(case, 7, case.chance.randint(3, 6))]
    day, issued = case.days[7], case.days[7] + timedelta(days=case.chance.randint(2, 7))
    outcomes = {one.code: "同意" for one in projects}
    outcomes[projects[-1].code] = "暂缓"
    outcomes[projects[1].code] = "原则同意"
    say = {"同意": "同意认定为淘汰类并退出", "暂缓": "暂缓", "原则同意": "原则同意，债务结清后销号"}
    rows = [
        [
            Cell(text, centre=True, bold=True)
            for text in ("序号", "镇街", "项目名称", "投入资金（万元）", "议定意见")
        ]
    ]
    rows += [
        [
            Cell(str(n), centre=True),
            Cell(one.town, centre=True),
            Cell(f"{one.name}\n（{one.code}）"),
            Cell(money(one.fund), centre=True),
            Cell(say[outcomes[one.code]]),
        ]
        for n, one in enumerate(projects, 1)
    ]
    title = "重庆市大足区人民政府专题会议纪要"
    blocks: list[Block] = [
        Gap(1),
        Head(
            "专 题 会 议 纪 要" if case.chance.random() < 0.4 else "重庆市大足区人民政府\n专题会议纪要",
            34,
            red=True,
        ),
        Para(f"〔{day.year}〕{case.chance.randint(2, 80)}号", 0, "centre"),
        Para(f"重庆市大足区人民政府办公室　　　　　　{spoken(issued)}", 0),
        Rule(thick=1.8),
    ]
    blocks += [
        Head("淘汰类帮扶产业项目集中认定\n专题会议纪要", 20),
        Para(
            f"{spoken(day)}，区政府副区长{case.world.person()}在区行政中心主持召开专题会议，集中研究淘汰类帮扶产业项目认定和处置工作。会议听取了区农业农村委关于核查评估情况的汇报，区财政局、区审计局发表了意见。现将会议议定事项纪要如下："
        ),
        Para("一、关于项目认定", 0, part="head"),
        Para("会议逐一审议，意见如下："),
        Rows(rows, (6, 13, 42, 15, 24), 12),
        Para("二、关于资产处置", 0, part="head"),
        Para("会议强调，各镇街要坚持公开透明，涉及集体资产的履行民主程序，确保资产不流失、群众利益不受损。"),
        Para(f"三、有关镇街于{spoken(date(day.year, 6, 30))}前完成档案归集和销号。", 0),
    ]
    people_of(case, blocks, "区农业农村委")
    blocks.append(
        Imprint(
            [
                "分送：区农业农村委、区财政局、区审计局，有关镇街。",
                f"重庆市大足区人民政府办公室\t{spoken(issued)}印发",
            ]
        )
    )
    paper = minutes_of(case, 7, title, blocks, "district table", outcomes)
    paper.traps = {issued.isoformat(): "issue", date(day.year, 6, 30).isoformat(): "deadline"}
    paper.has_code, paper.numbering = True, "dash"
    return paper


@form(7)
def district_one(case: Case) -> Paper:
    """The district on one project."""
    project, day = case.project, case.days[7]
    title = f"区人民政府专题会会议纪要（{project.town}项目）"
    blocks: list[Block] = [
        Head("大足区人民政府专题会会议纪要", 22),
        Para(f"（第{case.chance.randint(2, 50)}次）", 0, "centre"),
        Para(f"时间：{spoken(day)}下午3时", 0),
        Para("地点：区政府4号会议室", 0),
        Para(f"主持：区委常委、副区长{case.world.person()}", 0),
        Para(
            f"参加：区农业农村委{case.world.person()}、区财政局{case.world.person()}、{project.town}{case.world.person()}",
            0,
        ),
        Rule(red=False, thick=0.8),
        Para(
            f"会议听取了{project.office.short}关于{project.name}（项目编号：{project.code}）评估认定情况的汇报。{story(project)}"
        ),
        Para(
            f"会议研究决定，同意{project.name}认定为淘汰类产业项目，由{project.town}组织退出，{project.office.short}督促指导。"
        ),
        Para("会议要求，依法依规处置资产，收益优先用于巩固脱贫成果。"),
        Close(
            [DISTRICT_OFFICE.full, spoken(day + timedelta(days=2))],
            [Seal(DISTRICT_OFFICE, "emblem")] if case.chance.random() < 0.6 else [],
        ),
    ]
    paper = minutes_of(case, 7, title, blocks, "district one", {project.code: "同意"})
    paper.body, paper.has_code, paper.traps = (
        DISTRICT_OFFICE,
        True,
        {(day + timedelta(days=2)).isoformat(): "issue"},
    )
    return paper


@form(7, late=True)
def district_listed(case: Case) -> Paper:
    """The district by paragraphs, each project with its own outcome, appendix on a page of its own."""
    projects = [case.project, *others(case, 7, 3)]
    day = case.days[7]
    ends = ["同意", "同意", "暂缓", "退回修改"][: len(projects)]
    outcomes = {one.code: end for one, end in zip(projects, ends, strict=True)}
    say = {
        "同意": "同意认定为淘汰类，按程序退出",
        "暂缓": "暂缓研究，待诉讼终结后再提交",
        "退回修改": "材料不完整，退回修改后再报",
    }
    title = "大足区人民政府专题会议纪要"
    blocks: list[Block] = [
        Head(title, 30, red=True),
        Para(f"{day.year}—{case.chance.randint(11, 60)}", 0, "centre"),
        Rule(thick=1.5),
        Para(f"{spoken(day)}，区政府召开专题会议，研究帮扶产业“四个一批”有关事项。议定如下："),
        *[
            Para(f"（{'一二三四'[n]}）{one.name}（{one.code}）。{one.cause}。会议{say[outcomes[one.code]]}。")
            for n, one in enumerate(projects)
        ],
        Gap(1),
        Para(f"主持：{case.world.person()}　出席：{'、'.join(case.world.people(6))}", 0),
        Break(),
        Para("附件", 0, part="head"),
        Head("项目资产情况一览", 18),
        Rows(
            [
                [Cell("项目", centre=True), Cell("残值（万元）", centre=True)],
                *[[Cell(one.name), Cell(money(one.worth), centre=True)] for one in projects],
            ],
            (70, 30),
            13,
        ),
    ]
    paper = minutes_of(case, 7, title, blocks, "district listed", outcomes)
    paper.has_code, paper.numbering = True, "dash"
    return paper
