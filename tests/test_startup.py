"""Commands that only look load next to nothing: what they import is read from a process of their own."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from support.programs import unmeasured

HEAVY = (
    "sqlite_utils",
    "docx",
    "docxtpl",
    "jinja2",
    "numpy",
    "cv2",
    "rapidocr",
    "onnxruntime",
    "openvino",
    "openpyxl",
    "pypdf",
    "pypdfium2",
    "pikepdf",
    "lxml",
    "PIL",
    "jsonschema",
    "rapidfuzz",
    "opencc",
    "yaml",
    "watchdog",
    "pebble",
    "multiprocessing",
    "concurrent.futures",
    "asyncio",
    "filelock",
    "logging",
    "psutil",
    "tempfile",
    "socket",
    "ssl",
    "email",
    "urllib.request",
    "unittest",
    "xml",
    "zipfile",
    "archivist.ingest.pipeline",
    "archivist.core.identify",
    "archivist.extract",
    "archivist.store.vault",
)
SETTINGS_AND_RULES = (
    "tomllib",
    "archivist.workspace.config",
    "archivist.workspace.rulebook",
    "archivist.workspace.rulefile",
    "archivist.workspace.opened",
    "wcwidth",
    "json",
)
"""Light for others, but more than ``missing`` may cost: see archivist/workspace/quick.py."""

PROBE = """
import sys
from archivist.__main__ import main
try:
    main()
except SystemExit as end:
    print(repr((int(end.code), sorted(sys.modules))), file=sys.stderr)
"""

LIGHT = (
    ["--help"],
    ["--version"],
    ["missing", "--help"],
    ["missing"],
    ["missing", "--json"],
    ["documents"],
    ["review"],
    ["documents", "--json"],
    ["search", "会议"],
    ["register", "list"],
    ["register", "list", "--json"],
    ["check"],
    ["check", "--json"],
    ["mising"],
)


def loaded(arguments: list[str], folder: Path) -> tuple[int, set[str]]:
    """Exit code and modules of a command run in ``folder``."""
    ran = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments],
        cwd=folder,
        env=unmeasured(),
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )
    code, modules = ast.literal_eval(ran.stderr.splitlines()[-1])
    return code, set(modules)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a register."""
    place = tmp_path_factory.mktemp("startup")
    register = Path(__file__).parent / "samples" / "files" / "登记" / "项目台账.xlsx"
    for arguments in (["init", "."], ["register", "import", str(register)]):
        subprocess.run(
            [sys.executable, "-m", "archivist", *arguments], cwd=place, check=True, capture_output=True
        )
    return place


@pytest.mark.parametrize("arguments", [["status"], ["status", "--json"]], ids=" ".join)
def test_status_reads_the_listing_of_the_inbox_and_nothing_heavier(
    arguments: list[str], folder: Path
) -> None:
    code, modules = loaded(arguments, folder)

    assert code == 0
    assert [name for name in HEAVY if name in modules] == []


@pytest.mark.parametrize("arguments", LIGHT, ids=" ".join)
def test_a_light_command_loads_no_heavy_library(arguments: list[str], folder: Path) -> None:
    code, modules = loaded(arguments, folder)

    assert code == (2 if arguments == ["mising"] else 0)
    assert "archivist.cli" in modules
    assert [name for name in HEAVY if name in modules] == []


def test_missing_reads_neither_settings_nor_rules_by_their_heavy_readers(folder: Path) -> None:
    code, modules = loaded(["missing"], folder)

    assert code == 0
    assert [name for name in SETTINGS_AND_RULES if name in modules] == []


def test_a_heavy_command_is_noticed_by_the_probe(folder: Path) -> None:
    """The probe sees what it forbids: ingest loads some of it."""
    code, modules = loaded(["register", "import", "没有.xlsx"], folder)
    _, heavy = loaded(["generate", "--list"], folder)

    assert code == 2
    assert {"jsonschema", "archivist.workspace.config"} <= heavy - modules
