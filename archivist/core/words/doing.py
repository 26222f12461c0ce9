"""What to do (办法), twice: for who types commands, and for who only has the folders, a mouse and somebody to ask.

The words for the folders name no command: they say what is dragged where, or whom to ask (管理员; who that is, each page
and note says at its end).
"""

from __future__ import annotations

from typing import NamedTuple


class Doing(NamedTuple):
    """One thing to do: as ``command`` says it on the screen, and as ``folder`` says it in pages and notes."""

    command: str
    folder: str


MOVE_AWAY = Doing(
    "请看原件：归错的，改归到它的项目；本项目的材料另行归档；没有错的，写明理由。",
    "请看原件：放错的，拖到它自己的项目文件夹里，再放进本项目的材料；没有放错的，请管理员写明理由。",
)
"""A paper of another place, project or item."""

OTHER_KIND = Doing(
    "请把这一项的材料扫描清楚再归档，这一件改归或退回。",
    "放错的，拖到对的那一项的文件夹；不用归档的，拖回“待确认”；这一项的材料扫描清楚再放进来。",
)
PERHAPS_OTHER_KIND = Doing(
    "请看原件：是这一类的，写明理由；不是的，改归。",
    "请看原件：放错的，拖到对的那一项的文件夹；没有放错的，请管理员写明理由。",
)
"""A paper that is, or may be, none of what its item asks for."""

ONE_PLACE = Doing(
    "一份文件只能作一个项目的一项材料：请留下该留的一处，其余的退回或换成真正的材料。",
    "一份文件只能作一个项目的一项材料：留下该留的一处，其余的拖回“待确认”，再放进真正的材料。",
)
ASTRAY = Doing("放错的，请退回那一份。", "放错的，请到那里把它拖回“待确认”。")
"""The same paper in several places."""
