"""How a body may be called as the one responsible for a paper (责任者): by its full name or its standard short one."""

from __future__ import annotations

from archivist.core.drafts.clean import one_line
from archivist.core.patterns import lazily

_OURSELVES = lazily("[本我该][单机部局委办镇街乡村社区县公合].*")
_MOST = 200


def cleaned(body: str) -> str:
    """The name on one line."""
    return one_line(body)


def fault(body: str) -> str:
    """What is wrong with a name, as a Chinese sentence; "" where nothing is."""
    name = cleaned(body)
    if len(name) < 2 or not any(character.isalpha() for character in name):
        return "责任者要写单位（或个人）的全称或规范化简称，例如：大足区珠溪镇人民政府。"
    if len(name) > _MOST:
        return f"责任者最多 {_MOST} 个字。几个单位的，用分号隔开，太多的写主要的，后面加“等”。"
    if _OURSELVES.fullmatch(name):
        return f"责任者不能写“{name}”：离开本单位就不知道是谁。请写全称或规范化简称。"
    return ""
