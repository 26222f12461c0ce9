"""Read schemas/four-properties.toml: the checks of the four properties (四性). All mistakes at once, with file and key."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from archivist.core.fourproperties.files import ELEMENTS, OF_FILES
from archivist.core.fourproperties.values import FILE, PROPERTIES, WHOLE, Bounds, CheckRule, FourRules
from archivist.core.fourproperties.whole import OF_WHOLE
from archivist.workspace.rulefile import RuleFile, RuleTable, raise_if_wrong


def load_four(path: Path, items: Collection[int]) -> FourRules:
    """The rules in the file ``path``; ``items`` are the numbers of the catalogue's.

    Raises:
        SettingsError: it is missing, does not parse, or holds what is not allowed (all of it named).
    """
    file = RuleFile(path)
    table = file.toml()
    table.get("schema")
    told = table.text("told")
    bounds = _bounds(table.table("limits"), items)
    checks = tuple(_check(one) for one in table.tables("check", "code"))
    codes = [one.code for one in checks]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        table.wrong("check", f"有几项 code = {code!r}，编号不能重复")
    table.done()
    raise_if_wrong(file)
    return FourRules(checks, bounds, told)


def _bounds(table: RuleTable, items: Collection[int]) -> Bounds:
    steps = table.entries("steps")
    if any(one not in items for one in steps):
        table.wrong("steps", f"应为归档目录的序号（{'、'.join(map(str, items))}），现为 {steps!r}")
    found = Bounds(
        title=table.number("title"),
        responsible=table.number("responsible"),
        number=table.number("number"),
        name=table.number("name"),
        earliest=table.number("earliest"),
        steps=tuple(one for one in steps if one in items),
        formats=table.words("formats"),
        elements=table.names("elements", ELEMENTS, "著录项"),
        required=table.names("required", ELEMENTS, "著录项"),
    )
    table.done()
    return found


def _check(table: RuleTable) -> CheckRule:
    level = table.choice("level", (FILE, WHOLE))
    how = table.text("how", "")
    known = OF_FILES if level == FILE else OF_WHOLE
    if how:
        table.known("how", how, known, f"{level}级的检测方法")
    rule = CheckRule(
        table.text("code"),
        table.text("name"),
        table.choice("property", PROPERTIES),
        level,
        how,
        table.text("basis"),
        table.text("ask", "" if how else None),
    )
    table.done()
    return rule
