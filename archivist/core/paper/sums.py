"""Debts, claims and property as sums (债务, 债权, 资产): how much, settled or open, whose, and what they consist of. Pure.

A sum is kept whole: what follows 其中 are parts of it, told apart so that nobody counts them twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import takewhile

from archivist.core.paper.amounts import Amount, amounts
from archivist.core.paper.statements import Statement
from archivist.core.patterns import lazily
from archivist.core.saying import SumRules

DEBT, CLAIM, PROPERTY = "债务", "债权", "资产"
SETTLED, OPEN, DISPUTED = "已结清", "未结清", "有争议"

_NAMES = (
    (CLAIM, lazily(r"债权(?!人|[、和及]?债务)|应收(?!到|集)|尚?未收回|他人欠|外欠")),
    (
        DEBT,
        lazily(
            r"(?<!债权)(?<!债权[、和及])债务(?!人(?!民币))|应付|欠(?:付|款|缴|下|发)?|拖欠|外债|未付|负债|借款余额|贷款余额"
        ),
    ),
    (
        PROPERTY,
        lazily(
            r"资产(?!负债|评估(?:有限|公司|事务|机构|报告)|管理|处置|权属|登记|监督|移交清单)|原值|净值|评估值|评估价值|账面价值"
        ),
    ),
)
_PARTS = lazily(
    r"其中|包括|包含|分别(?:为|是)|具体(?:为|是)|构成|即[：:]|含(?!税)|[：:]\s?(?:1|一|①|（1）|\(1\))"
)
_END_OF_PARTS = lazily(r"[；;。]|另(?:有|外)|此外|除此")
_BREAK = lazily(r"[，,；;。、（(）)：:]")
_NOT_DISPUTED = lazily(r"(?:无|没有|不存在|未发现|未形成|无任何)[^，。；]{0,8}(?:争议|异议|纠纷|诉讼)")
_NOT_SETTLED = lazily(
    r"(?:[未没尚]|不能|无法|无力|难以)(?:有|能|予|曾)?[^，。；、]{0,8}(?:结清|付清|清偿|偿还|归还|收回|支付|清算|了结|兑付|还清|付款)"
)
_PURPOSE = lazily(
    r"(?:投入|补助|补贴|扶持|帮扶资金|衔接资金|扶贫资金|总投资|注册资本|保证金|违约金|租金标准|年产值|收入|利润|产值)[^，。；]{0,10}$"
)
_WHOSE = lazily(
    r"(?:欠付|拖欠|尚欠|仍欠|下欠|欠|应付|应付给|支付给)([一-龥·（）()]{2,24}?)(?:的)?"
    r"(?:(?:工程|材料|货|饲料|苗木|种苗|设备|借|贷|劳务|土地|房屋|水电|运输|保险|流转|青苗)[一-龥]{0,4}(?:款|费|金|租金)|租金|工资|劳务费|货款|款项|款|费用|本金|本息)"
)
_OWNER = lazily(
    r"(?:债权人|债务人|欠款人|收款人|权利人|产权人)(?:为|是|[：:])?([一-龥·]{2,24}?)(?=[，,；;。（(、]|$)"
)
_THING = lazily(
    r"(?:工程|材料|货|饲料|苗木|苗种|种苗|种子|化肥|农药|设备|劳务|借|贷|土地|房屋|水电|运输)[一-龥]{0,4}(?:款|费|金)|租金|工资|货款|欠款|尾款|借款|贷款|余款"
)
_VALUE = lazily(r"原值|净值|评估值|评估价值|账面价值|残值")
_ALL = lazily(r"均|都|全部|皆|上述|以上")
_BRACKETS = lazily(r"[（(][^（）()]{0,60}[）)]")
_SUBJECT = lazily(r"(?:费|款|租金|工资|薪酬|本息|债务|债权|借款|贷款|资产|保证金)")
_SAME_SUM = lazily(r"该|此款|此债|上述|以上|其余|余款|现|目前|款项|均|全部")
_OWED = lazily(r"(?<![不无])欠")
_STILL = lazily(r"[尚仍下]欠|[未没尚]")
_IS_SETTLED = lazily(r"已[^，。；未没]{0,16}(?:付清|结清|还清|清偿|偿还|收回|付讫|兑付|了结)")
_ENDS_PARTY = lazily(
    r"(?:公司|合作社|联合社|农户|村民|群众|工人|个人|业主|集体|[一-龥]村|村委会|委员会|银行|信用社|[一-龥]行|厂"
    r"|工程队|施工队|门店|商店|经营部|农场|中心|[一-龥]局|站|所|政府|[某×]|[一-龥]{1,2}某某?|户|社|单位|施工方|承建方|供应商|出租方|甲方|乙方)$"
)
_WORDS_BEFORE = 24
_OTHERS = lazily(r"其他|其它|任何其|新的|别的")


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum a paper tells of.

    Attributes:
        name: 债务, 债权 or 资产. yuan: how much. page, quote: where it says so.
        state: 已结清, 未结清, 有争议, or "" where it does not say.
        party: whom it is owed to or by, "" where it does not say. what: what for (工程款), as written.
        part: a part of the sum before it, which must not be counted again.
        about: only roughly.
    """

    name: str
    yuan: Decimal
    page: int
    quote: str
    state: str = ""
    party: str = ""
    what: str = ""
    part: bool = False
    about: bool = False
    topic: str = ""


def sums(said: Sequence[Statement], rules: SumRules) -> tuple[Sum, ...]:
    """Return the sums in reading order; one that is told again comes once, with what is known of its state."""
    kept: list[Sum] = []
    for one in said:
        found = _spread(list(_told(one, rules)), one.text, rules)
        for new in _with_states(found):
            known = next((at for at, old in enumerate(kept) if _same(old, new)), None)
            if known is None:
                kept.append(new)
            elif not kept[known].state and new.state:
                kept[known] = replace(kept[known], state=new.state)
    return (*kept, *_nothing(said, rules, kept))


def _same(one: Sum, other: Sum) -> bool:
    return (one.name, one.yuan, one.part) == (other.name, other.yuan, other.part) and (
        not one.part or one.what == other.what
    )


def _told(one: Statement, rules: SumRules) -> Iterator[Sum]:
    """The sums of one sentence: each amount belongs to the nearest name before it, and after 其中 it is a part."""
    text = one.text
    name = _named(one.topic) if len(one.topic) <= 30 else ""
    total: Amount | None = None
    left = Decimal(0)
    owed, before = False, 0
    listed = [amount for amount in amounts(text) if not amount.each]
    for at, amount in enumerate(listed):
        words = text[before : amount.start]
        own = _named(words)
        if own and (not name or own != name):
            name, total = own, None
        bare = _BRACKETS.sub("", words)
        owed = bool(_OWED.search(words)) or (owed and bare.lstrip().startswith(("、", "和", "及", "以及")))
        parts = bool(_PARTS.search(words)) and total is not None
        if _END_OF_PARTS.search(words) and not parts:
            total = None if own or not left else total
        if parts and total is not None:
            left = total.yuan
        follows = text[amount.end : listed[at + 1].start if at + 1 < len(listed) else len(text)]
        before = amount.end
        if not name or _PURPOSE.search(words):
            continue
        part = (
            total is not None
            and (left > 0 or _only_state(words, rules))
            and amount.yuan <= (left or total.yuan)
        )
        if part:
            left = (left or (total.yuan if total else left)) - amount.yuan
        else:
            total, left = amount, Decimal(0)
        yield Sum(
            name,
            amount.yuan,
            one.page,
            one.quote,
            _state(words, follows, owed, rules),
            _party(words, follows),
            _what(words),
            part,
            amount.about,
            one.topic,
        )


def _spread(found: Sequence[Sum], text: str, rules: SumRules) -> list[Sum]:
    """What the sentence says behind its last amount of all (均已结清), or of those of one name (债务已结清)."""
    if not found or all(one.state for one in found):
        return list(found)
    tail = text[max(amount.end for amount in amounts(text)) :]
    out = list(found)
    for clause in re.split(r"[，,；;。]", tail):
        state, name = state_of(clause, rules), _named(clause)
        if state and (_ALL.search(clause) or name):
            out = [
                replace(one, state=state) if not one.state and (not name or one.name == name) else one
                for one in out
            ]
    return out


def _named(words: str) -> str:
    """Which of the three words name last; "" for none."""
    last = [(match.end(), name) for name, pattern in _NAMES for match in pattern.finditer(words[-80:])]
    return max(last)[1] if last else ""


def _only_state(words: str, rules: SumRules) -> bool:
    """Whether the words before an amount say nothing but how it stands (已结清3.2万元，尚欠1.84万元)."""
    clause = _last_clause(words)
    return bool(state_of(clause, rules)) and len(clause) <= 8 and not _what(clause) and not _party(clause, "")


def _state_before(words: str, rules: SumRules) -> str:
    return state_of(_last_clause(words), rules)


def _last_clause(words: str) -> str:
    return _BREAK.split(words[-_WORDS_BEFORE:])[-1]


def _state(words: str, follows: str, owed: bool, rules: SumRules) -> str:
    """The state right before an amount (尚欠 1.84万元), else what is said of it behind, else open if it is owed."""
    near = _state_before(words, rules)
    behind = _state_behind(words, follows, rules)
    if near == OPEN and behind == DISPUTED:
        return DISPUTED
    if near and not (_OWED.search(words) and not _STILL.search(_last_clause(words))):
        return near
    return behind or near or (OPEN if owed else "")


def _state_behind(words: str, follows: str, rules: SumRules) -> str:
    """What the clauses behind an amount say of it; a clause about something else ends them (，土地流转费已结清)."""
    what = _what(words)
    for clause in re.split(r"[，,]", re.split(r"[；;。]|其中|(?<=[）)])、|^、", follows, maxsplit=1)[0]):
        state = state_of(clause, rules)
        subject = _SUBJECT.search(re.split(r"[已未没尚均全]", clause, maxsplit=1)[0])
        if subject is not None and not (what and what in clause) and not _SAME_SUM.search(clause):
            return ""
        if state:
            return state
    return ""


def state_of(words: str, rules: SumRules) -> str:
    """Whether words call a sum settled, open or disputed; "" when they do not say. What they deny is not said."""
    bare = _NOT_DISPUTED.sub("", words)
    if any(word in bare for word in rules.disputed):
        return DISPUTED
    if _NOT_SETTLED.search(words) or any(word in words for word in rules.open):
        return OPEN
    return SETTLED if any(word in words for word in rules.settled) or _IS_SETTLED.search(words) else ""


def _party(words: str, follows: str) -> str:
    for pattern, text in ((_WHOSE, words[-48:]), (_OWNER, follows[:40]), (_OWNER, words[-48:])):
        match = pattern.search(text)
        party = match.group(1).strip("（）()") if match else ""
        if party and _ENDS_PARTY.search(party):
            return party
    return ""


def _what(words: str) -> str:
    if values := _VALUE.findall(words[-_WORDS_BEFORE:]):
        return str(values[-1])
    found = _THING.findall(_BREAK.split(words[-_WORDS_BEFORE:].rstrip("为是共计："))[-1])
    return str(found[-1]) if found else ""


def _with_states(found: Sequence[Sum]) -> Iterator[Sum]:
    """A whole has the state its parts agree on; with an open part it is open."""
    for at, one in enumerate(found):
        parts = list(takewhile(_is_part, found[at + 1 :])) if not one.part else []
        yield replace(one, state=_state_of_whole(one, {part.state for part in parts})) if parts else one


def _is_part(one: Sum) -> bool:
    return one.part


def _state_of_whole(one: Sum, told: set[str]) -> str:
    if OPEN in told or DISPUTED in told:
        return OPEN if OPEN in told else DISPUTED
    return SETTLED if told == {SETTLED} and not one.state else one.state


def _nothing(said: Sequence[Statement], rules: SumRules, found: Sequence[Sum]) -> Iterator[Sum]:
    """无债权债务: none of either, unless the paper tells of some, or says only that there are no others."""
    told = {one.name for one in found}
    for one in said:
        for pattern in rules.none:
            match = pattern.search(one.text)
            if match is None or _OTHERS.search(match.group()):
                continue
            if re.match(r"(?:方面)?(?:的)?(?:纠纷|争议|问题|不清|未)", one.text[match.end() :]):
                continue
            before = one.text[max(0, match.start() - 6) : match.start()]
            if re.search(r"是否|如|若|并非|确保$", before):
                continue
            words = match.group()
            names = [name for name in (CLAIM, DEBT) if name in words] or [DEBT]
            for name in names:
                if name not in told:
                    told.add(name)
                    yield Sum(name, Decimal(0), one.page, one.quote, SETTLED, topic=one.topic)
