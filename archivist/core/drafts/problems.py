"""What JSON Schema finds wrong, as Chinese sentences that name the field, the value and what is expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from archivist.core.drafts.kinds import DocumentKind, Field
from archivist.core.drafts.names import printable
from archivist.core.drafts.values import printed

_TOO_MUCH = {"maxLength": "个字", "maxItems": "项"}


Path = tuple[str | int, ...]
"""Where a mistake is: the field's name; of a table or of lines the number of the row from 0; of a table the column's."""


class Problem(NamedTuple):
    """One mistake: where it is as people call it ("" where ``said`` names it itself), and what is wrong."""

    path: Path
    where: str
    said: str

    @property
    def told(self) -> str:
        """The whole sentence."""
        return self.where + self.said


def located(kind: DocumentKind, values: Mapping[str, Any]) -> list[Problem]:
    """Return the mistakes in ``values`` with their places, in the order of the fields, none twice."""
    from jsonschema import Draft202012Validator

    errors = Draft202012Validator(kind.schema).iter_errors(dict(values))
    order = {field.name: number for number, field in enumerate(kind.fields)}
    ranked = sorted(errors, key=lambda error: order.get(str(next(iter(error.absolute_path), "")), -1))
    found: dict[str, Problem] = {}
    for error in ranked:
        for problem in _problems(kind, error):
            found.setdefault(problem.told, problem)
    return list(found.values())


def _problems(kind: DocumentKind, error: Any) -> list[Problem]:
    path: Path = tuple(error.absolute_path)
    field, where = _locate(kind, path)
    rule, value = error.validator, error.instance
    if rule == "required":
        fields = kind.fields if field is None else field.columns
        return [
            Problem((*path, wanted.name), where, f"缺少“{wanted.title}”{_expected(wanted)}")
            for wanted in fields
            if wanted.required and wanted.name not in value
        ]
    if rule in _TOO_MUCH:
        most = f"最多 {error.validator_value} {_TOO_MUCH[rule]}"
        return [Problem(path, where, f"有 {len(value)} {_TOO_MUCH[rule]}，{most}")]
    if field is None:
        return [Problem(path, where or "填写内容", f"不合要求（{rule}）")]
    return [Problem(path, where, f"填的是“{_value(field, value)}”{_expected(field)}")]


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
