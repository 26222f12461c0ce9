"""Text from outside made safe for a Word document: no character that changes the layout or breaks the XML.

Residual risk accepted: unassigned and private-use characters pass, they print as a box and harm nothing.
"""

from __future__ import annotations

import re
import unicodedata

from archivist.core.patterns import lazily

OPEN = "【待填】"
"""What a document prints where something is knowingly left open."""
MISSING = "【缺】"
"""What the catalogue (归档目录) prints for an item that must have a paper and has none."""

# C0 and C1 controls but tab and line feed, lone surrogates, noncharacters, byte order marks, and the
# characters that turn the reading direction around, so that a person reads other words than stand there.
_FORBIDDEN = lazily(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
    "\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069"
    + "".join(f"{chr((plane << 16) + 0xFFFE)}{chr((plane << 16) + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_BREAK = lazily(r"[ \t]*\n\s*")


def clean_text(text: str) -> str:
    """Return ``text`` in NFC, line ends as LF, without characters that no document may carry."""
    unified = re.sub("\r\n?|[\x85\u2028\u2029\x0b\x0c]", "\n", text)
    return unicodedata.normalize("NFC", _FORBIDDEN.sub("", unified))


def one_line(text: str) -> str:
    """Return ``text`` as one line: line ends vanish between Hanzi and become a blank elsewhere, tabs too."""
    cleaned = clean_text(text).strip().replace("\t", " ")

    def joined(match: re.Match[str]) -> str:
        before, after = cleaned[match.start() - 1], cleaned[match.end()]
        return " " if before.isascii() and after.isascii() else ""

    return _BREAK.sub(joined, cleaned)


def lines_of(text: str) -> list[str]:
    """Return the paragraphs of ``text``, empty ones left out."""
    return [line for part in clean_text(text).split("\n") if (line := one_line(part))]
