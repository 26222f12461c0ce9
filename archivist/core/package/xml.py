"""XML written by hand: elements with text in them, whatever the text is from."""

from __future__ import annotations

from collections.abc import Iterable

HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'


def text(value: str) -> str:
    """Text escaped; characters that XML 1.0 cannot hold are replaced by ``�``."""
    kept = "".join(char if _allowed(ord(char)) else "�" for char in value)
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _allowed(code: int) -> bool:
    if code < 0x20:
        return code in {9, 10, 13}
    return not (0xD800 <= code <= 0xDFFF or 0x7F <= code <= 0x9F or code in {0xFFFE, 0xFFFF})


def element(name: str, value: str, depth: int = 0) -> str:
    """An element on a line of its own; ``name`` is ours."""
    return f"{'  ' * depth}<{name}>{text(value)}</{name}>\n"


def group(name: str, inside: Iterable[str], depth: int = 0) -> str:
    """An element around others."""
    return f"{'  ' * depth}<{name}>\n{''.join(inside)}{'  ' * depth}</{name}>\n"
