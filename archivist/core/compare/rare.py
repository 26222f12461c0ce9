"""Rare characters (生僻字) in names: readers of scans know some thousand characters, and write another for the rest.

Where one name has a rare character at which the other has something else, nobody can tell a slip of the reader from one
of the writer. Common are the 3,755 characters of GB/T 2312's first level.
"""

from __future__ import annotations

ANY = "\ufffc"
"""Stands for whatever character was read there."""

_FIRST, _LAST = b"\xb0\xa1", b"\xd7\xf9"


def rare(char: str) -> bool:
    """Whether a character is a Chinese one beyond the first level of GB/T 2312."""
    if not "一" <= char <= "鿿":
        return False
    try:
        return not _FIRST <= char.encode("gb2312") <= _LAST
    except UnicodeEncodeError:
        return True


def veiled(one: str, other: str) -> tuple[str, str]:
    """Both names, each with `ANY` for its rare characters that the other has not."""
    return _veiled(one, other), _veiled(other, one)


def _veiled(name: str, other: str) -> str:
    return "".join(ANY if rare(char) and char not in other else char for char in name)


def meets(one: str, other: str) -> bool:
    """Whether two characters may be the same."""
    return one == other or ANY in (one, other)
