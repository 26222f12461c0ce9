"""Archival file and folder names: readable, NFC, and safe on Linux, NTFS and SMB whatever was dropped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from archivist.core.patterns import lazily
from archivist.core.text import normal

_FORBIDDEN = lazily(r'[<>:"/\\|?*]')
_RESERVED = lazily(r"^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_SPACES = lazily(r"\s+")


_MAX_BYTES = 200
"""Longest name in UTF-8 bytes: file systems allow 255, and a count, page numbers, ``（说明）.txt`` come on top."""


def safe_name(text: str, limit: int = 60) -> str:
    """Return ``text`` as one path component of at most ``limit`` characters; never empty, never special.

    Control, format (RTL marks, zero-width) and unpaired characters go; what file systems forbid becomes a hyphen.
    A name longer than 200 bytes of UTF-8 is cut between characters.
    """
    text = unicodedata.normalize("NFC", text)
    kept = "".join(" " if char.isspace() else char for char in text if char.isspace() or _printable(char))
    kept = _FORBIDDEN.sub("-", kept)
    kept = _SPACES.sub(" ", kept).strip(" .")[:limit]
    kept = kept.encode("utf-8")[:_MAX_BYTES].decode("utf-8", "ignore").strip(" .")
    if not kept or _RESERVED.match(kept):
        kept = f"_{kept}"
    return kept


def _printable(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def safe_suffix(name: str) -> str:
    """Return the extension of a dropped name if it is an ordinary one (``.pdf``), else an empty string."""
    match = re.search(r"\.([A-Za-z0-9]{1,8})$", name)
    return f".{match.group(1).lower()}" if match else ""


_KNOWN = lazily(
    r"\.(?:pdf|ofd|doc[xm]?|dotx|wps|rtf|odt|xls[xm]?|et|pptx?|hei[cf]|jp(?:e?g|e)|jfif|png|tiff?|bmp|webp|gif|txt|dat|tmp|bin)"
)


def with_suffix(name: str, fitting: Sequence[str]) -> str:
    """Return ``name`` with an extension out of ``fitting`` (the usual one first): its own if that fits, else the usual
    one in place of a document's extension that does not, or behind what is none (``报告 v1.2``).
    """
    suffix = safe_suffix(name)
    if not fitting or suffix in fitting:
        return name
    stem = name[: -len(suffix)] if _KNOWN.fullmatch(suffix) else name
    return (stem or "_") + fitting[0]


def project_folder(code: str, name: str) -> str:
    """The folder name of a project: 项目编号 项目名称. A long one ends early: Windows opens no path over 260 characters."""
    return safe_name(f"{code} {name}", 60)


def township_folder(name: str) -> str:
    """The folder name of a township (镇街)."""
    return safe_name(name, 20) if name else "镇街不明"


def archival_name(item: int, short: str, date: str | None, title: str | None, suffix: str) -> str:
    """The clear name of a filed document: item, date (日期不明 when none was found) and title (题名), in ordinary
    characters (`core.text.normal`): what is typed finds it.
    """
    words = [f"{item:02d}", date or "日期不明", normal(title or short).strip() or short]
    return safe_name(" ".join(words), 74) + suffix


def unused(name: str, taken: Callable[[str], bool]) -> str:
    """Return ``name``, or the first of ``name (2)``, ``name (3)`` … that is not taken."""
    if not taken(name):
        return name
    stem, dot, suffix = name.rpartition(".")
    if not dot or not stem:
        stem, suffix = name, ""
    count = 2
    while taken(candidate := f"{stem} ({count})" + (f".{suffix}" if suffix else "")):
        count += 1
    return candidate
