"""No fonts of this computer for pdfium: text and its boxes are asked for, and nothing is drawn.

A font that is not embedded would be looked for among the computer's and read whole, megabytes for every document,
only to be measured; and a damaged font file of the computer's would spoil every page. The width of a character comes
from the document, its height from the font's description there.
"""

from __future__ import annotations

import ctypes
from typing import Any

_kept: list[Any] = []
"""pdfium keeps pointers to these as long as the process lives."""


def without_fonts() -> None:
    """Let pdfium find no font of this computer, from now on and in this whole process; harmless to do again."""
    if _kept:
        return
    from pypdfium2 import raw

    kinds = dict(raw.FPDF_SYSFONTINFO._fields_)
    answers: dict[str, Any] = {
        "Release": lambda info: None,
        "EnumFonts": lambda info, mapper: None,
        "MapFont": lambda info, weight, italic, charset, pitch, face, exact: None,
        "GetFont": lambda info, face: None,
        "GetFontData": lambda info, font, table, buffer, size: 0,
        "DeleteFont": lambda info, font: None,
    }
    info = raw.FPDF_SYSFONTINFO(version=1)
    for name, answer in answers.items():
        setattr(info, name, callback := kinds[name](answer))
        _kept.append(callback)
    _kept.append(info)
    raw.FPDF_SetSystemFontInfo(ctypes.byref(info))
