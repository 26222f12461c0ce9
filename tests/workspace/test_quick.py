"""The short cut to settings and rules gives the real readers' answer or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivist.cli.init import make_workspace
from archivist.workspace import quick
from archivist.workspace.config import WORKSPACE_VARIABLE, Config, default_toml
from archivist.workspace.opened import open_workspace
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_items

SHIPPED = (data_folder("schemas") / "annex4.toml").read_text("utf-8")


def test_the_short_cut_knows_the_defaults(tmp_path: Path) -> None:
    sections = {line for line in default_toml().splitlines() if line.startswith("[")}

    assert sections == quick._SECTIONS
    assert Config(tmp_path).store_root == tmp_path / quick._STORE
    assert quick._VARIABLE == WORKSPACE_VARIABLE


def test_a_new_settings_file_sets_nothing(tmp_path: Path) -> None:
    path = tmp_path / "archivist.toml"
    path.write_text(default_toml(), "utf-8")

    assert quick._sets_nothing(str(path))


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

    assert not quick._sets_nothing(str(path))


def test_the_shipped_items_are_read_the_short_way_and_the_same() -> None:
    found = quick._plain_items(SHIPPED)

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
    assert quick._plain_items(SHIPPED.replace(old, new)) is None


def test_both_readers_find_the_same_index_and_rules(tmp_path: Path) -> None:
    make_workspace(tmp_path / "w")
    opened = open_workspace(tmp_path / "w", None)
    plain = quick.index_path(tmp_path / "w")
    (tmp_path / "w" / "archivist.toml").write_text("[intake]\nsettle_seconds = 1\n", "utf-8")

    assert (Path(plain), quick.index_path(tmp_path / "w")) == (opened.index_path, opened.index_path)
    assert Path(quick.schemas_folder(tmp_path / "w")) == opened.data("schemas")
    (tmp_path / "w" / "schemas").mkdir()
    assert Path(quick.schemas_folder(tmp_path / "w")) == opened.data("schemas") == tmp_path / "w" / "schemas"
    assert Path(quick.schemas_folder(tmp_path / "w", "procedure.toml")) == data_folder("schemas")
