"""Blocks onto sheets: what each kind of block looks like in an office's look."""

from __future__ import annotations

import math
from functools import singledispatch
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from tests.bench.second import ink
from tests.bench.second.blocks import (
    BLACK,
    RED,
    Block,
    Break,
    Close,
    Gap,
    Head,
    Imprint,
    Paper,
    Para,
    Parties,
    Roll,
    Rows,
    Rule,
    Scene,
    Sign,
)
from tests.bench.second.faces import width
from tests.bench.second.sheet import Look, Sheet

HANDS = ("pen", "pen2", "pen3", "pen4")


def set_paper(paper: Paper, look: Look, dpi: int, chance: Random) -> Sheet:
    """All pages of a paper."""
    sheet = Sheet(dpi, look, chance, paper.landscape)
    hand = chance.choice(HANDS)
    for block in paper.blocks:
        lay(block, sheet, hand)
    _numbers(sheet, paper.numbering)
    return sheet


@singledispatch
def lay(block: Block, sheet: Sheet, hand: str) -> None:
    """Lay one block under what stands on the sheet."""
    raise NotImplementedError(type(block))


@lay.register
def _(block: Head, sheet: Sheet, hand: str) -> None:
    colour = RED if block.red else BLACK
    lines = sheet.wrap(block.text, block.points, block.part, sheet.wide)
    for line in lines:
        high = sheet.pt(block.points) * 1.45
        sheet.room(high)
        across = width(line, sheet.part(block.part), sheet.pt(block.points))
        sheet.text(line, sheet.x + (sheet.wide - across) / 2, sheet.y, block.points, block.part, colour)
        (sheet.reds if block.red else sheet.plain)[-1].append(line)
        sheet.y += high
    sheet.y += block.after * sheet.pt(sheet.look.points)


@lay.register
def _(block: Para, sheet: Sheet, hand: str) -> None:
    points = block.points or sheet.look.points
    part = hand if block.pen else block.part
    indent = block.indent * sheet.pt(points)
    step = sheet.pt(points) * sheet.look.lead
    for number, line in enumerate(sheet.wrap(block.text, points, part, sheet.wide, indent)):
        sheet.room(step)
        across = width(line, sheet.part(part), sheet.pt(points))
        x = sheet.x + (indent if number == 0 else 0)
        if block.align == "right":
            x = sheet.x + sheet.wide - across - sheet.pt(points) * 2
        elif block.align == "centre":
            x = sheet.x + (sheet.wide - across) / 2
        if block.pen:
            sheet.pen(line, x, sheet.y, points, hand)
            sheet.rule(
                sheet.x,
                sheet.y + step * 0.86,
                sheet.x + sheet.wide,
                sheet.y + step * 0.86,
                0.3,
                (150, 160, 175),
            )
        else:
            sheet.text(line, x, sheet.y, points, part, RED if block.red else BLACK)
        if not block.pen:
            (sheet.reds if block.red else sheet.plain)[-1].append(line)
        sheet.y += step


@lay.register
def _(block: Rule, sheet: Sheet, hand: str) -> None:
    colour = RED if block.red else BLACK
    middle = sheet.x + sheet.wide / 2
    if block.star:
        gap = sheet.mm(5)
        sheet.rule(sheet.x, sheet.y, middle - gap, sheet.y, block.thick, colour)
        sheet.rule(middle + gap, sheet.y, sheet.x + sheet.wide, sheet.y, block.thick, colour)
        ImageDraw.Draw(sheet.page).regular_polygon((middle, sheet.y, sheet.mm(2)), 5, fill=colour)
    else:
        sheet.rule(sheet.x, sheet.y, sheet.x + sheet.wide, sheet.y, block.thick, colour)
    sheet.y += sheet.mm(6)


@lay.register
def _(block: Gap, sheet: Sheet, hand: str) -> None:
    sheet.y += block.lines * sheet.pt(sheet.look.points) * 1.5


@lay.register
def _(block: Break, sheet: Sheet, hand: str) -> None:
    sheet.turn()


@lay.register
def _(block: Rows, sheet: Sheet, hand: str) -> None:
    sheet.table(block.rows, list(block.widths), block.points, block.red, hand)
    sheet.y += sheet.mm(3)


@lay.register
def _(block: Sign, sheet: Sheet, hand: str) -> None:
    points = sheet.look.points
    high = sheet.pt(points) * 2.3
    sheet.room(high)
    each = sheet.wide / len(block.places)
    for number, (label, name, how) in enumerate(block.places):
        x = sheet.x + each * number + (sheet.wide * 0.45 if block.right and len(block.places) == 1 else 0)
        end = sheet.text(label, x, sheet.y + high * 0.2, points, "body")
        if how == "ink":
            ink.autograph(
                sheet.page,
                name,
                (end + sheet.mm(1), sheet.y + high * 0.16),
                sheet.pt(points * 1.25),
                sheet.chance,
            )
            sheet.hands[-1] = True
        elif how == "print":
            sheet.text(name, end, sheet.y + high * 0.2, points, "body")
        sheet.plain[-1].append(label + (name if how == "print" else ""))
    sheet.y += high


@lay.register
def _(block: Roll, sheet: Sheet, hand: str) -> None:
    points, chance = sheet.look.points, sheet.chance
    if block.label:
        lay(Para(block.label, 0), sheet, hand)
    columns = chance.choice([4, 5])
    each, high = sheet.wide / columns, sheet.pt(points) * 2.2
    for number, name in enumerate(block.names):
        if number % columns == 0:
            if number:
                sheet.y += high
            sheet.room(high)
        x = sheet.x + each * (number % columns) + (chance.uniform(-0.05, 0.12) * each if block.ink else 0)
        if block.ink:
            end = ink.autograph(
                sheet.page,
                name,
                (x, sheet.y + chance.uniform(0, high * 0.2)),
                sheet.pt(points * chance.uniform(1.05, 1.4)),
                chance,
            )
            sheet.hands[-1] = True
            if block.prints:
                ink.finger(sheet.page, (end - sheet.mm(3), sheet.y + high * 0.4), sheet.mm(9), chance)
        else:
            sheet.text(name, x, sheet.y, points, "body")
            sheet.plain[-1].append(name)
    sheet.y += high * 1.2


@lay.register
def _(block: Close, sheet: Sheet, hand: str) -> None:
    points = sheet.look.points
    step = sheet.pt(points) * 1.8
    sheet.room(step * (len(block.lines) + 1.5) + (sheet.mm(18) if block.seals else 0))
    sheet.y += step * 0.8
    longest = max(width(line, sheet.part("body"), sheet.pt(points)) for line in block.lines)
    middle = sheet.x + sheet.wide - max(longest / 2, sheet.mm(22)) - sheet.pt(points) * 1.5
    top = sheet.y
    for number, line in enumerate(block.lines):
        across = width(line, sheet.part("body"), sheet.pt(points))
        if block.pen_date and number == len(block.lines) - 1:
            sheet.pen(line, middle - across / 2, sheet.y, points, hand)
        else:
            sheet.text(line, middle - across / 2, sheet.y, points, "body")
        sheet.y += step
    for number, one in enumerate(block.seals):
        x = middle - number * sheet.mm(48) + sheet.mm(sheet.chance.uniform(-6, 6))
        sheet.stamp(
            one, x, (top + sheet.y) / 2 + sheet.mm(sheet.chance.uniform(-5, 3)), sheet.chance.uniform(38, 44)
        )
    if block.seals:
        sheet.y += sheet.mm(8)


@lay.register
def _(block: Parties, sheet: Sheet, hand: str) -> None:
    points = sheet.look.points
    step = sheet.pt(points) * 2.0
    rows = 4 if block.stacked else 5
    each = sheet.wide if block.stacked else sheet.wide / len(block.sides)
    sheet.room(step * rows * (len(block.sides) if block.stacked else 1))
    top = sheet.y
    for number, (label, name, stamp, signer, how, date) in enumerate(block.sides):
        x = sheet.x + (0 if block.stacked else each * number)
        y = top + (step * rows * number if block.stacked else 0)
        for line in sheet.wrap(label + name, points, "body", each - sheet.mm(4)):
            sheet.text(line, x, y, points, "body")
            y += step * 0.8
        y = max(y, top + step * 1.6) if not block.stacked else y
        end = sheet.text(block.signer, x, y, points, "body")
        if how == "ink":
            ink.autograph(sheet.page, signer, (end, y - sheet.mm(1)), sheet.pt(points * 1.2), sheet.chance)
            sheet.hands[-1] = True
            if sheet.chance.random() < 0.2:
                ink.chop(
                    sheet.page, signer, (end + sheet.mm(26), y - sheet.mm(4)), sheet.mm(12), sheet.chance
                )
        elif how == "print":
            sheet.text(signer, end, y, points, "body")
        sheet.text(date, x, y + step, points, "body")
        if stamp:
            sheet.stamp(
                stamp,
                x + each * (0.3 if block.stacked else 0.5),
                y - step * 0.2,
                sheet.chance.uniform(38, 43),
            )
        sheet.y = max(sheet.y, y + step * 2.2)


@lay.register
def _(block: Imprint, sheet: Sheet, hand: str) -> None:
    points, step = 13.0, sheet.pt(13) * 1.6
    sheet.room(step * len(block.lines))
    sheet.y = max(sheet.y, sheet.floor - step * len(block.lines))
    sheet.rule(sheet.x, sheet.y, sheet.x + sheet.wide, sheet.y, 1)
    for line in block.lines:
        left, _, right = line.partition("\t")
        sheet.text(left, sheet.x + sheet.pt(points), sheet.y + step * 0.15, points, "body")
        across = width(right, sheet.part("body"), sheet.pt(points))
        sheet.text(
            right, sheet.x + sheet.wide - across - sheet.pt(points), sheet.y + step * 0.15, points, "body"
        )
        sheet.plain[-1].append(left + right)
        sheet.y += step
        sheet.rule(sheet.x, sheet.y, sheet.x + sheet.wide, sheet.y, 0.6)


@lay.register
def _(block: Scene, sheet: Sheet, hand: str) -> None:
    wide, high = round(sheet.wide), round(sheet.wide * block.share)
    sheet.room(high + sheet.mm(10))
    sheet.page.paste(scene(wide, high, sheet.chance), (round(sheet.x), round(sheet.y)))
    sheet.y += high + sheet.mm(2)
    lay(Para(block.caption, 0, "centre", points=12), sheet, hand)


def scene(wide: int, high: int, chance: Random) -> Image.Image:
    """Hills, a field and a shed: nothing to read."""
    sky = (chance.randint(150, 210), chance.randint(190, 225), chance.randint(220, 250))
    image = Image.new("RGB", (wide, high), sky)
    draw = ImageDraw.Draw(image)
    for layer in range(4):
        base, phase = high * (0.35 + 0.14 * layer), chance.uniform(0, 6)
        shade = (60 + 22 * layer, 100 + 18 * layer, 50 + 14 * layer)
        crest = [
            (x, base + high * 0.07 * math.sin(x / wide * (5 + layer * 2) + phase))
            for x in range(0, wide + 9, 8)
        ]
        draw.polygon([*crest, (wide, high), (0, high)], fill=shade)
    for _ in range(chance.randint(1, 4)):
        x, y, size = (
            chance.uniform(0, wide * 0.8),
            high * chance.uniform(0.5, 0.75),
            wide * chance.uniform(0.08, 0.2),
        )
        draw.rectangle([x, y, x + size, y + size * 0.4], fill=(178, 172, 160))
        draw.polygon(
            [(x - size * 0.1, y), (x + size / 2, y - size * 0.2), (x + size * 1.1, y)], fill=(112, 70, 60)
        )
    return image.filter(ImageFilter.GaussianBlur(wide / 500))


def _numbers(sheet: Sheet, style: str) -> None:
    total = len(sheet.images)
    shapes = {
        "dash": "— {} —",
        "slash": "{}/{}",
        "page": "第{}页 共{}页",
        "plain": "{}",
        "short": "-{}-",
        "first": "第 {} 页",
    }
    if style not in shapes:
        return
    images, points = sheet.images, 13.0
    for number in range(total):
        text = shapes[style].format(number + 1, total)
        sheet.images = images[: number + 1]
        across = width(text, "song", sheet.pt(points))
        x = (sheet.page.width - across) / 2
        if style == "dash":
            x = sheet.page.width - sheet.mm(30) - across if number % 2 == 0 else sheet.mm(30)
        sheet.text(text, x, sheet.page.height - sheet.mm(sheet.look.bottom - 9), points, "song")
        sheet.plain[number].append(text)
    sheet.images = images
