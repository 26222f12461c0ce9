"""A project called by its village and its product alone (石梯村冬菜厂): told from the village's other projects.

People shorten names: 宝顶镇石梯村冬菜加工车间建设项目 becomes 石梯村冬菜厂. Compared letter by letter that fits several
projects of the village about equally; but the village has only one project with 冬菜 in its name, and the words stand
right behind the village's name. That is as good as the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archivist.core.identify.register_index import PHASE, Entry, RegisterIndex
from archivist.core.patterns import lazily

_REACH = 22
"""Characters behind the village's name in which the product must stand: what follows is another matter."""
_GAP = 6
_DIGITS = lazily(r"[0-9]+")
_SUFFIX = lazily(r"(?:村|社区|居委会)$")
_PROJECT_WORDS = lazily(
    r"项目|基地|加工|养殖|种植|产业|厂|场|园|车间|大棚|中心|冷库|库|站|点|圈舍|作坊|民宿|合作社"
)


@dataclass(frozen=True, slots=True)
class ShortName:
    """Where a project is called by village and product: offsets in the folded text."""

    start: int
    end: int


def short_names(text: str, codes: Iterable[str], index: RegisterIndex) -> dict[str, ShortName]:
    """Return the projects that folded ``text`` singles out by village and product, with the place.

    Args:
        codes: projects the text may be about; the other projects of their villages are looked at, too.
    """
    found: dict[str, ShortName] = {}
    groups = {(entry.township, entry.village) for code in codes if (entry := index.entries[code]).village}
    for township, village in sorted(groups):
        group = [index.entries[code] for code in index.siblings.get((township, village), ())]
        if _certain_place(text, township, village, index):
            for start, words in _behind(text, village):
                found.update(_only_one(group, start, words))
    return found


def _certain_place(text: str, township: str, village: str, index: RegisterIndex) -> bool:
    """Whether the village meant is this one: its township is named, or no other township has one so called."""
    return bool(township and township in text) or len(index.townships_of.get(village, ())) == 1


def _behind(text: str, village: str) -> list[tuple[int, str]]:
    """The words behind each mention of the village (also without 村), with the offset where they begin."""
    stem = _SUFFIX.sub("", village)
    names = [village] if len(stem) < 2 else [village, stem]
    found = []
    for name in names:
        at = text.find(name)
        while at >= 0:
            found.append((at, text[at + len(name) : at + len(name) + _REACH]))
            at = text.find(name, at + len(name))
    return found


def _only_one(group: list[Entry], start: int, words: str) -> Mapping[str, ShortName]:
    """The project of ``group`` (phases and years of one product count as one) that ``words`` speak of, if any."""
    spoken = {entry.project.code: _spoken(entry, words) for entry in group}
    told = {code: pairs for code, pairs in spoken.items() if pairs}
    best = max(told, key=lambda code: (len(told[code]), code), default=None)
    if best is None or not _PROJECT_WORDS.search(words):
        return {}
    products = {entry.project.code: _without_phase(entry) for entry in group}
    alike = {code for code in told if products[code] == products[best]}
    if any(not pairs < told[best] for code, pairs in told.items() if code not in alike):
        return {}
    end = start + _REACH
    return {code: ShortName(start, end) for code in alike}


def _without_phase(entry: Entry) -> str:
    """What was built, whichever the phase, the plot or the year."""
    return _DIGITS.sub("", PHASE.sub("", entry.core))


def _spoken(entry: Entry, words: str) -> frozenset[str]:
    """The telling pairs of characters of a project's core that stand in ``words``, the first of them near the start."""
    pairs = entry.telling
    hits = {pair for pair in pairs if pair in words}
    near = any(words.find(pair) <= _GAP for pair in hits)
    return frozenset(hits) if near else frozenset()
