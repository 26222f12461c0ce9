"""Words above every page of a Word file that is finished: what nobody must overlook on a single sheet of it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from archivist.drafts.render import same_bytes


def with_heading(document: bytes, words: str) -> bytes:
    """The file with ``words`` in the header of each page; the same file and words give the same bytes."""
    from docx import Document

    opened = Document(BytesIO(document))
    even = opened.settings.odd_and_even_pages_header_footer
    for section in opened.sections:
        headers = [section.header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        if even:
            headers.append(section.even_page_header)
        for header in headers:
            _put(header, words)
    result = BytesIO()
    opened.save(result)
    return same_bytes(result.getvalue())


def _put(header: Any, words: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    header.is_linked_to_previous = False
    paragraph = header.paragraphs[0] if header.paragraphs else header.add_paragraph()
    if paragraph.text:
        paragraph = paragraph.insert_paragraph_before()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(words)
    run.bold, run.font.size = True, Pt(14)
