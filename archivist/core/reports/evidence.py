"""The auditor's sheet of evidence (证据表) of one project, as values: what it is, its papers item by item, what was found.

What stands on each page is `spots`; the pictures are made by whoever can open files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from archivist.core.catalogue.completeness import Completeness
from archivist.core.catalogue.itemname import item_name
from archivist.core.checks.values import Finding, ProjectFile
from archivist.core.document import Holding
from archivist.core.evidence import grade
from archivist.core.model import Severity
from archivist.core.override import Override
from archivist.core.page import Page
from archivist.core.paper.whereabouts import part_of_page, where_quoted
from archivist.core.reports.report import Facts, Listing, Words
from archivist.core.reports.spots import LEVELS, Spot, shown
from archivist.core.reports.table import BAD, GOOD, WAIT, Table
from archivist.core.rules import ItemRule

SHORT = 12
"""Digits of a sha256 that are printed: the whole one is in -f json and in 档案元数据.json."""
_MOST_TITLE = 40
_TONES = {"错误": BAD, "提醒": WAIT, "负责人核定": WAIT, "齐全": GOOD, "缺件": BAD, "不合格": BAD}
NOTHING_SEEN = "这一页上没有印章、签字和日期，也没有检查用到的话。"
_OF_SOFTWARE = "软件按规则归档"

Judged = tuple[Finding, Override | None]
"""A finding, and what overrides it (负责人核定)."""


class PaperPage(NamedTuple):
    """One page of a filed paper.

    Attributes:
        number: of its source, 1-based. spots: what was found on it, numbered.
        laid_out: pages that LibreOffice lays the paper out on; ``number`` is one of them then. 0 for pages of its own.
        rotation: the clockwise turn that makes its image upright.
        refused: why its paper is not shown as evidence (altered, gone), "" where it may be.
    """

    paper: Holding
    number: int
    spots: tuple[Spot, ...]
    refused: str = ""
    rotation: int = 0
    laid_out: int = 0

    @property
    def place(self) -> str:
        """第 1 页（共 2 页）, and where that is in the scan it was cut from."""
        if self.laid_out:
            return f"第 {self.number} 页（共 {self.laid_out} 页；由软件排版，分页可能与原件不同）"
        paper = self.paper
        own, pages = self.number - paper.first + 1, paper.last - paper.first + 1
        cut = f"；在收到的文件里是第 {self.number} 页" if paper.first > 1 else ""
        return f"第 {own} 页（共 {pages} 页{cut}）"

    @property
    def caption(self) -> str:
        """What stands over its picture."""
        return f"{self.paper.project or ''}　{self.paper.id}《{title_of(self.paper)}》　{self.place}"

    @property
    def alt(self) -> str:
        """What its picture shows, for who cannot see it."""
        framed = "、".join(
            f"{spot.number} {spot.label}（{part_of_page(spot.boxes[0])}）"
            for spot in self.spots
            if spot.boxes
        )
        said = f"框出：{framed}" if framed else "没有框出什么"
        return f"{self.paper.id}《{title_of(self.paper)}》{self.place}的图像，{said}"

    def lines(self, pictured: bool) -> tuple[tuple[str, str], ...]:
        """What was found on it, a line each; ``pictured``: beside a picture, in which things are outlined."""
        return tuple(shown(spot, pictured) for spot in self.spots) or (("", NOTHING_SEEN),)

    def record(self) -> dict[str, Any]:
        """As ``-f json`` prints it."""
        paper = self.paper
        return {
            "record": "page",
            "project": paper.project,
            "item": paper.item,
            "document": paper.id,
            "page": self.number - paper.first + 1,
            "source_page": self.number,
            "sha256": paper.file.sha256,
            "refused": self.refused or None,
            "spots": [spot.record() for spot in self.spots],
        }


def on_pages_laid_out(pages: Sequence[PaperPage], laid_out: Sequence[Page], most: int) -> list[PaperPage]:
    """A paper without pages of its own on those that it was laid out on, at most ``most``: what was found, where its words
    stand now; what is not found again stands with the first page.
    """
    shown_ = laid_out[:most]
    there: list[list[Spot]] = [[] for _ in shown_]
    for spot in (spot for page in pages for spot in page.spots):
        placed = ((at, where_quoted(page, spot.quote)) for at, page in enumerate(shown_))
        at, boxes = next(((at, boxes) for at, boxes in placed if boxes), (0, ()))
        there[at].append(replace(spot, page=at + 1, boxes=boxes, number=len(there[at]) + 1))
    paper = pages[0].paper
    return [
        PaperPage(paper, page.number, tuple(spots), laid_out=len(laid_out))
        for page, spots in zip(shown_, there, strict=True)
    ]


def title_of(one: Holding) -> str:
    """A paper's title, else the name people find it under; shortened."""
    title = one.title or one.name
    return title if len(title) <= _MOST_TITLE else f"{title[: _MOST_TITLE - 1]}…"


def chosen(pages: Sequence[PaperPage], most: int) -> list[PaperPage]:
    """At most ``most`` of ``pages``, in their order: those on which something was found come before the others."""
    if len(pages) <= most:
        return list(pages)
    telling = [at for at, page in enumerate(pages) if page.spots]
    silent = [at for at, page in enumerate(pages) if not page.spots]
    return [pages[at] for at in sorted((telling + silent)[: max(most, 0)])]


def left_out(pages: Sequence[PaperPage], kept: Sequence[PaperPage]) -> tuple[str, ...]:
    """What of ``pages`` is not shown, a line for each paper; nothing where all are."""
    shown_ = {(page.paper.id, page.number) for page in kept}
    gone: dict[str, list[int]] = {}
    for page in pages:
        if (page.paper.id, page.number) not in shown_:
            gone.setdefault(page.paper.id, []).append(page.number - page.paper.first + 1)
    return tuple(
        f"{paper}：第 {ranges(numbers)} 页没有列出，共 {len(numbers)} 页。" for paper, numbers in gone.items()
    )


def ranges(numbers: Iterable[int]) -> str:
    """1、3—5: numbers in order, runs of them together."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(str(first) if first == last else f"{first}—{last}" for first, last in runs)


def about(file: ProjectFile, unit: str = "") -> Facts:
    """What the project is, by the register (台账)."""
    one = file.register
    told: list[tuple[str, str]] = [("项目编号", file.code), ("项目名称", file.name)]
    if one is not None:
        amount = "" if one.amount is None else f"{one.amount} 元"
        told += [
            ("镇街", one.township),
            ("村（社区）", one.village),
            ("建设年度", one.year),
            ("投入帮扶资金", amount),
            ("主管部门", one.department),
            ("经营主体", one.operator),
            ("资产权属", one.ownership),
            ("债权债务", one.debts),
        ]
    told += [
        ("项目类别", file.category or "台账没有写"),
        ("曾用编号、名称", "；".join(f"{old} {name}".strip() for old, name in file.formerly)),
        ("台账", "已移出台账" if file.retired else ""),
        ("销号", _gate(file)),
        ("制表单位", unit),
    ]
    return Facts("项目情况", tuple((label, words) for label, words in told if words))


def _gate(file: ProjectFile) -> str:
    gate = file.gate
    if gate is not None and gate.standing:
        return "已销号" if gate.decision is None else f"已销号（{gate.decision.at[:10]}）"
    if file.proposal is not None:
        return f"没有销号，{file.proposal.told}，等待另一人确认"
    return "没有销号" if gate is None else "销号后重新打开，现在没有销号"


def of_item(file: ProjectFile, item: ItemRule, stands: Completeness) -> Words:
    """How far the project is with an item, and why it may be waived (免交)."""
    name = item_name(item, file.register) if file.register is not None else item.name
    told = [f"状态：{stands.of(item.number).told}。"]
    waiver = file.waivers.get(item.number)
    if waiver is not None:
        told.append(f"免交：{waiver.told}，以 {waiver.document} 为凭。")
    told += [f"免交已经失效：{one.told}。" for one in file.void if one.item == item.number]
    waiting = [one for one in file.waiting if one.item == item.number]
    told += [f"待确认：{one.called}，还没有归档，不作为依据。" for one in waiting]
    remark = f"（备注“{item.remark}”）" if item.remark else ""
    told.append(f"依据：{item.clause}{remark}。")
    return Words(f"第{item.number}项　{name}", tuple(told))


def papers(held: Sequence[Holding], refused: Mapping[str, str], of_item: int | None = None) -> Listing:
    """Filed papers; ``refused`` says by number why one is not shown as evidence.

    Args:
        of_item: the item whose they are; None for those of all, each says which it is of.
    """
    rows = tuple(
        (
            *((one.item,) if of_item is None else ()),
            one.id,
            one.title or one.name,
            "　".join(filter(None, (one.date or "日期没有读出", one.issuer or one.responsible))),
            one.original or "没有写明",
            refused.get(one.id) or grade(one).state.value,
            one.decided_by or _OF_SOFTWARE,
            (one.path_sha256 or one.file.sha256)[:SHORT],
        )
        for one in held
    )
    columns = (
        "编号",
        "题名",
        "日期和出具单位",
        "原件或复印件",
        "材料状态",
        "谁归档",
        f"校验码（前{SHORT}位）",
    )
    heading = "归档的材料" if of_item is None else f"第{of_item}项归档的材料"
    heads = ("项", *columns) if of_item is None else columns
    return Listing(heading, Table(heading, heads, rows, whole=frozenset({"编号"})))


def found(judged: Sequence[Judged]) -> Listing:
    """What the checks found on the project, the gravest first."""
    order = (Severity.ERROR, Severity.WARNING, Severity.INFO)
    ranked = sorted(judged, key=lambda one: order.index(one[0].severity))
    rows = tuple(
        (
            "负责人核定" if override is not None else LEVELS[finding.severity],
            finding.item,
            _said(finding) + (override.told if override is not None else ""),
            finding.document,
            finding.page,
            finding.clause,
        )
        for finding, override in ranked
    )
    columns = ("级别", "项", "问题", "材料", "页", "依据")
    told, whole = f"共 {len(rows)} 处；页是在收到的文件里的页。", frozenset({"级别", "材料"})
    table = Table("检查发现的问题", columns, rows, told, whole=whole, tones=_TONES)
    return Listing("检查发现的问题", table)


def _said(finding: Finding) -> str:
    return f"{finding.told}原文“{finding.quote}”。" if finding.quote else finding.told


def void_overrides(file: ProjectFile) -> Iterator[str]:
    """Overrides (负责人核定) that hold no longer, a sentence each."""
    for one in file.overrides:
        why = one.void(file.documents)
        if why:
            yield f"负责人核定已经失效：{one.document} {why}。原来{one.told}。"


def in_short(judged: Sequence[Judged], stands: Completeness, pages: int, kept: int) -> tuple[str, ...]:
    """The answer before all else."""
    left = [finding for finding, override in judged if override is None]
    errors = sum(one.severity is Severity.ERROR for one in left)
    warnings = sum(one.severity is Severity.WARNING for one in left)
    over = len(judged) - len(left)
    told = [
        f"必须归档的 {sum(one.required for one in stands.items)} 项，"
        + ("全部齐全。" if stands.complete else "还没有齐全。"),
        f"检查发现错误 {errors} 处、提醒 {warnings} 处" + (f"，负责人核定 {over} 处。" if over else "。"),
        f"归档材料共 {pages} 页，列出 {kept} 页。" if kept < pages else f"归档材料共 {pages} 页，全部列出。",
    ]
    return tuple(told)
