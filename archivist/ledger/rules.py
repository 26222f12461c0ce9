"""Read register.toml, townships.toml and project.schema.json. All mistakes at once, with file and key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from archivist.core.project import Category, Township
from archivist.core.register import PROJECT_FIELDS, CategoryWord, RegisterRules
from archivist.core.register.rules import SPLIT_FIELDS, UNITS, Dittos, GroupWords
from archivist.core.text import fold
from archivist.workspace.resources import data_folder
from archivist.workspace.rulefile import RuleFile, RuleTable, raise_if_wrong

_FIELDS = (*PROJECT_FIELDS, *SPLIT_FIELDS)


def load_register_rules(folder: Path) -> RegisterRules:
    """Read the register's rules from a schemas folder.

    Raises:
        SettingsError: a file is missing, does not parse, or holds what is not allowed (all of it named).
    """
    names = ("townships.toml", "register.toml", "project.schema.json")
    files = places, register, schema = [RuleFile(folder / name) for name in names]
    whole, table = places.toml(), register.toml()
    district, columns, values, rows = (
        whole.table("district"),
        table.table("columns"),
        table.table("values"),
        table.table("rows"),
    )
    ditto, once, groups = _newer_parts(table, rows)
    code = district.text("code")
    amount = table.table("amount")
    rules = RegisterRules(
        district_name=district.text("name"),
        townships=_townships(whole.table("townships"), code),
        prefixes=district.words("prefixes"),
        whole_district=frozenset(district.words("whole")),
        suffixes=district.words("suffixes"),
        headers=dict(_headers(columns)),
        fill_down=frozenset(_fill_down(columns)),
        categories=dict(_categories(table.table("category"))),
        yes=_lowered(values.words("yes")),
        no=_lowered(values.words("no")),
        blank=_lowered(values.words("blank")),
        skip=frozenset(map(fold, rows.words("skip"))),
        hints=frozenset(map(fold, rows.words("hints"))),
        dittos=_dittos(ditto),
        groups=groups,
        carried=once.names("carried", _FIELDS, "字段"),
        asked=once.names("asked", _FIELDS, "字段"),
        unit=UNITS[amount.choice("unit", UNITS)],
        max_amount=_max_amount(amount),
        schema=_schema(schema.json()),
        source=str(folder),
    )
    table.get("schema")
    for part in (district, values, rows, amount, ditto, once, whole, table):
        part.done()
    raise_if_wrong(*files)
    return rules


def _newer_parts(table: RuleTable, rows: RuleTable) -> tuple[RuleTable, RuleTable, GroupWords]:
    """[ditto], [written_once] and the words of groups; a district's file from before there were any goes by ours."""
    ours = RuleFile(data_folder("schemas") / "register.toml").toml()
    ditto, once = (
        (table if key in table else ours).table(key, optional=True) for key in ("ditto", "written_once")
    )
    shipped = ours.table("rows", optional=True)

    def words(key: str) -> tuple[str, ...]:
        return tuple(map(fold, (rows if key in rows else shipped).words(key, ())))

    return ditto, once, GroupWords(words("totals"), words("page_totals"), words("headings"))


def _dittos(table: RuleTable) -> Dittos:
    words, unclear = (
        _lowered("".join(one.split()) for one in table.words(key)) for key in ("words", "unclear")
    )
    return Dittos(
        frozenset(table.text("signs")), words, unclear, frozenset(table.names("unique", _FIELDS, "字段"))
    )


def _lowered(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)


def _townships(table: RuleTable, district: str) -> tuple[Township, ...]:
    townships: list[Township] = []
    for code, name in table.data.items():
        if not (len(code) == 9 and code.isascii() and code.isdigit() and code.startswith(district)):
            table.wrong(code, f"应为以 {district} 开头的九位代码")
        elif not isinstance(name, str) or not name.strip():
            table.wrong(code, "应为镇街名称")
        elif any(name == known.name for known in townships):
            table.wrong(code, f"：{name} 已经出现过")
        else:
            townships.append(Township(code, name))
    if not table.data:
        table.wrong("", "里没有镇街")
    return tuple(townships)


def _headers(columns: RuleTable) -> Iterator[tuple[str, tuple[str, int]]]:
    seen: dict[str, str] = {}
    for name in columns.data:
        if name not in _FIELDS:
            columns.wrong(name, f"：没有这个字段，可用的有 {'、'.join(_FIELDS)}")
            continue
        column = columns.table(name)
        for rank, variant in enumerate(column.words("variants")):
            key = fold(variant)
            if seen.get(key, name) != name:
                column.wrong("variants", f"：列名“{variant}”在 columns.{seen[key]} 里已有")
            elif key not in seen:
                seen[key] = name
                yield key, (name, rank)
        column.get("fill_down")
        column.done()
    for name in ("code", "name"):
        if name not in columns:
            columns.file.wrong("", f"缺少 columns.{name}")


def _fill_down(columns: RuleTable) -> Iterator[str]:
    for name, column in columns.data.items():
        if name in _FIELDS and isinstance(column, dict) and columns.table(name).flag("fill_down", False):
            yield name


def _categories(table: RuleTable) -> Iterator[tuple[str, CategoryWord]]:
    seen: dict[str, str] = {}
    for name, spellings in table.data.items():
        if name not in set(Category) or not isinstance(spellings, dict):
            table.wrong(name, f"：类别应为 {'、'.join(Category)} 之一")
            continue
        part = table.table(name)
        for key, major in (("spellings", None), ("general", False), ("major", True)):
            for word in part.words(key, ()):
                if seen.setdefault(fold(word), name) != name:
                    part.wrong(key, f"：“{word}”在 category.{seen[fold(word)]} 里已有")
                yield fold(word), CategoryWord(Category(name), major)
        part.done()


def _max_amount(table: RuleTable) -> Decimal:
    value = table.number("max_yuan", 0)
    if value <= 0:
        table.wrong("max_yuan", "应为大于 0 的整数（元）")
    return Decimal(max(value, 1))


def _schema(table: RuleTable) -> Mapping[str, object]:
    properties = table.table("properties")
    for name in PROJECT_FIELDS:
        if not isinstance(properties.get(name), dict):
            properties.wrong(name, "：缺少这一列")
    return dict(table.data)
