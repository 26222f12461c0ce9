"""Small real files for the extraction tests, made from text without any font file."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
from PIL import Image

from support.places import DATA

MINUTES, RECORD, SNIPPET = (DATA / f"{name}.jpg" for name in ("minutes", "record", "snippet"))
WORDS = [
    "青龙村村民代表会议记录",
    "会议应到村民代表三十二人，实到二十九人，符合法定人数。",
    "投入帮扶资金48.60万元",
]
LONG = WORDS + [f"第{n}条 经到会代表举手表决，一致同意将该项目申报为淘汰类项目。" for n in "一二三四五六"]


def text_pdf(path: Path, lines: list[str] = LONG, rotate: int = 0, hexed: bool = True) -> Path:
    """A page of native text: Chinese through a predefined CMap, or Latin-1 bytes with ``hexed=False``."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=_song(pdf) if hexed else _helvetica()))
    parts = [b"BT /F 14 Tf 72 760 Td 24 TL"]
    for line in lines:
        shown = b"<" + line.encode("utf-16-be").hex().encode() + b">" if hexed else _literal(line)
        parts.append(shown + b" Tj T*")
    page.obj.Contents = pdf.make_stream(b"\n".join([*parts, b"ET"]))
    if rotate:
        page.obj.Rotate = rotate
    pdf.docinfo["/Title"] = "会议记录"
    pdf.save(path)
    return path


def _song(pdf: pikepdf.Pdf) -> pikepdf.Object:
    name = pikepdf.Name("/STSong-Light")
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=name,
        Flags=4,
        ItalicAngle=0,
        Ascent=880,
        Descent=-120,
        CapHeight=880,
        StemV=80,
        FontBBox=[-25, -254, 1000, 880],
    )
    info = pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"GB1", Supplement=4)
    child = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType0,
        BaseFont=name,
        CIDSystemInfo=info,
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=1000,
    )
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=name,
            Encoding=pikepdf.Name("/UniGB-UTF16-H"),
            DescendantFonts=[pdf.make_indirect(child)],
        )
    )


def _helvetica() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )


def _literal(line: str) -> bytes:
    return b"<" + line.encode("cp1252").hex().encode() + b">"


def scan_pdf(path: Path, *pictures: Path | Image.Image) -> Path:
    """A PDF of full-page images."""
    images = [Image.open(p) if isinstance(p, Path) else p for p in pictures]
    images[0].save(path, "PDF", save_all=True, append_images=images[1:], resolution=150)
    return path


def join(path: Path, *parts: Path) -> Path:
    """One PDF of the pages of several."""
    joined = pikepdf.new()
    for part in parts:
        with pikepdf.open(part) as source:
            joined.pages.extend(source.pages)
    joined.save(path)
    return path


def docx(
    path: Path, body: str, extra: dict[str, bytes] | None = None, content_type: str = "document"
) -> Path:
    """A .docx from the inner XML of its body; ``extra`` adds or replaces parts."""
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    spaces = (
        f'xmlns:w="{w}" xmlns:r="{office}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="urn:wps" xmlns:v="urn:v" xmlns:a="urn:a"'
    )
    root = f'<R xmlns="urn:r"><X Type="{office}/officeDocument" Target="word/document.xml"/></R>'
    parts = {
        "[Content_Types].xml": f'<Types><Override ContentType="{content_type}"/></Types>'.encode(),
        "_rels/.rels": root.encode(),
        "word/document.xml": f"<w:document {spaces}><w:body>{body}</w:body></w:document>".encode(),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (parts | (extra or {})).items():
            archive.writestr(name, data)
    return path


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def zip_bytes(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()
