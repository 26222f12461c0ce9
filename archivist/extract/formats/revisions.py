"""Changes in a Word file that nobody accepted or refused (修订), and comments (批注): what is being written is not final."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from archivist.extract.clean import clean
from archivist.extract.formats.xmlparts import local

_KINDS = {
    "ins": "插入",
    "del": "删除",
    "moveFrom": "移动",
    "cellIns": "插入",
    "cellDel": "删除",
    "cellMerge": "合并单元格",
    **dict.fromkeys(
        (
            *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tblGridChange"),
            *("trPrChange", "tcPrChange", "numberingChange"),
        ),
        "格式改动",
    ),
}
"""Elements that hold or mark a change, as people call it; a move is counted where the words came from."""

_QUOTED = frozenset({"ins", "del", "moveFrom"})
_MOST = 100_000
_LONGEST = 20


def changes(roots: Iterable[Any]) -> str:
    """What was changed and not accepted, with the first words of each kind; "" when nothing was.

    Args:
        roots: the parsed parts of the file that people see: body, headers, footers, notes.
    """
    counted: Counter[str] = Counter()
    words: dict[str, str] = {}
    for element in _marks(roots):
        name = local(element)
        kind = _KINDS[name]
        counted[kind] += 1
        if name in _QUOTED and kind not in words and (said := _said(element)):
            words[kind] = f"“{said[:_LONGEST]}{'…' if len(said) > _LONGEST else ''}”"
    return "，".join(f"{kind} {count} 处{words.get(kind, '')}" for kind, count in counted.items())


def comments(root: Any | None) -> str:
    """How many comments there are and what the first says; "" when there are none."""
    found = [element for element in (root if root is not None else ()) if local(element) == "comment"]
    if not found:
        return ""
    first = next((said for one in found if (said := _said(one))), "")
    quote = f"（“{first[:_LONGEST]}{'…' if len(first) > _LONGEST else ''}”）" if first else ""
    return f"{len(found)} 条批注{quote}"


def deleted_row(row: Any) -> bool:
    """Whether a whole row of a table is deleted, the change not accepted."""
    return any(local(mark) == "del" for child in row if local(child) == "trPr" for mark in child)


def deleted_cell(cell: Any) -> bool:
    """Whether a cell of a table is deleted, the change not accepted."""
    return any(local(mark) == "cellDel" for child in cell if local(child) == "tcPr" for mark in child)


def _marks(roots: Iterable[Any]) -> Iterator[Any]:
    """The marks of changes, those that Word stores twice (a text box for old readers) once."""
    left = _MOST
    for root in roots:
        stack = [root]
        while stack and left:
            element = stack.pop()
            left -= 1
            name = local(element)
            if name == "Fallback":
                continue
            if name in _KINDS:
                yield element
            stack.extend(reversed(element))


def _said(element: Any) -> str:
    texts = (one.text or "" for one in element.iter() if local(one) in ("t", "delText"))
    return clean("".join(texts)).replace("\n", " ").strip()
