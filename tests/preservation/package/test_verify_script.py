"""核验.py tells every way to tamper with a package, by name, and never a traceback."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from archivist.pages.verifier import verify
from support import packages as p
from support.packages import ATTACKS

FURTHER = ("说明：", "归档根码：", "移交包校验值：")


def findings(lines: list[str]) -> list[str]:
    """What is told besides the verdict and the codes."""
    return [line for line in lines[1:] if not line.startswith(FURTHER)]


def zipped(folder: Path, target: Path, name: str = "包") -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, f"{name}/{path.relative_to(folder).as_posix()}")
    return target


@pytest.mark.parametrize("name", ATTACKS)
def test_tampering_is_told_in_a_folder_and_in_a_zip(bag: Path, tmp_path: Path, name: str) -> None:
    copy, told = p.attacked(bag, tmp_path, name)
    verdict, lines = verify.checked(verify.folder(copy))

    assert sorted(findings(lines)) == sorted(told)
    assert verdict == ATTACKS[name].verdict
    with zipfile.ZipFile(zipped(copy, tmp_path / "x.zip")) as archive:
        assert verify.checked(verify.in_zip(archive)) == (verdict, lines)
