"""What people say by moving our files (拖放): a copy put into a project's folder, or taken away, is a decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from archivist.core.document import RECEIVED, Document
from archivist.core.model import Status
from archivist.core.words.moved import came_along, put_back, stays_waiting
from archivist.decisions.deciding import dragged
from archivist.ingest.hands import by_whoever_owns
from archivist.preservation.custody import project_described, same_file
from archivist.system.fingerprints import Fingerprint, fingerprint_of

if TYPE_CHECKING:
    from archivist.decisions.deciding import Deciding
    from archivist.filing.notes import Notes
    from archivist.filing.placing import Placing
    from archivist.folders.listing import WaitingFile
    from archivist.index.writer import Index
    from archivist.store.vault import Store
    from archivist.workspace.config import Config


class Moves:
    """Understands what was moved in the folders of one workspace, and has it carried out."""

    def __init__(
        self,
        store: Store,
        index: Index,
        config: Config,
        deciding: Deciding,
        placing: Placing,
        notes: Notes,
    ) -> None:
        self._store, self._index, self._config = store, index, config
        self._deciding, self._placing, self._notes = deciding, placing, notes

    def moved(self, file: WaitingFile, sha256: str, stamp: Fingerprint) -> Document | None:
        """Carry out what moving one of our copies into a project folder says; None when the file is new to us.

        Args:
            sha256, stamp: of the file, as it was read a moment ago.
        """
        with by_whoever_owns(self._index, self._store, file.path):
            return self._moved(file, sha256, stamp)

    def _moved(self, file: WaitingFile, sha256: str, stamp: Fingerprint) -> Document | None:
        row = next(
            (row for row in self._index.documents.with_copy(sha256) if self._moveable(row, file)), None
        )
        if row is None or file.project is None:
            return None
        if (
            row.status is Status.FILED
            and row.project != file.project
            and self._came_with_its_folder(row, file)
        ):
            return None
        item, drag = file.item, dragged(self._store.raw(file.path), sha256, stamp)
        if row.status is Status.FILED and row.project == file.project and item in {None, row.item}:
            if item is not None and file.path.name.isprintable():
                return self._deciding.renamed(row, self._store.relative(file.path))
            item = row.item
        if item is None:
            return self._deciding.put_back(row, file.project, drag)
        return self._deciding.assign(row, file.project, item, "放入归档文件夹", drag)

    def set_aside(self, file: WaitingFile, sha256: str, stamp: Fingerprint) -> Document | None:
        """Carry out what moving one of our copies into 待确认 or 退回 says; None when it is none of ours, or a copy more.

        Into 待确认: "not this", it waits again. Into 退回: it is not to be archived. Where there is a register of people
        folders file and nothing else: then it is put back, and told.

        Args:
            sha256, stamp: of the file, as it was read a moment ago.
        """
        with by_whoever_owns(self._index, self._store, file.path):
            return self._set_aside(file, sha256, stamp)

    def _set_aside(self, file: WaitingFile, sha256: str, stamp: Fingerprint) -> Document | None:
        row = next((row for row in self._index.documents.with_copy(sha256) if self._away(row)), None)
        if row is None:
            return None
        waits = self._config.review in file.path.parents
        where = self._config.store.review if waits else self._config.store.rejected
        drag = dragged(self._store.raw(file.path), sha256, stamp)
        if row.status is (Status.REVIEW if waits else Status.REJECTED) and row.path is not None:
            return self._deciding.renamed(row, self._store.relative(file.path))
        if row.status is Status.FILED and self._came_with_its_folder(row, file):
            return self._deciding.stays(row, came_along(where), drag)
        if self._index.people.any() and row.path is not None:
            return self._deciding.stays(row, put_back(where), drag)
        return (self._deciding.take_back if waits else self._deciding.give_back)(row, file.path, drag)

    def tell_stranger(self, file: WaitingFile) -> None:
        """A file that somebody put into 退回 themselves: it is left alone, and a note beside it says so."""
        self._notes.write_left(file.path)

    def is_told(self, file: WaitingFile) -> bool:
        """Whether a note stands beside a file in 退回."""
        return fingerprint_of(self._notes.path(self._store.relative(file.path))) is not None

    def _away(self, row: Document) -> bool:
        """Whether a document's copy is not where it should stand, and its bytes are kept."""
        if row.status not in {Status.FILED, Status.REVIEW, Status.REJECTED}:
            return False
        if row.path is not None and fingerprint_of(self._store.path(row.path)) is not None:
            return False
        return self._index.sources.get(row.source).vault is not None

    def _came_with_its_folder(self, row: Document, file: WaitingFile) -> bool:
        """Whether a whole project folder slipped into another project's: nobody decided on each file in it."""
        config = self._config
        ends = {config.projects, config.review, config.rejected}
        inside = takewhile(lambda folder: folder not in ends, file.path.parents)
        return any(project_described(folder) == row.project for folder in inside)

    def _moveable(self, row: Document, file: WaitingFile) -> bool:
        """Whether a document may be what was moved: it waits, or was read and sent back, or is gone from its place."""
        if row.status is Status.REVIEW:
            return True
        if row.status is Status.REJECTED:
            source = self._index.sources.get(row.source)
            return bool(source.pages) and source.vault is not None
        return (
            row.status is Status.FILED
            and row.path is not None
            and (
                fingerprint_of(self._store.path(row.path)) is None
                or same_file(self._store.path(row.path), file.path)
            )
        )

    def dismissed(self, waiting: Sequence[Document]) -> list[Document]:
        """Documents a person took out of 待确认 without putting them anywhere we look.

        When all that waits in a folder is gone at once, notes and all, the folder is: then nobody decided anything, and
        the copies are put back. So they are where there is a register of people: a folder may file, and nothing else.
        """
        gone = [
            row
            for row in waiting
            if row.path and fingerprint_of(self._store.path(row.path)) is None and not self._comes_again(row)
        ]
        noted = [row for row in gone if row.path and fingerprint_of(self._notes.path(row.path)) is not None]
        folders = Counter(_folder(row) for row in waiting)
        gone_from, noted_in = Counter(_folder(row) for row in gone), {_folder(row) for row in noted}
        lost = {
            folder
            for folder, count in gone_from.items()
            if 1 < count == folders[folder] and folder not in noted_in
        }
        back = [row for row in gone if _folder(row) in lost]
        for source in sorted({row.source for row in back}):
            self._placing.restore(self._index.sources.get(source))
        left = [row for row in gone if row not in back]
        if self._index.people.any():
            told = stays_waiting(self._config.store.review)
            return [self._deciding.stays(row, told) for row in left]
        return [self._deciding.dismiss(row) for row in left]

    def _comes_again(self, row: Document) -> bool:
        """Whether what waited was put into 收件箱 a moment ago: it is about to be read once more."""
        return any(
            other.state == RECEIVED for other in self._index.sources.with_sha256(row.path_sha256 or "")
        )

    def rewrite_notes(self, waiting: Sequence[Document]) -> None:
        """Notes that people took away from beside what still waits for them."""
        for row in waiting:
            if row.path and fingerprint_of(self._notes.path(row.path)) is None:
                self._notes.again(row)


def _folder(row: Document) -> str:
    return (row.path or "").rpartition("/")[0]
