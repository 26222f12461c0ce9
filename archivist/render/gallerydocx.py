"""Pages of papers as pictures with what was found on them beside (页面小图), as WordprocessingML: for reports in Word.

Each page is a table of its own that does not split over sheets: its caption, below it the picture and the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from itertools import count
from typing import Any

from archivist.core.reports.report import Figure, Gallery
from archivist.render.legend import legend_in_words
from archivist.render.text import plain

Embed = Callable[[bytes, str], str]
"""Puts a picture (its bytes, its media type) into the package and returns the id of the relationship to it."""

_EMU = 36_000
"""A millimetre."""
_WIDE, _HIGH = 68.0, 112.0
"""Millimetres: what a picture is at most on paper."""
_PICTURE, _WORDS = 4100, 5500
"""Twentieths of a point: the columns of picture and words (A4 less its margins)."""
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="767676"/>'
    for side in ("top", "left", "bottom", "right")
)
_CELLS = '<w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>'


_GAP = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/></w:pPr></w:p>'
"""Between two tables, which would be one else."""


def add_gallery(document: Any, gallery: Gallery) -> None:
    """Put ``gallery`` at the end of a document (python-docx)."""
    import io

    from docx.oxml import parse_xml

    def embed(picture: bytes, media: str) -> str:
        return str(document.part.get_or_add_image(io.BytesIO(picture))[0])

    numbers = count(1 + sum(1 for _ in document.element.body.iter(f"{{{_WP}}}docPr")))
    for xml in elements(gallery, embed, numbers):
        document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def elements(gallery: Gallery, embed: Embed, numbers: Iterator[int]) -> Iterator[str]:
    """The figures of ``gallery`` as elements of a body (prefix ``w``), one after another, behind the legend.

    Args:
        numbers: gives each picture a number that no other in the document has.
    """
    yield _declared(_paragraph(_run(legend_in_words(), 17), keep=True))
    for one in gallery.figures:
        yield _declared(_table(one, embed, numbers))
        yield _declared(_GAP)


def _declared(xml: str) -> str:
    """An element that says itself what its prefix means."""
    return xml.replace(">", f' xmlns:w="{_WORD}">', 1)


def _table(one: Figure, embed: Embed, numbers: Iterator[int]) -> str:
    caption = _row(_cell(_paragraph(_run(one.caption, 20, bold=True), keep=True), _PICTURE + _WORDS, 2))
    words = "".join(_fact(label, told) for label, told in one.facts) or _paragraph("")
    if one.picture:
        body = _row(_cell(_paragraph(_picture(one, embed, next(numbers))), _PICTURE) + _cell(words, _WORDS))
    else:
        body = _row(_cell(words, _PICTURE + _WORDS, 2))
    grid = f'<w:tblGrid><w:gridCol w:w="{_PICTURE}"/><w:gridCol w:w="{_WORDS}"/></w:tblGrid>'
    look = (
        f'<w:tblPr><w:tblW w:w="{_PICTURE + _WORDS}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_CELLS}</w:tblCellMar></w:tblPr>'
    )
    return f"<w:tbl>{look}{grid}{caption}{body}</w:tbl>"


def _row(cells: str) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell(content: str, width: int, span: int = 1) -> str:
    over = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{over}</w:tcPr>{content}</w:tc>'


def _fact(label: str, told: str) -> str:
    return _paragraph((_run(f"{label}　", 17, bold=True) if label else "") + _run(told, 17))


def _paragraph(runs: str, keep: bool = False) -> str:
    kept = "<w:keepNext/>" if keep else ""
    spacing = '<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0"/>'
    return f'<w:p><w:pPr>{kept}{spacing}<w:jc w:val="left"/></w:pPr>{runs}</w:p>'


def _run(words: str, halves: int, bold: bool = False) -> str:
    """Words in a size of so many half points."""
    weight = "<w:b/>" if bold else ""
    look = f'<w:rPr>{weight}<w:sz w:val="{halves}"/><w:szCs w:val="{halves}"/></w:rPr>'
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(plain(words))}</w:t></w:r>'


def _picture(one: Figure, embed: Embed, number: int) -> str:
    scale = min(_WIDE / one.width, _HIGH / one.height)
    wide, high = (round(side * scale * _EMU) for side in (one.width, one.height))
    relation = embed(one.picture, one.media)
    told = escape(plain(one.alt))
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="{number}" name="页面{number}" descr="{told}"/>'
        f'<a:graphic xmlns:a="{_MAIN}"><a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}">'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="页面{number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{_REL}" r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="6350"><a:solidFill><a:srgbClr val="999999"/>'
        "</a:solidFill></a:ln></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
