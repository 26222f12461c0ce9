"""Where a document ends (结尾): the date under the text, signatures, 抄送 and 印发, seals; and where a text breaks off.

Pure signs of one page each; `core.identify.split` and `core.identify.order` weigh them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import quantiles

from archivist.core.model import Evidence
from archivist.core.page import Line, Page
from archivist.core.paper.dates import dates_in
from archivist.core.paper.pagenumbers import is_page_number
from archivist.core.patterns import lazily
from archivist.core.rules import SignatureRules
from archivist.core.text import fold

CLOSED = frozenset({"落款日期", "结尾用语"})
"""What closes a document; behind a place to sign (签字处) or a seal more signatures and a date may come."""
SIGNED_ELSEWHERE = "签署页在后面"
_LOWER = 0.25
_MOST_BELOW = 2
"""So many lines of running text may stand below what ends a document (a remark, a note)."""
_SENTENCE = lazily(r"[。；;！？!?…]")
_IMPRINT = lazily(r"印发$|^抄送|散会|此页无正文|以下无正文|全文完")
_SIGNED_ELSEWHERE = lazily(r"^[（(]?以下无正文")
"""Said where the text ends; as the last words of a page it says that the signatures stand on the next."""
_WHO_CAME = lazily(r"^(?:出席|列席|请假|缺席)(?:人员)?[:：]")
_DATE_LEFT = lazily(r"[0-9〇○零一二三四五六七八九十年月日.\-/\s]")
_STOP = lazily(r"[。；;：:！!？?…”’」』）)》>.、]$")
_HANZI = lazily(r"[一-龥，,]$")
_FULL, _AT_FOOT = 0.92, 0.75
_SHORT = 8


def text_lines(page: Page) -> list[Line]:
    """The lines of ``page`` that say something, without its page number."""
    return [line for line in page.lines if fold(line.text) and not is_page_number(line, page)]


def ending(page: Page, rules: SignatureRules) -> Evidence | None:
    """What shows that a document ends on ``page``, or None.

    Args:
        rules: the words that ask for a signature.
    """
    below = 0
    lines = text_lines(page)
    if lines and _SIGNED_ELSEWHERE.match(_closed_up(lines[-1].text)):
        return None
    for line in reversed(lines):
        text = line.text.strip()
        told = _closing(text, rules) or (
            "到会名单" if not below and _WHO_CAME.search(_closed_up(text)) else ""
        )
        if told:
            return Evidence(page.number, text[:40], told)
        below += bool(_SENTENCE.search(text)) and len(text) > _SHORT
        if below > _MOST_BELOW:
            break
    if any(seal.box[1] > _LOWER for seal in page.seals):
        return Evidence(page.number, "", "盖有印章")
    return None


def _closing(text: str, rules: SignatureRules) -> str:
    if dates_in(text) and not _DATE_LEFT.sub("", text):
        return "落款日期"
    if _IMPRINT.search(_closed_up(text)):
        return "结尾用语"
    if _SENTENCE.search(text):
        return ""
    if any(mark in text for mark in rules.marks):
        return "签字处"
    label, colon, _ = text.replace("：", ":").partition(":")
    return "签字处" if colon and fold(label) in {fold(who) for who in rules.people} else ""


def _closed_up(text: str) -> str:
    """The words without blanks within (抄　送)."""
    return re.sub(r"\s", "", text)


def breaks_off(page: Page, rules: SignatureRules) -> Evidence | None:
    """The last line of a page whose running text plainly goes on elsewhere: full to the margin, without a full stop.

    None also where nobody can tell: tables, lists, short lines, or when something on the page ends a document.
    """
    lines = text_lines(page)
    if lines and _SIGNED_ELSEWHERE.match(_closed_up(lines[-1].text)):
        return Evidence(page.number, lines[-1].text.strip()[-20:], SIGNED_ELSEWHERE)
    if page.seals or page.strokes or ending(page, rules) is not None:
        return None
    if len(lines) < 5 or sum(bool(_SENTENCE.search(line.text)) for line in lines[-6:]) < 2:
        return None
    last = lines[-1]
    words = last.text.strip()
    if _STOP.search(words) or not _HANZI.search(words) or not _is_full(last, lines):
        return None
    return Evidence(page.number, words[-20:], "文字没有写完")


def _is_full(last: Line, lines: Sequence[Line]) -> bool:
    """Whether a line stands at the foot of the page and reaches the right margin, as in the middle of a paragraph."""
    boxes = [line.box for line in lines if line.box is not None]
    if last.box is None or len(boxes) < len(lines) or last.box[3] < _AT_FOOT:
        return False
    margin = quantiles([box[2] for box in boxes], n=10)[-1]
    left = min(box[0] for box in boxes)
    return last.box[2] >= _FULL * margin and last.box[2] - last.box[0] > 0.5 * (margin - left)
