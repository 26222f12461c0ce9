"""Taking people's decisions back (撤销): documents are and stand as they did before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from archivist.core.document import Document, Source
from archivist.core.filing import guessed, waiting_folder, waiting_name
from archivist.core.model import Candidate, Status
from archivist.core.naming import safe_suffix
from archivist.decisions.deciding import part_of
from archivist.errors import UsageError
from archivist.folders.places import folders_of
from archivist.index.decisions import Decided

if TYPE_CHECKING:
    from archivist.decisions.carrying import Carrying
    from archivist.filing.knowledge import Knowledge
    from archivist.filing.placing import Placing
    from archivist.filing.shelving import Shelving
    from archivist.index.writer import Index
    from archivist.store.vault import Store
    from archivist.workspace.config import Config


class Undoing:
    """Takes decisions back in one workspace. Use it with the write lock held."""

    def __init__(
        self,
        store: Store,
        index: Index,
        config: Config,
        shelving: Shelving,
        placing: Placing,
        knowledge: Knowledge,
        carrying: Carrying,
    ) -> None:
        self._store, self._index, self._config = store, index, config
        self._shelving, self._placing, self._knowledge = shelving, placing, knowledge
        self._carrying = carrying

    def undo(self, decision: Decided) -> list[Document]:
        """Take a decision back: its documents are and stand as before it, parts it had made are joined again.

        Raises:
            UsageError: one of its documents was decided again since; that must be undone first.
        """
        later = self._index.decisions.later_on(decision)
        if later is not None:
            raise UsageError(
                f"材料 {later} 后来又有别的决定，请先撤销那一个：archivist undo {later}，再撤销这一个。"
            )
        source = self._index.sources.get(decision.source)
        standing = [row for one in decision.documents if (row := self._index.documents.find(one))]
        restored = [self._as_before(row) for row in decision.before]
        stays = {self._store.raw(self._store.path(row.path)) for row in restored if row.path}
        going = [one for row in standing for one in self._carrying.given_up(row) if one.path not in stays]
        with self._index.change():
            self._index.sources.decide(
                source.id, restored, [], going, "undone", decision=decision.seq, was=decision.act
            )
            self._index.decisions.take_back(decision, restored)
            self._carrying.drop_combined(source)
        return list(self._placing.complete(source, restored, self._knowledge.places))

    def remember_drop(self, source: Source, rows: Sequence[Document], seq: int | None = None) -> bool:
        """Keep what it takes to undo that a person put a new file into an item's folder: undone, it waits in 待确认.

        Call it inside ``change``, once such a file is planned (by the event ``seq``, else the last one). False when
        ``rows`` were not decided so.
        """
        dropped = [row for row in rows if row.status is Status.FILED and row.decided_by and row.path]
        if source.decided_item is None or not dropped:
            return False
        before = [self._undecided(source, row) for row in dropped]
        self._index.decisions.record("dropped", self._index.decisions.next_batch(), before, [], [], seq)
        return True

    def _undecided(self, source: Source, row: Document) -> Document:
        """A file dropped into an item's folder as if nobody had decided about it."""
        best = row.candidates[0] if row.candidates else Candidate(None, None, 0.0)
        project, item = guessed(best, self._config.identification.guess_threshold)
        suffix = safe_suffix(row.path or "")
        name = waiting_name(source.name, part_of(row, source))
        name = name.removesuffix(safe_suffix(name)) + suffix
        folder = waiting_folder(folders_of(self._config), project, source.name, self._knowledge.places)
        return replace(
            row,
            status=Status.REVIEW,
            project=project,
            item=item,
            confidence=best.score,
            decided_by=None,
            reasons=("曾放入归档文件夹，这个决定已经撤销，请重新确认", *row.reasons[1:]),
            path="/".join((*folder, name)),
        )

    def _as_before(self, row: Document) -> Document:
        """A document as it was; at the next free name if its place was taken meanwhile."""
        now = self._index.documents.find(row.id)
        if row.path is None or (now is not None and now.path == row.path):
            return row
        folder, _, name = row.path.rpartition("/")
        return replace(row, path=self._shelving.free(folder, name))
