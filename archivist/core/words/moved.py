"""What is said of a document that somebody moved by hand (拖动): why it is now where it is. No command is named: these
reasons stand in notes and pages, too.
"""

from __future__ import annotations

from archivist.core.authority import FOLDER
from archivist.core.register.seen import Table


def by_whom(person: str) -> str:
    """Who did it, before what they did: nobody is named where only the folder is known."""
    return "有人" if person == FOLDER else f"由 {person} "


def taken_back(person: str, place: str) -> str:
    """A document that was filed or sent back was dragged to where things wait."""
    return f"{by_whom(person)}从“{place}”拖到这里的，那里已经没有它了。请看一看，再拖到对的文件夹；没有放错的，拖回原处"


def given_back(person: str, place: str) -> str:
    """A document was dragged to where things are sent back."""
    return f"{by_whom(person)}从“{place}”拖到这里，按不归档处理"


DISMISSED = "有人把它从“{review}”删除或移走了，按不归档处理；收到的原件另外存着，要归档的请管理员取出"
"""A document that waited is gone from there; ``review`` is what the folder is called."""


PUT_BACK = "，从那里拿走的已经放回“{where}”。那里不对的，从那里拖到对的文件夹，或拖到“待确认”"
"""What was filed, or waited, and came in once more through 收件箱."""


def came_along(where: str) -> str:
    """A whole project's folder was dragged away: nobody decided on each file in it."""
    return f"项目的整个文件夹被拖到“{where}”，材料已放回原处"


def put_back(where: str) -> str:
    """With a register of people (人员名册) folders only file: what was dragged away from its place stands there again."""
    return f"有人把它拖到“{where}”，已放回原处：有人员名册时，改归、退回要由经办人办理，请管理员转告"


def stays_waiting(review: str) -> str:
    """The same of what was deleted, or taken away, from where things wait. ``review``: what the folder is called."""
    return f"有人把它从“{review}”删除或移走了，已放回：有人员名册时，不归档的要由经办人退回，请管理员转告"


REGISTERS = {
    Table.PROJECTS: "这是项目台账（管理台账、项目清单），不是某一个项目的材料。请交给管理员，由他导入台账",
    Table.PEOPLE: "这是人员名册，不是归档材料。请交给管理员，由他导入名册",
}
"""What is said of a register that was handed in as a paper, by what it is."""
