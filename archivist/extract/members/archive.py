"""ZIP archives → members on disk under internal names. Everything the archive says about itself is doubted.

Bounded by real bytes, ratio, count and depth while streaming; names decide nothing but what people read.
Residual
risk: a member is only as harmless as what reads it next, which is why that happens in a process of its own
too.
"""

from __future__ import annotations

import errno
import lzma
import stat
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from archivist.core.leftalone import folder_of_a_program, is_shortcut, of_a_program
from archivist.extract import failures
from archivist.extract.failures import Refused
from archivist.extract.kinds import HEAD_BYTES, sniff
from archivist.extract.limits import Limits

SEPARATOR = "!/"
"""Between an archive's name and its member's: 材料.zip!/会议记录.docx."""

_CHUNK = 1 << 20
_RATIO_FLOOR = 4 << 20
_BAD_MEMBER = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
_SECOND_LEVEL = 0xD8
"""The lead byte with which GB 2312's rarer characters begin."""


class BudgetSpent(Refused):
    """The whole archive costs more than it may."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: ``name`` as people read it (内层.zip!/x.pdf), bytes at ``data_path``."""

    name: str
    data_path: Path


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What came out of an archive. ``refused`` pairs a member's name with the Chinese reason; ``failure`` is
    for the whole.
    """

    members: tuple[Member, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    failure: str = ""


def unpack_step(path: Path, limits: Limits, folder: Path) -> Unpacked:
    """Unpack the ZIP at ``path`` into ``folder``; for a disposable process.

    Raises:
        Refused: nothing of it can be unpacked.
    """
    work = Unpacking(limits, folder)
    work.archive(path, "", 1)
    return Unpacked(tuple(work.members), tuple(work.refused))


@dataclass(slots=True)
class Unpacking:
    """Counts what one archive and those inside it have cost so far."""

    limits: Limits
    folder: Path
    members: list[Member] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    entries: int = 0
    written: int = 0
    files: int = 0

    def archive(self, path: Path, prefix: str, depth: int) -> None:
        """Unpack one archive; members of archives inside are named behind ``prefix``."""
        try:
            opened = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise Refused(failures.TRUNCATED) from None
        except OSError as error:
            _raise_unless_misplaced(error)
            raise Refused(failures.TRUNCATED) from None
        with opened as archive:
            entries = archive.infolist()
            self.entries += len(entries)
            if self.entries > self.limits.max_members:
                raise BudgetSpent(_too_many(self.entries, self.limits))
            if any(info.flag_bits & 1 for info in entries):
                raise Refused(failures.ZIP_PASSWORD)
            allowance = max(path.stat().st_size * self.limits.max_ratio, _RATIO_FLOOR) + self.written
            for info in entries:
                if not info.filename.endswith("/"):  # is_dir() fails on an empty name
                    self._member(archive, info, prefix, depth, allowance)

    def _member(
        self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, prefix: str, depth: int, most: int
    ) -> None:
        name = member_name(info)
        if _is_junk(name):
            return
        reason = _reason_against(info, name)
        if reason:
            self.refused.append((prefix + shown_name(name), reason))
            return
        target = self.folder / f"{self.files:06d}.bin"
        self.files += 1
        try:
            self._write(archive, info, target, most)
        except (*_BAD_MEMBER, OSError) as error:
            _raise_unless_misplaced(error)
            target.unlink(missing_ok=True)
            self.refused.append((prefix + shown_name(name), "压缩包里的这个文件已损坏，请重新打包后再放入。"))
            return
        self.keep(target, prefix + shown_name(name), depth)

    def _write(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, most: int) -> None:
        with archive.open(info) as source, target.open("xb") as sink:
            while chunk := source.read(_CHUNK):
                self.written += len(chunk)
                if self.written > min(most, self.limits.max_unpacked_mb << 20):
                    raise BudgetSpent(
                        "压缩包解压后大得不正常，已停止解压；请解压检查后把需要的文件直接放入。"
                    )
                sink.write(chunk)

    def keep(self, target: Path, name: str, depth: int) -> None:
        """Keep a file; open it instead when it is an archive itself."""
        with target.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
        if sniff(head, target) != "zip":
            self.members.append(Member(name, target))
        elif depth >= self.limits.max_depth:
            self.refused.append(
                (name, f"压缩包套了超过 {self.limits.max_depth} 层，请解压后把文件直接放入。")
            )
        else:
            self._nested(target, name, depth)

    def _nested(self, target: Path, name: str, depth: int) -> None:
        try:
            self.archive(target, name + SEPARATOR, depth + 1)
        except BudgetSpent:
            raise  # a bomb inside spends the budget of the whole
        except Refused as refusal:
            self.refused.append((name, refusal.reason))
        finally:
            target.unlink(missing_ok=True)


def _raise_unless_misplaced(error: Exception) -> None:
    """Raise on what the machine's own trouble is; a place before the beginning is only what the archive says wrongly."""
    if isinstance(error, OSError) and error.errno != errno.EINVAL:
        raise error


def _too_many(count: int, limits: Limits) -> str:
    return f"压缩包里有 {count} 个文件，超过 {limits.max_members} 个的上限，请分批打包后再放入。"


def member_name(info: zipfile.ZipInfo) -> str:
    """Return a member's name as its maker meant it: flagged UTF-8, else what stands behind cp437's disguise."""
    stored = info.orig_filename
    if not info.flag_bits & 0x800:
        stored = _undisguised(stored)
    return stored.replace("\\", "/")


def _undisguised(stored: str) -> str:
    """Decode as UTF-8 or GB 18030, whichever gives Chinese: short GBK names may be well-formed UTF-8 by chance."""
    try:
        raw = stored.encode("cp437")
    except UnicodeEncodeError:
        return stored
    readings = [name for encoding in ("utf-8", "gb18030") if (name := _decoded(raw, encoding)) is not None]
    return max(readings, key=_plausible, default=stored)


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _plausible(name: str) -> float:
    """The share of a name's foreign characters that a Chinese name would have; common ones count in full.

    The first of equals wins, so UTF-8 has the benefit of the doubt.
    """
    signs = [char for char in name if char > "\x7f"]
    if not signs:
        return 1.0
    return sum(_likeliness(char) for char in signs) / len(signs)


def _likeliness(char: str) -> float:
    if "\u4e00" <= char <= "\u9fff":
        encoded = char.encode("gb2312", "ignore")
        return 0.6 if not encoded else 1.0 if encoded[0] < _SECOND_LEVEL else 0.8
    if char in "·—–‘’“”…°×№①②③④⑤⑥⑦⑧⑨⑩" or char > "\uffff":
        return 1.0
    return 1.0 if "\u3001" <= char <= "\u303f" or "\uff01" <= char <= "\uff65" or char == "\u3000" else 0.0


def shown_name(name: str) -> str:
    """Return a name fit to print and store: no control characters, no lone surrogates, relative."""
    printable = "".join(char if char.isprintable() else "_" for char in name)
    return printable.encode("utf-8", "replace").decode("utf-8").lstrip("/")[:500]


def _is_junk(name: str) -> bool:
    path = PurePosixPath(name)
    return of_a_program(path.name) or any(map(folder_of_a_program, path.parts[:-1]))


def _reason_against(info: zipfile.ZipInfo, name: str) -> str:
    parts = PurePosixPath(name).parts
    if name.startswith("/") or ".." in parts or (parts and ":" in parts[0]):
        return "文件名指向压缩包之外的位置，可能有害，没有解压；请解压检查后把文件直接放入。"
    mode = info.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "这是链接或特殊文件，没有解压；请把它指向的文件直接放入。"
    if parts and is_shortcut(parts[-1]):
        return "这是快捷方式，不是文件本身，没有收存；请把它指向的文件直接放入。"
    if not parts:
        return "文件没有名字，没有解压；请重新打包后再放入。"
    return ""
