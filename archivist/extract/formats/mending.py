"""PDFs that pdfium does not open, written anew by qpdf (pikepdf), which finds its way through more damage.

The rewritten file is only read; what is kept and filed is the original.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from archivist.extract import failures
from archivist.extract.failures import Refused
from archivist.extract.formats.pdf import Inspection, inspect_pdf, inspect_with_pypdf
from archivist.extract.limits import Limits

Run = Callable[..., Any]

_WORTH_MENDING = (failures.PDF_PASSWORD, failures.DAMAGED, failures.UNREADABLE, failures.TRUNCATED)


def inspect_or_mend(
    light: Run, run: Run, path: Path, folder: Path, limits: Limits
) -> tuple[Path, Inspection, str]:
    """Look through the PDF at ``path``; one that pdfium cannot open is mended in ``folder``.

    Args:
        light, run: run a step in a disposable process, with few libraries and with all.

    Returns:
        The file that was looked through, what was seen, and what a person should know of it.

    Raises:
        Refused: as `inspect_pdf`; DAMAGED when three readers say so.
    """
    seen: Inspection | None = None
    reason = ""
    try:
        seen = light(inspect_pdf, path, limits) or run(inspect_with_pypdf, path, limits)
    except Refused as refusal:
        if refusal.reason not in _WORTH_MENDING:
            raise
        reason = refusal.reason
    if seen is not None and seen.renderable:
        return path, seen, ""
    mended = folder / "mended.pdf"
    try:
        run(mend, path, mended)
        again: Inspection = light(inspect_pdf, mended, limits) or run(inspect_with_pypdf, mended, limits)
        return mended, again, "" if reason == failures.PDF_PASSWORD else failures.MENDED
    except Refused as refusal:
        if refusal.reason in (failures.BUSY, failures.SCRATCH_FULL, failures.WORKERS_DOWN):
            raise
        if seen is not None:
            return path, seen, failures.MENDED
        final = reason if reason == failures.PDF_PASSWORD else refusal.reason
        raise Refused(final) from None


def mend(path: Path, target: Path) -> None:
    """Write the PDF at ``path`` anew, without its encryption where it opens without a password, to ``target``.

    Raises:
        Refused: password, damaged beyond repair, no pages.
    """
    import pikepdf

    try:
        with pikepdf.open(path) as document:
            if not len(document.pages):
                raise Refused(failures.NO_PAGES)
            document.save(target)
    except pikepdf.PasswordError:
        raise Refused(failures.PDF_PASSWORD) from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        raise Refused(failures.DAMAGED) from None
