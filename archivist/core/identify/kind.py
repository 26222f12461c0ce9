"""Kind (文种), level (层级) and catalogue item of one part: the title as far as it is known, and what the body shows.

A title that ends with one of a kind's words is believed while the body does not speak against it. Any other title is one
witness among several (`weighing`); and one on the list of what is sent back gives way to a body that says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz

from archivist.core.identify.anytitle import (
    NOBODY,
    AnyTitle,
    ProjectName,
    any_title,
    spoken_for,
    whole_title,
)
from archivist.core.identify.titles import Title, find_titles, strip_tail, without_maker
from archivist.core.identify.weighing import Weighed, weigh
from archivist.core.identify.witness import Testimony, testimonies
from archivist.core.model import Evidence, Level
from archivist.core.page import Page
from archivist.core.patterns import lazily
from archivist.core.rules import Annex, KindRule, LevelRule
from archivist.core.text import Folded, fold, fold_pages
from archivist.core.words.numbers import in_words

_ENOUGH_CUES = 6
_CLEAR = 0.45
"""From here on what looks like a title is one."""
_SEVERAL_SIGNS = 3
"""Signs of the body that say what a title of no meaning (承诺书) leaves open."""
_SEVERAL = 2
"""Signs, none of them a key one, that bear a known title out."""
_OFF_TOPIC = "会议没有说到项目的认定、退出或处置，可能不是这次清理的会议，请核对"
_BODY = 0.5
"""From here on the words of the body alone tell a kind."""


@dataclass(frozen=True, slots=True)
class KindReading:
    """What kind of document a part is.

    Attributes:
        rule: its kind (文种), or None when neither title nor words tell.
        item: the catalogue item it belongs to, or None.
        confidence: 0..1.
        doubts: what speaks against it, in Chinese; any doubt sends the part to a person.
        guess: the item to tell a person where ``item`` is None, or None.
        instead: what it is if it names a project after all, though its title is one of what is sent back.
    """

    rule: KindRule | None
    item: int | None
    level: Level | None
    confidence: float
    title: Title | None
    evidence: tuple[Evidence, ...] = ()
    doubts: tuple[str, ...] = ()
    guess: int | None = None
    instead: KindReading | None = None

    @property
    def kind(self) -> str | None:
        """The kind's slug."""
        return self.rule.slug if self.rule else None

    @property
    def reject(self) -> str:
        """The reason told when such a document never belongs into the archive."""
        return self.rule.reject if self.rule else ""


def read_kind(pages: Sequence[Page], annex: Annex, project: ProjectName = NOBODY) -> KindReading:
    """Read kind, level and item of the part made of ``pages``.

    Args:
        project: how the register names the one project that the part is surely about, if there is one.
    """
    titles = find_titles(pages[0], annex) if pages else []
    title = titles[0] if titles else None
    folded = fold_pages(pages)
    words = {rule.slug: _cue_score(folded, rule) for rule in annex.kinds}
    told = testimonies(pages, annex)
    if title is None or title.strength < _CLEAR:
        return _of_any_title(title, words, told, folded, pages, annex, project)
    if annex.kind(title.kind).reject and not strip_tail(title.heading).endswith(title.ending):
        # A word like one of those of what is sent back decides nothing.
        return _of_any_title(title, words, told, folded, pages, annex, project)
    known = _with_title(title, words, folded, pages, annex)
    asked = {slug for item in annex.items for slug in item.kinds}
    if title.kind not in asked and _stands_above(title, pages[0], annex, project):
        return _of_any_title(title, words, told, folded, pages, annex, project)
    if title.kind in asked:
        return _contradicted(_unsupported(known, title, words, told, folded, annex), told, annex)
    return _overruled(known, title, words, told, folded, pages, annex, project)


def _of_any_title(
    title: Title | None,
    words: dict[str, float],
    told: Mapping[str, Testimony],
    folded: Folded,
    pages: Sequence[Page],
    annex: Annex,
    project: ProjectName,
) -> KindReading:
    """A paper whose title no kind knows: as its words alone tell, where they are clear; else as all witnesses say."""
    plain = _without_title(title, words, folded, pages, annex)
    found = any_title(pages[0], annex, project) if pages else None
    about = found is not None and found.about
    certain = project != NOBODY and on_matter(folded.text, annex)
    weighed = weigh(found.kinds if found else (), told, words, annex, about=about, certain=certain)
    if weighed is None or (weighed.rule is plain.rule and (found is None or not plain.doubts)):
        return _contradicted(plain, told, annex)
    read = _as_weighed(weighed, found, folded, pages, annex)
    if plain.doubts or plain.rule is None:
        return read
    if plain.rule.slug in told.get(weighed.rule.slug, Testimony()).against:
        return read
    other = f"按内容用语像“{plain.rule.name}”，又像“{weighed.rule.name}”，请核对"
    read = replace(read, doubts=(other, *read.doubts))
    return replace(plain, instead=read) if plain.reject else read


def _unsupported(
    known: KindReading,
    title: Title,
    words: dict[str, float],
    told: Mapping[str, Testimony],
    folded: Folded,
    annex: Annex,
) -> KindReading:
    """A title of an item's kind that its body does not bear out: a character off (评价意见), another matter (安全评估)."""
    own = told.get(title.kind)
    if own is None or known.item is None or (len(own) > 0 and own.key):
        return known
    wording = without_maker(strip_tail(title.heading))
    strange = next((word for word in annex.shape(title.kind).strange if word in wording), "")
    borne = len(own) > 0 and own.key and title.kind in spoken_for(wording, annex)
    misread = not wording.endswith(title.ending) and not borne
    bare = annex.shape(title.kind).proved and len(own) < _SEVERAL and not _on_topic(folded, annex)
    if not strange and (words[title.kind] >= _BODY or not (misread or bare)):
        return known
    why = f"说的是“{strange}”，" if strange else f"与“{title.ending}”差一两个字，" if misread else ""
    doubt = f"题名“{title.text}”{why}内容看不出是“{annex.kind(title.kind).name}”，请核对"
    return replace(known, doubts=(*known.doubts, doubt))


def _overruled(
    known: KindReading,
    title: Title,
    words: dict[str, float],
    told: Mapping[str, Testimony],
    folded: Folded,
    pages: Sequence[Page],
    annex: Annex,
    project: ProjectName,
) -> KindReading:
    """A title of what belongs to no item gives way to a body that is plainly an item's paper."""
    rule = annex.kind(title.kind)
    seen = whole_title(pages[0], annex, (title.first, title.last), project) or _as_set(title, annex, project)
    certain = project != NOBODY and on_matter(folded.text, annex)
    weighed = weigh(seen.kinds, told, words, annex, about=seen.about, certain=certain)
    if weighed is None:
        return _attached_guess(known, seen.kinds[0], annex) if certain and seen.kinds else known
    opened = title.ending in annex.shape(rule.slug).open
    if rule.attaches and (weighed.doubt or not weighed.titled):
        return _attached_guess(known, weighed.rule.slug, annex) if certain and weighed.titled else known
    found = _as_weighed(weighed, seen, folded, pages, annex)
    if not opened or not (weighed.titled or len(weighed.shown) >= _SEVERAL_SIGNS):
        why = f"题名像“{rule.name}”，内容却像“{weighed.rule.name}”，请核对"
        found = replace(found, doubts=(why, *found.doubts))
    return replace(known, instead=found) if known.reject else found


def _attached_guess(known: KindReading, slug: str, annex: Annex) -> KindReading:
    """What comes with another paper, but alone may be one of kind ``slug`` (清查摸底明细表): for a person to say."""
    item = annex.item_for(slug, None)
    attaches = known.rule is not None and known.rule.attaches
    return replace(known, guess=item.number) if attaches and item is not None else known


def _stands_above(title: Title, page: Page, annex: Annex, project: ProjectName) -> bool:
    """Whether another title, of a kind that an item asks for, stands above what may be a cell of its table (扣分说明)."""
    found = any_title(page, annex, project)
    return found is not None and bool(found.kinds) and found.last < title.first


def _as_set(title: Title, annex: Annex, project: ProjectName) -> AnyTitle:
    """A known title that stands among running text, where no other lines can be part of it."""
    wording = strip_tail(fold(title.text))
    kinds, about = spoken_for(project.without(wording), annex), project.named_in(wording)
    return AnyTitle(title.text, wording, title.heading, title.first, title.last, title.strength, kinds, about)


def _contradicted(known: KindReading, told: Mapping[str, Testimony], annex: Annex) -> KindReading:
    """A title of an item's kind whose body shows what that kind hardly can: a person judges, with the other as guess."""
    rule = known.rule
    if rule is None or known.item is None:
        return known
    other = next((slug for slug, one in told.items() if rule.slug in one.against and slug != rule.slug), None)
    if other is None or len(told[rule.slug]) > len(told[other]):
        return known
    item = annex.item_for(other, known.level)
    doubt = f"题名是“{rule.name}”，内容却像“{annex.kind(other).name}”（{told[other].shown[0].rule}），请核对"
    number = item.number if item is not None and len(told[other]) > 1 else known.item
    return replace(known, item=number, doubts=(*known.doubts, doubt))


def _as_weighed(
    weighed: Weighed, found: AnyTitle | None, folded: Folded, pages: Sequence[Page], annex: Annex
) -> KindReading:
    """The reading that all witnesses together give."""
    rule, page = weighed.rule, pages[0].number
    title = None
    if found is not None:
        title = Title(rule.slug, "", found.strength, found.text, found.first, found.last, found.heading)
    level = find_level(title, pages, annex) if rule.meeting else None
    item = annex.item_for(rule.slug, level)
    doubts = [weighed.doubt] if weighed.doubt else []
    if item is None:
        doubts.append(_no_item(rule, level, annex))
    if item is not None and rule.slug in annex.topic.kinds and not _on_topic(folded, annex):
        doubts.append(_OFF_TOPIC)
    evidence = [Evidence(page, title.text, f"题名像“{rule.name}”")] if title and weighed.titled else []
    evidence += [replace(one, rule=f"{one.rule}，像“{rule.name}”") for one in weighed.shown[:3]]
    confidence = min(0.9, 0.72 + 0.04 * weighed.points) if not weighed.doubt else 0.68
    return KindReading(
        rule,
        item.number if item else None,
        level,
        round(confidence, 3),
        title if weighed.titled else None,
        tuple(evidence),
        tuple(doubts),
        guess=None if item else _of_level(level, annex),
    )


def _of_level(level: Level | None, annex: Annex) -> int | None:
    """The item that those who met at ``level`` hand in, whatever the kind of their paper."""
    return next((item.number for item in annex.items if level is not None and item.level is level), None)


def _with_title(
    title: Title, words: dict[str, float], folded: Folded, pages: Sequence[Page], annex: Annex
) -> KindReading:
    rule = annex.kind(title.kind)
    level = find_level(title, pages, annex) if rule.meeting else None
    item = annex.item_for(title.kind, level)
    own = words[title.kind]
    rival, rival_score = _best_other(words, title.kind, annex)
    confidence = min(0.99, 0.55 + 0.3 * title.strength + 0.2 * own)
    doubts = _title_doubts(title, rule, own, rival, rival_score)
    doubts += _learned_doubts(title, rule, words, annex)
    if item is None and not rule.reject:
        doubts.append(_no_item(rule, level, annex))
    if item is not None and rule.slug in annex.topic.kinds and not _on_topic(folded, annex):
        doubts.append(_OFF_TOPIC)
    evidence = [Evidence(pages[0].number, title.text, f"题名为“{rule.name}”")]
    if level is not None:
        evidence.append(Evidence(pages[0].number, title.text, f"层级：{_level_name(annex, level)}"))
    number = item.number if item else None
    guess = _of_level(level, annex) if item is None and rule.meeting else None
    return KindReading(
        rule, number, level, round(confidence, 3), title, tuple(evidence), tuple(doubts), guess
    )


def on_matter(text: str, annex: Annex) -> bool:
    """Whether folded ``text`` speaks of winding a project up."""
    return any(_folded(word) in text for word in annex.topic.matter)


def _on_topic(folded: Folded, annex: Annex) -> bool:
    return any(_folded(word) in folded.text for word in annex.topic.words)


def _title_doubts(title: Title, rule: KindRule, own: float, rival: KindRule, rival_score: float) -> list[str]:
    doubts = []
    contradicted = rival_score >= 0.65 and rival_score >= own + 0.4
    if contradicted and not _same_family(rule, rival):
        doubts.append(f"题名是“{rule.name}”，内容却像“{rival.name}”")
    if title.strength < 0.6 and own < 0.3:
        doubts.append(f"题名“{title.text}”不够明显，内容中也很少见“{rule.name}”的用语")
    return doubts


def _learned_doubts(title: Title, rule: KindRule, words: dict[str, float], annex: Annex) -> Iterator[str]:
    """A title that a decision taught is believed only while the body is not that of what is sent back (an invoice)."""
    if title.ending not in rule.learned:
        return
    for other in annex.kinds:
        if other.reject and words[other.slug] >= _BODY:
            yield f"题名“{title.text}”是从人工确认学来的，内容却像“{other.name}”，请核对"


def _same_family(one: KindRule, other: KindRule) -> bool:
    """Kinds whose words overlap by nature: an exit agreement (其他) has parties, a disposal plan has reasons."""
    return other.slug in one.overlaps or one.slug in other.overlaps


def _without_title(
    title: Title | None, words: dict[str, float], folded: Folded, pages: Sequence[Page], annex: Annex
) -> KindReading:
    ranked = sorted(annex.kinds, key=lambda rule: -words[rule.slug])
    best, second = ranked[0], ranked[1]
    if words[best.slug] < _BODY:
        return KindReading(None, None, None, 0.0, title, (), ("看不出是哪一类材料：没有找到题名",))
    level = find_level(title, pages, annex) if best.meeting else None
    item = annex.item_for(best.slug, level)
    gap = words[best.slug] - words[second.slug]
    confidence = 0.45 + 0.25 * words[best.slug] + 0.2 * max(0.0, gap)
    doubts = []
    if words[best.slug] < 0.99 or gap < 0.5:
        doubts.append(f"没有找到清楚的题名，按内容用语推测为“{best.name}”")
    elif level is not None:
        doubts.append("没有找到清楚的题名，会议的层级是按开头的文字推测的")
    if item is None and not best.reject:
        doubts.append(_no_item(best, level, annex))
    quote = "、".join(cue for cue, _ in best.cues if fold(cue) in folded.text)[:60]
    evidence = (Evidence(pages[0].number, quote, f"内容用语像“{best.name}”"),)
    number = item.number if item else None
    return KindReading(best, number, level, round(confidence, 3), title, evidence, tuple(doubts))


def _no_item(rule: KindRule, level: Level | None, annex: Annex) -> str:
    """Why no item takes a document of this kind: nobody asks for it, or it is of a meeting of another level."""
    asked = [item for item in annex.items if rule.slug in item.kinds and item.level is not None]
    if not rule.meeting or not asked:
        return f"“{rule.name}”不在归档目录的{in_words(len(annex.items))}项之内，是否归入请人工确定"
    levels = list(dict.fromkeys(item.level for item in asked if item.level is not None))
    if len(levels) == 1:
        (only,) = levels
        who = f"像是{_level_name(annex, only)}以外的会议" if level else "看不出是哪一级的会议"
        return f"归档目录第{asked[0].number}项要的是{asked[0].short}，这份{rule.called}{who}"
    other = next((item for item in annex.items if level is not None and item.level is level), None)
    if level is not None and other is not None:
        instead = annex.kind(other.kinds[0]).name
        return (
            f"{_level_name(annex, level)}一级应归{instead}（第{other.number}项），这份是{rule.name}，请核对"
        )
    *some, last = (annex.level(level).met for level in levels)
    return f"是{rule.name}，但看不出是{'、'.join(some)}还是{last}的会议"


def _cue_score(folded: Folded, rule: KindRule) -> float:
    """Share (0..1) of the weight of words that is enough to recognise a kind by its body."""
    total = sum(weight for cue, weight in rule.cues if _contains(folded.text, _folded(cue)))
    return min(1.0, total / _ENOUGH_CUES)


@lru_cache(maxsize=1 << 12)
def _folded(word: str) -> str:
    """A word of the rules, folded: they are few, and asked for with every document."""
    return fold(word)


def _contains(text: str, cue: str) -> bool:
    if cue in text:
        return True
    return len(cue) >= 5 and fuzz.partial_ratio(cue, text, score_cutoff=80) > 0


def _best_other(words: dict[str, float], kind: str, annex: Annex) -> tuple[KindRule, float]:
    others = [rule for rule in annex.kinds if rule.slug != kind]
    best = max(others, key=lambda rule: words[rule.slug])
    return best, words[best.slug]


# Who chairs tells the level when the head of a minutes is lost; the office, never a name.
_LEADS = (
    (Level.TOWNSHIP, lazily(r"镇长|乡长|镇党委(?:副)?书记|街道党工委(?:副)?书记|街道办事处(?:副)?主任")),
    (Level.DISTRICT, lazily(r"(?:副|^|[^镇街])区长|区委(?:副)?书记")),
    (Level.DEPARTMENT, lazily(r"党组(?:副)?书记|局长|委主任|党组成员")),
    (
        Level.VILLAGE,
        lazily(r"村党(?:总)?支部(?:委员会)?书记|村(?:委会)?主任|社区书记|社区(?:居委会)?主任"),
    ),
)
_TOPIC = lazily(
    r"(?:专题)?(?:关于|研究|审议|讨论).*?(?=(?:专题|办公|工作|党组)?(?:会议?|会)?(?:纪要|记录)|$)"
)


def find_level(title: Title | None, pages: Sequence[Page], annex: Annex) -> Level | None:
    """Return who met: read off the title and the head above it, else off the first lines and who chaired."""
    heading = _without_topic(title.heading) if title else ""
    own = _without_topic(fold(title.text)) if title else ""
    for zone in (own, heading):
        level = _level_in(zone, annex.levels)
        if level is not None:
            return level
    usual = annex.kind(title.kind).usual if title is not None else None
    if usual is not None and any(place.search(own) for place in annex.level(usual).places):
        return usual
    lines = [line.text for line in pages[0].lines]
    lead = fold("".join(lines[:14]))[:400]
    named = {rule.level for rule in annex.levels for pattern in rule.patterns if pattern.search(lead)}
    if usual is not None and named:
        # A plain 会议记录 is a village's when its first lines name a village's body or house and nobody else's.
        return usual if named == {usual} else None
    return _level_by_chair(lead)


def _without_topic(words: str) -> str:
    """What a title says of who met, without what they met about: 研究××镇有关项目的会议纪要 is no township's."""
    return _TOPIC.sub("", words)


def _level_in(zone: str, rules: Sequence[LevelRule]) -> Level | None:
    """The level whose body stands last in ``zone``: 大足区人民政府棠香街道办事处 is the street's."""
    for rule in rules:
        for pattern in rule.patterns:
            if pattern.search(zone):
                return rule.level
    return None


def _level_by_chair(lead: str) -> Level | None:
    found = [level for level, pattern in _LEADS if pattern.search(lead)]
    return found[0] if len(found) == 1 else None


def _level_name(annex: Annex, level: Level) -> str:
    return next((rule.name for rule in annex.levels if rule.level is level), level.value)
