"""Which of several projects a sentence or a table's row is about (说的是哪个项目). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archivist.core.paper.statements import Statement
from archivist.core.patterns import lazily
from archivist.core.text import fold

FOREIGN = "?"
"""The scope of what is about a project that nobody asked about."""

_PLACE = lazily(r"^.{0,24}(?:街道|社区|镇|乡|村)(?=.{4})")
_ENDING = lazily(r"(?:建设|产业|扶贫|帮扶)?项目$")
_ABOUT = lazily(r"(?:关于|对于?|将|把|就|[、.．）)])[^，。；：]{0,30}(?:项目|基地|养殖场|种植园|加工厂|车间)")
_EVERY = lazily(r"(?:上述|以上|下列|以下|所列|该|这|前述|各|全部)[一二三四五六七八九十两0-9]{0,3}个?项目")
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Named:
    """A project and the folded words that stand for it and for none of the others."""

    code: str
    words: tuple[str, ...]


def named(projects: Iterable[tuple[str, str]]) -> tuple[Named, ...]:
    """Work out what (code, name) are called: number, name, name without its place; never what two share."""
    each = {code: _calls(code, name) for code, name in projects}
    return tuple(
        Named(
            code,
            tuple(
                word
                for word in words
                if not any(word in other for key, others in each.items() if key != code for other in others)
            ),
        )
        for code, words in each.items()
    )


def _calls(code: str, name: str) -> list[str]:
    full = fold(name)
    bare = _ENDING.sub("", full)
    short = _PLACE.sub("", bare)
    return [word for word in dict.fromkeys((fold(code), full, bare, short)) if len(word) >= _SHORTEST]


def places(text: str, projects: Sequence[Named]) -> list[tuple[int, str]]:
    """Where in ``text`` projects are named: (offset in the folded text, code), in order."""
    folded = fold(text)
    found = []
    for one in projects:
        starts = [folded.find(word) for word in one.words]
        found += [(start, one.code) for start in starts if start >= 0][:1]
    return sorted(found)


class Scopes:
    """Tells, sentence after sentence, which project is spoken of; feed it the sentences in order."""

    def __init__(self, projects: Sequence[Named]) -> None:
        self._projects = projects
        self._paragraph = -1
        self._said = ""
        self._topic = ""
        self._topical = ""

    def of(self, one: Statement) -> str:
        """The project's number; "" for all of the paper, `FOREIGN` for another project's."""
        if not self._projects:
            return ""
        if one.topic != self._topic:
            self._topic, self._topical = one.topic, self._heading(one.topic)
        if one.paragraph != self._paragraph:
            self._paragraph, self._said = one.paragraph, ""
        codes = list(dict.fromkeys(code for _, code in places(one.text, self._projects)))
        if len(codes) == 1:
            self._said = codes[0]
            return codes[0]
        if codes or _EVERY.search(one.text):
            return "" if codes or not self._topical else self._topical
        return self._said or self._topical

    def _heading(self, topic: str) -> str:
        codes = {code for _, code in places(topic, self._projects)}
        if len(codes) == 1:
            return codes.pop()
        about = not codes and len(topic) <= 60 and _ABOUT.search(topic) and not _EVERY.search(topic)
        return FOREIGN if about and _others(topic) else ""


def _others(topic: str) -> bool:
    """Whether a heading names a project by its own name (关于××村柑橘种植项目), not in general (关于项目认定)."""
    match = re.search(r"(?:街道|社区|镇|乡|村)[一-龥]{3,24}(?:项目|基地|养殖场|种植园|加工厂|车间)", topic)
    return match is not None
