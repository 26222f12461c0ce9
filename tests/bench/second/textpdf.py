"""Papers printed straight to PDF: embedded fonts, text of its own, rules; sometimes with a broken table of characters."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.second.faces import place
from tests.bench.second.sheet import Sheet

RADICALS = dict(
    zip(
        "日月人大土工水生金目田立言見走里食高力口子山一二八十",
        "⽇⽉⼈⼤⼟⼯⽔⽣⾦⽬⽥⽴⾔⾒⾛⾥⾷⾼⼒⼝⼦⼭⼀⼆⼋⼗",
        strict=True,
    )
)
"""What a bad table makes of plain characters: the radicals of the same shape (Kangxi, U+2F00–2FDF)."""


@dataclass(slots=True)
class _Font:
    """One embedded face: its characters and their numbers in the file."""

    part: str
    characters: set[str] = field(default_factory=set)
    codes: dict[str, int] = field(default_factory=dict)
    widths: dict[int, int] = field(default_factory=dict)
    data: bytes = b""
    outlines: bool = False


def save_text_pdf(sheet: Sheet, path: Path, radicals: bool = False) -> None:
    """Write what was printed on the sheet, without ink; ``radicals``: its table names radicals for plain characters."""
    import pikepdf
    from pikepdf import Dictionary

    fonts: dict[str, _Font] = {}
    for run in sheet.runs:
        fonts.setdefault(run.part, _Font(run.part)).characters.update(run.text)
    pdf = pikepdf.new()
    made: dict[str, Any] = {}
    for number, font in enumerate(fonts.values()):
        _subset(font)
        made[f"/F{number}"] = pdf.make_indirect(_font(pdf, font, radicals))
    names = {part: f"F{number}" for number, part in enumerate(fonts)}
    scale = 72 / sheet.dpi
    for number, image in enumerate(sheet.images):
        height = image.height * scale
        said = [_rule(line, scale, height) for line in sheet.lines if line[0] == number]
        for run in sheet.runs:
            if run.page == number:
                said.append(_words(run, fonts[run.part], names[run.part], scale, height))
        pdf.add_blank_page(page_size=(image.width * scale, height))
        page = pdf.pages[-1]
        page.Resources = Dictionary(Font=Dictionary(made))
        page.Contents = pdf.make_stream("\n".join(said).encode("ascii"))
    pdf.docinfo["/Producer"] = "WPS 文字"
    pdf.save(path, deterministic_id=True)


def _words(run: Any, font: _Font, name: str, scale: float, height: float) -> str:
    codes = "".join(f"{font.codes[character]:04X}" for character in run.text if character in font.codes)
    red, green, blue = (value / 255 for value in run.colour)
    x, y, size = run.x * scale, height - (run.y + run.pixels * 0.88) * scale, run.pixels * scale
    return f"{red:.2f} {green:.2f} {blue:.2f} rg BT /{name} {size:.2f} Tf {x:.2f} {y:.2f} Td <{codes}> Tj ET"


def _rule(line: tuple[int, float, float, float, float, float], scale: float, height: float) -> str:
    _, x1, y1, x2, y2, thick = line
    ends = f"{x1 * scale:.2f} {height - y1 * scale:.2f} m {x2 * scale:.2f} {height - y2 * scale:.2f} l S"
    return f"{thick * scale:.2f} w {ends}"


def _subset(font: _Font) -> None:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    file, index = place(font.part)
    whole = TTFont(file, fontNumber=index, recalcTimestamp=False)
    options = subset.Options(layout_features=[], notdef_outline=True, name_IDs=[], glyph_names=True)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(font.characters))
    cutter.subset(whole)
    font.outlines = "CFF " in whole
    order = whole.getGlyphOrder()
    known, metrics, unit = whole.getBestCmap(), whole["hmtx"], whole["head"].unitsPerEm
    for character in font.characters:
        glyph = known.get(ord(character))
        if glyph is None:
            continue
        cid = font.outlines and glyph.startswith("cid")
        code = int(glyph[3:]) if cid else order.index(glyph)
        font.codes[character] = code
        font.widths[code] = round(metrics[glyph][0] * 1000 / unit)
    held = io.BytesIO()
    whole.save(held)
    font.data = TTFont(io.BytesIO(held.getvalue())).reader["CFF "] if font.outlines else held.getvalue()


def _font(pdf: Any, font: _Font, radicals: bool) -> Any:
    from pikepdf import Array, Dictionary, Name, String

    stream = pdf.make_stream(font.data)
    base = Name(f"/AAAAAA+{font.part}")
    shape = Dictionary(
        Type=Name.FontDescriptor,
        FontName=base,
        Flags=4,
        FontBBox=Array([-100, -250, 1100, 950]),
        ItalicAngle=0,
        Ascent=880,
        Descent=-120,
        CapHeight=700,
        StemV=80,
    )
    if font.outlines:
        stream.Subtype = Name("/CIDFontType0C")
        shape.FontFile3 = pdf.make_indirect(stream)
    else:
        shape.FontFile2 = pdf.make_indirect(stream)
    widths = Array()
    for code, width in sorted(font.widths.items()):
        widths.append(code)
        widths.append(Array([width]))
    inner = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType0 if font.outlines else Name.CIDFontType2,
        BaseFont=base,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(shape),
        DW=1000,
        W=widths,
    )
    if not font.outlines:
        inner.CIDToGIDMap = Name.Identity
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=base,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(inner)]),
        ToUnicode=pdf.make_indirect(pdf.make_stream(_table(font, radicals))),
    )


def _table(font: _Font, radicals: bool) -> bytes:
    rows = []
    for character, code in sorted(font.codes.items()):
        said = RADICALS.get(character, character) if radicals else character
        rows.append(f"<{code:04X}> <{said.encode('utf-16-be').hex().upper()}>")
    blocks = []
    for start in range(0, len(rows), 90):
        part = rows[start : start + 90]
        blocks.append(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar")
    head = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
    head += "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    return (
        head + "\n".join(blocks) + "\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()
