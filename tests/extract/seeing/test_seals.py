"""Seals and pieces of handwriting on page images: what is one, what is none, and what nobody can tell."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFilter

from archivist.core.model import Seen, TextSource
from archivist.core.page import Line, Page, SealMark
from archivist.core.paper.seals import SURE, sealed
from archivist.extract import Extractor
from archivist.extract.limits import Limits
from archivist.extract.seeing.seals import find_seals
from archivist.extract.seeing.signatures import find_strokes
from support.makers import text_pdf

RED, PAPER = (205, 35, 40), (248, 247, 243)
SIZE = (1240, 1754)


def sheet(paper: tuple[int, int, int] = PAPER) -> Image.Image:
    """A page of lines that look like print from afar."""
    image = Image.new("RGB", SIZE, paper)
    draw = ImageDraw.Draw(image)
    for y in range(200, 1500, 52):
        for x in range(130, 1080, 34):
            draw.rectangle((x, y, x + 22, y + 24), outline=(40, 40, 42), width=3)
    return image


def stamped(
    image: Image.Image,
    x: int = 850,
    y: int = 1350,
    wide: int = 118,
    high: int = 118,
    ink: tuple[int, int, int] = RED,
    line: int = 7,
) -> Image.Image:
    """A seal over the print: outline, a row of signs along its arc, a star's worth of ink in its middle."""
    layer = Image.new("RGB", image.size, "white")
    draw = ImageDraw.Draw(layer)
    draw.ellipse((x - wide, y - high, x + wide, y + high), outline=ink, width=line)
    for turn in np.linspace(0.75 * np.pi, 2.25 * np.pi, 12):
        a, b = x + 0.74 * wide * np.cos(turn), y + 0.74 * high * np.sin(turn)
        draw.rectangle((a - 11, b - 11, a + 11, b + 11), outline=ink, width=4)
    draw.regular_polygon((x, y, 26), 5, fill=ink)
    return Image.fromarray(np.minimum(np.asarray(image), np.asarray(layer)))


def pixels(image: Image.Image) -> np.ndarray:
    """As a scanner gives it: a little soft."""
    return np.asarray(image.filter(ImageFilter.GaussianBlur(0.7)))


def test_a_round_red_seal_over_print_is_found_where_it_is() -> None:
    found = find_seals(pixels(stamped(sheet())))

    assert [(one.shape, one.ink) for one in found] == [("round", "red")]
    left, top, right, bottom = found[0].outline.bounds
    assert np.allclose((left, top, right, bottom), (732, 1232, 968, 1468), atol=12)


def test_an_oval_seal_is_found_and_called_oval() -> None:
    assert [one.shape for one in find_seals(pixels(stamped(sheet(), wide=130, high=92)))] == ["oval"]


def test_three_seals_on_one_form_are_three() -> None:
    image = stamped(stamped(stamped(sheet(), 300, 500), 850, 500), 600, 1300)

    assert len(find_seals(pixels(image))) == 3


@pytest.mark.parametrize("ink", [(226, 150, 150), (214, 120, 118)])
def test_a_faint_seal_is_found(ink: tuple[int, int, int]) -> None:
    assert len(find_seals(pixels(stamped(sheet(), ink=ink)))) == 1


def test_a_seal_cut_by_the_edge_of_the_paper_is_found() -> None:
    assert len(find_seals(pixels(stamped(sheet(), x=1180)))) == 1


@pytest.mark.parametrize("what", ["heading", "line", "fingerprint", "stamp", "nothing"])
def test_red_things_that_are_no_seal_are_none(what: str) -> None:
    image = sheet()
    draw = ImageDraw.Draw(image)
    if what == "heading":
        for x in range(250, 1000, 95):
            draw.rectangle((x, 80, x + 70, 150), outline=RED, width=9)
    elif what == "line":
        draw.line((130, 180, 1110, 180), fill=RED, width=6)
    elif what == "fingerprint":
        draw.ellipse((800, 1300, 840, 1356), fill=(215, 70, 75))
    elif what == "stamp":
        draw.rectangle((800, 1250, 1080, 1420), outline=RED, width=6)

    assert [one for one in find_seals(pixels(image)) if one.confidence >= SURE] == []


def test_a_grey_copy_of_a_plain_ring_is_found_only_when_it_is_unmistakable() -> None:
    copied = stamped(sheet(), ink=(60, 60, 60)).convert("L")
    faint = stamped(sheet(), ink=(215, 215, 215)).convert("L")

    assert [one.ink for one in find_seals(pixels(copied))] in ([], ["dark"])
    assert find_seals(pixels(faint)) == []


def test_without_colour_no_seal_means_that_nobody_can_tell() -> None:
    line = Line("盖章", (0.1, 0.1, 0.2, 0.12))
    grey = Page(1, (line,), TextSource.OCR, colour="grey", looked=True)
    colour = Page(1, (line,), TextSource.OCR, colour="colour", looked=True)
    suspicion = Page(
        1, (line,), TextSource.OCR, colour="colour", looked=True, seals=(SealMark((0, 0, 0.1, 0.1), 0.3),)
    )

    assert sealed([grey]) is Seen.UNKNOWN
    assert sealed([colour]) is Seen.NO
    assert sealed([suspicion]) is Seen.UNKNOWN
    assert sealed([grey, Page(2, seals=(SealMark((0, 0, 0.1, 0.1), 0.9),))]) is Seen.YES


def test_a_seal_on_a_pdf_with_text_is_seen_without_recognition(tmp_path: Path) -> None:
    plain = text_pdf(tmp_path / "纪要.pdf")
    stamp = tmp_path / "印章.png"
    stamped(Image.new("RGB", (260, 260), "white"), 130, 130).save(stamp)
    with pikepdf.open(plain, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        image = pdf.make_stream(Image.open(stamp).tobytes())
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width = image.Height = 260
        image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
        page.obj.Resources.XObject = pikepdf.Dictionary(S=image)
        page.contents_add(pdf.make_stream(b"q 114 0 0 114 380 150 cm /S Do Q"))
        pdf.save()

    with Extractor(Limits(tmp_path), 1, "none") as extractor:
        read = extractor.extract(plain, plain.name).pages[0]

    assert read.text_source is TextSource.NATIVE
    assert [seal.ink for seal in read.seals] == ["red"]
    assert abs(read.seals[0].box[0] - 380 / 595) < 0.03


def test_lines_in_a_font_that_is_not_embedded_have_the_height_the_document_gives(tmp_path: Path) -> None:
    path = text_pdf(tmp_path / "纪要.pdf", ["关于晚熟柠檬基地项目的会议纪要", "会议同意退出"])

    with Extractor(Limits(tmp_path), 1, "none") as extractor:
        lines = extractor.extract(path, path.name).pages[0].lines

    assert lines
    assert all(line.box and 0.008 < line.box[3] - line.box[1] < 0.03 for line in lines)


def test_handwriting_beside_a_label_is_found_and_ruled_lines_are_not() -> None:
    image = Image.new("L", SIZE, 250)
    draw = ImageDraw.Draw(image)
    draw.line((100, 1480, 1100, 1480), fill=20, width=3)
    for start in range(430, 600, 40):
        draw.line((start, 1410, start + 34, 1455), fill=25, width=5)
        draw.line((start + 30, 1408, start + 4, 1458), fill=25, width=5)
    read = [(130.0, 1410.0, 400.0, 1450.0), (130.0, 200.0, 1100.0, 240.0), (130.0, 1560.0, 400.0, 1590.0)]

    found = find_strokes(np.asarray(image), read, [])

    assert found
    assert all(
        left > 420 and right < 640 and top > 1390 and bottom < 1470 for left, top, right, bottom in found
    )
