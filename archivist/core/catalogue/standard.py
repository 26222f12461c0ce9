"""What states of items are made by (以什么为准): the rules, the day, and a key that changes with what either may say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from archivist.core.checks.values import Rules


EDITION = 4
"""Of the checks and of `states`: raise it with any change of them that may change a state."""


class Standard(NamedTuple):
    """The rules in force.

    Attributes:
        key: of the files of rules and of the edition of the checks; states kept under another key are made anew.
        today: ISO 8601. rules: reads the rules; called only when a state has to be made.
    """

    key: str
    today: str
    rules: Callable[[], Rules]
