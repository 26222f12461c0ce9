"""What a part of a source is taken to be (识别结果), before anyone decided."""

from __future__ import annotations

from dataclasses import dataclass

from archivist.core.model import Candidate, Description


@dataclass(frozen=True, slots=True)
class Identification(Description):
    """What one part (pages ``first``..``last``) of a source is taken to be, and why."""

    first: int
    last: int
    candidates: tuple[Candidate, ...] = ()
    decided: tuple[Candidate, ...] = ()
    """The clear winners; empty means a person decides. More than one only for joint minutes."""
    reasons: tuple[str, ...] = ()
    attached: bool = False
    """Whether it is of a kind that only comes with another document (签到表, 证照 …)."""
