"""The fonts official documents use (GB/T 9704-2012), and where a Word file names another one.

Looked at are the text (body, headers, footers, footnotes) and the styles it uses. Word's theme, its list of
fonts and the styles that an office program adds unasked may name what they like: they do not print.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

FONTS = ("方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "Times New Roman")
_TEXT = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
_STYLES = "word/styles.xml"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAMES = ("ascii", "hAnsi", "eastAsia", "cs")
_PLACES = {"document": "正文", "header": "页眉", "footer": "页脚", "footno": "脚注"}


def font_problems(document: bytes) -> list[str]:
    """Return a sentence for every foreign font that prints in ``document``, and where."""
    problems: dict[str, None] = {}
    for place, attribute, name in _named(document):
        if attribute.lower().endswith("theme"):
            problems.setdefault(f"{place}用了主题字体（{name}），请改为 {FONTS[1]} 等固定字体")
        elif attribute in _NAMES and name not in FONTS:
            problems.setdefault(f"{place}用了字体“{name}”，公文只用 {'、'.join(FONTS)}")
    return list(problems)


def _named(document: bytes) -> Iterator[tuple[str, str, str]]:
    """Yield (place, attribute, font) for every font named where it prints."""
    used: set[str] = set()
    trees = _trees(document)
    styles = trees.pop(_STYLES, None)
    for name, tree in trees.items():
        for tag in ("pStyle", "rStyle", "tblStyle"):
            used |= {str(node.get(f"{_WORD}val")) for node in _all(tree, tag)}
        yield from _fonts(next(word for start, word in _PLACES.items() if f"word/{start}" in name), tree)
    if styles is not None:
        yield from _style_fonts(styles, used)


def _style_fonts(styles: Any, used: set[str]) -> Iterator[tuple[str, str, str]]:
    by_id = {str(style.get(f"{_WORD}styleId")): style for style in _all(styles, "style")}
    waiting = [
        ident for ident, style in by_id.items() if ident in used or style.get(f"{_WORD}default") == "1"
    ]
    seen: set[str] = set()
    for defaults in _all(styles, "docDefaults"):
        yield from _fonts("默认样式", defaults)
    while waiting:
        ident = waiting.pop()
        if ident in seen or ident not in by_id:
            continue
        seen.add(ident)
        waiting += [str(base.get(f"{_WORD}val")) for base in _all(by_id[ident], "basedOn")]
        names = [str(name.get(f"{_WORD}val")) for name in _all(by_id[ident], "name")]
        yield from _fonts(f"样式“{''.join(names)}”", by_id[ident])


def _fonts(place: str, tree: Any) -> Iterator[tuple[str, str, str]]:
    for fonts in _all(tree, "rFonts"):
        for key, value in fonts.items():
            yield place, str(key).replace(_WORD, ""), str(value)


def _all(tree: Any, tag: str) -> Iterator[Any]:
    yield from tree.iter(f"{_WORD}{tag}")


def _trees(document: bytes) -> dict[str, Any]:
    """Return the parts that print; broken ones are left out, the check of the structure tells of them."""
    from lxml import etree

    trees: dict[str, Any] = {}
    with zipfile.ZipFile(BytesIO(document)) as archive:
        for name in sorted(archive.namelist()):
            if name == _STYLES or _TEXT.fullmatch(name):
                try:
                    trees[name] = etree.fromstring(
                        archive.read(name), etree.XMLParser(resolve_entities=False)
                    )
                except (etree.XMLSyntaxError, zipfile.BadZipFile, RuntimeError):
                    continue
    return trees
