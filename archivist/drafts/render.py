"""A draft put into its template: the bytes of a Word file, re-opened and re-read before anyone gets them.

The same draft and template give the same bytes, whatever the day or the machine.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

from archivist.core.drafts.context import Draft
from archivist.core.drafts.kinds import DocumentKind
from archivist.core.drafts.mark import keywords
from archivist.drafts.fonts import font_problems
from archivist.drafts.template import named_fields, read_template, template_problems
from archivist.errors import SettingsError

_PROPERTY_LIMIT = 255
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_READ_AGAIN = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
_MARKS = ("{{", "}}", "{%", "%}", "{#", "#}")


def render(kind: DocumentKind, context: Draft) -> bytes:
    """Return the Word file of ``context``.

    Its document properties carry what recognises the signed scan later: identifier (draft id), subject
    (项目编号), keywords (project, item, kind and draft).

    Raises:
        SettingsError: the template cannot be rendered, or what it makes loses a word that was given.
    """
    raw = read_template(kind)
    problems = template_problems(kind, raw)
    if not problems:
        document = same_bytes(_render(kind, raw, context))
        problems = [*_lost(document, kind, context), *font_problems(document)]
        if not problems:
            return document
    listed = "\n".join(f"  · {problem}" for problem in problems)
    raise SettingsError(f"用模板 {kind.template_source} 没有生成文件，请用 Word 打开模板改正：\n{listed}")


def _render(kind: DocumentKind, raw: bytes, draft: Draft) -> bytes:
    from jinja2 import TemplateError
    from lxml import etree

    from archivist.drafts.engine import StrictTemplate, environment

    template = StrictTemplate(raw)
    try:
        template.render(dict(draft.values), environment(), autoescape=True)
    except (TemplateError, etree.XMLSyntaxError, TypeError, ValueError) as error:
        raise SettingsError(
            f"模板 {kind.template_source} 填写时出错（{error}）。请用 Word 打开，检查填写标记是否成对。"
        ) from None
    _set_properties(template.docx.core_properties, kind, draft)
    result = BytesIO()
    template.save(result)
    return result.getvalue()


def _set_properties(properties: Any, kind: DocumentKind, draft: Draft) -> None:
    made = datetime.combine(draft.day, time(), UTC).replace(tzinfo=None)
    values = {
        "title": draft.title,
        "subject": draft.project,
        "identifier": draft.id,
        "keywords": keywords(draft.project, draft.item, draft.kind, draft.id),
        "category": kind.name,
        "language": "zh-CN",
        **dict.fromkeys(("author", "comments", "content_status", "last_modified_by", "version"), ""),
    }
    for name, value in values.items():
        setattr(properties, name, value[:_PROPERTY_LIMIT])
    properties.created = properties.modified = made
    properties.revision = 1


def same_bytes(document: bytes) -> bytes:
    """Return the package with members in a fixed order, without the time and system it was written on."""
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(document)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member = zipfile.ZipInfo(name, _ZIP_EPOCH)
            member.create_system = 0
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return result.getvalue()


def _lost(document: bytes, kind: DocumentKind, draft: Draft) -> list[str]:
    """Re-open the file and return what is wrong: words that were lost, marks that were not filled in."""
    text = _squeezed(_text_of(document))
    problems = [
        f"填写的内容“{given[:40]}”没有印出来，模板里可能缺少相应字段"
        for given in draft.given
        if _squeezed(given) not in text
    ]
    named = named_fields(read_template(kind))
    for name, value in draft.values.items():
        if (
            name in named
            and isinstance(value, str)
            and _squeezed(value) not in text
            and kind.field(name).source
        ):
            problems.append(f"登记信息“{kind.field(name).title}”没有印出来")
    rest = text
    for given in sorted(_texts(draft.values), key=len, reverse=True):
        if any(mark in given for mark in _MARKS):
            rest = rest.replace(_squeezed(given), "")
    return problems + [f"还留着没有填的标记 {mark}" for mark in _MARKS[:4] if mark in rest]


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for part in value.values() for text in _texts(part)]
    return [text for part in value for text in _texts(part)] if isinstance(value, list) else []


def _text_of(document: bytes) -> str:
    from lxml import etree

    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    pieces: list[str] = []
    with zipfile.ZipFile(BytesIO(document)) as archive:
        for name in archive.namelist():
            if _READ_AGAIN.fullmatch(name):
                tree: Any = etree.fromstring(archive.read(name))
                pieces += [node.text or "" for node in tree.iter(f"{word}t")] + ["\n"]
    return "".join(pieces)


def _squeezed(text: str) -> str:
    return "".join(text.split())
