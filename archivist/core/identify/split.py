"""Cut a source into the documents (件) it holds: a new one begins where a page carries a title of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archivist.core.identify.titles import Title, find_titles
from archivist.core.model import Box
from archivist.core.page import Page
from archivist.core.rules import Annex
from archivist.core.text import fold

_START_STRENGTH = 0.6
_EDGE = 0.08
_ATTACHMENT = re.compile(r"^\s*附\s*(?:件|表|录|图|[:：]|$)")
_CONTINUED = re.compile(r"续\s*表|（续）|\(续\)|接上页")


def split_pages(pages: Sequence[Page], annex: Annex) -> list[tuple[Page, ...]]:
    """Return the parts of a source in order; blank pages between parts belong to none.

    Lists of who came, licences and the like belong to the document before them (DA/T 22: 正文与附件为一件).
    """
    parts: list[list[Page]] = []
    kinds: list[str | None] = []
    for page in pages:
        if _empty(page):
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
    title = next(iter(find_titles(page, annex)), None)
    if title is None or title.strength < _START_STRENGTH or any(map(_CONTINUED.search, first)):
        return None
    if any(map(_ATTACHMENT.match, first)) and not annex.kind(title.kind).annexed:
        return None
    return title


def _without_blank_end(part: list[Page]) -> tuple[Page, ...]:
    while len(part) > 1 and _empty(part[-1]):
        part.pop()
    return tuple(part)


def _empty(page: Page) -> bool:
    """Whether nothing is on a page, or nothing but what punch holes and a copier's edge leave along its sides."""
    if page.blank or page.seals or page.strokes or not page.lines:
        return page.blank
    return all(line.box is not None and _aside(line.box) and not fold(line.text) for line in page.lines)


def _aside(box: Box) -> bool:
    return box[2] < _EDGE or box[0] > 1 - _EDGE or box[3] < _EDGE or box[1] > 1 - _EDGE
