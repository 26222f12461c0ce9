"""Files made to hurt whoever reads them, each with what may truthfully be said of it. Deterministic, no big data here.

`NASTY` maps a name to a maker and to the words of which one must stand in the reasons; "" means that the file may be
read like any other (a person, or nobody, hears about it).
"""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable

import pikepdf
from PIL import Image

from support.places import DATA

MEGA = 1 << 20


# -- PDF -----------------------------------------------------------------------------------------------------------


def raw_pdf(*objects: bytes, tail: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of numbered objects (1 is the catalogue) with a true cross-reference table."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, tail, start))


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), more, data)


def page_pdf(content: bytes, resources: bytes = b"", box: str = "0 0 595 842", *more: bytes) -> bytes:
    """One page; further objects begin at number 5."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<<%s>>>>" % (
        box.encode(),
        resources,
    )
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content, *more
    )


def endless_pattern() -> bytes:
    """A page filled with a pattern whose steps are tiny: pdfium draws it for minutes."""
    pattern = stream(
        b"0 0 1 rg 0 0 3 3 re f",
        b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 5 5]/XStep 0.005/YStep 0.005/Resources<<>>",
    )
    return page_pdf(
        stream(b"/Pattern cs /P scn 0 0 595 842 re f"), b"/Pattern<</P 5 0 R>>", "0 0 595 842", pattern
    )


def flate_bomb(rounds: int) -> bytes:
    """A page's content that unpacks to 192 MB of blanks, packed ``rounds`` times."""
    data = b" " * (192 * MEGA)
    for _ in range(rounds):
        data = zlib.compress(data, 1)
    filters = b"/Filter[" + b"/FlateDecode" * rounds + b"]"
    return page_pdf(stream(data, filters))


def pdf_image_bomb() -> bytes:
    """A page that is one picture of 60,000 × 60,000 points in one colour."""
    packer = zlib.compressobj(1)
    row = bytes(7500)
    data = b"".join(packer.compress(row) for _ in range(60_000)) + packer.flush()
    picture = stream(
        data,
        b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 1/ColorSpace/DeviceGray"
        b"/Filter/FlateDecode",
    )
    return page_pdf(stream(b"q 595 0 0 842 0 0 cm /I Do Q"), b"/XObject<</I 5 0 R>>", "0 0 595 842", picture)


def deep_arrays() -> bytes:
    return page_pdf(stream(b"q " * 50_000 + b"[" * 200_000 + b"]" * 200_000))


def deep_forms() -> bytes:
    """A form that draws itself."""
    form = stream(
        b"/F Do /F Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>"
    )
    return page_pdf(stream(b"/F Do"), b"/XObject<</F 5 0 R>>", "0 0 595 842", form)


def pages_loop() -> bytes:
    return raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>")


def xref_loop() -> bytes:
    return page_pdf(stream(b"")).replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev 9")


def no_pages() -> bytes:
    return raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>")


def many_pages() -> bytes:
    kids = b"3 0 R " * 2000
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count 2000>>" % kids,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    )


def locked(user: str, owner: str = "owner") -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, encryption=pikepdf.Encryption(user=user, owner=owner))
    return out.getvalue()


def surrogate_text() -> bytes:
    """Text whose map to Unicode gives NUL, lone surrogates and RTL marks."""
    mapping = stream(
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
        b"5 beginbfchar <41> <D800> <42> <0000> <43> <202E> <44> <FFFE> <45> <DC00D800> endbfchar endcmap"
    )
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    words = stream(b"BT /F 12 Tf 50 700 Td (ABCDE plain words ABCDE) Tj ET")
    return page_pdf(words, b"/Font<</F 5 0 R>>", "0 0 595 842", font, mapping)


# -- pictures ------------------------------------------------------------------------------------------------------


def png(width: int, height: int, rows: int | None = None, extra: bytes = b"") -> bytes:
    """A grey PNG that says it is ``width`` × ``height`` and holds ``rows`` rows (all of them by default)."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    packer = zlib.compressobj(1)
    row = bytes(width + 1)
    data = b"".join(packer.compress(row) for _ in range(height if rows is None else rows)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + header + extra + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))


def text_bomb_png() -> bytes:
    return png(10, 10, extra=chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * (128 * MEGA), 1)))


def tiff_pages(count: int) -> bytes:
    """A TIFF of ``count`` pages of one point each."""
    out = bytearray(b"II*\0" + struct.pack("<I", 8))
    for number in range(count):
        at = len(out)
        after = 0 if number == count - 1 else at + 2 + 8 * 12 + 4 + 2
        out += tiff_entries(1, 1, at + 2 + 8 * 12 + 4) + struct.pack("<I", after) + b"\xff\0"
    return bytes(out)


def tiff_entries(width: int, height: int, strip: int) -> bytes:
    entries = [
        (256, 4, 1, width),
        (257, 4, 1, height),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, strip),
        (278, 4, 1, height),
        (279, 4, 1, 1),
    ]
    return struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries)


def tiff_loop() -> bytes:
    return b"II*\0" + struct.pack("<I", 8) + tiff_entries(1, 1, 110) + struct.pack("<I", 8) + b"\xff\0"


def tiff_huge() -> bytes:
    return (
        b"II*\0" + struct.pack("<I", 8) + tiff_entries(60_000, 60_000, 110) + struct.pack("<I", 0) + b"\xff\0"
    )


def bmp_huge() -> bytes:
    return (
        b"BM"
        + struct.pack("<IHHI", 100, 0, 0, 54)
        + struct.pack("<IiiHHIIiiII", 40, 60_000, 60_000, 1, 24, 0, 0, 0, 0, 0, 0)
        + bytes(46)
    )


def jpeg_huge() -> bytes:
    """A true photo whose header was changed to 65,500 × 65,500."""
    data = bytearray((DATA / "snippet.jpg").read_bytes())
    at = next(i for i in range(len(data)) if data[i] == 0xFF and data[i + 1] in (0xC0, 0xC2))
    data[at + 5 : at + 9] = struct.pack(">HH", 65_500, 65_500)
    return bytes(data)


def picture(form: str, size: tuple[int, int] = (40, 40)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, form)
    return out.getvalue()


# -- packages ------------------------------------------------------------------------------------------------------


def packed(members: Iterable[tuple[str | zipfile.ZipInfo, bytes]], level: int = 6) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


_TYPES = b'<Types><Override ContentType="document"/></Types>'
_RELS = (
    b'<R><X Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    b'Target="word/document.xml"/></R>'
)
_W = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
LAUGHS = (
    b'<!DOCTYPE l [<!ENTITY a "'
    + b"ha" * 100
    + b'">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(9))
    + b"]>"
)
XXE = b'<!DOCTYPE l [<!ENTITY j SYSTEM "file:///etc/passwd">]>'


def word(document: bytes) -> bytes:
    return packed(
        [("[Content_Types].xml", _TYPES), ("_rels/.rels", _RELS), ("word/document.xml", document)], 6
    )


def paragraphs(words: bytes) -> bytes:
    return _W + b"<w:body><w:p><w:r><w:t>" + words + b"</w:t></w:r></w:p></w:body></w:document>"


def deep_word() -> bytes:
    return word(_W + b"<w:body>" + b"<w:p>" * 100_000 + b"</w:p>" * 100_000 + b"</w:body></w:document>")


def sheet(data: bytes, shared: bytes = b"<sst/>") -> bytes:
    head = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    book = (
        b"<workbook "
        + head
        + b" "
        + relations
        + b'><sheets><sheet name="x" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    kinds = b'"http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s"'
    links = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1" Target="worksheets/sheet1.xml" Type=' + kinds % b"worksheet" + b"/>"
        b'<Relationship Id="r2" Target="sharedStrings.xml" Type='
        + kinds % b"sharedStrings"
        + b"/></Relationships>"
    )
    return packed(
        [
            ("[Content_Types].xml", b"<Types/>"),
            ("_rels/.rels", _RELS.replace(b"word/document", b"xl/workbook")),
            ("xl/workbook.xml", book),
            ("xl/_rels/workbook.xml.rels", links),
            (
                "xl/worksheets/sheet1.xml",
                b"<worksheet " + head + b"><sheetData>" + data + b"</sheetData></worksheet>",
            ),
            ("xl/sharedStrings.xml", shared),
        ],
        6,
    )


def formulas() -> bytes:
    """A good table whose words would be formulas elsewhere."""
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    for words in ("=cmd|'/c calc'!A1", "+1+1", "@SUM(A1)", '=HYPERLINK("http://x")'):
        book.worksheets[0].append([words, "会议情况"])
    book.save(out)
    return out.getvalue()


def ofd(root: bytes) -> bytes:
    return packed([("OFD.xml", root), ("Doc_0/Document.xml", b"<ofd:Document/>")], 6)


def nested(depth: int, width: int) -> bytes:
    """Archives within archives, in the manner of 42.zip, each level packed ``width`` times."""
    data = packed([("zeros.bin", bytes(64 * MEGA))])
    for level in range(depth):
        data = packed([(f"{level}-{number}.zip", data) for number in range(width)])
    return data


def linked_member() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("link.pdf")
    info.external_attr = 0o120777 << 16
    return info


def gbk_names() -> bytes:
    """An archive as Windows 7 in China makes it: names in GBK, no flag."""
    data = packed([("XXXXXXXX.txt", "正文".encode())])
    return data.replace(b"XXXXXXXX", "会议记录".encode("gbk"))


def lying_sizes() -> bytes:
    """A member that says it is 10 bytes and unpacks to 64 MB."""
    data = bytearray(packed([("a.bin", bytes(64 * MEGA))]))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(signature) + offset
        data[at : at + 4] = struct.pack("<I", 10)
    return bytes(data)


def locked_zip() -> bytes:
    data = bytearray(packed([("a.pdf", b"x" * 100)]))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + offset] |= 1
    return bytes(data)


def compound(*names: str) -> bytes:
    """An OLE compound file with empty streams of these names: enough to be told what it is."""
    entries = [("Root Entry", 5, 1 if names else 0xFFFFFFFF)] + [(name, 2, 0xFFFFFFFF) for name in names]
    directory = b""
    for number, (name, kind, child) in enumerate(entries):
        raw = name.encode("utf-16-le") + b"\0\0"
        right = number + 1 if 0 < number < len(names) else 0xFFFFFFFF
        directory += raw.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(raw), kind, 1, 0xFFFFFFFF, right, child
        )
        directory += bytes(36) + struct.pack("<IQ", 0xFFFFFFFE, 0)
    directory = directory.ljust(-(-len(directory) // 512) * 512, b"\0")
    sectors = len(directory) // 512
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
    )
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<I", 0) + b"\xff" * (108 * 4)
    chain = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    return head + fat + directory


# -- all of them ---------------------------------------------------------------------------------------------------

LARGE, SLOW, BROKEN, CUT = "过大", "时间上限", "损坏", "不完整"
ODD = (LARGE, SLOW, BROKEN, CUT, "结构异常", "无法读取", "没有识别出", "没有任何页面", "尺寸异常")
EVIL = ("可能有害", "链接", "没有名字")
BOMB = ("大得不正常", LARGE)

NASTY: dict[str, tuple[Callable[[], bytes], tuple[str, ...]]] = {
    "花纹.pdf": (endless_pattern, (*ODD, "")),
    "巨页.pdf": (lambda: page_pdf(stream(b"0 0 60000 60000 re f"), b"", "0 0 60000 60000"), ("",)),
    "巨页二.pdf": (lambda: page_pdf(stream(b"0 0 9 9 re f"), b"", "0 0 1e9 1e9"), ("",)),
    "流炸弹.pdf": (lambda: flate_bomb(1), (*ODD, "")),
    "流炸弹二.pdf": (lambda: flate_bomb(2), (*ODD, "")),
    "图炸弹.pdf": (pdf_image_bomb, (*ODD, "")),
    "深.pdf": (deep_arrays, (*ODD, "")),
    "自画.pdf": (deep_forms, (*ODD, "")),
    "页环.pdf": (pages_loop, ODD),
    "表环.pdf": (xref_loop, (*ODD, "")),
    "无页.pdf": (no_pages, ("没有任何页面", BROKEN)),
    "多页.pdf": (many_pages, ("2000 页",)),
    "锁.pdf": (lambda: locked("secret"), ("密码",)),
    "只锁打印.pdf": (lambda: locked(""), ("",)),
    "坏字.pdf": (surrogate_text, ("",)),
    "半个.pdf": (lambda: page_pdf(stream(b"BT ET" * 500))[:900], ODD),
    "只有头.pdf": (lambda: b"%PDF-1.7\n", ODD),
    "大图.png": (lambda: png(60_000, 60_000, 1), ("60000×60000",)),
    "炸弹.png": (lambda: png(10_900, 10_900), ("",)),
    "字炸弹.png": (text_bomb_png, (*ODD, "")),
    "缺行.png": (lambda: png(300, 300, 20), (CUT, BROKEN, "")),
    "两万页.tif": (lambda: tiff_pages(20_000), ("页", LARGE, SLOW)),
    "环.tif": (tiff_loop, (*ODD, "")),
    "大图.tif": (tiff_huge, ("60000×60000", *ODD)),
    "大图.bmp": (bmp_huge, ("60000×60000",)),
    "大图.jpg": (jpeg_huge, ("65500×65500",)),
    "动图.gif": (lambda: picture("GIF"), ("GIF",)),
    "实体.docx": (lambda: word(LAUGHS + paragraphs(b"&j;")), (*ODD, "")),
    "外部.docx": (lambda: word(XXE + paragraphs(b"a&j;b")), (*ODD, "")),
    "深.docx": (deep_word, (*ODD, "")),
    "部件炸弹.docx": (lambda: word(_W + b" " * (100 * MEGA) + b"</w:document>"), (LARGE,)),
    "缺正文.docx": (lambda: packed([("[Content_Types].xml", _TYPES), ("word/x.xml", b"<x/>")]), ODD),
    "半个.docx": (lambda: word(paragraphs("会议记录".encode() * 3000))[:700], ODD),
    "锁.docx": (lambda: compound("EncryptedPackage", "EncryptionInfo"), ("密码",)),
    "空壳.doc": (lambda: compound("WordDocument"), ODD),
    "演示.ppt": (lambda: compound("PowerPoint Document"), ("演示文稿",)),
    "远格.xlsx": (
        lambda: sheet(
            b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'
        ),
        (LARGE,),
    ),
    "串炸弹.xlsx": (
        lambda: sheet(b"", b"<sst>" + b"<si><t>x</t></si>" * 3_000_000 + b"</sst>"),
        (LARGE,),
    ),
    "实体.xlsx": (lambda: sheet(b"<row/>", LAUGHS + b"<sst>&j;</sst>"), (*ODD, "")),
    "公式.xlsx": (formulas, ("看不出", "没有找到")),
    "实体.ofd": (lambda: ofd(LAUGHS + b"<ofd:OFD>&j;</ofd:OFD>"), ODD),
    "炸弹.ofd": (lambda: ofd(b"<ofd:OFD>" + b" " * (100 * MEGA) + b"</ofd:OFD>"), (LARGE,)),
    "比例.zip": (lambda: packed([("zeros.bin", bytes(100 * MEGA))]), BOMB),
    "套娃.zip": (lambda: nested(5, 1), ("套了超过", *BOMB)),
    "四十二.zip": (lambda: nested(2, 16), BOMB),
    "一万个.zip": (lambda: packed(((f"{n}.txt", b"") for n in range(10_000)), 0), ("10000 个文件",)),
    "链接.zip": (lambda: packed([(linked_member(), b"/etc/passwd")]), EVIL),
    "越界.zip": (lambda: packed([("../../x.pdf", b"1"), ("/etc/x.pdf", b"2"), ("C:\\x.pdf", b"3")]), EVIL),
    "设备名.zip": (lambda: packed([("CON.pdf", b"1"), ("nul", b"2"), ("aux.", b"3")]), ("",)),
    "反写名.zip": (lambda: packed([("合同\u202efdp.exe", b"MZ" + bytes(58))]), ("",)),
    "重名.zip": (lambda: packed([("a.txt", b"1"), ("A.txt", b"2")]), ("",)),
    "旧名.zip": (gbk_names, ("纯文本",)),
    "谎报.zip": (lying_sizes, (*BOMB, BROKEN)),
    "锁.zip": (locked_zip, ("密码",)),
    "半个.zip": (lambda: packed([("a.bin", random.Random(1).randbytes(9000))])[:4000], (CUT,)),
    "空.zip": (lambda: packed([]), ("没有可以归档的文件",)),
    "包.gz": (lambda: gzip.compress(b"x", mtime=0), ("压缩包",)),
    "包.rar": (lambda: b"Rar!\x1a\x07\x01\0" + bytes(50), ("RAR",)),
    "包.7z": (lambda: b"7z\xbc\xaf\x27\x1c\0\4" + bytes(50), ("7z",)),
    "程序.exe": (
        lambda: b"MZ" + bytes(58) + b"\x80\0\0\0" + bytes(64) + b"PE\0\0" + bytes(99),
        ("程序文件",),
    ),
    "程序.pdf": (lambda: b"\x7fELF" + bytes(99), ("程序文件",)),
    "网页.html": (lambda: b"<!DOCTYPE html><script>alert(1)</script>", ("网页",)),
    "邮件.eml": (lambda: b"From: a@b.c\r\nSubject: x\r\n\r\nwords", ("邮件",)),
    "表.csv": (lambda: "编号,名称\r\n=1+1,甲\r\n".encode("gbk"), ("纯文本",)),
    "字.txt": (lambda: b"words", ("纯文本",)),
    "录像.mp4": (lambda: b"\0\0\0\x20ftypisom\0\0\2\0isomiso2" + bytes(99), ("视频",)),
    "录音.mp3": (lambda: b"ID3\4\0\0\0\0\0\0" + bytes(99), ("录音",)),
    "图纸.dwg": (lambda: b"AC1032" + bytes(99), ("图纸",)),
    "坏.heic": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(99), ODD),
    "坏.rtf": (lambda: b"{\\rtf1" + b"{" * 5000, ("",)),
    "垃圾.pdf": (lambda: random.Random(2).randbytes(5000), ("认不出",)),
    "空.pdf": (lambda: b"", ("空的",)),
    "零.jpg": (lambda: bytes(5000), ("认不出",)),
}

NAMES: tuple[str, ...] = (
    "CON.pdf",
    "aux",
    "NUL.txt",
    "com1.pdf",
    "点尾.",
    "空格尾 ",
    "控制\x01\x1b[31m符.pdf",
    "换\n行.pdf",
    "反写\u202efdp.exe",
    "零宽\u200b名.pdf",
    "=cmd|calc!A1.pdf",
    "+1.pdf",
    "-rf.pdf",
    "@sum.pdf",
    "<script>alert(1)<",
    "引\"号'.pdf",
    "a\\b.pdf",
    "C:x.pdf",
    "名?*|.pdf",
    "é.pdf",
    "e\u0301.pdf",
    "大小.PDF",
    "大小.pdf",
    "长" * 83 + ".pdf",
    "x" * 255,
    "．．",
    "...pdf",
    "~.pdf",
    "#recycle.pdf",
    "\udcff\udcfe坏.pdf",
)
"""Names that hurt file systems, terminals, spreadsheets and pages."""


# -- mutations -----------------------------------------------------------------------------------------------------


def mutated(seed: int, originals: dict[str, bytes]) -> tuple[str, bytes]:
    """One of ``originals`` damaged in the manner of number ``seed``, and a name that tells how."""
    rng = random.Random(seed)
    name = rng.choice(sorted(originals))
    data = bytearray(originals[name])
    how = rng.choice(("flips", "cut", "hole", "suffix", "joined", "garbage", "swapped", "doubled"))
    suffix = name
    if how == "flips":
        for _ in range(rng.choice((1, 4, 30, 300))):
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    elif how == "cut":
        del data[rng.randrange(1, len(data)) :]
    elif how == "hole":
        at = rng.randrange(len(data))
        data[at : at + 512] = bytes(len(data[at : at + 512]))
    elif how == "suffix":
        suffix = rng.choice(sorted(originals))
    elif how == "joined":
        data += originals[rng.choice(sorted(originals))]
    elif how == "garbage":
        at = rng.randrange(len(data))
        data[at:at] = rng.randbytes(rng.choice((1, 100, 5000)))
    elif how == "swapped":
        half = len(data) // 2
        data = data[half:] + data[:half]
    else:
        data *= 2
    data += b"%% %d" % seed if how == "suffix" else b""
    return f"{seed:05d}-{name}-{how}.{suffix}", bytes(data)
