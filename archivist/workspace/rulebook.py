"""Read schemas/annex4.toml and schemas/procedure.toml into values. All mistakes are told at once, with file and key.

Whatever a rule names (a kind, an item, a level, a fact) must be there: a name that was changed in one place only is
refused, so that it never switches a rule off in silence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archivist.core.daterules import DateRole, DateRules, DateWords
from archivist.core.evidence import PLAIN
from archivist.core.model import Level
from archivist.core.rules import (
    Annex,
    BodyRule,
    FactRule,
    ItemRule,
    KindRule,
    LevelRule,
    Procedure,
    SealBlock,
    SignatureRules,
    TopicRule,
    WaiverRule,
)
from archivist.core.words.numbers import in_words
from archivist.workspace.evidencebook import evidence_rule, facts_named
from archivist.workspace.factbook import sayings
from archivist.workspace.procedurebook import procedure_of
from archivist.workspace.resources import data_folder
from archivist.workspace.rulefile import RuleFile, RuleTable, raise_if_wrong
from archivist.workspace.shapebook import shapes

if TYPE_CHECKING:
    from archivist.core.checks.values import Rules

_ANNEX, _PROCEDURE = "annex4.toml", "procedure.toml"
_KIND, _ITEM, _FACT, _LEVEL = "[[kind]]", "[[item]]", "[[fact]]", "[[level]]"


def load_items(folder: Path) -> tuple[ItemRule, ...]:
    """Read only the catalogue's items: what commands that merely list need."""
    file = RuleFile(folder / _ANNEX)
    items = _items(file.toml())
    raise_if_wrong(file)
    return items


def load_rules(annex: Path, procedure: Path) -> Rules:
    """Read what projects are checked against: the items of ``annex4.toml`` in one folder, ``procedure.toml`` in another."""
    from archivist.core.checks.values import Rules

    file, other = RuleFile(annex / _ANNEX), RuleFile(procedure / _PROCEDURE)
    table = file.toml()
    items = _items(table)
    facts = [fact.text("name") for fact in table.tables("fact", "name")]
    rules = Rules(items, procedure_of(other.toml(), items, facts))
    raise_if_wrong(file, other)
    return rules


def load_procedure(folder: Path, items: Sequence[ItemRule], facts: Collection[str]) -> Procedure:
    """Read ``procedure.toml`` in ``folder``; it speaks of the catalogue's ``items`` and of ``facts`` by their names."""
    file = RuleFile(folder / _PROCEDURE)
    procedure = procedure_of(file.toml(), items, facts)
    raise_if_wrong(file)
    return procedure


def load_annex(folder: Path) -> Annex:
    """Read ``annex4.toml`` in ``folder``."""
    file = RuleFile(folder / _ANNEX)
    table = file.toml()
    if table.number("schema", 1) < _WITH_ROLES:
        table = _with_roles(table)
    if "dates" not in table:  # a workspace's own file that is older than this part
        shipped = RuleFile(data_folder("schemas") / _ANNEX).toml().data["dates"]
        table = RuleTable(table.file, "", {**table.data, "dates": shipped})
    annex = _annex(table)
    raise_if_wrong(file)
    return annex


_WITH_ROLES = 2
"""The ``schema`` of annex4.toml from which on kinds say what part they play; before, the program knew them by slug."""


def _with_roles(table: RuleTable) -> RuleTable:
    """An older workspace's own file, with what it does not say taken from the shipped one (of the same slug)."""
    shipped = RuleFile(data_folder("schemas") / _ANNEX).toml().data
    known = {one.get("slug") for one in table.data.get("kind", ())}
    data = dict(table.data)
    for name in ("kind", "level"):
        ours = {one["slug"]: one for one in shipped[name]}
        data[name] = [{**_roles(ours.get(one.get("slug"), {}), known), **one} for one in data.get(name, ())]
    if any(one.get("number") == shipped["example"] for one in data.get("item", ())):
        data.setdefault("example", shipped["example"])
    return RuleTable(table.file, "", data)


def _roles(ours: dict[str, Any], known: Collection[object]) -> dict[str, Any]:
    roles = ("called", "meeting", "issued", "joint", "form", "parties", "usual", "overlaps", "places", "met")
    taken = {key: ours[key] for key in roles if key in ours}
    if "overlaps" in taken:
        taken["overlaps"] = [slug for slug in taken["overlaps"] if slug in known]
    return taken


# -- annex4.toml ---------------------------------------------------------------------------------------------------


def _annex(table: RuleTable) -> Annex:
    for name in ("schema", "plan", "catalogue_title"):
        table.get(name)  # said for those who read the file
    items = _items(table)
    tables = table.tables("kind", "slug")
    slugs = [str(one.data.get("slug")) for one in tables]
    levels = tuple(_level(one) for one in table.tables("level", "slug"))
    told = {rule.level for rule in levels}
    kinds = tuple(_kind(one, slugs, told, len(items)) for one in tables)
    decision, names = table.table("decision"), table.table("names")
    drafts = table.table("drafts", optional=True)
    annex = Annex(
        items=items,
        kinds=kinds,
        levels=levels,
        decision_words=decision.words("words"),
        mention_words=decision.words("mention_only"),
        list_words=decision.words("list_words"),
        generic_words=names.words("generic"),
        facts=tuple(_fact(one, slugs) for one in table.tables("fact", "name")),
        signatures=_signatures(table.table("signatures"), slugs),
        topic=_topic(table.table("topic", optional=True), slugs),
        example=table.number("example", 1),
        shapes=shapes(table, slugs),
        agreed_words=decision.words("agreed", ()),
        all_words=decision.words("all_words", ()),
        heard_words=decision.words("heard", ()),
        dates=_dates(table.table("dates")),
        held_words=decision.words("held", ()),
        sayings=sayings(table, slugs),
        bodies=tuple(_body(one) for one in table.tables("body", "family", optional=True)),
        draft_words=drafts.words("words", ()),
    )
    for part in (decision, names, drafts, table):
        part.done()
    _cross_check(table, annex)
    return annex


def _items(table: RuleTable) -> tuple[ItemRule, ...]:
    items = tuple(_item(one) for one in table.tables("item", "number"))
    numbers = [rule.number for rule in items]
    if not numbers or numbers != list(range(1, len(numbers) + 1)):
        table.wrong("item.number", f"应从 1 起连续编号，现为 {numbers}")
    return items


def _item(table: RuleTable) -> ItemRule:
    rule = ItemRule(
        number=table.number("number"),
        name=table.text("name"),
        short=table.text("short"),
        remark=table.text("remark", blank=True),
        clause=table.text("clause"),
        kinds=table.words("kinds"),
        level=_level_named(table, "level"),
        required=table.flag("required"),
        seal=table.flag("seal"),
        signature=table.flag("signature"),
        sealers=_sealers(table),
        blocks=tuple(_block(one) for one in table.tables("block", "name", optional=True)),
        evidence=evidence_rule(table.table("evidence")) if "evidence" in table else PLAIN,
        waiver=_waiver(table.table("waiver")) if "waiver" in table else None,
    )
    table.done()
    return rule


def _waiver(table: RuleTable) -> WaiverRule:
    items = table.entries("items")
    if not items or not all(isinstance(item, int) for item in items):
        table.wrong("items", f"应为归档目录的序号，现为 {items!r}")
    rule = WaiverRule(
        table.text("basis"), table.text("when"), tuple(items), table.words("titles"), table.words("says", ())
    )
    table.done()
    return rule


def _block(table: RuleTable) -> SealBlock:
    labels, apart = table.words("labels"), table.words("apart", ())
    rule = SealBlock(table.text("name"), labels, apart, _sealers(table))
    table.done()
    return rule


def _level_named(table: RuleTable, key: str) -> Level | None:
    return Level(table.choice(key, list(Level))) if key in table else None


_SEALER_NAMES = frozenset({"village", "township", "department", "issuer"})


def _sealers(table: RuleTable) -> tuple[str, ...]:
    """Names of bodies with places to fill in; a place nobody can fill is a mistake in the file."""
    listed = table.words("sealers", ())
    for words in listed:
        unknown = set(re.findall(r"\{(.*?)\}", words)) - _SEALER_NAMES
        if unknown:
            places = "、".join(sorted(_SEALER_NAMES))
            table.wrong("sealers", f"中的 {words!r} 只能用 {places}，现有 {'、'.join(sorted(unknown))}")
    return listed


def _kind(table: RuleTable, slugs: Collection[str], levels: Collection[Level], items: int) -> KindRule:
    name, usual = table.text("name"), _level_named(table, "usual")
    rule = KindRule(
        slug=table.text("slug"),
        name=name,
        endings=table.words("endings"),
        cues=tuple(_cues(table)),
        reject=table.text("reject", "").replace("{count}", in_words(items)),
        attaches=table.flag("attaches", False),
        annexed=table.flag("annexed", False),
        handed=tuple(_handed(table, slugs)),
        called=table.text("called", name),
        meeting=table.flag("meeting", False),
        issued=table.flag("issued", False),
        joint=table.flag("joint", False),
        form=table.flag("form", False),
        parties=table.flag("parties", False),
        usual=usual,
        overlaps=table.names("overlaps", slugs, _KIND),
    )
    if usual is not None:
        table.known("usual", usual, levels, _LEVEL)
    table.done()
    return rule


def _cues(table: RuleTable) -> Iterable[tuple[str, int]]:
    for cue in table.entries("cues"):
        if isinstance(cue, list) and len(cue) == 2 and isinstance(cue[0], str) and isinstance(cue[1], int):
            yield cue[0], cue[1]
        else:
            table.wrong("cues", f'的每一项应为 ["词语", 分值]，现为 {cue!r}')


def _handed(table: RuleTable, slugs: Collection[str]) -> Iterable[tuple[str, str]]:
    for pair in table.entries("handed", []):
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(word, str) for word in pair):
            table.known("handed", pair[1], slugs, _KIND)
            yield pair[0], pair[1]
        else:
            table.wrong("handed", f'的每一项应为 ["词语", "文种"]，现为 {pair!r}')


def _fact(table: RuleTable, slugs: Collection[str]) -> FactRule:
    from archivist.core.paper.facts import FORMS

    rule = FactRule(
        name=table.text("name"),
        form=table.choice("form", FORMS),
        labels=table.words("labels"),
        kinds=table.names("kinds", slugs, _KIND),
        party=table.flag("party", False),
    )
    table.done()
    return rule


def _level(table: RuleTable) -> LevelRule:
    name = table.text("name")
    rule = LevelRule(
        level=Level(table.choice("slug", list(Level))),
        name=name,
        patterns=table.patterns("patterns", None),
        places=table.patterns("places"),
        met=table.text("met", name),
    )
    table.done()
    return rule


def _signatures(table: RuleTable, slugs: Collection[str]) -> SignatureRules:
    marks, people, lists, beside = (table.words(key) for key in ("marks", "people", "lists", "beside"))
    kinds = (table.names(key, slugs, _KIND) for key in ("strict_kinds", "unlabelled_kinds"))
    rules = SignatureRules(marks, people, lists, beside, *kinds)
    table.done()
    return rules


def _body(table: RuleTable) -> BodyRule:
    rule = BodyRule(table.text("family"), table.words("endings"))
    table.done()
    return rule


def _topic(table: RuleTable, slugs: Collection[str]) -> TopicRule:
    rule = TopicRule(table.names("kinds", slugs, _KIND), table.words("words", ()), table.words("matter", ()))
    table.done()
    return rule


def _dates(table: RuleTable) -> DateRules:
    roles = tuple(_date_words(one) for one in table.tables("role", "role"))
    keys = ("plain", "beside", "bodies", "meets", "announces", "witnesses", "blocks")
    rules = DateRules(roles, *(table.words(key) for key in keys))
    table.done()
    return rules


def _date_words(table: RuleTable) -> DateWords:
    role = DateRole(table.choice("role", list(DateRole)))
    words = DateWords(role, *(table.words(key, ()) for key in ("labels", "ahead", "behind", "near")))
    table.done()
    return words


def _cross_check(table: RuleTable, annex: Annex) -> None:
    """What the parts of the file say of one another."""
    slugs, levels = [rule.slug for rule in annex.kinds], [rule.level.value for rule in annex.levels]
    facts = [rule.name for rule in annex.facts]
    for key, names in (("kind.slug", slugs), ("level.slug", levels), ("fact.name", facts)):
        for name in sorted({name for name in names if names.count(name) > 1}):
            table.wrong(key, f"{name!r} 出现了两次")
    for rule in annex.items:
        where = f"item {rule.number}"
        for slug in rule.kinds:
            table.known(f"{where}.kinds", slug, slugs, _KIND)
        for number in rule.waiver.items if rule.waiver else ():
            if number not in [one.number for one in annex.items]:
                table.wrong(f"{where}.waiver.items", f"：归档目录没有第 {number} 项")
        if rule.level is not None:
            table.known(f"{where}.level", rule.level, levels, _LEVEL)
        for fact in facts_named(rule.evidence):
            table.known(f"{where}.evidence", fact, facts, _FACT)
    if annex.example not in [rule.number for rule in annex.items]:
        table.wrong("example", f"应为归档目录的序号，现为 {annex.example}")


# -- procedure.toml ------------------------------------------------------------------------------------------------
