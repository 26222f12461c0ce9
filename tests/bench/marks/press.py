"""What is pressed on paper in red or black: seals of bodies, name stamps, and what is neither."""

from __future__ import annotations

import math
from random import Random

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.bench.marks.faces import font, printed
from tests.bench.marks.pen import lay, scribble
from tests.bench.recognition.fonts import faces
from tests.bench.recognition.stamps import seal

Colour = tuple[int, int, int]
RED: Colour = (208, 32, 42)
_REDS: list[Colour] = [(205, 35, 40), (188, 30, 48), (220, 60, 55), (196, 40, 70)]


def stamp(image: Image.Image, x: int, y: int, mark: Image.Image) -> None:
    """Press ``mark`` with its middle at (x, y); what hangs over the edge is not on the paper."""
    layer = Image.new("RGB", image.size, "white")
    layer.paste(mark, (x - mark.width // 2, y - mark.height // 2))
    image.paste(ImageChops.multiply(image, layer), (0, 0))


def body_seal(arc: str, diameter: int, chance: Random, report: bool, oval: bool = False) -> Image.Image:
    """A body's seal as one of two makers cuts it: with star, emblem, number or words in the middle."""
    kind = "oval" if oval else "star" if chance.random() < 0.75 else "plain"
    if not report:
        return seal(arc, "" if kind == "star" and chance.random() < 0.7 else "专用章", kind, diameter, chance)
    return _other_maker(arc, kind, diameter, chance)


def _other_maker(arc: str, kind: str, diameter: int, chance: Random) -> Image.Image:
    side, colour = diameter * 2, chance.choice(_REDS)
    page = Image.new("RGB", (side, side), "white")
    pen = ImageDraw.Draw(page)
    line = max(3, int(side * chance.uniform(0.018, 0.03)))
    pen.ellipse((line, line, side - line, side - line), outline=colour, width=line)
    if chance.random() < 0.25:
        pen.ellipse(
            (3 * line, 3 * line, side - 3 * line, side - 3 * line), outline=colour, width=max(1, line // 3)
        )
    face = faces()["serif"]
    size = int(side * min(0.13, 2.4 / max(len(arc), 9)))
    span = min(285.0, len(arc) * 19.0)
    for number, character in enumerate(arc):
        angle = -90 - span / 2 + span * (number + 0.5) / len(arc)
        tile = Image.new("L", (size * 2, size * 2), 0)
        ImageDraw.Draw(tile).text((size, size), character, font=font(face, size), fill=255, anchor="mm")
        tile = tile.rotate(-(angle + 90), Image.Resampling.BICUBIC)
        reach, turn = side * 0.5 - 4 * line - size * 0.6, math.radians(angle)
        place = (int(side / 2 + reach * math.cos(turn)) - size, int(side / 2 + reach * math.sin(turn)) - size)
        page.paste(Image.new("RGB", tile.size, colour), place, tile)
    if kind != "plain":
        pen.regular_polygon(
            (side / 2, side / 2, side * 0.13), 5, fill=colour
        ) if chance.random() < 0.15 else _star(pen, side, colour)
    if chance.random() < 0.4:
        digits = "".join(str(chance.randrange(10)) for _ in range(13))
        pen.text(
            (side / 2, side * 0.86),
            digits,
            font=font(faces()["sans"], int(side * 0.05)),
            fill=colour,
            anchor="mm",
        )
    high = int(diameter * 0.72) if kind == "oval" else diameter
    page = page.resize((diameter, high), Image.Resampling.LANCZOS)
    page = page.rotate(chance.uniform(-25, 25), Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    return worn(page, chance, chance.uniform(0.0, 0.45))


def _star(pen: ImageDraw.ImageDraw, side: int, colour: Colour) -> None:
    corners = []
    for corner in range(10):
        reach = side * 0.15 * (1 if corner % 2 == 0 else 0.38)
        turn = math.radians(-90 + 36 * corner)
        corners.append((side / 2 + reach * math.cos(turn), side / 2 + reach * math.sin(turn)))
    pen.polygon(corners, fill=colour)


def worn(mark: Image.Image, chance: Random, gone: float) -> Image.Image:
    """Uneven pressure: parts of the ink paler."""
    noise = np.random.default_rng(chance.randrange(1 << 30))
    patches = Image.fromarray((noise.uniform(1 - gone, 1, (6, 6)) * 255).astype(np.uint8))
    share = np.asarray(patches.resize(mark.size, Image.Resampling.BICUBIC), np.float32)[..., None] / 255
    ink = 255 - np.asarray(mark, np.float32)
    return Image.fromarray((255 - ink * share).clip(0, 255).astype(np.uint8))


def faint(mark: Image.Image, strength: float) -> Image.Image:
    """A seal with little ink."""
    return Image.fromarray((255 - (255 - np.asarray(mark, np.float32)) * strength).astype(np.uint8))


def recoloured(mark: Image.Image, colour: Colour) -> Image.Image:
    """The same seal in another ink: black (a copy), brown (old)."""
    ink = (255 - np.asarray(mark.convert("RGB"), np.float32)[..., 1:2]) / 230
    page = 255 - ink.clip(0, 1) * (255 - np.array(colour, np.float32))
    return Image.fromarray(page.clip(0, 255).astype(np.uint8))


def name_stamp(text: str, side: int, chance: Random, report: bool) -> Image.Image:
    """A person's square stamp (私章)."""
    page = Image.new("RGB", (side, side), "white")
    pen, colour = ImageDraw.Draw(page), chance.choice(_REDS)
    line = max(2, side // 18)
    pen.rectangle((line, line, side - line, side - line), outline=colour, width=line)
    cells = (text + "之印")[:4]
    size = int(side * 0.36)
    for number, character in enumerate(cells):
        x, y = side * (0.7 if number < 2 else 0.3), side * (0.3 if number % 2 == 0 else 0.7)
        pen.text((x, y), character, font=font(printed(report)[0], size), fill=colour, anchor="mm")
    return worn(page.rotate(chance.uniform(-6, 6), Image.Resampling.BICUBIC, fillcolor="white"), chance, 0.3)


# -- what is no seal -----------------------------------------------------------------------------------------------


def circle(image: Image.Image, x: int, y: int, radius: int, chance: Random) -> None:
    """A ring drawn with a red pen around something."""
    pen, points = ImageDraw.Draw(image), []
    phase, wobble = chance.uniform(0, 6), chance.uniform(0.01, 0.06)
    for step in range(0, 380, 4):
        turn = math.radians(step)
        reach = radius * (1 + wobble * math.sin(2 * turn + phase) + 0.01 * math.sin(5 * turn))
        points.append((x + reach * math.cos(turn), y + reach * math.sin(turn) * chance.uniform(0.995, 1.005)))
    pen.line(points, fill=chance.choice(_REDS), width=max(2, radius // 22), joint="curve")


def red_scribble(image: Image.Image, x: int, y: int, size: int, chance: Random) -> None:
    """A scrawl in red."""
    for _ in range(chance.randint(1, 3)):
        ink = scribble(size, chance)
        lay(image, ink, x + chance.randint(-size, size), y + chance.randint(-size // 2, size // 2), RED)


def red_table(image: Image.Image, box: tuple[int, int, int, int], chance: Random) -> None:
    """Ruled lines in red, with a frame."""
    pen, (left, top, right, bottom) = ImageDraw.Draw(image), box
    rows, columns = chance.randint(4, 9), chance.randint(3, 6)
    for row in range(rows + 1):
        y = top + (bottom - top) * row // rows
        pen.line((left, y, right, y), fill=RED, width=3)
    for column in range(columns + 1):
        x = left + (right - left) * column // columns
        pen.line((x, top, x, bottom), fill=RED, width=3)


def logo(image: Image.Image, x: int, y: int, radius: int, chance: Random) -> None:
    """A round red sign that is no seal: a disc with a letter, rings one in the other, a wheel, a smile."""
    pen, kind = ImageDraw.Draw(image), chance.choice(["disc", "rings", "wheel", "smile", "target"])
    width = max(3, radius // 9)
    around = (x - radius, y - radius, x + radius, y + radius)
    if kind == "disc":
        pen.ellipse(around, fill=RED)
        pen.text((x, y), "农", font=font(faces()["sansb"], radius), fill="white", anchor="mm")
        return
    pen.ellipse(around, outline=RED, width=width)
    if kind == "rings":
        inner = radius * 3 // 5
        pen.ellipse((x - inner, y - inner, x + inner, y + inner), outline=RED, width=width)
    elif kind == "wheel":
        for step in range(0, 180, 45):
            a, b = radius * math.cos(math.radians(step)), radius * math.sin(math.radians(step))
            pen.line((x - a, y - b, x + a, y + b), fill=RED, width=width)
    elif kind == "smile":
        pen.arc(
            (x - radius // 2, y - radius // 2, x + radius // 2, y + radius // 2),
            20,
            160,
            fill=RED,
            width=width,
        )
        for side in (-1, 1):
            pen.ellipse(
                (
                    x + side * radius // 3 - 8,
                    y - radius // 3,
                    x + side * radius // 3 + 8,
                    y - radius // 3 + 16,
                ),
                fill=RED,
            )
    else:
        pen.ellipse((x - radius // 4, y - radius // 4, x + radius // 4, y + radius // 4), fill=RED)


def code_square(image: Image.Image, x: int, y: int, side: int, chance: Random) -> None:
    """A square code in red."""
    cells = np.random.default_rng(chance.randrange(1 << 30)).random((25, 25)) < 0.5
    for row, column in ((0, 0), (0, 18), (18, 0)):
        cells[row : row + 7, column : column + 7] = True
        cells[row + 1 : row + 6, column + 1 : column + 6] = False
        cells[row + 2 : row + 5, column + 2 : column + 5] = True
    pixels = np.where(cells[..., None], np.array(RED), 255).astype(np.uint8)
    image.paste(Image.fromarray(pixels).resize((side, side), Image.Resampling.NEAREST), (x, y))


def receipt(chance: Random, diameter: int) -> Image.Image:
    """A round stamp of the post room: 收文章 on its arc, the day in its middle."""
    page = seal("大足区农业农村委员会收文专用章", "", "plain", diameter, chance)
    pen = ImageDraw.Draw(page)
    day = f"2024.{chance.randint(1, 12)}.{chance.randint(1, 28)}"
    pen.text(
        (diameter / 2, diameter / 2), day, font=font(faces()["serif"], diameter // 9), fill=RED, anchor="mm"
    )
    return page


def receipt_box(image: Image.Image, x: int, y: int, width: int) -> None:
    """A square stamp of the post room."""
    pen, high = ImageDraw.Draw(image), width * 2 // 3
    pen.rectangle((x, y, x + width, y + high), outline=RED, width=5)
    for row in (1, 2):
        pen.line((x, y + high * row // 3, x + width, y + high * row // 3), fill=RED, width=4)
    face = font(faces()["serif"], high // 5)
    for row, words in enumerate(("收　文　章", "第 128 号", "2024年11月6日")):
        pen.text((x + width / 2, y + high * (row + 0.5) / 3), words, font=face, fill=RED, anchor="mm")


def fingerprint(image: Image.Image, x: int, y: int, size: int, chance: Random) -> None:
    """A finger's print (手印) in red."""
    layer = Image.new("L", (size * 2, size * 2), 0)
    pen = ImageDraw.Draw(layer)
    for reach in range(4, size // 2, 5):
        pen.ellipse(
            (size - reach, size - int(reach * 1.3), size + reach, size + int(reach * 1.3)),
            outline=200,
            width=2,
        )
    layer = layer.rotate(chance.uniform(-30, 30)).filter(ImageFilter.GaussianBlur(1.0))
    lay(image, np.asarray(layer, np.float32) / 255, x - size, y - size, RED, 0.8)
