"""Faults of a template's looks: fonts, styles, paper and margins against GB/T 9704-2012 (as `drafts/wordml.py` lays out)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from archivist.drafts.faults.places import WORD, Fault, Place
from archivist.drafts.fonts import FONTS

_CHINESE = frozenset(FONTS) - {"Times New Roman"}
_UPRIGHT = {"top": 2098, "right": 1474, "bottom": 1984, "left": 1588}
_TURNED = {"top": 1588, "right": 2098, "bottom": 1474, "left": 1984}
_SIDES = {"top": "上", "right": "右", "bottom": "下", "left": "左"}
_PAPER = (11906, 16838)
_TWIPS_IN_MM = 1440 / 25.4
_LEEWAY = 58
"""1 mm in twips: what the standard lets the text area be off."""
STYLED = "stylefont"
"""The code of a fault that lies in a style: told once, where the style is first used."""
_ADVICE = f"改成公文的字体：{'、'.join(FONTS)}"


def look_faults(part: Sequence[Place], styles: Any) -> Iterator[Fault]:
    """The faults of fonts, styles and margins of one part.

    Args:
        styles: the tree of the styles part; None where there is none.
    """
    faulty = _style_faults(styles)
    known = _ids(styles)
    told: set[str] = set()
    for place in part:
        yield from _fonts(place)
        for ident in _used(place.element):
            if ident in told:
                continue
            told.add(ident)
            if ident not in known:
                yield place.fault(
                    "style", f"用了没有的样式“{ident}”，印出来是默认的样子", "在 Word 里重新选一个样式"
                )
            elif ident in faulty:
                yield place.fault(STYLED, faulty[ident], f"在 Word 里修改这个样式，{_ADVICE}")
    yield from _pages(part)


def _fonts(place: Place) -> Iterator[Fault]:
    seen: set[str] = set()
    for run in place.element.iter(f"{WORD}r"):
        if next(run.iterancestors(f"{WORD}p"), None) is not place.element:
            continue
        for fonts in run.iter(f"{WORD}rFonts"):
            for code, words, instead in _named(fonts):
                if words not in seen:
                    seen.add(words)
                    yield place.fault(code, words, instead)


def _named(fonts: Any) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the fonts that a run or style names."""
    names = {str(key).replace(WORD, ""): str(value) for key, value in fonts.items()}
    themes = [name for key, name in names.items() if key.lower().endswith("theme")]
    if themes:
        yield "theme", f"用了主题字体（{themes[0]}），换一台电脑字体就会变", _ADVICE
    foreign = [
        name
        for key, name in names.items()
        if key in ("ascii", "hAnsi", "eastAsia", "cs") and name not in FONTS
    ]
    if foreign:
        yield "font", f"用了字体“{foreign[0][:40]}”，公文不用", _ADVICE
    latin = names.get("ascii") or names.get("hAnsi")
    if latin in _CHINESE and "eastAsia" not in names:
        yield "eastasia", f"只给西文设了“{latin}”，汉字没有设字体", f"选中这些字，把中文字体也设为“{latin}”"


def _style_faults(styles: Any) -> dict[str, str]:
    """By style: what is wrong with the fonts it names, by itself or by what it is based on."""
    if styles is None:
        return {}
    own: dict[str, str] = {}
    based: dict[str, str] = {}
    for style in styles.iter(f"{WORD}style"):
        ident = str(style.get(f"{WORD}styleId"))
        name = next((str(one.get(f"{WORD}val")) for one in style.iter(f"{WORD}name")), ident)
        based.update((ident, str(one.get(f"{WORD}val"))) for one in style.iter(f"{WORD}basedOn"))
        wrong = [words for fonts in style.iter(f"{WORD}rFonts") for _, words, _ in _named(fonts)]
        if wrong:
            own[ident] = f"样式“{name}”{wrong[0]}"
    result = dict(own)
    for ident in based:
        seen, at = {ident}, ident
        while at not in own and based.get(at) and based[at] not in seen:
            at = based[at]
            seen.add(at)
        if at in own:
            result[ident] = own[at]
    return result


def _ids(styles: Any) -> set[str]:
    return (
        set() if styles is None else {str(one.get(f"{WORD}styleId")) for one in styles.iter(f"{WORD}style")}
    )


def _used(paragraph: Any) -> Iterator[str]:
    for tag in ("pStyle", "rStyle"):
        for node in paragraph.iter(f"{WORD}{tag}"):
            if next(node.iterancestors(f"{WORD}p"), None) is paragraph:
                yield str(node.get(f"{WORD}val"))


def _pages(part: Sequence[Place]) -> Iterator[Fault]:
    """Paper and margins of each section, told at its last paragraph."""
    if not part:
        return
    for place in part:
        for section in place.element.iter(f"{WORD}sectPr"):
            yield from _page(place, section)
    root = part[-1].element.getroottree().getroot()
    for body in root.iter(f"{WORD}body"):
        for section in body.findall(f"{WORD}sectPr"):
            yield from _page(part[-1], section)


def _page(place: Place, section: Any) -> Iterator[Fault]:
    size, margins = section.find(f"{WORD}pgSz"), section.find(f"{WORD}pgMar")
    wide, high = _length(size, "w"), _length(size, "h")
    if (
        wide is None
        or high is None
        or any(abs(one - wanted) > _LEEWAY for one, wanted in zip(sorted((wide, high)), _PAPER, strict=True))
    ):
        yield place.fault(
            "paper", "这一节的纸张不是 A4", "在“页面设置”里把纸张改为 A4（21 厘米 × 29.7 厘米）"
        )
        return
    wanted = _TURNED if wide > high else _UPRIGHT
    off = [side for side, twips in wanted.items() if abs((_length(margins, side) or 0) - twips) > _LEEWAY]
    if off:
        told = "、".join(f"{_SIDES[side]}边距 {_mm(_length(margins, side))}" for side in off)
        right = "、".join(f"{_SIDES[side]} {_mm(twips)}" for side, twips in wanted.items())
        yield place.fault("margin", f"这一节的{told}，和公文版式不符（GB/T 9704）", f"页边距改为：{right}")


def _length(element: Any, name: str) -> int | None:
    value = None if element is None else element.get(f"{WORD}{name}")
    try:
        return None if value is None else int(float(value))
    except (ValueError, OverflowError):
        return None


def _mm(twips: int | None) -> str:
    return "没有设" if twips is None else f"{twips / _TWIPS_IN_MM:.0f} 毫米"
