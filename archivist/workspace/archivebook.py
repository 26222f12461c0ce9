"""Read schemas/archive.toml: how papers are numbered and kept as an archive. All mistakes at once, with file and key."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from archivist.core.archive.rules import ArchiveRules, Period
from archivist.workspace.rulefile import RuleFile, RuleTable, raise_if_wrong

_DIGITS, _PLACES = (4, 6), (3, 4)


def load_archive(path: Path, items: Collection[int]) -> ArchiveRules:
    """The rules in the file ``path``; ``items`` are the numbers of the catalogue's.

    Raises:
        SettingsError: it is missing, does not parse, or holds what is not allowed (all of it named).
    """
    file = RuleFile(path)
    table = file.toml()
    table.get("schema")
    number = table.table("number")
    digits, places = _within(number, "digits", _DIGITS), _within(number, "places", _PLACES)
    number_basis = number.text("basis")
    number.done()
    periods = tuple(_period(one) for one in table.tables("period", "name"))
    names = [one.name for one in periods]
    if len(set(names)) < len(names) or len({one.code for one in periods}) < len(names) or not names:
        table.wrong("period", "应有一项以上，名称和代号都不能重复")
    by_name = {one.name: one for one in periods} or {"": Period("", "")}
    retention = table.table("retention")
    default = by_name[retention.choice("default", list(by_name))]
    basis = retention.text("basis")
    of_items = {}
    for one in retention.tables("item", "item", optional=True):
        at = one.number("item")
        if at not in items:
            one.wrong("item", f"应为归档目录的序号（{'、'.join(map(str, items))}），现为 {at}")
        of_items[at] = by_name[one.choice("period", list(by_name))]
        one.done()
    retention.done()
    table.done()
    raise_if_wrong(file)
    return ArchiveRules(periods, of_items, default, basis, number_basis, digits, places)


def _within(table: RuleTable, key: str, allowed: tuple[int, int]) -> int:
    low, high = allowed
    found = table.number(key, low)
    if not low <= found <= high:
        table.wrong(key, f"应为 {low} 到 {high}，现为 {found}")
        return low
    return found


def _period(table: RuleTable) -> Period:
    found = Period(table.text("name"), table.text("code"))
    if found.code != "Y" and not (
        found.code[:1] == "D" and found.code[1:].isdecimal() and len(found.code) < 5
    ):
        table.wrong("code", f"应为 Y 或 D 加年数（D30），现为 {found.code!r}")
    table.done()
    return found
