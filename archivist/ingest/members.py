"""Files within files: members of an archive, attachments of a PDF. Each becomes a source of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from archivist.core.document import MEMBER, Document, Source
from archivist.core.model import Status
from archivist.core.page import Extract
from archivist.errors import ArchivistError, StoreError
from archivist.extract import Unpacked, failures
from archivist.extract.members.attachments import ATTACHED
from archivist.extract.reader import Reader
from archivist.store.vault import Store

_ZIP, _PDF = "压缩包中的", "PDF 附件"


@dataclass(frozen=True, slots=True)
class Within:
    """What lay within a file: records of sources whose bytes are safe, what could not be taken, words about it."""

    members: tuple[dict[str, object], ...] = ()
    refused: tuple[Document, ...] = ()
    told: str = ""
    failure: str = ""


class Members:
    """Takes files out of files of one workspace.

    Args:
        original: the kept bytes of a source. max_depth: how deep attachments may lie within attachments.
    """

    def __init__(
        self, store: Store, reader: Reader, original: Callable[[Source], Path], max_depth: int
    ) -> None:
        self._store, self._reader, self._original, self._max_depth = store, reader, original, max_depth

    def of_archive(self, source: Source) -> Within:
        """Unpack an archive; ``failure`` says why none of it can be used."""
        with TemporaryDirectory(dir=self._store.scratch) as scratch:
            result = self._reader.unpack(self._original(source), source.name, Path(scratch))
            if result.failure:
                return Within(failure=result.failure)
            if not result.members and not result.refused:
                return Within(failure=f"“{source.name}”：压缩包里没有可以归档的文件，请检查后重新放入。")
            return self._taken(source, result, _ZIP)

    def of_pdf(self, source: Source, extract: Extract) -> Within:
        """Take attachments out of a PDF, portfolios included; the PDF itself stays what it is."""
        if not extract.properties.get(ATTACHED):
            return Within()
        if source.name.count("!/") >= self._max_depth:
            return Within(told="里面还有附件，嵌套太深，没有取出；请用阅读器另存后直接放入")
        with TemporaryDirectory(dir=self._store.scratch) as scratch:
            result = self._reader.attached(self._original(source), source.name, Path(scratch))
            if failures.SCRATCH_FULL in result.failure or failures.WORKERS_DOWN in result.failure:
                raise StoreError(result.failure)
            if failures.BUSY in result.failure:
                raise ArchivistError(failures.BUSY)
            if result.failure:
                return Within(told=f"里面有附件，没有取出：{result.failure}")
            return self._taken(source, result, _PDF)

    def _taken(self, source: Source, result: Unpacked, what: str) -> Within:
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
