"""Puts a document on A4 pages as images: line breaking, tables with spans, red heads, signatures, seals."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from PIL import Image, ImageDraw

from . import ink
from .blocks import Names, Paper, Parties, RedHead, Signed, Text
from .fonts import font

MARGINS = {"left": 28.0, "right": 26.0, "top": 33.0, "bottom": 32.0}
CLOSING = "，。、；：？！）》”】％%"
STYLES = {
    # name: (face, points, indent in characters, align, space after in points)
    "body": ("", 0, 2, "left", 0),
    "text": ("", 0, 2, "left", 0),
    "flush": ("", 0, 0, "left", 0),
    "title": ("songbold", 22, 0, "center", 14),
    "form": ("songbold", 18, 0, "center", 8),
    "subtitle": ("kai", 16, 0, "center", 6),
    "h1": ("hei", 16, 2, "left", 0),
    "h2": ("kai", 16, 2, "left", 0),
    "center": ("", 0, 0, "center", 0),
    "right": ("", 0, 0, "right", 0),
    "note": ("song", 10.5, 2, "left", 0),
    "cover": ("songbold", 26, 0, "center", 20),
    "label": ("hei", 14, 0, "left", 2),
}

Run = tuple[str, bool]


def runs_of(text: str) -> list[Run]:
    """Return (character, by hand) pairs; ⟦…⟧ marks what is filled in by hand."""
    out: list[Run] = []
    hand = False
    for char in text:
        if char in "⟦⟧":
            hand = char == "⟦"
        else:
            out.append((char, hand))
    return out


def _unbreakable_tail(line: list[Run], coming: Run) -> list[Run]:
    """Take a number or code that would be torn apart off the line's end, to begin the next line with it."""
    cut = len(line)
    while (
        coming[0].isascii()
        and coming[0] != " "
        and cut > 0
        and line[cut - 1][0].isascii()
        and line[cut - 1][0] != " "
    ):
        cut -= 1
    if cut == 0:
        return []
    tail = line[cut:]
    del line[cut:]
    return tail


@dataclass(slots=True)
class Sheet:
    """The page being written, with the pages already full."""

    paper: Paper
    dpi: int
    rng: random.Random
    pages: list[Image.Image] = field(default_factory=list)
    y: int = 0

    def __post_init__(self) -> None:
        self.turn_page()

    @property
    def page(self) -> Image.Image:
        """The current page."""
        return self.pages[-1]

    def px(self, mm: float) -> int:
        """Millimetres to pixels."""
        return round(mm * self.dpi / 25.4)

    def pt(self, points: float) -> int:
        """Points to pixels."""
        return round(points * self.dpi / 72)

    @property
    def left(self) -> int:
        return self.px(MARGINS["left"])

    @property
    def right(self) -> int:
        return self.px(210 - MARGINS["right"])

    @property
    def foot(self) -> int:
        return self.px(297 - MARGINS["bottom"])

    @property
    def written(self) -> bool:
        """Whether the whole sheet is in handwriting."""
        return self.paper.kind == "ruled"

    def turn_page(self) -> None:
        """Begin a new page."""
        image = Image.new("RGB", (self.px(210), self.px(297)), "white")
        self.pages.append(image)
        self.y = self.px(MARGINS["top"])
        if self.written:
            self._rule()

    def _rule(self) -> None:
        pen = ImageDraw.Draw(self.page)
        step = self.pt(self.paper.size * 1.75)
        for y in range(self.px(MARGINS["top"]) + step, self.foot + step, step):
            pen.line((self.px(22), y, self.px(192), y), fill=(176, 190, 206), width=2)
        pen.line((self.px(20), self.px(26), self.px(194), self.px(26)), fill=(196, 96, 96), width=3)

    def need(self, height: int) -> None:
        """Turn the page unless ``height`` pixels are still free."""
        if self.y + height > self.foot:
            self.turn_page()

    # --- lines of text

    def width_of(self, run: Run, role: str, size: int) -> float:
        """Width of one character in pixels."""
        return font("hand" if run[1] else role, size).getlength("□" if run[0] == "☑" else run[0])

    def broken(
        self, runs: list[Run], role: str, size: int, width: float, indent: float = 0
    ) -> list[list[Run]]:
        """Break into lines; closing marks may hang, so that none begins a line."""
        lines: list[list[Run]] = [[]]
        used = indent
        for run in runs:
            if run[0] == "\n":
                lines.append([])
                used = 0
                continue
            step = self.width_of(run, role, size)
            if used + step > width and run[0] not in CLOSING and lines[-1]:
                lines.append(_unbreakable_tail(lines[-1], run))
                used = sum(self.width_of(moved, role, size) for moved in lines[-1])
            lines[-1].append(run)
            used += step
        return lines

    def draw_line(
        self,
        line: list[Run],
        at: tuple[float, float],
        role: str,
        size: int,
        colour: tuple[int, int, int] = (20, 20, 22),
    ) -> float:
        """Draw one line whose middle height is ``at``'s second value; return where it ends."""
        x, y = at
        pen = ImageDraw.Draw(self.page)
        for run in line:
            step = self.width_of(run, role, size)
            if run[0] == "☑":
                pen.text((x, y), "□", fill=colour, font=font(role, size), anchor="lm")
                ink.tick(self.page, (x + step / 2, y), size, self.rng)
            elif run[1] or self.written:
                ink.write(self.page, (x + step / 2, y), run[0], size, self.rng, ink.BLUE_BLACK)
            else:
                pen.text((x, y), run[0], fill=colour, font=font(role, size), anchor="lm")
            x += step
        return x

    def paragraph(self, block: Text) -> None:
        """Flow one paragraph over lines and pages."""
        face, points, indent, align, after = STYLES[block.style]
        role = "hand" if self.written else (face or self.paper.face)
        points = (
            (self.paper.size + 2 if block.style == "title" else self.paper.size) if self.written else points
        )
        size = self.pt(points or self.paper.size)
        pitch = round(size * 1.75) if points != 10.5 else round(size * 1.5)
        width = self.right - self.left
        lines = self.broken(runs_of(block.text), role, size, width, indent * size)
        for i, line in enumerate(lines):
            self.need(pitch)
            long = sum(self.width_of(run, role, size) for run in line)
            x = {
                "left": self.left + (indent * size if i == 0 else 0),
                "center": self.left + (width - long) / 2,
            }
            start = x.get(align, self.right - long)
            self.draw_line(line, (start, self.y + pitch / 2), role, size)
            self.y += pitch
        self.y += 0 if self.written else self.pt(after)

    # --- other blocks

    def red_head(self, block: RedHead) -> None:
        """Draw the red mark, the number and the red rule."""
        pen = ImageDraw.Draw(self.page)
        red = (214, 20, 28)
        size = min(self.pt(40), int((self.right - self.left) / len(block.mark) * 0.97))
        middle = (self.left + self.right) // 2
        pen.text((middle, self.y + size), block.mark, fill=red, font=font("songbold", size), anchor="mm")
        self.y += round(size * 2.1)
        small = font("song", self.pt(16))
        pen.text((middle, self.y), block.number, fill=(20, 20, 22), font=small, anchor="mm")
        self.y += self.pt(30)
        pen.text((self.left, self.y), block.issuer, fill=(20, 20, 22), font=small, anchor="lm")
        pen.text((self.right, self.y), block.date, fill=(20, 20, 22), font=small, anchor="rm")
        self.y += self.pt(16)
        pen.line((self.left, self.y, self.right, self.y), fill=red, width=self.pt(2.2))
        self.y += self.pt(26)

    def signed(self, block: Signed) -> None:
        """Draw a closing block with its signature and seal; without a body only the signature."""
        size = self.pt(self.paper.size)
        self.need(self.px(48 if block.seal else 14))
        self.y += self.pt(20 if block.body else 6)
        role = "hand" if self.written else self.paper.face
        if block.label:
            end = self.draw_line(runs_of(block.label), (self.left + size * 2, self.y + size), role, size)
            ink.signature(
                self.page, (int(end) + size // 3, self.y), block.name, int(size * 1.35), self.rng, block.clear
            )
            self.y += round(size * 2.4)
        if not block.body:
            return
        wide = sum(self.width_of(run, role, size) for run in runs_of(block.body))
        x = min(self.right - wide, max(self.left, self.px(137) - wide / 2))
        self.draw_line(runs_of(block.body), (x, self.y + size), role, size)
        when = sum(self.width_of(run, role, size) for run in runs_of(block.date))
        self.draw_line(runs_of(block.date), (x + (wide - when) / 2, self.y + size * 2.8), role, size)
        if block.seal:
            self.stamp(block.seal, (int(x + wide / 2), int(self.y + size * 1.9)))
        self.y += self.px(26)

    def stamp(self, words: str, middle: tuple[int, int], mm: float = 40) -> None:
        """Stamp a seal near ``middle``."""
        at = (middle[0] + self.rng.randint(-15, 15), middle[1] + self.rng.randint(-12, 12))
        ink.stamp(self.page, words, at, self.px(mm), self.rng)

    def names(self, block: Names) -> None:
        """Draw signatures in columns."""
        size = self.pt(self.paper.size)
        step = (self.right - self.left) // block.columns
        grown = 1.3 if block.clear else 1.0
        for start in range(0, len(block.names), block.columns):
            self.need(round(size * 2.2 * grown))
            for i, name in enumerate(block.names[start : start + block.columns]):
                x = self.left + i * step + self.rng.randint(0, size // 2)
                ink.signature(
                    self.page,
                    (x, self.y + size // 3),
                    name,
                    int(size * self.rng.uniform(1.1, 1.35) * grown),
                    self.rng,
                    block.clear,
                )
                if block.prints:
                    ink.fingerprint(
                        self.page, (x + int(size * 2.6), self.y + size), int(size * 1.7), self.rng
                    )
            self.y += round(size * 2.2 * grown)

    def parties(self, block: Parties) -> None:
        """Draw the two signing columns of an agreement."""
        size = self.pt(14)
        more = self.px(18) if block.clear else 0
        self.need(self.px(52) + more)
        self.y += size
        middle = (self.left + self.right) // 2
        for x, (label, name, person) in ((self.left, block.left), (middle + size, block.right)):
            self._party(x, label, name, person, size, middle, block.clear)
        self.draw_line(
            runs_of("签订日期：" + block.date),
            (self.left, self.y + self.px(44) + more),
            self.paper.face,
            size,
        )
        self.y += self.px(50) + more

    def _party(self, x: int, label: str, name: str, person: str, size: int, middle: int, clear: bool) -> None:
        width = middle - self.left - size
        lines = self.broken(runs_of(f"{label}（盖章）：{name}"), self.paper.face, size, width)
        for i, line in enumerate(lines):
            self.draw_line(line, (x, self.y + size + i * size * 1.5), self.paper.face, size)
        y = self.y + self.px(44 if clear else 25)
        end = self.draw_line(runs_of("代表人（签字）："), (x, y), self.paper.face, size)
        ink.signature(self.page, (int(end), y - size), person, int(size * 1.5), self.rng, clear)
        self.stamp(name, (x + self.px(38), self.y + self.px(17)), 38)

    def numbered(self) -> list[Image.Image]:
        """Return the pages with page numbers, as the standard sets them."""
        if self.paper.page_numbers and not self.written and len(self.pages) > 1:
            for i, page in enumerate(self.pages, 1):
                at = (self.right - self.pt(28), self.px(297 - 24))
                ImageDraw.Draw(page).text(
                    at, f"— {i} —", fill=(20, 20, 22), font=font("song", self.pt(14)), anchor="rm"
                )
        return self.pages
