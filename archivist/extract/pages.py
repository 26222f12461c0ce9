"""Pages of an Extract (页), put together from what the steps found of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from archivist.core.model import TextSource
from archivist.core.page import Page, SealMark
from archivist.extract import failures
from archivist.extract.formats.pdf import Probe
from archivist.extract.seeing.layout import overlap_share, turned_box

_SAME_SEAL = 0.3


def native_page(probe: Probe) -> Page:
    """A page whose text the file itself holds."""
    source = TextSource.NATIVE if probe.lines else TextSource.NONE
    return Page(probe.number, probe.lines, source, note=probe.note, seals=probe.seals)


def better(page: Page, probe: Probe) -> Page:
    """Keep a short native text that recognition did not surpass: it has no misread characters."""
    if probe.seals:
        page = replace(page, seals=_joined(probe.seals, page))
    if not probe.sparse or len(page.text) > 1.3 * sum(len(line.text) for line in probe.lines) + 10:
        return page
    return replace(page, lines=probe.lines, text_source=TextSource.NATIVE)


def _joined(known: tuple[SealMark, ...], page: Page) -> tuple[SealMark, ...]:
    """Electronic seals, then those seen elsewhere on the page's image."""
    turned = tuple(replace(seal, box=turned_box(seal.box, page.rotation)) for seal in known)
    boxes = [seal.box for seal in turned]
    return turned + tuple(seal for seal in page.seals if overlap_share(seal.box, boxes) < _SAME_SEAL)


def is_lost(page: Page) -> bool:
    """A page that gave nothing because it is broken; one in a font or format we lack is for a person to read."""
    foreign = page.note in (failures.OFD_TEXT, failures.OFD_PICTURE)
    return page.text_source is TextSource.NONE and not page.blank and bool(page.note) and not foreign


def any_too_large(pages: Iterable[Page]) -> bool:
    """Whether a page took more time or room than one may."""
    return any(page.note in (failures.TOO_LARGE, failures.TOO_SLOW) for page in pages)


def notes_of(pages: Iterable[Page]) -> tuple[str, ...]:
    """What is to be said of pages, each with its number."""
    return tuple(f"第 {page.number} 页：{page.note}" for page in pages if page.note)
