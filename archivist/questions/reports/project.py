"""One project's sheet (项目页): its items, the papers filed for each with their pages, what is wrong, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from archivist.core.catalogue.completeness import Completeness
from archivist.core.catalogue.itemname import item_name
from archivist.core.catalogue.states import completeness, known
from archivist.core.checks.values import ProjectFile
from archivist.core.describe import describe
from archivist.core.document import Holding
from archivist.core.evidence import EDITABLE_KINDS, grade
from archivist.core.reports.listings import TONES, verdict
from archivist.core.reports.report import Facts, Listing, Report, Section
from archivist.core.reports.table import Cell, Table
from archivist.core.words.seen import THERE
from archivist.questions.check import Examined, examined
from archivist.questions.evidence import lost_evidence
from archivist.questions.reports.evidence import Standing
from archivist.questions.reports.findings import SEVERITIES, finding_told

if TYPE_CHECKING:
    from archivist.questions.reports.asked import Asked

OPEN = "还没有销号"
_MOST_TOLD = 5


def project_report(asked: Asked, code: str, name: str, title: str) -> Report:
    """The sheet of one project, a part of the report ``name``; UsageError when the register has none of that number."""
    (one,) = examined(asked.index, asked.rules, asked.today, [code])
    file = known(one.file, asked.rules)
    state = completeness(file, asked.rules, one.findings)
    lost = lost_evidence(asked.index, {code}).get(code, "")
    wrong = _wrong(file, asked)
    sections: tuple[Section, ...] = (
        _facts(file, lost),
        _items(file, state, asked, wrong),
        _papers(file, asked, wrong),
        _problems(one),
        *_gallery(asked),
    )
    left = [item for item in state.items if item.required and item.state.value not in {"齐全", "免交"}]
    told = (
        f"{verdict(state)}：必须有的 {sum(item.required for item in state.items)} 项，还差 {len(left)} 项。"
    )
    return Report(
        name,
        f"{title}（{file.code} {file.name}）",
        asked.unit,
        asked.today.isoformat(),
        asked.basis,
        (told, *_warning(wrong)),
        sections,
        lambda: _records(file, state, asked),
    )


def _wrong(file: ProjectFile, asked: Asked) -> dict[str, str]:
    """What is wrong with filed papers as they lie there now, by number: every one is read."""
    standing = Standing(asked.store)
    told = ((one.id, standing.became(one)) for rule in asked.rules.items for one in file.of(rule.number))
    return {document: what for document, what in told if what}


def _warning(wrong: dict[str, str]) -> tuple[str, ...]:
    if not wrong:
        return ()
    named = "；".join(f"{document} {what}" for document, what in sorted(wrong.items())[:_MOST_TOLD])
    more = f"等 {len(wrong)} 份" if len(wrong) > _MOST_TOLD else ""
    return (
        f"注意：归档的文件{named}{more}。这几份不能作为依据，下面各项的状态是它们还在时核对的；请先放回原件，再出报表。",
    )


def _gallery(asked: Asked) -> tuple[Section, ...]:
    """Pictures of the evidence, page by page."""
    from archivist.questions.reports.evidence import project_gallery

    return project_gallery(asked)


def _facts(file: ProjectFile, lost: str) -> Facts:
    about = file.register
    gate = file.gate
    closed = f"{gate.at[:10]} 已销号" if gate is not None and gate.standing else OPEN
    lines = [("项目编号", file.code), ("项目名称", file.name)]
    if file.formerly:
        lines.append(
            ("曾用编号、曾用名", "；".join(f"{code} {name}".strip() for code, name in file.formerly))
        )
    if about is not None:
        lines += [
            ("镇街、村（社区）", f"{about.township} {about.village}".strip()),
            ("主管部门", about.department),
            ("建设年度", about.year),
            ("经营主体", about.operator),
        ]
    lines.append(("类别", file.category or "没有写"))
    lines.append(("销号", f"{closed}，但是{lost}" if lost else closed))
    if file.retired:
        lines.append(("台账", "已移出台账"))
    return Facts("项目", tuple((name, words or "没有写") for name, words in lines))


def _items(file: ProjectFile, state: Completeness, asked: Asked, wrong: dict[str, str]) -> Listing:
    rows: list[tuple[Cell, ...]] = []
    for item in state.items:
        papers = file.of(item.item)
        waiver = file.waivers.get(item.item)
        why = "、".join(item.reasons) or (waiver.told if waiver is not None else "")
        if lost := [f"{one.id} {wrong[one.id]}" for one in papers if one.id in wrong]:
            why = "、".join(filter(None, (*lost, why)))
        counted = [pages for one in papers if (pages := pages_of(one, asked)) is not None]
        rows.append(
            (
                item.item,
                _called(file, asked, item.item),
                f"{item.state.value}（材料有问题）" if lost else item.state.value,
                why,
                len(papers),
                sum(counted) if len(counted) == len(papers) else None,
                len([one for one in file.waiting if one.item == item.item]),
            )
        )
    columns = ("序号", "归档内容", "状态", "原因", "份数", "页数", "待确认（份）")
    note = "页数空着的，有 Word、Excel 文件，打印以后才有页数。"
    notes = (note,) if any(row[-2] is None for row in rows) else ()
    table = Table("各项归档内容", columns, tuple(rows), notes=notes, tones=TONES)
    return Listing("各项归档内容", table, totals=frozenset({"份数", "页数", "待确认（份）"}))


def _called(file: ProjectFile, asked: Asked, number: int) -> str:
    """What an item is called for this project, with its township, village and department."""
    rule = asked.rules.item(number)
    return rule.name if file.register is None else item_name(rule, file.register)


def _papers(file: ProjectFile, asked: Asked, wrong: dict[str, str]) -> Listing:
    rows = tuple(
        (
            one.item,
            one.id,
            one.title or one.name,
            one.date,
            f"{one.first}-{one.last}" if one.first != one.last else str(one.first),
            pages_of(one, asked),
            THERE[one.sealed],
            THERE[one.signed],
            grade(one).state.value,
            one.original,
            wrong.get(one.id, "完好（出报表时核对）"),
            one.name,
        )
        for rule in asked.rules.items
        for one in file.of(rule.number)
    )
    columns = (
        *(
            "项",
            "材料编号",
            "题名",
            "日期",
            "在来件的第几页",
            "页数",
            "印章",
            "签字",
            "材料状态",
            "原件或复印件",
        ),
        *("归档文件", "文件名"),
    )
    table = Table("已归档的材料", columns, rows, whole=frozenset({"项", "材料编号"}))
    return Listing("已归档的材料", table, totals=frozenset({"页数"}))


def pages_of(one: Holding, asked: Asked) -> int | None:
    """How many pages with writing (DA/T 22); None of what has none until it is printed (Word, Excel)."""
    if one.file.kind in EDITABLE_KINDS:
        return None
    return one.last - one.first + 1 - asked.index.pages.blank(one.source, one.first, one.last)


def _problems(one: Examined) -> Listing:
    rows = tuple(
        (
            finding.item,
            "负责人核定" if one.override(finding) is not None else SEVERITIES[finding.severity],
            finding_told(finding, one.override(finding)),
            finding.document,
            finding.page,
            finding.clause,
        )
        for finding in one.findings
    )
    columns = ("项", "程度", "问题", "材料编号", "页", "依据")
    table = Table("检查发现的问题", columns, rows, whole=frozenset({"项", "材料编号"}), tones=TONES)
    return Listing("检查发现的问题", table)


def _records(file: ProjectFile, state: Completeness, asked: Asked) -> Iterator[dict[str, Any]]:
    about = file.register
    for item in state.items:
        yield {
            "level": "item",
            "project": file.code,
            "name": file.name,
            "township": about.township if about is not None else "",
            "item": item.item,
            "called": _called(file, asked, item.item),
            "state": item.state.value,
            "reasons": list(item.reasons),
            "papers": [_paper(one) for one in file.of(item.item)],
            "waiting": [one.id for one in file.waiting if one.item == item.item],
        }


def _paper(one: Holding) -> dict[str, Any]:
    told = describe(one)
    keys = ("id", "title", "date", "pages", "sealed", "signed", "evidence", "path", "sha256")
    return {**{key: told[key] for key in keys}, "wrong": one.wrong or None}
