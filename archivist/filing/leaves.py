"""Files of one page that make up a document together (多个文件为一件), whether they came at once or one after the other.

What came at once is judged together before the first of it is filed; what comes later is judged with what was kept of
the pages before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from archivist.core.identify.naming import REACH, apart, folder_of, in_series
from archivist.core.identify.series import Leaf, Verdict, judged, nth
from archivist.core.identify.split import is_empty
from archivist.core.identify.whole import Thresholds, identify, identify_part
from archivist.core.model import Candidate, Evidence, Status
from archivist.core.page import Extract, Line, Page
from archivist.core.words.evidence import JOINED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.core.document import Document, Source
    from archivist.core.identification import Identification
    from archivist.core.identify.register_index import RegisterIndex
    from archivist.core.rules import Annex
    from archivist.index.writer import Index

_MOST_KEPT = 4 * REACH
_SAME_DAYS = timedelta(days=1)
_OF_FOLDER = 0.6
"""A folder's name says less than the paper: so much of the score it would have as a title."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What pages are identified by."""

    annex: Annex
    register: RegisterIndex
    limits: Thresholds


class Leaves:
    """Judges files as pages of documents.

    What was read in one pass and is not filed yet is told with `keep`, and forgotten with `forget`.
    """

    def __init__(self, index: Index, rules: Rules) -> None:
        self._index, self._rules = index, rules
        self._together: dict[str, Extract] = {}
        self._own: dict[str, list[Identification]] = {}
        self._leaf: dict[str, Leaf | None] = {}
        self._verdicts: dict[tuple[str, ...], dict[str, Verdict]] = {}

    def renew(self, rules: Rules) -> None:
        """Judge by other rules from now on: the register or what people taught changed."""
        self._rules = rules
        self._own.clear()
        self._leaf.clear()
        self._verdicts.clear()

    def keep(self, name: str, extract: Extract) -> None:
        """A file was read and waits for being filed."""
        if in_series(name) is not None:
            self._together.setdefault(name, extract)

    def forget(self, names: Iterable[str]) -> None:
        """Files are filed: what is kept of them is in the index."""
        self._verdicts.clear()
        for name in names:
            self._together.pop(name, None)
            self._own.pop(name, None)
        self._leaf = {name: leaf for name, leaf in self._leaf.items() if name in self._together}

    def identified(self, source: Source, extract: Extract) -> list[Identification]:
        """The documents a source holds, each with what its fellows say of it."""
        self.keep(source.name, extract)
        found = self._judged(source, self._identified(source.name, extract))
        if source.name not in self._together:
            self._own.clear()
        return hinted(found, source.name, self._rules)

    def _identified(self, name: str, extract: Extract) -> list[Identification]:
        if name not in self._own:
            rules = self._rules
            self._own[name] = identify(extract, rules.annex, rules.register, rules.limits)
        return self._own[name]

    def _judged(self, source: Source, found: list[Identification]) -> list[Identification]:
        """What a source is as a page of its series, or ``found`` when it is a document by itself."""
        name = source.name
        place = in_series(name)
        if place is None or len(found) != 1 or self._leaf_of(name) is None:
            return found
        earlier = self._earlier(source)
        names = {one for one in self._together if _near(one, name)} | set(earlier)
        leaves = [leaf for one in names if (leaf := self._leaf_of(one, earlier)) is not None]
        if len(leaves) < 2:
            return found
        leaves.sort(key=lambda leaf: (leaf.place.order, leaf.name))
        key = tuple(leaf.name for leaf in leaves)
        if key not in self._verdicts:
            self._verdicts[key] = judged(leaves, self._rules.annex, self._identify)
        verdict = self._verdicts[key].get(name)
        if verdict is None:
            return found
        return [self._after(verdict, earlier)]

    def _identify(self, pages: Sequence[Page]) -> Identification:
        return identify_part(pages, self._rules.annex, self._rules.register, self._rules.limits)

    def _after(self, verdict: Verdict, earlier: Mapping[str, int]) -> Identification:
        """A page whose first ones are filed, or wait, already: it goes where they are, or waits as they do."""
        found = verdict.found
        before = [one for one in verdict.leaves[: verdict.number - 1] if one in earlier]
        if not before:
            return found
        row = self._only(earlier[before[0]])
        first, last = (name.rpartition("/")[2] for name in (before[0], before[-1]))
        if row is None or row.status is not Status.FILED or row.project is None or row.item is None:
            told = f"可能是“{first}”的第{verdict.number}页，那一份还没有归档"
            return replace(found, decided=(), reasons=(told, *found.reasons)) if found.decided else found
        winner = Candidate(row.project, row.item, 0.9, (Evidence(1, last, JOINED),))
        rest = tuple(c for c in found.candidates if (c.project, c.item) != (row.project, row.item))
        if not verdict.sure:
            return replace(found, candidates=(winner, *rest), decided=())
        title = row.title and f"{row.title}{nth(verdict.number)}"
        told = f"与“{first}”是同一份材料，第{verdict.number}页"
        return replace(found, candidates=(winner, *rest), decided=(winner,), title=title, reasons=(told,))

    def _only(self, source: int) -> Document | None:
        rows = self._index.documents.of(source)
        return rows[0] if len(rows) == 1 else None

    def _earlier(self, source: Source) -> dict[str, int]:
        """What came before and is done with, of the same series: the source by name."""
        place = in_series(source.name)
        if place is None or not (place.photo or self._unclear(source.name)):
            return {}
        stem = place.key.partition("\0")[0]
        called = self._index.sources.called_like(source.origin, stem, _MOST_KEPT)
        return {
            name: identity
            for name, identity in called.items()
            if name not in self._together and identity != source.id and self._fits(name, identity, source)
        }

    def _fits(self, name: str, identity: int, source: Source) -> bool:
        """Whether a file done with is of the same days, and comes before in the series or still waits.

        Names such as 1.jpg are used again and again: what was filed is no further page of what comes now.
        """
        one, other = in_series(name), in_series(source.name)
        if one is None or other is None or not 0 < apart(one, other) <= REACH:
            return False
        row = self._only(identity)
        after = one.order > other.order and (row is None or row.status is not Status.REVIEW)
        return not after and same_days(self._index.sources.get(identity), source)

    def _unclear(self, name: str) -> bool:
        """Whether a page by itself is not filed: of a PDF only then earlier ones are looked up."""
        leaf = self._leaf_of(name)
        return leaf is not None and not leaf.found.decided

    def _leaf_of(self, name: str, earlier: Mapping[str, int] | None = None) -> Leaf | None:
        if name not in self._leaf:
            extract = self._together.get(name)
            if extract is None and earlier and name in earlier:
                kept = self._index.pages.kept(earlier[name])
                row = self._only(earlier[name])
                usable = kept is not None and row is not None and row.status in {Status.FILED, Status.REVIEW}
                extract = Extract("kept", kept or ()) if usable else None
            self._leaf[name] = self._made(name, extract) if extract is not None else None
        return self._leaf[name]

    def _made(self, name: str, extract: Extract) -> Leaf | None:
        place = in_series(name)
        if place is None or extract.failure or len(extract.pages) != 1 or is_empty(extract.pages[0]):
            return None
        (found,) = self._identified(name, extract)
        return Leaf(name, place, extract.pages[0], found, extract.doubt)


def same_days(one: Source, other: Source) -> bool:
    """Whether two files came within a day of each other."""
    there, here = (datetime.fromisoformat(source.received) for source in (one, other))
    return abs(here - there) <= _SAME_DAYS


def _near(one: str, other: str) -> bool:
    a, b = in_series(one), in_series(other)
    return a is not None and b is not None and apart(a, b) <= REACH


def hinted(found: list[Identification], name: str, rules: Rules) -> list[Identification]:
    """Give what waits without any guess the one that the name of its folder makes (桐子垭村会议记录), and tell it."""
    folder = folder_of(name)
    if not folder or any(one.decided or not one.archival for one in found):
        return found
    said = identify_part((Page(1, (Line(folder),)),), rules.annex, rules.register, rules.limits)
    return [_with_hint(one, said.candidates, folder) for one in found]


def _with_hint(one: Identification, said: Iterable[Candidate], folder: str) -> Identification:
    if any(guess.item is not None for guess in one.candidates):
        return one
    item = next((guess.item for guess in said if guess.item is not None), None)
    if item is None:
        return one
    evidence = Evidence(one.first, folder, "文件夹的名称")
    own = [replace(guess, item=item, evidence=(*guess.evidence, evidence)) for guess in one.candidates]
    projects = [guess for guess in said if guess.project is not None]
    more = [
        Candidate(guess.project, item, round(guess.score * _OF_FOLDER, 3), (evidence,)) for guess in projects
    ]
    guesses = tuple(own or more or [Candidate(None, item, 0.3, (evidence,))])
    told = f"文件放在“{folder}”文件夹里，按文件夹的名称猜的"
    return replace(one, candidates=guesses, reasons=(*one.reasons, told))
