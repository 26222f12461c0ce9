"""The invisible text layer of a page image: lines already recognised → PDF text in render mode 3.

One run of text per line, so that no reader guesses spaces between Chinese characters. The font has no ink:
character codes are the characters' own UTF-16 values, full-width by default and half-width for ASCII, and every line is
stretched (Tz) over its box. Only child processes import this.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from archivist.core.model import Box
from archivist.core.page import Line

_FIRST_SURROGATE, _SURROGATES = 0xD800, 2048
_UNKNOWN = "〓"
"""The printers' sign for a character that cannot be set (U+3013)."""

_FULL, _HALF = 1000, 500
_TALL = 1.5
"""Height to width from which recognition lays a box on its side and reads it downwards."""

_MADE = 3_500_000_000
"""Seconds since 1904 at which the font says it was made: always the same, so that copies are."""

_FONT_NAME = "/ArchivistInvisible"
_MOST_IN_A_BLOCK = 100


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's box in its own coordinates (points), and the clockwise turn at which it is shown."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def shown(self) -> tuple[float, float]:
        """Width and height as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn % 180 else (width, height)

    @property
    def upright(self) -> str:
        """Operands of ``cm`` that map the page as shown (origin at its lower left) to the page's coordinates."""
        a, b, c, d, x, y = {
            0: (1, 0, 0, 1, self.left, self.bottom),
            90: (0, 1, -1, 0, self.right, self.bottom),
            180: (-1, 0, 0, -1, self.right, self.top),
            270: (0, -1, 1, 0, self.left, self.top),
        }[self.turn]
        return f"{a} {b} {c} {d} {_number(x)} {_number(y)}"


class LayerFont:
    """The one font of a document's text layers.

    Args:
        pdf: the document under construction.
        texts: everything that will be written with it.
    """

    def __init__(self, pdf: Any, texts: Iterable[str]) -> None:
        characters = sorted(set().union(*map(_speakable, texts)))
        rare = [char for char in characters if ord(char) > 0xFFFF][:_SURROGATES]
        # Characters beyond the first plane are codes of their own, in the room that surrogates leave unused.
        self._rare = {char: _FIRST_SURROGATE + index for index, char in enumerate(rare)}
        codes = {self._code(char): char for char in [*characters, _UNKNOWN]}
        self.object = _font(pdf, dict(sorted(codes.items())))

    def layer(self, lines: Iterable[Line], frame: Frame, name: str) -> bytes:
        """Return the content stream of a page's text; ``name`` is the font's name in the page's resources."""
        shown = [
            part for line in lines if line.box and (part := self._shown(line.text, line.box, frame, name))
        ]
        if not shown:
            return b""
        return "\n".join([f"q {frame.upright} cm BT 3 Tr", *shown, "ET Q\n"]).encode("ascii")

    def _shown(self, text: str, box: Box, frame: Frame, name: str) -> str:
        text = _speakable(text)
        wide, high = frame.shown
        left, top, right, bottom = box[0] * wide, box[1] * high, box[2] * wide, box[3] * high
        across, down = right - left, bottom - top
        natural = sum(_HALF if char.isascii() else _FULL for char in text) / 1000
        if not natural or across <= 0 or down <= 0:
            return ""
        if down >= _TALL * across and len(text) > 1:
            size, length, at = across, down, f"0 -1 1 0 {_number(left)} {_number(high - top)}"
        else:
            size, length, at = down, across, f"1 0 0 1 {_number(left)} {_number(high - bottom)}"
        stretch = 100 * length / (natural * size)
        codes = "".join(f"{self._code(char):04X}" for char in text)
        return f"{name} {_number(size)} Tf {_number(stretch)} Tz {at} Tm <{codes}> Tj"

    def _code(self, char: str) -> int:
        code = self._rare.get(char, ord(char))
        return code if code <= 0xFFFF else ord(_UNKNOWN)


def _speakable(text: str) -> str:
    """Leave out what no font shows and no reader copies; recognition gives none of it."""
    return "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cs", "Cn"))


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _font(pdf: Any, codes: dict[int, str]) -> Any:
    from pikepdf import Array, Dictionary, Name

    name = Name(_FONT_NAME)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=4,
        FontBBox=[0, 0, _FULL, 1000],
        ItalicAngle=0,
        Ascent=1000,
        Descent=-1,
        CapHeight=1000,
        StemV=80,
        FontFile2=_stream(pdf, font_program()),
    )
    child = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=_FULL,
        W=Array([0x20, 0x7E, _HALF]),
        CIDToGIDMap=_stream(pdf, _glyphs(max(codes))),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(child)]),
            ToUnicode=_stream(pdf, _to_unicode(codes)),
        )
    )


def _stream(pdf: Any, data: bytes) -> Any:
    return pdf.make_stream(data)


def font_program() -> bytes:
    """Return a TrueType font of three glyphs without ink: .notdef, a full-width and a half-width one.

    Each is a line there and back: it covers nothing, but has a box, without which pdfium passes over turned text
    and single characters.
    """
    from fontTools.fontBuilder import FontBuilder

    widths = {".notdef": _FULL, "full": _FULL, "half": _HALF}
    builder = FontBuilder(1000, isTTF=True)
    builder.font.recalcTimestamp = False
    builder.setupGlyphOrder(list(widths))
    builder.setupGlyf({name: _diagonal(width) for name, width in widths.items()})
    builder.setupHorizontalMetrics({name: (width, 0) for name, width in widths.items()})
    builder.setupHorizontalHeader(ascent=1000, descent=-1)
    builder.updateHead(created=_MADE, modified=_MADE)
    target = io.BytesIO()
    builder.save(target)
    return target.getvalue()


def _diagonal(width: int) -> Any:
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((width, 1000))
    pen.closePath()
    return pen.glyph()


def _glyphs(last: int) -> bytes:
    """Map character codes to glyphs: never to .notdef, which PDF/A forbids even for text that is not painted."""
    return b"\0\1" * 0x20 + b"\0\2" * (0x7F - 0x20) + b"\0\1" * (max(last, 0x7E) - 0x7E)


def _to_unicode(codes: dict[int, str]) -> bytes:
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    pairs = [f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>" for code, char in codes.items()]
    for block in _blocks(pairs):
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap CMapName currentdict /CMap defineresource pop end end", ""]
    return "\n".join(lines).encode("ascii")


def _blocks(pairs: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(pairs), _MOST_IN_A_BLOCK):
        yield pairs[start : start + _MOST_IN_A_BLOCK]
