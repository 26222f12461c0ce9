"""What is asked about a number that is new in the register (换编号待答), and how it is told. Pure and light."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

JOINED = "并入"
"""Stands beside an earlier number of a project that another one had, which was joined to it."""


@dataclass(frozen=True, slots=True)
class Former:
    """Whose an earlier number is now: the project's number of now, what the project was called that had it, and whether
    that one was ``joined`` to it.
    """

    code: str
    name: str
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A new row that may be a known project under another number, and is not registered until somebody answers.

    Attributes:
        record: the row as `project_to_record` writes it. likes: known projects, each with what agrees, in Chinese.
        answer: the command that answers it, where it is more than a number that changed; told: what it may be, in Chinese.
        file: the register's. at: when it was read (ISO 8601).
    """

    code: str
    record: Mapping[str, Any]
    likes: tuple[tuple[str, str], ...]
    file: str
    at: str
    told: str = ""
    answer: str = ""

    @property
    def taken(self) -> bool:
        """Whether the number is a known project's, and the row nobody's that is known."""
        return any(code == self.code for code, _ in self.likes)

    @property
    def only(self) -> str:
        """The number of the one project that it may be; "" where there are several."""
        return self.likes[0][0] if len(self.likes) == 1 and not self.answer else ""

    @property
    def lines(self) -> list[str]:
        """The question for people, and the commands that answer it."""
        if self.answer:
            return [
                f"待答 {self.code} {self.record['name']}：{self.told}，先没有登记。",
                f"　　{'不是，原项目的内容全部更正' if self.taken else '是'}：{self.answer}",
                f"　　是另一个项目：archivist register separate {self.code}",
            ]
        told = "；".join(f"{code}（{why}）" for code, why in self.likes)
        what = "换了编号" if self.only else "其中一个换了编号"
        return [
            f"待答 {self.code} {self.record['name']}：像是{told}{what}，先没有登记。",
            *(f"　　是：archivist register renumber {code} {self.code}" for code, _ in self.likes),
            f"　　是另一个项目：archivist register separate {self.code}",
        ]


def asked_in_short(count: int) -> str:
    """One line for commands that tell of something else; "" where nothing is asked."""
    if not count:
        return ""
    return (
        f"台账里有 {count} 个新编号像是原有项目换了编号，还没有登记，请先回答：archivist register questions"
    )
