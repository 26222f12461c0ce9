"""Layouts and phrases out of wordings/*.toml, and the small notation they are written in (see README.md)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from random import Random

from tests.bench.recognition.world import WORDINGS

REPORT, DEVELOPMENT = "report", "development"
FIRST_REPORT_SEED = 101
"""Seeds below show the development half, others the report half."""


def half_of(seed: int) -> str:
    """Which half of the wordings a seed may show."""
    return REPORT if seed >= FIRST_REPORT_SEED else DEVELOPMENT


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a layout: ``kind[/argument]: text`` behind conditions (``?code``) and a prefix (``each``)."""

    kind: str
    argument: str = ""
    text: str = ""
    conditions: tuple[str, ...] = ()
    loop: str = ""
    times: tuple[int, int] = (1, 1)


@dataclass(frozen=True, slots=True)
class Layout:
    """One way of writing one kind of document. ``half`` is empty when both halves may show it."""

    name: str
    lines: tuple[Line, ...]
    item: int | None = None
    half: str = ""
    level: str | None = None
    date: str = "date"
    accepted: tuple[str, ...] = ()
    style: tuple[str, ...] = ("official",)
    footer: bool = True
    points: float = 16
    people: tuple[int, int] = (24, 48)
    absent: tuple[int, int] = (0, 0)
    joint: bool = False
    pen: bool = False
    parties: tuple[str, ...] = ()
    kind: str = ""
    place: str = ""
    format: str = ""
    subject: str = "target"
    policy: bool = False


_LINE = re.compile(
    r"(?P<conditions>(?:\?\S+ )*)"
    r"(?P<loop>each-next |each |repeat \d+-\d+ )?"
    r"(?P<kind>[a-z]+)(?:/(?P<argument>[\d.]+))?(?:: ?(?P<text>.*))?$"
)


def parse_line(text: str) -> Line:
    """Read one line of a layout."""
    found = _LINE.match(text)
    if found is None:
        raise ValueError(f"not a line of the notation: {text!r}")
    loop = (found["loop"] or "").split()
    times = tuple(int(part) for part in loop[1].split("-")) if len(loop) > 1 else (1, 1)
    conditions = tuple(word[1:] for word in found["conditions"].split())
    first = loop[0] if loop else ""
    return Line(
        found["kind"], found["argument"] or "", found["text"] or "", conditions, first, (times[0], times[1])
    )


@cache
def layouts(name: str) -> tuple[Layout, ...]:
    """The layouts of wordings/NAME.toml, macros (``use:``) put in."""
    data = tomllib.loads((WORDINGS / f"{name}.toml").read_text("utf-8"))
    macros = {macro["name"]: macro["text"] for macro in data.get("macro", [])}
    item = int(name[4:]) if name.startswith("item") else None
    return tuple(_layout(record, macros, item, data.get("level")) for record in data["layout"])


def _layout(record: dict, macros: dict[str, str], item: int | None, level: str | None) -> Layout:
    return Layout(
        name=f"{item}-{record['name']}" if item else record["name"],
        lines=tuple(parse_line(line) for line in _unfold(record["text"], macros)),
        item=item,
        half=record.get("half", ""),
        level=level,
        date=record.get("date", "date"),
        accepted=tuple(record.get("accepted", ())),
        style=tuple(record.get("style", "official").split()),
        footer=record.get("footer", True),
        points=record.get("pt", 16),
        people=tuple(record.get("people", (24, 48))),
        absent=tuple(record.get("absent", (0, 0))),
        joint=record.get("joint", False),
        pen=record.get("pen", False),
        parties=tuple(record.get("jia", "").split()),
        kind=record.get("kind", ""),
        place=record.get("place", ""),
        format=record.get("format", ""),
        subject=record.get("subject", "target"),
        policy=record.get("policy", False),
    )


def _unfold(text: str, macros: dict[str, str]) -> list[str]:
    lines: list[str] = []
    for line in filter(None, text.split("\n")):
        lines += _unfold(macros[line[5:]], macros) if line.startswith("use: ") else [line]
    return lines


@cache
def phrases() -> dict[str, dict[str, list[str]]]:
    """The pools of phrases.toml."""
    return tomllib.loads((WORDINGS / "phrases.toml").read_text("utf-8"))


def pool(name: str, kind: str, half: str) -> list[str]:
    """Phrases ``name`` for a kind of project (种, 养, 加, 服) that seeds of ``half`` may show."""
    found = phrases().get(name, {})
    return [phrase for key in (kind, "all", half) for phrase in found.get(key, [])]


def policy_lines() -> list[str]:
    """The policy document: heading first."""
    return (WORDINGS / "policy.txt").read_text("utf-8").split("\n")


class Deck:
    """Gives layouts in turn. Each seed leaves a quarter of them out, another quarter for another seed."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._half = half_of(seed)
        self._order: dict[str, list[Layout]] = {}
        self._next: dict[str, int] = {}

    def choose(self, name: str, joint: bool = False) -> Layout:
        """The next layout of wordings/NAME.toml for one project, or for several (``joint``)."""
        key = f"{name}{joint}"
        if key not in self._order:
            self._order[key] = self._keep(key, [one for one in layouts(name) if one.joint == joint])
            self._next[key] = 0
        order, number = self._order[key], self._next[key]
        self._next[key] += 1
        return order[number % len(order)]

    def _keep(self, key: str, known: list[Layout]) -> list[Layout]:
        """Three quarters of what this half may show; what only this half shows comes first and is all kept."""
        chance = Random(f"layouts{key}{self._seed}")
        own = [one for one in known if one.half == self._half]
        both = [one for one in known if not one.half]
        chance.shuffle(own)
        chance.shuffle(both)
        kept = max(min(4, len(own + both)), ((len(own) + len(both)) * 3 + 3) // 4)
        order = (own + both)[:kept]
        chance.shuffle(order)
        return order

    def negatives(self) -> list[Layout]:
        """What is no archive item, in the order of the file."""
        return [one for one in layouts("negatives") if one.half in ("", self._half)]
