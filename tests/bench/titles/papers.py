"""The papers of papers*.toml as pages: titles of one's own making over bodies as officials write them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from archivist.core.model import TextSource
from archivist.core.page import Line, Page
from archivist.core.project import Category, Project
from archivist.core.text import fold

LEARN, REPORT = "learn", "report"
_HERE = Path(__file__).parent
_FILES = ("papers1.toml", "papers8.toml", "papersno.toml")


_STREET = {
    "{T}人民政府": "{T}办事处",
    "中共大足区{T}委员会": "中共大足区{T}工作委员会",
    "{T}党委": "{T}党工委",
    "{V}村民委员会": "{V}居民委员会",
    "{V}村民代表": "{V}居民代表",
    "镇党委书记": "党工委书记",
    "镇长": "办事处主任",
    "镇里": "街道",
}
"""How streets (街道) and their communities (社区) are written of."""


@dataclass(frozen=True, slots=True)
class Place:
    """A project of the bench's own register, and the words that marks in braces stand for."""

    code: str
    name: str
    township: str
    village: str
    operator: str
    department: str
    year: int
    amount: str

    @property
    def project(self) -> Project:
        """The register's row."""
        return Project(self.code, self.name, self.township, self.village, Category.ELIMINATED)

    def filled(self, text: str, title: str) -> str:
        """``text`` with its marks filled in."""
        words = {
            "{title}": title,
            "{P}": self.name,
            "{C}": self.code,
            "{T}": self.township,
            "{V}": self.village,
            "{O}": self.operator,
            "{D}": f"重庆市大足{self.department}",
            "{d}": self.department,
            "{Y}": str(self.year),
            "{m}": self.amount,
        }
        if self.township.endswith("街道"):
            for said, street in _STREET.items():
                text = text.replace(said, street)
        for mark, word in words.items():
            text = text.replace(mark, word)
        return text


PLACES = (
    Place(
        "DZ-2018-0112",
        "宝顶镇石梯村冬菜加工车间建设项目",
        "宝顶镇",
        "石梯村",
        "大足区鲜丰蔬菜专业合作社",
        "区农业农村委员会",
        2018,
        "86",
    ),
    Place(
        "DZ-2017-0205",
        "龙石镇月亮坪村生猪代养场项目",
        "龙石镇",
        "月亮坪村",
        "重庆渝牧生态农业有限公司",
        "区农业农村委员会",
        2017,
        "120",
    ),
    Place(
        "DZ-2019-0078",
        "季家镇柏林坳村李子种植园项目",
        "季家镇",
        "柏林坳村",
        "大足区果满山家庭农场",
        "区林业局",
        2019,
        "54.5",
    ),
    Place(
        "DZ-2020-0009",
        "铁山镇麻柳滩村乡村民宿示范点项目",
        "铁山镇",
        "麻柳滩村",
        "重庆溪畔文旅有限公司",
        "区文化和旅游发展委员会",
        2020,
        "95",
    ),
    Place(
        "DZ-2016-0033",
        "高坪镇双碑村肉兔养殖小区项目",
        "高坪镇",
        "双碑村",
        "大足区双碑兔业专业合作社",
        "区农业农村委员会",
        2016,
        "42.8",
    ),
    Place(
        "DZ-2018-0091",
        "国梁镇红岩沟村再生水冷水鱼养殖池项目",
        "国梁镇",
        "红岩沟村",
        "重庆红岩渔业有限公司",
        "区水利局",
        2018,
        "73",
    ),
    Place(
        "DZ-2019-0120",
        "棠香街道水峰社区藤编加工坊项目",
        "棠香街道",
        "水峰社区",
        "大足区水峰藤编专业合作社",
        "区经济和信息化委员会",
        2019,
        "38.6",
    ),
)


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper and what is true of it.

    Attributes:
        item: the catalogue's number, 0 when it belongs to none. named: whether it names a register project and its
            winding up. many: it lists several. half: LEARN or REPORT.
    """

    title: str
    words: str
    pages: tuple[Page, ...]
    item: int
    place: Place
    named: bool
    half: str
    boxed: bool
    many: bool = False


def half_of(words: str) -> str:
    """Which half a title's words belong to: by a hash, so that no title of one half is in the other."""
    return REPORT if sha256(words.encode()).digest()[0] % 2 else LEARN


def papers() -> Iterator[Paper]:
    """All papers: each title over each body of its half, in turn with and without boxes."""
    number = 0
    for name in _FILES:
        for group in tomllib.loads((_HERE / name).read_text("utf-8"))["group"]:
            for words in group["titles"]:
                half = group.get("half", half_of(words))
                for body in _bodies(group["bodies"], half):
                    number += 1
                    yield _paper(group, words, body, half, PLACES[number % len(PLACES)], number % 3 == 0)


def _bodies(bodies: list[str], half: str) -> list[str]:
    """The halves share no body where a group has two or more."""
    return bodies[(half == REPORT) :: 2] or bodies


def _paper(group: dict, words: str, body: str, half: str, place: Place, boxed: bool) -> Paper:  # type: ignore[type-arg]
    title = place.filled(words, "")
    lines = place.filled(body, title).strip().splitlines()
    named = bool(group["item"]) or (group["names"] and group.get("wind", True))
    return Paper(
        title,
        words,
        (_set(lines, title, boxed),),
        group["item"],
        place,
        named,
        half,
        boxed,
        group.get("many", False),
    )


def _set(lines: list[str], title: str, boxed: bool) -> Page:
    if not boxed:
        return Page(1, tuple(map(Line, lines)), TextSource.NATIVE)
    found, top = [], 0.06
    for text in (piece for line in lines for piece in _wrapped(line, 18 if line == title else 28)):
        large = fold(text) in fold(title)
        height = 0.024 if large else 0.0165
        width = min(0.82, len(text) * height * (0.72 if large else 0.9) * 1.05)
        left = 0.5 - width / 2 if large else 0.11
        found.append(Line(text, (left, top, left + width, top + height), 0.98))
        top += height * 1.7
    return Page(1, tuple(found), TextSource.OCR)


def _wrapped(line: str, columns: int) -> list[str]:
    return [line[at : at + columns] for at in range(0, len(line), columns)]
