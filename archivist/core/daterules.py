"""What schemas/annex4.toml says of dates ([dates]): their roles (日期的性质), and the words that tell them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DateRole(StrEnum):
    """What a date is on its paper (日期的性质); which of them may be the paper's own, its kind decides."""

    MADE = "made"  # 成文、落款
    SIGNED = "signed"  # 签订
    MEETING = "meeting"  # 会议
    BLOCK = "block"  # 表中一栏的盖章日期
    ISSUED = "issued"  # 印发
    DEADLINE = "deadline"  # 时限
    TERM = "term"  # 期限、起止
    PAYMENT = "payment"  # 付款
    BASE = "base"  # 基准日
    STAMP = "stamp"  # 拍摄、扫描
    BIRTH = "birth"  # 出生
    LAW = "law"  # 别的文件
    PUBLICITY = "publicity"  # 公示期
    EVENT = "event"  # 经过


@dataclass(frozen=True, slots=True)
class DateWords:
    """Words that tell a date's role.

    Attributes:
        labels: directly before it (会议时间：). ahead: before it in a sentence (自). behind: directly after it (前).
        near: in the same clause; of stamps, in the same line.
    """

    role: DateRole
    labels: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateRules:
    """How the role of a date shows.

    Attributes:
        roles: words of each role.
        plain: labels that say of themselves nothing but that it is the paper's own (日期, 时间).
        beside: words beside which papers are dated (盖章, 签字 …).
        bodies: last words of the names of bodies, under which papers are dated.
        meets: words with which a sentence tells that a meeting was held (召开, 主持).
        announces: words with which such a sentence says that what follows was decided there (现将决定事项).
        witnesses: who dates an agreement besides its parties (鉴证).
        blocks: headings of a form's parts that are each dated.
    """

    roles: tuple[DateWords, ...] = ()
    plain: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()
    announces: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()


NO_DATE_RULES = DateRules()
"""Nothing is said of dates."""
