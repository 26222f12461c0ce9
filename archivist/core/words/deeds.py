"""What an event tells of a deed, in a line (说明): beside the reason what was verified, numbered, exported, entered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archivist.core.rootcode import RootCode

_ENTERED = {"date": "日期", "original": "原件或复印件", "responsible": "责任者"}


def deed(act: str, told: Mapping[str, Any]) -> str:
    """The line for an event of ``act``; ``told`` holds what its detail says, by key, None for what it does not."""
    reason = _words(told.get("reason"))
    if act in ("verified by hand", "verification withdrawn"):
        result = " ".join(filter(None, (_words(told.get("check")), _words(told.get("result")))))
        return "：".join(filter(None, (result, _words(told.get("note")) or reason)))
    if act in ("numbered", "number withdrawn"):
        return "：".join(filter(None, ("、".join(_list(told.get("codes"))), reason)))
    if act == "exported" and (digest := _words(told.get("sha256"))):
        return f"移交包校验值 {RootCode(digest).printed}"
    if act == "described":
        return "，".join(
            f"{name}：{value}" for key, name in _ENTERED.items() if (value := _words(told.get(key)))
        )
    return reason


def _words(told: object) -> str:
    return told if isinstance(told, str) else ""


def _list(told: object) -> list[str]:
    return [one for one in told if isinstance(one, str)] if isinstance(told, list) else []
