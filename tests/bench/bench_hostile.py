"""Drop damaged, odd and hostile files into 收件箱, ingest them with the real command, account for every byte (Linux only).

    python tests/bench/bench_hostile.py [--mutants 1500] [--seed 1] [--slice 250] [--more FOLDER]

``--more`` adds a copy of every file below a folder. Prints counts, the share by kind of answer, peak memory of all
processes together and seconds; ends with 1 when anything was lost, crashed or is told untruly.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from truth import untrue  # noqa: E402

from support import hostile as h  # noqa: E402
from support import hostile_pass as hp  # noqa: E402
from support import workspaces as w  # noqa: E402


def answer(told: str, statuses: set[str]) -> str:
    """The answer without the file's own name, to be counted."""
    return "/".join(sorted(statuses)) + " " + re.sub(r"“[^”]*”：?", "", told)[:44]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--slice", type=int, default=250)
    parser.add_argument("--more", type=Path)
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    figures: dict[str, float] = defaultdict(float)
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        good = hp.originals(folder)
        jobs = [(options.seed * 1_000_000 + number, good) for number in range(options.mutants)]
        files = [h.mutated(*job) for job in jobs]
        more = sorted(options.more.rglob("*")) if options.more else []
        files += [(f"{n:05d}{p.suffix[:20]}", p.read_bytes()) for n, p in enumerate(more) if p.is_file()]
        opened = w.workspace(folder / "w")
        for start in range(0, len(files), options.slice):
            some = dict(files[start : start + options.slice])
            dropped = {hp.drop(opened.config.inbox, name, data): name for name, data in some.items()}
            done = hp.run(opened, dropped)
            figures["files"] += len(dropped)
            figures["seconds"] += done.seconds
            figures["lost"] += len(done.lost)
            figures["peak MB"] = max(figures["peak MB"], done.peak)
            wrong += [f"lost: {name}" for name in done.lost]
            if done.code not in {0, 8} or "处理时出错" in done.words:
                wrong.append(f"exit {done.code}: {done.words[-1500:]}")
            for sha, name in dropped.items():
                told = hp.reasons_of(opened, done, sha)
                statuses = {row["status"] for row in done.told[sha]} or {"archive"}
                counts[answer(told, statuses)] += 1
                if not told and statuses <= {"review", "rejected"}:
                    wrong.append(f"no reason: {name}")
                if word := untrue(name, some[name], told):
                    wrong.append(f"untrue ({word}): {name}: {told[:100]}")
            print(f"{start + len(some)} files, {done.seconds:.0f} s, {len(wrong)} wrong", flush=True)
        # A damaged package may be told as an archive: its note stands alone then.
        wrong += [found for found in w.disagreements(opened) if not found.startswith("note of nothing")]
    for words, count in counts.most_common(60):
        print(f"{count:6} {words}")
    print(", ".join(f"{name} {value:.0f}" for name, value in figures.items()))
    print(f"{figures['seconds'] / max(figures['files'], 1):.2f} s a file")
    print("\n".join(wrong[:50]) or "nothing lost, nothing untrue")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
