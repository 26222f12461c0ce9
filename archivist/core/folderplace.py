"""Where a project's folder lies and what it is called, against the register (项目文件夹的位置).

People move and rename folders; the software follows by the project's own description in it (档案元数据.json), and files
as before. What others will look for is the township and the number, so what differs is told.
"""

from __future__ import annotations

from typing import NamedTuple

from archivist.core.compare.places import stem
from archivist.core.naming import project_folder, township_folder
from archivist.core.words.doing import Doing


class Lies(NamedTuple):
    """A folder that lies or is called otherwise than the register says: what differs and what to do."""

    elsewhere: bool
    what: str
    do: Doing


def lies_otherwise(code: str, name: str, township: str, folder: str) -> Lies | None:
    """What is to be told of a project's folder; None where it lies and is called as the register says.

    Args:
        folder: below the store's root: 项目档案/<镇街>/<项目编号 项目名称>.
    """
    above, _, called = folder.rpartition("/")
    place, wanted = above.partition("/")[2], township_folder(township)
    if township and stem(township) not in place:
        where = f"放在“{place}”里" if place else "没有放在镇街的文件夹里"
        return Lies(
            True,
            f"项目 {code} 的文件夹{where}，台账里它属于{township}。软件照常归档。",
            Doing(
                f"放错了的，把文件夹移回“{wanted}”；台账要改的，改好后重新导入：archivist register import 台账文件",
                f"放错了的，把整个文件夹拖回“{wanted}”；是台账要改的，请管理员改台账。",
            ),
        )
    expected = project_folder(code, name)
    if called == expected:
        return None
    back = f"别人按编号找不到它，最好改回“{expected}”。" if code not in called else "不用改回。"
    return Lies(
        False,
        f"项目 {code} 的文件夹叫“{called}”，按台账应叫“{expected}”。软件照常归档。",
        Doing(back, back),
    )
