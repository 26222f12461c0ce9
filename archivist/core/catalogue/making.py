"""A project's state as it is kept: made of its file (案卷) by the rules. Loaded only when something has to be made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from archivist.core.catalogue.keeping import InRegister, Kept, items_to_text, record_of, whole_to_text
from archivist.core.catalogue.states import states_of
from archivist.core.catalogue.tally import outline
from archivist.core.checks.values import ProjectFile, Rules

_LAST_DAY = date(9999, 12, 31)


def made_of(
    file: ProjectFile,
    rules: Rules,
    today: str,
    unsorted: Sequence[str],
    printed: Callable[[dict[str, Any]], str],
) -> Kept:
    """Run the checks.

    Args:
        today: ISO 8601. unsorted: documents that wait with the project as guess and no item.
        printed: a record as a line of JSON.
    """
    state = states_of(file, rules, date.fromisoformat(today))
    until = "" if state == states_of(file, rules, _LAST_DAY) else today
    gate = file.gate
    deregistered = gate.at if gate is not None and gate.standing else None
    register = file.register
    township, village, department = (
        (register.township, register.village, register.department) if register else ("", "", "")
    )
    about = InRegister(file.code, file.name, township, village, department, deregistered)
    return Kept(
        file.code,
        file.name,
        file.category,
        township,
        village,
        department,
        int(state.complete),
        "".join(f" {item} " for item in state.missing),
        outline(state, deregistered is not None),
        items_to_text(state.items),
        whole_to_text(state.of_project),
        " ".join(unsorted),
        deregistered,
        today,
        until,
        printed(record_of(about, state, unsorted)),
    )
