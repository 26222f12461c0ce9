"""What a person gives beside the dossier (项目底册): they may add to it, not say otherwise: a number stands in one place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from archivist.core.dossier.drawing import FROM_DOSSIER, LEVELS, WHEN, Drawn, meeting
from archivist.core.drafts.names import printable
from archivist.core.drafts.values import coerce, is_given, printed
from archivist.core.drafts.voting import AGREES

if TYPE_CHECKING:
    from archivist.core.drafts.kinds import DocumentKind, Field

_DAY = (".day", WHEN)
_AGREED = ("", "同意", "原则同意")
"""Outcomes of meetings over which a paper may say 同意; "" where the dossier does not say."""
_CORRECT = "不填就用底册的；底册不对的，先更正底册（archivist dossier import）"


def day_given(kind: DocumentKind, given: Mapping[str, Any]) -> str:
    """The day of the meeting that a person's words are about; "" where they do not say."""
    days = {f"{FROM_DOSSIER}{level}{end}" for level in LEVELS for end in _DAY}
    for name, value in given.items():
        if kind.field(name).source in days and isinstance(value, str) and "日" in value:
            return value[: value.index("日") + 1]
    return ""


def outcome_problems(kind: DocumentKind, values: Mapping[str, Any], drawn: Drawn | None) -> Iterator[str]:
    """What a paper resolves that the meeting did not agree to, by the dossier (会议意见)."""
    level = next(
        (
            level
            for level in LEVELS
            for one in kind.fields
            if one.source.startswith(f"{FROM_DOSSIER}{level}.")
        ),
        "",
    )
    outcome = meeting(drawn, level).get("会议意见", "") if drawn is not None and level else ""
    if outcome in _AGREED:
        return
    for field in kind.fields:
        for words in _resolved(kind, field, values.get(field.name)):
            if AGREES.search(words):
                yield (
                    f"“{field.title}”写着“{printable(words)}”，项目底册里这次会议的意见是“{outcome}”："
                    "没有同意的，照实写；底册不对的，先更正底册（archivist dossier import）"
                )
                return


def _resolved(kind: DocumentKind, field: Field, value: Any) -> Iterator[str]:
    """The sentences that say what was decided: the resolution of a vote, and tables of numbered matters (议定事项)."""
    if kind.vote is not None and field.name == kind.vote.resolution and isinstance(value, list):
        yield from map(str, value)
    elif any(column.numbered for column in field.columns) and isinstance(value, list):
        yield from (str(text) for row in value if isinstance(row, Mapping) for text in row.values())


def drawn_for(field: Field, value: Any) -> Any:
    """What a dossier gives as ``field`` wants it: rows with the columns that the table has, typed."""
    if not is_given(value):
        return None
    if field.kind == "table" and isinstance(value, list):
        names = {column.name for column in field.columns}
        value = [{name: text for name, text in row.items() if name in names} for row in value]
    return coerce(field, value)


def joined(field: Field, given: Any, known: Any, problems: list[str]) -> Any:
    """What stands in the paper: a person's words with what the dossier knows besides; what contradicts it is told."""
    if field.kind == "table" and isinstance(given, list) and isinstance(known, list):
        return _joined_rows(field, given, known, problems)
    if given != known and not (field.source.endswith(WHEN) and str(given).startswith(str(known))):
        problems.append(
            f"“{field.title}”填的是“{_shown(field, given)}”，项目底册里是“{_shown(field, known)}”：{_CORRECT}"
        )
    return given


def _joined_rows(field: Field, given: Sequence[Any], known: Sequence[Any], problems: list[str]) -> list[Any]:
    left = [row for row in known if isinstance(row, Mapping)]
    if len(given) != len(left):
        problems.append(f"“{field.title}”填了 {len(given)} 行，项目底册里是 {len(left)} 行：{_CORRECT}")
        return list(given)
    out: list[Any] = []
    for number, row in enumerate(given, 1):
        if not isinstance(row, Mapping):
            return list(given)
        near = max(left, key=lambda one: sum(one.get(name) == value for name, value in row.items()))
        left.remove(near)
        for column in field.columns:
            one, other = row.get(column.name), near.get(column.name)
            if one is not None and other is not None and one != other:
                problems.append(
                    f"“{field.title}”第 {number} 行“{column.title}”填的是“{_shown(column, one)}”，"
                    f"项目底册里是“{_shown(column, other)}”：{_CORRECT}"
                )
        out.append({**near, **row})
    return out


def _shown(field: Field, value: Any) -> str:
    return printable(printed(field, value) if isinstance(value, str | int | Decimal) else value)
