"""Files within a PDF (portfolios 作品集, attachments 附件, files pinned to pages) → members, as those of a ZIP.

The PDF itself stays the archival file: an attachment that could be no document (an invoice's XML, a font) is left in
it without a word. Bounded by real bytes: streams are unpacked piece by piece, never by the library at one go.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any

from archivist.extract import failures
from archivist.extract.failures import Refused
from archivist.extract.kinds import HEAD_BYTES, sniff
from archivist.extract.limits import Limits
from archivist.extract.members.archive import BudgetSpent, Unpacked, Unpacking, shown_name

ATTACHED = "archivist:attachments"
"""Property of an Extract: how many files lie within it (a number in digits); absent when there are none."""

_NO_DOCUMENT = frozenset({"empty", "text", "html", "gif", "executable", "gz", "unknown"})
_CHUNK = 1 << 20
_MAX_DEPTH = 20
_MAX_NODES = 20_000
_MAX_ANNOTATIONS = 1000
_TOO_MUCH = "PDF 里的附件解开后大得不正常，没有取出；请用阅读器另存需要的附件后直接放入。"
_DAMAGED = "PDF 里的这个附件已损坏，请用阅读器另存后再放入。"


def attached_step(path: Path, limits: Limits, folder: Path) -> Unpacked:
    """Take the files within the PDF at ``path`` out into ``folder``; for a disposable process.

    Raises:
        Refused: it cannot be opened, or holds too much.
    """
    import pikepdf

    try:
        document = pikepdf.open(path)
    except pikepdf.PasswordError:
        raise Refused(failures.PDF_PASSWORD) from None
    except pikepdf.PdfError:
        raise Refused(failures.DAMAGED) from None
    work = Unpacking(limits, folder)
    with document:
        for count, specification in enumerate(_specifications(document)):
            if count >= limits.max_members:
                raise BudgetSpent(
                    f"PDF 里的附件超过 {limits.max_members} 个，没有取出；请另存需要的附件后直接放入。"
                )
            _take(specification, work, path)
    return Unpacked(tuple(work.members), tuple(work.refused))


def _take(specification: Any, work: Unpacking, path: Path) -> None:
    name = _file_name(specification)
    target = work.folder / f"{work.files:06d}.bin"
    most = max(path.stat().st_size * work.limits.max_ratio, _CHUNK * 4)
    work.files += 1
    try:
        stream = _stream(specification)
        if stream is None:
            return
        _write(stream, target, work, min(most, work.limits.max_unpacked_mb << 20))
    except BudgetSpent:
        raise
    except Exception:  # damaged streams raise what their filters raise
        target.unlink(missing_ok=True)
        work.refused.append((name, _DAMAGED))
        return
    _keep(target, name, work)


def _keep(target: Path, name: str, work: Unpacking) -> None:
    with target.open("rb") as stream:
        kind = sniff(stream.read(HEAD_BYTES), target)
    if kind in _NO_DOCUMENT:
        target.unlink()
        return
    work.keep(target, name, 1)


def _write(stream: Any, target: Path, work: Unpacking, most: int) -> None:
    with target.open("xb") as sink:
        for piece in _pieces(stream):
            work.written += len(piece)
            if work.written > most:
                raise BudgetSpent(_TOO_MUCH)
            sink.write(piece)


def _pieces(stream: Any) -> Iterator[bytes]:
    """Unpack deflate, the filter that writers use for attachments, piece by piece; others are small by nature."""
    filters = stream.get("/Filter")
    names = [] if filters is None else [str(f) for f in filters] if _is_array(filters) else [str(filters)]
    if names != ["/FlateDecode"] or "/DecodeParms" in stream:
        yield stream.read_bytes() if names else stream.read_raw_bytes()
        return
    packed, unpacker = bytes(stream.read_raw_bytes()), zlib.decompressobj()
    while packed and not unpacker.eof:
        piece = unpacker.decompress(packed, _CHUNK)
        packed = unpacker.unconsumed_tail
        if not piece and not packed:
            return
        yield piece
    yield unpacker.flush()


def _is_array(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Array)


def _stream(specification: Any) -> Any:
    """The embedded file of a file specification; None for one that only names a file elsewhere."""
    import pikepdf

    held = specification.get("/EF")
    if not isinstance(held, pikepdf.Dictionary):
        return None
    for key in ("/UF", "/F", "/DOS", "/Mac", "/Unix"):
        if isinstance(held.get(key), pikepdf.Stream):
            return held[key]
    return None


def _file_name(specification: Any) -> str:
    """The last part of the attachment's name; folders of a portfolio and paths of its maker mean nothing here."""
    for key in ("/UF", "/F", "/Desc"):
        value = specification.get(key)
        if value is not None:
            name = PurePath(str(value).replace("\\", "/")).name
            if name.strip("."):
                return shown_name(name)
    return "附件"


def _specifications(document: Any) -> Iterator[Any]:
    """File specifications of the name tree, then those pinned to pages; each object once."""
    import pikepdf

    seen: set[tuple[int, int]] = set()
    for found in (*_named(document), *_pinned(document)):
        if not isinstance(found, pikepdf.Dictionary):
            continue
        identity = found.objgen
        if identity == (0, 0) or identity not in seen:
            seen.add(identity)
            yield found


def _named(document: Any) -> Iterator[Any]:
    """Leaves of the name tree /EmbeddedFiles, in its order; loops and depth are bounded."""
    names = document.Root.get("/Names")
    root = names.get("/EmbeddedFiles") if _has_keys(names) else None
    stack: list[tuple[Any, int]] = [(root, 0)]
    for _ in range(_MAX_NODES):
        if not stack:
            return
        node, depth = stack.pop()
        if not _has_keys(node) or depth > _MAX_DEPTH:
            continue
        leaves, kids = node.get("/Names"), node.get("/Kids")
        if _is_array(leaves):
            yield from (leaves[i] for i in range(1, min(len(leaves), _MAX_NODES), 2))
        if _is_array(kids):
            stack.extend((kid, depth + 1) for kid in reversed(list(kids)[:_MAX_NODES]))


def _pinned(document: Any) -> Iterator[Any]:
    for page in document.pages:
        notes = page.obj.get("/Annots")
        for note in list(notes)[:_MAX_ANNOTATIONS] if _is_array(notes) else ():
            if _has_keys(note) and str(note.get("/Subtype", "")) == "/FileAttachment":
                yield note.get("/FS")


def _has_keys(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Dictionary)
