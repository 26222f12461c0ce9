"""Faults of a template's marks: left open, split, of unknown fields, loops that end nowhere or stand where they cannot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.core.drafts.kinds import DocumentKind, Field
from archivist.drafts.faults.places import MARK, Fault, Place
from archivist.drafts.template import expression_problems, loop_field

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOOSE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_WIDE = re.compile(r"[｛{]\s*[｛{%％].*?[%％｝}]\s*[｝}]")
_SINGLE = re.compile(r"(?<![{｛])[{｛]\s*([\w.]+)\s*[}｝](?![}｝])")
_STATEMENT = re.compile(r"\{%-?\s*(?:(p|tr|tc|r)\s+)?(\w+)\s*(.*?)\s*-?%\}", re.DOTALL)
_FOR = re.compile(r"(\w+)\s+in\s+(.+)", re.DOTALL)
_MERGES = ("vm", "hm")
_OPENERS = {"for": "endfor", "if": "endif"}
_KINDS = {
    "": "同一段里",
    "p": "同一个单元格或正文里",
    "tr": "同一个表格里",
    "tc": "同一行里",
    "r": "同一段里",
}


@dataclass(frozen=True, slots=True)
class _Block:
    """A loop or condition that is open: its mark, what marks of its kind it takes away (p, tr …), where it began."""

    word: str
    unit: str
    place: Place
    mark: str
    rows: Mapping[str, Field | None]


def mark_faults(kind: DocumentKind, part: Sequence[Place]) -> Iterator[Fault]:
    """The faults of the marks of one part, in the order of its paragraphs."""
    open_: list[_Block] = []
    for at, place in enumerate(part):
        marks = list(MARK.finditer(place.text))
        yield from _loose(place, part[at + 1 : at + 3])
        yield from _single(kind, place)
        for mark in marks:
            if place.pending(mark.start(), mark.end()):
                yield place.fault(
                    "tracked",
                    f"标记“{_shown(mark.group())}”里有没有接受的修订",
                    "在“审阅”里接受（或拒绝）修订，再检查",
                )
            yield from _one(kind, place, mark.group(), marks, open_)
    for block in open_:
        yield block.place.fault(
            "unended",
            f"“{_shown(block.mark)}”后面没有结束的标记",
            f"在{'循环' if block.word == 'for' else '判断'}的末尾写 {_end(block)}",
        )


def _one(
    kind: DocumentKind, place: Place, mark: str, marks: Sequence[re.Match[str]], open_: list[_Block]
) -> Iterator[Fault]:
    rows = open_[-1].rows if open_ else {}
    if mark.startswith("{#"):
        yield place.fault(
            "comment", f"“{_shown(mark)}”是程序的注释写法，不会印出来", "删去，或者写成普通文字"
        )
    elif mark.startswith("{{"):
        yield from _expression(kind, place, mark, mark, rows, _depth(open_))
    else:
        statement = _STATEMENT.fullmatch(mark)
        if statement is None:
            yield place.fault(
                "syntax", f"“{_shown(mark)}”写法有误", "写成 {% for 行 in 表格字段 %} 或 {% if 字段 %}"
            )
            return
        yield from _unit_faults(place, mark, statement[1] or "", marks)
        yield from _statement(kind, place, statement, open_)


def _statement(
    kind: DocumentKind, place: Place, statement: re.Match[str], open_: list[_Block]
) -> Iterator[Fault]:
    unit, word, rest = statement[1] or "", statement[2], statement[3]
    mark = statement.group()
    rows = open_[-1].rows if open_ else {}
    if word in _OPENERS:
        body = f"{{% {word} {rest} %}}{{% {_OPENERS[word]} %}}"
        yield from _expression(kind, place, mark, body, rows, _depth(open_))
        inner = dict(rows)
        loop = _FOR.fullmatch(rest) if word == "for" else None
        if loop:
            inner |= {loop[1]: loop_field(kind, loop[2], rows), "loop": None}
        open_.append(_Block(word, unit, place, mark, inner))
    elif word in ("else", "elif", *_OPENERS.values()):
        yield from _closes(place, mark, unit, word, open_)
    elif word not in _MERGES:
        yield place.fault(
            "syntax",
            f"“{_shown(mark)}”用了不允许的写法“{word}”",
            "只能用 for、if、else，以及结束的 endfor、endif",
        )


def _closes(place: Place, mark: str, unit: str, word: str, open_: list[_Block]) -> Iterator[Fault]:
    block = open_[-1] if open_ else None
    fits = block is not None and (
        word == _OPENERS[block.word] or word == "else" or (word == "elif" and block.word == "if")
    )
    if block is None or not fits:
        yield place.fault(
            "unopened",
            f"“{_shown(mark)}”前面没有对应的开头",
            "删去，或者在前面补上 {% for 行 in 表格字段 %}、{% if 字段 %}",
        )
        return
    if word in _OPENERS.values():
        open_.pop()
    if unit != block.unit or not _together(block, place):
        yield place.fault(
            "apart",
            f"“{_shown(mark)}”和它的开头“{_shown(block.mark)}”不在{_KINDS[block.unit]}，或两边写法不同",
            f"开头和结尾都写成一样的形式（{{%{block.unit} … %}}），放在{_KINDS[block.unit]}",
        )


def _together(block: _Block, place: Place) -> bool:
    """Whether a block's end stands where its beginning lets it."""
    if block.unit in ("", "r"):
        return block.place.element is place.element
    if block.unit == "p":
        return block.place.container is place.container
    if block.unit == "tr":
        return block.place.table is place.table
    return block.place.row is place.row


def _unit_faults(place: Place, mark: str, unit: str, marks: Sequence[re.Match[str]]) -> Iterator[Fault]:
    """A mark that takes its paragraph or row away must have it to itself, and a row must be one."""
    if unit in ("tr", "tc") and place.row is None:
        what = "行" if unit == "tr" else "单元格"
        yield place.fault(
            "place",
            f"“{_shown(mark)}”要放在表格的{what}里，这里不是表格",
            "移到表格里单独的一行，或者改用 {%p … %}",
        )
        return
    left = _rest(place, unit, marks)
    if unit in ("p", "tr") and left:
        what = "一段" if unit == "p" else "一行"
        yield place.fault(
            "alone",
            f"“{_shown(mark)}”会把所在的{what}去掉，同{what}里还有“{left[:20]}”",
            f"把“{_shown(mark)}”放到单独的{what}",
        )


def _rest(place: Place, unit: str, marks: Sequence[re.Match[str]]) -> str:
    """What else stands in the paragraph or row that a mark takes away."""
    if unit == "tr":
        from archivist.drafts.faults.places import places

        texts = [one.text for one in places("", place.row)]
        whole = "".join(texts)
        return (
            ""
            if len(MARK.findall(whole)) == 1 and not MARK.sub("", whole).strip()
            else MARK.sub("", whole, 1)
        )
    rest = MARK.sub("", place.text).strip()
    return rest or ("" if len(marks) == 1 else marks[1].group())


def _expression(
    kind: DocumentKind,
    place: Place,
    mark: str,
    source: str,
    rows: Mapping[str, Field | None],
    depth: int,
) -> Iterator[Fault]:
    for problem in expression_problems(kind, source, rows, depth):
        yield place.fault("field", f"“{_shown(mark)}”：{problem}", _advice(kind, rows))


def _advice(kind: DocumentKind, rows: Mapping[str, Field | None]) -> str:
    """The names that may stand there."""
    owner = next(((word, one) for word, one in reversed(list(rows.items())) if one is not None), None)
    if owner:
        names = "、".join(f"{owner[0]}.{column.name}" for column in owner[1].columns[:30])
        return f"这里可以用：{names}；以及本文种的字段（见检查结果里的字段清单）"
    return f"可以用的字段：{'、'.join(field.name for field in kind.fields[:60])}"


def _loose(place: Place, after: Iterable[Place]) -> Iterator[Fault]:
    """Braces that are no mark: half of one, or wide ones (全角)."""
    rest = MARK.sub("", place.text)
    wide = _WIDE.search(rest)
    if wide and set(wide.group()) & set("｛｝％"):
        yield place.fault(
            "wide", f"“{_shown(wide.group())}”用了全角括号，不会填写", "把 ｛｛ ｝｝ 改成半角的 {{ }}"
        )
        return
    found = _LOOSE.search(rest)
    if found is None:
        return
    token = found.group()
    if token in ("{{", "{%", "{#"):
        close = {"{{": "}}", "{%": "%}", "{#": "#}"}[token]
        runs_on = any(close in one.text for one in after)
        words = "断在了两段里" if runs_on else f"没有写完：有“{token}”，没有“{close}”"
        yield place.fault(
            "unclosed", f"标记“{_shown(rest[found.start() :])}”{words}", f"写在一段里，以“{close}”结束"
        )
    else:
        opening = {"}}": "{{", "%}": "{%", "#}": "{#"}[token]
        yield place.fault(
            "unclosed", f"有“{token}”，前面没有“{opening}”", f"补上“{opening}”，或删去“{token}”"
        )


def _single(kind: DocumentKind, place: Place) -> Iterator[Fault]:
    """Single braces round what is called like a field, or like a column of a table (行.金额)."""
    for found in _SINGLE.finditer(MARK.sub("", place.text)):
        name = _named(kind, found[1])
        if name:
            yield place.fault(
                "single", f"“{_shown(found.group())}”只有一层括号，不会填写", f"写成两层：{{{{ {name} }}}}"
            )


def _named(kind: DocumentKind, words: str) -> str:
    """The field or column that ``words`` name, as it is written in a mark; "" where nothing is called so."""
    row, _, column = words.rpartition(".")
    if row:
        return words if any(one.name == column for field in kind.fields for one in field.columns) else ""
    return next((field.name for field in kind.fields if words in (field.name, field.title)), "")


def _depth(open_: Sequence[_Block]) -> int:
    return sum(block.word == "for" for block in open_)


def _end(block: _Block) -> str:
    return f"{{%{block.unit} {_OPENERS[block.word]} %}}"


def _shown(mark: str) -> str:
    """A mark as it is quoted: in one line, not too long."""
    flat = " ".join(mark.split())
    return flat if len(flat) <= 40 else f"{flat[:39]}…"
