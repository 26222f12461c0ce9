"""Cut a source into the documents (件) it holds: a new one begins where a page carries a title of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archivist.core.identify.titles import Title, find_titles
from archivist.core.model import Page
from archivist.core.rules import Annex

_START_STRENGTH = 0.6
_ATTACHMENT = re.compile(r"^\s*附\s*(?:件|表|录|图|[:：]|$)")
_CONTINUED = re.compile(r"续\s*表|（续）|\(续\)|接上页")


def split_pages(pages: Sequence[Page], annex: Annex) -> list[tuple[Page, ...]]:
    """Return the parts of a source in order; blank pages between parts belong to none.

    Lists of who came, licences and the like belong to the document before them (DA/T 22: 正文与附件为一件).
    """
    parts: list[list[Page]] = []
    kinds: list[str | None] = []
    for page in pages:
        if page.blank:
            if parts:
                parts[-1].append(page)
            continue
        title = _start_title(page, annex)
        if not parts or (title is not None and not annex.kind(title.kind).attaches):
            parts.append([page])
            kinds.append(title.kind if title else None)
        else:
            parts[-1].append(page)
    return [_without_blank_end(part) for part in parts]


def _start_title(page: Page, annex: Annex) -> Title | None:
    """The title that makes ``page`` the first of a document, or None for a continuation or an attachment."""
    first = [line.text for line in page.lines[:3]]
    if any(_ATTACHMENT.match(text) or _CONTINUED.search(text) for text in first):
        return None
    for title in find_titles(page, annex):
        return title if title.strength >= _START_STRENGTH else None
    return None


def _without_blank_end(part: list[Page]) -> tuple[Page, ...]:
    while len(part) > 1 and part[-1].blank:
        part.pop()
    return tuple(part)
