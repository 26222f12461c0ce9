"""Chromium driven by the DevTools protocol: choosing a folder is something only a person or a driver can do."""

from __future__ import annotations

import json
import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from support.browser import FLAGS, LONG
from support.programs import CHROMIUM


class Tab:
    """One page, in a browser of its own; ``place`` is where the browser listens for whoever drives it."""

    def __init__(self, place: str) -> None:
        address, _, path = place.removeprefix("ws://").partition("/")
        host, _, port = address.partition(":")
        self._socket = socket.create_connection((host, int(port)), LONG)
        asked = (
            f"GET /{path} HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        self._socket.sendall(asked.encode())
        self._buffer, self._last = b"", 0
        while b"\r\n\r\n" not in self._buffer:
            self._more()
        self._buffer = self._buffer.partition(b"\r\n\r\n")[2]

    def run(self, script: str) -> Any:
        """The value of an expression."""
        found = self._call("Runtime.evaluate", {"expression": script, "returnByValue": True})
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def wait(self, condition: str) -> None:
        """Until an expression is true."""
        until = time.monotonic() + LONG
        while time.monotonic() < until:
            if self.run(f"!!({condition})"):
                return
            time.sleep(0.02)
        raise AssertionError(f"never: {condition}")

    def choose(self, selector: str, *paths: Path) -> None:
        """Choose files, or a folder, in an input."""
        found = self._call("Runtime.evaluate", {"expression": f"document.querySelector({selector!r})"})
        chosen = {"objectId": found["result"]["objectId"], "files": [str(path) for path in paths]}
        self._call("DOM.setFileInputFiles", chosen)

    def drop(self, x: float, y: float, *paths: Path) -> None:
        """Drag files from outside and let them go at a point of the page."""
        data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            self._call("Input.dispatchDragEvent", {"type": kind, "x": x, "y": y, "data": data})

    def close(self) -> None:
        """Close the line."""
        self._socket.close()

    def _call(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        self._last += 1
        self._send(json.dumps({"id": self._last, "method": method, "params": params}).encode())
        while True:
            told = json.loads(self._receive())
            if told.get("id") == self._last:
                assert "error" not in told, told["error"]
                result: dict[str, Any] = told["result"]
                return result

    def _send(self, data: bytes) -> None:
        """One text frame, masked with nothing."""
        size = len(data)
        head = struct.pack("!BB", 0x81, 0x80 | size) if size < 126 else struct.pack("!BBH", 0x81, 0xFE, size)
        if size > 0xFFFF:
            head = struct.pack("!BBQ", 0x81, 0xFF, size)
        self._socket.sendall(head + bytes(4) + data)

    def _receive(self) -> bytes:
        """One message, of as many frames as it takes."""
        message = b""
        while True:
            first, size = self._take(2)
            size &= 0x7F
            if size == 126:
                (size,) = struct.unpack("!H", self._take(2))
            elif size == 127:
                (size,) = struct.unpack("!Q", self._take(8))
            part = self._take(size)
            if first & 0x0F in {0, 1, 2}:
                message += part
                if first & 0x80:
                    return message

    def _take(self, count: int) -> bytes:
        while len(self._buffer) < count:
            self._more()
        taken, self._buffer = self._buffer[:count], self._buffer[count:]
        return taken

    def _more(self) -> None:
        part = self._socket.recv(1 << 16)
        assert part, "the browser has gone"
        self._buffer += part


@contextmanager
def opened_in_browser(page: Path, folder: Path, *options: str) -> Iterator[Tab]:
    """A page open in a browser whose profile lies in ``folder``; the browser is ended afterwards."""
    profile = folder / "profile"
    flags = [
        flag for flag in FLAGS if "pdf" not in flag
    ]  # one about printing makes it leave when it has printed
    command = [
        CHROMIUM or "chromium",
        *flags,
        f"--user-data-dir={profile}",
        "--remote-debugging-port=0",
        *options,
    ]
    browser = subprocess.Popen(
        [*command, page.as_uri()], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        tab = Tab(_place(profile / "DevToolsActivePort", page))
        try:
            tab.wait(f"location.href === {json.dumps(page.as_uri())} && document.readyState === 'complete'")
            yield tab
        finally:
            tab.close()
    finally:
        browser.terminate()
        browser.wait(LONG)


def _place(port_file: Path, page: Path) -> str:
    """Where the browser listens for whoever drives the page."""
    until = time.monotonic() + LONG
    while time.monotonic() < until:
        if port_file.exists() and (lines := port_file.read_text().splitlines()):
            asked = HTTPConnection("127.0.0.1", int(lines[0]))
            asked.request("GET", "/json")
            listed = json.load(asked.getresponse())
            asked.close()
            for one in listed:
                if one["url"] == page.as_uri():
                    return str(one["webSocketDebuggerUrl"])
        time.sleep(0.05)
    raise AssertionError("the browser does not answer")
