"""Packages (移交包), and ways to tamper with one: each with what must be told of it, by the script and by the page alike."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from archivist.preservation.package.jobs import Export, Exported
from archivist.workspace.opened import Workspace
from support import gating as g
from support import workspaces as w

MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
CLAIMS, EVENTS = "data/事件证明/证据.json", "data/事件证明/事件.jsonl"
SURVEY = "data/01 摸底调查表/01 2024-10-03 大足区石坝镇经营性帮扶产业项目摸底调查表.pdf"
REPORT = "data/02 核查评估报告/02 2024-11-06 石坝镇青杠村黑山羊养殖场核查评估报告.pdf"
ACCENTED = "data/08 其他材料/é.pdf"
"""Of the three papers that are tampered with, where each lies."""


def wound_up(folder: Path) -> Workspace:
    """A project that is wound up, and others that are not."""
    opened = g.passable(folder)
    more = w.item_folder(opened, w.SHEEP, 8)
    for number, matter in enumerate(MATTERS):
        told = f"{matter}\n{w.SHEEP.name}（项目编号：{w.SHEEP.code}）\n{matter * 3}\n2024年10月2{number}日\n"
        w.pdf(more / f"{matter}.pdf", told, sealed=True)
    w.ingest(opened)
    with opened.writing("ingest", wait=10) as index, index.change():
        held = [one for one in index.holdings.filed(w.SHEEP.code) if one.item == 8 and one.path]
        for one, name in zip(held, NAMES, strict=True):
            before = opened.store.path(one.path or "")
            path = one.path.rpartition("/")[0] + f"/{name}" if one.path else ""
            before.rename(opened.store.path(path))
            index.execute("UPDATE documents SET path = ? WHERE id = ?", [path, one.id])
        index.event("renamed", w.SHEEP.code)
    assert obstacles(opened) == []
    return opened


def obstacles(opened: Workspace) -> list[str]:
    """What stands in the way."""
    return [one.message for one in g.ask(opened).judged.obstacles]


MATTERS = (
    "水电账户注销回执",
    "饲料仓库钥匙交接单",
    "村道修复照片说明",
    "牧草种植土地清理报告",
    "防疫物资盘点结果",
)
NAMES = ("é.pdf", "~$表.docx", "._表.pdf", "占50% #1?.pdf", "a\u2028b.pdf")
"""What people may call a filed paper."""


def exported(opened: Workspace, out: Path, *codes: str, zip: bool = False) -> list[Exported]:
    """Export projects; what is told of one of several is raised."""

    def problem(error: Exception) -> None:
        raise error

    return list(Export(opened, out, zip).run(codes or (w.SHEEP.code,), problem))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def relisted(bag: Path, name: str = MANIFEST) -> None:
    """Write the lines of a list anew, so that it agrees with what is there; with it what rests on it."""
    lines = [line.partition("  ")[2] for line in (bag / name).read_text("utf-8").split("\n") if line]
    there = [(line, bag / line.replace("%25", "%")) for line in lines]
    told = "".join(f"{digest(path)}  {line}\n" for line, path in there if path.exists())
    (bag / name).write_text(told, "utf-8", newline="\n")
    if name == MANIFEST:
        sizes = [path.stat().st_size for _, path in there]
        text = (bag / "bag-info.txt").read_text("utf-8")
        counted = f"Payload-Oxum: {sum(sizes)}.{len(sizes)}\n"
        text = re.sub("Payload-Oxum: .*\n", counted, text)
        (bag / "bag-info.txt").write_text(text, "utf-8", newline="\n")
        relisted(bag, TAGS)


def added(bag: Path, name: str) -> None:
    """Make the lists agree with one more file."""
    with (bag / MANIFEST).open("a", encoding="utf-8", newline="\n") as lines:
        lines.write(f"{'0' * 64}  {name}\n")
    relisted(bag)


def without_line(bag: Path, listing: str, name: str) -> None:
    lines = (bag / listing).read_text("utf-8").split("\n")
    kept = [line for line in lines if line.partition("  ")[2] != name]
    assert len(kept) == len(lines) - 1
    (bag / listing).write_text("\n".join(kept), "utf-8", newline="\n")


def edited(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8", newline="\n")


def flipped(path: Path) -> None:
    """One bit of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def claimed(bag: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change what the proof says, and make every list agree with it."""
    said = json.loads((bag / CLAIMS).read_text("utf-8"))
    change(said)
    text = json.dumps(said, ensure_ascii=False, indent=1) + "\n"
    (bag / CLAIMS).write_text(text, "utf-8", newline="\n")
    relisted(bag)


def logged(bag: Path, change: Callable[[list[str]], list[str]]) -> None:
    """Change the slice of the log, and make every list agree with it."""
    lines = (bag / EVENTS).read_text("utf-8").split("\n")[:-1]
    text = "".join(f"{line}\n" for line in change(lines))
    (bag / EVENTS).write_text(text, "utf-8", newline="\n")
    relisted(bag)


class Attack(NamedTuple):
    """What is done to a package, and every line that must be told of it."""

    do: Callable[[Path], object]
    told: tuple[str, ...]
    verdict: str = "不一致"


def _one_after_another(*acts: Callable[[Path], object]) -> Callable[[Path], None]:
    def do(bag: Path) -> None:
        for act in acts:
            act(bag)

    return do


def _flipped(bag: Path) -> None:
    flipped(bag / SURVEY)


def _without_lists(bag: Path) -> None:
    for name in ("bagit.txt", "bag-info.txt", MANIFEST, TAGS, CLAIMS):
        (bag / name).unlink()


def _swap(bag: Path) -> None:
    (bag / SURVEY).rename(bag / "x")
    (bag / REPORT).rename(bag / SURVEY)
    (bag / "x").rename(bag / REPORT)


def _rename(before: str, after: str) -> Callable[[Path], None]:
    def do(bag: Path) -> None:
        (bag / after).parent.mkdir(exist_ok=True)
        (bag / before).rename(bag / after)

    return do


def _add(name: str, listed: bool = False) -> Callable[[Path], None]:
    def do(bag: Path) -> None:
        (bag / name).write_bytes(b"more")
        if listed:
            _line(MANIFEST, f"{digest(bag / name)}  {name}")(bag)

    return do


def _gone_with_its_line(name: str, listing: str) -> Callable[[Path], None]:
    def do(bag: Path) -> None:
        (bag / name).unlink()
        if not any((bag / name).parent.iterdir()):  # a folder that nobody lists: the page cannot see it
            (bag / name).parent.rmdir()
        without_line(bag, listing, name)
        if listing == MANIFEST:
            relisted(bag, TAGS)

    return do


def _line(listing: str, line: str) -> Callable[[Path], None]:
    def do(bag: Path) -> None:
        with (bag / listing).open("a", encoding="utf-8", newline="\n") as lines:
            lines.write(f"{line}\n")
        if listing == MANIFEST:
            relisted(bag, TAGS)

    return do


def _written(name: str, data: bytes, listing: str = "") -> Callable[[Path], None]:
    def do(bag: Path) -> None:
        (bag / name).write_bytes(data)
        if listing:
            relisted(bag, listing)

    return do


def _edited(name: str, before: str, after: str, listing: str = "") -> Callable[[Path], None]:
    def do(bag: Path) -> None:
        edited(bag / name, before, after)
        if listing:
            relisted(bag, listing)

    return do


def _claim(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], None]:
    return lambda bag: claimed(bag, change)


def _log(change: Callable[[list[str]], list[str]]) -> Callable[[Path], None]:
    return lambda bag: logged(bag, change)


def _second(bag: Path) -> None:
    """A twin of the first paper put where the digest of the first is told: an old digest carried over."""
    claimed(bag, lambda said: said["evidence"][0].update(sha256="ab" * 32))


def _forged(line: str, **more: str) -> str:
    """An event told otherwise, and hashed anew as anybody can."""
    one = json.loads(line)
    one.update({"actor": "别人\ud800\x7f\u2028😀", **more})
    one.pop("hash")
    words = json.dumps([one[name] for name in one], ensure_ascii=False)
    one["hash"] = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
    return json.dumps(one)


_TAG_FILES = ("bagit.txt", "bag-info.txt", MANIFEST, "index.html", "核验.html", "核验.py")
_NFD = unicodedata.normalize("NFD", ACCENTED)
_ROOT = "证明有误：证据.json 写的归档根码与材料算出来的不符"
_DECIDED = "证明有误：销号决定里的归档根码与材料算出来的不符"
_DIGESTS = "证明有误：销号决定里的材料校验值与证据.json 不符"
_IDENTIFIER = "证明有误：bag-info.txt 写的项目编号与证据.json 不符"
_BAD_CLAIMS = ("证明有误：证据.json 写得不对",)

ATTACKS: Mapping[str, Attack] = {
    "nothing": Attack(lambda bag: None, (), "一致"),
    "one bit of a paper": Attack(lambda bag: flipped(bag / SURVEY), (f"被改动：{SURVEY}",)),
    "a paper emptied": Attack(lambda bag: (bag / SURVEY).write_bytes(b""), (f"被改动：{SURVEY}",)),
    "a paper deleted": Attack(lambda bag: (bag / SURVEY).unlink(), (f"缺少：{SURVEY}",)),
    "two papers swapped": Attack(
        _swap,
        (f"被改动：{SURVEY}（现在的内容是“{REPORT}”的）", f"被改动：{REPORT}（现在的内容是“{SURVEY}”的）"),
    ),
    "renamed in case only": Attack(
        _rename(SURVEY, SURVEY.replace(".pdf", ".PDF")),
        (f"改名：{SURVEY} → {SURVEY.replace('.pdf', '.PDF')}（只差大小写）",),
    ),
    "renamed to NFD": Attack(_rename(ACCENTED, _NFD), (f"改名：{ACCENTED} → {_NFD}（字符编码形式不同）",)),
    "moved": Attack(
        _rename(SURVEY, "data/99 别处/x.pdf"),
        (f"改名：{SURVEY} → data/99 别处/x.pdf（内容相同，改名或移动了）",),
    ),
    "renamed to what is tolerated": Attack(
        _rename(SURVEY, "data/01 摸底调查表/._x"),
        (f"改名：{SURVEY} → data/01 摸底调查表/._x（内容相同，改名或移动了）",),
    ),
    "renamed in case and altered": Attack(
        _one_after_another(_flipped, _rename(SURVEY, SURVEY.replace("pdf", "Pdf"))),
        (f"改名：{SURVEY} → {SURVEY.replace('pdf', 'Pdf')}（只差大小写，内容也不同）",),
    ),
    "an extra file": Attack(_add("data/01 摸底调查表/多的.pdf"), ("多出：data/01 摸底调查表/多的.pdf",)),
    "an extra file whose name hides": Attack(
        _add("data/多\u202efdp\u2028.exe"), ("多出：data/多\\u{202E}fdp\\u{2028}.exe",)
    ),
    "an extra tag file": Attack(_add("autorun.inf"), ("多出：autorun.inf",)),
    "what systems leave behind": Attack(
        lambda bag: (
            [_add(name)(bag) for name in ("Thumbs.db", "data/.DS_Store", "data/DESKTOP.INI", "data/~$x")]
            and None
        ),
        (
            "系统文件：Thumbs.db（多出，无害）",
            "系统文件：data/.DS_Store（多出，无害）",
            "系统文件：data/DESKTOP.INI（多出，无害）",
            "系统文件：data/~$x（多出，无害）",
        ),
        "一致",
    ),
    "bag-info edited": Attack(_edited("bag-info.txt", "移交包", "另一个包"), ("被改动：bag-info.txt",)),
    "bag-info edited and its line with it": Attack(
        _edited("bag-info.txt", "Payload-Oxum: ", "Payload-Oxum: 1", TAGS),
        ("标签有误：bag-info.txt 写的字节数、文件数与内容不符",),
    ),
    "bag-info says that the project is not wound up, and its line with it": Attack(
        _edited("bag-info.txt", "已销号", "未销号", TAGS),
        ("证明有误：bag-info.txt 写的是否销号与证据.json 不符",),
    ),
    "the decision left out of the proof": Attack(
        _claim(lambda said: said.update(decided=None)),
        ("证明有误：bag-info.txt 写的是否销号与证据.json 不符",),
    ),
    "bag-info says it twice": Attack(
        _one_after_another(_line("bag-info.txt", "Payload-Oxum: 1.1"), lambda bag: relisted(bag, TAGS)),
        ("标签有误：bag-info.txt 写的字节数、文件数与内容不符",),
    ),
    "bag-info's line deleted": Attack(
        _one_after_another(
            _edited("bag-info.txt", "测试员", "别人"), lambda bag: without_line(bag, TAGS, "bag-info.txt")
        ),
        ("清单有误：tagmanifest-sha256.txt 没有列出“bag-info.txt”", "多出：bag-info.txt"),
    ),
    "bagit.txt deleted": Attack(lambda bag: (bag / "bagit.txt").unlink(), ("缺少：bagit.txt",)),
    "bagit.txt deleted with its line": Attack(
        _gone_with_its_line("bagit.txt", TAGS),
        ("缺少：bagit.txt", "清单有误：tagmanifest-sha256.txt 没有列出“bagit.txt”"),
    ),
    "bagit.txt edited and its line with it": Attack(
        _edited("bagit.txt", "1.0", "0.97", TAGS), ("标签有误：bagit.txt 的内容不对",)
    ),
    "the list of tags deleted": Attack(lambda bag: (bag / TAGS).unlink(), (f"缺少：{TAGS}",)),
    "the list of tags deleted and a paper altered": Attack(
        _one_after_another(lambda bag: (bag / TAGS).unlink(), _flipped),
        (f"缺少：{TAGS}", f"被改动：{SURVEY}"),
    ),
    "the list of tags emptied": Attack(
        _written(TAGS, b""),
        (
            *(f"清单有误：{TAGS} 没有列出“{name}”" for name in _TAG_FILES),
            *(f"多出：{name}" for name in (*_TAG_FILES, "sha256sum.txt")),
        ),
    ),
    "the list deleted": Attack(lambda bag: (bag / MANIFEST).unlink(), (f"缺少：{MANIFEST}",)),
    "a paper deleted with its line": Attack(
        _gone_with_its_line(SURVEY, MANIFEST),
        (
            "标签有误：bag-info.txt 写的字节数、文件数与内容不符",
            f"证明有误：证据.json 里材料 {{first}} 的文件“{SURVEY}”不在清单里",
        ),
    ),
    "a paper altered and its line with it": Attack(
        _one_after_another(_flipped, relisted),
        ("证明有误：证据.json 里材料 {first} 的校验值与清单不符",),
    ),
    "a paper added with its line": Attack(
        _add("data/08 其他材料/多的.txt", listed=True),
        ("标签有误：bag-info.txt 写的字节数、文件数与内容不符",),
    ),
    "a line twice": Attack(
        _line(MANIFEST, f"{'ab' * 32}  {SURVEY}"), (f"清单有误：{MANIFEST} 里“{SURVEY}”出现两次",)
    ),
    "a line that leads out": Attack(
        _line(MANIFEST, f"{'ab' * 32}  data/../../x"),
        (f"清单有误：{MANIFEST} 里的“data/../../x”不在该在的地方",),
    ),
    "a line that is none": Attack(_line(MANIFEST, "x"), (f"清单有误：{MANIFEST} 第 {{lines}} 行读不懂",)),
    "a list that is no text": Attack(
        _written(MANIFEST, b"\xff", TAGS), (f"清单有误：{MANIFEST} 不是 UTF-8",)
    ),
    "the page replaced": Attack(_written("index.html", b"<p>"), ("被改动：index.html",)),
    "the checking page replaced": Attack(_written("核验.html", b"<p>"), ("被改动：核验.html",)),
    "the script deleted": Attack(lambda bag: (bag / "核验.py").unlink(), ("缺少：核验.py",)),
    "the proof deleted with its line": Attack(
        _gone_with_its_line(CLAIMS, MANIFEST),
        ("标签有误：bag-info.txt 写的字节数、文件数与内容不符", f"证明有误：清单没有列出“{CLAIMS}”"),
    ),
    "an old digest in the proof": Attack(
        _second, ("证明有误：证据.json 里材料 {first} 的校验值与清单不符", _ROOT, _DECIDED, _DIGESTS)
    ),
    "a paper of the proof outside data": Attack(
        _claim(lambda said: said["evidence"][0].update(path="data/../index.html")),
        ("证明有误：证据.json 里材料 {first} 的文件“data/../index.html”不在 data 里",),
    ),
    "a paper twice in the proof": Attack(
        _claim(lambda said: said["evidence"].append(said["evidence"][0])),
        (
            "证明有误：证据.json 里材料 {first} 出现两次",
            "证明有误：证据.json 里材料 {first} 的文件别的材料已经用过",
            _ROOT,
            _DECIDED,
        ),
    ),
    "a paper left out of the proof": Attack(_claim(lambda said: said["evidence"].pop()), (_ROOT, _DECIDED)),
    "every paper left out of the proof": Attack(
        _claim(lambda said: said.update(evidence=[])), (_ROOT, _DECIDED)
    ),
    "another root code": Attack(_claim(lambda said: said.update(code="1" * 20)), (_ROOT,)),
    "a decision that cannot be read": Attack(
        _log(lambda lines: [*lines[:-1], _forged(lines[-1], detail="{}")]),
        ("证明有误：第 {last} 条事件与链的末端不符", "证明有误：第 {last} 条销号决定读不懂"),
    ),
    "a proof of another form": Attack(_claim(lambda said: said.update(format="x")), _BAD_CLAIMS),
    "half a sign in the proof": Attack(
        _edited(CLAIMS, '"project": "', '"project": "\\ud800', MANIFEST), _BAD_CLAIMS
    ),
    "halves of a sign in the wrong order in the proof": Attack(
        _edited(CLAIMS, '"document": "', '"document": "\\udc00\\ud800', MANIFEST), _BAD_CLAIMS
    ),
    "a proof of another project": Attack(
        _claim(lambda said: said.update(project="DZ-2019-9999")),
        (_IDENTIFIER, "证明有误：没有第 {last} 条销号决定的事件"),
    ),
    "bag-info names another project, and its line with it": Attack(
        _edited("bag-info.txt", "External-Identifier: ", "External-Identifier: X", TAGS), (_IDENTIFIER,)
    ),
    "bag-info names no project, and its line with it": Attack(
        _edited("bag-info.txt", "External-Identifier: ", "X-Identifier: ", TAGS), (_IDENTIFIER,)
    ),
    "bag-info names two projects": Attack(
        _one_after_another(_line("bag-info.txt", "External-Identifier: X"), lambda bag: relisted(bag, TAGS)),
        (_IDENTIFIER,),
    ),
    "no list, and no proof": Attack(_without_lists, (), "不是移交包"),
    "a proof with more in it": Attack(_claim(lambda said: said.update(more="x")), _BAD_CLAIMS),
    "a digest that is none": Attack(_claim(lambda said: said["evidence"][0].update(sha256="x")), _BAD_CLAIMS),
    "an event whose number is a text": Attack(
        _log(
            lambda lines: [
                lines[0].replace('"seq": ', '"seq": "').replace(', "at"', '", "at"', 1),
                *lines[1:],
            ]
        ),
        ("证明有误：事件.jsonl 第 1 行写得不对",),
    ),
    "an event that is a list": Attack(
        _log(lambda lines: ["[]", *lines[1:]]), ("证明有误：事件.jsonl 第 1 行写得不对",)
    ),
    "an event whose actor is a number": Attack(
        _log(lambda lines: [lines[0].replace('"place": ', '"place": 1, "x": '), *lines[1:]]),
        ("证明有误：事件.jsonl 第 1 行写得不对",),
    ),
    "an event of the past hashed anew": Attack(
        _log(lambda lines: [*lines[:1], _forged(lines[1]), *lines[2:]]),
        ("证明有误：第 {third} 条事件与前一条接不上",),
    ),
    "a decision that is none": Attack(
        _claim(lambda said: said.update(decided=1)), ("证明有误：没有第 1 条销号决定的事件",)
    ),
    **{
        f"a number that is {name}": Attack(
            _edited(CLAIMS, '"item": 1,', f'"item": {number},', MANIFEST), _BAD_CLAIMS
        )
        for name, number in {
            "a fraction": "1.5",
            "negative": "-1",
            "huge": "1" * 5000,
            "without end": "1e999",
            "none": "NaN",
            "a fraction in form": "1.0",
            "true": "true",
        }.items()
    },
    "a digest told twice": Attack(
        _edited(CLAIMS, '"sha256": ', f'"sha256": "{"ab" * 32}",\n   "sha256": ', MANIFEST),
        _BAD_CLAIMS,
    ),
    "a proof that is deep": Attack(_written(CLAIMS, b"[" * 100_000 + b"]" * 100_000, MANIFEST), _BAD_CLAIMS),
    "a proof that is no text": Attack(_written(CLAIMS, b"\xff", MANIFEST), _BAD_CLAIMS),
    "an event twice": Attack(
        _log(lambda lines: [*lines, lines[-1]]),
        (
            "证明有误：事件.jsonl 里第 {last} 条事件出现两次",
            "证明有误：事件.jsonl 有 {more} 条事件，应有 {events} 条",
        ),
    ),
    "events in another order": Attack(
        _log(lambda lines: [*lines[:-2], lines[-1], lines[-2]]),
        ("证明有误：事件.jsonl 里第 {before} 条事件的次序不对",),
    ),
    "an event left out": Attack(
        _log(lambda lines: lines[1:]), ("证明有误：事件.jsonl 有 {less} 条事件，应有 {events} 条",)
    ),
    "an event told otherwise": Attack(
        _log(lambda lines: [*lines[:-1], lines[-1].replace('"at": "2', '"at": "1')]),
        ("证明有误：第 {last} 条事件的内容与它的校验值不符",),
    ),
    "an event told otherwise and hashed anew": Attack(
        _log(lambda lines: [*lines[:-1], _forged(lines[-1])]),
        ("证明有误：第 {last} 条事件与链的末端不符",),
    ),
    "an event that is none": Attack(
        _log(lambda lines: [*lines[:-1], lines[-1].replace('"seq": ', '"seq": 0')]),
        (
            "证明有误：事件.jsonl 第 {events} 行写得不对",
            "证明有误：没有第 {last} 条销号决定的事件",
        ),
    ),
    "an event with more in it": Attack(
        _log(lambda lines: [lines[0].replace('"seq"', '"hash": "", "seq"', 1), *lines[1:]]),
        ("证明有误：事件.jsonl 第 1 行写得不对",),
    ),
}
"""Every way to tamper; ``{…}`` stands for a number of the package at hand."""


def attacked(bag: Path, place: Path, name: str) -> tuple[Path, list[str]]:
    """A copy of ``bag`` that was tampered with, and the lines that must be told of it."""
    copy = place / "包"
    shutil.copytree(bag, copy)
    lines = (bag / EVENTS).read_text("utf-8").split("\n")[:-1]
    numbers = [json.loads(line)["seq"] for line in lines]
    first = json.loads((bag / CLAIMS).read_text("utf-8"))["evidence"][0]["document"]
    payload = len((bag / MANIFEST).read_text("utf-8").split("\n"))
    ATTACKS[name].do(copy)
    told = []
    for line in ATTACKS[name].told:
        told.append(
            line
            if "{202E}" in line
            else line.format(
                first=first,
                lines=payload,
                last=numbers[-1],
                before=numbers[-2],
                third=numbers[2],
                events=len(lines),
                more=len(lines) + 1,
                less=len(lines) - 1,
            )
        )
    return copy, told
