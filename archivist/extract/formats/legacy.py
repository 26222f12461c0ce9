"""Word-processor files of other days and makers (.doc .wps .rtf .odt), turned into .docx by LibreOffice.

LibreOffice is optional: without it such a file waits for a person. It parses a stranger's bytes in a program of its
own, with a profile that dies with the job, macros, links and the network switched off, a time limit, and a process
group that is killed as a whole. **Residual risk**: memory, CPU and file size are bounded on Linux only; if this
program itself is killed, a conversion under way ends by its CPU limit (Linux) or by itself.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from archivist.extract import failures
from archivist.extract.failures import Refused
from archivist.extract.limits import Limits
from archivist.extract.processes.vigil import Verdict, Vigil
from archivist.system.processes import effort, end_with_children

SUFFIXES = {"doc": ".doc", "works": ".wps", "rtf": ".rtf", "odt": ".odt"}
"""The kinds that LibreOffice turns into .docx, with the suffix by which it finds its filter."""

PAGED = {**SUFFIXES, "docx": ".docx", "xlsx": ".xlsx", "xls": ".xls"}
"""The kinds that have pages only when LibreOffice lays them out, with their suffix."""

_SPREADSHEETS = ("Workbook", "Book")
_OTHERS = {"__properties_version1.0": "mail", "VisioDocument": "visio", "Quill": "publisher"}
_LOOK_SECONDS = 1.0
_MEMORY = 4 << 30
_FIB_LENGTH = 12
_FIB_ENCRYPTED = 0x01
_ODF_KINDS = {"text": "odt", "spreadsheet": "xlsx", "presentation": "ppt"}
_WINDOWS_HOMES = ("ProgramW6432", "ProgramFiles", "ProgramFiles(x86)")
_PATHS = {
    "org.openoffice.Office.Common/Security/Scripting": {
        "DisableMacrosExecution": "true",
        "MacroSecurityLevel": "3",
        "BlockUntrustedRefererLinks": "true",
        "DisableActiveContent": "true",
    },
    "org.openoffice.Office.Writer/Content/Update": {"Link": "0"},
    "org.openoffice.Office.Java/VirtualMachine": {"Enable": "false"},
    "org.openoffice.Inet/Settings": {
        "ooInetProxyType": "2",
        "ooInetHTTPProxyName": "127.0.0.1",
        "ooInetHTTPProxyPort": "9",
        "ooInetHTTPSProxyName": "127.0.0.1",
        "ooInetHTTPSProxyPort": "9",
    },
}


def ole_kind(path: Path) -> str:
    """Return what the compound file (OLE) at ``path`` holds, by its directory: doc, xls, works, ppt or ole.

    Documents of WPS (.wps, .et, .dps) are built like Microsoft's and named by the same streams.

    Raises:
        Refused: opened by password only, or damaged.
    """
    with _compound(path) as compound:
        if compound.exists("EncryptedPackage") or compound.exists("\x09DRMContent"):
            raise Refused(failures.OFFICE_PASSWORD)
        if compound.exists("WordDocument"):
            _refuse_encrypted_word(compound)
            return "doc"
        if any(compound.exists(name) for name in _SPREADSHEETS):
            return "xls"
        if compound.exists("PowerPoint Document"):
            return "ppt"
        for mark, kind in _OTHERS.items():
            if compound.exists(mark):
                return kind
        return "works" if compound.exists("CONTENTS") and compound.exists("SPELLING") else "ole"


def _compound(path: Path) -> Any:
    """Open a compound file; one whose own tables lead nowhere is damaged, whatever it held."""
    import olefile

    try:
        return olefile.OleFileIO(path)
    except MemoryError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise Refused(failures.DAMAGED) from None


def _refuse_encrypted_word(compound: Any) -> None:
    with compound.openstream("WordDocument") as stream:
        head = stream.read(_FIB_LENGTH)
    if len(head) < _FIB_LENGTH:
        raise Refused(failures.DAMAGED)
    if head[11] & _FIB_ENCRYPTED:
        raise Refused(failures.OFFICE_PASSWORD)


def odf_kind(path: Path) -> str:
    """Return what the OpenDocument file at ``path`` holds: odt, xlsx (a table), ppt or odf.

    Raises:
        Refused: opened by password only, cut off or damaged.
    """
    from archivist.extract.formats.xmlparts import Package, local

    with Package(path) as package:
        manifest = package.xml("META-INF/manifest.xml")
        if manifest is not None and any(local(e) == "encryption-data" for e in manifest.iter()):
            raise Refused(failures.OFFICE_PASSWORD)
        media = _media_type(package, manifest)
    name = media.removeprefix("application/vnd.oasis.opendocument.").removesuffix("-template")
    return _ODF_KINDS.get(name, "odf")


def _media_type(package: Any, manifest: Any) -> str:
    """What the file says it is: in ``mimetype``, or where that is missing in the manifest's entry for the whole."""
    from archivist.extract.formats.xmlparts import attribute

    if "mimetype" in package.names:
        return str(package.read("mimetype")[:100].decode("ascii", "replace").strip())
    entries = manifest.iter() if manifest is not None else ()
    return next((attribute(e, "media-type") for e in entries if attribute(e, "full-path") == "/"), "")


def find_soffice() -> Path | None:
    """Return LibreOffice's program, from PATH or where its installers put it; None without one."""
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            return Path(found)
    return next((place for place in _usual_places() if place.is_file()), None)


def _usual_places() -> list[Path]:
    if sys.platform == "win32":
        homes = [os.environ[name] for name in _WINDOWS_HOMES if os.environ.get(name)]
        return [Path(home, "LibreOffice", "program", "soffice.exe") for home in homes]
    if sys.platform == "darwin":
        return [Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")]
    return []


def to_docx(program: Path, source: Path, kind: str, folder: Path, limits: Limits) -> Path:
    """Convert ``source`` (one of `SUFFIXES`) by LibreOffice and return the .docx, which lies in ``folder``.

    Raises:
        Refused: LibreOffice could not open it, or not within ``limits.office_seconds``.
    """
    return _converted(program, source, SUFFIXES[kind], "docx:MS Word 2007 XML", folder, limits)


def to_xlsx(program: Path, source: Path, suffix: str, folder: Path, limits: Limits) -> Path:
    """Convert a workbook that goes by ``suffix`` (as .xls) and return the .xlsx, which lies in ``folder``; raises as
    `to_docx` does.
    """
    return _converted(program, source, suffix, "xlsx:Calc MS Excel 2007 XML", folder, limits)


def to_pdf(program: Path, source: Path, folder: Path, limits: Limits) -> Path:
    """Print a .docx of our own as a PDF by LibreOffice and return it; it lies in ``folder``; raises as `to_docx` does."""
    return _converted(program, source, ".docx", "pdf:writer_pdf_Export", folder, limits)


def to_pages(program: Path, source: Path, kind: str, folder: Path, limits: Limits) -> Path:
    """Lay ``source`` (one of `PAGED`) out by LibreOffice and return the PDF, which lies in ``folder``; raises as `to_docx`
    does.
    """
    return _converted(program, source, PAGED[kind], "pdf", folder, limits)


def _converted(program: Path, source: Path, suffix: str, wanted: str, folder: Path, limits: Limits) -> Path:
    home, made = folder / "office", folder / "converted"
    given = made / f"given{suffix}"
    made.mkdir()
    shutil.copyfile(source, given)
    _make_profile(home)
    try:
        _run(_command(program, home, given, made, wanted), home, limits)
    finally:
        shutil.rmtree(home, ignore_errors=True)
        given.unlink(missing_ok=True)
    result = made / f"given.{wanted.partition(':')[0]}"
    if not result.is_file():
        raise Refused(failures.NOT_CONVERTED)
    return result


def _command(program: Path, home: Path, given: Path, made: Path, form: str) -> list[str]:
    quiet = ["--headless", "--norestore", "--nodefault", "--nolockcheck", "--nologo", "--nofirststartwizard"]
    profile = f"-env:UserInstallation={home.resolve().as_uri()}"
    wanted = ["--convert-to", form, "--outdir", str(made.resolve()), str(given.resolve())]
    return [str(program), profile, *quiet, *wanted]


def _make_profile(home: Path) -> None:
    """Write the settings of a profile that trusts nobody."""
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, values in _PATHS.items()
        for name, value in values.items()
    )
    user = home / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


def _run(command: list[str], home: Path, limits: Limits) -> None:
    scratch = str(home.resolve())
    environment = os.environ | {
        "HOME": scratch,
        "TMPDIR": scratch,
        "TEMP": scratch,
        "TMP": scratch,
        "SAL_USE_VCLPLUGIN": "svp",
        "SAL_DISABLE_OPENCL": "1",
    }
    nothing = subprocess.DEVNULL
    options: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        options = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    process = subprocess.Popen(  # noqa: S603 (no shell; the program is the one found on this computer)
        command, stdin=nothing, stdout=nothing, stderr=nothing, env=environment, **options
    )
    try:
        _bound(process.pid, limits)
        _wait(process, limits.office_seconds)
    finally:
        _end(process)


def _wait(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Until it ended by itself. Refused when it works longer than ``seconds``, hangs, or was not let work."""
    vigil = Vigil(time.monotonic(), seconds, seconds)
    while True:
        try:
            process.wait(min(_LOOK_SECONDS, seconds / 4))
        except subprocess.TimeoutExpired:
            verdict = vigil.judge(time.monotonic(), effort(process.pid, with_children=True))
            if verdict is not Verdict.GOING:
                reason = failures.BUSY if verdict is Verdict.STARVED else failures.TOO_SLOW
                raise Refused(reason) from None
        else:
            return


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the process group: LibreOffice is a launcher with the real program below it."""
    if sys.platform == "win32":
        if process.poll() is None:
            end_with_children(process.pid)
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _bound(pid: int, limits: Limits) -> None:
    """Limit memory, CPU time and file size of the program and of what it starts (Linux)."""
    if sys.platform != "linux":
        return
    import resource

    wanted = {
        resource.RLIMIT_AS: _MEMORY,
        resource.RLIMIT_CPU: max(int(limits.office_seconds), 1),
        resource.RLIMIT_FSIZE: limits.max_unpacked_mb << 20,
        resource.RLIMIT_CORE: 0,
    }
    for which, amount in wanted.items():
        with suppress(OSError, ValueError):  # it may have ended already
            hard = resource.prlimit(pid, which)[1]
            most = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
            resource.prlimit(pid, which, (most, hard))
