"""Item 8 by the third author: a project's last papers: land reclaimed, rents paid, struck off."""
# ruff: noqa: E501 — Chinese counts two columns a character

from __future__ import annotations

from datetime import timedelta

from tests.bench.second.blocks import (
    Block,
    Cell,
    Close,
    Gap,
    Head,
    Paper,
    Para,
    Rows,
    Rule,
    Scene,
    Seal,
    Sign,
)
from tests.bench.second.papers import form
from tests.bench.second.papers.third_kit import broad, dotted, head, mid, pair, paper_of
from tests.bench.second.world import Case, money, spoken


@form(8, since=201)
def reclaimed(case: Case) -> Paper:
    """Sheds taken down and land tilled again: the acceptance (拆除复垦验收单), signed in boxes."""
    project, day, chance = case.project, case.days[8], case.chance
    town = project.place.town_body
    start, end = day - timedelta(days=30), day - timedelta(days=4)
    title = "设施拆除及土地复垦验收单"
    rows = [
        pair("项目名称", project.name, "项目编号", project.code),
        pair("地点", f"{project.town}{project.village}", "复垦面积", f"{money(round(chance.uniform(3, 60), 1))}亩"),
        pair("开工", dotted(start), "完工", dotted(end)),
        broad("验收内容", "1.棚架、圈舍拆除：□未拆　☑已拆完\n2.建筑垃圾清运：☑合格　□不合格\n3.表土回填、翻耕：☑合格　□不合格\n4.田间沟渠：☑通畅　□堵塞"),
        broad("验收结论", "达到耕种条件，同意交还农户。", ink=case.world.person(), tail="验收组长"),
        broad("村委会", "", seal=Seal(project.place.body), tail=spoken(day)),
        broad("镇街", "", seal=Seal(town), tail=spoken(day)),
    ]  # fmt: skip
    return paper_of(
        case, 8, title, [Head(title, 21), Rows(rows, (16, 38, 14, 32), 12.5)], "other reclaimed", town,
        has_code=True, traps={start.isoformat(): "start", end.isoformat(): "end"},
    )  # fmt: skip


@form(8, since=201)
def rents(case: Case) -> Paper:
    """Rents paid out at last, each farmer signs (租金兑付花名册)."""
    project, day, chance = case.project, case.days[8], case.chance
    body = project.place.body
    title = f"{project.name}\n拖欠土地租金清偿兑付花名册"
    names = case.world.people(6)
    sums = [chance.randint(3, 40) * 65 for _ in names]
    rows = [head("序号", "户主", "面积（亩）", "金额（元）", "领款人签字", "备注")]
    rows += [
        [*mid(str(n), name, money(round(paid / 650, 2)), str(paid)), Cell("", ink=name, tall=12), Cell("")]
        for n, (name, paid) in enumerate(zip(names, sums, strict=True), 1)
    ]
    rows.append([*mid("合计", "", money(round(sum(sums) / 650, 2)), str(sum(sums))), Cell(""), Cell("")])
    rows.append([*mid("盖章"), Cell(body.full, 5, seal=Seal(body))])
    blocks: list[Block] = [
        Head(title, 18),
        Para(f"单位：{body.short}　　　项目编号：{project.code}　　　{spoken(day)}", 0, points=12),
        Rows(rows, (8, 18, 16, 18, 26, 14), 12.5),
        Sign([("经手人：", case.world.person(), "ink"), ("证明人：", case.world.person(), "ink")]),
    ]
    return paper_of(case, 8, title, blocks, "other rents", body, has_code=True)


@form(8, since=201)
def struck_off(case: Case) -> Paper:
    """The application to strike a project off (销号申请表), the last box still open or not."""
    project, day, chance = case.project, case.days[8], case.chance
    town, office = project.place.town_body, project.office
    earlier, done = day - timedelta(days=chance.randint(3, 8)), chance.random() < 0.5
    title = "淘汰类帮扶产业项目销号申请表"
    rows = [
        broad("项目名称及编号", f"{project.name}（{project.code}）"),
        pair("实施年度", str(project.year), "帮扶资金", f"{money(project.fund)}万元"),
        broad("退出原因", project.cause + "。"),
        broad("处置结果", f"残余资产{money(project.worth)}万元已处置入账；债务已清偿；土地已复耕；资料已归档。"),
        broad("村（社区）申请", "申请销号。", seal=Seal(project.place.body), tail=spoken(earlier)),
        broad("镇街审核", "审核属实，同意上报销号。", seal=Seal(town), tail=spoken(day if done else earlier)),
        broad("主管部门审定", "同意销号。", seal=Seal(office), tail=spoken(day)) if done
        else broad("主管部门审定", "", tail="    年   月   日", tall=28),
    ]  # fmt: skip
    dates = [(day if done else earlier).isoformat(), *([earlier.isoformat()] if done else [])]
    return paper_of(
        case, 8, title, [Head(title, 21), Rows(rows, (23, 31, 16, 30), 13)], "other struck off",
        office if done else town, has_code=True, dates=dates,
    )  # fmt: skip


@form(8, since=201)
def no_objection(case: Case) -> Paper:
    """The village proves that a notice hung and nobody objected (公示无异议证明)."""
    project, day, body = case.project, case.days[8], case.project.place.body
    start = day - timedelta(days=8)
    title = "公示无异议证明"
    blocks: list[Block] = [
        Gap(1),
        Head(title, 26),
        Gap(0.5),
        Para(f"兹证明：{project.name}（项目编号：{project.code}）资产处置结果已在{project.village}村务公开栏张榜公示，"
             f"公示时间为{spoken(start)}至{spoken(day - timedelta(days=1))}。公示期间未收到任何单位和个人的异议。"),
        Para("特此证明。"),
        Gap(0.5),
        Sign([("经办人：", case.world.person(), "ink"), ("监委会主任：", case.world.person(), "ink")]),
        Close([body.full, spoken(day)], [Seal(body, look=case.chance.choice(["fresh", "heavy", "faint"]))]),
        Scene("公开栏张贴照片", 0.4),
    ]  # fmt: skip
    return paper_of(
        case, 8, title, blocks, "other no objection", body, has_code=True,
        traps={start.isoformat(): "term", (day - timedelta(days=1)).isoformat(): "term"},
    )  # fmt: skip


@form(8, since=201)
def handed_in(case: Case) -> Paper:
    """What the village hands to the archive (档案材料移交清册): it names the other papers."""
    project, day = case.project, case.days[8]
    title = f"{project.name}\n档案资料移交清册"
    kept = [
        ("摸底调查表", "1", "原件"), ("核查评估报告", "1", "原件"), ("合作协议", "2", "复印件"),
        ("村民代表会议记录", "1", "原件"), ("镇街会议纪要", "1", "原件"), ("部门会议纪要", "1", "复印件"),
        ("资产处置、公示资料", "5", "原件"), ("现场照片", "6", "彩打"),
    ]  # fmt: skip
    rows = [head("序号", "材料名称", "份数", "性质", "备注")]
    rows += [
        [*mid(str(n)), Cell(name), *mid(count, kind), Cell("")]
        for n, (name, count, kind) in enumerate(kept, 1)
    ]
    blocks: list[Block] = [
        Head(title, 20),
        Para(f"项目编号：{project.code}　　　　移交单位：{project.place.body.short}", 0, points=12),
        Rows(rows, (9, 43, 13, 17, 18), 13),
        Para("以上材料经双方当面点清，移交后由接收单位保管。"),
        Sign([("移交人：", case.world.person(), "ink"), ("接收人：", case.world.person(), "ink")]),
        Close([f"接收单位：{project.place.town_body.short}", spoken(day)], [Seal(project.place.town_body)]),
    ]  # fmt: skip
    return paper_of(case, 8, title, blocks, "other handed in", project.place.town_body, has_code=True)


@form(8, since=201)
def before_and_after(case: Case) -> Paper:
    """Two pictures, before and after the sheds went (拆除前后对比照片), the day in a caption."""
    project, day = case.project, case.days[8]
    title = f"{project.town}{project.village}{project.made}项目拆除前后对比图"
    blocks: list[Block] = [
        Head(title, 18),
        Para(f"项目名称：{project.name}　编号：{project.code}", 0, points=12),
        Scene("拆除前"),
        Scene(f"拆除复垦后（{spoken(day)}摄）"),
        Rule(red=False, thick=0.5),
        Para(f"拍摄：{case.world.person()}　　审核：{case.world.person()}", 0, points=12),
    ]
    return paper_of(
        case, 8, title, blocks, "other before and after", project.place.body, has_code=True,
        dates=[day.isoformat(), ""],
    )  # fmt: skip
