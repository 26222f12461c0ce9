"""What makes a PDF a PDF/A-2b (长期保存格式): metadata, output intent, nothing that acts; and the check of it all.

`pikepdf.pdfa` checks after the rules of the veraPDF profiles, and refuses whatever it does not know: what it approves is
declared PDF/A, what it refuses stays an ordinary PDF and says why.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

_FLAVOUR = "2b"
_CATALOGUE_KEYS = ("/Type", "/Pages", "/OCProperties")
_PAGE_KEYS = (
    "/Type",
    "/Parent",
    "/Resources",
    "/MediaBox",
    "/CropBox",
    "/BleedBox",
    "/TrimBox",
    "/ArtBox",
    "/Rotate",
    "/Contents",
    "/Annots",
    "/Group",
    "/UserUnit",
)
_ACTS = ("/A", "/AA", "/PA", "/Dest", "/Parent", "/Popup", "/IRT")
_UNSEEN = ("/Link", "/Popup", "/Widget")
_CHINA = timezone(timedelta(hours=8))
_TOOL = "archivist"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

NOT_EMBEDDED = "原件有未嵌入的字体，副本可以检索，但不是 PDF/A 长期保存格式。"
COLOURS = "原件的颜色没有说明，副本可以检索，但不是 PDF/A 长期保存格式。"
OTHERWISE = "原件含有 PDF/A 不允许的内容，副本可以检索，但不是 PDF/A 长期保存格式。"
_REASONS = (("6.2.11.", NOT_EMBEDDED), ("6.2.4.", COLOURS), ("output-intent", COLOURS))


def without_actions(pdf: Any) -> None:
    """Keep of the document and its pages only what shows: no scripts, actions, attachments, forms or thumbnails.

    What annotations and form fields show (electronic seals, stamps, filled-in fields) becomes part of the page.
    """
    import pikepdf

    if any("/Annots" in page.obj for page in pdf.pages):
        pdf.flatten_annotations("screen")
    _keep(pdf.Root, _CATALOGUE_KEYS)
    for page in pdf.pages:
        _keep(page.obj, _PAGE_KEYS)
        _quiet(page.obj)
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and "/Interpolate" in item:
            del item["/Interpolate"]


def _keep(dictionary: Any, keys: tuple[str, ...]) -> None:
    for key in [key for key in dictionary.keys() if key not in keys]:  # noqa: SIM118 (not a dict)
        del dictionary[key]


def _quiet(page: Any) -> None:
    """Drop annotations that show nothing, take actions out of the others."""
    import pikepdf

    annotations = page.get("/Annots")
    if not isinstance(annotations, pikepdf.Array):
        return
    kept = [
        item
        for item in annotations
        if isinstance(item, pikepdf.Dictionary) and str(item.get("/Subtype")) not in _UNSEEN
    ]
    for item in kept:
        for key in _ACTS:
            if key in item:
                del item[key]
    if kept:
        page.Annots = pikepdf.Array(kept)
    else:
        del page["/Annots"]


def finish(pdf: Any, target: Path | BinaryIO, title: str, created: datetime) -> str:
    """Write ``pdf`` to ``target``: as PDF/A-2b if it is one, else as an ordinary PDF.

    Returns:
        "" for PDF/A-2b, else the Chinese sentence that says why not.
    """
    from pikepdf import pdfa

    _describe(pdf, title, created, declared=True)
    _add_output_intent(pdf)
    report = pdfa.check(pdf, _FLAVOUR, deterministic_id=True, force_version="1.7")
    reason = "" if report.passed else _reason([finding.rule for finding in report.findings])
    if reason:
        _describe(pdf, title, created, declared=False)
        del pdf.Root["/OutputIntents"]
    pdf.save(target, **report.save_kwargs)
    return reason


def _reason(rules: list[str]) -> str:
    return next((words for sign, words in _REASONS if any(sign in rule for rule in rules)), OTHERWISE)


def moment(created: str) -> datetime:
    """Read an ISO 8601 date or moment; without a zone it is China's.

    Raises:
        ValueError: it is none.
    """
    read = datetime.fromisoformat(created)
    return read if read.tzinfo else read.replace(tzinfo=_CHINA)


def _describe(pdf: Any, title: str, created: datetime, declared: bool) -> None:
    """Write the document's metadata twice, as PDF wants them: XMP and /Info, saying the same."""
    from pikepdf import Dictionary, Name, String

    title = _NOT_XML.sub("", title)
    created = created.replace(microsecond=0)
    packet = pdf.make_stream(_packet(title, created.isoformat(), declared).encode())
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = packet
    pdf.Root.Lang = String("zh-CN")
    zone = created.strftime("%z")
    written = String(f"D:{created:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'")
    # A fresh dictionary: nothing of the original's own properties may contradict the XMP packet.
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=String(title),
            Creator=String(_TOOL),
            Producer=String(_TOOL),
            CreationDate=written,
            ModDate=written,
        )
    )


def _packet(title: str, created: str, declared: bool) -> str:
    from xml.sax.saxutils import escape

    part = "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" if declared else ""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" '
        'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">'
        f"{part}<dc:format>application/pdf</dc:format>"
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>'
        f"<xmp:CreateDate>{created}</xmp:CreateDate><xmp:ModifyDate>{created}</xmp:ModifyDate>"
        f"<xmp:CreatorTool>{_TOOL}</xmp:CreatorTool><pdf:Producer>{_TOOL}</pdf:Producer>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>\n"
        '<?xpacket end="w"?>'
    )


def _add_output_intent(pdf: Any) -> None:
    from pikepdf import Array, Dictionary, Name, String

    profile = pdf.make_stream(srgb_profile())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name("/GTS_PDFA1"),
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB"),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


@cache
def srgb_profile() -> bytes:
    """Return LittleCMS's own sRGB profile ("no copyright, use freely"), its making not dated."""
    from PIL import ImageCms

    profile = bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # Bytes 24 to 35 tell when it was made: the same copy must be the same bytes tomorrow.
    return profile[:24] + bytes.fromhex("07d8 0001 0001 0000 0000 0000") + profile[36:]
