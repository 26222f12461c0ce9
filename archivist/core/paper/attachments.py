"""The attachments a paper names (附件：1.… 2.…): each with its page. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archivist.core.page import Page
from archivist.core.paper.statements import Measure, continues, short
from archivist.core.patterns import lazily

_LABEL = lazily(r"\s*附\s*(?:件|表|图)?\s*[：:]\s*(?P<rest>.*)")
_BARE = lazily(r"\s*附件(?:目录|清单|如下)\s*[：:]?\s*")
_ITEM = lazily(
    r"(?:附件)?\s*(?:[0-9]{1,2}\s*[.．、)）]|[（(][0-9]{1,2}[）)]|[①-⑳]|[一二三四五六七八九十]{1,2}、)\s*"
)
_BREAK = lazily(r"(?=(?<![0-9.])[0-9]{1,2}\s*[.．、](?![0-9])|[①-⑳]|[（(][0-9]{1,2}[）)])")
_OVER = lazily(r"(?:19|20)[0-9]{2}\s*年|抄送|[（(]?盖章|签字|二〇")
_NAME = lazily(r"[\w一-龥（）()《》“”〔〕\-—·、.]{2,60}")
_MOST, _LONGEST = 60, 60


def attachments(pages: Sequence[Page]) -> list[tuple[str, int, str]]:
    """Return (name, page, quote) of each, in order, without its number; nothing for 附件：无."""
    found: list[tuple[str, int, str]] = []
    for page in pages:
        measure = Measure.of(page.lines)
        at = 0
        while at < len(page.lines) and len(found) < _MOST:
            label = _LABEL.fullmatch(page.lines[at].text) or _BARE.fullmatch(page.lines[at].text)
            at += 1
            if label is None:
                continue
            rest = label.groupdict().get("rest", "")
            names = [part for part in _BREAK.split(rest) if part.strip()]
            numbered = bool(names and _ITEM.match(names[0]))
            while at < len(page.lines):
                text, before = page.lines[at].text.strip(), page.lines[at - 1]
                if _OVER.search(text) or _LABEL.fullmatch(text):
                    break
                if _ITEM.match(text) and (numbered or not names):
                    numbered = True
                    names += [part for part in _BREAK.split(text) if part.strip()]
                elif names and continues(before, page.lines[at], measure) and len(names[-1]) < _LONGEST:
                    names[-1] += text
                else:
                    break
                at += 1
            found += [(name, page.number, short(f"附件：{name}")) for name in map(_plain, names) if name]
    return list({name: (name, number, quote) for name, number, quote in reversed(found)}.values())[::-1]


def _plain(words: str) -> str:
    name = re.sub(r"\s+", "", _ITEM.sub("", words.strip(), count=1)).strip("。；;，, ")
    return (
        name
        if _NAME.fullmatch(name) and name not in {"无", "略", "如下", "见附件"} and len(name) <= _LONGEST
        else ""
    )
