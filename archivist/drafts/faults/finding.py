"""All faults of a template, at their paragraphs; and the fields it prints."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from archivist.core.drafts.kinds import DocumentKind
from archivist.drafts.faults.looks import STYLED, look_faults
from archivist.drafts.faults.marks import mark_faults
from archivist.drafts.faults.places import Fault, places
from archivist.drafts.template import named_fields, outside_links
from archivist.errors import BadInputError

BODY = "word/document.xml"
_STYLES = "word/styles.xml"


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of a template found.

    Attributes:
        faults: by part and paragraph; the body first.
        printed: the fields it prints or asks about, in the schema's order; ``unprinted`` the others.
    """

    faults: tuple[Fault, ...]
    printed: tuple[str, ...]
    unprinted: tuple[str, ...]


def check_template_file(kind: DocumentKind, raw: bytes) -> Checked:
    """Find what is wrong with the template ``raw`` of ``kind``.

    Raises:
        BadInputError: it is no Word document that can be read.
    """
    parts = _parts(raw)
    styles = parts.pop(_STYLES, None)
    faults: list[Fault] = []
    for name, tree in parts.items():
        part = list(places(name, tree))
        found = [*mark_faults(kind, part), *look_faults(part, styles)]
        faults += sorted(found, key=lambda one: one.paragraph)
    named = named_fields(raw) if not any(one.code in _UNREADABLE for one in faults) else _named(kind, parts)
    if not faults and not any(_marked(name, tree) for name, tree in parts.items()):
        faults.append(_UNMARKED)
    else:
        faults += _lacking(kind, named)
    faults += [
        Fault(BODY, 0, "outside", problem, "删去，或者改成直接写在文件里的内容")
        for problem in outside_links(raw)
    ]
    faults = _once(faults)
    order = {name: at for at, name in enumerate(parts)}
    ordered = sorted(faults, key=lambda one: (order.get(one.part, 0), one.paragraph))
    names = [field.name for field in kind.fields]
    return Checked(
        tuple(ordered),
        tuple(name for name in names if name in named),
        tuple(name for name in names if name not in named),
    )


_UNMARKED = Fault(
    BODY,
    0,
    "unmarked",
    "整个文件里没有一个填写标记，填写的内容印不出来",
    "在要填的地方写上标记，例如 {{ 项目名称 }}；也可以在原来的模板上改",
)


def _marked(name: str, tree: Any) -> bool:
    from archivist.drafts.faults.places import MARK

    return any(MARK.search(place.text) for place in places(name, tree))


def _once(faults: Sequence[Fault]) -> list[Fault]:
    """Of faults that lie in one style only the first; each other one as it is, but none twice."""
    return list(
        {(one.code, one.words) if one.code == STYLED else one: one for one in reversed(faults)}.values()
    )[::-1]


_UNREADABLE = frozenset({"unclosed", "unended", "unopened", "syntax", "apart", "field"})
"""Faults over which the whole cannot be parsed: then the fields are told from the marks one by one."""


def _named(kind: DocumentKind, parts: dict[str, Any]) -> set[str]:
    """The fields whose names stand in some mark."""
    import re

    from archivist.drafts.faults.places import MARK

    words = {
        word
        for name, tree in parts.items()
        for place in places(name, tree)
        for mark in MARK.findall(place.text)
        for word in re.findall(r"(?<![.\w])\w+", mark)
    }
    return {field.name for field in kind.fields if field.name in words}


def _lacking(kind: DocumentKind, named: set[str]) -> Iterator[Fault]:
    """Facts of the register that the paper must name (项目名称, 项目编号) and no longer does."""
    for field in kind.fields:
        if field.required and field.source and field.name not in named:
            yield Fault(
                BODY,
                0,
                "required",
                f"模板里没有“{field.title}”，印出来的文件看不出是哪个项目的",
                f"在合适的地方写上 {{{{ {field.name} }}}}",
            )


def _parts(raw: bytes) -> dict[str, Any]:
    """The parts that print, body first, and the styles.

    Raises:
        BadInputError: as `check_template_file`.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    result: dict[str, Any] = {}
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            names = sorted(archive.namelist(), key=lambda name: (name != BODY, name))
            for name in names:
                if name == _STYLES or _prints(name):
                    result[name] = etree.fromstring(archive.read(name), parser)
    except (etree.XMLSyntaxError, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError) as error:
        raise BadInputError(
            f"模板读不出来（{type(error).__name__}），文件可能已损坏。请用 Word 打开，另存为 .docx 再检查。"
        ) from None
    if BODY not in result:
        raise BadInputError("这不是 Word 文档（.docx）。请用 Word 打开，另存为 .docx 再检查。")
    return result


def _prints(name: str) -> bool:
    import re

    return re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes)\.xml", name) is not None
