"""What a person's decisions teach (从人工确认中学习): other names of a project, other titles of an item.

A lesson is a few words and what they stand for. It is drawn only from words that plainly belong to the decision, and
dropped as soon as two decisions disagree on the same words; so learning can only add certainty, never trade it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from archivist.core.identify.kind import read_kind
from archivist.core.identify.register_index import RegisterIndex
from archivist.core.identify.titles import strip_tail
from archivist.core.page import Page
from archivist.core.patterns import lazily
from archivist.core.rules import Annex
from archivist.core.text import fold

_QUOTED = lazily(r"[“\"《「『]([^”\"》」』]{5,36})[”\"》」』]")
_LABELLED = lazily(r"项目名称\s*[：:]?\s*([^\s：:，。；]{5,36})")
_SHORTEST_NAME, _SHORTEST_ENDING = 6, 3
_LONGEST_ENDING = 14
_TOP = 5
_RUNNING = lazily(r"[，。；！？：:]")


@dataclass(frozen=True, slots=True)
class Lesson:
    """Words (folded) and what they stand for: a project's code, or an item's number."""

    words: str
    project: str | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Learned:
    """All lessons that no decision contradicts: aliases by project code, title endings by item."""

    names: Mapping[str, tuple[str, ...]]
    endings: Mapping[int, tuple[str, ...]]


def lessons_of(
    pages: Sequence[Page], project: str, item: int, index: RegisterIndex, annex: Annex | None = None
) -> list[Lesson]:
    """Return what the decision "these pages are ``item`` of ``project``" teaches; often nothing.

    Args:
        annex: the rules; what they send back (an invoice, a notice) teaches no title, whoever filed it.
    """
    entry = index.entries.get(project)
    if entry is None or not pages:
        return []
    found = [Lesson(words, project=project) for words in _names(pages, project, index)]
    ending = _ending(pages[0], entry.name, entry.village)
    if ending and not (annex is not None and read_kind(pages, annex).reject):
        found.append(Lesson(ending, item=item))
    return found


def _names(pages: Sequence[Page], project: str, index: RegisterIndex) -> list[str]:
    """Names in quotes or behind 项目名称 that share words with this project's name and are no other's."""
    text = "".join(line.text.strip() for page in pages for line in page.lines)
    entry = index.entries[project]
    core = {entry.core[at : at + 2] for at in range(len(entry.core) - 1)}
    found = []
    for raw in (*_QUOTED.findall(text), *_LABELLED.findall(text)):
        words = fold(raw)
        shares = any(words[at : at + 2] in core for at in range(len(words) - 1))
        if len(words) < _SHORTEST_NAME or not shares or words == entry.name:
            continue
        if not any(words in other for code, other in index.names.items() if code != project):
            found.append(words)
    return list(dict.fromkeys(found))


def _ending(page: Page, name: str, village: str) -> str | None:
    """The last words of the page's first line, without what names the project or the place."""
    for line in page.lines[:_TOP]:
        folded = strip_tail(fold(line.text))
        if len(folded) < _SHORTEST_ENDING or _RUNNING.search(line.text.strip()):
            continue
        cut = 0
        for marker in ("项目", village, name[-4:], "村", "镇", "街道", "社区", "关于", "年"):
            at = folded.rfind(marker) if marker else -1
            if at >= 0:
                cut = max(cut, at + len(marker))
        ending = folded[cut:]
        return ending if _SHORTEST_ENDING <= len(ending) <= _LONGEST_ENDING else None
    return None


def learned(lessons: Iterable[Lesson]) -> Learned:
    """Sum up lessons; words that stand for two different things teach nothing."""
    names: dict[str, set[str]] = defaultdict(set)
    endings: dict[str, set[int]] = defaultdict(set)
    for lesson in lessons:
        if lesson.project is not None:
            names[lesson.words].add(lesson.project)
        if lesson.item is not None:
            endings[lesson.words].add(lesson.item)
    by_project: dict[str, list[str]] = defaultdict(list)
    for words, projects in sorted(names.items()):
        if len(projects) == 1:
            by_project[next(iter(projects))].append(words)
    by_item: dict[int, list[str]] = defaultdict(list)
    for words, items in sorted(endings.items()):
        if len(items) == 1:
            by_item[next(iter(items))].append(words)
    return Learned({k: tuple(v) for k, v in by_project.items()}, {k: tuple(v) for k, v in by_item.items()})


def taught(annex: Annex, lessons: Learned) -> Annex:
    """Return the rules with the learned title endings added to the kinds of their items.

    A title whose end the rules know (…发票, …会议纪要) is theirs to read: one decision never outweighs them.
    """
    extra: dict[str, list[str]] = defaultdict(list)
    known = tuple({fold(word) for kind in annex.kinds for word in kind.endings})
    for number, endings in lessons.endings.items():
        extra[annex.item(number).kinds[0]] += [words for words in endings if not words.endswith(known)]
    kinds = tuple(
        replace(kind, endings=(*kind.endings, *more), learned=frozenset(more))
        for kind in annex.kinds
        for more in [extra.get(kind.slug, [])]
    )
    return replace(annex, kinds=kinds)
