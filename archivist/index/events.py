"""The append-only, hash-chained log of acts (事件): each row's hash covers its words and the row before it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted and where: the operating system's user unless named (``--as``); watch, cli or web."""

    name: str
    place: str


def now() -> str:
    """The time with its zone, ISO 8601, to the second: what an auditor compares with a clock on the wall."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def event_hash(seq: int, at: str, actor: Actor, act: str, subject: str, detail: str, previous: str) -> str:
    """Return the sha256 that chains one event to the one before it."""
    words = json.dumps([seq, at, actor.name, actor.place, act, subject, detail, previous], ensure_ascii=False)
    return hashlib.sha256(words.encode("utf-8")).hexdigest()


def to_json(value: Any) -> str:
    """JSON as it is kept in the database: compact, readable Chinese, keys in order."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
