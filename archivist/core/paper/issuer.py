"""Which body issued a paper (发文或出具的单位), where a paper shows it: red head, the lines above its date, its title.

Where a paper shows none so, nobody is guessed: the bodies that its sentences mention are not who issued it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from archivist.core.page import Page
from archivist.core.paper.bodies import BodyNames, body_names, plain
from archivist.core.paper.stacking import rows
from archivist.core.patterns import lazily
from archivist.core.saying import BodyRules

_FORM = (
    r"(?:文件|函|(?:党[委组工]+|专题|常务|办公|主任|党政联席|局长|镇长|区长|行政|联席)*(?:办公)?(?:会议?)?纪要"
    r"|会议决定事项通知|议事纪要|公告|通告)?"
)
_FORM_ENDS = lazily(r"(?:文件|函|纪要|通知|公告|通告)$")
_AFTER_LEAD = r"(?=关于|专题|党[组委]|会议|常务|办公|纪要|议事|第|[0-9]{4}|对)"
_DATE = lazily(
    r"(?:(?:19|20)[0-9]{2}|二[〇○零0Oo]{1}[一二三四五六七八九〇○零十]{2})\s*[年.\-/]\s*[0-9一二三四五六七八九十]{1,3}\s*[月.\-/]"
    r"\s*[0-9一二三四五六七八九十]{1,3}\s*日?"
)
_BLANK_DATE = lazily(r"(?:20[0-9]{0,2})?\s*年\s{1,}月\s{1,}日")
_LABEL = lazily(
    r"(?:评估|核查|填报|制表|填表|编制|报告|出具|发文|核查评估|评审|申报|申请|制定|公示|鉴定)(?:单位|机构)(?:名称)?(?:[（(][^（）()]{1,8}[）)])?[：:]?"
)
_IMPRINT = lazily(r"^\s*(?:抄送|主送|抄报|印送|分送|[（(]?此件|共印)")
_PRINTED = lazily(r"印发|印制|打印")
_ADDRESS = lazily(r"[：:]\s*$")
_PLACE_ENDS = lazily(r"[区县市镇乡村]\s*$|(?:街道|社区|有限|股份|委员|合作)\s*$")
_MEETING = lazily(r"纪\s*要|决定事项")
_LAST_LINES = 14
_ABOVE = 4
_HEAD_LINES = 6


def issuer_of(
    pages: Sequence[Page], heading: str | None, rules: BodyRules, *, of_parties: bool = False
) -> str | None:
    """Return the body that issued the paper, as it calls itself; None where it does not show it.

    Args:
        heading: the paper's title as it stands on the page, None when none was found.
        rules: how bodies are called.
        of_parties: made between parties (协议): nobody alone issued it.
    """
    if not pages or of_parties:
        return None
    names = body_names(rules)
    lead = _leading(heading, names) if heading else None
    if lead and heading and _MEETING.search(heading):
        return lead
    return _red_head(pages[0], names) or _signed(pages, names) or lead


def _red_head(page: Page, known: BodyNames) -> str | None:
    """The body at the head: in one line with what it issues (××局文件), or alone above the form's name (专题会议纪要)."""
    lines = [re.sub(r"\s", "", line.text) for line in islice(page.lines, _HEAD_LINES)]
    head = re.compile(rf"({known.pattern}){_FORM}")
    for at, text in enumerate(lines):
        match = head.fullmatch(text)
        if not match or not known.fits(match.group(1)):
            continue
        if match.group(1) != text or _FORM_ENDS.search(lines[at + 1] if at + 1 < len(lines) else ""):
            return match.group(1)
    return None


def _leading(heading: str, known: BodyNames) -> str | None:
    """The body a title begins with."""
    match = re.match(rf"({known.pattern}){_AFTER_LEAD}", re.sub(r"\s", "", heading))
    return match.group(1) if match and known.fits(match.group(1)) else None


def _signed(pages: Sequence[Page], known: BodyNames) -> str | None:
    """The body above the date at the end (落款), or behind a label that asks for it (评估单位：…)."""
    for page in reversed(pages):
        tail = _tail(page)
        dated = [at for at, row in enumerate(tail) if _is_dated(row, known)]
        for at in reversed(dated):
            names = _names(tail[at], known)
            if not names:
                names = _above(tail, at, known)
            if names:
                return names[0] if len(names) == 1 else None
        labelled = [name for row in tail for name in _labelled(row, known)]
        if labelled:
            return labelled[-1] if len(set(labelled)) == 1 else None
        if any(row.strip() for row in tail):
            alone = [plain(row) for row in tail[-2:] if known.fits(row) and not _ADDRESS.search(row)]
            return alone[0] if len(alone) == 1 else None
    return None


def _tail(page: Page) -> list[str]:
    """The last rows of a page before its imprint (版记)."""
    found: list[str] = []
    for row in rows(page.lines):
        text = "  ".join(line.text.strip() for line in row)
        if _IMPRINT.match(text):
            break
        if not _PRINTED.search(text):
            found.append(text)
    return found[-_LAST_LINES:]


def _is_dated(row: str, known: BodyNames) -> bool:
    """Whether a row is a date, alone or behind a body's name; a sentence with a date in it is none."""
    date = _DATE.search(row) or _BLANK_DATE.search(row)
    if date is None:
        return False
    rest = plain(re.sub(r"日期|时间|[（(]?盖章[）)]?", "", row[: date.start()] + row[date.end() :]))
    return len(rest) <= 2 or known.fits(rest) or bool(_labelled(row, known))


def _names(row: str, known: BodyNames) -> list[str]:
    """The bodies in a row: cells are parted by blanks."""
    rest = _BLANK_DATE.sub(" ", _DATE.sub(" ", row))
    if labelled := _labelled(rest, known):
        return labelled
    if known.fits(rest):
        return [plain(rest)]
    cells = [plain(cell) for cell in re.split(r"\s{2,}|\t", rest)]
    return [cell for cell in cells if known.fits(cell)]


def _labelled(row: str, known: BodyNames) -> list[str]:
    match = _LABEL.search(row)
    if match is None:
        return []
    name = plain(_BLANK_DATE.sub("", _DATE.sub("", row[match.end() :])).split("    ")[0])
    return [name] if known.fits(name) else []


def _above(tail: Sequence[str], at: int, known: BodyNames) -> list[str]:
    """The bodies in the rows right above a date; a name may be broken over two rows."""
    found: list[str] = []
    for back in range(1, _ABOVE + 1):
        if at - back < 0:
            break
        row = tail[at - back]
        over = tail[at - back - 1] if at - back >= 1 else ""
        if back == 1 and not known.fits(over) and _PLACE_ENDS.search(over) and known.fits(over + row):
            return [plain(over + row)]
        names = [] if _ADDRESS.search(row) else _names(row, known)
        if names:
            found = names + found
            continue
        if found:
            break
        if back == 1 and not known.fits(over) and known.fits(over + row):
            return [plain(over + row)]
    return list(dict.fromkeys(found))
