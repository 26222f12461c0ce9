"""Faces for the bench of marks: printed ones and written-looking ones, other ones for each half where there are."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache

from PIL import ImageFont

from tests.bench.recognition.fonts import Face, faces

WRITTEN = (
    ("LXGW WenKai", "LXGW WenKai Light", "YOzF", "AR PL KaitiM GB", "YOzC"),
    ("Klee One", "SetoFont", "kiloji", "AR PL UKai CN", "YOzA"),
)
"""Families that look written, or are bent until they do: for learning, for the report."""
PRINTED = (
    ("Noto Serif CJK SC", "AR PL KaitiM GB", "Noto Sans CJK SC", "AR PL SungtiL GB", "LXGW WenKai"),
    (
        "Noto Serif CJK SC",
        "AR PL UKai CN",
        "WenQuanYi Zen Hei",
        "AR PL UMing CN",
        "Noto Sans CJK SC",
        "cwTeXFangSong",
        "LXGW WenKai",
        "TW-Kai",
    ),
)
"""Families of print, 楷体 among them."""


@cache
def _known() -> dict[str, Face]:
    program = shutil.which("fc-list")
    if program is None:
        return {}
    form = "%{file}\t%{index}\t%{family}\t%{style}\n"
    asked = subprocess.run([program, f"--format={form}"], capture_output=True, text=True, check=False)
    found: dict[str, Face] = {}
    rows = [row.split("\t") for row in sorted(asked.stdout.splitlines())]
    for file, index, families, _ in sorted(rows, key=lambda row: "Bold" in row[3] or "Light" in row[3]):
        for family in families.split(","):
            found.setdefault(family, Face(file, int(index) & 0xFFFF))
    return found


@cache
def written(report: bool) -> tuple[Face, ...]:
    """The written-looking faces of this machine for one half; the machine's 楷体 where there are none."""
    known = _known()
    return tuple(known[name] for name in WRITTEN[report] if name in known) or (faces()["hand"],)


@cache
def printed(report: bool) -> tuple[Face, ...]:
    """The faces of print of this machine for one half."""
    known = _known()
    return tuple(known[name] for name in PRINTED[report] if name in known) or (
        faces()["serif"],
        faces()["kai"],
    )


@cache
def font(face: Face, pixels: int) -> ImageFont.FreeTypeFont:
    """A face at a height of ``pixels``."""
    return ImageFont.truetype(face.path, max(6, pixels), index=face.index)


@cache
def _missing(face: Face) -> tuple[tuple[int, int], bytes]:
    drawn = font(face, 24).getmask("\U0010fffe")
    return drawn.size, bytes(drawn)


def has(face: Face, text: str) -> bool:
    """Whether a face can draw all of ``text``."""
    masks = (font(face, 24).getmask(one) for one in set(text) if one.strip())
    return all(mask.size[0] and (mask.size, bytes(mask)) != _missing(face) for mask in masks)
