"""The register (项目台账) as questions need it, and what people name of it: what is not there is a slip of the pen.

On the light path: named tuples, because a dataclass takes ten times as long to make.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from archivist.core.reports.listings import ItemName
from archivist.errors import UsageError

if TYPE_CHECKING:
    from archivist.index.reader import IndexReader

PLACES = {"township": "镇街", "village": "村（社区）", "department": "主管部门"}
"""Fields people look for projects by, in their words."""


class Registered(NamedTuple):
    """One project of the register; ``deregistered`` is when it passed the gate (销号, ISO 8601), if that holds."""

    code: str
    name: str
    township: str
    village: str
    category: str | None
    department: str
    folder: str | None
    deregistered: str | None


Register = Mapping[str, Registered]
"""Projects by code, in the order people expect: by township, then code."""


def registered(index: IndexReader) -> Register:
    """The whole register."""
    return {row["code"]: Registered(*row) for row in index.projects.all()}


def known_projects(index: IndexReader, register: Collection[str], codes: Iterable[str]) -> None:
    """Raise UsageError when the register lacks one of ``codes``."""
    unknown = [code for code in codes if code not in register]
    if unknown:
        raise no_project(index, unknown)


def no_project(index: IndexReader, codes: Sequence[str]) -> UsageError:
    """The refusal of numbers that no project has; a number that one had before (曾用编号) is told with that of now."""
    formers = index.succession.formers()
    for code in codes:
        if former := formers.get(code.casefold()):
            return UsageError(f"{code} 是曾用编号，这个项目现在的编号是 {former.code}。")
    return UsageError(f"台账里没有项目编号“{'、'.join(codes)}”。请用 archivist register list 查看编号。")


def known_place(register: Register, field: str, words: str | None) -> None:
    """Raise UsageError when no project has ``words`` in its ``field`` (one of PLACES); None asks for nothing."""
    if words is not None:
        known_names(field, words, {getattr(one, field) for one in register.values()})


def known_names(field: str, words: str, names: Collection[str]) -> tuple[str, ...]:
    """Those of the ``names`` the register has in a ``field`` that hold ``words``; UsageError when none does."""
    found = tuple(name for name in names if words in name)
    if not found:
        raise UsageError(
            f"台账里没有{PLACES[field]}含“{words}”的项目。请用 archivist register list 查看写法。"
        )
    return found


def known_item(items: Iterable[ItemName], number: int) -> None:
    """Raise UsageError when the catalogue (归档目录) has no item ``number``."""
    known = list(items)
    if number not in [item.number for item in known]:
        listed = "、".join(f"{item.number} {item.short}" for item in known)
        raise UsageError(f"归档目录没有第{number}项。各项是：{listed}。")
