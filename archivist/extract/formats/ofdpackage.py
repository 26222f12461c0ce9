"""An OFD package (GB/T 33190) opened: its pages, resources and seals by their places in the zip. Nothing is drawn here.

Own reading, after the standard: easyofd needs PyMuPDF (AGPL) and unpacks packages to disk, and no other Python library
reads OFD. A package is a zip of small XML files, read bounded and without entities as those of Office files are.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from archivist.core.model import Box
from archivist.extract import failures
from archivist.extract.clean import clean
from archivist.extract.failures import Refused
from archivist.extract.formats.xmlparts import Package, attribute, local

Rect = tuple[float, float, float, float]
"""(x, y, width, height) in millimetres, y growing downwards."""

_A4: Rect = (0.0, 0.0, 210.0, 297.0)
_MAX_OBJECTS = 50_000
_MAX_NESTING = 20
_MAX_RESOURCES = 20_000


@dataclass(frozen=True, slots=True)
class OfdPage:
    """One page: its sheet and, in drawing order, the elements that hold its objects (template first, notes last)."""

    identity: str
    sheet: Rect
    layers: tuple[Any, ...]
    notes: tuple[tuple[Rect, Any], ...] = ()
    """Annotations (stamps among them): the place on the page, and the element that holds their objects."""


class OfdPackage:
    """An opened .ofd file. Use as a context manager.

    Raises:
        Refused: cut off, damaged, encrypted.
    """

    def __init__(self, path: Path) -> None:
        self._package = Package(path)
        self._names = {name.replace("\\", "/").lstrip("/"): name for name in self._package.names}
        if "Encryptions.xml" in self._names:
            raise Refused(failures.OFD_PASSWORD)
        root = self.xml("OFD.xml")
        if root is None:
            raise Refused(failures.DAMAGED)
        self.bodies = tuple(element for element in root if local(element) == "DocBody")

    def __enter__(self) -> OfdPackage:
        return self

    def __exit__(self, *_: object) -> None:
        self._package.__exit__()

    def xml(self, name: str) -> Any:
        """Return a part parsed, or None when it is not there or broken."""
        return self._package.xml(self._names.get(name, ""))

    def read(self, name: str) -> bytes:
        """Return a part's bytes, b"" when it is not there."""
        return self._package.read(self._names[name]) if name in self._names else b""

    def documents(self) -> Iterator[OfdDocument]:
        """The documents of the package in order; usually one."""
        for body in self.bodies:
            place = resolved("", word(body, "DocRoot"))
            root = self.xml(place)
            if root is not None:
                yield OfdDocument(self, place, root, resolved("", word(body, "Signatures")))

    def properties(self) -> dict[str, str]:
        """Title, Author and so on, under their own names."""
        found: dict[str, str] = {}
        for element in (e for body in self.bodies for info in named(body, "DocInfo") for e in info):
            value = clean(element.text or "")[:2000]
            if value:
                found.setdefault(local(element)[:80], value)
        return dict(list(found.items())[:100])


class OfdDocument:
    """One document of a package."""

    def __init__(self, package: OfdPackage, place: str, root: Any, signatures: str) -> None:
        self._package, self._place, self._root = package, place, root
        self.signatures = signatures
        common = next(named(root, "CommonData"), root)
        self._sheet = _box(next(named(common, "PageArea"), None)) or _A4
        self._templates = {attribute(e, "ID"): attribute(e, "BaseLoc") for e in named(common, "TemplatePage")}
        self._media: dict[str, str] = {}
        self._units: dict[str, Any] = {}
        for name in ("PublicRes", "DocumentRes"):
            for element in named(common, name):
                self._resources(resolved(place, element.text or ""))

    @cached_property
    def entries(self) -> tuple[Any, ...]:
        """The entries of the pages in order; `page` opens one."""
        return tuple(entry for pages in named(self._root, "Pages") for entry in named(pages, "Page"))

    def page(self, entry: Any) -> OfdPage | None:
        """Open the page of an entry; None if it cannot be read."""
        place = resolved(self._place, attribute(entry, "BaseLoc"))
        root = self._package.xml(place)
        if root is None:
            return None
        for element in named(root, "PageRes"):
            self._resources(resolved(place, element.text or ""))
        under: list[Any] = []
        over: list[Any] = []
        for template in named(root, "Template"):
            content = self._template(attribute(template, "TemplateID"))
            if content is not None:
                (over if attribute(template, "ZOrder") == "Foreground" else under).append(content)
        sheet = _box(next(named(root, "Area"), None)) or self._sheet
        identity = attribute(entry, "ID")
        layers = (*under, *named(root, "Content"), *over)
        return OfdPage(identity, sheet, layers, self._annotations.get(identity, ()))

    def picture(self, resource: str) -> bytes:
        """Return the bytes of an image resource, b"" when it is not there."""
        return self._package.read(self._media.get(resource, ""))

    def objects(self, parent: Any) -> Iterator[Any]:
        """Text, image and path objects below ``parent`` in drawing order, composite ones looked into."""
        stack: list[tuple[Any, int]] = [(child, 0) for child in reversed(parent)]
        budget = _MAX_OBJECTS
        while stack and budget:
            element, depth = stack.pop()
            budget -= 1
            name = local(element)
            if name in ("TextObject", "ImageObject", "PathObject"):
                yield element
            elif depth < _MAX_NESTING and name != "Clips":
                inner = (
                    self._units.get(attribute(element, "ResourceID"), ())
                    if name == "CompositeObject"
                    else element
                )
                stack.extend((child, depth + 1) for child in reversed(inner))

    def _template(self, identity: str) -> Any:
        place = self._templates.get(identity, "")
        root = self._package.xml(resolved(self._place, place)) if place else None
        return next(named(root, "Content"), None) if root is not None else None

    def _resources(self, place: str) -> None:
        root = self._package.xml(place)
        if root is None:
            return
        base = posixpath.join(posixpath.dirname(place), attribute(root, "BaseLoc"), "x")
        for element in root.iter():
            if len(self._media) + len(self._units) > _MAX_RESOURCES:
                return
            if local(element) == "MultiMedia":
                self._media[attribute(element, "ID")] = resolved(base, word(element, "MediaFile"))
            elif local(element) == "CompositeGraphicUnit":
                self._units[attribute(element, "ID")] = next(named(element, "Content"), ())

    @cached_property
    def _annotations(self) -> dict[str, tuple[tuple[Rect, Any], ...]]:
        found: dict[str, tuple[tuple[Rect, Any], ...]] = {}
        place = resolved(self._place, word(self._root, "Annotations"))
        listed = self._package.xml(place)
        for page in named(listed, "Page") if listed is not None else ():
            root = self._package.xml(resolved(place, word(page, "FileLoc")))
            if root is not None:
                identity = attribute(page, "PageID")
                found[identity] = (*found.get(identity, ()), *_appearances(root))
        return found


def _appearances(root: Any) -> Iterator[tuple[Rect, Any]]:
    for note in named(root, "Annot"):
        if attribute(note, "Visible") == "false":
            continue
        for appearance in named(note, "Appearance"):
            box = rect(attribute(appearance, "Boundary"))
            if box is not None:
                yield box, appearance


def named(parent: Any, name: str) -> Iterator[Any]:
    """Children called ``name``."""
    return (child for child in parent if local(child) == name)


def word(parent: Any, name: str) -> str:
    """Return the text of the first child called ``name``, or ""."""
    element = next(named(parent, name), None)
    return "" if element is None else (element.text or "").strip()


def resolved(base: str, place: str) -> str:
    """Return a place in the zip: absolute with a leading slash, else beside ``base``; "" for none."""
    place = place.strip().replace("\\", "/")
    if not place:
        return ""
    joined = place if place.startswith("/") else posixpath.join(posixpath.dirname(base), place)
    return posixpath.normpath(joined).lstrip("/")


def numbers(text: str) -> list[float]:
    """Return the finite numbers of a blank-separated list, [] if anything else is in it."""
    try:
        found = [float(part) for part in text.split()[:100_000]]
    except ValueError:
        return []
    return found if all(abs(number) < 1e6 for number in found) else []


def rect(text: str) -> Rect | None:
    """Return a box of positive size, or None."""
    found = numbers(text)
    if len(found) != 4 or found[2] <= 0 or found[3] <= 0:
        return None
    return found[0], found[1], found[2], found[3]


def sides(box: Rect) -> Box:
    """Return a box as (left, top, right, bottom)."""
    return box[0], box[1], box[0] + box[2], box[1] + box[3]


def fractions(edges: Box, sheet: Rect) -> Box:
    """Return sides in millimetres as fractions of the sheet, kept within it."""
    left, top, right, bottom = (
        round(min(max((edge - sheet[i % 2]) / sheet[2 + i % 2], 0.0), 1.0), 4) for i, edge in enumerate(edges)
    )
    return left, top, right, bottom


def _box(area: Any) -> Rect | None:
    return rect(word(area, "PhysicalBox")) if area is not None else None
