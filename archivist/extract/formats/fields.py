"""What people filled into the fields of a PDF form (表单): pdfium's text of a page leaves it out."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from archivist.extract.clean import clean

_MAX_FIELDS = 1000
_MAX_UNITS = 8000
_HIDDEN = 1 << 1
_SECRET = 1 << 13

Placed = tuple[str, list[float]]
"""A line and its bounds (left, bottom, right, top) in points."""


def prepare_form(document: Any) -> None:
    """Make a form's fields known to pdfium; to be called before pages are opened. A broken form costs only its fields."""
    import pypdfium2 as pdfium

    if document.get_formtype() == pdfium.raw.FORMTYPE_NONE:
        return
    try:
        document.init_forms()
    except pdfium.PdfiumError:
        return


def filled_lines(document: Any, page: Any) -> Iterator[Placed]:
    """Lines that stand in text fields and chosen entries of ``page``."""
    from pypdfium2 import raw

    if document.formenv is None:
        return
    for number in range(min(raw.FPDFPage_GetAnnotCount(page), _MAX_FIELDS)):
        field = raw.FPDFPage_GetAnnot(page, number)
        if field:
            try:
                yield from _lines(document.formenv, field)
            finally:
                raw.FPDFPage_CloseAnnot(field)


def _lines(form: Any, field: Any) -> Iterator[Placed]:
    from pypdfium2 import raw

    written = {raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX}
    if (
        raw.FPDFAnnot_GetSubtype(field) != raw.FPDF_ANNOT_WIDGET
        or raw.FPDFAnnot_GetFlags(field) & _HIDDEN
        or raw.FPDFAnnot_GetFormFieldType(form, field) not in written
        or raw.FPDFAnnot_GetFormFieldFlags(form, field) & _SECRET
    ):
        return
    rect = raw.FS_RECTF()
    lines = [line for part in _value(form, field).splitlines() if (line := clean(part))]
    if not lines or not raw.FPDFAnnot_GetRect(field, rect):
        return
    low, high = sorted((rect.bottom, rect.top))
    height = (high - low) / len(lines)
    for at, line in enumerate(lines):
        yield line, [rect.left, high - (at + 1) * height, rect.right, high - at * height]


def _value(form: Any, field: Any) -> str:
    from pypdfium2 import raw

    buffer = (ctypes.c_ushort * _MAX_UNITS)()
    length = raw.FPDFAnnot_GetFormFieldValue(form, field, buffer, ctypes.sizeof(buffer))
    units = min(length // 2, _MAX_UNITS)
    return bytes(buffer)[: 2 * max(units - 1, 0)].decode("utf-16-le", "replace").replace("\r", "\n")
