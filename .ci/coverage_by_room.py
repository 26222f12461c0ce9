"""Coverage (lines and branches) by room, of the data in .coverage; fails where less is covered than is promised."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import PurePosixPath

CORE, REST = 98.0, 90.0
"""Per cent, of the pure room and of all others together: of lines and of branches, each alone."""
LINES = ("num_statements", "covered_lines", "missing_lines")
BRANCHES = ("num_branches", "covered_branches", "missing_branches")


def main() -> int:
    """Print a line a room; 1 when core or the rest is below what is promised."""
    report = [sys.executable, "-m", "coverage", "json", "--quiet", "-o", "-"]
    files = json.loads(subprocess.run(report, check=True, capture_output=True).stdout)["files"]  # noqa: S603 (our own words)
    rooms: dict[str, Counter[str]] = {}
    for name, file in files.items():
        room = PurePosixPath(name.replace("\\", "/").partition("archivist/")[2]).parts[0]
        for key in {room, "core" if room == "core" else "all but core"}:
            rooms.setdefault(key, Counter()).update(
                {what: file["summary"][what] for what in (*LINES, *BRANCHES)}
            )
    for room, summed in sorted(rooms.items()):
        shares = "   ".join(
            f"{called} {share(summed, kind):6.2f} % (not covered: {summed[kind[2]]})"
            for called, kind in (("lines", LINES), ("branches", BRANCHES))
        )
        print(f"{room:14}{shares}")
    promised = (("core", CORE), ("all but core", REST))
    held = all(share(rooms[room], kind) >= least for room, least in promised for kind in (LINES, BRANCHES))
    print(f"promised: core {CORE} %, all but core {REST} %: {'held' if held else 'NOT HELD'}")
    return 0 if held else 1


def share(summed: Counter[str], kind: tuple[str, str, str]) -> float:
    """Per cent of one kind that was run."""
    there, covered, _ = kind
    return 100 * summed[covered] / summed[there] if summed[there] else 100.0


if __name__ == "__main__":
    sys.exit(main())
