"""What the archive is about: a source (来件) that was dropped, and the documents (件) it holds, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field

from archivist.core.model import Candidate, Description, Status

INBOX, PROJECT, MEMBER = "inbox", "project", "member"
"""Where a source came from: 收件箱, a project's folder, or an archive (zip) that was dropped."""

RECEIVED, PLANNED, DONE = "received", "planned", "done"
"""How far a source is: its bytes are safe; its documents and their places are decided; all is in place."""

SAFE, STANDS, OWN = "safe", "stands", "own"
"""Why a file may go: a drop whose bytes are in the vault; a drop whose documents stand; our copy at a place given up
(the latter two only once their source is done).
"""


@dataclass(frozen=True, slots=True)
class Source:
    """One dropped file (or archive member). ``decided_*`` hold a person's decision, made by where it was dropped."""

    id: int
    name: str
    origin: str
    parent: int | None
    sha256: str
    size: int
    vault: str | None
    state: str
    received: str
    decided_project: str | None = None
    decided_item: int | None = None
    pages: int | None = None
    kind: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Removal:
    """A file to take away once its source's documents stand: only if it is still the file that was meant.

    ``path`` is below the store's root, as the file system's bytes; ``stamp`` is a drop's, None for our own copies.
    """

    reason: str
    path: bytes
    sha256: str
    stamp: str | None = None
    source: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True)
class Document(Description):
    """One document (件): a page range of a source and what became of it.

    Attributes:
        path: where its copy stands below the store's root, ``path_sha256`` the copy's bytes.
        original: 原件 or 复印件, None when nobody knows. decided_by: the person who decided, None for the software.
    """

    id: str
    source: int
    first: int
    last: int
    status: Status
    project: str | None = None
    item: int | None = None
    confidence: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[str, ...] = ()
    path: str | None = None
    path_sha256: str | None = None
    original: str | None = None
    decided_by: str | None = None

    @property
    def pages(self) -> tuple[int, int]:
        """First and last page in its source."""
        return (self.first, self.last)

    @property
    def guess(self) -> Candidate | None:
        """The best candidate that names both a project and an item: what a person can accept as it stands."""
        return next((one for one in self.candidates if one.project and one.item), None)


@dataclass(frozen=True, slots=True)
class Holding(Document):
    """A document as the archive holds it: with the source it came in, how its copy stands, its other versions.

    Attributes:
        wrong: what became of its copy in the folder: "altered", "gone" or "".
        searchable: where its searchable copy (可检索副本) stands; ``searchable_note`` says why there is none, or why it
            is no PDF/A.
        replaced_by: the document that counts in its place, ``replaced_why`` in Chinese why. replaces: those in whose place
            it counts.
    """

    file: Source = field(kw_only=True)
    wrong: str = field(default="", kw_only=True)
    searchable: str | None = field(default=None, kw_only=True)
    searchable_note: str | None = field(default=None, kw_only=True)
    replaced_by: str | None = field(default=None, kw_only=True)
    replaces: tuple[str, ...] = field(default=(), kw_only=True)
    replaced_why: str | None = field(default=None, kw_only=True)

    @property
    def name(self) -> str:
        """What people find it under: the name of its copy, or that of the file it came in."""
        return (self.path or self.file.name).rpartition("/")[2]

    @property
    def called(self) -> str:
        """The document as people find it, with its number."""
        return f"“{self.name}”（{self.id}）"
