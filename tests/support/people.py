"""People of an invented register, and reading one for tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from archivist.core.people.person import Person, Role, Standing
from archivist.core.register import Row, Sheet
from archivist.index.writer import Index
from archivist.ledger.people import load_people_rules
from archivist.workspace.authoritybook import district_prefixes, load_authority
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.places import SCHEMAS

RULES = load_people_rules(SCHEMAS, SCHEMAS)
AUTHORITY = load_authority(SCHEMAS / "authority.toml", district_prefixes(SCHEMAS / "townships.toml"))

CLERK = Person("冯某甲", "区农业农村委", Standing.DEPARTMENT, (Role.HANDLER,))
WATER = Person("何某", "区水利局", Standing.DEPARTMENT, (Role.HANDLER,))
HEAD = Person("蒋某", "工作专班办公室", Standing.TASKFORCE, (Role.REVIEWER, Role.HEAD))
ADMIN = Person("沈某", "区人民政府办公室", Standing.DISTRICT, (Role.ADMINISTRATOR,))
TOWNSMAN = Person("杨某", "石坝镇人民政府", Standing.TOWNSHIP, (Role.HANDLER,), township="石坝镇")
VILLAGER = Person(
    "朱某", "石坝镇青杠村村民委员会", Standing.VILLAGE, (Role.HANDLER,), township="石坝镇", village="青杠村"
)
AUDITOR = Person("许某", "区审计局", Standing.SUPERVISION, (Role.REVIEWER,))
EVERYBODY = (CLERK, WATER, HEAD, ADMIN, TOWNSMAN, VILLAGER, AUDITOR)
HEADER = ("姓名", "单位", "层级", "角色", "职务", "镇街", "村（社区）", "系统账号", "停用")


def sheet(*rows: Sequence[str], header: Sequence[str] = HEADER) -> Sheet:
    """A table as a file gives it; row 1 is the header."""
    return Sheet("", tuple(Row(number, tuple(cells)) for number, cells in enumerate((header, *rows), 1)))


def csv(path: Path, *rows: Sequence[str], header: Sequence[str] = HEADER) -> Path:
    """Write a register of people as people save one."""
    path.write_text("\n".join(",".join(row) for row in (header, *rows)) + "\n", "utf-8-sig")
    return path


def cells(one: Person) -> tuple[str, ...]:
    """A person's row."""
    roles = "、".join(one.roles)
    stopped = "是" if one.stopped else ""
    return (one.name, one.body, one.level, roles, one.duty, one.township, one.village, one.account, stopped)


def put(index: Index, *people: Person) -> None:
    """Register people, whoever asks."""
    index.people.put(people, {"file": "名册.csv"})


def registered(opened: Workspace, *people: Person) -> Workspace:
    """A workspace whose register has these people."""
    with w.tables_open(opened) as index:
        put(index, *people)
    return opened


def as_one(opened: Workspace, name: str, user: str = "") -> Workspace:
    """The workspace as somebody opens it with ``--as``; ``user`` is the system's, one's own where nothing is said."""
    return replace(opened, actor=replace(opened.actor, name=name, user=user or f"user-{name}"))
