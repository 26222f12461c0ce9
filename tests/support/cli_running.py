"""Running the command as a user does: its own process, real streams."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

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
