"""Steps that misbehave the way parsers of hostile files do. Module-level: children import them."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from archivist.extract.failures import Refused

inherited = False


def sees_parent() -> bool:
    """Whether this process is a copy of the one that set the mark."""
    return inherited


def add(one: int, other: int) -> int:
    return one + other


def refuse() -> None:
    raise Refused("不行")


def raise_anything() -> None:
    raise RecursionError("a library's own trouble")


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def abort() -> None:
    os.abort()


def hang() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(60)


def burn() -> None:
    while True:
        pass


def hoard() -> int:
    return len(bytearray(3 << 30))


def fill_disk() -> None:
    raise OSError(28, "No space left on device")


def leave_picture(folder: Path) -> None:
    """Save a page as steps do where only its first kilobytes have room."""
    import resource

    import numpy as np

    from archivist.extract.seeing.raster import save_picture

    pixels = np.full((400, 300), 255, np.uint8)
    pixels[100:200, 100:200] = 0
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    save_picture(pixels, 1, folder)


def chatter() -> str:
    print("noise of a library")
    os.write(2, b"more noise")
    return "quiet"


def die_once(marker: str) -> None:
    """An OCR engine that takes its worker with it the first time."""
    path = Path(marker)
    if not path.exists():
        path.write_text("died")
        os.kill(os.getpid(), signal.SIGKILL)


def crash_at(file: str) -> None:
    crash()


def render_on_a_full_disk(*_: object) -> None:
    fill_disk()


def burn_for(seconds: float) -> str:
    """Work for so many seconds of CPU, whatever the clock says."""
    begun = time.process_time()
    while time.process_time() - begun < seconds:
        pass
    return "done"


def starve(pause: float) -> str:
    """Be stopped, as one is who must wait for a turn, then go on: a process of its own wakes this one."""
    me = os.getpid()
    if os.fork() == 0:
        time.sleep(pause)
        os.kill(me, signal.SIGCONT)
        os._exit(0)
    os.kill(me, signal.SIGSTOP)
    return "done"


def stop_for_good() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


# The same as tasks of a recognition worker, which are given the name of a page image.
def burn_at(file: str) -> None:
    burn()


def work_at(file: str) -> str:
    return burn_for(0.3)


def starve_at(file: str) -> str:
    return starve(3.0)


def stop_at(file: str) -> None:
    stop_for_good()


def sleep_at(file: str) -> None:
    hang()


def sleep_once(marker: str) -> str:
    """An engine that waits for ever the first time."""
    path = Path(marker)
    if not path.exists():
        path.write_text("slept")
        hang()
    return "done"


def note_turn(file: str) -> None:
    """Write down that this page had its turn, a little after the one before."""
    time.sleep(0.05)
    with Path(file).with_name("turns").open("a", encoding="utf-8") as turns:
        turns.write(f"{Path(file).name}\n")
