"""Kinds of files that are not read, known by their first bytes, so that whoever dropped one is told what it is.

Runs in the parent: byte comparisons in a bounded head only. What each kind is called stands in `failures`.
"""

from __future__ import annotations

import codecs
import re

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"GIF8", "gif"),
    (b"8BPS", "psd"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "jp2"),
    (b"\xff\x4f\xff\x51", "jp2"),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", "picture"),
    (b"\xff\x0a", "picture"),
    (b"gimp xcf", "picture"),
    (b"icns", "icon"),
    (b"\x8aMNG\r\n", "picture"),
    (b"\x8bJNG\r\n", "picture"),
    (b"id=ImageMagick", "picture"),
    (b"\x97JB2\r\n", "picture"),
    (b"\x01\xda\x00", "picture"),
    (b"\x01\xda\x01", "picture"),
    (b"\x59\xa6\x6a\x95", "picture"),
    (b"#?RADIANCE", "picture"),
    (b"#?RGBE", "picture"),
    (b"SIMPLE  = ", "picture"),
    (b"DDS ", "picture"),
    (b"SDPX", "picture"),
    (b"XPDS", "picture"),
    (b"FLIF", "picture"),
    (b"\x76\x2f\x31\x01", "picture"),
    (b"qoif", "picture"),
    (b"P7 332", "picture"),
    (b"P7\n", "picture"),
    (b"/* XPM */", "picture"),
    (b"FUJIFILMCCD-RAW", "raw"),
    (b"II\x1a\x00\x00\x00HEAPCCDR", "raw"),
    (b"IIRO", "raw"),
    (b"IIU\x00", "raw"),
    (b"\x00MRM", "raw"),
    (b"FOVb", "raw"),
    (b"\xd7\xcd\xc6\x9a\x00\x00", "metafile"),
    (b"\x01\x00\x09\x00\x00\x03", "metafile"),
    (b"AT&TFORM", "djvu"),
    (b"%!PS", "postscript"),
    (b"\x04%!PS", "postscript"),
    (b"\x1b%-12345X", "postscript"),
    (b"\xc5\xd0\xd3\xc6", "postscript"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"RE~^", "rar"),
    (b"\x1f\x8b", "gz"),
    (b"\x1f\x9d", "gz"),
    (b"\x1f\xa0", "gz"),
    (b"BZh", "gz"),
    (b"\xfd7zXZ\x00", "gz"),
    (b"\x28\xb5\x2f\xfd", "gz"),
    (b"MSCF\0\0\0\0", "gz"),
    (b"\x04\x22\x4d\x18", "gz"),
    (b"\x60\xea", "gz"),
    (b"LZIP", "gz"),
    (b"\x89LZO", "gz"),
    (b"xar!", "gz"),
    (b"SIT!", "gz"),
    (b"StuffIt", "gz"),
    (b"070701", "gz"),
    (b"070702", "gz"),
    (b"070707", "gz"),
    (b"\xc7\x71", "gz"),
    (b"\x71\xc7", "gz"),
    (b"!<arch>\n", "gz"),
    (b"\xed\xab\xee\xdb", "gz"),
    (b"ZOO ", "gz"),
    (b"**ACE**", "gz"),
    (b"\x78\x9f\x3e\x22", "winmail"),
    (b"!BDN", "mailbox"),
    (b"\x7fELF", "executable"),
    (b"\xca\xfe\xba\xbe", "executable"),
    (b"\xcf\xfa\xed\xfe", "executable"),
    (b"\xce\xfa\xed\xfe", "executable"),
    (b"\xfe\xed\xfa\xce", "executable"),
    (b"\xfe\xed\xfa\xcf", "executable"),
    (b"dex\n035", "executable"),
    (b"AC10", "drawing"),
    (b"ID3", "audio"),
    (b"OggS", "audio"),
    (b"fLaC", "audio"),
    (b"#!AMR", "audio"),
    (b".snd", "audio"),
    (b"MThd", "audio"),
    (b"FRM8", "audio"),
    (b"MAC ", "audio"),
    (b"\x1a\x45\xdf\xa3", "video"),
    (b"\x00\x00\x01\xba", "video"),
    (b"\x00\x00\x01\xb3", "video"),
    (b"FLV\x01", "video"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video"),
    (b".RMF", "video"),
    (b"FWS", "video"),
    (b"CWS", "video"),
    (b"ZWS", "video"),
    (b"SQLite format 3\0", "database"),
    (b"\x00\x01\x00\x00Standard Jet DB", "database"),
    (b"\x00\x01\x00\x00Standard ACE DB", "database"),
    (b"\x00\x01\x00\x00\x00", "font"),
    (b"OTTO", "font"),
    (b"ttcf", "font"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
    (b"ITSF", "help"),
    (b"\xff\x57\x50\x43", "oldword"),
    (b"\xdb\xa5\x2d\x00", "oldword"),
    (b"\x31\xbe\x00\x00", "oldword"),
    (b"\xfe7\x00\x23", "oldword"),
    (b"\x09\x08\x10\x00\x00\x06\x05\x00", "oldtable"),
    (b"\x09\x08\x08\x00\x00\x05", "oldtable"),
    (b"\x09\x04\x06\x00", "oldtable"),
    (b"\x09\x02\x06\x00", "oldtable"),
    (b"\x09\x00\x04\x00", "oldtable"),
    (b"\x00\x00\x02\x00\x06\x04\x06\x00", "oldtable"),
    (b"-----BEGIN ", "key"),
)
"""What a file begins with; the more exact of two beginnings stands first. Pictures of icons are `icon`."""

_PLACED: tuple[tuple[int, bytes, str], ...] = (
    (40, b" EMF", "metafile"),
    (6, b"%!PS-AdobeFont", "font"),
    (257, b"ustar", "gz"),
    (2, b"-lh", "gz"),
    (2, b"-lz", "gz"),
    (2, b"-pm", "gz"),
    (8, b"AIFF", "audio"),
    (8, b"AIFC", "audio"),
    (8, b"ILBM", "picture"),
    (36, b"acsp", "profile"),
    (4, b"moov", "video"),
    (4, b"mdat", "video"),
    (4, b"wide", "video"),
    (20, b"\xdc\xa7\xc4\xfd", "gz"),
    (4, b"Standard Jet DB", "database"),
)
"""What stands at some place of a file."""

_NETPBM = re.compile(rb"P[1-7]\s+(?:#[^\n]*\n\s*)*\d+\s+(?:#[^\n]*\n\s*)*\d+\s")
_ICON = re.compile(rb"\x00\x00[\x01\x02]\x00[\x01-\x40]\x00")
_PCX = re.compile(rb"\x0a[\x00\x02\x03\x04\x05]\x01[\x01\x02\x04\x08]", re.DOTALL)
_MPEG_AUDIO = re.compile(rb"\xff[\xf1\xf9\xfa\xfb\xf2\xf3][\x10-\xef]", re.DOTALL)
_PROGRAM = (b"PE\0\0", b"NE", b"LE", b"LX")

HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"mif1", b"msf1", b"heim", b"heis"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_FILM_BRANDS = (b"iso", b"mp4", b"avc", b"qt  ", b"M4V", b"MSN", b"3g", b"f4v", b"dash", b"mmp4")


def pictures_of_machines(head: bytes) -> str:
    """Return dicom or raw for medical images and cameras' raw files that may also begin like TIFF, else ""."""
    if head[128:132] == b"DICM":
        return "dicom"
    return "raw" if head[:4] == b"II*\0" and head[8:11] == b"CR\2" else ""


def by_beginning(head: bytes) -> str:
    """Return the kind that begins like ``head``, or "" when none does."""
    for magic, kind in _BEGINNINGS:
        if head.startswith(magic):
            return kind
    for place, mark, kind in _PLACED:
        if head[place : place + len(mark)] == mark:
            return kind
    if _ICON.match(head):
        return "icon"
    if _NETPBM.match(head) or _PCX.match(head):
        return "picture"
    return "audio" if _MPEG_AUDIO.match(head) else ""


def boxed_kind(head: bytes) -> str:
    """Return heic, avif, audio or video for a file of boxes (ISO 14496-12) that begins with ``head``."""
    main = head[8:12]
    length = min(int.from_bytes(head[:4], "big"), len(head), 256)
    brands = {head[at : at + 4] for at in range(16, length - 3, 4)}
    if main in _AVIF_BRANDS or (
        main in {b"mif1", b"msf1"} and brands & _AVIF_BRANDS and b"heic" not in brands
    ):
        return "avif"
    if main in HEIC_BRANDS:
        return "heic"
    if main.startswith(b"M4A") or main.startswith(b"M4B"):
        return "audio"
    if any(brand.startswith(_FILM_BRANDS) for brand in (main, *brands)):
        return "video"
    return "heic" if brands & HEIC_BRANDS else "avif" if brands & _AVIF_BRANDS else "video"


def is_program(head: bytes) -> bool:
    """Whether ``head`` begins a program for DOS or Windows: MZ, and the place of the newer header or binary code."""
    if head[:2] != b"MZ" or len(head) < 28:
        return False
    place = int.from_bytes(head[60:64], "little")
    return head[place : place + 4].startswith(_PROGRAM) or b"\0" in head[:64]


# -- text ------------------------------------------------------------------------------------------------------------

_MAIL = re.compile(
    rb"(?:From [^\n]*\n|>From [^\n]*\n)?(?:(?:From|To|Cc|Bcc|Subject|Date|Sender|Reply-To|Received|Return-Path|Delivered-To|"
    rb"MIME-Version|Message-ID|In-Reply-To|References|Content-(?:Type|Transfer-Encoding|Disposition|ID)|User-Agent|"
    rb"Envelope-To|DKIM-Signature|Authentication-Results|ARC-[\w-]+|Thread-[\w-]+|List-[\w-]+|Status|Lines|X-[\w-]+)"
    rb"[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2}",
    re.I,
)
_SAVED_PAGE = re.compile(
    rb"^(?:Snapshot-Content-Location:|From: <?Saved by |X-MimeOLE:.*MimeOLE)", re.I | re.M
)
_PREFACE = re.compile(
    r"\A(?:\s+|<\?xml[^>]*\?>|<\?[\w-]+[^>]*\?>|<!--.*?-->|<!DOCTYPE(?:[^>\[]|\[.*?\])*>)", re.I | re.DOTALL
)
_ELEMENT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_HTML = frozenset(
    {
        "html",
        "head",
        "body",
        "title",
        "meta",
        "link",
        "style",
        "script",
        "base",
        "div",
        "span",
        "p",
        "table",
        "tbody",
        "tr",
        "td",
        "a",
        "b",
        "br",
        "hr",
        "img",
        "center",
        "font",
        "form",
        "frameset",
        "iframe",
        "h1",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "li",
        "pre",
        "input",
        "embed",
        "object",
        "noscript",
    }
)
_ROOTS = {
    "svg": "svg",
    "wordDocument": "wordxml",
    "package": "wordxml",
    "Workbook": "tablexml",
    "document-content": "xml",
    "FictionBook": "ebook",
}


def text_kind(head: bytes) -> str:
    """Return what a file of text is: mail, mht, html, svg, wordxml, tablexml, ebook, xml or plain text."""
    stripped = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if _MAIL.match(stripped):
        return "mht" if _SAVED_PAGE.search(head) else "mail"
    kind = _markup_kind(_decoded(head))
    return kind if kind != "text" or reads_as_text(head) else ""


_READABLE = 0.7
"""Of the characters that are no ASCII: names and sentences have all of them among those of daily use."""


def reads_as_text(head: bytes) -> bool:
    """Whether anybody could read the beginning of a file as text: bytes without control codes may still be anything."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _readable(head[: len(head) // 2 * 2], "utf-16")
    if head and sum(byte < 128 for byte in head) >= len(head) * 0.9:
        return True
    return _readable(head, "utf-8") or _readable(head, "gb18030")


def _readable(head: bytes, encoding: str) -> bool:
    """Whether bytes decode, but for a character cut off at the end, into characters of daily use."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        text = decoder.decode(head)
    except UnicodeDecodeError:
        return False
    signs = [char for char in text if char > "\x7f"]
    fitting = sum(char in _SIGNS or len(char.encode("gb2312", "ignore")) == 2 for char in signs)
    return fitting >= len(signs) * _READABLE


_SIGNS = frozenset("\ufeff·—–‘’“”…°×")


def _decoded(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    return head.decode("latin-1").removeprefix("ï»¿")


def _markup_kind(text: str) -> str:
    if re.match(r"\s*(?:<!--.*?-->\s*)*<!doctype\s+html", text, re.I | re.DOTALL):
        return "html"
    rest, declared = text, text.lstrip().startswith("<?xml")
    for _ in range(40):
        found = _PREFACE.match(rest)
        if not found:
            break
        rest = rest[found.end() :]
    element = _ELEMENT.match(rest)
    if element is None:
        return "xml" if declared else "text"
    prefix, name = element[1] or "", element[2]
    if prefix == "office:" and name == "document":
        return "flatodf"
    if name in _ROOTS:
        return _ROOTS[name]
    if not prefix and name.lower() in _HTML:
        return "html"
    return "xml" if declared or "xmlns" in rest[:300] else "text"
