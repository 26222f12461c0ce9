"""What schemas/people.toml says, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archivist.core.people.bodies import plain_body
from archivist.core.people.person import Role, Standing
from archivist.core.register.rules import RegisterRules

COLUMNS = ("name", "body", "level", "roles", "duty", "township", "village", "account", "stopped", "ignored")
"""What a column may mean."""


@dataclass(frozen=True, slots=True)
class Administrators:
    """How many system administrators (系统管理员) each body of a level has in principle, by the plan's words."""

    clause: str
    quote: str
    counts: Mapping[Standing, int]


@dataclass(frozen=True, slots=True)
class PeopleRules:
    """Everything the reading of a register of people needs to know.

    Attributes:
        headers: folded column name → field. fill_down: fields whose merged cell counts for each row it covers.
        levels, roles: folded spelling → meaning. bodies: names that people of a level may be of.
        register: what is known of townships, and of cells that mean yes, no and nothing.
        source: the folder the rules came from, for messages.
    """

    headers: Mapping[str, str]
    fill_down: frozenset[str]
    levels: Mapping[str, Standing]
    roles: Mapping[str, Role]
    bodies: Mapping[Standing, tuple[str, ...]]
    administrators: Administrators
    register: RegisterRules
    source: str = "schemas"


@dataclass(frozen=True, slots=True)
class Known:
    """What the project register names: its townships, villages (township, village) and departments."""

    townships: frozenset[str] = frozenset()
    villages: frozenset[tuple[str, str]] = frozenset()
    departments: frozenset[str] = frozenset()

    def has_department(self, name: str, rules: PeopleRules) -> bool:
        """Whether a project or a list names it."""
        prefixes = rules.register.prefixes
        listed = (*self.departments, *rules.bodies.get(Standing.DEPARTMENT, ()))
        return plain_body(name, prefixes) in {plain_body(one, prefixes) for one in listed if one}
