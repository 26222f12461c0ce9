"""Whether the copies people have still stand as they were filed (保管): deleted, edited and replaced files are noticed.

A look costs what the listing costs: a copy whose size, times and inode are as they were when its bytes were proved is
taken to be whole; only another stamp makes it be read again, before anything is said. After `reindex` no stamps are
known, so all copies are read again, a little at every look. Nothing people did is undone here: an altered file stays
as it is, the event log and the project's page say so, and `restore` puts the kept copy back when asked to.

A share that is not connected must not look like a great deletion: a file counts as deleted only when its folder can
be looked into, pages of ours are still there to prove that it is our archive, and a second look agrees.
"""

from __future__ import annotations

import errno
import json
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.core.document import RECEIVED, Document
from archivist.core.standing import ALTERED, GONE
from archivist.core.words.copies import NOT_AS_FILED, put_back, what_became
from archivist.folders.listing import Listing, ProjectPlace, WaitingFile, folders_in
from archivist.index.standings import Standing
from archivist.store.drops import SourceChanged, SourceUnreadable
from archivist.store.layout import DECISION_PAGE, METADATA, STATUS_PAGE
from archivist.system.fingerprints import Fingerprint, fingerprint_of, full_fingerprint_of

if TYPE_CHECKING:
    from archivist.index.writer import Index
    from archivist.store.vault import Store
    from archivist.workspace.config import Config

_MANY = 20
_LONG_SECONDS = 600.0
"""When so many files, and half of all, vanish at once, it takes so long until they count as deleted."""

_READ_AGAIN_BYTES = 256 << 20
_READ_AGAIN_SECONDS = 3.0
"""How much is read again in one look because of a new stamp, and for how long; the rest waits for the next."""

_MOST_TOLD = 20
_PAGES = frozenset({STATUS_PAGE, METADATA})
_METADATA_BYTES = 16 << 20


class Custody:
    """Looks after the filed copies of one workspace. Use it with the write lock held.

    Args:
        aside: lets others write while a file is read again.
    """

    def __init__(
        self,
        store: Store,
        index: Index,
        config: Config,
        aside: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self.store, self.index, self.config, self._aside = store, index, config, aside
        self._settle = max(self.config.intake.settle_seconds, 0.1)
        self._suspected: dict[str, tuple[Fingerprint | None, float]] = {}
        self._known: tuple[tuple[object, ...], list[Standing]] | None = None
        self.warning = ""

    # -- folders ---------------------------------------------------------------------------------------------------

    def folders(self, places: Sequence[ProjectPlace]) -> tuple[bool, list[str]]:
        """Follow project folders that people renamed or moved; make lost ones and lost item folders again.

        Returns whether folders changed, so that the places must be asked anew, and sentences for people.
        """
        lost = [place for place in places if not place.there]
        changed = False
        if lost:
            found = self._elsewhere({place.folder for place in places})
            for place in lost:
                if place.code in found:
                    self._follow(place, found[place.code])
                    changed = True
            lost = [place for place in lost if place.code not in found]
        if lost and self._filed() and not self._proof(places):
            return changed, [self._all_gone()]
        for place in lost:
            self._remake(place.folder, [place.folder / name for name in place.lost], place.code)
            changed = True
        for place in places:
            if place.there and place.lost:
                self._remake(place.folder, [place.folder / name for name in place.lost], place.code)
        return changed, []

    def _elsewhere(self, known: set[Path]) -> dict[str, Path]:
        """Folders in 项目档案, but at no project's place, that hold a project's own description; two are none."""
        found: dict[str, list[Path]] = {}
        top = [path for path in folders_in(self.config.projects) if path not in known]
        for folder in [*top, *(below for path in top for below in folders_in(path) if below not in known)]:
            code = project_described(folder)
            if code is not None:
                found.setdefault(code, []).append(folder)
        return {code: folders[0] for code, folders in found.items() if len(folders) == 1}

    def _follow(self, place: ProjectPlace, now: Path) -> None:
        """A person renamed or moved a project's folder: that is where it is from now on."""
        before, after = self.store.relative(place.folder), self.store.relative(now)
        with self.index.change():
            self.index.projects.place({place.code: after})
            self.index.event("folder", place.code, before=before, path=after)
            self.index.projects.outdate(place.code)
            moved = [one for one in self.index.standings.all() if one.path.startswith(f"{before}/")]
            for one in moved:
                self.index.standings.moved(one, after + one.path[len(before) :])
                row = self.index.documents.find(one.document) if one.document else None
                if row is not None:
                    self._renamed(row, after + one.path[len(before) :])

    def _renamed(self, row: Document, path: str) -> None:
        from dataclasses import replace

        self.index.documents.update(replace(row, path=path), "renamed", before=row.path)

    def _remake(self, folder: Path, items: Iterable[Path], code: str) -> None:
        """Make folders again that people took away: others need them to put files into."""
        from archivist.folders.places import make_folders

        items = list(items)
        make_folders(items)
        with self.index.change():
            for path in items:
                self.index.event("folder", code, path=self.store.relative(path), made="again")
            self.index.projects.outdate(code)

    def _proof(self, places: Sequence[ProjectPlace]) -> bool:
        """Whether any page of ours stands where a project's folder is: the share is connected then."""
        return any(place.pages for place in places)

    def _filed(self) -> bool:
        return bool(self._expected())

    # -- files -----------------------------------------------------------------------------------------------------

    def look(
        self, listing: Listing, places: Sequence[ProjectPlace], young: Sequence[WaitingFile]
    ) -> list[str]:
        """Compare the listing with what should stand, and record what is altered, gone or whole again.

        Args:
            listing: of the project folders. young: files that may still be moved by a person at this moment.

        Returns the paths of copies that are suspected, which a second look has to confirm; ``warning`` tells when so
        much is gone that a deletion is not believed.
        """
        expected = self._expected()
        there = {
            path: listing.known[path] for path in (one.path for one in expected) if path in listing.known
        }
        odd = [one for one in expected if one.path not in there or str(there[one.path]) != one.stamp]
        gone = [one for one in odd if one.path not in there and self._is_gone(one)]
        many = len(gone) >= _MANY and len(gone) * 2 > len(expected)
        self.warning = ""
        if gone and len(gone) == len(expected) and not self._proof(places):
            self.warning = self._all_gone()
            return []
        if many and any(one.state != GONE for one in gone):
            self.warning = f"已归档的文件有 {len(gone)} 件同时不见了，先不当作删除。请检查共享盘是否断开"
        before, self._suspected = self._suspected, {}
        self._pages(places)
        moving = {file.stamp.size for file in young}
        for one in gone:
            if (
                one.state != GONE
                and self._confirmed(one.path, None, before, many)
                and not _moves(one, moving)
                and not self._comes_again(one)
            ):
                self.index.standings.seen_wrong(one, GONE, "", None)
                self._known = None
        self._read_again([one for one in odd if one.path in there], there, before)
        return list(self._suspected)

    def _expected(self) -> list[Standing]:
        version = self.index.standings.version()
        if self._known is None or self._known[0] != version:
            inside = f"{self.config.store.projects}/"
            found = [one for one in self.index.standings.all() if one.path.startswith(inside)]
            self._known = (version, found)
        return self._known[1]

    def _comes_again(self, one: Standing) -> bool:
        """Whether the same bytes were received a moment ago: somebody put the copy into 收件箱, and it is put back."""
        return any(other.state == RECEIVED for other in self.index.sources.with_sha256(one.sha256))

    def _confirmed(
        self,
        path: str,
        stamp: Fingerprint | None,
        before: Mapping[str, tuple[Fingerprint | None, float]],
        many: bool,
    ) -> bool:
        """Whether an earlier look saw the same, long enough ago."""
        clock = time.monotonic()
        seen, since = before.get(path, (stamp, clock))
        if seen != stamp:
            since = clock
        if clock - since >= (_LONG_SECONDS if many else self._settle):
            return True
        self._suspected[path] = (stamp, since)
        return False

    def _is_gone(self, one: Standing) -> bool:
        """Whether there surely is no such file: a folder that cannot be looked into tells nothing."""
        try:
            self.store.path(one.path).lstat()
        except OSError as error:
            return error.errno in {errno.ENOENT, errno.ENOTDIR}
        return False

    def _read_again(
        self,
        odd: Sequence[Standing],
        there: Mapping[str, Fingerprint],
        before: Mapping[str, tuple[Fingerprint | None, float]],
    ) -> None:
        whole, left, until = [], _READ_AGAIN_BYTES, time.monotonic() + _READ_AGAIN_SECONDS
        for one in odd:
            stamp = there[one.path]
            if (
                left <= 0
                or time.monotonic() > until
                or (one.stamp and not self._confirmed(one.path, stamp, before, False))
            ):
                continue
            left -= stamp.size
            seen = self.index.others_wrote()
            with suppress(SourceChanged, SourceUnreadable):
                with self._aside():
                    sha256, _ = self.store.measure(self.store.path(one.path))
                if self.index.others_wrote() != seen:
                    break  # a decision may have moved it: the next look reads it again
                if full_fingerprint_of(self.store.path(one.path)) != stamp:
                    continue  # changed since it was listed: the next look reads it again
                if sha256 == one.sha256:
                    whole.append((one, str(stamp)))
                else:
                    self.index.standings.seen_wrong(one, ALTERED, str(stamp), sha256)
                self._known = None
        if whole:
            self.index.standings.seen_whole(whole)

    def _pages(self, places: Sequence[ProjectPlace]) -> None:
        """Pages of ours that people took away are written anew."""
        decided = self.index.deregistrations.projects()
        away = [
            place.code
            for place in places
            if place.there
            and not _PAGES | ({DECISION_PAGE} if place.code in decided else set()) <= place.pages
        ]
        if away:
            with self.index.change():
                for code in away:
                    self.index.projects.outdate(code)

    # -- telling and putting back ----------------------------------------------------------------------------------

    def alarms(self) -> list[str]:
        """Sentences about all filed copies that are altered or gone."""
        found = self.index.standings.wrong()
        told = [alarm(row["path"], row["state"], row["document"]) for row in found[:_MOST_TOLD]]
        if len(found) > _MOST_TOLD:
            told.append(f"另有 {len(found) - _MOST_TOLD} 件已归档的文件{NOT_AS_FILED}，见 archivist status")
        return told

    def _all_gone(self) -> str:
        return (
            f"“{self.config.store.projects}”里的文件全部不见了，没有当作删除处理。请检查共享盘是否断开；"
            "如果确实被删除，请联系管理员恢复"
        )


def alarm(path: str, state: str, document: str | None) -> str:
    """One sentence: what happened to a filed copy, and the command that puts the kept one back."""
    return f"已归档的“{path}”{what_became(state)}了。收存的原件还在，放回原处：{put_back(document)}"


def project_described(folder: Path) -> str | None:
    """The code of the project whose own description stands in ``folder``, if one does."""
    path = folder / METADATA
    try:
        if fingerprint_of(path) is None or path.stat().st_size > _METADATA_BYTES:
            return None
        told = json.loads(path.read_bytes())
        code = told["project"]["code"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return code if isinstance(code, str) else None


def same_file(known: Path, found: Path) -> bool:
    """Whether two names that differ in case only are one file: a file system may not tell such names apart."""
    if known.name == found.name or os.path.normcase(known).casefold() != os.path.normcase(found).casefold():
        return False
    try:
        return known.name not in os.listdir(known.parent) and known.samefile(found)  # noqa: PTH208 (names as they are)
    except OSError:
        return False


def _moves(one: Standing, sizes: set[int]) -> bool:
    """Whether a young file may be this copy, moved a moment ago."""
    size = one.stamp.partition(" ")[0]
    return size.isdecimal() and int(size) in sizes
