"""Is a document (件) signed (签字)? Decided at the places that ask for a name, which the rules name as data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archivist.core.model import Box, Seen, SignaturePlace, TextSource
from archivist.core.page import Line, Page
from archivist.core.paper.unlabelled import meet, stacked, together, unlabelled
from archivist.core.patterns import lazily
from archivist.core.rules import SignatureRules

_HEAD_SHARE = 0.35
_REACH = 0.42
_NAME = r"[一-龥·]{2,4}"
_NAMES = lazily(rf"{_NAME}(?:[\s、，,；;]*{_NAME})*")
_DATE = lazily(
    r"[\d〇○一二三四五六七八九十]*\s*年?\s*[\d一二三四五六七八九十]*\s*月\s*[\d一二三四五六七八九十]*\s*日?|\d[\d./-]*"
)
WRITTEN, DOUBTFUL = 0.99, 0.2
"""From which sureness on ink is a hand's (手写), and from which on somebody should look."""
_UNDER_SEAL = 0.98
_NAME_WIDE, _NAME_SHAPE, _WITHIN = 0.05, 1.7, 0.6
"""How wide a name is, how much wider than high (as shares of the page), and how much of it stands where it is asked for."""
_TALL, _WIDE = 0.075, 0.1
NAME_STAMP = "square"
"""The shape of a person's stamp (私章): it signs as a hand does."""
_LETTERS = lazily(r"[一-龥A-Za-z]")
_SENTENCE = lazily(r"[，。；]")


def signed(places: Sequence[SignaturePlace], parties: bool) -> Seen:
    """Tell whether the document that asks for names at ``places`` is signed.

    YES if a place that asks for a name has ink; NO if such places are there and all are empty; UNKNOWN otherwise.
    Of what is made between ``parties`` (协议) and signed by one side only a person must judge.
    """
    answers = [place.seen for place in places]
    if Seen.YES in answers:
        half = parties and answers.count(Seen.YES) == 1 and Seen.NO in answers
        return Seen.UNKNOWN if half else Seen.YES
    return Seen.NO if answers and set(answers) == {Seen.NO} else Seen.UNKNOWN


def signature_places(
    pages: Sequence[Page], kind: str | None, rules: SignatureRules
) -> tuple[SignaturePlace, ...]:
    """Return the places on ``pages`` that ask for a name, in reading order.

    A label such as 记录人： asks for a signature only behind the body of a document and never in minutes (纪要): at
    their head it introduces a typed name.
    """
    ask = _patterns(rules)
    total = sum(len(page.lines) for page in pages)
    found: list[SignaturePlace] = []
    before = 0
    for read in pages:
        page, pitch = stacked(read, ask.strong), _pitch(read)
        for at in range(len(page.lines)):
            late = kind not in rules.strict_kinds and before + at >= _HEAD_SHARE * total
            found += _Spot(page, at, ask, rules, pitch).places(late)
        before += len(page.lines)
    if kind in rules.unlabelled_kinds and pages and all(place.seen is not Seen.YES for place in found):
        found += unlabelled(pages)
    return tuple(found)


def _pitch(page: Page) -> float:
    wide = sorted(
        (line.box[2] - line.box[0]) / (weight(line.text) or 1.0)
        for line in page.lines
        if line.box is not None and len(line.text) >= 10
    )
    return wide[len(wide) // 2] if wide else 0.0


@dataclass(frozen=True, slots=True)
class _Patterns:
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    noise: re.Pattern[str]


@lru_cache(maxsize=4)
def _patterns(rules: SignatureRules) -> _Patterns:
    """``strong``: words that ask for a signature; ``weak``: people who sign; ``noise``: what stands beside names."""
    marks, people = _either(rules.marks), _either(rules.people)
    tail = r"(?:\s*[（(][^）)]{0,8}[）)])?"
    strong = rf"[^，。；：:、\s]{{0,16}}?(?:{marks})(?:[、或并及]?\s*(?:盖章|按手印|捺印))?\s*[）)]?{tail}\s*(?:[：:]|$)"
    weak = rf"(?:^|(?<=[\s　_＿）)]))(?:{people}){tail}\s*[：:]"
    return _Patterns(re.compile(strong), re.compile(weak), re.compile(_either(rules.beside)))


def _either(words: Iterable[str]) -> str:
    """Any of ``words``, longest first, with whatever spaces between their characters."""
    spaced = (r"\s*".join(map(re.escape, word)) for word in sorted(words, key=len, reverse=True))
    return "|".join(spaced) or r"(?!)"


@dataclass(frozen=True, slots=True)
class _Spot:
    """One line of a page, asked what it asks for."""

    page: Page
    at: int
    ask: _Patterns
    rules: SignatureRules
    pitch: float = 0.0

    def places(self, late: bool) -> Iterator[SignaturePlace]:
        line = self.page.lines[self.at]
        labels = self._labels(line.text, late)
        for number, (label, start, end) in enumerate(labels):
            last = number + 1 == len(labels)
            stop = len(line.text) if last else labels[number + 1][1]
            words = self._words(line.text[end:stop])
            spans = (start, end, stop)
            if words:
                many = any(word in label for word in self.rules.lists)
                seen: Seen | None = self._typed(fields_of(line, spans, False, self.pitch)[: 1 + many], many)
            else:
                seen = self._looked_for(line, label, spans)
            if seen is not None:
                yield SignaturePlace(self.page.number, label, seen, line.text[:40])

    def _labels(self, text: str, late: bool) -> list[tuple[str, int, int]]:
        """(label, start, end) of what asks for names; a sentence that speaks of signing asks for none."""
        hits = [match for match in self.ask.strong.finditer(text) if not _in_sentence(text, match)]
        if late:
            hits += [
                match
                for match in self.ask.weak.finditer(text)
                if all(match.end() <= hit.start() or match.start() >= hit.end() for hit in hits)
            ]
        spans = sorted((match.start(), match.end()) for match in hits if match.group().strip())
        return [(text[start:end].strip(" ：:　"), start, end) for start, end in spans]

    def _words(self, text: str) -> str:
        """What of ``text`` could be a name: without dates, and without what is printed beside names."""
        rest = self.ask.noise.sub("", _DATE.sub("", text))
        return rest if _LETTERS.search(rest) else ""

    def _typed(self, fields: Sequence[Box], many: bool) -> Seen:
        """Words behind a label: did a hand write them? A printed name signs nothing; native text is typed."""
        if self.page.text_source is TextSource.NATIVE or self.page.hands is None:
            return Seen.UNKNOWN
        return self._inked(fields, many) or (Seen.UNKNOWN if any(map(self._covered, fields)) else Seen.NO)

    def _inked(self, fields: Sequence[Box], many: bool) -> Seen | None:
        """What ink in ``fields`` says: a hand's or a name stamp's, perhaps one; None where there is none of it."""
        hands = [(hand, field) for hand in self.page.hands or () for field in fields if meet(hand.box, field)]
        # What is left of a seal where it was taken off the print looks like a stroke of ink, but not like a name.
        found = [
            min(hand.sure, _UNDER_SEAL)
            if self._under_seal(hand.box) and not _name_shaped(hand.box, field)
            else hand.sure
            for hand, field in hands
        ]
        stamped = any(
            mark.shape == NAME_STAMP and meet(mark.box, field) for mark in self.page.seals for field in fields
        )
        dark = any(map(self._covered, fields))
        if many and together([hand.sure for hand, _ in hands]) and not dark:
            return Seen.YES
        if stamped or (max(found, default=0.0) >= WRITTEN and not dark):
            return Seen.YES
        return Seen.UNKNOWN if max(found, default=0.0) >= DOUBTFUL else None

    def _looked_for(self, line: Line, label: str, spans: tuple[int, int, int]) -> Seen | None:
        """Look beside (and for lists below) a label with nothing behind it; None: it only heads other labels."""
        heading = _bare(label, self.rules)
        many = heading or any(word in label for word in self.rules.lists)
        if line.box is None:
            return Seen.UNKNOWN if many and self._names_follow() else self._empty(heading)
        beside, below = fields_of(line, spans, heading, self.pitch)
        row = [other for other in self._others(beside) if not self._labels(other.text, late=True)]
        if heading and len(row) < len(self._others(beside)):
            return None
        fields = [beside, below] if many else [beside]
        if any(self._name_like(other.text) for other in (*row, *(self._others(below) if many else ()))):
            return self._typed(fields, many)
        inked = self._inked(fields, many)
        if inked is not None:
            return inked
        if self.page.hands is None and any(meet(one, field) for one in self.page.strokes for field in fields):
            return Seen.UNKNOWN
        return Seen.UNKNOWN if any(map(self._covered, fields)) else self._empty(heading)

    def _empty(self, heading: bool) -> Seen:
        """An empty place: certain on an image; on native text unless pictures lie on the page or cells run on."""
        native = self.page.text_source is TextSource.NATIVE
        return Seen.UNKNOWN if native == self.page.looked or (native and heading) else Seen.NO

    def _under_seal(self, box: Box) -> bool:
        """Whether ink lies where a seal is, or where something of a seal's size and shape is that may be one's copy."""
        seals = [mark.box for mark in self.page.seals if mark.shape != NAME_STAMP]
        return any(meet(box, other) for other in (*seals, *self._rings()))

    def _rings(self) -> list[Box]:
        """Ink as tall and wide as a seal: no name is."""
        boxes = [hand.box for hand in self.page.hands or ()]
        return [box for box in boxes if box[3] - box[1] >= _TALL and box[2] - box[0] >= _WIDE]

    def _covered(self, field: Box) -> bool:
        return any(mark.ink == "dark" and meet(mark.box, field) for mark in self.page.seals)

    def _others(self, field: Box) -> list[Line]:
        own = self.page.lines[self.at]
        return [line for line in self.page.lines if line is not own and line.box and meet(line.box, field)]

    def _name_like(self, text: str) -> bool:
        words = self._words(text)
        return (
            bool(words) and len(words) <= 24 and not _SENTENCE.search(text) and not self._labels(text, True)
        )

    def _names_follow(self) -> bool:
        following = self.page.lines[self.at + 1 : self.at + 2]
        return any(_NAMES.fullmatch(line.text.strip()) for line in following)


def _in_sentence(text: str, match: re.Match[str]) -> bool:
    """A line that wraps at 签字 is prose if it is long before it and no colon follows."""
    asked = match.group().rstrip()
    return not asked.endswith(("：", ":")) and (match.start() > 0 or len(asked) > 12)


def _bare(label: str, rules: SignatureRules) -> bool:
    """Whether a label is a table's heading: nothing but the word for signing."""
    return re.sub(r"[\s（）()]", "", label) in rules.marks


def weight(text: str) -> float:
    """How wide a text is, in characters of full width."""
    return sum(0.5 if ord(char) < 0x2E80 else 1.0 for char in text)


def fields_of(line: Line, spans: tuple[int, int, int], heading: bool, pitch: float) -> tuple[Box, Box]:
    """The fields right of a label (up to the next label of its line, else a good part of the page) and below it.

    ``spans`` are the offsets in the line's text where the label starts, where it ends and where the next begins;
    ``pitch`` is the width of a character in the page's longer lines, 0 if not known.
    """
    left, top, right, bottom = line.box or (0.0, 0.0, 0.0, 0.0)
    whole = weight(line.text) or 1.0
    wide = (right - left) / whole
    # A box that reaches far beyond what was read in it holds ink that was not.
    wide = min(wide, 1.05 * pitch) if pitch else wide
    start, end, stop = (left + wide * weight(line.text[:at]) for at in spans)
    stop = max(stop, right) if spans[2] == len(line.text) else stop
    half = (bottom - top) / 2
    until = min(end + _REACH, 1.0) if spans[2] == len(line.text) else stop
    below = (
        (start - 0.04, bottom, end + 0.08, bottom + 0.2)
        if heading
        else (left - 0.05, bottom, 1.0, bottom + 0.09)
    )
    return (end, top - half, until, bottom + half), below


def _name_shaped(box: Box, field: Box) -> bool:
    """Whether ink is as wide for its height as a name is, and within the place for it."""
    wide, high = box[2] - box[0], box[3] - box[1]
    return wide >= _NAME_WIDE and wide >= _NAME_SHAPE * high and meet(box, field, _WITHIN)
