"""The chain's head kept outside (锚): a small file on another disk, with a time stamp of a trusted service if there is one.

Whoever cuts off the end of the log, or writes the whole chain anew, cannot change what stands elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archivist.errors import BadInputError
from archivist.fixity.records import Head
from archivist.index.events import now

if TYPE_CHECKING:
    from archivist.index.writer import Index

FORMAT = "archivist 事件锚 1"


def head_record(index: Index) -> dict[str, Any]:
    """The chain's head with what it stands for: for reports and anchors."""
    seq, digest = index.head()

    def count(what: str) -> int:
        return int(index.db.conn.execute(f"SELECT COUNT(*) FROM {what}").fetchone()[0])  # noqa: S608

    return {
        "format": FORMAT,
        "seq": seq,
        "hash": digest,
        "at": now(),
        "counts": {
            "sources": count("sources"),
            "documents": count("documents"),
            "filed": count("documents WHERE status = 'filed'"),
        },
    }


def heads_of(files: Iterable[Path]) -> list[Head]:
    """The heads that anchor files hold.

    Raises:
        BadInputError: a file is no anchor.
    """
    return [_head(path) for path in files]


def _head(path: Path) -> Head:
    try:
        told = json.loads(path.read_text("utf-8-sig"))
        if told["format"] != FORMAT:
            raise ValueError
        return int(told["seq"]), str(told["hash"]), str(path)
    except (OSError, ValueError, KeyError, TypeError):
        raise BadInputError(f"“{path}”不是 archivist anchor 保存的锚文件。") from None
