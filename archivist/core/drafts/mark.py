"""How a draft of this software (公文草稿) is known again: a mark in the document properties of every Word file it makes.

A scan of the printed and signed paper carries no such mark; the Word file itself does, also when it was filled in, saved
again or exported as PDF.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from archivist.core.patterns import lazily

FACT = "草稿"
"""The fact that a document is a draft, as `core.identify.unfinished` tells it and checks read it."""

_MARK = lazily(r"^archivist;.*\bdraft=\S", re.DOTALL)


def keywords(project: str, item: int | None, kind: str, draft: str) -> str:
    """The keywords (关键词) of a draft's document properties."""
    return f"archivist; project={project}; item={'' if item is None else item}; kind={kind}; draft={draft}"


def made_here(properties: Mapping[str, str]) -> bool:
    """Whether a file with these document properties is a draft of this software."""
    return any(name.lower() == "keywords" and _MARK.search(value) for name, value in properties.items())
