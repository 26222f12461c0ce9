"""核验一个移交包：python 核验.py [移交包文件夹或 ZIP 文件]。不写的，核验它自己所在的文件夹。

Checks a package (移交包) with Python's standard library alone, 3.8 or later, and says what 核验.html says in the same
words. Exit code: 0 一致, 1 不一致, 2 no package (none of the lists every package has is there) or nothing that can be
looked at, 3 没有核验完.

It rests on nothing but the package. A package that somebody made anew as a whole agrees with itself: compare the codes
it prints with signed paper, and keep a copy of this script elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import struct
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

CHUNK = 1 << 20
LARGEST_TEXT = 256 << 20
BAGIT, INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAGS, SUMS = "manifest-sha256.txt", "tagmanifest-sha256.txt", "sha256sum.txt"
REQUIRED = (BAGIT, INFO, MANIFEST, TAGS, "index.html", "核验.html", "核验.py")
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
CLAIMS, EVENTS = "data/事件证明/证据.json", "data/事件证明/事件.jsonl"
FORMAT = "archivist 事件证明 1"
CLAIM_KEYS = {"format", "project", "root", "code", "chain", "decided", "events", "evidence"}
EVENT_KEYS = ("seq", "at", "actor", "place", "act", "subject", "detail", "previous", "hash")
KINDS = (
    "被改动",
    "缺少",
    "改名",
    "多出",
    "读不出",
    "标签有误",
    "清单有误",
    "证明有误",
    "压缩包有误",
    "系统文件",
    "空文件夹",
)
"""What is told, in this order; the last two are harmless (无害)."""
HARMLESS, EMPTY, UNREADABLE = "系统文件", "空文件夹", "读不出"
NO_PACKAGE = "不是移交包"
NO_PAPERS = "没有材料，没有根码"

_LINE = re.compile(r"([0-9a-fA-F]{64})[ \t]+\*?(.+)", re.DOTALL)
_HEX = re.compile(r"[0-9a-f]{64}")
_BLANKS = re.compile("[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_OXUM = re.compile(r"Payload-Oxum: ([0-9]{1,15})\.([0-9]{1,15})")
_TOLERATED = re.compile(
    r"thumbs\.db|ehthumbs\.db|desktop\.ini|\.ds_store|~\$.*|\._.*", re.IGNORECASE | re.DOTALL
)
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


class Unreadable(Exception):
    """A file that cannot be read, whatever the reason."""


class Package:
    """The files of a package by their names below its folder, and how each is opened. ``told``: what is odd already.
    ``empty``: folders with nothing in them.
    """

    def __init__(self) -> None:
        self.files: dict[str, Callable[[], BinaryIO]] = {}
        self.empty: list[str] = []
        self.told: list[tuple[str, str]] = []

    def chunks(self, name: str) -> Iterator[bytes]:
        """A file's bytes, piece by piece; Unreadable, whatever goes wrong."""
        try:
            with self.files[name]() as stream:
                while True:
                    part = stream.read(CHUNK)
                    if not part:
                        return
                    yield part
        except Exception as error:  # a damaged ZIP raises nearly anything
            raise Unreadable(str(error)) from error

    def read(self, name: str) -> bytes:
        """A small file's bytes; Unreadable where it is too large to be one."""
        found = bytearray()
        for part in self.chunks(name):
            found += part
            if len(found) > LARGEST_TEXT:
                raise Unreadable("太大")
        return bytes(found)


def shown(name: str) -> str:
    """A name with what cannot be seen, or turns what is seen round, made visible."""
    return _HIDDEN.sub(lambda sign: f"\\u{{{ord(sign.group()):04X}}}", name)


# -- what there is ------------------------------------------------------------------------------------------------------


def folder(root: Path) -> Package:
    """A package that lies in a folder."""
    package = Package()

    def failed(error: OSError) -> None:
        package.told.append((UNREADABLE, f"{shown(_below(Path(str(error.filename)), root))}/"))

    for current, folders, names in os.walk(root, onerror=failed):
        for name in [*names, *(one for one in folders if (Path(current) / one).is_symlink())]:
            path = Path(current) / name
            package.files[_below(path, root)] = partial(_opened, path)
        if not folders and not names and Path(current) != root:
            package.empty.append(f"{_below(Path(current), root)}/")
    return package


def _below(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _opened(path: Path) -> BinaryIO:
    if not stat.S_ISREG(path.lstat().st_mode):
        raise OSError("不是普通文件")
    return path.open("rb")


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    return lambda: archive.open(entry)  # type: ignore[return-value]


def in_zip(archive: zipfile.ZipFile) -> Package:
    """A package in a ZIP file; what lies outside its folder is extra, and what a ZIP can do besides is told."""
    package, root = Package(), _folder_in(archive)
    seen: set[str] = set()
    parents = {parent for name in archive.namelist() for parent in _parents(name)}
    for entry in archive.infolist():
        name = entry.filename
        odd = f"“{shown(name)}”出现两次" if name in seen else _odd(entry)
        if odd:
            package.told.append(("压缩包有误", odd))
        elif not name.startswith(root):
            if name not in parents:
                package.told.append(("多出", f"{shown(name)}（在移交包的文件夹外面）"))
        elif not name.endswith("/"):
            package.files[name[len(root) :]] = _member(archive, entry)
            if f"{name}/" in parents or f"{name}/" in archive.NameToInfo:
                package.told.append(("压缩包有误", f"“{shown(name)}”又是文件又是文件夹"))
        elif name not in parents and name != root and name[:-1] not in archive.NameToInfo:
            package.empty.append(name[len(root) :])
        seen.add(name)
    package.told.extend(("压缩包有误", one) for one in _beside_records(archive))
    return package


def _odd(entry: zipfile.ZipInfo) -> str:
    """What is odd about a member by itself, "" where nothing is."""
    name = entry.filename
    parts = name.rstrip("/").split("/")
    if "\\" in name or ":" in parts[0] or any(part in {"", ".", ".."} for part in parts):
        return f"“{shown(name)}”会解到文件夹外面"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return f"“{shown(name)}”是链接"
    if name.endswith("/") and (entry.file_size or entry.compress_size > _NOTHING_PACKED):
        return f"“{shown(name)}”是文件夹，却有内容"
    return ""


_NOTHING_PACKED = 2
"""Bytes that packing makes of nothing; some programs pack folders, too."""


def _parents(name: str) -> Iterator[str]:
    """The folders a name lies in, each with its slash."""
    at = name.find("/")
    while 0 <= at < len(name) - 1:
        yield name[: at + 1]
        at = name.find("/", at + 1)


def _beside_records(archive: zipfile.ZipFile) -> Iterator[str]:
    """What a ZIP file's bytes hold besides the records of its members, which stand one right after another."""
    stream = archive.fp
    if stream is None:
        return
    at = loose = 0
    for entry in sorted(archive.infolist(), key=lambda one: one.header_offset):
        if entry.header_offset < at:
            yield f"“{shown(entry.filename)}”的记录与别的重叠"
        loose += max(0, entry.header_offset - at)
        stream.seek(entry.header_offset)
        header = stream.read(30)
        if len(header) < 30 or header[:4] != b"PK\3\4":
            yield f"“{shown(entry.filename)}”的记录读不出"
            return
        names, extras = struct.unpack("<HH", header[26:])
        at = entry.header_offset + 30 + names + extras + entry.compress_size
        if entry.flag_bits & 8:
            stream.seek(at)
            at += _descriptor(entry, stream.read(24))
    loose += max(0, archive.start_dir - at)
    if archive.start_dir < at:
        yield "文件的记录与目录重叠"
    stream.seek(0, os.SEEK_END)
    end = stream.tell() - 22 - len(archive.comment)
    stream.seek(max(0, end))
    if end < 0 or stream.read(4) != b"PK\5\6" or archive.comment:
        yield "末尾还有别的内容"
    if loose:
        yield f"有 {loose} 个字节不属于目录里的任何一个文件"


def _descriptor(entry: zipfile.ZipInfo, found: bytes) -> int:
    """How long the record behind a member's bytes is that tells its sizes; 0 where there is none that is right."""
    for form in ("<LLL", "<LQQ"):
        try:
            told = struct.pack(form, entry.CRC, entry.compress_size, entry.file_size)
        except struct.error:  # too large for this form
            continue
        for record in (b"PK\7\x08" + told, told):
            if found.startswith(record):
                return len(record)
    return 0


def _folder_in(archive: zipfile.ZipFile) -> str:
    """The package's folder in a ZIP file, with its slash: where most of the files lie that every package has."""
    counted: dict[str, int] = {}
    for name in set(archive.namelist()):
        top, slash, rest = name.partition("/")
        if slash and rest in REQUIRED:
            counted[top] = counted.get(top, 0) + 1
    return min(counted, key=lambda top: (-counted[top], top)) + "/" if counted else ""


# -- lists --------------------------------------------------------------------------------------------------------------


def listed(text: str, of: str, told: list[tuple[str, str]]) -> dict[str, str]:
    """A manifest's digests by name; what is wrong with its lines is told."""
    found: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip("\r"):
            continue
        match = _LINE.fullmatch(line[:-1] if line.endswith("\r") else line)
        if match is None:
            told.append(("清单有误", f"{of} 第 {number} 行读不懂"))
            continue
        name = re.sub("%(25|0[DdAa])", lambda sign: chr(int(sign.group(1), 16)), match.group(2))
        if (of == MANIFEST) != name.startswith("data/") or any(
            part in {"", ".", ".."} for part in name.split("/")
        ):
            told.append(("清单有误", f"{of} 里的“{shown(name)}”不在该在的地方"))
        elif name in found:
            told.append(("清单有误", f"{of} 里“{shown(name)}”出现两次"))
        else:
            found[name] = match.group(1).lower()
    return found


def _list_of(name: str, texts: dict[str, bytes], told: list[tuple[str, str]]) -> dict[str, str]:
    """The digests of one list; one that is no text is told, and is as good as none."""
    try:
        return listed(texts[name].decode("utf-8"), name, told) if name in texts else {}
    except UnicodeDecodeError:
        told.append(("清单有误", f"{name} 不是 UTF-8"))
        del texts[name]
        return {}


def compared(
    expected: dict[str, str], actual: dict[str, str | None], left: set[str], told: list[tuple[str, str]]
) -> None:
    """Hold what is there against what is listed; a digest of None is a file that cannot be read.

    ``left``: names of no list, because that list is not there.
    """
    missing = sorted(name for name in expected if name not in actual)
    extra = sorted(name for name in actual if name not in expected and name not in left)
    ways: tuple[tuple[str, Callable[[str], str | None], Callable[[str], str | None]], ...] = (
        ("字符编码形式不同", _nfc, _nfc),
        ("只差大小写", lambda name: _nfc(name).lower(), lambda name: _nfc(name).lower()),
        ("内容相同，改名或移动了", lambda name: expected[name], lambda name: actual[name]),
    )
    for how, key, other in ways:
        there: dict[str | None, list[str]] = {}
        for name in reversed(extra):
            there.setdefault(other(name), []).append(name)
        for old in list(missing):
            if there.get(key(old)):
                new = there[key(old)].pop()
                missing.remove(old)
                extra.remove(new)
                also = "" if expected[old] == actual[new] else "，内容也不同"
                told.append(("改名", f"{shown(old)} → {shown(new)}（{how}{also}）"))
    told.extend(("缺少", shown(name)) for name in missing)
    for name in extra:
        harmless = _TOLERATED.fullmatch(name.rpartition("/")[2])
        told.append((HARMLESS, f"{shown(name)}（多出，无害）") if harmless else ("多出", shown(name)))
    first = {digest: name for name, digest in sorted(expected.items(), reverse=True)}
    for name in sorted(expected):
        digest = actual.get(name, "")
        if digest is None:
            told.append((UNREADABLE, shown(name)))
        elif digest not in {"", expected[name]}:
            other_name = f"（现在的内容是“{shown(first[digest])}”的）" if digest in first else ""
            told.append(("被改动", shown(name) + other_name))


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def tags_told(
    texts: dict[str, bytes], tags: dict[str, str], sizes: list[int], told: list[tuple[str, str]]
) -> None:
    """What is wrong with the tag files themselves, and with what the list of them leaves out."""
    for name in REQUIRED:
        if name != TAGS and TAGS in texts and name not in tags:
            told.append(("清单有误", f"{TAGS} 没有列出“{name}”"))
    if texts.get(BAGIT, DECLARATION) != DECLARATION:
        told.append(("标签有误", f"{BAGIT} 的内容不对"))
    if INFO in texts and {kind for kind, _ in told} <= {HARMLESS, EMPTY, "多出"}:
        lines = texts[INFO].decode("utf-8", "replace").split("\n")
        found = [line for line in lines if line.startswith("Payload-Oxum:")]
        match = _OXUM.fullmatch(found[0]) if len(found) == 1 else None
        if match is None or [int(match.group(1)), int(match.group(2))] != [sum(sizes), len(sizes)]:
            told.append(("标签有误", f"{INFO} 写的字节数、文件数与内容不符"))


# -- proof --------------------------------------------------------------------------------------------------------------


def parsed(text: str) -> Any:
    """JSON as a browser reads it: whole numbers only up to what it counts exactly; ValueError for what is none."""
    try:
        return json.loads(text, parse_float=_number, parse_int=_number, parse_constant=_no_number)
    except RecursionError:
        raise ValueError from None


def _number(text: str) -> int | float:
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < 1 << 53 else number


def _no_number(text: str) -> float:
    raise ValueError(text)


def whole(value: Any, low: int) -> bool:
    """Whether a value is a whole number from ``low``."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= low


def claims_in(text: bytes) -> dict[str, Any] | None:
    """What 证据.json says; None where it is not written as it must be, or could hold something besides."""
    try:
        words = text.decode("utf-8")
        said = parsed(words)
        same = json.dumps(said, ensure_ascii=False, indent=1) + "\n" == words
    except (ValueError, RecursionError):
        return None
    if not same or not isinstance(said, dict) or set(said) != CLAIM_KEYS or said["format"] != FORMAT:
        return None
    chain = said["chain"]
    sound = (
        all(isinstance(said[name], str) for name in ("project", "root", "code"))
        and isinstance(chain, dict)
        and set(chain) == {"seq", "hash"}
        and whole(chain["seq"], 0)
        and isinstance(chain["hash"], str)
        and (said["decided"] is None or whole(said["decided"], 1))
        and whole(said["events"], 0)
        and isinstance(said["evidence"], list)
        and all(map(_is_evidence, said["evidence"]))
    )
    return said if sound else None


def _is_evidence(one: Any) -> bool:
    return (
        isinstance(one, dict)
        and set(one) == {"item", "document", "sha256", "path"}
        and whole(one["item"], 0)
        and all(isinstance(one[name], str) for name in ("document", "sha256", "path"))
        and _HEX.fullmatch(one["sha256"]) is not None
    )


def root_of(evidence: Iterable[dict[str, Any]]) -> str:
    """归档根码's sha256, of the papers it rests on."""
    lines = sorted(f"{one['item']}\t{one['document']}\t{one['sha256']}\n" for one in evidence)
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def code_of(digest: str) -> str:
    """Twenty digits that stand for a sha256, in groups of four; the last two are check digits (MOD 97-10)."""
    body = f"{int(digest, 16) % 10**18:018d}"
    code = body + f"{98 - int(body) * 100 % 97:02d}"
    return " ".join(code[at : at + 4] for at in range(0, 20, 4))


def evidence_told(said: dict[str, Any], digests: dict[str, str]) -> Iterator[str]:
    """What is wrong with the papers that the root rests on; ``digests`` is the manifest."""
    documents: set[str] = set()
    paths: set[str] = set()
    for one in said["evidence"]:
        named = f"证据.json 里材料 {shown(one['document'])} "
        if one["document"] in documents:
            yield f"{named}出现两次"
        if one["path"] in paths:
            yield f"{named}的文件别的材料已经用过"
        documents.add(one["document"])
        paths.add(one["path"])
        if not one["path"].startswith("data/") or ".." in one["path"].split("/"):
            yield f"{named}的文件“{shown(one['path'])}”不在 data 里"
        elif one["path"] not in digests:
            yield f"{named}的文件“{shown(one['path'])}”不在清单里"
        elif digests[one["path"]] != one["sha256"]:
            yield f"{named}的校验值与清单不符"
    root = root_of(said["evidence"])
    if said["root"] != root or said["code"] != code_of(root):
        yield "证据.json 写的归档根码与材料算出来的不符"


def event_in(line: str) -> dict[str, Any] | None:
    """An event; None where the line is not written as it must be, or could hold something besides."""
    try:
        one = parsed(line)
        if not isinstance(one, dict) or set(one) != set(EVENT_KEYS) or not whole(one["seq"], 1):
            return None
        if not all(isinstance(one[name], str) for name in EVENT_KEYS[1:]):
            return None
        return one if json.dumps({name: one[name] for name in EVENT_KEYS}) == line else None
    except (ValueError, RecursionError):
        return None


def event_hash(one: dict[str, Any]) -> str:
    """The hash that chains an event."""
    words = json.dumps([one[name] for name in EVENT_KEYS[:-1]], ensure_ascii=False)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def events_told(said: dict[str, Any], lines: list[str]) -> Iterator[str]:
    """What is wrong with the slice of the log, and with the decision in it."""
    seen: dict[int, dict[str, Any]] = {}
    before, head = None, said["chain"]
    for number, line in enumerate(lines, 1):
        one = event_in(line)
        if one is None:
            yield f"事件.jsonl 第 {number} 行写得不对"
            continue
        seq = one["seq"]
        if seq in seen:
            yield f"事件.jsonl 里第 {seq} 条事件出现两次"
            continue
        if before is not None and seq < before["seq"]:
            yield f"事件.jsonl 里第 {seq} 条事件的次序不对"
        if event_hash(one) != one["hash"]:
            yield f"第 {seq} 条事件的内容与它的校验值不符"
        if before is not None and seq == before["seq"] + 1 and one["previous"] != before["hash"]:
            yield f"第 {seq} 条事件与前一条接不上"
        if seq > head["seq"] or (seq == head["seq"] and one["hash"] != head["hash"]):
            yield f"第 {seq} 条事件与链的末端不符"
        seen[seq] = before = one
    if len(lines) != said["events"]:
        yield f"事件.jsonl 有 {len(lines)} 条事件，应有 {said['events']} 条"
    if said["decided"] is not None:
        yield from _decision_told(said, seen.get(said["decided"]))


def _decision_told(said: dict[str, Any], event: dict[str, Any] | None) -> Iterator[str]:
    if event is None or event["act"] != "deregistered" or event["subject"] != said["project"]:
        yield f"没有第 {said['decided']} 条销号决定的事件"
        return
    try:
        detail = parsed(event["detail"])
        documents = detail["documents"]
        rested = {one["document"]: documents.get(one["document"]) for one in said["evidence"]}
        roots = [parsed(row["decision"])["root"] for _, row in detail["rows"]["deregistrations"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        yield f"第 {said['decided']} 条销号决定读不懂"
        return
    if any(rested[one["document"]] != one["sha256"] for one in said["evidence"]):
        yield "销号决定里的材料校验值与证据.json 不符"
    if roots[-1:] not in ([""], [root_of(said["evidence"])]):
        yield "销号决定里的归档根码与材料算出来的不符"


def state_told(text: bytes | None, said: dict[str, Any]) -> Iterator[str]:
    """Whether bag-info.txt (``text``) names the proof's project, and calls it wound up just where that names a decision."""
    if text is None:
        return
    words = "\n" + text.decode("utf-8", "replace")
    if ("\nExternal-Description: 已销号" in words) != (said["decided"] is not None):
        yield f"{INFO} 写的是否销号与证据.json 不符"
    label = "External-Identifier:"
    named = [line[len(label) :] for line in words.split("\n") if line.startswith(label)]
    if [_BLANKS.sub(" ", one).strip(" ") for one in named] != [_BLANKS.sub(" ", said["project"]).strip(" ")]:
        yield f"{INFO} 写的项目编号与证据.json 不符"


def proof_told(package: Package, digests: dict[str, str], info: bytes | None) -> tuple[list[str], str]:
    """What is wrong with the proof, and the root that its papers have ("" where nobody can tell)."""
    absent = [name for name in (CLAIMS, EVENTS) if name not in digests]
    if absent:
        return [f"清单没有列出“{name}”" for name in absent], ""
    try:
        said = claims_in(package.read(CLAIMS))
        lines = package.read(EVENTS).decode("ascii", "replace").split("\n")
    except (KeyError, Unreadable):
        return [], ""  # told among the files
    if said is None:
        return ["证据.json 写得不对"], ""
    if lines[-1] == "":
        lines.pop()
    wrong = [*evidence_told(said, digests), *events_told(said, lines), *state_told(info, said)]
    return wrong, code_of(root_of(said["evidence"])) if said["evidence"] else NO_PAPERS


# -- the whole ----------------------------------------------------------------------------------------------------------


def checked(package: Package, progress: Callable[[str], None] = lambda name: None) -> tuple[str, list[str]]:
    """The verdict, and lines that tell it."""
    told = package.told
    if not any(name in package.files for name in (BAGIT, INFO, MANIFEST, TAGS, CLAIMS)):
        said = f"结论：{NO_PACKAGE}。这里没有移交包（没有 {BAGIT}）；请选里面有 {BAGIT} 的那一层文件夹。"
        return NO_PACKAGE, [said, *(f"{kind}：{one}" for kind, one in told if kind == UNREADABLE)]
    actual, sizes = _hashed(package, progress)
    texts: dict[str, bytes] = {}
    for name in (BAGIT, INFO, MANIFEST, TAGS):
        if actual.get(name) is not None:
            try:
                texts[name] = package.read(name)
            except Unreadable:
                actual[name] = None
    payload, tags = (_list_of(name, texts, told) for name in (MANIFEST, TAGS))
    expected = {**tags, **payload}
    if TAGS not in actual:
        told.append(("缺少", TAGS))
    elif actual[TAGS] is None:
        told.append((UNREADABLE, TAGS))
    for name in REQUIRED:
        if name != TAGS and name not in expected and name not in actual:
            told.append(("缺少", name))
    left = {TAGS} if TAGS in texts else {*REQUIRED, SUMS}
    left |= set() if MANIFEST in texts else {name for name in actual if name.startswith("data/")}
    compared(expected, actual, left, told)
    listed_in = {parent for name in expected for parent in _parents(name)}
    told.extend((EMPTY, f"{shown(name)}（多出，无害）") for name in package.empty if name not in listed_in)
    tags_told(texts, tags, [sizes[name] for name in sizes if name in payload], told)
    wrong, root = proof_told(package, payload, texts.get(INFO)) if MANIFEST in texts else ([], "")
    told.extend(("证明有误", one) for one in wrong)
    return _verdict(told, actual, texts, root)


def _hashed(
    package: Package, progress: Callable[[str], None]
) -> tuple[dict[str, str | None], dict[str, int]]:
    """Digests and sizes by name; None and no size for what cannot be read."""
    actual: dict[str, str | None] = {}
    sizes: dict[str, int] = {}
    for name in sorted(package.files):
        progress(name)
        digest, size = hashlib.sha256(), 0
        try:
            for part in package.chunks(name):
                digest.update(part)
                size += len(part)
            actual[name], sizes[name] = digest.hexdigest(), size
        except Unreadable:
            actual[name] = None
    return actual, sizes


def _verdict(
    told: list[tuple[str, str]], actual: dict[str, str | None], texts: dict[str, bytes], root: str
) -> tuple[str, list[str]]:
    kinds = {kind for kind, _ in told} - {HARMLESS, EMPTY}
    word = "一致" if not kinds else "没有核验完" if kinds == {UNREADABLE} else "不一致"
    why = {
        "一致": f"核对了 {len(actual)} 个文件，没有改动、缺少、改名、多出的。",
        "没有核验完": "有文件读不出，不能说一致。",
        "不一致": "下面各处与移交时不符。",
    }[word]
    lines = [f"结论：{word}。{why}"]
    for kind in KINDS:
        lines += [f"{kind}：{one}" for one in sorted({text for found, text in told if found == kind})]
    for line in texts.get(INFO, b"").decode("utf-8", "replace").split("\n"):
        if line.startswith("External-Description: "):
            lines.append(f"说明：{shown(line[22:].rstrip(chr(13)))}")
    lines.append(
        f"归档根码：{root}"
        + ("" if root == NO_PAPERS else f"{'' if root else '算不出'}（与签字盖章的销号审批表上的对照）")
    )
    check = actual.get(TAGS)
    lines.append(f"移交包校验值：{code_of(check) if check else '算不出'}（与移交单上的对照）")
    return word, lines


CODES = {"一致": 0, "不一致": 1, NO_PACKAGE: 2, "没有核验完": 3}


def main(arguments: list[str]) -> int:
    """Check what is named, and print the verdict."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    place = Path(arguments[0]) if arguments else Path(__file__).parent
    if len(arguments) > 1 or (arguments and arguments[0].startswith("-")):
        print("用法：python 核验.py [移交包文件夹或 ZIP 文件]", file=sys.stderr)
        return 2
    if place.is_dir():
        word, lines = checked(folder(place), _progress)
    else:
        try:
            with zipfile.ZipFile(place) as archive:
                word, lines = checked(in_zip(archive), _progress)
        except Exception as error:  # a damaged ZIP raises nearly anything
            print(
                f"“{shown(str(place))}”不是能读的文件夹或 ZIP 文件（{shown(str(error))}）。", file=sys.stderr
            )
            return 2
    if sys.stderr.isatty():
        print("", file=sys.stderr)
    try:
        print("\n".join(lines), file=sys.stderr if word == NO_PACKAGE else sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return CODES[word]


def _progress(name: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{shown(name)[-60:]}", end="", file=sys.stderr)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        print("\n结论：没有核验完。中断了。", file=sys.stderr)
        sys.exit(3)
