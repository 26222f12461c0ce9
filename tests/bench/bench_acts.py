"""How long a clerk waits for the answer to what she does in the folders, beside a watcher that runs as it is delivered.

    python tests/bench/bench_acts.py [--only NAME,…] [--settle 2]

The acts and their answers are those of tests/stories/test_acts_in_folders.py; texts are read by the tests' reader, so
what is measured is seeing, deciding and telling, not recognition. Seconds from the end of the act to all its words
standing where she looks.
"""

from __future__ import annotations

import argparse
import importlib.util
import statistics
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from support import workspaces as w  # noqa: E402
from support.watching import watcher  # noqa: E402

_LIMIT = 60.0


def story() -> ModuleType:
    path = ROOT / "tests" / "stories" / "test_acts_in_folders.py"
    spec = importlib.util.spec_from_file_location("test_acts_in_folders", path)
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


def rested(opened: object) -> None:
    """What an act needs done before it is waited for, as she would: nothing lies in the inbox and pages stand."""
    before, since = None, time.monotonic()
    while time.monotonic() - since < _LIMIT:
        now = [(path, path.stat().st_mtime_ns) for path in sorted(opened.config.store_root.rglob("*.html"))]  # type: ignore[attr-defined]
        if now == before and w.documents(opened):  # type: ignore[arg-type]
            return
        before = now
        time.sleep(4)


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--only", default="")
    words.add_argument("--settle", type=float, default=2.0)
    asked = words.parse_args()
    acts = story()
    names = [one for one in asked.only.split(",") if one] or list(acts.ACTS)
    w.ingest = lambda opened, *_, **__: rested(opened)
    taken: dict[str, float | None] = {}
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            opened = w.workspace(Path(folder) / "w")
            settings = Path(folder) / "w" / "archivist.toml"
            settings.write_text(f"[intake]\nsettle_seconds = {asked.settle}\n", "utf-8")
            clerk = acts.Clerk(opened)
            with watcher(opened):
                time.sleep(3)
                acts.ACTS[name].do(clerk)
                since = time.perf_counter()
                taken[name] = answered(acts, clerk, name, since)
        print(f"{taken[name] or float('nan'):6.1f} s  {name}", flush=True)
    seconds = [one for one in taken.values() if one is not None]
    print(
        f"{len(seconds)} of {len(names)} answered: median {statistics.median(seconds):.1f} s, longest {max(seconds):.1f} s"
    )
    return 0


def answered(acts: ModuleType, clerk: object, name: str, since: float) -> float | None:
    while time.perf_counter() - since < _LIMIT:
        try:
            if not acts.missing_words(clerk, acts.ACTS[name].answers):
                return time.perf_counter() - since
        except OSError:
            pass  # a page is being replaced
        time.sleep(0.1)
    return None


if __name__ == "__main__":
    raise SystemExit(main())
