"""A person of the register of people (人员名册): of which body, at which level (层级), in which roles (角色)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Standing(StrEnum):
    """At which level a person works (层级)."""

    VILLAGE = "村（社区）"
    TOWNSHIP = "镇街"
    DEPARTMENT = "部门"
    DISTRICT = "区"
    TASKFORCE = "专班"
    SUPERVISION = "监督"


class Role(StrEnum):
    """What a person does (角色)."""

    HANDLER = "经办"
    REVIEWER = "审核"
    HEAD = "负责人"
    ADMINISTRATOR = "系统管理员"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works with the archive. ``name`` and ``body`` together tell people apart.

    Attributes:
        township, village: where they work, for people of a township or a village; "" for others.
        duty: their post (职务), as written. account: their user of the operating system, "" when not said.
        stopped: they work with the archive no longer (停用); what they decided stays theirs.
    """

    name: str
    body: str
    level: Standing
    roles: tuple[Role, ...]
    duty: str = ""
    township: str = ""
    village: str = ""
    account: str = ""
    stopped: bool = False

    @property
    def called(self) -> str:
        """Name with body: what ``--as`` takes where two have one name."""
        return f"{self.name}（{self.body}）"

    @property
    def told(self) -> str:
        """Name, body, level and roles, as decisions tell them."""
        return f"{self.name}（{self.body}，{self.level.value}{'、'.join(role.value for role in self.roles)}）"

    def is_admin(self) -> bool:
        """Whether they keep the system (系统管理员) now."""
        return Role.ADMINISTRATOR in self.roles and not self.stopped

    def record(self) -> dict[str, Any]:
        """As it is kept and printed (schemas/output/people.schema.json)."""
        return {
            "name": self.name,
            "body": self.body,
            "level": self.level.value,
            "roles": [role.value for role in self.roles],
            "duty": self.duty,
            "township": self.township,
            "village": self.village,
            "account": self.account,
            "stopped": self.stopped,
        }


def person_of(record: Mapping[str, Any]) -> Person:
    """The person of a kept record. ValueError for levels and roles that there are not, KeyError for what is missing."""
    return Person(
        name=record["name"],
        body=record["body"],
        level=Standing(record["level"]),
        roles=tuple(Role(role) for role in record["roles"]),
        duty=record["duty"],
        township=record["township"],
        village=record["village"],
        account=record["account"],
        stopped=bool(record["stopped"]),
    )


FIELD_TITLES: Mapping[str, str] = {
    "name": "姓名",
    "body": "单位",
    "level": "层级",
    "roles": "角色",
    "duty": "职务",
    "township": "镇街",
    "village": "村（社区）",
    "account": "系统账号",
    "stopped": "停用",
}
"""Chinese names of a person's fields."""


def shown_field(value: object) -> str:
    """A field's value for people."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (tuple, list)):
        return "、".join(str(one) for one in value)
    return str(value) or "（空）"
