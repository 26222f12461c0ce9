"""What role each date plays on its paper (日期的性质): by its label, its sentence, and where it stands.

A date that is nothing but a word of the story is an event; only what is labelled, told of as the meeting, or stands
where papers are dated may become the document's own (see `paper.dating`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archivist.core.daterules import DateRole, DateRules
from archivist.core.page import Line, Page
from archivist.core.paper.dates import FoundDate, Written, written_in
from archivist.core.paper.datewords import Words, words_of
from archivist.core.patterns import lazily
from archivist.core.rules import KindRule
from archivist.core.text import normal

_MOST_ROWS = 4000
_READ, _SURE, _SEALED = 0.6, 0.75, 0.85
"""Recognition below these is no reading of a date: of any; of one in a form's block, where a misread figure makes another
block the last; of one there over which a seal was seen."""
_HEAD = 30
"""Rows in which a meeting's paper says when it met."""
_CAPTION = 6
"""Rows in which a title with what stands directly under it (题注) ends."""
_ANNOUNCED = 4
"""Lines in which the sentence that announces what a meeting decided ends."""
_NEAR_STAMP = 2
_SUPPORT = 3
_SHORT = 30

_PROSE = lazily(r"[，。；！？]")
_COMMA = lazily(r",(?![0-9]{3}(?![0-9]))")
_OPEN_END = lazily(r"(?:年|月|[0-9〇零一二三四五六七八九十])\s?$")
_REST = lazily(r"\s?[0-9〇零一二三四五六七八九十正元年月]{1,8}\s?[年月日]")
_BODY = lazily(r"(?:[一二三]、|[（(][一二三][）)]|会议(?:听取|认为|议定|指出|决定|同意|强调|要求)|议定事项)")
_ANNEX = lazily(r"附\s?件\s?[0-9一二三四五六七八九十]{0,3}")
_IMPRINT = lazily(r"(?:抄送|抄报|主送|分送|发送)\s?[:：]")
_NOTE = lazily(r"(?:注|填表说明|备注|说明|附注|联系人|联系电话|监督电话)\s?[:：]")
_NUMBER = lazily(r"第\s?[0-9一二三四五六七八九十]{1,4}\s?[期次号]|〔(?:19|20)[0-9]{2}〕")
_CLOCK = lazily(r"\s?(?:[（(]?(?:星期|周)[一二三四五六日天][）)]?)?\s?[T,，|]?\s?[0-2]?[0-9][:：][0-5][0-9]")
_CLOCK_BEFORE = lazily(r"[0-2]?[0-9][:：][0-5][0-9](?:[:：][0-5][0-9])?\s?[|·]?\s?$")
_WEEKDAY = lazily(r"\s?[（(]?(?:星期|周|礼拜)[一二三四五六日天]")
_MET_ON = lazily(r"会(?:议)?(?:定)?[于在]\s?$")
_DAY_ONLY = lazily(
    r"[\s0-9一二三四五六七八九十:：半时点分许上下中午晚夜早星期周日天月、和至到~（()）—–-]{0,24}(?:$|[在于])"
)
"""What may stand between the day of a meeting and the rest of its sentence: 下午3时, （星期二）, 至19日, 在…会议室."""
_MET_THEN = lazily(r"\s?(?:召开|举行)的")
_THIS = lazily(r"本(?:协议|合同)")
_SIGNS = lazily(r"[^，。；]{0,14}(?:签订|订立|签署|签约)(?!的|了|《|原)")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line: its page, its place on it, its normal form, the words as they stand, how surely they were read, and how
    surely a date in a form must be.
    """

    page: int
    at: int
    text: str
    raw: str
    confidence: float = 1.0
    least: float = _SURE


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands before and after a date: in its line up to the next date, in its clause, in its sentence."""

    before: str
    after: str
    clause: tuple[str, str]
    sentence: tuple[str, str]


def read_dates(pages: Sequence[Page], kind: KindRule | None, rules: DateRules) -> list[FoundDate]:
    """Return every date and every place for one in reading order, each with its role on a paper of ``kind``."""
    rows = _rows(pages)
    paper = _Paper(rows, kind, words_of(rules))
    found: list[FoundDate] = []
    captions: list[int] = []
    witnessed: list[int] = []
    for number, row in enumerate(rows):
        written = written_in(row.text)
        for which, one in enumerate(written):
            before = row.text[written[which - 1].end if which else 0 : one.start]
            after = row.text[one.end : written[which + 1].start if which + 1 < len(written) else None]
            role = paper.role(number, one, before, after)
            least = row.least if role is DateRole.BLOCK else _READ
            iso = one.iso if row.confidence >= least else ""
            if role is DateRole.MEETING and paper.is_caption(number, one, before, after):
                captions.append(len(found))
            if role is DateRole.SIGNED and paper.is_witnessed(number, before):
                witnessed.append(len(found))
            found.append(FoundDate(iso, row.page, _quoted(row, one), number, role))
    found = _unless_told(found, captions, DateRole.ISSUED)
    return _unless_told(found, witnessed, DateRole.EVENT)


def _unless_told(found: list[FoundDate], weak: Sequence[int], other: DateRole) -> list[FoundDate]:
    """What only its place speaks for keeps its role where nothing else has it, else it is an ``other``: a date under
    the title (题注) is the meeting's where nothing else says when it met, one beside a witness is the parties' where
    they have no place of their own.
    """
    for at in weak:
        role = found[at].role
        if any(one.role is role for which, one in enumerate(found) if which not in weak):
            found[at] = replace(found[at], role=other)
    return found


def _rows(pages: Sequence[Page]) -> list[_Row]:
    """The lines, a date that breaks over two of them in one."""
    rows: list[_Row] = []
    for page in pages:
        for at, line in enumerate(page.lines):
            text, raw = _typed(normal(line.text).strip()), line.text.strip()
            last = rows[-1] if rows else None
            if last is not None and _broken(last.text, text):
                least, read = max(last.least, _least(page, line)), min(last.confidence, line.confidence)
                rows[-1] = replace(
                    last, text=last.text + text, raw=last.raw + raw, confidence=read, least=least
                )
                text = raw = ""
            rows.append(_Row(page.number, at, text, raw, line.confidence, _least(page, line)))
            if len(rows) >= _MOST_ROWS:
                return rows
    return rows


def _least(page: Page, line: Line) -> float:
    """How surely a date in a form must be read: more so under a seal."""
    box = line.box
    covered = box is not None and any(
        min(box[2], seal.box[2]) > max(box[0], seal.box[0])
        and min(box[3], seal.box[3]) > max(box[1], seal.box[1])
        for seal in page.seals
    )
    return _SEALED if covered else _SURE


def _typed(text: str) -> str:
    """Commas and semicolons as Chinese is printed, also where they were typed otherwise; figures keep theirs."""
    return _COMMA.sub("，", text).replace(";", "；")


def _broken(one: str, other: str) -> bool:
    """Whether a date begins at the end of one line and ends at the beginning of the next."""
    if not one or not _OPEN_END.search(one) or not _REST.match(other):
        return False
    tail, rest = one[-14:], other[:10]
    return any(part.whole and part.start < len(tail) < part.end for part in written_in(tail + rest))


def _quoted(row: _Row, one: Written) -> str:
    """The words about a date as they stand on the page."""
    if len(row.raw) <= 60:
        return row.raw
    share = len(row.raw) / max(1, len(row.text))
    begin = max(0, int(one.start * share) - 20)
    return row.raw[begin : begin + 60]


class _Paper:
    """The lines of one document and what is where on it."""

    def __init__(self, rows: Sequence[_Row], kind: KindRule | None, words: Words) -> None:
        self.rows, self.kind, self.words = rows, kind, words
        self.meeting = kind is None or kind.meeting or kind.attaches
        prose = [at for at, row in enumerate(rows) if self._is_prose(row.text)]
        self.first_prose = prose[0] if prose else len(rows)
        self.last_prose = prose[-1] if prose else -1
        self.body = next((at for at, row in enumerate(rows) if _BODY.match(row.text)), len(rows))
        self.annex = next((at for at, row in enumerate(rows) if self._begins_annex(at, row)), len(rows))
        half = len(rows) // 2
        self.imprint = next(
            (at for at, row in enumerate(rows) if at > half and _IMPRINT.match(row.text)), len(rows)
        )
        self.stamps = [
            at for at, row in enumerate(rows) if words.stamped(row.text) and not self._is_prose(row.text)
        ]

    def role(self, at: int, one: Written, before: str, after: str) -> DateRole:
        """The role of the date ``one`` in row ``at``, between ``before`` and ``after``."""
        around = self._around(at, one, before, after)
        stands = self._stands(before, after)
        role = self._stamped(at, one, around, stands) or self._labelled(at, around)
        if role is None and around.clause[0].count("《") > around.clause[0].count("》"):
            role = DateRole.LAW
        role = role or self._signing(around) or self._followed(at, around)
        if role is None and not stands:
            role = self.words.clause(*around.clause) or self._held(at, around)
        if role is None:
            role = self._standing(at, one, before) if stands else DateRole.EVENT
        return role

    def is_caption(self, at: int, one: Written, before: str, after: str) -> bool:
        """Whether a date stands for itself between title and body, without a label (题注)."""
        unlabelled = not self.words.plain(before) and self.words.label(before) is None
        above = self._label_above(at, self._around(at, one, before, after))
        return unlabelled and above is None and self._heads(at) and self._stands(before, after)

    def is_witnessed(self, at: int, before: str) -> bool:
        """Whether a date stands beside or under who is none of the parties (鉴证)."""
        return any(
            self.words.witness(text)
            for text in (before, *(row.text for row in self.rows[max(0, at - 2) : at]))
        )

    def _heads(self, at: int) -> bool:
        return at < min(self.first_prose, self.body)

    # -- by words --------------------------------------------------------------------------------------------------

    def _stamped(self, at: int, one: Written, around: _Around, stands: bool) -> DateRole | None:
        """A camera's or an app's: by its words, a time of day that no meeting has, a day of the week standing alone."""
        text = self.rows[at].text
        if at in self.stamps:
            return DateRole.STAMP
        near = any(abs(at - other) <= _NEAR_STAMP for other in self.stamps)
        clock = _CLOCK.match(around.after) or _CLOCK_BEFORE.search(around.before)
        if near and (clock or (stands and not self._supported(at) and not _worded(text, one))):
            return DateRole.STAMP
        label = self.words.label(around.before) or (self.words.plain(around.before) and DateRole.MEETING)
        goes_on = len(around.after.strip()) > len("星期二 15:22:10")  # what the next line says is of no stamp
        meets = goes_on and self.words.meets(around.sentence[1])
        told = label or meets or self._label_above(at, around) is not None
        if not told and (clock or (stands and _WEEKDAY.match(around.after))):
            return DateRole.STAMP
        return None

    def _labelled(self, at: int, around: _Around) -> DateRole | None:
        before = around.before
        role = self.words.label(before)
        if role is not None or not before.strip(" :：（("):
            return role or self._label_above(at, around)
        if self.words.unknown(before) and not self.words.plain(before):
            return DateRole.EVENT
        return self._plainly(at) if self.words.plain(before) else None

    def _label_above(self, at: int, around: _Around) -> DateRole | None:
        """The label in a cell or line before a date that begins its own."""
        if at == 0 or around.before.strip(" :：（("):
            return None
        above = self.rows[at - 1].text
        if not above or (len(above) > 12 and above[-1] not in ":：") or _PROSE.search(above):
            return None
        role = self.words.label(above)
        return role if role is not None else self._plainly(at) if self.words.plain(above) else None

    def _plainly(self, at: int) -> DateRole:
        """日期： and 时间： say that it is the paper's own: of a meeting at its head, else the one its kind has."""
        kind = self.kind
        if self.meeting and at < _HEAD and at <= self.first_prose + 1:
            return DateRole.MEETING
        if kind is None:
            return DateRole.MADE
        return DateRole.BLOCK if kind.form else DateRole.SIGNED if kind.parties else DateRole.MADE

    def _signing(self, around: _Around) -> DateRole | None:
        """甲乙双方于2018年5月20日签订本合同: but not what was signed then and is another paper."""
        before, after = around.sentence
        if _SIGNS.match(after) and (_THIS.search(before[-20:]) or _THIS.search(after[:24])):
            return DateRole.SIGNED
        return None

    def _followed(self, at: int, around: _Around) -> DateRole | None:
        """By what stands directly behind it; 18日至19日 of a meeting is no term."""
        role = self.words.behind(around.clause[1])
        return self._held(at, around) or role if role is DateRole.TERM else role

    def _held(self, at: int, around: _Around) -> DateRole | None:
        """The sentence at the head that tells when the meeting was held."""
        if not self.meeting or at >= _HEAD or at > self.body:
            return None
        before, after = around.sentence
        if self._begins_record(at, around):
            return DateRole.MEETING
        if _MET_ON.search(before) or (_MET_THEN.match(after) and self._announced(at)):
            return DateRole.MEETING
        day = re.split(r"[，,]", after)[0]
        own = _DAY_ONLY.match(day) or self.words.meets(day)
        return DateRole.MEETING if own and self.words.meets(after) else None

    def _announced(self, at: int) -> bool:
        """Whether the sentence goes on to what was decided there: 11月20日召开的党委会议，…，现将决定事项通知如下."""
        following = "".join(row.text for row in self.rows[at : at + _ANNOUNCED])
        return self.words.announces(re.split(r"[。；;！？]", following)[0])

    def _begins_record(self, at: int, around: _Around) -> bool:
        """Whether a record's line under its title begins with the day and goes on with the place (村)."""
        record = self.kind is not None and not self.kind.issued
        alone = not around.before.strip() and len(around.after) <= _SHORT and not _PROSE.search(around.after)
        return record and alone and self._heads(at) and at <= _CAPTION

    def _under_title(self, at: int, one: Written) -> bool:
        """Whether a date alone stands directly under the title: that of issue stands with who issued it, or the number."""
        if not 0 < at <= _CAPTION or len(self.rows[at].text) > one.end - one.start:
            return False
        above, below = self.rows[at - 1].text, self.rows[at + 1].text if at + 1 < len(self.rows) else ""
        title = "".join(row.text for row in self.rows[max(0, at - 2) : at])  # it may be set in two lines
        meets = self.words.meets(title) and not self._named(above)
        titled = meets and len(above) <= 2 * _SHORT and not _NUMBER.search(title)
        return titled and not self._named(below) and not _NUMBER.search(below)

    def _around(self, at: int, one: Written, before: str, after: str) -> _Around:
        row = self.rows[at].text
        left, right = row[: one.start][-120:], row[one.end :][:160]
        if len(left) < 12 and at and self._flows(at - 1):
            left = self.rows[at - 1].text[-60:] + left
        if (
            len(right) < 40
            and at + 1 < len(self.rows)
            and (right.strip() or self._is_prose(self.rows[at + 1].text))
        ):
            right += self.rows[at + 1].text[:80]
        sentence = re.split(r"[。；;！？]", left)[-1], re.split(r"[。；;！？]", right)[0]
        clause = re.split(r"[，,：:]", sentence[0])[-1], re.split(r"[，,]", sentence[1])[0]
        return _Around(before, after, clause, sentence)

    def _flows(self, at: int) -> bool:
        """Whether a line goes on in the next: long, and not at the end of a sentence."""
        text = self.rows[at].text
        return len(text) >= 12 and text[-1] not in "。；：:！？;"

    # -- by place --------------------------------------------------------------------------------------------------

    def _stands(self, before: str, after: str) -> bool:
        """Whether a date stands for itself: alone, behind a label, a body's name or a word beside which papers are dated."""
        left, right = before.strip(" （("), after.strip(" )）。")
        if self.words.apart(before.rstrip(" （(")) and (not right or after[0] in " （("):
            return True
        if _PROSE.search(left) or _PROSE.search(right) or len(left) > _SHORT or len(right) > _SHORT:
            return False
        words = self.words
        fits = not left or left[-1] in ":：)）" or words.beside(left) or words.body(left)
        fits = fits or (before[-1:] == " " and left[-1] not in "于自至从到在每")
        return fits and (not right or after[0] in " (（" or words.headed(right))

    def _standing(self, at: int, one: Written, before: str) -> DateRole:
        kind = self.kind
        if kind is not None and kind.form:
            return self._in_form(at, one, before)
        if at >= self.imprint:
            return DateRole.ISSUED
        if at >= self.annex:
            return DateRole.EVENT
        tail, supported = at > self.last_prose, self._supported(at) or self._named(before)
        if kind is not None and kind.meeting and self._heads(at):
            caption = before.strip() in ("(", "（") or self._under_title(at, one)
            return DateRole.MEETING if caption or not kind.issued else DateRole.ISSUED
        own = DateRole.SIGNED if kind is not None and kind.parties else DateRole.MADE
        if supported or (tail and _worded(self.rows[at].text, one)):
            return own
        cover = kind is not None and not kind.parties and at < self.first_prose
        return own if cover and _worded(self.rows[at].text, one) else DateRole.EVENT

    def _in_form(self, at: int, one: Written, before: str) -> DateRole:
        """A part's date; of what lacks its end only beside a seal: 建设年度 2018年5月 is none."""
        text = self.rows[at].text[one.start : one.end]
        if one.whole or (text.endswith("日") and "年" in text):
            return DateRole.BLOCK
        beside = self.words.beside(before) or any(
            self.words.beside(row.text) for row in self.rows[max(0, at - 2) : at]
        )
        return DateRole.BLOCK if beside else DateRole.EVENT

    def _supported(self, at: int) -> bool:
        """Whether a body's name or a place to sign stands close above."""
        above = self.rows[max(0, at - _SUPPORT) : at]
        return any(self._named(row.text) for row in above)

    def _named(self, text: str) -> bool:
        short = text.strip()
        if not short or len(short) > 2 * _SHORT or _PROSE.search(short):
            return False
        return self.words.body(short) or self.words.beside(short) or self.words.headed(short)

    def _begins_annex(self, at: int, row: _Row) -> bool:
        return (
            at > 5 and row.at < 3 + 99 * (row.page == self.rows[0].page) and bool(_ANNEX.fullmatch(row.text))
        )

    def _is_prose(self, text: str) -> bool:
        if _IMPRINT.match(text) or _NOTE.match(text):
            return False
        return "。" in text or "；" in text or ("，" in text and len(text) >= 16)


def _worded(text: str, one: Written) -> bool:
    """Whether a date is written with 年 and 月, as papers are dated, not as clocks and cameras write it."""
    return "年" in text[one.start : one.end]
