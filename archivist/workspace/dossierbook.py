"""Read schemas/dossier.schema.json and dossier.toml: what the dossier of a project (项目底册) may hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.core.dossier.book import Book, CrossRule, SectionRule
from archivist.core.dossier.rules import FORMS
from archivist.core.drafts.kinds import DocumentKind, parse_kind
from archivist.workspace.rulefile import RuleFile, RuleTable, raise_if_wrong

if TYPE_CHECKING:
    from archivist.core.evidence import VoteRule

_SLUG = "dossier"
_KEYS: Mapping[str, tuple[str, ...]] = {
    "refers": ("field",),
    "at_most": ("smaller", "larger"),
    "order": ("earlier", "later"),
    "total": ("total",),
    "needs": ("field",),
    "bars": ("field",),
    "equal": ("field", "one", "other"),
    "unequal": ("field", "one", "other"),
    "days": ("days", "earlier", "later"),
    "vote": ("field", "where"),
}
"""The keys of a rule, by form, that name a field of its own section."""

_LISTS = {"unique": "fields", "total": "parts", "needs": "needs", "bars": "bars"}
_TURNED = frozenset({"refers"})


def load_dossier_book(schema: Path, rules: Path, votes: Sequence[VoteRule] = ()) -> Book:
    """The rules in these two files; ``votes`` are those of the village's record in annex4.toml.

    Raises:
        SettingsError: one is missing, does not parse, or holds what is not allowed (all of it named).
    """
    fields, file = RuleFile(schema), RuleFile(rules)
    kind = _kind(fields)
    raise_if_wrong(fields)
    table = file.toml()
    table.get("schema")
    known = {field.name: [column.name for column in field.columns] for field in kind.fields}
    sections = tuple(_section(one, known) for one in table.tables("section", "name"))
    named = [one.name for one in sections]
    if sorted(named) != sorted(known):
        file.wrong("section", f"要和 {schema.name} 的各部分一一对应：{'、'.join(known)}")
    found = tuple(_rule(one, known) for one in table.tables("rule", "told", optional=True))
    table.done()
    raise_if_wrong(file)
    return Book(kind, sections, found, tuple(votes))


def _kind(file: RuleFile) -> DocumentKind:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError

    table = file.json()
    try:
        Draft202012Validator.check_schema(table.data)
    except SchemaError as error:
        file.wrong(".".join(map(str, error.absolute_path)), "不符合 JSON Schema 2020-12")
        raise_if_wrong(file)
    if not isinstance(table.data.get("properties"), dict) or not table.data.get("title"):
        file.wrong("", "缺少 title 或 properties（各部分），请补上")
        raise_if_wrong(file)
    problems: list[str] = []
    kind = parse_kind(_SLUG, table.data, str(file.path), "", (), problems)
    problems += [f"{field.name} 应为表格（array）" for field in kind.fields if field.kind != "table"]
    for problem in problems:
        file.wrong("", problem)
    return kind


def _section(table: RuleTable, known: Mapping[str, Sequence[str]]) -> SectionRule:
    name = table.choice("name", known)
    rule = SectionRule(name, table.choice("key", known[name]), table.flag("counted"))
    table.done()
    return rule


def _rule(table: RuleTable, known: Mapping[str, Sequence[str]]) -> CrossRule:
    form, section = table.choice("form", FORMS), table.choice("section", known)
    columns = known[section]
    to = table.choice("to", known) if "to" in table else ""
    named = {
        key: _column(table, key, known[to] if key == "later" and to else columns)
        for key in _KEYS.get(form, ())
    }
    listed = _LISTS.get(form)
    fields = _columns(table, listed, columns) if listed else ()
    other = _column(table, "to_field", known[to]) if form in _TURNED and to else ""
    rule = CrossRule(
        form,
        section,
        table.text("told"),
        table.text("basis"),
        fields,
        named.get("field", named.get("days", "")),
        table.words("is", ()),
        named.get("smaller", named.get("earlier", named.get("one", ""))),
        other or named.get("larger", named.get("later", named.get("other", named.get("total", "")))),
        to,
        named.get("where", ""),
        table.words("being", ()),
    )
    table.done()
    return rule


def _column(table: RuleTable, key: str, columns: Collection[str]) -> str:
    return table.choice(key, columns)


def _columns(table: RuleTable, key: str, columns: Collection[str]) -> tuple[str, ...]:
    found = table.words(key)
    for one in found:
        table.known(key, one, columns, "字段")
    return found
