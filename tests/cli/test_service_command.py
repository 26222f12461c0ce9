"""What ``archivist service`` prints can be used as it is, with this workspace's paths in it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from support.cli_running import Run

NAMESPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory, archivist: Run) -> Path:
    """A workspace whose path holds what means something to systemd, XML and a command line."""
    folder = tmp_path_factory.mktemp("service") / "归档 100% $HOME & 工作区"
    assert archivist("init", str(folder)).code == 0
    return folder


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_the_unit_is_accepted_by_systemd(odd: Path, archivist: Run, tmp_path: Path) -> None:
    unit = tmp_path / "archivist.service"
    unit.write_bytes(archivist("-w", str(odd), "service", "--systemd").out)
    ran = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, check=False, text=True
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_unit_runs_the_watcher_of_this_workspace(odd: Path, archivist: Run) -> None:
    text = archivist("-w", str(odd), "service", "--systemd").text
    quoted = str(odd).replace("%", "%%").replace("$", "$$")
    assert f'ExecStart="{sys.executable}" -m archivist -w "{quoted}" watch' in text.splitlines()
    assert f"WorkingDirectory={str(odd).replace('%', '%%')}" in text.splitlines()


def test_the_task_is_xml_that_starts_the_watcher_of_this_workspace(
    odd: Path, archivist: Run, tmp_path: Path
) -> None:
    target = tmp_path / "值守任务.xml"
    assert archivist("-w", str(odd), "service", "--windows", "-o", str(target)).code == 0
    assert target.read_bytes()[:2] in {b"\xff\xfe", b"\xfe\xff"}
    root = ElementTree.fromstring(target.read_bytes())
    found = {element.tag.removeprefix(NAMESPACE): element.text for element in root.iter()}
    assert found["Command"] == sys.executable
    assert found["Arguments"] == f'-m archivist -w "{odd}" watch'
    assert found["WorkingDirectory"] == str(odd)
    assert found["ExecutionTimeLimit"] == "PT0S"


def test_the_steps_for_windows_name_this_workspace(odd: Path, archivist: Run) -> None:
    text = archivist("-w", str(odd), "service", "--windows").text
    assert "schtasks /Create /TN archivist /XML" in text
    assert f'archivist -w "{odd}" status --fail-on error' in text


def test_without_a_system_it_says_what_to_write(odd: Path, archivist: Run) -> None:
    ran = archivist("-w", str(odd), "service")
    assert ran.code == 2
    assert "--systemd" in ran.err
