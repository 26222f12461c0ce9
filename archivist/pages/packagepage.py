"""index.html of a package (移交包): what it is, whose, complete by which rule, who decided what when, unaltered since.

Static, without script: it is read from a stick in twenty years, and printed. That a project is not wound up stands on
every page of it, on paper too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archivist.core.package.bag import NOT_WOUND_UP, SCRIPT, VERIFIER, root_told
from archivist.core.package.contents import COPIES, Act, Contents, Item, Paper
from archivist.core.package.proof import CLAIMS, EVENTS
from archivist.core.package.records import title
from archivist.core.rootcode import RootCode
from archivist.pages.html import fill

_MOST_ACTS = 200


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper; links are from the page."""

    name: str
    link: str
    told: str
    searchable: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One of the catalogue's items; ``tone`` is its state's CSS class."""

    number: str
    name: str
    clause: str
    state: str
    tone: str
    papers: tuple[PaperLine, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """A further document of the package."""

    name: str
    link: str


@dataclass(frozen=True, slots=True)
class PackagePage:
    """What the page says. ``banner`` is "" for a project that is wound up; ``acts`` are the newest, ``more`` how many
    others the slice of the log holds.
    """

    code: str
    name: str
    about: str
    banner: str
    what: str
    whose: tuple[str, ...]
    rule: str
    complete: str
    whole: bool
    decided: tuple[str, ...]
    root: str
    rooted: bool
    items: tuple[ItemLine, ...]
    others: tuple[Linked, ...]
    acts: tuple[Act, ...]
    more: int
    left: tuple[str, ...]
    by: str
    verifier: str
    script: str
    events: str
    claims: str


def package_html(contents: Contents, payload: Sequence[str]) -> bytes:
    """The page's bytes.

    Args:
        payload: every file of the payload, below its folder.
    """
    one = contents
    known = {paper.path for paper in one.papers} | {f"{COPIES}/{paper.searchable}" for paper in one.papers}
    page = PackagePage(
        one.code,
        one.name,
        "　".join(filter(None, (one.township, one.village, one.department, one.category))),
        "" if one.wound_up else _banner(one),
        f"帮扶产业项目的电子档案移交包：{len(one.papers)} 件归档材料和目录、元数据、事件证明，"
        f"共 {len(payload)} 个文件；{one.day} 由{one.by}导出。",
        tuple(_whose(one)),
        _rule(one),
        _complete(one),
        one.complete,
        tuple(_decided(one)),
        root_told(one.root),
        not RootCode(one.root).empty,
        tuple(_item(item, one.papers) for item in one.items),
        tuple(Linked(name, f"data/{name}") for name in payload if name not in known),
        one.acts[-_MOST_ACTS:],
        max(0, len(one.acts) - _MOST_ACTS),
        one.left,
        f"{one.agency or one.by}，{one.day}",
        VERIFIER,
        SCRIPT,
        f"data/{EVENTS}",
        f"data/{CLAIMS}",
    )
    return fill("package.html", page=page).encode("utf-8", "replace")


def _banner(one: Contents) -> str:
    wrong = "归档内容齐全，还没有办理销号" if one.complete else f"归档内容不齐全（{_numbers(one)}）"
    return f"{NOT_WOUND_UP}：导出时项目没有销号，{one.reopened or wrong}。这个包不能作为销号的依据。"


def _numbers(one: Contents) -> str:
    return "，".join(f"第 {item.number} 项{item.state}" for item in one.missing)


def _whose(one: Contents) -> list[str]:
    place = "　".join(filter(None, (one.township, one.village)))
    return [
        f"项目 {one.code}　{one.name}",
        *([f"所在：{place}"] if place else []),
        f"主管部门：{one.department or '台账没有写'}；类别：{one.category or '台账没有写'}",
        f"移交单位：{one.agency or '没有填写'}",
    ]


def _rule(one: Contents) -> str:
    required = sum(item.required for item in one.items)
    clauses = "；".join(dict.fromkeys(item.clause for item in one.items if item.clause))
    return f"按归档目录的 {len(one.items)} 项归档内容（其中 {required} 项必须有）核对。依据：{clauses}"


def _complete(one: Contents) -> str:
    return (
        "齐全：必须有的各项都有，核对没有发现问题，或已说明、核定。"
        if one.complete
        else f"不齐全：{_numbers(one)}。"
    )


def _decided(one: Contents) -> list[str]:
    if one.wound_up:
        return [f"已销号：{one.decided}。"]
    return [
        f"{NOT_WOUND_UP}：{one.reopened}。" if one.reopened else f"{NOT_WOUND_UP}：还没有人作出销号决定。"
    ]


def _item(item: Item, papers: Sequence[Paper]) -> ItemLine:
    tone = "ok" if item.enough else "gap"
    own = tuple(_paper(one) for one in papers if one.item == item.number)
    return ItemLine(
        str(item.number), item.name, item.clause, item.state, tone if item.required else "none", own
    )


def _paper(one: Paper) -> PaperLine:
    told = [
        title(one) if title(one) not in one.name else "",
        one.responsible,
        one.date or "日期不明",
        f"{one.pages} 页" if one.pages is not None else "",
        one.original,
        one.remark,
        f"材料 {one.id}",
    ]
    searchable = f"data/{COPIES}/{one.searchable}" if one.searchable else ""
    return PaperLine(one.name, f"data/{one.path}", "，".join(filter(None, told)), searchable)
