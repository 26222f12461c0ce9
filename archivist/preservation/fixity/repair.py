"""``repair``: kept copies put back (修复): a filed file that was altered or lost comes back from the vault, a damaged
original from a copy that is whole. What was altered or damaged is kept, too: in 退回 with a note, or aside.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.core.document import PROJECT, STANDS, Document, Removal, Source
from archivist.core.filing import waiting_name
from archivist.core.model import Status
from archivist.index.reads import digest_of
from archivist.preservation.fixity.expected import (
    COMBINED,
    FILED,
    ONLY,
    REJECTED,
    REVIEW,
    Expected,
    compare,
    copies,
    originals,
    strangers,
)
from archivist.preservation.fixity.findings import ALTERED, MISSING, Discrepancy
from archivist.preservation.fixity.hashing import hash_file
from archivist.system.durable import Occupied
from archivist.system.fingerprints import full_fingerprint_of

if TYPE_CHECKING:
    from archivist.filing.wiring import Filing
    from archivist.index.writer import Index
    from archivist.store.vault import Store
    from archivist.workspace.config import Config


@dataclass(slots=True)
class Repaired:
    """What was put right (Chinese sentences), and what could not be."""

    done: list[str] = field(default_factory=list)
    left: list[Discrepancy] = field(default_factory=list)


class Repairer:
    """Puts right what `judge` finds wrong, in one workspace. Use it with the write lock held.

    Args:
        filing: places copies. only: the documents to look at; empty means all.
    """

    def __init__(
        self, store: Store, index: Index, config: Config, filing: Filing, only: Collection[str] = ()
    ) -> None:
        self._store, self._index, self._config = store, index, config
        self._parts, self._shelving, self._placing = filing.parts, filing.shelving, filing.placing
        self._only = frozenset(only)
        self._result = Repaired()

    def run(self) -> Repaired:
        """Originals first, for copies come from them; then copies, then kept reads."""
        for one, finding in self._wrong(originals(self._index)):
            if not self._heal(one):
                self._result.left.append(finding)
        self._set_aside_spares()
        wrong = list(self._wrong(copies(self._index)))
        moved = self._moved() if any(finding.code == MISSING for _, finding in wrong) else {}
        for one, finding in wrong:
            if finding.code == MISSING and one.sha256 in moved:
                self._result.left.append(_moved_by_people(one, finding, moved[one.sha256]))
            elif finding.code not in {ALTERED, MISSING} or not self._put_back(one, finding):
                self._result.left.append(finding)
        self._keep_reads()
        return self._result

    def _wrong(self, expected: list[Expected]) -> Iterator[tuple[Expected, Discrepancy]]:
        sources = self._sources()
        for one in expected:
            if sources is not None and one.source not in sources:
                continue
            if self._only and one.role in {FILED, REVIEW, REJECTED} and one.known.document not in self._only:
                continue
            finding = compare(one, hash_file(self._store.path(one.path)))
            if finding is not None:
                yield one, finding

    def _sources(self) -> set[int] | None:
        """The sources of the documents asked for; None when all are."""
        if not self._only:
            return None
        rows = [self._index.documents.find(identity) for identity in self._only]
        return {row.source for row in rows if row is not None}

    # -- the vault -------------------------------------------------------------------------------------------------

    def _heal(self, one: Expected) -> bool:
        """Take a damaged original's bytes from a copy that is whole."""
        whole = self._whole_copy(one)
        if whole is None:
            return False
        name = one.known.source or Path(one.path).name
        vault = self._store.accession(whole, name).vault
        with self._index.change():
            self._index.sources.heal(one.path, vault)
            told = {"before": one.path, "vault": vault, "taken_from": self._store.relative(whole)}
            self._index.event("healed", one.sha256, **told)
        self._result.done.append(f"原件“{name}”已用完好的一份补回（{self._store.relative(whole)}）。")
        return True

    def _set_aside_spares(self) -> None:
        """Move aside what stands in the vault under a known original's name but is not, or no longer, the one used."""
        known = self._index.sources.sha256s()
        unknown = strangers(self._store.root, [self._store.vault], self._index.places.known())
        spare = [self._store.path(path) for path in unknown if Path(path).name[:64] in known]
        if spare:
            aside = self._store.relative(self._store.set_aside(spare))
            self._result.done += [f"损坏的原件移到了 {aside}/{path.name}。" for path in spare]

    def _whole_copy(self, one: Expected) -> Path | None:
        places = [copy.path for copy in copies(self._index) if copy.sha256 == one.sha256]
        kept = self._store.kept(one.sha256)
        for path in [*([kept] if kept else []), *places]:
            if path != one.path and hash_file(self._store.path(path)).sha256 == one.sha256:
                return self._store.path(path)
        return None

    # -- the folders -----------------------------------------------------------------------------------------------

    def _put_back(self, one: Expected, finding: Discrepancy) -> bool:
        source = self._index.sources.get(one.source)
        if one.role in {ONLY, REJECTED} or not self._original_is_whole(source):
            return False
        if finding.code == ALTERED:
            self._send_back(one)
        if one.role == COMBINED:
            try:
                self._store.place(self._parts.original(source), self._store.path(one.path), source.sha256)
            except Occupied:
                return False
            path: str | None = one.path
        else:
            row = self._index.documents.find(one.known.document or "")
            assert row is not None
            path = self._placing.put_right(source, row).path
        self._note_repaired(one, path or one.path, finding)
        self._result.done.append(f"已放回：{path}")
        return True

    def _note_repaired(self, one: Expected, path: str, finding: Discrepancy) -> None:
        """Log it; the project's page and `status` no longer sound the alarm."""
        stamp = full_fingerprint_of(self._store.path(path))
        row = self._index.documents.find(one.known.document or "")
        with self._index.change():
            self._index.event("repaired", one.known.document or one.path, path=path, what=finding.code)
            self._index.standings.put({path: str(stamp)} if stamp else {})
            self._index.projects.outdate(row.project if row else None)

    def _original_is_whole(self, source: Source) -> bool:
        return source.vault is not None and hash_file(self._store.path(source.vault)).sha256 == source.sha256

    def _send_back(self, one: Expected) -> None:
        """What a person made of a filed copy may be the better one: kept like any file, it goes to 退回 with a note."""
        altered = self._store.path(one.path)
        safe = self._store.accession(altered)
        reason = f"这是已归档的“{altered.name}”后来被人改动成的样子，原来的位置放回了收到时的原件；要用这一份，请放入收件箱"
        target = self._shelving.free(
            self._config.store.rejected, waiting_name(f"改动过 {altered.name}", None)
        )
        with self._index.change():
            source = self._index.sources.receive(
                Removal(STANDS, self._store.raw(altered), safe.sha256, str(safe.stamp)),
                name=one.path,
                origin=PROJECT,
                sha256=safe.sha256,
                size=safe.size,
                vault=safe.vault,
            )
            aside = Document(
                id="",
                source=source.id,
                first=1,
                last=1,
                status=Status.REJECTED,
                reasons=(reason,),
                path=target,
                path_sha256=safe.sha256,
                archival=False,
            )
            rows = self._index.sources.plan(source.id, "", (), [aside], "set aside")
        self._placing.complete(source, rows, {})
        self._result.done.append(f"改动过的文件移到了“{target}”，旁边有说明。")

    def _moved(self) -> dict[str, str]:
        """Files in the project folders that are no copies of ours, by sha256: people may have moved them there."""
        store = self._store
        unknown = strangers(store.root, [self._config.projects], self._index.places.known())
        return {hash_file(store.path(path)).sha256: path for path in unknown}

    def _keep_reads(self) -> None:
        """Write kept reads anew that are gone, as far as the index still holds what they said."""
        pages = self._index.pages
        for one in pages.kept_reads():
            if one.digest is None or pages.reads.get(one.sha256, one.digest) is not None:
                continue
            text = pages.all_of(one.source)
            if digest_of(text) == one.digest:
                self._store.remove(pages.reads.path(one.sha256, one.digest))
                pages.keep(one.source, text)
                self._result.done.append(f"识读结果已补写（来源 {one.source}）。")


def _moved_by_people(one: Expected, finding: Discrepancy, where: str) -> Discrepancy:
    advice = f"同样的文件在“{where}”，像是有人移动的：请先运行 archivist ingest，它会按移动后的位置处理。"
    return replace(finding, advice=advice)
