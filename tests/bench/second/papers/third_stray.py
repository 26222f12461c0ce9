"""Papers that belong to no file, by the third author; most name a project, but speak of other matters."""

from __future__ import annotations

from datetime import timedelta

from tests.bench.second.blocks import (
    Block,
    Body,
    Cell,
    Close,
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
from tests.bench.second.papers.third_kit import head, mid, rank, stray_of
from tests.bench.second.world import Case, money, spoken


@form(0, since=201)
def insurance(case: Case) -> Paper:
    """An insurer lists what it pays for hail and drought; the project is one line of it."""
    project, chance = case.project, case.chance
    insurer = Body("安田农业保险股份有限公司大足支公司", "安田农险大足支公司")
    rows = [head("序号", "被保险人", "标的", "受损数量", "赔款（元）")]
    rows.append(
        mid(
            "1",
            project.operator.short,
            f"{project.name}{project.made}",
            "12亩",
            str(chance.randint(20, 90) * 100),
        )
    )
    rows += [
        mid(str(n), name, "水稻", f"{chance.randint(1, 6)}亩", str(chance.randint(2, 20) * 100))
        for n, name in enumerate(case.world.people(7), 2)
    ]
    title = f"{project.town}政策性农业保险理赔公示表"
    blocks: list[Block] = [
        Head(title, 20),
        Para(f"出险原因：高温干旱　　查勘日期：{spoken(case.days[4])}", 0, points=12),
        Rows(rows, (8, 24, 34, 16, 18), 12),
        Para("公示期7天，如有异议请拨打服务热线。"),
        Close([insurer.full, spoken(case.days[5])], [Seal(insurer, "oval")]),
    ]  # fmt: skip
    return stray_of(title, blocks, "insurance")


@form(0, since=201)
def harvest(case: Case) -> Paper:
    """News of a good harvest at the project for the town's newsletter, with a picture."""
    project = case.project
    title = f"{project.village}：{project.made}迎丰收　村民笑开颜"
    blocks: list[Block] = [
        Para(f"【{project.town}信息】第{case.chance.randint(40, 190)}条", 0, part="head"),
        Rule(),
        Head(title, 20),
        Para(f"近日，走进{project.name}，眼前一派忙碌景象。村民们有说有笑，将刚采收的产品分级装箱，发往主城各大超市。"),
        Scene("采收现场"),
        Para(f"“在家门口干活，一天能挣一百块，还能照顾老人。”村民{case.world.person()}高兴地说。"),
        Para(f"据村支部书记{case.world.person()}介绍，今年产量比去年增加两成，下一步还要开通网上直播带货。"),
        Para(f"（通讯员　{case.world.person()}）", 0, "right"),
    ]  # fmt: skip
    return stray_of(title, blocks, "harvest news")


@form(0, since=201)
def subsidy(case: Case) -> Paper:
    """A village asks for a subsidy for organic manure for the project: other money, other years."""
    project = case.project
    body, day = project.place.body, case.days[5]
    title = "关于申请2025年有机肥替代化肥补贴的报告"
    blocks: list[Block] = [
        Head(title, 21),
        Para(f"{project.town}农业服务中心：", 0),
        Para(f"我村{project.name}基地及周边种植大户共有耕地{case.chance.randint(80, 400)}亩，土壤有机质偏低。为改良地力，"
            f"拟施用商品有机肥{case.chance.randint(20, 90)}吨，申请补贴每吨300元。"),
        Para("请予支持为谢。"),
        Para(f"附：施肥农户名单（{case.chance.randint(11, 40)}户）"),
        Close([body.full, spoken(day)], [Seal(body)]),
    ]  # fmt: skip
    return stray_of(title, blocks, "subsidy")


@form(0, since=201)
def power_line(case: Case) -> Paper:
    """A township's answer on the route of a power line that passes a project."""
    project, day = case.project, case.days[6]
    town = project.place.town_body
    title = "关于110千伏输电线路路径走向意见的复函"
    blocks: list[Block] = [
        Head(town.full, 24, red=True),
        Rule(star=True),
        Head(title, 20),
        Para("国网重庆大足供电公司：", 0),
        Para(f"贵公司《关于征求输电线路路径意见的函》收悉。经研究，我{rank(project.place)}原则同意该线路走向。"),
        Para(f"其中23号至25号塔基位于{project.village}，紧邻{project.name}，施工时请注意避让灌溉渠道，临时用地到期后及时恢复。"),
        Para("特此函复。"),
        Close([town.full, spoken(day)], [Seal(town)]),
    ]  # fmt: skip
    return stray_of(title, blocks, "land use")


@form(0, since=201)
def fire_watch(case: Case) -> Paper:
    """A patrol's sheet of woods in winter, and nothing else."""
    day = case.days[7]
    rows = [head("日期", "巡查路段", "情况", "巡查员签字")]
    for number, name in enumerate(case.world.people(8)):
        when = day + timedelta(days=number)
        rows.append(
            [
                *mid(
                    f"{when.month}.{when.day}",
                    case.chance.choice(["后山", "水库边", "坟山", "公路沿线"]),
                    "正常",
                ),
                Cell("", ink=name, tall=12),
            ]
        )
    title = f"{case.project.village}森林防火巡查登记表"
    blocks: list[Block] = [
        Head(title, 20),
        Rows(rows, (16, 32, 20, 32), 13),
        Sign([("护林站长：", case.world.person(), "ink")], right=True),
    ]  # fmt: skip
    return stray_of(title, blocks, "fire watch")


@form(0, since=201)
def road_meeting(case: Case) -> Paper:
    """A village's meeting on money to be raised for a road (一事一议): a record, of no project."""
    names, day = case.world.people(11), case.days[4]
    place = case.project.place
    title = f"{place.village}“一事一议”筹资修路会议记录"
    money_each = case.chance.choice([50, 80, 100])
    blocks: list[Block] = [
        Head(title, 20),
        Para(f"时间：{spoken(day)}　地点：{place.village}三组晒坝", 0),
        Para(f"主持：{names[0]}　记录：{names[1]}", 0),
        Para(f"{names[0]}：三组到公路这段400米泥巴路，每人筹{money_each}元，剩下的争取上级以奖代补。"),
        Para(f"{names[2]}：没意见，早点动工，赶在春节前。"),
        Para(f"{names[3]}：在外打工的由亲属代交，账目要上墙。"),
        Para(f"表决：到会{len(names)}人全部赞成，预算{money(round(case.chance.uniform(4, 12), 1))}万元。"),
        Roll("参会人员：", names, prints=True),
        Close([place.body.full, spoken(day)], [Seal(place.body)]),
    ]
    return stray_of(title, blocks, "road record")
