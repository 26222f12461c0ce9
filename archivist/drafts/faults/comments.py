"""The checked template given back: the same Word file with a comment (批注) at each fault."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from archivist.drafts.faults.finding import BODY
from archivist.drafts.faults.places import Fault, paragraphs

AUTHOR, INITIALS = "模板检查", "检"
_PLACES = {"header": "页眉里：", "footer": "页脚里：", "footno": "脚注里："}


def with_comments(raw: bytes, faults: Sequence[Fault]) -> bytes:
    """Return the Word file ``raw`` with each of ``faults`` as a comment at its paragraph.

    Word keeps no comments in headers, footers and footnotes: what is wrong there is told at the first paragraph.
    """
    from docx import Document
    from docx.text.paragraph import Paragraph

    document = Document(BytesIO(raw))
    body = paragraphs(document.element)
    for fault in faults:
        element = body[min(fault.paragraph, len(body) - 1)] if fault.part == BODY and body else None
        if element is None:
            element = body[0] if body else document.add_paragraph().paragraph_format.element
        paragraph = Paragraph(element, document)
        runs = paragraph.runs or [
            paragraph.add_run("")
        ]  # a paragraph without words carries one to hang the comment on
        document.add_comment([runs[0], runs[-1]], text=_told(fault), author=AUTHOR, initials=INITIALS)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _told(fault: Fault) -> str:
    where = "" if fault.part == BODY else _PLACES.get(fault.part.rpartition("/")[2][:6], "")
    return f"{where}{fault.words}。\n{fault.instead}。"
