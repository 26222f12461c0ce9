"""What reports cost on a large archive: CPU, memory at its highest, size; and whether both grow with it. Not a test.

``python tests/bench/bench_reports.py [PROJECTS] [FOLDER]`` builds an index of so many projects and one of half as many, each
with eight documents a project and an event for each document, once (a second run finds them in FOLDER), lets a writer keep
the states, and prints a line for each report and format: of the whole, and how many times what half of it takes.

``findings`` runs every check of every project: give it a smaller archive, or time.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from archivist.cli.init import make_workspace
from archivist.workspace.opened import open_workspace
from tests.bench.bench_missing import PEAK, build

RUNS = (
    ("completeness", "html"),
    ("completeness", "xlsx"),
    ("completeness", "json"),
    ("missing", "json"),
    ("missing", "csv"),
    ("missing", "html"),
    ("missing", "xlsx"),
    ("missing", "docx"),
    ("activity", "csv"),
    ("activity", "xlsx"),
    ("deregistrations", "html"),
    ("findings", "csv"),
    ("findings", "html"),
)
MONTHS = 18


def events(path: Path) -> None:
    """An event for each document, as large as those the software writes."""
    rows = json.dumps({"documents": [[1, {"evidence": ["题名是会议纪要"] * 20}]]}, ensure_ascii=False)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN")
    connection.execute(
        "INSERT INTO events (seq, at, actor, place, act, subject, detail, previous, hash) SELECT rowid, "
        "printf('%04d-%02d-10T10:00:00+08:00', 2025 + (rowid % ?) / 12, 1 + (rowid % ?) % 12), '经办' || (rowid % 7), "
        "'cli', 'identified', id, json_object('status', status, 'project', project, 'item', item, 'reasons', "
        "json_array('题名'), 'rows', json(?)), '', '' FROM documents",
        [MONTHS, MONTHS, rows],
    )
    connection.execute("DELETE FROM unlogged")
    connection.execute("COMMIT")
    connection.close()


def archive(folder: Path, projects: int) -> Path:
    """A workspace of so many projects, their states kept."""
    if not (folder / "archivist.toml").exists():
        make_workspace(folder)
        opened = open_workspace(folder, "测试员")
        opened.store.prepare()
        build(opened.index_path, projects, 10)
        events(opened.index_path)
        print(f"built: {projects} projects, {projects * 8} documents and events")
    opened = open_workspace(folder, "测试员")
    with opened.open_index() as index:
        index.states.settle(opened.standard)
    return folder


def cost(folder: Path, name: str, form: str) -> tuple[float, int, int]:
    """CPU seconds, highest memory (MB) and bytes of a report."""
    with tempfile.TemporaryDirectory() as place:
        target = Path(place) / f"report.{form}"
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        ran = subprocess.run(
            [sys.executable, "-c", PEAK, "report", name, "-f", form, "-o", str(target)],
            cwd=folder,
            stderr=subprocess.PIPE,
            check=True,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        peak = int(ran.stderr.decode().split("VmHWM:")[1].split()[0]) >> 10
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return seconds, peak, target.stat().st_size


def main() -> None:
    """Build, measure, print."""
    projects = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    place = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    place.mkdir(parents=True, exist_ok=True)
    half, whole = archive(place / "half", projects // 2), archive(place / "whole", projects)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    for name, form in RUNS:
        less, (seconds, peak, size) = cost(half, name, form), cost(whole, name, form)
        print(
            f"{name} {form}: {seconds:.1f} s CPU ({seconds / less[0]:.2f} times that of half), peak {peak} MB "
            f"(half {less[1]} MB), {size / 1e6:.1f} MB"
        )


if __name__ == "__main__":
    main()
