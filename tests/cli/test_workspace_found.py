"""Commands that only look find the workspace, its store and its rules wherever they are."""

from __future__ import annotations

import shutil
from pathlib import Path

from archivist.workspace.config import WORKSPACE_VARIABLE
from archivist.workspace.resources import data_folder
from support.cli_running import Run

SHIPPED = (data_folder("schemas") / "annex4.toml").read_text("utf-8")


def test_a_workspace_that_keeps_its_store_elsewhere_is_found(
    bare: Path, archivist: Run, tmp_path: Path
) -> None:
    store = (bare / "archive_store").as_posix()
    (tmp_path / "archivist.toml").write_text(f'[store]\nroot = "{store}"\n', "utf-8")
    ran = archivist("missing", cwd=tmp_path)

    assert (ran.code, "共 6 个项目" in ran.text) == (0, True)


def test_a_workspace_is_found_from_below_by_option_and_by_variable(
    bare: Path, archivist: Run, tmp_path: Path
) -> None:
    below = bare / "archive_store" / "收件箱"
    wanted = archivist("-w", str(bare), "missing").out

    assert "共 6 个项目" in wanted.decode("utf-8")
    assert archivist("missing", cwd=below).out == wanted
    assert archivist("-w", bare.name, "missing", cwd=bare.parent).out == wanted
    assert archivist("missing", cwd=tmp_path, env={WORKSPACE_VARIABLE: str(bare)}).out == wanted


def test_the_workspaces_own_rules_win(bare: Path, archivist: Run, tmp_path: Path) -> None:
    own = tmp_path / "w"
    shutil.copytree(bare, own)
    shutil.copytree(data_folder("schemas"), own / "schemas")
    (own / "schemas" / "annex4.toml").write_text(
        SHIPPED.replace('short = "摸底调查表"', 'short = "调查表甲"'), "utf-8"
    )

    assert "1 调查表甲" in archivist("-w", str(own), "missing").text
