"""What an import changes, and a project as a JSON record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from archivist.core.project import Category, Project
from archivist.core.register.rules import PROJECT_FIELDS


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One changed field; ``title`` is its Chinese column name, ``old`` and ``new`` are as shown to people."""

    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """A project as it was, as it will be, and the fields that differ (at least one)."""

    before: Project
    after: Project
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class RegisterDiff:
    """What importing a register means. ``absent``: known but not in the file; they stay as they are."""

    added: tuple[Project, ...]
    changed: tuple[ProjectChange, ...]
    unchanged: tuple[Project, ...]
    absent: tuple[Project, ...]

    @property
    def to_write(self) -> tuple[Project, ...]:
        """The projects whose stored state must change: added ones and changed ones as they will be."""
        return (*self.added, *(change.after for change in self.changed))


def diff_register(old: Mapping[str, Project], new: Sequence[Project]) -> RegisterDiff:
    """Compare what is known (by 项目编号) with what a file says.

    A blank in the file says nothing: it never erases what is known, because the plan's tables (项目清单,
    附件3) each have only some of the columns. No project is ever removed.
    """
    added, changed, unchanged = [], [], []
    codes = {code.casefold(): project for code, project in old.items()}
    for project in new:
        before = codes.get(project.code.casefold())
        if before is None:
            added.append(merged(project, project))
        elif (after := merged(before, project)) == before:
            unchanged.append(before)
        else:
            changed.append(ProjectChange(before, after, _changes(before, after)))
    present = {project.code.casefold() for project in new}
    absent = [project for code, project in old.items() if code.casefold() not in present]
    return RegisterDiff(tuple(added), tuple(changed), tuple(unchanged), tuple(absent))


def consequences(diff: RegisterDiff, folders: Mapping[str, str]) -> tuple[str, ...]:
    """Return what follows from an import that nobody should have to guess: no project goes silently.

    Args:
        folders: the folders that projects have already, by code; a folder keeps its name.
    """
    told = []
    gone = _townships_gone(diff)
    for (old, new), count in gone.items():
        told.append(
            f"“{old}”的 {count} 个项目都改成了“{new}”，像是乡镇合并或更名。"
            f"文件夹要跟着移到“{new}”下面的：archivist register township {old} {new}"
        )
    for change in diff.changed:
        before, after = change.before, change.after
        if before.category is Category.ELIMINATED and after.category is not Category.ELIMINATED:
            told.append(
                f"{after.code} {after.name}不再是淘汰类，今后不列入缺件清单（missing --category 全部 仍可看到）；"
                "它的文件夹和已归档的材料都保留。"
            )
        moved = (before.name, before.township) != (after.name, after.township)
        if moved and after.code in folders and (before.township, after.township) not in gone:
            told.append(
                f"{after.code} 的名称或镇街改了，文件夹仍是“{folders[after.code]}”，没有改名，里面的材料照常使用。"
            )
    return tuple(told)


def _townships_gone(diff: RegisterDiff) -> dict[tuple[str, str], int]:
    """Townships (old, new) all of whose projects, several at the least, moved to one other, and how many."""
    moves = Counter(
        (one.before.township, one.after.township)
        for one in diff.changed
        if one.before.township and one.before.township != one.after.township
    )
    left = {one.township for one in (*diff.unchanged, *diff.to_write)}
    went = Counter(old for old, _ in moves)
    return {
        (old, new): count
        for (old, new), count in moves.items()
        if count > 1 and old not in left and went[old] == 1
    }


def dropped(diff: RegisterDiff) -> tuple[Project, ...]:
    """The projects that a file had to tell of and does not: absent, though it tells of their township or of several.

    A township that hands in its own part of the register drops nobody else's projects.
    """
    told = {project.township for project in (*diff.unchanged, *diff.to_write)}
    return tuple(project for project in diff.absent if len(told) > 1 or project.township in told)


def merged(before: Project, said: Project) -> Project:
    """Return ``before`` with everything that ``said`` says; the code keeps its old spelling."""
    known = {name: getattr(said, name) for name in PROJECT_FIELDS if getattr(said, name) not in ("", None)}
    after = replace(before, **{**known, "code": before.code})
    return after if after.category is Category.IDLE else replace(after, major_idle=None)


def project_to_record(project: Project) -> dict[str, str | bool | None]:
    """Return the project as JSON-able values: money as decimal text in yuan, the category in Chinese."""
    record = {name: getattr(project, name) for name in PROJECT_FIELDS}
    record["category"] = project.category.value if project.category else None
    record["amount"] = None if project.amount is None else f"{project.amount:f}"
    return record


def project_from_record(record: Mapping[str, object]) -> Project:
    """Return the project of a record.

    Raises:
        ValueError: an unknown category, an amount that is no number, or fields that are unknown or missing.
    """
    values = dict(record)
    if not {"code", "name"} <= values.keys() or not values.keys() <= set(PROJECT_FIELDS):
        raise ValueError("not a project record")
    category, amount = values.get("category"), values.get("amount")
    values["category"] = None if category is None else Category(str(category))
    try:
        values["amount"] = None if amount is None else Decimal(str(amount))
    except ArithmeticError:
        raise ValueError(f"not an amount: {amount!r}") from None
    return Project(**values)  # type: ignore[arg-type]


FIELD_TITLES: Mapping[str, str] = {
    "code": "项目编号",
    "name": "项目名称",
    "township": "镇街",
    "village": "村（社区）",
    "category": "项目类别",
    "major_idle": "是否重大闲置",
    "year": "建设年度",
    "amount": "投入帮扶资金",
    "department": "主管部门",
    "operator": "经营主体",
    "contact": "联系人",
    "phone": "联系电话",
    "ownership": "资产权属",
    "poor_village": "是否脱贫村",
    "reason": "闲置或淘汰的主要原因",
    "debts": "债权债务等情况",
    "measures": "推进举措",
    "progress": "目前已取得的成效",
    "problems": "存在的主要问题及建议",
}
"""Chinese names of a project's fields (schemas/project.schema.json says the same; a test compares them)."""


def shown_value(value: object) -> str:
    """Return a field's value for people: 是/否, money in yuan, （空） for nothing."""
    if value is None or value == "":
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value:,.2f}元"
    return str(value)


def _changes(before: Project, after: Project) -> tuple[FieldChange, ...]:
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in PROJECT_FIELDS)
    return tuple(
        FieldChange(FIELD_TITLES[name], shown_value(old), shown_value(new))
        for name, old, new in pairs
        if old != new
    )
