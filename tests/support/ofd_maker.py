"""Small OFD files (GB/T 33190) as office programs and scanners write them: text, page images, an electronic seal."""

from __future__ import annotations

import zipfile
from pathlib import Path

_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_SIZE = 4.2
"""Millimetres: the height of the text."""


def ofd(
    path: Path, pages: list[str | bytes], seal: str = "", encrypted: bool = False, garbled: bool = False
) -> Path:
    """Write a file with one page for each of ``pages``: lines of text, or the bytes of a JPEG that covers the sheet.

    Args:
        seal: the body whose electronic seal stands on the last page. encrypted: as an encrypted package is marked.
        garbled: text codes are the glyph numbers of a subset font, as some programs write them.
    """
    parts: dict[str, bytes] = {"OFD.xml": _root(seal), "Doc_0/Document.xml": _document(len(pages))}
    media = []
    for number, page in enumerate(pages):
        if isinstance(page, bytes):
            parts[f"Doc_0/Res/page{number}.jpg"] = page
            media.append(
                f'<ofd:MultiMedia ID="{100 + number}" Type="Image"><ofd:MediaFile>page{number}.jpg'
                "</ofd:MediaFile></ofd:MultiMedia>"
            )
            content = (
                f'<ofd:ImageObject ID="{200 + number}" Boundary="0 0 210 297" ResourceID="{100 + number}"/>'
            )
        else:
            content = "".join(_text(at, line, garbled) for at, line in enumerate(page.splitlines()))
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = _xml(
            f'<ofd:Page {_SPACE}><ofd:Content><ofd:Layer ID="1">{content}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    listed = "".join(media)
    parts["Doc_0/DocumentRes.xml"] = _xml(
        f'<ofd:Res {_SPACE} BaseLoc="Res"><ofd:MultiMedias>{listed}</ofd:MultiMedias></ofd:Res>'
    )
    if seal:
        parts |= _sealed(seal, len(pages))
    if encrypted:
        parts["Encryptions.xml"] = _xml(f"<ofd:Encryptions {_SPACE}/>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def _xml(body: str) -> bytes:
    return (_HEAD + body).encode("utf-8")


def _root(seal: str) -> bytes:
    signatures = "<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>" if seal else ""
    return _xml(
        f'<ofd:OFD {_SPACE} DocType="OFD" Version="1.0"><ofd:DocBody><ofd:DocInfo><ofd:Title>公文</ofd:Title>'
        f"</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{signatures}</ofd:DocBody></ofd:OFD>"
    )


def _document(pages: int) -> bytes:
    listed = "".join(
        f'<ofd:Page ID="{10 + number}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number in range(pages)
    )
    return _xml(
        f"<ofd:Document {_SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        "</ofd:PageArea><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )


def _text(at: int, line: str, garbled: bool) -> str:
    shown = "".join(chr(0xE000 + ord(char) % 500) for char in line) if garbled else line
    shown = shown.replace("&", "&amp;").replace("<", "&lt;")
    steps = " ".join([f"{_SIZE:g}"] * max(len(line) - 1, 0))
    left = (210 - _SIZE * len(line)) / 2 if at == 0 else 25
    return (
        f'<ofd:TextObject ID="{1000 + at}" Boundary="{left:g} {25 + 9 * at} {_SIZE * len(line):g} 6" Font="1" '
        f'Size="{_SIZE}"><ofd:TextCode X="0" Y="{_SIZE:g}" DeltaX="{steps}">{shown}</ofd:TextCode></ofd:TextObject>'
    )


def _sealed(body: str, pages: int) -> dict[str, bytes]:
    return {
        "Doc_0/Signs/Signatures.xml": _xml(
            f'<ofd:Signatures {_SPACE}><ofd:Signature ID="1" Type="Seal" BaseLoc="Sign_0/Signature.xml"/>'
            "</ofd:Signatures>"
        ),
        "Doc_0/Signs/Sign_0/Signature.xml": _xml(
            f"<ofd:Signature {_SPACE}><ofd:SignedInfo>"
            f'<ofd:StampAnnot ID="1" PageRef="{10 + pages - 1}" Boundary="130 200 42 42"/>'
            "<ofd:Seal><ofd:BaseLoc>Seal.esl</ofd:BaseLoc></ofd:Seal></ofd:SignedInfo>"
            "<ofd:SignedValue>SignedValue.dat</ofd:SignedValue></ofd:Signature>"
        ),
        "Doc_0/Signs/Sign_0/Seal.esl": _seal(body),
    }


def _seal(body: str) -> bytes:
    """A seal structure (GB/T 38540) as far as its name: header, number, properties."""
    header = _der(0x30, _der(0x16, b"ES") + _der(0x02, b"\x04") + _der(0x16, b"maker"))
    properties = _der(0x30, _der(0x02, b"\x01") + _der(0x0C, body.encode("utf-8")))
    return _der(0x30, _der(0x30, header + _der(0x16, b"50011100000001") + properties))


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    length = bytes([size]) if size < 0x80 else b"\x82" + size.to_bytes(2, "big")
    return bytes([tag]) + length + content
