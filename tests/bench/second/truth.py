"""What is true of the second corpus: each file's documents, and what must or must not happen to them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class Known:
    """One document inside a file.

    Attributes:
        items: items under which it may be filed, the best first.
        dates: ISO dates that are right; ``undated``: none may be given. traps: dates in it that are something else.
        outcomes: code → 同意, 原则同意, 暂缓, 另行研究, 退回修改, 不同意.
        owners: of each seal, all names by which its owner may be called.
        colour: seals are visible as red ones.
        signed: None where nobody is asked to sign.
        optional: filing it is right, leaving it is no gap (drafts).
        loose: it names its project only in passing: it may wait, but with the right guess.
        facts: fund (元), due, came, yes, no, away: what it says.
        copy: it says of itself that it is a copy. bodies: names of those who made it (责任者).
    """

    first: int
    last: int
    projects: list[str] = field(default_factory=list)
    items: list[int] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    undated: bool = False
    traps: dict[str, str] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)
    owners: list[list[str]] = field(default_factory=list)
    sealed: bool = False
    colour: bool = True
    signed: bool | None = None
    optional: bool = False
    names_project: bool = False
    variant: str = ""
    loose: bool = False
    facts: dict[str, str] = field(default_factory=dict)
    copy: bool = False
    bodies: list[str] = field(default_factory=list)


DOCUMENTS, STRAY, PHOTO, DUPLICATE = "documents", "stray", "photo", "duplicate"
VERSION, LITTER = "version", "litter"


@dataclass(slots=True)
class File:
    """One file of the inbox.

    Attributes:
        role: documents, stray (belongs to no project), photo (a further page of ``of``), duplicate of ``of``,
            version (an earlier, shorter save of ``of``), litter.
        whole: its page numbers say nothing (Word; pages photographed one by one).
        wait: why it may not be filed without a word (pages out of order), else "".
        photos: all files of a document photographed page by page, in order.
        texts: for each page the lines printed in black and those printed in red (not under seals, not by hand).
    """

    role: str
    documents: list[Known] = field(default_factory=list)
    of: str = ""
    whole: bool = False
    wait: str = ""
    photos: list[str] = field(default_factory=list)
    pages: int = 1
    form: str = ""
    wear: str = ""
    texts: list[list[list[str]]] = field(default_factory=list)


@dataclass(slots=True)
class Truth:
    """One corpus. ``missing``: what each project lacks of items 1–7; ``open``: items that either answer may hold."""

    seed: int
    files: dict[str, File] = field(default_factory=dict)
    missing: dict[str, list[int]] = field(default_factory=dict)
    open: dict[str, list[int]] = field(default_factory=dict)

    def save(self, path: Path) -> None:
        """Write as JSON."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), "utf-8")

    @classmethod
    def load(cls, path: Path) -> Truth:
        """Read what `save` wrote."""
        data: dict[str, Any] = json.loads(path.read_text("utf-8"))
        files = {}
        for name, record in data["files"].items():
            record["documents"] = [Known(**one) for one in record["documents"]]
            files[name] = File(**record)
        return cls(data["seed"], files, data["missing"], data["open"])

    def pages(self) -> int:
        """Pages of all files."""
        return sum(one.pages for one in self.files.values())
