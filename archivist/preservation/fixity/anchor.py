"""The chain's head kept outside (锚): a small file on another disk, with a time stamp of a trusted service if there is one.

Whoever cuts off the end of the log, or writes the whole chain anew, cannot change what stands elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archivist.core.model import Status
from archivist.errors import ArchivistError, BadInputError
from archivist.index.notation import to_json
from archivist.preservation.fixity.findings import ANCHOR, ERROR, Discrepancy
from archivist.preservation.fixity.records import Head
from archivist.system.clock import now
from archivist.system.durable import told_in_chinese

if TYPE_CHECKING:
    from archivist.index.writer import Index
    from archivist.workspace.config import Config

FORMAT = "archivist 事件锚 1"

REMEMBERED = ".archivist-anchors"
"""The file beside archivist.toml that says where anchors were put, one a line."""


def head_record(index: Index) -> dict[str, Any]:
    """The chain's head with what it stands for: for reports and anchors."""
    seq, digest = index.events.head()

    counts = {
        "sources": index.sources.count(),
        "documents": index.documents.count(),
        "filed": index.documents.count(Status.FILED),
    }
    return {"format": FORMAT, "seq": seq, "hash": digest, "at": now(), "counts": counts}


def anchor(index: Index, config: Config) -> tuple[bytes, str, dict[str, Any]]:
    """The anchor's file, what went wrong with the time stamp ("" when nothing), and what it holds.

    The stamp is on the words of ``stamped``, so that anybody can check it (``openssl ts -verify -data``).
    """
    head = head_record(index)
    stamped = to_json(head)
    told: dict[str, Any] = {**head, "stamped": stamped, "timestamp": None}
    problem = ""
    if config.fixity.timestamp_url:
        from archivist.preservation.fixity.timestamp import stamp

        try:
            words = stamped.encode("utf-8")
            told["timestamp"] = stamp(words, config.fixity.timestamp_url, config.timestamp_ca)
        except ArchivistError as error:
            problem = error.message
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8"), problem, told


def heads_of(files: Iterable[Path], config: Config) -> tuple[list[Head], list[Discrepancy]]:
    """The heads that anchor files hold, and what is wrong with the files themselves.

    Raises:
        BadInputError: a file is no anchor.
    """
    heads: list[Head] = []
    findings: list[Discrepancy] = []
    for path in files:
        told = _read(path)
        heads.append((int(told["seq"]), str(told["hash"]), str(path)))
        problem = _problem(told, config)
        if problem:
            advice = "这个锚不能作数：请换一份没有动过的锚文件，并查明是谁改的。"
            findings.append(Discrepancy(ANCHOR, ERROR, str(path), f"锚文件“{path}”：{problem}。", advice))
    return heads, findings


def remember(path: Path, config: Config) -> None:
    """Remember where an anchor was put, beside the settings: whoever rewrites the archive's own records does not
    take that away, and `verify` and the gate (销号) look there unasked.
    """
    with (
        told_in_chinese("记下锚的位置"),
        (config.workspace / REMEMBERED).open("a", encoding="utf-8") as stream,
    ):
        stream.write(f"{path.absolute()}\n")


def remembered_heads(config: Config) -> tuple[list[Head], list[Discrepancy]]:
    """As `heads_of`, of the anchors made here whose files can be read now; another disk may not be there."""
    try:
        lines = (config.workspace / REMEMBERED).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return [], []
    heads: list[Head] = []
    findings: list[Discrepancy] = []
    for path in dict.fromkeys(Path(line) for line in lines if line.strip()):
        with suppress(BadInputError):
            found, wrong = heads_of([path], config)
            heads, findings = heads + found, findings + wrong
    return heads, findings


def _read(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text("utf-8-sig"))
        if told["format"] != FORMAT or not isinstance(told["stamped"], str):
            raise ValueError
        int(told["seq"]), str(told["hash"])
    except (OSError, ValueError, KeyError, TypeError):
        raise BadInputError(f"“{path}”不是 archivist anchor 保存的锚文件。") from None
    assert isinstance(told, dict)
    return told


def _problem(told: dict[str, Any], config: Config) -> str:
    head = {name: value for name, value in told.items() if name not in {"stamped", "timestamp"}}
    if to_json(head) != told["stamped"]:
        return "内容前后不一致，被改过"
    if told["timestamp"] is None:
        return ""
    from archivist.preservation.fixity.timestamp import stamped_time

    try:
        stamped_time(told["timestamp"], told["stamped"].encode("utf-8"), config.timestamp_ca)
    except ArchivistError as error:
        return error.message.rstrip("。")
    return ""
