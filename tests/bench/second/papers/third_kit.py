"""What the third author's papers share: shorthand for tables and for a paper with its truth."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.bench.second.blocks import Block, Body, Cell, Paper
from tests.bench.second.world import Case, Place, Project, money

LEVELS = {2: "department", 4: "village", 5: "township", 6: "department", 7: "district"}


def paper_of(
    case: Case,
    item: int,
    title: str,
    blocks: list[Block],
    variant: str,
    body: Body,
    day: date | None = None,
    **more: Any,
) -> Paper:
    """A paper on the case's project, dated on ``day`` or else on the item's day."""
    plain = title.replace("\n", "")
    facts: dict[str, Any] = {
        "projects": [case.project.code],
        "dates": [(day or case.days[item]).isoformat()],
        "level": LEVELS.get(item),
        "names_project": True,
        "variant": f"third {variant}",
        "body": body,
    }
    return Paper(plain, plain, blocks, item, **(facts | more))


def stray_of(title: str, blocks: list[Block], kind: str) -> Paper:
    """A paper that belongs to no project."""
    plain = title.replace("\n", "")
    return Paper(plain, plain, blocks, stray=kind, variant=f"third stray {kind}")


def head(*texts: str) -> list[Cell]:
    """A table's first row."""
    return [Cell(text, centre=True, bold=True) for text in texts]


def mid(*texts: str) -> list[Cell]:
    """A row of short words, each in the middle of its cell."""
    return [Cell(text, centre=True) for text in texts]


def pair(*texts: str, pen: bool = False) -> list[Cell]:
    """A row of labels and values in turn."""
    return [Cell(text, centre=n % 2 == 0, pen=pen and n % 2 == 1) for n, text in enumerate(texts)]


def broad(label: str, text: str, across: int = 3, **more: Any) -> list[Cell]:
    """A label and one broad cell."""
    return [Cell(label, centre=True), Cell(text, across, **more)]


def inked(*places: tuple[str, str]) -> list[Cell]:
    """A row of labels, each with a signature beside it."""
    return [
        cell for label, name in places for cell in (Cell(label, centre=True), Cell("", ink=name, tall=16))
    ]


def rank(place: Place) -> str:
    """镇 or 街道."""
    return "街道" if place.town.endswith("街道") else "镇"


def chief(place: Place) -> str:
    """What the head of the township is called."""
    return "主任" if place.town.endswith("街道") else "镇长"


def party_of(place: Place) -> str:
    """党工委 or 党委."""
    return "党工委" if place.town.endswith("街道") else "党委"


def dotted(day: date) -> str:
    """2024.11.05."""
    return f"{day.year}.{day.month:02d}.{day.day:02d}"


def debt_of(project: Project, none: str = "无未结债务") -> str:
    """What is still owed, in a few words."""
    return f"欠付{money(project.debt)}万元" if project.debt else none


def votes(case: Case, due: int) -> tuple[int, int, int, int]:
    """Who came, voted for, against, and not at all."""
    came = case.chance.randint(due * 4 // 5, due)
    against, away = case.chance.choice([0, 0, 1, 2, 3]), case.chance.choice([0, 0, 1, 2])
    return came, came - against - away, against, away
