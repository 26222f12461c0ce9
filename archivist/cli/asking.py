"""``archivist generate --interactive``: a document's contents asked for on the terminal, field by field (逐项问)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from archivist.render.text import plain

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.core.drafts.kinds import DocumentKind, Field
    from archivist.core.forms.layout import Sheet
    from archivist.drafts.drafting import Drafted
    from archivist.workspace.opened import Workspace

_NOTHING: Any = object()
"""Nobody answered."""


def asked_document(
    opened: Workspace, kind_name: str, code: str, data: Path | None, sets: Sequence[str], place: Path
) -> Drafted:
    """Ask for whatever nobody knows yet, then write the document."""
    from archivist.core.forms.layout import NOTHING, is_locked, sheets_of
    from archivist.drafts import find_kind, parse_sets, read_data
    from archivist.drafts.drafting import Drafting
    from archivist.drafts.forms.known import chosen_projects, known_rows
    from archivist.index.reader import open_reader

    drafting = Drafting(opened)
    kind = find_kind(drafting.kinds, kind_name)
    with open_reader(opened.index_path) as index:
        (project,) = chosen_projects(index, [code], None)
    (row,) = known_rows(opened, kind, [project], datetime.now().astimezone().date())
    given: dict[str, Any] = {**(read_data(data) if data else {}), **parse_sets(sets)}
    _say(
        f"{kind.name}：{project.code} {project.name}。逐项填写，回车跳过；跳过的印成【待填】，或用现成的内容。"
    )
    for sheet in sheets_of(kind):
        if sheet.table is not None:
            if not _is_given(sheet.table, given):
                rows = _table(kind, sheet, NOTHING)
                given |= {} if rows is None else {sheet.table.name: rows}
            continue
        for field in sheet.columns:
            known = row.known.get(field.name)
            if _is_given(field, given) or (known is not None and is_locked(field)):
                continue
            answer = _field(kind, field, "" if known is None else str(known))
            given |= {} if answer is _NOTHING else {field.name: answer}
    return drafting.write(kind, code, given, place)


def _is_given(field: Field, given: dict[str, Any]) -> bool:
    return field.name in given or field.title in given


def _field(kind: DocumentKind, field: Field, known: str) -> Any:
    """One field, asked until it is what it must be."""
    told = field.description.removeprefix("应为")
    while True:
        _say(f"\n{field.title}：{told}" + (f"（不填就用“{known}”）" if known else ""))
        answer = _lines(field) if field.kind == "lines" else _choice(field, field.choices)
        if answer is _NOTHING:
            return answer
        from archivist.core.drafts.problems import located
        from archivist.core.drafts.values import coerce

        value = coerce(field, answer)
        wrong = [one.said for one in located(kind, {field.name: value}) if one.path[:1] == (field.name,)]
        if not wrong:
            return value
        for words in wrong:
            _say(f"  {words}。请重填，或回车跳过。")


def _lines(field: Field) -> Any:
    """Several lines, to the first empty one."""
    found: list[str] = []
    while answer := _prompt(f"  {len(found) + 1}"):
        found.append(answer)
    return found or _NOTHING


def _choice(field: Field, choices: Sequence[str]) -> Any:
    """One answer; of numbered choices the number will do."""
    for number, choice in enumerate(choices, 1):
        _say(f"  {number}. {choice}")
    answer = _prompt("  " + ("选" if choices else "填"))
    if choices and answer.isdecimal() and len(answer) < 4 and 1 <= int(answer) <= len(choices):
        return choices[int(answer) - 1]
    return answer or _NOTHING


def _table(kind: DocumentKind, sheet: Sheet, nothing: str) -> list[dict[str, Any]] | None:
    """The rows of a table, each asked for column by column; None when nobody says anything."""
    table = sheet.table
    assert table is not None
    rows: list[dict[str, Any]] = []
    none = f"；没有的写“{nothing}”" if sheet.may_be_none else ""
    _say(f"\n{table.title}：一项一项填，第一格回车就是填完了{none}。")
    while True:
        line: dict[str, Any] = {}
        for column in sheet.columns:
            answer = _cell(kind, table, column, len(rows) + 1)
            first = column is sheet.columns[0]
            if first and answer is _NOTHING:
                return rows or None
            if first and answer == nothing and sheet.may_be_none:
                return rows
            line |= {} if answer is _NOTHING else {column.name: answer}
        rows.append(line)


def _cell(kind: DocumentKind, table: Field, column: Field, number: int) -> Any:
    from archivist.core.drafts.problems import located
    from archivist.core.drafts.values import coerce
    from archivist.core.forms.layout import NOTHING

    while True:
        _say(f"  第 {number} 项 {column.title}：{column.description.removeprefix('应为')}")
        answer = _choice(column, column.choices)
        if answer is _NOTHING and not (column.required and column is not table.columns[0]):
            return answer
        if answer == NOTHING and column is table.columns[0]:
            return answer
        value = None if answer is _NOTHING else coerce(column, answer)
        row = {} if value is None else {column.name: value}
        path = (table.name, 0, column.name)
        wrong = [one.said for one in located(kind, {table.name: [row]}) if one.path == path]
        if not wrong:
            return value
        for words in wrong:
            _say(f"  {words}。请重填。")


def _prompt(words: str) -> str:
    return str(click.prompt(words, default="", show_default=False, prompt_suffix="＞ ", err=True)).strip()


def _say(words: str) -> None:
    """Ask on stderr: stdout is for what was made."""
    for line in words.split("\n"):
        click.echo(plain(line), err=True)
