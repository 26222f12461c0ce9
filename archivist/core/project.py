"""A project (项目) as the register tells of it. Money is yuan."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Category(StrEnum):
    """Project category (项目类别), the plan's section 2."""

    STRONG = "优势类"
    WEAK = "薄弱类"
    IDLE = "闲置类"
    ELIMINATED = "淘汰类"


@dataclass(frozen=True, slots=True)
class Township:
    """镇街: a 镇 or 街道 of the district, with its nine-digit statistical code."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Project:
    """One row of the project register (项目台账).

    ``amount`` is the invested assistance funds (投入帮扶资金) in yuan; ``None`` or "" means the register does not say.
    """

    code: str
    name: str
    township: str = ""
    village: str = ""
    category: Category | None = None
    major_idle: bool | None = None
    year: str = ""
    amount: Decimal | None = None
    department: str = ""
    operator: str = ""
    contact: str = ""
    phone: str = ""
    ownership: str = ""
    poor_village: bool | None = None
    reason: str = ""
    debts: str = ""
    measures: str = ""
    progress: str = ""
    problems: str = ""
