"""Why papers of an item do not qualify (不合格), or must be looked at (待核): a closed vocabulary, by codes of findings."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """What a person reads beside the state of an item."""

    UNSEALED = "未盖章"
    UNSIGNED = "未签字"
    DATE = "日期有误"
    PROJECT = "项目不符"
    LEVEL = "层级不符"
    REFUSED = "未通过"
    DRAFT = "草稿"
    PAGES = "缺页"
    CONTENT = "内容不一致"
    UNREADABLE = "无法识读"
    ALTERED = "被改动"
    GONE = "被删除或移走"


REASONS: dict[str, Reason] = {
    "altered": Reason.ALTERED,
    "gone": Reason.GONE,
    "draft": Reason.DRAFT,
    "copy": Reason.DRAFT,
    "unissued": Reason.DRAFT,
    "issue-unclear": Reason.DRAFT,
    "unsigned": Reason.UNSEALED,
    "unfit": Reason.CONTENT,
    "unfit-unclear": Reason.UNREADABLE,
    "unread": Reason.UNREADABLE,
    "other-project": Reason.PROJECT,
    "names-other": Reason.PROJECT,
    "unnamed": Reason.PROJECT,
    "same-paper": Reason.CONTENT,
    "edition-differs": Reason.CONTENT,
    "edition-unclear": Reason.CONTENT,
    "correction": Reason.CONTENT,
    "other-place": Reason.PROJECT,
    "other-place-unclear": Reason.PROJECT,
    "differs-*": Reason.CONTENT,
    "dossier-*": Reason.CONTENT,
    "meeting-date": Reason.CONTENT,
    "meeting-votes": Reason.CONTENT,
    "sums-differ": Reason.CONTENT,
    "assessment-gaps": Reason.CONTENT,
    "advice-against": Reason.REFUSED,
    "advice-unclear": Reason.REFUSED,
    "level-wrong": Reason.LEVEL,
    "level-unclear": Reason.LEVEL,
    "vote-quorum": Reason.REFUSED,
    "vote-failed": Reason.REFUSED,
    "vote-numbers": Reason.REFUSED,
    "vote-unclear": Reason.REFUSED,
    "not-agreed": Reason.REFUSED,
    "agreed-conditional": Reason.REFUSED,
    "agreed-unclear": Reason.REFUSED,
    "seal-absent": Reason.UNSEALED,
    "seal-unclear": Reason.UNSEALED,
    "seal-foreign": Reason.UNSEALED,
    "signature-absent": Reason.UNSIGNED,
    "signature-unclear": Reason.UNSIGNED,
    "future-date": Reason.DATE,
    "undated": Reason.DATE,
    "date-entered": Reason.DATE,
    "publicity-short": Reason.DATE,
    "publicity-running": Reason.DATE,
    "root-changed": Reason.CONTENT,
    "root-unread": Reason.UNREADABLE,
    "order-*": Reason.DATE,
}
"""By code of a finding (``Finding.code``, as the checks' ``CODES`` have it). Codes that say that a paper is not there
(missing, review …), and those that are about the whole project, stand nowhere here.
"""

OF_PRESENCE = ("missing", "review", "waiver-void")
"""Codes that say that nothing is filed, or that what let it be is void."""

OF_PROJECT = ("category", "scope-unclear", "debts", "debts-open", "claims-open", "matter-*")
"""Codes that are about the project as a whole, and stand on no item."""

ONLY_TOLD = (
    "waiting",
    "reopened",
    "after-deregistration",
    "proposal-waits",
    "draft-kept",
    "original-unknown",
    "override-void",
    "paper-elsewhere",
    "folder-elsewhere",
)
"""Codes that are good to know and change no state."""

UNDECIDED = ("*-not-run",)
"""Codes that say that something could not be compared: in the gate's way, and for a person to look at (待核)."""


def reason_of(code: str) -> Reason | None:
    """The reason a finding's code stands for; None when it stands for none."""
    found = REASONS.get(code)
    if found is not None:
        return found
    return next((reason for pattern, reason in REASONS.items() if fits(code, pattern)), None)


def fits(code: str, pattern: str) -> bool:
    """Whether a code is of a pattern, whose one * stands for anything."""
    head, star, tail = pattern.partition("*")
    return code.startswith(head) and code.endswith(tail) if star else code == pattern
