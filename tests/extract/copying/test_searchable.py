"""Searchable copies: the picture stays, the text lies on the ink and copies as it was read, and the file is PDF/A-2b."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import pdfa
from PIL import Image, ImageCms, ImageDraw
from pypdf import PdfReader

from archivist.core.model import Box, TextSource
from archivist.core.page import Line, Page
from archivist.extract import Extractor, Limits, failures
from archivist.extract.copying import conformance, searchable
from archivist.extract.copying.searchable import SearchableCopy, make_searchable, worth_copying
from archivist.extract.copying.textlayer import Frame, LayerFont
from archivist.extract.failures import Refused
from support.makers import MINUTES, join, scan_pdf, text_pdf

CREATED = "2024-11-28T09:30:00+08:00"
LINES = (
    Line("大足区中敖镇人民政府专题会议纪要", (0.2, 0.10, 0.8, 0.14)),
    Line("会议时间：2024年11月28日 ABC-2019", (0.15, 0.2, 0.70, 0.225)),
    Line("记录人𬭎㐂", (0.1, 0.3, 0.35, 0.325)),
    Line("1", (0.9, 0.3, 0.91, 0.325)),
    Line("是☑ 否□（50.5%）", (0.1, 0.93, 0.4, 0.955)),
)
READ = Page(1, LINES, TextSource.OCR)
SIZE = (620, 877)


def inked(size: tuple[int, int] = SIZE, lines: tuple[Line, ...] = LINES) -> Image.Image:
    """A sheet with a black bar where each line is."""
    sheet = Image.new("L", size, 255)
    draw = ImageDraw.Draw(sheet)
    for line in lines:
        draw.rectangle(pixels_of(line.box, size), fill=0)
    return sheet


def pixels_of(box: Box | None, size: tuple[int, int]) -> tuple[int, int, int, int]:
    assert box
    return round(box[0] * size[0]), round(box[1] * size[1]), round(box[2] * size[0]), round(box[3] * size[1])


def copy_of(source: Path, kind: str, limits: Limits, *pages: Page, title: str = "会议纪要") -> Path:
    target = source.with_name("copy.pdf")
    assert make_searchable(source, kind, pages or (READ,), target, limits, title, CREATED) == SearchableCopy()
    assert_archival(target)
    return target


def assert_archival(path: Path) -> None:
    report = pdfa.validate_written(path, "2b")
    assert report.passed, report.summary()
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []


def saved(image: Image.Image, path: Path, **options: Any) -> Path:
    image.save(path, **options)
    return path


def squeezed(text: str) -> str:
    return "".join(text.split())


def shown(path: Path, index: int = 0, size: tuple[int, int] = SIZE) -> np.ndarray:
    with pdfium.PdfDocument(path) as document:
        page = document[index]
        scale = max(size) / max(page.get_size())
        return np.asarray(page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB").resize(size))


def texts(path: Path, index: int = 0) -> dict[str, str]:
    """What three independent readers copy out of a page."""
    with pdfium.PdfDocument(path) as document:
        found = {"pdfium": document[index].get_textpage().get_text_range()}
    found["pypdf"] = PdfReader(path).pages[index].extract_text()
    if shutil.which("pdftotext"):
        pages = ["-f", str(index + 1), "-l", str(index + 1)]
        done = subprocess.run(["pdftotext", *pages, str(path), "-"], capture_output=True, check=True)
        found["poppler"] = done.stdout.decode()
    return found


def boxes(path: Path, index: int = 0) -> list[tuple[str, Box]]:
    """Every character pdfium would select, with its box as fractions of the page as shown."""
    with pdfium.PdfDocument(path) as document:
        page = document[index]
        text = page.get_textpage()
        found = []
        for at in range(text.count_chars()):
            char = text.get_text_range(at, 1)
            if char.strip():
                found.append((char, fractions(page, text.get_charbox(at, loose=True))))
        return found


def fractions(page: pdfium.PdfPage, box: tuple[float, float, float, float]) -> Box:
    """Turn a box in the page's points into fractions of the page as shown."""
    (a, b, c, d), (e, f, g, h) = (
        (min(x, z), min(y, w), max(x, z), max(y, w))
        for x, y, z, w in (page.get_mediabox(), page.get_cropbox())
    )
    x0, y0, x1, y1 = max(a, e), max(b, f), min(c, g), min(d, h)
    left, right = (box[0] - x0) / (x1 - x0), (box[2] - x0) / (x1 - x0)
    top, bottom = (y1 - box[3]) / (y1 - y0), (y1 - box[1]) / (y1 - y0)
    return {
        0: (left, top, right, bottom),
        90: (1 - bottom, left, 1 - top, right),
        180: (1 - right, 1 - bottom, 1 - left, 1 - top),
        270: (top, 1 - right, bottom, 1 - left),
    }[page.get_rotation()]


def spans(path: Path, lines: tuple[Line, ...], index: int = 0) -> list[Box]:
    """The box each line's characters span, lines taken in order."""
    waiting = boxes(path, index)
    result = []
    for line in lines:
        mine, waiting = waiting[: len(squeezed(line.text))], waiting[len(squeezed(line.text)) :]
        sides = [box for _, box in mine]
        result.append(
            (
                min(b[0] for b in sides),
                min(b[1] for b in sides),
                max(b[2] for b in sides),
                max(b[3] for b in sides),
            )
        )
    return result


def assert_on_the_lines(path: Path, lines: tuple[Line, ...], index: int = 0) -> None:
    for line, span in zip(lines, spans(path, lines, index), strict=True):
        assert span == pytest.approx(line.box, abs=0.015), line.text


PLAIN = LINES[:2] + LINES[3:]
"""Without the character beyond the first plane, which pdfium counts as two."""


# --- text
@pytest.mark.parametrize("reader_name", ["pdfium", "pypdf", "poppler"])
def test_every_line_copies_as_it_was_read_without_spaces_between_characters(
    tmp_path: Path, limits: Limits, reader_name: str
) -> None:
    found = texts(copy_of(saved(inked(), tmp_path / "a.png"), "image", limits))
    if reader_name not in found and not os.environ.get("CI"):
        pytest.skip("pdftotext is not installed")

    for line in LINES:
        assert line.text in found[reader_name]


def test_text_is_in_the_order_of_reading(tmp_path: Path, limits: Limits) -> None:
    found = texts(copy_of(saved(inked(), tmp_path / "a.png"), "image", limits))

    assert squeezed(READ.text) == squeezed(found["pdfium"]) == squeezed(found["pypdf"])


def test_characters_lie_on_their_line(tmp_path: Path, limits: Limits) -> None:
    copy = copy_of(saved(inked(), tmp_path / "a.png"), "image", limits, replace(READ, lines=PLAIN))

    assert_on_the_lines(copy, PLAIN)


def test_characters_share_their_line_by_width(tmp_path: Path, limits: Limits) -> None:
    line = Line("项目2024", (0.1, 0.1, 0.5, 0.15))
    page = Page(1, (line,), TextSource.OCR)
    found = boxes(copy_of(saved(inked(), tmp_path / "a.png"), "image", limits, page))

    assert [box[0] for _, box in found] == pytest.approx([0.1, 0.2, 0.3, 0.35, 0.4, 0.45], abs=0.005)


def test_a_tall_line_reads_downwards(tmp_path: Path, limits: Limits) -> None:
    line = Line("备注事项", (0.1, 0.2, 0.14, 0.5))
    copy = copy_of(saved(inked(), tmp_path / "a.png"), "image", limits, Page(1, (line,), TextSource.OCR))

    assert_on_the_lines(copy, (line,))
    assert "备注事项" in squeezed(texts(copy)["pypdf"])


def test_nothing_is_painted(tmp_path: Path, limits: Limits) -> None:
    copy = copy_of(saved(inked(), tmp_path / "a.png"), "image", limits)
    with pikepdf.open(copy) as pdf:
        content = pdf.pages[0].Contents[0].read_bytes().decode()

    assert content.count(" Tr") == 1
    assert "3 Tr" in content


@settings(max_examples=60)
@given(st.lists(st.text(max_size=30), max_size=5))
def test_any_text_whatever_gives_a_layer_that_parses(spoken: list[str]) -> None:
    lines = [Line(text, (0.1, 0.1 * n, 0.9, 0.1 * n + 0.05)) for n, text in enumerate(spoken, start=1)]
    with pikepdf.new() as pdf:
        font = LayerFont(pdf, spoken)
        stream = pdf.make_stream(font.layer(lines, Frame(0, 0, 595, 842, 0), "/F"))
        shows = [i for i in pikepdf.parse_content_stream(stream) if str(i.operator) == "Tj"]

    assert len(shows) <= len(spoken)


# --- the picture stays
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_turned_page_is_shown_upright_and_its_text_is_where_the_ink_is(
    tmp_path: Path, limits: Limits, turn: int, rotate: int
) -> None:
    lying = inked(lines=PLAIN).rotate(turn, expand=True)
    source = scan_pdf(tmp_path / "a.pdf", lying.rotate(rotate, expand=True))
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.Rotate = rotate
        pdf.save(source)
    copy = copy_of(source, "pdf", limits, Page(1, PLAIN, TextSource.OCR, rotation=turn))

    assert np.abs(shown(copy).astype(int)[..., 0] - np.asarray(inked(lines=PLAIN))).mean() < 2
    assert_on_the_lines(copy, PLAIN)


def test_a_page_that_shows_part_of_its_sheet_has_its_text_there(tmp_path: Path, limits: Limits) -> None:
    source = scan_pdf(tmp_path / "a.pdf", inked())
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.MediaBox = [-20, 700, 400, -50]
        pdf.pages[0].obj.CropBox = [20, 30, 900, 400]
        pdf.save(source)
    copy = copy_of(source, "pdf", limits, replace(READ, lines=PLAIN))

    assert_on_the_lines(copy, PLAIN)


def test_a_scan_looks_exactly_as_before_and_its_image_is_the_same_bytes(
    tmp_path: Path, limits: Limits
) -> None:
    source = scan_pdf(tmp_path / "a.pdf", MINUTES, inked())
    copy = copy_of(source, "pdf", limits, READ, replace(READ, number=2))

    for index in (0, 1):
        assert np.array_equal(shown(source, index), shown(copy, index))
    assert image_streams(source) == image_streams(copy)


def image_streams(path: Path) -> list[str]:
    with pikepdf.open(path) as pdf:
        return [
            hashlib.sha256(image.read_raw_bytes()).hexdigest()
            for page in pdf.pages
            for image in page.obj.Resources.XObject.values()
        ]


TURNED_BACK = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""What the sensor saw of an upright picture, by EXIF orientation (1: the same)."""


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_the_same_jpeg_and_is_shown_upright(
    tmp_path: Path, limits: Limits, orientation: int
) -> None:
    upright = inked(lines=PLAIN).convert("RGB")
    undo = TURNED_BACK.get(orientation)
    exif = Image.Exif()
    exif[0x0112] = orientation
    taken = upright if undo is None else upright.transpose(undo)
    source = saved(taken, tmp_path / "a.jpg", exif=exif, quality=95)
    copy = copy_of(source, "image", limits, replace(READ, lines=PLAIN))

    with pikepdf.open(copy) as pdf:
        assert pdf.pages[0].Resources.XObject.Im0.read_raw_bytes() == source.read_bytes()
    assert np.abs(shown(copy).astype(int) - np.asarray(upright)).mean() < 2
    assert_on_the_lines(copy, PLAIN)


def colourful(mode: str) -> Image.Image:
    ramp = Image.linear_gradient("L").resize((180, 240))
    wheel = Image.merge("RGB", (ramp, ramp.rotate(90).resize(ramp.size), ramp.rotate(180)))
    if mode in ("RGBA", "LA"):
        wheel = wheel.convert("RGBA") if mode == "RGBA" else wheel.convert("L").convert("LA")
        wheel.putalpha(ramp)
        return wheel
    if mode == "I;16":
        return Image.fromarray(np.asarray(ramp).astype(np.uint16) * 257)
    return wheel.convert(mode)


def decoded(image: pikepdf.Object) -> np.ndarray:
    if int(image.BitsPerComponent) == 16:
        return np.frombuffer(image.read_bytes(), ">u2").reshape(int(image.Height), int(image.Width))
    assert isinstance(image, pikepdf.Stream)
    return np.asarray(pikepdf.PdfImage(image).as_pil_image().convert("RGB"))


@pytest.mark.parametrize(
    ("mode", "name", "options"),
    [
        ("1", "a.png", {}),
        ("L", "a.png", {}),
        ("P", "a.png", {}),
        ("RGB", "a.png", {}),
        ("RGBA", "a.png", {}),
        ("LA", "a.png", {}),
        ("I;16", "a.png", {}),
        ("1", "a.tif", {"compression": "group4"}),
        ("1", "a.tif", {"compression": "group4", "tiffinfo": {278: 64}}),
        ("1", "a.tif", {"compression": "group4", "tiffinfo": {262: 1}}),
        ("1", "a.tif", {"compression": "group3"}),
        ("1", "a.tif", {"compression": "raw"}),
        ("L", "a.tif", {"compression": "tiff_lzw"}),
        ("RGB", "a.tif", {"compression": "tiff_deflate"}),
        ("RGB", "a.tif", {"compression": "jpeg"}),
        ("L", "a.tif", {"compression": "jpeg"}),
        ("RGB", "a.jpg", {"progressive": True}),
        ("L", "a.jpg", {}),
        ("RGB", "a.bmp", {}),
        ("RGB", "a.webp", {"lossless": True}),
    ],
)
def test_a_picture_of_any_kind_keeps_its_pixels(
    tmp_path: Path, limits: Limits, mode: str, name: str, options: dict[str, Any]
) -> None:
    lost = 4 if "jpeg" in options.values() else 0  # two JPEG decoders may round differently
    source = saved(colourful(mode), tmp_path / name, **options)
    copy = copy_of(source, "image", limits, Page(1, (Line("青龙村", (0.1, 0.1, 0.9, 0.2)),), TextSource.OCR))
    with Image.open(source) as opened:
        seen = opened.convert("RGBA") if mode in ("RGBA", "LA") else opened.copy()
    if mode in ("RGBA", "LA"):
        seen = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)

    with pikepdf.open(copy) as pdf:
        kept = np.concatenate([decoded(strip) for _, strip in sorted(pdf.pages[0].Resources.XObject.items())])
    assert (
        np.abs(kept.astype(int) - np.asarray(seen.convert("I;16" if mode == "I;16" else "RGB"))).max() <= lost
    )
    assert copy.stat().st_size <= source.stat().st_size + 15_000


def test_an_interlaced_png_is_written_anew(tmp_path: Path, limits: Limits) -> None:
    from archivist.extract.copying.pictured import _plain_png

    with Image.open(saved(colourful("RGB"), tmp_path / "a.png")) as image:
        assert _plain_png(image)
        image.info["interlace"] = 1
        assert not _plain_png(image)


def test_a_photo_keeps_its_colour_profile(tmp_path: Path, limits: Limits) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    source = saved(colourful("RGB"), tmp_path / "a.jpg", icc_profile=profile)
    copy = copy_of(source, "image", limits)

    with pikepdf.open(copy) as pdf:
        space = pdf.pages[0].Resources.XObject.Im0.ColorSpace
        assert (space[0], space[1].read_bytes()) == (pikepdf.Name.ICCBased, profile)


def test_a_damaged_colour_profile_is_left_out(tmp_path: Path, limits: Limits) -> None:
    source = saved(colourful("RGB"), tmp_path / "a.jpg", icc_profile=b"nonsense" * 40)

    with pikepdf.open(copy_of(source, "image", limits)) as pdf:
        assert pdf.pages[0].Resources.XObject.Im0.ColorSpace == pikepdf.Name.DeviceRGB


def test_all_pages_of_a_tiff_are_there(tmp_path: Path, limits: Limits) -> None:
    first, second = inked().convert("1"), inked(lines=PLAIN[:1]).convert("1")
    source = tmp_path / "a.tif"
    first.save(source, save_all=True, append_images=[second], compression="group4", dpi=(75, 75))
    copy = copy_of(source, "image", limits, READ, Page(2, PLAIN[:1], TextSource.OCR))

    assert squeezed(texts(copy, 1)["pypdf"]) == PLAIN[0].text
    assert np.abs(shown(copy, 1).astype(int)[..., 0] - np.asarray(second.convert("L"))).mean() < 2


@pytest.mark.parametrize(
    ("dpi", "expected"), [((75, 75), (595.2, 841.92)), (None, (595.25, 842.0)), ((1, 1), (595.25, 842.0))]
)
def test_a_sheet_is_as_large_as_the_scanner_says_or_else_as_a4(
    tmp_path: Path, limits: Limits, dpi: tuple[int, int] | None, expected: tuple[float, float]
) -> None:
    source = saved(inked(), tmp_path / "a.jpg", **({"dpi": dpi} if dpi else {}))

    with pikepdf.open(copy_of(source, "image", limits)) as pdf:
        box = pdf.pages[0].mediabox
        assert (float(box[2]), float(box[3])) == pytest.approx(expected, abs=0.1)


# --- text that was there before
def with_text(path: Path, content: bytes, before: bool = False, font: pikepdf.Object | None = None) -> Path:
    """A scanned page with text of somebody else's, under or over the image."""
    scan_pdf(path, inked())
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        plain = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.obj.Resources.Font = pikepdf.Dictionary(F1=font or plain)
        page.contents_add(pdf.make_stream(content), prepend=before)
        pdf.save(path)
    return path


def test_a_foreign_invisible_layer_is_gone(tmp_path: Path, limits: Limits) -> None:
    source = with_text(
        tmp_path / "a.pdf", b"BT 3 Tr /F1 12 Tf 72 700 Td (gar) Tj [(ba) -20 (ge)] TJ (x) ' 1 2 (y) \" ET"
    )
    copy = copy_of(source, "pdf", limits)

    assert squeezed(texts(copy)["pypdf"]) == squeezed(READ.text)
    assert np.array_equal(shown(source), shown(copy))


def test_foreign_text_under_the_image_is_gone(tmp_path: Path, limits: Limits) -> None:
    source = with_text(tmp_path / "a.pdf", b"BT /F1 12 Tf 72 700 Td (garbage) Tj ET", before=True)
    copy = copy_of(source, "pdf", limits)

    assert squeezed(texts(copy)["pypdf"]) == squeezed(READ.text)
    assert np.array_equal(shown(source), shown(copy))


def test_text_that_cuts_the_picture_out_stays(tmp_path: Path, limits: Limits) -> None:
    source = with_text(tmp_path / "a.pdf", b"BT 7 Tr /F1 300 Tf 20 300 Td (XXX) Tj ET", before=True)
    target = tmp_path / "copy.pdf"
    make_searchable(source, "pdf", (READ,), target, limits, "", CREATED)

    assert np.array_equal(shown(source), shown(target))


def test_a_foreign_layer_in_a_form_is_gone_from_its_page_only(tmp_path: Path, limits: Limits) -> None:
    source = scan_pdf(tmp_path / "a.pdf", inked(), inked())
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        form = pdf.make_stream(b"BT 3 Tr /F1 12 Tf 72 600 Td (garbage) Tj ET")
        form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 600, 850]
        form.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        for page in pdf.pages:
            page.obj.Resources.XObject.Fm0 = form
            page.contents_add(pdf.make_stream(b"/Fm0 Do"))
        pdf.save(source)
    target = tmp_path / "copy.pdf"
    made = make_searchable(source, "pdf", (READ, Page(2)), target, limits, "", CREATED)

    assert squeezed(texts(target, 0)["pypdf"]) == squeezed(READ.text)
    assert "garbage" in texts(target, 1)["pypdf"]
    assert made.note == conformance.NOT_EMBEDDED


def test_foreign_text_that_shows_stays_on_paper_but_is_not_copied(tmp_path: Path, limits: Limits) -> None:
    source = with_text(tmp_path / "a.pdf", b"BT /F1 40 Tf 72 400 Td (garbage) Tj 3 Tr (unseen) Tj ET")
    target = tmp_path / "copy.pdf"
    made = make_searchable(source, "pdf", (READ,), target, limits, "", CREATED)
    found = texts(target)

    assert np.array_equal(shown(source), shown(target))
    assert "unseen" not in found["pypdf"]
    assert all("garbage" not in found[name] for name in found if name != "pypdf")
    assert made.note == conformance.NOT_EMBEDDED


def test_a_page_of_native_text_keeps_it_and_gets_no_second_layer(tmp_path: Path, limits: Limits) -> None:
    source = join(tmp_path / "a.pdf", text_pdf(tmp_path / "t.pdf"), scan_pdf(tmp_path / "s.pdf", inked()))
    native = Page(1, (Line("投入帮扶资金48.60万元", (0.1, 0.1, 0.5, 0.12)),), TextSource.NATIVE)
    target = tmp_path / "copy.pdf"
    made = make_searchable(source, "pdf", (native, replace(READ, number=2)), target, limits, "", CREATED)

    assert texts(target, 0)["pdfium"] == texts(source, 0)["pdfium"]
    assert squeezed(texts(target, 1)["pypdf"]) == squeezed(READ.text)
    assert np.array_equal(shown(source), shown(target))
    assert made == SearchableCopy(conformance.NOT_EMBEDDED)


def test_a_page_of_native_text_whose_font_is_embedded_may_be_pdfa(tmp_path: Path, limits: Limits) -> None:
    native = copy_of(saved(inked(), tmp_path / "n.png"), "image", limits).rename(tmp_path / "n.pdf")
    source = join(tmp_path / "a.pdf", native, scan_pdf(tmp_path / "s.pdf", inked()))
    copy = copy_of(source, "pdf", limits, Page(1, LINES, TextSource.NATIVE), replace(READ, number=2))

    assert texts(copy, 0) == texts(copy, 1) == texts(native)


def test_a_copy_of_a_copy_has_its_text_once(tmp_path: Path, limits: Limits) -> None:
    first = copy_of(saved(inked(), tmp_path / "a.png"), "image", limits)
    second = copy_of(first.rename(tmp_path / "first.pdf"), "pdf", limits)

    assert texts(second) == texts(tmp_path / "first.pdf")


def test_a_copy_that_is_not_pdfa_does_not_say_that_it_is(tmp_path: Path, limits: Limits) -> None:
    source = join(tmp_path / "a.pdf", text_pdf(tmp_path / "t.pdf"), scan_pdf(tmp_path / "s.pdf", inked()))
    target = tmp_path / "copy.pdf"
    make_searchable(source, "pdf", (replace(READ, number=2),), target, limits, "", CREATED)

    with pikepdf.open(target) as pdf:
        assert b"pdfaid:part" not in pdf.Root.Metadata.read_bytes()
        assert "/OutputIntents" not in pdf.Root


# --- PDF/A
def test_pdfa_is_said_in_the_metadata_and_properties_agree(tmp_path: Path, limits: Limits) -> None:
    copy = copy_of(saved(inked(), tmp_path / "a.png"), "image", limits, title="<纪要> & “三”\x00")

    with pikepdf.open(copy) as pdf, pdf.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "B")
        assert xmp["dc:title"] == str(pdf.docinfo.Title) == "<纪要> & “三”"
        assert xmp["xmp:CreateDate"] == CREATED
        assert str(pdf.docinfo.CreationDate) == "D:20241128093000+08'00'"
        assert xmp["pdf:Producer"] == str(pdf.docinfo.Producer)


def test_a_copy_has_the_parts_that_pdfa_2b_asks_for(tmp_path: Path, limits: Limits) -> None:
    """The rules of ISO 19005-2 one by one, apart from the library that checks them (clauses in brackets)."""
    source = scan_pdf(tmp_path / "a.pdf", MINUTES, inked())
    copy = copy_of(source, "pdf", limits, READ, replace(READ, number=2))
    raw = copy.read_bytes()
    head, comment = raw.split(b"\n", 2)[:2]

    assert re.fullmatch(rb"%PDF-1\.[0-7]", head)  # 6.1.2
    assert comment[:1] == b"%"
    assert len(comment) >= 5
    assert all(byte > 127 for byte in comment[1:5])
    assert raw.rstrip(b"\r\n").endswith(b"%%EOF")  # 6.1.3: nothing after the end
    with pikepdf.open(copy) as pdf:
        assert len(pdf.trailer.ID) == 2
        assert "/Encrypt" not in pdf.trailer
        streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        assert not [
            item for item in streams if {"/F", "/FFilter", "/FDecodeParms"} & set(item.keys())
        ]  # 6.1.7
        assert not [item for item in streams if "LZWDecode" in str(item.get("/Filter", ""))]
        (intent,) = pdf.Root.OutputIntents  # 6.2.3
        assert (str(intent.S), int(intent.DestOutputProfile.N)) == ("/GTS_PDFA1", 3)
        assert "/Filter" not in pdf.Root.Metadata  # 6.6.2: readable by programs that know no PDF
        forbidden = {"/AA", "/OpenAction", "/AcroForm", "/Names", "/Perms", "/XFA", "/JS", "/NeedAppearances"}
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary):
                assert not forbidden & set(item.keys())  # 6.4, 6.5, 6.8
        for item in pdf.objects:  # 6.2.10: nothing is transparent, so no blending space is needed
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
                assert not {"/SMask", "/CA", "/ca", "/BM"} & set(item.keys())
        (font,) = [item for item in pdf.objects if is_a(item, "/Font") and str(item.Subtype) == "/Type0"]
        child = font.DescendantFonts[0]  # 6.2.11
        assert isinstance(child.CIDToGIDMap, pikepdf.Stream)
        assert isinstance(child.FontDescriptor.FontFile2, pikepdf.Stream)
        assert isinstance(font.ToUnicode, pikepdf.Stream)


def test_the_output_intent_is_an_srgb_profile_that_is_not_dated() -> None:
    profile = conformance.srgb_profile()

    assert (profile[12:20], profile[36:40]) == (b"mntrRGB ", b"acsp")
    assert profile[24:36].hex() == "07d800010001000000000000"
    assert ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile))).startswith("sRGB")


def test_every_font_of_a_scan_is_embedded(tmp_path: Path, limits: Limits) -> None:
    copy = copy_of(saved(inked(), tmp_path / "a.png"), "image", limits)

    with pikepdf.open(copy) as pdf:
        descriptors = [item for item in pdf.objects if is_a(item, "/FontDescriptor")]
        assert descriptors
        assert all("/FontFile2" in item for item in descriptors)


def is_a(item: Any, kind: str) -> bool:
    return isinstance(item, pikepdf.Dictionary) and str(item.get("/Type")) == kind


def test_nothing_that_acts_is_carried_over(tmp_path: Path, limits: Limits) -> None:
    source = scan_pdf(tmp_path / "a.pdf", inked())
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=b"app.alert(1)")
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=[0, 0, 9, 9],
            A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F=b"calc.exe"),
        )
        pdf.Root.OpenAction = script
        pdf.Root.AA = pikepdf.Dictionary(WC=script)
        pdf.pages[0].obj.AA = pikepdf.Dictionary(O=script)
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(link)])
        pdf.attachments["x.exe"] = b"MZ"
        pdf.docinfo["/Author"] = "某人"
        pdf.save(source)
    raw = copy_of(source, "pdf", limits)

    with pikepdf.open(raw) as pdf:
        named = "".join(repr(item) for item in pdf.objects)
    assert not [
        word
        for word in ("JavaScript", "Launch", "calc.exe", "OpenAction", "EmbeddedFile", "某人")
        if word in named
    ]


def test_an_electronic_seal_becomes_part_of_the_page(tmp_path: Path, limits: Limits) -> None:
    source = scan_pdf(tmp_path / "a.pdf", inked())
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        look = pdf.make_stream(b"1 0 0 rg 0 0 100 100 re f")
        look.Type, look.Subtype, look.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 100, 100]
        seal = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Stamp,
            Rect=[150, 90, 250, 190],
            F=4,
            AP=pikepdf.Dictionary(N=look),
        )
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(seal)])
        pdf.save(source)
    copy = copy_of(source, "pdf", limits)

    assert np.abs(shown(source).astype(int) - shown(copy)).max() <= 3
    assert (shown(copy)[..., 0] - shown(copy)[..., 1].astype(int)).max() > 200


def test_the_same_original_gives_the_same_bytes(tmp_path: Path, limits: Limits) -> None:
    source = scan_pdf(tmp_path / "a.pdf", MINUTES)
    first = copy_of(source, "pdf", limits).read_bytes()

    assert copy_of(source, "pdf", limits).read_bytes() == first


def test_a_copy_is_hardly_larger_than_its_original(tmp_path: Path, limits: Limits) -> None:
    source = scan_pdf(tmp_path / "a.pdf", MINUTES, MINUTES, MINUTES)
    pages = [Page(n, LINES * 12, TextSource.OCR) for n in (1, 2, 3)]

    assert copy_of(source, "pdf", limits, *pages).stat().st_size <= source.stat().st_size + 3 * 15_000


def test_an_original_that_only_forbids_changes_is_copied_without_its_lock(
    tmp_path: Path, limits: Limits
) -> None:
    source = scan_pdf(tmp_path / "a.pdf", inked())
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.save(source, encryption=pikepdf.Encryption(owner="geheim", user=""))

    with pikepdf.open(copy_of(source, "pdf", limits)) as copy:
        assert not copy.is_encrypted


@pytest.mark.parametrize(
    ("created", "written"),
    [("2024-09-05", "2024-09-05T00:00:00+08:00"), ("2024-09-05T01:02:03.5Z", "2024-09-05T01:02:03+00:00")],
)
def test_dates_are_moments_with_a_zone(tmp_path: Path, limits: Limits, created: str, written: str) -> None:
    target = tmp_path / "copy.pdf"
    make_searchable(saved(inked(), tmp_path / "a.png"), "image", (READ,), target, limits, "", created)

    assert_archival(target)
    with pikepdf.open(target) as pdf, pdf.open_metadata() as xmp:
        assert xmp["xmp:CreateDate"] == written


def test_a_cmyk_picture_says_why_its_copy_is_not_pdfa(tmp_path: Path, limits: Limits) -> None:
    source = saved(colourful("RGB").convert("CMYK"), tmp_path / "a.jpg", quality=95)
    target = tmp_path / "copy.pdf"
    made = make_searchable(source, "image", (READ,), target, limits, "", CREATED)

    assert made == SearchableCopy(conformance.COLOURS)
    seen = np.asarray(colourful("RGB").resize(SIZE)).astype(int)
    assert np.abs(shown(target) - seen).mean() < 40  # other inks, but no negative


def test_a_photo_with_its_orientation_in_png_is_turned(tmp_path: Path, limits: Limits) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    source = saved(inked(lines=PLAIN).transpose(Image.Transpose.ROTATE_90), tmp_path / "a.png", exif=exif)
    copy = copy_of(source, "image", limits, replace(READ, lines=PLAIN))

    assert np.abs(shown(copy).astype(int)[..., 0] - np.asarray(inked(lines=PLAIN))).mean() < 2
    assert_on_the_lines(copy, PLAIN)


def test_warming_up_makes_a_blank_archival_page() -> None:
    searchable.warm_up()


# --- hostile originals
def nested(path: Path) -> Path:
    """Forms that draw one another and themselves."""
    scan_pdf(path, inked())
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        forms = [pdf.make_stream(b"".join(b"/F%d Do " % n for n in range(12))) for _ in range(12)]
        drawn = pdf.make_indirect(pikepdf.Dictionary({f"/F{n}": form for n, form in enumerate(forms)}))
        for form in forms:
            form.Subtype, form.BBox = pikepdf.Name.Form, [0, 0, 9, 9]
            form.Resources = pikepdf.Dictionary(XObject=drawn)
        pdf.pages[0].obj.Resources = pikepdf.Dictionary(XObject=drawn, Font=pikepdf.Dictionary(F1=font))
        pdf.pages[0].obj.Contents = pdf.make_stream(b"/F0 Do BT /F1 9 Tf (x) Tj ET")
        pdf.save(path)
    return path


def test_forms_that_draw_themselves_end_in_a_refusal(tmp_path: Path, limits: Limits) -> None:
    source = nested(tmp_path / "a.pdf")
    with pytest.raises(Refused):
        make_searchable(
            source, "pdf", (READ,), tmp_path / "c.pdf", replace(limits, cpu_seconds=20), "", CREATED
        )

    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "scratch"]


def damaged(path: Path) -> Path:
    path.write_bytes(b"%PDF-1.4\n" + os.urandom(3000))
    return path


def cut_off(path: Path) -> Path:
    path.write_bytes(saved(inked(), path).read_bytes()[:40])
    return path


def locked(path: Path) -> Path:
    scan_pdf(path, inked())
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="a", user="b"))
    return path


def without_sheet(path: Path) -> Path:
    scan_pdf(path, inked())
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.CropBox = [9000, 9000, 9500, 9500]
        pdf.save(path)
    return path


def many(path: Path) -> Path:
    with pikepdf.new() as pdf:
        for _ in range(6):
            pdf.add_blank_page()
        pdf.save(path)
    return path


@pytest.mark.parametrize(
    ("make", "name", "kind", "reason"),
    [
        (locked, "a.pdf", "pdf", failures.PDF_PASSWORD),
        (damaged, "a.pdf", "pdf", failures.UNREADABLE),
        (cut_off, "a.png", "image", failures.DAMAGED),
        (without_sheet, "a.pdf", "pdf", failures.DAMAGED),
        (many, "a.pdf", "pdf", failures.too_many_pages(6, 5)),
    ],
)
def test_a_hostile_original_is_refused_in_words_and_nothing_is_left_behind(
    tmp_path: Path, limits: Limits, make: Any, name: str, kind: str, reason: str
) -> None:
    source = make(tmp_path / name)
    before = source.read_bytes()
    with pytest.raises(Refused) as refusal:
        make_searchable(source, kind, (READ,), tmp_path / "c.pdf", replace(limits, max_pages=5), "", CREATED)

    assert refusal.value.reason == reason
    assert source.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [name, "scratch"]


def test_a_picture_of_too_many_pixels_is_refused_before_decoding(tmp_path: Path, limits: Limits) -> None:
    source = saved(colourful("RGBA"), tmp_path / "a.png")
    with pytest.raises(Refused, match="像素"):
        make_searchable(
            source, "image", (READ,), tmp_path / "c.pdf", replace(limits, max_pixels=100), "", CREATED
        )


def writes_half_and_hangs(source: Path, kind: str, pages: Any, target: Path, *_: Any) -> str:
    target.write_bytes(b"half")
    while True:
        time.sleep(1)


def test_a_step_that_hangs_is_ended_and_leaves_no_half_copy(
    tmp_path: Path, limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searchable, "searchable_step", writes_half_and_hangs)
    source = saved(inked(), tmp_path / "a.png")
    with pytest.raises(Refused) as refusal:
        make_searchable(
            source, "image", (READ,), tmp_path / "c.pdf", replace(limits, wall_seconds=1), "", CREATED
        )

    assert refusal.value.reason == failures.TOO_SLOW
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.png", "scratch"]


def test_an_earlier_copy_stays_when_a_new_one_cannot_be_made(tmp_path: Path, limits: Limits) -> None:
    target = tmp_path / "c.pdf"
    target.write_bytes(b"earlier")
    with pytest.raises(Refused):
        make_searchable(damaged(tmp_path / "a.pdf"), "pdf", (READ,), target, limits, "", CREATED)

    assert target.read_bytes() == b"earlier"


def test_a_page_that_the_original_does_not_have_is_refused(tmp_path: Path, limits: Limits) -> None:
    source = scan_pdf(tmp_path / "a.pdf", inked())
    with pytest.raises(Refused):
        make_searchable(source, "pdf", (replace(READ, number=2),), tmp_path / "c.pdf", limits, "", CREATED)


def test_only_recognised_pages_are_worth_a_copy() -> None:
    assert worth_copying("pdf", (Page(1), READ))
    assert not worth_copying("docx", (READ,))
    assert not worth_copying("pdf", (replace(READ, text_source=TextSource.NATIVE), Page(2)))


# --- with what recognition really gives
def test_what_was_recognised_lies_on_the_ink_of_a_photo(
    tmp_path: Path, limits: Limits, reader: Extractor
) -> None:
    read = reader.extract(MINUTES, "minutes.jpg").pages[0]
    source = tmp_path / "a.jpg"
    source.write_bytes(MINUTES.read_bytes())
    copy = copy_of(source, "image", limits, read)

    assert squeezed(texts(copy)["pdfium"]) == squeezed(texts(copy)["pypdf"]) == squeezed(read.text)
    assert_on_the_lines(copy, read.lines)
    dark = shown(copy).min(axis=2) < 128
    high, wide = dark.shape
    for box in spans(copy, read.lines):
        left, top, right, bottom = pixels_of(box, (wide, high))
        assert dark[top:bottom, left:right].mean() > 0.03
