"""What a check found (核验发现), as values with Chinese words for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

ERROR, WARNING = "error", "warning"

ALTERED, MISSING, UNREADABLE, UNEXPECTED = "altered", "missing", "unreadable", "unexpected"
CHAIN, LOG, ROW, TEXT, HEAD, ANCHOR = "chain", "log", "row", "text", "head", "anchor"
TIME = "time-backwards"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a file is: which document, where it belongs, what it came as and when. None where it is not known."""

    document: str | None = None
    project: str | None = None
    item: int | None = None
    source: str | None = None
    received: str | None = None

    def words(self) -> str:
        """As people say it."""
        place = f"项目 {self.project} 第 {self.item} 项" if self.project and self.item else ""
        parts = [
            f"材料 {self.document}" if self.document else "",
            place,
            f"来源“{self.source}”" if self.source else "",
            f"{self.received[:10]} 收到" if self.received else "",
        ]
        return "，".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One thing that is not as it was.

    Attributes:
        code: altered, missing, unreadable, unexpected (files); chain, log, row, text, head, anchor, time-backwards
            (records).
        severity: "error", or "warning" for what may have an innocent reason.
        path: the file, below the store's root; for records, where they are kept.
        message: what is wrong. advice: what to do.
    """

    code: str
    severity: str
    path: str
    message: str
    advice: str
    known: Subject = Subject()

    def record(self) -> dict[str, Any]:
        """As it is logged and printed."""
        return {
            "code": self.code,
            "severity": self.severity,
            "path": self.path,
            "document": self.known.document,
            "project": self.known.project,
            "item": self.known.item,
            "source": self.known.source,
            "received": self.known.received,
            "message": self.message,
            "advice": self.advice,
        }


@dataclass(slots=True)
class Report:
    """What one check did and found."""

    originals: int = 0
    copies: int = 0
    bytes: int = 0
    events: int = 0
    head: tuple[int, str] = (0, "")
    findings: list[Discrepancy] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong; warnings do not count."""
        return not any(finding.severity == ERROR for finding in self.findings)

    def record(self, findings: Sequence[Discrepancy] | None = None) -> dict[str, Any]:
        """As `schemas/output/verify.schema.json` says."""
        shown = self.findings if findings is None else findings
        return {
            "ok": self.sound,
            "checked": {
                "originals": self.originals,
                "copies": self.copies,
                "bytes": self.bytes,
                "events": self.events,
            },
            "head": {"seq": self.head[0], "hash": self.head[1]},
            "findings": [finding.record() for finding in shown],
        }
