"""Field names as people write them: with blanks, in half or full width, or as the printed title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from archivist.core.drafts.kinds import Field
from archivist.core.text import fold

_LONGEST_SHOWN = 40


def by_name(
    data: Mapping[str, Any], fields: Sequence[Field], where: str, problems: list[str]
) -> dict[str, Any]:
    """Return ``data`` keyed by field name; unknown and repeated names are added to ``problems``."""
    known = {fold(word): field for field in fields for word in (field.title, field.name)}
    result: dict[str, Any] = {}
    for written, value in data.items():
        field = known.get(fold(str(written)))
        if field is None:
            problems.append(f"{where}没有“{printable(written)}”这一项{_guess(str(written), fields)}")
        elif field.name in result:
            problems.append(f"{where}“{field.title}”填了两次，请只留一处")
        else:
            result[field.name] = value
    return result


def printable(value: object) -> str:
    """Return ``value`` short and printable, for a message."""
    text = "".join(char if char.isprintable() else "�" for char in str(value))
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"


def _guess(written: str, fields: Sequence[Field]) -> str:
    titles = [field.title for field in fields]
    close = get_close_matches(written[:_LONGEST_SHOWN], titles, n=1, cutoff=0.5)
    return f"，是不是“{close[0]}”？" if close else f"。可填的有：{'、'.join(titles)}"
