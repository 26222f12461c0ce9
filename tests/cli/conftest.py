"""A real workspace, made once, and a way to run the command as a user does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[1] / "samples" / "files"
DROPPED = (
    "20241128纪要.pdf",
    "备份/20241128纪要 - 副本.pdf",
    "珠溪镇专题会议纪要31期.docx",
    "村上交的/石梯村会议记录.docx",
    "摸底调查表（空表）.docx",
    "铁山镇/油茶合作协议（加密）.pdf",
    "铁山镇/扫描未完成.pdf",
)
"""A scan, its duplicate, two Word files, a blank form, an encrypted and an empty file."""


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")


Run = Callable[..., Ran]


def run_archivist(*arguments: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> Ran:
    done = subprocess.run(
        [sys.executable, "-m", "archivist", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})},
        capture_output=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr.decode("utf-8"))


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
