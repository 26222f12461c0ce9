"""An office that numbers its archive (档号), and papers to be numbered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archivist.core.archive.numbers import Given, New, Paper, Series
from archivist.core.archive.rules import PIECE, Fonds
from archivist.workspace.archivebook import load_archive
from support.catalogue import NUMBERS
from support.places import SCHEMAS

RULES = load_archive(SCHEMAS / "archive.toml", NUMBERS)
VOLUMES = Fonds("Z109", "大足区农业农村委员会", "WS", "NYW")
PIECES = replace(VOLUMES, by=PIECE)
SETTINGS = '[archive]\nfonds = "Z109"\nfonds_name = "大足区农业农村委员会"\norgan = "NYW"\n'
SERIES = Series("Z109", "WS", 2024, "Y", "NYW")


def paper(number: int, item: int = 5, year: int | None = 2024) -> Paper:
    return Paper(f"D{number:05d}", item, f"“第{number}份”", year)


def kept(project: str, new: Sequence[New], first: int = 1) -> list[Given]:
    """Numbers as the index keeps them once they are given."""
    return [
        Given(at, project, one.document, one.series, one.number, one.place, one.code, "2026-01-01", "冯某")
        for at, one in enumerate(new, first)
    ]


class Counted:
    """An index's memory of numbers: what was given once counts for ever."""

    def __init__(self) -> None:
        self.given: list[Given] = []

    def highest(self, series: Series) -> int:
        return max((one.number for one in self.given if one.series == series), default=0)

    def of(self, project: str) -> list[Given]:
        return [one for one in self.given if one.project == project]

    def give(self, project: str, new: Sequence[New]) -> None:
        self.given += kept(project, new, len(self.given) + 1)

    def end(self, gone: Sequence[Given]) -> None:
        ended = {one.id for one in gone}
        self.given = [
            one._replace(ended="2026-02-01", ended_by="蒋某", why="写错了") if one.id in ended else one
            for one in self.given
        ]
