"""Whether something is there for an item (归档内容), whatever it is worth. `states` says what it is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.core.catalogue.completeness import ItemState

if TYPE_CHECKING:
    from archivist.core.checks.values import ProjectFile
    from archivist.core.rules import ItemRule


def presence(file: ProjectFile, rule: ItemRule) -> ItemState:
    """PRESENT where anything is filed. What need not be there is never missing, nor is anything of it waited for."""
    if file.of(rule.number):
        return ItemState.PRESENT
    if not rule.required:
        return ItemState.OPTIONAL
    if rule.number in file.waivers:
        return ItemState.WAIVED
    waits = any(one.item == rule.number for one in file.waiting)
    return ItemState.REVIEW if waits else ItemState.MISSING
