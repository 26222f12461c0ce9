"""What the archive is about: a source (来件) that was dropped, and the documents (件) it holds, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from archivist.core.model import NO_MARKS, Candidate, Fact, Level, Marks, Seen, Status, TextSource

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
class Document:
    """One document (件): a page range of a source and what became of it."""

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
    title: str | None = None
    date: str | None = None
    issuer: str | None = None
    level: Level | None = None
    sealed: Seen = Seen.UNKNOWN
    signed: Seen = Seen.UNKNOWN
    path: str | None = None
    path_sha256: str | None = None
    text_source: TextSource = TextSource.NONE
    original: str | None = None
    decided_by: str | None = None
    archival: bool = True
    facts: tuple[Fact, ...] = ()
    marks: Marks = NO_MARKS
