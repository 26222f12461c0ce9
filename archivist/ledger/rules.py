"""Read register.toml, townships.toml and project.schema.json. All mistakes at once, with file and key."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from archivist.core.model import Category, Township
from archivist.core.register import PROJECT_FIELDS, CategoryWord, RegisterRules
from archivist.core.register.rules import SPLIT_FIELDS, UNITS
from archivist.core.text import fold
from archivist.errors import SettingsError
from archivist.workspace.rulebook import load_toml

_FIELDS = (*PROJECT_FIELDS, *SPLIT_FIELDS)


def load_register_rules(folder: Path) -> RegisterRules:
    """Read the register's rules from a schemas folder.

    Raises:
        SettingsError: a file is missing, does not parse, or holds what is not allowed (all of it named).
    """
    places = _Table(folder / "townships.toml")
    table = _Table(folder / "register.toml")
    code = places.text("district", "code")
    values = {key: table.words("values", key) for key in ("yes", "no", "blank")}
    rows = {key: frozenset(map(fold, table.words("rows", key))) for key in ("skip", "hints")}
    rules = RegisterRules(
        district_name=places.text("district", "name"),
        townships=_townships(places, code),
        prefixes=tuple(places.words("district", "prefixes")),
        whole_district=frozenset(places.words("district", "whole")),
        suffixes=tuple(places.words("district", "suffixes")),
        headers=dict(_headers(table)),
        fill_down=frozenset(_fill_down(table)),
        categories=dict(_categories(table)),
        yes=frozenset(word.lower() for word in values["yes"]),
        no=frozenset(word.lower() for word in values["no"]),
        blank=frozenset(word.lower() for word in values["blank"]),
        skip=rows["skip"],
        hints=rows["hints"],
        unit=_unit(table),
        max_amount=_max_amount(table),
        schema=_schema(folder / "project.schema.json"),
        source=str(folder),
    )
    _raise_if_any(places, table)
    return rules


class _Table:
    """A TOML file whose mistakes are collected while it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.data = load_toml(path)
        self.problems: list[str] = []

    def section(self, name: str) -> dict[str, Any]:
        value = self.data.get(name)
        if isinstance(value, dict):
            return value
        self.problems.append(f"缺少 [{name}] 这一部分")
        self.data[name] = {}
        return {}

    def text(self, section: str, key: str) -> str:
        value = self.section(section).get(key)
        if isinstance(value, str) and value.strip():
            return value
        self.problems.append(f"{section}.{key} 应为文字，不能为空")
        return ""

    def words(self, section: str, key: str) -> list[str]:
        return self.checked_words(f"{section}.{key}", self.section(section).get(key))

    def checked_words(self, where: str, value: object) -> list[str]:
        if isinstance(value, list) and all(isinstance(word, str) and word.strip() for word in value):
            return value
        self.problems.append(f'{where} 应为文字的列表，如 ["甲", "乙"]')
        return []


def _raise_if_any(*tables: _Table) -> None:
    told = [f"  · {table.path}：{problem}" for table in tables for problem in table.problems]
    if told:
        raise SettingsError("规则文件有误，请改正后再运行：\n" + "\n".join(told))


def _townships(table: _Table, district: str) -> tuple[Township, ...]:
    townships: list[Township] = []
    for code, name in table.section("townships").items():
        if not (len(code) == 9 and code.isascii() and code.isdigit() and code.startswith(district)):
            table.problems.append(f"townships.{code} 应为以 {district} 开头的九位代码")
        elif not isinstance(name, str) or not name.strip():
            table.problems.append(f"townships.{code} 应为镇街名称")
        elif any(name == known.name for known in townships):
            table.problems.append(f"townships.{code}：{name} 已经出现过")
        else:
            townships.append(Township(code, name))
    if not townships and not table.problems:
        table.problems.append("[townships] 里没有镇街")
    return tuple(townships)


def _headers(table: _Table) -> Iterator[tuple[str, tuple[str, int]]]:
    seen: dict[str, str] = {}
    columns = table.section("columns")
    for name, column in columns.items():
        if name not in _FIELDS:
            table.problems.append(f"columns.{name}：没有这个字段，可用的有 {'、'.join(_FIELDS)}")
            continue
        variants = column.get("variants") if isinstance(column, dict) else None
        for rank, variant in enumerate(table.checked_words(f"columns.{name}.variants", variants)):
            key = fold(variant)
            if seen.get(key, name) != name:
                table.problems.append(f"columns.{name}：列名“{variant}”在 columns.{seen[key]} 里已有")
            elif key not in seen:
                seen[key] = name
                yield key, (name, rank)
    for name in ("code", "name"):
        if name not in columns:
            table.problems.append(f"缺少 columns.{name}")


def _fill_down(table: _Table) -> Iterator[str]:
    for name, column in table.section("columns").items():
        fills = column.get("fill_down", False) if isinstance(column, dict) else False
        if not isinstance(fills, bool):
            table.problems.append(f"columns.{name}.fill_down 应为 true 或 false")
        elif fills:
            yield name


def _categories(table: _Table) -> Iterator[tuple[str, CategoryWord]]:
    seen: dict[str, str] = {}
    for name, spellings in table.section("category").items():
        if name not in set(Category) or not isinstance(spellings, dict):
            table.problems.append(f"category.{name}：类别应为 {'、'.join(Category)} 之一")
            continue
        for key, major in (("spellings", None), ("general", False), ("major", True)):
            for word in table.checked_words(f"category.{name}.{key}", spellings.get(key, [])):
                if seen.setdefault(fold(word), name) != name:
                    table.problems.append(f"category.{name}：“{word}”在 category.{seen[fold(word)]} 里已有")
                yield fold(word), CategoryWord(Category(name), major)


def _unit(table: _Table) -> Decimal:
    unit = table.text("amount", "unit")
    if unit and unit not in UNITS:
        table.problems.append(f"amount.unit 应为 {'、'.join(UNITS)} 之一，现为 {unit}")
    return UNITS.get(unit, Decimal(1))


def _max_amount(table: _Table) -> Decimal:
    value = table.section("amount").get("max_yuan")
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return Decimal(value)
    table.problems.append("amount.max_yuan 应为大于 0 的整数（元）")
    return Decimal(1)


def _schema(path: Path) -> Mapping[str, object]:
    try:
        schema = json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise SettingsError(f"找不到规则文件：{path}。请从安装包重新复制 schemas 文件夹。") from None
    except (OSError, ValueError, RecursionError) as error:
        raise SettingsError(f"规则文件读不出来：{path}（{error}）。请检查这一处的写法。") from None
    properties = schema.get("properties") if isinstance(schema, dict) else None
    if not isinstance(properties, dict):
        raise SettingsError(f"规则文件有误：{path} 里没有 properties。请从安装包重新复制。")
    wrong = [name for name in PROJECT_FIELDS if not isinstance(properties.get(name), dict)]
    if wrong:
        raise SettingsError(f"规则文件有误：{path} 的 properties 里缺少 {'、'.join(wrong)}。")
    return dict(schema)
