"""Facts read out of a document for later checks (项目名称, 资金, 表决, 甲方 …), each with its page and its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from archivist.core.model import Fact
from archivist.core.page import Line, Page
from archivist.core.rules import FactRule

_MOST_QUOTE = 80
_SEPARATOR = r"\s*[：:]?\s*"
_MONEY = re.compile(r"([0-9][0-9,，]*(?:[.．][0-9]+)?)\s*(万元|万|元)")
_NUMBER = re.compile(r"([一-龥]{2,14}[〔\[［【(（](?:19|20)[0-9]{2}[〕\]］】)）]\s*第?\s*[0-9]+\s*号)")
_BARE_NUMBER = re.compile(r"([〔\[［【](?:19|20)[0-9]{2}[〕\]］】]\s*第?\s*[0-9]+\s*号)")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9\-—－_/.]{3,30}")
_EMPTY_BOX = "□☐口囗▢"
_NEXT_LABEL = re.compile(r"\s{2,}|[（(]?(?:以下简称|盖章|签字|公章)|[，。；;]")


def read_facts(kind: str | None, pages: Sequence[Page], rules: Sequence[FactRule]) -> tuple[Fact, ...]:
    """Return the facts found, at most one a rule: the first that can be read."""
    found = []
    for rule in rules:
        if rule.kinds and kind not in rule.kinds:
            continue
        fact = _first(rule, pages)
        if fact is not None:
            found.append(fact)
    return tuple(found)


def _first(rule: FactRule, pages: Sequence[Page]) -> Fact | None:
    reader = _READERS[rule.form]
    for page in pages:
        for at, line in enumerate(page.lines):
            value = reader(rule, page.lines, at)
            if value:
                return Fact(rule.name, value, page.number, line.text.strip()[:_MOST_QUOTE])
    return None


def _after_label(rule: FactRule, text: str) -> str | None:
    """The words behind the first label in a line, or None when the line has none."""
    for label in rule.labels:
        match = _label(label).search(text) if label[:1] in text else None
        if match:
            return text[match.end() :]
    return None


@lru_cache(maxsize=1024)
def _label(label: str) -> re.Pattern[str]:
    spaced = r"\s*".join(map(re.escape, label))
    return re.compile(rf"{spaced}(?:[（(][^）)]*[）)])?{_SEPARATOR}")


@lru_cache(maxsize=1024)
def _counted(label: str) -> re.Pattern[str]:
    """A label and the number behind it. 不同意 is no vote for; 同意的 begins a sentence."""
    return re.compile(
        rf"(?<!不){re.escape(label)}[^0-9一-龥]{{0,3}}(?:的?(?:有|为|人数)?)?\s*[：:]?\s*([0-9]{{1,4}})\s*[人户票名位]?"
    )


def _text(rule: FactRule, lines: Sequence[Line], at: int) -> str | None:
    words = _after_label(rule, lines[at].text)
    if words is None:
        return None
    if not words.strip():
        words = _beside(lines, at)
    value = _NEXT_LABEL.split(words.strip(), maxsplit=1)[0].strip(" ：:“”\"'《》")
    return value if len(value) >= 2 else None


def _beside(lines: Sequence[Line], at: int) -> str:
    """The words in the cell right of a label: the nearest line on the same height."""
    box = lines[at].box
    if box is None:
        return lines[at + 1].text if at + 1 < len(lines) else ""
    middle = (box[1] + box[3]) / 2
    right = [
        (other.box[0], other.text)
        for other in lines
        if other.box is not None and other.box[1] <= middle <= other.box[3] and other.box[0] >= box[2] - 0.01
    ]
    return min(right)[1] if right else ""


def _code(rule: FactRule, lines: Sequence[Line], at: int) -> str | None:
    words = _after_label(rule, lines[at].text)
    if words is None:
        return None
    match = _CODE.match(words.strip()) or _CODE.match(_beside(lines, at).strip())
    return match.group() if match and any(char.isdigit() for char in match.group()) else None


def _money(rule: FactRule, lines: Sequence[Line], at: int) -> str | None:
    words = _after_label(rule, lines[at].text)
    if words is None:
        return None
    match = _MONEY.search(words[:24]) or _MONEY.search(_beside(lines, at)[:24])
    return _yuan(match.group(1), match.group(2)) if match else None


def _yuan(number: str, unit: str) -> str | None:
    try:
        amount = Decimal(number.replace(",", "").replace("，", "").replace("．", "."))
    except InvalidOperation:
        return None
    return f"{amount * (10000 if unit.startswith('万') else 1):.2f}"


def _count(rule: FactRule, lines: Sequence[Line], at: int) -> str | None:
    for label in rule.labels:
        match = _counted(label).search(lines[at].text) if label[:1] in lines[at].text else None
        if match:
            return str(int(match.group(1)))
    return None


def _ticks(rule: FactRule, lines: Sequence[Line], at: int) -> str | None:
    """The one option that has no empty box behind it, in a line that offers all of them."""
    text = re.sub(r"\s|[（(][^）)]*[）)]", "", lines[at].text)
    places = [(text.find(label), label) for label in rule.labels]
    if any(place < 0 for place, _ in places):
        return None
    behind = {label: text[place + len(label) : place + len(label) + 1] for place, label in places}
    if sum(mark in _EMPTY_BOX and mark != "" for mark in behind.values()) != len(places) - 1:
        return None
    return next(label for label, mark in behind.items() if not mark or mark not in _EMPTY_BOX)


def _number(rule: FactRule, lines: Sequence[Line], at: int) -> str | None:
    if at > 8:
        return None
    match = _NUMBER.search(lines[at].text) or _BARE_NUMBER.search(lines[at].text)
    return re.sub(r"\s", "", match.group(1)) if match else None


def _sentence(rule: FactRule, lines: Sequence[Line], at: int) -> str | None:
    if not any(label in lines[at].text for label in rule.labels):
        return None
    joined = "".join(line.text.strip() for line in lines[at : at + 4])
    start = min(joined.find(label) for label in rule.labels if label in joined)
    sentence = re.split(r"[。！；]", joined[start:], maxsplit=1)[0]
    return sentence[:160] if len(sentence) >= 8 else None


_Reader = Callable[[FactRule, Sequence[Line], int], "str | None"]
_READERS: dict[str, _Reader] = {
    "text": _text,
    "code": _code,
    "money": _money,
    "count": _count,
    "ticks": _ticks,
    "number": _number,
    "sentence": _sentence,
}
FORMS = tuple(_READERS)
"""The forms a fact may have (schemas/annex4.toml)."""
