"""Set a paper's blocks on A4 pages, as a picture and, beside it, as what is written where."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from PIL import Image, ImageDraw

from tests.bench.second import ink
from tests.bench.second.blocks import BLACK, RED, Cell, Seal
from tests.bench.second.faces import face, runs, width

STOPS = "，。；：、）》”’！？%〕】…"
OPENS = "（《“‘〔【"


@dataclass(frozen=True, slots=True)
class Look:
    """How an office sets its papers. Millimetres, points, and the parts of `faces`."""

    body: str = "fang"
    title: str = "bold"
    head: str = "hei"
    points: float = 15
    lead: float = 1.75
    left: float = 28
    right: float = 26
    top: float = 33
    bottom: float = 30
    mono: bool = False


@dataclass(slots=True)
class Run:
    """A stretch of print: place of its left upper corner and size in pixels."""

    page: int
    x: float
    y: float
    pixels: int
    text: str
    part: str
    colour: tuple[int, int, int]


@dataclass(slots=True)
class Sheet:
    """Pages under way, and a cursor on the last of them."""

    dpi: int
    look: Look
    chance: Random
    landscape: bool = False
    images: list[Image.Image] = field(default_factory=list)
    plain: list[list[str]] = field(default_factory=list)
    reds: list[list[str]] = field(default_factory=list)
    hands: list[bool] = field(default_factory=list)
    sealed: list[bool] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    lines: list[tuple[int, float, float, float, float, float]] = field(default_factory=list)
    y: float = 0

    def __post_init__(self) -> None:
        self.turn()

    def mm(self, length: float) -> float:
        """Millimetres in pixels."""
        return length * self.dpi / 25.4

    def pt(self, points: float) -> int:
        """Points in pixels."""
        return round(points * self.dpi / 72)

    @property
    def page(self) -> Image.Image:
        """The page under way."""
        return self.images[-1]

    @property
    def wide(self) -> float:
        """The width of the type area."""
        return self.page.width - self.mm(self.look.left + self.look.right)

    @property
    def x(self) -> float:
        """The left edge of the type area."""
        return self.mm(self.look.left)

    @property
    def floor(self) -> float:
        """The lower edge of the type area."""
        return self.page.height - self.mm(self.look.bottom)

    def turn(self) -> None:
        """Begin a new page."""
        long, short = round(self.mm(297)), round(self.mm(210))
        size = (long, short) if self.landscape else (short, long)
        self.images.append(Image.new("RGB", size, (255, 255, 255)))
        for record in (self.plain, self.reds):
            record.append([])
        self.hands.append(False)
        self.sealed.append(False)
        self.y = self.mm(self.look.top)

    def room(self, height: float) -> None:
        """Turn the page when ``height`` pixels do not fit."""
        if self.y + height > self.floor and self.y > self.mm(self.look.top) + 5:
            self.turn()

    def part(self, name: str) -> str:
        """The face that plays a part of a page in this look."""
        return {"body": self.look.body, "title": self.look.title, "head": self.look.head}.get(name, name)

    def text(
        self, text: str, x: float, y: float, points: float, part: str, colour: tuple[int, int, int] = BLACK
    ) -> float:
        """Print; returns where it ends (x)."""
        pixels = self.pt(points)
        draw = ImageDraw.Draw(self.page)
        for used, piece in runs(text, self.part(part)):
            font = face(used, pixels)
            draw.text((x, y + pixels * 0.5), piece, font=font, fill=colour, anchor="lm")
            self.runs.append(Run(len(self.images) - 1, x, y, pixels, piece, used, colour))
            x += font.getlength(piece)
        return x

    def pen(self, text: str, x: float, y: float, points: float, hand: str) -> float:
        """Write by hand; returns where it ends (x)."""
        self.hands[-1] = True
        return ink.write(self.page, text, (x, y), self.pt(points), self.chance, hand)

    def wrap(self, text: str, points: float, part: str, across: float, indent: float = 0) -> list[str]:
        """Break into lines no wider than ``across`` (the first less ``indent``); no line begins with a stop."""
        pixels, found = self.pt(points), []
        part = self.part(part)
        for piece in text.split("\n"):
            line, room = "", across - indent
            used = 0.0
            for character in piece:
                more = width(character, part, pixels)
                if used + more > room + 0.5 and not (
                    character in STOPS and used + more < room + pixels * 1.1
                ):
                    carried = line[-1] if line and line[-1] in OPENS else ""
                    found.append(line[: len(line) - len(carried)])
                    line, used, room = carried, width(carried, part, pixels) if carried else 0.0, across
                line, used = line + character, used + more
            found.append(line)
        return found

    def rule(
        self, x1: float, y1: float, x2: float, y2: float, thick: float, colour: tuple[int, int, int] = BLACK
    ) -> None:
        """A straight line, ``thick`` in points."""
        ImageDraw.Draw(self.page).line([(x1, y1), (x2, y2)], fill=colour, width=max(1, self.pt(thick)))
        self.lines.append((len(self.images) - 1, x1, y1, x2, y2, max(1, self.pt(thick))))

    def stamp(self, seal: Seal, x: float, y: float, across: float = 42) -> None:
        """Press a seal with its middle at a place; ``across`` in millimetres."""
        mask, colour = ink.seal(seal, round(self.mm(across)), self.chance)
        if seal.look == "cut":
            x = self.page.width - self.mm(self.chance.uniform(7, 14))
        place = (round(x - mask.width / 2), round(y - mask.height / 2))
        ink.put(self.page, mask, place, colour)
        self.sealed[-1] = True

    def table(self, rows: list[list[Cell]], widths: list[float], points: float, red: bool, hand: str) -> None:
        """A ruled table over the type area, broken between rows."""
        colour = RED if red else BLACK
        total = sum(widths)
        edges = [self.x]
        for share in widths:
            edges.append(edges[-1] + share / total * self.wide)
        pad, line = self.mm(1.5), self.pt(points) * 1.35
        for row in rows:
            spans, column = [], 0
            for cell in row:
                spans.append((cell, edges[column], edges[min(column + cell.across, len(widths))]))
                column += cell.across
            need = (
                max(self._tall(cell, right - left - 2 * pad, points, line) for cell, left, right in spans)
                + 2 * pad
            )
            self.room(need)
            top = self.y
            for cell, left, right in spans:
                self._cell(cell, (left, top, right, top + need), pad, line, points, red, hand)
                for x in (left, right):
                    self.rule(x, top, x, top + need, 0.6, colour)
            self.rule(edges[0], top, edges[-1], top, 0.6, colour)
            self.rule(edges[0], top + need, edges[-1], top + need, 0.6, colour)
            self.y = top + need

    def _tall(self, cell: Cell, across: float, points: float, line: float) -> float:
        size = points * (1.18 if cell.pen else 1)
        count = len(self.wrap(cell.text, size, "pen" if cell.pen else "body", across))
        high = count * line * (1.15 if cell.pen else 1) + (
            line * 1.6 * (cell.tail.count("\n") + 1) if cell.tail else 0
        )
        high += line * 1.6 if cell.ink else 0
        return max(high, self.mm(cell.tall), self.mm(30) if cell.seal else 0)

    def _cell(
        self,
        cell: Cell,
        box: tuple[float, float, float, float],
        pad: float,
        line: float,
        points: float,
        red: bool,
        hand: str,
    ) -> None:
        left, top, right, bottom = box
        size = points * (1.18 if cell.pen else 1)
        step = line * (1.15 if cell.pen else 1)
        lines = self.wrap(cell.text, size, hand if cell.pen else "body", right - left - 2 * pad)
        middle = not cell.tail and not cell.seal and not cell.ink
        y = top + pad + (max(0.0, bottom - top - 2 * pad - len(lines) * step) / 2 if middle else 0)
        for text in lines:
            across = width(text, self.part("body"), self.pt(size))
            x = left + pad if not cell.centre else (left + right - across) / 2
            if cell.pen:
                self.pen(text, x, y, size, hand)
            else:
                self.text(text, x, y, size, "head" if cell.bold else "body", RED if red else BLACK)
            y += step
        if not cell.pen:
            (self.reds if red else self.plain)[-1].extend(lines)
        if cell.ink:
            ink.autograph(
                self.page,
                cell.ink,
                (right - self.mm(34), bottom - self.mm(18 if cell.tail else 11)),
                self.pt(17),
                self.chance,
            )
            self.hands[-1] = True
        tails = cell.tail.split("\n") if cell.tail else []
        for number, tail in enumerate(reversed(tails)):
            across = width(tail, self.part("body"), self.pt(points))
            x, y = right - pad * 2 - across, bottom - pad - line * (number + 1)
            if cell.pen_tail and number == 0:
                self.pen(tail, x - self.pt(points), y, size * 1.1, hand)
            else:
                self.text(tail, x, y, points, "body", RED if red else BLACK)
        if cell.seal:
            self.stamp(
                cell.seal,
                right - self.mm(self.chance.uniform(22, 34)),
                bottom - self.mm(self.chance.uniform(13, 17)),
                self.chance.uniform(36, 42),
            )
