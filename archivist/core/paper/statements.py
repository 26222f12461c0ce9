"""What a paper says, sentence by sentence (语句), lines that were broken for want of room put together again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archivist.core.page import Line, Page
from archivist.core.paper.stacking import stacked
from archivist.core.patterns import lazily

ENDS = "。！？；：!?;:…"
_HEADING = lazily(
    r"\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[（(][一二三四五六七八九十0-9]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[条项]"
    r"|[0-9]{1,2}\s*[.．、](?![0-9])|[①-⑳]|附[件：:])"
)
_TOPIC = lazily(r"\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[（(][一二三四五六七八九十]{1,3}[）)])")
_LABEL = lazily(r"\s*[一-龥]{2,12}\s{0,2}[：:]")
_PAGE_NUMBER = lazily(r"[\s—－\-·第共页/／]*[0-9]{0,3}[\s—－\-·第共页/／0-9]*")
_SPACED = lazily(r"(?<=[一-龥，。；：、“”（）0-9])\s+(?=[一-龥，。；：、“”（）0-9])")
_SENTENCE = lazily(r"[^。！？；!?;]{1,600}[。！？；!?;]?[”’』」]?")
_LEAST_FULL = 20
_MOST_QUOTE = 120
_MOST_PARAGRAPH = 6000


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence.

    Attributes:
        text: without the blanks of the layout. page: where it begins, 1-based.
        topic: the words of the numbered heading (一、…) it stands under, its own when it begins with one; "" above them.
        speaker: who says it, where the paragraph begins with somebody's name (张某：…); "" otherwise.
        paragraph: which paragraph it is of, counted from 0.
    """

    text: str
    page: int
    topic: str = ""
    speaker: str = ""
    paragraph: int = 0

    @property
    def quote(self) -> str:
        """Its words, shortened for people."""
        return short(self.text)


_WIDE = {ord(wide): plain for wide, plain in zip("０１２３４５６７８９％", "0123456789%", strict=True)}


def short(words: str) -> str:
    """Words as a quote: of one line and not too long."""
    told = " ".join(words.split())
    return told if len(told) <= _MOST_QUOTE else f"{told[: _MOST_QUOTE - 2]}……"


@dataclass(frozen=True, slots=True)
class Measure:
    """How wide a page's text runs: its right edge and a character's width, or the longest line's characters."""

    right: float
    char: float
    longest: int

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Measure:
        """Measure a page."""
        boxes = [(line.box, len(line.text.strip())) for line in lines if line.box is not None]
        widths = sorted((box[2] - box[0]) / count for box, count in boxes if count >= 4)
        return cls(
            max((box[2] for box, _ in boxes), default=1.0),
            widths[len(widths) // 2] if widths else 0.03,
            max((len(line.text.strip()) for line in lines), default=0),
        )

    def full(self, line: Line) -> bool:
        """Whether a line runs to the right edge, so that its sentence may go on below."""
        count = len(line.text.strip())
        if line.box is None:
            return count >= _LEAST_FULL and count >= 0.85 * self.longest
        return count >= 8 and line.box[2] >= self.right - 2.2 * self.char


def ended(text: str) -> bool:
    """Whether a line ends its sentence."""
    bare = text.rstrip()
    if bare.endswith(("：", ":")) and bare.count("（") + bare.count("(") > bare.count("）") + bare.count(")"):
        return False  # （项目编号：
    return bare.rstrip("”’』」）)").endswith(tuple(ENDS))


def _hangs(text: str) -> bool:
    """Whether a line cannot be the end of a paragraph, however short it is: it ends in a comma or within brackets."""
    bare = text.rstrip()
    opened = bare.count("（") + bare.count("(") - bare.count("）") - bare.count(")")
    return bare.endswith(("，", "、", ",")) or opened > 0


def continues(before: Line, line: Line, measure: Measure) -> bool:
    """Whether ``line`` is the rest of a sentence that ``before``, the line above it, began."""
    if ended(before.text) or _HEADING.match(line.text):
        return False
    if not measure.full(before) and not _hangs(before.text):
        return False
    if line.box is None or before.box is None:
        return not (_TOPIC.match(before.text) and not re.search(r"[，。；：（]", before.text))
    gap, height = line.box[1] - before.box[3], before.box[3] - before.box[1]
    return gap <= 1.6 * height and line.box[0] <= before.box[0] + 4 * measure.char


def statements(pages: Sequence[Page]) -> tuple[Statement, ...]:
    """Return the sentences of ``pages`` in reading order."""
    found: list[Statement] = []
    topic = ""
    for number, (text, page) in enumerate(_paragraphs(pages)):
        plain = _SPACED.sub("", text.strip().translate(_WIDE))
        if _TOPIC.match(plain):
            topic = plain[:80]
        speaker = spoken_by(plain)
        for match in _SENTENCE.finditer(plain[:_MOST_PARAGRAPH]):
            if sentence := match.group().strip():
                found.append(Statement(sentence, page, topic, speaker, number))
    return tuple(found)


_SPEAKER = lazily(
    r"(?:[（(][^）)]{1,10}[）)])?([一-龥·×某]{2,4})(?:[（(][^）)]{1,14}[）)])?\s?(?:同志|主任|书记|代表)?[：:]"
)
_NO_NAME = lazily(
    r"会议|决[议定]|议[定题程]|表决|结[论果]|情况|意见|时间|地点|主持|记录|出席|列席|缺席|参会|到会|应到|实到|同意|反对|弃权|赞成"
    r"|日期|附件|项目|内容|事项|原因|资产|债[权务]|资金|单位|甲方|乙方|丙方|建议|措施|要求|批复|散会|签[字名]|请假|人数|公示|认定|通过|票"
)


def spoken_by(paragraph: str) -> str:
    """Return who speaks in a paragraph that begins with a name and a colon; "" when nobody does."""
    match = _SPEAKER.match(paragraph)
    return match.group(1) if match and not _NO_NAME.search(match.group(1)) else ""


def _paragraphs(pages: Sequence[Page]) -> Iterator[tuple[str, int]]:
    """The paragraphs with the page each begins on; a table's row is one, its cells parted by blanks."""
    held, at = "", 0
    last: tuple[Line, Measure] | None = None
    for page in pages:
        measure = Measure.of(page.lines)
        for row, column in stacked(page.lines, _may_go_on):
            if len(row) > 1 or column:
                if held:
                    yield held, at
                held, last = "", None
                yield ("" if column else "  ").join(line.text.strip() for line in row), page.number
                continue
            line = row[0]
            if not line.text.strip() or _PAGE_NUMBER.fullmatch(line.text):
                continue
            if last is not None and held and _goes_on(last, line, measure):
                held += line.text.strip()
            else:
                if held:
                    yield held, at
                held, at = line.text.strip(), page.number
            last = (line, measure)
        if last is not None:
            last = (
                (Line(last[0].text, None), Measure(1.0, 0.03, len(last[0].text.strip())))
                if (last[1].full(last[0]))
                else (Line("。"), measure)
            )
    if held:
        yield held, at


def _goes_on(last: tuple[Line, Measure], line: Line, measure: Measure) -> bool:
    before, its = last
    if _LABEL.match(line.text) and not line.text.lstrip().startswith(("其中", "但")):
        return False
    if before.box is None or line.box is None:
        return continues(before, Line(line.text), its)
    return continues(before, line, measure)


def _may_go_on(before: Line, line: Line) -> bool:
    return not ended(before.text) and not _HEADING.match(line.text) and not _LABEL.match(line.text)


def wrapped(lines: Sequence[Line]) -> frozenset[int]:
    """Which lines are the rest of the sentence above them, by their place in ``lines``."""
    measure = Measure.of(lines)
    return frozenset(
        at for at, (before, line) in enumerate(pairwise(lines), start=1) if continues(before, line, measure)
    )
