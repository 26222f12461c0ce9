"""Which project is a text about: code, then name, place, operator and amount against the register.

Every score is in points, so that independent signs add up. What decides is the distance to the runner-up: two
projects that a text fits equally well are left to a person, however well it fits both.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Levenshtein

from archivist.core.identify.register_index import PHASE, Entry, RegisterIndex
from archivist.core.identify.siblings import ShortName, short_names
from archivist.core.model import Evidence
from archivist.core.patterns import lazily
from archivist.core.text import Folded
from archivist.core.words.evidence import BY_CODE, BY_NAME, NEAR_NAME

CODE_POINTS = 12.0
NAME_POINTS = 10.0
MIN_CORE = 0.62
SHORT_COVER = 0.86
"""What a village and its only project of a product are worth as a share of the whole name."""
_LONELY = 3.0
_LEVEL = 0.5
"""Points within which two projects fit a text equally well."""
_VILLAGE_POINTS = 1.5
_TOWNSHIP_POINTS = 1.0
_OPERATOR_POINTS = 2.5
_AMOUNT_POINTS = 1.0
_SIBLING_POINTS = 2.0
SCALE = 10.6
"""Points that thresholds in archivist.toml are shares of: a full name, its village and township make 12.5."""
_AMOUNT = lazily(r"([0-9][0-9,，]*(?:[.．][0-9]+)?)\s*(万)?元?")


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a name stands in the folded text and how much of it is there.

    ``cover`` is the share (0..1) of the name's weight found, ``core`` the same for what was built alone (the name
    without its place); ``extra`` counts characters in between that the name does not explain; ``exact`` means letter
    for letter.
    """

    start: int
    end: int
    cover: float
    core: float
    extra: int
    exact: bool


@dataclass(frozen=True, slots=True)
class ProjectScore:
    """How well one project fits a text. ``points`` adds up all signs; ``phase_doubt`` says why it may be a sibling."""

    code: str
    name: str
    points: float
    by_code: int | None
    mention: Mention | None
    evidence: tuple[Evidence, ...] = ()
    phase_doubt: str = ""
    singled: bool = False
    """Whether the text calls it by village and product, and the village has no other project of that product."""
    elsewhere: bool = False
    """Whether the text names another township and not this project's."""

    @property
    def score(self) -> float:
        """Points as a confidence (0..1): ``SCALE`` points are 0.8, and certainty is never reached."""
        return round(1.0 - math.exp(-max(0.0, self.points) / SCALE * math.log(5.0) * 0.8), 3)

    @property
    def named(self) -> bool:
        """Whether the text plainly names this project: by code, or by (nearly) the whole of its name."""
        if self.by_code is not None:
            return True
        if self.mention is None or self.phase_doubt:
            return False
        whole = self.mention.end - self.mention.start >= 0.85 * len(self.name)
        return self.mention.exact or (self.mention.cover >= 0.9 and whole)


def rank_projects(folded: Folded, raw_text: str, index: RegisterIndex, limit: int = 30) -> list[ProjectScore]:
    """Return the projects a text may be about, best first."""
    by_code = index.codes_in(folded.text)
    nearest = index.nearest(folded.text)
    amounts = _amounts(raw_text)
    short = short_names(folded.text, [*by_code, *nearest], index)
    scores = [
        _score(folded, index.entries[code], by_code.get(code), amounts, index, short.get(code))
        for code in dict.fromkeys([*by_code, *nearest, *short])
    ]
    scores = [score for score in scores if score.points > 1.0]
    return sorted(scores, key=lambda score: (-score.points, score.code))[:limit]


def _score(
    folded: Folded,
    entry: Entry,
    by_code: int | None,
    amounts: frozenset[Decimal],
    index: RegisterIndex,
    short: ShortName | None,
) -> ProjectScore:
    mention = find_mention(folded.text, entry)
    if short is not None:
        mention = _better(mention, Mention(short.start, short.end, SHORT_COVER, 1.0, 0, False))
    points, evidence = 0.0, []
    if by_code is not None:
        points += CODE_POINTS
        evidence.append(_evidence(folded, by_code, by_code + 4, BY_CODE))
    doubt = ""
    if mention is not None:
        points += NAME_POINTS * mention.cover - 0.25 * min(mention.extra, 8)
        rule = BY_NAME if mention.exact else f"{NEAR_NAME}（{mention.cover:.0%}）"
        evidence.append(_evidence(folded, mention.start, mention.end, rule))
        doubt = _phase_doubt(folded.text, entry, mention)
        points -= _SIBLING_POINTS if doubt else 0.0
    place, place_evidence = _place(folded, entry, index)
    return ProjectScore(
        entry.project.code,
        entry.name,
        round(points + place + _others(folded, entry, amounts, evidence), 3),
        by_code,
        mention,
        (*evidence, *place_evidence),
        doubt,
        short is not None,
        _elsewhere(folded.text, entry, index),
    )


def _elsewhere(text: str, entry: Entry, index: RegisterIndex) -> bool:
    return (
        bool(entry.township) and entry.township not in text and any(name in text for name in index.townships)
    )


def _evidence(folded: Folded, start: int, end: int, rule: str) -> Evidence:
    return Evidence(folded.page_at(start), folded.quote(start, end), rule)


def find_mention(text: str, entry: Entry) -> Mention | None:
    """Return the place in folded ``text`` that holds most of the project's name, or None."""
    at = text.find(entry.name)
    if at >= 0:
        return Mention(at, at + len(entry.name), 1.0, 1.0, 0, True)
    for alias in entry.aliases:
        if (at := text.find(alias)) >= 0:
            return Mention(at, at + len(alias), 0.97, 1.0, 0, True)
    short = _without_township(entry)
    if short and (at := text.find(short)) >= 0:
        return Mention(at, at + len(short), 1.0 if entry.township in text else 0.97, 1.0, 0, True)
    best = _aligned(text, entry.name, entry.weights, entry.core_at)
    if entry.core_at:
        best = _better(best, _apart(text, entry))
    return best


def _without_township(entry: Entry) -> str:
    """The name from its village on: how a village writes of its own project."""
    at = entry.name.find(entry.village) if entry.village else -1
    if not 0 < at < entry.core_at or len(entry.name) - at < 7:
        return ""
    # A year in front (2016年××镇…) tells siblings apart and must not be dropped.
    return "" if any(char.isdigit() for char in entry.name[:at]) else entry.name[at:]


def _better(one: Mention | None, other: Mention | None) -> Mention | None:
    if one is None or other is None:
        return one or other
    return one if one.cover - 0.025 * one.extra >= other.cover - 0.025 * other.extra else other


def _apart(text: str, entry: Entry) -> Mention | None:
    """The name's core and its place found in different spots (head of a form, a table cell, an abbreviation)."""
    core = _aligned(text, entry.core, entry.weights[entry.core_at :], 0)
    if core is None:
        return None
    cover = core.cover
    for place in (entry.village, entry.township):
        at = entry.name.find(place) if place else -1
        if 0 <= at < entry.core_at and place in text:
            cover += 0.95 * sum(entry.weights[at : at + len(place)])
    return Mention(core.start, core.end, min(cover, 0.985), core.core, core.extra, False)


def _aligned(text: str, name: str, weights: tuple[float, ...], core_at: int) -> Mention | None:
    """Align ``name`` with its best window of ``text``; only runs of two or more characters count as found."""
    alignment = fuzz.partial_ratio_alignment(name, text, score_cutoff=35)
    if alignment is None:
        return None
    start = max(0, alignment.dest_start - 6)
    window = text[start : alignment.dest_end + 6]
    blocks = [block for block in Indel.editops(name, window).as_matching_blocks() if block.size >= 2]
    blocks = _compact(blocks, len(name))
    if not blocks:
        return None
    found = {at for block in blocks for at in range(block.a, block.a + block.size)}
    cover = sum(weights[at] for at in found)
    core = sum(weights[at] for at in found if at >= core_at) / (sum(weights[core_at:]) or 1.0)
    first, last = blocks[0].b, blocks[-1].b + blocks[-1].size
    extra = (last - first) - sum(block.size for block in blocks)
    exact = len(blocks) == 1 and blocks[0].size == len(name)
    likeness = _likeness(name, window[first:last])
    return Mention(
        start + first,
        start + last,
        max(min(1.0, cover), likeness),
        max(min(1.0, core), likeness),
        extra,
        exact,
    )


def _likeness(name: str, words: str) -> float:
    """How alike a name and the words taken for it are when single characters were misread or mistyped; else 0.

    Two wrong characters side by side are another word (柑橘 for 柠檬), not a misreading.
    """
    alike = Levenshtein.normalized_similarity(name, words)
    if len(name) < 8 or alike < 0.8:
        return 0.0
    steps = (step for step in Levenshtein.opcodes(name, words) if step.tag != "equal")
    longest = max((max(s.src_end - s.src_start, s.dest_end - s.dest_start) for s in steps), default=0)
    return 0.95 * alike if longest <= 1 else 0.0


def _compact(blocks: list, length: int) -> list:  # type: ignore[type-arg]
    """Drop leading blocks that stand too far from the rest to be the same mention."""
    while len(blocks) > 1 and blocks[-1].b + blocks[-1].size - blocks[0].b > length + 12:
        blocks = blocks[1:] if blocks[0].size <= blocks[-1].size else blocks[:-1]
    return blocks


def _phase_doubt(text: str, entry: Entry, mention: Mention) -> str:
    """Why a mention may mean a sibling: 一期 is not 二期, and a name without a phase is not the second one's."""
    around = text[mention.start : mention.end + 6]
    length = mention.end - mention.start
    # Words that begin later belong to what stands next (the next row of a list).
    said = {match.group() for match in PHASE.finditer(around) if match.start() <= length + 1}
    wanted = set(entry.phases)
    if wanted and not wanted & said:
        return f"登记的名称有“{'、'.join(sorted(wanted))}”，材料中没有写明"
    if not wanted and said and not mention.exact:
        return f"材料中写有“{'、'.join(sorted(said))}”，登记的名称没有"
    if not wanted and any(part.endswith(("期", "批")) for part in said):
        return f"材料中写有“{'、'.join(sorted(said))}”，登记的名称没有"
    return ""


def _place(folded: Folded, entry: Entry, index: RegisterIndex) -> tuple[float, list[Evidence]]:
    points, evidence = 0.0, []
    if len(entry.village) >= 2 and (at := folded.text.find(entry.village)) >= 0:
        points += _VILLAGE_POINTS
        evidence.append(_evidence(folded, at, at + len(entry.village), "村（社区）相符"))
    if entry.township and entry.township in folded.text:
        points += _TOWNSHIP_POINTS
    elif _elsewhere(folded.text, entry, index):
        points -= _VILLAGE_POINTS
    return points, evidence


def _others(folded: Folded, entry: Entry, amounts: frozenset[Decimal], evidence: list[Evidence]) -> float:
    points = 0.0
    if len(entry.operator) >= 5 and (at := folded.text.find(entry.operator)) >= 0:
        points += _OPERATOR_POINTS
        evidence.append(_evidence(folded, at, at + len(entry.operator), "经营主体相符"))
    if entry.project.amount and entry.project.amount in amounts:
        points += _AMOUNT_POINTS
    return points


def _amounts(raw: str) -> frozenset[Decimal]:
    """All amounts of money in a text, in yuan."""
    found = set()
    for number, wan in _AMOUNT.findall(raw):
        try:
            value = Decimal(number.replace(",", "").replace("，", "").replace("．", "."))
        except InvalidOperation:
            continue
        found.add((value * 10000 if wan else value).normalize())
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Choice:
    """The project a text is about, or None with the doubt that keeps a person in the loop."""

    code: str | None
    doubt: str = ""


def choose(
    ranked: Sequence[ProjectScore], threshold: float, margin: float, text: str, index: RegisterIndex
) -> Choice:
    """Pick the clear winner of ``ranked``.

    Args:
        ranked: best first.
        threshold: points the winner needs. margin: points it must be ahead of the runner-up.
        text: the folded text, where near-twins are told apart by the words in which their names differ.
    """
    if not ranked:
        return Choice(None, "没有找到与台账相符的项目")
    best = ranked[0]
    label = _label(best, index)
    if best.phase_doubt and best.by_code is None:
        return Choice(None, f"可能是“{label}”，但{best.phase_doubt}")
    clash = next((other for other in ranked[1:] if other.by_code is not None and best.by_code is None), None)
    if clash is not None:
        return Choice(None, f"名称像“{label}”，编号却是“{clash.code}”，请核对")
    rivals = [other for other in ranked[1:] if not _explained(other, best)]
    near = [other for other in rivals if best.points - other.points < margin]
    winner, doubt = _of_twins(best, near, text, index)
    if winner is None:
        return Choice(None, doubt)
    if winner is not best:
        rivals = [best, *(other for other in rivals if other is not winner)]
        best = winner
    ahead = best.points - max((other.points for other in rivals), default=0.0)
    if not _enough(best, threshold, ahead):
        return Choice(None, f"最像“{label}”，但依据不足")
    return Choice(best.code)


def _label(score: ProjectScore, index: RegisterIndex) -> str:
    return f"{score.code} {index.entries[score.code].project.name}"


def _enough(best: ProjectScore, threshold: float, ahead: float) -> bool:
    """Whether the signs suffice; with no other project anywhere near, somewhat fewer do (short names)."""
    if best.by_code is not None:
        return best.points >= threshold
    if best.mention is None or best.mention.core < MIN_CORE:
        return False
    lonely = ahead >= _LONELY and not best.elsewhere
    return best.points >= threshold or (best.points >= 0.85 * threshold and lonely)


def _of_twins(
    best: ProjectScore, near: Sequence[ProjectScore], text: str, index: RegisterIndex
) -> tuple[ProjectScore | None, str]:
    """The one of ``best`` and those close behind that the text tells from all the others; or None and the doubt."""
    label = _label(best, index)
    clash = next((other for other in near if not _apart_from(best, other, text, index)), None)
    if clash is None:
        return best, ""
    level = [other for other in near if best.points - other.points < _LEVEL and not other.phase_doubt]
    for other in level:
        if all(_apart_from(other, one, text, index) for one in (best, *near) if one is not other):
            return other, ""
    return None, f"“{label}”与“{_label(clash, index)}”都很像，分不清是哪一个"


def _apart_from(one: ProjectScore, other: ProjectScore, text: str, index: RegisterIndex) -> bool:
    return _singled_out(one, other, text, index) or told_apart(one.name, other.name, text)


def _singled_out(best: ProjectScore, other: ProjectScore, text: str, index: RegisterIndex) -> bool:
    """Whether the short name that the text uses is ``best``'s and cannot be ``other``'s."""
    mine, theirs = index.entries[best.code], index.entries[other.code]
    if not best.singled or other.singled:
        return False
    same_place = (mine.township, mine.village) == (theirs.township, theirs.village)
    return same_place or (bool(theirs.village) and theirs.village not in text)


def told_apart(name: str, other: str, text: str) -> bool:
    """Whether ``text`` has the words in which ``name`` differs from its near-twin ``other``, and none of the twin's.

    一期 against 二期, 500亩 against 300亩, 青杠岭 against 青杠坪: the differing characters with their neighbours.
    """
    mine, theirs = _differences(name, other), _differences(other, name)
    if not mine and not theirs:
        return False
    return all(words in text for words in mine) and not any(words in text for words in theirs)


def _differences(name: str, other: str) -> list[str]:
    """The parts of ``name`` that ``other`` has not, widened to whole numbers and by one character on each side."""
    found = []
    for step in Levenshtein.opcodes(name, other):
        start, end = step.src_start, step.src_end
        if step.tag == "equal" or start == end:
            continue
        while start > 0 and name[start - 1].isdigit() and name[start].isdigit():
            start -= 1
        while end < len(name) and name[end].isdigit() and name[end - 1].isdigit():
            end += 1
        if end - start < 2 or name[start:end].isdigit():
            start, end = (start, end + 1) if end < len(name) else (max(0, start - 1), end)
        found.append(name[start:end])
    return found


def _explained(other: ProjectScore, best: ProjectScore) -> bool:
    """Whether a rival only shows because its shorter name stands inside the winner's exact mention."""
    if other.mention is None or best.mention is None or other.by_code is not None:
        return False
    inside = best.mention.start <= other.mention.start and other.mention.end <= best.mention.end
    longer = best.mention.end - best.mention.start > other.mention.end - other.mention.start
    return best.mention.exact and inside and longer
