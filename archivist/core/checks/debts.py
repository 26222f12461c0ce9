"""Whether the debts and claims that papers tell of (债权债务) were settled, each by a paper of its own (清偿凭证).

A debt is open when a paper says so, with its sum. What settles it is a later paper that is made for that (收据, 清算报告 …),
is signed or sealed, and names the sum: a sentence in minutes or in a plan settles nothing. What papers or the register
tell without a sum, and what cannot be told for sure, is looked at by a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from archivist.core.checks.naming import names_another
from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules, cited
from archivist.core.compare.money import told as in_words
from archivist.core.document import Holding
from archivist.core.model import Fact, Seen, Severity
from archivist.core.paper.sums import SETTLED
from archivist.core.rules import DebtRule

CODES = ("debts", "debts-open", "claims-open")

_LONGEST_QUOTE = 80
_LAST = "9999"


@dataclass(frozen=True, slots=True)
class _Open:
    """A debt or claim that is open: its sum in yuan, the paper that said so last, and where."""

    yuan: Decimal
    held: Holding
    fact: Fact

    @property
    def called(self) -> str:
        what = "".join(word for word in (self.fact.party, self.fact.detail) if word)
        return f"{what}{in_words(self.fact.value)}"


@dataclass(frozen=True, slots=True)
class _Settling:
    """A paper made to settle: whether it is signed or sealed, and the sums it names."""

    held: Holding
    facts: tuple[Fact, ...]

    @property
    def signed(self) -> Seen:
        both = {self.held.sealed, self.held.signed}
        return Seen.YES if Seen.YES in both else Seen.UNKNOWN if Seen.UNKNOWN in both else Seen.NO


def debts(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """Debts and claims, each for themselves; then what is told without a sum."""
    rule = rules.procedure.debts
    if rule is None:
        return
    settling = tuple(_settling(file, rule))
    open_debts = _open(file, rule, rule.sums, settling)
    sums = (
        ("debts-open", "债务", open_debts),
        ("claims-open", "债权", _open(file, rule, rule.claims, settling)),
    )
    for code, name, still in sums:
        if still or code == "debts-open":
            yield _sums(file, rule, code, name, still, settling)
    if not open_debts:
        yield _words(file, rule, settling)


# -- sums ----------------------------------------------------------------------------------------------------------


def _settling(file: ProjectFile, rule: DebtRule) -> Iterator[_Settling]:
    for held in file.documents:
        facts = tuple(fact for fact in held.facts if fact.name == rule.paid)
        if facts and held.item in rule.items and not names_another(held, file.code):
            yield _Settling(held, facts)


def _open(
    file: ProjectFile, rule: DebtRule, names: Sequence[str], settling: Sequence[_Settling]
) -> list[_Open]:
    """Each sum once, as the last paper that calls it open does; one without a date is the last."""
    found: list[_Open] = []
    made_for_it = {one.held.id for one in settling}
    for held in sorted(file.documents, key=lambda one: one.date or _LAST):
        for fact in held.facts:
            if fact.name not in names or fact.state in {"", SETTLED} or fact.project not in ("", file.code):
                continue
            if held.id in made_for_it and not any(word in fact.quote for word in rule.open):
                continue  # what it was that is paid now
            one = _Open(Decimal(fact.value), held, fact)
            found = [*(other for other in found if not _same(other, one)), one]
    return found


def _same(one: _Open, other: _Open) -> bool:
    """Whether two papers tell of one debt: the same sum, of the same kind as far as both say which."""
    kinds = {one.fact.detail, other.fact.detail} - {""}
    return one.yuan == other.yuan and len(kinds) < 2


def _sums(
    file: ProjectFile,
    rule: DebtRule,
    code: str,
    name: str,
    still: Sequence[_Open],
    settling: Sequence[_Settling],
) -> Checked:
    slug, title = f"{code.partition('-')[0]}-sums", f"写明金额的{name}都有清偿凭证"
    if not still:
        return Checked(slug, title, cited(rule), Outcome.NOT_NEEDED, f"没有写到未结清的{name}金额")
    kinds = {debt.fact.detail for debt in still} - {""}
    found = tuple(
        one
        for debt in still
        if (one := _finding(file, rule, code, name, debt, _paying(settling, debt, kinds, rule))) is not None
    )
    told = "、".join(debt.called for debt in still)
    outcome = Outcome.BREACHED if found else Outcome.PASSED
    return Checked(slug, title, cited(rule), outcome, f"{len(still)} 笔：{told}", found)


def _paying(settling: Sequence[_Settling], debt: _Open, kinds: set[str], rule: DebtRule) -> list[_Settling]:
    """The papers that pay a debt; ``kinds`` are those of all that are open (土地流转费, 工资)."""
    others = kinds - {debt.fact.detail}
    return [one for one in settling if _pays(one, debt, others, rule) and one.held.id != debt.held.id]


def _finding(
    file: ProjectFile, rule: DebtRule, code: str, name: str, debt: _Open, paying: Sequence[_Settling]
) -> Finding | None:
    """None when a later, signed or sealed paper names the sum; a doubt when one may, or may be later."""
    later = [
        one for one in paying if not (one.held.date and debt.held.date and one.held.date < debt.held.date)
    ]
    sure = [one for one in later if one.signed is Seen.YES and one.held.date and debt.held.date]
    if sure:
        return None
    unsure = next((one for one in later if one.signed is not Seen.NO), None)
    where = f"第{debt.held.item}项{debt.held.called}写着{name}“{debt.called}”没有结清"
    if unsure is not None:
        message = (
            f"{where}，第{unsure.held.item}项{unsure.held.called}写到了这笔钱，"
            f"但{_doubt(unsure, debt)}。请看原件，把核对情况写作理由。"
        )
        return _found(file, rule, "debts", Severity.WARNING, message, debt.held, debt.fact)
    message = (
        f"{where}，没有看到清偿的凭证。会议纪要、方案里的一句话不算清偿："
        "把写明这笔金额、签字盖章的收据、清算报告或确认表归入其他材料。"
    )
    severity = Severity.ERROR if code == "debts-open" else Severity.WARNING
    return _found(file, rule, code, severity, message, debt.held, debt.fact)


def _doubt(one: _Settling, debt: _Open) -> str:
    if one.signed is not Seen.YES:
        return "看不准有没有签字盖章"
    return "两件的先后看不出来（缺日期）"


def _pays(one: _Settling, debt: _Open, others: set[str], rule: DebtRule) -> bool:
    """Whether a paper names the sum as paid, in one or in several amounts to the same creditor, or settles all of more.

    The same amount for what is plainly another debt (one of ``others``) does not pay it.
    """
    paid = [fact for fact in one.facts if not any(word in fact.quote for word in rule.open)]
    mine = debt.fact.detail
    if any(
        Decimal(fact.value) == debt.yuan
        and ((mine and mine in fact.quote) or not any(other in fact.quote for other in others))
        for fact in paid
    ):
        return True
    whose = [word for word in (debt.fact.party, debt.fact.detail.removeprefix("约")) if word]
    same = {Decimal(fact.value) for fact in paid if whose and any(word in fact.quote for word in whose)}
    if sum(same) >= debt.yuan > 0 and same:
        return True
    return any(
        Decimal(fact.value) >= debt.yuan and any(word in fact.quote for word in rule.settled) for fact in paid
    )


# -- words ---------------------------------------------------------------------------------------------------------


def _words(file: ProjectFile, rule: DebtRule, settling: Sequence[_Settling]) -> Checked:
    """What is told without a sum, by the latest paper that tells either way, else by the register."""
    said = sorted(_statements(file, rule), key=lambda one: (one[0], one[1]))
    opened = [one for one in said if one[1]]
    if said and not (opened and _sealed_after(settling, opened[-1])):
        last = opened[-1] if opened else said[-1]
        return _checked(file, rule, bool(opened), last[3].value, (last[2], last[3]))
    if said:
        told = "写到的欠款另有签字盖章的清偿材料"
        return Checked("debts", "债权债务已经清算", cited(rule), Outcome.PASSED, told)
    open_in_register = _tells(rule, file.debts)
    if open_in_register is None:
        told = "材料和台账里都没有写到没有金额的欠款"
        return Checked("debts", "债权债务已经清算", cited(rule), Outcome.NOT_NEEDED, told)
    paid = open_in_register and any(one.signed is Seen.YES for one in settling)
    return _checked(file, rule, open_in_register and not paid, file.debts, None)


def _statements(file: ProjectFile, rule: DebtRule) -> Iterator[tuple[str, bool, Holding, Fact]]:
    """What documents say that name no sum: when, whether a debt is open, where. An open one without a date is the last."""
    for one in file.documents:
        if any(fact.name in rule.sums for fact in one.facts):
            continue
        for fact in one.facts:
            open_ = _tells(rule, fact.value) if fact.name == rule.fact else None
            if open_ is not None:
                yield one.date or (_LAST if open_ else ""), open_, one, fact


def _sealed_after(settling: Sequence[_Settling], opened: tuple[str, bool, Holding, Fact]) -> bool:
    """Whether a signed or sealed paper settles what was told at a day."""
    return any(one.signed is Seen.YES and (one.held.date or "") >= opened[0] for one in settling)


def _tells(rule: DebtRule, words: str) -> bool | None:
    """Whether words tell of an open debt (True) or of none left (False); None when they tell neither.

    尚欠 outweighs 已结清 (of another part), and that outweighs a bare 欠 (欠款已结清).
    """
    for told, open_ in ((rule.open, True), (rule.settled, False), (rule.owed, True)):
        if any(word in words for word in told):
            return open_
    return None


def _checked(
    file: ProjectFile, rule: DebtRule, open_: bool, words: str, where: tuple[Holding, Fact] | None
) -> Checked:
    one, fact = where or (None, None)
    quote = " ".join(words.split())[:_LONGEST_QUOTE]
    place = f"第{one.item}项{one.called}" if one else "台账"
    told = f"{place}写着“{quote}”"
    findings: tuple[Finding, ...] = ()
    if open_:
        message = f"{told}。销号前要清算债权债务：已经清算的，把怎么清算的、凭证在哪里写作理由。"
        findings = (_found(file, rule, "debts", Severity.WARNING, message, one, fact, quote),)
    outcome = Outcome.BREACHED if open_ else Outcome.PASSED
    return Checked("debts", "债权债务已经清算", cited(rule), outcome, told, findings)


def _found(
    file: ProjectFile,
    rule: DebtRule,
    code: str,
    severity: Severity,
    message: str,
    held: Holding | None,
    fact: Fact | None,
    quote: str = "",
) -> Finding:
    return Finding(
        file.code,
        None,
        code,
        severity,
        message,
        held.id if held else None,
        fact.page if fact else None,
        fact.quote if fact else quote,
        cited(rule),
    )
