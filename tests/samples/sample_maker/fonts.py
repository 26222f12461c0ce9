"""The fonts of the samples, all under open licences. A missing one is named with its package."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont


@dataclass(frozen=True, slots=True)
class Face:
    """One face: where Debian puts it, its number inside a collection, and the package that brings it."""

    path: str
    index: int
    package: str


FACES = {
    "song": Face("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2, "fonts-noto-cjk"),
    "songbold": Face("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc", 2, "fonts-noto-cjk"),
    "hei": Face("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2, "fonts-noto-cjk"),
    "kai": Face("/usr/share/fonts/truetype/arphic-gkai00mp/gkai00mp.ttf", 0, "fonts-arphic-gkai00mp"),
    "hand": Face("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", 0, "fonts-lxgw-wenkai"),
    "zenhei": Face("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0, "fonts-wqy-zenhei"),
}


def require_fonts() -> None:
    """Stop with a plain sentence when a font is missing."""
    lacking = {face.package for face in FACES.values() if not Path(face.path).is_file()}
    if lacking:
        sys.exit(f"缺少字体，无法生成样例。请先安装：apt-get install {' '.join(sorted(lacking))}")


@cache
def font(role: str, pixels: int) -> ImageFont.FreeTypeFont:
    """Return the face for ``role`` at a height of ``pixels``."""
    face = FACES[role]
    return ImageFont.truetype(face.path, pixels, index=face.index)
