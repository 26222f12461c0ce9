"""Drop hostile files into a real workspace, run ``archivist ingest`` on it, and account for every byte."""

from __future__ import annotations

import hashlib
import io
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from archivist.workspace.opened import Workspace
from support import hostile as h
from support import workspaces as w

LIMIT_SECONDS = 3600.0


@dataclass
class Pass:
    """What a pass did: seconds, peak memory of all its processes together (MB), reasons by sha256 of the drop."""

    code: int
    seconds: float
    peak: float
    words: str
    lost: list[str] = field(default_factory=list)
    told: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def originals(folder: Path) -> dict[str, bytes]:
    """Small valid files, by extension."""
    import docx
    from openpyxl import Workbook

    from support.makers import MINUTES, text_pdf

    small = Image.open(MINUTES)
    small.thumbnail((500, 500))
    document = docx.Document()
    for line in w.minutes(w.SHEEP).splitlines():
        document.add_paragraph(line)
    book = Workbook()
    for row in range(30):
        book.worksheets[0].append([f"第{row}行", row, "淘汰类"])
    found = {
        "pdf": text_pdf(folder / "a", w.minutes(w.FISH).splitlines()).read_bytes(),
        "jpg": _saved(small, "JPEG"),
        "png": _saved(small, "PNG"),
        "tif": _saved(small.convert("1"), "TIFF", compression="group4"),
        "docx": _saved(document),
        "xlsx": _saved(book),
        "ofd": good_ofd(),
        "rtf": b"{\\rtf1\\ansi\\ansicpg936 " + b"abc \\par " * 40 + b"}",
        "doc": h.compound("WordDocument"),
        "eml": b"From: a@b.c\r\nSubject: =?utf-8?b?5Lya6K6u?=\r\n\r\n" + b"words\r\n" * 30,
        "html": b"<!DOCTYPE html><html><body>" + b"<p>words</p>" * 40 + b"</body></html>",
        "exe": b"MZ" + bytes(58) + b"\x80\0\0\0" + bytes(64) + b"PE\0\0" + bytes(400),
        "txt": "会议记录\r\n".encode("gbk") * 40,
        "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(600),
    }
    scanned = io.BytesIO()
    small.save(scanned, "PDF", resolution=60)
    found["scan.pdf"] = scanned.getvalue()
    found["zip"] = h.packed([("里面/纪要.pdf", found["pdf"]), ("b.docx", found["docx"])])
    return found


def _saved(thing: Any, *form: str, **more: Any) -> bytes:
    out = io.BytesIO()
    thing.save(out, *form, **more)
    return out.getvalue()


def good_ofd() -> bytes:
    """A page of text as an OFD file (GB/T 33190)."""
    space = b'xmlns:ofd="http://www.ofdspec.org/2016"'
    text = "".join(
        f'<ofd:TextObject ID="{n + 10}" Boundary="20 {20 + n * 10} 170 8" Font="3" Size="5">'
        f'<ofd:TextCode X="0" Y="5">{line}</ofd:TextCode></ofd:TextObject>'
        for n, line in enumerate(w.minutes(w.LEMON).splitlines())
    ).encode()
    return h.packed(
        [
            (
                "OFD.xml",
                b"<ofd:OFD %s><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
                b"</ofd:OFD>" % space,
            ),
            (
                "Doc_0/Document.xml",
                b"<ofd:Document %s><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
                b"</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID='1' BaseLoc='Pages/P.xml'/>"
                b"</ofd:Pages></ofd:Document>" % space,
            ),
            (
                "Doc_0/Pages/P.xml",
                b"<ofd:Page %s><ofd:Content><ofd:Layer ID='2'>" % space
                + text
                + b"</ofd:Layer></ofd:Content></ofd:Page>",
            ),
        ]
    )


# -- dropping ------------------------------------------------------------------------------------------------------


def drop(inbox: Path, name: str, data: bytes) -> str:
    """Put a file into 收件箱 and return its sha256."""
    (inbox / name).write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def drop_nasty(inbox: Path) -> dict[str, str]:
    """All of `hostile.NASTY`: name by sha256."""
    return {drop(inbox, name, make()): name for name, (make, _) in h.NASTY.items()}


def drop_names(inbox: Path) -> dict[str, str]:
    """Harmless bytes under names that hurt: name by sha256."""
    found = {}
    for number, name in enumerate(h.NAMES):
        folder = inbox / f"名{number % 3}"
        folder.mkdir(exist_ok=True)
        found[drop(folder, name, b"named %d" % number)] = name
    return found


def make_special(inbox: Path, outside: Path) -> int:
    """What is no file: pipe, socket, links, a device where we may make one. Returns how many must be told of."""
    folder = inbox / "怪物"
    folder.mkdir()
    outside.write_bytes(b"outside")
    os.mkfifo(folder / "管道.pdf")
    (folder / "链接.pdf").symlink_to(outside)
    (folder / "断链.pdf").symlink_to("/nowhere")
    (folder / "链接夹").symlink_to("/etc")
    (folder / "夹.pdf").mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(folder)  # a socket's path must be short
        listener.bind("socket.pdf")
        os.chdir(here)
    made = 5
    try:
        os.mknod(folder / "设备.pdf", 0o20600, os.makedev(1, 5))
        made += 1
    except PermissionError:
        pass
    return made


# -- the pass ------------------------------------------------------------------------------------------------------


def run(opened: Workspace, dropped: dict[str, str], settings: str = "") -> Pass:
    """Run ``archivist ingest`` in a process of its own, watch its memory, then account for every drop."""
    command = [sys.executable, "-m", "archivist", "-w", str(opened.config.workspace), "ingest"]
    start = time.monotonic()
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    peak, over = [0.0], threading.Event()

    def look() -> None:
        while not over.wait(0.25):
            peak[0] = max(peak[0], sum(memory(pid) for pid in tree(process.pid)))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        words = process.communicate(timeout=LIMIT_SECONDS)[1]
    finally:
        process.kill()
        over.set()
        looking.join()
    done = Pass(process.returncode, time.monotonic() - start, peak[0], words)
    account(opened, dropped, done)
    return done


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        children = " ".join(path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")).split()
    except OSError:
        return []
    return [pid, *(below for child in children for below in tree(int(child)))]


def memory(pid: int) -> float:
    """Proportional memory of a process in MB."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def account(opened: Workspace, dropped: dict[str, str], done: Pass) -> None:
    """Every drop is kept under its bytes, or stands in 退回 or still in 收件箱; and the index tells about it."""
    there = w.everywhere(opened)
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in w.documents(opened):
        told[row["sha256"]].append(row | {"reasons": json.loads(row["reasons"])})
    archives = {row["sha256"] for row in told_archives(opened)}
    for sha, name in dropped.items():
        if sha not in there or not (told[sha] or sha in archives):
            done.lost.append(name)
    done.told = told


def told_archives(opened: Workspace) -> list[dict[str, Any]]:
    """Archives whose members are told of instead of themselves."""
    return [
        {"sha256": row[0]}
        for row in w.rows(opened, "SELECT DISTINCT p.sha256 FROM sources p JOIN sources m ON m.parent = p.id")
    ]


def reasons_of(opened: Workspace, done: Pass, sha: str) -> str:
    """Everything people are told about a drop and, if it is an archive, about its members."""
    rows = list(done.told[sha])
    inside = (
        "SELECT m.sha256 FROM sources p JOIN sources m ON m.parent = p.id "
        f"WHERE p.sha256 = '{sha}'"  # a hex string of our own
    )
    for (member,) in w.rows(opened, inside):
        rows += done.told.get(member, [])
    return "；".join(reason for row in rows for reason in row["reasons"])
