"""A real workspace, made once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support.cli_running import DROPPED, Run, run_archivist
from support.places import SAMPLES


@pytest.fixture(scope="session")
def archivist() -> Run:
    return run_archivist


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An initialised workspace with the sample register and a few real files ingested. Do not change it."""
    folder = tmp_path_factory.mktemp("cli") / "工作区"
    register = SAMPLES / "登记" / "项目台账.xlsx"
    for arguments in (["init", str(folder)], ["-w", str(folder), "register", "import", str(register)]):
        made = run_archivist(*arguments)
        assert made.code == 0, made.err
    for name in DROPPED:
        target = folder / "archive_store" / "收件箱" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(SAMPLES / "收件箱" / name, target)
    ingested = run_archivist("-w", str(folder), "ingest", "--json")
    assert ingested.code == 0, ingested.err
    (folder / "ingest.jsonl").write_bytes(ingested.out)
    return folder


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the sample register and nothing filed."""
    folder = tmp_path_factory.mktemp("bare") / "工作区"
    assert run_archivist("init", str(folder)).code == 0
    register = SAMPLES / "登记" / "项目台账.xlsx"
    assert run_archivist("-w", str(folder), "register", "import", str(register)).code == 0
    return folder
