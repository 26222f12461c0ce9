"""What a clerk does to a finished paper: dates in other figures, copies certified with a stamp."""

from __future__ import annotations

import re
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from tests.bench.second import ink, wear
from tests.bench.second.blocks import Close, Paper, Para, Parties, Seal
from tests.bench.second.faces import face

_DATE = re.compile(r"^(\d{4})年(\d{1,2})月(\d{1,2})日$")
_DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """Up to 99 as it is spoken: 二十三."""
    tens, ones = divmod(number, 10)
    return (("" if tens < 2 else _DIGITS[tens]) + "十" if tens else "") + (_DIGITS[ones] if ones else "")


def written(year: int, month: int, day: int, way: str) -> str:
    """A date the way an office writes it."""
    if way == "chinese":
        return "".join(_DIGITS[int(digit)] for digit in str(year)) + f"年{chinese(month)}月{chinese(day)}日"
    if way == "wide":
        wide = str.maketrans("0123456789", "０１２３４５６７８９")
        return f"{year}年{month}月{day}日".translate(wide)
    if way == "dots":
        return f"{year}.{month}.{day}"
    if way == "padded":
        return f"{year}年{month:02d}月{day:02d}日"
    return f"{year} 年 {month} 月 {day} 日"


def redate(paper: Paper, chance: Random) -> None:
    """Sometimes write the date at the end in other figures."""
    if chance.random() > 0.3:
        return
    way = chance.choice(["chinese", "chinese", "wide", "dots", "padded", "spaced"])

    def other(text: str) -> str:
        found = _DATE.match(text)
        return written(int(found[1]), int(found[2]), int(found[3]), way) if found else text

    for block in paper.blocks:
        if isinstance(block, Close):
            block.lines = [other(line) for line in block.lines]
        if isinstance(block, Parties):
            block.sides = [(*side[:5], other(side[5])) for side in block.sides]
        if isinstance(block, Para) and block.align == "right":
            block.text = other(block.text)


def certified(page: Image.Image, stamp: Seal, chance: Random) -> Image.Image:
    """A copy, with a fresh stamp 与原件核对无误 and a fresh seal on it."""
    copy = wear.copied(page, chance).convert("RGB")
    wide = round(copy.width * 0.26)
    mask = Image.new("L", (wide, wide // 4), 0)
    draw = ImageDraw.Draw(mask)
    draw.rectangle([3, 3, wide - 4, wide // 4 - 4], outline=230, width=4)
    words = chance.choice(["与原件核对无误", "复印件与原件一致", "此件与原件相符"])
    draw.text((wide / 2, wide / 8), words, font=face("bold", wide // 9), fill=230, anchor="mm")
    mask = mask.rotate(chance.gauss(0, 4), Image.Resampling.BICUBIC, expand=True).filter(
        ImageFilter.GaussianBlur(0.6)
    )
    x, y = round(copy.width * chance.uniform(0.08, 0.55)), round(copy.height * chance.uniform(0.82, 0.88))
    ink.put(copy, mask, (x, y), (208, 20, 34))
    seal, colour = ink.seal(stamp, round(copy.width * 0.19), chance)
    ink.put(copy, seal, (x + round(wide * 0.7), y - seal.height // 2), colour)
    return wear.flatbed(copy, chance)
