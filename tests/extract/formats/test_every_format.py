"""Every format of township life: what it says is read, and what cannot be read says why.

data/minutes.heic (a telephone's, stored sideways) was made once with pillow-heif, locked.docx and locked.xlsx with
msoffcrypto-tool, list.xls with LibreOffice.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from archivist.core.model import Seen, TextSource
from archivist.core.paper.seals import sealed
from archivist.extract import Extractor, Limits, failures
from archivist.extract.copying.searchable import SearchableCopy, make_searchable
from archivist.extract.formats.ofd import inspect_ofd
from archivist.extract.members.attachments import ATTACHED
from support.makers import LONG, MINUTES, RECORD, join, scan_pdf, text_pdf, zip_bytes
from support.ofd_maker import ofd
from support.places import DATA
from support.programs import needs_office

TEXT = "\n".join(LONG)


# --- .doc .wps .rtf .odt
@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same document in LibreOffice's other formats."""
    folder = tmp_path_factory.mktemp("office")
    plain = folder / "a.txt"
    plain.write_text(TEXT, "utf-8")
    for kind in ("doc", "rtf", "odt"):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        wanted = ["--convert-to", kind, "--outdir", str(folder), str(plain)]
        subprocess.run(["soffice", "--headless", profile, *wanted], check=True, capture_output=True)
    shutil.copyfile(folder / "a.doc", folder / "a.wps")
    return folder


@pytest.mark.libreoffice
@needs_office
@pytest.mark.parametrize("kind", ["doc", "wps", "rtf", "odt"])
def test_older_word_files_are_read_through_libreoffice(office: Path, plain: Extractor, kind: str) -> None:
    found = plain.extract(office / f"a.{kind}", f"a.{kind}")

    assert (found.kind, found.failure, found.notes) == ("legacy", "", ())
    assert all(line in found.pages[0].text for line in LONG)


@pytest.mark.libreoffice
@needs_office
def test_without_libreoffice_they_are_kept_and_say_that_they_need_conversion(
    office: Path, plain: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(office))
    found = [plain.extract(office / f"a.{kind}", "a") for kind in ("doc", "wps", "rtf", "odt")]

    assert [one.failure for one in found] == [""] * 4
    assert all("没有安装 LibreOffice" in one.notes[0] and "另存为 .docx" in one.notes[0] for one in found)


@pytest.mark.libreoffice
@needs_office
def test_libreoffice_has_a_time_limit_of_its_own_and_leaves_nothing_behind(
    office: Path, limits: Limits
) -> None:
    with Extractor(replace(limits, office_seconds=0.05), 1, "none") as hurried:
        found = hurried.extract(office / "a.doc", "慢.doc")

    assert found.failure == f"“慢.doc”：{failures.TOO_SLOW}"
    assert list(limits.scratch.iterdir()) == []


@pytest.mark.libreoffice
@needs_office
def test_a_doc_with_a_password_and_one_cut_off_say_so(office: Path, plain: Extractor, tmp_path: Path) -> None:
    import olefile

    locked = tmp_path / "locked.doc"
    shutil.copyfile(office / "a.doc", locked)
    with olefile.OleFileIO(locked, write_mode=True) as compound:
        data = bytearray(compound.openstream("WordDocument").read())
        data[11] |= 1
        compound.write_stream("WordDocument", bytes(data))
    (tmp_path / "cut.doc").write_bytes((office / "a.doc").read_bytes()[:2500])

    assert plain.extract(locked, "a.doc").failure == f"“a.doc”：{failures.OFFICE_PASSWORD}"
    assert plain.extract(tmp_path / "cut.doc", "a.doc").failure in {
        f"“a.doc”：{reason}" for reason in (failures.DAMAGED, failures.TRUNCATED)
    }


# --- OFD
def test_the_text_of_an_ofd_is_read_with_its_places(plain: Extractor, tmp_path: Path) -> None:
    found = plain.extract(ofd(tmp_path / "a.ofd", [TEXT, "第二页\n" + TEXT]), "a.ofd")

    assert (found.kind, found.failure, len(found.pages)) == ("ofd", "", 2)
    assert found.pages[0].text == TEXT
    assert found.pages[1].lines[0].text == "第二页"
    assert {page.text_source for page in found.pages} == {TextSource.NATIVE}
    left, top, right, bottom = found.pages[0].lines[0].box or (0, 0, 0, 0)
    assert (left + right) / 2 == pytest.approx(0.5, abs=0.02)
    assert 0.07 < top < bottom < 0.13


def test_an_electronic_seal_of_an_ofd_is_seen_with_the_body_it_names(
    plain: Extractor, tmp_path: Path
) -> None:
    found = plain.extract(ofd(tmp_path / "a.ofd", [TEXT, TEXT], seal="石坝镇人民政府"), "a.ofd")

    assert [[seal.text for seal in page.seals] for page in found.pages] == [[], ["石坝镇人民政府"]]
    assert sealed(found.pages) is Seen.YES


def test_a_scan_in_an_ofd_is_recognised(reader: Extractor, tmp_path: Path) -> None:
    found = reader.extract(ofd(tmp_path / "a.ofd", [MINUTES.read_bytes()]), "a.ofd")

    assert "石桥镇人民政府会议纪要" in found.pages[0].text
    assert found.pages[0].text_source is TextSource.OCR


def test_an_ofd_that_cannot_be_read_says_why(plain: Extractor, tmp_path: Path) -> None:
    locked = plain.extract(ofd(tmp_path / "a.ofd", [TEXT], encrypted=True), "a.ofd")
    garbled = plain.extract(ofd(tmp_path / "b.ofd", [TEXT], garbled=True), "b.ofd")
    empty = plain.extract(ofd(tmp_path / "c.ofd", []), "c.ofd")

    assert locked.failure == f"“a.ofd”：{failures.OFD_PASSWORD}"
    assert (garbled.failure, garbled.notes) == ("", (f"第 1 页：{failures.OFD_TEXT}",))
    assert empty.failure == f"“c.ofd”：{failures.NO_PAGES}"


def test_an_ofd_of_too_many_pages_is_refused(limits: Limits, tmp_path: Path) -> None:
    with pytest.raises(failures.Refused, match="3 页"):
        inspect_ofd(ofd(tmp_path / "a.ofd", ["甲"] * 3), replace(limits, max_pages=2))


# --- tables
def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "移交清单"
    rows: list[list[object]] = [
        ["资产移交清单"],
        ["项目编号", "DZ-2019-0042"],
        ["菌棚", "个", 12, 38.4],
        ["合计", None, None, "=D3"],
    ]
    for row in rows:
        sheet.append(row)
    hidden = book.create_sheet("底稿")
    hidden.append(["不给人看的"])
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


def test_a_workbook_is_read_sheet_by_sheet_and_row_by_row(plain: Extractor, tmp_path: Path) -> None:
    found = plain.extract(workbook(tmp_path / "a.xlsx"), "a.xlsx")

    assert (found.kind, len(found.pages), found.properties["sheets"]) == ("xlsx", 1, "移交清单")
    assert [line.text.split() for line in found.pages[0].lines][:3] == [
        ["资产移交清单"],
        ["项目编号", "DZ-2019-0042"],
        ["菌棚", "个", "12", "38.4"],
    ]


def test_an_old_workbook_needs_no_other_program(
    plain: Extractor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = plain.extract(DATA / "list.xls", "list.xls")

    assert found.failure == ""
    assert "中敖镇麻柳沟村食用菌种植基地项目资产移交清单" in found.pages[0].text


# --- photos
def test_a_heic_photo_is_turned_upright_and_recognised(reader: Extractor) -> None:
    found = reader.extract(DATA / "minutes.heic", "IMG_0012.heic")

    assert (found.kind, found.failure, found.pages[0].rotation) == ("heic", "", 0)
    assert "石桥镇人民政府会议纪要" in found.pages[0].text


def test_a_heic_photo_gets_a_searchable_copy_that_shows_the_same_picture(
    reader: Extractor, limits: Limits, tmp_path: Path
) -> None:
    import pypdfium2 as pdfium

    source = DATA / "minutes.heic"
    pages = reader.extract(source, "a.heic").pages
    made = make_searchable(source, "heic", pages, tmp_path / "c.pdf", limits, "纪要", "2024-11-28")

    assert made == SearchableCopy()
    with pdfium.PdfDocument(tmp_path / "c.pdf") as document:
        page = document[0]
        assert page.get_width() < page.get_height()
        assert "石桥镇人民政府会议纪要" in page.get_textpage().get_text_range()
    assert (tmp_path / "c.pdf").stat().st_size < 8 * source.stat().st_size


def test_a_heic_photo_cut_off_is_damaged(plain: Extractor, tmp_path: Path) -> None:
    cut = tmp_path / "a.heic"
    cut.write_bytes((DATA / "minutes.heic").read_bytes()[:3000])

    assert plain.extract(cut, "a.heic").failure == f"“a.heic”：{failures.TRUNCATED}"


# --- passwords
def zip_with_password(path: Path) -> Path:
    """An archive whose members are marked as encrypted."""
    data = bytearray(zip_bytes({"a.pdf": b"x" * 50}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))
    return path


def test_files_with_a_password_say_that_they_have_one(
    plain: Extractor, limits: Limits, tmp_path: Path
) -> None:
    locked = scan_pdf(tmp_path / "a.pdf", RECORD)
    with pikepdf.open(locked, allow_overwriting_input=True) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    archive = zip_with_password(tmp_path / "a.zip")

    assert plain.extract(locked, "a.pdf").failure == f"“a.pdf”：{failures.PDF_PASSWORD}"
    for name in ("locked.docx", "locked.xlsx"):
        assert plain.extract(DATA / name, "a").failure == f"“a”：{failures.OFFICE_PASSWORD}"
    assert plain.unpack(archive, "a.zip", limits.scratch).failure == f"“a.zip”：{failures.ZIP_PASSWORD}"


# --- text layers that are garbage
def test_a_scan_whose_text_layer_is_garbage_is_recognised_and_its_copy_has_the_true_text(
    reader: Extractor, limits: Limits, tmp_path: Path
) -> None:
    source = scan_pdf(tmp_path / "a.pdf", MINUTES)
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        pdf.pages[0].obj.Resources.Font = pikepdf.Dictionary(F1=font)
        shows = b"".join(b"1 0 0 1 72 %d Tm (~,~7;=1 ]Jrx t^ll) Tj " % (40 + 10 * n) for n in range(70))
        pdf.pages[0].contents_add(pdf.make_stream(b"BT 3 Tr /F1 9 Tf " + shows + b"ET"))
        pdf.save(source)
    found = reader.extract(source, "a.pdf")
    make_searchable(source, "pdf", found.pages, tmp_path / "c.pdf", limits, "", "2024-11-28")
    copied = Extractor.extract(reader, tmp_path / "c.pdf", "c.pdf")

    assert (found.pages[0].text_source, "Jrx" in found.pages[0].text) == (TextSource.OCR, False)
    assert "石桥镇人民政府会议纪要" in found.pages[0].text
    assert "Jrx" not in copied.pages[0].text


# --- files within PDFs
def with_files(path: Path, files: Mapping[str, bytes], pinned: bool = False) -> Path:
    text_pdf(path)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for name, data in files.items():
            specification = pikepdf.AttachedFileSpec(pdf, data, filename=name)
            if pinned:
                note = pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.FileAttachment,
                    Rect=[0, 0, 9, 9],
                    FS=specification.obj,
                )
                pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])
            else:
                pdf.attachments[name] = specification
        pdf.save(path)
    return path


@pytest.mark.parametrize("pinned", [False, True])
def test_documents_within_a_pdf_come_out_whole_and_others_are_left_without_a_word(
    plain: Extractor, tmp_path: Path, pinned: bool
) -> None:
    files = {"纪要.jpg": MINUTES.read_bytes()} | ({} if pinned else {"票.xml": b"<a/>", "空": b""})
    source = with_files(tmp_path / "a.pdf", files, pinned)
    assert plain.extract(source, "a.pdf").properties[ATTACHED] == str(len(files))
    done = plain.attached(source, "a.pdf", tmp_path / "scratch")

    assert ([member.name for member in done.members], done.refused, done.failure) == (["纪要.jpg"], (), "")
    assert done.members[0].data_path.read_bytes() == MINUTES.read_bytes()


def test_a_pdf_without_files_within_says_nothing_of_them(plain: Extractor, tmp_path: Path) -> None:
    assert ATTACHED not in plain.extract(text_pdf(tmp_path / "a.pdf"), "a.pdf").properties


def test_an_attachment_that_blows_up_is_not_taken_out(limits: Limits, tmp_path: Path) -> None:
    source = with_files(tmp_path / "a.pdf", {"炸弹.pdf": b"%PDF-1.4\n" + b"\0" * (30 << 20)})
    with Extractor(replace(limits, max_ratio=2, max_unpacked_mb=8), 1, "none") as careful:
        done = careful.attached(source, "a.pdf", limits.scratch)

    assert done.members == ()
    assert "大得不正常" in done.failure + "".join(reason for _, reason in done.refused)


def test_pages_of_scans_and_text_join_in_one_pdf(reader: Extractor, tmp_path: Path) -> None:
    source = join(tmp_path / "a.pdf", text_pdf(tmp_path / "t.pdf"), scan_pdf(tmp_path / "s.pdf", MINUTES))
    found = reader.extract(source, "a.pdf")

    assert [page.text_source for page in found.pages] == [TextSource.NATIVE, TextSource.OCR]
