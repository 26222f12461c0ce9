"""Value types for what schemas/annex4.toml and schemas/procedure.toml say: items (归档内容), kinds (文种), levels (层级).

The program asks what part a kind or an item plays (is it of a meeting? has it parties?), never what it is called or
which number it has: names and numbers are the plan's, and the plan is data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archivist.core.crossrules import NO_CROSS_RULES, CrossRules
from archivist.core.daterules import NO_DATE_RULES, DateRules
from archivist.core.evidence import PLAIN, EvidenceRule
from archivist.core.model import Level
from archivist.core.override import OverrideRule
from archivist.core.saying import NO_SAYINGS, Sayings
from archivist.core.shapes import Shape


@dataclass(frozen=True, slots=True)
class SealBlock:
    """A block of a form that has a seal of its own (附件2).

    Attributes:
        labels: how its heading begins. apart: headings of other rows of the form, beside it, that ask for no seal.
        sealers: as in `ItemRule`.
    """

    name: str
    labels: tuple[str, ...]
    apart: tuple[str, ...]
    sealers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WaiverRule:
    """When an item may be waived (免交); an item without such a rule never is.

    Attributes:
        basis: what it rests on, honestly: the plan knows no 免交. when: in which case, for people.
        items: where the sealed statement that stands for it must be filed. titles: words, one of which its title holds.
        says: words, one of which stands in its text; none: any text will do.
    """

    basis: str
    when: str
    items: tuple[int, ...]
    titles: tuple[str, ...]
    says: tuple[str, ...] = ()

    def said_in(self, text: str) -> bool:
        """Whether a statement says what it is to say (协议书遗失)."""
        return not self.says or any(word in text for word in self.says)

    def called_so(self, title: str | None, path: str | None) -> bool:
        """Whether a paper is called a statement: by its title; where none was read, by the name it is filed under."""
        name = title or (path or "").rpartition("/")[2]
        return any(word in name for word in self.titles)


@dataclass(frozen=True, slots=True)
class ItemRule:
    """One item of the catalogue (归档内容), in the plan's own words.

    Attributes:
        number: from 1, the plan's order (附件4).
        level: who must have met, for the papers of meetings.
        required: False for what is never missing (其他).
        seal: the item is sealed. signature: the item is signed.
        clause: the clause of the plan it comes from.
        sealers: whose seals it asks for; {village}, {township}, {department} and {issuer} are filled in.
        blocks: the parts of its form that are each sealed.
        evidence: which papers count as evidence.
        waiver: when it may be waived (免交), None for never.
    """

    number: int
    name: str
    short: str
    remark: str
    clause: str
    kinds: tuple[str, ...]
    level: Level | None
    required: bool
    seal: bool
    signature: bool
    sealers: tuple[str, ...] = ()
    blocks: tuple[SealBlock, ...] = ()
    evidence: EvidenceRule = PLAIN
    waiver: WaiverRule | None = None

    @property
    def folder(self) -> str:
        """The item's folder inside a project folder."""
        return f"{self.number:02d} {self.short}"


@dataclass(frozen=True, slots=True)
class KindRule:
    """A kind of document (文种): the words its title ends with, the words its body uses, the parts it plays.

    Attributes:
        reject: the reason told to people when such a document never belongs into the archive.
        attaches: it belongs to the document before it in the same source.
        annexed: its form is itself an annex (附件2), so that such a mark above its title does not make it part of the
            document before.
        handed: (word, kind): a title of this kind with the word in it is of that other kind.
        called: what people call one of them in a sentence (记录).
        meeting: it tells of a meeting (会议): dated at its head, and of the level that met.
        issued: it is issued (印发) after the meeting, and may bear that date at its head.
        joint: it may decide on several projects, and then counts for each of them (会议纪要).
        form: a form (表) that several fill in one after the other: the last date is its own, and it may be blank.
        parties: made between parties (协议): signed by one side only, a person must judge.
        usual: whose it is when its first lines name nobody else.
        overlaps: kinds whose words its body uses by nature, or they its own.
        learned: endings (folded) that people's decisions taught; they never outweigh what the body says.
    """

    slug: str
    name: str
    endings: tuple[str, ...]
    cues: tuple[tuple[str, int], ...]
    reject: str
    attaches: bool
    annexed: bool = False
    handed: tuple[tuple[str, str], ...] = ()
    called: str = ""
    meeting: bool = False
    issued: bool = False
    joint: bool = False
    form: bool = False
    parties: bool = False
    usual: Level | None = None
    overlaps: tuple[str, ...] = ()
    learned: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LevelRule:
    """How a level (层级) shows in a title or an issuing body's name.

    Attributes:
        places: how its places show in the title of a paper that usually is of this level.
        met: what people call those who meet at it (区政府).
    """

    level: Level
    name: str
    patterns: tuple[re.Pattern[str], ...]
    places: tuple[re.Pattern[str], ...] = ()
    met: str = ""


@dataclass(frozen=True, slots=True)
class FactRule:
    """A fact to read out of documents: its name, the labels it stands behind, how it is written.

    ``party`` says that it names a body that made the paper with others (甲方).
    """

    name: str
    form: str
    labels: tuple[str, ...]
    kinds: tuple[str, ...]
    party: bool = False


@dataclass(frozen=True, slots=True)
class BodyRule:
    """Endings of names that mean the same body (单位): full, short and as its seal has it.

    Attributes:
        family: what kind of body it is (village, township, department …); whose seal is whose is denied only between
            families.
        endings: the words its names end with, the full one first.
    """

    family: str
    endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignatureRules:
    """Which words ask for a signature (签字).

    Attributes:
        marks: words that ask for one wherever they stand (签字, 签名 …).
        people: who signs (记录人 …); such a word with a colon asks for one behind the body of a document.
        lists: words in a label after which many sign, also below it.
        beside: what is printed beside names and is none (盖章, 日期 …).
        strict_kinds: kinds (文种) in which ``people`` never ask for one.
        unlabelled_kinds: kinds that people sign at the end though nothing asks for it (会议记录).
    """

    marks: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    strict_kinds: tuple[str, ...] = ()
    unlabelled_kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicRule:
    """What meetings must have dealt with: a document of ``kinds`` without any of ``words`` is left to a person.

    ``matter`` are the words of winding up (退出、处置 …): what names a project and one of them is never sent back.
    """

    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    matter: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a procedure (程序) and the items whose documents show that it was taken."""

    name: str
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OrderRule:
    """What must not be dated before what (先后顺序): ``steps`` in their order.

    ``quote`` is the plan's own words and ``clause`` where they stand. ``strict`` is False where the plan says 原则上:
    a breach needs a stated reason then; else it stands in the way.
    """

    slug: str
    name: str
    clause: str
    quote: str
    strict: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class DebtRule:
    """How open debts and claims (债权债务) show, and what settles them.

    Attributes:
        fact: where papers tell of them in a sentence: with a word of ``open`` something is open, else with one of
            ``settled`` nothing is, else with one of ``owed`` something is.
        sums, claims: the facts that are debts and claims as amounts, each with its own state.
        paid: the fact that papers hold which are made to settle (清偿凭证). items: where such papers are filed.
    """

    clause: str
    quote: str
    fact: str
    open: tuple[str, ...]
    settled: tuple[str, ...]
    sums: tuple[str, ...] = ()
    owed: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    paid: str = ""
    items: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AgreedRule:
    """Which items' meetings must have agreed, by the values of the fact ``fact``; other values decide nothing.

    Attributes:
        about: words without one of which consent decides nothing on the project's end; none: any does.
        against: what makes consent doubtful. conditions: what makes it conditional. beside: refusals of other things.
    """

    clause: str
    quote: str
    fact: str
    items: tuple[int, ...]
    yes: tuple[str, ...]
    conditional: tuple[str, ...]
    no: tuple[str, ...]
    about: tuple[str, ...] = ()
    against: tuple[re.Pattern[str], ...] = ()
    conditions: tuple[re.Pattern[str], ...] = ()
    beside: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True, slots=True)
class IdentityRule:
    """Which items' documents are about one project only, and the fact that names it."""

    clause: str
    fact: str
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SharedRule:
    """Papers serve one item of one project; only those of ``items`` may serve the same item of several projects."""

    clause: str
    quote: str
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EditionsRule:
    """Of two editions of a paper a person says which counts; what asking for it rests on."""

    clause: str
    quote: str


@dataclass(frozen=True, slots=True)
class ClosingRule:
    """The paper that closes (审批): words of its title, and what asking for it rests on, honestly."""

    title: str
    basis: str


@dataclass(frozen=True, slots=True)
class RootRule:
    """By which clause a signed paper that prints the root code of the evidence (归档根码) is held against the archive."""

    clause: str
    quote: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """The whole of schemas/procedure.toml. ``category`` is what is wound up (淘汰类), by ``clause``."""

    orders: tuple[OrderRule, ...]
    category: str
    clause: str
    quote: str
    debts: DebtRule | None = None
    identity: IdentityRule | None = None
    agreed: AgreedRule | None = None
    shared: SharedRule | None = None
    editions: EditionsRule | None = None
    cross: CrossRules = NO_CROSS_RULES
    closing: ClosingRule | None = None
    root: RootRule | None = None
    override: OverrideRule | None = None


@dataclass(frozen=True, slots=True)
class Annex:
    """The whole of schemas/annex4.toml. ``example`` is the item that people are shown where any would do."""

    items: tuple[ItemRule, ...]
    kinds: tuple[KindRule, ...]
    levels: tuple[LevelRule, ...]
    decision_words: tuple[str, ...]
    mention_words: tuple[str, ...]
    list_words: tuple[str, ...]
    generic_words: tuple[str, ...]
    facts: tuple[FactRule, ...]
    signatures: SignatureRules = SignatureRules()
    topic: TopicRule = TopicRule()
    example: int = 1
    shapes: tuple[Shape, ...] = ()
    agreed_words: tuple[str, ...] = ()
    all_words: tuple[str, ...] = ()
    heard_words: tuple[str, ...] = ()
    dates: DateRules = NO_DATE_RULES
    held_words: tuple[str, ...] = ()
    sayings: Sayings = NO_SAYINGS
    bodies: tuple[BodyRule, ...] = ()
    draft_words: tuple[str, ...] = ()

    def shape(self, kind: str) -> Shape:
        """What papers of ``kind`` look like; an empty shape when nothing is said of it."""
        return next((shape for shape in self.shapes if shape.kind == kind), Shape(kind))

    def item(self, number: int) -> ItemRule:
        """Return item ``number``; KeyError when the catalogue has no such item."""
        for rule in self.items:
            if rule.number == number:
                return rule
        raise KeyError(number)

    def item_for(self, kind: str, level: Level | None) -> ItemRule | None:
        """Return the item a document of ``kind`` from ``level`` belongs to, or None."""
        for rule in self.items:
            if kind in rule.kinds and (rule.level is None or rule.level is level):
                return rule
        return None

    def kind(self, slug: str) -> KindRule:
        """Return the kind ``slug``; KeyError when there is none."""
        for rule in self.kinds:
            if rule.slug == slug:
                return rule
        raise KeyError(slug)

    def level(self, level: Level) -> LevelRule:
        """Return what is said of ``level``; KeyError when nothing is."""
        for rule in self.levels:
            if rule.level is level:
                return rule
        raise KeyError(level)

    def of_meetings(self, number: int) -> bool:
        """Whether the papers of item ``number`` tell of a meeting (会议)."""
        return any(self.kind(slug).meeting for slug in self.item(number).kinds)

    @property
    def required(self) -> tuple[int, ...]:
        """The numbers of the items that must be there before deregistration (销号)."""
        return tuple(rule.number for rule in self.items if rule.required)
