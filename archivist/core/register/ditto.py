"""Cells that mean "as the cell above" (同上、〃): whether a cell is one, and whether it is plain."""

from __future__ import annotations

import unicodedata
from enum import Enum, auto

from archivist.core.patterns import lazily
from archivist.core.register.rules import Dittos

_LONGEST = 20
_DRESS = "()（）[]【】〔〕《》<>「」『』-—―－–─_~～.。，,、:：;；…*·"
"""What people put around a ditto: （同上）, —〃—, 同上。"""
_WITHIN = lazily(r"^\s*(?:同上|仝上|同前)(?=[\s，,、；;。.（(：:])|(?:同上|仝上|同前|同左)[。.]?\s*$|〃")
"""A ditto with words of its own around it: 同上，另有3户; 债务情况同上."""


class Leaning(Enum):
    """What a cell says by pointing to another one."""

    NOT = auto()
    """It says what it says."""
    ABOVE = auto()
    """The same as the cell above."""
    UNCLEAR = auto()
    """It points to another cell, nobody can tell which, or says more besides."""


def leaning(text: str, dittos: Dittos) -> Leaning:
    """What a cell says by pointing to another one."""
    if len(text) <= _LONGEST:
        value = _bare(text)
        core = value.strip(_DRESS)
        if (core and set(core) <= dittos.signs) or not dittos.words.isdisjoint({value, core}):
            return Leaning.ABOVE
        if not dittos.unclear.isdisjoint({value, core}):
            return Leaning.UNCLEAR
    return Leaning.UNCLEAR if _WITHIN.search(text) else Leaning.NOT


def _bare(text: str) -> str:
    """A cell's characters without blanks. Signs stay as they are: NFKC would take ″ for two others."""
    return "".join(
        unicodedata.normalize("NFKC", char) if char.isalnum() else char
        for char in text
        if not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf")
    ).lower()
