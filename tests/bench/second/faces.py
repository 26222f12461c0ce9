"""The typefaces of the second corpus by the part they play; a machine with fewer fonts plays all parts with what it has."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache

from PIL import ImageFont

from tests.bench.recognition import fonts

PARTS: dict[str, tuple[str, ...]] = {
    "song": ("AR PL SungtiL GB", "AR PL UMing CN", "SimSun", "Noto Serif CJK SC"),
    "fang": ("FangSong", "AR PL UMing CN", "AR PL SungtiL GB", "Noto Serif CJK SC"),
    "kai": ("AR PL KaitiM GB", "AR PL UKai CN", "KaiTi", "LXGW WenKai"),
    "ukai": ("AR PL UKai CN", "KaiTi", "AR PL KaitiM GB"),
    "serif": ("Noto Serif CJK SC", "SimSun", "AR PL UMing CN"),
    "bold": ("Noto Serif CJK SC:Bold", "SimHei", "Noto Sans CJK SC:Bold"),
    "hei": ("Noto Sans CJK SC", "SimHei", "WenQuanYi Micro Hei"),
    "heib": ("Noto Sans CJK SC:Bold", "SimHei"),
    "micro": ("WenQuanYi Micro Hei", "Microsoft YaHei", "Noto Sans CJK SC"),
    "zen": ("WenQuanYi Zen Hei", "DengXian", "Noto Sans CJK SC"),
    "slant": ("Smiley Sans", "STXingkai", "Noto Sans CJK SC:Bold"),
    "pen": ("LXGW WenKai Light", "LXGW WenKai", "KaiTi"),
    "pen2": ("LXGW WenKai", "AR PL UKai CN", "KaiTi"),
    "pen3": ("AR PL UKai CN", "KaiTi", "LXGW WenKai"),
    "pen4": ("TW-Kai", "AR PL KaitiM GB", "STXingkai", "KaiTi"),
}
_SPARE = ("serif", "hei")


@cache
def _known() -> dict[str, tuple[str, int]]:
    program = shutil.which("fc-list")
    found: dict[str, tuple[str, int]] = {}
    if program is None:
        return found
    form = "--format=%{file}\t%{index}\t%{family}\t%{style}\n"
    said = subprocess.run([program, ":lang=zh-cn", form], capture_output=True, text=True, check=False).stdout
    for row in sorted(said.splitlines(), key=lambda row: ("Light" in row and "Kai" in row, row)):
        file, index, families, style = row.split("\t")
        for family in families.split(","):
            found.setdefault(
                family + (":Bold" if style.startswith("Bold") else ""), (file, int(index) & 0xFFFF)
            )
    return found


@cache
def place(part: str) -> tuple[str, int]:
    """File and number of the face that plays ``part``."""
    known = _known()
    for family in PARTS[part]:
        if family in known:
            return known[family]
    face = fonts.faces()["kai" if part.startswith("pen") else "serif"]
    return face.path, face.index


@cache
def face(part: str, pixels: int) -> ImageFont.FreeTypeFont:
    """The face at a height in pixels."""
    file, index = place(part)
    return ImageFont.truetype(file, max(6, pixels), index=index)


@cache
def has(part: str, character: str) -> bool:
    """False where the face would draw its box for "no such character"."""
    if character.isspace():
        return True
    font = face(part, 40)
    box, drawn = font.getmask("\U0010fffe"), font.getmask(character)
    return (drawn.size != box.size or bytes(drawn) != bytes(box)) and drawn.getbbox() is not None


def runs(text: str, part: str) -> list[tuple[str, str]]:
    """The text in stretches of one face: characters the face lacks are set from another."""
    found: list[tuple[str, str]] = []
    for character in text:
        used = next((one for one in (part, *_SPARE) if has(one, character)), part)
        if found and found[-1][0] == used:
            found[-1] = (used, found[-1][1] + character)
        else:
            found.append((used, character))
    return found


def width(text: str, part: str, pixels: int) -> float:
    """How wide the text is, in pixels."""
    return sum(face(used, pixels).getlength(piece) for used, piece in runs(text, part))
