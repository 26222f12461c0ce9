"""What JSON Schema finds wrong, as Chinese sentences that name the field, the value and what is expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from archivist.core.drafts.kinds import DocumentKind, Field
from archivist.core.drafts.names import printable
from archivist.core.drafts.values import printed

_TOO_MUCH = {"maxLength": "个字", "maxItems": "项"}


def schema_problems(kind: DocumentKind, values: Mapping[str, Any]) -> list[str]:
    """Return a sentence per mistake in ``values``, in the order of the fields, none twice."""
    from jsonschema import Draft202012Validator

    errors = Draft202012Validator(kind.schema).iter_errors(dict(values))
    order = {field.name: number for number, field in enumerate(kind.fields)}
    ranked = sorted(errors, key=lambda error: order.get(str(next(iter(error.absolute_path), "")), -1))
    sentences: dict[str, None] = {}
    for error in ranked:
        for sentence in _sentences(kind, error):
            sentences.setdefault(sentence)
    return list(sentences)


def _sentences(kind: DocumentKind, error: Any) -> list[str]:
    field, where = _locate(kind, list(error.absolute_path))
    rule, value = error.validator, error.instance
    if rule == "required":
        fields = kind.fields if field is None else field.columns
        return [
            f"{where}缺少“{wanted.title}”{_expected(wanted)}"
            for wanted in fields
            if wanted.required and wanted.name not in value
        ]
    if rule in _TOO_MUCH:
        return [f"{where}有 {len(value)} {_TOO_MUCH[rule]}，最多 {error.validator_value} {_TOO_MUCH[rule]}"]
    if field is None:
        return [f"{where or '填写内容'}不合要求（{rule}）"]
    return [f"{where}填的是“{_value(field, value)}”{_expected(field)}"]


def _locate(kind: DocumentKind, path: Sequence[Any]) -> tuple[Field | None, str]:
    """Return the field a JSON path leads to, and how people call that place."""
    field: Field | None = None
    where = ""
    for step in path:
        if isinstance(step, int):
            where += f"第 {step + 1} 行"
            continue
        fields = kind.fields if field is None else field.columns
        field = next((candidate for candidate in fields if candidate.name == step), None)
        where += f"“{field.title if field else step}”"
    return field, where


def _expected(field: Field) -> str:
    return f"，{field.description}" if field.description else ""


def _value(field: Field, value: Any) -> str:
    if isinstance(value, list):
        return f"{len(value)} 项"
    if isinstance(value, Mapping):
        return "一组内容"
    return printable(printed(field, value))
