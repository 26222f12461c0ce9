# ruff: noqa: E501 - XML in one line reads better than broken
"""A Word package from nothing but what official documents (公文) need: six fonts, few styles, page numbers at the outer edge.

The layout is GB/T 9704-2012, decided here once for all templates.

Built by hand instead of from a library's blank document, because every blank document brings themes, dozens of styles
and fonts of its own along. Lengths are twips (1/1440 inch), font sizes half-points.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XIAOBIAO, FANGSONG, HEITI, KAITI, SONGTI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
LATIN = "Times New Roman"

LINE = 579
"""28.95 pt: 22 lines fill the 225 mm of the text area; 580 would already give 21."""
CHAR = 315
"""16 pt less 0.25 pt tracking: 28 characters fill the 156 mm."""
PORTRAIT_WIDTH, LANDSCAPE_WIDTH = 8844, 12756
RED = "FF0000"


def run(
    text: str,
    font: str = "",
    size: int = 0,
    colour: str = "",
    spacing: int | None = None,
) -> str:
    """A run of text in one font; a line feed in it breaks the line. ``size`` is half-points, ``spacing`` twips."""
    properties = ""
    if font:
        properties += fonts(font)
    if colour:
        properties += f'<w:color w:val="{colour}"/>'
    if spacing is not None:
        properties += f'<w:spacing w:val="{spacing}"/>'
    if size:
        properties += f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    pieces = [f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in text.split("\n")]
    return f"<w:r>{properties}{'<w:br/>'.join(pieces)}</w:r>"


def fonts(east: str, latin: str = LATIN) -> str:
    """The fonts of Chinese and of other characters, as properties of a run."""
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east}" w:cs="{latin}"/>'


def para(*runs: str, style: str = "GwBody", extra: str = "") -> str:
    """A paragraph of runs, or of plain texts that become runs; ``extra`` are further properties."""
    body = "".join(piece if piece.startswith("<w:") else run(piece) for piece in runs)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{body}</w:p>'


def cell(
    text: str, width: int, *, span: int = 1, style: str = "GwCell", merge: str = "", top: bool = False
) -> str:
    """A table cell; ``text`` may hold several lines, each a paragraph. ``merge``: restart or continue."""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if span > 1:
        properties += f'<w:gridSpan w:val="{span}"/>'
    if merge:
        properties += "<w:vMerge/>" if merge == "continue" else '<w:vMerge w:val="restart"/>'
    properties += "" if top else '<w:vAlign w:val="center"/>'
    body = text if text.startswith("<w:p>") else "".join(para(line, style=style) for line in text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{body}</w:tc>"


def row(*cells: str, height: int = 0, header: bool = False, split: bool = False) -> str:
    """A row of a table; ``header`` repeats it on every page, ``split`` lets a page break part it."""
    properties = "" if split else "<w:cantSplit/>"
    if height:
        properties += f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>'
    if header:
        properties += "<w:tblHeader/>"
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def control_row(mark: str, width: int, columns: int) -> str:
    """A row that holds only a ``{%tr … %}`` mark and leaves no row behind."""
    return row(cell(mark, width, span=columns))


ALL_BORDERS = dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), 4)


def table(widths: list[int], *rows: str, borders: dict[str, int] = ALL_BORDERS, place: str = "") -> str:
    """A table of fixed column widths; ``borders`` gives each drawn edge in eighths of a point."""
    line = '<w:{} w:val="single" w:sz="{}" w:space="0" w:color="auto"/>'
    drawn = f"<w:tblBorders>{''.join(line.format(*edge) for edge in borders.items())}</w:tblBorders>"
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr>{place}<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>{drawn}'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="57" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>'
        '<w:right w:w="57" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def section(landscape: bool = False, ends_here: bool = False) -> str:
    """A section's page: GB/T 9704 portrait, or the same page turned (the tables' page, 225 mm wide)."""
    if landscape:
        page = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        margins = 'w:top="1588" w:right="2098" w:bottom="1474" w:left="1984" w:footer="880"'
        odd, even = "rId6", "rId7"
    else:
        page = '<w:pgSz w:w="11906" w:h="16838"/>'
        margins = 'w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:footer="1424"'
        odd, even = "rId4", "rId5"
    properties = (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{odd}"/><w:footerReference w:type="even" r:id="{even}"/>'
        f'<w:type w:val="nextPage"/>{page}<w:pgMar {margins} w:header="851" w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{LINE}"/></w:sectPr>'
    )
    return f'<w:p><w:pPr><w:pStyle w:val="GwTiny"/>{properties}</w:pPr></w:p>' if ends_here else properties


def _style(ident: str, name: str, ppr: str, rpr: str = "", based: str = "Normal") -> str:
    rpr = f"<w:rPr>{rpr}</w:rPr>" if rpr else ""
    base = f'<w:basedOn w:val="{based}"/>' if ident != "Normal" else ""
    default = ' w:default="1"' if ident == "Normal" else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{ident}"><w:name w:val="{name}"/>{base}<w:qFormat/>'
        f"<w:pPr>{ppr}</w:pPr>{rpr}</w:style>"
    )


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _spacing(line: int, rule: str = "exact", before: int = 0, after: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="{rule}"/>'


def styles() -> str:
    """The styles part: the fonts, sizes and spacing of each kind of paragraph, by its Chinese name."""
    indent = f'<w:ind w:firstLine="{2 * CHAR}"/>'
    plain = '<w:spacing w:val="0"/>'
    table_line = _spacing(300, "exact")
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault>'
        f'<w:rPr>{fonts(FANGSONG)}<w:color w:val="000000"/><w:spacing w:val="-5"/><w:kern w:val="0"/>{_size(32)}'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f'<w:pPrDefault><w:pPr><w:widowControl w:val="0"/><w:snapToGrid w:val="0"/>{_spacing(LINE)}<w:jc w:val="both"/>'
        "</w:pPr></w:pPrDefault></w:docDefaults>"
        + _style("Normal", "Normal", "")
        + _style("GwBody", "公文正文", indent)
        + _style(
            "GwTitle",
            "公文标题",
            f'<w:keepNext/>{_spacing(700)}<w:jc w:val="center"/>',
            fonts(XIAOBIAO) + plain + _size(44),
        )
        + _style("GwH1", "一级标题", f'<w:keepNext/>{indent}<w:outlineLvl w:val="0"/>', fonts(HEITI))
        + _style("GwH2", "二级标题", f'<w:keepNext/>{indent}<w:outlineLvl w:val="1"/>', fonts(KAITI))
        + _style("GwNames", "出席名单", f'<w:ind w:left="{5 * CHAR}" w:hanging="{3 * CHAR}"/>')
        + _style("GwFlush", "顶格正文", "")
        + _style("GwCenter", "居中", '<w:jc w:val="center"/>')
        + _style("GwSign", "落款", '<w:keepLines/><w:jc w:val="center"/>')
        + _style(
            "GwMark",
            "纪要标志",
            f'{_spacing(1000)}<w:jc w:val="center"/>',
            fonts(XIAOBIAO) + f'<w:color w:val="{RED}"/>' + plain + _size(72),
        )
        + _style("GwCell", "表格文字", f'{table_line}<w:jc w:val="center"/>', plain + _size(24))
        + _style("GwCellLeft", "表格文字左齐", f'{table_line}<w:jc w:val="left"/>', plain + _size(24))
        + _style("GwSmall", "表格小字", f'{_spacing(260)}<w:jc w:val="center"/>', plain + _size(21))
        + _style(
            "GwSmallHead",
            "小字表头",
            f'{_spacing(260)}<w:jc w:val="center"/>',
            fonts(HEITI) + plain + _size(21),
        )
        + _style("GwHead", "表头", f'{table_line}<w:jc w:val="center"/>', fonts(HEITI) + plain + _size(24))
        + _style(
            "GwImprint", "版记", f'{_spacing(400)}<w:ind w:left="223" w:right="223"/>', plain + _size(28)
        )
        + _style("GwFooter", "页码", _spacing(400), fonts(SONGTI, SONGTI) + plain + _size(28))
        + _style("GwTiny", "分节", _spacing(20), _size(2))
        + "</w:styles>"
    )


def _page_number(side: str) -> str:
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    return (
        f'<w:p><w:pPr><w:pStyle w:val="GwFooter"/><w:ind w:{side}="280"/><w:jc w:val="{side}"/></w:pPr>'
        f"{run('— ')}{field}{run(' —')}</w:p>"
    )


def _footer(side: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:ftr xmlns:w="{WORD}">'
        f"{_page_number(side)}</w:ftr>"
    )


def _turned_footer(side: str) -> str:
    """The page number of a turned page, where the portrait pages beside it have theirs (GB/T 9704-2012, 7.9).

    Held upright, such a page has its table's head on the left; its left edge is the foot of the bound document, so
    that the number stands there, turned clockwise, its middle line 28.4 mm from the edge as on portrait pages.
    """
    mm = 36000
    left, top, width, height = int(23.4 * mm), 28 * mm, 10 * mm, 156 * mm
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    shape = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:ftr xmlns:w="{WORD}" '
        f'xmlns:wp="{drawing}/wordprocessingDrawing" xmlns:a="{drawing}/main" xmlns:wps="{shape}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<w:p><w:pPr><w:pStyle w:val="GwTiny"/></w:pPr><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" '
        'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:wrapNone/><wp:docPr id="1" name="页码"/>'
        f'<a:graphic><a:graphicData uri="{shape}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
        f"<a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent>{_page_number(side)}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr vert="vert" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p></w:ftr>"
    )


def _font_table() -> str:
    chinese = "".join(
        f'<w:font w:name="{name}"><w:charset w:val="86"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, family in (
            (XIAOBIAO, "script"),
            (FANGSONG, "modern"),
            (HEITI, "modern"),
            (KAITI, "modern"),
            (SONGTI, "auto"),
        )
    )
    latin = f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="{WORD}">{chinese}{latin}</w:fonts>'


def _settings() -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:settings xmlns:w="{WORD}"><w:zoom w:percent="100"/>'
        '<w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


_TYPES = {
    "word/document.xml": "wordprocessingml.document.main",
    "word/styles.xml": "wordprocessingml.styles",
    "word/settings.xml": "wordprocessingml.settings",
    "word/fontTable.xml": "wordprocessingml.fontTable",
    **{f"word/footer{number}.xml": "wordprocessingml.footer" for number in range(1, 5)},
}


def package(body: str, *, landscape: bool = False) -> bytes:
    """Return the bytes of a .docx with ``body`` and a last section; the same body gives the same bytes."""
    document = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{WORD}" xmlns:r="{RELATIONS}">'
        f"<w:body>{body}{section(landscape)}</w:body></w:document>"
    )
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _links(("officeDocument", "word/document.xml"), ("core", "docProps/core.xml")),
        "docProps/core.xml": _core(),
        "word/_rels/document.xml.rels": _links(
            ("styles", "styles.xml"),
            ("settings", "settings.xml"),
            ("fontTable", "fontTable.xml"),
            *(("footer", f"footer{number}.xml") for number in range(1, 5)),
        ),
        "word/document.xml": document,
        "word/fontTable.xml": _font_table(),
        "word/footer1.xml": _footer("right"),
        "word/footer2.xml": _footer("left"),
        "word/footer3.xml": _turned_footer("right"),
        "word/footer4.xml": _turned_footer("left"),
        "word/settings.xml": _settings(),
        "word/styles.xml": styles(),
    }
    result = BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            archive.writestr(member, text)
    return result.getvalue()


def _content_types() -> str:
    office = "application/vnd.openxmlformats-officedocument."
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{office}{kind}+xml"/>' for name, kind in _TYPES.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _links(*targets: tuple[str, str]) -> str:
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{core if kind == "core" else f"{RELATIONS}/{kind}"}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    )


def _core() -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
    )
