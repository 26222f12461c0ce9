"""What a meeting or an answer decided (会议意见), in the closed vocabulary of schemas/annex4.toml, a project at a time.

A word of agreement is no decision by itself: it may be denied, proposed, asked, quoted from an earlier meeting or said by
one of those present. What cannot be told for sure is told to people as such (`UNSURE`), never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from archivist.core.paper.scopes import FOREIGN, Named, Scopes, places
from archivist.core.paper.statements import Statement, short
from archivist.core.paper.tables import TICKS, Row, Table
from archivist.core.patterns import lazily
from archivist.core.saying import DecisionRules, OutcomeRule
from archivist.core.text import fold

UNSURE = "看不准"
"""The value for what was decided but is not told plainly, or contradicts itself: a person has to look."""

_EXCEPT = lazily(r"除[^，。；]{2,60}?外|[^，。；]{2,60}?(?:除外|不在其列|不在此列|不包括在内)")
"""What a decision does not cover: of that nothing is said here."""
_CLAUSE = lazily(r"[，,；;。：:]")
_TITLE = lazily(
    r"[^，。；]{0,60}(?:批复|纪要|通知|请示|意见|记录|函|报告|方案|申请|决定|决议)(?:[（(][^）)]{0,12}[）)])?"
)
_OWN = lazily(
    r"经(?:会议|现场|集体|认真|充分|反复|与会|全体|到会|大会|无记名|举手|投票|村民代表)*(?:研究|讨论|审议|表决|投票|协商|商议|审查|审核|评议|举手)"
    r"|会议|大会|与会|到会|全体|一致|我[局委镇处办会区院]|本[局委镇处办会]"
)
_NOUN = lazily(r"经[^，。；：]{0,24}$")
_BODY_BEFORE = lazily(
    r"(?:[局委]|村委会|居委会|支委会|两委|班子|专班|评估组|核查组|政府|办事处|委员会|党委|党委会|支部|公司|合作社|大会|代表会|村民会议|经营主体|业主|农户|群众)(?:研究|讨论|审议|表决)?(?:原则|一致|也|都|均|书面|表示)?$"
)
_MATTERS = {
    "认定": lazily(r"认定|列为|列入|类别|定为|归为|淘汰类"),
    "退出": lazily(r"退出|销号|核销|注销|终止"),
    "处置": lazily(r"处置|拍卖|转让|拆除|报废|移交|划转"),
    "清算": lazily(r"清算|债权|债务|清偿|欠款"),
    "资金": lazily(r"拨付|资金|补偿|奖补|借款|经费"),
}
_TURNED = lazily(r"(?:不得|不能|并非|不是|无|没有|未尝)$")
_HALF_DENIED = lazily(r"(?:不|未)(?:将|把|对|宜|应|再|得|予以|能|作)(?!不)")
_BRACKETS = lazily(r"[（(][^（）()]{1,120}[）)]")
_BLOT = "·"
_MOST_BEFORE = 60
_LEAN = 12


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision.

    Attributes:
        outcome: a word of the closed vocabulary, or `UNSURE`. project: its number, "" for the whole paper.
        detail: the conditions, whole, as written; for `UNSURE` what speaks against what.
        matter: what it is about (认定, 退出 …), as far as its words tell.
    """

    outcome: str
    project: str
    page: int
    quote: str
    detail: str = ""
    matter: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Hit:
    rule: OutcomeRule
    start: int
    end: int


def decides(kind: str | None, title: str, rules: DecisionRules) -> bool:
    """Whether a paper of ``kind`` called ``title`` decides anything."""
    return kind in rules.kinds or any(word in title for word in rules.titled)


def decisions(
    said: Sequence[Statement],
    projects: Sequence[Named],
    rules: DecisionRules,
    *,
    title: str = "",
    issuer: str | None = None,
) -> list[Decision]:
    """Return what sentences decide, in order; what was only heard (听取) is among them, whatever else was decided.

    Args:
        projects: those that have to be told apart. title: the paper's, which decides nothing itself.
        issuer: who issued it: what that body agrees to is its own decision.
    """
    scopes = Scopes(projects)
    heading = fold(title)
    found: list[Decision] = []
    for at, one in enumerate(said):
        scope = scopes.of(one)
        if scope == FOREIGN or one.speaker or _is_title(one, heading):
            continue
        behind = said[at + 1] if at + 1 < len(said) else None
        for decision in _decided(one, scope, projects, rules, issuer or ""):
            found.append(_with_condition(decision, behind, rules))
    return found


def _is_title(one: Statement, heading: str) -> bool:
    words = fold(one.text)
    return bool(words) and (words == heading or bool(_TITLE.fullmatch(one.text)))


def _decided(
    one: Statement, scope: str, projects: Sequence[Named], rules: DecisionRules, issuer: str = ""
) -> Iterator[Decision]:
    """The decisions of one sentence: one for each project it names, one for each matter of its own."""
    text, whole = _masked(one.text), one.text
    hits = [hit for hit in _hits(text, rules) if hit.rule.hears or _counts(text, hit, rules, issuer)]
    hits = _leaning(text, _governed(text, hits))
    sound = [hit for hit in hits if not _is_void(text, hit, hits, rules)]
    kept: list[Decision] = []
    left_out = {code for span in _EXCEPT.finditer(whole) for _, code in places(span.group(), projects)}
    for hit in sound or hits:
        until = _until(text, hit, hits)
        outcome, detail = (UNSURE, "") if not sound else _outcome(text, whole, hit, rules)
        matter = _matter(text[_clause_start(text, hit.start) : until])
        for code in _codes(whole, hit, until, hits, projects) or (scope,):
            what = UNSURE if code in left_out else outcome
            new = Decision(what, code, one.page, one.quote, detail, matter)
            if not _repeats(kept, new):
                kept.append(new)
    return iter(kept)


def _masked(text: str) -> str:
    """The text with what stands in brackets blotted out, character by character: it interrupts no clause."""
    return _BRACKETS.sub(lambda match: _BLOT * len(match.group()), text)


def _until(text: str, hit: _Hit, hits: Sequence[_Hit]) -> int:
    """Where the words of an outcome end: at the next one that is another."""
    following = (other.start for other in hits if other.start > hit.start and other.rule is not hit.rule)
    return min(following, default=len(text))


def _outcome(text: str, whole: str, hit: _Hit, rules: DecisionRules) -> tuple[str, str]:
    """The outcome a word stands for where it stands, and the conditions it comes with."""
    before = text[_clause_start(text, hit.start) : hit.start]
    if not hit.rule.agrees:
        turned = hit.rule.defers and _TURNED.search(before) and text[hit.start] in "不未没"
        return (UNSURE if turned else hit.rule.name), ""
    if _is_denied(text, hit, rules):
        return _contrary(text, hit, rules), ""
    if _HALF_DENIED.search(before):
        return UNSURE, ""
    detail = _condition(whole[hit.end :], rules)
    return (_conditional(rules, hit.rule.name) if detail else hit.rule.name), detail


def _hits(text: str, rules: DecisionRules) -> list[_Hit]:
    """The outcome words of a sentence, none inside another or inside words that are none (不同意见)."""
    noise = [match.span() for pattern in rules.noise for match in pattern.finditer(text)]
    found = [
        (match.start(), -match.end(), at, _Hit(rule, match.start(), match.end()))
        for at, rule in enumerate(rules.outcomes)
        for pattern in rule.patterns
        for match in pattern.finditer(text)
    ]
    kept: list[_Hit] = []
    for _, _, _, hit in sorted(found, key=lambda one: one[:3]):
        if any(start < hit.end and hit.start < end for start, end in noise):
            continue
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
        elif not hit.rule.agrees and kept[-1].rule.agrees:
            kept[-1] = hit
    return kept


def _counts(text: str, hit: _Hit, rules: DecisionRules, issuer: str) -> bool:
    """Whether the word is this paper's own decision: nobody's proposal, question, past or private opinion."""
    clause = text[_clause_start(text, hit.start) : hit.start]
    before = text[max(0, hit.start - _MOST_BEFORE) : hit.start]
    own = bool(_OWN.search(clause))
    if any(pattern.search(clause) for pattern in (*rules.asked, *rules.earlier)) or _proposed(before, rules):
        return False
    if hit.rule.agrees and (
        any(pattern.search(clause) for pattern in rules.sought)
        or text[hit.end : hit.end + 1] in {"后", "前"}
        or (_NOUN.search(clause) and not own)
    ):
        return False
    if any(pattern.search(clause) for pattern in rules.single) and not own:
        return False
    return own or not _BODY_BEFORE.search(clause) or bool(issuer and clause.startswith(issuer))


def _proposed(before: str, rules: DecisionRules) -> bool:
    """Whether the sentence was in the voice of a proposal when it came to the word."""
    last = max((match.end() for pattern in rules.proposed for match in pattern.finditer(before)), default=0)
    return bool(last) and not _OWN.search(before[last:])


def _clause_start(text: str, at: int) -> int:
    """Where the clause begins that holds ``at``."""
    starts = [match.end() for match in _CLAUSE.finditer(text, 0, at)]
    return starts[-1] if starts else 0


def _governed(text: str, hits: Sequence[_Hit]) -> list[_Hit]:
    """不同意认定为淘汰类 is no 认定: in one clause, what stands behind a refusal is what it refuses."""
    kept: list[_Hit] = []
    for hit in hits:
        refusal = next((one for one in reversed(kept) if one.rule.defers), None)
        refused = refusal is not None and not _CLAUSE.search(text, refusal.end, hit.start)
        if not (hit.rule.agrees and (refused or _agreed_already(text, kept, hit))):
            kept.append(hit)
    return kept


def _agreed_already(text: str, kept: Sequence[_Hit], hit: _Hit) -> bool:
    """原则同意认定为淘汰类 is one agreement, and as its first word says."""
    before = next((one for one in reversed(kept) if one.rule.agrees), None)
    return (
        before is not None and before.rule is not hit.rule and not _CLAUSE.search(text, before.end, hit.start)
    )


def _leaning(text: str, hits: Sequence[_Hit]) -> list[_Hit]:
    """同意暂缓销号 is no agreement: what it agrees to is the outcome."""
    kept: list[_Hit] = []
    for hit, following in zip_longest(hits, hits[1:]):
        if following is not None and hit.rule.agrees and following.rule.defers:
            between = text[hit.end : following.start]
            if (
                not re.search(r"[，,；;。、]|(?:认定|退出|销号|处置|列为)", between)
                and len(between) <= _LEAN * 3
            ):
                continue
        kept.append(hit)
    return kept


def _is_void(text: str, hit: _Hit, hits: Sequence[_Hit], rules: DecisionRules) -> bool:
    """Whether what is agreed to is told not to hold (同意…的意见不成立)."""
    following = min((other.start for other in hits if other.start > hit.start), default=len(text))
    after = _CLAUSE.split(text[hit.end : following], maxsplit=1)[0]
    return hit.rule.agrees and any(pattern.search(after) for pattern in rules.void)


def _is_denied(text: str, hit: _Hit, rules: DecisionRules) -> bool:
    before = text[max(0, hit.start - 8) : hit.start]
    return any(pattern.search(before) for pattern in rules.denied)


def _contrary(text: str, hit: _Hit, rules: DecisionRules) -> str:
    """Agreement denied is a refusal; denied twice (不得不同意) it is for a person to read."""
    before = text[max(0, hit.start - 8) : hit.start]
    if re.search(r"不得不|无不|没有不|不能不|并非不|[未没]有?不", before + text[hit.start : hit.end]):
        return UNSURE
    refusals = [rule.name for rule in rules.outcomes if rule.defers]
    return refusals[0] if refusals else UNSURE


def _conditional(rules: DecisionRules, outcome: str) -> str:
    return next((rule.name for rule in rules.outcomes if rule.conditional), outcome)


def _condition(after: str, rules: DecisionRules) -> str:
    """The words from where a condition begins to the end of the sentence."""
    starts = [match.start() for pattern in rules.condition for match in [pattern.search(after)] if match]
    return after[min(starts) :].strip("，,。；; ") if starts else ""


def _with_condition(decision: Decision, behind: Statement | None, rules: DecisionRules) -> Decision:
    """Conditions may be a sentence of their own (前提是…)."""
    agreed = {rule.name for rule in rules.outcomes if rule.agrees}
    if decision.outcome not in agreed or decision.detail or behind is None:
        return decision
    if any(pattern.match(behind.text) for pattern in rules.condition[:2]):
        return replace(
            decision, outcome=_conditional(rules, decision.outcome), detail=behind.text.strip("，,。；; ")
        )
    return decision


def _codes(
    text: str, hit: _Hit, until: int, hits: Sequence[_Hit], projects: Sequence[Named]
) -> tuple[str, ...]:
    """The projects one outcome of a sentence is about: those of its own clause, else behind it, else before it."""
    last = max(
        (other.end for other in hits if other.end <= hit.start and other.rule is not hit.rule), default=0
    )
    start = max(last, _clause_start(text, hit.start))
    others = any(other.rule is not hit.rule and not other.rule.hears for other in hits)
    after = _own_clauses(text[hit.end : until]) if until < len(text) else text[hit.end : until]
    for words in (text[start : hit.start], after, text[last : hit.start] if others else text):
        codes = tuple(dict.fromkeys(code for _, code in places(words, projects)))
        if codes:
            return codes
    return ()


def _own_clauses(words: str) -> str:
    """The words up to the last break: what stands behind it belongs to the next outcome."""
    breaks = [match.start() for match in re.finditer(r"[，,；;]", words)]
    return words[: breaks[-1]] if breaks else words


def _matter(words: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _MATTERS.items() if pattern.search(words))


def _repeats(kept: Sequence[Decision], new: Decision) -> bool:
    """Whether a sentence only goes on: 不同意…，暂不予销号 is one decision; agreement twice is one."""
    for old in kept:
        if old.project == new.project and (
            old.outcome == new.outcome or (old.outcome not in {"", new.outcome} and _goes_on(old, new))
        ):
            return True
    return False


def _goes_on(old: Decision, new: Decision) -> bool:
    return old.outcome in _FIRM and new.outcome in _FIRM


_FIRM = frozenset({"不同意", "暂缓", "另行研究", "退回修改"})


def tabled(found: Sequence[Table], projects: Sequence[Named], rules: DecisionRules) -> list[Decision]:
    """What tables decide, a row a project; rows that name none of ``projects`` are others'."""
    kept: list[Decision] = []
    for table in found:
        column = _column(table, rules)
        ticked = {at: hits[0].rule for at, head in enumerate(table.heads) if (hits := _hits(head, rules))}
        for row in table.rows:
            codes = {code for _, code in places(row.text, projects)}
            code = "" if not projects and len(table.rows) == 1 else next(iter(codes), None)
            if code is None or len(codes) > 1:
                continue
            quote = short(row.text)
            marked = [rule for at, rule in ticked.items() if row.cells.get(at, "").strip() in TICKS]
            if marked:
                outcome = marked[0].name if len(marked) == 1 else UNSURE
                kept.append(Decision(outcome, code, row.page, quote))
                continue
            for cell in _cells(row, column, projects, rules):
                one = Statement(cell, row.page)
                kept += [replace(d, quote=quote) for d in _decided(one, code, projects, rules)]
    return kept


def _column(table: Table, rules: DecisionRules) -> int | None:
    """The column that holds this decision; None when none or several may."""
    others = [at for at, head in enumerate(table.heads) if any(word in head for word in rules.other_column)]
    for word in rules.column:
        found = [at for at, head in enumerate(table.heads) if word in head and at not in others]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _cells(row: Row, column: int | None, projects: Sequence[Named], rules: DecisionRules) -> list[str]:
    """The cell of a row that holds the decision: by its column, or the only one that can be."""
    if row.cells:
        return [row.cells[column]] if column is not None and row.cells.get(column) else []
    free = [cell for cell in row.loose if not places(cell, projects) and _hits(cell, rules)]
    return free if len(free) == 1 and column is not None else []
