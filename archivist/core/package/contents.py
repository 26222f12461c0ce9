"""What a package holds of one project, as frozen values: papers, who they are by, what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

COPIES = "可检索副本"
PROOF = "事件证明"


@dataclass(frozen=True, slots=True)
class Paper:
    """A filed paper (件) in a package.

    Attributes:
        path: below the payload's folder. searchable: its searchable copy's, "" when there is none.
        counts: whether it is a version that counts; one that was replaced is handed over, too.
        original: 原件 or 复印件, "" when nobody knows. pages: None where nobody can tell (Word files).
        registered, registrar: when it came in (登记时间) and who decided that it is filed here (登记人).
        number: its 档号, reference: its 文号, secrecy: 密级, retention: 保管期限; "" where there is none.
    """

    id: str
    item: int
    item_name: str
    path: str
    sha256: str
    size: int
    title: str = ""
    date: str = ""
    responsible: str = ""
    pages: int | None = None
    original: str = ""
    counts: bool = True
    searchable: str = ""
    registered: str = ""
    registrar: str = ""
    source: str = ""
    source_sha256: str = ""
    number: str = ""
    reference: str = ""
    secrecy: str = ""
    retention: str = ""
    remark: str = ""

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.rpartition("/")[2]

    @property
    def format(self) -> str:
        """The format (格式) that its name ends with."""
        _, dot, ending = self.name.rpartition(".")
        return ending.upper() if dot else ""


@dataclass(frozen=True, slots=True)
class Item:
    """One of the catalogue's items (归档内容): how the project stands to it; ``clause`` is the plan's."""

    number: int
    name: str
    state: str
    enough: bool
    required: bool
    clause: str


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did (经过), as people read it."""

    at: str
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Contents:
    """A project as a package tells of it.

    Attributes:
        day: when it was exported (ISO 8601); by: who did. agency: who hands over.
        decided: the sentence of the decision that stands, "" where the project is not wound up.
        reopened: why an earlier decision holds no longer. root: 归档根码 (sha256) of the papers that count now.
        left: sentences about what is not in the package.
    """

    code: str
    name: str
    township: str
    village: str
    department: str
    category: str
    day: str
    by: str
    agency: str
    software: str
    items: tuple[Item, ...]
    papers: tuple[Paper, ...]
    complete: bool
    decided: str = ""
    reopened: str = ""
    root: str = ""
    hands: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    left: tuple[str, ...] = ()
    others: Mapping[str, str] = field(default_factory=dict)

    @property
    def wound_up(self) -> bool:
        """Whether the project is wound up (已销号)."""
        return bool(self.decided)

    @property
    def missing(self) -> tuple[Item, ...]:
        """Required items that are not there as they should be."""
        return tuple(one for one in self.items if one.required and not one.enough)
