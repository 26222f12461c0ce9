"""Text as it came out of somebody's file → text that is safe to store, and a judgement whether to believe it.

Pure. NFC, never NFKC: ① and ㎡ and full-width brackets mean something in a document, and quotes say what a page shows.
Only what nobody can see is mended: radicals (部首) for ideographs, variation selectors, soft hyphens. `core.text` makes
the normal form out of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from archivist.core.characters import RADICALS, UNSEEN

_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_DROP = re.compile(rf"[\ud800-\udfff{UNSEEN}\ufffe\uffff]")
_RADICAL = re.compile(r"[\u2e80-\u2fd5]")
_HAN_GAP = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_WORD = re.compile(r"[A-Za-z]+")
_VOWEL = re.compile(r"[aeiouyAEIOUY]")
MAX_LINE = 20_000
"""Characters kept of one line; a longer one is no line of a document."""


def clean(text: str) -> str:
    """Return one line of text without NUL, lone surrogates, control and invisible characters; NFC, without radicals;
    spaces folded.
    """
    text = _DROP.sub("", text[:MAX_LINE])
    if _RADICAL.search(text):
        text = text.translate(RADICALS)
    if not text.isprintable():  # controls and line ends never are
        text = "".join(
            " " if _is_break(c) else c for c in text if _is_break(c) or unicodedata.category(c) != "Cc"
        )
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def _is_break(char: str) -> bool:
    return char in "\t\r\n\v\f\x85\u2028\u2029"


def close_gaps(text: str) -> str:
    """Remove single spaces between Han characters (some text layers put one after every character)."""
    if len(_HAN_GAP.findall(text)) * 3 < len(text):
        return text
    return _HAN_GAP.sub("", text)


def letters(text: str) -> int:
    """Count letters and digits of any script."""
    return sum(times for char, times in Counter(text).items() if char.isalnum())


def trustworthy(text: str) -> bool:
    """Tell whether a text layer reads like Chinese, or like plain English and figures.

    False for replacement and private-use characters, for a wrong encoding (accented Latin, rare Han, Hangul
    and so on in the place of common Han), and for ASCII that is not words. A wrong False only costs an OCR
    pass.
    """
    times = {char: count for char, count in Counter(text).items() if not char.isspace()}
    signs = sum(times.values())
    if not signs:
        return False
    if sum(count for char, count in times.items() if _bad(char)) > 0.03 * signs:
        return False
    if sum(count for char, count in times.items() if _foreign(char)) > 0.15 * signs:
        return False
    han = {
        char: count for char, count in times.items() if "\u3400" <= char <= "\u9fff" or char > "\U0001ffff"
    }
    if sum(han.values()) >= 0.15 * signs:
        return _common_share(han) >= 0.75
    return _plain_ascii(text, signs)


def _bad(char: str) -> bool:
    return char == "\ufffd" or unicodedata.category(char) in ("Co", "Cn", "Cs", "Cc")


@lru_cache(maxsize=1 << 14)
def _foreign(char: str) -> bool:
    if char < "\u0080" or char in "〇○□■☑☐√×÷±°·—–‘’“”…§№℃①②③④⑤⑥⑦⑧⑨⑩":
        return False
    block = unicodedata.name(char, "?")
    return not block.startswith(
        ("CJK", "IDEOGRAPHIC", "FULLWIDTH", "LEFT ", "RIGHT ", "PARENTHESIZED", "CIRCLED")
    )


def _common_share(han: Mapping[str, int]) -> float:
    """Share of characters that are on GB 2312's first level (the 3755 common ones) or written in it at all,
    halved. ``han`` tells how often each character stands there.
    """
    score = 0.0
    for char, count in han.items():
        encoded = char.encode("gb2312", "ignore")
        if encoded:
            score += count if encoded[0] < 0xD8 else 0.5 * count
    return score / sum(han.values())


def _plain_ascii(text: str, signs: int) -> bool:
    words = _WORD.findall(text)
    in_words = sum(len(word) for word in words)
    digits = sum(char.isdigit() for char in text)
    if in_words + digits < 0.6 * signs:
        return False
    spoken = sum(len(word) for word in words if _VOWEL.search(word) and len(word) <= 20)
    return in_words == 0 or digits > in_words or spoken >= 0.7 * in_words
