"""最近处理.html: what became of what was dropped into 收件箱, for people who see nothing but folders."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from archivist.pages.html import fill


@dataclass(frozen=True, slots=True)
class _Most:
    """Longest names and sentences, in characters: longer ones are cut in the middle."""

    name: int = 70
    words: int = 240


@dataclass(frozen=True, slots=True)
class Result:
    """One line: when, the name it was dropped under, what became of it (with a CSS class ``tone``), why or where,
    what to do, and the file to open (``file`` its name, ``link`` its path from the page).
    """

    at: str
    dropped: str
    outcome: str
    tone: str
    why: str
    how: str = ""
    file: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Files of one folder that were taken in and are not done: how many, the names of some, since when ("" for all)."""

    folder: str
    count: int
    names: tuple[str, ...]
    since: str


@dataclass(frozen=True, slots=True)
class RecentPage:
    """What the page says; sentences are Chinese and complete."""

    watcher: str
    running: bool
    counts: tuple[str, ...]
    alarms: tuple[str, ...]
    reopened: tuple[str, ...]
    troubles: tuple[str, ...]
    results: tuple[Result, ...]
    waiting: tuple[Waiting, ...] = ()
    astray: tuple[str, ...] = ()
    contact: str = ""


def recent_html(page: RecentPage, updated: str) -> tuple[bytes, str]:
    """Return the page, and a digest of all it says but ``updated``, which stands in its head."""
    said = fill("results.html", page=page, most=_Most())
    digest = hashlib.sha256(said.encode()).hexdigest()
    return fill("recent.html", said=said, digest=digest, updated=updated).encode(), digest
