"""The bytes of finished files: PDF out of page images, ZIP with GBK names; nothing depends on the clock."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, TiffImagePlugin

from .damage import Scan, jpeg

FIXED_TIME = (2024, 12, 16, 9, 30, 0)


def _image_object(pdf: pikepdf.Pdf, image: Image.Image, quality: int) -> Stream:
    common: dict[str, Any] = {
        "Type": Name.XObject,
        "Subtype": Name.Image,
        "Width": image.width,
        "Height": image.height,
    }
    if image.mode == "1":
        parms = Dictionary(K=-1, Columns=image.width, Rows=image.height, BlackIs1=False)
        return Stream(
            pdf,
            _group4(image),
            Dictionary(
                **common,
                ColorSpace=Name.DeviceGray,
                BitsPerComponent=1,
                Filter=Name.CCITTFaxDecode,
                DecodeParms=parms,
            ),
        )
    space = Name.DeviceRGB if image.mode == "RGB" else Name.DeviceGray
    body = Dictionary(**common, ColorSpace=space, BitsPerComponent=8, Filter=Name.DCTDecode)
    return Stream(pdf, jpeg(image, quality), body)


def _group4(image: Image.Image) -> bytes:
    """Return the page as CCITT group 4 data, taken out of a single-strip TIFF."""
    out = io.BytesIO()
    options = TiffImagePlugin.ImageFileDirectory_v2()
    options[278] = image.height  # RowsPerStrip
    options[262] = 0  # PhotometricInterpretation: white is zero, as PDF's default expects
    image.save(out, "TIFF", compression="group4", tiffinfo=options)
    with Image.open(io.BytesIO(out.getvalue())) as back:
        assert isinstance(back, TiffImagePlugin.TiffImageFile)
        (offset,), (count,) = back.tag_v2[273], back.tag_v2[279]
        inverted = back.tag_v2[262] == 1
    data = out.getvalue()[offset : offset + count]
    if inverted:
        raise ValueError("libtiff kept black-is-zero: the PDF would come out negative")
    return data


def add_image_page(pdf: pikepdf.Pdf, image: Image.Image, scan: Scan, hidden_text: str = "") -> None:
    """Append one scanned page; ``hidden_text`` is an invisible (and useless) text layer."""
    width, height = (round(side * 72 / scan.dpi, 2) for side in image.size)
    content = f"q {width} 0 0 {height} 0 0 cm /Im0 Do Q"
    resources = Dictionary(XObject=Dictionary(Im0=_image_object(pdf, image, scan.quality)))
    if hidden_text:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        resources.Font = Dictionary(F1=pdf.make_indirect(font))
        content += f" BT 3 Tr /F1 10 Tf 72 700 Td ({hidden_text}) Tj ET"
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, width, height]),
        Resources=resources,
        Contents=Stream(pdf, content.encode("ascii")),
    )
    pdf.pages.append(pikepdf.Page(page))


def pdf_bytes(pdf: pikepdf.Pdf, password: str = "") -> bytes:
    """Return the PDF's bytes, the same for the same pages; RC4 because its key does not need chance."""
    out = io.BytesIO()
    if password:
        lock = pikepdf.Encryption(owner=password, user=password, R=3, aes=False, metadata=False)
        pdf.save(out, encryption=lock, static_id=True)
    else:
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def image_pdf(pages: Iterable[tuple[Image.Image, Scan]], hidden_text: str = "", password: str = "") -> bytes:
    """Return a PDF of scanned pages."""
    pdf = pikepdf.new()
    for image, scan in pages:
        add_image_page(pdf, image, scan, hidden_text)
    return pdf_bytes(pdf, password)


def tiff(pages: list[Image.Image], dpi: int) -> bytes:
    """Return a black-and-white TIFF with a frame for each page."""
    out = io.BytesIO()
    first, *rest = pages
    first.save(out, "TIFF", save_all=True, append_images=rest, compression="group4", dpi=(dpi, dpi))
    return out.getvalue()


def png(page: Image.Image, dpi: int) -> bytes:
    """Return a PNG in sixteen greys."""
    out = io.BytesIO()
    page.quantize(12).save(out, "PNG", optimize=True, dpi=(dpi, dpi))
    return out.getvalue()


def settled_zip(data: bytes) -> bytes:
    """Return an Office file with the time stamps of its members set to a fixed value."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(zipfile.ZipInfo(member.filename, FIXED_TIME), old.read(member), zipfile.ZIP_DEFLATED)
    return out.getvalue()


class _GbkInfo(zipfile.ZipInfo):
    """A member whose name is written in GBK without the UTF-8 flag, as Chinese Windows does."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def gbk_zip(members: dict[str, bytes]) -> bytes:
    """Return a ZIP whose member names are GBK bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = _GbkInfo(name, FIXED_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()
