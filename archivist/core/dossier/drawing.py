"""What documents draw from a dossier (项目底册): the vocabulary of ``x-source`` that begins with ``dossier.``.

A source returns None where the dossier does not say; the field is then open, or a person's to fill in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from archivist.core.dossier.values import EMPTY, Dossier, Row, day, number, plain

FROM_DOSSIER = "dossier."
"""How these sources are called: what the dossier says nobody says otherwise, but what it lacks a person may say."""

WHEN = ".when"
"""The end of the source that is a day with its hours: a person may add the hours."""

LEVELS = {"village": "村（社区）", "township": "镇街", "department": "部门", "district": "区"}
"""Meetings by level, as sources name them and as the dossier does."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A dossier to draw on; ``on`` is the day of the meeting that a paper is about, "" for the latest of its level."""

    dossier: Dossier = EMPTY
    on: str = ""


_Draw = Callable[[Drawn], Any]
_MEETING = {
    "name": "会议名称",
    "day": "会议日期",
    "place": "会议地点",
    "chair": "主持人",
    "clerk": "记录人",
    "due": "应到人数",
    "present": "实到人数",
    "absent_why": "缺席原因",
    "way": "表决方式",
    "yes": "同意人数",
    "no": "反对人数",
    "abstain": "弃权人数",
    "outcome": "会议意见",
    "number": "纪要编号",
}
_ASSESSMENT = {
    "unit": "评估单位",
    "day": "评估基准日",
    "number": "评估报告编号",
    "reported": "报告日期",
    "value": "评估值",
    "conclusion": "评估结论",
    "advice": "处置建议",
}
_PUBLICITY = {
    "about": "公示内容",
    "place": "公示地点",
    "from": "开始日期",
    "to": "截止日期",
    "days": "公示天数",
    "objections": "异议情况",
    "settled": "处理结果",
}
_REPLACEMENT = {
    "name": "替代项目名称",
    "code": "替代项目编号",
    "by": "实施主体",
    "amount": "投入资金",
    "agreed": "协议日期",
    "agreement_number": "协议编号",
    "title": "确权登记编号",
}
_TABLES = {
    "debts": "债权债务",
    "land": "土地",
    "operators": "经营主体",
    "meetings": "会议",
    "disposals": "处置结果",
    "titles": "确权",
    "replacements": "替代项目",
    "publicities": "公示",
}


def meeting(drawn: Drawn, level: str) -> Row:
    """The meeting of a level that a paper is about; an empty row where there is none."""
    rows = [row for row in drawn.dossier.rows("会议") if row.get("层级") == LEVELS[level]]
    mine = [row for row in rows if row.get("会议日期") == drawn.on] if drawn.on else []
    return max(mine or rows, key=lambda row: str(day(row.get("会议日期")) or ""), default={})


def debts_told(dossier: Dossier) -> str | None:
    """Debts and claims in a sentence, apart from one another (债务2笔5.04万元，其中未结清1笔2.00万元；无债权)."""
    if not dossier.tells("债权债务"):
        return None
    return "；".join(_kind_told(name, dossier.rows("债权债务")) for name in ("债务", "债权")) + "。"


def _kind_told(name: str, rows: Sequence[Row]) -> str:
    mine = [row for row in rows if row.get("类型") == name]
    still = [row for row in mine if row.get("是否结清") == "未结清"]
    if not mine:
        return f"无{name}"
    rest = f"，其中未结清{len(still)}笔{_sum(still)}万元" if still else "，均已结清"
    return f"{name}{len(mine)}笔{_sum(mine)}万元{rest}"


def _sum(rows: Iterable[Row]) -> str:
    added = sum((number(row.get("金额")) or Decimal(0) for row in rows), Decimal(0))
    return f"{max(added, Decimal(0)):.2f}" if added == added.quantize(Decimal("0.01")) else plain(added)


def _assets(drawn: Drawn) -> list[dict[str, str]] | None:
    """The assets, each with the number it was registered under (确权), also where only that section says it."""
    if not drawn.dossier.tells("资产"):
        return None
    registered: dict[str, str] = {}
    for title in drawn.dossier.rows("确权"):
        if title.get("资产编号"):
            registered.setdefault(title["资产编号"], title.get("确权登记编号", ""))
    disposed = {row["资产编号"]: row for row in drawn.dossier.rows("处置结果")}
    out = []
    for row in drawn.dossier.rows("资产"):
        key = row.get("资产编号", "")
        beside = {
            "确权登记编号": registered.get(key, ""),
            "处置方式": disposed.get(key, {}).get("处置方式", ""),
        }
        out.append({**{name: text for name, text in beside.items() if text}, **row})
    return out


def _table(section: str) -> _Draw:
    def rows(drawn: Drawn) -> list[dict[str, str]] | None:
        return [dict(row) for row in drawn.dossier.rows(section)] if drawn.dossier.tells(section) else None

    return rows


def _first(section: str, field: str) -> _Draw:
    return lambda drawn: drawn.dossier.first(section).get(field)


def _last(section: str, field: str) -> _Draw:
    return lambda drawn: (drawn.dossier.rows(section) or ({},))[-1].get(field)


def _of_meeting(level: str, field: str) -> _Draw:
    return lambda drawn: meeting(drawn, level).get(field)


def _when(level: str) -> _Draw:
    def when(drawn: Drawn) -> str | None:
        row = meeting(drawn, level)
        return row["会议日期"] + row.get("起止时间", "") if "会议日期" in row else None

    return when


def _absent(level: str) -> _Draw:
    def absent(drawn: Drawn) -> int | None:
        row = meeting(drawn, level)
        due, present = number(row.get("应到人数")), number(row.get("实到人数"))
        return None if due is None or present is None else int(due - present)

    return absent


def _replacement(drawn: Drawn) -> str | None:
    """The replacement projects in sentences; that there is none, where the dossier says so."""
    if not drawn.dossier.tells("替代项目"):
        return None
    told = []
    for row in drawn.dossier.rows("替代项目"):
        parts = [
            f"引入替代项目“{row['替代项目名称']}”" if "替代项目名称" in row else "引入替代项目",
            f"由{row['实施主体']}实施" if "实施主体" in row else "",
            f"投入资金{row['投入资金']}万元" if "投入资金" in row else "",
            f"{row['协议日期']}签订协议" if "协议日期" in row else "",
            f"确权登记编号{row['确权登记编号']}" if "确权登记编号" in row else "",
        ]
        told.append("，".join(part for part in parts if part) + "。")
    return "".join(told) or "没有引入替代项目。"


def _publicity(drawn: Drawn) -> str | None:
    row = (drawn.dossier.rows("公示") or ({},))[-1]
    if "开始日期" not in row or "截止日期" not in row:
        return None
    place = f"在{row['公示地点']}" if "公示地点" in row else ""
    days = f"，共{row['公示天数']}天" if "公示天数" in row else ""
    after = f"，{row['异议情况']}" if "异议情况" in row else ""
    return f"{row['开始日期']}至{row['截止日期']}{place}公示{days}{after}。"


def _sources() -> Mapping[str, _Draw]:
    found: dict[str, _Draw] = {"assets": _assets}
    found |= {name: _table(section) for name, section in _TABLES.items()}
    found |= {
        "debts_told": lambda drawn: debts_told(drawn.dossier),
        "replacement": _replacement,
        "publicity": _publicity,
    }
    found |= {f"assessment.{name}": _first("评估", field) for name, field in _ASSESSMENT.items()}
    found |= {f"replacement.{name}": _first("替代项目", field) for name, field in _REPLACEMENT.items()}
    found |= {f"publicity.{name}": _last("公示", field) for name, field in _PUBLICITY.items()}
    for level in LEVELS:
        found |= {f"{level}.{name}": _of_meeting(level, field) for name, field in _MEETING.items()}
        found |= {f"{level}{WHEN}": _when(level), f"{level}.absent": _absent(level)}
    return {f"{FROM_DOSSIER}{name}": draw for name, draw in found.items()}


DRAWS = _sources()
"""Every name, with what it draws."""
