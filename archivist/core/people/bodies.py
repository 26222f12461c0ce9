"""Whether two names are of one body: 区农业农村委 and 大足区农业农村委员会 are."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from archivist.core.patterns import lazily

_SHORTER = (("委员会", "委"), ("办公室", "办"), ("领导小组", ""), ("机关", ""))
_NO_LETTER = lazily(r"[\W_]+")


def plain_body(name: str, prefixes: Collection[str] = ()) -> str:
    """A body's name without the district's before it and in its short form; "" for nothing.

    Args:
        prefixes: what may stand for the district before a name (大足区, 重庆市大足区 …).
    """
    plain = _NO_LETTER.sub("", unicodedata.normalize("NFKC", name))
    first = max((one for one in prefixes if plain.startswith(one)), key=len, default="")
    rest = plain.removeprefix(first).removeprefix("区") or plain
    for long, short in _SHORTER:
        rest = rest.replace(long, short)
    return rest


def same_body(one: str, other: str, prefixes: Collection[str] = ()) -> bool:
    """Whether both name the same body; two empty names do not."""
    plain = plain_body(one, prefixes)
    return bool(plain) and plain == plain_body(other, prefixes)
