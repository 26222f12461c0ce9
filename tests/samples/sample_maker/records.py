"""Item 4: the records of village meetings (会议记录), and the attendance sheet that goes with one."""

from __future__ import annotations

from .blocks import Block, Cell, Grid, Names, Paper, Signed, Text, paragraphs
from .stories import Story

_HEAD = """
会议名称：{village}村民代表会议
时间：{day}上午9时30分至11时20分
地点：{village}便民服务中心二楼会议室
主持人：{secretary}（村党支部书记、村委会主任）    记录人：{clerk}
应到：{due}人    实到：{present}人
列席：{guest}（{township}驻村领导）、驻村工作队员
议题：讨论{topic}认定为淘汰类及资产处置事宜
"""
_TALK = """
{secretary}：今天请各位代表来，是商量{short}的事。这个项目是{year}年建的，投入帮扶资金{amount}万元，停产以后大家意见不少，按照区里“四个一批”的要求，先由村里提出认定意见。
{clerk}：我把调查的情况向大家报告一下。{why}
{one}：这几年确实没有经营，荒在那里可惜，我赞成淘汰，但是流转费要先给老百姓结清。
{two}：资产是集体的，怎么处理要公开，不能悄悄就处理了，账要贴出来。
{three}：我家的田也在里面，要求把地平整好，退回来还能种庄稼。
{guest}：各位代表的意见我带回镇上。处置资产要按程序来，先清算债权债务，再公开处置，结果要公示。
{secretary}：债权债务的情况是，{debts}大家还有没有不同意见？没有的话现在举手表决。
"""
_VOTE = """
表决情况：同意{yes}人，反对{no}人，弃权{abstain}人。
会议决议：同意将{name}认定为淘汰类，报{township}人民政府核查；资产处置方案经批准后公示实施。
散会。
"""


def _facts(story: Story) -> dict[str, object]:
    row = story.row
    names = ("name", "code", "township", "village", "year", "amount")
    return {name: getattr(row, name) for name in names} | {
        "day": story.village_day,
        "secretary": story.secretary,
        "clerk": story.clerk,
        "guest": story.officials[1],
        "due": story.due,
        "present": story.present,
        "yes": story.yes,
        "no": story.present - story.yes - story.abstain,
        "abstain": story.abstain,
        "topic": f"{row.name}（项目编号：{row.code}）",
        "short": row.name.removeprefix(row.township + row.village),
        "why": story.why,
        "debts": story.debts,
        "one": story.members[0],
        "two": story.members[1],
        "three": story.members[2],
    }


def _flush(text: str) -> list[Text]:
    return paragraphs(text, "flush")


def record(story: Story, by_hand: bool = False, prints: bool = False, loose: bool = False) -> Paper:
    """Return the record as prose.

    ``by_hand`` on ruled paper, ``prints`` with fingerprints, ``loose`` naming the project as
    villagers do: without its code and township.
    """
    facts = _facts(story)
    if loose:
        facts |= {"topic": f"本村{facts['short']}", "name": f"{story.row.village}{facts['short']}"}
    blocks: list[Block] = [Text(f"{story.row.village}会议记录", "title"), *_flush(_HEAD.format(**facts))]
    blocks += [
        Text("会议内容：", "flush"),
        *paragraphs(_TALK.format(**facts)),
        *_flush(_VOTE.format(**facts)),
    ]
    blocks += [
        Signed("", "", label=f"{who}（签字）：", name=name)
        for who, name in (("主持人", story.secretary), ("记录人", story.clerk))
    ]
    blocks += [Text("参会人员签名：", "flush"), Names(story.members, 3 if prints else 4, prints)]
    return Paper(
        tuple(blocks), kind="ruled" if by_hand else "plain", title=f"{story.row.village}会议记录", size=15
    )


def short_record(story: Story) -> Paper:
    """Return the record as the one-page form some villages use."""
    f = _facts(story)
    talk = "".join(f"　　{line}\n" for line in _TALK.format(**f).strip().splitlines()[1:5]).rstrip()
    vote = f"同意{f['yes']}人，反对{f['no']}人，弃权{f['abstain']}人。"
    vote += f"决议：同意将{f['name']}认定为淘汰类，报镇人民政府核查。散会。"
    rows = [
        ("会议时间", f"{f['day']}14时30分", "会议地点", "村便民服务中心"),
        ("主持人", str(f["secretary"]), "记录人", str(f["clerk"])),
        ("应到人数", f"{f['due']}人", "实到人数", f"{f['present']}人"),
    ]
    cells = [Cell(r, c, text, align="center") for r, row in enumerate(rows) for c, text in enumerate(row)]
    for r, (label, text) in enumerate(
        (
            ("会议议题", f"讨论{f['name']}（{f['code']}）认定为淘汰类"),
            ("讨论情况", talk),
            ("表决和决议", vote),
        ),
        3,
    ):
        cells += [Cell(r, 0, label, align="center"), Cell(r, 1, text, cols=3)]
    grid = Grid((26.0, 58.0, 26.0, 46.0), (11, 11, 11, 14, 70, 24), tuple(cells), 12)
    title = f"{story.place}会议记录"
    blocks: list[Block] = [
        Text(title, "form"),
        grid,
        Text("参会人员签字：", "flush"),
        Names(story.members, 4, clear=True),
    ]
    return Paper(tuple(blocks), title=title, size=13)


def attendance(story: Story) -> Paper:
    """Return the attendance sheet of the village meeting."""
    names = story.members
    cells = [
        Cell(0, c, label, align="center")
        for c, label in enumerate(("序号", "姓名（签字）", "序号", "姓名（签字）"))
    ]
    half = (len(names) + 1) // 2
    for i, name in enumerate(names):
        row, col = i % half + 1, 2 * (i // half)
        cells += [Cell(row, col, str(i + 1), align="center"), Cell(row, col + 1, f"⟦{name}⟧", align="center")]
    intro = f"时间：{story.village_day}    地点：{story.row.village}便民服务中心"
    topic = f"会议议题：讨论{story.row.name}认定为淘汰类及资产处置事宜"
    blocks: list[Block] = [
        Text(f"{story.place}村民代表会议签到表", "form"),
        Text(intro, "flush"),
        Text(topic, "flush"),
        Grid((16.0, 62.0, 16.0, 62.0), (11,) + (15,) * half, tuple(cells), 13),
        Text(f"应到{story.due}人，实到{story.present}人（本页为第一、二村民小组）。", "flush"),
    ]
    return Paper(tuple(blocks), title="签到表", size=13)
