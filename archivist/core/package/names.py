"""Names within a package (移交包): how a manifest writes them (RFC 8493), what ``sha256sum -c`` reads, which must not meet.

A name is a path from the package's folder with forward slashes. RFC 8493 encodes ``%``, CR and LF, and nothing else, so
that a line stays a line; GNU ``sha256sum`` knows no ``%25`` and marks backslash and LF its own way. A package whose names
hold none of these satisfies both with one file; any other gets a second list beside, in GNU's writing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

PAYLOAD = "data"
"""The folder of what is handed over (RFC 8493, 2.1.2)."""

_ENCODED = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_GNU = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}


def encoded(name: str) -> str:
    """A name as a line of a manifest holds it."""
    for sign, written in _ENCODED.items():
        name = name.replace(sign, written)
    return name


def manifest(digests: Mapping[str, str]) -> str:
    """A manifest: a line per file, in the order of names."""
    return "".join(f"{digest}  {encoded(name)}\n" for name, digest in sorted(digests.items()))


def gnu_sums(digests: Mapping[str, str]) -> str:
    """The same files as ``sha256sum`` writes them; "" where the manifest itself is read by it."""
    if not any(sign in name for name in digests for sign in ("%", "\\", "\r", "\n")):
        return ""
    return "".join(_gnu_line(name, digest) for name, digest in sorted(digests.items()))


def _gnu_line(name: str, digest: str) -> str:
    written = "".join(_GNU.get(sign, sign) for sign in name)
    return f"{'' if written == name else chr(92)}{digest}  {written}\n"


def clashes(names: Iterable[str]) -> list[tuple[str, str]]:
    """Names that are one on a file system that knows no case or keeps composed characters only (Windows, macOS)."""
    seen: dict[str, str] = {}
    found = []
    for name in names:
        other = seen.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
        if other != name:
            found.append((other, name))
    return found
