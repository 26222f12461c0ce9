"""Whether what people are told of a file is borne out by its bytes, by other means than the software's own readers.

Run as ``python truth.py FILE QUESTION`` it answers one question by a library that may crash or hang on a hostile file;
`untrue` asks so, within limits.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

_SECONDS = 60.0
_COMPOUND = b"\xd0\xcf\x11\xe0"
_LEAST_WORD = 32
"""Bytes that every Word document begins with (FIB)."""
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xfe\xed\xfa",
    b"\xce\xfa\xed\xfe",
    b"dex\n",
)
_MAIL = re.compile(rb"^[\w-]+[ \t]*:", re.M)
_LETTERS = re.compile(r"<w:t(?: [^>]*)?>[^<]*[^<\s]")

# -- read off the bytes ------------------------------------------------------------------------------------------------


def locked(data: bytes) -> bool:
    """Whether something in a file is encrypted."""
    marks = (
        b"/Encrypt",
        b"E\0n\0c\0r\0y\0p\0t",
        b"Encryptions.xml",
        b"encryption-data",
        b"D\0R\0M\0C\0o\0n\0t",
    )
    flags = (data[m.start() + 8] & 1 for m in re.finditer(b"PK\x01\x02", data) if m.start() + 8 < len(data))
    return any(mark in data for mark in marks) or any(flags) or _locked_compound(data)


def _locked_compound(data: bytes) -> bool:
    word, book = b"W\0o\0r\0d\0D\0o\0c", (b"W\0o\0r\0k\0b\0o\0o\0k", b"B\0o\0o\0k\0\0")
    return data.startswith(_COMPOUND) and (
        word in data or (any(b in data for b in book) and b"\x2f\0" in data)
    )


def _page_like(data: bytes) -> bool:
    return bool(
        re.search(
            rb"<(?:!doctype html|html|head|body|meta|title|script|style|table|div|p|a|br|h\d|img|form|ul)\b",
            data.replace(b"\0", b"")[:4096],
            re.I,
        )
    )


SAYS: dict[str, Callable[[bytes], bool]] = {
    "密码": locked,
    "加密": locked,
    "文件是空的": lambda data: not data,
    "RAR 压缩包": lambda data: data.startswith((b"Rar!", b"RE~^")),
    "7z 压缩包": lambda data: data.startswith(b"7z"),
    "GIF": lambda data: data.startswith(b"GIF8"),
    "AVIF": lambda data: b"avi" in data[8:64],
    "这是程序文件": lambda data: data.startswith(_PROGRAMS) or b".class" in data or b"classes.dex" in data,
    "这是网页文件": _page_like,
    "这是电子邮件": lambda data: len(_MAIL.findall(data[:4096])) > 1 or data.startswith(_COMPOUND),
    "RTF": lambda data: data.startswith(b"{\\rtf"),
    "这是演示文稿": lambda data: any(
        mark in data for mark in (b"PowerPoint", b"ppt/", b"P\0o\0w\0e\0r\0P", b"opendocument.presentation")
    ),
    "Photoshop": lambda data: data.startswith(b"8BPS"),
    "JPEG 2000": lambda data: data.startswith((b"\0\0\0\x0cjP", b"\xff\x4f\xff\x51")),
    "DICOM": lambda data: data[128:132] == b"DICM",
    "SVG": lambda data: b"svg" in data.replace(b"\0", b"")[:4096],
    "DjVu": lambda data: data.startswith(b"AT&T"),
    "PostScript": lambda data: b"%!" in data[:40] or data.startswith((b"\xc5\xd0\xd3\xc6", b"\x1b%")),
    "图标": lambda data: data[:2] == b"\0\0" or data.startswith((b"icns", b"RIFF")),
    "WMF 或 EMF": lambda data: (
        data[40:44] == b" EMF" or data.startswith((b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0"))
    ),
    "winmail": lambda data: data.startswith(b"\x78\x9f\x3e\x22"),
    "XML": lambda data: b"<" in data.replace(b"\0", b"")[:200],
    "Visio": lambda data: b"V\0i\0s\0i\0o" in data or b"visio/" in data,
    "这是纯文本文件": lambda data: data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in data[:4096],
}
"""Words people are told, and what must then be so."""

# -- asked of others ---------------------------------------------------------------------------------------------------


def _others_open_picture(path: Path) -> bool:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = 400_000_000
    with Image.open(path, formats=("JPEG", "PNG", "TIFF", "BMP", "WEBP")) as image:
        image.load()
    return True


def _others_know(path: Path) -> bool:
    """Whether it is a picture, a PDF, or an archive after all."""
    from PIL import Image

    if zipfile.is_zipfile(path) and zipfile.ZipFile(path).namelist():
        return True
    if path.read_bytes()[:5] == b"%PDF-":
        return True
    try:
        with Image.open(path, formats=("JPEG", "PNG", "TIFF", "BMP", "WEBP", "GIF", "PSD", "JPEG2000")):
            return True
    except OSError:
        return False


def _others_open(path: Path) -> bool:
    """Whether a PDF, a compound file or a package is whole enough for libraries that are strict."""
    import olefile  # type: ignore[import-untyped]
    import pikepdf

    head = path.read_bytes()[:1024]
    if b"%PDF-" in head:
        with pikepdf.open(path, attempt_recovery=False) as document:
            return len(document.pages) > 0
    if head.startswith(_COMPOUND):
        with olefile.OleFileIO(path) as compound:
            word = compound.exists("WordDocument")
            return not word or len(compound.openstream("WordDocument").read(_LEAST_WORD)) == _LEAST_WORD
    return _whole_package(path)


def _whole_package(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        if archive.testzip() is not None:
            return False
        main = [name for name in archive.namelist() if name.endswith("word/document.xml")]
        from lxml import etree

        for name in main:
            etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False))
    return True


def _has_pages(path: Path) -> bool:
    import pikepdf

    with pikepdf.open(path) as document:
        return len(document.pages) > 0


def _has_words(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return bool(_LETTERS.search(archive.read("word/document.xml").decode("utf-8", "replace")))


def _table_opens(path: Path) -> bool:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True)
    return any(any(row) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))


QUESTIONS: dict[str, Callable[[Path], bool]] = {
    "图片读不出来": _others_open_picture,
    "认不出这是什么文件": _others_know,
    "文件已损坏或不完整": _others_open,
    "不完整或已损坏": _others_open,
    "文件读不出来": _others_open,
    "没有任何页面": _has_pages,
    "这是空白文档": _has_words,
    "表格读不出来": _table_opens,
}
"""Words people are told, and the question that must then be answered with no."""


def untrue(name: str, data: bytes, told: str) -> str:
    """What is said of a file although its bytes say otherwise; "" when nothing is.

    Names in “” are left out, and archives: what is said there is said of what lies within.
    """
    if "!/" in told:
        return ""
    said = re.sub(r"“[^”]*”", "", told.partition("；“")[0])
    wrong = [
        words for words, holds in SAYS.items() if words in said and "可能" not in said and not holds(data)
    ]
    asked = [words for words in QUESTIONS if words in said]
    if asked:
        wrong += [words for words in asked if _answer(Path(name).suffix, data, words)]
    return "、".join(wrong)


def _answer(suffix: str, data: bytes, words: str) -> bool:
    with tempfile.NamedTemporaryFile(suffix=re.sub(r"[^.\w]", "", suffix)[:10]) as file:
        file.write(data)
        file.flush()
        command = [sys.executable, __file__, file.name, words]
        try:
            return (
                subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False).stdout == b"yes\n"
            )
        except subprocess.TimeoutExpired:
            return False


def _limit() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))


if __name__ == "__main__":
    _limit()
    try:
        print("yes" if QUESTIONS[sys.argv[2]](Path(sys.argv[1])) else "no")
    except Exception as error:  # a library that refuses says no
        print("no", type(error).__name__)
