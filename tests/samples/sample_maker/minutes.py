"""Items 5, 6 and 7: minutes (会议纪要) of townships, departments and the district government."""

from __future__ import annotations

from .blocks import Block, Gap, Paper, RedHead, Signed, Text, paragraphs
from .projects import FULL_NAMES
from .stories import Story

_TOWNSHIP = """
{day}，{chair}在镇机关三楼会议室主持召开{township}人民政府专题会议，研究{name}淘汰认定有关工作。现将会议议定事项纪要如下：
会议听取了{village}和镇农业服务中心关于{name}（项目编号：{code}，投入帮扶资金{amount}万元）核查情况的汇报。会议认为，{why}项目已不具备持续经营条件。
会议议定：
一、同意核查意见
同意{village}申报意见，将{name}初步认定为淘汰类，由镇农业服务中心会同{village}填报摸底调查表，于{form_day}前报{department}评估。
二、抓紧清算债权债务
{debts}由{second}牵头，镇财政办、司法所配合，会同{village}和经营主体逐笔核对，形成清算清单，妥善处理群众诉求。
三、管好现有资产
{assets}由{village}落实专人看护，在处置方案批准前，任何单位和个人不得擅自处置，确保项目资产不流失、群众利益不受损。
四、严守耕地红线
涉及耕地“非粮化”“非农化”的，由镇规划建设管理环保办公室牵头，依法有序恢复粮油生产。
"""
_DEPARTMENT = """
{day}，{chair}在区级机关办公楼主持召开{department}{meeting}，会同区财政局、区审计局集体研究{name}核查评估情况。现将会议议定事项纪要如下：
会议听取了产业发展科关于{name}（项目编号：{code}）核查评估情况的汇报。会议认为，该项目投入帮扶资金{amount}万元，评估程序规范、事实清楚。主要原因是：{why}
会议议定：
一、认定项目类别
同意核查评估意见，将{township}{village}实施的{name}认定为淘汰类，报区委农办备案，提请区人民政府专题研究。
二、原则同意处置建议
{measures}由{township}人民政府细化资产处置方案，按程序报批后组织实施。
三、加强监督指导
由产业发展科跟踪指导，区财政局负责资产监督，区审计局将资产处置情况纳入审计内容；处置结果自完成之日起十个工作日内报我委备案，完善档案资料后销号退出。
"""
_DISTRICT = """
2025年1月8日，区政府有关领导同志在区行政中心第二会议室主持召开区人民政府专题会议，研究淘汰类帮扶产业项目认定和处置工作。现将会议议定事项纪要如下：
会议听取了区农业农村委关于{first}、{second}核查评估和处置建议的汇报，区财政局、区审计局、区规划自然资源局作了补充发言。会议认为，两个项目认定程序完整，符合村申报、镇街核查、行业主管部门评估的要求，具备集中认定条件。
会议议定：
一、关于{first}
认定{first}（项目编号：{first_code}，投入帮扶资金{first_amount}万元）为淘汰类。{first_plan}由{first_township}人民政府负责，于2025年6月底前完成资产处置和债权债务清算。
二、关于{second}
认定{second}（项目编号：{second_code}，投入帮扶资金{second_amount}万元）为淘汰类。{second_plan}由{second_township}人民政府负责，于2025年7月底前完成。
三、工作要求
会议强调，有关镇要严格履行集体资产处置程序，处置方案和结果须公示不少于十日；区农业农村委要建立销号台账，督促完善归档资料；区财政局、区国资委要加强资产监管，确保项目资产不流失、群众利益不受损。
"""


def _facts(story: Story) -> dict[str, str]:
    row = story.row
    names = ("name", "code", "township", "village", "amount", "department")
    return {name: getattr(row, name) for name in names} | {
        "why": story.why,
        "debts": story.debts,
        "assets": story.assets,
        "measures": story.measures,
        "form_day": story.township_form_day,
        "second": story.officials[0],
        "chair": story.chair,
        "day": story.township_day,
    }


def _listed(present: str, beside: str, absent: str = "") -> list[Block]:
    blocks: list[Block] = [Gap(6), Text(f"出席：{present}", "body")]
    if absent:
        blocks.append(Text(f"请假：{absent}", "body"))
    blocks.append(Text(f"列席：{beside}", "body"))
    return blocks


def township_minutes(story: Story, number: str, mark: str = "", sealed: bool = False) -> Paper:
    """Return the township's minutes with the red head; ``sealed`` by the township, as some send theirs out."""
    township = story.row.township
    head = RedHead(
        mark or f"{township}人民政府专题会议纪要", number, f"{township}党政办公室", story.township_day
    )
    blocks: list[Block] = [
        head,
        Text(f"研究{story.row.name}", "form"),
        Text("淘汰认定有关工作会议纪要", "form"),
    ]
    blocks += paragraphs(_TOWNSHIP.format(**_facts(story)))
    present = "、".join((story.chair, *story.officials))
    blocks += _listed(
        present,
        f"镇农业服务中心{story.members[-1][0]}文，{story.row.village}{story.secretary}，{story.row.operator}{story.legal}",
        "无",
    )
    if sealed:
        blocks.append(Signed(f"{township}人民政府", story.township_day, seal=story.township_seal))
    return Paper(tuple(blocks), title=f"{township}会议纪要", header="")


def department_minutes(
    story: Story, number: str, meeting: str, chair: str, day: str, present: str, beside: str
) -> Paper:
    """Return the minutes of the department's meeting."""
    department = story.row.department
    facts = _facts(story) | {"meeting": meeting, "chair": chair, "day": day}
    full = FULL_NAMES[department].removeprefix("重庆市")
    blocks: list[Block] = [RedHead(f"{full}{meeting}纪要", number, f"{department}办公室", day)]
    blocks += [Text(f"研究{story.row.name}", "form"), Text("核查评估情况会议纪要", "form")]
    blocks += paragraphs(_DEPARTMENT.format(**facts))
    blocks += _listed(present, beside)
    return Paper(tuple(blocks), title=f"{department}会议纪要")


def district_minutes(first: Story, second: Story, number: str) -> Paper:
    """Return the district government's minutes that decide two projects."""
    facts: dict[str, str] = {}
    for name, story in (("first", first), ("second", second)):
        facts |= {name: story.row.name, f"{name}_code": story.code, f"{name}_amount": story.row.amount}
        facts |= {
            f"{name}_plan": story.measures,
            f"{name}_township": story.row.township,
        }
    blocks: list[Block] = [
        RedHead("大足区人民政府专题会议纪要", number, "大足区人民政府办公室", "2025年1月8日")
    ]
    blocks += [Text("研究淘汰类帮扶产业项目认定和处置工作", "form"), Text("会议纪要", "form")]
    blocks += paragraphs(_DISTRICT.format(**facts))
    present = "区农业农村委柏承志、区财政局连海波、区审计局芮雪、区规划自然资源局成瑞、区国资委鄢军"
    blocks += _listed(present, f"{first.row.township}{first.chair}，{second.row.township}{second.chair}")
    blocks.append(Signed("大足区人民政府办公室", "2025年1月10日印发"))
    return Paper(tuple(blocks), title="区人民政府专题会议纪要")
