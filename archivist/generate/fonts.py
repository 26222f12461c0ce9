"""The fonts official documents use (GB/T 9704-2012), and where a Word file names another one.

Looked at are the text (body, headers, footers, footnotes) and the styles; Word's own theme and font list may
name what they like, they do not print.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

FONTS = ("方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "Times New Roman")
_PRINTED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|styles)\.xml")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAMES = ("ascii", "hAnsi", "eastAsia", "cs")


def font_problems(document: bytes) -> list[str]:
    """Return a sentence for every foreign font ``document`` names, and where."""
    problems: dict[str, None] = {}
    for part, fonts in _named(document):
        for attribute, name in fonts:
            if attribute.endswith("Theme") or attribute == "cstheme":
                problems.setdefault(f"{part} 用了主题字体（{name}），请改为 {FONTS[1]} 等固定字体")
            elif attribute in _NAMES and name not in FONTS:
                problems.setdefault(f"{part} 用了字体“{name}”，公文只用 {'、'.join(FONTS)}")
    return list(problems)


def _named(document: bytes) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    from lxml import etree

    with zipfile.ZipFile(BytesIO(document)) as archive:
        for name in sorted(archive.namelist()):
            if not _PRINTED.fullmatch(name):
                continue
            try:
                tree: Any = etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False))
            except (etree.XMLSyntaxError, zipfile.BadZipFile, RuntimeError):
                continue  # said by the check of the template's structure
            for fonts in tree.iter(f"{_WORD}rFonts"):
                yield (
                    _place(name),
                    [(str(key).replace(_WORD, ""), str(value)) for key, value in fonts.items()],
                )


def _place(part: str) -> str:
    places = {"document": "正文", "header": "页眉", "footer": "页脚", "footno": "脚注", "styles": "样式"}
    return next((word for start, word in places.items() if part.startswith(f"word/{start}")), part)
