"""Files within files: members of an archive, attachments of a PDF. Each becomes a source of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from archivist.core.document import MEMBER, Document, Source
from archivist.core.model import Status
from archivist.core.page import Extract
from archivist.extract import Unpacked
from archivist.extract.members.attachments import ATTACHED
from archivist.extract.reader import Reader
from archivist.ingest.stages.read import stop_if_not_the_files
from archivist.store.vault import Store

_ZIP, _PDF = "压缩包中的", "PDF 附件"


@dataclass(frozen=True, slots=True)
class Opened:
    """What was taken out of a file, in a ``folder`` of the scratch: not safe yet. ``failure`` says why nothing was."""

    result: Unpacked
    what: str
    folder: Path | None = None
    told: str = ""
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Within:
    """What lay within a file: records of sources whose bytes are safe, what could not be taken, words about it."""

    members: tuple[dict[str, object], ...] = ()
    refused: tuple[Document, ...] = ()
    told: str = ""
    failure: str = ""


NOTHING = Within()


class Members:
    """Takes files out of files of one workspace: first out (a thread of its own may do so), then into the vault.

    Args:
        original: the kept bytes of a source. max_depth: how deep attachments may lie within attachments.
    """

    def __init__(
        self, store: Store, reader: Reader, original: Callable[[Source], Path], max_depth: int
    ) -> None:
        self._store, self._reader, self._original, self._max_depth = store, reader, original, max_depth

    # -- taking out ------------------------------------------------------------------------------------------------

    def of_archive(self, source: Source) -> Opened:
        """Unpack an archive; ``failure`` says why none of it can be used."""
        opened = self._opened(source, self._reader.unpack, _ZIP)
        result = opened.result
        if not (result.failure or result.members or result.refused):
            self.drop(opened)
            return replace(opened, failure=f"“{source.name}”：压缩包里没有可以归档的文件，请检查后重新放入。")
        return replace(opened, failure=result.failure)

    def of_pdf(self, source: Source, extract: Extract) -> Opened | None:
        """Take attachments out of a PDF, portfolios included; the PDF itself stays what it is. None: it has none."""
        if not extract.properties.get(ATTACHED):
            return None
        if source.name.count("!/") >= self._max_depth:
            return Opened(Unpacked(), _PDF, told="里面还有附件，嵌套太深，没有取出；请用阅读器另存后直接放入")
        return self._opened(source, self._reader.attached, _PDF)

    def _opened(self, source: Source, take: Callable[[Path, str, Path], Unpacked], what: str) -> Opened:
        folder = self._store.scratch_folder("members-")
        opened = Opened(Unpacked(), what, folder)
        try:
            return replace(opened, result=take(self._original(source), source.name, folder))
        except BaseException:
            self.drop(opened)
            raise

    def drop(self, opened: Opened) -> None:
        """Throw away what was taken out: it is safe, or nobody wants it."""
        if opened.folder is not None:
            self._store.drop_scratch(opened.folder)

    # -- into the vault --------------------------------------------------------------------------------------------

    def taken(self, source: Source, opened: Opened) -> Within:
        """Make safe what was taken out; the files taken out are thrown away.

        Raises:
            StoreError: the disk refuses, or had no room when they were taken out. ArchivistError: the machine was busy.
        """
        try:
            if opened.failure or opened.told:
                return Within(told=opened.told, failure=opened.failure)
            if trouble := opened.result.failure:
                stop_if_not_the_files(trouble)
                return Within(told=f"里面有附件，没有取出：{trouble}")
            return self._safe(source, opened.result, opened.what)
        finally:
            self.drop(opened)

    def _safe(self, source: Source, result: Unpacked, what: str) -> Within:
        members = tuple(
            self._record(source, f"{source.name}!/{member.name}", member.data_path)
            for member in result.members
        )
        refused = tuple(_refused(source, name, reason, what) for name, reason in result.refused)
        told = f"里面的 {len(members)} 个附件已取出，作为单独的材料处理" if members else ""
        return Within(members, refused, told)

    def _record(self, source: Source, name: str, data: Path) -> dict[str, object]:
        safe = self._store.accession(data, name)
        return {
            "name": name,
            "origin": MEMBER,
            "sha256": safe.sha256,
            "size": safe.size,
            "vault": safe.vault,
            "decided_project": source.decided_project,
            "decided_item": source.decided_item,
        }


def _refused(source: Source, name: str, reason: str, what: str) -> Document:
    return Document(
        id="",
        source=source.id,
        first=1,
        last=1,
        status=Status.REJECTED,
        title=name,
        reasons=(f"{what}“{name}”没有收：{reason}",),
        archival=False,
    )
