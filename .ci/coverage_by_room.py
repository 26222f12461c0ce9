"""Coverage (lines and branches) by room, of the data in .coverage; fails where less is covered than is promised."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import PurePosixPath

CORE, REST = 98.0, 90.0
"""Per cent of lines and branches: of the pure room, and of all others together."""
COUNTED = (
    *("num_statements", "covered_lines", "missing_lines"),
    *("num_branches", "covered_branches", "missing_branches"),
)


def main() -> int:
    """Print a line a room; 1 when core or the rest is below what is promised."""
    report = [sys.executable, "-m", "coverage", "json", "--quiet", "-o", "-"]
    files = json.loads(subprocess.run(report, check=True, capture_output=True).stdout)["files"]  # noqa: S603 (our own words)
    rooms: dict[str, Counter[str]] = {}
    for name, file in files.items():
        room = PurePosixPath(name.replace("\\", "/").partition("archivist/")[2]).parts[0]
        for key in {room, "core" if room == "core" else "all but core"}:
            rooms.setdefault(key, Counter()).update({what: file["summary"][what] for what in COUNTED})
    for room, summed in sorted(rooms.items()):
        lines, branches = summed["missing_lines"], summed["missing_branches"]
        print(f"{room:14}{share(summed):7.2f} %   not covered: {lines} lines, {branches} branches")
    held = share(rooms["core"]) >= CORE and share(rooms["all but core"]) >= REST
    print(f"promised: core {CORE} %, all but core {REST} %: {'held' if held else 'NOT HELD'}")
    return 0 if held else 1


def share(summed: Counter[str]) -> float:
    """Per cent of lines and branches that were run."""
    there = summed["num_statements"] + summed["num_branches"]
    return 100 * (summed["covered_lines"] + summed["covered_branches"]) / there if there else 100.0


if __name__ == "__main__":
    sys.exit(main())
