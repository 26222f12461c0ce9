"""Which engine is the faster on this machine: measured once, in processes that end with it, and remembered.

OpenVINO may cost two thirds of onnxruntime on one processor and as much on the next. What was measured is kept in the
user's own cache folder, for this processor and these versions; nothing of it is trusted but one of two names. When it
cannot be kept, each process measures for itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

AUTO = "auto"
RUNTIMES = ("onnxruntime", "openvino")
"""The first is what is taken when nothing could be measured: its processes are the smaller by a fifth."""

_WORTH = 0.95
"""OpenVINO is taken when it costs less than this share: its processes hold a hundred megabytes more."""
_MEASURING_SECONDS = 60.0
_MOST_BYTES = 4096
_FOLDER = "archivist"
_ROUNDS = 4

Measure = Callable[[str], float | None]
"""CPU seconds an engine takes for a specimen of a page; None when it does not run here."""


def chosen(engine: str) -> str:
    """Return the engine meant by the setting ``engine``: of "auto" the faster one on this machine."""
    return _fastest() if engine == AUTO else engine


@cache
def _fastest() -> str:
    installed = [name for name in RUNTIMES if find_spec(name)]
    if len(installed) < 2:
        return installed[0] if installed else RUNTIMES[0]
    return remembered(_cache_folder(), _machine(), in_a_process)


def remembered(folder: Path | None, machine: str, measure: Measure) -> str:
    """Return the engine kept in ``folder`` for ``machine``, measured now and kept when there is none.

    Args:
        folder: made when needed; None, or one that cannot be written, and nothing is kept.
    """
    kept = folder / f"engine-{hashlib.sha256(machine.encode()).hexdigest()[:16]}.json" if folder else None
    name = _read(kept) if kept else ""
    if name:
        return name
    costs = {engine: seconds for engine in RUNTIMES if (seconds := measure(engine)) is not None}
    name = cheaper(costs)
    if kept and costs:
        _keep(kept, {"engine": name, "seconds": costs, "machine": machine})
    return name


def cheaper(costs: dict[str, float]) -> str:
    """Return the engine to take for what each costs; one that does not run has no cost."""
    light, other = RUNTIMES
    if light not in costs:
        return other if other in costs else light
    return other if costs.get(other, float("inf")) < _WORTH * costs[light] else light


def _read(path: Path) -> str:
    """The name kept there; "" for anything else, however it came there."""
    try:
        with path.open("rb") as stream:
            found = json.loads(stream.read(_MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return ""
    name = found.get("engine") if isinstance(found, dict) else ""
    return name if name in RUNTIMES else ""


def _keep(path: Path, what: dict[str, object]) -> None:
    """Several processes may do so at once: each writes its own file and gives it the name whole."""
    fresh = path.with_name(f"{path.name}.{uuid4().hex}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            fresh.write_text(json.dumps(what), "utf-8")
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)


def _cache_folder() -> Path | None:
    """The folder for what a program may forget, as each system has it."""
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", "")
        return Path(local) / _FOLDER if local else None
    own = os.environ.get("XDG_CACHE_HOME", "")
    if Path(own).is_absolute():
        return Path(own) / _FOLDER
    with suppress(RuntimeError):  # a user without a home
        return Path.home() / (".cache" if sys.platform != "darwin" else "Library/Caches") / _FOLDER
    return None


def _machine() -> str:
    """What the measure holds for: the processor, the system and the versions of what runs on it."""
    from importlib.metadata import PackageNotFoundError, version

    parts = [platform.system(), platform.machine(), _processor()]
    for package in (*RUNTIMES, "rapidocr"):
        with suppress(PackageNotFoundError):
            parts.append(f"{package} {version(package)}")
    return "; ".join(parts)


def _processor() -> str:
    """Model and the instructions it has: a virtual machine may hide some of them."""
    with suppress(OSError), open("/proc/cpuinfo", encoding="utf-8", errors="replace") as stream:  # noqa: PTH123
        return " ".join(_told(stream.read(1 << 16)))
    return platform.processor()


def _told(cpuinfo: str) -> Iterator[str]:
    seen: set[str] = set()
    for line in cpuinfo.splitlines():
        key, _, value = line.partition(":")
        if key.strip() in ("model name", "flags", "Features") and key not in seen:
            seen.add(key)
            yield value.strip()


def in_a_process(engine: str) -> float | None:
    """Measure ``engine`` in a process of its own: one that crashes here is not taken, and no worker carries both."""
    paths = os.pathsep.join(path for path in sys.path if path)
    command = [sys.executable, "-m", "archivist.extract.processes.choosing", engine]
    try:
        done = subprocess.run(  # noqa: S603 (our own module)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_MEASURING_SECONDS,
            check=True,
            env=os.environ | {"PYTHONPATH": paths},
        )
        return float(done.stdout)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def measured(engine: str) -> float:
    """Return the CPU seconds of the cheapest of a few rounds over a specimen: the rest is others' noise."""
    from archivist.extract.seeing.ocr import RapidEngine, specimen

    page, lines = specimen()
    runtime = RapidEngine(engine)

    def round_once() -> float:
        begun = time.process_time()
        runtime.detect(page)
        for line in lines:
            runtime.recognise(line)
        return time.process_time() - begun

    round_once()  # plans are made for each size met
    return min(round_once() for _ in range(_ROUNDS))


if __name__ == "__main__":
    print(measured(sys.argv[1]))
