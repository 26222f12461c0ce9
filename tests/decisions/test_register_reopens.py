"""A register import that says otherwise of a wound-up project, or says nothing of it any more, opens the gate again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archivist.cli.register import import_register
from archivist.core.project import Project
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.gating import CODE, ask, passable
from support.registers import own_townships

HEAD = "项目编号,项目名称,镇街,村（社区）,项目类别,建设年度,投入帮扶资金,主管部门,经营主体"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    opened = passable(tmp_path_factory.mktemp("gate") / "w")
    own_townships(opened)
    assert ask(opened).decision is not None
    return opened


@pytest.fixture
def passed(made: Workspace, tmp_path: Path) -> Workspace:
    return w.again(made, tmp_path / "copy")


def imported(opened: Workspace, folder: Path, *projects: Project) -> None:
    lines = [
        f"{one.code},{one.name},{one.township},{one.village},淘汰类,{one.year},,{one.department},{one.operator}"
        for one in projects
    ]
    file = folder / "台账.csv"
    file.write_text("\n".join([HEAD, *lines]) + "\n", "utf-8")
    import_register(opened, file)


def reasons(opened: Workspace) -> list[str | None]:
    return [reason for (reason,) in w.rows(opened, "SELECT reason FROM deregistrations")]


def test_the_same_register_again_changes_nothing(passed: Workspace, tmp_path: Path) -> None:
    imported(passed, tmp_path, w.SHEEP, w.LEMON, w.FISH)

    assert reasons(passed) == [None]


def test_another_operator_opens_the_gate_again_with_the_difference_as_reason(
    passed: Workspace, tmp_path: Path
) -> None:
    imported(passed, tmp_path, replace(w.SHEEP, operator="某某牧业公司"), w.LEMON, w.FISH)

    assert reasons(passed) == ["台账里的经营主体由“没有填”改成了“某某牧业公司”"]


def test_a_register_that_drops_the_project_opens_its_gate_again(passed: Workspace, tmp_path: Path) -> None:
    imported(passed, tmp_path, w.LEMON, w.FISH)

    assert reasons(passed) == ["新导入的项目台账“台账.csv”里没有这个项目"]
    assert "重新打开" in (w.folder_of(passed, w.SHEEP) / "归档状态.html").read_text("utf-8")
    assert CODE in {code for (code,) in w.rows(passed, "SELECT code FROM projects")}


def test_a_township_that_hands_in_its_own_part_drops_nobody_elses(passed: Workspace, tmp_path: Path) -> None:
    imported(passed, tmp_path, w.LEMON)
    assert reasons(passed) == [None]
    imported(passed, tmp_path, w.FISH)

    assert reasons(passed) == ["新导入的项目台账“台账.csv”里没有这个项目"]
