"""Reports as plain tables: which projects miss which documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archivist.core.checklist import Completeness
from archivist.core.table import Table


def missing_table(
    found: Sequence[Completeness], about: Mapping[str, tuple[str, str, str]], shorts: Mapping[int, str]
) -> Table:
    """The list of projects missing documents (缺件清单).

    Args:
        found: projects in the order to print.
        about: per code: name, township, village.
        shorts: item number → short name.
    """
    rows = []
    for state in found:
        name, township, village = about[state.project]
        rows.append(
            (
                state.project,
                name,
                township,
                village,
                _items(state.missing, shorts) or "—",
                _items(state.review, shorts) or "—",
                "齐全" if state.complete else f"缺{len(state.missing)}项" if state.missing else "待确认",
            )
        )
    columns = ("项目编号", "项目名称", "镇街", "村（社区）", "缺少的归档内容", "待确认", "结论")
    return Table("淘汰类项目缺件清单", columns, tuple(rows), missing_summary(found))


def _items(numbers: Sequence[int], shorts: Mapping[int, str]) -> str:
    if len(numbers) > 2:
        return "第" + "、".join(str(number) for number in numbers) + "项"
    return "、".join(f"{number} {shorts.get(number, '')}" for number in numbers)


def missing_summary(found: Sequence[Completeness]) -> str:
    """One line that sums the list up."""
    complete = sum(state.complete for state in found)
    missing = sum(bool(state.missing) for state in found)
    waiting = sum(bool(state.review) for state in found)
    return (
        f"共 {len(found)} 个项目：材料齐全 {complete} 个，缺件 {missing} 个，"
        f"有材料待确认 {waiting} 个。第8项“其他材料”可有可无，不计缺件。"
    )
