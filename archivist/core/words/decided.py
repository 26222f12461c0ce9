"""How a decision of the gate (销号决定) is told: the one place that says what an outcome is called once it was passed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archivist.core.checks.values import Outcome
from archivist.core.decision import DecidedCheck, Decision
from archivist.core.evidence import EvidenceState

EXPLAINED = "已说明"
"""What a check that found something is called in a decision: passed for a stated reason, so that nothing is wrong now."""

KEPT = "草稿，只作留存"
"""What is said of a draft that is filed with an item: the item does not rest on it."""
OVERRIDDEN = "负责人核定"
"""What a check is called whose errors a named authority overrode."""

_CLEAR = frozenset({Outcome.PASSED.value, Outcome.NOT_NEEDED.value})


def outcome_word(check: DecidedCheck, decision: Decision) -> str:
    """The outcome of a check in a decision: no 有问题 stands under 已销号, errors are there only where somebody overrode
    them.
    """
    if overridden(check, decision):
        return OVERRIDDEN
    return EXPLAINED if explained(check, decision) else check.outcome


def explained(check: DecidedCheck, decision: Decision) -> bool:
    """Whether a check was passed for a stated reason only."""
    return check.outcome not in _CLEAR and not overridden(check, decision)


def overridden(check: DecidedCheck, decision: Decision) -> bool:
    """Whether a check was passed because a named authority overrode (核定) what it found."""
    return any(one["rule"] == check.rule for one in decision.overrides)


def who_overrode(one: Mapping[str, Any]) -> str:
    """Who overrode an error, and when; ``one`` as a decision keeps it."""
    by = one["by"]
    return f"{by['name']}（{by['body']}，{by['level']}；系统用户 {by['user'] or '未知'}），{one['at'][:10]}"


def kept_only(state: str) -> str:
    """What is said of a paper of a decision that is no evidence (草稿), by its state (材料状态); "" of one that is."""
    return KEPT if state == EvidenceState.DRAFT.value else ""


def who_decided(decision: Decision) -> str:
    """Who deregistered the project, as far as the decision says."""
    first, second = decision.proposed_by, decision.confirmed_by
    if first is None or second is None:
        return decision.actor
    return f"{first.name}（{first.body}）提请，{second.name}（{second.body}）确认"


def who_explained(reason: Mapping[str, Any], decision: Decision) -> str:
    """Who gave a reason: whom it names, else who proposed, else who decided."""
    first = decision.proposed_by
    return str(reason.get("by") or (first.name if first is not None else decision.actor))
