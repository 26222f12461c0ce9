"""Original or copy (原件或复印件, 附件4 item 3): only what a document or its name says outright; else a person says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archivist.core.model import Fact
from archivist.core.page import Page

ORIGINAL, COPY = "原件", "复印件"
FACT = "原件或复印件"

_MARK = re.compile(
    r"(?:本件|此件|该件|以上|此复印件|本复印件)?(?:经核对)?[，,]?(?:系|为|是)?"
    r"(?:复印件|(?:复印件)?与原件(?:核对)?(?:一致|相符|无误|核对无误))[，。.!]?"
)
"""A stamp or a written line of its own; a sentence that mentions copies (附：身份证复印件) is none."""


def copy_fact(source_name: str, pages: Sequence[Page]) -> Fact | None:
    """Return the fact that these pages are a copy, with where it says so; None when nothing says so."""
    for page in pages:
        for line in page.lines:
            if _MARK.fullmatch(re.sub(r"\s", "", line.text).strip("（）()【】[]")):
                return Fact(FACT, COPY, page.number, line.text.strip())
    name = source_name.replace("\\", "/").rsplit("/", 1)[-1]
    if COPY in name and pages:
        return Fact(FACT, COPY, pages[0].number, f"文件名：{name}")
    return None
