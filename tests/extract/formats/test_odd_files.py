"""Files that no township means to send: each is read as far as anybody can, or is told what it truly is."""

from __future__ import annotations

import io
import shutil
import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np
import olefile
import openpyxl
import pikepdf
import pytest
from openpyxl.chart import BarChart
from PIL import Image

from archivist.extract import HEAD_BYTES, Extractor, Limits, failures, sniff
from archivist.extract.failures import UNSUPPORTED
from support import hostile as h
from support.makers import LONG, SNIPPET, docx, text_pdf, zip_bytes, zipped
from support.places import DATA
from support.programs import needs_office


def kind(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return sniff(data[:HEAD_BYTES], path)


def told(plain: Extractor, path: Path, data: bytes) -> str:
    """What is said of a file that holds ``data``."""
    path.write_bytes(data)
    return plain.extract(path, "x").failure


# --- what they are
BEGINNINGS = {
    "psd": b"8BPS\0\1" + bytes(40),
    "jp2": b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(40),
    "icon": b"\0\0\1\0\1\0\x10\x10" + bytes(40),
    "dicom": b"II*\0" + bytes(124) + b"DICM" + bytes(40),
    "raw": b"II*\0\x10\0\0\0CR\2\0" + bytes(40),
    "metafile": b"\1\0\0\0" + bytes(36) + b" EMF" + b"%PDF-1.4" + bytes(40),
    "svg": b'<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="http://www.w3.org/2000/svg"/>',
    "djvu": b"AT&TFORM\0\0\0\0DJVU",
    "postscript": b"%!PS-Adobe-3.0\n",
    "gz": b"x.txt".ljust(257, b"\0") + b"ustar  \0" + bytes(247),
    "winmail": b"\x78\x9f\x3e\x22" + bytes(40),
    "html": b"<!-- saved -->\n<HTML><head>",
    "mht": b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\n",
    "mail": b"From li@x Mon Nov  4 2024\nReturn-Path: <li@x>\nDelivered-To: wang@x\n\nwords",
    "xml": b"<?xml version='1.0'?><records/>",
    "wordxml": b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="x"/>',
    "tablexml": b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "flatodf": b'<?xml version="1.0"?><office:document xmlns:office="x"/>',
    "text": b"name = 1\n<not a page\n",
    "font": b"\0\1\0\0\0\x0c\0\x80",
    "database": b"SQLite format 3\0" + bytes(40),
    "oldtable": b"\x09\x04\x06\0\0\0\x10\0",
    "executable": b"MZ" + bytes(40),
    "video": b"\0\0\0\x18ftypisom\0\0\2\0isomiso2mp41",
    "avif": b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf",
    "heic": b"\0\0\0\x18ftyp    \0\0\0\0    heic",
    "picture": b"P6\n# made\n2 2\n255\n" + bytes(12),
    "audio": b"\xff\xfb\x90\x44" + bytes(40),
    "key": b"-----BEGIN CERTIFICATE-----\n",
    "unknown": bytes(range(5, 200)),
}


@pytest.mark.parametrize("expected", BEGINNINGS)
def test_what_is_not_read_is_known_by_its_beginning(tmp_path: Path, expected: str) -> None:
    assert kind(tmp_path / "a.pdf", BEGINNINGS[expected]) == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"mimetype": b"application/epub+zip", "META-INF/container.xml": b""}, "ebook"),
        ({"[Content_Types].xml": b"", "FixedDocSeq.fdseq": b""}, "xps"),
        ({"[Content_Types].xml": b"", "visio/document.xml": b""}, "visio"),
        ({"Index/Document.iwa": b""}, "iwork"),
        ({"META-INF/MANIFEST.MF": b"", "a/B.class": b""}, "executable"),
    ],
)
def test_programs_own_packages_are_not_taken_for_archives(
    tmp_path: Path, members: dict[str, bytes], expected: str
) -> None:
    assert kind(tmp_path / "a.zip", zip_bytes(members)) == expected


def test_the_end_of_a_file_tells_what_its_beginning_does_not(tmp_path: Path) -> None:
    before = bytes(range(1, 40)) * 200

    assert kind(tmp_path / "a", before + zip_bytes({"a.txt": b"x"})) == "zip"
    assert kind(tmp_path / "b", before + bytes(8) + b"TRUEVISION-XFILE.\0") == "picture"
    assert kind(tmp_path / "c", before) == "unknown"


def test_a_large_archive_format_behind_other_bytes_is_an_archive(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, archive.open("a.txt", "w", force_zip64=True) as member:
        member.write(b"x")
    data = out.getvalue()
    end = data.index(b"PK\x05\x06")
    size, place = struct.unpack_from("<II", data, end + 12)
    record = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 1, 1, size, place)
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, end, 1)
    tail = data[end : end + 12] + b"\xff" * 8 + data[end + 20 :]

    assert kind(tmp_path / "a", bytes(range(1, 40)) * 200 + data[:end] + record + locator + tail) == "zip"


def test_every_kind_that_is_only_named_has_its_sentence() -> None:
    read = {"heic", "unknown"}

    assert not {name for name in BEGINNINGS if name not in UNSUPPORTED} - read
    assert all(words.startswith(("这", "暂")) and words.endswith("。") for words in UNSUPPORTED.values())


# --- pictures
def tiff(data: bytes, *entries: tuple[int, int, int, int]) -> bytes:
    """A little-endian TIFF of one strip; entries are tag, type, count, value."""
    start = 8 + 2 + 12 * (len(entries) + 2) + 4
    listed = sorted([*entries, (273, 4, 1, start), (279, 4, 1, len(data))])
    body = b"".join(struct.pack("<HHII", *entry) for entry in listed)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(listed)) + body + bytes(4) + data


def square(
    samples: int, bits: int, *more: tuple[int, int, int, int]
) -> tuple[tuple[int, int, int, int], ...]:
    """Entries of an uncompressed picture of 64 × 64 points, black being zero."""
    return (
        (256, 3, 1, 64),
        (257, 3, 1, 64),
        (258, 3, 1, bits),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (277, 3, 1, samples),
        (278, 3, 1, 64),
        *more,
    )


def test_pictures_that_pillow_does_not_know_are_read_all_the_same(plain: Extractor, tmp_path: Path) -> None:
    points = np.indices((64, 64)).sum(axis=0).astype("<f8")
    double = tiff(points.tobytes(), *square(1, 64, (339, 3, 1, 3)))
    (tmp_path / "a.tif").write_bytes(double)
    crowded = h.png(64, 64, extra=h.chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * (2 << 20))))
    (tmp_path / "b.png").write_bytes(crowded)
    with pytest.raises(OSError, match="cannot identify"):
        Image.open(tmp_path / "a.tif")

    found = [plain.extract(tmp_path / name, name) for name in ("a.tif", "b.png")]

    assert [(one.kind, one.failure, len(one.pages), one.notes) for one in found] == [("image", "", 1, ())] * 2


def test_a_grey_picture_with_its_transparency_multiplied_in_is_read(plain: Extractor, tmp_path: Path) -> None:
    data = bytes([0, 255] * 64 * 32 + [255, 255] * 64 * 32)
    (tmp_path / "a.tif").write_bytes(tiff(data, *square(2, 0x00080008, (338, 3, 1, 1))))
    with Image.open(tmp_path / "a.tif") as image:
        assert image.mode == "La"

    found = plain.extract(tmp_path / "a.tif", "a.tif")

    assert (found.failure, found.pages[0].blank) == ("", False)


@pytest.mark.parametrize("size", [(1, 1), (1, 36), (2, 1), (7, 7), (36, 1)])
def test_the_tiniest_picture_is_looked_at_without_trouble(
    reader: Extractor, tmp_path: Path, size: tuple[int, int]
) -> None:
    Image.new("RGB", size, "red").save(tmp_path / "a.png")

    found = reader.extract(tmp_path / "a.png", "a.png")

    assert (found.failure, found.notes) == ("", ())


def drawn(name: str) -> Image.Image:
    """Pictures on which something is to be seen, and two on which nothing is."""
    rng = np.random.default_rng(5)
    if name == "white on black":
        return Image.eval(Image.open(SNIPPET).convert("L"), lambda value: 255 - value)
    if name == "dark green field":
        field = np.zeros((700, 900, 3), np.uint8)
        field[..., 1] = rng.integers(20, 60, (700, 900))
        field[300:340, 200:700, 1] = 150
        return Image.fromarray(field)
    if name == "sign of 24 points":
        small = Image.new("RGB", (24, 24), "white")
        small.putpixel((11, 11), (0, 0, 0))
        small.putpixel((11, 12), (0, 0, 0))
        return small
    return Image.fromarray(
        rng.integers(0, 12, (1700, 1200)).astype(np.uint8) + (240 if name == "white paper" else 0)
    )


@pytest.mark.parametrize(
    ("name", "blank"),
    [
        ("white on black", False),
        ("dark green field", False),
        ("sign of 24 points", False),
        ("black paper", True),
        ("white paper", True),
    ],
)
def test_only_a_picture_on_which_nothing_is_to_be_seen_is_blank(
    plain: Extractor, tmp_path: Path, name: str, blank: bool
) -> None:
    drawn(name).save(tmp_path / "a.png")

    assert [page.blank for page in plain.extract(tmp_path / "a.png", "a.png").pages] == [blank]


def test_a_picture_that_nobody_knows_is_not_simply_called_damaged(plain: Extractor, tmp_path: Path) -> None:
    odd = tiff(bytes(64 * 64), *square(1, 8), (65000, 3, 1, 1)).replace(
        struct.pack("<HHII", 259, 3, 1, 1), struct.pack("<HHII", 259, 3, 1, 34_661)
    )

    assert told(plain, tmp_path / "a.tif", odd) == f"“x”：{failures.PICTURE_UNREADABLE}"
    assert "也可能" in failures.PICTURE_UNREADABLE


@pytest.mark.parametrize("compression", [4, 5, 34_712, 32_773], ids=["fax", "lzw", "jpeg 2000", "packbits"])
def test_a_picture_that_cannot_be_decoded_is_neither_blank_nor_simply_damaged(
    plain: Extractor, tmp_path: Path, compression: int
) -> None:
    odd = tiff(bytes(64 * 64), *square(1, 8)).replace(
        struct.pack("<HHII", 259, 3, 1, 1), struct.pack("<HHII", 259, 3, 1, compression)
    )

    assert told(plain, tmp_path / "a.tif", odd) in {
        f"“x”：{failures.PICTURE_UNDECODED}",
        f"“x”：{failures.PICTURE_UNREADABLE}",
    }


# --- PDF
def test_a_pdf_that_needs_mending_is_read_and_the_original_stays(plain: Extractor, tmp_path: Path) -> None:
    with pikepdf.open(text_pdf(tmp_path / "a")) as pdf:
        pdf.save(tmp_path / "b", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    broken = (tmp_path / "b").read_bytes().replace(b"/Type /ObjStm", b"/Type /ObjStx")
    assert b"/ObjStx" in broken
    (tmp_path / "c").write_bytes(broken)

    found = plain.extract(tmp_path / "c", "c.pdf")

    assert (found.failure, [line.text for line in found.pages[0].lines]) == ("", LONG)
    assert found.doubt == failures.MENDED
    assert (tmp_path / "c").read_bytes() == broken


def test_a_pdf_whose_owner_needs_no_password_is_read(plain: Extractor, tmp_path: Path) -> None:
    with pikepdf.open(text_pdf(tmp_path / "a")) as pdf:
        pdf.save(tmp_path / "b", encryption=pikepdf.Encryption(user="secret", owner="", R=6))

    found = plain.extract(tmp_path / "b", "b.pdf")

    assert (found.failure, found.doubt, found.pages[0].lines[0].text) == ("", "", LONG[0])


def test_a_pdf_locked_with_a_certificate_is_not_called_damaged(plain: Extractor, tmp_path: Path) -> None:
    locked = h.raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        b"<</Filter/Adobe.PubSec/SubFilter/adbe.pkcs7.s5/V 4/R 4/Length 128>>",
        tail=b"/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]",
    )

    assert told(plain, tmp_path / "a", locked) == f"“x”：{failures.PDF_LOCKED}"


def test_a_pdf_that_three_readers_give_up_is_damaged(plain: Extractor, tmp_path: Path) -> None:
    assert told(plain, tmp_path / "a", b"%PDF-1.7\nnothing of it") == f"“x”：{failures.DAMAGED}"


# --- Word
DRAWN = "<w:p><w:r><w:drawing><a:graphic/></w:drawing></w:r></w:p>"


def test_a_blank_word_file_and_one_with_a_drawing_are_told_apart(plain: Extractor, tmp_path: Path) -> None:
    blank = plain.extract(docx(tmp_path / "a", "<w:p/><w:tbl><w:tr><w:tc/></w:tr></w:tbl>"), "a.docx")
    drawn = plain.extract(docx(tmp_path / "b", DRAWN), "b.docx")

    assert blank.failure == f"“a.docx”：{failures.NOTHING_WRITTEN}"
    assert (drawn.failure, drawn.notes) == ("", (f"第 1 页：{failures.NO_WORDS}",))


@pytest.mark.parametrize(
    ("body", "extra"),
    [
        ("<w:p/>", {"word/header1.xml": f'<w:hdr xmlns:w="w" xmlns:a="a">{DRAWN}</w:hdr>'.encode()}),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r></w:p>", {}),
        ("<w:p><w:del><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>", {}),
    ],
)
def test_a_word_file_with_a_letterhead_or_hidden_words_is_not_called_blank(
    plain: Extractor, tmp_path: Path, body: str, extra: dict[str, bytes]
) -> None:
    found = plain.extract(docx(tmp_path / "a", body, extra), "a.docx")

    assert (found.failure, found.notes) == ("", (f"第 1 页：{failures.NO_WORDS}",))


def test_words_that_stand_in_footnotes_only_are_read(plain: Extractor, tmp_path: Path) -> None:
    notes = '<w:footnotes xmlns:w="x"><w:footnote><w:p><w:r><w:t>见附表</w:t></w:r></w:p></w:footnote></w:footnotes>'
    path = docx(tmp_path / "a", DRAWN, {"word/footnotes.xml": notes.encode()})

    assert plain.extract(path, "a.docx").pages[0].text == "见附表"


# --- tables
def with_chart(path: Path) -> Path:
    book = openpyxl.Workbook()
    book.worksheets[0].add_chart(BarChart(), "A1")
    book.save(path)
    return path


def test_a_workbook_with_nothing_but_a_chart_is_not_called_blank(plain: Extractor, tmp_path: Path) -> None:
    found = plain.extract(with_chart(tmp_path / "a.xlsx"), "a.xlsx")

    assert (found.failure, found.notes) == ("", (f"第 1 页：{failures.NO_WORDS}",))


def test_an_old_workbook_with_a_password_says_so(plain: Extractor, tmp_path: Path) -> None:
    shutil.copyfile(DATA / "list.xls", tmp_path / "a.xls")
    with olefile.OleFileIO(tmp_path / "a.xls", write_mode=True) as compound:
        data = bytearray(compound.openstream("Workbook").read())
        second = 4 + struct.unpack_from("<H", data, 2)[0]
        struct.pack_into("<H", data, second, 0x2F)  # FILEPASS
        compound.write_stream("Workbook", bytes(data))

    assert plain.extract(tmp_path / "a.xls", "a.xls").failure == f"“a.xls”：{failures.OFFICE_PASSWORD}"


def macro_book(path: Path) -> Path:
    """A workbook whose only sheet is declared as a sheet of macros: calamine gives up on it."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0].append(["资产移交清单", 12])
    book.save(out)
    with zipfile.ZipFile(out) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    kinds = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    links = parts["xl/_rels/workbook.xml.rels"]
    parts["xl/_rels/workbook.xml.rels"] = links.replace(kinds + b'worksheet"', kinds + b'unheardof"')
    return zipped(path, parts)


def test_a_workbook_with_a_sheet_of_an_unknown_sort_is_read(plain: Extractor, tmp_path: Path) -> None:
    found = plain.extract(macro_book(tmp_path / "a"), "x")

    assert (found.failure, found.pages[0].text) == ("", "资产移交清单 12")


def test_a_table_that_cannot_be_read_is_not_simply_called_damaged(
    plain: Extractor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archivist.extract.extractor.find_soffice", lambda: None)
    sheet = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>", "xl/a.xml": b""}

    assert told(plain, tmp_path / "a", zip_bytes(sheet)) == f"“x”：{failures.TABLE_UNREADABLE}"


# --- archives
def _moved(data: bytes) -> bytes:
    """The archive with its directory's places put right after a byte went from the first header of each kind."""
    fixed = bytearray(data)
    second = fixed.index(b"PK\x01\x02", fixed.index(b"PK\x01\x02") + 4)
    struct.pack_into("<I", fixed, second + 42, struct.unpack_from("<I", fixed, second + 42)[0] - 1)
    end = fixed.index(b"PK\x05\x06")
    size, place = struct.unpack_from("<II", fixed, end + 12)
    struct.pack_into("<II", fixed, end + 12, size - 1, place - 1)
    return bytes(fixed)


def test_a_member_without_a_name_does_not_hide_the_others(
    plain: Extractor, limits: Limits, tmp_path: Path
) -> None:
    data = zip_bytes({"b": b"1", "a.txt": b"2"})
    for mark, length, name in ((b"PK\x03\x04", 26, 30), (b"PK\x01\x02", 28, 46)):
        at = data.index(mark)
        data = data[: at + length] + b"\0\0" + data[at + length + 2 : at + name] + data[at + name + 1 :]
    data = _moved(data)
    (tmp_path / "a.zip").write_bytes(data)

    done = plain.unpack(tmp_path / "a.zip", "a.zip", limits.scratch)

    assert ([member.name for member in done.members], done.failure) == (["a.txt"], "")
    assert "没有名字" in done.refused[0][1]


def test_an_archive_whose_directory_points_before_its_beginning_is_damaged_not_the_disk(
    plain: Extractor, limits: Limits, tmp_path: Path
) -> None:
    data = bytearray(zip_bytes({"a.txt": b"2"}))
    end = data.index(b"PK\x05\x06")
    struct.pack_into("<I", data, end + 16, struct.unpack_from("<I", data, end + 16)[0] + 5000)
    (tmp_path / "a.zip").write_bytes(data)

    done = plain.unpack(tmp_path / "a.zip", "a.zip", limits.scratch)

    assert "损坏" in done.failure + "".join(reason for _, reason in done.refused)
    assert failures.SCRATCH_FULL not in done.failure


# --- LibreOffice's way
@pytest.mark.libreoffice
@needs_office
def test_a_table_that_only_libreoffice_opens_is_read(plain: Extractor, tmp_path: Path) -> None:
    media = "application/vnd.oasis.opendocument.spreadsheet"
    table = zip_bytes(
        {
            "mimetype": media.encode(),
            "META-INF/manifest.xml": (
                '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" m:version="1.2">'
                f'<m:file-entry m:full-path="/" m:media-type="{media}" m:version="1.2"/>'
                '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
            ).encode(),
            "content.xml": (
                '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
                'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
                'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
                '<office:spreadsheet><table:table table:name="清单"><table:table-row>stray words<table:table-cell '
                'office:value-type="string"><text:p>资产移交清单</text:p></table:table-cell></table:table-row>'
                "</table:table></office:spreadsheet></office:body></office:document-content>"
            ).encode(),
        }
    )
    (tmp_path / "a.ods").write_bytes(table)

    found = plain.extract(tmp_path / "a.ods", "a.ods")

    assert (found.failure, found.pages[0].text if found.pages else "") == ("", "资产移交清单")
