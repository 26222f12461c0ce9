"""What a person fills in, brought into the form its field asks for.

A value that does not fit is handed back as it is: the schema then refuses it with the field's description.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from archivist.core.drafts.clean import OPEN, lines_of, one_line
from archivist.core.drafts.kinds import Field
from archivist.core.drafts.sources import official_date
from archivist.core.paper.dates import dates_in
from archivist.core.patterns import lazily
from archivist.core.text import fold

_OPEN_WORDS = {"", "待填", OPEN}
_NONE_WORDS = frozenset({"无", "[]", "空表"})
_LONGEST_DATE = 24
_TYPED_NUMBER = lazily(
    r"^(?:[（(][一二三四五六七八九十0-9]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|[0-9]{1,3}[.．、](?![0-9]))\s*"
)
_NUMBER = lazily(r"[-+]?[0-9]{1,15}(\.[0-9]{1,6})?")


def is_given(value: object) -> bool:
    """Tell whether ``value`` says something; blanks and 【待填】 do not, an empty list says "none"."""
    if value is None:
        return False
    return not (isinstance(value, str) and value.strip() in _OPEN_WORDS)


def coerce(field: Field, value: object) -> Any:
    """Return ``value`` as ``field`` wants it: text, Decimal, int, list of texts, or rows as dicts."""
    if field.kind == "lines":
        return _lines(value)
    if field.kind == "table":
        if says_none(value):
            return []
        return [_row(field, row) for row in value] if _is_list(value) else value  # type: ignore[attr-defined]
    if field.kind in ("number", "integer"):
        return _number(field, value)
    return _date(value) if field.date else _chosen(field, _text(value))


def printed(field: Field, value: Any) -> str:
    """Return a figure or text as it stands in the document: at least its decimals, never rounded."""
    if not isinstance(value, Decimal):
        return str(value)
    exponent = value.normalize().as_tuple().exponent
    places = max(field.decimals or 0, -exponent if isinstance(exponent, int) else 0)
    return f"{value:.{places}f}"


def _chosen(field: Field, text: object) -> object:
    """The choice that is meant where the field has choices: other words for it (村集体 for 集体), other widths."""
    if not field.choices or not isinstance(text, str) or text in field.choices:
        return text
    meant = fold(text) or text
    same = [choice for choice in field.choices if fold(choice) == meant]
    return dict(field.also).get(meant, same[0] if len(same) == 1 else text)


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def _text(value: object) -> object:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return official_date(value)
    if isinstance(value, str | int | Decimal):
        return one_line(str(value))
    return one_line(f"{value:.15g}") if isinstance(value, float) else value


def says_none(value: object) -> bool:
    """Whether somebody wrote that there is none: 无, [] or 空表, by itself or as the only line."""
    if isinstance(value, list | tuple) and len(value) == 1:
        (value,) = value
    return isinstance(value, str) and unicodedata.normalize("NFKC", value).strip().rstrip("。") in _NONE_WORDS


def _lines(value: object) -> object:
    if says_none(value):
        return []
    if isinstance(value, str):
        return lines_of(value)
    if not _is_list(value):
        return [text] if isinstance(text := _text(value), str) else value
    return [_text(part) for part in value if is_given(part)]  # type: ignore[attr-defined]


def _row(field: Field, row: object) -> object:
    if not isinstance(row, Mapping):
        return row
    columns = {column.name: column for column in field.columns}
    return {
        name: _cell(columns[name], value) if name in columns else value
        for name, value in row.items()
        if name not in columns or is_given(value)
    }


def _cell(column: Field, value: object) -> object:
    """A cell; of a column that is numbered by itself without the number that somebody typed."""
    one = coerce(column, value)
    return _TYPED_NUMBER.sub("", one) if column.numbered and isinstance(one, str) else one


def _number(field: Field, value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return value
    plain = unicodedata.normalize("NFKC", str(value)).strip().replace(",", "")
    if not _NUMBER.fullmatch(plain):
        return _text(value)
    number = Decimal(plain)
    if field.kind == "number":
        return number
    return int(number) if number == number.to_integral_value() else _text(value)


def _date(value: object) -> object:
    if isinstance(value, date):
        return official_date(value)
    if not isinstance(value, str) or len(value) > _LONGEST_DATE:
        return _text(value)
    found = dates_in(one_line(value))
    return official_date(date.fromisoformat(found[0])) if len(found) == 1 else _text(value)
