"""The plan's words for an item (归档内容) with a project's own names in place of ××: one way for pages and documents."""

from __future__ import annotations

from archivist.core.project import Project
from archivist.core.rules import ItemRule

_STAND_INS = {"××镇街": "township", "××村（社区）": "village", "××部门": "department"}


def item_name(item: ItemRule, project: Project) -> str:
    """Return the plan's words for ``item`` with ×× replaced by the real name, where the register knows it."""
    name = item.name
    for words, attribute in _STAND_INS.items():
        real: str = getattr(project, attribute)
        name = name.replace(words, real) if real else name
    return name
