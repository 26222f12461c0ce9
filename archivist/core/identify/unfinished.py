"""What is no evidence yet (草稿): papers with places left open (【待填】), and drafts of this software that nobody signed.

附件4 asks for what was decided, signed and sealed; a form that prints 【待填】 proves nothing, whoever printed it. It waits,
and says so as a fact, so that checks know it also where a person filed it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archivist.core.drafts.mark import FACT, made_here
from archivist.core.model import Fact, TextSource
from archivist.core.page import COMMENTED, REVISED, Page
from archivist.core.patterns import lazily

_OPEN = lazily(r"[【\[［（(〔]\s*待填[^】\]］）)〕\n]{0,12}[】\]］）)〕]")
_HEAD = 8
"""Lines of its first page in which a paper says what it is."""
_DO = "补齐后打印、签字、盖章，再把扫描件放进来"


@dataclass(frozen=True, slots=True)
class Draft:
    """Why a document is a draft: ``doubt`` for whoever files it, ``fact`` for whoever checks what is filed."""

    doubt: str
    fact: Fact


def left_open(pages: Sequence[Page]) -> Draft | None:
    """What is left open (【待填】) on the pages of a document; None when nothing is."""
    lines = [(page.number, line.text) for page in pages for line in page.lines if _OPEN.search(line.text)]
    if not lines:
        return None
    told = f"还有 {sum(len(_OPEN.findall(text)) for _, text in lines)} 处【待填】没有填写"
    number, quote = lines[0]
    doubt = f"是草稿：{told}，不能作为归档材料；请{_DO}"
    return Draft(doubt, Fact(FACT, told, number, quote.strip()[:60]))


def headed(pages: Sequence[Page], title: str | None, words: Sequence[str]) -> Draft | None:
    """Whether the paper itself says at its head that it is a draft (讨论稿、征求意见稿); None when it does not.

    The word stands behind the title, or in a line of its own: a sentence that cites another paper's says nothing.
    """
    first = pages[0] if pages and words else None
    if first is None:
        return None
    either = "|".join(map(re.escape, words))
    alone = re.compile(rf"\s*[（(【\[]?\s*({either})\s*[）)】\]]?\s*")
    behind = re.compile(rf"[（(【\[]\s*({either})\s*[）)】\]]\s*$")
    marked = behind.search(title or "")
    line = next((line.text for line in first.lines[:_HEAD] if alone.fullmatch(line.text)), "")
    found = marked or alone.fullmatch(line)
    if found is None:
        return None
    told = f"标明是{found.group(1)}，不是定稿"
    quote = (title or "") if marked else line
    return Draft(told, Fact(FACT, told, first.number, quote.strip()[:60]))


def unprinted(properties: Mapping[str, str], pages: Sequence[Page]) -> Draft | None:
    """Whether ``pages`` are of a file that this software made and that was never printed; None when nothing says so.

    A page that is a picture, or on which a seal was seen, was printed and signed, whatever the file says of itself.
    """
    typed = all(page.text_source is not TextSource.OCR and not page.seals for page in pages)
    if not pages or not typed or not made_here(properties):
        return None
    quote = next((line.text.strip() for page in pages for line in page.lines if line.text.strip()), "")
    told = "软件生成的公文草稿，还没有打印、签字、盖章"
    doubt = f"是{told}，不能作为归档材料；请打印办理，再把扫描件放进来"
    return Draft(doubt, Fact(FACT, told, pages[0].number, quote[:60]))


def unsettled(properties: Mapping[str, str], pages: Sequence[Page]) -> Draft | None:
    """Whether ``pages`` are of a Word file with changes nobody accepted or refused (修订); None when it has none."""
    if not pages or REVISED not in properties:
        return None
    quote = next((line.text.strip() for page in pages for line in page.lines if line.text.strip()), "")
    told = "Word 文件里有没有接受或拒绝的修订，还不是定稿"
    return Draft("；".join(being_written(properties)), Fact(FACT, told, pages[0].number, quote[:60]))


def being_written(properties: Mapping[str, str]) -> tuple[str, ...]:
    """What people have to know of a Word file that is still being written: changes (修订) and comments (批注)."""
    told = []
    if changed := properties.get(REVISED):
        told.append(
            f"Word 文件里有没有接受或拒绝的修订（{changed}），还不是定稿：删去的字没有当作正文，加进的字不一定算数。"
            "请定稿后重新放入；已经打印签章的，放入扫描件"
        )
    if said := properties.get(COMMENTED):
        told.append(f"Word 文件里有 {said}，请看一看是不是定稿")
    return tuple(told)
