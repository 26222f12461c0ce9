"""Blocks → clean pages: an image each, and what is written where (the truth for character error rates)."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFont

from tests.bench.recognition.fonts import font, lacks
from tests.bench.recognition.stamps import picture, seal
from tests.bench.recognition.wording import REPORT
from tests.bench.recognition.writing import Block, Cell, Document

BLACK, RED = (15, 15, 15), (215, 25, 30)
WIDTH_INCHES, HEIGHT_INCHES = 8.27, 11.69
_NO_START = "，。：；、）”》？！%％"
_MARGINS = [(28, 26, 37, 35), (28, 26, 30, 25), (25, 25, 25, 25), (32, 28, 25, 25)]
_REPORT_MARGINS = [(20, 20, 22, 20), (30, 30, 40, 32), (35, 18, 28, 24)]
"""Left, right, top, bottom in millimetres; the second list only for the report half."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text on a page: pixels of its left upper corner and its height, whether in a table."""

    x: float
    y: float
    size: float
    text: str
    table: bool = False
    ink: bool = False


@dataclass(slots=True)
class Sheet:
    """One clean page."""

    image: Image.Image
    runs: list[Run] = field(default_factory=list)
    seals: list[tuple[int, int, Image.Image]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Text outside tables, line by line."""
        return _reading_order([run for run in self.runs if not run.table])

    @property
    def table_text(self) -> str:
        """Text inside tables, cell by cell."""
        return "\n".join(run.text for run in self.runs if run.table)


def _reading_order(runs: list[Run]) -> str:
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.y):
        if lines and run.y - lines[-1][0].y < 0.6 * lines[-1][0].size:
            lines[-1].append(run)
        else:
            lines.append([run])
    return "\n".join("".join(run.text for run in sorted(line, key=lambda run: run.x)) for line in lines)


@dataclass(frozen=True, slots=True)
class Style:
    """How one document looks: margins, faces, ink, line spacing."""

    margins: tuple[int, int, int, int]
    body: str
    heading: str
    ink: tuple[int, int, int]
    lead: float = 1.75
    oval: bool = False


def choose_style(document: Document, half: str, chance: Random) -> Style:
    """Draw a look; the report half has margins, spacing and oval seals that the development half never shows."""
    body = "hand" if document.hand else chance.choice(["serif", "serif", "serif", "kai", "sans", "zenhei"])
    heading = "hand" if document.hand else chance.choice(["serifb", "serifb", "sansb"])
    ink = chance.choice([(25, 35, 90), (30, 30, 35), (20, 30, 120)])
    margins = chance.choice(_MARGINS)
    if half == REPORT and chance.random() < 0.5:
        return Style(chance.choice(_REPORT_MARGINS), body, heading, ink, chance.choice([1.5, 1.6, 1.9]), True)
    return Style(margins, body, heading, ink)


def draw(document: Document, dpi: int, style: Style, chance: Random) -> list[Sheet]:
    """Draw all pages of a document."""
    canvas = _Canvas(document, dpi, style, chance)
    for block in document.blocks:
        canvas.draw(block)
    numbered = document.footer and (len(canvas.sheets) > 1 or chance.random() < 0.4)
    if numbered:
        for number, sheet in enumerate(canvas.sheets, 1):
            canvas.number(sheet, number)
    return canvas.sheets


def wrap(text: str, face: ImageFont.FreeTypeFont, width: float, first: float = 0) -> list[str]:
    """Break text into lines no wider than ``width``; ``first`` is the first line's indent."""
    lines, line, used = [], "", first
    for character in text:
        if character == "\n":
            lines.append(line)
            line, used = "", 0.0
            continue
        step = face.getlength(character)
        if used + step > width and line and character not in _NO_START:
            lines.append(line)
            line, used = "", 0.0
        line += character
        used += step
    return [*lines, line]


class _Canvas:
    """Where the next thing goes, and the tools to put it there."""

    def __init__(self, document: Document, dpi: int, style: Style, chance: Random) -> None:
        self.document, self.dpi, self.style, self.random = document, dpi, style, chance
        self.scale = dpi / 72
        self.width, self.height = int(WIDTH_INCHES * dpi), int(HEIGHT_INCHES * dpi)
        self.left, self.right, self.top, self.bottom = (int(side / 25.4 * dpi) for side in style.margins)
        self.sheets: list[Sheet] = []
        self.sealed: list[tuple[float, float]] = []
        self.new_page()
        self.last = (self.width / 2, float(self.top))

    @property
    def inner(self) -> float:
        """Width of the text."""
        return self.width - self.left - self.right

    def new_page(self) -> None:
        """Start a page; handwriting goes on ruled paper."""
        self.sheets.append(Sheet(Image.new("RGB", (self.width, self.height), "white")))
        self.sheet, self.y, self.sealed = self.sheets[-1], float(self.top), []
        self.pen = ImageDraw.Draw(self.sheet.image)
        if self.document.hand:
            step = self.document.points * self.scale * self.style.lead
            y = self.top + step
            while y < self.height - self.bottom + step:
                line = [(self.left * 0.7, y), (self.width - self.right * 0.7, y)]
                self.pen.line(line, fill=(205, 180, 180), width=max(1, self.dpi // 150))
                y += step

    def need(self, height: float) -> None:
        """Turn the page when ``height`` does not fit any more."""
        if self.y + height > self.height - self.bottom:
            self.new_page()

    # -- text --------------------------------------------------------------------------------------------------

    def put(self, x: float, y: float, text: str, role: str, points: float, fill=BLACK, table=False) -> float:
        """Print a run; return where it ends. ☑ is a printed box with a pen's tick."""
        size = points * self.scale
        if "☑" in text:
            for number, part in enumerate(text.split("☑")):
                if number:
                    x = self._ticked_box(x, y, points, table)
                x = self.put(x, y, part, role, points, fill, table) if part else x
            return x
        if any(lacks(role, character) for character in set(text) if ord(character) > 0x2000):
            role = "serif"
        face = font(role, round(size))
        self.pen.text((x, y), text, font=face, fill=fill)
        if text.strip():
            self.sheet.runs.append(Run(x, y, size, text, table))
        return x + face.getlength(text)

    def _ticked_box(self, x: float, y: float, points: float, table: bool) -> float:
        size = points * self.scale
        end = self.put(x, y, "□", "serif", points, table=table)
        right, top = self.random.uniform(0.95, 1.2), self.random.uniform(0.15, 0.4)
        tick = [
            (x + size * 0.2, y + size * 0.7),
            (x + size * 0.45, y + size * 1.05),
            (x + size * right, y + size * top),
        ]
        self.pen.line(tick, fill=self.style.ink, width=max(2, int(size * 0.09)), joint="curve")
        return end

    def write(
        self, x: float, y: float, text: str, role: str, points: float, slant=False, table=False
    ) -> float:
        """Write by hand: every character a little other in size, place and turn."""
        start, size = x, points * self.scale
        for character in text:
            height = size * self.random.uniform(0.94, 1.07)
            face = font(role, round(height))
            if character.strip():
                tile = Image.new("L", (int(height * 1.7), int(height * 1.8)), 0)
                ImageDraw.Draw(tile).text((height * 0.3, height * 0.2), character, font=face, fill=255)
                tile = tile.rotate(self.random.uniform(-5, 5), Image.Resampling.BICUBIC)
                if slant:
                    shear = (1, self.random.uniform(0.12, 0.3), -height * 0.25, 0, 1, 0)
                    tile = tile.transform(tile.size, Image.Transform.AFFINE, shear, Image.Resampling.BICUBIC)
                place = (
                    int(x - height * 0.3),
                    int(y - height * 0.2 + self.random.uniform(-0.05, 0.05) * height),
                )
                self.sheet.image.paste(Image.new("RGB", tile.size, self.style.ink), place, tile)
            x += face.getlength(character) * self.random.uniform(0.96, 1.02)
        if text.strip():
            self.sheet.runs.append(Run(start, y, size, text, table, ink=True))
        return x

    def sign(self, x: float, y: float, name: str, points: float, table: bool = False) -> float:
        """A signature."""
        role = self.random.choice(["hand", "handlight", "kai"])
        return self.write(
            x, y - points * 0.2 * self.scale, name, role, points * 1.25, slant=True, table=table
        )

    def lines(
        self, text: str, role: str, points: float, indent=0.0, align="left", fill=BLACK, lead: float = 0
    ) -> None:
        """A paragraph."""
        size = points * self.scale
        step = (lead or self.style.lead) * size
        face = font(role, round(size))
        for number, line in enumerate(wrap(text, face, self.inner, indent * size)):
            self.need(step)
            width = face.getlength(line)
            x = self.left + (indent * size if number == 0 else 0)
            if align == "center":
                x = self.left + (self.inner - width) / 2
            elif align == "right":
                x = self.width - self.right - width - size * 2
            if self.document.hand:
                self.write(x, self.y + step - size * 1.25, line, role, points)
            else:
                self.put(x, self.y + (step - size) / 2, line, role, points, fill)
            self.last = (x + width / 2, self.y + step / 2)
            self.y += step

    # -- blocks ------------------------------------------------------------------------------------------------

    def draw(self, block: Block) -> None:
        """Draw one block."""
        getattr(self, f"_draw_{block.kind}")(block)

    def _draw_title(self, block: Block) -> None:
        self.lines(block.text, self.style.heading, block.size, align="center", lead=1.5)
        self.y += 6 * self.scale

    def _draw_center(self, block: Block) -> None:
        self.lines(block.text, self.style.body, block.size, align="center")

    def _draw_red(self, block: Block) -> None:
        fitting = self.inner / self.scale / max(1, len(block.text)) * 0.98
        size = min(34.0, fitting) if fitting >= 20 else 22.0
        self.lines(block.text, "serifb", size, align="center", fill=RED, lead=1.6)

    def _draw_redline(self, _: Block) -> None:
        line = [(self.left, self.y), (self.width - self.right, self.y)]
        self.pen.line(line, fill=RED, width=max(2, self.dpi // 60))
        self.y += 16 * self.scale

    def _draw_h(self, block: Block) -> None:
        self.lines(block.text, "hand" if self.document.hand else "sans", self.document.points, 2)

    def _draw_p(self, block: Block) -> None:
        self.lines(block.text, self.style.body, self.document.points, 2)

    def _draw_pl(self, block: Block) -> None:
        self.lines(block.text, self.style.body, self.document.points)

    def _draw_right(self, block: Block) -> None:
        self.lines(block.text, self.style.body, self.document.points, align="right")

    def _draw_small(self, block: Block) -> None:
        self.lines(block.text, self.style.body, 10.5, lead=1.4)

    def _draw_foot(self, block: Block) -> None:
        self.y += 10 * self.scale
        self.need(26 * self.scale)
        for _ in range(2):
            self.pen.line([(self.left, self.y), (self.width - self.right, self.y)], fill="black", width=2)
            if block.text:
                self.lines(block.text, self.style.body, 14)
            block = Block("foot")

    def _draw_sp(self, block: Block) -> None:
        self.y += float(block.text) * self.document.points * self.scale * 1.2

    def _draw_pb(self, _: Block) -> None:
        self.new_page()

    def _draw_seal(self, block: Block) -> None:
        inner, kind = (*block.more, "", "")[:2]
        x, y = self.last
        self._stamp(x, y - 6 * self.scale, block.text, inner, kind or "star")

    def _draw_sign(self, block: Block) -> None:
        points = self.document.points
        step = points * self.scale
        self.need(step * 2.1)
        role, x, y = self.style.body, self.left + 2 * step, self.y + 0.4 * step
        write = self.write if self.document.hand else self.put
        end = write(x, y, block.text, role, points)
        self.sign(end + 6 * self.scale, y, block.more[0], points)
        self.y += step * 2.0

    def _draw_signs(self, block: Block) -> None:
        points = self.document.points
        step = points * self.scale
        self.lines(block.text, self.style.body, points)
        for start in range(0, len(block.more), 4):
            self.need(step * 2)
            for column, name in enumerate(block.more[start : start + 4]):
                x = self.left + (column + 0.2) * self.inner / 4 + self.random.uniform(-9, 9)
                self.sign(x, self.y + self.random.uniform(0, 6), name, points)
            self.y += step * 2

    def _draw_pic(self, _: Block) -> None:
        width, height = int(self.inner * 0.8), int(self.inner * 0.48)
        self.need(height + 20)
        place = (int(self.left + self.inner * 0.1), int(self.y))
        self.sheet.image.paste(picture(width, height, self.random), place)
        self.y += height + 10

    def _stamp(self, x: float, y: float, arc: str, inner: str, kind: str, crowded: bool = False) -> None:
        """Press a seal, beside the one that is there unless the form leaves no place."""
        diameter = self.random.uniform(38, 43) / 25.4 * self.dpi
        if self.style.oval and inner:
            kind = "oval"
        mark = seal(arc, inner, kind, int(diameter), self.random)
        near = any(
            abs(one - x) < diameter * 0.9 and abs(other - y) < diameter * 0.9 for one, other in self.sealed
        )
        if near and not crowded:
            x += diameter * self.random.uniform(1.0, 1.25)
        self.sealed.append((x, y))
        left = int(min(max(x - diameter / 2, 4), self.width - mark.width - 4))
        top = int(min(max(y - diameter * self.random.uniform(0.45, 0.62), 4), self.height - mark.height - 4))
        box = (left, top, left + mark.width, top + mark.height)
        self.sheet.image.paste(ImageChops.multiply(self.sheet.image.crop(box), mark), box[:2])
        self.sheet.seals.append((left, top, mark))

    def number(self, sheet: Sheet, number: int) -> None:
        """Print the page number."""
        text, face = f"— {number} —", font("serif", round(14 * self.scale))
        x, y = (self.width - face.getlength(text)) / 2, self.height - self.bottom * 0.75
        ImageDraw.Draw(sheet.image).text((x, y), text, font=face, fill=BLACK)
        sheet.runs.append(Run(x, y, 14 * self.scale, text))

    # -- tables ------------------------------------------------------------------------------------------------

    def _draw_table(self, block: Block) -> None:
        points = block.size
        for row in block.rows:
            self._row(row, points)
        self.y += points * self.scale * 0.6

    def _row(self, row: list[Cell], points: float) -> None:
        size = points * self.scale
        step, pad, unit = size * 1.35, size * 0.35, self.inner / 12
        printed = "serif" if self.style.body in ("hand", "kai") else self.style.body
        faces = [font("hand" if cell.pen else printed, round(size)) for cell in row]
        cut = [
            _cell_lines(cell, face, cell.width * unit - 2 * pad)
            for cell, face in zip(row, faces, strict=True)
        ]
        tallest = max(max(len(lines), cell.lines) for cell, lines in zip(row, cut, strict=True))
        height = tallest * step + 2 * pad
        self.need(height)
        x, stamps = float(self.left), []
        for cell, lines in zip(row, cut, strict=True):
            width = cell.width * unit
            self.pen.rectangle(
                [x, self.y, x + width, self.y + height], outline=(20, 20, 20), width=max(1, self.dpi // 120)
            )
            self.sheet.rules.append((x, self.y, width, height))
            self._cell(cell, lines, (x, width, height), points, "hand" if cell.pen else printed)
            if cell.seal:
                stamps.append((x + width * self.random.uniform(0.55, 0.75), self.y + height / 2, cell.seal))
            x += width
        for place_x, place_y, arc in stamps:
            self._stamp(place_x, place_y, arc, "", "star", crowded=True)
        self.y += height
        self.last = (self.width / 2, self.y - height / 2)

    def _cell(
        self, cell: Cell, lines: list[str], box: tuple[float, float, float], points: float, role: str
    ) -> None:
        x, width, height = box
        size = points * self.scale
        step, pad = size * 1.35, size * 0.35
        short = len(lines) <= 2 or cell.width <= 2
        y = self.y + (height - len(lines) * step) / 2 if short else self.y + pad
        signs = list(cell.signs)
        for line in lines:
            left = x + pad
            if len(lines) == 1 and cell.width <= 4:
                left = x + max(pad, (width - font(role, round(size)).getlength(line)) / 2)
            for number, part in enumerate(line.replace("@SIGN2@", "@SIGN@").split("@SIGN@")):
                if number and signs:
                    left = self.sign(left, y, signs.pop(0), points, table=True)
                if part and cell.pen:
                    left = self.write(left, y, part, role, points, table=True)
                elif part:
                    left = self.put(left, y, part, role, points, table=True)
            y += step


def _cell_lines(cell: Cell, face: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """A cell's lines; one with a signature keeps its own breaks."""
    return cell.text.split("\n") if "@SIGN" in cell.text else wrap(cell.text, face, width)
