"""The words of one document: register data, then a person's, then 【待填】; all mistakes told at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from archivist.core.dossier.drawing import Drawn
from archivist.core.drafts.agreement import agreement_problems
from archivist.core.drafts.clean import OPEN, one_line
from archivist.core.drafts.dossiered import day_given, drawn_for, joined, outcome_problems
from archivist.core.drafts.figures import sum_problems, tally
from archivist.core.drafts.kinds import DocumentKind, Field
from archivist.core.drafts.leftopen import left_open
from archivist.core.drafts.names import by_name, printable
from archivist.core.drafts.problems import Problem, located
from archivist.core.drafts.sources import (
    EXACTLY,
    NO_OFFICE,
    REGISTERED,
    SOURCES,
    Available,
    Office,
    fixed,
    from_dossier,
)
from archivist.core.drafts.values import coerce, is_given, printed
from archivist.core.drafts.voting import outcome, vote_problems
from archivist.core.patterns import lazily
from archivist.core.project import Project
from archivist.core.text import fold
from archivist.core.words.numbers import in_words
from archivist.errors import BadInputError

if TYPE_CHECKING:
    from archivist.core.archive.lists import ArchiveLists
    from archivist.core.dossier.values import Dossier
    from archivist.core.drafts.closing import Closing
    from archivist.core.evidence import VoteRule

_BRACES = lazily(r"\{(\w+)\}")


class Unfit(BadInputError):
    """What was filled in does not make the document (填写内容要改正); ``problems`` tell each mistake with its place."""

    def __init__(self, message: str, problems: Sequence[Problem]) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything one document is rendered from (草稿). The same inputs give the same draft.

    Attributes:
        values: what the template may name: plain str, int, list and dict.
        given: the texts a person gave, each of which must stand in the finished document.
        open: what prints 【待填】, by the fields' titles.
    """

    kind: str
    project: str
    item: int | None
    title: str
    day: date
    values: Mapping[str, Any]
    given: tuple[str, ...]
    open: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The draft's name for recognising the signed scan: the same for the same words."""
        words = repr((self.kind, self.project, self.day.isoformat(), sorted(self.values.items())))
        return "D" + sha256(words.encode("utf-8", "backslashreplace")).hexdigest()[:15].upper()


def build_context(
    kind: DocumentKind,
    project: Project,
    catalogue: Sequence[Mapping[str, Any]] | None,
    data: Mapping[str, Any],
    today: date,
    office: Office = NO_OFFICE,
    closing: Closing | None = None,
    votes: Sequence[VoteRule] = (),
    lists: ArchiveLists | None = None,
    dossier: Dossier | None = None,
) -> Draft:
    """Return the draft of ``kind`` for ``project``.

    Args:
        kind: the kind to draft.
        project: the register's row, fills the fields that name a source.
        catalogue: rows from ``catalogue_rows``; only the catalogue needs them.
        data: what a person filled in, by field name or title; wins over the register where people may say otherwise
            (`sources.REGISTERED`).
        today: printed where a document carries the day it was made; also its document properties' date.
        office: who issues documents here; wins over what the register says of the issuer.
        closing: what the archive holds and the gate decided; only the papers that close a project need it.
        votes: quorum and majority by kind of meeting; only records of votes need them.
        lists: what the lists of an archive (卷内目录 …) say; only they need it.
        dossier: what was entered of the project once (项目底册); nobody says otherwise in ``data``.

    Raises:
        Unfit: unknown fields, missing ones, values that do not fit, figures that do not add up, dates out of
            order, a resolution that the vote does not carry, a project of a category that the kind is not for.
    """
    _refuse_unfit(kind, project)
    words: list[str] = []
    given = _given(kind, data, words)
    drawn = None if dossier is None else Drawn(dossier, day_given(kind, given))
    known = Available(project, catalogue, today, office, closing, lists, drawn)
    values = _filled(kind, known, given, words)
    problems = [Problem((), "", said) for said in words]
    problems += [*_contradictions(kind, known, given), *located(kind, values)]
    if problems := problems or _disagreements(kind, values, votes, drawn):
        listed = "\n".join(f"  · {problem.told}" for problem in problems)
        refusal = (
            f"“{kind.name}”（项目 {project.code}）没有生成，有 {len(problems)} 处填写内容要改正：\n{listed}"
        )
        raise Unfit(refusal, problems)
    if kind.vote and (told := outcome(kind, values, votes)):
        values[kind.vote.outcome] = told
    context = {field.name: _shown(field, values.get(field.name)) for field in kind.fields}
    return Draft(
        kind=kind.slug,
        project=one_line(project.code),
        item=kind.item,
        title=one_line(f"{project.name}{kind.name}"),
        day=today,
        values=context,
        given=tuple(_texts(kind, {name: values[name] for name in given})),
        open=left_open(kind, context),
    )


def _disagreements(
    kind: DocumentKind, values: Mapping[str, Any], votes: Sequence[VoteRule], drawn: Drawn | None
) -> list[Problem]:
    """Where values that each fit disagree with one another: sums, votes, outcomes."""
    resolved = (kind.vote.resolution,) if kind.vote else ()
    return [
        *sum_problems(kind, values),
        *agreement_problems(kind, values),
        *(Problem(resolved, "", said) for said in vote_problems(kind, values, votes)),
        *(Problem((), "", said) for said in outcome_problems(kind, values, drawn)),
    ]


def _refuse_unfit(kind: DocumentKind, project: Project) -> None:
    """A paper that speaks of a category (类别) is not made for a project of another; of an unknown one it is left open."""
    if not kind.fits(project):
        told = (
            f"“{kind.name}”只用于{'、'.join(kind.categories)}项目；项目 {project.code} 在台账里是{project.category}，"
            "没有生成。台账里的类别不对的，请先更正台账再生成。"
        )
        raise Unfit(told, [Problem((), "", told)])


def _contradictions(kind: DocumentKind, known: Available, given: Mapping[str, Any]) -> list[Problem]:
    """What a person wrote otherwise than the register has it, of the facts that stand in the register alone."""
    problems = []
    for name, value in given.items():
        field = kind.field(name)
        registered = SOURCES[field.source](known) if field.source in REGISTERED else None
        if is_given(registered) and not _same(field, value, expected := coerce(field, registered)):
            written, stands = (printable(printed(field, one)) for one in (value, expected))
            said = f"填的是“{written}”，台账里是“{stands}”：不填就用台账的；台账不对的请先更正台账"
            problems.append(Problem((name,), f"“{field.title}”", said))
    return problems


def _same(field: Field, value: Any, registered: Any) -> bool:
    """Whether a person wrote what the register has: figures by value, words whatever their widths and signs; a place may
    say more than the register (珠溪镇青杠岭村二组), a year may carry 年.
    """
    if not isinstance(value, str) or not isinstance(registered, str):
        return bool(value == registered)
    written, known = fold(value), fold(registered)
    if field.source == "project.place":
        return known in written
    if field.source == "project.year":
        return written.replace("年", "") == known.replace("年", "")
    return value == registered or (written == known and field.source not in EXACTLY)


def _given(kind: DocumentKind, data: Mapping[str, Any], problems: list[str]) -> dict[str, Any]:
    named = by_name(data, kind.fields, "", problems)
    result: dict[str, Any] = {}
    for name, value in named.items():
        field = kind.field(name)
        if is_given(value) and fixed(field.source):
            problems.append(f"“{field.title}”由档案索引填写，不能另写")
        elif is_given(value) and field.computed:
            problems.append(f"“{field.title}”由人数算出，不能另写")
        elif is_given(value):
            result[name] = coerce(field, _rows_by_name(field, value, problems))
    return result


def _rows_by_name(field: Field, value: Any, problems: list[str]) -> Any:
    if field.kind != "table" or not isinstance(value, list | tuple):
        return value
    return [
        by_name(row, field.columns, f"“{field.title}”第 {number} 行", problems)
        if isinstance(row, Mapping)
        else row
        for number, row in enumerate(value, 1)
    ]


def _filled(
    kind: DocumentKind, known: Available, given: Mapping[str, Any], problems: list[str]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in kind.fields:
        value = _known_value(field, known, given.get(field.name), problems)
        if value is not None:
            values[field.name] = value
    for field in kind.fields:
        if field.tally is not None and field.name not in values:
            worked_out = tally(field, values)
            if worked_out is not None:
                values[field.name] = worked_out
    for field in kind.fields:
        if field.default and field.name not in values:
            values[field.name] = coerce(field, _sentence(kind, field.default, values))
    return values


def _known_value(field: Field, known: Available, value: Any, problems: list[str]) -> Any:
    """What a person gave for a field, joined with what the dossier says; what its source says where nobody gave a thing."""
    if from_dossier(field.source):
        said = drawn_for(field, SOURCES[field.source](known))
        if said is not None:
            value = said if value is None else joined(field, value, said, problems)
    elif value is None and field.source:
        found = SOURCES[field.source](known)
        value = coerce(field, found) if is_given(found) else None
    return _known_row(field, known) if value is None and field.kind == "table" else value


def _known_row(field: Field, known: Available) -> list[dict[str, Any]] | None:
    """The one row of a table that nobody filled in, where its columns have sources: the project's own."""
    row = {one.name: SOURCES[one.source](known) for one in field.columns if one.source}
    return [coerce(field, [row])[0]] if any(map(is_given, row.values())) else None


def _sentence(kind: DocumentKind, pattern: str, values: Mapping[str, Any]) -> str:
    def fill(match: re.Match[str]) -> str:
        value = values.get(match.group(1))
        return OPEN if value is None else printed(kind.field(match.group(1)), value)

    return _BRACES.sub(fill, pattern)


def _shown(field: Field, value: Any) -> Any:
    """Return what the template gets: texts, ints for counts, lists; 【待填】 or nothing if absent."""
    if field.kind == "table":
        return _shown_table(field, value)
    if value is None:
        return _nothing(field)
    if field.kind == "lines":
        return list(value)
    if field.kind == "integer" and field.tally is not None:
        return value
    return printed(field, value)


def _shown_table(field: Field, rows: Any) -> list[dict[str, Any]]:
    if rows is not None:
        return [
            {column.name: _numbered(column, number, row.get(column.name)) for column in field.columns}
            for number, row in enumerate(rows, 1)
        ]
    if not field.open:
        return []
    blank = "" if field.open_rows else OPEN
    return [{column.name: blank for column in field.columns} for _ in range(field.open_rows or 1)]


def _numbered(column: Field, number: int, value: Any) -> Any:
    shown = _shown(column, value)
    return f"（{in_words(number)}）{shown}" if column.numbered and shown else shown


def _nothing(field: Field) -> Any:
    if field.kind == "lines":
        return [""] * field.open_rows if field.open_rows else [OPEN] if field.open else []
    return OPEN if field.open else ""


def _texts(kind: DocumentKind, given: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for name, value in given.items():
        field = kind.field(name)
        if field.tick:
            continue
        if field.kind == "table":
            for row in value:
                found += _cells(field, row)
        elif field.kind == "lines":
            found += value
        else:
            found.append(printed(field, value))
    return found


def _cells(field: Field, row: Mapping[str, Any]) -> list[str]:
    columns = {column.name: column for column in field.columns}
    return [
        printed(columns[name], value) for name, value in row.items() if isinstance(value, str | int | Decimal)
    ]
