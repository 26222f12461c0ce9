"""What kinds of paper (文种) look like beyond the last words of their titles: values of [[shape]] in schemas/annex4.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass

ZONES = ("body", "head", "end")
"""Where a sign is looked for: anywhere, in the first lines, in the last lines."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that papers of a kind show, by itself no proof: who speaks, which columns, what is asked for, how it ends.

    Attributes:
        name: what people are told was seen (当场表决).
        zone: one of ``ZONES``.
        groups: folded words, each group several ways to say one thing.
        patterns: searched in each line as it stands on the page.
        least: how many groups and lines together must be found.
        key: without one of its key signs a paper is never sure to be of the kind.
        against: kinds that a paper showing this can hardly be, whatever its title ends with.
    """

    name: str
    zone: str
    groups: tuple[tuple[str, ...], ...]
    patterns: tuple[re.Pattern[str], ...]
    least: int
    key: bool = False
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """How a kind shows in a title of any wording and in its body.

    Attributes:
        kind: the kind's slug.
        stems: folded words of the matter, anywhere in a title (评估). carriers: folded nouns that a title ends with (函).
        strange: folded words that a title of the kind does not hold (绩效): it speaks for no kind then.
        open: endings of the kind that papers of many kinds have (情况说明): such a title decides nothing by itself.
        proved: papers of other matters have such titles (消防核查意见): a listed one needs the body's word, too.
        rest: it takes what names a project and its winding up and is of no other kind (附件4第8项“其他”).
        signs: what its papers show; each of them is one independent witness.
    """

    kind: str
    stems: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    open: frozenset[str] = frozenset()
    proved: bool = False
    rest: bool = False
    signs: tuple[Sign, ...] = ()

    @property
    def keyed(self) -> bool:
        """Whether it has key signs."""
        return any(sign.key for sign in self.signs)
