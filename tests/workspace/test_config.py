"""Settings: defaults, refusals that name everything wrong, and the text that init writes."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.errors import ExitCode, SettingsError
from archivist.workspace.config import Config, default_toml, find_workspace, load_config


def workspace(folder: Path, text: str) -> Path:
    (folder / "archivist.toml").write_text(text, encoding="utf-8")
    return folder


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load_config(workspace(folder, text))
    assert caught.value.exit_code is ExitCode.SETTINGS
    return caught.value.message


def test_an_empty_settings_file_gives_the_defaults(tmp_path: Path) -> None:
    config = load_config(workspace(tmp_path, ""))

    assert Config(tmp_path) == config
    assert tmp_path / "archive_store" / "收件箱" == config.inbox
    assert tmp_path / "archive_store" / "待确认" == config.review
    assert tmp_path / "archive_store" / "项目档案" == config.projects
    assert tmp_path / "archive_store" / "退回" == config.rejected


def test_the_text_init_writes_means_the_defaults_as_it_stands(tmp_path: Path) -> None:
    assert Config(tmp_path) == load_config(workspace(tmp_path, default_toml()))


def test_uncommenting_every_line_init_writes_means_the_defaults_too(tmp_path: Path) -> None:
    text = re.sub(r"^#(?=\w+ = )", "", default_toml(), flags=re.MULTILINE)

    assert Config(tmp_path) == load_config(workspace(tmp_path, text))


def test_every_setting_stands_in_the_text_init_writes_below_its_explanation() -> None:
    lines = default_toml().splitlines()
    uncommented = tomllib.loads(re.sub(r"^#(?=\w+ = )", "", default_toml(), flags=re.MULTILINE))

    for section in fields(Config)[1:]:
        expected = {item.name for item in fields(getattr(Config(Path()), section.name))}
        assert expected == set(uncommented["workspace" if section.name == "about" else section.name])
        for name in expected:
            above = lines[next(i for i, line in enumerate(lines) if line.startswith(f"#{name} = ")) - 1]
            assert re.match(r"# .*[\u4e00-\u9fff]", above)


def test_a_given_value_is_used(tmp_path: Path) -> None:
    text = (
        '[intake]\nsettle_seconds = 10\n[watch]\npolling = "yes"\n[store]\nroot = "../库"\ninbox = "收文"\n'
    )
    config = load_config(workspace(tmp_path, text))

    assert config.intake.settle_seconds == 10.0
    assert isinstance(config.intake.settle_seconds, float)
    assert config.watch.polling == "yes"
    assert tmp_path / "../库" / "收文" == config.inbox


def test_an_absolute_store_root_is_taken_as_it_is(tmp_path: Path) -> None:
    root = (tmp_path / "elsewhere").as_posix()

    assert tmp_path / "elsewhere" == load_config(workspace(tmp_path, f'[store]\nroot = "{root}"')).store_root


def test_all_wrong_settings_are_named_at_once_with_key_value_and_what_is_allowed(tmp_path: Path) -> None:
    message = refusal(
        tmp_path,
        "[intake]\nsettle_second = 3\nmax_pages = 0\nmax_file_mb = 1.5\n"
        '[extraction]\nocr_engine = "tesseract"\nworkers = true\n'
        '[watch]\nrescan_seconds = nan\n[identification]\nmargin = "big"\n'
        "[waht]\nx = 1\n",
    )

    assert str(tmp_path / "archivist.toml") in message
    assert "8 处错误" in message
    assert "[intake] settle_second = 3：没有这项设置，是不是 settle_seconds？" in message
    assert "[intake] max_pages = 0：应为 1 到 10000 的整数" in message
    assert "[intake] max_file_mb = 1.5：应为 1 到 4096 的整数" in message
    assert "[extraction] ocr_engine = tesseract：应为 auto、onnxruntime、openvino 之一" in message
    assert "[extraction] workers = true：应为 0 到 64 的整数" in message
    assert "[watch] rescan_seconds = nan：应为 0.5 到 3600 的数" in message
    assert "[identification] margin = big：应为 0 到 0.5 的数" in message
    assert "[waht]：没有这一部分设置，是不是 watch？" in message


UNSAFE = ["", "a/b", "..", "收件箱.", " 收件箱", "CON", "nul.txt", "a:b", ".archivist", "x" * 81]


@pytest.mark.parametrize("name", UNSAFE)
def test_a_folder_name_that_is_unsafe_on_windows_or_linux_is_refused(tmp_path: Path, name: str) -> None:
    assert "[store] inbox" in refusal(tmp_path, f'[store]\ninbox = "{name}"')


def test_two_folders_cannot_share_a_name(tmp_path: Path) -> None:
    assert "六个文件夹的名称不能相同" in refusal(tmp_path, '[store]\ninbox = "退回"')


def test_a_setting_outside_its_section_is_refused(tmp_path: Path) -> None:
    assert "settle_seconds = 2：没有这一部分设置" in refusal(tmp_path, "settle_seconds = 2")


def test_a_section_given_as_a_value_is_refused(tmp_path: Path) -> None:
    assert "应写成 [intake]" in refusal(tmp_path, "intake = 2")


def test_a_folder_without_settings_file_is_not_a_workspace(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"不是工作区.*archivist init"):
        load_config(tmp_path)


def test_a_settings_file_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "archivist.toml").mkdir()

    with pytest.raises(SettingsError, match="无法读取设置文件"):
        load_config(tmp_path)


def test_a_syntax_error_says_where(tmp_path: Path) -> None:
    assert "第 2 行" in refusal(tmp_path, "[store]\nroot = x\n")


def test_a_file_saved_by_notepad_as_ansi_is_told_to_be_saved_as_utf8(tmp_path: Path) -> None:
    (tmp_path / "archivist.toml").write_bytes('[store]\ninbox = "收文"'.encode("gb18030"))

    with pytest.raises(SettingsError, match="编码选 UTF-8"):
        load_config(tmp_path)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "archivist.toml").write_bytes('[store]\ninbox = "收文"'.encode("utf-8-sig"))

    assert load_config(tmp_path).store.inbox == "收文"


def test_deep_nesting_is_refused_not_a_crash(tmp_path: Path) -> None:
    assert "写法有误" in refusal(tmp_path, "x = " + "[" * 50_000)


@given(key=st.text(min_size=1, max_size=200), value=st.integers() | st.text(max_size=200))
def test_whatever_stands_in_the_file_the_answer_is_a_config_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, key: str, value: int | str
) -> None:
    shown = value if isinstance(value, int) else "'''" + value.replace("'", "") + "'''"
    folder = tmp_path_factory.mktemp("w")
    (folder / "archivist.toml").write_bytes(f"[intake]\n'{key}' = {shown}\n".encode("utf-8", "surrogatepass"))

    with pytest.raises(SettingsError):
        load_config(folder)


def test_the_option_wins_over_environment_and_parents(tmp_path: Path) -> None:
    workspace(tmp_path, "")

    assert tmp_path / "a" == find_workspace(Path("a"), {"ARCHIVIST_WORKSPACE": "b"}, tmp_path)
    assert tmp_path / "b" == find_workspace(None, {"ARCHIVIST_WORKSPACE": "b"}, tmp_path)


def test_the_nearest_parent_with_a_settings_file_is_the_workspace(tmp_path: Path) -> None:
    workspace(tmp_path, "")
    inner = tmp_path / "archive_store" / "收件箱"
    inner.mkdir(parents=True)

    assert tmp_path == find_workspace(None, {"ARCHIVIST_WORKSPACE": " "}, inner)
    workspace(tmp_path / "archive_store", "")
    assert tmp_path / "archive_store" == find_workspace(None, {}, inner)


def test_without_any_hint_the_current_folder_is_the_workspace(tmp_path: Path) -> None:
    assert tmp_path == find_workspace(None, {}, tmp_path)


def test_reading_settings_imports_nothing_heavy() -> None:
    script = (
        "import sys; before = set(sys.modules); import archivist.workspace.config; "
        "new = {m.split('.')[0] for m in set(sys.modules) - before}; "
        "print(sorted(n for n in new if n not in sys.stdlib_module_names))"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "['archivist']"
