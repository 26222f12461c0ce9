"""Item 2: the assessment report (核查评估报告), with the five facts the plan asks for and a proposal."""

from __future__ import annotations

from .blocks import Block, Paper, Signed, Text, paragraphs, table
from .projects import FULL_NAMES
from .stories import Story

_BODY = """
按照《大足区落实“四个一批”要求分类推进帮扶产业提质增效实施方案（试行）》要求，{team}于{assessed}前组成核查组，采取查阅资料、实地踏勘、入户走访、与经营主体座谈等方式，对{name}（项目编号：{code}）开展了核查评估。现将有关情况报告如下：
一、项目基本情况
项目位于大足区{township}{village}，购建年度为{year}年，经营主体为{operator}，项目主管部门为{department}。项目经村申报、镇街核查，初步认定为淘汰类。
二、发展停滞、失败淘汰的主要原因
{why}
三、投入帮扶资金数额
项目累计投入帮扶资金{amount}万元，资金拨付凭证与项目台账核对一致，未发现截留、挪用。
四、资产现状及确权情况
{assets}
五、债权债务纠纷情况
{debts}
六、利益相关方诉求
{wishes}
七、评估结论和处置建议
综合以上情况，核查组认为该项目已不具备持续经营条件，符合淘汰类认定条件。{plan}
"""


def _body(story: Story, team: str) -> str:
    row = story.row
    facts = {name: getattr(story, name) for name in ("why", "assets", "debts", "wishes", "plan", "assessed")}
    facts |= {
        name: getattr(row, name)
        for name in ("name", "code", "township", "village", "year", "amount", "operator", "department")
    }
    return _BODY.format(team=team, **facts)


def assessment(story: Story, leader: str, third_party: str = "") -> Paper:
    """Return the report of the department, or of ``third_party`` engaged by it."""
    team = third_party or f"{story.row.department}"
    blocks: list[Block] = [Text(f"{story.row.name}", "title"), Text("核查评估报告", "title")]
    blocks += paragraphs(_body(story, team))
    if story.goods:
        head = ("资产名称", "单位", "数量", "原值（万元）", "现状")
        blocks += [
            Text("附：现有资产清单", "h2"),
            table((40.0, 22.0, 22.0, 30.0, 42.0), [head, *story.goods]),
        ]
    unit = third_party or FULL_NAMES[story.row.department]
    blocks.append(Signed(unit, story.assessed, unit, "核查组组长（签字）：", leader))
    return Paper(tuple(blocks), title=f"{story.row.name}核查评估报告")
