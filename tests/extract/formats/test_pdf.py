"""PDF: native text where it can be believed, recognition where not, else a plain sentence."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from archivist.core.model import TextSource
from archivist.extract import Extractor, Limits, failures
from support import misbehaving
from support.makers import LONG, RECORD, SNIPPET, WORDS, join, scan_pdf, text_pdf


@pytest.mark.parametrize("coding", ["DCTDecode", "JPXDecode", "FlateDecode"])
def test_a_page_whose_picture_cannot_be_decoded_is_no_blank_page(
    plain: Extractor, tmp_path: Path, coding: str
) -> None:
    with pikepdf.new() as made:
        for data in (random.Random(1).randbytes(5000), None):
            page = made.add_blank_page(page_size=(595, 842))
            picture = pikepdf.Stream(made, data or bytes([255]) * (124 * 175))
            picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
            picture.Width, picture.Height = 124, 175
            picture.BitsPerComponent = 8
            picture.ColorSpace = pikepdf.Name.DeviceGray
            if data:
                picture.Filter = pikepdf.Name(f"/{coding}")
            page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=picture))
            page.obj.Contents = pikepdf.Stream(made, b"q 595 0 0 842 0 0 cm /I Do Q")
        made.save(tmp_path / "a.pdf")

    odd, white = plain.extract(tmp_path / "a.pdf", "a.pdf").pages

    assert (odd.blank, odd.note) == (False, failures.PAGE_UNDECODED)
    assert (white.blank, white.note) == (True, "")


def test_native_text_comes_with_boxes_and_properties(plain: Extractor, tmp_path: Path) -> None:
    extract = plain.extract(text_pdf(tmp_path / "a"), "记录.pdf")

    (page,) = extract.pages
    assert (extract.kind, extract.failure, extract.properties["Title"]) == ("pdf", "", "会议记录")
    assert page.text_source is TextSource.NATIVE
    assert [line.text for line in page.lines] == LONG
    tops = [line.box[1] for line in page.lines if line.box]
    assert tops == sorted(tops)
    assert page.lines[0].box is not None
    assert page.lines[0].box[0] == pytest.approx(72 / 595, abs=0.01)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_boxes_of_a_turned_page_lie_within_the_page_as_shown(
    plain: Extractor, tmp_path: Path, turn: int
) -> None:
    page = plain.extract(text_pdf(tmp_path / "a", rotate=turn), "a.pdf").pages[0]

    left, top, right, bottom = page.lines[0].box or (0, 0, 0, 0)
    sideways = turn in (90, 270)
    assert (bottom - top > right - left) is sideways


def test_scans_of_one_file_are_recognised_page_by_page(reader: Extractor, tmp_path: Path) -> None:
    scan = scan_pdf(tmp_path / "s", RECORD, Image.new("L", (1240, 1754), 250))
    mixed = join(tmp_path / "m", text_pdf(tmp_path / "t"), scan)
    steps: list[tuple[int, int]] = []

    extract = reader.extract(mixed, "合并.pdf", lambda done, total: steps.append((done, total)))

    native, scanned, blank = extract.pages
    assert [page.number for page in extract.pages] == [1, 2, 3]
    assert (native.text_source, scanned.text_source, blank.text_source) == ("native", "ocr", "none")
    assert scanned.lines[0].text == "青龙村村民代表会议记录"
    assert (blank.blank, scanned.blank) == (True, False)
    assert steps[-1] == (3, 3)


def test_somebody_elses_text_layer_on_a_scan_is_not_used(plain: Extractor, tmp_path: Path) -> None:
    path = scan_pdf(tmp_path / "s", RECORD)
    layer = text_pdf(tmp_path / "t")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf, pikepdf.open(layer) as text:
        pdf.pages[0].add_underlay(text.pages[0], None)
        pdf.save(path)

    (page,) = plain.extract(path, "s.pdf").pages

    assert (page.text_source, page.lines) == (TextSource.OCR, ())


def test_a_garbage_text_layer_is_noticed(plain: Extractor, tmp_path: Path) -> None:
    mojibake = [line.encode("gbk").decode("cp1252", "ignore") for line in LONG]

    (page,) = plain.extract(text_pdf(tmp_path / "g", mojibake, hexed=False), "g.pdf").pages

    assert page.text_source is TextSource.OCR


def test_a_short_native_text_is_kept_when_recognition_finds_no_more(plain: Extractor, tmp_path: Path) -> None:
    (page,) = plain.extract(text_pdf(tmp_path / "s", WORDS[:1]), "s.pdf").pages

    assert (page.text_source, page.text) == (TextSource.NATIVE, WORDS[0])


def test_a_stamp_of_text_on_a_scan_does_not_hide_the_scan(reader: Extractor, tmp_path: Path) -> None:
    small = Image.new("L", (1240, 1754), 250)
    small.paste(Image.open(SNIPPET), (150, 600))
    path = scan_pdf(tmp_path / "s", small.crop((100, 500, 1140, 1000)))
    stamp = text_pdf(tmp_path / "t", ["收件 2024"])
    with pikepdf.open(stamp, allow_overwriting_input=True) as pdf, pikepdf.open(path) as scan:
        pdf.pages[0].add_overlay(scan.pages[0], pikepdf.Rectangle(50, 300, 550, 540))
        pdf.save(stamp)

    (page,) = reader.extract(stamp, "s.pdf").pages

    assert "资产移交清单" in page.text


def encrypted(path: Path) -> bytes:
    with pikepdf.open(text_pdf(path)) as pdf:
        pdf.save(path.with_suffix(".locked"), encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return path.with_suffix(".locked").read_bytes()


def pageless(path: Path) -> bytes:
    pikepdf.new().save(path)
    return path.read_bytes()


BAD = {
    "encrypted": (encrypted, failures.PDF_PASSWORD),
    "no pages": (pageless, failures.NO_PAGES),
    "header only": (lambda path: b"%PDF-1.7\n", ""),
    "noise": (lambda path: b"%PDF-1.7\n" + bytes(range(256)) * 40, ""),
    "zero bytes": (lambda path: b"", failures.EMPTY),
}


@pytest.mark.parametrize("case", BAD)
def test_an_unusable_pdf_gives_a_sentence_and_no_exception(
    plain: Extractor, tmp_path: Path, case: str
) -> None:
    make, reason = BAD[case]
    path = tmp_path / "bad"
    path.write_bytes(make(tmp_path / "made"))

    extract = plain.extract(path, "坏的\n文件.pdf")

    assert extract.pages == ()
    assert extract.failure.startswith("“坏的_文件.pdf”：")
    assert extract.failure.endswith(reason)
    assert "请" in extract.failure


def test_a_pdf_cut_off_gives_pages_or_a_sentence(plain: Extractor, tmp_path: Path) -> None:
    whole = scan_pdf(tmp_path / "s", RECORD).read_bytes()
    for tenths in (2, 5, 9):
        path = tmp_path / f"cut{tenths}"
        path.write_bytes(whole[: len(whole) * tenths // 10])

        extract = plain.extract(path, "cut.pdf")

        assert bool(extract.failure) != bool(extract.pages)


def test_too_many_pages_are_refused_with_both_numbers(limits: Limits, tmp_path: Path) -> None:
    one = text_pdf(tmp_path / "t")
    with Extractor(replace(limits, max_pages=2), 1, "none") as extractor:
        extract = extractor.extract(join(tmp_path / "m", one, one, one), "多页.pdf")

    assert "3 页" in extract.failure
    assert "2 页" in extract.failure


def test_an_owner_password_alone_does_not_stop_reading(plain: Extractor, tmp_path: Path) -> None:
    with pikepdf.open(text_pdf(tmp_path / "a")) as pdf:
        pdf.save(tmp_path / "b", encryption=pikepdf.Encryption(user="", owner="secret"))

    assert plain.extract(tmp_path / "b", "b.pdf").pages[0].text.startswith(WORDS[0])


def test_an_enormous_page_box_costs_no_more_than_any_page(plain: Extractor, tmp_path: Path) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(14400, 14400))
    page.obj.UserUnit = 75
    page.obj.Contents = pdf.make_stream(b"0 0 9000 9000 re f")
    pdf.save(tmp_path / "huge")

    (read,) = plain.extract(tmp_path / "huge", "huge.pdf").pages

    assert read.text_source is TextSource.OCR


def test_nothing_is_left_in_the_scratch_folder(plain: Extractor, limits: Limits, tmp_path: Path) -> None:
    plain.extract(scan_pdf(tmp_path / "s", RECORD, RECORD), "s.pdf")

    assert list(limits.scratch.iterdir()) == []


def test_a_scan_that_a_full_disk_keeps_from_being_rendered_is_not_called_damaged(
    plain: Extractor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archivist.extract.extractor.render_pages", misbehaving.render_on_a_full_disk)
    scan = scan_pdf(tmp_path / "s", RECORD)

    assert failures.SCRATCH_FULL in plain.extract(scan, "扫描件.pdf").failure


def test_closing_gives_back_the_disk_space_of_a_file_still_being_read(limits: Limits) -> None:
    extractor = Extractor(limits, 1, "none")
    with extractor._scratch() as folder:
        (folder / "000001.npy").write_bytes(b"x" * 1000)
        extractor.close()

        assert list(limits.scratch.iterdir()) == []


def form_pdf(path: Path) -> Path:
    """A page of print with two filled fields between its lines, one hidden and one for a password."""
    with pikepdf.open(text_pdf(path, LONG)) as pdf:
        values = [
            ("青龙村", 300, 0, 0),
            ("三十二人\n全体到会", 330, 0, 0),
            ("看不见", 360, 2, 0),
            ("口令", 390, 0, 1 << 13),
        ]
        fields = [
            pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Widget,
                    FT=pikepdf.Name.Tx,
                    T=pikepdf.String(f"f{bottom}"),
                    V=pikepdf.String(value),
                    Rect=[72, bottom, 300, bottom + 24],
                    F=flags,
                    Ff=kind,
                )
            )
            for value, bottom, flags, kind in values
        ]
        pdf.pages[0].obj.Annots = pikepdf.Array(fields)
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(fields))
        pdf.save(path.with_suffix(".form"))
    return path.with_suffix(".form")


def test_what_was_filled_into_a_form_is_read_in_its_place(plain: Extractor, tmp_path: Path) -> None:
    (page,) = plain.extract(form_pdf(tmp_path / "a"), "a.pdf").pages

    assert [line.text for line in page.lines] == [*LONG, "三十二人", "全体到会", "青龙村"]
    assert all(line.box for line in page.lines)
