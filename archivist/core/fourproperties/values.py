"""What the checks of the four properties are given and what they answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from archivist.core.archive.lists import ArchiveLists, ArchiveRow
    from archivist.core.archive.numbercheck import Flaw
    from archivist.core.checks.values import ProjectFile
    from archivist.core.document import Holding
    from archivist.core.fourproperties.attachments import Attached
    from archivist.core.fourproperties.manual import Manual
    from archivist.core.project import Project


class Result(StrEnum):
    """How a check went, in the words of the report. What did not run is BY_HAND and never PASSED."""

    PASSED = "通过"
    FAILED = "不通过"
    BY_HAND = "待人工核验"
    NONE = "不适用"


PROPERTIES = ("真实性", "完整性", "可用性", "安全性")
FILE, WHOLE = "文件", "项目"
"""Levels: each paper's file, or the whole project."""
RECORDABLE = (Result.PASSED.value, Result.FAILED.value)
"""What a person may record of a check."""


@dataclass(frozen=True, slots=True)
class CheckRule:
    """One check (检测项).

    Attributes:
        code: as reports number it. property: one of PROPERTIES. level: FILE or WHOLE.
        how: what makes it; "" where only a person can. ask: what that person looks at.
        basis: what it rests on, honestly.
    """

    code: str
    name: str
    property: str
    level: str
    how: str
    basis: str
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits of the checks (schemas/four-properties.toml, [limits]); lengths are characters."""

    title: int
    responsible: int
    number: int
    name: int
    earliest: int
    steps: tuple[int, ...]
    formats: tuple[str, ...]
    elements: tuple[str, ...]
    required: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FourRules:
    """The whole of schemas/four-properties.toml; ``told`` says what it rests on as a whole."""

    checks: tuple[CheckRule, ...]
    bounds: Bounds
    told: str

    def find(self, code: str) -> CheckRule | None:
        """The check of this number."""
        return next((one for one in self.checks if one.code == code), None)


class FileSeen(NamedTuple):
    """What lies at the place of a filed copy now.

    Attributes:
        inside: its place is below the store's root and no link leads elsewhere. size: bytes, None where nothing lies there.
        sha256, kind: of the bytes, "" where nobody read them. suffixes: endings that files of that kind have.
        encrypted: the bytes say that they are.
    """

    inside: bool
    size: int | None
    sha256: str = ""
    kind: str = ""
    suffixes: tuple[str, ...] = ()
    encrypted: bool = False


class FolderSeen(NamedTuple):
    """What lies in a project's folder.

    Attributes:
        there: the folder is. extra: names of files that the archive does not know. junk: names that programs leave behind.
        counts: files in the folder of each item. metadata: what is wrong with 档案元数据.json, "" for nothing.
    """

    there: bool
    extra: tuple[str, ...] = ()
    junk: tuple[str, ...] = ()
    counts: Mapping[int, int] = {}
    metadata: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the checks of one project need.

    Attributes:
        seen: by a document's number; None where nobody looked at files. folder: None where nobody looked.
        flaws: of its numbers (档号). places: the folder of each item below the store's root.
        filed: documents filed under each item, older versions too. townships: those there are (镇街).
        attached: what documents say of their attachments, by number; of those whose text nobody read, nothing.
        chain: what is wrong with the chain of events; "" for nothing, None where nobody looked.
        people: there is a register of people, by which authority was checked.
    """

    file: ProjectFile
    project: Project
    lists: ArchiveLists
    bounds: Bounds
    today: date
    seen: Mapping[str, FileSeen] | None = None
    folder: FolderSeen | None = None
    flaws: tuple[Flaw, ...] = ()
    places: Mapping[int, str] = field(default_factory=dict)
    filed: Mapping[int, int] = field(default_factory=dict)
    required: tuple[int, ...] = ()
    periods: frozenset[str] = frozenset()
    townships: frozenset[str] = frozenset()
    attached: Mapping[str, Attached] = field(default_factory=dict)
    chain: str | None = None
    people: bool = False

    def row(self, document: str) -> ArchiveRow | None:
        """The row of the list that a document stands in."""
        return next((row for row in self.lists.rows if document in row.documents), None)

    @property
    def lies(self) -> dict[str, str]:
        """The sha256 of what lies at documents' places, "" where nothing does; of those that were read."""
        found = (self.seen or {}).items()
        return {number: one.sha256 for number, one in found if one.sha256 or one.size is None}

    @property
    def listed(self) -> list[Holding]:
        """The documents that stand in the list: those that are final."""
        there = {number for row in self.lists.rows for number in row.documents}
        return [one for one in self.file.documents if one.id in there]


class Answer(NamedTuple):
    """How a check went and why, in Chinese."""

    result: Result
    told: str


class OfFile(NamedTuple):
    """How one check of one document went."""

    code: str
    document: str
    answer: Answer


class Judged(NamedTuple):
    """How one check of a project went, what people verified by hand counted in.

    Attributes:
        manual: what was verified by hand, where it counts; ``void`` says why what was verified counts no longer.
    """

    rule: CheckRule
    result: Result
    told: str
    manual: Manual | None = None
    void: str = ""

    def record(self, project: str) -> dict[str, Any]:
        """A line of ``--json``."""
        return {
            "project": project,
            "code": self.rule.code,
            "name": self.rule.name,
            "property": self.rule.property,
            "level": self.rule.level,
            "result": self.result.value,
            "message": self.told,
            "basis": self.rule.basis,
            "document": None,
            "verified": None if self.manual is None else self.manual.record(),
        }


class Examined(NamedTuple):
    """A project's four properties: each check, and each check of each document."""

    project: str
    name: str
    judged: tuple[Judged, ...]
    files: tuple[OfFile, ...]

    def records(self) -> Iterator[dict[str, Any]]:
        """The lines of ``--json``: each check, then each check of each document."""
        for one in self.judged:
            yield one.record(self.project)
        rules = {one.rule.code: one.rule for one in self.judged}
        for of in self.files:
            line = Judged(rules[of.code], of.answer.result, of.answer.told).record(self.project)
            yield {**line, "document": of.document}

    def count(self, result: Result) -> int:
        """How many checks went so."""
        return sum(one.result is result for one in self.judged)
