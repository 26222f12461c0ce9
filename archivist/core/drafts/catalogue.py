"""The plan's catalogue (归档目录, 附件4) as rows: its items and what there is for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from archivist.core.catalogue.itemname import item_name
from archivist.core.drafts.clean import MISSING, OPEN
from archivist.core.drafts.sources import official_date
from archivist.core.project import Project
from archivist.core.rules import ItemRule

WAIVED = "免交"
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One document (件) the index knows for a project.

    ``date`` is ISO, ``pages`` its number of pages, ``original`` 原件 or 复印件; ``None`` means that the index
    does not know. ``filed`` is False while a person has not confirmed it (待确认). ``blank`` of the pages carry nothing:
    页数 is that of the pages with words or pictures (DA/T 22), the blank backs are told beside it.
    """

    item: int
    title: str
    date: str | None = None
    pages: int | None = None
    original: str | None = None
    note: str = ""
    filed: bool = True
    blank: int = 0


def catalogue_rows(
    items: Sequence[ItemRule],
    entries: Sequence[CatalogueEntry],
    project: Project,
    waived: Mapping[int, str] | None = None,
    states: Mapping[int, str] | None = None,
) -> list[dict[str, Any]]:
    """Return one row per item, in the plan's order, each with its documents in the order of their dates.

    Args:
        waived: items that need not be there (免交): why, who and when.
        states: what is to be told of items whose papers are wrong (不合格) or must be looked at (待核), with reasons.
    """
    free, told = waived or {}, states or {}
    return [
        {
            "序号": str(item.number),
            "归档内容": item_name(item, project),
            "备注": item.remark,
            "材料": _documents(
                item,
                [entry for entry in entries if entry.item == item.number],
                free.get(item.number),
                told.get(item.number, ""),
            ),
        }
        for item in items
    ]


def _documents(
    item: ItemRule, entries: Sequence[CatalogueEntry], waived: str | None, state: str
) -> list[dict[str, str]]:
    if not entries and waived:
        note = "；".join(part for part in (item.remark, waived) if part)
        return [_document(WAIVED, NOTHING, NOTHING, NOTHING, note)]
    if not entries:
        title = MISSING if item.required else "无"
        return [_document(title, NOTHING, NOTHING, NOTHING, item.remark)]
    ordered = sorted(entries, key=lambda entry: (entry.date is None, entry.date or ""))
    return [
        _document(
            entry.title or OPEN,
            _day(entry.date),
            OPEN if entry.pages is None else str(entry.pages - entry.blank),
            entry.original or OPEN,
            "；".join(part for part in (state if at == 0 else "", *_notes(item, entry)) if part),
        )
        for at, entry in enumerate(ordered)
    ]


def _notes(item: ItemRule, entry: CatalogueEntry) -> tuple[str, ...]:
    blank = f"另有空白页{entry.blank}页" if entry.blank else ""
    return (item.remark, entry.note, blank, "" if entry.filed else "待确认")


def _document(title: str, day: str, pages: str, original: str, note: str) -> dict[str, str]:
    return {"题名": title, "日期": day, "页数": pages, "原件或复印件": original, "备注": note}


def _day(iso: str | None) -> str:
    if iso is None:
        return OPEN
    try:
        return official_date(date.fromisoformat(iso))
    except ValueError:
        return iso
