"""The papers of a whole archive, drawn from a project's story and scanned as an office would.

A `Leaf` is one dropped file before it is drawn: the paper, where it comes in, how it was scanned. What an anomaly changes
is the leaf, so that what is found is found on the scan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sample_maker import agreements, minutes, records, reports, survey
from sample_maker.blocks import Block, Names, Paper, Parties, RedHead, Signed, Text, paragraphs
from sample_maker.damage import Scan
from sample_maker.drops import scanned
from sample_maker.files import image_pdf
from sample_maker.projects import FULL_NAMES

from support.district.stories import Told, debt_of

SCANNER = Scan(200, "RGB", quality=60, noise=1.2, skew=0.3)

_DISTRICT = """
2024年12月18日，区政府有关领导同志在区行政中心第二会议室主持召开区人民政府专题会议，研究淘汰类帮扶产业项目认定和处置工作。现将会议议定事项纪要如下：
会议听取了{department}关于{name}核查评估和处置建议的汇报。会议认为，该项目认定程序完整，符合村申报、镇街核查、行业主管部门评估的要求，具备集中认定条件。
会议议定：
一、关于{name}
同意认定{name}（项目编号：{code}，投入帮扶资金{amount}万元）为淘汰类。{measures}由{township}人民政府负责，于2025年6月底前完成资产处置和债权债务清算，销号退出。
二、工作要求
会议强调，要严格履行集体资产处置程序，完善归档资料，确保项目资产不流失、群众利益不受损。
"""
_SETTLED = """
项目名称：{name}（项目编号：{code}）
经{township}人民政府、{village}村民委员会和{operator}三方核对，{operator}欠付的土地流转费{debt}万元已于2025年2月20日全部付清，收据附后。债权债务均已结清，无其他债权债务纠纷。
流转土地已全部退还农户，已恢复种粮，农户无异议。
以上情况属实，各方签字盖章确认。
"""


_DISPOSED = """
根据区人民政府专题会议议定事项，结合{name}（项目编号：{code}）实际，制定本方案。
一、资产情况
{assets}
二、处置方式
资产评估后在区农村产权交易平台公开转让，处置收益归{village}集体经济组织所有。
三、组织实施
{township}人民政府负总责，2025年6月底前完成。
"""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One file to be dropped.

    Attributes:
        item: whose papers it is of. name: of the file. paper: what is on it. scan: how it was scanned.
        into: the item into whose folder a person drags it; None when it is put into 收件箱.
    """

    item: int
    name: str
    paper: Paper
    scan: Scan = SCANNER
    into: int | None = None

    def drawn(self, code: str) -> bytes:
        """The scan as a PDF; the same leaf gives the same bytes."""
        return image_pdf(scanned(self.paper, f"{code} {self.name}", self.scan))


def leaves(story: Told) -> tuple[Leaf, ...]:
    """What a whole archive of a project holds: items 1 to 7, and the paper that settles its debt."""
    return tuple(replace(one, paper=_clearly_signed(one.paper)) for one in _leaves(story))


def _clearly_signed(paper: Paper) -> Paper:
    """With a blue pen, as offices ask for."""
    signed = (Signed, Names, Parties)
    return replace(
        paper,
        blocks=tuple(replace(one, clear=True) if isinstance(one, signed) else one for one in paper.blocks),
    )


def township(story: Told, number: str = "〔2024〕21号") -> Paper:
    """The minutes of the township's meeting, sealed."""
    return minutes.township_minutes(story, number, sealed=True)


def _leaves(story: Told) -> Iterator[Leaf]:
    own = story.own
    yield Leaf(1, f"{own.village}摸底调查表.pdf", survey.filled_form(story))
    yield Leaf(2, f"{own.village}核查评估报告.pdf", reports.assessment(story, story.officials[3]))
    yield Leaf(3, f"{own.village}合作协议.pdf", agreements.cooperation(story, short=True))
    yield Leaf(4, f"{own.village}会议记录.pdf", records.record(story))
    yield Leaf(5, f"{own.township}会议纪要.pdf", township(story))
    yield Leaf(6, f"{own.township}部门会议纪要.pdf", department(story))
    yield Leaf(7, f"{own.township}区政府专题会议纪要.pdf", district(story))
    yield Leaf(8, f"{own.village}债权债务清算确认书.pdf", settled(story))
    yield Leaf(8, f"{own.village}资产处置方案.pdf", disposed(story))


def department(story: Told) -> Paper:
    """The minutes of the department's meeting."""
    present = (
        f"{story.own.department}{story.officials[0]}、{story.officials[1]}，区财政局{story.officials[2]}"
    )
    return minutes.department_minutes(
        story, "〔2024〕33号", "专题会议", story.officials[3], "2024年12月2日", present, f"{story.own.township}{story.chair}"
    )  # fmt: skip


def disposed(story: Told) -> Paper:
    """The plan for what is left, in short, as the township issued it."""
    facts = {name: getattr(story.own, name) for name in ("name", "code", "township", "village")}
    blocks: list[Block] = [
        Text(f"{story.own.name}资产处置方案", "title"),
        *paragraphs(_DISPOSED.format(assets=story.assets, **facts)),
        Signed(f"大足区{story.own.township}人民政府", "2025年2月18日", story.township_seal),
    ]
    return Paper(tuple(blocks), title="资产处置方案")


def district(story: Told, decided: str = "") -> Paper:
    """The minutes of the district government; ``decided`` in place of what they decide."""
    facts = {name: getattr(story.own, name) for name in ("name", "code", "amount", "township", "department")}
    text = _DISTRICT.format(measures=story.measures, **facts)
    blocks: list[Block] = [
        RedHead("大足区人民政府专题会议纪要", "〔2024〕46号", "大足区人民政府办公室", "2024年12月18日"),
        Text("研究淘汰类帮扶产业项目认定和处置工作", "form"),
        Text("会议纪要", "form"),
        *paragraphs(decided or text),
        Text(f"出席：{story.own.department}{story.officials[0]}、区财政局{story.officials[1]}", "body"),
        Signed("大足区人民政府办公室", "2024年12月20日印发", "重庆市大足区人民政府办公室"),
    ]
    return Paper(tuple(blocks), title="区人民政府专题会议纪要")


def settled(story: Told, debt: str = "") -> Paper:
    """The paper that settles the debt, sealed by the village and signed by the operator's man."""
    names = ("name", "code", "township", "village", "operator")
    facts = {name: getattr(story.own, name) for name in names}
    blocks: list[Block] = [
        Text("债权债务清算确认书", "title"),
        *paragraphs(_SETTLED.format(debt=debt or debt_of(story), **facts)),
        Signed("", "", label="经营主体代表（签字）：", name=story.legal),
        Signed("", "", label="村民委员会代表（签字）：", name=story.secretary),
        Signed(f"{story.place}民委员会", "2025年2月25日", story.village_seal),
    ]
    return Paper(tuple(blocks), title="债权债务清算确认书")


def unsealed(paper: Paper) -> Paper:
    """The same paper before it was sealed."""
    return replace(
        paper, blocks=tuple(replace(one, seal="") if isinstance(one, Signed) else one for one in paper.blocks)
    )


def unsigned(paper: Paper) -> Paper:
    """The same paper before anybody signed."""
    kept = [replace(one, name="") if isinstance(one, Signed) else one for one in paper.blocks]
    return replace(paper, blocks=tuple(one for one in kept if not isinstance(one, Names)))


def full_name(story: Told) -> str:
    """The department's full name."""
    return FULL_NAMES[story.own.department]
