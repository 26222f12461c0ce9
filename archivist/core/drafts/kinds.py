"""Document kinds (文种) as values: what a schemas/documents/*.schema.json says, parsed and cross-checked.

The vocabulary understood beside JSON Schema's own is: ``x-item`` (the catalogue item such a document
becomes), ``x-aliases`` (other names of the kind), ``x-checks`` (figures that must add up), ``x-categories`` (the only
categories 类别 of projects that it is for), ``x-instead`` (the slug of the usual kind that it may stand instead of: it
is made where somebody asks for it by name, not with all that is missing), ``x-vote``
(the fields that tell of a vote), ``x-order`` (lists of dates, fields or 表格.列, each not before those ahead of it),
``x-days`` (a count of days with its first and last), ``x-rows`` (what the cells of a table's rows must have: ``needs`` a
column, or ``compare`` two figures, the first ``at: most`` or ``at: least`` the second; ``where`` picks the rows), and
for a field
``x-source`` (the register fills it in; where columns of a table that nobody filled in have one, it has one row, the
project's own), ``x-default`` (a sentence with other fields in braces), ``x-open`` (may be left open, prints 【待填】),
``x-open-rows`` (how many empty lines print instead), ``x-format: date``, ``x-decimals`` (at least so many are shown),
``x-tick`` (shows as a ticked box, not as words), ``x-sum`` and ``x-count`` (worked out from a table), ``x-numbered``
(a column whose cells are numbered （一）（二）… from above, whatever number was typed), ``x-also``
(of an ``enum``: other words that are taken for one of its choices, as the register has them). ``{count}`` in a field's
description is how many items the catalogue has, in words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from archivist.core.drafts.sources import SOURCES
from archivist.core.project import Project
from archivist.core.text import fold
from archivist.core.words.numbers import in_words

_TAKEN = {"loop", "in", "is", "not", "and", "or", "if", "else", "for", "true", "false", "none"}


@dataclass(frozen=True, slots=True)
class Tally:
    """A figure worked out from a table: the sum of ``column``, or without one the number of rows.

    Only rows whose cells equal all of ``where`` count.
    """

    of: str
    column: str = ""
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in. ``name`` stands in the template, ``title`` in fill-in sheets and messages.

    ``kind`` is text, number, integer, lines (several paragraphs or names) or table with its ``columns``. What is
    ``computed`` nobody writes: how a vote went. ``choices`` are the only words there may be, ``also`` other
    words (folded, signs as they are) with the choice each is taken for; ``low`` and ``high`` bound a number,
    ``longest`` the characters of a text.
    """

    name: str
    title: str
    description: str
    kind: str
    required: bool = False
    open: bool = False
    open_rows: int = 0
    source: str = ""
    default: str = ""
    date: bool = False
    decimals: int | None = None
    tally: Tally | None = None
    tick: bool = False
    numbered: bool = False
    computed: bool = False
    columns: tuple[Field, ...] = ()
    choices: tuple[str, ...] = ()
    also: tuple[tuple[str, str], ...] = ()
    low: int | None = None
    high: int | None = None
    longest: int | None = None


@dataclass(frozen=True, slots=True)
class AddUp:
    """A check of figures: the fields of ``parts`` add up to the field ``total``."""

    parts: tuple[str, ...]
    total: str


@dataclass(frozen=True, slots=True)
class Days:
    """A check of dates: the field ``days`` counts those from ``first`` to ``last``."""

    first: str
    last: str
    days: str


@dataclass(frozen=True, slots=True)
class RowRule:
    """A check of each row of the table ``of`` whose cells equal all of ``where``: the column ``needs`` is filled in, or
    of the two columns ``compared`` the first is at most the second, or at ``least``.
    """

    of: str
    where: tuple[tuple[str, str], ...] = ()
    needs: str = ""
    compared: tuple[str, ...] = ()
    least: bool = False


@dataclass(frozen=True, slots=True)
class VoteFields:
    """The fields of a record that tell of a vote: whose numbers they are, which meeting, what was resolved, and the
    field that says whether the vote carried (表决结果), which nobody fills in by hand.
    """

    meeting: str
    due: str
    present: str
    yes: str
    resolution: str
    outcome: str


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of document to generate. ``item`` is the number of its catalogue item or ``None``; ``categories`` are those
    of the projects that it is for, all where there are none; ``instead`` is the kind it may stand instead of.

    ``schema_source`` and ``template_source`` are file paths, for reading the template and for messages.
    """

    slug: str
    name: str
    item: int | None
    aliases: tuple[str, ...]
    fields: tuple[Field, ...]
    checks: tuple[AddUp, ...]
    schema: Mapping[str, Any]
    schema_source: str
    template_source: str
    categories: tuple[str, ...] = ()
    instead: str = ""
    vote: VoteFields | None = None
    orders: tuple[tuple[str, ...], ...] = ()
    days: tuple[Days, ...] = ()
    rows: tuple[RowRule, ...] = ()

    def field(self, name: str) -> Field:
        """Return the field called ``name``; KeyError when the kind has none."""
        for candidate in self.fields:
            if candidate.name == name:
                return candidate
        raise KeyError(name)

    def fits(self, project: Project) -> bool:
        """Whether the kind is for projects of this category (类别); one of an unknown category is not refused."""
        category = project.category
        return not self.categories or category is None or str(category) in self.categories


def parse_kind(
    slug: str,
    schema: Mapping[str, Any],
    schema_source: str,
    template_source: str,
    items: Collection[int],
    problems: list[str],
) -> DocumentKind:
    """Return the kind that ``schema`` describes; what is wrong with it goes to ``problems`` in Chinese.

    Args:
        items: the numbers of the catalogue's items (归档目录).
    """
    item = schema.get("x-item")
    if item is not None and (isinstance(item, bool) or item not in items):
        listed = "、".join(map(str, items))
        problems.append(f"x-item 应为归档目录的序号（{listed}），现为 {item!r}")
    problems += _unknown_words("", schema, _KIND_WORDS)
    required = _texts(schema.get("required", ()))
    fields = tuple(
        _counted(_field(name, table, name in required, name, problems), len(items))
        for name, table in schema["properties"].items()
    )
    problems += [f"required 里的 {name} 不是已有的字段" for name in required - {f.name for f in fields}]
    for field in fields:
        problems += _tally_problems(field, fields)
    vote = _vote(schema.get("x-vote"), fields, problems)
    return DocumentKind(
        slug=slug,
        name=str(schema["title"]),
        item=item,
        aliases=tuple(schema.get("x-aliases", ())),
        fields=tuple(replace(one, computed=vote is not None and one.name == vote.outcome) for one in fields),
        checks=tuple(_check(table, fields, problems) for table in schema.get("x-checks", ())),
        schema=schema,
        schema_source=schema_source,
        template_source=template_source,
        categories=tuple(schema.get("x-categories", ())),
        instead=str(schema.get("x-instead", "")),
        vote=vote,
        orders=tuple(_order(chain, fields, problems) for chain in schema.get("x-order", ())),
        days=tuple(_day_rule(table, fields, problems) for table in schema.get("x-days", ())),
        rows=tuple(_row_rule(table, fields, problems) for table in schema.get("x-rows", ())),
    )


_KIND_WORDS = frozenset(
    {"x-item", "x-aliases", "x-checks", "x-categories", "x-instead", "x-vote", "x-order", "x-days", "x-rows"}
)
_FIELD_WORDS = frozenset(
    {"x-source", "x-default", "x-open", "x-open-rows", "x-format", "x-decimals", "x-tick", "x-sum", "x-count"}
    | {"x-numbered", "x-also"}
)


def _unknown_words(where: str, table: Mapping[str, Any], known: Collection[str]) -> list[str]:
    """What is written like one of our words and is none: it would be passed over in silence."""
    wrong = [word for word in table if word.startswith("x-") and word not in known]
    return [f"{where}{word}：没有这个写法，可用的有：{'、'.join(sorted(known))}" for word in wrong]


def _counted(field: Field, items: int) -> Field:
    """The field with ``{count}`` in its description filled in: how many items the catalogue has."""
    return replace(field, description=field.description.replace("{count}", in_words(items)))


def _field(name: str, table: Mapping[str, Any], required: bool, where: str, problems: list[str]) -> Field:
    if not name.isidentifier() or name in _TAKEN or hasattr(dict, name):
        problems.append(
            f"{where}：字段名只能用汉字、字母、数字和下划线，不能以数字开头，也不能是模板里另有用处的词"
        )
    source = table.get("x-source", "")
    if source and source not in SOURCES:
        problems.append(f"{where}.x-source：没有“{source}”这个来源，可用的有：{'、'.join(SOURCES)}")
    problems += _unknown_words(f"{where}.", table, _FIELD_WORDS)
    kind, columns = _shape(table, where, problems)
    return Field(
        name=name,
        title=table.get("title", name),
        description=table.get("description", ""),
        kind=kind,
        required=required,
        open=table.get("x-open", False) is True,
        open_rows=table.get("x-open-rows", 0),
        source=source,
        default=table.get("x-default", ""),
        date=table.get("x-format") == "date",
        decimals=table.get("x-decimals"),
        tally=_tally(table, where, problems),
        tick=table.get("x-tick", False) is True,
        numbered=table.get("x-numbered", False) is True,
        columns=columns,
        choices=tuple(map(str, table.get("enum", ()))),
        also=_also(table, where, problems),
        low=table.get("minimum"),
        high=table.get("maximum"),
        longest=table.get("maxLength"),
    )


def _also(table: Mapping[str, Any], where: str, problems: list[str]) -> tuple[tuple[str, str], ...]:
    """Other words for choices, folded, each with its choice; a word for two choices, or for none, is wrong."""
    written = table.get("x-also", {})
    if not isinstance(written, Mapping) or not set(written) <= set(table.get("enum", ())):
        problems.append(f'{where}.x-also：应写成 {{"enum 里的一个": ["别的说法", …]}}')
        return ()
    pairs = [(fold(word) or word, choice) for choice, words in written.items() for word in words]
    taken = [fold(str(choice)) for choice in table.get("enum", ())]
    words = [word for word, _ in pairs]
    problems += [
        f"{where}.x-also：“{word}”写了两次，或本来就是一个选项"
        for word in sorted(set(words))
        if words.count(word) > 1 or word in taken
    ]
    return tuple(pairs)


def _shape(table: Mapping[str, Any], where: str, problems: list[str]) -> tuple[str, tuple[Field, ...]]:
    kind = table.get("type", "string")
    if kind in ("number", "integer"):
        return kind, ()
    if kind == "string":
        return "text", ()
    items = table.get("items", {}) if kind == "array" else None
    if items == {} or items is None:
        problems.append(f"{where}.type：应为 string、number、integer，或写明 items 的 array")
        return "text", ()
    if items.get("type") == "string":
        return "lines", ()
    if items.get("type") != "object":
        problems.append(f"{where}.items.type：应为 string 或 object")
        return "lines", ()
    required = _texts(items.get("required", ()))
    return "table", tuple(
        _field(name, column, name in required, f"{where}.{name}", problems)
        for name, column in items.get("properties", {}).items()
    )


def _tally(table: Mapping[str, Any], where: str, problems: list[str]) -> Tally | None:
    rule = table.get("x-sum") or table.get("x-count")
    if rule is None:
        return None
    if not isinstance(rule, Mapping) or not isinstance(rule.get("of"), str):
        problems.append(
            f'{where}.x-sum 或 x-count：应写成 {{"of": 表格字段, "column": 列名, "where": {{…}}}}'
        )
        return None
    return Tally(rule["of"], rule.get("column", ""), tuple(rule.get("where", {}).items()))


def _tally_problems(field: Field, fields: Sequence[Field]) -> list[str]:
    if field.tally is None:
        return []
    tables = {candidate.name: candidate for candidate in fields if candidate.kind == "table"}
    table = tables.get(field.tally.of)
    if table is None:
        return [f"{field.name}：要合计的表格“{field.tally.of}”不存在"]
    known = {column.name for column in table.columns}
    used = {name for name, _ in field.tally.where} | ({field.tally.column} - {""})
    return [f"{field.name}：表格“{table.name}”没有“{name}”这一列" for name in sorted(used - known)]


def _check(table: Mapping[str, Any], fields: Sequence[Field], problems: list[str]) -> AddUp:
    check = AddUp(tuple(table.get("sum", ())), table.get("equals", ""))
    known = {field.name for field in fields if field.kind in ("number", "integer")}
    problems += [
        f"x-checks：“{name}”不是数字字段" for name in (*check.parts, check.total) if name not in known
    ]
    return check


def _names(fields: Sequence[Field]) -> set[str]:
    """What a rule may name: fields, and columns as 表格.列."""
    return {one.name for one in fields} | {
        f"{one.name}.{column.name}" for one in fields for column in one.columns
    }


def _order(chain: Sequence[str], fields: Sequence[Field], problems: list[str]) -> tuple[str, ...]:
    wrong = [name for name in chain if name not in _names(fields)]
    problems += [f"x-order：“{name}”不是已有的字段（表格里的写成 表格.列）" for name in wrong]
    return tuple(name for name in chain if name not in wrong)


def _day_rule(table: Mapping[str, str], fields: Sequence[Field], problems: list[str]) -> Days:
    rule = Days(*(str(table.get(name, "")) for name in ("first", "last", "days")))
    known = {field.name for field in fields}
    wrong = [name for name in (rule.first, rule.last, rule.days) if name not in known]
    problems += [f"x-days：“{name}”不是已有的字段" for name in wrong]
    return rule


def _row_rule(table: Mapping[str, Any], fields: Sequence[Field], problems: list[str]) -> RowRule:
    rule = RowRule(
        str(table.get("of", "")),
        tuple(table.get("where", {}).items()),
        str(table.get("needs", "")),
        tuple(table.get("compare", ())),
        table.get("at", "most") == "least",
    )
    if bool(rule.needs) == bool(rule.compared) or len(rule.compared) not in (0, 2):
        problems.append("x-rows：应写明 needs（要填的列），或 compare（两个数字列），只写一样")
    used = [*dict(rule.where), *rule.compared, *filter(None, (rule.needs,))]
    wrong = [name for name in used if f"{rule.of}.{name}" not in _names(fields)]
    problems += [f"x-rows：表格“{rule.of}”没有“{name}”这一列" for name in wrong]
    return rule


def _vote(table: Mapping[str, str] | None, fields: Sequence[Field], problems: list[str]) -> VoteFields | None:
    if table is None:
        return None
    wanted = VoteFields.__slots__
    known = {field.name for field in fields}
    wrong = [name for name in wanted if table.get(name) not in known]
    problems += [f"x-vote.{name}：应为已有的字段" for name in wrong]
    return None if wrong else VoteFields(**{name: table[name] for name in wanted})


def _texts(names: Sequence[str]) -> set[str]:
    return set(names)
