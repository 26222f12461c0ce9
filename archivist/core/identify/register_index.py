"""The register made searchable: which projects could a text be about, without reading every name.

A name is cut into pairs of characters (bigrams). A pair that few projects share says much, one that all share (项目,
养殖) says little: each weighs its inverse document frequency. Only the projects that gather most weight from a text
are compared with it letter by letter, so that cost per document grows with the index's postings, not the register.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import add

from archivist.core.patterns import lazily
from archivist.core.project import Project
from archivist.core.text import fold

_CONFUSED = str.maketrans({"o": "0", "q": "0", "d": "0", "l": "1", "i": "1", "z": "2", "s": "5", "b": "8"})
_CODE_RUN = lazily(r"[0-9a-z]{4,}")
_VILLAGE = lazily(r"([一-龥]{1,6}?(?:村|社区|居委会))")
_COMMON = 0.2
_MAX_POSTINGS = 4000
_SHORTEST_NAME = 6

PHASE = lazily(
    r"(?:第?[一二三四五六七八九十1-9](?:期|批|标段|号(?!楼|桥))|[甲乙丙丁东西南北上下](?:片区|区|片|组|场)|[0-9]{2,5}亩)"
)


def code_key(code: str) -> str:
    """Fold a project code (项目编号) so that 0/O, 1/l and dashes do not matter."""
    return fold(code).translate(_CONFUSED)


@dataclass(frozen=True, slots=True)
class Entry:
    """One project, prepared for comparison.

    Attributes:
        name: folded name. core: the name without its place. weights: for each character of ``name``, how much it
            distinguishes this project from the others (sums to 1).
        phases: the parts such as 一期, 2标段, 东区 that tell siblings apart, as folded text.
        telling: the pairs of characters that name the product.
    """

    project: Project
    name: str
    core: str
    core_at: int
    township: str
    village: str
    operator: str
    weights: tuple[float, ...]
    phases: tuple[str, ...]
    telling: frozenset[str] = frozenset()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterIndex:
    """All projects and the ways to reach them from a text."""

    entries: Mapping[str, Entry]
    postings: Mapping[str, tuple[str, ...]]
    idf: Mapping[str, float]
    codes: Mapping[str, tuple[str, ...]]
    code_lengths: tuple[int, ...]
    hanzi_codes: tuple[tuple[str, str], ...]
    aliases: tuple[tuple[str, str], ...] = ()
    townships: frozenset[str] = field(default_factory=frozenset)
    siblings: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """Projects by (township, village)."""
    townships_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The townships that have a village of a name."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Folded names by code."""

    def nearest(self, text: str, limit: int = 40) -> list[str]:
        """Return the codes of up to ``limit`` projects whose names share most with ``text``, best first."""
        gathered: dict[str, float] = defaultdict(float)
        for pair in sorted(set(map(add, text, text[1:])) & self.idf.keys()):
            weight = self.idf[pair]
            for code in self.postings.get(pair, ()):
                gathered[code] += weight
        nearest = sorted(gathered, key=lambda code: (-gathered[code], code))[:limit]
        return [*nearest, *(code for alias, code in self.aliases if alias in text and code not in nearest)]

    def codes_in(self, text: str) -> dict[str, int]:
        """Return the projects whose code stands in folded ``text``, with the offset of the first place."""
        found: dict[str, int] = {}
        for run in _CODE_RUN.finditer(text):
            confused = run.group().translate(_CONFUSED)
            for length in self.code_lengths:
                for at in range(len(confused) - length + 1):
                    for code in self.codes.get(confused[at : at + length], ()):
                        found.setdefault(code, run.start() + at)
        for key, code in self.hanzi_codes:
            at = text.find(key)
            if at >= 0:
                found.setdefault(code, at)
        return found


def build_index(
    projects: Iterable[Project],
    generic: Sequence[str] = (),
    aliases: Mapping[str, tuple[str, ...]] | None = None,
    former: Mapping[str, Sequence[str]] | None = None,
) -> RegisterIndex:
    """Index the register. Pure: the same projects give the same index.

    Args:
        projects: the register.
        generic: words that many names share (schemas/annex4.toml ``names.generic``).
        aliases: other names of projects, folded, learned from people's decisions.
        former: numbers that projects had before (曾用编号), by their numbers of now.
    """
    listed = list(projects)
    names = {project.code: fold(project.name) for project in listed}
    counts: dict[str, int] = defaultdict(int)
    for name in names.values():
        for pair in _pairs(name):
            counts[pair] += 1
    idf = {pair: math.log(1 + len(listed) / count) for pair, count in counts.items()}
    entries = _Entries(listed, names, idf, generic, aliases or {})
    places = [(project.code, *_place(project, names[project.code])) for project in listed]
    codes, hanzi = _code_maps([*_numbers(listed, former or {})])
    return RegisterIndex(
        entries=entries,
        postings=_postings(names, counts, len(listed)),
        idf=idf,
        codes=codes,
        code_lengths=tuple(sorted({len(key) for key in codes}, reverse=True)),
        hanzi_codes=hanzi,
        aliases=tuple((words, code) for code in entries for words in (aliases or {}).get(code, ())),
        townships=frozenset(township for _, township, _ in places if township),
        siblings=_siblings(places),
        townships_of=_townships_of(places),
        names=names,
    )


def former_names(
    projects: Sequence[Project],
    before: Mapping[str, Iterable[tuple[str, str]]],
    learned: Mapping[str, tuple[str, ...]],
) -> dict[str, tuple[str, ...]]:
    """What else projects are called: learned names, and those the register had before, unless another has them now.

    Args:
        before: (number, name) that projects had before, by their numbers of now.
    """
    found = dict(learned)
    names = {project.code: fold(project.name) for project in projects} if before else {}
    for code, told in before.items():
        for name in dict.fromkeys(fold(name) for _, name in told):
            if len(name) >= _SHORTEST_NAME and not any(name in other for other in names.values()):
                found[code] = (*found.get(code, ()), name)
    return found


class _Entries(Mapping[str, Entry]):
    """The projects prepared for comparison, each when it is first asked for: a text is compared with few of many."""

    def __init__(
        self,
        projects: Iterable[Project],
        names: Mapping[str, str],
        idf: Mapping[str, float],
        generic: Sequence[str],
        aliases: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._projects = {project.code: project for project in projects}
        self._names, self._idf, self._generic, self._aliases = names, idf, generic, aliases
        self._made: dict[str, Entry] = {}

    def __getitem__(self, code: str) -> Entry:
        made = self._made.get(code)
        if made is None:
            made = _entry(self._projects[code], self._names[code], self._idf, self._generic)
            if code in self._aliases:
                made = replace(made, aliases=self._aliases[code])
            self._made[code] = made
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._projects)

    def __len__(self) -> int:
        return len(self._projects)


def _siblings(places: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Codes by (township, village); ``places`` are (code, township, village)."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, township, village in places:
        if village:
            found[township, village].append(code)
    return {place: tuple(codes) for place, codes in found.items()}


def _townships_of(places: Iterable[tuple[str, str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for _, township, village in places:
        if village:
            found[village].add(township)
    return {village: frozenset(townships) for village, townships in found.items()}


def _pairs(name: str) -> set[str]:
    return {name[at : at + 2] for at in range(len(name) - 1)}


def _postings(names: Mapping[str, str], counts: Mapping[str, int], total: int) -> dict[str, tuple[str, ...]]:
    """Project lists by pair; pairs that a large share of a large register holds are left out."""
    gathered: dict[str, list[str]] = defaultdict(list)
    ceiling = max(200, min(_MAX_POSTINGS, int(_COMMON * total)))
    for code, name in names.items():
        for pair in _pairs(name):
            if counts[pair] <= ceiling:
                gathered[pair].append(code)
    return {pair: tuple(codes) for pair, codes in gathered.items()}


def _numbers(projects: Iterable[Project], former: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Each project's numbers, written and of now: papers of before cite the number of then."""
    for project in projects:
        for number in (project.code, *former.get(project.code, ())):
            yield number, project.code


def _code_maps(
    numbers: Iterable[tuple[str, str]],
) -> tuple[dict[str, tuple[str, ...]], tuple[tuple[str, str], ...]]:
    plain: dict[str, list[str]] = defaultdict(list)
    hanzi: list[tuple[str, str]] = []
    for number, code in numbers:
        key = code_key(number)
        if len(key) < 4:
            continue
        if not key.isascii():
            hanzi.append((fold(number), code))
        elif code not in plain[key]:
            plain[key].append(code)
    return {key: tuple(codes) for key, codes in plain.items()}, tuple(hanzi)


def _entry(project: Project, name: str, idf: Mapping[str, float], generic: Sequence[str]) -> Entry:
    township, village = _place(project, name)
    core_at = _core_at(name, township, village)
    return Entry(
        project=project,
        name=name,
        core=name[core_at:],
        core_at=core_at,
        township=township,
        village=village,
        operator=fold(project.operator),
        weights=_weights(name, core_at, idf, generic),
        phases=tuple(match.group() for match in PHASE.finditer(name[core_at:])),
        telling=telling(name[core_at:], frozenset(_covered(name[core_at:], generic))),
    )


def telling(core: str, dull: frozenset[int]) -> frozenset[str]:
    """The pairs of characters of a name's ``core`` that name the product: no word that many names share, no phase.

    Args:
        dull: places in ``core`` that such words cover.
    """
    phases = {at for match in PHASE.finditer(core) for at in range(match.start(), match.end())}
    return frozenset(
        core[at : at + 2]
        for at in range(len(core) - 1)
        if not {at, at + 1} <= dull and not {at, at + 1} & phases and not core[at : at + 2].isdigit()
    )


def _place(project: Project, name: str) -> tuple[str, str]:
    """Township and village, folded."""
    return fold(project.township), _village(project, name)


def _village(project: Project, name: str) -> str:
    given = fold(project.village)
    if given:
        return given
    township = fold(project.township)
    at = name.find(township) + len(township) if township and township in name else 0
    match = _VILLAGE.search(name[at:])
    return match.group(1) if match else ""


def _core_at(name: str, township: str, village: str) -> int:
    """Where the place in front of the name ends and what was built begins."""
    end = 0
    for place in (township, village, village.removesuffix("村") if len(village) > 2 else ""):
        at = name.find(place) if place else -1
        if 0 <= at <= 14:
            end = max(end, at + len(place))
    if end and name[end : end + 1] == "村":
        end += 1
    return end if end < len(name) - 1 else 0


def _weights(name: str, core_at: int, idf: Mapping[str, float], generic: Sequence[str]) -> tuple[float, ...]:
    """How much each character of a name tells, as shares of 1: the product most, words such as 种植基地 least."""
    dull = _covered(name, generic)
    raw = []
    for at in range(len(name)):
        pairs = [name[at - 1 : at + 1]] if at else []
        if at < len(name) - 1:
            pairs.append(name[at : at + 2])
        rarity = sum(idf.get(pair, 0.0) for pair in pairs) / max(1, len(pairs)) + 0.3
        raw.append(rarity * (0.8 if at < core_at else 0.25 if at in dull else 1.5))
    total = sum(raw) or 1.0
    return tuple(value / total for value in raw)


def _covered(name: str, words: Sequence[str]) -> set[int]:
    """Places in ``name`` that any of ``words`` covers."""
    places: set[int] = set()
    for word in words:
        at = name.find(word)
        while at >= 0:
            places.update(range(at, at + len(word)))
            at = name.find(word, at + 1)
    return places
