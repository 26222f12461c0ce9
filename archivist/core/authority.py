"""Who may do what (权限), by the register of people (人员名册) and schemas/authority.toml. Pure.

Where there is no register, nobody is asked who they are; that is said in every decision (`NOT_CHECKED`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from archivist.core.model import Actor
from archivist.core.people.bodies import same_body
from archivist.core.people.person import Person, Role, Standing
from archivist.core.project import Project

FILE, REJECT, UNDO, DATE, WAIVE = "file", "reject", "undo", "date", "waive"
OVERRIDE = "override"
PROPOSE, CONFIRM, REOPEN = "propose", "confirm", "reopen"
REGISTER, PEOPLE_IMPORT, REPAIR = "register", "people", "repair"
ARCHIVE, EXPORT, DOSSIER = "archive", "export", "dossier"
ACTS = (
    *(FILE, REJECT, UNDO, DATE, WAIVE, OVERRIDE, PROPOSE, CONFIRM, REOPEN, REGISTER, PEOPLE_IMPORT, REPAIR),
    *(ARCHIVE, EXPORT, DOSSIER),
)
"""What somebody needs authority for; authority.toml has one part for each."""
LATER = frozenset({ARCHIVE, EXPORT, DOSSIER})
"""Acts that came after the first edition: an authority.toml that is older says nothing of them, and the shipped one does."""

DECISIONS = frozenset(
    {
        "assigned",
        "put back",
        "taken back",
        "dismissed",
        "rejected",
        "undone",
        "described",
        "version",
        "waived",
        "waiver withdrawn",
        "overridden",
        "override withdrawn",
        "proposed",
        "proposal withdrawn",
        "deregistered",
        "reopened",
        "register",
        "renumbered",
        "merged",
        "divided",
        "retired",
        "township changed",
        "separated",
        "corrected",
        "register undone",
        "people",
        "numbered",
        "number withdrawn",
        "verified by hand",
        "verification withdrawn",
        "dossier",
    }
)
"""Events that are a person's decision: they carry what is known of who took it, and are refused to who may not."""

NOT_CHECKED = "没有人员名册，未核对权限"
ALONE = f"{NOT_CHECKED}；一人办理"
"""What a decision says of who took it, where there is no register of people."""

FOLDER = "文件夹"
"""Who files a paper that somebody dragged into a folder, where the system does not tell whose the file is and nobody was
named: the folder knows no names."""
BY_FOLDER = "放进文件夹的，不知道是谁；只作归档"


class Scope(StrEnum):
    """For which projects people of a level may act."""

    VILLAGE = "village"
    TOWNSHIP = "township"
    DEPARTMENT = "department"
    DISTRICT = "district"


@dataclass(frozen=True, slots=True)
class Within:
    """How far the people of a level act, and what that rests on."""

    scope: Scope
    basis: str


@dataclass(frozen=True, slots=True)
class Allowed:
    """Levels and roles that may do something: one of each."""

    levels: tuple[Standing, ...]
    roles: tuple[Role, ...]

    @property
    def told(self) -> str:
        """As people read it: 区、专班的审核、负责人."""
        return f"{'、'.join(self.levels)}的{'、'.join(self.roles)}"


@dataclass(frozen=True, slots=True)
class ActRule:
    """One act: what people call it, who may, and what that rests on: the plan's clause, or 软件约定."""

    slug: str
    name: str
    basis: str
    may: tuple[Allowed, ...]

    @property
    def who(self) -> str:
        """Who may, as people read it."""
        return "，".join(one.told for one in self.may)


@dataclass(frozen=True, slots=True)
class Authority:
    """The whole of schemas/authority.toml. ``prefixes`` may stand for the district before a body's name."""

    acts: Mapping[str, ActRule]
    within: Mapping[Standing, Within]
    prefixes: tuple[str, ...] = ()

    def act(self, slug: str) -> ActRule:
        """The rule of an act; KeyError for one that there is not."""
        return self.acts[slug]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why somebody may not: a Chinese sentence that says what to do. ``unknown``: it is not known who they are."""

    message: str
    unknown: bool = False


def may(act: str, person: Person | None, project: Project | None, rules: Authority) -> Refusal | None:
    """Whether a person may do something; None when they may.

    Args:
        person: None where there is no register of people: then everything may be done, and the decision says so.
        project: what it is about; None for what is about no project, or about the person's role alone.
    """
    if person is None:
        return None
    rule = rules.act(act)
    if person.stopped:
        return Refusal(f"{person.called}在人员名册里已停用，不能{rule.name}。")
    if not any(person.level in one.levels and set(one.roles) & set(person.roles) for one in rule.may):
        return Refusal(f"{person.told}不能{rule.name}：可以办的是{rule.who}（依据：{rule.basis}）。")
    return None if project is None else _outside(rule, person, project, rules)


def _outside(rule: ActRule, person: Person, project: Project, rules: Authority) -> Refusal | None:
    """Whether a project is none of a person's."""
    within = rules.within[person.level]
    theirs, where = {
        Scope.VILLAGE: (
            (person.township, person.village) == (project.township, project.village),
            f"{person.township}{person.village}",
        ),
        Scope.TOWNSHIP: (person.township == project.township, person.township),
        Scope.DEPARTMENT: (same_body(person.body, project.department, rules.prefixes), person.body),
        Scope.DISTRICT: (True, ""),
    }[within.scope]
    if theirs:
        return None
    whose = f"{project.township}{project.village}的项目"
    if within.scope is Scope.DEPARTMENT:
        whose = f"{project.department}主管的项目" if project.department else "没有写明主管部门的项目"
    return Refusal(
        f"{person.told}不能{rule.name}：{project.code} 是{whose}，不是{where}的（依据：{within.basis}）。"
    )


def who_is(actor: Actor, people: Sequence[Person]) -> Person | Refusal | None:
    """Whom the register knows an actor as; None where there is no register.

    Who names nobody (``--as``) is the operating system's user, who must be somebody's account (系统账号). A person whose
    account is known acts under it alone: a name alone is easily written.
    """
    if not people:
        return None
    return _of_account(actor.user, people) if actor.name == actor.user else _named(actor, people)


def _of_account(user: str, people: Sequence[Person]) -> Person | Refusal:
    """Whose the account of the operating system is."""
    found = next((one for one in people if one.account and one.account.casefold() == user.casefold()), None)
    return found or Refusal(
        f"人员名册里没有系统账号“{user}”，不知道是谁在办。请用 --as 姓名 写明，"
        "或由区级系统管理员在名册里登记系统账号后重新导入。",
        unknown=True,
    )


def _named(actor: Actor, people: Sequence[Person]) -> Person | Refusal:
    """Who was named."""
    asked = actor.name.replace("(", "（").replace(")", "）")
    found = [one for one in people if asked in {one.name, one.called}]
    if not found:
        return Refusal(
            f"人员名册里没有“{actor.name}”。请写名册里的姓名（archivist people list 查看），"
            "或由区级系统管理员更新名册。",
            unknown=True,
        )
    if len(found) > 1:
        names = "、".join(one.called for one in found)
        told = f"人员名册里有 {len(found)} 个“{actor.name}”，--as 后面请连单位一起写：{names}。"
        return Refusal(told, unknown=True)
    (one,) = found
    if one.account and one.account.casefold() != actor.user.casefold():
        return Refusal(
            f"{one.called}登记的系统账号是“{one.account}”，现在登录的是“{actor.user}”，不能用这个名字办理。"
        )
    return one


def authority_note(person: Person | None) -> str:
    """What a decision says of the authority of who took it."""
    return ALONE if person is None else f"按人员名册核对：{person.told}"


def same_hands(one: Person, user: str, other_name: str, other_body: str, other_user: str) -> str:
    """Why two acts were one person's, as a predicate; "" when two persons stand behind them."""
    if (one.name, one.body) == (other_name, other_body):
        return "是同一个人"
    if user and user == other_user:
        return f"用的是同一个系统账号“{user}”"
    return ""
