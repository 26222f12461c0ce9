"""Cut a document's pages out of a combined scan, page content untouched, in a disposable process."""

from __future__ import annotations

from pathlib import Path

from archivist.extract.limits import Limits
from archivist.extract.processes.sandbox import Sandbox


def cut_pages(source: Path, first: int, last: int, target: Path, limits: Limits) -> None:
    """Write pages ``first``..``last`` (1-based, inclusive) of the PDF ``source`` to ``target``.

    The same pages give the same bytes, so that interrupted work can be done again and compared.

    Raises:
        Refused: the file could not be cut; the whole of it is used instead.
    """
    Sandbox(limits, 1).run(cut_step, source, first, last, target)


def cut_step(source: Path, first: int, last: int, target: Path) -> None:
    """Cut in this process; the body of `cut_pages`."""
    import pikepdf

    with pikepdf.open(source) as whole, pikepdf.new() as part:
        part.pages.extend(whole.pages[first - 1 : last])
        part.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
