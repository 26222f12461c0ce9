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


def enter_date(document: str) -> Doing:
    """A date that nobody could read, or that was misread."""
    return Doing(
        f"请看原件，登记日期：archivist date {document} 日期",
        f"请看原件，把日期告诉管理员登记（{document}）。",
    )


def print_again(project: str) -> Doing:
    """A signed 销号审批表 that was printed for other papers than those filed now."""
    return Doing(
        f"请核对改了什么，再用 archivist generate 销号审批表 {project} 重新打印、审批。",
        "请核对改了什么，请管理员重新打印销号审批表，再审批。",
    )


def close_again(project: str) -> Doing:
    """A project that was open again."""
    return Doing(
        f"问题解决后要重新办理：archivist deregister {project}", "问题解决后，请管理员重新办理销号。"
    )


def confirm(project: str) -> Doing:
    """A project proposed for 销号 by one person."""
    return Doing(f"等待另一人确认：archivist deregister {project} --confirm", "等待另一人确认。")


def enter_original(document: str) -> Doing:
    """Whether a paper is an original or a copy."""
    return Doing(f"请登记：archivist original {document} 原件", f"请告诉管理员登记（{document}）。")


ONE_PLACE = Doing(
    "一份文件只能作一个项目的一项材料：请留下该留的一处，其余的退回或换成真正的材料。",
    "一份文件只能作一个项目的一项材料：留下该留的一处，其余的拖回“待确认”，再放进真正的材料。",
)
ASTRAY = Doing("放错的，请退回那一份。", "放错的，请到那里把它拖回“待确认”。")
"""The same paper in several places."""
