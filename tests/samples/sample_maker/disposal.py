"""Item 8: notice, disposal plan, handover list and the settlement of debts."""

from __future__ import annotations

from .blocks import Block, PageBreak, Paper, Signed, Text, paragraphs, table
from .stories import Story

_NOTICE = """
按照“四议两公开”程序，{village}于{day}召开村民代表会议，会议应到{due}人、实到{present}人，同意{yes}人，决议将{name}认定为淘汰类，上报{township}人民政府核查。现将有关情况公示如下：
一、项目名称：{name}
二、投入帮扶资金：{amount}万元
三、经营主体：{operator}
四、淘汰原因：{why}
五、资产处置意见：{plan}
公示时间为{from_day}至2024年11月23日，公示期内如有异议，请向{village}村民委员会或{township}人民政府反映。
监督电话：023-81000017
"""
_PLAN = """
根据区人民政府专题会议议定事项，结合{name}（项目编号：{code}）实际，制定本方案。
一、项目基本情况
项目位于{township}{village}，购建年度{year}年，主管部门为{department}，经营主体为{operator}，投入帮扶资金{amount}万元。{why}
二、资产情况
{assets}
"""
_PLAN_REST = """
三、清产核资和评估
委托重庆方正衡资产评估事务所进行评估，评估基准日为2025年1月31日，评估价值21.46万元。
四、债权债务清算
{debts}上述欠款从处置收入中优先支付。
五、处置方式和程序
{plan}公开处置在区农村产权交易平台挂牌，挂牌时间不少于十个工作日，底价不低于评估价值。
六、处置收益分配与资金管理
处置收益归{village}集体经济组织所有，存入村集体专户，用于巩固拓展脱贫攻坚成果和乡村振兴，不得简单分配到户。
七、遗留问题和利益相关方诉求
{wishes}由{village}逐户核实，张榜公布。
八、组织实施
{township}人民政府负总责，镇农业服务中心、财政办具体实施，2025年6月底前完成。
九、档案归集和销号
按照归档目录收集八项材料，处置结果公示无异议后报{department}备案，完成销号退出。
"""
_HANDED_OVER = """
{name}已完成清点，钥匙、设备说明书、维修记录随资产一并移交{place}股份经济合作联合社保管。
移交前发生的水电费、维修费由移交方承担，移交后的管护责任由接收方承担。
本确认书与资产移交清单一式三份，移交方、接收方、监交单位各执一份。
"""


def _facts(story: Story) -> dict[str, object]:
    row = story.row
    names = ("name", "code", "township", "village", "year", "amount", "operator", "department")
    return {name: getattr(row, name) for name in names} | {
        name: getattr(story, name)
        for name in ("why", "assets", "debts", "wishes", "plan", "due", "present", "yes")
    }


def notice(story: Story) -> Paper:
    """Return the village's public notice (公示)."""
    facts = _facts(story) | {"day": story.village_day, "from_day": story.village_form_day}
    blocks: list[Block] = [Text("公    示", "cover"), *paragraphs(_NOTICE.format(**facts), "text")]
    blocks.append(Signed(f"{story.place}民委员会", story.village_form_day, story.village_seal))
    return Paper(tuple(blocks), title="公示", face="kai", size=15, page_numbers=False)


def disposal_plan(story: Story) -> Paper:
    """Return the disposal plan (资产处置方案)."""
    facts = _facts(story)
    head = ("资产名称", "单位", "数量", "原值（万元）", "现状")
    blocks: list[Block] = [
        Text(story.row.name, "title"),
        Text("资产处置方案", "title"),
        Text("（报批稿）", "subtitle"),
    ]
    blocks += [
        *paragraphs(_PLAN.format(**facts)),
        table((38.0, 20.0, 20.0, 32.0, 46.0), [head, *story.goods]),
    ]
    blocks += paragraphs(_PLAN_REST.format(**facts))
    blocks.append(Signed(f"大足区{story.row.township}人民政府", "2025年2月18日"))
    return Paper(tuple(blocks), title="资产处置方案", header=f"{story.row.township}人民政府    2025年2月")


def handover(story: Story, giver: str) -> Paper:
    """Return the handover list (资产移交清单)."""
    head = ("序号", "资产名称", "单位", "数量", "原值（万元）", "移交时状况")
    rows = [head] + [(str(i), *goods) for i, goods in enumerate(story.goods, 1)]
    blocks: list[Block] = [
        Text(f"{story.row.name}", "form"),
        Text("资产移交清单", "form"),
        Text(f"移交方：{story.row.operator}", "flush"),
        Text(f"接收方：{story.place}股份经济合作联合社", "flush"),
        Text(f"项目编号：{story.code}    移交日期：2025年3月20日", "flush"),
        table((14.0, 36.0, 16.0, 16.0, 28.0, 46.0), rows, height=12),
        Text("以上资产经双方现场清点，数量相符，自签字之日起移交接收方管理。", "body"),
        Signed("", "", label="移交人（签字）：", name=giver),
        Signed("", "", label="接收人（签字）：", name=story.secretary),
        PageBreak(),
        Text("资产移交确认书", "form"),
        *paragraphs(_HANDED_OVER.format(place=story.place, name=story.row.name), "text"),
        Signed(f"监交单位：{story.row.township}农业服务中心", "2025年3月20日"),
    ]
    return Paper(tuple(blocks), title="资产移交清单", size=14)


_SETTLED = """
资产处置收入到账后，{township}人民政府会同{village}对{name}（项目编号：{code}）的债权债务逐笔清算，结果确认如下：
一、务工工资2.36万元，已付清。
二、土地流转费4.05万元，已付清，41户流转户逐户签收。
三、没有应收未收的款项，没有正在诉讼的事项。
四、流转的土地已于2025年3月31日退还41户农户，恢复种粮。
以上债务合计6.41万元，已全部付清。
"""


def settlement(story: Story, paid_to: str) -> Paper:
    """Return the settlement of debts (债权债务清算确认表), signed for those who were paid and sealed by the village."""
    blocks: list[Block] = [
        Text(story.row.name, "form"),
        Text("债权债务清算确认表", "form"),
        *paragraphs(_SETTLED.format(**_facts(story)), "text"),
        Signed("", "", label="债权人代表（签字）：", name=paid_to),
        Signed("", "", label="经办人（签字）：", name=story.clerk),
        Signed(f"{story.place}民委员会", "2025年4月10日", story.village_seal),
    ]
    return Paper(tuple(blocks), title="债权债务清算确认表", size=14)
