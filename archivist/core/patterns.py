"""Patterns that are compiled when they are first used.

Reading a paper takes some three hundred of them, and to compile them takes longer than most commands work: a command
that reads no paper compiles none.
"""

from __future__ import annotations

import re
from typing import Any, cast


def lazily(words: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile``, later: what is wrong with the words is told at the first use (a test uses every one)."""
    return cast("re.Pattern[str]", _Waiting(words, flags))


class _Waiting:
    """Becomes the pattern a method at a time: the first time one is asked for it is kept, and found without asking again."""

    def __init__(self, words: str, flags: int) -> None:
        self.pattern, self._flags = words, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # copying and pickling ask for what a pattern would answer differently
            raise AttributeError(name)
        made = self.__dict__.setdefault("_made", re.compile(self.pattern, self._flags))
        found = self.__dict__[name] = getattr(made, name)
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        return lazily, (self.pattern, self._flags)

    def __deepcopy__(self, memo: object) -> _Waiting:
        return self
