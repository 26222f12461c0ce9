"""What a paper judges: the category (类别) ticked or concluded, who assessed (评估单位) and what they advise. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from archivist.core.model import Fact
from archivist.core.page import Line
from archivist.core.paper.bodies import body_names, plain
from archivist.core.paper.cells import MOST_QUOTE, after_label, beside, each
from archivist.core.paper.outcomes import decides
from archivist.core.paper.reading import Reading
from archivist.core.paper.scopes import FOREIGN
from archivist.core.patterns import lazily
from archivist.core.rules import FactRule

_EMPTY = "□☐口囗▢○◯〇"
_TICKS = "☑√✓✔■▣●☒"
_MOST_LINES = 5
_OPTION = r"(?:[（(][^（）()√✓✔☑■]{0,12}[）)])?"
_CONCLUDES = (
    r"(?:(?:认定|列|确定|归|划|评定|判定|调整|界定|定|确认|划定)(?:为|入|成)|认定[^，。；、不未]{1,90}?为|属于?|类别(?:为|是|[：:])|结论(?:为|是|[：:]))"
    r"(?:该项目|本项目)?(?:为)?[“\"]?"
)
_NOT_CONCLUDED = lazily(
    r"不(?!仅)|未|是否|能否|可否|如果?|若|原(?:认定|列|定|$)|曾|此前|以前|标准(?!化)|条件|议题|讨论|商议|审议|关于|研究(?!决定|认为|同意)|应当?符合|凡"
    r"|对(?:于)?(?:各|所有)|[优薄闲淘][一-龥]类[、/或]?$"
)
_BRACKETS = lazily(r"[（(][^（）()]{1,80}[）)]")
_PROPOSED = lazily(r"建议|拟|提请|申请|申报")
_LED = (
    r"(?:牵头)?(?:会同[^，。；]{2,40})?(?:组织|抽调|成立)[^，。；]{0,12}(?:专业力量|专家|人员|核查组|评估组)"
)


def category(rule: FactRule, one: Reading) -> list[Fact]:
    """The option that is ticked in a line that offers all of them, else what the paper's sentences conclude."""
    ticked = list(_ticked(rule, one))
    if ticked:
        return list({fact.value: fact for fact in reversed(ticked)}.values())[::-1]
    return list(_concluded(rule, one))


def _ticked(rule: FactRule, one: Reading) -> Iterator[Fact]:
    for page in one.pages:
        at = 0
        while at < len(page.lines):
            size, words = _offer(rule, page.lines, at)
            value = _option(rule.labels, words) if size else None
            if value:
                yield Fact(rule.name, value, page.number, words.strip()[:MOST_QUOTE], detail="勾选")
            at += max(1, size)


def _offer(rule: FactRule, lines: Sequence[Line], at: int) -> tuple[int, str]:
    """How many lines from ``at`` on hold all the options, and their words; (0, "") when they do not."""
    if rule.labels[0] not in lines[at].text:
        return 0, ""
    words = ""
    for size in range(1, min(_MOST_LINES, len(lines) - at) + 1):
        words = f"{words} {lines[at + size - 1].text}".strip()
        if all(label in words for label in rule.labels):
            return size, words
    return 0, ""


def _option(labels: Sequence[str], words: str) -> str | None:
    """The one option that is ticked; None when none or several are, or nobody can tell."""
    within = [
        label
        for label in labels
        if re.search(
            rf"{label}\s*(?:[（(][^（）()]{{0,8}}[/／][^（）()]{{0,8}}[）)])?\s*[（(\[]\s*[{_TICKS}vV]\s*[）)\]]",
            words,
        )
    ]
    if within:
        return within[0] if len(within) == 1 else None
    text = re.sub(r"\s|[（(][^）)]{0,20}[）)]", "", words)
    starts = {label: text.find(label) for label in labels}
    behind = {label: text[at + len(label) : at + len(label) + 1] for label, at in starts.items()}
    before = {label: text[at - 1 : at] if at else "" for label, at in starts.items()}
    last = max(starts, key=lambda label: starts[label])
    marks = _EMPTY + _TICKS
    first = min(starts, key=lambda label: starts[label])
    leads = (
        before[first] != "" and before[first] in marks and (behind[last] == "" or behind[last] not in marks)
    )
    shown = before if leads else behind
    empty = [label for label, mark in shown.items() if mark and mark in _EMPTY]
    if len(empty) == len(labels) - 1:
        return next(label for label in labels if label not in empty)
    return None if empty else _lone_tick(labels, words)


def _lone_tick(labels: Sequence[str], words: str) -> str | None:
    """The option a single tick stands at, where there are no boxes: on the side where no blank is."""
    ticks = [at for at, char in enumerate(words) if char in _TICKS]
    if len(ticks) != 1:
        return None
    at = ticks[0]
    after = [label for label in labels if re.search(rf"{label}{_OPTION}$", words[:at])]
    ahead = [label for label in labels if words[at + 1 :].startswith(label)]
    if len(after) + len(ahead) == 1:
        return (after or ahead)[0]
    return None


def _concluded(rule: FactRule, one: Reading) -> Iterator[Fact]:
    names = "|".join(map(re.escape, rule.labels))
    pattern = re.compile(rf"{_CONCLUDES}({names})(?!\s*[、/或]\s*(?:{names}))")
    seen: set[tuple[str, str]] = set()
    deciding = decides(one.kind, one.title, one.sayings.decisions)
    for said in one.said:
        if said.speaker:
            continue
        project = one.scope_of(said.quote, said.topic)
        for match in pattern.finditer(_masked(said.text)):
            before = _BRACKETS.sub("", said.text[max(0, match.start() - 120) : match.start()])
            clause = re.split(r"[，,；;。]", before)[-1]
            proposed = bool(_PROPOSED.search(clause))
            if _NOT_CONCLUDED.search(clause) or (proposed and deciding) or project == FOREIGN:
                continue
            if (match.group(1), project) not in seen:
                seen.add((match.group(1), project))
                detail = "建议" if proposed else "初步认定" if clause.endswith("初步") else "认定"
                yield Fact(rule.name, match.group(1), said.page, said.quote, project, detail=detail)


def _masked(text: str) -> str:
    return _BRACKETS.sub(lambda match: "·" * len(match.group()), text)


def assessor(rule: FactRule, one: Reading) -> list[Fact]:
    """Who assessed: behind a label, whom somebody commissioned, who sent people, else who issued the report."""
    known = body_names(one.sayings.bodies)
    for page, lines, at, line in each(one):
        words = after_label(rule, line.text)
        for name in (
            () if words is None else (re.split(r"\s{2,}|[，。；;]", words.strip())[0], beside(lines, at))
        ):
            if known.fits(name):
                return [Fact(rule.name, plain(name), page, line.text.strip()[:MOST_QUOTE])]
    found = re.compile(
        rf"委托(?:第三方)?(?:评估|中介)?(?:机构)?(?:[（(])?({known.pattern})|({known.pattern}){_LED}"
    )
    for said in one.said:
        for match in found.finditer(said.text[:400]):
            name = _last_name(match.group(1) or match.group(2) or "", known.fits)
            if name:
                return [Fact(rule.name, name, said.page, said.quote)]
    if one.issuer and one.pages:
        return [Fact(rule.name, one.issuer, one.pages[-1].number, one.issuer, detail="落款")]
    return []


def _last_name(words: str, fits: Callable[[str], bool]) -> str:
    """The name at the end of words that a sentence leads into (经研究由××公司)."""
    for start in range(0, max(1, len(words) - 3)):
        name = words[start:]
        if fits(name):
            return plain(name)
        cut = re.match(r"[^由向，、]*[由向、，]", name)
        if cut is None:
            return ""
    return ""


def advice(rule: FactRule, one: Reading) -> list[Fact]:
    """What an assessment advises, in a closed vocabulary; nothing where it advises several things at once."""
    found: dict[str, Fact] = {}
    for said in one.said:
        for word in one.sayings.advice:
            if any(pattern.search(said.text) for pattern in word.patterns):
                found.setdefault(word.name, Fact(rule.name, word.name, said.page, said.quote))
                break
    return list(found.values())
