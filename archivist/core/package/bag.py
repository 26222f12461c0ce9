"""The tag files of a package: it is a BagIt 1.0 bag (RFC 8493)."""

from __future__ import annotations

from collections.abc import Iterable

from archivist.core.rootcode import RootCode

BAGIT, INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAGS, SUMS = "manifest-sha256.txt", "tagmanifest-sha256.txt", "sha256sum.txt"
INDEX, VERIFIER, SCRIPT = "index.html", "核验.html", "核验.py"

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

NOT_WOUND_UP = "未销号"
"""Stands wherever a package tells of a project that is not wound up."""


def bag_info(lines: Iterable[tuple[str, str]]) -> str:
    """bag-info.txt: a line per label, no value broken; values that say nothing are left out."""
    return "".join(f"{label}: {one_line(value)}\n" for label, value in lines if one_line(value))


def one_line(text: str) -> str:
    """Text whose line breaks, and whatever else could end a line, are spaces."""
    return " ".join(text.split())


def oxum(sizes: Iterable[int]) -> str:
    """Payload-Oxum: bytes and files of the payload."""
    listed = list(sizes)
    return f"{sum(listed)}.{len(listed)}"


def description(code: str, name: str, complete: bool, decided: str) -> str:
    """External-Description: what the package is, first of all that its project is not wound up.

    Args:
        decided: when it was wound up and by whom; "" where it is not.
    """
    what = f"{code} {name}，帮扶产业项目档案移交包"
    if decided:
        return f"已销号：{what}，{decided}"
    state = "归档内容齐全" if complete else "归档内容不齐全"
    return f"{NOT_WOUND_UP}：{what}，导出时项目没有销号，{state}，不能作为销号的依据"


NO_PAPERS = "没有材料，没有根码"
"""Instead of the root code where there is no paper: that code would be the same for every such project."""


def root_told(root: str, more: str = "") -> str:
    """A root (归档根码, its sha256) as a package tells it, with ``more`` behind it; `NO_PAPERS` where there is no paper."""
    code = RootCode(root)
    return NO_PAPERS if code.empty else f"{code.printed}{more}"


def check_code(digest: str) -> str:
    """Twenty digits that stand for a package's tag manifest (移交包校验值), in the writing of the root code."""
    return RootCode(digest).printed
