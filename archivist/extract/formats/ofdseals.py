"""Electronic seals of an OFD file: where they stand, and which body each names (GB/T 38540, GM/T 0031).

A seal is a signed DER structure; only the seal's own name is taken from it. **Signatures are not verified here**: what
is told is that a seal was set, as a red ring on a scan tells it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.core.page import SealMark
from archivist.extract.clean import clean
from archivist.extract.formats.ofdpackage import Rect, fractions, named, rect, resolved, sides, word
from archivist.extract.formats.xmlparts import attribute

if TYPE_CHECKING:
    from archivist.extract.formats.ofdpackage import OfdPackage

_MAX_SEALS = 500
_MAX_NODES = 5000
_MAX_DEPTH = 12
_SEQUENCE, _IA5, _UTF8 = 0x30, 0x16, 0x0C
_OVAL = 0.84
_Node = tuple[int, int, int]
"""(tag, first byte of the content, first byte after it)."""


@dataclass(frozen=True, slots=True)
class OfdSeal:
    """A seal set on a page, with its place in millimetres and the name of the body (often with 公章, 专用章)."""

    place: Rect
    body: str

    def mark(self, sheet: Rect) -> SealMark:
        """Return the seal as one seen on a page."""
        low, high = sorted(self.place[2:])
        shape = "oval" if low / high < _OVAL else "round"
        return SealMark(
            fractions(sides(self.place), sheet), 1.0, shape, "red", self.body, 1.0 if self.body else 0.0
        )


def read_seals(package: OfdPackage, place: str) -> dict[str, list[OfdSeal]]:
    """Return the seals of the signature list at ``place`` by the identity of their page."""
    found: dict[str, list[OfdSeal]] = {}
    listed = package.xml(place)
    for count, entry in enumerate(named(listed, "Signature") if listed is not None else ()):
        if count >= _MAX_SEALS:
            break
        own = resolved(place, attribute(entry, "BaseLoc"))
        root = package.xml(own)
        info = next(named(root, "SignedInfo"), None) if root is not None else None
        if info is None:
            continue
        seal = next(named(info, "Seal"), None)
        esl = package.read(resolved(own, word(seal, "BaseLoc"))) if seal is not None else b""
        body = seal_name(esl) or seal_name(package.read(resolved(own, word(root, "SignedValue"))))
        for stamp in list(named(info, "StampAnnot"))[:_MAX_SEALS]:
            box = rect(attribute(stamp, "Boundary"))
            if box is not None:
                found.setdefault(attribute(stamp, "PageRef"), []).append(OfdSeal(box, body))
    return found


def seal_name(data: bytes) -> str:
    """Return the name in a DER-encoded seal or in a signature made with one, "" if there is none."""
    budget = _MAX_NODES
    stack: list[tuple[_Node, int]] = [((0, 0, len(data)), 0)]
    while stack and budget > 0:
        node, depth = stack.pop()
        children = list(_children(data, node))
        budget -= len(children)
        name = _name_of(data, children)
        if name:
            return name
        if depth < _MAX_DEPTH:
            stack.extend((child, depth + 1) for child in reversed(children) if child[0] == _SEQUENCE)
    return ""


def _name_of(data: bytes, children: list[_Node]) -> str:
    """The name, if these are the parts of a seal: header (beginning with "ES"), number, properties …"""
    if [tag for tag, _, _ in children[:3]] != [_SEQUENCE, _IA5, _SEQUENCE]:
        return ""
    mark = next(_children(data, children[0]), None)
    if mark is None or mark[0] != _IA5 or data[mark[1] : mark[2]] != b"ES":
        return ""
    for tag, start, end in _children(data, children[2]):
        if tag == _UTF8:
            return clean(data[start:end].decode("utf-8", "replace"))[:200]
    return ""


def _children(data: bytes, node: _Node) -> Iterator[_Node]:
    """The elements within an element, as far as their lengths make sense."""
    _, at, end = node
    for _ in range(_MAX_NODES):
        if at + 2 > end:
            return
        tag, length, start = data[at], data[at + 1], at + 2
        if length & 0x80:
            count = length & 0x7F
            if not 1 <= count <= 4 or start + count > end:
                return
            length = int.from_bytes(data[start : start + count], "big")
            start += count
        if start + length > end:
            return
        yield tag, start, start + length
        at = start + length
