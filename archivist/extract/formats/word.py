"""The .docx step: paragraphs, tables, text boxes, headers and footers in reading order; pasted scans are
handed on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archivist.core.model import TextSource
from archivist.core.page import COMMENTED, REVISED, Line, Page
from archivist.extract import failures
from archivist.extract.clean import clean, letters
from archivist.extract.failures import Refused
from archivist.extract.formats.revisions import changes, comments, deleted_cell, deleted_row
from archivist.extract.formats.xmlparts import Package, attribute, local
from archivist.extract.limits import Limits

_SKIP = frozenset(
    {"del", "moveFrom", "instrText", "delText", "rt", "pPr", "rPr", "sectPr", "tblPr", "Fallback"}
)
PICTURE = re.compile(r"\.(jpe?g|png|tiff?|bmp|webp)$", re.IGNORECASE)
_THINGS = frozenset({"drawing", "pict", "object", "oMath", "oMathPara", "altChunk", "control", "subDoc"})
"""Elements of a body or margin that show something without being text of it."""
_MARGINS = r"{}/(?:header|footer)\d*\.xml"
_SEEN_PARTS = r"{}/(?:header|footer|footnotes|endnotes)\d*\.xml"
_PAGE_NUMBER = re.compile(r"[-—–\s第页共/\d]*")
_ENOUGH_TEXT = 100
_MIN_PICTURE_BYTES = 20_000
_MAX_PICTURES = 100
_MAX_LINES = 100_000
# Symbol fonts (Wingdings) keep their signs in the private area; forms use them for boxes to tick.
_SYMBOLS = {
    "F0FE": "☑",
    "F052": "☑",
    "F0FC": "√",
    "F050": "√",
    "F0A8": "□",
    "F06F": "□",
    "F0A3": "□",
    "F02A": "□",
}


@dataclass(frozen=True, slots=True)
class WordText:
    """A .docx as read: native pages, properties, and files of pasted pictures to recognise."""

    pages: tuple[Page, ...]
    properties: dict[str, str]
    pictures: tuple[Path, ...] = ()


def read_docx(path: Path, folder: Path, limits: Limits) -> WordText:
    """Read a .docx (.docm, .dotx too); when it holds hardly any text, leave its pictures in ``folder``.

    Raises:
        Refused: cut off, damaged, password, too many pages.
    """
    with Package(path) as package:
        main = _main_part(package)
        root = package.xml(main)
        if root is None:
            raise Refused(failures.DAMAGED)
        pages = _with_margins(_pages(root), package, main)
        if len(pages) > limits.max_pages:
            raise Refused(failures.too_many_pages(len(pages), limits.max_pages))
        little = sum(letters(page.text) for page in pages) < _ENOUGH_TEXT
        pictures = _save_pictures(package, root, main, folder) if little else ()
        if not pages and not pictures:
            pages = _without_words(package, root, main)
        return WordText(pages, {**_properties(package), **_unsettled(package, root, main)}, pictures)


def _unsettled(package: Package, root: Any, main: str) -> dict[str, str]:
    """What says that the file is still being written: changes nobody accepted, comments."""
    base = re.escape(main.rpartition("/")[0])
    names = [name for name in package.names if re.fullmatch(_SEEN_PARTS.format(base), name)]
    parts = [part for name in names if (part := package.xml(name)) is not None]
    told = {
        REVISED: changes([root, *parts]),
        COMMENTED: comments(package.xml(f"{main.rpartition('/')[0]}/comments.xml")),
    }
    return {name: words for name, words in told.items() if words}


def _without_words(package: Package, root: Any, main: str) -> tuple[Page, ...]:
    """What a body without words has all the same: notes, or things to look at, of which the page's note tells.

    Raises:
        Refused: it is blank.
    """
    base = main.rpartition("/")[0]
    if notes := _margin_lines(package, rf"{re.escape(base)}/(?:footnotes|endnotes)\d*\.xml"):
        return (_page(1, notes),)
    margins = [
        package.xml(name) for name in package.names if re.fullmatch(_MARGINS.format(re.escape(base)), name)
    ]
    if any(_shows_something(part) for part in (root, *margins) if part is not None):
        linked = _links_pictures(package, main)
        return (Page(1, note=failures.LINKED_PICTURES if linked else failures.NO_WORDS),)
    raise Refused(failures.NOTHING_WRITTEN)


def _links_pictures(package: Package, main: str) -> bool:
    """Whether pictures of the body lie elsewhere, on a network or a disk: nobody fetches them."""
    base, _, name = main.rpartition("/")
    relations = package.xml(f"{base}/_rels/{name}.rels")
    return any(
        attribute(one, "Type").endswith("/image") and attribute(one, "TargetMode") == "External"
        for one in (relations if relations is not None else ())
    )


def _shows_something(root: Any) -> bool:
    return any(
        local(element) in _THINGS or (local(element) in ("t", "delText") and (element.text or "").strip())
        for element in root.iter()
    )


def _main_part(package: Package) -> str:
    relations = package.xml("_rels/.rels")
    for relation in relations if relations is not None else ():
        if attribute(relation, "Type").endswith("/officeDocument"):
            return attribute(relation, "Target").lstrip("/")
    return "word/document.xml"


@dataclass(slots=True)
class _Collector:
    """Lines gathered page by page while the body is walked."""

    pages: list[list[str]] = field(default_factory=lambda: [[]])
    parts: list[str] = field(default_factory=list)
    count: int = 0

    def end_line(self) -> None:
        text = clean("".join(self.parts))
        self.parts.clear()
        if text and self.count < _MAX_LINES:
            self.pages[-1].append(text)
            self.count += 1

    def end_page(self) -> None:
        """Start a page unless nothing was written since the last break: Word stores one break in two ways."""
        self.end_line()
        if self.pages[-1]:
            self.pages.append([])


def _pages(root: Any) -> tuple[Page, ...]:
    collector = _Collector()
    for block in _blocks(root):
        _block(block, collector)
    collector.end_line()
    filled = [lines for lines in collector.pages if lines]
    return tuple(_page(number, lines) for number, lines in enumerate(filled, 1))


def _page(number: int, lines: list[str]) -> Page:
    return Page(number, tuple(Line(text) for text in lines), TextSource.NATIVE)


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables below ``parent`` in order, looking through content controls and the like."""
    stack = list(reversed(parent))
    while stack:
        element = stack.pop()
        name = local(element)
        if name in ("p", "tbl"):
            yield element
        elif name not in _SKIP:
            stack.extend(reversed(element))


def _block(block: Any, collector: _Collector) -> None:
    if local(block) == "tbl":
        _table(block, collector)
    else:
        _paragraph(block, collector)


def _table(table: Any, collector: _Collector) -> None:
    """One line a row, cells joined by a space. Nested tables are flattened into their cell."""
    for row in _named(table, "tr"):
        if deleted_row(row):
            continue
        cells = [_cell_text(cell) for cell in _named(row, "tc") if not deleted_cell(cell)]
        collector.parts.append(" ".join(cell for cell in cells if cell))
        collector.end_line()


def _named(parent: Any, name: str) -> Iterator[Any]:
    """Nearest descendants called ``name``, not those inside one another."""
    stack = list(reversed(parent))
    while stack:
        element = stack.pop()
        if local(element) == name:
            yield element
        elif local(element) not in _SKIP:
            stack.extend(reversed(element))


def _cell_text(cell: Any) -> str:
    inner = _Collector()
    for block in _blocks(cell):
        _block(block, inner)
    inner.end_line()
    return " ".join(line for lines in inner.pages for line in lines)


def _paragraph(paragraph: Any, collector: _Collector) -> None:
    boxes: list[Any] = []
    stack = list(reversed(paragraph))
    if any(
        local(e) == "pageBreakBefore" and attribute(e, "val") not in ("0", "false")
        for e in _style_of(paragraph)
    ):
        collector.end_page()
    while stack:
        element = stack.pop()
        name = local(element)
        if name == "txbxContent":
            boxes.append(element)
        elif name in _SKIP or (name == "r" and _hidden(element)):
            continue
        elif not _piece(element, name, collector):
            stack.extend(reversed(element))
    collector.end_line()
    for box in boxes:
        for block in _blocks(box):
            _block(block, collector)
    if any(local(e) == "sectPr" and not _continuous(e) for e in _style_of(paragraph)):
        collector.end_page()


def _style_of(element: Any) -> list[Any]:
    """The property elements of a paragraph or run."""
    return [e for child in element if local(child) in ("pPr", "rPr") for e in child]


def _hidden(run: Any) -> bool:
    return any(local(e) == "vanish" and attribute(e, "val") not in ("0", "false") for e in _style_of(run))


def _continuous(section: Any) -> bool:
    return any(local(e) == "type" and attribute(e, "val") == "continuous" for e in section)


def _piece(element: Any, name: str, collector: _Collector) -> bool:
    """Take one piece of a run; False if it is a container to look into."""
    if name == "t":
        collector.parts.append(element.text or "")
    elif name in ("tab", "ptab"):
        collector.parts.append(" ")
    elif name == "noBreakHyphen":
        collector.parts.append("-")
    elif name == "sym":
        collector.parts.append(_SYMBOLS.get(attribute(element, "char").upper(), "□"))
    elif name == "lastRenderedPageBreak":
        collector.end_page()
    elif name in ("br", "cr"):
        (collector.end_page if attribute(element, "type") == "page" else collector.end_line)()
    else:
        return False
    return True


def _with_margins(pages: tuple[Page, ...], package: Package, main: str) -> tuple[Page, ...]:
    """Put the headers' lines before the first page and the footers' after the last, each text once."""
    base = main.rpartition("/")[0]
    heads = _margin_lines(package, rf"{re.escape(base)}/header\d*\.xml")
    feet = _margin_lines(package, rf"{re.escape(base)}/footer\d*\.xml")
    if not heads and not feet:
        return pages
    listed = [[line.text for line in page.lines] for page in pages] or [[]]
    listed[0] = heads + listed[0]
    listed[-1] = listed[-1] + feet
    return tuple(_page(number, lines) for number, lines in enumerate(listed, 1))


def _margin_lines(package: Package, pattern: str) -> list[str]:
    found: dict[str, None] = {}
    for name in sorted(name for name in package.names if re.fullmatch(pattern, name)):
        root = package.xml(name)
        for page in _pages(root) if root is not None else ():
            found.update((line.text, None) for line in page.lines if not _PAGE_NUMBER.fullmatch(line.text))
    return list(found)


def _save_pictures(package: Package, root: Any, main: str, folder: Path) -> tuple[Path, ...]:
    """Write pasted pictures in document order under plain names; small ones are logos."""
    saved: list[Path] = []
    for target in _picture_targets(package, root, main)[:_MAX_PICTURES]:
        data = package.read(target)
        if len(data) >= _MIN_PICTURE_BYTES:
            saved.append(folder / f"picture{len(saved):04d}")
            saved[-1].write_bytes(data)
    return tuple(saved)


def _picture_targets(package: Package, root: Any, main: str) -> list[str]:
    base, _, name = main.rpartition("/")
    relations = package.xml(f"{base}/_rels/{name}.rels")
    if relations is None:
        return []
    targets = {attribute(r, "Id"): _member(base, attribute(r, "Target")) for r in relations}
    used = (
        attribute(e, "embed") or attribute(e, "id") for e in root.iter() if local(e) in ("blip", "imagedata")
    )
    ordered = dict.fromkeys(targets.get(identity, "") for identity in used)
    return [target for target in ordered if target in package.names and PICTURE.search(target)]


def _member(base: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"{base}/{target}"


def _properties(package: Package) -> dict[str, str]:
    """Core properties under their own names (title, creator …) and custom properties under theirs."""
    found: dict[str, str] = {}
    core = package.xml("docProps/core.xml")
    for element in core if core is not None else ():
        found[local(element)] = clean("".join(element.itertext()))[:2000]
    custom = package.xml("docProps/custom.xml")
    for element in custom if custom is not None else ():
        found[clean(attribute(element, "name"))[:80]] = clean("".join(element.itertext()))[:2000]
    return {name: value for name, value in list(found.items())[:200] if name and value}
