"""Item 3: the agreements and contracts of the projects."""

from __future__ import annotations

from .blocks import Block, Paper, Parties, Text, paragraphs
from .stories import Story

_COOPERATION = """
甲方：大足区{place}民委员会
乙方：{operator}
为用好帮扶资金，发展壮大村级集体经济，带动脱贫户增收，经甲乙双方平等协商，就{name}的建设和经营达成如下协议，共同遵守。
第一条  项目名称和地点
项目名称：{name}，实施地点为大足区{place}。
第二条  资金投入和资产权属
项目投入帮扶资金{amount}万元，用于购建生产设施和设备，形成的固定资产归甲方集体所有，由乙方使用和管护。未经甲方书面同意，乙方不得转让、抵押、出租。
第三条  合作期限
合作期限为十年，自{start}起计算。期满后乙方在同等条件下有优先续约权。
第四条  收益分配
乙方每年12月20日前按投入帮扶资金的6%向甲方支付固定收益，其中60%分给脱贫户，40%留作村集体公积金。
第五条  甲方的权利和义务
1.协助乙方办理土地流转、用水用电等手续；2.监督资金使用和资产管护；3.不干预乙方正常的生产经营。
第六条  乙方的权利和义务
1.依法自主经营、自负盈亏；2.优先吸纳脱贫户务工，每年不少于8人；3.遵守环保、防疫、耕地保护的规定；4.每半年向甲方报告一次经营情况。
第七条  协议的变更和解除
因政策调整、自然灾害等不可抗力致使项目不能继续的，双方协商解除协议，清点资产、结清债权债务后签订退出协议。
第八条  违约责任
一方违约给对方造成损失的，按实际损失赔偿。乙方逾期支付收益的，每日按应付金额的万分之三支付违约金。
第九条  争议解决
因本协议发生争议，双方协商解决；协商不成的，提请{township}人民政府调解，或者向项目所在地人民法院起诉。
第十条  其他
本协议一式四份，甲乙双方各执一份，{township}人民政府和{department}各备案一份，自双方签字盖章之日起生效。
"""
_LEASE = """
发包方（甲方）：{place}股份经济合作联合社
承包方（乙方）：{operator}
根据《中华人民共和国合同法》及有关规定，甲方将{name}形成的资产发包给乙方经营，双方订立本合同。
一、承包标的
{name}形成的生产设施、设备及配套土地，项目投入帮扶资金{amount}万元。资产清单作为本合同附件。
二、承包期限
自{start}起至2029年12月31日止。
三、承包费及支付方式
承包费按投入帮扶资金的5%计算，每年支付一次，首年承包费在合同签订后十日内付清，以后每年3月31日前支付当年承包费。
四、双方的权利义务
1.甲方按约定交付资产，监督资产管护，协调周边群众关系。2.乙方按约定用途使用资产，负责日常维修；优先雇用本村脱贫户和监测户。3.乙方不得改变土地用途。
五、风险承担
经营期间的自然风险和市场风险由乙方承担；因政策调整不能继续经营的，双方据实结算。
六、合同的解除
有下列情形之一的，甲方有权解除合同并收回资产：1.拖欠承包费超过六个月；2.擅自转包；3.连续停产一年以上。
七、违约责任
任何一方违反合同约定的，应向对方支付当年承包费百分之二十的违约金，并赔偿损失。
八、其他约定
本合同未尽事宜双方另行协商并签订补充协议。本合同一式三份，甲乙双方各执一份，{township}人民政府备案一份。
"""


def _facts(story: Story) -> dict[str, str]:
    row = story.row
    return {
        name: getattr(row, name)
        for name in ("name", "township", "village", "amount", "operator", "department")
    } | {
        "place": story.place,
        "start": story.start,
    }


def cooperation(story: Story, short: bool = False) -> Paper:
    """Return the cooperation agreement (产业项目合作协议书)."""
    text = _COOPERATION.format(**_facts(story))
    if short:
        lines = text.strip().splitlines()
        text = "\n".join(lines[:9] + lines[17:])
    blocks: list[Block] = [Text("产业项目合作协议书", "title")]
    for block in paragraphs(text):
        heading = block.text.startswith("第") and "条  " in block.text[:5]
        blocks.append(Text(block.text, "h1") if heading else block)
    left = ("甲方", f"大足区{story.place}民委员会", story.secretary)
    blocks.append(Parties(left, ("乙方", story.row.operator, story.legal), story.start))
    return Paper(tuple(blocks), title="产业项目合作协议书")


def lease(story: Story) -> Paper:
    """Return the contract (承包合同)."""
    blocks: list[Block] = [Text(f"{story.row.name}", "subtitle"), Text("承 包 合 同", "title")]
    blocks += paragraphs(_LEASE.format(**_facts(story)))
    left = ("甲方", f"{story.place}股份经济合作联合社", story.secretary)
    blocks.append(Parties(left, ("乙方", story.row.operator, story.legal), story.start, clear=True))
    return Paper(tuple(blocks), title="承包合同", face="kai")
