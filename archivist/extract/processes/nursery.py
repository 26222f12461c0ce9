"""The nursery (Linux): one small process that has the libraries loaded and forks a disposable child for each step.

A fork from here costs a few milliseconds, where a fresh interpreter costs a quarter of a second. The nursery itself
never sees a stranger's byte. It has one thread, leads a session of its own (Ctrl-C at a terminal is not for it), kills
each child's whole process group when it hangs or ended, and ends with all of them when the process that
started it does, however that died.

A request brings two file descriptors: a socket, on which the child reads its task and answers, and a pipe, on which the
nursery tells how the child ended. So whoever waits for one child never hears of another.
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import select
import signal
import socket
import struct
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from archivist.extract.processes.libraries import LIGHT, MODULES
from archivist.extract.processes.vigil import Verdict, Vigil
from archivist.system.processes import effort, step_back

REQUEST = struct.Struct("<d")
"""Seconds a child may sleep without working."""

STATUS = struct.Struct("<iB")
"""How a child ended: exit code (negative: the signal), and the `Verdict` for which it was ended, if it was."""

LENGTH = struct.Struct("<Q")

_LOOK_SECONDS = 1.0
_LIBC = ctypes.CDLL(None)
_ANCESTOR_DIED = 1
"""prctl's PR_SET_PDEATHSIG."""


@dataclass(slots=True)
class _Child:
    pid: int
    status: int
    """Descriptor of the pipe for how it ended."""
    vigil: Vigil
    look: float
    """When to look at it again."""
    pause: float
    ended: Verdict = Verdict.GOING


def main(control: int, library: str) -> None:
    """Load the libraries of ``library``, tell that we are ready, and serve until the other end of ``control`` is closed."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    step_back()
    for name in MODULES[library]:
        import_module(name)
    with suppress(Exception), tempfile.TemporaryDirectory() as folder:
        _warm_up(library, Path(folder))
    gc.collect()
    gc.freeze()
    if library == LIGHT:
        gc.disable()  # a child lives for one PDF's text: what it leaves goes with it
    with socket.socket(fileno=control) as requests:
        requests.send(b"\0")
        _Nursery(requests).serve()


def _warm_up(library: str, folder: Path) -> None:
    """Read a specimen of our own once: fonts looked through, functions bound, patterns compiled; no child has to again."""
    from archivist.extract.formats.pdf import Probe, inspect_pdf, render_pages
    from archivist.extract.limits import Limits

    specimen = folder / "specimen.pdf"
    specimen.write_bytes(_SPECIMEN)
    if library == LIGHT:
        inspect_pdf(specimen, Limits(folder))
    else:
        render_pages(specimen, (Probe(1),), folder, Limits(folder))


_SPECIMEN = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R/H 8 0 R>>>>>>endobj
4 0 obj<</Length 52>>stream
BT /F 9 Tf 9 50 Td <4F1A8BAE> Tj /H 9 Tf (Abc) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>endobj
6 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)
/Supplement 4>>/FontDescriptor 7 0 R/DW 1000>>endobj
7 0 obj<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80
/FontBBox[-25 -254 1000 880]>>endobj
8 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj
trailer<</Root 1 0 R/Size 9>>
%%EOF
"""


class _Nursery:
    """The loop: fork for each request, bury each child, kill those that hang."""

    def __init__(self, requests: socket.socket) -> None:
        self._requests = requests
        self._children: list[_Child] = []
        self._wake, wake = os.pipe()
        for end in (self._wake, wake):
            os.set_blocking(end, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)

    def serve(self) -> None:
        """Until the requests end; then nobody is left alive."""
        try:
            while self._turn():
                continue
        finally:
            for child in self._children:
                _kill(child.pid)

    def _turn(self) -> bool:
        watched = (child.look for child in self._children if child.ended is Verdict.GOING)
        left = min(watched, default=None)
        seconds = None if left is None else max(0.0, left - time.monotonic())
        asked = self._requests.fileno()
        ready, _, _ = select.select([asked, self._wake], [], [], seconds)
        if self._wake in ready:
            with suppress(BlockingIOError):
                os.read(self._wake, 4096)
        self._bury()
        self._look()
        return asked not in ready or self._accept()

    def _accept(self) -> bool:
        message, handles, _, _ = socket.recv_fds(self._requests, REQUEST.size, 2)
        if not message:
            return False
        talk, status = handles
        pid = os.fork()
        if pid == 0:
            self._become_child(talk)
        os.close(talk)
        with suppress(OSError):
            os.setpgid(pid, pid)  # the child does so, too: whoever is first
        now, (idle,) = time.monotonic(), REQUEST.unpack(message)
        pause = min(_LOOK_SECONDS, idle / 4)
        self._children.append(_Child(pid, status, Vigil(now, float("inf"), idle), now + pause, pause))
        return True

    def _become_child(self, talk: int) -> None:
        """In the child: leave everything behind that is not its own, then do the one task."""
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setpgid(0, 0)
            _die_with_parent()
            self._requests.close()
            for child in self._children:
                os.close(child.status)
            with socket.socket(fileno=talk) as channel:
                serve_one(channel)
        finally:
            os._exit(0)

    def _bury(self) -> None:
        for child in list(self._children):
            ended = os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if ended is None:
                continue
            _kill(child.pid)  # what it may have started; its number is still its own
            code = os.waitstatus_to_exitcode(os.waitpid(child.pid, 0)[1])
            with suppress(OSError):
                os.write(child.status, STATUS.pack(code, child.ended.value))
            os.close(child.status)
            self._children.remove(child)

    def _look(self) -> None:
        """End those that hang or were starved for too long; what they may work, the system limits."""
        now = time.monotonic()
        for child in self._children:
            if child.ended is Verdict.GOING and child.look <= now:
                child.look = now + child.pause
                child.ended = child.vigil.judge(now, effort(child.pid))
                if child.ended is not Verdict.GOING:
                    _kill(child.pid)


def _kill(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
    with suppress(ProcessLookupError, PermissionError):
        os.kill(group, signal.SIGKILL)


def _die_with_parent() -> None:
    """A child whose nursery was killed would have nobody to limit it."""
    with suppress(OSError, AttributeError):
        _LIBC.prctl(_ANCESTOR_DIED, signal.SIGKILL)


def serve_one(channel: socket.socket) -> None:
    """Read a task, run it within its limits, answer."""
    task: tuple[Callable[..., object], tuple[Any, ...]] = pickle.loads(received(channel))  # noqa: S301 (from our parent)
    function, arguments = task
    send(channel, pickle.dumps(function(*arguments), pickle.HIGHEST_PROTOCOL))


def send(channel: socket.socket, data: bytes) -> None:
    """Send ``data`` with its length before it."""
    channel.sendall(LENGTH.pack(len(data)))
    channel.sendall(data)


def received(channel: socket.socket, most: int | None = None) -> bytes:
    """Receive what `send` sent.

    Raises:
        EOFError: the other end closed before all was sent. OverflowError: more than ``most`` bytes.
    """
    (length,) = LENGTH.unpack(_exactly(channel, LENGTH.size))
    if most is not None and length > most:
        raise OverflowError(length)
    return _exactly(channel, length)


def _exactly(channel: socket.socket, length: int) -> bytes:
    data = bytearray()
    while len(data) < length:
        chunk = channel.recv(min(length - len(data), 1 << 20))
        if not chunk:
            raise EOFError
        data += chunk
    return bytes(data)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
