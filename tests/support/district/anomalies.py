"""What can be wrong with an archive, each as a change of one project's papers before they are drawn, or of what lies in its
folders afterwards. What the checks are to find of each stands in tests/stories/district.toml.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sample_maker import records, survey
from sample_maker.blocks import Block, Cell, Grid, Paper, RedHead, Text

from support.district import papers
from support.district.papers import Leaf, leaves
from support.district.stories import Told, debt_of


@dataclass(frozen=True, slots=True)
class Case:
    """A project of the district and what is dropped for it.

    Attributes:
        broken: the anomalies it has. after: what is done in the folders once all was filed (`ALTERED`, `REMOVED` …).
    """

    story: Told
    leaves: tuple[Leaf, ...]
    broken: tuple[str, ...] = ()
    after: tuple[tuple[str, int], ...] = ()

    def of(self, item: int) -> Leaf:
        """The first leaf of an item."""
        return next(one for one in self.leaves if one.item == item)

    def with_paper(self, item: int, paper: Paper) -> Case:
        """The same case with another paper in place of an item's."""
        return replace(
            self,
            leaves=tuple(replace(one, paper=paper) if one is self.of(item) else one for one in self.leaves),
        )

    def told(self, item: int, **changed: Any) -> Case:
        """The same case, an item's paper drawn from a story in which something was changed."""
        story = replace(self.story, **changed)
        return self.with_paper(item, next(one for one in leaves(story) if one.item == item).paper)

    def registered(self, item: int, **changed: str) -> Case:
        """The same case, an item's paper drawn as if the register said something else."""
        return self.told(item, own=replace(self.story.own, **changed))


ALTERED, REMOVED, UNREAD = "altered", "removed", "unread"
"""What is done afterwards to an item's paper: bytes changed, deleted, another left unread in 收件箱."""

Break = Callable[[Case], Case]
ANOMALIES: dict[str, Break] = {}


def case(story: Told, broken: tuple[str, ...] = ()) -> Case:
    """The project of a story, broken in all these ways."""
    made = Case(story, leaves(story), broken)
    for name in broken:
        made = ANOMALIES[name](made)
    return made


def _anomaly(name: str) -> Callable[[Break], Break]:
    def known(made: Break) -> Break:
        ANOMALIES[name] = made
        return made

    return known


# -- what a meeting said -------------------------------------------------------------------------------------------


@_anomaly("district-refuses")
def _refuses(one: Case) -> Case:
    own = one.story.own
    text = (
        f"2024年12月18日，区政府有关领导同志在区行政中心第二会议室主持召开区人民政府专题会议，研究{own.name}"
        f"（项目编号：{own.code}）集中认定、明确意见事宜。现将会议议定事项纪要如下：\n"
        f"会议听取了{own.department}的汇报。会议认为，该项目债权债务尚未清算，认定依据不充分。\n会议议定：\n"
        f"会议不同意将{own.name}认定为淘汰类，暂不予销号，由{own.township}人民政府补充核查后再报。"
    )
    return one.with_paper(7, papers.district(one.story, text))


@_anomaly("township-defers")
def _defers(one: Case) -> Case:
    told = _reworded(
        one.of(5).paper,
        f"同意{one.story.own.village}申报意见，将{one.story.own.name}初步认定为淘汰类",
        f"{one.story.own.village}申报的{one.story.own.name}暂缓认定",
    )
    return one.with_paper(5, told)


@_anomaly("vote-lost")
def _vote_lost(one: Case) -> Case:
    return one.told(4, due=36, present=30, yes=10, abstain=1)


@_anomaly("no-quorum")
def _no_quorum(one: Case) -> Case:
    return one.told(4, due=36, present=15, yes=15, abstain=0)


# -- seals, signatures, drafts -------------------------------------------------------------------------------------


@_anomaly("one-seal-for-three")
def _one_seal(one: Case) -> Case:
    return one.with_paper(1, _without_seals(survey.filled_form(one.story), keep=1))


@_anomaly("report-unsealed")
def _report_unsealed(one: Case) -> Case:
    return one.with_paper(2, papers.unsealed(one.of(2).paper))


@_anomaly("record-unsigned")
def _record_unsigned(one: Case) -> Case:
    return one.with_paper(4, papers.unsigned(one.of(4).paper))


@_anomaly("minutes-for-discussion")
def _discussion(one: Case) -> Case:
    blocks = one.of(6).paper.blocks
    plain = [block for block in blocks if not isinstance(block, RedHead)]
    head = [
        Text("（讨论稿）", "center"),
        Text(f"{papers.full_name(one.story).removeprefix('重庆市')}专题会议纪要", "title"),
    ]
    return one.with_paper(6, replace(one.of(6).paper, blocks=(*head, *plain)))


@_anomaly("left-open")
def _left_open(one: Case) -> Case:
    told = _reworded(one.of(6).paper, "2024年12月2日", "【待填】")
    return one.with_paper(6, told)


# -- another project's ---------------------------------------------------------------------------------------------


@_anomaly("another-villages-record")
def _another_village(one: Case) -> Case:
    other = replace(
        one.story.own, village="凤鸣山村", township="三驱镇", code="DZ-2018-0777", name="三驱镇凤鸣山村苗木基地项目"
    )  # fmt: skip
    paper = records.record(replace(one.story, own=other))
    return _dragged(one, 4, paper)


@_anomaly("junk-dragged")
def _junk(one: Case) -> Case:
    return _dragged(one, 3, Paper((Text("junk", "body"),), title="junk"))


@_anomaly("one-paper-for-two-items")
def _one_for_two(one: Case) -> Case:
    return _dragged(one, 6, one.of(5).paper, name=one.of(5).name)


@_anomaly("township-minutes-as-departments")
def _wrong_level(one: Case) -> Case:
    paper = papers.township(one.story, "〔2024〕22号")
    return _dragged(one, 6, paper)


@_anomaly("survey-of-another-number")
def _another_number(one: Case) -> Case:
    return _dragged(one.registered(1, code="DZ-2015-0001"), 1, None)


# -- papers that contradict each other -----------------------------------------------------------------------------


@_anomaly("contract-of-another-amount")
def _contract_amount(one: Case) -> Case:
    return one.registered(3, amount=_more(one, "3.33"))


@_anomaly("report-of-another-amount")
def _report_amount(one: Case) -> Case:
    return one.registered(2, amount=_more(one, "-2.44"))


@_anomaly("name-mistyped")
def _mistyped(one: Case) -> Case:
    own = one.story.own
    wrong = own.name.replace(own.village[:2], own.village[0] + "家")
    return one.registered(2, name=wrong)


@_anomaly("survey-of-another-year")
def _year(one: Case) -> Case:
    return one.registered(1, year=str(int(one.story.own.year) - 3))


@_anomaly("survey-of-another-category")
def _category(one: Case) -> Case:
    paper = one.of(1).paper
    ticked = survey.ticks("淘汰")
    return one.with_paper(1, _reworded(paper, ticked, survey.ticks("薄弱")))


@_anomaly("contract-of-another-operator")
def _operator(one: Case) -> Case:
    return one.registered(3, operator="重庆市大足区富源农业开发有限公司")


# -- what is said of debts, reasons, advice ------------------------------------------------------------------------


@_anomaly("debt-without-paper")
def _no_paper(one: Case) -> Case:
    return replace(one, leaves=tuple(leaf for leaf in one.leaves if "债权债务" not in leaf.name))


@_anomaly("less-settled")
def _less(one: Case) -> Case:
    part = f"{Decimal(debt_of(one.story)) / 2:.2f}"
    words = _reworded(
        papers.settled(one.story, part), "债权债务均已结清，无其他债权债务纠纷。", "其余部分尚未付清。"
    )
    return one.with_paper(8, words)


@_anomaly("report-without-claims-of-people")
def _gaps(one: Case) -> Case:
    blocks = one.of(2).paper.blocks
    at = next(
        i for i, block in enumerate(blocks) if isinstance(block, Text) and "利益相关方诉求" in block.text
    )
    return one.with_paper(2, replace(one.of(2).paper, blocks=blocks[:at] + blocks[at + 2 :]))


@_anomaly("report-advises-to-go-on")
def _advice(one: Case) -> Case:
    paper = one.of(2).paper
    told = _reworded(
        paper, "已不具备持续经营条件，符合淘汰类认定条件。", "经营困难是暂时的，不符合淘汰类认定条件。"
    )
    plan = "建议盘活，引进新的市场主体继续经营，暂不退出。"
    return one.with_paper(2, _reworded(told, one.story.plan, plan))


# -- dates ---------------------------------------------------------------------------------------------------------


@_anomaly("township-before-village")
def _too_early(one: Case) -> Case:
    return one.told(5, township_day="2024年8月2日", township_form_day="2024年8月5日")


@_anomaly("report-after-department")
def _report_late(one: Case) -> Case:
    return one.told(2, assessed="2024年12月9日")


@_anomaly("agreement-of-the-future")
def _future(one: Case) -> Case:
    return one.told(3, start="2031年3月5日")


# -- what lies in the folders --------------------------------------------------------------------------------------


@_anomaly("filed-paper-altered")
def _altered(one: Case) -> Case:
    return replace(one, after=(*one.after, (ALTERED, 5)))


@_anomaly("filed-paper-removed")
def _removed(one: Case) -> Case:
    return replace(one, after=(*one.after, (REMOVED, 3)))


# -- how papers are changed ----------------------------------------------------------------------------------------


def _dragged(one: Case, item: int, paper: Paper | None, name: str = "") -> Case:
    """In place of an item's paper, another that a person drags into its folder; None: the same paper."""
    leaf = one.of(item)
    changed = replace(leaf, paper=paper or leaf.paper, into=item, name=name or leaf.name)
    return replace(one, leaves=tuple(changed if kept is leaf else kept for kept in one.leaves))


def _reworded(paper: Paper, words: str, others: str) -> Paper:
    """The same paper with other words in the place of some of its own, which must be there."""
    changed = replace(paper, blocks=tuple(_other_words(block, words, others) for block in paper.blocks))
    if changed == paper:
        raise ValueError(f"the paper does not say {words}")
    return changed


def _other_words(block: Block, words: str, others: str) -> Block:
    if isinstance(block, Text):
        return replace(block, text=block.text.replace(words, others))
    if isinstance(block, Grid):
        cells = tuple(replace(cell, text=cell.text.replace(words, others)) for cell in block.cells)
        return replace(block, cells=cells)
    return block


def _without_seals(paper: Paper, keep: int) -> Paper:
    """The form with only its first ``keep`` seals."""
    left = keep
    blocks: list[Block] = []
    for block in paper.blocks:
        if not isinstance(block, Grid):
            blocks.append(block)
            continue
        cells: list[Cell] = []
        for cell in block.cells:
            cells.append(replace(cell, seal="") if cell.seal and left <= 0 else cell)
            left -= bool(cell.seal)
        blocks.append(replace(block, cells=tuple(cells)))
    return replace(paper, blocks=tuple(blocks))


def _more(one: Case, by: str) -> str:
    return f"{Decimal(one.story.own.amount) + Decimal(by):.2f}"
