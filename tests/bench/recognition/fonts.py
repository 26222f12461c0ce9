"""Chinese fonts of this machine, by role. fontconfig is asked first; where there is none, known places are tried."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont


class NoFonts(Exception):
    """No Chinese font was found; the message says in Chinese what to install."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font file and the number of the face inside it."""

    path: str
    index: int = 0


ROLES: dict[str, tuple[str, ...]] = {
    "serif": ("Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "FangSong", "STSong"),
    "serifb": ("Noto Serif CJK SC:bold", "Source Han Serif SC:bold", "SimHei", "STZhongsong"),
    "sans": ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "SimHei", "WenQuanYi Zen Hei"),
    "sansb": ("Noto Sans CJK SC:bold", "Source Han Sans SC:bold", "Microsoft YaHei:bold", "SimHei"),
    "kai": ("AR PL KaitiM GB", "AR PL UKai CN", "KaiTi", "STKaiti", "LXGW WenKai"),
    "hand": ("LXGW WenKai", "KaiTi", "AR PL KaitiM GB", "STXingkai"),
    "handlight": ("LXGW WenKai Light", "LXGW WenKai", "STKaiti", "KaiTi"),
    "zenhei": ("WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "DengXian", "SimHei"),
}
"""Families for each role, best first; a role without one of its own is played by another."""

_PLACES = (
    Path("C:/Windows/Fonts"),
    Path("/System/Library/Fonts"),
    Path("/usr/share/fonts"),
    Path("~/.fonts"),
)
_FILES = {
    "simsun.ttc": "SimSun",
    "simhei.ttf": "SimHei",
    "simkai.ttf": "KaiTi",
    "simfang.ttf": "FangSong",
    "msyh.ttc": "Microsoft YaHei",
    "msyhbd.ttc": "Microsoft YaHei:bold",
    "deng.ttf": "DengXian",
    "notoserifcjk-regular.ttc": "Noto Serif CJK SC",
    "notosanscjk-regular.ttc": "Noto Sans CJK SC",
    "wqy-zenhei.ttc": "WenQuanYi Zen Hei",
    "gkai00mp.ttf": "AR PL KaitiM GB",
    "lxgwwenkai-regular.ttf": "LXGW WenKai",
}


@cache
def faces() -> dict[str, Face]:
    """The face of each role. Raises NoFonts when the machine has no Chinese font at all."""
    known = _by_fontconfig() or _by_place()
    if not known:
        raise NoFonts(
            "没有找到中文字体，无法制作测试材料。请安装 fonts-noto-cjk（Windows 请安装中文语言包）后再运行。"
        )
    spare = next((known[name] for names in ROLES.values() for name in names if name in known), None)
    if spare is None:
        spare = next(iter(known.values()))
    return {
        role: next((known[name] for name in names if name in known), spare) for role, names in ROLES.items()
    }


def _by_fontconfig() -> dict[str, Face]:
    """Faces by family, bold ones by ``family:bold``."""
    program = shutil.which("fc-list")
    if program is None:
        return {}
    form = "%{file}\t%{index}\t%{family}\t%{style}\n"
    asked = subprocess.run(
        [program, ":lang=zh-cn", f"--format={form}"], capture_output=True, text=True, check=False
    )
    found: dict[str, Face] = {}
    rows = [row.split("\t") for row in sorted(asked.stdout.splitlines())]
    for file, index, families, style in sorted(rows, key=lambda row: "Light" in row[3]):
        bold = ":bold" if "Bold" in style else ""
        for family in families.split(","):
            found.setdefault(family + bold, Face(file, int(index) & 0xFFFF))
    return found


def _by_place() -> dict[str, Face]:
    found: dict[str, Face] = {}
    for place in _PLACES:
        for path in sorted(place.expanduser().rglob("*.tt[cf]")):
            family = _FILES.get(path.name.lower())
            if family:
                found.setdefault(family, Face(str(path), 2 if family.startswith("Noto") else 0))
    return found


@cache
def font(role: str, pixels: int) -> ImageFont.FreeTypeFont:
    """The face for ``role`` at a height of ``pixels``."""
    face = faces()[role]
    return ImageFont.truetype(face.path, max(6, pixels), index=face.index)


@cache
def lacks(role: str, character: str) -> bool:
    """True when the face draws its "no such character" box."""
    missing = font(role, 32).getmask("\U0010fffe")
    drawn = font(role, 32).getmask(character)
    return drawn.size == missing.size and bytes(drawn) == bytes(missing)


def names() -> str:
    """The files in use, for the report."""
    return "、".join(sorted({Path(face.path).name for face in faces().values()}))
