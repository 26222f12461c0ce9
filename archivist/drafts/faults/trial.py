"""A trial document (试印): a template filled in with words that name their fields, to see how it prints."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from archivist.core.drafts.context import Draft
from archivist.core.drafts.kinds import DocumentKind, Field
from archivist.core.drafts.values import printed
from archivist.core.words.numbers import in_words
from archivist.drafts.render import render

_DAY = date(2024, 11, 20)
_ROWS = 3
_FIGURE = Decimal("12.50")


def trial(kind: DocumentKind) -> bytes:
    """Return the document that the template of ``kind`` makes of words that name their fields.

    Raises:
        SettingsError: the template cannot be rendered.
    """
    values = {field.name: _value(kind, field) for field in kind.fields}
    return render(kind, Draft(kind.slug, "试印", kind.item, f"试印：{kind.name}", _DAY, values, ()))


def _value(kind: DocumentKind, field: Field) -> Any:
    if field.kind == "table":
        rule = kind.schema["properties"][field.name]["items"]["properties"]
        return [
            {one.name: _cell(one, rule.get(one.name, {}), number) for one in field.columns}
            for number in range(1, _ROWS + 1)
        ]
    return _cell(field, kind.schema["properties"][field.name], 1)


def _cell(field: Field, rule: Any, number: int) -> Any:
    if field.kind == "table":
        inner = rule.get("items", {}).get("properties", {})
        return [{one.name: _cell(one, inner.get(one.name, {}), at) for one in field.columns} for at in (1, 2)]
    if field.kind == "lines":
        return [f"〔{field.title}{in_words(at)}〕" for at in (1, 2)]
    if field.kind == "integer":
        return number if field.tally else str(number)
    if field.kind == "number":
        return printed(field, _FIGURE * number)
    if field.date:
        return "2024年11月20日"
    choices = rule.get("enum")
    text = str(choices[(number - 1) % len(choices)]) if choices else f"〔{field.title}〕"
    return f"（{in_words(number)}）{text}" if field.numbered else text
