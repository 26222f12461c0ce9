"""Whether the papers of a project and its register say the same of it (内容不一致): amounts, names, years, parties.

Each paper is compared with what most say, the register counted as one of them; of as many it is the register that
counts, then the earlier item. So one paper that is wrong is one finding, and so is a register that is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules, cited
from archivist.core.compare import money, names
from archivist.core.compare.sheets import papers
from archivist.core.crossrules import MatchRule
from archivist.core.document import Holding
from archivist.core.model import Fact, Severity, TextSource
from archivist.core.patterns import lazily

CODES = ("differs-*",)
"""* stands for the rule's slug in procedure.toml."""

_REGISTER = "台账"
_LONGEST = 60
_MOST_VALUES = 40
_OF_NAMES, _OF_MONEY = ("called", "project"), ("money", "sums")
_YEAR = lazily(r"(?:19|20)[0-9]{2}")


class _Said(NamedTuple):
    """What one paper, or the register (no ``sheets``), says: all the values that may be meant."""

    sheets: tuple[Holding, ...]
    facts: tuple[Fact, ...]

    def held(self, fact: Fact) -> Holding | None:
        """The sheet that says a fact; None for the register."""
        return next((one for one in self.sheets if fact in one.facts), None)

    @property
    def typed(self) -> bool:
        """Whether it cannot have been misread."""
        return all(one.text_source is TextSource.NATIVE for one in self.sheets)


_Alike = Callable[[Fact, Fact, Mapping[int, str]], bool]


def _money(one: Fact, other: Fact, confused: Mapping[int, str]) -> bool:
    return money.alike(one, other)


def _name(one: Fact, other: Fact, confused: Mapping[int, str]) -> bool:
    return names.alike(one.value, other.value, confused)


def _not_near(one: Fact, other: Fact, confused: Mapping[int, str]) -> bool:
    return not names.near(one.value, other.value, confused)


def _not_other(one: Fact, other: Fact, confused: Mapping[int, str]) -> bool:
    whole = names.whole(one.value) and names.whole(other.value)
    return not whole or names.alike(one.value, other.value, confused) or not _not_near(one, other, confused)


def _body(one: Fact, other: Fact, confused: Mapping[int, str]) -> bool:
    return _name(one, other, confused) or not _not_near(one, other, confused)


def _word(one: Fact, other: Fact, confused: Mapping[int, str]) -> bool:
    return one.value == other.value


def _year(one: Fact, other: Fact, confused: Mapping[int, str]) -> bool:
    first, second = (set(_YEAR.findall(fact.value)) for fact in (one, other))
    return bool(first & second) or not first or not second


FORMS: dict[str, _Alike] = {
    "money": _money,
    "sums": _money,
    "called": _not_near,
    "project": _not_other,
    "body": _body,
    "year": _year,
    "word": _word,
}
"""How two values are told to be the same, by the ``form`` of a rule. sums: of one creditor and kind (土地流转费). called: a
name that is nearly the other was written wrongly, anything else is another thing that papers may speak of. project: one
that is another project's in full is not this one's."""


def differs(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """One for each thing that is compared."""
    for rule in rules.procedure.cross.matches:
        yield _checked(file, rules, rule)


def _checked(file: ProjectFile, rules: Rules, rule: MatchRule) -> Checked:
    confused = rules.procedure.cross.confused
    clause = cited(rule)
    slug, name = f"differs-{rule.slug}", f"各件材料和台账写的{rule.name}一致"
    every = [*_register(file, rule), *_papers(file, rule)]
    compared = [said for said in _each(every, rule) if len(said) > 1]
    if not compared:
        told = f"只有一处写到{rule.name}" if every else f"没有读到{rule.name}"
        return Checked(slug, name, clause, Outcome.NOT_NEEDED, told)
    found = tuple(finding for said in compared for finding in _compared(file, rule, said, confused))
    values = "、".join(dict.fromkeys(f"“{_told(rule, _usual(said, rule, confused))}”" for said in compared))
    told = f"{len(every)} 处写到{rule.name}：{values}，" + (f"{len(found)} 处不同" if found else "没有不同")
    return Checked(slug, name, clause, Outcome.BREACHED if found else Outcome.PASSED, told, found)


def _each(said: Sequence[_Said], rule: MatchRule) -> list[list[_Said]]:
    """What is compared with one another: of sums those of one creditor and kind, where a paper gives it once."""
    if rule.form != "sums":
        return [list(said)]
    keys = dict.fromkeys((fact.party, fact.detail) for one in said for fact in one.facts if fact.detail)
    return [
        [
            _Said(one.sheets, own)
            for one in said
            if len(own := tuple(fact for fact in one.facts if (fact.party, fact.detail) == key)) == 1
        ]
        for key in keys
    ]


def _compared(
    file: ProjectFile, rule: MatchRule, said: Sequence[_Said], confused: Mapping[int, str]
) -> Iterator[Finding]:
    usual = _usual(said, rule, confused)
    agreeing = [(one, _agrees(one, usual, rule, confused)) for one in said]
    those = [one for one, agrees in agreeing if agrees]
    for one, agrees in agreeing:
        if not agrees:
            yield _finding(
                file, rule, one, _odd(one, usual, rule, confused), _others(those, usual, rule, confused)
            )


def _register(file: ProjectFile, rule: MatchRule) -> Iterator[_Said]:
    if file.register is None:
        return
    values = [getattr(file.register, column) for column in rule.register]
    if "name" in rule.register:
        values += [name for _, name in file.formerly]
    if not values or not values[0]:
        return
    facts = tuple(Fact(rule.name, str(value), 1, str(value)) for value in values if value)
    yield _Said((), facts)


def _papers(file: ProjectFile, rule: MatchRule) -> Iterator[_Said]:
    for sheets in papers(one for one in file.documents if one.item in rule.items):
        facts = [
            fact
            for held in sheets
            for fact in held.facts
            if fact.name in rule.facts and fact.project in ("", file.code) and not _apart(fact, rule)
        ]
        own = [fact for fact in facts if fact.project] or facts
        if own:
            yield _Said(sheets, tuple(own))


def _apart(fact: Fact, rule: MatchRule) -> bool:
    return any(word in fact.detail or word in fact.quote for word in rule.apart)


def _usual(said: Sequence[_Said], rule: MatchRule, confused: Mapping[int, str]) -> Fact:
    """What most say; of as many what stands first: the register, then the papers by item.

    Of names only those in full can be what the others say: anything agrees with 基地项目.
    """
    facts = [fact for one in said for fact in one.facts]
    if rule.form in _OF_NAMES:
        facts = [fact for fact in facts if names.whole(fact.value)] or facts[:1]

    def says(one: _Said, fact: Fact) -> bool:
        if rule.form in _OF_NAMES:
            return any(names.alike(other.value, fact.value, confused) for other in one.facts)
        return _agrees(one, fact, rule, confused)

    often = Counter(fact.value for fact in facts)
    first = {fact.value: fact for fact in reversed(facts)}  # each value once: papers are many, values few
    values = sorted(first, key=lambda value: -often[value])[:_MOST_VALUES]
    candidates = [first[value] for value in dict.fromkeys(fact.value for fact in facts) if value in values]
    return max(candidates, key=lambda fact: sum(says(one, fact) for one in said))


def _agrees(one: _Said, with_: Fact, rule: MatchRule, confused: Mapping[int, str]) -> bool:
    """Whether a paper says it at least once."""
    if rule.form == "called":
        return not _mistyped(one, with_, confused)
    return any(FORMS[rule.form](fact, with_, confused) for fact in one.facts)


def _mistyped(one: _Said, name: Fact, confused: Mapping[int, str]) -> bool:
    """Whether a paper calls a project wrongly: a typed one anywhere, a scan wherever it does, in one and the same way;
    else it was misread.
    """
    wrong = [fact for fact in one.facts if names.near(fact.value, name.value, confused)]
    if not wrong or one.typed:
        return bool(wrong)
    right = any(
        names.alike(fact.value, name.value, confused) and names.whole(fact.value) for fact in one.facts
    )
    return not right and all(names.alike(fact.value, wrong[0].value, confused) for fact in wrong)


def _odd(one: _Said, with_: Fact, rule: MatchRule, confused: Mapping[int, str]) -> Fact:
    """What of it is not so."""
    return next(fact for fact in one.facts if not FORMS[rule.form](fact, with_, confused))


class _Others(NamedTuple):
    """Those that agree: in words, what they say, and the first paper of them with where it says so."""

    named: str
    usual: Fact
    held: Holding | None
    fact: Fact


def _others(those: Sequence[_Said], usual: Fact, rule: MatchRule, confused: Mapping[int, str]) -> _Others:
    register = [_REGISTER] if any(not one.sheets for one in those) else []
    for one in those:
        alike = FORMS["body"] if rule.form in _OF_NAMES else FORMS[rule.form]
        fact = next((fact for fact in one.facts if alike(fact, usual, confused)), one.facts[0])
        held = one.held(fact)
        if held is not None:
            paper = f"{_place(held)}第{fact.page}页“{fact.quote[:_LONGEST]}”"
            return _Others("和".join([*register, paper]), usual, held, fact)
    return _Others(_REGISTER, usual, None, usual)


def _finding(file: ProjectFile, rule: MatchRule, one: _Said, odd: Fact, others: _Others) -> Finding:
    held = one.held(odd)
    message = (
        f"{_place(held)}写的{rule.name}是“{_told(rule, odd)}”，{others.named}写的是“{_told(rule, others.usual)}”，不一致。"
        "请看原件：写错的改正，归错的改归；没有错的，写明理由。"
    )
    finding = Finding(
        file.code,
        held.item if held else None,
        f"differs-{rule.slug}",
        Severity.ERROR if rule.strict else Severity.WARNING,
        message,
        held.id if held else None,
        odd.page if held else None,
        odd.quote if held else None,
        cited(rule),
    )
    if others.held is None:
        return finding
    return replace(
        finding,
        other_document=others.held.id,
        other_page=others.fact.page,
        other_quote=others.fact.quote,
    )


def _place(held: Holding | None) -> str:
    return _REGISTER if held is None else f"第{held.item}项{held.called}"


def _told(rule: MatchRule, fact: Fact) -> str:
    if rule.form not in _OF_MONEY:
        return fact.value
    return f"{fact.party}{fact.detail if rule.form == 'sums' else ''}{money.told(fact.value)}"
