"""How outlines in small pictures of pages look (图例), told once for every format."""

from __future__ import annotations

LEGEND = (
    ("double", "印章", "双线圆圈，圆形编号"),
    ("solid", "签字", "实线方框，方形编号"),
    ("dashed", "日期", "虚线方框，菱形编号"),
    ("under", "引文", "字下点线，白底编号"),
)
"""How outlines in pictures look, told in words, too: by shape and line, not by colour."""


def legend_in_words() -> str:
    """The legend in one line."""
    return "图例：" + "；".join(f"{name}——{how}" for _, name, how in LEGEND) + "。"
