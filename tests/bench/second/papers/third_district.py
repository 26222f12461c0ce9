"""Item 7 by the third author: special meetings of the district, grouped, extracted, with an annex."""

from __future__ import annotations

from datetime import timedelta

from tests.bench.second.blocks import Block, Break, Close, Gap, Head, Imprint, Paper, Para, Rows, Rule, Seal
from tests.bench.second.papers import form
from tests.bench.second.papers.minutes import others
from tests.bench.second.papers.third_kit import head, mid, paper_of
from tests.bench.second.papers.third_meetings import told
from tests.bench.second.world import DISTRICT_OFFICE, Case, money, spoken


@form(7, since=201)
def grouped(case: Case) -> Paper:
    """The projects stand in groups by what was decided: agreed, and put off."""
    projects = [case.project, *others(case, 7, case.chance.randint(2, 5))]
    day, issued = case.days[7], case.days[7] + timedelta(days=case.chance.randint(3, 9))
    late = projects[-1]
    outcomes = {one.code: "暂缓" if one is late else "同意" for one in projects}
    title = "重庆市大足区人民政府专题会议纪要"
    agreed = [Para(f"{n}.{one.town}：{one.name}（{one.code}）") for n, one in enumerate(projects[:-1], 1)]
    blocks: list[Block] = [
        Gap(0.5),
        Head("重庆市大足区人民政府", 32, red=True, after=0),
        Head("专 题 会 议 纪 要", 32, red=True),
        Para(f"{day.year}年第{case.chance.randint(30, 99)}次", 0, "centre"),
        Rule(thick=2),
        Head("研究淘汰类帮扶产业项目有关工作", 20, part="head"),
        Para(f"时　间：{spoken(day)}上午9:30", 0),
        Para("地　点：区行政中心B区412会议室", 0),
        Para(f"主持人：区政府副区长{case.world.person()}", 0),
        Para(f"出　席：区政府办公室{case.world.person()}，区农业农村委{case.world.person()}，区财政局{case.world.person()}，"
            f"区审计局{case.world.person()}，区林业局{case.world.person()}", 0),
        Gap(0.3),
        Para("会议传达了“四个一批”有关要求，听取专班办公室关于核查评估情况的汇报，逐项研究后明确："),
        Para(f"一、同意认定以下{len(projects) - 1}个项目为淘汰类，按程序处置并销号：", 0, part="head"),
        *agreed,
        Para("二、以下1个项目暂缓认定，待诉讼终结后另行提交：", 0, part="head"),
        Para(f"{late.town}：{late.name}（{late.code}）"),
        Para("三、工作要求", 0, part="head"),
        Para("涉及集体资产的，镇街要履行民主决策程序；涉及耕地的，要恢复粮油生产。"),
        Imprint([f"重庆市大足区人民政府办公室\t{spoken(issued)}印发"]),
    ]  # fmt: skip
    return paper_of(
        case, 7, title, blocks, "minutes grouped", DISTRICT_OFFICE, has_code=True, numbering="dash",
        projects=list(outcomes), outcomes=outcomes, traps={issued.isoformat(): "issue"},
    )  # fmt: skip


@form(7, since=201)
def one_item(case: Case) -> Paper:
    """An extract for one township (节选): the district office certifies it on a later day."""
    project, day = case.project, case.days[7]
    taken = day + timedelta(days=case.chance.randint(4, 15))
    title = "大足区人民政府专题会会议纪要（节选）"
    outcome = case.chance.choice(["同意", "同意", "原则同意"])
    more = "，具体处置办法由行业主管部门完善后实施" if outcome == "原则同意" else ""
    blocks: list[Block] = [
        Head(title, 21),
        Para(f"——{day.year}年第{case.chance.randint(5, 44)}次区政府专题会", 0, "centre"),
        Gap(0.5),
        Para(f"会议召开时间：{spoken(day)}", 0),
        Para(f"会议主持人：副区长{case.world.person()}", 0),
        Para(f"汇报单位：{project.office.full}", 0),
        Para("（前略）", 0),
        Para(f"（四）{project.town}{project.name}", 0, part="head"),
        Para(told(project)),
        Para(f"会议{outcome}{project.name}认定为淘汰类{more}。"),
        Para("（后略）", 0),
        Para("此件仅发有关镇街，内容与原件一致。"),
        Close([DISTRICT_OFFICE.full, spoken(taken)], [Seal(DISTRICT_OFFICE)]),
    ]
    return paper_of(
        case, 7, title, blocks, "minutes one item", DISTRICT_OFFICE, has_code=True,
        outcomes={project.code: outcome}, traps={taken.isoformat(): "extract"},
    )  # fmt: skip


@form(7, since=201)
def annexed(case: Case) -> Paper:
    """The text speaks of the listed projects only; their names stand in the annex (附件)."""
    projects = [case.project, *others(case, 7, case.chance.randint(3, 6))]
    day = case.days[7]
    outcomes = {one.code: "同意" for one in projects}
    title = "区政府专题会会议纪要"
    rows = [head("序号", "项目编号", "项目名称", "主管部门", "残值（万元）", "认定类别")]
    rows += [
        mid(str(n), one.code, one.name, one.office.short, money(one.worth), "淘汰类")
        for n, one in enumerate(projects, 1)
    ]
    blocks: list[Block] = [
        Head(title, 24),
        Para(f"（{spoken(day)}）", 0, "centre"),
        Gap(0.5),
        Para(f"副区长{case.world.person()}主持召开专题会，研究帮扶产业项目调整退出事宜。有关部门和镇街负责人参加。会议审议了区农业农村委提交的淘汰类项目清单，议定："),
        Para(f"（一）会议同意附件所列{len(projects)}个项目认定为淘汰类，退出帮扶产业项目管理系统。"),
        Para("（二）各主管部门指导镇街一项一策制定方案，先清债务，再处资产。"),
        Para("（三）区财政局、区审计局对处置收入实施监督。"),
        Para("（四）档案资料按目录归集，一项目一卷。"),
        Para("附件：淘汰类帮扶产业项目认定清单", 2),
        Para(f"参会：{'、'.join(case.world.people(7))}", 0),
        Close([DISTRICT_OFFICE.full], [Seal(DISTRICT_OFFICE)]),
        Break(),
        Para("附件", 0, part="head"),
        Head("淘汰类帮扶产业项目认定清单", 19),
        Rows(rows, (7, 21, 34, 16, 11, 11), 12),
    ]  # fmt: skip
    return paper_of(
        case, 7, title, blocks, "minutes annexed", DISTRICT_OFFICE, has_code=True,
        projects=list(outcomes), outcomes=outcomes, numbering=case.chance.choice(["dash", "plain"]),
    )  # fmt: skip
