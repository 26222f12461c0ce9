"""The four properties (四性检测) as a report: of one project check by check, of many a line each.

A report of one project reads its files anew. One of many does not: what would take reading a file is 待人工核验 there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from archivist.core.fourproperties.values import PROPERTIES, Result
from archivist.core.reports.report import Facts, Listing, Report, Words
from archivist.core.reports.table import BAD, GOOD, WAIT, Cell, Table
from archivist.errors import UsageError
from archivist.questions.fourproperties import Examining, chain_told
from archivist.questions.register import known_names, known_projects
from archivist.system.spool import Spool

if TYPE_CHECKING:
    from archivist.core.fourproperties.values import Examined, Judged
    from archivist.core.fourproperties.values import Facts as Known
    from archivist.questions.reports.asked import Asked
    from archivist.workspace.opened import Workspace

NAME, TITLE = "four-properties", "四性检测报告"
_TONES = {Result.PASSED.value: GOOD, Result.FAILED.value: BAD, Result.BY_HAND.value: WAIT}
_WORDS = tuple(result.value for result in Result)
_KEYS = {"passed": Result.PASSED, "failed": Result.FAILED, "by_hand": Result.BY_HAND, "none": Result.NONE}
"""What counts of results are called in ``-f json``."""
_SOFTWARE = "软件检测"
_NOT_READ = "多个项目的报表不重新读取文件，要读文件的检测项记为待人工核验；单个项目的报告逐份读取。"


def four_properties(asked: Asked) -> Report:
    """The report on the four properties.

    Raises:
        UsageError: the register lacks the project, or the township.
    """
    if asked.workspace is None:
        raise UsageError("四性检测要在工作区里进行。")
    code = asked.filters.project
    if code is not None:
        known_projects(asked.index, asked.index.projects.names([code]), [code])
        return _of_one(asked, asked.workspace, code)
    return _of_many(asked, asked.workspace)


def _report(
    asked: Asked, rules_told: str, title: str, summary: tuple[str, ...], sections: Any, records: Any
) -> Report:
    return Report(NAME, title, asked.unit, asked.today.isoformat(), rules_told, summary, sections, records)


# -- of one project ------------------------------------------------------------------------------------------------


def _of_one(asked: Asked, workspace: Workspace, code: str) -> Report:
    examining = Examining(workspace, asked.index, asked.today, chain=chain_told(asked.index))
    ((known, found),) = examining.each([code])
    day = asked.today.isoformat()
    sections = (
        _about(known, found),
        _files(known, found),
        _checks(found, day),
        Words(
            "说明",
            (
                "没有检测的，从来不写通过。待人工核验的，核验后在“核验人”“时间”两栏签名、写日期，"
                "并由经办人在系统里登记核验的结果和看了什么。",
            ),
        ),
    )
    return _report(
        asked,
        workspace.four.told,
        f"{TITLE}（{found.project} {found.name}）",
        (_summed(found),),
        sections,
        found.records,
    )


def _summed(found: Examined) -> str:
    counts = "，".join(f"{result.value} {found.count(result)} 项" for result in Result)
    if found.count(Result.FAILED):
        return f"检测不通过：{counts}。"
    if found.count(Result.BY_HAND):
        return f"没有检测不通过的项；还有待人工核验的，核验完才算检测完：{counts}。"
    return f"检测通过：{counts}。"


def _about(known: Known, found: Examined) -> Facts:
    lists = known.lists
    lines = (
        ("项目", f"{found.project} {found.name}"),
        ("全宗", " ".join(filter(None, (lists.fonds, lists.fonds_name))) or "没有设置"),
        ("档号", lists.code or (f"{len(lists.rows)} 件，按件编号" if lists.numbered else "还没有编")),
        ("件数、页数", f"{len(lists.rows)} 件 {lists.pages} 页"),
        ("检测的文件", f"{len(known.file.documents)} 份"),
    )
    return Facts("检测的是什么", lines)


def _checks(found: Examined, day: str) -> Listing:
    """Each check; who verified it and when, or places to write that."""
    columns = ("性质", "编号", "检测项目", "级别", "结果", "说明", "依据", "核验人", "时间")
    rows = tuple(
        _row(one, day) for one in sorted(found.judged, key=lambda one: PROPERTIES.index(one.rule.property))
    )
    whole = frozenset({"性质", "编号", "结果", "时间"})
    return Listing("检测结果", Table("检测结果", columns, rows, tones=_TONES, whole=whole))


def _row(one: Judged, day: str) -> tuple[Cell, ...]:
    who, when = _SOFTWARE, day
    if one.manual is not None:
        who, when = one.manual.who, one.manual.at[:10]
    elif one.result is Result.BY_HAND:
        who = when = ""
    return (
        one.rule.property,
        one.rule.code,
        one.rule.name,
        one.rule.level,
        one.result.value,
        one.told,
        one.rule.basis,
        who,
        when,
    )


def _files(known: Known, found: Examined) -> Listing:
    """Each paper: how many of its checks went how, and which did not pass."""
    by_document: dict[str, list[tuple[str, Result]]] = {}
    for one in found.files:
        by_document.setdefault(one.document, []).append((one.code, one.answer.result))
    rows = tuple(_of_file(known, document, answers) for document, answers in by_document.items())
    columns = ("材料编号", "文件名", "通过", "不通过", "待人工核验")
    return Listing("文件级检测", Table("文件级检测", columns, rows, whole=frozenset({"材料编号"})))


def _of_file(known: Known, document: str, answers: list[tuple[str, Result]]) -> tuple[Cell, ...]:
    name = next(one.name for one in known.file.documents if one.id == document)

    def codes(result: Result) -> str:
        return "、".join(code for code, found in answers if found is result)

    passed = sum(found is Result.PASSED for _, found in answers)
    return (document, name, f"{passed} 项", codes(Result.FAILED), codes(Result.BY_HAND))


# -- of many -------------------------------------------------------------------------------------------------------


def _of_many(asked: Asked, workspace: Workspace) -> Report:
    townships = None
    if asked.filters.township is not None:
        townships = known_names("township", asked.filters.township, asked.index.projects.values("township"))
    codes = asked.index.projects.codes([], townships, asked.rules.procedure.category)
    kept, sums, clean = Spool(), Counter[str](), 0
    examining = Examining(workspace, asked.index, asked.today, read=False, chain=chain_told(asked.index))
    for known, found in examining.each(codes):
        counts = {key: found.count(result) for key, result in _KEYS.items()}
        sums.update(counts)
        clean += not counts["failed"]
        wrong = [one.rule.code for one in found.judged if one.result is Result.FAILED]
        kept.put(
            {
                "township": known.project.township,
                "project": found.project,
                "name": found.name,
                **counts,
                "failed_checks": wrong,
            }
        )
    total = "，".join(f"{result.value} {sums[key]} 项" for key, result in _KEYS.items())
    summary = (f"检测了 {len(codes)} 个项目，没有不通过项的 {clean} 个；合计{total}。", _NOT_READ)
    columns = ("镇街", "项目编号", "项目名称", *_WORDS, "不通过的检测项")
    listing = Listing(
        "项目",
        Table("项目", columns, (), whole=frozenset({"项目编号"})),
        lambda: map(_line, kept.each()),
        frozenset(_WORDS),
    )
    checks = tuple(
        (rule.code, rule.name, rule.property, rule.level, "人工" if not rule.how else "软件", rule.basis)
        for rule in workspace.four.checks
    )
    listed = Listing(
        "检测项目",
        Table(
            "检测项目",
            ("编号", "检测项目", "性质", "级别", "怎样检测", "依据"),
            checks,
            whole=frozenset({"编号"}),
        ),
    )
    title = TITLE + (f"（{asked.narrowed}）" if asked.narrowed else "")
    return _report(asked, workspace.four.told, title, summary, (listed, listing), kept.each)


def _line(one: Mapping[str, Any]) -> tuple[Cell, ...]:
    counts = (one[key] for key in _KEYS)
    return (one["township"], one["project"], one["name"], *counts, "、".join(one["failed_checks"]))
