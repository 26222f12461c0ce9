"""What is true of a corpus: every file's documents, what must happen to it, and the text of every page."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class Part:
    """A document inside a file: pages ``first``..``last`` of one project and item; or something to leave out.

    Attributes:
        negative: kind of a part that is no archive item, else "".
        accepted: ISO dates that are right; the first is the document's own.
        signed: None where nothing asks for a signature (or where typed names stand).
        red: False where a seal has lost its colour (grey, black and white, copies).
        optional: a project that is not 淘汰类; filing it is right, leaving it is no gap.
        joint: its pages count for other projects, too (a Part each).
    """

    first: int
    last: int
    project: str = ""
    item: int = 0
    accepted: list[str] = field(default_factory=list)
    level: str | None = None
    layout: str = ""
    named: str = ""
    has_code: bool = False
    sealed: bool = False
    signed: bool | None = None
    red: bool = True
    optional: bool = False
    joint: bool = False
    negative: str = ""


@dataclass(slots=True)
class PageText:
    """What is written on one page: outside tables, inside tables; how it was damaged."""

    text: str
    table: str
    damage: str
    hand: bool = False
    sealed: bool = False


DOCUMENTS, NEGATIVE, REJECT = "documents", "negative", "reject"
DUPLICATE, CONTINUATION, CONTAINER, IGNORE = "duplicate", "continuation", "container", "ignore"


@dataclass(slots=True)
class Entry:
    """One file of the inbox, or one member of an archive (``材料.zip!/一.pdf``).

    Attributes:
        role: documents, negative (no archive item), reject (cannot be used), duplicate, continuation (a further
            photo of a document), container (an archive), ignore (litter of the operating system).
        kind: what sort of negative or reject. of: the file it repeats or continues.
        whole: a file of one document whose page numbers say nothing (docx; photos that may be joined).
        photos: the files of a document photographed page by page.
    """

    role: str
    parts: list[Part] = field(default_factory=list)
    kind: str = ""
    of: str = ""
    format: str = ""
    mode: str = ""
    dpi: int = 0
    turn: int = 0
    misleading: str = ""
    whole: bool = False
    blanks: list[int] = field(default_factory=list)
    photos: list[str] = field(default_factory=list)
    pages: int = 0
    texts: list[PageText] = field(default_factory=list)


@dataclass(slots=True)
class Truth:
    """One corpus. ``missing`` is what each 淘汰类 project lacks of items 1 to 7."""

    seed: int
    files: dict[str, Entry] = field(default_factory=dict)
    missing: dict[str, list[int]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def save(self, path: Path) -> None:
        """Write as JSON."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), "utf-8")

    @classmethod
    def load(cls, path: Path) -> Truth:
        """Read what `save` wrote."""
        data = json.loads(path.read_text("utf-8"))
        return cls(
            data["seed"], {k: _entry(v) for k, v in data["files"].items()}, data["missing"], data["notes"]
        )


def _entry(record: dict[str, Any]) -> Entry:
    record["parts"] = [Part(**part) for part in record["parts"]]
    record["texts"] = [PageText(**text) for text in record["texts"]]
    return Entry(**record)
