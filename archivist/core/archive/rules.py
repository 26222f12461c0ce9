"""How an archive numbers and keeps papers: schemas/archive.toml, and who keeps it (全宗), by the settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archivist.core.patterns import lazily

VOLUME, PIECE = "案卷", "件"
"""How a project's papers are kept: as one volume, or paper by paper."""

SECRECY = ("公开", "内部", "秘密", "机密", "绝密")
"""What 密级 may be; a paper that is of none is left blank."""

_FONDS = lazily("[0-9A-Z]{1,12}")
_CATEGORY = lazily("[A-Z]{2,4}")
_ORGAN = lazily("[0-9A-Z]{1,8}")


@dataclass(frozen=True, slots=True)
class Period:
    """A period of retention (保管期限) and what stands for it in a 档号."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class ArchiveRules:
    """The whole of schemas/archive.toml.

    Attributes:
        periods: longest first. retention: by number of the item (归档内容); ``default`` for the others.
        digits: of a 件号 or 案卷号. places: of a 顺序号.
        basis, number_basis: what the periods and the pattern of 档号 rest on, honestly.
    """

    periods: tuple[Period, ...]
    retention: Mapping[int, Period]
    default: Period
    basis: str
    number_basis: str
    digits: int = 4
    places: int = 3

    def of(self, item: int) -> Period:
        """How long papers of an item are kept."""
        return self.retention.get(item, self.default)

    def longest(self, items: Iterable[int]) -> Period:
        """How long papers that are kept together are kept: as the one that is kept longest."""
        return min((self.of(item) for item in items), key=self.periods.index, default=self.default)

    def coded(self, code: str) -> Period | None:
        """The period that stands for ``code`` in a 档号."""
        return next((one for one in self.periods if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Fonds:
    """Who keeps the archive (全宗), by the settings; "" for what is not set.

    Attributes:
        number: 全宗号. name: 全宗名称. category: 档案门类代码. organ: 机构（问题）代码, left out where there is none.
        by: VOLUME or PIECE. secrecy: 密级 of papers that say nothing of it.
    """

    number: str = ""
    name: str = ""
    category: str = "WS"
    organ: str = ""
    by: str = VOLUME
    secrecy: str = ""

    @property
    def volumes(self) -> bool:
        """Whether a project's papers are one volume."""
        return self.by == VOLUME

    def wrong(self) -> list[str]:
        """What must be set before a number can be given, each a Chinese sentence; nothing is ever invented in its place."""
        told = []
        if not self.number:
            told.append(
                "全宗号还没有设置。它由档案馆编给本单位，软件不能代编：请在 archivist.toml 的 [archive] 下写 "
                'fonds = "本单位的全宗号"'
            )
        elif not _FONDS.fullmatch(self.number):
            told.append(f"全宗号 fonds 只能用数字和大写字母（1 到 12 个），现为“{self.number}”")
        if not _CATEGORY.fullmatch(self.category):
            told.append(f"档案门类代码 category 应为 2 到 4 个大写字母，例如 WS，现为“{self.category}”")
        if self.organ and not _ORGAN.fullmatch(self.organ):
            told.append(f"机构（问题）代码 organ 只能用数字和大写字母（1 到 8 个），现为“{self.organ}”")
        return told
