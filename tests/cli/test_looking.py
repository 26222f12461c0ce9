"""The short cut to settings and rules gives the real readers' answer or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivist.cli import looking
from archivist.workspace.config import WORKSPACE_VARIABLE, Config, default_toml
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_items
from support.cli_running import Run

SHIPPED = (data_folder("schemas") / "annex4.toml").read_text("utf-8")


def test_the_short_cut_knows_the_defaults(tmp_path: Path) -> None:
    sections = {line for line in default_toml().splitlines() if line.startswith("[")}

    assert sections == looking._SECTIONS
    assert Config(tmp_path).store_root == tmp_path / looking._STORE
    assert looking._VARIABLE == WORKSPACE_VARIABLE


def test_a_new_settings_file_sets_nothing(tmp_path: Path) -> None:
    path = tmp_path / "archivist.toml"
    path.write_text(default_toml(), "utf-8")

    assert looking._sets_nothing(str(path))


@pytest.mark.parametrize(
    "line",
    [
        'root = "x"',
        "[other]",
        "[store]\n[store]",
        "x",
        " # 缩进",
        "# 响铃\x07",
        "[[store]]",
        "\ufeff[store]",
        "[store] # 注",
    ],
)
def test_any_other_line_is_left_to_the_real_reader(line: str, tmp_path: Path) -> None:
    path = tmp_path / "archivist.toml"
    path.write_text(f"# 注释\n{line}\n", "utf-8")

    assert not looking._sets_nothing(str(path))


def test_the_shipped_items_are_read_the_short_way_and_the_same() -> None:
    found = looking._plain_items(SHIPPED)

    assert found is not None
    assert [tuple(item) for item in found] == [
        (rule.number, rule.short, rule.required) for rule in load_items(data_folder("schemas"))
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('short = "摸底调查表"', "short = '摸底调查表'"),
        ('short = "摸底调查表"', 'short = "摸底\\u8c03查表"'),
        ('short = "摸底调查表"', 'short = """摸底调查表"""'),
        ('short = "摸底调查表"', 'short = "摸底调查表" # 注'),
        ("number = 1\n", "number = 0x1\n"),
        ("number = 2\n", "number = 3\n"),
        ("required = true", "required = 1"),
        ("[[kind]]", "[[kind]] # 注"),
    ],
)
def test_items_written_otherwise_are_left_to_the_real_reader(old: str, new: str) -> None:
    assert old in SHIPPED
    assert looking._plain_items(SHIPPED.replace(old, new)) is None


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
    import shutil

    own = tmp_path / "w"
    shutil.copytree(bare, own)
    shutil.copytree(data_folder("schemas"), own / "schemas")
    (own / "schemas" / "annex4.toml").write_text(
        SHIPPED.replace('short = "摸底调查表"', 'short = "调查表甲"'), "utf-8"
    )

    assert "1 调查表甲" in archivist("-w", str(own), "missing").text
