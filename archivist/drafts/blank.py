"""A blank template (空白模板) of a kind: every field as a mark beside its title, laid out as official documents are.

It is made of the kind's schema alone, so a district's own kind has one as soon as its schema is there. Short fields
stand in one table of facts, two to a row; long ones, lists and tables are sections of their own, in the order of the
schema. Tables too wide for an upright page come last, on turned ones. What it says and where is for people to change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from archivist.core.drafts.clean import one_line
from archivist.core.drafts.kinds import DocumentKind, Field
from archivist.drafts.fonts import font_problems
from archivist.drafts.template import template_problems
from archivist.drafts.wordml import (
    LANDSCAPE_WIDTH,
    PORTRAIT_WIDTH,
    cell,
    control_row,
    package,
    para,
    row,
    run,
    section,
    table,
)
from archivist.errors import SettingsError

_LABEL = 1560
"""Width of a label in the table of facts, in twips: five characters and their room."""
_SHORT, _LONG = 64, 1000
"""Most characters of a field that shares its row with another, and fewest of one that gets a section."""
_UNSAID = 200
"""What is assumed where a schema sets no limit."""
_CHARACTER, _PADDING = 240, 114
"""Twips of a character in a table (小四, 12 pt), and of the margins of its cell."""
_LEAST = 700
"""Width that a column has even in a crowded table: a year, and a word of three characters on two lines."""
_NUMBER, _DATE, _BOXES = 15, 12, 6
"""Most characters of a number and a date, and the room for a few boxes to tick in a column."""
_ROOM = ((10, 4), (20, 5), (_SHORT, 6), (_UNSAID, 8))
"""Characters of room in a column for texts of at most so many; the longest get _MOST_ROOM."""
_MOST_ROOM = 12
_SMALL_ABOVE = LANDSCAPE_WIDTH
"""A table that wants to be wider is set in small characters."""
_ROW, _HEAD_ROW = 520, 620
_UNDER_TABLE = '<w:spacing w:before="120" w:after="120" w:line="300" w:lineRule="exact"/>'
_DIGITS = "〇一二三四五六七八九"
_NOTHING = "无"
_PLAIN_WORD = re.compile(r"[\w（）、/·-]+")
"""Words that may stand in quotes in a mark: Word turns some quotation marks into others."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """A field or column and what the schema says of it."""

    field: Field
    rule: Mapping[str, Any]

    @property
    def title(self) -> str:
        return _words(self.field.title)

    @property
    def most(self) -> int:
        """Characters of the longest text it takes; of a choice, the longest word."""
        if self.choices:
            return max(map(len, self.choices))
        if self.field.kind in ("number", "integer"):
            return _NUMBER
        return _DATE if self.field.date else int(self.rule.get("maxLength", _UNSAID))

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(word for word in self.rule.get("enum", ()) if isinstance(word, str))

    @property
    def ticks(self) -> bool:
        """Whether it is printed as boxes, one of them ticked."""
        return self.field.tick and bool(self.choices) and all(map(_PLAIN_WORD.fullmatch, self.choices))

    @property
    def long(self) -> bool:
        return self.field.kind in ("lines", "table") or (self.field.kind == "text" and self.most >= _LONG)

    @property
    def short(self) -> bool:
        return not self.ticks and (self.field.kind != "text" or self.most <= _SHORT)

    @property
    def columns(self) -> list[_Slot]:
        """The columns of a table."""
        rules = self.rule["items"]["properties"] if self.field.columns else {}
        return [_Slot(column, rules[column.name]) for column in self.field.columns]

    @property
    def wish(self) -> int:
        """The width it would like as a column, in twips: for its words, and for its title on two lines."""
        title = max(min(len(self.title), 4), (len(self.title) + 1) // 2)
        return max(_LEAST, max(title, self._characters) * _CHARACTER + _PADDING)

    @property
    def _characters(self) -> int:
        if self.ticks:
            return _BOXES
        if self.field.kind in ("lines", "table"):
            return _MOST_ROOM
        return next((room for most, room in _ROOM if self.most <= most), _MOST_ROOM)


def blank_template(kind: DocumentKind) -> bytes:
    """Return a Word template that prints every field of ``kind``, as `check_template` accepts it.

    Raises:
        SettingsError: the schema has what no template can print, as a table inside a table inside a table.
    """
    raw = _Maker(kind).package()
    problems = [*template_problems(kind, raw), *font_problems(raw)]
    if problems:
        listed = "\n".join(f"  · {problem}" for problem in problems)
        raise SettingsError(f"文种文件 {kind.schema_source} 里有模板印不出来的内容，请改正：\n{listed}")
    return raw


class _Maker:
    """Lays out the fields of one kind."""

    def __init__(self, kind: DocumentKind) -> None:
        self._kind = kind
        self._slots = [_Slot(field, kind.schema["properties"][field.name]) for field in kind.fields]
        names = {field.name for field in kind.fields}
        self._row, self._inner, self._line = (_free(word, names) for word in ("行", "件", "段"))
        self._sections = 0

    def package(self) -> bytes:
        """The template's bytes."""
        tables = {slot.field.name for slot in self._slots if slot.field.kind == "table"}
        below = [slot for slot in self._slots if slot.field.tally and slot.field.tally.of in tables]
        facts = [slot for slot in self._slots if not slot.long and slot not in below]
        sections = [slot for slot in self._slots if slot.long]
        wide = [slot for slot in sections if _wanted(self._columns(slot)) > PORTRAIT_WIDTH]
        upright = [slot for slot in sections if slot not in wide]
        turned = bool(wide) and not upright
        width = LANDSCAPE_WIDTH if turned else PORTRAIT_WIDTH
        body = para(run(_words(self._kind.name)), style="GwTitle") + para(style="GwFlush")
        body += _facts(facts, width) if facts else ""
        body += "".join(self._section(slot, width, below) for slot in upright)
        if wide and not turned:
            body += section(ends_here=True)
        body += "".join(self._section(slot, LANDSCAPE_WIDTH, below) for slot in wide)
        return package(body + para(style="GwTiny"), landscape=bool(wide))

    def _section(self, slot: _Slot, width: int, below: Sequence[_Slot]) -> str:
        self._sections += 1
        heading = para(run(f"{_numeral(self._sections)}、{slot.title}"), style="GwH1")
        name = slot.field.name
        if slot.field.kind == "table":
            figures = [one for one in below if one.field.tally and one.field.tally.of == name]
            return heading + self._table(slot, width) + _figures(figures)
        if slot.field.kind == "lines":
            return (
                heading
                + para(f"{{%p for {self._line} in {name} %}}")
                + para(f"{{{{ {self._line} }}}}")
                + para("{%p else %}")
                + para(f"{_NOTHING}。")
                + para("{%p endfor %}")
            )
        return heading + para(f"{{% if {name} %}}{{{{ {name} }}}}{{% else %}}{_NOTHING}。{{% endif %}}")

    def _columns(self, slot: _Slot) -> list[_Slot]:
        """What stands side by side in a table: of a table inside it, that one's columns instead."""
        nested = _nested(slot)
        return [
            part for column in slot.columns for part in (column.columns if column == nested else [column])
        ]

    def _table(self, slot: _Slot, width: int) -> str:
        nested = _nested(slot)
        columns = self._columns(slot)
        small = _wanted(columns) > _SMALL_ABOVE
        counted = nested is None and not any(column.title == "序号" for column in columns)
        wishes = [_LEAST] * counted + [column.wish for column in columns]
        widths = _shared(width, wishes)
        look = _Look(small)
        heads = ["序号"] * counted + [column.title for column in columns]
        marks = [("{{ loop.index }}", False)] * counted + self._marks(slot, nested)
        loops = [f"for {self._row} in {slot.field.name}"]
        if nested is not None:
            loops.append(f"for {self._inner} in {self._row}.{nested.field.name}")
        rows = [look.row([(text, False) for text in heads], widths, head=True)]
        rows += [control_row(f"{{%tr {loop} %}}", width, len(widths)) for loop in loops]
        rows.append(look.row(marks, widths))
        if nested is not None:  # an outer row without inner ones is a row all the same
            rows.append(control_row("{%tr else %}", width, len(widths)))
            rows.append(look.row(self._marks(slot, nested, empty=True), widths))
            rows.append(control_row("{%tr endfor %}", width, len(widths)))
        rows.append(control_row("{%tr else %}", width, len(widths)))
        rows.append(row(cell(_NOTHING, width, span=len(widths), style=look.style), height=_ROW))
        rows.append(control_row("{%tr endfor %}", width, len(widths)))
        return table(widths, *rows)

    def _marks(self, slot: _Slot, nested: _Slot | None, empty: bool = False) -> list[tuple[str, bool]]:
        """The mark of every cell of a table's row, and whether it holds long text."""
        found: list[tuple[str, bool]] = []
        for column in slot.columns:
            if column == nested:
                found += [
                    ("" if empty else self._mark(inner, f"{self._inner}."), inner.most > _SHORT)
                    for inner in column.columns
                ]
            else:
                merged = "{% vm %}" if nested is not None and not empty else ""
                found.append((merged + self._mark(column, f"{self._row}."), column.most > _SHORT))
        return found

    def _mark(self, slot: _Slot, owner: str) -> str:
        """What prints a column of the row ``owner``; a table that has no columns here is told in a sentence."""
        if slot.field.kind != "table":
            return _mark(slot, owner)
        parts = "　".join(_mark(column, f"{self._inner}.") for column in slot.columns)
        more = "{% if not loop.last %}；{% endif %}"
        return f"{{% for {self._inner} in {owner}{slot.field.name} %}}{parts}{more}{{% endfor %}}"


@dataclass(frozen=True, slots=True)
class _Look:
    """The characters of one table: small ones where it is crowded."""

    small: bool

    @property
    def style(self) -> str:
        return "GwSmall" if self.small else "GwCell"

    def row(self, texts: Sequence[tuple[str, bool]], widths: Sequence[int], head: bool = False) -> str:
        """A row of (text, whether it is long); a head is repeated on every page, a row with long text may break."""
        heading = "GwSmallHead" if self.small else "GwHead"
        styles = [
            heading if head else "GwCellLeft" if long and not self.small else self.style for _, long in texts
        ]
        cells = [
            cell(para(run(text), style=style), width)
            for (text, _), width, style in zip(texts, widths, styles, strict=True)
        ]
        return row(
            *cells, height=_HEAD_ROW if head else _ROW, header=head, split=any(long for _, long in texts)
        )


def _facts(slots: Sequence[_Slot], width: int) -> str:
    """The table of facts: label and mark, two pairs to a row where both are short."""
    value = (width - 2 * _LABEL) // 2
    widths = [_LABEL, value, _LABEL, width - 2 * _LABEL - value]
    rows: list[str] = []
    for together in _paired(slots):
        cells = [
            part
            for at, slot in enumerate(together)
            for part in (
                cell(para(run(slot.title), style="GwHead"), _LABEL),
                cell(
                    para(run(_mark(slot)), style="GwCellLeft"),
                    widths[2 * at + 1] if len(together) == 2 else width - _LABEL,
                    span=1 if len(together) == 2 else 3,
                ),
            )
        ]
        rows.append(row(*cells, height=_ROW))
    return table(widths, *rows)


def _paired(slots: Sequence[_Slot]) -> Iterator[tuple[_Slot, ...]]:
    waiting: tuple[_Slot, ...] = ()
    for slot in slots:
        if not slot.short:
            if waiting:
                yield waiting
            yield (slot,)
            waiting = ()
        elif waiting:
            yield (*waiting, slot)
            waiting = ()
        else:
            waiting = (slot,)
    if waiting:
        yield waiting


def _figures(slots: Sequence[_Slot]) -> str:
    """The figures worked out from a table, below it."""
    if not slots:
        return ""
    told = "　　".join(f"{slot.title}：{_mark(slot)}" for slot in slots)
    return para(run(told), style="GwCellLeft", extra=_UNDER_TABLE)


def _mark(slot: _Slot, owner: str = "") -> str:
    """What prints a field, or a column of the row ``owner``."""
    name = f"{owner}{slot.field.name}"
    if slot.ticks:
        return "　".join(
            f'{{% if {name} == "{word}" %}}■{{% else %}}□{{% endif %}}{word}' for word in slot.choices
        )
    return f"{{{{ {name}|join('、') }}}}" if slot.field.kind == "lines" else f"{{{{ {name} }}}}"


def _nested(slot: _Slot) -> _Slot | None:
    """The table inside a table whose columns stand beside its own: the only one there, or none."""
    inner = [column for column in slot.columns if column.field.kind == "table"]
    return inner[0] if len(inner) == 1 else None


def _wanted(columns: Sequence[_Slot]) -> int:
    """The width that columns would like together, in twips; 0 without columns."""
    return sum(column.wish for column in columns)


def _shared(width: int, wishes: Sequence[int]) -> list[int]:
    """``width`` divided: every column has room for a year, the rest goes where the wishes are."""
    least = min(_LEAST, width // len(wishes))
    weights = [wish - least + 1 for wish in wishes]
    rest, total = width - least * len(wishes), sum(weights)
    edges = [rest * sum(weights[:at]) // total for at in range(len(wishes) + 1)]
    return [least + right - left for left, right in pairwise(edges)]


def _free(word: str, names: set[str]) -> str:
    """A word for a loop that is no field's name."""
    while word in names:
        word += "行"
    return word


def _words(title: str) -> str:
    """A title as it may stand in a template: no mark of its own."""
    return one_line(title).replace("{", "｛").replace("}", "｝")


def _numeral(number: int) -> str:
    """一, 二 … 十, 十一 … 九十九: the first level of numbering in official documents (GB/T 9704-2012, 7.3.3)."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (
        _DIGITS[ones] if ones else ""
    )
